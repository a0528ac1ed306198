"""What the tables of access hold: bounded, indexed, and nothing that would let anybody in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from press_server import NOW

from monitor.model.access import Link, LinkKind, Session
from monitor.model.people import OfficeRole, Person
from monitor.store import access, access_links, people
from monitor.store.db import Database, opened

HOA = Person(id="u1", name="Hoa", roles=(OfficeRole.PRESS,))
MAI = Person(id="u2", name="Mai", roles=(OfficeRole.ADMIN,))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "monitor.db") as made, made.atomic():
        people.put(made, HOA)
        people.put(made, MAI)
        yield made


def test_of_a_person_the_twenty_devices_used_last_stay_known(db: Database) -> None:
    access.know(db, "mai", MAI.id, NOW)
    for n in range(25):
        access.know(db, f"d{n}", HOA.id, NOW + timedelta(days=n))
    access.know(db, "d10", HOA.id, NOW + timedelta(days=99))
    assert [n for n in range(25) if access.knows(db, f"d{n}", HOA.id)] == [*range(5, 25)]
    assert access.knows(db, "mai", MAI.id)
    assert not access.knows(db, "mai", HOA.id)
    assert access.known(db, "mai")
    assert not access.known(db, "d0")


def test_attempts_are_counted_under_their_key_and_forgotten(db: Database) -> None:
    for _ in range(3):
        access.count_failure(db, "a", NOW, "x")
    access.count_failure(db, "a", NOW + timedelta(hours=1), "y")
    access.count_failure(db, "b", NOW)
    assert access.failures(db, "a") == (4, 2, NOW + timedelta(hours=1))
    access.forgive(db, "a", "x")
    assert access.failures(db, "a") == (1, 1, NOW + timedelta(hours=1))
    access.forget_failures(db, NOW + timedelta(hours=24, minutes=30))
    assert access.failures(db, "b") == (0, 0, None)
    assert access.failures(db, "a")[0] == 1
    access.forget_failures(db, NOW - timedelta(days=1))  # the clock was ahead
    assert access.failures(db, "a") == (0, 0, None)


def test_a_new_link_ends_those_for_the_same_thing_alone(db: Database) -> None:
    def link(kind: LinkKind, **said: str) -> Link:
        return Link(kind=kind, made=NOW, expires=NOW + timedelta(days=1), **said)

    access_links.put(db, link(LinkKind.PASSWORD, person="u1"), "one")
    access_links.put(db, link(LinkKind.PASSWORD, person="u2"), "two")
    access_links.put(db, link(LinkKind.ANSWER, case="VV1", assignment="a1"), "three")
    access_links.put(db, link(LinkKind.ANSWER, case="VV2", assignment="a1"), "four")
    access_links.put(db, link(LinkKind.ANSWER, case="VV1", assignment="a1"), "five")
    found = {mark: access_links.get(db, mark, LinkKind.ANSWER, NOW) for mark in ("three", "four", "five")}
    assert [mark for mark, one in found.items() if one] == ["four", "five"]
    assert access_links.get(db, "one", LinkKind.PASSWORD, NOW)
    assert access_links.get(db, "one", LinkKind.ANSWER, NOW) is None
    access_links.drop_of(db, "u1")
    assert access_links.get(db, "one", LinkKind.PASSWORD, NOW) is None
    assert access_links.get(db, "two", LinkKind.PASSWORD, NOW)


def test_what_is_asked_with_every_page_needs_no_look_at_every_row(db: Database) -> None:
    session = Session(id="s", person=HOA, csrf="c", created=NOW, seen=NOW, expires=NOW)
    access.begin(db, session, "h")
    for sql in (
        "SELECT * FROM access_sessions WHERE hash = ?",
        "SELECT * FROM access_sessions WHERE person = ?",
        "DELETE FROM access_sessions WHERE expires <= ?",
        "SELECT 1 FROM access_devices WHERE hash = ? LIMIT 1",
        "SELECT sum(count), count(*), max(last) FROM access_failures WHERE key = ?",
        "DELETE FROM access_failures WHERE last < ?",
        "SELECT person FROM access_tokens WHERE hash = ?",
        "SELECT * FROM access_links WHERE hash = ?",
    ):
        plan = " ".join(str(row[3]) for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", ["x"]))
        assert "SCAN" not in plan, (sql, plan)
