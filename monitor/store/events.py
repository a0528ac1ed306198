"""The event log: only ever appended to, each link holding the one before; and the heads that left the office."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.event import Anchor, AnchorKind, Event, Happening, Head
from monitor.store.chain import ROOT, digest


def append(
    db: Database, happened: Iterable[Happening], *, case: str, actor: str, now: datetime, on_behalf: str = ""
) -> list[Event]:
    """Adds what happened to the end of the chain, within the caller's transaction."""
    last = head(db)
    n, previous = (last.count, last.hash) if last else (0, ROOT)
    made = []
    for one in happened:
        n += 1
        mark = digest(n=n, at=now, actor=actor, case=case, happened=one, on_behalf=on_behalf, previous=previous)
        made.append(
            Event(
                n=n, at=now, actor=actor, case=case, action=one.action, thing=one.thing, before=one.before,
                after=one.after, why=one.why, refs=one.refs, on_behalf=on_behalf, previous=previous, hash=mark,
            )
        )  # fmt: skip
        previous = mark
    db.conn.executemany(
        "INSERT INTO events (n, at, actor, case_id, action, thing, before, after, why, refs, on_behalf, previous, "
        "hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (e.n, iso_utc(e.at), e.actor, e.case, e.action, e.thing, e.before, e.after, e.why,
             json.dumps(e.refs), e.on_behalf, e.previous, e.hash)
            for e in made
        ],
    )  # fmt: skip
    return made


def head(db: Database) -> Head | None:
    """The end of the chain; None before the first event."""
    row = db.execute("SELECT n, hash FROM events ORDER BY n DESC LIMIT 1").fetchone()
    return Head(count=int(row[0]), hash=str(row[1])) if row else None


def of_case(db: Database, case: str) -> list[Event]:
    """All events of a case, oldest first."""
    return list(_events(db, "WHERE case_id = ?", [case]))


def every(db: Database, start: datetime | None = None, end: datetime | None = None) -> Iterator[Event]:
    """The whole log, or that of an interval, oldest first."""
    limits, values = [], []
    if start:
        limits.append("at >= ?")
        values.append(iso_utc(start))
    if end:
        limits.append("at < ?")
        values.append(iso_utc(end))
    yield from _events(db, f"WHERE {' AND '.join(limits)}" if limits else "", values)


def anchor(db: Database, kind: AnchorKind, where: str, now: datetime) -> Head | None:
    """Keeps that the present head is printed in ``where``, within the caller's transaction; returns it."""
    last = head(db)
    if last:
        db.execute(
            'INSERT INTO anchors (kind, "where", count, hash, at) VALUES (?, ?, ?, ?, ?)',
            [kind.value, where, last.count, last.hash, iso_utc(now)],
        )
    return last


def anchors(db: Database) -> list[Anchor]:
    """Every head that left the office, in the order of the events they vouch for."""
    rows = db.query('SELECT kind, "where", count, hash, at FROM anchors ORDER BY count, id')
    return [
        Anchor(kind=AnchorKind(row["kind"]), where=row["where"], head=Head(count=row["count"], hash=row["hash"]), at=at)
        for row in rows
        if (at := from_iso(row["at"]))
    ]


def _events(db: Database, where: str, values: list[str]) -> Iterator[Event]:
    for row in db.query(f"SELECT * FROM events {where} ORDER BY n", values):
        at = from_iso(row["at"])
        assert at is not None  # the column is NOT NULL
        yield Event(
            n=row["n"], at=at, actor=row["actor"], case=row["case_id"], action=row["action"], thing=row["thing"],
            before=row["before"], after=row["after"], why=row["why"], refs=tuple(json.loads(row["refs"])),
            on_behalf=row["on_behalf"], previous=row["previous"], hash=row["hash"],
        )  # fmt: skip
