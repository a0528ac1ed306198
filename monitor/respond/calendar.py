"""Days of the office: the next working day, the end of a day, and a day as a sentence has it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from monitor.clock import VN, local
from monitor.labels import label
from monitor.model.calendar import WorkCalendar

DAY = timedelta(days=1)


def next_working(cal: WorkCalendar, after: date) -> date:
    """The first working day after that day."""
    day = after + DAY
    while cal.off(day):
        day += DAY
    return day


def working_between(cal: WorkCalendar, after: date, until: date) -> int:
    """How many working days lie after ``after`` up to and including ``until``; negative the other way round."""
    if until < after:
        return -working_between(cal, until, after)
    return sum(not cal.off(after + DAY * n) for n in range(1, (until - after).days + 1))


def last_second(day: date) -> datetime:
    """The end of a period, in UTC: 23:59:59 on the office's clock, which the law calls 24 giờ of that day.

    One second before midnight and not midnight itself, so that the due date read off it is the last day.
    """
    return datetime.combine(day, time(23, 59, 59), VN).astimezone(UTC)


def said(day: date) -> str:
    """ "thứ Hai ngày 16/11/2026"."""
    return label("clock", "day", weekday=label("clock", f"weekday_{day.weekday()}"), date=f"{day:%d/%m/%Y}")


def said_moment(at: datetime) -> str:
    """ "18 giờ 30 thứ Sáu ngày 20/11/2026", on the office's clock."""
    there = local(at)
    return label("clock", "moment", hour=there.hour, minute=f"{there.minute:02d}", day=said(there.date()))


def said_off(cal: WorkCalendar, day: date) -> str:
    """A day off with the reason: "26/04/2026 (Chủ nhật, Ngày Giỗ Tổ Hùng Vương)"."""
    reasons = [label("clock", f"weekday_{day.weekday()}")] if day.weekday() >= 5 else []
    reasons += [cal.holiday(day)] if cal.holiday(day) else []
    return f"{day:%d/%m/%Y} ({', '.join(reasons)})"
