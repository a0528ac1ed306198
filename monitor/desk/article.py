"""The page of one article: all that is known of it, and all that can be said of it.

    id or address ──may he know of it?──▶ words with marked places, tags with evidence and who corrected them,
                                          prints and follow-ups, versions, decision, cases he sees, files, stored pages

Nothing is fetched and nothing is changed here; changes are in ``article_fix``, the stored page in ``article_page``.
"""

from __future__ import annotations

from collections.abc import Mapping

from monitor.config.provinces import FORMER, PRESENT
from monitor.desk import article_diff, article_links
from monitor.desk.article_fix import (
    confirm_story,
    correct,
    may_correct,
    merge_stories,
    split_story,
    undo_correction,
    undo_story_act,
)
from monitor.desk.article_page import page
from monitor.desk.article_seen import hidden, seen_article
from monitor.desk.article_text import marked
from monitor.desk.article_words import Words
from monitor.desk.outlets import names, outlet
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.jobs import reading
from monitor.jobs.learning import item_of
from monitor.jobs.retag import values
from monitor.labels import label, of
from monitor.model.article import Article
from monitor.model.case import Case, Triaged, TriageState
from monitor.model.correction import Correction, Field
from monitor.model.tag import Relevance, Tone
from monitor.model.view_article import (
    ArticleView,
    CaseRef,
    Choices,
    CorrectionLine,
    DiffLine,
    IntakeLine,
    Revision,
    RevisionLine,
)
from monitor.store import article_facts, cases, corrections, evidence, intake, triage
from monitor.text import vietnamese_order

__all__ = [
    "article", "choices", "confirm_story", "correct", "diff", "hidden", "merge_stories", "page", "split_story",
    "undo_correction", "undo_story_act", "versions",
]  # fmt: skip


def article(sitting: Sitting, said: str) -> ArticleView:
    """The article of this id or address. Raises UsageError where there is none that he may know of."""
    found = seen_article(sitting, said)
    db, words = sitting.db, Words(sitting)
    standing = corrections.standing(db, [found.id]).get(found.id, {})
    mentions = found.tagging.mentions if found.tagging else ()
    title, lead, text = marked(item_of(found), mentions, words.rule)
    held = [case for ident in cases.by_article(db, [found.id]).get(found.id, ()) if (case := cases.get(db, ident))]
    seen = [case for case in held if sitting.sees(case)]
    around = article_links.around(sitting, found, words)
    decided = _decided(sitting, found)
    known = outlet(sitting, found.outlet)
    return ArticleView(
        article=found, outlet_name=names(sitting).get(found.outlet, found.outlet),
        outlet_kind=known.kind if known else None, title=title, lead=lead, text=text,
        tags=words.tags(found.tagging, standing) if found.tagging else (),
        corrections=_history(sitting, found, words, standing),
        story=found.story or "", first=around.first, reprints=around.reprints, follow_ups=around.follow_ups,
        story_acts=around.acts, revisions=_revisions(sitting, found), triaged=decided,
        triaged_by=words.person(decided.by) if decided else "",
        cases=tuple(CaseRef(id=case.id, title=case.title, status=case.status) for case in seen),
        corrected=found.corrected, intake=None if held and not seen else _intake(sitting, found, words, seen),
        snapshots=tuple(article_facts.snapshots(db, found.id)), may_correct=may_correct(sitting),
        evidence=tuple(e for e in evidence.of_article(db, found.id) if _of_seen(e.case, seen)),
    )  # fmt: skip


def choices(sitting: Sitting) -> Choices:
    """What a tag can be corrected to."""
    topics = reading.book(sitting.home.rules).topics
    gone = [(name, label("article", "former", name=name, present=now)) for name, now in FORMER.items()]
    return Choices(
        relevance=tuple((one.value, of(one)) for one in Relevance),
        topics=tuple(topics.items()),
        places=(
            *((name, name) for name in sorted(PRESENT, key=vietnamese_order)),
            *sorted((g for g in gone if g[0] not in PRESENT), key=lambda g: vietnamese_order(g[1])),
        ),
        tone=(*((one.value, of(one)) for one in Tone), ("null", label("article", "no_tone"))),
        attention=(("true", label("article", "attention")), ("false", label("article", "no_attention"))),
    )


def versions(sitting: Sitting, said: str) -> tuple[Revision, ...]:
    """The earlier versions with their words, the oldest first."""
    return tuple(article_facts.revisions(sitting.db, seen_article(sitting, said).id))


def diff(sitting: Sitting, said: str, n: int, other: int | None = None) -> tuple[DiffLine, ...]:
    """What changed from the ``n``-th version (from 1) to the ``other``, by default to the one that replaced it.

    The version after the last earlier one is the present one. Raises UsageError for a version that is not there.
    """
    found = seen_article(sitting, said)
    all_ = [(r.title, r.lead, r.text) for r in article_facts.revisions(sitting.db, found.id)]
    all_.append((found.title, found.lead, found.text))
    last = n + 1 if other is None else other
    if not (1 <= n < len(all_) + (other is not None) and 1 <= last <= len(all_)):
        raise UsageError("revision_unknown", number=n, known=len(all_) - 1)
    return article_diff.compare(all_[n - 1], all_[last - 1])


def _of_seen(case: str, seen: list[Case]) -> bool:
    return not case or any(one.id == case for one in seen)


def _decided(sitting: Sitting, found: Article) -> Triaged | None:
    """What was decided of it; a case he does not see was never opened for him."""
    asked = [found.id]
    if found.story:
        asked = [found.story, *article_facts.old_ids(sitting.db, found.story), found.id]
    done = triage.of(sitting.db, asked)
    one = next((told for ident in asked if (told := done.get(ident)) and told.state is not TriageState.NEW), None)
    if one is None:
        return None
    if one.case and not ((case := cases.get(sitting.db, one.case)) and sitting.sees(case)):
        return None
    return one


def _intake(sitting: Sitting, found: Article, words: Words, seen: list[Case]) -> IntakeLine | None:
    one = intake.of(sitting.db, [found.id]).get(found.id)
    if one is None:
        return None
    files = tuple(e for file in one.files if _of_seen((e := evidence.get(sitting.db, file)).case, seen))
    return IntakeLine(intake=one, typed_by=words.person(one.typed_by), files=files)


def _revisions(sitting: Sitting, found: Article) -> tuple[RevisionLine, ...]:
    kept = article_facts.revisions(sitting.db, found.id)
    after = [*((r.title, r.lead, r.text) for r in kept[1:]), (found.title, found.lead, found.text)]
    return tuple(
        RevisionLine(n=r.n, replaced=r.replaced, title=r.title, parts=article_diff.parts((r.title, r.lead, r.text), to))
        for r, to in zip(kept, after, strict=False)
    )


def _history(
    sitting: Sitting, found: Article, words: Words, standing: Mapping[Field, Correction]
) -> tuple[CorrectionLine, ...]:
    """All that people said of the reading, the newest first; before the first word stood what the machine reads."""
    said = corrections.history(sitting.db, found.id)
    if not said:
        return ()
    machine = values(reading.read_item(item_of(found), sitting.home.rules, sitting.home.learned))
    undone = article_facts.undone_by(sitting.db, found.id)
    made = []
    for at, one in enumerate(said):
        earlier = [w for w in said[:at] if w.field is one.field and (w.undone is None or w.undone > one.at)]
        was = earlier[-1].values if earlier else tuple(v for v in machine[one.field.value].split(", ") if v)
        before = words.value(one.field, was)
        made.append(
            CorrectionLine(
                correction=one, by=words.person(one.by), after=words.value(one.field, one.values),
                before=before if earlier else label("article", "machine", value=before),
                undone_by=words.person(undone.get(one.id, "")), holds=standing.get(one.field) == one,
            )
        )  # fmt: skip
    return tuple(reversed(made))
