"""Who of ours was late with what in a period, or is overdue at its end: by body and by what was owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from monitor.clock import day_bounds
from monitor.labels import label
from monitor.model.case import AssignmentState, Case, RemedyState
from monitor.model.people import FEDERATION
from monitor.model.report import Lateness
from monitor.report.half_year_cases import Flow, Lists, case_row
from monitor.report.half_year_work import Told, remedy_over
from monitor.report.sentences import clip
from monitor.text import clean

OTHERS = "~"
"""In the place of a body: somebody named in words who is none of the office's bodies. The words stay in the case."""

BodyOf = Callable[[str], str]
"""The id of the body of a person's id, a body's id or name; ``OTHERS`` where there is none."""
_ROOM = 200
"""Characters of what was asked for: the case itself tells it whole."""


@dataclass(frozen=True, kw_only=True)
class _Owed:
    """What a body owed from ``since`` until the end of ``due``: ``thing`` its id in the case, ``text`` for people."""

    kind: str
    body: str
    due: date
    done: datetime | None
    since: datetime
    text: str
    thing: str = ""
    anchor: str = ""


def lateness(
    cases: Iterable[Case],
    found: Iterable[Flow],
    dues: Mapping[str, date],
    told: Told,
    body: BodyOf,
    *,
    name: Callable[[str], str] = str,
    start: datetime,
    end: datetime,
    now: datetime,
) -> Lists:
    """Lists "late.BODY.KIND". Late: done in the period after its day. Overdue: not done at the period's end (or now).

    ``dues`` are the days by which cases have to be concluded; what is owed there is owed by the federation. ``name``
    says for people who a person's id, a body's id or a name stands for.
    """
    lists: Lists = defaultdict(list)
    until = min(end, now)
    owed = [(case, one) for case in cases for one in _of_case(case, told, body, name)]
    owed += [(flow.case, one) for flow in found for one in _conclusion(flow, dues)]
    for case, one in owed:
        if one.since >= end:
            continue
        last = day_bounds(one.due)[1]
        if one.done and start <= one.done < end and one.done >= last:
            key = f"{one.kind}_late"
        elif (one.done is None or one.done >= end) and last <= until:
            key = f"{one.kind}_overdue"
        else:
            continue
        ident = f"{case.id}/{one.thing}" if one.thing else case.id
        row = case_row(case, ident, one.due, one.text, one.anchor)
        lists[f"late.{one.body}.{Lateness(key).value}"].append(row)
    for key in list(lists):
        lists["late.total"] += lists[key]
    return lists


def _of_case(case: Case, told: Told, body: BodyOf, name: Callable[[str], str]) -> Iterator[_Owed]:
    for asked in case.assignments:
        if asked.state is not AssignmentState.WITHDRAWN:
            # With the end of the case nothing is owed any more: who has not answered until then was late for good.
            done = asked.answer.at if asked.answer else case.end.at if case.end else None
            who = asked.unit or asked.person
            yield _Owed(
                kind="answer", body=body(who), due=asked.due, done=done, since=asked.at, thing=asked.id, anchor="giao",
                text=_said("late_answer", asked.due, asked.task, name(who)),
            )  # fmt: skip
    for remedy in case.remedies:
        if remedy.state is not RemedyState.DROPPED:
            yield _Owed(
                kind="remedy", body=body(remedy.who), due=remedy.due, done=remedy_over(case, remedy, told),
                since=remedy.at, thing=remedy.id, anchor="khac-phuc",
                text=_said("late_remedy", remedy.due, remedy.measure, name(remedy.who)),
            )  # fmt: skip


def _conclusion(flow: Flow, dues: Mapping[str, date]) -> Iterator[_Owed]:
    due = dues.get(flow.case.id)
    if due and (flow.standing.closing is None or flow.standing.concluded):
        yield _Owed(
            kind="conclude", body=FEDERATION, due=due, done=flow.standing.concluded, since=flow.case.opened,
            text=_said("late_conclude", due),
        )  # fmt: skip


def _said(key: str, due: date, what: str = "", who: str = "") -> str:
    return label("half_year", key, what=clip(clean(what), _ROOM).rstrip("."), who=clean(who), day=f"{due:%d/%m/%Y}")
