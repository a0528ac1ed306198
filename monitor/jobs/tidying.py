"""Nightly upkeep of the database: a check that it is whole, planner statistics, a short write-ahead log."""

from __future__ import annotations

from monitor.config import Home
from monitor.errors import StoreError
from monitor.store.db import integrity, opened, tidy


def tidy_up(home: Home) -> None:
    """Raises StoreError with SQLite's complaint when the file is damaged."""
    with opened(home.database) as db:
        complaint = integrity(db)
        if complaint != "ok":
            raise StoreError("database_unusable", file=home.database, detail=complaint)
        tidy(db)
