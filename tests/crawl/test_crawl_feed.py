"""Feeds of every format and make, and over what they do wrong. All of them are invented."""

# ruff: noqa: E501 (markup is not broken where it would read worse)

from __future__ import annotations

import time
from datetime import UTC, datetime
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.clock import VN
from monitor.crawl import feed
from monitor.crawl.feed import Feed
from monitor.model.article import Entry

NOW = datetime(2026, 11, 14, tzinfo=UTC)
URL = "http://bao.vn/rss/home.rss"
AT = datetime(2026, 11, 5, 14, 30, tzinfo=VN)
HEAD = '<?xml version="1.0" encoding="utf-8"?>'


def read(text: str | bytes, content_type: str = "") -> Feed:
    raw = text.encode() if isinstance(text, str) else text
    begun = time.process_time()
    found = feed.parse(raw, url=URL, content_type=content_type, now=NOW)
    assert time.process_time() - begun < 60  # processor time: a hang, not a slow machine
    return found


def rss(inside: str, head: str = HEAD) -> str:
    return (
        f'{head}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
        f'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Báo</title><link>http://bao.vn/</link>'
        f"{inside}</channel></rss>"
    )


def item(title: str = "Công đoàn", link: str = "http://bao.vn/a.html", more: str = "") -> str:
    return f"<item><title>{title}</title><link>{link}</link>{more}</item>"


def only(text: str | bytes, content_type: str = "") -> Entry:
    (entry,) = read(text, content_type).entries
    return entry


class TestFormats:
    def test_rss_2(self) -> None:
        found = read(
            rss(
                item(
                    "Công đoàn tặng quà",
                    more="<guid>1</guid><pubDate>Thu, 05 Nov 2026 14:30:00 +0700</pubDate>"
                    "<dc:creator>Minh An</dc:creator><author>toasoan@bao.vn (Lan Anh)</author>"
                    "<description><![CDATA[<a href='x'><img src='y'/></a>Tóm <b>tắt</b>]]></description>"
                    "<media:content url='http://bao.vn/a.jpg'><media:title>Ảnh</media:title></media:content>",
                )
            )
        )
        (entry,) = found.entries
        assert (entry.url, entry.title, entry.summary) == ("http://bao.vn/a.html", "Công đoàn tặng quà", "Tóm tắt")
        assert entry.published == AT
        assert "Minh An" in entry.authors
        assert (found.is_feed, found.whole, found.home) == (True, True, "http://bao.vn/")

    def test_atom(self) -> None:
        entry = only(
            f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo</title><link href="http://bao.vn/"/>'
            '<entry><id>tag:bao.vn,2026:1</id><title type="html">Công &lt;b&gt;đoàn&lt;/b&gt;</title>'
            '<link rel="self" href="/api/1"/><link rel="alternate" type="text/html" href="/a.html"/>'
            "<updated>2026-11-05T15:00:00+07:00</updated><published>2026-11-05T14:30:00+07:00</published>"
            "<author><name>Minh An</name></author><summary>Tóm tắt</summary></entry></feed>"
        )
        assert (entry.url, entry.title, entry.published) == ("http://bao.vn/a.html", "Công đoàn", AT)
        assert entry.authors == ("Minh An",)

    def test_atom_that_only_says_when_it_was_updated(self) -> None:
        entry = only(
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><link href="/a"/>'
            "<updated>2026-11-05T14:30:00+07:00</updated></entry></feed>"
        )
        assert entry.published == AT

    def test_rdf(self) -> None:
        entry = only(
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Báo</title></channel>'
            '<item rdf:about="http://bao.vn/a.html"><title>Công đoàn</title><link>http://bao.vn/a.html</link>'
            "<dc:date>2026-11-05T14:30:00+07:00</dc:date></item></rdf:RDF>"
        )
        assert (entry.url, entry.published) == ("http://bao.vn/a.html", AT)

    def test_a_channel_without_rss_around_it(self) -> None:
        assert only(f"<channel><title>Báo</title>{item()}</channel>").title == "Công đoàn"

    def test_a_link_of_another_namespace_does_not_replace_the_link(self) -> None:
        inside = item(more="<atom:link rel='self' href='http://bao.vn/other.xml'/>")
        assert only(rss("<atom:link rel='self' href='http://bao.vn/rss'/>" + inside)).url == "http://bao.vn/a.html"


class TestLinks:
    @pytest.mark.parametrize(
        ("inside", "there"),
        [
            ("<link>/tin/a.html</link>", "http://bao.vn/tin/a.html"),
            ("<link>a.html</link>", "http://bao.vn/rss/a.html"),
            ("<link> \n http://bao.vn/a.html \n</link>", "http://bao.vn/a.html"),
            ("<link><![CDATA[http://bao.vn/?id=1&nid=2]]></link>", "http://bao.vn/?id=1&nid=2"),
            ("<link>http://bao.vn/?id=1&amp;amp;utm_source=rss</link>", "http://bao.vn/?id=1"),
            ("<link>http://m.bao.vn/a.html?utm_source=rss#x</link>", "http://bao.vn/a.html"),
            ("<guid>9</guid><link>/a.html</link>", "http://bao.vn/a.html"),
            ("<guid>http://bao.vn/?p=9</guid><link>/a.html</link>", "http://bao.vn/a.html"),
            ("<guid>http://bao.vn/g.html</guid>", "http://bao.vn/g.html"),
            ("<guid isPermaLink='false'>http://bao.vn/g.html</guid>", "http://bao.vn/g.html"),
            ("<link/><guid>http://bao.vn/g.html</guid>", "http://bao.vn/g.html"),
            ("<link>javascript:alert(1)</link><guid>http://bao.vn/g.html</guid>", "http://bao.vn/g.html"),
            ("<link>http://tienphong.vn/bài-viết.html</link>", "http://tienphong.vn/b%C3%A0i-vi%E1%BA%BFt.html"),
        ],
    )
    def test_an_item_leads_to_its_article(self, inside: str, there: str) -> None:
        assert only(rss(f"<item><title>A</title>{inside}</item>")).url == there

    @pytest.mark.parametrize(
        "inside",
        [
            "",
            "<guid>12345</guid>",
            "<guid isPermaLink='true'>bao-12345</guid>",
            "<link>javascript:alert(document.cookie)</link>",
            "<link>javascript:alert(1)</link><guid>x</guid>",
            "<link>data:text/html,x</link>",
            "<link>http://user:pass@bao.vn/</link>",
            "<link>http://[::1</link>",
            "<link>mailto:a@bao.vn</link>",
        ],
    )
    def test_an_item_that_leads_nowhere_is_left_out(self, inside: str) -> None:
        found = read(rss(f"<item><title>A</title>{inside}</item>" + item("Có")))
        assert [entry.title for entry in found.entries] == ["Có"]

    def test_an_article_is_given_once(self) -> None:
        inside = (
            item("Một", "http://bao.vn/a.html")
            + item("Hai", "https://www.bao.vn/a.html?utm_source=x")
            + item("Ba", "http://bao.vn/b.html")
        )
        assert [entry.title for entry in read(rss(inside)).entries] == ["Một", "Ba"]


class TestWords:
    @pytest.mark.parametrize(
        ("written", "read_as"),
        [
            ("Công nhân &amp; đoàn viên", "Công nhân & đoàn viên"),
            ("Công nhân &amp;amp; đoàn viên", "Công nhân & đoàn viên"),
            ("&lt;b&gt;Công&lt;/b&gt; đoàn", "Công đoàn"),
            ("&amp;lt;b&amp;gt;Công&amp;lt;/b&amp;gt; đoàn", "Công đoàn"),
            ("<![CDATA[Công <i>đoàn</i> &quot;mới&quot;]]>", 'Công đoàn "mới"'),
            ("<![CDATA[&#272;oàn viên]]>", "Đoàn viên"),
            ("C&ocirc;ng &amp;#273;o&amp;agrave;n", "Công đoàn"),
            ("<![CDATA[<script>alert(1)</script> Công đoàn<style>a{}</style>]]>", "Công đoàn"),
            ("<![CDATA[Công<br/>đoàn<p>tỉnh</p>Lào Cai]]>", "Công đoàn tỉnh Lào Cai"),
            ("  Công\n   đoàn\u00a0tỉnh ", "Công đoàn tỉnh"),
            ("Ðoàn viên \u202egnôc\u202c \u200bđoàn", "Đoàn viên gnôc đoàn"),
            ("Lãi suất &lt; 5% và &gt; 3%", "Lãi suất < 5% và > 3%"),
            ("1 &lt;2", "1 <2"),
            ('=HYPERLINK("http://x","Công đoàn")', '=HYPERLINK("http://x","Công đoàn")'),
            ("", ""),
        ],
    )
    def test_a_title_is_what_a_reader_sees(self, written: str, read_as: str) -> None:
        head = '<?xml version="1.0" encoding="utf-8"?>'
        assert only(rss(item(written), head)).title == read_as

    def test_decomposed_text_is_composed(self) -> None:
        entry = only(
            normalize("NFD", rss(item("Người lao động hoặc đoàn viên", more="<description>Tỉnh Đắk Lắk</description>")))
        )
        assert (entry.title, entry.summary) == ("Người lao động hoặc đoàn viên", "Tỉnh Đắk Lắk")

    def test_long_words_are_cut(self) -> None:
        entry = only(rss(item("a b " * 5000, more=f"<description>{'c d ' * 50_000}</description>")))
        assert (len(entry.title), len(entry.summary)) == (500, 2000)

    def test_authors_are_named_once_and_not_without_end(self) -> None:
        names = "".join(f"<dc:creator>Tác giả {n % 8}</dc:creator>" for n in range(40))
        assert len(only(rss(item(more=names))).authors) <= 5

    @pytest.mark.parametrize(
        "written",
        [
            "Thu, 05 Nov 2026 14:30:00 +0700",
            "Thu, 05 Nov 26 14:30:00 +0700",
            "Thu, 05 Nov 2026 14:30:00 +07",
            "Thu, 05 Nov 2026 14:30:00 +07:00",
            "Thu, 05 Nov 2026 07:30:00 GMT",
            "11/5/2026 2:30:00\u202fPM",
            "11/5/2026 2:30:00 PM",
            "2026-11-05T14:30:00+07:00",
            "2026-11-05 14:30:00",
        ],
    )
    def test_dates_of_every_dialect_are_read(self, written: str) -> None:
        assert only(rss(item(more=f"<pubDate>{written}</pubDate>"))).published == AT

    @pytest.mark.parametrize("written", ["", "hôm nay", "01/01/0001 00:00:00", "31/02/2026"])
    def test_an_item_without_a_date_is_still_an_item(self, written: str) -> None:
        assert only(rss(item(more=f"<pubDate>{written}</pubDate>"))).published is None


class TestCharsets:
    title = "Người lao động ở Đắk Lắk"

    @pytest.mark.parametrize(
        "header", ["", "text/html; charset=iso-8859-1", "application/rss+xml; charset=windows-1252"]
    )
    @pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "windows-1258", "utf-16", "nonsense"])
    def test_utf8_is_read_whatever_is_said_of_it(self, header: str, declared: str) -> None:
        head = f'<?xml version="1.0" encoding="{declared}"?>'
        assert only(rss(item(self.title), head), header).title == self.title

    @pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-le"])
    def test_other_unicode_codings_are_read(self, coding: str) -> None:
        assert only(rss(item(self.title)).encode(coding)).title == self.title

    @pytest.mark.parametrize(
        "before", ["\n\n", "\ufeff\n", "<br />\n<b>Notice</b>: x in <b>/var/a.php</b>\n", "<!-- made by x -->"]
    )
    def test_what_stands_before_the_feed_is_passed_over(self, before: str) -> None:
        found = read(before + rss(item(self.title)))
        assert found.entries[0].title == self.title
        assert found.whole


class TestBroken:
    @pytest.mark.parametrize(
        "slip",
        [
            item("Công & đoàn"),
            item("<b>Công đoàn"),
            item("Công đoàn", more="<description>a < b</description>"),
            item("Công đoàn", more="<chua:biet>x</chua:biet>"),
            item("Công đoàn&#55555;&#x110000;"),
            item("Công đoàn&nbsp;"),
            item("Công đoàn\x0b"),
        ],
    )
    def test_a_slip_in_one_item_costs_no_other(self, slip: str) -> None:
        found = read(rss(item("Một", "http://bao.vn/1.html") + slip + item("Ba", "http://bao.vn/3.html")))
        assert [entry.url[-6:] for entry in found.entries] == ["1.html", "a.html", "3.html"]
        assert found.whole

    def test_a_feed_cut_off_is_not_whole_and_keeps_what_came(self) -> None:
        text = rss("".join(item(f"Tin {n}", f"http://bao.vn/{n}.html") for n in range(10)))
        found = read(text[: len(text) * 2 // 3])
        assert found.is_feed
        assert not found.whole
        assert len(found.entries) > 4

    def test_entities_of_its_own_are_never_expanded_and_the_rest_is_kept(self) -> None:
        laughs = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        found = read(rss(item("&j; Công đoàn"), f"{HEAD}<!DOCTYPE lolz [{laughs}]>"))
        assert not found.whole
        assert "lol" not in found.entries[0].title
        assert "Công đoàn" in found.entries[0].title

    def test_files_of_this_machine_are_never_read(self) -> None:
        head = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
        found = read(rss(item("A&x;B"), head))
        assert all(len(entry.title) < 8 for entry in found.entries)

    def test_an_old_doctype_does_no_harm(self) -> None:
        head = f'{HEAD}<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd">'
        found = read(rss(item(), head))
        assert found.whole
        assert len(found.entries) == 1

    def test_a_page_quoted_in_an_item_makes_the_feed_no_page(self) -> None:
        found = read(
            rss(item(more="<description><![CDATA[<!DOCTYPE html><html><body>x</body></html>]]></description>"))
        )
        assert found.whole
        assert len(found.entries) == 1

    def test_a_feed_without_items_is_a_whole_feed(self) -> None:
        found = read(rss(""))
        assert (found.entries, found.whole, found.is_feed) == ((), True, True)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "   ",
            "Không tìm thấy",
            '{"version": "https://jsonfeed.org/version/1", "items": []}',
            "<!DOCTYPE html><html><head><title>Báo</title><link rel='alternate' type='application/rss+xml'></head></html>",
            "<html><body><pre>&lt;rss&gt;</pre></body></html>",
            "<html><body><rss><channel></channel></rss></body></html>",
            "<opml><body></body></opml>",
            "<urlset></urlset>",
            b"\x89PNG\r\n\x1a\n",
        ],
    )
    def test_what_is_no_feed_is_said_to_be_none(self, text: str | bytes) -> None:
        found = read(text)
        assert (found.entries, found.is_feed) == ((), False)


class TestHostile:
    def test_a_feed_of_twenty_thousand_items_is_read_in_time_and_bounded(self) -> None:
        many = "".join(item(f"Tin số {n}", f"http://bao.vn/{n}.html") for n in range(20_000))
        found = read(rss(many))
        assert len(found.entries) == feed.MAX_ENTRIES
        assert found.whole

    @pytest.mark.parametrize(
        "inside",
        [
            "<item>" + "<a>" * 40_000,
            "<item>" * 40_000,
            "<item><title>" + "&" * 300_000,
            "<item><title>" + "<" * 300_000,
            "<item><title>" + "<![CDATA[" * 60_000,
            "<item><title>" + "<!--" * 100_000,
            item("&lt;p&gt;a" * 100_000),
            item("a", more="<description>" + "&lt;div&gt;" * 60_000 + "</description>"),
            "<item " + "".join(f"a{n}='b' " for n in range(60_000)) + ">",
        ],
        ids=["tags", "items", "ampersands", "brackets", "cdata", "comments", "paragraphs", "boxes", "attributes"],
    )
    def test_nesting_and_length_end_in_time(self, inside: str) -> None:
        read(rss(inside))

    def test_scripts_reach_nobody(self) -> None:
        found = read(
            rss(
                item("<![CDATA[<img src=x onerror=alert(1)>Công đoàn]]>", "http://bao.vn/1.html")
                + item("<![CDATA[<svg/onload=alert(1)>]]>", "http://bao.vn/2.html")
                + item("<![CDATA[<a href='javascript:alert(1)'>Công đoàn</a>]]>", "http://bao.vn/3.html")
            )
        )
        assert [entry.title for entry in found.entries] == ["Công đoàn", "", "Công đoàn"]


VALID = rss(
    item("<![CDATA[Công nhân & đoàn viên]]>", more="<guid isPermaLink='false'>1</guid><dc:creator>Lan</dc:creator>"
         "<pubDate>Thu, 05 Nov 2026 14:30:00 +0700</pubDate><media:content url='http://bao.vn/a.jpg'/>"
         "<content:encoded><![CDATA[<p>x</p>]]></content:encoded><enclosure url='x' length='y'/>")
    + item("Hai", "/b.html", "<pubDate>8/23/2026 5:20:00 AM</pubDate><category>x</category>")
)  # fmt: skip
STUMBLES = [
    "<", "&", ">", "]]>", "<![CDATA[", "&#x110000;", "&#55555;", "&#99999999999;", "<!DOCTYPE x [", "<!ENTITY a 'b'>", "\x00",
    " xml:base='http://['", " xmlns:x='y'", "<link href='http://[::1'/>", "<link>http://[</link>", "<georss:point>a b</georss:point>",
    "<where>", "<textInput>", "<image>", "<source url='x'/>", "</item>", "</channel>", "<item>", "<entry>", "<!--", "<!", "<!<",
    "<content type='application/octet-stream' mode='base64'>!!!</content>", "<?php", "<?xml encoding='x'?>", "<![if",
    "<media:rating scheme='x'/>", "<itunes:explicit/>", "<itunes:image href='http://['/>", "<psc:chapter start='x'/>",
    "<enclosure length=''/>", "<pubDate>99999999999999999999</pubDate>", "<author>a (b)</author>", "<svg:svg>", "<xhtml:div>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", " type='text/plain' mode='escaped'", "<a href='",
]  # fmt: skip


@settings(deadline=None, max_examples=250)
@given(st.data())
def test_a_feed_changed_at_random_never_raises(data: st.DataObject) -> None:
    text = VALID
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        end = min(len(text), at + data.draw(st.sampled_from([0, 1, 3, 20, 200])))
        text = text[:at] + data.draw(st.sampled_from([*STUMBLES, "", text[at:end] * 2])) + text[end:]
    raw = text.encode("utf-8", "surrogatepass")
    read(raw[: data.draw(st.integers(len(raw) // 2, len(raw)))])


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=200), st.text(max_size=200))
def test_any_bytes_never_raise(raw: bytes, text: str) -> None:
    read(raw)
    read(b"<rss><channel><item>" + raw)
    read(rss("<item><title>") + text)


@pytest.mark.parametrize("end", range(0, len(VALID), 37))
def test_a_feed_cut_anywhere_never_raises(end: int) -> None:
    read(VALID.encode()[:end])
