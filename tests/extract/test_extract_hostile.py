"""Whatever a page is, reading it ends soon and with a value."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.extract import SiteRules, extract
from monitor.model.article import Extracted, Page
from monitor.text import decode

NOW = datetime(2026, 11, 6, tzinfo=UTC)
PARAGRAPH = "<p>Công nhân tổ hai của xưởng mẫu kể lại chuyện ca đêm, từ bữa ăn tới xe đưa đón về khu trọ.</p>"


def read(html: str, url: str = "https://bao.test/bai") -> Extracted:
    return extract(Page(url=url, html=html, fetched=NOW), SiteRules())


PIECES = st.sampled_from(
    [
        "<div>", "</div>", "<p>", "</p>", "<table><tr><td>", "</td>", "<h1>", "</h1>", "<br>", "<!--", "-->", "<", ">",
        '<script type="application/ld+json">', "</script>", '{"@type":"NewsArticle","datePublished":"2026', "]}", "<b>",
        '<meta property="og:title" '
        'content="', '">', "<![CDATA[", "&#0;", "&#xD800;", "&amp;#7841;", "05/11/2026 14:30",
        "99/99/9999 99:99", ""
        "<figure>", "<ul><li>", "<a href='", "</a>", "<time datetime='x'>", "Ảnh: ", "\x00", "\ud800",
        "class=\"sapo\"", "<link rel=canonical "
        "href='http://[::'>", "<svg>", "<form>", "<article>", "đ", "Tin liên quan",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=40).map("".join), st.text(max_size=30))
def test_broken_markup_is_read_to_some_end(html: str, url: str) -> None:
    found = read(html, url)
    assert found.url == url
    assert all(line.strip() for line in found.text.split("\n")) or found.text == ""


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_are_read_to_some_end(raw: bytes) -> None:
    assert isinstance(read(decode(raw)), Extracted)


@pytest.mark.parametrize(
    "html", ["", " ", "\x00", "<", "<!-- -->", "<html>", "<?xml version='1.0' encoding='x'?>", "{}"]
)
def test_a_page_without_anything_gives_empty_fields(html: str) -> None:
    assert read(html) == Extracted(url="https://bao.test/bai")


BIG = {
    "a very long article": "<h1>Một bài rất dài</h1><div>" + PARAGRAPH * 45_000 + "</div>",
    "one endless paragraph": "<h1>Một đoạn rất dài</h1><p>" + "lời và " * 700_000,
    "deep nesting": "<div>" * 200_000 + PARAGRAPH,
    "unclosed inline tags": "<font><b><i>" * 500 + PARAGRAPH * 3000,
    "tables in tables": "<table><tr><td><img>" * 600 + PARAGRAPH * 2000,
    "figures in figures": "<figure>" * 600 + PARAGRAPH * 5000,
    "a list of links": "<ul>" + '<li><a href="/x">Một liên kết dài hơn hai mươi lăm chữ</a></li>' * 40_000 + "</ul>",
    "clutter in clutter": '<div class="related">' * 800 + PARAGRAPH * 5000,
    "line breaks": "<div>" + "chữ<br>" * 200_000 + "</div>",
    "one attribute": '<div class="' + "tin-lien-quan " * 100_000 + '">' + PARAGRAPH * 5 + "</div>",
    "nested json": '<script type="application/ld+json">' + '{"@graph":[' * 100_000 + "</script>" + PARAGRAPH,
    "many json objects": '<script type="application/ld+json">[' + '{"@type":"NewsArticle"},' * 50_000 + "{}]</script>",
    "like-named siblings": "<div>" + f'<div class="a">{PARAGRAPH}</div>' * 15_000 + "</div>",
    "dates": "<h1>Nhiều ngày tháng ở đây</h1>" + "<span>1/1/2026 1</span> " * 100_000,
    "spaces": "<p>" + " " * 3_000_000 + "</p><p>" + "\u00a0" * 500_000,
}


@pytest.mark.parametrize("name", BIG)
def test_a_page_built_to_hang_or_burst_is_read_in_seconds(name: str) -> None:
    start = time.process_time()
    found = read(BIG[name])
    assert time.process_time() - start < 60  # processor time: a hang, not a slow machine
    assert len(found.text) <= len(BIG[name])


def test_the_text_of_a_five_megabyte_article_is_whole() -> None:
    assert read(BIG["a very long article"]).text.count("\n") == 44_999
