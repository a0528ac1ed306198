"""Periods of reports as typed: ``2026H1``, ``2026``, ``2026Q3``, ``2026-09``, ``2026-01-15..2026-06-14``.

The period before has the same kind; cùng kỳ is the same one a year earlier. A range has before it as many days.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.report import HalfYears, Span

_YEAR, _HALF = re.compile(r"(\d{4})"), re.compile(r"(\d{4})-?H([12])", re.I)
_QUARTER, _MONTH = re.compile(r"(\d{4})-?Q([1-4])", re.I), re.compile(r"(\d{4})-(\d{1,2})")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\s*\.\.\s*(\d{4}-\d{2}-\d{2})")
_ROMAN = ("I", "II", "III", "IV")
_EARLIEST, _LATEST = 1990, 2200
_MOST_DAYS = 5 * 366


def parse(said: str, halves: HalfYears = HalfYears.CALENDAR) -> Span:
    """The period of these words. Raises UsageError that says what is accepted."""
    text = said.strip()
    if found := _RANGE.fullmatch(text):
        return _range(_day(found[1], said), _day(found[2], said))
    found = _HALF.fullmatch(text) or _QUARTER.fullmatch(text) or _MONTH.fullmatch(text) or _YEAR.fullmatch(text)
    if found is None or not _EARLIEST <= int(found[1]) <= _LATEST:
        raise UsageError("bad_period", value=said[:60])
    year = int(found[1])
    if found.re is _HALF:
        return _half(year, int(found[2]), halves)
    if found.re is _QUARTER:
        return _quarter(year, int(found[2]))
    if found.re is _YEAR:
        return _year(year, halves)
    if not 1 <= int(found[2]) <= 12:
        raise UsageError("bad_period", value=said[:60])
    return _month(year, int(found[2]))


def before(span: Span, halves: HalfYears = HalfYears.CALENDAR) -> Span:
    """The period just before."""
    key = span.key
    if ".." in key:
        length = span.last - span.first
        last = span.first - timedelta(days=1)
        return _range(last - length, last)
    if found := _HALF.fullmatch(key):
        year, half = int(found[1]), int(found[2])
        return _half(year, 1, halves) if half == 2 else _half(year - 1, 2, halves)
    if found := _QUARTER.fullmatch(key):
        year, quarter = int(found[1]), int(found[2])
        return _quarter(year, quarter - 1) if quarter > 1 else _quarter(year - 1, 4)
    if found := _MONTH.fullmatch(key):
        year, month = int(found[1]), int(found[2])
        return _month(year, month - 1) if month > 1 else _month(year - 1, 12)
    return _year(int(key) - 1, halves)


def year_before(span: Span, halves: HalfYears = HalfYears.CALENDAR) -> Span:
    """Cùng kỳ năm trước: the same period a year earlier; 29 February becomes the 28th."""
    if ".." in span.key:
        return _range(_a_year_less(span.first), _a_year_less(span.last))
    year = int(span.key[:4])
    return parse(f"{year - 1}{span.key[4:]}", halves)


def months(span: Span) -> tuple[str, ...]:
    """The calendar months that the period touches, as "2026-01"; the first and the last may be cut short."""
    found, at = [], span.first.replace(day=1)
    while at <= span.last:
        found.append(f"{at:%Y-%m}")
        at = (at + timedelta(days=32)).replace(day=1)
    return tuple(found)


def _half(year: int, half: int, halves: HalfYears) -> Span:
    if halves is HalfYears.STATE:
        first, last = ((year - 1, 12, 15), (year, 6, 14)) if half == 1 else ((year, 6, 15), (year, 12, 14))
    else:
        first, last = ((year, 1, 1), (year, 6, 30)) if half == 1 else ((year, 7, 1), (year, 12, 31))
    name = label("half_year", "first_half" if half == 1 else "second_half", year=year)
    return Span(key=f"{year}H{half}", name=name, first=date(*first), last=date(*last))


def _year(year: int, halves: HalfYears) -> Span:
    one, two = _half(year, 1, halves), _half(year, 2, halves)
    return Span(key=f"{year}", name=label("half_year", "year", year=year), first=one.first, last=two.last)


def _quarter(year: int, quarter: int) -> Span:
    first = date(year, 3 * quarter - 2, 1)
    name = label("half_year", "quarter", quarter=_ROMAN[quarter - 1], year=year)
    return Span(key=f"{year}Q{quarter}", name=name, first=first, last=_end(first + timedelta(days=64)))


def _month(year: int, month: int) -> Span:
    first = date(year, month, 1)
    name = label("half_year", "month", month=month, year=year)
    return Span(key=f"{year}-{month:02d}", name=name, first=first, last=_end(first))


def _range(first: date, last: date) -> Span:
    if last < first:
        raise UsageError("period_backwards", since=f"{first:%d/%m/%Y}", until=f"{last:%d/%m/%Y}")
    if (last - first).days >= _MOST_DAYS:
        raise UsageError("period_long", years=5)
    name = label("half_year", "range", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    return Span(key=f"{first}..{last}", name=name, first=first, last=last)


def _day(text: str, said: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError("bad_period", value=said[:60]) from None
    if not _EARLIEST <= day.year <= _LATEST:
        raise UsageError("bad_period", value=said[:60])
    return day


def _end(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _a_year_less(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
