"""Evidence in the database: kept once, never renumbered, given back to the byte or said to be damaged."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from evidence_making import NOW

from monitor.errors import InputError, MonitorError, StoreError, UsageError
from monitor.labels import wording
from monitor.model.evidence import Bailiff, Evidence, EvidenceKind, MissingEvidence, MissingReason
from monitor.model.fetch import Status
from monitor.store import evidence as store
from monitor.store.db import Database, opened


def piece(**changes: Any) -> Evidence:
    told: dict[str, Any] = {
        "case": "V1", "kind": EvidenceKind.SCAN, "name": "trang 3.pdf", "media_type": "application/pdf",
        "taken": NOW, "by": "p1", "article": "a1", "url": "http://bao.test/1", "note": "Bản quét",
    }  # fmt: skip
    return Evidence(**(told | changes))


def bytes_of(db: Database, ident: str) -> bytes:
    return b"".join(store.body(db, ident))


def test_what_is_put_comes_back_with_id_hash_and_size(db: Database) -> None:
    kept = store.put(db, piece(), b"%PDF-1.7")
    assert kept == piece(id="b1", sha256=hashlib.sha256(b"%PDF-1.7").hexdigest(), size=8)
    assert store.get(db, "b1") == store.get(db, "B1") == kept
    assert store.of_case(db, "V1") == store.of_article(db, "a1") == [kept]
    assert bytes_of(db, "b1") == b"%PDF-1.7"


def test_the_same_bytes_are_evidence_of_a_case_once_and_of_two_cases_with_one_body(db: Database) -> None:
    first = store.put(db, piece(), b"%PDF-1.7")
    assert store.put(db, piece(name="khac.pdf"), b"%PDF-1.7") == first
    other = store.put(db, piece(case="V2"), b"%PDF-1.7")
    assert other.id == "b2"
    assert db.execute("SELECT COUNT(*) FROM evidence_bodies").fetchone()[0] == 1
    assert bytes_of(db, "b2") == b"%PDF-1.7"


def test_numbers_only_grow_even_after_something_was_taken_back(db: Database) -> None:
    store.put(db, piece(), b"1")
    with pytest.raises(RuntimeError), db.atomic():
        store.put(db, piece(), b"2")
        raise RuntimeError
    assert [one.id for one in store.of_case(db, "V1")] == ["b1"]
    db.execute("DELETE FROM evidence WHERE n = 1")
    assert store.put(db, piece(), b"3").id == "b2"


@pytest.mark.parametrize("raw", [b"a" * 3_000_000, os.urandom(3_000_000)], ids=["text", "noise"])
def test_a_large_body_is_packed_where_that_is_worth_it(db: Database, raw: bytes) -> None:
    kept = store.put(db, piece(), raw)
    packed, size = db.execute("SELECT packed, LENGTH(body) FROM evidence_bodies").fetchone()
    assert (bool(packed), size < 100_000) == ((True, True) if raw[:9] == b"a" * 9 else (False, False))
    assert bytes_of(db, kept.id) == raw


def test_a_file_on_disk_is_read_in_steps_and_kept_as_it_is(db: Database, tmp_path: Path) -> None:
    raw = os.urandom(2_500_000)
    (tmp_path / "ghi am.mp3").write_bytes(raw)
    with db.atomic():
        kept = store.put(db, piece(kind=EvidenceKind.RECORDING), tmp_path / "ghi am.mp3")
    assert (kept.size, kept.sha256) == (len(raw), hashlib.sha256(raw).hexdigest())
    assert bytes_of(db, kept.id) == raw
    assert store.put(db, piece(), raw) == kept


@pytest.mark.parametrize(
    ("raw", "key"), [(b"", "evidence_empty"), (b"x" * 2_000_001, "evidence_too_large")], ids=["empty", "large"]
)
@pytest.mark.parametrize("on_disk", [False, True])
def test_an_empty_and_a_too_large_file_are_refused_with_words(
    db: Database, tmp_path: Path, raw: bytes, key: str, on_disk: bool
) -> None:
    (tmp_path / "tep").write_bytes(raw)
    with pytest.raises(InputError) as caught:
        store.put(db, piece(), tmp_path / "tep" if on_disk else raw, limit=2_000_000)
    assert caught.value.key == key
    assert "trang 3.pdf" in wording(caught.value)
    assert store.of_case(db, "V1") == []


def test_a_file_that_is_not_there_is_said(db: Database, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        store.put(db, piece(), tmp_path / "khong-co")
    assert caught.value.key == "file_unreadable"


def test_a_file_that_grows_while_it_is_read_is_not_kept(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "dang ghi.mp3"
    file.write_bytes(b"ID3" + bytes(100))
    digest = store._digest(file)

    def grow(path: Path) -> str:
        path.write_bytes(b"ID3" + bytes(200))
        return digest

    monkeypatch.setattr(store, "_digest", grow)
    with pytest.raises(InputError) as caught, db.atomic():
        store.put(db, piece(), file)
    assert caught.value.key == "evidence_changing"
    assert db.execute("SELECT COUNT(*) FROM evidence_bodies").fetchone()[0] == 0


@pytest.mark.parametrize("body", [b"%PDF-1.7", b"chu " * 1000], ids=["plain", "packed"])
def test_bytes_that_were_changed_in_the_database_are_found(db: Database, body: bytes) -> None:
    kept = store.put(db, piece(), body)
    db.execute("UPDATE evidence_bodies SET body = ? || SUBSTR(body, 2)", [b"\x00"])
    with pytest.raises(StoreError) as caught:
        bytes_of(db, kept.id)
    assert caught.value.key == "evidence_damaged"
    assert kept.id in wording(caught.value)


def test_loose_evidence_is_given_to_a_case_and_not_taken_from_one(db: Database) -> None:
    loose, taken = store.put(db, piece(case=""), b"1"), store.put(db, piece(case="V2"), b"2")
    store.give(db, [loose.id], "V1")
    store.give(db, [loose.id], "V1")
    assert store.of_case(db, "V1") == [replace(loose, case="V1")]
    assert store.of_case(db, "") == []
    with pytest.raises(UsageError) as caught:
        store.give(db, [taken.id], "V1")
    assert caught.value.key == "evidence_elsewhere"


def test_the_bailiff_s_act_is_recorded_and_taken_back(db: Database) -> None:
    kept = store.put(db, piece(), b"1")
    act = Bailiff(office="Văn phòng Thừa phát lại Hư Cấu", number="45/2026/VB-TPL", dated=date(2026, 11, 7))
    assert store.set_bailiff(db, kept.id, act) == store.get(db, kept.id) == replace(kept, bailiff=act)
    store.set_bailiff(db, kept.id, None)
    assert store.get(db, kept.id) == kept
    assert store.put(db, piece(bailiff=act), b"2").bailiff == store.get(db, "b2").bailiff == act


@pytest.mark.parametrize("ident", ["b9", "x1", "b", "", "b١", "b-1", "b1; DROP", "b" + "9" * 40])
def test_an_unknown_id_is_said(db: Database, ident: str) -> None:
    for ask in (lambda: store.get(db, ident), lambda: bytes_of(db, ident), lambda: store.give(db, [ident], "V1")):
        with pytest.raises(MonitorError) as caught:
            ask()
        assert caught.value.key == "evidence_unknown"


def test_what_could_not_be_had_is_kept(db: Database) -> None:
    lacks = [
        MissingEvidence(
            kind=EvidenceKind.PAGE, reason=MissingReason.PAGE_NOT_HAD, article="a1", url="http://bao.test/1", at=NOW,
            status=Status.GONE, detail="404",
        ),
        MissingEvidence(kind=EvidenceKind.SCREENSHOT, reason=MissingReason.NO_BROWSER, at=NOW),
    ]  # fmt: skip
    for one in lacks:
        store.put_missing(db, "V1", one)
    assert store.missing_of(db, "V1") == lacks
    assert store.missing_of(db, "V2") == []


def test_another_connection_reads_what_was_stored(tmp_path: Path) -> None:
    with opened(tmp_path / "monitor.db") as db:
        store.put(db, piece(), b"%PDF")
    with sqlite3.connect(tmp_path / "monitor.db") as conn:
        assert conn.execute("SELECT body FROM evidence_bodies").fetchone()[0] == b"%PDF"
    conn.close()
