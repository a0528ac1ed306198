"""The clock's part in the editions: it ticks, makes what is due, and approves what nobody did where the office says so.

    tick ──▶ it stood still? kept ──▶ [ collect ] ──▶ walk: draft whose hour has come ──▶ approved, queued
                                                            cut-off not covered yet ──▶ draft up to exactly that hour

Every step is one transaction and asks first what is there: after a kill at any point the next walk goes on from it.
A stop over several cut-offs gives one edition, up to the last of them. One that was missed is made also where the
machine comes back on a day off; approved by itself and sent nothing is on such a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.clock import day_bounds, local
from monitor.config import Home, load_settings
from monitor.config.calendar import load_calendar
from monitor.desk import edition_making as making
from monitor.desk import editions
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.edition import Edition, Series
from monitor.model.people import OfficeRole, Person
from monitor.model.settings import DaysOff
from monitor.report import cut_offs
from monitor.report.cut_offs import Timetable
from monitor.respond import propose
from monitor.store import editions as store
from monitor.store import ticks
from monitor.store.db import Database, opened

_OWN = (Series.DAILY, Series.WEEKLY)


@dataclass(frozen=True, kw_only=True)
class Done:
    """An edition that the clock made (a draft) or approved."""

    edition: Edition

    @property
    def approved(self) -> bool:
        """Whether it went out."""
        return self.edition.alone


def timetable(home: Home, now: datetime) -> Timetable:
    """What the office set, with its calendar of the years around now. Raises ConfigError with file and line."""
    settings, year = load_settings(home.rules), local(now).year
    return Timetable(
        daily_at=settings.schedule.digest_at,
        weekly_at=settings.schedule.weekly_digest_at,
        weekly_on=settings.schedule.weekly_digest_day.number,
        skip=settings.digest.days_off is DaysOff.SKIP,
        by_itself=settings.digest.by_itself,
        calendar=propose.filled(load_calendar(home.rules), range(year - 1, year + 2)),
    )


def tick(home: Home, now: datetime) -> bool:
    """Keeps that the clock runs; whether it had stood still before, which is kept as well."""
    with opened(home.database) as db, db.atomic():
        stop = cut_offs.resumed(ticks.beat(db), now)
        ticks.put(db, now, stop)
    return stop is not None


def walk(home: Home, now: datetime) -> list[Done]:
    """What is due now, done; nothing where nothing is. Raises ConfigError."""
    table, done = timetable(home, now), list[Edition | None]()
    with opened(home.database) as db:
        for series in _OWN:
            # One that waited past its hour goes out as it is, before the next cut-off would make it grow.
            done += [_alone(home, db, table, series, now), _made(home, db, table, series, now)]
            done.append(_alone(home, db, table, series, now))
    return [Done(edition=one) for one in done if one]


def _made(home: Home, db: Database, table: Timetable, series: Series, now: datetime) -> Edition | None:
    with db.atomic():
        last, have = store.last(db, series), store.draft(db, series)
        up_to = [at for at in (last and last.end, have and have.cut) if at]
        today = local(now).date()
        since = min([day_bounds(today)[0], *(one.start for one in ticks.stops(db)[-1:])])
        cut = cut_offs.due(series, table, now=now, served=max(up_to, default=None), since=since)
        return making.make(home, db, series, cut, now=now, cut=cut) if cut else None


def _alone(home: Home, db: Database, table: Timetable, series: Series, now: datetime) -> Edition | None:
    """Approves the draft that the clock made where its hour has come and no person did."""
    have = store.draft(db, series)
    at = cut_offs.by_itself(table, have.cut) if have and have.cut and have.cut > have.start else None
    if have is None or at is None or now < at or not table.works(local(now).date()):
        return None
    try:
        return editions.approve(program(home, db, now), have.id, send=True)
    except RefusedError as error:
        if error.key != "edition_is_approved":
            raise
        return None  # a person was quicker by a moment


def program(home: Home, db: Database, now: datetime) -> Sitting:
    """A sitting of nobody: the log names no person for what the program does by itself."""
    who = Person(id="", name=label("edition", "program"), roles=(OfficeRole.LEADER, OfficeRole.PRESS))
    return Sitting(home=home, db=db, actor=who, now=now)
