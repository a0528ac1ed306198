"""Sitemaps: news, plain, index, packed, broken and hostile ones."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.clock import VN
from monitor.crawl import sitemap

NOW = datetime(2026, 11, 14, tzinfo=UTC)
URL = "http://bao.vn/sitemap.xml"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'
)


def urlset(inside: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f"{head}<urlset {NAMESPACES}>{inside}</urlset>".encode()


def one(path: str, changed: str = "") -> str:
    return f"<url><loc>http://bao.vn/{path}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"


def read(raw: bytes) -> sitemap.Sitemap:
    begun = time.process_time()
    found = sitemap.parse(raw, url=URL, now=NOW)
    assert time.process_time() - begun < 60  # processor time: a hang, not a slow machine
    return found


def paths(found: sitemap.Sitemap) -> list[str]:
    return [item.entry.url.removeprefix("http://bao.vn/") for item in found.items]


def test_a_news_sitemap_says_title_and_time() -> None:
    found = read(
        urlset(
            "<url><loc>http://bao.vn/cong-doan-100001.html</loc><news:news><news:publication><news:name>Báo</news:name>"
            "</news:publication><news:publication_date>2026-11-05T14:30:00+07:00</news:publication_date>"
            "<news:title><![CDATA[Công đoàn & công nhân &quot;may&quot;]]></news:title></news:news>"
            "<image:image><image:loc>http://bao.vn/a.jpg</image:loc><image:title>Ảnh</image:title></image:image></url>"
        )
    )
    (item,) = found.items
    assert item.entry.url == "http://bao.vn/cong-doan-100001.html"
    assert item.entry.title == 'Công đoàn & công nhân "may"'
    assert item.entry.published == item.changed == datetime(2026, 11, 5, 14, 30, tzinfo=VN)
    assert found.whole
    assert found.is_sitemap


def test_an_image_before_the_news_lends_it_neither_title_nor_address() -> None:
    found = read(
        urlset(
            "<url><image:image><image:loc>http://bao.vn/a.jpg</image:loc><image:title>Ảnh</image:title></image:image>"
            "<loc>http://bao.vn/cong-doan-100001.html</loc><news:news><news:title>Tin</news:title></news:news></url>"
        )
    )
    assert [(item.entry.url, item.entry.title) for item in found.items] == [
        ("http://bao.vn/cong-doan-100001.html", "Tin")
    ]


def test_a_plain_sitemap_gives_articles_newest_first_and_no_publishing_time() -> None:
    found = read(
        urlset(
            one("bai-cu-100001.html", "2026-11-01T08:00:00+07:00")
            + one("bai-moi-100003.html", "2026-11-05")
            + one("bai-khong-ngay-100004.html")
            + one("bai-giua-100002.html", "2026-11-03T00:00:00Z")
            + one("thoi-su")
            + one("")
            + one("tag/cong-doan-100009.html")
            + one("anh-100009.jpg")
        )
    )
    assert paths(found) == [
        "bai-moi-100003.html",
        "bai-giua-100002.html",
        "bai-cu-100001.html",
        "bai-khong-ngay-100004.html",
    ]
    assert all(item.entry.published is None for item in found.items)


def test_articles_of_other_sites_are_left_out() -> None:
    assert read(urlset("<url><loc>http://khac.vn/bai-100001.html</loc></url>")).items == ()


def test_dated_and_undated_items_are_ordered_without_a_clock() -> None:
    raw = urlset(one("a-100001.html") + one("b-100002.html", "2026-11-05"))
    assert len(sitemap.parse(raw, url=URL).items) == 2


def test_an_index_gives_its_sitemaps_newest_first() -> None:
    raw = (
        b"<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        b"<sitemap><loc>http://bao.vn/2024.xml</loc><lastmod>2024-01-01</lastmod></sitemap>"
        b"<sitemap><loc>http://bao.vn/2026.xml?a=1&amp;b=2</loc><lastmod>2026-11-05T08:00:00+07:00</lastmod></sitemap>"
        b"<sitemap><loc>/khong-ngay.xml</loc></sitemap><sitemap><loc>http://khac.vn/x.xml</loc></sitemap>"
        b"<sitemap><loc>javascript:alert(1)</loc></sitemap><sitemap/></sitemapindex>"
    )
    found = read(raw)
    assert found.children == (
        "http://bao.vn/2026.xml?a=1&b=2",
        "http://bao.vn/2024.xml",
        "http://bao.vn/khong-ngay.xml",
    )
    assert found.is_sitemap
    assert found.whole


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_packed_or_not_in_any_unicode_coding(coding: str) -> None:
    text = urlset(one("bai-100001.html")).decode()
    for raw in (text.encode(coding), gzip.compress(text.encode(coding))):
        assert paths(read(raw)) == ["bai-100001.html"]


@pytest.mark.parametrize("prefix", ["", "sm:"])
def test_names_may_have_a_prefix_or_no_namespace(prefix: str) -> None:
    declared = f' xmlns:{prefix[:-1]}="http://www.sitemaps.org/schemas/sitemap/0.9"' if prefix else ""
    raw = (
        f"<{prefix}urlset{declared}><{prefix}url><{prefix}loc>http://bao.vn/a-100001.html</{prefix}loc>"
        f"</{prefix}url></{prefix}urlset>"
    )
    assert paths(read(raw.encode())) == ["a-100001.html"]


@pytest.mark.parametrize("raw", [urlset(""), f"<urlset {NAMESPACES}/>".encode()])
def test_an_empty_sitemap_is_a_whole_sitemap(raw: bytes) -> None:
    found = read(raw)
    assert (found.items, found.whole, found.is_sitemap) == ((), True, True)


def test_what_can_be_saved_of_a_broken_one_is_saved() -> None:
    whole = urlset("".join(one(f"bai-{n}.html", "2026-11-05") for n in range(100_001, 100_021)))
    found = read(whole[: len(whole) // 2])
    assert not found.whole
    assert found.is_sitemap
    assert 5 < len(found.items) < 20


def test_a_bare_ampersand_costs_nothing() -> None:
    found = read(
        urlset("<url><loc>http://bao.vn/Default.aspx?id=1&newsid=2&x=&amp;y</loc></url>" + one("b-100001.html"))
    )
    assert paths(found) == ["Default.aspx?id=1&newsid=2&x=&y", "b-100001.html"]
    assert found.whole


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"   ",
        b"Not found",
        b"<html><body>404</body></html>",
        b"<rss><channel></channel></rss>",
        b"http://bao.vn/bai-100001.html\n",
        b"\x89PNG\r\n\x1a\n\x00",
        gzip.compress(b"<html></html>", mtime=0),
    ],
)
def test_what_is_no_sitemap_is_said_to_be_none(raw: bytes) -> None:
    found = read(raw)
    assert (found.items, found.children, found.is_sitemap) == ((), (), False)


@pytest.mark.parametrize("raw", [gzip.compress(urlset(one("a-100001.html")), mtime=0)[:30], b"\x1f\x8b rubbish"])
def test_a_packed_one_that_is_damaged_is_broken_or_none(raw: bytes) -> None:
    found = read(raw)
    assert not (found.whole and found.is_sitemap)


class TestHostile:
    def test_entities_are_never_expanded(self) -> None:
        laughs = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        head = f"<?xml version='1.0'?><!DOCTYPE urlset [{laughs}]>"
        found = read(urlset(one("&j;-100001.html") + one("b-100002.html"), head))
        assert all("lol" not in item.entry.url for item in found.items)

    def test_files_of_this_machine_are_never_read(self) -> None:
        head = "<!DOCTYPE urlset [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
        found = read(urlset("<url><loc>http://bao.vn/a-100001.html</loc><news:title>&a;</news:title></url>", head))
        assert all(item.entry.title == "" for item in found.items)

    @pytest.mark.parametrize(
        "raw",
        [
            b"<urlset>" + b"<a>" * 200_000,
            urlset("<url>" * 50_000),
            urlset("<url><loc>" + "a" * 3_000_000 + "</loc></url>"),
            urlset("<url " + "".join(f"a{n}='' " for n in range(50_000)) + "/>"),
            urlset("&" * 1_000_000),
            urlset("<!--" * 100_000),
            urlset("<![CDATA[" * 300_000),
        ],
        ids=["deep", "deep urls", "long", "attributes", "ampersands", "comments", "cdata"],
    )
    def test_nesting_and_length_do_no_harm(self, raw: bytes) -> None:
        assert read(raw).items == ()

    def test_a_small_file_that_unpacks_to_gigabytes_stays_small(self) -> None:
        bomb = gzip.compress(b"<urlset>" + b" " * (100 * 2**20), 9)
        tracemalloc.start()
        try:
            found = read(bomb)
            assert not found.whole
            assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
        finally:
            tracemalloc.stop()

    def test_fifty_thousand_addresses_are_read_in_time_and_bounded(self) -> None:
        raw = urlset("".join(one(f"tin/bai-{n}.html", f"2026-11-{n % 14 + 1:02d}") for n in range(100_000, 150_000)))
        found = read(raw)
        assert len(found.items) == sitemap.MAX_ENTRIES
        assert {item.changed for item in found.items} == {
            datetime(2026, 11, 14, tzinfo=VN),
            datetime(2026, 11, 13, tzinfo=VN),
        }

    @settings(deadline=None, max_examples=150)
    @given(st.data())
    def test_mutations_never_raise(self, data: st.DataObject) -> None:
        text = urlset(one("bai-100001.html", "2026-11-05") + one("bai-100002.html")).decode()
        for _ in range(data.draw(st.integers(1, 5))):
            at = data.draw(st.integers(0, len(text)))
            piece = data.draw(
                st.sampled_from(
                    [
                        "<",
                        "&",
                        "&#xD800;",
                        "&#55555;",
                        "]]>",
                        "<![CDATA[",
                        "<!ENTITY x 'y'>",
                        "</url>",
                        "\x00",
                        "<url>",
                        "é",
                    ]
                )
                | st.text(max_size=5)
            )
            text = text[:at] + piece + text[at + data.draw(st.integers(0, 20)) :]
        sitemap.parse(text.encode("utf-8", "surrogatepass"), url=URL, now=NOW)

    @settings(deadline=None, max_examples=100)
    @given(st.binary(max_size=200))
    def test_any_bytes_never_raise(self, raw: bytes) -> None:
        sitemap.parse(raw, url=URL, now=NOW)
        sitemap.parse(b"<urlset>" + raw, url=URL, now=NOW)
        sitemap.parse(b"\x1f\x8b" + raw, url=URL, now=NOW)
