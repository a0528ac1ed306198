"""A page as a WARC: read back by warcio with its digests checked, honest about what was changed."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from evidence_making import PAGE, exchange
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from monitor.evidence import warc_of


def records(warc: bytes) -> dict[str, tuple[Any, bytes]]:
    """Record and content by type; every digest is checked."""
    found = {}
    for record in ArchiveIterator(io.BytesIO(warc), check_digests="raise"):
        body = record.content_stream().read()
        assert record.digest_checker.passed is True
        found[record.rec_type] = (record, body)
    return found


def test_a_page_comes_back_as_it_was_with_request_and_metadata() -> None:
    found = records(warc_of(exchange(title="Nợ lương", text="Công nhân chờ.")))
    assert list(found) == ["warcinfo", "response", "request", "metadata", "conversion"]
    response, body = found["response"]
    assert body == PAGE
    assert response.rec_headers.get_header("WARC-Target-URI") == "http://bao.test/bai-1.html"
    assert response.rec_headers.get_header("WARC-Date") == "2026-11-08T01:30:00.000000Z"
    assert response.http_headers.get_statuscode() == "200"
    request, _ = found["request"]
    assert request.http_headers.get_header("User-Agent") == "UnionPressMonitor/test"
    assert request.rec_headers.get_header("WARC-Concurrent-To") == response.rec_headers.get_header("WARC-Record-ID")
    said = found["metadata"][1].decode()
    assert f"sha256: {hashlib.sha256(PAGE).hexdigest()}\r\n" in said
    assert "title: Nợ lương\r\n" in said
    assert found["conversion"][1].decode() == "Công nhân chờ."


def test_warcio_itself_finds_nothing_to_complain_of(tmp_path: Path) -> None:
    file = tmp_path / "trang.warc.gz"
    file.write_bytes(warc_of(exchange()))
    check = [sys.executable, "-m", "warcio.cli", "check", str(file)]
    done = subprocess.run(check, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, b"")


def test_equal_input_makes_equal_bytes_and_another_hour_another_file() -> None:
    assert warc_of(exchange()) == warc_of(exchange())
    assert warc_of(exchange()) != warc_of(exchange(taken=exchange().taken + timedelta(hours=1)))


def test_headers_are_true_of_the_body_as_stored_and_the_original_ones_are_kept() -> None:
    sent = (("content-encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "17"), ("ETag", '"a"'))
    response, body = records(warc_of(exchange(headers=sent)))["response"]
    assert body == PAGE
    head = response.http_headers
    assert head.get_header("Content-Length") == str(len(PAGE))
    assert head.get_header("Content-Encoding") is None
    assert head.get_header("Transfer-Encoding") is None
    assert head.get_header("X-Archive-Orig-Content-Encoding") == "gzip"
    assert head.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert head.get_header("X-Archive-Orig-Content-Length") == "17"
    assert head.get_header("ETag") == '"a"'


def test_headers_with_odd_bytes_stay_one_line_each() -> None:
    sent = (
        ("X-Ten", "Báo “thử”\r\nSet-Cookie: gia=1"),
        ("X-Rong", ""),
        ("tên lạ", "giá trị"),
        ("X-La", "\udcff\x00\x85\u2028ok"),
    )
    found = records(warc_of(exchange(headers=sent)))
    head = found["response"][0].http_headers
    assert head.get_header("X-Ten") == "Báo “thử” Set-Cookie: gia=1"
    assert head.get_header("Set-Cookie") is None
    assert head.get_header("X-La") == "ok"
    assert "unusual-header: tên lạ: giá trị\r\n" in found["metadata"][1].decode()


def test_a_stored_snapshot_says_that_it_is_one() -> None:
    fresh, stored = (records(warc_of(exchange(stored=s)))["metadata"][1].decode() for s in (False, True))
    assert "source: fetched for this file" in fresh
    assert "source: snapshot made when the page was collected" in stored


def test_a_page_of_five_megabytes_with_redirect_and_a_vietnamese_address() -> None:
    body = os.urandom(5 * 2**20)
    page = exchange(body=body, url="http://bao.test/a", final_url="https://bao.test/bài viết?x=1&y=ô", code=203)
    found = records(warc_of(page))
    assert found["response"][1] == body
    uri = "https://bao.test/b%C3%A0i%20vi%E1%BA%BFt?x=1&y=%C3%B4"
    assert found["response"][0].rec_headers.get_header("WARC-Target-URI") == uri
    assert "asked-for: http://a" not in found["metadata"][1].decode()
    assert "asked-for: http://bao.test/a\r\n" in found["metadata"][1].decode()


def test_a_changed_byte_is_found_by_the_digest() -> None:
    plain = gzip.decompress(warc_of(exchange()))
    assert plain.count(PAGE) == 1
    spoilt = plain.replace(PAGE, PAGE.replace(b"<h1>", b"<h2>"))
    passed = []
    for record in ArchiveIterator(io.BytesIO(spoilt), check_digests=True):
        record.content_stream().read()
        passed.append(record.digest_checker.passed)
    assert passed.count(False) == 1


@pytest.mark.parametrize("code", [200, 204, 299, 999])
def test_any_code_and_an_empty_body_make_a_file(code: int) -> None:
    response, body = records(warc_of(exchange(code=code, body=b"")))["response"]
    assert (response.http_headers.get_statuscode(), body) == (str(code), b"")


WORDS = st.text(max_size=40)


@settings(max_examples=60, deadline=None)
@given(
    headers=st.lists(st.tuples(WORDS, WORDS), max_size=6),
    body=st.binary(max_size=300),
    url=WORDS,
    title=WORDS,
    text=WORDS,
)
def test_whatever_a_server_sends_can_be_read_back(
    headers: list[tuple[str, str]], body: bytes, url: str, title: str, text: str
) -> None:
    page = exchange(headers=tuple(headers), body=body, final_url="http://bao.test/" + url, title=title, text=text)
    found = records(warc_of(page))
    assert found["response"][1] == body
    assert warc_of(replace(page)) == warc_of(page)
