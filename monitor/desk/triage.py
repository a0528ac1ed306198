"""What the press said and nobody has decided on yet; and the decisions.

    stories and lone items that concern us ──▶ pending ──▶ note | irrelevant | open_case ──▶ undo, for a day

A story is decided on as one: its reprints come along. An item is named by its id or address, a story by its own.
Prints that come after its case are decided on by themselves, each under its own id: the story's decision stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from monitor.desk import outlets, refs
from monitor.desk.inbox import asks, sort_out
from monitor.desk.matters import Matter, article_named, known, matter
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.action import CaseAction, Step
from monitor.model.case import Case, CaseStatus, Closing, Reached, Triaged, TriageState
from monitor.model.source import OutletKind
from monitor.store import articles, cases, evidence, intake, triage
from monitor.triage import deciding, opening

__all__ = [
    "Matter",
    "Opening",
    "add_to_case",
    "decide",
    "known",
    "matter",
    "open_case",
    "pending",
    "undo",
    "undo_opening",
]

_ASIDE = (TriageState.NOTED, TriageState.IRRELEVANT)


def _matters(sitting: Sitting, said: Iterable[str]) -> list[Matter]:
    """The matters named, each once: two prints of one story are one matter."""
    return list({found.subject: found for found in (known(sitting, one) for one in said)}.values())


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
    """Noted, or irrelevant; of a story whose case is closed that is said of the new prints, the case's stands."""
    with sitting.db.atomic():
        found = known(sitting, said)
        news = _news(sitting, found)
        if news:
            before = triage.of(sitting.db, news)
            done, *_ = [_decide(sitting, one, before.get(one), state, note) for one in news]
            return done
        if found.decided and found.decided.state is TriageState.CASE and not _may_see(sitting, found.decided.case):
            raise RefusedError("triage_is_case", case="")
        return _decide(sitting, found.subject, found.decided, state, note)


def _decide(sitting: Sitting, subject: str, before: Triaged | None, state: TriageState, note: str) -> Triaged:
    done, happened = deciding.decide(subject, before, state, actor=sitting.actor, now=sitting.now, note=note)
    triage.put(sitting.db, done)
    sitting.note(happened)
    return done


def _news(sitting: Sitting, found: Matter) -> list[str]:
    """The new prints of a case that was closed: those nobody decided on yet, else those somebody did."""
    held = cases.by_article(sitting.db, found.articles)
    around = cases.some(sitting.db, {case for idents in held.values() for case in idents})
    into = [case for case in around.values() if not (case.end and case.end.closing is Closing.MISTAKEN)]
    if not into or any(case.status is not CaseStatus.CLOSED for case in into):
        return []
    holding = {case.id for case in into}
    new = [article for article in found.articles if not holding & set(held.get(article, ()))]
    aside = {one.subject for one in triage.standing(sitting.db, new) if one.state in _ASIDE}
    return [article for article in new if article not in aside] or new


def undo(sitting: Sitting, said: str) -> Triaged:
    """Takes the last decision back within a day.

    Of the matter a case was opened on, that undoes the case while nothing was done with it, with all that joined it;
    what joined later, a matter or new prints of one, only leaves it.
    """
    with sitting.db.atomic():
        found = known(sitting, said)
        first = found.last[0] if found.last else None
        if first is None or first.state is not TriageState.CASE:
            done, *_ = [_undo(sitting, one, None) for one in found.last or (None,)]
            return done
        if not _may_see(sitting, first.case):
            raise RefusedError("triage_nothing")
        case = sitting.case(first.case)
        if case.story == first.subject:
            undo_opening(sitting, case.id)
            return triage.of(sitting.db, [first.subject])[first.subject]
        deciding.undo(first, actor=sitting.actor, now=sitting.now)
        out = found.articles if first.subject == found.subject else [one.subject for one in found.last]
        for article in out:
            if article in case.articles:
                case = sitting.act(case.id, partial(opening.drop_article, article=article, actor=sitting.actor))
        done, *_ = [_undo(sitting, one, case) for one in found.last]
        return done


def undo_opening(sitting: Sitting, ident: str) -> Case:
    """Takes back the opening of a case with which nothing was done yet, with all matters that joined it."""
    with sitting.db.atomic():
        case = sitting.case(ident)
        if case.story:
            deciding.undo(triage.get(sitting.db, case.story), actor=sitting.actor, now=sitting.now)
        if case.status is CaseStatus.CLOSED:
            raise RefusedError("case_went_on", case=case.id, action=CaseAction.UNDO)
        case = sitting.act(case.id, partial(opening.undo_open, actor=sitting.actor, now=sitting.now))
        for one in triage.in_state(sitting.db, TriageState.CASE):
            if one.case == case.id:
                _undo(sitting, one, case)
    return case


def _undo(sitting: Sitting, one: Triaged | None, case: Case | None) -> Triaged:
    earlier = _earlier(sitting, one) if one and one.before is TriageState.CASE else ""
    done, happened = deciding.undo(one, actor=sitting.actor, now=sitting.now, earlier=earlier)
    triage.put(sitting.db, done)
    if case:
        sitting.log(Step(case=case, happened=(happened,)), case.id)
    else:
        sitting.note(happened)
    return done


def _earlier(sitting: Sitting, one: Triaged) -> str:
    """The case of the matter before it became this one."""
    print_ = article_named(sitting.db, one.subject)
    held = cases.with_articles(sitting.db, [print_] if print_ else matter(sitting.db, one.subject).articles)
    return next((case.id for case in held if case.id != one.case), "")


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
        matters = _matters(sitting, said)
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
            _joins(sitting, one.subject, one.decided, case)
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
        matters = _matters(sitting, said)
        found = [article for m in matters for article in m.articles]
        before = sitting.case(ident)
        case = sitting.act(ident, lambda case: opening.add_articles(case, found, actor=sitting.actor))
        for one in matters:
            if one.decided is None or one.decided.state is not TriageState.CASE:
                _joins(sitting, one.subject, one.decided, case)
            else:
                # New prints of what a case was opened on already: they come and go by themselves.
                new = [article for article in one.articles if article not in before.articles]
                earlier = triage.of(sitting.db, new)
                for article in new:
                    _joins(sitting, article, earlier.get(article), case)
    return case


def _joins(sitting: Sitting, subject: str, before: Triaged | None, case: Case) -> None:
    # What was decided on an earlier case of it, which is closed or where it was taken out of, is over.
    done, happened = deciding.decide(
        subject, before, TriageState.CASE, actor=sitting.actor, now=sitting.now, case=case.id, anew=True
    )
    triage.put(sitting.db, done)
    sitting.log(Step(case=case, happened=(happened,)), case.id)
