"""Dates, hours, numbers and gaps as a Vietnamese office writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from urllib.parse import quote, urlsplit

from monitor.clock import local
from monitor.labels import label
from monitor.model.digest import Period, SourceHealth
from monitor.model.fetch import Gap

_INSTANT = timedelta(microseconds=1)
_MARKS = re.compile(r"([\\`*_{}\[\]()<>#|~&!$^])")
_LEADING = re.compile(r"^(\d{0,9})([-+=:.])")


def number(value: int) -> str:
    """1234567 -> 1.234.567."""
    return f"{value:,}".replace(",", ".")


def day(at: date) -> str:
    """A day as in Ngày 08 tháng 02 năm 2026: days below ten and the months 1 and 2 have a leading zero (NĐ 30/2020)."""
    month = f"{at.month:02d}" if at.month < 3 else str(at.month)
    return label("report", "day", day=f"{at.day:02d}", month=month, year=at.year)


def moment(at: datetime | None) -> str:
    """An hour as in Thứ bảy 07/11, 14:30, or that the hour is not known."""
    if at is None:
        return label("report", "no_moment")
    there = local(at)
    weekday = label("report", f"weekday_{there.weekday()}")
    return label("report", "moment", weekday=weekday, date=f"{there:%d/%m}", time=f"{there:%H:%M}")


def weekday(at: datetime) -> str:
    """A day as in Thứ bảy 07/11."""
    there = local(at)
    return label("report", "weekday_date", weekday=label("report", f"weekday_{there.weekday()}"), date=f"{there:%d/%m}")


def clock(at: datetime) -> str:
    """An hour with its day: 08:10 ngày 08/11/2026."""
    return label("report", "clock", time=f"{local(at):%H:%M}", date=f"{local(at):%d/%m/%Y}")


def days(period: Period) -> tuple[date, date]:
    """The first and last local day of a period. A day's span that begins the evening before is its last day's."""
    first, last = local(period.start).date(), local(max(period.start, period.end - _INSTANT)).date()
    return (last, last) if period.end - period.start <= timedelta(days=1) else (first, last)


def span(period: Period) -> str:
    """The day, the week (Monday to Sunday) or the days of a period, in words."""
    first, last = days(period)
    if first == last:
        return day(first)
    bounds = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    if first.weekday() == 0 and (last - first).days == 6:
        return label("report", "week", week=first.isocalendar().week, **bounds)
    return label("report", "days", **bounds)


def window(period: Period, made: datetime) -> str:
    """The hours a digest covers; one made before its period is over says so."""
    start = clock(period.start)
    if period.start < made < period.end:
        return label("report", "window_now", start=start, end=clock(made))
    end, last = local(period.end), local(period.end - _INSTANT)
    if f"{end:%H%M}" == "0000" and period.end > period.start:
        return label(
            "report", "window", start=start, end=label("report", "clock", time="24:00", date=f"{last:%d/%m/%Y}")
        )
    return label("report", "window", start=start, end=clock(period.end))


def gap(source: SourceHealth, hole: Gap) -> str:
    """A gap as a sentence: Tin 24: từ 08:10 đến 11:45 ngày 08/11/2026 có thể còn thiếu tin."""
    start, end = local(hole.start), local(hole.end)
    facts = {"name": source.outlet_name or source.id, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"}
    if start.date() == end.date():
        return label("report", "gap_in_day", date=f"{end:%d/%m/%Y}", **facts)
    return label("report", "gap", first=f"{start:%d/%m/%Y}", last=f"{end:%d/%m/%Y}", **facts)


def link(url: str | None) -> str | None:
    """``url`` where it is an ordinary web address that may stand in an attribute or a Markdown link, else None."""
    if not url or len(url) > 2_000 or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return None
    try:
        parts = urlsplit(url)
        plain = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return quote(url, safe="!#$%&'*+,/:;=?@[]~-._") if plain else None


def markdown(text: str) -> str:
    """``text`` with every mark that Markdown or the HTML inside it would read, escaped; one line."""
    return _LEADING.sub(r"\1\\\2", _MARKS.sub(r"\\\1", " ".join(text.split())))
