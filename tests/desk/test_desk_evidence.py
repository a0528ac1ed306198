"""Evidence of a case, from a press on loopback to a pack that somebody else checks."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from press_server import NOW, Answer, Item, Press, outlet, write_home
from warcio.archiveiterator import ArchiveIterator

from monitor.config import Home
from monitor.crawl.screenshot import Screenshot
from monitor.desk import evidence as desk
from monitor.errors import InputError, UsageError
from monitor.jobs.collect import collect
from monitor.jobs.importing import import_archive
from monitor.labels import wording
from monitor.model.event import Head
from monitor.model.evidence import EvidenceKind, MissingReason, PackExtra, PackFile, PackKind
from monitor.model.fetch import Status
from monitor.store import articles, migrations_evidence  # noqa: F401 - the step for evidence
from monitor.store import evidence as store
from monitor.store.db import opened

PICTURE = b"\x89PNG\r\n\x1a\n anh"
KINDS = [EvidenceKind.PAGE, EvidenceKind.TEXT, EvidenceKind.SCREENSHOT]


def shoot(url: str, html: str, **told: Any) -> Screenshot:
    return Screenshot(png=PICTURE + url.encode())


def no_browser(url: str, html: str, **told: Any) -> Screenshot:
    return Screenshot(missing=MissingReason.NO_BROWSER)


def item(n: int = 1, **changes: Any) -> Item:
    return Item(n=n, published=NOW - timedelta(hours=n), **changes)


@pytest.fixture
def home(root: Path) -> Home:
    return write_home(root, outlet("khac", "{feed: http://khac.test/rss}"))


def collected(root: Path, press: Press) -> Home:
    home = write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))
    collect(home)
    return home


def ids(home: Home) -> list[str]:
    with opened(home.database) as db:
        return [article.id for article in articles.between(db)]


def bodies(home: Home, *idents: str) -> list[bytes]:
    with opened(home.database) as db:
        return [b"".join(store.body(db, ident)) for ident in idents]


def response_of(warc: bytes) -> bytes:
    for record in ArchiveIterator(io.BytesIO(warc), check_digests="raise"):
        if record.rec_type == "response":
            return bytes(record.content_stream().read())
    raise AssertionError("no response")


def metadata_of(warc: bytes) -> str:
    for record in ArchiveIterator(io.BytesIO(warc)):
        if record.rec_type == "metadata":
            return str(record.content_stream().read().decode())
    raise AssertionError("no metadata")


def test_page_text_and_picture_of_an_item_are_taken(root: Path) -> None:
    with Press([item()]) as press:
        home = collected(root, press)
        (ident,) = ids(home)
        taken = desk.take(home, [ident], "V1", "p1", shoot=shoot)
        assert ([one.kind for one in taken.evidence], taken.missing) == (KINDS, ())
        page, words, picture = taken.evidence
        assert {(one.case, one.by, one.article, one.taken) for one in taken.evidence} == {("V1", "p1", ident, NOW)}
        assert page.url == f"{press.base}{item().path}"
        assert page.name == f"page-{ident}-20261108-080000.warc.gz"
        raw, text, png = bodies(home, page.id, words.id, picture.id)
        assert item().headline.encode() in response_of(raw)
        assert "source: fetched for this file" in metadata_of(raw)
        assert item().headline in text.decode()
        assert hashlib.sha256(response_of(raw)).hexdigest() in text.decode()
        assert "Công nhân kiến nghị tăng lương" in text.decode()
        assert png == PICTURE + page.url.encode()
        assert press.asked[-1].path == item().path
    with opened(home.database) as db:
        assert store.of_case(db, "V1") == list(taken.evidence)


def test_what_readers_had_first_is_kept_beside_what_stands_there_now(root: Path) -> None:
    with Press([item()]) as press:
        home = collected(root, press)
        press.items[0] = item(
            body="Sáng nay, Công đoàn cơ sở họp kín.\nCông nhân không được mời tới dự họp ở hội trường."
        )
        taken = desk.take(home, ids(home), "V1", "p1", pictures=False)
        first, _, now, _ = taken.evidence
        old, new = bodies(home, first.id, now.id)
        assert b"t\xc4\x83ng l\xc6\xb0\xc6\xa1ng" in response_of(old)
        assert "họp kín" in response_of(new).decode()
        assert "snapshot made when the page was collected" in metadata_of(old)
        assert "Bản lưu" in first.note


def test_a_page_that_is_gone_leaves_the_stored_one_and_says_so(root: Path) -> None:
    with Press([item()]) as press:
        home = collected(root, press)
        press.answers[item().path] = Answer(status=404)
        taken = desk.take(home, ids(home), "V1", "p1", shoot=shoot)
    assert [one.kind for one in taken.evidence] == [EvidenceKind.PAGE, EvidenceKind.TEXT]
    page, picture = taken.missing
    assert (page.kind, page.reason, page.status, page.detail) == (
        EvidenceKind.PAGE,
        MissingReason.STORED_USED,
        Status.GONE,
        "404",
    )
    assert (picture.kind, picture.reason) == (EvidenceKind.SCREENSHOT, MissingReason.PAGE_NOT_HAD)
    (raw,) = bodies(home, taken.evidence[0].id)
    assert "snapshot made when the page was collected" in metadata_of(raw)


def test_an_address_that_nobody_collected_is_taken_and_one_that_fails_is_said(home: Home) -> None:
    with Press([item(1), item(2)]) as press:
        good, bad = (f"{press.base}{item(n).path}" for n in (1, 2))
        press.answers[item(2).path] = Answer(status=500)
        taken = desk.take(home, [good, bad, good], "", "p1", shoot=no_browser)
    assert [(one.kind, one.article, one.url) for one in taken.evidence] == [
        (EvidenceKind.PAGE, None, good),
        (EvidenceKind.TEXT, None, good),
    ]
    assert [(one.kind, one.reason, one.url) for one in taken.missing] == [
        (EvidenceKind.SCREENSHOT, MissingReason.NO_BROWSER, good),
        (EvidenceKind.PAGE, MissingReason.PAGE_NOT_HAD, bad),
        (EvidenceKind.SCREENSHOT, MissingReason.PAGE_NOT_HAD, bad),
    ]


def test_an_item_of_the_archive_gives_its_stored_words_where_the_page_is_gone(home: Home) -> None:
    with Press() as press:
        row = (
            f'{{"url": "{press.base}/cu.html", "outlet": "khac", "title": "Công nhân chờ lương", '
            '"published": "2026-11-01", "body": "Công đoàn cơ sở đã kiến nghị."}'
        )
        import_archive(home, [row])
        taken = desk.take(home, ids(home), "V1", "p1", pictures=False)
    (words,) = taken.evidence
    assert bodies(home, words.id) == ["Công đoàn cơ sở đã kiến nghị.".encode()]
    assert [one.reason for one in taken.missing] == [MissingReason.PAGE_NOT_HAD]


def test_an_item_without_an_address_wants_a_scan_and_has_it_when_one_is_added(home: Home, tmp_path: Path) -> None:
    import_archive(home, ['{"outlet": "khac", "title": "Báo in: công nhân chờ lương", "published": "2026-11-01"}'])
    (ident,) = ids(home)
    taken = desk.take(home, [ident], "V1", "p1", shoot=shoot)
    assert (taken.evidence, [one.reason for one in taken.missing]) == ((), [MissingReason.NO_URL])
    with opened(home.database) as db:
        assert len(desk.lacking(db, "V1")) == 1
    (tmp_path / "Báo in trang 3.pdf").write_bytes(b"%PDF-1.7 trang ba")
    scan = desk.add_file(
        home, "V1", tmp_path / "Báo in trang 3.pdf", EvidenceKind.SCAN, by="p2", note="Trang 3", article=ident
    )
    assert (scan.name, scan.media_type, scan.by, scan.taken) == ("Bao in trang 3.pdf", "application/pdf", "p2", NOW)
    with opened(home.database) as db:
        assert desk.lacking(db, "V1") == []


def test_what_was_missing_is_told_once_and_not_when_it_was_had_later(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Press([item()]) as press:
        url = f"{press.base}{item().path}"
        desk.take(home, [url], "V1", "p1", shoot=no_browser)
        monkeypatch.setenv("MONITOR_NOW", (NOW + timedelta(hours=1)).isoformat())
        desk.take(home, [url], "V1", "p1", shoot=no_browser)
        with opened(home.database) as db:
            (lack,) = desk.lacking(db, "V1")
            assert lack.at == NOW + timedelta(hours=1)
        monkeypatch.setenv("MONITOR_NOW", (NOW + timedelta(hours=2)).isoformat())
        desk.take(home, [url], "V1", "p1", shoot=shoot)
        with opened(home.database) as db:
            assert desk.lacking(db, "V1") == []


def test_a_host_that_asked_to_wait_is_not_asked_and_robots_are_obeyed(home: Home) -> None:
    with Press([item(1), item(2)]) as press:
        press.answers[item(1).path] = Answer(status=429, headers=(("Retry-After", "600"),))
        url = f"{press.base}{item(1).path}"
        first = desk.take(home, [url], "V1", "p1", pictures=False)
        asked = len(press.asked)
        again = desk.take(home, [url, f"{press.base}{item(2).path}"], "V1", "p1", pictures=False)
        assert [one.status for one in (*first.missing, *again.missing)] == [Status.ASKED_TO_WAIT] * 3
        assert len(press.asked) == asked
    with Press([item()]) as press:
        press.robots = "User-agent: *\nDisallow: /\n"
        taken = desk.take(home, [f"{press.base}{item().path}"], "V1", "p1", shoot=shoot)
        assert [one.status for one in taken.missing] == [Status.FORBIDDEN, Status.FORBIDDEN]


def test_a_private_address_is_refused(home: Home) -> None:
    taken = desk.take(home, ["http://10.0.0.1/trang"], "V1", "p1", shoot=shoot)
    assert [one.status for one in taken.missing] == [Status.BLOCKED_ADDRESS] * 2
    assert taken.evidence == ()


def test_a_word_that_names_nothing_is_refused(home: Home) -> None:
    for said in ("khong-co", "ftp://bao.test/a", "http://"):
        with pytest.raises(UsageError) as caught:
            desk.take(home, [said], "V1", "p1")
        assert caught.value.key == "evidence_target"
        assert said in wording(caught.value)


def test_a_page_of_five_megabytes_is_evidence(home: Home) -> None:
    body = b"<html><body>" + b"<p>C\xc3\xb4ng nh\xc3\xa2n ch\xe1\xbb\x9d l\xc6\xb0\xc6\xa1ng.</p>" * 170_000
    assert len(body) > 5 * 2**20
    with Press() as press:
        press.answers["/dai.html"] = Answer(body=body)
        gathered = desk.gather(home, [f"{press.base}/dai.html"], "p1", pictures=False)
    (page, raw) = gathered.found[0]
    assert (page.kind, response_of(raw)) == (EvidenceKind.PAGE, body)


def test_a_program_is_no_evidence_and_a_file_that_is_not_there_is_said(home: Home, tmp_path: Path) -> None:
    (tmp_path / "anh.jpg").write_bytes(b"MZ\x90\x00")
    for name, key in (("anh.jpg", "evidence_program"), ("khong-co.pdf", "file_unreadable")):
        with pytest.raises(InputError) as caught:
            desk.add_file(home, "V1", tmp_path / name, EvidenceKind.SCAN, by="p1")
        assert caught.value.key == key


def test_the_pack_of_a_case_is_checked_by_its_own_script(root: Path, tmp_path: Path) -> None:
    with Press([item()]) as press:
        home = collected(root, press)
        desk.take(home, ids(home), "V1", "p1", shoot=no_browser)
        desk.take(home, ids(home), "V2", "p1", shoot=shoot)
    (tmp_path / "phat thanh.mp3").write_bytes(b"ID3" + bytes(3_000_000))
    desk.add_file(home, "V1", tmp_path / "phat thanh.mp3", EvidenceKind.RECORDING, by="p1", note="Bản tin 6 giờ")
    extra = PackExtra(
        files=(PackFile(name="Công văn.docx", body=b"PK", kind=PackKind.PAPER),), head=Head(count=3, hash="c" * 64)
    )
    done = desk.pack(home, "V1", extra, tmp_path / "goi.zip")
    assert (done.files, done.size) == (6, (tmp_path / "goi.zip").stat().st_size)
    with zipfile.ZipFile(tmp_path / "goi.zip") as archive:
        archive.extractall(tmp_path / "goi")
        assert sum(name.startswith("chung-cu/") for name in archive.namelist()) == 3
    notice = (tmp_path / "goi" / "LUU-Y.txt").read_text(encoding="utf-8-sig")
    assert "Máy không có trình duyệt" in notice
    check = [sys.executable, "-I", str(tmp_path / "goi" / "kiem_tra.py"), "--ma", done.manifest]
    checked = subprocess.run(check, capture_output=True, check=False, timeout=60)
    assert (checked.returncode, checked.stderr) == (0, b""), checked.stdout.decode()


def test_the_pack_of_a_case_without_evidence_is_a_pack(home: Home, tmp_path: Path) -> None:
    assert desk.pack(home, "V9", PackExtra(), tmp_path / "goi.zip").files == 2
