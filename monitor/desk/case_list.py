"""The list of cases: those that press first, a page of it at a time.

    heads that the person sees ──▶ what was asked for ──▶ due dates of the live ones ──▶ sorted ──▶ the page's cases

Only the live ones and those of the page are read whole: closed cases, which are most of them, wait for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from monitor.clock import day_bounds
from monitor.desk.due import DueItem
from monitor.desk.due_kept import kept
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.model.case import AssignmentState, Case, CaseStatus, CaseVerdict
from monitor.model.finding import CaseHead, pages_of
from monitor.store import cases, finding
from monitor.text import clean, fold

LIVE = (CaseStatus.OPEN, CaseStatus.VERIFYING, CaseStatus.HANDLING)


@dataclass(frozen=True, kw_only=True)
class CaseQuery:
    """Which cases; what is not said limits nothing. ``start`` and ``end``: days of opening, both included."""

    statuses: tuple[CaseStatus, ...] = ()
    verdict: CaseVerdict | None = None
    unit: str = ""
    topic: str = ""
    overdue: bool = False
    mine: bool = False
    start: date | None = None
    end: date | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A line of the list. ``due`` is what falls due next, or is overdue longest; ``lead`` a body's or person's id."""

    head: CaseHead
    due: DueItem | None
    lead: str
    requests: int


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of the list: ``total`` cases in all, ``overdue`` of them with something overdue."""

    rows: tuple[CaseRow, ...]
    total: int
    overdue: int
    page: int = 1
    pages: int = 1


def listed(
    sitting: Sitting, asked: CaseQuery, *, page: int = 1, size: int = 50, book: Rulebook | None = None
) -> Listed:
    """The cases that he sees and asked for, what is overdue first, then by the next due date, then the newest.

    With ``size`` 0 all of them; past the last page the last one. ``book``: the rules where they are at hand.
    """
    heads = list(_heads(sitting, asked))
    whole = cases.some(sitting.db, [h.id for h in heads if h.status in LIVE or asked.mine])
    dues = kept(sitting, book or Rulebook(sitting.home))
    found: list[tuple[CaseHead, DueItem | None]] = []
    overdue = 0
    for head in heads:
        case = whole.get(head.id)
        if asked.mine and not (case and _his(sitting, case)):
            continue
        due = _first(dues(case)) if case and head.status in LIVE else None
        late = due is not None and due.overdue
        if asked.overdue and not late:
            continue
        overdue += late
        found.append((head, due))
    found.sort(key=_pressing)
    pages = pages_of(len(found), size) if size else 1
    page = max(1, min(page, pages))
    start = (page - 1) * size
    shown = found[start : start + size] if size else found
    whole |= cases.some(sitting.db, [head.id for head, _ in shown if head.id not in whole])
    rows = tuple(_row(head, due, whole[head.id]) for head, due in shown if head.id in whole)
    return Listed(rows=rows, total=len(found), overdue=overdue, page=page, pages=pages)


def _row(head: CaseHead, due: DueItem | None, case: Case) -> CaseRow:
    lead = case.lead
    return CaseRow(head=head, due=due, lead=(lead.unit or lead.person) if lead else "", requests=len(case.requests))


def _heads(sitting: Sitting, asked: CaseQuery) -> Iterator[CaseHead]:
    start = day_bounds(asked.start)[0] if asked.start else None
    end = day_bounds(asked.end)[1] if asked.end else None
    words = fold(clean(asked.words)).split()
    seen: dict[tuple[bool, tuple[str, ...], tuple[str, ...]], bool] = {}
    for head in finding.heads(sitting.db, statuses=asked.statuses, start=start, end=end):
        # Most cases have no guard of their own: one answer does for all that are guarded alike.
        guarded = (head.restricted, head.accused, head.allowed)
        if guarded not in seen:
            seen[guarded] = sitting.sees(head.guard)
        if not seen[guarded]:
            continue
        if asked.verdict and head.verdict is not asked.verdict:
            continue
        if asked.unit and asked.unit not in (*head.units, *head.accused):
            continue
        if asked.topic and head.topic != asked.topic:
            continue
        if words and not all(word in fold(f"{head.id} {head.title}") for word in words):
            continue
        yield head


def _his(sitting: Sitting, case: Case) -> bool:
    """Whether something of it is his, his body's, or of one he stands in for: asked, to be reminded of, opened."""
    ids = {sitting.actor.id, *sitting.acts_for}
    bodies = {sitting.actor.unit} - {""}
    asked = [one for one in case.assignments if one.state is not AssignmentState.WITHDRAWN]
    return (
        case.opened_by in ids
        or any(one.person in ids or one.unit in bodies for one in asked)
        or any(one.person in ids for one in case.reminders if one.done is None)
    )


def _first(found: Iterable[DueItem]) -> DueItem | None:
    return min(found, key=lambda item: (not item.overdue, item.at), default=None)


def _pressing(one: tuple[CaseHead, DueItem | None]) -> tuple[int, float, float]:
    head, due = one
    newest = -(head.closed or head.opened).timestamp()
    if due is None:
        return (2 if head.status in LIVE else 3, newest, 0.0)
    return (0 if due.overdue else 1, _stamp(due.at), newest)


def _stamp(at: datetime) -> float:
    return at.timestamp()
