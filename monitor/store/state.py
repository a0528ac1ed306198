"""How much the one file holds."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

_TABLES = ("articles", "snapshots", "cases", "events", "evidence", "people", "units")


@dataclass(frozen=True, kw_only=True)
class Held:
    """``size`` in bytes without the write-ahead log, ``free`` of it unused; ``rows`` by table."""

    size: int
    free: int
    rows: tuple[tuple[str, int], ...]


def held(db: Database) -> Held:
    """Size and numbers of rows."""
    page, pages, free = (
        int(db.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_size", "page_count", "freelist_count")
    )
    there = set(db.table_names())
    rows = tuple(
        (name, int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0])) for name in _TABLES if name in there
    )
    return Held(size=page * pages, free=page * free, rows=rows)
