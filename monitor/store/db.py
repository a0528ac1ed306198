"""One file, opened safely: WAL, foreign keys, migrations, and clear words when it cannot be used."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.store import migrations as _first  # noqa: F401 - the step files fill the list in this order
from monitor.store import migrations_desk as _desk  # noqa: F401
from monitor.store import migrations_evidence as _evidence  # noqa: F401
from monitor.store import migrations_watch as _watch  # noqa: F401
from monitor.store import migrations_web as _web  # noqa: F401

# isort: split
from monitor.store import migrations_finding as _finding  # noqa: F401 - steps follow one another, not the alphabet

# isort: split
from monitor.store import migrations_editions as _editions  # noqa: F401
from monitor.store import migrations_outbox as _outbox  # noqa: F401
from monitor.store import migrations_reports as _reports  # noqa: F401
from monitor.store.steps import migrations

__all__ = ["Database", "aside", "hurry", "integrity", "open_database", "opened", "tidy"]

BUSY_SECONDS = 30
_ASIDE = 100
"""Milliseconds that a note at the margin waits for another writer."""


class _Shared(Database):
    """A database that other connections write to as well."""

    @contextmanager
    def atomic(self) -> Iterator[Database]:
        """A transaction that asks for the right to write first, and waits for it.

        One that reads before it writes would fail at once where another connection wrote in between.
        """
        if self.conn.in_transaction:
            with super().atomic():
                yield self
            return
        self.conn.execute("BEGIN IMMEDIATE")
        try:
            yield self
            self.conn.execute("COMMIT")
        except BaseException:
            self.rollback()
            raise


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    """The database at ``path``, created and migrated as needed, closed afterwards.

    Raises StoreError when the file is no database, is damaged, cannot be written, or was made by a newer program.
    """
    db = open_database(path)
    try:
        yield db
    except sqlite3.DatabaseError as error:
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            raise  # our own mistake, no damaged file or full disk
        raise StoreError("database_unusable", file=path, detail=str(error)) from error
    finally:
        db.close()


def open_database(path: Path) -> Database:
    """Like ``opened``, for a caller that closes it himself."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Autocommit is sqlite-utils' business; a round writes from one thread, the clock's jobs from several.
        db = _Shared(sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False))
    except (sqlite3.Error, OSError) as error:
        raise StoreError("database_unusable", file=path, detail=str(error)) from error
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        if db.journal_mode != "wal":
            db.enable_wal()
        _migrate(db, path)
    except sqlite3.Error as error:
        db.close()
        raise StoreError("database_unusable", file=path, detail=str(error)) from error
    except StoreError:
        db.close()
        raise
    return db


def _migrate(db: Database, path: Path) -> None:
    applied = [step.name for step in migrations.applied(db)]
    known = {step.name for step in migrations._migrations}
    if set(applied) - known:
        raise StoreError("database_newer", file=path, step=sorted(set(applied) - known)[0])
    if migrations.pending(db):
        # Several programs may open a fresh file at once; what is pending is asked again inside.
        with db.atomic():
            migrations.apply(db)


def aside(db: Database, write: Callable[[], object]) -> bool:
    """Runs ``write`` in a transaction of its own where nobody else is writing; else leaves it out and says False.

    For notes at a page's margin (who was seen when): who reads does not stand still for them.
    """
    (waits,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {_ASIDE}")
    try:
        with db.atomic():
            write()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout = {waits}")
    return True


def hurry(db: Database, seconds: float) -> None:
    """Lets this connection wait so long for other writers, and no longer."""
    db.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def integrity(db: Database) -> str:
    """ "ok", or SQLite's first complaint about the file."""
    return str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])


def tidy(db: Database) -> None:
    """What SQLite wants done now and then: planner statistics, a short write-ahead log, a merged full-text index."""
    with db.atomic():
        db.execute("INSERT INTO article_fts (article_fts) VALUES ('optimize')")
    db.execute("PRAGMA optimize")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
