"""Who has what open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import iso_utc
from monitor.store.db import aside


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Since when a person has had the thing open, and when he was last seen with it."""

    since: datetime
    seen: datetime


def of(db: Database, thing: str) -> dict[str, Seen]:
    """Who has the thing open, or had within the last hour, by person."""
    rows = db.execute("SELECT person, since, seen FROM presence WHERE thing = ?", [thing]).fetchall()
    return {
        person: Seen(since=datetime.fromisoformat(since), seen=datetime.fromisoformat(seen))
        for person, since, seen in rows
    }


def put(db: Database, thing: str, person: str, *, since: datetime, now: datetime, before: datetime) -> None:
    """Notes it and drops what is older than ``before``, in a transaction of its own; not at all where others write."""

    def write() -> None:
        db.execute("DELETE FROM presence WHERE seen < ?", [iso_utc(before)])
        db.execute(
            "INSERT INTO presence (thing, person, since, seen) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (thing, person) DO UPDATE SET since = excluded.since, seen = excluded.seen",
            [thing, person, iso_utc(since), iso_utc(now)],
        )

    aside(db, write)
