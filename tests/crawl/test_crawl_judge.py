"""What an answer is: news, nothing new, a challenge, a standstill, or something else altogether."""

# ruff: noqa: E501 (markup is not broken where it would read worse)

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.crawl import judge_page, judge_source
from monitor.crawl.judge import is_challenge
from monitor.model.fetch import FetchState, Response, Status
from monitor.model.source import Source, SourceKind

NOW = datetime(2026, 11, 14, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "http://bao.vn/rss"
NEW = FetchState(source="bao:1")


def source(kind: SourceKind = SourceKind.FEED) -> Source:
    return Source(id="bao:1", outlet="bao", kind=kind, url=URL)


def answer(body: bytes | str = b"", **changes: object) -> Response:
    raw = body.encode() if isinstance(body, str) else body
    told = Response(url=URL, final_url=URL, status=Status.OK, code=200, body=raw)
    return replace(told, **changes)


def feed(*ages: timedelta, end: str = "</channel></rss>") -> str:
    items = "".join(
        f"<item><title>Tin số {n}</title><link>http://bao.vn/tin-{n}.html</link>"
        f"<pubDate>{format_datetime(NOW - age)}</pubDate></item>"
        for n, age in enumerate(ages)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title><link>http://bao.vn/</link>{items}{end}'


def look(body: bytes | str = b"", before: FetchState = NEW, kind: SourceKind = SourceKind.FEED, **changes: object):  # type: ignore[no-untyped-def]
    return judge_source(answer(body, **changes), source(kind), before, now=NOW, frozen_days=30)


class TestFeed:
    def test_a_feed_with_news_is_ok_and_says_its_span(self) -> None:
        found = look(feed(HOUR, 5 * HOUR, 2 * HOUR))
        assert found.status is Status.OK
        assert (found.newest, found.oldest) == (NOW - HOUR, NOW - 5 * HOUR)
        assert len(found.entries) == 3
        assert found.home == "http://bao.vn/"

    def test_the_same_bytes_again_are_unchanged(self) -> None:
        first = look(feed(HOUR))
        again = look(feed(HOUR), replace(NEW, digest=first.digest))
        assert (again.status, again.digest) == (Status.UNCHANGED, first.digest)
        assert look(feed(HOUR, 2 * HOUR), replace(NEW, digest=first.digest)).status is Status.OK

    def test_a_valid_feed_without_items_is_empty(self) -> None:
        assert look(feed()).status is Status.EMPTY
        assert look(feed(), replace(NEW, digest=look(feed()).digest)).status is Status.EMPTY

    @pytest.mark.parametrize(("days", "status"), [(29, Status.OK), (31, Status.FROZEN), (140, Status.FROZEN)])
    def test_a_feed_whose_newest_item_is_old_is_frozen(self, days: int, status: Status) -> None:
        assert look(feed(days * DAY, (days + 5) * DAY)).status is status

    def test_a_frozen_feed_stays_frozen_when_nothing_changes(self) -> None:
        old = feed(100 * DAY)
        before = replace(NEW, digest=look(old).digest, newest=NOW - 100 * DAY, entries=1)
        assert look(old, before).status is Status.FROZEN
        assert look(before=before, not_modified=True, code=304).status is Status.FROZEN

    def test_an_item_dated_into_the_future_does_not_hide_a_standstill(self) -> None:
        found = look(feed(-400 * DAY, 100 * DAY))
        assert (found.status, found.newest) == (Status.FROZEN, NOW - 100 * DAY)

    def test_a_feed_without_times_is_judged_by_what_was_known(self) -> None:
        undated = feed(HOUR).replace("pubDate", "somethingElse")
        assert look(undated).status is Status.OK
        assert look(undated, replace(NEW, newest=NOW - 100 * DAY)).status is Status.FROZEN

    def test_a_feed_cut_off_is_broken_and_its_whole_items_are_kept(self) -> None:
        found = look(feed(HOUR, 2 * HOUR, end="<item><title>Nửa"))
        assert found.status is Status.BROKEN
        assert len(found.entries) == 2

    def test_a_feed_that_defines_entities_is_broken(self) -> None:
        body = '<!DOCTYPE x [<!ENTITY a "lol">]><rss><channel><title>&a;</title></channel></rss>'
        assert look(body).status is Status.BROKEN

    @pytest.mark.parametrize(
        ("body", "kind", "detail"),
        [
            ("<!DOCTYPE html><html><body><h1>Trang chủ</h1></body></html>", "text/html; charset=utf-8", "text/html"),
            ("<html><body>x</body></html>", "", "text/html"),
            ('{"items": []}', "application/json", "application/json"),
            ("xin chào", "", "?"),
            ("", "", "?"),
        ],
    )
    def test_what_is_no_feed_is_named(self, body: str, kind: str, detail: str) -> None:
        found = look(body, headers=(("Content-Type", kind),) if kind else ())
        assert (found.status, found.detail) == (Status.NOT_A_FEED, detail)

    def test_a_feed_that_moved_says_where_to_and_brings_its_news(self) -> None:
        found = look(feed(HOUR), moved_to="http://moi.vn/rss")
        assert (found.status, found.detail, len(found.entries)) == (Status.MOVED, "http://moi.vn/rss", 1)
        assert look(feed(), moved_to="http://moi.vn/rss").status is Status.MOVED
        assert look("<html></html>", moved_to="http://moi.vn/").status is Status.NOT_A_FEED
        unchanged = look(before=replace(NEW, entries=3), not_modified=True, moved_to="http://moi.vn/rss")
        assert unchanged.status is Status.MOVED

    @pytest.mark.parametrize(("entries", "status"), [(5, Status.UNCHANGED), (0, Status.EMPTY)])
    def test_not_modified_is_as_it_was(self, entries: int, status: Status) -> None:
        before = replace(NEW, entries=entries, newest=NOW - HOUR)
        assert look(before=before, not_modified=True, code=304).status is status


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OK])
@pytest.mark.parametrize("kind", list(SourceKind))
def test_a_failure_to_fetch_is_passed_on_with_its_detail(status: Status, kind: SourceKind) -> None:
    found = look(kind=kind, status=status, detail="500")
    assert (found.status, found.detail, found.entries) == (status, "500", ())
    assert judge_page(answer(status=status)) is status


class TestListing:
    page = (
        "<!DOCTYPE html><html><body><h3><a href='/cong-doan-tang-qua-cho-cong-nhan-100001.html'>"
        "Công đoàn tặng quà cho công nhân</a></h3><span>14/11/2026 08:00</span>{ad}</body></html>"
    )

    def test_a_listing_is_unchanged_when_its_links_are_whatever_its_advertisements(self) -> None:
        first = look(self.page.format(ad="<div>một</div>"), kind=SourceKind.LISTING)
        assert first.status is Status.OK
        before = replace(NEW, digest=first.digest)
        again = look(self.page.format(ad="<div>hai</div>"), before, SourceKind.LISTING)
        assert again.status is Status.UNCHANGED

    def test_a_page_without_links_to_articles_is_empty(self) -> None:
        assert (
            look("<html><body><a href='/'>Trang chủ</a></body></html>", kind=SourceKind.LISTING).status is Status.EMPTY
        )

    def test_what_is_no_page_is_no_listing(self) -> None:
        found = look("{}", kind=SourceKind.LISTING, headers=(("content-type", "application/json"),))
        assert (found.status, found.detail) == (Status.NOT_A_FEED, "application/json")


class TestSitemap:
    def urlset(self, *ages: timedelta) -> str:
        inside = "".join(
            f"<url><loc>http://bao.vn/bai-{n + 100000}.html</loc><lastmod>{(NOW - age).isoformat()}</lastmod></url>"
            for n, age in enumerate(ages)
        )
        return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{inside}</urlset>"

    def test_a_first_look_takes_the_last_days_and_no_more(self) -> None:
        found = look(self.urlset(HOUR, 2 * DAY, 10 * DAY, 1000 * DAY), kind=SourceKind.SITEMAP)
        assert found.status is Status.OK
        assert len(found.entries) == 2
        assert (found.newest, found.oldest) == (NOW - HOUR, NOW - 1000 * DAY)

    def test_a_later_look_takes_what_changed_since(self) -> None:
        before = replace(NEW, newest=NOW - 20 * DAY)
        assert len(look(self.urlset(HOUR, 10 * DAY, 40 * DAY), before, SourceKind.SITEMAP).entries) == 2

    def test_an_old_sitemap_is_frozen_and_an_empty_one_empty(self) -> None:
        assert look(self.urlset(50 * DAY), kind=SourceKind.SITEMAP).status is Status.FROZEN
        assert look(self.urlset(), kind=SourceKind.SITEMAP).status is Status.EMPTY

    def test_an_index_is_ok_by_its_parts(self) -> None:
        index = "<sitemapindex><sitemap><loc>http://bao.vn/a.xml</loc></sitemap></sitemapindex>"
        found = look(index, kind=SourceKind.SITEMAP)
        assert (found.status, found.children) == (Status.OK, ("http://bao.vn/a.xml",))

    def test_a_cut_one_is_broken_and_a_page_is_none(self) -> None:
        assert look(self.urlset(HOUR, HOUR)[:-30], kind=SourceKind.SITEMAP).status is Status.BROKEN
        assert look("<html></html>", kind=SourceKind.SITEMAP).status is Status.NOT_A_FEED


CHALLENGES = {
    "a cookie and a reload": "<html><body><script>document.cookie='x=1;path=/';window.location.reload(true);</script></body></html>",
    "a cookie in a bare script": "<script>document.cookie = 'k=' + (7*6) + '; path=/'; location.href = '/rss';</script>",
    "just a moment": "<!DOCTYPE html><html><head><title>Just a moment...</title><meta http-equiv='refresh' content='390'>"
    "<script>window._cf_chl_opt={};var a=document.createElement('script');a.src='/cdn-cgi/challenge-platform/h/b';</script>"
    "</head><body><noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
    "a puzzle": "<html><head><title>Xác minh</title></head><body><form method=post><div class='g-recaptcha' data-sitekey='a'></div>"
    "<button>Tiếp tục</button></form></body></html>",
    "aes": "<html><body><script src='/aes.js'></script><script>function toNumbers(d){}var a=toNumbers('f6');"
    "document.cookie='__test='+a;location.href='http://bao.vn/?i=1';</script>"
    "<noscript>This site requires Javascript to work</noscript></body></html>",
    "a wall": "<html><head><META NAME='robots' CONTENT='noindex'></head><body><iframe src='/_Incapsula_Resource?x=1'></iframe>"
    "<script>var a=1</script></body></html>",
    "a guard": "<!doctype html><html><head><title>DDoS-Guard</title><script src='/.well-known/ddos-guard/check'></script></head><body></body></html>",
    "a request in Vietnamese": "<html><body><p>Vui lòng bật JavaScript để tiếp tục truy cập.</p><script>go()</script></body></html>",
    "in utf-16": "<html><body><script>document.cookie='a=1';location.reload()</script></body></html>",
}


class TestChallenge:
    @pytest.mark.parametrize("name", CHALLENGES)
    def test_a_test_for_robots_is_seen_wherever_it_is_served(self, name: str) -> None:
        raw = CHALLENGES[name].encode("utf-8-sig" if name == "in utf-16" else "utf-8")
        for kind in SourceKind:
            assert look(raw, kind=kind).status is Status.CHALLENGE
        assert judge_page(answer(raw)) is Status.CHALLENGE

    @pytest.mark.parametrize(
        "word", ["captcha", "document.cookie='a=1';", "enable javascript", "Just a moment", "challenge-form"]
    )
    def test_a_page_full_of_text_is_none_whatever_it_mentions(self, word: str) -> None:
        text = "Tòa soạn cho biết trang đăng nhập nay có mã captcha để chặn máy tự động gửi bình luận. " * 10
        page = f"<html><head><script>{word}</script></head><body><p>{text}{word}</p><form></form></body></html>"
        assert not is_challenge(page.encode())
        assert judge_page(answer(page)) is Status.OK

    def test_a_short_page_without_a_test_is_none(self) -> None:
        page = "<html><body><script>var a=1</script><h1>Ảnh: Hội thao công nhân</h1><p>Ảnh.</p></body></html>"
        assert not is_challenge(page.encode())

    def test_a_feed_with_a_script_in_an_item_is_a_feed(self) -> None:
        body = feed(HOUR).replace(
            "</item>", "<description><![CDATA[<html><script>document.cookie='a'</script>captcha]]></description></item>"
        )
        assert look(body).status is Status.OK
        assert look("\ufeff" + body).status is Status.OK

    def test_a_page_made_to_be_slow_is_not(self) -> None:
        begun = time.process_time()
        for filling in ("<", "<script>", "<script ", "</script", "captcha ", "<style></style ", "&", "location="):
            is_challenge(("<html>captcha" + filling * (190_000 // len(filling))).encode())
        assert time.process_time() - begun < 60  # processor time: a hang, not a slow machine


class TestPage:
    def test_a_page_is_a_page(self) -> None:
        assert judge_page(answer("<!DOCTYPE html><html><body><p>Tin</p></body></html>")) is Status.OK
        assert judge_page(answer("<div><p>Mảnh trang</p></div>")) is Status.OK

    @pytest.mark.parametrize("body", [b"", b"  \n "])
    def test_nothing_is_empty(self, body: bytes) -> None:
        assert judge_page(answer(body)) is Status.EMPTY

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (b"%PDF-1.7 << /Type /Catalog >>", "application/pdf"),
            (b"\x89PNG\r\n\x1a\n <x>", "image/png"),
            (b"PK\x03\x04 <", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (b"{}", "application/json"),
            (b"just words", "text/plain"),
        ],
    )
    def test_a_file_is_no_page(self, body: bytes, kind: str) -> None:
        assert judge_page(answer(body, headers=(("Content-Type", kind),))) is Status.NOT_A_FEED

    def test_a_page_announced_as_something_else_is_a_page(self) -> None:
        body = "<!DOCTYPE html><html><body><p>Tin</p></body></html>"
        assert judge_page(answer(body, headers=(("content-type", "application/octet-stream"),))) is Status.OK


@settings(deadline=None, max_examples=150)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.lists(
            st.sampled_from(
                [
                    "<html>",
                    "<rss>",
                    "<item>",
                    "<urlset>",
                    "<url>",
                    "<loc>",
                    "<script>",
                    "captcha",
                    "<a href='/x-1-2-3-4'>",
                    "<",
                    "&",
                    "\x00",
                    "Công đoàn",
                ]
            ),
            max_size=12,
        ).map(lambda parts: "".join(parts).encode()),
    ),
    st.sampled_from(SourceKind),
)
def test_any_bytes_are_something(raw: bytes, kind: SourceKind) -> None:
    assert look(raw, kind=kind).status in Status
    assert judge_page(answer(raw)) in Status
