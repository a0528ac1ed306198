"""Nightly upkeep of the database: is it whole, planner statistics, a short write-ahead log, no old mails."""

from __future__ import annotations

from datetime import timedelta

from monitor import clock
from monitor.config import Home
from monitor.errors import StoreError
from monitor.store import outbox
from monitor.store.db import integrity, opened, tidy

_KEPT = timedelta(days=90)
"""How long the texts of messages that went are kept; that they went stays for ever."""


def tidy_up(home: Home) -> None:
    """Raises StoreError with SQLite's complaint when the file is damaged."""
    with opened(home.database) as db:
        complaint = integrity(db)
        if complaint != "ok":
            raise StoreError("database_unusable", file=home.database, detail=complaint)
        with db.atomic():
            outbox.forget(db, clock.now() - _KEPT)
        tidy(db)
