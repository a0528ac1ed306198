"""The audit finds any single event that was changed, removed or moved, up to the last head that left the office."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.desk.audit import audit
from monitor.errors import UsageError
from monitor.model.event import AnchorKind, Flaw, Happening
from monitor.store import events
from monitor.store.chain import ROOT, digest
from monitor.store.db import Database, opened

NOW = datetime(2026, 11, 5, 2, tzinfo=UTC)
COUNT = 12


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "monitor.db") as made:
        with made.atomic():
            for n in range(COUNT):
                happened = Happening(action="note.add", thing=f"n{n}", refs=("u1",))
                events.append(made, [happened], case="", actor="u1", now=NOW + timedelta(minutes=n))
                if n == 7:
                    events.anchor(made, AnchorKind.PAPER, "07/LĐLĐ-TG", NOW)
        # What somebody with the file and a little knowledge would do first.
        made.execute("DROP TRIGGER events_unchanged")
        made.execute("DROP TRIGGER events_kept")
        yield made


def forge(db: Database, start: int) -> None:
    """Computes all hashes from ``start`` on anew, as somebody who knows the form would."""
    previous = db.execute("SELECT hash FROM events WHERE n = ?", [start - 1]).fetchone()
    mark = previous[0] if previous else ROOT
    for event in [e for e in events.every(db) if e.n >= start]:
        happened = Happening(
            action=event.action, thing=event.thing, before=event.before, after=event.after, why=event.why,
            refs=event.refs,
        )  # fmt: skip
        new = digest(
            n=event.n, at=event.at, actor=event.actor, case=event.case, happened=happened, on_behalf="", previous=mark
        )
        db.execute("UPDATE events SET previous = ?, hash = ? WHERE n = ?", [mark, new, event.n])
        mark = new


def test_an_untouched_log_holds_and_says_what_lies_after_the_last_printed_head(db: Database) -> None:
    report = audit(db)
    assert report.flaws == ()
    assert (report.count, report.anchored, report.after) == (COUNT, 8, 4)
    assert report.anchor is not None
    assert report.anchor.where == "07/LĐLĐ-TG"


@pytest.mark.parametrize("n", range(1, COUNT + 1))
@pytest.mark.parametrize(
    "column", ["at", "actor", "case_id", "action", "thing", "before", "after", "why", "refs", "on_behalf"]
)
def test_a_changed_field_is_found_wherever_it_is(db: Database, n: int, column: str) -> None:
    value = {"at": "2026-11-05T01:00:00.000000+00:00", "refs": json.dumps(["u2"])}.get(column, "khac")
    db.execute(f"UPDATE events SET {column} = ? WHERE n = ?", [value, n])
    assert (n, Flaw.CHANGED) in {(at, flaw) for at, flaw, _ in audit(db).flaws}


@pytest.mark.parametrize("n", range(1, COUNT))
def test_a_removed_event_is_found(db: Database, n: int) -> None:
    db.execute("DELETE FROM events WHERE n = ?", [n])
    assert (n, Flaw.MISSING) in {(at, flaw) for at, flaw, _ in audit(db).flaws}


@pytest.mark.parametrize("n", range(1, COUNT))
def test_two_events_that_changed_places_are_found(db: Database, n: int) -> None:
    db.execute("UPDATE events SET n = -1 WHERE n = ?", [n])
    db.execute("UPDATE events SET n = ? WHERE n = ?", [n, n + 1])
    db.execute("UPDATE events SET n = ? WHERE n = -1", [n + 1])
    assert audit(db).flaws


@pytest.mark.parametrize("n", range(1, 9))
def test_a_chain_made_anew_after_a_change_is_given_away_by_the_printed_head(db: Database, n: int) -> None:
    db.execute("UPDATE events SET actor = 'u9' WHERE n = ?", [n])
    forge(db, n)
    assert audit(db).flaws == ((8, Flaw.ANCHOR, "07/LĐLĐ-TG"),)


@pytest.mark.parametrize("n", range(1, 9))
def test_a_chain_made_anew_after_a_removal_is_given_away_too(db: Database, n: int) -> None:
    db.execute("DELETE FROM events WHERE n = ?", [n])
    db.execute("UPDATE events SET n = n - 1 WHERE n > ?", [n])
    forge(db, n)
    assert {(at, flaw) for at, flaw, _ in audit(db).flaws} == {(8, Flaw.ANCHOR)}


def test_a_log_cut_off_before_the_printed_head_is_found(db: Database) -> None:
    db.execute("DELETE FROM events WHERE n > 5")
    assert (8, Flaw.ANCHOR, "07/LĐLĐ-TG") in audit(db).flaws


def test_beyond_the_last_head_only_a_head_read_off_paper_helps(db: Database) -> None:
    head = events.head(db)
    assert head is not None
    assert audit(db, [str(head)]).after == 0
    db.execute("UPDATE events SET actor = 'u9' WHERE n = 11")
    forge(db, 11)
    assert audit(db).flaws == ()
    assert audit(db).after == 4
    assert audit(db, [str(head)]).flaws == ((12, Flaw.ANCHOR, str(head)),)


@pytest.mark.parametrize("text", ["", "12", "abc-12345678", "12-1234567", "12-zzzzzzzzzz"])
def test_what_cannot_be_a_head_is_refused(db: Database, text: str) -> None:
    with pytest.raises(UsageError, match="head_unreadable"):
        audit(db, [text])


def test_the_log_refuses_changes_by_itself(tmp_path: Path) -> None:
    import sqlite3

    with opened(tmp_path / "other.db") as db:
        with db.atomic():
            events.append(db, [Happening(action="note.add")], case="", actor="u1", now=NOW)
        for words in ("UPDATE events SET actor = 'x'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError):
                db.execute(words)
