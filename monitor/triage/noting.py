"""Words on a case and reminders: comments, a leader's directions, what somebody is to be reminded of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import CaseAction, Step, gate
from monitor.model.case import Case, Note, Reminder
from monitor.model.parts import exchanged, find, numbered
from monitor.model.people import Person
from monitor.triage.moving import step, wanted


def comment(case: Case, text: str, *, actor: Person, now: datetime) -> Step:
    """A remark anybody who sees the case may leave."""
    gate(case, CaseAction.COMMENT, actor)
    return noted(case, text, actor=actor, now=now)


def direct(case: Case, text: str, *, actor: Person, now: datetime) -> Step:
    """A leader's direction (ý kiến chỉ đạo); assigning someone is a move of its own."""
    gate(case, CaseAction.DIRECT, actor)
    return noted(case, text, actor=actor, now=now, direction=True)


def noted(case: Case, text: str, *, actor: Person, now: datetime, direction: bool = False) -> Step:
    """The words kept with the case; the event holds their id alone."""
    case, ident = numbered(case, "n")
    note = Note(id=ident, text=wanted(text, label("case", "words")), direction=direction, by=actor.id, at=now)
    return step(replace(case, notes=(*case.notes, note)), "note.direct" if direction else "note.add", ident)


def remind(case: Case, what: str, due: date, *, actor: Person, now: datetime, person: str = "") -> Step:
    """Something to be reminded of; without a person it is for who has the lead."""
    gate(case, CaseAction.REMIND, actor)
    case, ident = numbered(case, "t")
    new = Reminder(id=ident, due=due, what=wanted(what, label("case", "words")), person=person, by=actor.id, at=now)
    moved = replace(case, reminders=(*case.reminders, new))
    return step(moved, "reminder.add", ident, after="open", refs=(person,) if person else ())


def reminded(case: Case, ident: str, *, actor: Person, now: datetime) -> Step:
    """The reminder has been seen to."""
    gate(case, CaseAction.REMINDED, actor)
    if find(case.reminders, ident, case=case.id).done:
        raise RefusedError("reminder_done", reminder=ident)
    moved = replace(case, reminders=exchanged(case.reminders, ident, lambda r: replace(r, done=now)))
    return step(moved, "reminder.done", ident, before="open", after="done")
