"""Remedies and requests of a period: what was taken over, added, done in time or late, and what is left.

A result counts on the day on which it came about as recorded, not on the day somebody typed it; where no such day is
recorded, on that of the entry in the log. A remedy dropped and a request withdrawn count on the day of the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.clock import day_bounds, local
from monitor.model.case import Case, Remedy, RemedyState
from monitor.model.request import AddresseeKind, Demand, DemandKind, DemandResult, Request
from monitor.report.half_year_cases import Lists, case_row

ACTIONS = ("remedy.finish", "remedy.drop", "demand.record", "demand.change", "request.withdraw")
"""The acts whose time is needed beside what the documents hold."""
R = DemandResult
DONE = (R.IN_TIME, R.LATE, R.DEFECTIVE)

Told = Mapping[tuple[str, str], datetime]
"""When the log last told of a thing, by case and thing."""
WasLate = Callable[[Case, Request, Demand], bool]


@dataclass(frozen=True, kw_only=True)
class Work:
    """What the lists are made of. ``until`` is the period's end, or now where that is still to come; ``late`` tells
    whether a demand was met late, be it completely or not."""

    start: datetime
    end: datetime
    until: datetime
    told: Told
    late: WasLate

    def within(self, at: datetime | None) -> bool:
        """Whether it lies in the period."""
        return at is not None and self.start <= at < self.end


def remedies(cases: Iterable[Case], work: Work) -> Lists:
    """Carried in + added = done in time + done late + dropped + still open; of the open ones those overdue."""
    lists: Lists = defaultdict(list)
    for case in cases:
        for remedy in case.remedies:
            over = remedy_over(case, remedy, work.told)
            if remedy.at >= work.end or (over and over < work.start):
                continue
            row = case_row(case, f"{case.id}/{remedy.id}", remedy.due, remedy.measure, "khac-phuc")
            lists["remedy.total"].append(row)
            lists["remedy.added" if remedy.at >= work.start else "remedy.carried_in"].append(row)
            lists[f"remedy.{remedy_state(remedy, over, work.end)}"].append(row)
            if (over is None or over >= work.end) and day_bounds(remedy.due)[1] <= work.until:
                lists["remedy.overdue"].append(row)
    return lists


def remedy_over(case: Case, remedy: Remedy, told: Told) -> datetime | None:
    """When a measure was done or dropped."""
    if remedy.state is RemedyState.OPEN:
        return None
    if remedy.done:
        return max(day_bounds(remedy.done)[0], remedy.at)
    return told.get((case.id, remedy.id), remedy.at)


def remedy_state(remedy: Remedy, over: datetime | None, end: datetime) -> str:
    """How a measure stood at ``end``: open, in_time, late or dropped."""
    if over is None or over >= end:
        return "open"
    if remedy.state is RemedyState.DROPPED:
        return "dropped"
    return "late" if (remedy.done or local(over).date()) > remedy.due else "in_time"


def requests(cases: Iterable[Case], work: Work) -> Lists:
    """Carried in + sent = settled + still open; the outcomes of the period, which may overlap.

    Petitions to an authority are none of these: they stand behind what was passed on, and what an authority concluded.
    """
    lists: Lists = defaultdict(list)
    for case in cases:
        made = {request.id: request for request in case.requests}
        for request in case.requests:
            if request.sent is None or request.sent >= work.end:
                continue
            over = settled(case, request, work.told)
            if over and over < work.start:
                continue
            sign = next((paper.sign for paper in case.papers if paper.id == request.letter), "")
            text = ", ".join(filter(None, (sign, request.name)))
            row = case_row(case, f"{case.id}/{request.id}", local(request.sent).date(), text, "de-nghi")
            into = list(_outcomes(case, request, work))
            if request.addressee is not AddresseeKind.AUTHORITY:
                into += ["total", "sent" if request.sent >= work.start else "carried_in"]
                into.append("settled" if over and over < work.end else "open")
            if any(work.within(made[one].sent) for one in request.escalated if one in made):
                into.append("passed_on")
            for key in dict.fromkeys(into):
                lists[f"request.{key}"].append(row)
    return lists


def _outcomes(case: Case, request: Request, work: Work) -> Iterable[str]:
    for demand in request.demands:
        if not work.within(effective(case, request, demand, work.told)):
            continue
        if demand.result in DONE:
            late = work.late(case, request, demand)
            if demand.kind is DemandKind.CORRECT:
                yield "corrected_late" if late else "corrected_in_time"
                if demand.result is R.DEFECTIVE:
                    yield "corrected_badly"
            elif demand.kind in _MET:
                yield _MET[demand.kind]
        elif demand.result in _ENDS:
            yield _ENDS[demand.result]


_MET = {
    DemandKind.APOLOGISE: "apologised", DemandKind.PUBLISH_RESPONSE: "response", DemandKind.ANSWER: "answered",
    DemandKind.TAKE_DOWN: "taken_down", DemandKind.RERUN: "rerun", DemandKind.CONCLUDE: "authority",
}  # fmt: skip
_ENDS = {
    R.REFUSED: "refused", R.NOTHING: "nothing", R.CHANGED_SILENTLY: "silent", R.REMOVED_SILENTLY: "silent",
}  # fmt: skip


def effective(case: Case, request: Request, demand: Demand, told: Told) -> datetime | None:
    """When a demand got its result, never before the letter went out; None while it is pending."""
    if demand.result is R.PENDING or request.sent is None:
        return None
    at = day_bounds(demand.on)[0] if demand.on else told.get((case.id, demand.id), request.sent)
    return max(at, request.sent)


def settled(case: Case, request: Request, told: Told) -> datetime | None:
    """When nothing was to come any more of a request that went out; None while something is."""
    if request.sent is None:
        return None
    if request.withdrawn:
        return max(told.get((case.id, request.id), request.sent), request.sent)
    ends = [effective(case, request, demand, told) for demand in request.demands]
    return None if None in ends else max((end for end in ends if end), default=request.sent)


def asked_in_writing(cases: Iterable[Case], end: datetime) -> frozenset[str]:
    """The cases in which a letter to whoever published went out before ``end``."""
    return frozenset(
        case.id
        for case in cases
        if any(r.sent and r.sent < end and r.addressee is not AddresseeKind.AUTHORITY for r in case.requests)
    )


def answered_items(cases: Iterable[Case]) -> frozenset[str]:
    """The items whose correction was made in answer to a request of ours."""
    return frozenset(
        publication.article
        for case in cases
        for request in case.requests
        if any(d.kind is DemandKind.CORRECT and d.result in DONE for d in request.demands)
        for publication in request.publications
    )
