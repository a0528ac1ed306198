"""Who of ours was late with what in a period, or is overdue at its end: by body and by what was owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime

from monitor.clock import day_bounds
from monitor.model.case import AssignmentState, Case, RemedyState
from monitor.model.people import FEDERATION
from monitor.model.report import Lateness
from monitor.report.half_year_cases import Flow, Lists, case_row
from monitor.report.half_year_work import Told, remedy_over

OTHERS = "~"
"""In the place of a body: somebody named in words who is none of the office's bodies. The words stay in the case."""

BodyOf = Callable[[str], str]
"""The id of the body of a person's id, a body's id or name; ``OTHERS`` where there is none."""
_Owed = tuple[str, str, str, date, datetime | None, datetime]
"""(kind, body, thing, due day, done at, since)"""


def lateness(
    cases: Iterable[Case],
    found: Iterable[Flow],
    dues: Mapping[str, date],
    told: Told,
    body: BodyOf,
    *,
    start: datetime,
    end: datetime,
    now: datetime,
) -> Lists:
    """Lists "late.BODY.KIND". Late: done in the period after its day. Overdue: not done at the period's end (or now).

    ``dues`` are the days by which cases have to be concluded; what is owed there is owed by the federation.
    """
    lists: Lists = defaultdict(list)
    until = min(end, now)
    owed = [(case, one) for case in cases for one in _of_case(case, told, body)]
    owed += [(flow.case, one) for flow in found for one in _conclusion(flow, dues)]
    for case, (kind, unit, thing, due, done, since) in owed:
        if since >= end:
            continue
        last = day_bounds(due)[1]
        if done and start <= done < end and done >= last:
            key = f"{kind}_late"
        elif (done is None or done >= end) and last <= until:
            key = f"{kind}_overdue"
        else:
            continue
        ident = f"{case.id}/{thing}" if thing else case.id
        lists[f"late.{unit}.{Lateness(key).value}"].append(case_row(case, ident, due))
    for key in list(lists):
        lists["late.total"] += lists[key]
    return lists


def _of_case(case: Case, told: Told, body: BodyOf) -> Iterator[_Owed]:
    for asked in case.assignments:
        if asked.state is not AssignmentState.WITHDRAWN:
            # With the end of the case nothing is owed any more: who has not answered until then was late for good.
            done = asked.answer.at if asked.answer else case.end.at if case.end else None
            yield "answer", body(asked.unit or asked.person), asked.id, asked.due, done, asked.at
    for remedy in case.remedies:
        if remedy.state is not RemedyState.DROPPED:
            yield "remedy", body(remedy.who), remedy.id, remedy.due, remedy_over(case, remedy, told), remedy.at


def _conclusion(flow: Flow, dues: Mapping[str, date]) -> Iterator[_Owed]:
    due = dues.get(flow.case.id)
    if due and (flow.standing.closing is None or flow.standing.concluded):
        yield "conclude", FEDERATION, "", due, flow.standing.concluded, flow.case.opened
