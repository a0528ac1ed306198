"""Counting periods as the Civil Code does (Bộ luật Dân sự 2015, Đ147–148): days only, nothing of the press law.

The day of the event is not counted. A period of days that ends on a day off runs to the end of the next working day,
unless the rule says otherwise. A period of working days counts working days and so ends on one by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.model.calendar import WorkCalendar
from monitor.respond.calendar import DAY, next_working


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What a count came to, with all that is needed to tell it.

    ``first`` … ``last``: the days counted, ``last`` after rolling. ``nominal``: the last day before it.
    ``passed``: days off that were not counted, or that the end moved over. ``instead``: Saturdays and Sundays counted
    because they are worked. ``years``: of the calendar that had a say.
    """

    amount: int
    first: date
    nominal: date
    last: date
    passed: tuple[date, ...] = ()
    instead: tuple[date, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def rolled(self) -> bool:
        """Whether the end moved."""
        return self.last != self.nominal


def calendar_days(cal: WorkCalendar, event: date, amount: int, *, rolls: bool) -> Counted:
    """``amount`` days after the day of the event. ``amount`` at least 1."""
    nominal = event + DAY * amount
    last = next_working(cal, nominal) if rolls and cal.off(nominal) else nominal
    return Counted(
        amount=amount,
        first=event + DAY,
        nominal=nominal,
        last=last,
        passed=tuple(nominal + DAY * n for n in range((last - nominal).days)),
        instead=(last,) if rolls and cal.worked_instead(last) else (),
        years=tuple(range(nominal.year, last.year + 1)) if rolls else (),
    )


def working_days(cal: WorkCalendar, event: date, amount: int) -> Counted:
    """``amount`` working days after the day of the event, whatever day that was. ``amount`` at least 1."""
    passed: list[date] = []
    instead: list[date] = []
    day, left = event, amount
    while left:
        day += DAY
        if cal.off(day):
            passed.append(day)
            continue
        left -= 1
        if cal.worked_instead(day):
            instead.append(day)
    return Counted(
        amount=amount,
        first=event + DAY,
        nominal=day,
        last=day,
        passed=tuple(passed),
        instead=tuple(instead),
        years=tuple(range((event + DAY).year, day.year + 1)),
    )
