"""Handovers of a person's work, as the event log tells them; and the cases that may name a person."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One handover: ``n`` is the number of its first event; ``things`` are the ids that moved, by case."""

    n: int
    at: datetime
    actor: str
    giver: str
    taker: str
    things: tuple[tuple[str, tuple[str, ...]], ...]


def moved(db: Database, *, n: int | None = None, most: int = 50) -> list[Moved]:
    """The latest handovers, newest first, or the one whose first event has the number ``n``."""
    # All events of one act have its time and its actor.
    heads = db.execute(
        "SELECT min(n), at, actor, json_extract(refs, '$[0]') AS giver, json_extract(refs, '$[1]') AS taker "
        "FROM events WHERE action = 'case.hand_over' GROUP BY at, actor, giver, taker "
        + ("HAVING min(n) = ? LIMIT 1" if n is not None else "ORDER BY 1 DESC LIMIT ?"),
        [n if n is not None else most],
    ).fetchall()
    return [_moved(db, head) for head in heads]


def _moved(db: Database, head: tuple[int, str, str, str, str]) -> Moved:
    n, at, actor, giver, taker = head
    rows = db.execute(
        "SELECT case_id, refs FROM events WHERE n >= ? AND at = ? AND actor = ? AND action = 'case.hand_over' "
        "AND json_extract(refs, '$[0]') = ? AND json_extract(refs, '$[1]') = ? ORDER BY n",
        [n, at, actor, giver, taker],
    ).fetchall()
    when = from_iso(at)
    assert when is not None  # the column is NOT NULL
    things = tuple((case, tuple(json.loads(refs)[2:])) for case, refs in rows)
    return Moved(n=n, at=when, actor=actor, giver=giver, taker=taker, things=things)


def naming(db: Database, person: str) -> list[str]:
    """The ids of all cases whose record holds this person's id somewhere, by number."""
    rows = db.execute("SELECT id FROM cases WHERE instr(CAST(doc AS TEXT), ?) ORDER BY n", [json.dumps(person)])
    return [str(row[0]) for row in rows.fetchall()]
