"""The year's working calendar: looked at, changed day by day, confirmed.

What is said and not confirmed yet stands in the address.

year as it stands ──▶ + nghi / lam in the address ──▶ the year as it would be, looked at ──▶ confirmed
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from urllib.parse import urlencode

from starlette.responses import Response

from monitor import clock, dates
from monitor.desk import calendar
from monitor.errors import RefusedError, UsageError
from monitor.labels import label, wording
from monitor.model.calendar import NamedDay, WorkCalendar, WorkYear
from monitor.model.people import OfficeRole
from monitor.respond.calendar import working_between
from monitor.text import clean
from monitor.web.pages.admin_words import columns
from monitor.web.route import Who, get, post
from monitor.web.visit import Visit

_PATH = "/quan-tri/lich"
_SEES = Who(roles=frozenset({OfficeRole.ADMIN, OfficeRole.LEADER, OfficeRole.PRESS}))
_MOST_DAYS, _MOST_NAME = 60, 200


@dataclass(frozen=True, kw_only=True)
class Line:
    """A day of the year as shown; ``fresh``: not in the year as it stands. ``other`` is the address without it, or
    with the opposite said of it; empty where nothing can be said."""

    day: NamedDay
    fresh: bool
    other: str


def page(v: Visit) -> Response:
    """The year, with what was said of single days so far."""
    year = v.whole("nam", clock.local(v.now).year, most=9999)
    stands = calendar.shown(v.home, year)
    off, worked = _days(v.query.getlist("nghi")), _days(v.query.getlist("lam"))
    problem = ""
    try:
        off, worked = _with_new(v, off, worked)
        draft = calendar.draft(v.home, year, off, worked) if off or worked else stands
    except UsageError as error:
        # The day typed last is what is wrong; those before it stay said.
        problem = wording(error)
        off, worked = _days(v.query.getlist("nghi")), _days(v.query.getlist("lam"))
        draft = _or_as_it_stands(v, stands, off, worked)
    if v.wants_sheet:
        return _sheet(v, draft)
    return v.page(
        "admin-calendar.html", year=year, stands=stands, draft=draft,
        off=list(_lines(year, stands, off, worked, draft.off)),
        worked=list(_lines(year, stands, off, worked, draft.worked)),
        said_off=list(map(_said, off)), said_worked=list(map(_said, worked)), changed=bool(off or worked),
        problem=problem, mark=_mark(draft), years=_years(v, year), may=_may(v), working=_working(draft),
        dropped=list(_dropped(stands, draft, off, worked)), typed=dict(v.query) if problem else None,
    )  # fmt: skip


def _or_as_it_stands(v: Visit, stands: WorkYear, off: list[NamedDay], worked: list[NamedDay]) -> WorkYear:
    try:
        return calendar.draft(v.home, stands.year, off, worked)
    except UsageError:  # the address was made by hand
        return stands


def _with_new(v: Visit, off: list[NamedDay], worked: list[NamedDay]) -> tuple[list[NamedDay], list[NamedDay]]:
    """What was said so far, with the day just typed."""
    typed = clean(v.query.get("ngay", ""))
    if not typed:
        return off, worked
    found = dates.parse(typed)
    if found is None:
        raise UsageError("field_no_date", what=label("web_admin", "day"), value=typed[:60])
    new = NamedDay(on=clock.local(found).date(), name=clean(v.query.get("ten", ""))[:_MOST_NAME])
    if v.query.get("la") == "lam":
        return [one for one in off if one.on != new.on], [*(one for one in worked if one.on != new.on), new]
    return [*(one for one in off if one.on != new.on), new], [one for one in worked if one.on != new.on]


def _days(said: list[str]) -> list[NamedDay]:
    """Days of the address, ``2027-01-02=name``; what is none is not there."""
    made: dict[date, NamedDay] = {}
    for one in said[:_MOST_DAYS]:
        day, _, name = one.partition("=")
        try:
            on = date.fromisoformat(day)
        except ValueError:
            continue
        made[on] = NamedDay(on=on, name=clean(name)[:_MOST_NAME])
    return list(made.values())


def _said(day: NamedDay) -> str:
    return f"{day.on.isoformat()}={day.name}"


def _address(year: int, off: list[NamedDay], worked: list[NamedDay]) -> str:
    said = [("nghi", _said(one)) for one in off] + [("lam", _said(one)) for one in worked]
    return f"{_PATH}?{urlencode([('nam', year), *said])}"


def _lines(
    year: int, stands: WorkYear, off: list[NamedDay], worked: list[NamedDay], days: tuple[NamedDay, ...]
) -> Iterator[Line]:
    kept = {*stands.off, *stands.worked}
    for day in days:
        fresh = day not in kept
        other = ""
        if fresh:
            other = _address(year, [o for o in off if o.on != day.on], [w for w in worked if w.on != day.on])
        elif day in stands.worked:
            other = _address(year, [*off, NamedDay(on=day.on, name="")], worked)
        elif day.on.weekday() < 5:  # taken out of the days off; a Sunday would be worked by that
            other = _address(year, off, [*worked, NamedDay(on=day.on, name="")])
        yield Line(day=day, fresh=fresh, other=other)


def _dropped(stands: WorkYear, draft: WorkYear, off: list[NamedDay], worked: list[NamedDay]) -> Iterator[Line]:
    there = {one.on for one in (*draft.off, *draft.worked)}
    for day in (*stands.off, *stands.worked):
        if day.on not in there:
            back = _address(stands.year, [o for o in off if o.on != day.on], [w for w in worked if w.on != day.on])
            yield Line(day=day, fresh=True, other=back)


def _years(v: Visit, shown: int) -> list[tuple[int, bool]]:
    this = clock.local(v.now).year
    return [(n, calendar.shown(v.home, n).confirmed) for n in sorted({this, this + 1, shown})]


def _working(year: WorkYear) -> int:
    first = date(year.year, 1, 1)
    return working_between(WorkCalendar(years=(year,)), first - timedelta(days=1), date(year.year, 12, 31))


def _may(v: Visit) -> bool:
    try:
        calendar.may_confirm(v.at.actor)
    except RefusedError:
        return False
    return True


def _mark(year: WorkYear) -> str:
    """Tells whether the year that is confirmed is the one that was looked at."""
    return sha256(repr((year.year, year.off, year.worked)).encode()).hexdigest()[:16]


def _sheet(v: Visit, year: WorkYear) -> Response:
    rows = [(one.on, label("web_admin", "day_off"), one.name) for one in year.off]
    rows += [(one.on, label("web_admin", "day_worked"), one.name) for one in year.worked]
    return v.sheet(
        f"lich-lam-viec-{year.year}", label("web_admin", "calendar"), columns("day", "kind", "name"), sorted(rows)
    )


def confirm(v: Visit) -> Response:
    """The year that was looked at is the office's."""
    year = v.form.whole("nam", label("web_admin", "calendar")) or 0
    off, worked = _days(list(v.form.many("nghi"))), _days(list(v.form.many("lam")))
    draft = calendar.draft(v.home, year, off, worked)
    if not (off or worked):
        draft = calendar.shown(v.home, year)
    if _mark(draft) != v.form.text("mark"):
        raise UsageError("calendar_moved", year=year)
    calendar.sign(v.at, draft)
    return v.back(f"{_PATH}?nam={year}", label("web_admin", "calendar_kept", year=year))


PAGES = (
    get(_PATH, page, _SEES),
    post(_PATH, confirm, _SEES, shown=page),
)
