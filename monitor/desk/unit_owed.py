"""Who owes a report on a period, who handed it in, and who is late.

bodies of the kinds that report, there at the period's end ──┐
reports handed in though not asked for ──────────────────────┴──▶ Owed, in the order of the bodies
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from monitor.clock import local
from monitor.config import Home
from monitor.config.period import before, parse
from monitor.config.report import load_report_rules
from monitor.config.unit_report import load_unit_report
from monitor.desk import unit_rights as rights
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError, UsageError
from monitor.model.people import FEDERATION
from monitor.model.report import HalfYears, Span
from monitor.model.unit_report import Every, Owed, Standing, UnitReport, UnitReportRules, UnitReportState
from monitor.store import unit_reports as store
from monitor.store.db import Database

_KEYS = {
    Every.HALF: re.compile(r"\d{4}H[12]"),
    Every.QUARTER: re.compile(r"\d{4}Q[1-4]"),
    Every.YEAR: re.compile(r"\d{4}"),
}
_WITHIN = {Every.HALF: ("H1", "H2"), Every.QUARTER: ("Q1", "Q2", "Q3", "Q4"), Every.YEAR: ("",)}
_BACK = 3
_SOON = timedelta(days=31)


def periods(home: Home, on: date) -> tuple[Span, ...]:
    """The period that day is in, so that it can be begun, and the three before it; the latest first."""
    halves, every = _halves(home), load_unit_report(home.rules).every
    at = next(
        span
        for year in (on.year, on.year + 1)
        for part in _WITHIN[every]
        if (span := parse(f"{year}{part}", halves)).first <= on <= span.last
    )
    found = [at]
    for _ in range(_BACK):
        found.append(before(found[-1], halves))
    return tuple(found)


def current(home: Home, on: date) -> Span:
    """The period whose reports the office is busy with: the one that ends within a month, else the last that ended."""
    now, last, *_ = periods(home, on)
    return now if on > now.last - _SOON else last


def period_of(home: Home, said: str) -> Span:
    """The period of these words. Raises UsageError where it is none that units report on."""
    every = load_unit_report(home.rules).every
    span = parse(said, _halves(home))
    if not re.fullmatch(_KEYS[every], span.key):
        raise UsageError("unit_report_period", value=said[:60], every=every)
    return span


def due_on(rules: UnitReportRules, span: Span) -> date:
    """The last day on which a report on this period is in time."""
    return span.last + timedelta(days=rules.due_days)


def before_use(db: Database, rules: UnitReportRules, span: Span) -> bool:
    """Whether its reports were due before the office began with the program, so that none is missing here."""
    begun = store.begun(db)
    return begun is not None and due_on(rules, span) < local(begun).date()


def standing(report: UnitReport | None, due: date, today: date) -> tuple[Standing, int]:
    """Where a report stands on that day, and how many days after ``due`` it first came, or is missing by now."""
    state = report.state if report else UnitReportState.DRAFT
    if report is None or state is UnitReportState.DRAFT:
        late = max((today - due).days, 0)
        return (Standing.MISSING if late else Standing.WAITING), late
    came = report.first_submitted or report.submitted
    late = max((local(came).date() - due).days, 0) if came else 0
    if state is UnitReportState.SUBMITTED:
        return (Standing.SUBMITTED_LATE if late else Standing.SUBMITTED), late
    return (Standing.ACCEPTED if state is UnitReportState.ACCEPTED else Standing.RETURNED), late


def owed(sitting: Sitting, span: Span) -> tuple[Owed, ...]:
    """Every body he may see that owes a report on the period, or handed one in, as it stands today.

    Raises RefusedError for who works for the federation and has nothing to do with reports.
    """
    if sitting.actor.body == FEDERATION and not rights.sees(sitting.actor, rights.Tree(()), FEDERATION):
        raise RefusedError("unit_report_see")
    found = rights.grown(sitting)
    rows = listed(sitting.db, rights.rules_of(sitting), found, span, local(sitting.now).date())
    return tuple(row for row in rows if rights.sees(sitting.actor, found, row.unit.id))


def listed(db: Database, rules: UnitReportRules, found: rights.Tree, span: Span, today: date) -> Iterator[Owed]:
    """``owed`` of all bodies of a tree that has the federation in it."""
    held = {one.unit: one for one in store.of_period(db, span.first, span.last)}
    due = due_on(rules, span)
    for unit in found.by_id.values():
        asked, report = rights.owes(rules, unit, span.last), held.get(unit.id)
        if asked or report:
            # Nobody waits for the federation's own.
            at, late = standing(report, due if unit.id != FEDERATION else date.max, today)
            to = rights.reports_to(found, rules, unit, span.last)
            yield Owed(unit=unit, to=to, due=due, standing=at, late=late, report=report, asked=asked)


def _halves(home: Home) -> HalfYears:
    return load_report_rules(home.rules).half_years
