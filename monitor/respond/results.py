"""What came of each demand: one result a demand, derived from the date where it can be, put right with a reason.

    demand + due date + what was seen ──▶ in time | late | defective | changed or removed silently | refused | nothing

The state of the request follows by itself. Whether something found on a page *is* the correction, a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.clock import day_bounds, local
from monitor.errors import RefusedError
from monitor.model.action import CaseAction, Step, gate
from monitor.model.asking import RequestAct
from monitor.model.case import Case
from monitor.model.event import Happening
from monitor.model.law import Due, in_time
from monitor.model.parts import exchanged, find
from monitor.model.people import Person
from monitor.model.request import AddresseeKind, Demand, DemandKind, DemandResult, Request
from monitor.respond.demands import clock_of
from monitor.respond.moving import held, in_place, not_future, put, reason, wanted

R = DemandResult
DONE = frozenset({R.IN_TIME, R.LATE, R.DEFECTIVE})
"""Something was done on a day, well or badly."""
_SILENT = frozenset({R.CHANGED_SILENTLY, R.REMOVED_SILENTLY})
_ON_THE_PAGE = frozenset(
    {DemandKind.TAKE_DOWN, DemandKind.CORRECT, DemandKind.APOLOGISE, DemandKind.PUBLISH_RESPONSE, DemandKind.RERUN}
)
"""Demands that a silent edit or removal is an outcome of."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is recorded of a demand. ``result`` None: in time or late, as the date and the due date tell.

    ``on`` is the day it was done (or seen), ``missing`` the parts that are wanting (``CorrectionPart`` values or
    plain words), ``note`` plain words (the reasons of a refusal), ``reply`` an arriving paper, ``proof`` evidence ids.
    """

    result: DemandResult | None = None
    on: date | None = None
    missing: tuple[str, ...] = ()
    note: str = ""
    reply: str = ""
    proof: tuple[str, ...] = ()


def record_result(
    case: Case,
    ident: str,
    demand: str,
    outcome: Outcome,
    *,
    due: Due | None = None,
    why: str = "",
    actor: Person,
    now: datetime,
) -> Step:
    """The result of a demand (its id or its kind), by the ``due`` of its clock (``demands.clock_of``).

    A result recorded before is put right only with a reason ``why``; so is ``pending`` (asked anew) and ``dropped``
    (overtaken). Raises RefusedError naming what is missing.
    """
    gate(case, CaseAction.RECORD, actor)
    request = find(case.requests, ident, case=case.id)
    in_place(request, RequestAct.RESULT)
    asked = request.demand(demand)
    if asked is None:
        known = ", ".join(one.id for one in request.demands)
        raise RefusedError("thing_unknown", thing=demand, case=case.id, known=known)
    on = outcome.on
    if on is not None:
        not_future(on, now, "result")
        _after_publication(request, on)
    result = outcome.result or timed(due, _day(on, asked))
    _check(case, request, asked, replace(outcome, result=result), due=due, now=now)
    told: Step | None = None
    if asked.result is not R.PENDING or result in (R.PENDING, R.DROPPED):
        if asked.result is result is R.PENDING:
            raise RefusedError("result_pending_already", demand=asked.id)
        told = reason(case, why, actor=actor, now=now)
        case = told.case
    after = _recorded(asked, result, outcome, actor, now)
    step = _stored(case, request, asked, after, told.happened[0].thing if told else "")
    return told.then(step) if told else step


def timed(due: Due | None, on: date) -> DemandResult:
    """In time or late. A duty that has not arisen, or that has no date, cannot be late: what is done is in time."""
    if due is None or due.start is None or due.due is None:
        return R.IN_TIME
    return R.IN_TIME if in_time(due.due, day_bounds(on)[0]) else R.LATE


def was_late(demand: Demand, due: Due | None) -> bool:
    """Whether what was done came late, be it complete or defective: the two are told apart."""
    if demand.result is R.DEFECTIVE and demand.on is not None:
        return timed(due, demand.on) is R.LATE
    return demand.result is R.LATE


def _day(on: date | None, asked: Demand) -> date:
    if on is None:
        raise RefusedError("result_needs_date", demand=asked.id)
    return on


def _after_publication(request: Request, on: date) -> None:
    days = [local(one.published).date() for one in request.publications if one.published]
    if days and on < min(days):
        raise RefusedError("result_before_publication", request=request.id, published=f"{min(days):%d/%m/%Y}")


def _check(case: Case, request: Request, asked: Demand, outcome: Outcome, *, due: Due | None, now: datetime) -> None:
    result = outcome.result
    for proof in outcome.proof:
        held(case, proof, "proof")
    if outcome.reply:
        find(case.arrivals, outcome.reply, case=case.id)
    if result in DONE:
        derived = timed(due, _day(outcome.on, asked))
        if result in (R.IN_TIME, R.LATE) and result is not derived and not outcome.note.strip():
            raise RefusedError("result_against_date", demand=asked.id, result=result, derived=derived)
    if result is R.DEFECTIVE and not any(part.strip() for part in outcome.missing):
        raise RefusedError("defect_not_named", demand=asked.id)
    if result in _SILENT:
        if asked.kind not in _ON_THE_PAGE:
            raise RefusedError("result_unfit", demand=asked.kind, result=result)
        if not outcome.proof:
            raise RefusedError("silent_needs_proof", demand=asked.id)
    if result is R.REFUSED:
        wanted(outcome.note, "refusal")
        if request.addressee is AddresseeKind.PRESS and not outcome.reply:
            raise RefusedError("refusal_not_written", demand=asked.id)
    if result is R.NOTHING:
        _was_due(request, asked, outcome, due, now)


def _was_due(request: Request, asked: Demand, outcome: Outcome, due: Due | None, now: datetime) -> None:
    """Nothing can be said to have come only once it had to come, or the office's own threshold has passed."""
    if due is None:
        if clock_of(request.addressee, asked.kind) is not None:
            raise RefusedError("due_missing", demand=asked.id)
        wanted(outcome.note, "nothing")
        return
    if due.start is None:
        raise RefusedError("duty_not_arisen", demand=asked.id, kind=asked.kind)
    if due.due is not None:
        if in_time(due.due, now):
            raise RefusedError("not_due_yet", demand=asked.id, due=f"{local(due.due):%d/%m/%Y}")
    elif due.threshold is not None:
        if now <= due.threshold:
            raise RefusedError("not_due_yet", demand=asked.id, due=f"{local(due.threshold):%H:%M %d/%m/%Y}")
    else:
        wanted(outcome.note, "nothing")


def _recorded(asked: Demand, result: DemandResult, outcome: Outcome, actor: Person, now: datetime) -> Demand:
    if result in (R.PENDING, R.DROPPED):
        return Demand(id=asked.id, kind=asked.kind, result=result, by=actor.id)
    day = outcome.on
    if day is None and result in _SILENT:
        day = local(now).date()
    return Demand(
        id=asked.id,
        kind=asked.kind,
        result=result,
        on=day,
        missing=tuple(part.strip() for part in outcome.missing if part.strip()) if result is R.DEFECTIVE else (),
        note=outcome.note.strip(),
        reply=outcome.reply,
        proof=outcome.proof,
        by=actor.id,
    )


def _stored(case: Case, request: Request, asked: Demand, after: Demand, note: str) -> Step:
    changed = replace(request, demands=exchanged(request.demands, asked.id, lambda _: after))
    told = Happening(
        action="demand.record", thing=asked.id, before=asked.result.value, after=after.result.value,
        refs=tuple(ref for ref in (note, after.reply, *after.proof) if ref),
    )  # fmt: skip
    moved = put(case, changed, "request.state")
    return Step(case=moved.case, happened=(told, *(moved.happened if changed.state is not request.state else ())))
