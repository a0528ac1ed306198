"""Working days and issue days: which days an office works, and on which a paper comes out. Data and look-ups only.

A working calendar is made of years. A year is a *proposal* until the office has confirmed it; what is computed with
a proposal says so. Saturdays and Sundays are off unless a day is *worked instead* (làm bù).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from monitor.errors import InputError
from monitor.model.law import Certainty

_FARTHEST = timedelta(days=9 * 366)  # 29 February can be eight years away
_MONTH = 30  # "một tháng" as the press law counts a magazine's period


@dataclass(frozen=True, kw_only=True)
class NamedDay:
    """A day off, or a day worked instead, and what it is called."""

    on: date
    name: str


@dataclass(frozen=True, kw_only=True)
class NationalDay:
    """A day off that returns each year from ``first`` to ``last`` (years, both included), and how sure we are of it.

    It completes what the ``holidays`` library proposes; where the library has the day already nothing is added.
    """

    month: int
    day: int
    name: str
    first: int
    last: int | None = None
    status: Certainty
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Swap:
    """A working day that was given off, and the day worked instead of it (hoán đổi ngày làm việc)."""

    off: date
    worked: date
    status: Certainty
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkYear:
    """One year's days off and days worked instead; ``by`` and ``at`` say who confirmed it and when."""

    year: int
    off: tuple[NamedDay, ...] = ()
    worked: tuple[NamedDay, ...] = ()
    confirmed: bool = False
    by: str = ""
    at: date | None = None


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """All years the office knows. A year that is not here has its weekends only, and counts as unconfirmed."""

    years: tuple[WorkYear, ...] = ()
    extra: tuple[NationalDay, ...] = ()
    swaps: tuple[Swap, ...] = ()

    @cached_property
    def _off(self) -> dict[date, str]:
        return {day.on: day.name for year in self.years for day in year.off}

    @cached_property
    def _worked(self) -> dict[date, str]:
        return {day.on: day.name for year in self.years for day in year.worked}

    @cached_property
    def _by_year(self) -> dict[int, WorkYear]:
        return {year.year: year for year in self.years}

    def year(self, number: int) -> WorkYear | None:
        """What is known of a year."""
        return self._by_year.get(number)

    def confirmed(self, number: int) -> bool:
        """Whether the office has confirmed that year."""
        found = self.year(number)
        return found is not None and found.confirmed

    def holiday(self, on: date) -> str:
        """The name of the day off, or empty where it is none (or only a weekend)."""
        return self._off.get(on, "")

    def worked_instead(self, on: date) -> bool:
        """Whether this day of a weekend is a working day."""
        return on in self._worked

    def off(self, on: date) -> bool:
        """Whether the office is closed all that day."""
        return on in self._off or (on.weekday() >= 5 and on not in self._worked)


@dataclass(frozen=True, kw_only=True)
class IssueDays:
    """When a product comes out; the parts add up, ``skip`` takes single days out.

    ``weekdays``: 0 is Monday … 6 Sunday. ``days`` of the month, in ``months`` (1 … 12) or, where that is empty, in all
    of them; a day that a month does not have is no issue. ``every`` that many days from ``anchor`` on. ``dates``:
    single issues. ``period`` is the licensed number of days between two issues where it is known better than from the
    rest.
    Raises InputError when a number is out of range.
    """

    weekdays: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    every: int | None = None
    anchor: date | None = None
    dates: tuple[date, ...] = ()
    skip: tuple[date, ...] = ()
    period: int | None = None

    def __post_init__(self) -> None:
        """Refuses numbers that no calendar has; a silent "never" would hide a deadline."""
        for name, values, low, high in (
            ("weekdays", self.weekdays, 0, 6),
            ("days", self.days, 1, 31),
            ("months", self.months, 1, 12),
            ("every", () if self.every is None else (self.every,), 1, 3660),
            ("period", () if self.period is None else (self.period,), 1, 3660),
        ):
            for value in values:
                if not low <= value <= high:
                    raise InputError("issue_days_range", name=name, value=value, low=low, high=high)
        if (self.every is None) is not (self.anchor is None):
            raise InputError("issue_days_anchor")
        if self.months and not self.days:
            raise InputError("issue_days_months")

    def nearest(self, after: date) -> date | None:
        """The first issue after that day, or None where none is known.

        An issue of the very day does not count: the day of the event is not counted (BLDS 2015, Đ147), and what is
        in print that morning cannot carry a text that came that day.
        """
        single = min((day for day in self.dates if day > after and day not in self.skip), default=None)
        if not (self.weekdays or self.days or self.every):
            return single
        end = min(single or date.max, after + _FARTHEST if after < date.max - _FARTHEST else date.max)
        day = after
        while day < end:
            day += timedelta(days=1)
            if self._regular(day) and day not in self.skip:
                return day
        return single

    def _regular(self, day: date) -> bool:
        if day.weekday() in self.weekdays:
            return True
        if day.day in self.days and (not self.months or day.month in self.months):
            return True
        if self.every is None or self.anchor is None:
            return False
        return day >= self.anchor and (day - self.anchor).days % self.every == 0

    @property
    def interval(self) -> int | None:
        """Days between two issues: as licensed, else as the pattern has it; None where nothing tells.

        A monthly is 30 days, whatever the length of its months: it is no "tạp chí trên 30 ngày/kỳ".
        """
        if self.period is not None:
            return self.period
        known = [7 // len(set(self.weekdays))] if self.weekdays else []
        if self.days:
            known.append(_MONTH * 12 // (len(set(self.days)) * (len(set(self.months)) or 12)))
        if self.every is not None:
            known.append(self.every)
        if known:
            return max(1, min(known))
        gaps = [(later - sooner).days for sooner, later in pairwise(sorted(set(self.dates)))]
        if not gaps:
            return None
        mean = round(sum(gaps) / len(gaps))
        return _MONTH if mean == _MONTH + 1 else mean
