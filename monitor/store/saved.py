"""Filters that persons keep for their pages."""

from __future__ import annotations

from sqlite_utils import Database

from monitor.model.finding import SavedFilter
from monitor.text import fold


def put(db: Database, person: str, page: str, name: str, query: str) -> SavedFilter:
    """Keeps it in the place of one of the same name, within the caller's transaction."""
    db.execute(
        "INSERT INTO saved_filters (person, page, name, query) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (person, page, name) DO UPDATE SET query = excluded.query",
        [person, page, name, query],
    )
    return next(one for one in of(db, person, page) if one.name == name)


def of(db: Database, person: str, page: str) -> list[SavedFilter]:
    """A person's filters of a page, by name as a Vietnamese reader looks for it."""
    rows = db.execute(
        "SELECT id, page, name, query FROM saved_filters WHERE person = ? AND page = ? ORDER BY id", [person, page]
    ).fetchall()
    made = [SavedFilter(id=ident, page=at, name=name, query=query) for ident, at, name, query in rows]
    return sorted(made, key=lambda one: fold(one.name))


def drop(db: Database, person: str, ident: int) -> bool:
    """Removes one of his, within the caller's transaction; False where there is none of this number."""
    return bool(db.execute("DELETE FROM saved_filters WHERE id = ? AND person = ?", [ident, person]).rowcount)
