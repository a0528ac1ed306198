"""What is due in all open cases: clocks, assignments, remedies and reminders in one list, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from monitor.clock import VN
from monitor.desk.clocks import CardOf, cards_in, clocks_of
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.labels import label, of
from monitor.model.case import AssignmentState, Case, CaseStatus, RemedyState
from monitor.model.law import ClockState
from monitor.store import cases

_LIVE = (CaseStatus.OPEN, CaseStatus.VERIFYING, CaseStatus.HANDLING)


@dataclass(frozen=True, kw_only=True)
class DueItem:
    """Something that is due: in which case, what (in words), when, for whom (a person, a body, an outlet).

    ``law`` tells a deadline of the law from the office's own; ``note`` is what has to be known of the date.
    """

    case: str
    title: str
    thing: str
    what: str
    at: datetime
    who: str = ""
    law: bool = False
    overdue: bool = False
    threshold: bool = False
    """Whether ``at`` is the office's own mark for what the law calls "ngay": past it nothing is overdue by law."""
    note: str = ""


def due(sitting: Sitting, *, days: int = 30) -> list[DueItem]:
    """What is overdue or falls due within so many days, in the cases the person sees."""
    book = Rulebook(sitting.home)
    end = sitting.now + timedelta(days=days)

    card = cards_in(sitting.db)
    found = [
        item
        for case in cases.every(sitting.db, statuses=_LIVE)
        if sitting.sees(case)
        for item in items(book, case, card, sitting.now)
        if item.at <= end
    ]
    return sorted(found, key=lambda item: (not item.overdue, item.at))


def items(book: Rulebook, case: Case, card: CardOf, now: datetime) -> Iterator[DueItem]:
    """Everything of one case that has a date and is not done."""
    for clock in clocks_of(book, case, card, now):
        if clock.pressing and clock.date:
            yield DueItem(
                case=case.id,
                title=case.title,
                thing=clock.request,
                what=of(clock.due.kind),
                at=clock.date,
                who=clock.name,
                law=clock.due.statutory and clock.due.due is not None,
                overdue=clock.state is ClockState.OVERDUE or clock.past,
                threshold=clock.due.due is None,
                note=" ".join(clock.due.notes),
            )
    for asked in case.assignments:
        if asked.state is AssignmentState.OPEN:
            who = asked.unit or asked.person
            yield _own(
                case,
                asked.id,
                label("due", "assignment", task=" ".join(asked.task.split())),
                day=asked.due,
                who=who,
                now=now,
            )
    for remedy in case.remedies:
        if remedy.state is RemedyState.OPEN:
            what = label("due", "remedy", measure=" ".join(remedy.measure.split()))
            yield _own(case, remedy.id, what, day=remedy.due, who=remedy.who, now=now)
    for reminder in case.reminders:
        if reminder.done is None:
            who = reminder.person or (case.lead.person or case.lead.unit if case.lead else "")
            yield _own(
                case,
                reminder.id,
                label("due", "reminder", what=" ".join(reminder.what.split())),
                day=reminder.due,
                who=who,
                now=now,
            )


def _own(case: Case, thing: str, what: str, *, day: date, who: str, now: datetime) -> DueItem:
    at = datetime.combine(day, time(23, 59, 59), VN)
    return DueItem(case=case.id, title=case.title, thing=thing, what=what, at=at, who=who, overdue=now > at)
