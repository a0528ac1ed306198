"""The digest of a day or a week: rows of the period, health of the sources -> Digest -> text.

Period ──▶ articles (store) ──▶ build (report) ──▶ render (report, reports/)
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from monitor import clock
from monitor.config import Home, load_settings
from monitor.errors import InputError, UsageError
from monitor.jobs import reading
from monitor.jobs.health import health
from monitor.labels import label, os_reason
from monitor.model.digest import Digest, Period
from monitor.report import build_digest, render_digest
from monitor.report.half_year_items import Groups
from monitor.store import articles, reporting
from monitor.store import sources as store
from monitor.store.db import Database, opened

FORMS = ("html", "md", "json")


def day(on: date) -> Period:
    """One day, midnight to midnight at the office."""
    start, end = clock.day_bounds(on)
    return Period(name=label("period", "day", day=f"{on:%d}", month=f"{on:%m}", year=f"{on:%Y}"), start=start, end=end)


def week(text: str) -> Period:
    """An ISO week, written 2026-W45. Raises UsageError when it is not one."""
    try:
        first = date.fromisoformat(f"{text.upper()}-1")
        last = first + timedelta(days=6)
        start, end = clock.day_bounds(first, last)
    except (ValueError, OverflowError):  # the calendar has two ends
        raise UsageError("bad_week", value=text) from None
    number = f"{first.isocalendar().week:02d}"
    name = label("period", "week", number=number, first=f"{first:%d/%m}", last=f"{last:%d/%m/%Y}")
    return Period(name=name, start=start, end=end)


def recent(hours: int) -> Period:
    """The hours up to now."""
    end = clock.now()
    name = label("period", "recent", hours=hours, end=f"{clock.local(end):%H:%M %d/%m/%Y}")
    return Period(name=name, start=end - timedelta(hours=hours), end=end)


def build(home: Home, period: Period) -> Digest:
    """The digest of a period from what is stored now."""
    settings = load_settings(home.rules)
    conditions = health(home, start=period.start, end=period.end)
    with opened(home.database) as db:
        found = tuple(articles.between(db, period.start, period.end, ours=True))
        scanned = articles.count(db, period.start, period.end)
        names, groups = store.outlet_names(db), outlet_groups(db)
    return build_digest(
        found,
        office=settings.office,
        period=period,
        made=clock.now(),
        outlets=names,
        topics=reading.book(home.rules).topics,
        health=conditions,
        scanned=scanned,
        groups=groups,
    )


def outlet_groups(db: Database) -> dict[str, str]:
    """The value of its ``OutletGroup`` by the outlet's id, of all outlets ever configured."""
    known = reporting.outlets(db)
    groups = Groups(known=known)
    return {ident: groups.of(ident).value for ident in known}


def digest(home: Home, period: Period, form: str) -> str:
    """The digest as text in one of ``FORMS``."""
    return render_digest(build(home, period), form, folders=home.reports, topics=reading.book(home.rules).topics)


def write_daily(home: Home, on: date) -> Path:
    """Writes the day's digest into data/digests, as HTML, and returns the file."""
    return _write(home, day(on), f"diem-tin-{on:%Y-%m-%d}.html")


def write_weekly(home: Home, on: date) -> Path:
    """Writes the digest of the week that holds ``on``, and returns the file."""
    name = f"{on.isocalendar().year}-W{on.isocalendar().week:02d}"
    return _write(home, week(name), f"diem-tin-{name}.html")


def _write(home: Home, period: Period, name: str) -> Path:
    target = home.data / "digests" / name
    text = digest(home, period, "html")
    # A half-written digest must never be read: written beside, then put in place at once.
    draft = target.with_suffix(".tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
    except OSError as error:
        raise InputError("file_unwritable", file=target, detail=os_reason(error)) from error
    return target
