"""Who has what open."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import iso_utc

_WAIT = 100
"""Milliseconds to wait for another writer: a page that is read does not stand still for a note at its margin."""


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
    (waits,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {_WAIT}")
    try:
        with db.atomic():
            db.execute("DELETE FROM presence WHERE seen < ?", [iso_utc(before)])
            db.execute(
                "INSERT INTO presence (thing, person, since, seen) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (thing, person) DO UPDATE SET since = excluded.since, seen = excluded.seen",
                [thing, person, iso_utc(since), iso_utc(now)],
            )
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
    finally:
        db.execute(f"PRAGMA busy_timeout = {waits}")
