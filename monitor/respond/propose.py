"""A year's working calendar as a proposal: the ``holidays`` library, completed by what the office's rules know.

A proposal is never more than that. The Government settles the Tết days, the second day of the National Day and swapped
working days year by year, and the library learns of them late or not at all; so the office confirms each year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.calendar import NamedDay, WorkCalendar, WorkYear

EARLIEST, LATEST = 1995, 2099
"""The years for which days off can be proposed: the library's tables of the lunar calendar end there."""


def propose(cal: WorkCalendar, year: int) -> WorkYear:
    """The days off of ``year`` and the days worked instead, unconfirmed.

    Raises UsageError for a year outside EARLIEST … LATEST.
    """
    if not EARLIEST <= year <= LATEST:
        raise UsageError("calendar_year_range", year=year, low=EARLIEST, high=LATEST)
    import holidays

    off = dict(holidays.country_holidays("VN", years=year, language="vi"))
    # Days given off in exchange say so; the library keeps the days worked for them apart, other years' among them.
    library = holidays.country_holidays("VN", years=year)
    worked = {
        day: label("calendar", "instead")
        for day in getattr(library, "weekend_workdays", ())
        if day.year == year and day not in off
    }
    _extra(cal, year, off)
    for swap in cal.swaps:
        if swap.off.year == year:
            off[swap.off] = label("calendar", "swapped", day=f"{swap.worked:%d/%m/%Y}")
        if swap.worked.year == year:
            worked[swap.worked] = label("calendar", "instead_of", day=f"{swap.off:%d/%m/%Y}")
            off.pop(swap.worked, None)
    return WorkYear(year=year, off=_named(off), worked=_named(worked))


def filled(cal: WorkCalendar, years: Iterable[int]) -> WorkCalendar:
    """The calendar with a proposal for each of ``years`` that it does not know; what it knows stays as it is."""
    missing = sorted({year for year in years if EARLIEST <= year <= LATEST and cal.year(year) is None})
    if not missing:
        return cal
    every = (*cal.years, *(propose(cal, year) for year in missing))
    return replace(cal, years=tuple(sorted(every, key=lambda one: one.year)))


def amended(base: WorkYear, off: Sequence[NamedDay], worked: Sequence[NamedDay]) -> WorkYear:
    """``base`` with what the office says of single days, unconfirmed: its word goes before the proposal's.

    ``off``: closed that day (a Saturday proposed as worked goes back to being off). ``worked``: a Saturday or Sunday
    worked instead, or a day of the proposal on which the office works all the same. A day given without a name keeps
    the one it has. Raises UsageError for a day said both ways or twice, of another year, or worked anyhow.
    """
    _one_word(base.year, off, worked)
    closed = {day.on: day.name for day in base.off}
    instead = {day.on: day.name for day in base.worked}
    for day in off:
        instead.pop(day.on, None)
        closed[day.on] = day.name or closed.get(day.on) or label("calendar", "default_off")
    for day in worked:
        was_off = closed.pop(day.on, None)
        if day.on.weekday() >= 5:
            instead[day.on] = day.name or instead.get(day.on) or label("calendar", "default_worked")
        elif was_off is None:
            raise UsageError("calendar_said_worked", day=f"{day.on:%d/%m/%Y}")
    return WorkYear(year=base.year, off=_named(closed), worked=_named(instead))


def _one_word(year: int, off: Sequence[NamedDay], worked: Sequence[NamedDay]) -> None:
    for said in (off, worked):
        days = [day.on for day in said]
        for on in days:
            if on.year != year:
                raise UsageError("calendar_said_year", day=f"{on:%d/%m/%Y}", year=year)
            if days.count(on) > 1:
                raise UsageError("calendar_said_twice", day=f"{on:%d/%m/%Y}")
    for both in sorted({day.on for day in off} & {day.on for day in worked}):
        raise UsageError("calendar_said_both", day=f"{both:%d/%m/%Y}")


def _extra(cal: WorkCalendar, year: int, off: dict[date, str]) -> None:
    """National days that the library does not have yet; on a weekend the next working day is off instead."""
    for national in cal.extra:
        on = date(year, national.month, national.day)
        if year < national.first or (national.last is not None and year > national.last) or on in off:
            continue
        off[on] = national.name
        if on.weekday() >= 5:
            instead = on
            while instead.weekday() >= 5 or instead in off:
                instead += timedelta(days=1)
            if instead.year == year:
                off[instead] = label("calendar", "observed", name=national.name)


def _named(days: dict[date, str]) -> tuple[NamedDay, ...]:
    return tuple(NamedDay(on=on, name=name) for on, name in sorted(days.items()))
