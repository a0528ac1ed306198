"""Every way a request can end, against a real server on loopback."""

from __future__ import annotations

import gzip
import threading
import zlib
from datetime import timedelta
from itertools import pairwise

import pytest
from crawl_server import NOW, Handler, Site, get, get_all

from monitor.crawl import Robots, RobotsBook, user_agent
from monitor.model.fetch import Status


def test_a_page_is_had_with_its_headers_and_counted_bytes(site: Site) -> None:
    site.say("/a", "Công đoàn".encode(), ETag='"1"')
    answer = get(site.url("/a"))
    assert (answer.status, answer.code, answer.body.decode()) == (Status.OK, 200, "Công đoàn")
    assert answer.header("etag") == '"1"'
    assert answer.url == answer.final_url == site.url("/a")
    assert answer.moved_to == ""
    assert answer.bytes >= len("Công đoàn".encode())


def test_requests_count_robots_and_redirects_as_the_server_counts_them(site: Site) -> None:
    site.redirect("/a", "/b")
    site.say("/b", b"ok")
    assert get(site.url("/a")).requests == len(site.asked) == 3
    assert site.paths == ["/robots.txt", "/a", "/b"]


def test_who_asks_is_said_with_a_contact_and_languages(site: Site) -> None:
    site.say("/a", b"ok")
    get(site.url("/a"), contact="tuyengiao@ldld-laocai.example")
    sent = site.asked[-1].headers
    assert "UnionPressMonitor/" in sent["user-agent"]
    assert "tuyengiao@ldld-laocai.example" in sent["user-agent"]
    assert sent["accept-language"].startswith("vi")
    assert "br" not in sent["accept-encoding"]
    assert "contact not set" in user_agent("")


@pytest.mark.parametrize("coding", ["gzip", "deflate", "x-gzip"])
def test_a_compressed_body_is_unpacked_and_counted_as_sent(site: Site, coding: str) -> None:
    text = "tin công đoàn ".encode() * 1000
    packed = zlib.compress(text) if coding == "deflate" else gzip.compress(text)
    site.say("/a", packed, Content_Encoding=coding)
    answer = get(site.url("/a"))
    assert answer.body == text
    assert len(packed) <= answer.bytes < len(text)


def test_what_is_unchanged_is_asked_for_conditionally_and_not_sent_again(site: Site) -> None:
    def conditional(handler: Handler) -> None:
        same = handler.headers.get("If-None-Match") == '"7"'
        handler.send(b"" if same else b"new", 304 if same else 200, (("ETag", '"7"'),))

    site.routes["/a"] = conditional
    assert get(site.url("/a")).body == b"new"
    again = get(site.url("/a"), etag='"7"', modified="Thu, 05 Nov 2026 01:00:00 GMT")
    assert (again.status, again.not_modified, again.body) == (Status.OK, True, b"")
    assert site.asked[-1].headers["if-modified-since"] == "Thu, 05 Nov 2026 01:00:00 GMT"


def test_an_etag_that_no_header_can_carry_is_not_sent_back(site: Site) -> None:
    site.say("/a", b"ok", ETag='"điện"')
    first = get(site.url("/a"))
    again = get(site.url("/a"), etag=first.header("etag") or '"điện"', modified="thứ năm")
    assert again.status is Status.OK
    assert "if-none-match" not in site.asked[-1].headers


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (404, Status.GONE),
        (410, Status.GONE),
        (400, Status.GONE),
        (401, Status.FORBIDDEN),
        (403, Status.FORBIDDEN),
        (451, Status.FORBIDDEN),
        (429, Status.ASKED_TO_WAIT),
        (500, Status.SERVER_ERROR),
        (502, Status.SERVER_ERROR),
        (503, Status.SERVER_ERROR),
        (599, Status.SERVER_ERROR),
        (204, Status.BROKEN),
        (300, Status.BROKEN),
    ],
)
def test_every_code_has_its_status(site: Site, code: int, status: Status) -> None:
    site.say("/a", b"" if code == 204 else b"sorry", code)
    answer = get(site.url("/a"))
    assert (answer.status, answer.code, answer.detail, answer.retry_after) == (status, code, str(code), None)
    assert answer.body == b""


@pytest.mark.parametrize(
    ("code", "said", "status", "seconds"),
    [
        (429, "120", Status.ASKED_TO_WAIT, 120.0),
        (429, " 0 ", Status.ASKED_TO_WAIT, 0.0),
        (429, "Thu, 05 Nov 2026 08:10:00 GMT", Status.ASKED_TO_WAIT, 600.0),
        (429, "Thursday, 05-Nov-26 08:10:00 GMT", Status.ASKED_TO_WAIT, 600.0),
        (429, "Thu, 05 Nov 2026 07:00:00 GMT", Status.ASKED_TO_WAIT, 0.0),
        (429, "99999999999999", Status.ASKED_TO_WAIT, 86400.0),
        (429, "Fri, 05 Nov 2027 07:00:00 GMT", Status.ASKED_TO_WAIT, 86400.0),
        (429, "soon", Status.ASKED_TO_WAIT, None),
        (429, "²", Status.ASKED_TO_WAIT, None),
        (429, "-5", Status.ASKED_TO_WAIT, None),
        (429, "Thu, 99 Nov 2026 99:00:00 GMT", Status.ASKED_TO_WAIT, None),
        (503, "60", Status.ASKED_TO_WAIT, 60.0),
        (500, "60", Status.SERVER_ERROR, 60.0),
    ],
)
def test_retry_after_is_read_as_seconds_or_date_and_a_day_at_most(
    site: Site, code: int, said: str, status: Status, seconds: float | None
) -> None:
    site.say("/a", b"busy", code, Retry_After=said)
    answer = get(site.url("/a"))
    assert (answer.status, answer.retry_after) == (status, seconds)


class TestRedirects:
    def test_a_chain_is_followed_to_its_end(self, site: Site) -> None:
        site.redirect("/1", "/2")
        site.redirect("/2", "3?x=1", 307)
        site.say("/3?x=1", b"here")
        answer = get(site.url("/1"))
        assert (answer.status, answer.body, answer.final_url) == (Status.OK, b"here", site.url("/3?x=1"))
        assert answer.url == site.url("/1")
        assert answer.moved_to == ""

    def test_a_permanent_chain_says_where_the_source_lives_now(self, site: Site) -> None:
        site.redirect("/rss", "/feed", 301)
        site.redirect("/feed", "/feed/all", 308)
        site.say("/feed/all", b"here")
        assert get(site.url("/rss")).moved_to == site.url("/feed/all")

    def test_a_chain_with_one_temporary_step_has_not_moved(self, site: Site) -> None:
        site.redirect("/rss", "/feed", 301)
        site.redirect("/feed", "/feed/all", 302)
        site.say("/feed/all", b"here")
        assert get(site.url("/rss")).moved_to == ""

    def test_a_slash_more_is_no_move(self, site: Site) -> None:
        site.redirect("/rss", "/rss/", 301)
        site.say("/rss/", b"here")
        assert get(site.url("/rss")).moved_to == ""

    @pytest.mark.parametrize("there", ["/a", "http://{}/a"])
    def test_a_page_that_leads_to_itself_is_a_loop(self, site: Site, there: str) -> None:
        site.redirect("/a", there.format(f"127.0.0.1:{site.port}"))
        answer = get(site.url("/a"))
        assert (answer.status, answer.detail) == (Status.REDIRECT_LOOP, site.url("/a"))
        assert site.paths.count("/a") == 1

    def test_two_pages_that_lead_to_each_other_are_a_loop(self, site: Site) -> None:
        site.redirect("/a", "/b")
        site.redirect("/b", "/a")
        assert get(site.url("/a")).status is Status.REDIRECT_LOOP

    def test_no_more_redirects_are_followed_than_allowed(self, site: Site) -> None:
        site.routes["*"] = lambda h: (
            h.send(b"", 404)
            if h.path == "/robots.txt"
            else h.send(b"", 302, (("Location", f"/{int(h.path[1:]) + 1}"),))
        )
        assert get(site.url("/0"), max_redirects=3).status is Status.REDIRECT_LOOP
        assert len(site.asked) == 1 + 4

    @pytest.mark.parametrize(
        "there",
        [
            "",
            "javascript:alert(1)",
            "ftp://127.0.0.1/",
            "http://user:pass@127.0.0.1/",
            "http://[::1",
            "http://a b/",
        ],
    )
    def test_a_redirect_to_no_address_is_broken(self, site: Site, there: str) -> None:
        site.redirect("/a", there)
        answer = get(site.url("/a"))
        assert (answer.status, answer.detail) == (Status.BROKEN, "Location")

    @pytest.mark.parametrize(
        "there",
        [
            "http://127.0.0.2:{port}/",
            "http://[::1]:{port}/",
            "http://127.1:{port}/",
            "http://2130706433:{port}/",
            "http://0x7f.0.0.1:{port}/",
            "http://[::ffff:127.0.0.1]:{port}/",
            "http://localhost:{port}/",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.0.0.1/",
        ],
    )
    def test_a_redirect_to_a_private_address_is_refused(self, site: Site, there: str) -> None:
        site.redirect("/a", there.format(port=site.port))
        answer = get(site.url("/a"))
        assert answer.status is Status.BLOCKED_ADDRESS
        assert answer.detail in answer.final_url
        assert site.paths == ["/robots.txt", "/a"]

    def test_a_cookie_handed_out_on_the_way_is_given_back_and_then_forgotten(self, site: Site) -> None:
        def gate(handler: Handler) -> None:
            if "pass=1" in (handler.headers.get("Cookie") or ""):
                handler.send(b"inside")
            else:
                handler.send(b"", 302, (("Location", "/a"), ("Set-Cookie", "pass=1; Path=/")))

        site.routes["/a"] = gate
        assert get(site.url("/a")).body == b"inside"
        one, two = get_all(site.url("/a"), site.url("/a"))
        assert one.body == two.body == b"inside"
        assert [asked.headers.get("cookie") for asked in site.asked if asked.path == "/a"].count(None) == 3

    def test_a_page_that_hands_out_a_cookie_for_ever_is_a_loop(self, site: Site) -> None:
        site.say("/a", b"", 302, Location="/a", Set_Cookie="pass=1; Path=/; Max-Age=60")
        assert get(site.url("/a")).status is Status.REDIRECT_LOOP
        assert site.paths.count("/a") == 2

    def test_two_sites_may_hand_out_a_cookie_of_one_name(self, site: Site) -> None:
        with Site("127.0.0.2") as second:
            site.say("/a", b"", 302, Location=second.url("/b"), Set_Cookie="sid=1")
            second.say("/b", b"", 302, Location="/c", Set_Cookie="sid=2")
            second.say("/c", b"here")
            answer = get(site.url("/a"), allow_hosts=("127.0.0.1", "127.0.0.2"))
            assert (answer.status, answer.body) == (Status.OK, b"here")
            assert second.asked[-1].headers["cookie"] == "sid=2"

    def test_a_cookie_that_no_header_can_carry_is_left_behind(self, site: Site) -> None:
        site.say("/a", b"", 302, Location="/b", Set_Cookie="ten=Đoàn; Path=/")
        site.say("/b", b"here")
        assert get(site.url("/a")).body == b"here"

    def test_robots_are_asked_of_every_host_on_the_way(self, site: Site, other: Site) -> None:
        other.say("/robots.txt", b"User-agent: *\nDisallow: /", kind="text/plain")
        site.redirect("/a", other.url("/b"))
        answer = get(site.url("/a"))
        assert (answer.status, answer.detail) == (Status.FORBIDDEN, "robots.txt")
        assert other.paths == ["/robots.txt"]


class TestHostileServers:
    def test_a_body_that_trickles_ends_at_the_total_deadline(self, site: Site) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        site.routes["/a"] = site.drip(head=head, piece=b" ", pause=0.05)
        answer = get(site.url("/a"), total_timeout=1.0)
        assert (answer.status, answer.detail) == (Status.TOO_SLOW, "1")

    def test_headers_that_trickle_end_at_the_total_deadline(self, site: Site) -> None:
        site.routes["/a"] = site.drip(head=b"HTTP/1.1 200 OK\r\n", piece=b"X-A: b\r\n", pause=0.05)
        assert get(site.url("/a"), total_timeout=1.0).status is Status.TOO_SLOW

    def test_silence_ends_at_the_read_timeout(self, site: Site) -> None:
        site.routes["/a"] = lambda _: site.over.wait(20) and None
        answer = get(site.url("/a"), read_timeout=0.5)
        assert (answer.status, answer.requests) == (Status.TOO_SLOW, 2)

    def test_a_chain_of_slow_redirects_shares_one_deadline(self, site: Site) -> None:
        def slow(handler: Handler) -> None:
            site.over.wait(0.4)
            handler.send(b"", 302, (("Location", f"{handler.path}x"),))

        site.say("/robots.txt", b"")
        site.routes["*"] = slow
        assert get(site.url("/a"), total_timeout=1.0, max_redirects=50).status is Status.TOO_SLOW

    def test_a_body_without_end_is_cut_at_the_limit(self, site: Site) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        site.routes["/a"] = site.drip(head=head, piece=b"<item>" * 20_000, pause=0)
        answer = get(site.url("/a"), max_bytes=2 * 2**20)
        assert (answer.status, answer.detail, answer.body) == (Status.TOO_LARGE, "2", b"")

    def test_a_small_body_that_unpacks_to_more_than_the_limit_is_too_large(self, site: Site) -> None:
        site.say("/a", gzip.compress(b"\0" * 30 * 2**20), Content_Encoding="gzip")
        assert get(site.url("/a"), max_bytes=2**20).status is Status.TOO_LARGE

    @pytest.mark.parametrize(
        "sent",
        [
            b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal",
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"half" * 500)[:-20],
            b"HTTP/1.1 200 OK\r\nContent-Enc",
            b"",
            b"\0\xff\xfe garbage \r\n\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 300_000 + b"\r\n\r\n",
        ],
        ids=["length", "chunked", "gzip", "headers", "nothing", "garbage", "endless header"],
    )
    def test_what_breaks_off_is_cut_short(self, site: Site, sent: bytes) -> None:
        site.say("/robots.txt", b"", 404, Connection="close")
        site.routes["/a"] = lambda h: h.raw(sent)
        assert get(site.url("/a")).status is Status.CUT_SHORT

    def test_nobody_there_is_unreachable(self, site: Site) -> None:
        url = site.url("/a")
        site.server.shutdown()
        site.server.server_close()
        answer = get(url)
        assert (answer.status, answer.detail) == (Status.UNREACHABLE, "ConnectError")

    def test_a_packing_we_did_not_ask_for_is_broken(self, site: Site) -> None:
        site.say("/a", b"...", Content_Encoding="br")
        answer = get(site.url("/a"))
        assert (answer.status, answer.detail) == (Status.BROKEN, "Content-Encoding: br")

    def test_a_hundred_long_headers_are_kept_within_bounds(self, site: Site) -> None:
        many = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 300) for n in range(200))
        site.routes["/a"] = lambda h: h.raw(b"HTTP/1.1 200 OK\r\n" + many + b"Content-Length: 2\r\n\r\nok")
        assert len(get(site.url("/a")).headers) <= 100

    @pytest.mark.parametrize("url", ["", "http://", "http://[", "no address", "ftp://a.vn/", "http://a.vn:99999/"])
    def test_what_is_no_address_is_a_value_not_an_exception(self, url: str) -> None:
        answer = get(url)
        assert (answer.status, answer.detail, answer.requests) == (Status.UNREACHABLE, "URL", 0)


class TestRobots:
    def test_what_robots_forbid_is_not_asked_for(self, site: Site) -> None:
        site.say("/robots.txt", b"User-agent: *\nDisallow: /private", kind="text/plain")
        site.say("/open", b"ok")
        shut, open_ = get_all(site.url("/private/a"), site.url("/open"))
        assert (shut.status, shut.detail) == (Status.FORBIDDEN, "robots.txt")
        assert open_.status is Status.OK
        assert "/private/a" not in site.paths

    def test_rules_for_our_own_name_come_before_the_rules_for_all(self, site: Site) -> None:
        site.say("/robots.txt", b"User-agent: *\nAllow: /\n\nUser-agent: UnionPressMonitor\nDisallow: /a")
        assert get(site.url("/a")).status is Status.FORBIDDEN

    @pytest.mark.parametrize("code", [404, 403, 401, 410, 400])
    def test_no_robots_means_no_rules(self, site: Site, code: int) -> None:
        site.say("/robots.txt", b"User-agent: *\nDisallow: /", code)
        site.say("/a", b"ok")
        assert get(site.url("/a")).status is Status.OK

    @pytest.mark.parametrize("code", [500, 503])
    def test_a_host_whose_robots_fail_is_not_asked_now(self, site: Site, code: int) -> None:
        site.say("/robots.txt", b"", code)
        answer = get(site.url("/a"))
        assert (answer.status, answer.detail) == (Status.SERVER_ERROR, str(code))
        assert site.paths == ["/robots.txt"]

    @pytest.mark.parametrize("code", [429, 503])
    def test_a_host_that_asks_to_wait_at_its_robots_is_heard(self, site: Site, code: int) -> None:
        site.say("/robots.txt", b"", code, Retry_After="90")
        answer = get(site.url("/a"))
        assert (answer.status, answer.retry_after) == (Status.ASKED_TO_WAIT, 90.0)
        assert site.paths == ["/robots.txt"]

    @pytest.mark.parametrize(
        "page",
        [
            b"<html><body>User-agent: *\nDisallow: /</body></html>",
            b"\n<!DOCTYPE html>Disallow: /",
            b"\xef\xbb\xbf<script>document.cookie='a'</script>",
        ],
    )
    def test_a_web_page_where_robots_are_due_holds_no_rules(self, site: Site, page: bytes) -> None:
        site.say("/robots.txt", page)
        site.say("/a", b"ok")
        assert get(site.url("/a")).status is Status.OK

    def test_robots_behind_a_redirect_are_read(self, site: Site, other: Site) -> None:
        site.redirect("/robots.txt", other.url("/rules"), 301)
        other.say("/rules", b"User-agent: *\nDisallow: /")
        assert get(site.url("/a")).status is Status.FORBIDDEN

    def test_robots_that_lead_to_a_private_address_are_not_followed(self, site: Site) -> None:
        site.redirect("/robots.txt", "http://10.0.0.1/robots.txt")
        assert get(site.url("/a")).status is Status.BLOCKED_ADDRESS

    def test_robots_are_asked_for_once_a_round(self, site: Site) -> None:
        site.say("/a", b"ok")
        book = RobotsBook()
        get(site.url("/a"), book=book)
        get(site.url("/a"), book=book)
        assert site.paths == ["/robots.txt", "/a", "/a"]
        assert list(book.changed) == [f"127.0.0.1:{site.port}"]

    @pytest.mark.parametrize("said", ["-5", "nan", "inf", "soon", ""])
    def test_a_delay_that_is_no_number_of_seconds_does_no_harm(self, site: Site, said: str) -> None:
        site.say("/robots.txt", f"User-agent: *\nCrawl-delay: {said}\nDisallow: /x".encode())
        site.say("/a", b"ok")
        book = RobotsBook()
        assert get(site.url("/a"), book=book).status is Status.OK
        assert 0.0 <= book.delay(f"127.0.0.1:{site.port}", "UnionPressMonitor") <= 30.0

    def test_the_sitemaps_a_host_announces_are_known(self, site: Site) -> None:
        site.say("/robots.txt", b"User-agent: *\nDisallow:\nSitemap: http://bao.vn/news.xml\n")
        site.say("/a", b"ok")
        book = RobotsBook()
        get(site.url("/a"), book=book)
        assert book.sitemaps(f"127.0.0.1:{site.port}") == ("http://bao.vn/news.xml",)
        assert book.sitemaps("nobody.vn") == ()

    def test_rules_are_kept_a_day_and_a_failure_only_for_its_round(self, site: Site) -> None:

        kept = Robots(host="a.vn", text="", read=NOW)
        failed = Robots(host="b.vn", text="", read=NOW, failure=Status.SERVER_ERROR)
        book = RobotsBook((kept, failed))
        assert book.get("a.vn", NOW + timedelta(hours=23)) is kept
        assert book.get("a.vn", NOW + timedelta(hours=25)) is None
        assert book.get("b.vn", NOW) is None
        book.put(failed)
        assert book.get("b.vn", NOW) is failed


class TestPace:
    def test_one_host_gets_one_request_at_a_time_at_its_pace(self, site: Site) -> None:
        def page(handler: Handler) -> None:
            site.over.wait(0.03)
            handler.send(b"ok")

        site.routes["*"] = page
        site.say("/robots.txt", b"", 404)
        get_all(*(site.url(f"/{n}") for n in range(4)), pace=0.15)
        asked = sorted((a for a in site.asked if a.path != "/robots.txt"), key=lambda a: a.begun)
        assert len(asked) == 4
        assert site.most_at_work == 1
        # What the server saw as its end, the client saw a little later: the pause can only be longer.
        assert all(after.begun - before.ended > 0.12 for before, after in pairwise(asked))

    def test_a_host_may_ask_for_more_time_than_the_pace(self, site: Site) -> None:
        site.say("/robots.txt", b"User-agent: *\nCrawl-delay: 0.4\nDisallow: /x", kind="text/plain")
        site.say("/a", b"ok")
        site.say("/b", b"ok")
        get_all(site.url("/a"), site.url("/b"))
        pages = [a for a in site.asked if a.path != "/robots.txt"]
        assert pages[1].begun - pages[0].ended > 0.35

    def test_two_hosts_are_asked_side_by_side(self, site: Site, other: Site) -> None:

        both = threading.Barrier(2, timeout=10)

        def meet(handler: Handler) -> None:
            both.wait()
            handler.send(b"ok")

        site.routes["/a"] = other.routes["/a"] = meet
        answers = get_all(site.url("/a"), other.url("/a"))
        assert [answer.status for answer in answers] == [Status.OK, Status.OK]

    def test_waiting_for_the_lane_does_not_count_against_the_deadline(self, site: Site) -> None:
        site.routes["*"] = lambda h: h.send(b"ok", 404 if h.path == "/robots.txt" else 200)
        answers = get_all(*(site.url(f"/{n}") for n in range(3)), pace=0.5, total_timeout=1.0)
        assert {answer.status for answer in answers} == {Status.OK}
