"""Who checks and who helps: assignments, their answers, and the handover of one person's work to another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from monitor.clock import local
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import CaseAction, Step, answers, gate
from monitor.model.case import Answer, Assignment, AssignmentState, Case, CaseStatus, Part, Way
from monitor.model.parts import exchanged, find, numbered
from monitor.model.people import Person
from monitor.triage.moving import step, wanted


def assign(
    case: Case,
    *,
    actor: Person,
    now: datetime,
    part: Part,
    task: str,
    due: date,
    directed_by: str,
    unit: str = "",
    person: str = "",
    person_unit: str = "",
    way: Way = Way.LETTER,
) -> Step:
    """Asks a body or a person to check (the lead) or to help; the first lead sets the verification going.

    ``person_unit`` is the body the person belongs to. Raises RefusedError where someone would verify himself, and
    where a lead is named while another one has it.
    """
    gate(case, CaseAction.ASSIGN, actor)
    if bool(unit) == bool(person):
        raise RefusedError("assign_one", case=case.id)
    if (unit or person_unit) in case.accused:
        raise RefusedError("verifies_itself", unit=unit or person_unit)
    if due < local(now).date():
        raise RefusedError("due_past", due=f"{due:%d/%m/%Y}")
    lead = case.lead
    if part is Part.LEAD and lead and lead.state is AssignmentState.OPEN:
        raise RefusedError("lead_taken", case=case.id, lead=lead.unit or lead.person, assignment=lead.id)
    case, ident = numbered(case, "a")
    new = Assignment(
        id=ident,
        part=part,
        unit=unit,
        person=person,
        task=wanted(task, label("case", "task")),
        due=due,
        directed_by=directed_by,
        way=way,
        by=actor.id,
        at=now,
    )
    refs = tuple(ref for ref in (unit, person, directed_by) if ref)
    moved = replace(case, assignments=(*case.assignments, new))
    told = step(moved, "assignment.add", ident, after=new.state.value, why=part.value, refs=refs)
    if case.status is not CaseStatus.OPEN or part is not Part.LEAD:
        return told
    begun = replace(moved, status=CaseStatus.VERIFYING)
    return told.then(step(begun, "case.verify", before=case.status.value, after=begun.status.value))


def answer(
    case: Case,
    ident: str,
    text: str,
    *,
    actor: Person,
    now: datetime,
    at: datetime | None = None,
    way: Way = Way.PROGRAM,
    source: str = "",
    evidence: Iterable[str] = (),
) -> Step:
    """What an assignee answered. An officer who records it on another's behalf says from whom and how."""
    gate(case, CaseAction.ANSWER, actor)
    asked = find(case.assignments, ident, case=case.id)
    if asked.state is AssignmentState.WITHDRAWN:
        raise RefusedError("assignment_withdrawn", assignment=ident)
    own = actor.id == asked.person or (asked.unit != "" and actor.unit == asked.unit)
    answers(actor, own=own)
    if not own and not source.strip():
        raise RefusedError("answer_from_whom", assignment=ident)
    given = Answer(
        text=wanted(text, label("case", "answer")),
        at=at or now,
        way=way,
        by=actor.id,
        source=source.strip(),
        evidence=tuple(evidence),
    )
    if given.at > now:
        raise RefusedError("in_the_future", what=label("case", "answer"))
    after = AssignmentState.ANSWERED
    moved = replace(
        case, assignments=exchanged(case.assignments, ident, lambda a: replace(a, state=after, answer=given))
    )
    return step(
        moved, "assignment.answer", ident, before=asked.state.value, after=after.value, why=way.value,
        refs=given.evidence,
    )  # fmt: skip


def unassign(case: Case, ident: str, why: str, *, actor: Person) -> Step:
    """Takes an assignment back, so that another may have it."""
    gate(case, CaseAction.UNASSIGN, actor)
    asked = find(case.assignments, ident, case=case.id)
    if asked.state is not AssignmentState.OPEN:
        raise RefusedError("assignment_not_open", assignment=ident, state=asked.state)
    after = AssignmentState.WITHDRAWN
    reason = wanted(why, label("case", "why"))
    moved = replace(case, assignments=exchanged(case.assignments, ident, lambda a: replace(a, state=after, why=reason)))
    return step(moved, "assignment.withdraw", ident, before=asked.state.value, after=after.value)


def hand_over(case: Case, giver: str, taker: Person, *, actor: Person) -> Step | None:
    """Everything of this case that ``giver`` has to do goes to ``taker``; None where he has nothing here.

    Raises RefusedError where the taker belongs to the accused, and for whom it is not to hand over.
    """
    mine = [a for a in case.assignments if a.person == giver and a.state is AssignmentState.OPEN]
    due = [r for r in case.reminders if r.person == giver and r.done is None]
    if not (mine or due or giver in case.allowed):
        return None
    if case.status is not CaseStatus.CLOSED and actor.id != giver:
        gate(case, CaseAction.HAND_OVER, actor)
    if taker.unit and taker.unit in case.accused:
        raise RefusedError("verifies_itself", unit=taker.unit)
    moved = replace(
        case,
        assignments=tuple(replace(a, person=taker.id) if a in mine else a for a in case.assignments),
        reminders=tuple(replace(r, person=taker.id) if r in due else r for r in case.reminders),
        allowed=tuple(dict.fromkeys(taker.id if one == giver else one for one in case.allowed)),
    )
    return step(moved, "case.hand_over", refs=(giver, taker.id, *(a.id for a in mine), *(r.id for r in due)))
