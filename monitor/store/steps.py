"""The list of migration steps, which the step files fill in the order ``db`` imports them, and how a step runs."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("monitor")


def run(db: Database, *statements: str) -> None:
    """The statements one by one: ``executescript()`` would end the migration's transaction."""
    for statement in statements:
        db.execute(statement)
