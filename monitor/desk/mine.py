"""What waits for one person: asked of him, to be answered, judged, concluded, signed, numbered; overdue and due soon.

    cases he sees ──▶ what of each waits for his roles, his body, himself ──▶ groups, the most pressing first

It says what is waiting, not what he may do: that is each act's own check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from monitor.clock import VN
from monitor.desk import naming
from monitor.desk.clocks import cards_in
from monitor.desk.due import DueItem, items
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.model.action import elsewhere
from monitor.model.case import AssignmentState, Case, CaseStatus
from monitor.model.paper import PaperState
from monitor.model.people import OfficeRole, Person
from monitor.store import cases
from monitor.store import people as persons

_LIVE = (CaseStatus.OPEN, CaseStatus.VERIFYING, CaseStatus.HANDLING)


class TaskKind(StrEnum):
    """Why something waits for somebody."""

    OVERDUE = "overdue"
    ASSIGNED = "assigned"
    """Asked of him or his body, not answered yet."""
    DIRECTED = "directed"
    """A leader directed something in a case he leads, in the last two weeks."""
    SIGN = "sign"
    NUMBER = "number"
    """Signed: a number and a date, then it goes out."""
    RECEIPT = "receipt"
    """It went out, and nobody recorded when it was received: the addressee's time runs from there."""
    RETURNED = "returned"
    """A paper of his came back with remarks."""
    CONCLUDE = "conclude"
    """Every claim is judged: a leader concludes."""
    JUDGE = "judge"
    """All answers are there, the claims are not judged."""
    UNASSIGNED = "unassigned"
    """A case nobody was asked to verify."""
    SOON = "soon"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing that waits: ``thing`` is the id of the part of the case it is about; ``at`` a due date, or since when
    it waits; ``who`` is who is asked, in words."""

    kind: TaskKind
    case: str
    title: str
    what: str
    thing: str = ""
    at: datetime | None = None
    due: datetime | None = None
    """Until when, where ``at`` says since when."""
    who: str = ""
    law: bool = False
    note: str = ""


def mine(sitting: Sitting, *, days: int = 7) -> list[tuple[TaskKind, tuple[Task, ...]]]:
    """What waits for who sits here and for those he stands in for, by kind in the order of ``TaskKind``; a kind with
    nothing in it is left out. ``days``: how far ahead a due date is soon."""
    people = [sitting.actor, *(p for ident in sitting.acts_for if (p := persons.get(sitting.db, ident)))]
    book, card = Rulebook(sitting.home), cards_in(sitting.db)
    names = {u.id: u.name for u in persons.units(sitting.db)} | {p.id: p.name for p in persons.every(sitting.db)}
    found: dict[tuple[TaskKind, str, str, str], Task] = {}
    for case in cases.every(sitting.db, statuses=_LIVE):
        if not sitting.sees(case):
            continue
        dated = list(items(book, case, card, sitting.now))
        for who in people:
            due = _dated(case, dated, who, names=names, now=sitting.now, days=days)
            for task in (*due, *_waiting(case, who, sitting.now)):
                found.setdefault((task.kind, task.case, task.thing, task.what), task)
    rest = _once(list(found.values()))
    groups = [(kind, [t for t in rest if t.kind is kind]) for kind in TaskKind]
    return [(kind, tuple(sorted(group, key=_pressing))) for kind, group in groups if group]


def _once(found: list[Task]) -> list[Task]:
    """One thing on one line: what is overdue only there, what was asked of him not again as due soon, and a direction
    that came with a task as that task."""
    late = {(t.case, t.thing) for t in found if t.kind is TaskKind.OVERDUE and t.thing}
    asked = {(t.case, t.thing) for t in found if t.kind is TaskKind.ASSIGNED}
    tasks = {(t.case, t.what) for t in found if t.kind is TaskKind.ASSIGNED}
    return [
        t for t in found
        if not (t.kind is not TaskKind.OVERDUE and (t.case, t.thing) in late)
        and not (t.kind is TaskKind.SOON and (t.case, t.thing) in asked)
        and not (t.kind is TaskKind.DIRECTED and (t.case, t.what) in tasks)
    ]  # fmt: skip


def _pressing(task: Task) -> tuple[bool, float, str]:
    return (task.at is None, task.at.timestamp() if task.at else 0.0, task.case)


def _dated(
    case: Case, dated: list[DueItem], who: Person, *, names: dict[str, str], now: datetime, days: int
) -> Iterator[Task]:
    """Due dates that are his: what he or his body was asked; an outlet's and the office's clocks are the case's lead's,
    and every press officer's."""
    office = who.has(OfficeRole.PRESS, OfficeRole.LEADER) and not elsewhere(who, "ld")
    for item in dated:
        own = item.who in (who.id, who.unit) if item.who else False
        if not own and not (office and (item.overdue or who.has(OfficeRole.PRESS))):
            continue
        if item.overdue or item.at <= now + timedelta(days=days):
            yield Task(
                kind=TaskKind.OVERDUE if item.overdue else TaskKind.SOON, case=case.id, title=case.title,
                what=item.what, thing=item.thing, at=item.at, who=names.get(item.who, item.who), law=item.law,
                note=item.note,
            )  # fmt: skip


def _waiting(case: Case, who: Person, now: datetime) -> Iterator[Task]:
    """What waits for the person without a date of its own."""

    def task(
        kind: TaskKind, what: str, *, thing: str = "", at: datetime | None = None, due: datetime | None = None
    ) -> Task:
        return Task(kind=kind, case=case.id, title=case.title, what=what, thing=thing, at=at, due=due)

    for asked in case.assignments:
        if asked.state is AssignmentState.OPEN and (asked.person == who.id or (who.unit and asked.unit == who.unit)):
            due = datetime.combine(asked.due, time(23, 59, 59), VN)
            yield task(TaskKind.ASSIGNED, asked.task, thing=asked.id, at=asked.at, due=due)
    if case.lead and case.lead.person == who.id:
        for note in case.notes:
            if note.direction and now - note.at < timedelta(days=14):
                yield task(TaskKind.DIRECTED, note.text, thing=note.id, at=note.at)
    yield from _papers(case, who)
    if elsewhere(who, "ld"):
        return
    if case.status is CaseStatus.OPEN and who.has(OfficeRole.PRESS) and not case.assignments:
        yield task(TaskKind.UNASSIGNED, label("due", "to_assign"), at=case.opened)
    if case.status is CaseStatus.VERIFYING:
        judged = case.live_claims and all(claim.verdict for claim in case.live_claims)
        answered = all(a.state is not AssignmentState.OPEN for a in case.assignments)
        if judged and who.has(OfficeRole.LEADER):
            yield task(TaskKind.CONCLUDE, label("due", "to_conclude"), at=case.opened)
        elif not judged and answered and case.assignments and who.has(OfficeRole.PRESS):
            yield task(TaskKind.JUDGE, label("due", "to_judge"), at=case.opened)


def _papers(case: Case, who: Person) -> Iterator[Task]:
    for paper in case.papers:
        here = not elsewhere(who, paper.issuer)
        kind = None
        if paper.state is PaperState.SUBMITTED and here and who.has(OfficeRole.LEADER):
            kind = TaskKind.SIGN
        elif paper.state in (PaperState.SIGNED, PaperState.NUMBERED) and here and who.has(OfficeRole.CLERK):
            kind = TaskKind.NUMBER
        elif paper.state is PaperState.ISSUED and here and who.has(OfficeRole.CLERK) and paper.kind in naming.RECEIVED:
            kind = TaskKind.RECEIPT
        elif paper.state is PaperState.RETURNED and paper.drafted_by == who.id:
            kind = TaskKind.RETURNED
        if kind:
            since = paper.issued or paper.signed or paper.submitted or paper.drafted
            yield Task(
                kind=kind, case=case.id, title=case.title, what=naming.titled(paper), thing=paper.id,
                at=since,
            )  # fmt: skip
