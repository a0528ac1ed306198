"""What the press said and nobody has decided on yet; and the decisions.

    stories and lone items that concern us ──▶ pending ──▶ note | irrelevant | open_case ──▶ undo, for a day

A story is decided on as one: its reprints come along. An item is named by its id or address, a story by its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from monitor.crawl import urls
from monitor.desk import outlets, refs
from monitor.desk.inbox import asks, sort_out
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError, UsageError
from monitor.model.action import CaseAction, Step
from monitor.model.article import Article
from monitor.model.case import Case, CaseStatus, Reached, Triaged, TriageState
from monitor.model.source import OutletKind
from monitor.store import articles, cases, evidence, intake, stories, triage
from monitor.store.db import Database
from monitor.triage import deciding, opening


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A story, or an item that belongs to none: its first publication and all articles, the earliest first."""

    subject: str
    first: Article
    articles: tuple[str, ...]
    decided: Triaged | None = None
    joins: str = ""
    """The open case of which these are new prints."""


def matter(db: Database, said: str) -> Matter:
    """The matter of a story id, an article id or an address. Raises UsageError where there is none."""
    article = stories.article_of(db, said) or (stories.article_of(db, urls.key(said)) if "://" in said else None)
    story = stories.resolve(db, article or said)
    found = stories.load(db, [story]) if story else []
    if found:
        ids = [member.article.id for member in sorted(found[0].members, key=lambda m: m.moment)]
        (first,) = articles.by_ids(db, [found[0].first])
        return Matter(subject=found[0].id, first=first, articles=tuple(ids), decided=triage.get(db, found[0].id))
    if article is None:
        raise UsageError("matter_unknown", value=said)
    (first,) = articles.by_ids(db, [article])
    return Matter(subject=article, first=first, articles=(article,), decided=triage.get(db, article))


def _matters(db: Database, said: Iterable[str]) -> list[Matter]:
    """The matters named, each once: two prints of one story are one matter."""
    return list({found.subject: found for found in (matter(db, one) for one in said)}.values())


def pending(sitting: Sitting, *, days: int = 14, attention: bool = False) -> list[Matter]:
    """What came out in the last days, names a union or ought to be looked at, and is not decided yet; newest first.

    A new print of an open case's story is there too, with the case it belongs to (``joins``). It is the queue of the
    inbox (``desk.inbox``), with the first prints whole.
    """
    start = sitting.now - timedelta(days=days)
    found = [one for one in sort_out(sitting, start, sitting.now) if one.state is TriageState.NEW]
    found = [one for one in found if one.joins or asks(one.prints, attention=attention)]
    found.sort(key=lambda one: one.prints[0].at, reverse=True)
    firsts = {article.id: article for article in articles.by_ids(sitting.db, [one.prints[0].id for one in found])}
    return [
        Matter(
            subject=one.subject,
            first=firsts[one.prints[0].id],
            articles=tuple(p.id for p in one.prints),
            joins=one.joins,
        )
        for one in found
    ]


def _may_see(sitting: Sitting, ident: str) -> bool:
    case = cases.get(sitting.db, ident)
    return case is not None and sitting.sees(case)


def decide(sitting: Sitting, said: str, state: TriageState, note: str = "") -> Triaged:
    """Noted, or irrelevant."""
    with sitting.db.atomic():
        found = matter(sitting.db, said)
        if found.decided and found.decided.state is TriageState.CASE and not _may_see(sitting, found.decided.case):
            raise RefusedError("triage_is_case", case="")
        done, happened = deciding.decide(
            found.subject, found.decided, state, actor=sitting.actor, now=sitting.now, note=note
        )
        triage.put(sitting.db, done)
        sitting.note(happened)
    return done


def undo(sitting: Sitting, said: str) -> Triaged:
    """Takes the last decision back within a day.

    Of the matter a case was opened on, that undoes the case while nothing was done with it, with all matters that
    joined it; a matter that joined later only leaves it.
    """
    with sitting.db.atomic():
        found = matter(sitting.db, said)
        if found.decided is None or found.decided.state is not TriageState.CASE:
            done, happened = deciding.undo(found.decided, actor=sitting.actor, now=sitting.now)
            triage.put(sitting.db, done)
            sitting.note(happened)
            return done
        case = sitting.case(found.decided.case)
        done, _ = deciding.undo(found.decided, actor=sitting.actor, now=sitting.now)
        back = [found.decided]
        if case.story != found.subject:
            for article in found.articles:
                if article in case.articles:
                    case = sitting.act(case.id, partial(opening.drop_article, article=article, actor=sitting.actor))
        else:
            if case.status is CaseStatus.CLOSED:
                raise RefusedError("case_went_on", case=case.id, action=CaseAction.UNDO)
            case = sitting.act(case.id, partial(opening.undo_open, actor=sitting.actor, now=sitting.now))
            back = [one for one in triage.in_state(sitting.db, TriageState.CASE) if one.case == case.id]
        for one in back:
            undone, happened = deciding.undo(one, actor=sitting.actor, now=sitting.now)
            triage.put(sitting.db, undone)
            sitting.log(Step(case=case, happened=(happened,)), case.id)
    return done


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What is known of a case when it is opened; the rest is found from its articles."""

    title: str = ""
    reached: Reached | None = None
    """None: on a social network where the first item came from a private page there, else the press."""
    reached_at: datetime | None = None
    units: tuple[str, ...] = ()
    topic: str = ""
    allowed: tuple[str, ...] | None = None
    """Only these persons may see it; None: everybody."""


def open_case(sitting: Sitting, said: Iterable[str], what: Opening) -> Case:
    """A case of one or more stories or items. Taking the evidence is an act of its own, for it needs the network.

    Raises RefusedError where one of them has a case already, or there is nothing to name it by.
    """
    with sitting.db.atomic():
        matters = _matters(sitting.db, said)
        ident = cases.next_id(sitting.db, sitting.now)
        _free(sitting, [article for m in matters for article in m.articles])
        units = refs.bodies(sitting, what.units)
        allowed = None if what.allowed is None else refs.persons(sitting, what.allowed)
        firsts = [m.first.published or m.first.found for m in matters]
        topics = [t.id for m in matters if m.first.tagging for t in m.first.tagging.topics]
        step = opening.open_case(
            ident,
            what.title or (matters[0].first.title if matters else ""),
            actor=sitting.actor,
            now=sitting.now,
            story=matters[0].subject if matters else "",
            articles=[article for m in matters for article in m.articles],
            topic=what.topic or (topics[0] if topics else ""),
            reached=what.reached or _reached(sitting, matters),
            reached_at=what.reached_at,
            first_published=min(firsts, default=None),
            units=units,
        )
        if allowed is not None:
            step = step.then(opening.restrict(step.case, allowed, actor=sitting.actor))
        case = sitting.begin(step)
        for one in matters:
            _triaged(sitting, one, case)
        # Scans and recordings that came with items entered by hand are evidence of the case from now on.
        typed = intake.of(sitting.db, case.articles)
        files = [file for one in typed.values() for file in one.files]
        evidence.give(sitting.db, [f for f in files if not evidence.get(sitting.db, f).case], case.id)
    return case


def _free(sitting: Sitting, wanted: list[str]) -> None:
    """Raises RefusedError where an item stands in an open case already; one he may not see is not named."""
    for article, held in cases.by_article(sitting.db, wanted).items():
        for ident in held:
            case = cases.get(sitting.db, ident)
            if case and case.status is not CaseStatus.CLOSED:
                raise RefusedError("article_in_case", article=article, case=ident if sitting.sees(case) else "…")


def _reached(sitting: Sitting, matters: list[Matter]) -> Reached:
    known = outlets.outlet(sitting, matters[0].first.outlet) if matters else None
    return Reached.SOCIAL if known and known.kind is OutletKind.SOCIAL else Reached.PUBLISHED


def add_to_case(sitting: Sitting, ident: str, said: Iterable[str]) -> Case:
    """Further stories or items join a case; they are decided on with it."""
    with sitting.db.atomic():
        matters = _matters(sitting.db, said)
        found = [article for m in matters for article in m.articles]
        case = sitting.act(ident, lambda case: opening.add_articles(case, found, actor=sitting.actor))
        for one in matters:
            if one.decided is None or one.decided.state is not TriageState.CASE:
                _triaged(sitting, one, case)
    return case


def _triaged(sitting: Sitting, one: Matter, case: Case) -> None:
    if one.decided and one.decided.state is TriageState.CASE:
        return  # an earlier case of it was closed, or it joins a second time: what was decided stands
    done, happened = deciding.decide(
        one.subject, one.decided, TriageState.CASE, actor=sitting.actor, now=sitting.now, case=case.id
    )
    triage.put(sitting.db, done)
    sitting.log(Step(case=case, happened=(happened,)), case.id)
