"""What the report on a period asks: items counted and listed along the index of narrow rows, events by their act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.source import Level, OutletKind


@dataclass(frozen=True, kw_only=True)
class Counted:
    """So many items of one month, outlet, main topic (none: ""), tone (none: "") and relevance."""

    month: str
    outlet: str
    topic: str
    tone: str
    relevance: str
    many: int


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item as the lists of a report choose it; ``day`` is the local one."""

    id: str
    day: str
    outlet: str
    topic: str
    tone: str
    relevance: str


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When something happened to a thing of a case (to the case itself: ``thing`` empty)."""

    case: str
    action: str
    thing: str
    why: str
    at: datetime


@contextmanager
def steady(db: Database) -> Iterator[None]:
    """Everything read inside is of one moment, though others write meanwhile: a figure and its list are the same."""
    if db.conn.in_transaction:
        yield
        return
    db.conn.execute("BEGIN")
    try:
        yield
    except BaseException:
        db.conn.rollback()
        raise
    db.conn.commit()


_WHERE = "f.relevance IN (SELECT value FROM json_each(?)) AND f.at >= ? AND f.at < ?"


def counted(db: Database, start: datetime, end: datetime, relevances: Sequence[str]) -> list[Counted]:
    """All items of the interval in one walk along the index."""
    rows = db.execute(
        f"SELECT substr(f.day, 1, 7), f.outlet, f.topic, COALESCE(f.tone, ''), f.relevance, count(*) "
        f"FROM article_facts f WHERE {_WHERE} GROUP BY 1, 2, 3, 4, 5",
        _values(start, end, relevances),
    )
    return [
        Counted(month=month, outlet=outlet, topic=topic, tone=tone, relevance=relevance, many=many)
        for month, outlet, topic, tone, relevance, many in rows.fetchall()
    ]


def items(db: Database, start: datetime, end: datetime, relevances: Sequence[str]) -> list[Item]:
    """The same items one by one, the earliest first."""
    rows = db.execute(
        "SELECT f.at, f.id, f.day, f.outlet, f.topic, COALESCE(f.tone, ''), f.relevance FROM article_facts f "
        f"WHERE {_WHERE}",
        _values(start, end, relevances),
    )
    # Sorted here: with ORDER BY the index that holds every column would not be the one taken.
    return [
        Item(id=ident, day=day, outlet=outlet, topic=topic, tone=tone, relevance=relevance)
        for _, ident, day, outlet, topic, tone, relevance in sorted(rows.fetchall())
    ]


def of_place(db: Database, start: datetime, end: datetime, relevances: Sequence[str], place: str) -> set[str]:
    """The items of the interval that name this province of today."""
    rows = db.execute(
        "SELECT f.id FROM article_facts f CROSS JOIN article_places p ON p.n = f.n AND p.present = 1 AND p.place = ? "
        f"WHERE {_WHERE}",
        [place, *_values(start, end, relevances)],
    )
    return {ident for (ident,) in rows.fetchall()}


def bodies_named(db: Database) -> list[tuple[str, str]]:
    """(name of a union body, item) for every body that an item of the archive names.

    Of the whole archive, along the index alone: to look up each item of a period costs more than all of it.
    """
    return list(db.execute("SELECT value, article FROM tags WHERE kind = 'organisation'").fetchall())


def first_item(db: Database) -> datetime | None:
    """When the earliest item of the archive came out."""
    row = db.execute("SELECT min(at) FROM article_facts").fetchone()
    return from_iso(row[0])


def first_case_event(db: Database) -> datetime | None:
    """When the first thing was done to a case."""
    row = db.execute("SELECT at FROM events WHERE case_id <> '' ORDER BY n LIMIT 1").fetchone()
    return from_iso(row[0]) if row else None


def first_edition(db: Database) -> datetime | None:
    """When the first edition was approved."""
    row = db.execute("SELECT min(approved) FROM editions WHERE state = 'approved'").fetchone()
    return from_iso(row[0])


def titles(db: Database, articles: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(title, outlet) of these items, by id."""
    rows = db.execute(
        "SELECT a.id, a.title, a.outlet FROM json_each(?) w CROSS JOIN articles a ON a.id = w.value",
        [json.dumps(list(articles))],
    )
    return {ident: (title, outlet) for ident, title, outlet in rows.fetchall()}


def outlets(db: Database) -> dict[str, tuple[OutletKind, Level]]:
    """Kind and level of every outlet ever remembered, by id."""
    return {
        ident: (OutletKind(kind), Level(level))
        for ident, kind, level in db.execute("SELECT id, kind, level FROM outlets").fetchall()
    }


def moments(db: Database, actions: Sequence[str]) -> list[Moment]:
    """These acts on cases, in the order of the log."""
    rows = db.execute(
        "SELECT case_id, action, thing, why, at FROM events "
        f"WHERE case_id <> '' AND action IN ({','.join('?' * len(actions))}) ORDER BY n",
        list(actions),
    )
    return [
        Moment(case=case, action=action, thing=thing, why=why, at=datetime.fromisoformat(at))
        for case, action, thing, why, at in rows.fetchall()
    ]


def editions(db: Database, start: datetime, end: datetime) -> list[tuple[str, str, int, int, datetime]]:
    """(id, series, number, year, approved) of the editions approved in the interval, the earliest first."""
    rows = db.execute(
        "SELECT id, series, number, year, approved FROM editions WHERE state = 'approved' AND approved >= ? "
        "AND approved < ? ORDER BY approved, n",
        [iso_utc(start), iso_utc(end)],
    )
    return [(*row[:4], datetime.fromisoformat(row[4])) for row in rows.fetchall()]


def corrections(db: Database, start: datetime, end: datetime) -> list[tuple[str, datetime]]:
    """(item, day) of the items that their outlets corrected in the interval, each once, by its first correction."""
    rows = db.execute(
        "SELECT article, min(date) AS first FROM corrections_published GROUP BY article "
        "HAVING first >= ? AND first < ? ORDER BY first, article",
        [iso_utc(start), iso_utc(end)],
    )
    return [(article, datetime.fromisoformat(first)) for article, first in rows.fetchall()]


def reported_periods(db: Database, first: date, last: date) -> list[tuple[date, date]]:
    """The periods within these days on which a unit, or the federation itself, handed in a report."""
    rows = db.execute(
        "SELECT DISTINCT first, last FROM unit_reports WHERE first >= ? AND last <= ? "
        "AND state IN ('submitted', 'accepted')",
        [first.isoformat(), last.isoformat()],
    ).fetchall()
    return [(date.fromisoformat(one), date.fromisoformat(other)) for one, other in rows]


def _values(start: datetime, end: datetime, relevances: Sequence[str]) -> list[str]:
    return [json.dumps(list(relevances)), iso_utc(start), iso_utc(end)]
