"""One file: made, migrated, refused, and shared with other connections."""

from __future__ import annotations

import os
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database

from monitor.errors import StoreError
from monitor.labels import wording
from monitor.model.fetch import FetchState
from monitor.store import addresses, articles
from monitor.store import sources as store
from monitor.store.db import integrity, open_database, opened, tidy
from monitor.store.migrations import migrations

NOW = datetime(2026, 11, 8, 1, tzinfo=UTC)
STEPS = [step.name for step in migrations._migrations]


def schema(path: Path) -> list[tuple[str, str, str]]:
    with sqlite3.connect(path) as conn:
        rows = conn.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '\\_sqlite%' ESCAPE '\\' "
            "AND sql IS NOT NULL ORDER BY type, name"
        ).fetchall()
    conn.close()
    return rows


@pytest.mark.parametrize("step", STEPS[1:])
def test_a_database_migrated_from_any_earlier_step_equals_a_fresh_one(tmp_path: Path, step: str) -> None:
    fresh, old = tmp_path / "fresh.db", tmp_path / "old.db"
    with opened(fresh):
        pass
    begun = Database(sqlite3.connect(old))
    migrations.apply(begun, stop_before=step)
    begun.close()
    assert schema(old) != schema(fresh)
    with opened(old):
        pass
    assert schema(old) == schema(fresh)


def test_what_was_stored_before_a_step_is_there_after_it(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    begun = Database(sqlite3.connect(path))
    migrations.apply(begun, stop_before=STEPS[-1])
    store.put_state(begun, FetchState(source="tin24/1", etag='"x"', entries=7))
    begun.close()
    with opened(path) as db:
        assert store.states(db)["tin24/1"].entries == 7


def test_steps_are_named_in_their_order_so_that_none_slips_between_two() -> None:
    assert sorted(STEPS) == STEPS


def test_a_database_of_a_newer_program_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    with opened(path) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('monitor', 'm999_future', '2030-01-01')"
        )
    before = schema(path)
    with pytest.raises(StoreError) as caught, opened(path):
        pass
    assert caught.value.key == "database_newer"
    assert "m999_future" in wording(caught.value)
    assert schema(path) == before


@pytest.mark.parametrize(
    "content", [b"this is a letter, not a database\n" * 300, b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_file_that_is_no_database_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "monitor.db"
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught, opened(path):
        pass
    assert caught.value.key == "database_unusable"
    assert str(path) in wording(caught.value)
    assert path.read_bytes() == content


def test_a_folder_where_the_database_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "monitor.db").mkdir()
    with pytest.raises(StoreError), opened(tmp_path / "monitor.db"):
        pass


def test_a_file_where_the_data_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(StoreError), opened(tmp_path / "data" / "monitor.db"):
        pass


def test_damage_that_shows_only_while_reading_is_told_too(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    with opened(path) as db:
        for n in range(300):
            db.execute(
                "INSERT INTO articles (id, outlet, title, text, found, completeness) VALUES (?, 'x', ?, ?, ?, 'feed')",
                [f"a{n}", f"tin {n}", "chữ " * 300, NOW.isoformat()],
            )
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()[0]
        size = db.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(StoreError) as caught, opened(path) as db:
        list(articles.between(db))
    assert caught.value.key == "database_unusable"


def test_an_error_of_ones_own_is_not_taken_for_a_damaged_file(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.IntegrityError), opened(tmp_path / "monitor.db") as db:
        db.execute("INSERT INTO aliases (url_key, article) VALUES ('k', 'nobody')")


def test_the_log_is_written_ahead_and_foreign_keys_hold(tmp_path: Path) -> None:
    with opened(tmp_path / "monitor.db") as db:
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert integrity(db) == "ok"
        tidy(db)
        assert integrity(db) == "ok"


def test_a_fresh_database_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    path, together = tmp_path / "monitor.db", threading.Barrier(6)

    def one(n: int) -> str:
        together.wait()
        with opened(path) as db:
            store.put_state(db, FetchState(source=f"s/{n}"))
            return integrity(db)

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(one, range(6))) == {"ok"}
    with opened(path) as db:
        assert len(store.states(db)) == 6


def test_two_writers_wait_for_each_other_instead_of_failing(tmp_path: Path) -> None:
    # A transaction that reads before it writes fails at once where another one wrote in between,
    # whatever the busy timeout is, unless it asks for the right to write first.
    path = tmp_path / "monitor.db"
    with opened(path):
        pass
    together = threading.Barrier(2)

    def write(name: str) -> None:
        db = open_database(path)
        try:
            together.wait()
            for n in range(60):
                from_ = f"{name}/{n}"
                with db.atomic():
                    addresses.known(db, [from_])
                    store.put_state(db, FetchState(source=from_))
        finally:
            db.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ["a", "b"]))
    with opened(path) as db:
        assert len(store.states(db)) == 120


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o500)
    with pytest.raises(StoreError), opened(folder / "monitor.db"):
        pass
