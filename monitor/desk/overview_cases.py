"""Figures of cases: open and overdue now, by status and verdict of a period.

Figures count every case, restricted ones too; a list shows those the person may see, and says how many it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypedDict

from monitor.clock import day_bounds
from monitor.desk.clocks import cards_in
from monitor.desk.due import items
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.labels import label, of
from monitor.model.case import CaseStatus, CaseVerdict
from monitor.model.finding import CaseHead
from monitor.model.overview import CaseList, Figure, Query
from monitor.store import cases, finding
from monitor.store.overview import NONE

LIVE = (CaseStatus.OPEN, CaseStatus.VERIFYING, CaseStatus.HANDLING)
OPEN, OVERDUE, OPENED = "open", "overdue", "opened"


class CaseFigures(TypedDict):
    """The part of an overview that tells of cases."""

    open: Figure
    overdue: Figure
    statuses: tuple[Figure, ...]
    verdicts: tuple[Figure, ...]


def figures(sitting: Sitting, since: date, until: date) -> CaseFigures:
    """Open and overdue now; by status and verdict of the cases opened in these days."""
    opened = _heads(sitting, OPENED, since, until)
    days = (("since", f"{since}"), ("until", f"{until}"))

    def figure(key: str, name: str, passing: Callable[[CaseHead], bool], query: Query) -> Figure:
        chosen = [head for head in opened if passing(head)]
        return _figure(sitting, key, name, chosen, (("cases", OPENED), *days, *query))

    statuses = [
        figure(one.value, of(one), lambda head, one=one: head.status is one, (("status", one.value),))  # type: ignore[misc]
        for one in CaseStatus
    ]
    verdicts = [
        figure(one.value, of(one), lambda head, one=one: head.verdict is one, (("verdict", one.value),))  # type: ignore[misc]
        for one in CaseVerdict
    ]
    none = figure(NONE, label("finding", "no_verdict"), lambda head: head.verdict is None, (("verdict", NONE),))
    return CaseFigures(
        open=_figure(sitting, OPEN, label("finding", "open"), _heads(sitting, OPEN), (("cases", OPEN),)),
        overdue=_figure(sitting, OVERDUE, label("finding", "overdue"), _heads(sitting, OVERDUE), (("cases", OVERDUE),)),
        statuses=tuple(statuses),
        verdicts=(*verdicts, none),
    )


def case_list(
    sitting: Sitting,
    *,
    cases: str,
    since: date | None = None,
    until: date | None = None,
    status: str = "",
    verdict: str = "",
) -> CaseList:
    """The cases behind a figure: ``cases`` is open or overdue (now), or opened (in the days ``since`` … ``until``).

    ``verdict`` "-" is those without one. Raises UsageError for a list there is none of.
    """
    if cases not in (OPEN, OVERDUE, OPENED):
        raise UsageError("filter_unknown", value=cases[:40], what=label("finding", "cases"))
    found = [
        head
        for head in _heads(sitting, cases, since, until)
        if (not status or head.status == status) and (not verdict or (head.verdict or NONE) == verdict)
    ]
    seen = tuple(head for head in found if sitting.sees(head.guard))
    return CaseList(rows=seen, hidden=len(found) - len(seen))


def _figure(sitting: Sitting, key: str, name: str, found: list[CaseHead], query: Query) -> Figure:
    hidden = sum(not sitting.sees(head.guard) for head in found)
    return Figure(key=key, label=name, count=len(found), query=query, hidden=hidden)


def _heads(sitting: Sitting, which: str, since: date | None = None, until: date | None = None) -> list[CaseHead]:
    if which == OPENED:
        return finding.heads(
            sitting.db,
            start=day_bounds(since)[0] if since else None,
            end=day_bounds(until)[1] if until else None,
        )
    if which == OPEN:
        return finding.heads(sitting.db, statuses=LIVE)
    return finding.heads(sitting.db, idents=overdue(sitting))


def overdue(sitting: Sitting) -> list[str]:
    """The live cases in which something is overdue now, those nobody shows to this person too."""
    book, card = Rulebook(sitting.home), cards_in(sitting.db)
    return [
        case.id
        for case in cases.every(sitting.db, statuses=LIVE)
        if any(item.overdue for item in items(book, case, card, sitting.now))
    ]
