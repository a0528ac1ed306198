"""Reports that were issued: frozen in every form, each version beside the one before, nothing half done."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from finding_making import PRESS, WARD, put
from half_year_making import Hand, moment
from issuing_making import CLERK, HIDDEN, filled, here, plain, rules
from test_desk_reporting import LATER

from monitor.desk import papers, report_issuing, report_paper, report_sending
from monitor.desk.audit import audit
from monitor.errors import ConflictError, RefusedError, StoreError, UsageError
from monitor.labels import label
from monitor.model.action import Step
from monitor.model.delivery import MessageKind
from monitor.model.event import AnchorKind
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.model.report_paper import IssuedReport
from monitor.report import half_year_checks
from monitor.store import events, outbox
from monitor.store import reports as store
from monitor.store.db import opened

DAY = date(2026, 7, 5)


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    monkeypatch.setenv("MONITOR_NOW", LATER.isoformat())
    monkeypatch.setenv("MONITOR_SOFFICE", "khong-co-chuong-trinh-nay")
    with opened(tmp_path / "data" / "monitor.db") as db:
        yield Hand(tmp_path, db)


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the forms the one in which every figure stands: where the others say nothing more."""
    monkeypatch.setattr(report_issuing, "_forms", lambda: ("json",))


def issue(hand: Hand, number: str = "45", **said: object) -> IssuedReport:
    return report_issuing.issue(here(hand), "2026H1", number=number, day=DAY, **said)  # type: ignore[arg-type]


def rows(hand: Hand) -> tuple[int, ...]:
    tables = ("reports", "report_files", "anchors", "events")
    return tuple(hand.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def test_an_issued_report_is_frozen_in_every_form_whatever_becomes_of_the_figures(hand: Hand) -> None:
    made = filled(hand)
    first = issue(hand, signer="Bà Mười", position="Chủ tịch")
    assert (first.id, first.number, first.version, first.day) == ("bc1", "45/BC-LĐLĐ", 1, DAY)
    assert [one.form for one in first.files] == ["docx", "xlsx", "html", "json"]
    before = {one.form: report_issuing.file(here(hand), "bc1", one.form) for one in first.files}
    put(hand.db, 1, at=moment("2026-02-01"))
    report_paper.write(here(hand), "2026H1", "II", "Lời khác")
    assert {form: report_issuing.file(here(hand), "BC1 ", form) for form in before} == before
    for form, body in before.items():
        said = plain(form, body)
        assert made["F"] not in said and HIDDEN not in said, form
        assert "BC-LĐLĐ" in said, form
    said = json.loads(before["json"])
    assert (said["version"], said["number"], said["day"], said["chain"]) == (1, "45", "2026-07-05", first.chain)
    assert said["head"]["signer"] == "Bà Mười"
    changed = {one.key: (one.before, one.after) for one in report_issuing.changes_since(here(hand), "bc1")}
    total = next(number for key, _, number in first.figures if key == "items.total")
    assert total and changed["items.total"] == (total, total + 1)


@pytest.mark.usefixtures("light")
def test_the_log_vouches_for_what_was_issued(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    hand.opened(moment("2026-02-03"))
    found = issue(hand)
    anchor = events.anchors(hand.db)[-1]
    assert (anchor.kind, anchor.where, str(anchor.head)) == (AnchorKind.REPORT, "bc1", found.chain)
    last = list(events.every(hand.db))[-1]
    assert (last.action, last.thing, last.refs) == ("report.issue", "bc1", (f"json:{found.sha256}",))
    told = audit(hand.db, [found.chain])
    assert told.flaws == () and told.anchored == anchor.head.count == last.n - 1
    for (name,) in hand.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"):
        hand.db.execute(f"DROP TRIGGER {name}")
    hand.db.execute("UPDATE events SET why = 'x' WHERE n = 1")
    assert audit(hand.db, [found.chain]).flaws


@pytest.mark.usefixtures("light")
def test_issuing_again_makes_a_version_that_lists_every_figure_that_is_another(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    issue(hand)
    with pytest.raises(RefusedError, match="report_unchanged"):
        issue(hand, "46")
    put(hand.db, 2, outlet="la-ai", at=moment("2026-02-01"))
    second = issue(hand, "46a")
    assert (second.version, second.number, second.adjusts) == (2, "46a/BC-LĐLĐ", "45/BC-LĐLĐ ngày 05/7/2026")
    changes = {one.key: (one.before, one.after) for one in second.changes}
    assert changes["items.total"] == (1, 2)
    assert changes["items.unknown"] == (None, 1)
    assert "items.central" not in changes
    told = {one.key: one.label for one in second.changes}
    assert told["items.month.2026-02"].endswith("Tổng số tin, bài – Tháng 02/2026")
    report_paper.write(here(hand), "2026H1", "IX", "Nhiệm vụ mới")
    third = issue(hand, "47")
    assert (third.version, third.changes, third.adjusts[:2]) == (3, (), "46")
    assert [one.id for one in report_issuing.issued(here(hand), "2026H1")] == ["bc3", "bc2", "bc1"]
    assert report_issuing.issued(here(hand), "2026Q1") == []
    draft = report_paper.paper(here(hand), "2026H1")
    assert (draft.version, draft.adjusts[:2], draft.changes) == (0, "47", ())


@pytest.mark.usefixtures("light")
def test_what_only_asks_an_officer_to_write_more_does_not_leave_the_office(hand: Hand) -> None:
    note = label("report_paper", "todo")
    report_paper.write(here(hand), "2026H1", "X", f"Kiến nghị một.\n{note}: thêm nữa.)\nKiến nghị hai.")
    assert any(note in one.text for one in report_paper.paper(here(hand), "2026H1").passages)
    issue(hand)
    said = json.loads(report_issuing.file(here(hand), "bc1", "json"))["passages"]
    assert not any(note in one["text"] for one in said)
    assert next(one["text"] for one in said if one["part"] == "X") == "Kiến nghị một.\nKiến nghị hai."


@pytest.mark.usefixtures("light")
def test_what_may_not_be_issued_is_refused_and_nothing_is_kept(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    before = rows(hand)

    def refused(key: str, said: str = "2026H1", *, number: str = "45", day: date = DAY, who: object = None) -> None:
        with pytest.raises(RefusedError, match=key):
            report_issuing.issue(here(hand, who), said, number=number, day=day)  # type: ignore[arg-type]

    refused("report_not_over", "2026H2")
    refused("report_not_over", "2026-07-01..2026-08-01")
    refused("report_day_early", day=date(2026, 6, 29))
    refused("report_day_future", day=date(2026, 8, 2))
    for number in ("", " ", "0", "00", "-1", "1234567", "45/QĐ", "x", "4 5", "45\n46", "=1+1", "٤٥", "<b>", "45ab"):
        refused("report_number", number=number)
    for who in (WARD, CLERK):
        refused("report_role", who=who)
    rules(hand.root, "  issue: leader\n")
    refused("report_role", who=PRESS)
    with pytest.raises(RefusedError, match="report_name_long"):
        issue(hand, signer="x" * 121)
    assert rows(hand) == before


@pytest.mark.usefixtures("light")
def test_a_number_is_given_once_among_all_papers_of_the_office(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    assert issue(hand, " 045/bc-lđlđ ").number == "45/BC-LĐLĐ"
    for number in ("45", "045"):
        with pytest.raises(RefusedError, match="number_taken"):
            report_issuing.issue(here(hand), "2026Q1", number=number, day=DAY)
    hand.db.execute("INSERT INTO paper_numbers VALUES ('ld', 50, 'BC-LĐLĐ', 2026, 'VV2026-0001', 'v1')")
    with pytest.raises(RefusedError, match="number_taken"):
        report_issuing.issue(here(hand), "2026Q1", number="50", day=DAY)
    with pytest.raises(RefusedError, match="report_day_before"):
        put(hand.db, 2, at=moment("2026-02-01"))
        report_issuing.issue(here(hand), "2026H1", number="51", day=date(2026, 7, 4))


@pytest.mark.usefixtures("light")
def test_a_letter_of_a_case_does_not_get_the_number_of_an_issued_report(hand: Hand) -> None:
    case = hand.opened(moment("2026-06-01")).id
    issue(hand)
    signed = PaperRecord(
        id="v1", kind=PaperKind.VERIFICATION_REPORT, state=PaperState.SIGNED, issuer="ld", subject="kết quả xác minh",
        drafted=moment("2026-07-01"), drafted_by="u1", signed=moment("2026-07-01"), edited=True,
    )  # fmt: skip
    clerk = here(hand, CLERK)
    clerk.act(case, lambda c: Step(case=replace(c, papers=(signed,)), happened=()))
    with pytest.raises(RefusedError, match="number_taken"):
        papers.number(clerk, case, "v1", value=45, symbol="BC-LĐLĐ", dated=DAY)
    made = papers.number(clerk, case, "v1", value=46, symbol="BC-LĐLĐ", dated=DAY)
    assert made.papers[0].sign == "46/BC-LĐLĐ"


@pytest.mark.usefixtures("light")
def test_killed_in_the_middle_nothing_of_it_is_there(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    hand.opened(moment("2026-02-03"))
    report_paper.paper(here(hand), "2026H1")
    before = rows(hand)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for where, name in ((report_issuing.store, "anchor"), (report_issuing, "Happening")):
        with monkeypatch.context() as patched:
            patched.setattr(where, name, killed)
            with pytest.raises(KeyboardInterrupt):
                issue(hand)
        assert rows(hand) == before
        assert not hand.db.conn.in_transaction
    assert issue(hand).id == "bc1"


def test_who_writes_or_issues_meanwhile_stops_it(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))

    def written() -> tuple[str, ...]:
        report_paper.write(here(hand, PRESS), "2026H1", "II", "Lời vừa ghi")
        return ("json",)

    monkeypatch.setattr(report_issuing, "_forms", written)
    with pytest.raises(ConflictError, match="report_moved"):
        issue(hand)
    assert store.issued(hand.db) == []

    def issued() -> tuple[str, ...]:
        monkeypatch.setattr(report_issuing, "_forms", lambda: ("json",))
        issue(hand, "44")
        return ("json",)

    monkeypatch.setattr(report_issuing, "_forms", issued)
    with pytest.raises(ConflictError, match="report_moved"):
        issue(hand)
    assert [one.number for one in store.issued(hand.db)] == ["44/BC-LĐLĐ"]


@pytest.mark.usefixtures("light")
def test_a_figure_that_does_not_hold_stops_the_issue(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    right = half_year_checks.check

    def wrong(data: object, lists: dict[str, object], loose: tuple[str, ...]) -> None:
        right(data, {**lists, "items.central": range(7)}, loose)  # type: ignore[arg-type, dict-item]

    monkeypatch.setattr(half_year_checks, "check", wrong)
    with pytest.raises(RefusedError, match="report_list"):
        issue(hand)
    assert store.issued(hand.db) == []


@pytest.mark.usefixtures("light")
def test_a_file_that_is_not_the_one_issued_is_told(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    issue(hand)
    for sql in ("UPDATE report_files SET packed = x'00'", "DELETE FROM report_files", "DELETE FROM reports"):
        with pytest.raises(Exception, match="never"):
            hand.db.execute(sql)
    for name in ("report_files_unchanged", "reports_unchanged"):
        hand.db.execute(f"DROP TRIGGER {name}")
    hand.db.execute("UPDATE report_files SET packed = x'0102'")
    with pytest.raises(StoreError, match="report_damaged"):
        report_issuing.file(here(hand), "bc1", "json")
    hand.db.execute("UPDATE reports SET doc = x'7b'")
    with pytest.raises(StoreError, match="report_damaged"):
        report_issuing.issued(here(hand))


@pytest.mark.usefixtures("light")
def test_what_is_not_there_is_told(hand: Hand) -> None:
    put(hand.db, 1, at=moment("2026-02-01"))
    issue(hand)
    for ident, form, key in (("bc9", "json", "report_unknown"), ("bc1", "pdf", "report_form_absent"),
                             ("bc1", "odt", "report_form")):  # fmt: skip
        with pytest.raises(UsageError, match=key):
            report_issuing.file(here(hand), ident, form)
    with pytest.raises(RefusedError, match="report_role"):
        report_issuing.file(here(hand, WARD), "bc1", "json")
    with pytest.raises(RefusedError, match="report_role"):
        report_issuing.issued(here(hand, WARD))


@pytest.mark.skipif(sys.platform == "win32", reason="a program by its first line")
def test_the_pdf_is_frozen_too_where_there_is_a_program_for_it(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    program = hand.root / "soffice"
    program.write_text(
        '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nprintf "%%PDF-1.7 paper" > "$2/paper.pdf"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("MONITOR_SOFFICE", str(program))
    monkeypatch.setattr(report_issuing, "FORMS", ("docx", "pdf", "json"))
    put(hand.db, 1, at=moment("2026-02-01"))
    assert [one.form for one in issue(hand).files] == ["docx", "pdf", "json"]
    assert report_issuing.file(here(hand), "bc1", "pdf") == b"%PDF-1.7 paper"


def test_an_issued_report_goes_once_to_each_address_with_its_files(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_issuing, "FORMS", ("docx", "json"))
    filled(hand)
    issue(hand)
    rules(hand.root, "  mail: []\n")
    with pytest.raises(RefusedError, match="report_no_mail"):
        report_sending.send(here(hand), "bc1")
    rules(hand.root, "  mail: [tinhuy@laocai.test, tld@doan.test]\n")
    with pytest.raises(RefusedError, match="report_no_server"):
        report_sending.send(here(hand), "bc1")
    (hand.root / "rules" / "deliver.yaml").write_text(
        "smtp:\n  host: 127.0.0.1\n  security: none\n  sender: diemtin@congdoan.test\n", encoding="utf-8"
    )
    with pytest.raises(RefusedError, match="report_role"):
        report_sending.send(here(hand, WARD), "bc1")
    queued = report_sending.send(here(hand, CLERK), "bc1")
    assert [one.address for one in queued] == ["tinhuy@laocai.test", "tld@doan.test"]
    assert report_sending.send(here(hand), "bc1") == queued
    made = outbox.about(hand.db, MessageKind.REPORT, "bc1")
    assert len(made) == 2
    message = outbox.get(hand.db, queued[0].id)
    assert "45/BC-LĐLĐ" in message.subject and "05/7/2026" in message.text
    assert [one.name for one in message.attachments] == ["bao-cao-45-bc-ldld-2026h1.docx"]
    body = outbox.body(hand.db, message.attachments[0].sha256)
    assert body == report_issuing.file(here(hand), "bc1", "docx")
    assert HIDDEN not in plain("docx", body)
