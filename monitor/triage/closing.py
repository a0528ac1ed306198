"""The end of a case, and its return."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import CaseAction, Step, gate
from monitor.model.case import AssignmentState, Case, CaseStatus, Closing, End, Part
from monitor.model.paper import PaperState
from monitor.model.people import Person
from monitor.triage.moving import step, wanted
from monitor.triage.noting import noted
from monitor.triage.verifying import open_remedies

_UNDER_WAY = (PaperState.SUBMITTED, PaperState.SIGNED, PaperState.NUMBERED)


def close(case: Case, *, actor: Person, now: datetime, why: str = "", retention: str = "") -> Step:
    """Ends a case with a verdict. Raises RefusedError naming every remedy, request or paper still open."""
    gate(case, CaseAction.CLOSE, actor)
    if left := still_open(case):
        raise RefusedError("things_open", case=case.id, things=", ".join(left))
    end = End(closing=Closing.CONCLUDED, by=actor.id, at=now, why=why.strip(), retention=retention.strip())
    return _ended(case, end)


def close_without(
    case: Case, closing: Closing, *, actor: Person, now: datetime, why: str = "", other: str = ""
) -> Step:
    """Ends a case that gets no verdict: opened by mistake, another case's double, or another body's matter."""
    gate(case, CaseAction.CLOSE_WITHOUT, actor)
    if closing is Closing.CONCLUDED:
        raise RefusedError("no_verdict_yet", case=case.id, action=CaseAction.CLOSE)
    if closing is Closing.DUPLICATE and (not other or other == case.id):
        raise RefusedError("double_of_what", case=case.id)
    if closing is Closing.PASSED_ON and not other.strip():
        raise RefusedError("passed_to_whom", case=case.id)
    if left := still_open(case):
        raise RefusedError("things_open", case=case.id, things=", ".join(left))
    reason = wanted(why, label("case", "why"))
    return _ended(case, End(closing=closing, by=actor.id, at=now, why=reason, other=other.strip()))


def still_open(case: Case) -> tuple[str, ...]:
    """The ids of what keeps the case from ending: remedies, requests, papers under way."""
    return (
        *open_remedies(case),
        *(request.id for request in case.requests if request.state.open),
        *(paper.id for paper in case.papers if paper.state in _UNDER_WAY),
    )


def reopen(case: Case, why: str, *, actor: Person, now: datetime) -> Step:
    """Takes a closed case up again where it stood: with its verdict, under verification, or just opened."""
    gate(case, CaseAction.REOPEN, actor)
    told = noted(case, wanted(why, label("case", "why")), actor=actor, now=now)
    leads = [a for a in case.assignments if a.part is Part.LEAD and a.state is not AssignmentState.WITHDRAWN]
    status = CaseStatus.HANDLING if case.conclusion else CaseStatus.VERIFYING if leads else CaseStatus.OPEN
    back = replace(told.case, status=status, end=None, reopened=case.reopened + 1)
    refs = (told.happened[0].thing,)
    return told.then(step(back, "case.reopen", before=case.status.value, after=status.value, refs=refs))


def _ended(case: Case, end: End) -> Step:
    done = replace(case, status=CaseStatus.CLOSED, end=end)
    refs = (end.other,) if end.closing is Closing.DUPLICATE else ()
    return step(done, "case.close", before=case.status.value, after=done.status.value, why=end.closing.value, refs=refs)
