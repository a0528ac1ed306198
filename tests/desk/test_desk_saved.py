"""Saved filters are a person's own; presence is short, and tells nothing of what one may not see."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from finding_making import LEADER, NOW, PRESS, WARD, ident, office, put, sits

from monitor.desk import triage
from monitor.desk.intake import NewItem, take_in
from monitor.desk.presence import look, others
from monitor.desk.saved import forget, save, saved
from monitor.desk.triage import Opening
from monitor.errors import RefusedError, UsageError
from monitor.labels import wording
from monitor.model.source import Medium
from monitor.store.db import Database, opened


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "data" / "monitor.db") as made:
        office(made)
        put(made, 1)
        yield made


def test_a_filter_is_kept_for_a_page_and_the_same_name_replaces_it(tmp_path: Path, db: Database) -> None:
    here = sits(tmp_path, db)
    save(here, "inbox", "  Đình công ", "words=dinh+cong")
    save(here, "inbox", "Ăn ca", "topic=T06")
    kept = save(here, "inbox", "Đình công", "words=ngung+viec")
    assert [(one.name, one.query) for one in saved(here, "inbox")] == [
        ("Ăn ca", "topic=T06"), ("Đình công", "words=ngung+viec"),
    ]  # fmt: skip
    assert saved(here, "search") == saved(sits(tmp_path, db, PRESS), "inbox") == ()
    with pytest.raises(RefusedError):
        forget(sits(tmp_path, db, PRESS), kept.id)
    forget(here, kept.id)
    assert len(saved(here, "inbox")) == 1


def test_what_cannot_be_kept_is_refused_in_words(tmp_path: Path, db: Database) -> None:
    here = sits(tmp_path, db)
    for name, query in (("", "a"), ("  ", "a"), ("x" * 61, "a"), ("x", "a" * 2001)):
        with pytest.raises(RefusedError) as caught:
            save(here, "inbox", name, query)
        assert wording(caught.value)
    for n in range(30):
        save(here, "inbox", f"lọc {n}", "a")
    save(here, "inbox", "lọc 7", "b")
    save(here, "search", "lọc", "b")
    with pytest.raises(RefusedError) as caught:
        save(here, "inbox", "thêm", "a")
    assert "30" in wording(caught.value)


def test_others_are_seen_for_three_minutes(tmp_path: Path, db: Database) -> None:
    here, press = sits(tmp_path, db), sits(tmp_path, db, PRESS)
    look(press, ident(1), NOW)
    assert others(press, ident(1), NOW) == ()
    assert others(here, ident(1), NOW) == (("u2", "Báo", NOW),)
    for minutes in (2, 4):
        look(press, ident(1), NOW + timedelta(minutes=minutes))
    assert others(here, ident(1), NOW + timedelta(minutes=6)) == (("u2", "Báo", NOW),)
    assert others(here, ident(1), NOW + timedelta(minutes=8)) == ()
    back = NOW + timedelta(minutes=20)
    look(press, ident(1), back)
    assert others(here, ident(1), back) == (("u2", "Báo", back),)


def test_old_rows_go(tmp_path: Path, db: Database) -> None:
    look(sits(tmp_path, db, PRESS), ident(1), NOW)
    look(sits(tmp_path, db), ident(1), NOW + timedelta(minutes=61))
    assert [person for (person,) in db.execute("SELECT person FROM presence").fetchall()] == ["u1"]


def test_a_hidden_case_and_one_that_is_not_there_are_refused_alike(tmp_path: Path, db: Database) -> None:
    leader, ward = sits(tmp_path, db, LEADER), sits(tmp_path, db, WARD)
    case = triage.open_case(leader, [ident(1)], Opening(title="Kín", allowed=()))
    look(leader, case.id, NOW)
    said = set()
    for thing in (case.id, case.id.lower(), "VV2026-9999", "x"):
        for act in (lambda thing=thing: look(ward, thing, NOW), lambda thing=thing: others(ward, thing, NOW)):
            with pytest.raises(UsageError) as caught:
                act()
            said.add(wording(caught.value).replace(thing, "?"))
    assert len(said) == 1
    look(leader, case.id.lower(), NOW + timedelta(minutes=1))
    assert db.execute("SELECT count(*) FROM presence").fetchone()[0] == 1


def test_an_item_that_stands_only_in_a_hidden_case_is_as_unknown(tmp_path: Path, db: Database) -> None:
    press, ward = sits(tmp_path, db, PRESS), sits(tmp_path, db, WARD)
    said = NewItem(
        medium=Medium.RADIO, at=NOW - timedelta(hours=2), title="Bản tin trưa", outlet="Đài Thử",
        text="Bản tin phát thanh về công đoàn.", seen_by="Người nghe đài",
    )  # fmt: skip
    item = take_in(press, said).article.id
    look(press, item, NOW)
    assert others(ward, item, NOW)  # nobody hid it yet
    triage.open_case(sits(tmp_path, db, LEADER), [item], Opening(title="Kín", allowed=(PRESS.id,)))
    for act in (lambda: look(ward, item, NOW), lambda: others(ward, item, NOW)):
        with pytest.raises(UsageError, match="case_unknown"):
            act()
    look(press, item, NOW)
    assert others(sits(tmp_path, db, LEADER), item, NOW)


def test_a_page_does_not_wait_for_another_writer(tmp_path: Path, db: Database) -> None:
    writer = sqlite3.connect(tmp_path / "data" / "monitor.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    try:
        look(sits(tmp_path, db), ident(1), NOW)
    finally:
        writer.execute("ROLLBACK")
        writer.close()
    assert db.execute("SELECT count(*) FROM presence").fetchone()[0] == 0
    assert db.execute("PRAGMA busy_timeout").fetchone()[0] == 30_000
