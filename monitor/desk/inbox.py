"""Hộp tin: what the press said, as rows to decide on, in every state; and what is known around one of them.

    prints of the period ──▶ by story ──▶ cases that hold them? decided on? ──▶ (state, prints) ──filter, sort──▶ a page
        narrow rows                        one he may not see: gone                                    words of 50 rows

``desk.triage.pending`` is the state "new" of the same sorting, so that a command and the page show one queue.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.clock import day_bounds
from monitor.desk import outlets
from monitor.desk.earlier import earlier
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.case import CaseStatus, Closing, Triaged, TriageState
from monitor.model.finding import (
    CaseHead,
    EarlierCase,
    InboxFilter,
    InboxPage,
    InboxRow,
    of_page,
    pages_of,
)
from monitor.model.tag import Relevance
from monitor.store import cases, finding, watch_changes
from monitor.store import inbox as store
from monitor.store.inbox import Print, Told

__all__ = ["EarlierCase", "InboxFilter", "InboxPage", "InboxRow", "Sorted", "earlier", "every", "inbox", "neighbours"]

STATES = (*(state.value for state in TriageState), "all")
SORTS = ("newest", "attention", "reprints")
_OURS = tuple(relevance for relevance in Relevance if relevance.ours)
_PER_PAGE = 200
MOST_DAYS = 400
"""How many days back the inbox looks; what is older is asked for by its days. All of the period is sorted each time."""


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """A story or lone item with the prints meant, and where it stands. ``joins`` is the open case it is new to."""

    subject: str
    prints: tuple[Print, ...]
    state: TriageState
    done: Triaged | None = None
    case: str = ""
    joins: str = ""


def inbox(sitting: Sitting, asked: InboxFilter) -> InboxPage:
    """A page of the inbox. Raises UsageError for a state, relevance or order there is none of, and too many days."""
    groups = _asked_for(sitting, asked)
    counts = {state: sum(one.state == state for one in groups) for state in TriageState}
    shown = _ordered(sitting, groups, asked)
    per_page = max(1, min(asked.per_page, _PER_PAGE))
    pages = pages_of(len(shown), per_page)
    page = max(1, min(asked.page, pages))
    return InboxPage(
        rows=tuple(_rows(sitting, of_page(shown, page, per_page))),
        total=len(shown),
        page=page,
        pages=pages,
        counts=(*((state.value, counts[state]) for state in TriageState), ("all", len(groups))),
    )


def every(sitting: Sitting, asked: InboxFilter) -> Iterator[InboxRow]:
    """All rows that ``inbox`` has on its pages, in its order, sorted once; words are read for a few rows at a time.

    Raises UsageError as ``inbox``, at once.
    """
    shown = _ordered(sitting, _asked_for(sitting, asked), asked)
    return (row for at in range(0, len(shown), _PER_PAGE) for row in _rows(sitting, shown[at : at + _PER_PAGE]))


def neighbours(sitting: Sitting, asked: InboxFilter, subject: str) -> tuple[str, str]:
    """The subjects before and after this one in the list, whatever page they are on; empty where there is none."""
    order = [one.subject for one in _ordered(sitting, _asked_for(sitting, asked), asked)]
    if subject not in order:
        return "", ""
    at = order.index(subject)
    return order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else ""


def sort_out(
    sitting: Sitting,
    start: datetime,
    end: datetime,
    *,
    relevances: Sequence[Relevance] = _OURS,
    subjects: Collection[str] | None = None,
) -> list[Sorted]:
    """Every story and lone item of the period (those of ``subjects``) with where it stands, by its first print.

    What belongs to a case the person may not see is left out, unless the case was closed and there are new prints.
    """
    by_subject: dict[str, list[Print]] = {}
    for one in store.window(sitting.db, start, end, relevances, subjects=subjects):
        by_subject.setdefault(one.subject, []).append(one)
    around = _around(sitting, by_subject, start, end)
    found = [_sorted(sitting, subject, prints, around) for subject, prints in by_subject.items()]
    return [one for one in found if one]


@dataclass(frozen=True, kw_only=True)
class _Around:
    """What is known of the stories of a period: which cases hold which print, what was decided, those cases.

    ``aside``: prints that were decided on by themselves, as new ones of a case that was closed.
    """

    held: dict[str, list[str]]
    aside: set[str]
    decided: dict[str, Triaged]
    cases: dict[str, CaseHead]


def _around(sitting: Sitting, subjects: Iterable[str], start: datetime, end: datetime) -> _Around:
    held = store.held(sitting.db, start, end)
    decided = store.decided(sitting.db, subjects)
    named = {case for into in held.values() for case in into} | {done.case for done in decided.values() if done.case}
    heads = finding.heads(sitting.db, idents=named)
    aside = store.laid_aside(sitting.db, start, end)
    return _Around(held=held, aside=aside, decided=decided, cases={head.id: head for head in heads})


def _sorted(sitting: Sitting, subject: str, prints: list[Print], around: _Around) -> Sorted | None:
    held, done = around.held, around.decided.get(subject)
    into = [around.cases[case] for one in prints for case in held.get(one.id, ())]
    into = [head for head in into if head.closing is not Closing.MISTAKEN]
    holding = {head.id for head in into}
    new = [one for one in prints if not holding & set(held.get(one.id, ()))]
    live = [head for head in into if head.status is not CaseStatus.CLOSED]
    joins = next((head.id for head in live if sitting.sees(head.guard)), "")
    if into and not live:
        # Of a closed case, new prints are decided on anew, by themselves: the case's own decision stands.
        new = [one for one in new if one.id not in around.aside]
    if new and (joins or (not live and (into or done is None))):
        return Sorted(subject=subject, prints=tuple(new), state=TriageState.NEW, joins=joins)
    decided_as = around.cases.get(done.case) if done else None
    named = [*into, decided_as] if decided_as else into
    if any(not sitting.sees(head.guard) for head in named):
        return None
    state = TriageState.CASE if into else done.state if done else TriageState.NEW
    return Sorted(subject=subject, prints=tuple(prints), state=state, done=done, case=named[-1].id if named else "")


def _asked_for(sitting: Sitting, asked: InboxFilter) -> list[Sorted]:
    """What passes the filters, in every state."""
    start, end = _period(sitting, asked)
    wanted = _relevance(asked)
    for value, known, what in ((asked.state, STATES, "state"), (asked.sort, SORTS, "sort")):
        if value not in known:
            raise UsageError("filter_unknown", value=value[:40], what=label("finding", what))
    passing = store.matching(
        sitting.db, start, end,
        outlet=asked.outlet, topic=asked.topic, place=asked.place, tone=asked.tone, words=asked.words,
    )  # fmt: skip
    groups = sort_out(
        sitting, start, end,
        relevances=(wanted,) if wanted is Relevance.FOREIGN else _OURS,
        subjects=None if passing is None else set(passing.values()),
    )  # fmt: skip
    if passing is not None:
        groups = [one for one in groups if any(p.n in passing for p in one.prints)]
    # A new print of an open case is told of whatever it is about; only who asks for one relevance gets no other.
    groups = [
        one
        for one in groups
        if (one.joins and not wanted) or asks(one.prints, attention=asked.attention, relevance=wanted)
    ]
    return [one for one in groups if _mine(sitting, one)] if asked.mine else groups


def _relevance(asked: InboxFilter) -> Relevance | None:
    if not asked.relevance:
        return None
    if asked.relevance not in {relevance.value for relevance in Relevance if relevance is not Relevance.NONE}:
        raise UsageError("filter_unknown", value=asked.relevance[:40], what=label("finding", "relevance"))
    return Relevance(asked.relevance)


def asks(prints: Iterable[Print], *, attention: bool, relevance: Relevance | None = None) -> bool:
    """Whether somebody should look at it: it names a union (or is of the relevance meant), or wants attention."""
    if attention:
        return any(one.attention and relevance in (None, one.relevance) for one in prints)
    if relevance:
        return any(one.relevance == relevance for one in prints)
    return any(one.attention or one.relevance == Relevance.UNION for one in prints)


def _period(sitting: Sitting, asked: InboxFilter) -> tuple[datetime, datetime]:
    if asked.days > MOST_DAYS and not asked.since:
        raise UsageError("filter_days", value=asked.days, most=MOST_DAYS)
    start = day_bounds(asked.since)[0] if asked.since else sitting.now - timedelta(days=max(1, asked.days))
    end = day_bounds(asked.until)[1] if asked.until else sitting.now
    return start, end


def _mine(sitting: Sitting, one: Sorted) -> bool:
    ids = {sitting.actor.id, *sitting.acts_for}
    if one.done and one.done.by in ids:
        return True
    case = cases.get(sitting.db, one.joins or one.case) if one.joins or one.case else None
    return case is not None and any(part.person in ids for part in case.assignments)


def _ordered(sitting: Sitting, groups: list[Sorted], asked: InboxFilter) -> list[Sorted]:
    found = groups if asked.state == "all" else [one for one in groups if one.state == asked.state]
    found = sorted(found, key=lambda one: one.prints[0].at, reverse=True)
    if asked.sort == "attention":
        found.sort(key=lambda one: not any(p.attention for p in one.prints))
    elif asked.sort == "reprints":
        found.sort(key=lambda one: -len(one.prints))
    return found


def _rows(sitting: Sitting, groups: Sequence[Sorted]) -> Iterator[InboxRow]:
    firsts = [one.prints[0].id for one in groups]
    calling = [next((p.id for p in one.prints if p.attention), "") for one in groups]
    told = store.told(sitting.db, list(dict.fromkeys([*firsts, *filter(None, calling)])))
    prints = store.prints_of(sitting.db, [one.subject for one in groups])
    mended = watch_changes.corrected(sitting.db, [p.id for one in groups for p in one.prints])
    names = outlets.names(sitting)
    for one, calls in zip(groups, calling, strict=True):
        first = one.prints[0].id
        others = [outlet for ident, outlet in prints.get(one.subject, ()) if ident != first]
        yield replace(
            _row(one, told[first], names),
            reprints=len(others),
            outlets=tuple(dict.fromkeys(names.get(outlet, outlet) for outlet in others)),
            attention=bool(calls),
            why=told[calls].why if calls else (),
            corrected=next((mended[p.id] for p in one.prints if p.id in mended), None),
        )


def _row(one: Sorted, first: Told, names: dict[str, str]) -> InboxRow:
    done = one.done
    return InboxRow(
        subject=one.subject,
        article=one.prints[0].id,
        articles=tuple(p.id for p in one.prints),
        title=first.title,
        url=first.url,
        outlet=names.get(first.outlet, first.outlet),
        outlet_id=first.outlet,
        published=first.published,
        places=first.places,
        topics=first.topics,
        tone=first.tone,
        relevance=first.relevance,
        state=one.state,
        by=done.by if done else "",
        decided_at=done.at if done else None,
        note=done.note if done else "",
        case=one.case,
        joins=one.joins,
        intake=first.medium is not None,
        medium=first.medium,
    )
