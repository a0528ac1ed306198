"""What is remembered of sources, hosts and gaps. A source's due time is data, so a restart loses nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.fetch import FetchState, Gap, Status
from monitor.model.source import Level, Outlet, OutletKind


def remember_outlets(db: Database, outlets: Iterable[Outlet]) -> None:
    """Names outlive sources.yaml: an article's outlet is still called by its name after it was taken out."""
    with db.atomic():
        for outlet in outlets:
            db.execute(
                "INSERT INTO outlets (id, name, kind, level, province) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, "
                "level = excluded.level, province = excluded.province",
                [outlet.id, outlet.name, outlet.kind.value, outlet.level.value, outlet.province],
            )


def outlet_names(db: Database) -> dict[str, str]:
    """Display name by outlet id, of all outlets ever configured."""
    return dict(db.execute("SELECT id, name FROM outlets").fetchall())


def outlet(db: Database, ident: str) -> Outlet | None:
    """What is remembered of the outlet of this id."""
    row = db.execute("SELECT id, name, kind, level, province FROM outlets WHERE id = ?", [ident]).fetchone()
    if row is None:
        return None
    return Outlet(id=row[0], name=row[1], kind=OutletKind(row[2]), level=Level(row[3]), province=row[4])


def states(db: Database) -> dict[str, FetchState]:
    """All that is remembered of sources, by source id."""
    rows = db.query("SELECT * FROM fetch_state")
    return {
        row["source"]: FetchState(
            source=row["source"],
            status=Status(row["status"]),
            reason=row["reason"],
            etag=row["etag"],
            modified=row["modified"],
            digest=row["digest"],
            entries=row["entries"],
            newest=from_iso(row["newest"]),
            checked=from_iso(row["checked"]),
            next=from_iso(row["next"]),
            failures=row["failures"],
        )
        for row in rows
    }


def put_state(db: Database, state: FetchState) -> None:
    """Stores a state; the caller's transaction holds the entries of the same look."""
    db.table("fetch_state").upsert(
        {
            "source": state.source,
            "status": state.status.value,
            "reason": state.reason,
            "etag": state.etag,
            "modified": state.modified,
            "digest": state.digest,
            "entries": state.entries,
            "newest": iso_utc(state.newest) if state.newest else None,
            "checked": iso_utc(state.checked) if state.checked else None,
            "next": iso_utc(state.next) if state.next else None,
            "failures": state.failures,
        },
        pk="source",
    )


def newest_by_source(db: Database) -> dict[str, datetime]:
    """The newest known publication of each source (listings say it only through their articles)."""
    rows = db.execute(
        "SELECT source, MAX(published) FROM articles WHERE source IS NOT NULL AND published IS NOT NULL GROUP BY source"
    ).fetchall()
    return {source: at for source, text in rows if (at := from_iso(text))}


def holds(db: Database, now: datetime) -> dict[str, datetime]:
    """Hosts that asked us to wait, and until when."""
    rows = db.execute("SELECT host, hold_until FROM hosts WHERE hold_until > ?", [iso_utc(now)]).fetchall()
    return {host: at for host, text in rows if (at := from_iso(text))}


def put_hold(db: Database, host: str, until: datetime) -> None:
    """Keeps a host's Retry-After across rounds and restarts."""
    with db.atomic():
        db.execute(
            "INSERT INTO hosts (host, hold_until) VALUES (?, ?) "
            "ON CONFLICT (host) DO UPDATE SET hold_until = excluded.hold_until",
            [host, iso_utc(until)],
        )


def robots(db: Database) -> list[tuple[str, str, datetime]]:
    """(host, robots.txt, when read) of every host whose rules were read."""
    rows = db.execute("SELECT host, robots, robots_read FROM hosts WHERE robots IS NOT NULL").fetchall()
    return [(host, text, at) for host, text, read in rows if (at := from_iso(read))]


def put_robots(db: Database, found: Iterable[tuple[str, str, datetime]]) -> None:
    """Keeps what was read of robots.txt."""
    with db.atomic():
        for host, text, at in found:
            db.execute(
                "INSERT INTO hosts (host, robots, robots_read) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE "
                "SET robots = excluded.robots, robots_read = excluded.robots_read",
                [host, text, iso_utc(at)],
            )


def put_gap(db: Database, gap: Gap) -> None:
    """Keeps a gap; the same one is kept once, and closed when it was walked."""
    db.execute(
        'INSERT INTO gaps (source, start, "end", found, closed) VALUES (?, ?, ?, ?, ?) '
        'ON CONFLICT (source, start, "end") DO UPDATE SET closed = MAX(closed, excluded.closed)',
        [gap.source, iso_utc(gap.start), iso_utc(gap.end), iso_utc(gap.found), int(gap.closed)],
    )


def gaps(db: Database, start: datetime, end: datetime) -> list[Gap]:
    """The open gaps that touch the interval ``start`` … ``end``, oldest first."""
    rows = db.execute(
        'SELECT source, start, "end", found, closed FROM gaps '
        'WHERE NOT closed AND start < ? AND "end" > ? ORDER BY start',
        [iso_utc(end), iso_utc(start)],
    ).fetchall()
    return [
        Gap(source=source, start=a, end=b, found=c, closed=bool(closed))
        for source, first, last, found, closed in rows
        if (a := from_iso(first)) and (b := from_iso(last)) and (c := from_iso(found))
    ]
