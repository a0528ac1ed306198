"""How a due date was found, as sentences: start, day not counted, days passed over with their names, the end."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from monitor.labels import label, of
from monitor.model.calendar import WorkCalendar
from monitor.model.law import Certainty, ClockRule, ClockState, Due, PeriodUnit
from monitor.model.source import Medium
from monitor.respond.calendar import said, said_moment, said_off
from monitor.respond.counting import Counted

_HOUR = timedelta(hours=1)


def began(event: str, at: datetime) -> str:
    """What the clock starts with."""
    return label("clock", f"start_{event}", at=said_moment(at))


def counted(cal: WorkCalendar, count: Counted, *, reply: bool) -> list[str]:
    """A period of days."""
    told = [label("clock", "days", n=f"{count.amount:02d}", first=said(count.first), last=said(count.nominal))]
    if count.rolled:
        off = ", ".join(said_off(cal, day) for day in count.passed)
        told.append(label("clock", "rolled", off=off, day=said(count.last)))
    told += [label("clock", "instead", day=said(day)) for day in count.instead]
    return [*told, label("clock", "reply_end" if reply else "end", day=said(count.last))]


def worked(cal: WorkCalendar, count: Counted) -> list[str]:
    """A period of working days."""
    told = [label("clock", "working", n=f"{count.amount:02d}", first=said(count.first))]
    holidays = [said_off(cal, day) for day in count.passed if cal.holiday(day)]
    plain = sum(not cal.holiday(day) for day in count.passed)
    if plain:
        told.append(label("clock", "weekends", n=plain))
    if holidays:
        told.append(label("clock", "holidays", days=", ".join(holidays)))
    told += [label("clock", "instead", day=said(day)) for day in count.instead]
    return [
        *told,
        label("clock", "nth", n=count.amount, day=said(count.last)),
        label("clock", "end", day=said(count.last)),
    ]


def at_once(threshold: datetime, hours: float, *, reply: bool) -> str:
    """ "Ngay": no date, only when the office looks."""
    return label("clock", "reply_at_once" if reply else "at_once", at=said_moment(threshold), hours=f"{hours:g}")


def before(moment: datetime, hours: int) -> str:
    """Hours before an event."""
    return label("clock", "before", at=said_moment(moment), hours=hours)


def issue(day: date | None) -> str:
    """The nearest issue."""
    return label("clock", "issue", day=said(day)) if day else label("clock", "issue_unknown")


def notes(rule: ClockRule, due: Due, *, interval_known: bool) -> tuple[str, ...]:
    """What a reader must not overlook."""
    told: list[str] = [rule.note] if rule.note else []
    if due.provisional:
        told.append(label("clock", "provisional"))
    if due.threshold and rule.unit is not PeriodUnit.HOURS_BEFORE:
        told.append(label("clock", "not_statutory"))
    if not rule.binds_us:
        told.append(label("clock", "binds_others"))
    if due.medium is Medium.MAGAZINE and rule.upto is not None and not interval_known:
        told.append(label("clock", "interval_unknown", n=rule.upto))
    if due.unconfirmed:
        told.append(label("clock", "unconfirmed", years=", ".join(map(str, due.unconfirmed))))
    if rule.status not in (Certainty.READ, Certainty.PRACTICE):
        told.append(label("clock", "uncertain", status=of(rule.status)))
    return tuple(told)


def remaining(due: Due, state: ClockState, now: datetime) -> str:
    """How long there is still, or since when it is over, in words; the state's own words where there is no date."""
    if due.due is None or state not in (ClockState.RUNNING, ClockState.OVERDUE):
        return of(state)
    gap = abs(due.due - now)
    amount = (
        label("clock", "in_days", n=gap.days) if gap.days else label("clock", "in_hours", n=max(1, round(gap / _HOUR)))
    )
    return label("clock", "left" if state is ClockState.RUNNING else "over", amount=amount)
