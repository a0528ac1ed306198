"""One rule of the press law applied to the event it starts from: the due date and the sentences that tell it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from monitor.clock import local
from monitor.labels import label
from monitor.model.calendar import IssueDays, WorkCalendar
from monitor.model.law import ClockRule, Due, PeriodUnit, RuleSet
from monitor.model.source import Medium
from monitor.respond import words
from monitor.respond.calendar import last_second
from monitor.respond.counting import Counted, calendar_days, working_days

_ISSUES = (PeriodUnit.NEAREST_ISSUE, PeriodUnit.IMMEDIATELY_THEN_ISSUE, PeriodUnit.DAYS_THEN_ISSUE)
_COUNTED = (PeriodUnit.CALENDAR, PeriodUnit.WORKING, PeriodUnit.DAYS_THEN_ISSUE)
_AT_ONCE = (PeriodUnit.IMMEDIATELY, PeriodUnit.IMMEDIATELY_THEN_ISSUE)


@dataclass(frozen=True, kw_only=True)
class Start:
    """The event a clock runs from. ``event`` names its sentence; ``provisional``: only the day of sending is known."""

    at: datetime
    event: str
    provisional: bool = False


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the counting needs beside the rule; ``hours`` is the office's threshold for "ngay"."""

    cal: WorkCalendar
    issues: IssueDays | None
    hours: float


def count(rule: ClockRule, context: Context, start: Start, medium: Medium | None, rules: RuleSet | None) -> Due:
    """The rule applied to its start. ``rules``: the rule set it stands in, None for the office's practice."""
    event = local(start.at).date()
    due = Due(
        kind=rule.kind, medium=medium, unit=rule.unit, start=start.at, provisional=start.provisional,
        statutory=rules is not None and rule.binds_us and rule.unit is not PeriodUnit.NONE,
        ruleset=rules.id if rules else None, status=rule.status, basis=rule.basis,
    )  # fmt: skip
    said = [words.began(start.event, start.at)]
    due, told = _hours(due, rule, context) if rule.unit not in _COUNTED else _days(due, rule, context, event)
    said += told
    if rule.unit in _ISSUES:
        issue = context.issues.nearest(event) if context.issues else None
        due = replace(due, due=last_second(issue) if issue else None)
        said.append(words.issue(issue))
    known = context.issues is not None and context.issues.interval is not None
    return replace(due, computation=" ".join(said), notes=words.notes(rule, due, interval_known=known))


def _days(due: Due, rule: ClockRule, context: Context, event: date) -> tuple[Due, list[str]]:
    """A period of days, working or not; a slow magazine's is that of its written reply."""
    reply = rule.unit is PeriodUnit.DAYS_THEN_ISSUE
    counted: Counted
    if rule.unit is PeriodUnit.WORKING:
        counted = working_days(context.cal, event, rule.amount or 1)
        told = words.worked(context.cal, counted)
    else:
        counted = calendar_days(context.cal, event, rule.amount or 1, rolls=rule.rolls)
        told = words.counted(context.cal, counted, reply=reply)
    end = last_second(counted.last)
    due = replace(due, unconfirmed=tuple(year for year in counted.years if not context.cal.confirmed(year)))
    return replace(due, reply_due=end) if reply else replace(due, due=end), told


def _hours(due: Due, rule: ClockRule, context: Context) -> tuple[Due, list[str]]:
    """ "Ngay", hours before an event, or nothing: no date, at most a moment at which the office looks."""
    if due.start is None:
        return due, []
    if rule.unit in _AT_ONCE:
        look = due.start + timedelta(hours=context.hours)
        return replace(due, threshold=look), [words.at_once(look, context.hours, reply=rule.unit in _ISSUES)]
    if rule.unit is PeriodUnit.HOURS_BEFORE:
        look = due.start - timedelta(hours=rule.amount or 0)
        return replace(due, threshold=look), [words.before(look, rule.amount or 0)]
    return due, [label("clock", "none")] if rule.unit is PeriodUnit.NONE else []
