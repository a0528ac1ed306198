"""An edition as a file: the same in every form, of a draft and of what was frozen, with and without LibreOffice."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from delivery_making import deliver_yaml
from docx import Document
from docx.oxml.ns import qn
from editions_making import HOUR, office, put, seated, sit, staffed
from mail_server import Mailbox, mail_server

from monitor.config import Home
from monitor.crawl.screenshot import find_browser
from monitor.desk import digest_files, edition_files, edition_sending, editions, pdf, pdf_browser, triage
from monitor.desk.sitting import Sitting
from monitor.errors import MonitorError, UsageError
from monitor.jobs.deliver import deliver
from monitor.model.digest import Digest
from monitor.model.watch import Corrected
from monitor.report import FORMS
from monitor.store import watch_changes

posix = pytest.mark.skipif(sys.platform == "win32", reason="a script stands in LibreOffice's place")
PROFILES = """
profiles:
  - name: Ban Thường vụ
    addresses: [chutich@laocai.test, phochutich@laocai.test]
    internal_ok: true
    attach: [html, docx, pdf]
  - name: Tổng Liên đoàn
    addresses: [tonglien@doan.test]
    outside: true
    attach: [docx, pdf]
"""


@pytest.fixture
def home(root: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    monkeypatch.setenv("MONITOR_SOFFICE", "no-such-program")
    monkeypatch.setenv("MONITOR_BROWSER", "no-such-program")
    return office(root)


@pytest.fixture
def s(home: Home) -> Iterator[Sitting]:
    with seated(home) as made:
        put(made.db, 1, made.now - HOUR, title="Công nhân may nhận thưởng Tết")
        put(made.db, 2, made.now - HOUR, title="Đối thoại tại nơi làm việc ở Ỷ Tý")
        yield made


@pytest.fixture
def converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place that writes down how often it was called."""
    program, calls = tmp_path / "soffice", tmp_path / "calls"
    program.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\n"
        f"with open({str(calls)!r}, 'a') as told: told.write('x')\n"
        "source = pathlib.Path(sys.argv[-1])\n"
        "source.with_suffix('.pdf').write_bytes(b'%PDF-1.7 ' + str(source.stat().st_size).encode())\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("MONITOR_SOFFICE", str(program))
    return calls


def said(raw: bytes) -> str:
    body = Document(io.BytesIO(raw)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))


def test_a_draft_and_an_approved_edition_are_files_in_every_form(s: Sitting, converter: Path) -> None:
    draft = editions.draft(s)
    assert "(bản dự thảo)" in said(edition_files.of_edition(s, draft.id, "docx"))
    editions.approve(s, draft.id)
    made = {form: edition_files.of_edition(s, draft.id, form) for form in digest_files.FORMS}
    assert all(made[form] == editions.rendered(s, draft.id, form).encode() for form in FORMS)
    assert "Điểm tin ngày số 1/2026" in said(made["docx"]) and "dự thảo" not in said(made["docx"])
    assert "Ỷ Tý" in said(made["docx"]) and "Theo nhóm báo" in said(made["docx"])
    assert made["pdf"].startswith(b"%PDF")
    put(s.db, 3, s.now - HOUR, title="Tin đến sau khi đã duyệt")
    assert edition_files.of_edition(s, draft.id, "docx") == made["docx"]
    with pytest.raises(UsageError, match="digest_form"):
        edition_files.of_edition(s, draft.id, "exe")


def test_a_word_file_holds_nothing_that_its_reader_may_not_see(s: Sitting) -> None:
    staff = staffed(s)
    found = editions.approve(s, editions.draft(s).id)
    triage.open_case(s, ["x0002"], triage.Opening(allowed=(staff["leader"].id,)))
    assert "Ỷ Tý" in said(edition_files.of_edition(sit(s, staff["leader"]), found.id, "docx"))
    assert "Ỷ Tý" not in said(edition_files.of_edition(sit(s, staff["press"]), found.id, "docx"))


def test_without_any_program_a_pdf_is_refused_in_words_and_the_rest_is_there(s: Sitting) -> None:
    draft = editions.draft(s)
    with pytest.raises(MonitorError, match="pdf_no_program"):
        edition_files.of_edition(s, draft.id, "pdf")
    assert edition_files.of_edition(s, draft.id, "docx")


@posix
def test_a_browser_is_the_second_way(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\n"
        "target = next(a for a in sys.argv if a.startswith('--print-to-pdf=')).partition('=')[2]\n"
        "page = pathlib.Path(sys.argv[-1].removeprefix('file://')).read_text(encoding='utf-8')\n"
        "pathlib.Path(target).write_bytes((b'' if 'hỏng' in page else b'%PDF-1.4 ') + page.encode())\n",
        encoding="utf-8",
    )
    browser.chmod(0o755)
    monkeypatch.setenv("MONITOR_BROWSER", str(browser))
    made = pdf_browser.to_pdf(lambda: b"docx", lambda: "<p>Điểm tin</p>")
    assert made == b"%PDF-1.4 " + "<p>Điểm tin</p>".encode()
    with pytest.raises(MonitorError, match="pdf_browser_failed"):
        pdf_browser.to_pdf(lambda: b"docx", lambda: "<p>hỏng</p>")


@pytest.mark.skipif(find_browser() is None, reason="no Chromium, Chrome or Edge is installed")
def test_a_real_browser_prints_the_page(s: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONITOR_BROWSER")
    page = editions.rendered(s, editions.draft(s).id)
    made = pdf_browser.to_pdf(lambda: b"", lambda: page)
    assert made.startswith(b"%PDF") and len(made) > 5_000


@pytest.fixture
def box(s: Sitting) -> Iterator[Mailbox]:
    with mail_server() as made:
        deliver_yaml(s.home.root, made.port, profiles=PROFILES)
        yield made


def files(box: Mailbox, address: str) -> dict[str, bytes]:
    mail = box.mails[box.to.index(address)]
    return {str(one.get_filename()): one.get_payload(decode=True) for one in mail.iter_attachments()}


def test_word_and_pdf_go_along_and_equal_readers_share_one_pdf(s: Sitting, box: Mailbox, converter: Path) -> None:
    found = editions.approve(s, editions.draft(s).id)
    done = edition_sending.send(s, found.id)
    assert not any(one.left_out for one in done)
    deliver(s.home)
    name = "diem-tin-daily-1-2026"
    got = files(box, "phochutich@laocai.test")
    assert list(got) == [f"{name}.html", f"{name}.docx", f"{name}.pdf"]
    assert got[f"{name}.docx"] == edition_files.of_edition(s, found.id, "docx")
    assert got[f"{name}.pdf"].startswith(b"%PDF")
    assert files(box, "tonglien@doan.test")[f"{name}.docx"] == got[f"{name}.docx"]
    types = [one.get_content_type() for one in box.mails[0].iter_attachments()]
    assert digest_files.MEDIA["pdf"] in types
    assert converter.read_text() == "x"


def test_a_mail_goes_without_the_pdf_that_could_not_be_made_and_says_so(s: Sitting, box: Mailbox) -> None:
    found = editions.approve(s, editions.draft(s).id)
    done = edition_sending.send(s, found.id)
    assert {one.left_out for one in done} == {("pdf",)}
    deliver(s.home)
    assert [name.rpartition(".")[2] for name in files(box, "tonglien@doan.test")] == ["docx"]


def test_what_was_corrected_after_the_approval_is_not_told_again_inside_and_is_left_out_outside(
    s: Sitting, box: Mailbox
) -> None:
    found = editions.approve(s, editions.draft(s).id)
    with s.db.atomic():
        mark = Corrected(article="x0002", date=s.now, where="trang 1", change=None, by="u1")
        watch_changes.mark_corrected(s.db, mark, s.now)
    edition_sending.send(s, found.id)
    deliver(s.home)
    inside = said(next(raw for name, raw in files(box, "chutich@laocai.test").items() if name.endswith("docx")))
    outside = said(next(raw for name, raw in files(box, "tonglien@doan.test").items() if name.endswith("docx")))
    assert "Ỷ Tý" in inside and "Đã cải chính ngày" in inside and "tại trang 1" in inside
    assert "Ỷ Tý" not in outside
    assert "Ỷ Tý" not in editions.zalo(s, found.id)
    (item,) = [one for one in editions.preview(s, found.id).items if one.article.id == "x0002"]
    assert item.article.corrected and not item.summary
    assert "Đã cải chính" not in said(edition_files.of_edition(s, found.id, "docx"))


def test_a_long_message_for_zalo_ends_with_how_many_more_there_are(s: Sitting) -> None:
    for n in range(10, 70):
        put(s.db, n, s.now - HOUR, title=f"Đối thoại tại nơi làm việc ở Ỷ Tý, lần thứ {n}, với người lao động")
    with s.db.atomic():
        s.db.execute("UPDATE articles SET url = url || '?utm=' || ? WHERE id = 'x0001'", ["x" * 1_500])
    text = editions.zalo(s, editions.approve(s, editions.draft(s).id).id)
    lines = text.splitlines()
    assert len(text.encode("utf-16-le")) // 2 <= 2_000
    assert sum(line.startswith("http") for line in lines) > 8
    assert "utm" not in text
    shown = sum(line.partition(".")[0].isdigit() for line in lines)
    assert lines[-1].startswith(f"… và {62 - shown} tin khác")


def test_a_digest_of_nothing_is_a_file_in_every_form(s: Sitting, converter: Path) -> None:
    empty = replace(editions.preview(s, editions.draft(s).id), items=(), by_outlet=(), by_topic=(), by_group=())
    assert isinstance(empty, Digest)
    for form in digest_files.FORMS:
        assert digest_files.made(s.home, empty, form)
    assert pdf.available() and os.environ["MONITOR_SOFFICE"]
