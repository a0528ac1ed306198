"""What of the units' reports waits for one person: his own body's to be handed in, others' to be looked over.

periods that ended, or end within a month ──▶ his body's, not handed in or given back ──▶ OwnTask
                                          └─▶ bodies that report to him: not handed in, handed in ──▶ AboveTask

Nothing is counted for it from cases and press: it stands on the page that people open first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from monitor.clock import local
from monitor.desk import unit_rights as rights
from monitor.desk.sitting import Sitting
from monitor.desk.unit_owed import before_use, current, due_on, listed, periods, standing
from monitor.model.people import FEDERATION, OfficeRole, Person, Unit
from monitor.model.report import Span
from monitor.model.unit_report import Standing, UnitReportRules
from monitor.store import people
from monitor.store import unit_reports as store

_OPEN = (Standing.WAITING, Standing.MISSING)
_CAME = (Standing.SUBMITTED, Standing.SUBMITTED_LATE)


@dataclass(frozen=True, kw_only=True)
class OwnTask:
    """A report that his own body owes. ``left`` are the days to ``due``, negative where that is past; ``begun``: there
    is a draft; ``remark`` why it was given back, where ``standing`` says that it was."""

    unit: Unit
    span: Span
    due: date
    standing: Standing
    left: int
    begun: bool = False
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class AboveTask:
    """A period of the bodies that report to him: how many have not handed in, how many of those are overdue, how many
    reports wait to be accepted."""

    span: Span
    due: date
    missing: int = 0
    overdue: int = 0
    waiting: int = 0


@dataclass(frozen=True, kw_only=True)
class UnitTasks:
    """Both, each with the latest period first; empty where nothing waits."""

    own: tuple[OwnTask, ...] = ()
    above: tuple[AboveTask, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.own or self.above)


def unit_tasks(sitting: Sitting) -> UnitTasks:
    """What waits for who sits here, with the rights of those of his body he stands in for. Raises ConfigError."""
    who = _who(sitting)
    if not any(rights.fills(one, who[0].body) for one in who):
        return UnitTasks()
    rules, today = rights.rules_of(sitting), local(sitting.now).date()
    busy = current(sitting.home, today)
    spans = [
        one
        for one in periods(sitting.home, today)
        if one.first <= busy.first and not before_use(sitting.db, rules, one)
    ]
    found = rights.grown(sitting)
    own = tuple(_own(sitting, rules, found, spans)) if who[0].body != FEDERATION else ()
    return UnitTasks(own=own, above=tuple(_above(sitting, found, spans, who)))


def _who(sitting: Sitting) -> tuple[Person, ...]:
    absent = (people.get(sitting.db, ident) for ident in sitting.acts_for)
    return (sitting.actor, *(sitting.actor.acting_for(one) for one in absent if one is not None))


def _own(sitting: Sitting, rules: UnitReportRules, found: rights.Tree, spans: list[Span]) -> Iterator[OwnTask]:
    unit = found.by_id.get(sitting.actor.body)
    if unit is None:
        return
    held = {(one.first, one.last): one for one in store.of_unit(sitting.db, unit.id)}
    today = local(sitting.now).date()
    for span in spans:
        report, due = held.get((span.first, span.last)), due_on(rules, span)
        at, _ = standing(report, due, today)
        back = at is Standing.RETURNED
        if back or (at in _OPEN and rights.owes(rules, unit, span.last)):
            yield OwnTask(
                unit=unit, span=span, due=due, standing=at, left=(due - today).days, begun=report is not None,
                remark=report.remark if report and back else "",
            )  # fmt: skip


def _above(sitting: Sitting, found: rights.Tree, spans: list[Span], who: tuple[Person, ...]) -> Iterator[AboveTask]:
    """Those that he decides on, at the federation its press officers; missing ones of the period at hand alone, which
    is the first: the office gave up on the older ones or has them by other ways."""
    rules = rights.rules_of(sitting)
    deciding = [one for one in who if one.body != FEDERATION or one.has(OfficeRole.PRESS)]
    for span in spans:
        rows = [
            row
            for row in listed(sitting.db, rules, found, span, local(sitting.now).date())
            if any(rights.decides(one, row.unit.id, row.to.id) for one in deciding)
        ]
        late = sum(row.asked and row.standing is Standing.MISSING for row in rows) if span == spans[0] else 0
        still = sum(row.asked and row.standing is Standing.WAITING for row in rows) if span == spans[0] else 0
        came = sum(row.standing in _CAME for row in rows)
        if late or still or came:
            yield AboveTask(span=span, due=due_on(rules, span), missing=late + still, overdue=late, waiting=came)
