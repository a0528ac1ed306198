"""What the log vouches for: the documents of papers, heads that really left, and acts whole with their files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_running import Run
from press_server import outlet, write_home

from monitor.config import Home
from monitor.desk.audit import audit
from monitor.model.event import AnchorKind, Flaw
from monitor.store import cases, events
from monitor.store import evidence as files
from monitor.store.db import Database, opened

PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64
CASE = "VV2026-0001"


@pytest.fixture
def office(run: Run, root: Path, surroundings: pytest.MonkeyPatch) -> Home:
    """One person with every right, and a case on an item entered by hand."""
    surroundings.delenv("MONITOR_USER", raising=False)
    surroundings.setenv("LOGNAME", "anh.nv")
    home = write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    words = ("--outlet", "tin24", "--date", "05/11/2026", "--page", "5", "--title", "Quỹ công đoàn đi đâu?")
    assert run("intake", "print", *words).code == 0
    with opened(home.database) as db:
        (item,) = (row[0] for row in db.execute("SELECT id FROM articles").fetchall())
    assert run("case", "open", item, "--no-evidence").code == 0
    (root / "scan.png").write_bytes(PICTURE)
    return home


def prepared(run: Run, upto: str = "number") -> str:
    """A submission, ready to be issued."""
    done = run("letter", "draft", CASE, "submission")
    assert done.code == 0, done
    ref = done.out.split()[0]
    steps = (("submit",), ("sign",), ("number", "7", "--date", "2026-11-08"))
    for name, *more in steps:
        done = run("letter", name, ref, *more)
        assert done.code == 0, done
        if name == upto:
            break
    return ref


def kinds(home: Home) -> list[AnchorKind]:
    with opened(home.database) as db:
        return [anchor.kind for anchor in events.anchors(db)]


# Which bytes a paper is.


def _other_bytes(db: Database) -> None:
    """Body and hash exchanged together: the evidence itself is in order."""
    new = b"An invented letter."
    mark = hashlib.sha256(new).hexdigest()
    (old,) = db.execute("SELECT sha256 FROM evidence ORDER BY n DESC LIMIT 1").fetchone()
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(
        "UPDATE evidence_bodies SET sha256 = ?, size = ?, packed = 0, body = ? WHERE sha256 = ?",
        [mark, len(new), new, old],
    )
    db.execute("UPDATE evidence SET sha256 = ? WHERE sha256 = ?", [mark, old])


def _damaged(db: Database) -> None:
    db.execute(
        "UPDATE evidence_bodies SET packed = 0, body = zeroblob(9) WHERE n = (SELECT MAX(n) FROM evidence_bodies)"
    )


def _gone(db: Database) -> None:
    db.execute("DELETE FROM evidence WHERE n = (SELECT MAX(n) FROM evidence)")


def _another(db: Database) -> None:
    """The paper says that another piece of evidence is its document."""
    (doc,) = db.execute("SELECT doc FROM cases").fetchone()
    said = json.loads(doc)
    said["papers"][0]["file"] = "b1"
    db.execute("UPDATE cases SET doc = ?", [json.dumps(said)])


@pytest.mark.parametrize("forge", [_other_bytes, _damaged, _gone, _another])
def test_a_document_exchanged_behind_the_log_is_found(
    run: Run, office: Home, forge: Callable[[Database], None]
) -> None:
    ref = prepared(run)
    assert run("letter", "issue", ref).code == 0
    with opened(office.database) as db:
        assert audit(db).flaws == ()
        forge(db)
        assert Flaw.EVIDENCE in {flaw for _, flaw, _ in audit(db).flaws}
    done = run("case", "audit")
    assert done.code == 1
    assert "không còn khớp nhật ký" in done.out


def test_every_document_of_a_paper_stands_in_the_log_with_its_hash(run: Run, office: Home, root: Path) -> None:
    ref, scan = prepared(run), str(root / "scan.png")
    assert run("letter", "issue", ref).code == 0
    words = ("--from", "Báo", "--date", "2026-11-05", "--arrival-number", "3", "--arrived", "2026-11-06")
    assert run("letter", "arrive", CASE, *words, "--subject", "Trả lời", "--file", scan).code == 0
    with opened(office.database) as db:
        (case,) = cases.every(db)
        told = [event for event in events.every(db) if event.action.endswith(".file")]
        held = {one.id: files.get(db, one.file) for one in (*case.papers, *case.arrivals)}
    paper = "v" + ref.partition("/v")[2]
    assert [event.thing for event in told] == [*[paper] * 3, case.arrivals[0].id]  # drafted, numbered, issued
    last = {event.thing: event.refs for event in told}
    assert last == {thing: (f"{file.id}:{file.sha256}",) for thing, file in held.items()}


# Heads that left.


def test_a_paper_that_the_program_printed_carries_its_head(run: Run, office: Home) -> None:
    assert run("letter", "issue", prepared(run)).code == 0
    assert kinds(office) == [AnchorKind.PAPER]


def test_a_scan_or_a_document_of_staff_has_no_head_in_it(run: Run, office: Home, root: Path) -> None:
    assert run("letter", "issue", prepared(run), "--file", str(root / "scan.png")).code == 0
    ref = run("letter", "draft", CASE, "submission").out.split()[0]
    (root / "sua.png").write_bytes(PICTURE + b"1")
    assert run("letter", "redraft", ref, "--file", str(root / "sua.png")).code == 0
    for name, *more in (("submit",), ("sign",), ("number", "8", "--date", "2026-11-08"), ("issue",)):
        assert run("letter", name, ref, *more).code == 0
    assert kinds(office) == []
    with opened(office.database) as db:
        assert [paper.head for case in cases.every(db) for paper in case.papers] == [None, None]


def test_a_pack_that_could_not_be_written_never_left(run: Run, office: Home, root: Path) -> None:
    with opened(office.database) as db:
        before = events.head(db)
    run("case", "evidence", CASE, "-o", str(root / "khong" / "goi.zip")).complains("goi.zip")
    with opened(office.database) as db:
        assert events.head(db) == before
    assert kinds(office) == []
    assert run("case", "evidence", CASE, "-o", str(root / "goi.zip")).code == 0
    assert kinds(office) == [AnchorKind.PACK]
    with opened(office.database) as db:
        assert audit(db).flaws == ()


def test_the_file_beside_the_database_proves_nothing(run: Run, office: Home, root: Path) -> None:
    assert run("case", "file", CASE).code == 0
    assert run("case", "close", CASE, "--without", "mistaken", "--why", "Nhầm").code == 0
    assert (root / "data" / "cases" / f"{CASE}.zip").exists()
    assert kinds(office) == []
    assert run("case", "file", CASE, "-o", str(root / "ho-so.zip")).code == 0
    assert kinds(office) == [AnchorKind.PACK]


# Both or neither.


def test_a_refused_issue_leaves_no_file_behind(run: Run, office: Home, root: Path) -> None:
    ref, scan = prepared(run, "submit"), str(root / "scan.png")
    with opened(office.database) as db:
        before = events.head(db)
        evidence = len(files.of_case(db, CASE))
    run("letter", "issue", ref, "--file", scan).complains("ký")
    run("letter", "redraft", ref, "--file", scan).complains()
    words = ("--from", "Báo", "--date", "2026-11-07", "--arrival-number", "3", "--arrived", "2026-11-06")
    run("letter", "arrive", CASE, *words, "--subject", "Trả lời", "--file", scan).complains()
    with opened(office.database) as db:
        assert events.head(db) == before
        assert len(files.of_case(db, CASE)) == evidence


def test_a_paper_is_issued_with_its_watch_or_not_at_all(run: Run, office: Home, root: Path) -> None:
    ref = prepared(run)
    rules = root / "rules" / "watch.yaml"
    before = rules.read_bytes() if rules.exists() else None
    try:
        rules.write_text("rhythm: [", encoding="utf-8")
        run("letter", "issue", ref).complains("watch.yaml")
    finally:
        rules.unlink() if before is None else rules.write_bytes(before)
    with opened(office.database) as db:
        assert [p.state.value for case in cases.every(db) for p in case.papers] == ["numbered"]
    assert kinds(office) == []


def test_the_vi_bang_of_a_piece_of_evidence_is_recorded_and_shown(office: Home, run: Run, root: Path) -> None:
    assert run("case", "evidence", CASE, "--file", str(root / "scan.png")).code == 0
    words = ("--bailiff", "b1", "Văn phòng Thừa phát lại Lào Cai", "12/VB-TPL", "06/11/2026")
    assert "Vi bằng số 12/VB-TPL ngày 06/11/2026" in run("case", "evidence", CASE, *words).out
    assert run("case", "evidence", CASE, "--bailiff", "b9", *words[2:]).code == 2
    with opened(office.database) as db:
        assert audit(db).flaws == ()
