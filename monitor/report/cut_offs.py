"""When the digest's editions are due: which cut-offs the clock owes, what a stop left undone, when none waits longer.

    timetable + calendar ──▶ the last cut-off that was set ──▶ due, where nothing covers it yet
    cut-off ──▶ the hour at which the program approves by itself, where the office set one

A cut-off is the hour that the office set, whenever the program came to serve it. Of several that passed unserved the
last one is due, and its edition covers the others. Pure: ``now`` and the calendar are parameters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from monitor.clock import VN, local
from monitor.model.calendar import WorkCalendar
from monitor.model.edition import Series, Stop

DAY = timedelta(days=1)
STOPPED = timedelta(minutes=15)
"""A clock that did not tick for longer has stopped; a restart or a busy minute is none."""
_FARTHEST = 40
"""Days back in which a cut-off is looked for: no office is closed longer."""


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """What the office set, local time; ``weekly_on`` as ``date.weekday`` (0 is Monday).

    ``skip``: nothing is made or sent on days off; a weekly edition whose day is off is made on the working day
    before it, of the same week. ``by_itself`` None: an edition waits for a person to approve it.
    """

    daily_at: time
    weekly_at: time
    weekly_on: int
    skip: bool = True
    by_itself: time | None = None
    calendar: WorkCalendar = field(default_factory=WorkCalendar)

    def works(self, on: date) -> bool:
        """Whether something may be made or sent on that day."""
        return not (self.skip and self.calendar.off(on))


def latest(series: Series, table: Timetable, now: datetime) -> datetime | None:
    """The series' last cut-off up to ``now``, UTC; None where none was set for weeks, or ever."""
    today = local(now).date()
    for back in range(_FARTHEST):
        found = _on(series, table, today - DAY * back)
        if found and found <= now:
            return found
    return None


def _on(series: Series, table: Timetable, day: date) -> datetime | None:
    """The cut-off that falls on that day."""
    if series is Series.DAILY and table.works(day):
        return _at(day, table.daily_at)
    if series is Series.WEEKLY and day == _weekly(table, day):
        return _at(day, table.weekly_at)
    return None


def _weekly(table: Timetable, of: date) -> date | None:
    """The day of the weekly cut-off in the week (from Monday) of that day; None where all before it is off."""
    monday = of - DAY * of.weekday()
    days = (monday + DAY * n for n in range(table.weekly_on, -1, -1))
    return next((day for day in days if table.works(day)), None)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, VN).astimezone(UTC)


def due(
    series: Series, table: Timetable, *, now: datetime, served: datetime | None, since: datetime
) -> datetime | None:
    """The cut-off up to which an edition is owed now; None where none is.

    ``served`` is up to where the series was made, None where it never was: then what passed before ``since`` is not
    owed.
    """
    found = latest(series, table, now)
    if found is None or (found <= served if served else found < since):
        return None
    return found


def by_itself(table: Timetable, cut: datetime) -> datetime | None:
    """When the edition of this cut-off is approved without a person, UTC: the set hour that comes first from the
    cut-off on, on a day on which something may be sent. None where the office wants a person."""
    if table.by_itself is None:
        return None
    first = local(cut).date()
    for ahead in range(_FARTHEST):
        at = _at(first + DAY * ahead, table.by_itself)
        if at >= cut and table.works(first + DAY * ahead):
            return at
    return None


def resumed(beat: datetime | None, now: datetime) -> Stop | None:
    """The stop between the clock's last tick and this one; None where it ran on, or never ran before."""
    if beat is None or now - beat <= STOPPED:
        return None
    return Stop(start=beat, end=now)


def missed(cut: datetime, stops: Iterable[Stop]) -> bool:
    """Whether the clock stood still at that cut-off."""
    return any(one.start < cut <= one.end for one in stops)


def touching(stops: Iterable[Stop], start: datetime, end: datetime) -> tuple[Stop, ...]:
    """The stops in which part of ``start`` … ``end`` lies, in order."""
    return tuple(sorted((one for one in stops if one.start < end and one.end > start), key=lambda one: one.start))
