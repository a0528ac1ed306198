"""Dates, hours and numbers as the pages write them."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlsplit

from monitor import clock
from monitor.labels import label

# The first that a User-Agent names is what it is: Edge and Opera name Chrome too, Chrome names Safari.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc_browser", "Coc Coc"), ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def when(at: datetime | None, now: datetime | None = None) -> str:
    """ "Thứ năm 05/11, 14:30"; of another year with the year; a dash where the hour is not known."""
    if at is None:
        return "—"
    there = clock.local(at)
    return f"{day(there.date(), now)}, {there:%H:%M}"


def day(on: date | None, now: datetime | None = None) -> str:
    """ "Thứ năm 05/11", of another year "Thứ năm 05/11/2025"."""
    if on is None:
        return "—"
    if isinstance(on, datetime):
        on = clock.local(on).date()
    this = clock.local(now or clock.now()).year
    return f"{label('report', f'weekday_{on.weekday()}')} {on:%d/%m}" + ("" if on.year == this else f"/{on.year}")


def typed(on: date | datetime | None) -> str:
    """As a form shows it for changing: 05/11/2026, or 05/11/2026 14:30."""
    if on is None:
        return ""
    if isinstance(on, datetime):
        return f"{clock.local(on):%d/%m/%Y %H:%M}"
    return f"{on:%d/%m/%Y}"


def number(value: float) -> str:
    """1234567 -> 1.234.567."""
    return f"{value:,.0f}".replace(",", ".")


def size(count: int) -> str:
    """Bytes as people read them: 812 KB, 4,5 MB."""
    if count < 1024:
        return f"{count} byte"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


def left(at: datetime | None, now: datetime) -> str:
    """How long until then: còn 3 ngày, hôm nay, quá hạn 2 ngày."""
    if at is None:
        return ""
    days = (clock.local(at).date() - clock.local(now).date()).days
    if at < now:
        return label("web", "days_over", days=-days) if days < 0 else label("web", "over_today")
    return label("web", "days_left", days=days) if days else label("web", "due_today")


def outside(url: str | None) -> str:
    """The address where it leads to a web page of others, else nothing: no other scheme becomes a link."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def device(agent: str) -> str:
    """ "Chrome trên Windows" for a browser's User-Agent; what is no known browser by the first of its own words."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    if browser and system:
        return label("web_device", "on", browser=browser, system=system)
    return browser or system or agent.split(" ", maxsplit=1)[0][:40] or label("web_device", "unknown")
