"""When the clock last ticked, and when it stood still: what a restart has to know."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.edition import Stop

_BEAT, _STOPS = "run.beat", "run.stops"
_MOST = 60
"""Stops that are kept: two months of a machine that is switched off each night."""
_decode = msgspec.json.Decoder(tuple[Stop, ...]).decode


def beat(db: Database) -> datetime | None:
    """The last tick; None where the clock never ran on this database."""
    return from_iso(_value(db, _BEAT) or None)


def stops(db: Database) -> tuple[Stop, ...]:
    """When it stood still, oldest first."""
    said = _value(db, _STOPS)
    return _decode(said) if said else ()


def put(db: Database, at: datetime, stop: Stop | None = None) -> None:
    """Keeps a tick, and the stop that it ended, within the caller's transaction."""
    if stop:
        kept = (*stops(db), stop)[-_MOST:]
        _keep(db, _STOPS, msgspec.json.encode(kept).decode())
    _keep(db, _BEAT, iso_utc(at))


def _value(db: Database, name: str) -> str:
    row = db.execute("SELECT value FROM alert_marks WHERE name = ?", [name]).fetchone()
    return str(row[0]) if row else ""


def _keep(db: Database, name: str, value: str) -> None:
    db.execute(
        "INSERT INTO alert_marks (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )
