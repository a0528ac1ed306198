"""Handing over a person's work: what would move, before it is done; and the record of what did.

    who has what ──▶ of(giver, taker): what would move, and what stands against it ──▶ verifying.hand_over
    event log ──▶ record(n): between whom, when, what, as often as it is asked for

What the actor may not see neither moves nor shows: he cannot open it to anyone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from monitor.desk import messages, people, verifying
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError, UsageError
from monitor.labels import label, of, wording
from monitor.model.case import Assignment, AssignmentState, Case, CaseStatus, Reminder
from monitor.model.people import OfficeRole, Person
from monitor.store import cases, handovers
from monitor.store import people as stored
from monitor.store.handovers import Moved
from monitor.triage import assigning

_WORKING = (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK, OfficeRole.UNIT)


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing that moves, in words, with its deadline where it has one."""

    what: str
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class Share:
    """What moves of one case; ``against`` is why it cannot, empty where it can."""

    case: str
    title: str
    things: tuple[Thing, ...]
    against: str = ""


@dataclass(frozen=True, kw_only=True)
class Record:
    """A handover that was done: its number, who did it, between whom; ``text`` is the record to paste."""

    n: int
    at: datetime
    actor: Person
    giver: Person
    taker: Person
    shares: tuple[Share, ...]
    text: str


def givers(sitting: Sitting) -> tuple[Person, ...]:
    """Whose work the actor may hand over: for a leader everybody's, else his own."""
    if sitting.actor.has(OfficeRole.LEADER):
        return tuple(one for one in stored.every(sitting.db))
    return (sitting.actor,) if sitting.actor.has(*_WORKING) else ()


def takers(sitting: Sitting) -> tuple[Person, ...]:
    """Who could take it: whoever acts and works on cases."""
    return tuple(one for one in stored.every(sitting.db) if one.disabled is None and one.has(*_WORKING))


def loads(sitting: Sitting) -> dict[str, int]:
    """How many open things each person has in cases that go on and that the actor may know of."""
    found: Counter[str] = Counter()
    going_on = [one for one in CaseStatus if one is not CaseStatus.CLOSED]
    for case in cases.every(sitting.db, statuses=going_on):
        if sitting.sees(case):
            found.update(a.person for a in case.assignments if a.person and a.state is AssignmentState.OPEN)
            found.update(r.person for r in case.reminders if r.person and r.done is None)
    return dict(found)


def of_giver(sitting: Sitting, giver: str, taker: str) -> tuple[Person, Person, tuple[Share, ...]]:
    """What would move from one to the other, case by case. Raises RefusedError as the handover itself would."""
    one, other = people.person(sitting.db, giver), people.person(sitting.db, taker)
    if one.id == other.id or other.disabled:
        raise RefusedError("hand_over_whom", giver=one.id, taker=other.id)
    if one.id not in {person.id for person in givers(sitting)}:
        raise RefusedError("hand_over_role", giver=one.id)
    found = cases.some(sitting.db, handovers.naming(sitting.db, one.id)).values()
    seen = sorted((case for case in found if sitting.sees(case)), key=lambda case: case.id)
    return one, other, tuple(made for case in seen if (made := _share(sitting, case, one, other)))


def _share(sitting: Sitting, case: Case, giver: Person, taker: Person) -> Share | None:
    against = ""
    try:
        if assigning.hand_over(case, giver.id, taker, actor=sitting.actor) is None:
            return None
    except RefusedError as error:
        against = wording(error)
    asked = [a for a in case.assignments if a.person == giver.id and a.state is AssignmentState.OPEN]
    due = [r for r in case.reminders if r.person == giver.id and r.done is None]
    things = tuple(map(_asked, asked)) + tuple(map(_reminder, due))
    if giver.id in case.allowed:
        things += (Thing(what=label("handing_over", "allowed")),)
    return Share(case=case.id, title=case.title, things=things, against=against)


def _asked(one: Assignment) -> Thing:
    return Thing(what=label("handing_over", "assignment", part=of(one.part), task=one.task), due=one.due)


def _reminder(one: Reminder) -> Thing:
    return Thing(what=label("handing_over", "reminder", what=one.what), due=one.due)


def do(sitting: Sitting, giver: str, taker: str) -> int:
    """The handover in one transaction; returns the number of its record, 0 where there was nothing to hand over."""
    with sitting.db.atomic():
        done = verifying.hand_over(sitting, giver, taker)
        return handovers.moved(sitting.db, most=1)[0].n if done else 0


def records(sitting: Sitting) -> list[Moved]:
    """The latest handovers, newest first; for a leader all, else those one had part in."""
    return [one for one in handovers.moved(sitting.db) if _part(sitting, one)]


def _part(sitting: Sitting, one: Moved) -> bool:
    return sitting.actor.has(OfficeRole.LEADER) or sitting.actor.id in (one.actor, one.giver, one.taker)


def record(sitting: Sitting, n: int) -> Record:
    """The record of the handover whose first event has this number, without the cases he may not see.

    Raises UsageError where there is none that is his to read.
    """
    found = next(iter(handovers.moved(sitting.db, n=n)), None)
    if found is None or not _part(sitting, found):
        raise UsageError("handover_unknown", value=n)
    held = cases.some(sitting.db, [case for case, _ in found.things])
    shares, seen = [], []
    for ident, things in found.things:
        case = held.get(ident)
        if case is not None and sitting.sees(case):
            seen.append(case)
            shares.append(Share(case=ident, title=case.title, things=_things(case, things)))
        elif sitting.actor.id == found.actor:
            # He knew of it when he handed it over; what became of it since is not his to know.
            shares.append(Share(case=ident, title="", things=(Thing(what=label("handing_over", "out_of_sight")),)))
    who = {ident: stored.get(sitting.db, ident) or Person(id=ident, name=ident, roles=()) for ident in
           (found.actor, found.giver, found.taker)}  # fmt: skip
    return Record(
        n=found.n, at=found.at, actor=who[found.actor], giver=who[found.giver], taker=who[found.taker],
        shares=tuple(shares),
        text=messages.handover(sitting, found.giver, found.taker, seen, at=found.at),
    )  # fmt: skip


def _things(case: Case, ids: tuple[str, ...]) -> tuple[Thing, ...]:
    made = [_asked(a) for a in case.assignments if a.id in ids] + [_reminder(r) for r in case.reminders if r.id in ids]
    return tuple(made) or (Thing(what=label("handing_over", "allowed")),)
