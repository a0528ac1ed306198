"""Rounds over a real loopback press: every article once, nothing lost, nobody asked more than needed."""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from press_server import NOW, Answer, Item, Press, feed, outlet, page, sitemap, write_home

from monitor.clock import local
from monitor.config import Home
from monitor.errors import BusyError, ConfigError, UsageError
from monitor.jobs.collect import Progress, collect
from monitor.jobs.exporting import export_articles
from monitor.jobs.health import health
from monitor.model.article import Article, Completeness
from monitor.model.fetch import RoundReport, SourceReport, Status
from monitor.store import articles, snapshots
from monitor.store import sources as store
from monitor.store.db import integrity, opened

FEED = "/rss/home.rss"


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as made:
        yield made


@pytest.fixture
def other() -> Iterator[Press]:
    with Press() as made:
        yield made


@pytest.fixture
def at(surroundings: pytest.MonkeyPatch) -> Callable[[float], datetime]:
    """Sets the clock to so many minutes after ``NOW``."""

    def put(minutes: float) -> datetime:
        now = NOW + timedelta(minutes=minutes)
        surroundings.setenv("MONITOR_NOW", now.isoformat())
        return now

    return put


def one_feed(root: Path, press: Press, **more: Any) -> Home:
    return write_home(root, outlet("tin24", f"{{feed: {press.base}{FEED}}}"), **more)


def stored(home: Home) -> dict[str, Article]:
    with opened(home.database) as db:
        return {a.url or a.id: a for a in articles.between(db)}


def urls_of(home: Home) -> Counter[str]:
    return Counter(str(row["url"]) for row in export_articles(home, None, None))


def line(report: RoundReport, source: str = "tin24/1") -> SourceReport:
    return next(found for found in report.sources if found.id == source)


# What a round brings.


def test_every_article_is_read_once_and_only_once(root: Path, press: Press) -> None:
    made = press.grow(10)
    home = one_feed(root, press)
    report = collect(home)
    assert line(report).status is Status.OK
    assert (line(report).entries, line(report).new, report.pages, report.pages_failed) == (10, 10, 10, 0)
    assert urls_of(home) == Counter(press.url(item) for item in made)
    found = stored(home)
    for item in made:
        article = found[press.url(item)]
        assert (article.title, article.lead, article.text) == (item.headline, item.told, item.text)
        assert article.published == item.published
        assert article.completeness is Completeness.PAGE
    assert sorted(press.paths()) == sorted(item.path for item in made)


def test_a_second_round_asks_for_no_article_and_finds_nothing_new(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    press.grow(10)
    home = one_feed(root, press)
    collect(home)
    press.asked.clear()
    at(20)
    report = collect(home)
    assert (line(report).status, line(report).new, line(report).requests) == (Status.UNCHANGED, 0, 1)
    assert [one.path for one in press.asked] == [FEED]
    assert len(stored(home)) == 10


def test_the_feed_is_asked_for_conditionally_also_after_a_304_that_says_no_tag(root: Path, press: Press) -> None:
    press.grow(3)
    press.bare_304 = True
    home = one_feed(root, press)
    for _ in range(4):
        collect(home)
    looks = [one for one in press.asked if one.path == FEED]
    assert [one.status for one in looks] == [200, 304, 304, 304]
    assert "If-None-Match" not in looks[0].headers


def test_a_feed_that_changed_after_many_304_brings_its_new_items(root: Path, press: Press) -> None:
    press.grow(3)
    home = one_feed(root, press)
    collect(home)
    collect(home)
    press.grow(2)
    assert line(collect(home)).new == 2
    assert len(stored(home)) == 5


def test_variants_of_an_address_are_stored_once(root: Path, press: Press) -> None:
    (item,) = press.grow(1)
    plain = feed(press.base, [item])
    tagged = plain.replace(".html</link>", ".html?utm_source=rss&amp;utm_medium=feed#tag</link>")
    secure = plain.replace(f"<link>{press.base}/bai", f"<link>{press.base.replace('http:', 'https:')}/bai")
    press.answers = {"/a.rss": Answer(body=plain.encode()), "/b.rss": Answer(body=tagged.encode())}
    press.answers["/c.rss"] = Answer(body=secure.encode())
    home = write_home(root, outlet("tin24", *(f"{{feed: {press.base}/{name}.rss}}" for name in "abc")))
    report = collect(home)
    assert sum(found.new for found in report.sources) == 1
    assert len(stored(home)) == 1
    assert len(press.paths()) == 1


def test_an_aggregator_s_link_to_a_configured_outlet_belongs_to_that_outlet(
    root: Path, press: Press, other: Press
) -> None:
    foreign, own = press.grow(2), other.grow(2)
    rows = feed(press.base, foreign).partition("<item>")[2].partition("</channel>")[0]
    both = feed(other.base, own).replace("</channel>", f"<item>{rows}</channel>")
    other.answers["/tong-hop.rss"] = Answer(body=both.encode())
    home = write_home(
        root,
        outlet("tonghop", f"{{feed: {other.base}/tong-hop.rss}}", kind="aggregator")
        + outlet("tin24", f"{{feed: {press.base}/khong-co.rss}}"),
    )
    collect(home)
    found = stored(home)
    assert {found[press.url(item)].outlet for item in foreign} == {"tin24"}
    assert {found[other.url(item)].outlet for item in own} == {"tonghop"}
    assert {a.completeness for a in found.values()} == {Completeness.PAGE}


def test_of_an_irrelevant_page_nothing_but_its_address_title_time_and_hash_is_kept(root: Path, press: Press) -> None:
    press.grow(2, ours=False)
    press.grow(2)
    home = one_feed(root, press)
    collect(home)
    with opened(home.database) as db:
        for article in articles.between(db):
            ours = "Công đoàn" in article.title
            assert bool(article.text) is bool(article.lead) is ours
            kept = snapshots.of(db, article.id)
            assert len(kept) == ours
            for shot in kept:
                number = int(article.title.split("số ")[1].split()[0])
                assert shot.body == page(press.items[number - 1]).encode()


def test_the_cost_of_a_source_s_articles_stands_on_its_line(root: Path, press: Press) -> None:
    press.grow(4)
    report = collect(one_feed(root, press))
    assert line(report).requests == len(press.asked) == report.requests
    assert line(report).bytes > 4 * 500


def test_progress_is_told_up_to_the_end(root: Path, press: Press) -> None:
    press.grow(5)
    told: list[Progress] = []
    collect(one_feed(root, press), progress=told.append)
    assert told[-1] == Progress(sources=1, sources_total=1, pages=5, pages_total=5, failed=0)
    assert all(a.pages <= b.pages for a, b in pairwise(told))


# Pages that do not come.


def test_a_page_that_fails_keeps_the_feed_s_words_and_is_read_when_it_returns(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    item = press.grow(3)[1]
    press.answers[item.path] = Answer(status=500)
    home = one_feed(root, press)
    report = collect(home)
    assert (report.pages, report.pages_failed) == (2, 1)
    assert line(report).status is Status.OK
    article = stored(home)[press.url(item)]
    assert article.completeness is Completeness.FEED
    assert (article.title, article.lead, article.text) == (item.headline, item.told, "")
    assert article.tagging and article.tagging.relevance.ours

    press.asked.clear()
    at(14)
    collect(home)
    assert press.paths() == []  # not yet
    at(16)
    collect(home)
    assert press.paths() == [item.path]
    at(30)
    collect(home)
    assert press.paths() == [item.path]  # the second time it waits longer

    del press.answers[item.path]
    at(16 + 31)
    collect(home)
    assert stored(home)[press.url(item)].completeness is Completeness.PAGE
    assert stored(home)[press.url(item)].text == item.text


def test_a_page_that_never_comes_is_given_up_and_exported_all_the_same(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    broken, gone, barred = press.grow(3)
    press.answers[broken.path] = Answer(status=500)
    press.answers[gone.path] = Answer(status=404)
    press.answers[barred.path] = Answer(status=403)
    home = one_feed(root, press, crawl="  page_tries: 4\n")
    for day in range(12):
        at(day * 1440)
        collect(home)
    rows = {row["url"]: row for row in export_articles(home, None, None)}
    assert {row["completeness"] for row in rows.values()} == {"given_up"}
    assert rows[press.url(broken)]["title"] == broken.headline
    assert rows[press.url(broken)]["relevance"] in ("union", "labour")
    asked = Counter(press.paths())
    assert asked == {broken.path: 4, gone.path: 2, barred.path: 1}


def test_a_changed_headline_in_the_feed_brings_the_new_page_and_keeps_the_old(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    item = press.grow(3)[0]
    home = one_feed(root, press)
    collect(home)
    press.asked.clear()
    changed = press.change(
        item, title="Công đoàn đính chính về tiền lương của công nhân", body=item.text + "\nSửa lại."
    )
    at(20)
    report = collect(home)
    assert (line(report).new, line(report).changed, report.pages) == (0, 1, 1)
    assert press.paths() == [item.path]
    assert stored(home)[press.url(item)].title == changed.headline
    with opened(home.database) as db:
        assert db.execute("SELECT title, text FROM revisions").fetchall() == [(item.headline, item.text)]
    press.asked.clear()
    at(40)
    assert line(collect(home)).changed == 0
    assert press.paths() == []


@pytest.mark.parametrize(
    ("what", "answer"),
    [
        ("five megabytes", Answer(body=b"<html><body><p>" + b"cong nhan " * 500_000 + b"</p></body></html>")),
        ("deep nesting", Answer(body=b"<div>" * 100_000 + "Công đoàn".encode())),
        ("nothing", Answer(body=b"")),
        ("no text", Answer(body=b"<html></html>")),
        ("noise", Answer(body=bytes(range(256)) * 4000)),
        ("a picture", Answer(body=b"\x89PNG\r\n\x1a\n" + bytes(5000), kind="image/png")),
        ("a broken character", Answer(body=b"<html><body><h1>C\xc3</h1><p>&#55555;&#x110000;\x00</p></body></html>")),
    ],
)
def test_a_monstrous_page_costs_the_round_nothing(root: Path, press: Press, what: str, answer: Answer) -> None:
    monster = press.grow(5)[2]
    press.answers[monster.path] = answer
    home = one_feed(root, press)
    report = collect(home)
    assert report.pages + report.pages_failed == 5
    assert line(report).status is Status.OK
    found = stored(home)
    assert len(found) == 5
    assert sum(a.completeness is Completeness.PAGE for a in found.values()) >= 4
    assert found[press.url(monster)].title


def test_a_page_that_unpacks_to_gigabytes_costs_the_round_nothing(root: Path, press: Press) -> None:
    bomb = press.grow(3)[1]
    packed = gzip.compress(bytes(64 * 1024 * 1024), 9)
    press.answers[bomb.path] = Answer(body=packed, headers=(("Content-Encoding", "gzip"),))
    home = one_feed(root, press)
    report = collect(home)
    assert (report.pages, report.pages_failed) == (2, 1)
    assert stored(home)[press.url(bomb)].completeness is Completeness.GIVEN_UP
    assert line(report).bytes < 20 * 1024 * 1024


def test_a_page_without_end_costs_the_round_nothing(root: Path, press: Press) -> None:
    endless = press.grow(3)[1]

    def flood() -> Iterator[bytes]:
        while True:
            yield b"<p>cong nhan</p>" * 4096

    press.answers[endless.path] = lambda: Answer(chunks=(flood(),))
    home = one_feed(root, press)
    report = collect(home)
    assert (report.pages, report.pages_failed) == (2, 1)


# Holes.


def hole(press: Press, home: Home, at: Callable[[float], datetime]) -> tuple[RoundReport, list[Item]]:
    """A first round over 10 articles, then 40 more at once, then a second round."""
    press.grow(10)
    return hole_after(press, home, at)


def hole_after(press: Press, home: Home, at: Callable[[float], datetime]) -> tuple[RoundReport, list[Item]]:
    """A first round over what there is, then 40 more articles at once, then a second round."""
    collect(home, pages=False)
    made = press.grow(40, newest=at(240), apart=5)
    press.asked.clear()
    return collect(home, pages=False), made


def assert_whole(press: Press, home: Home, report: RoundReport) -> None:
    assert urls_of(home) == Counter(press.url(item) for item in press.items)
    assert [gap.closed for gap in report.gaps] == [True]
    assert all(not found.gaps for found in health(home))


def test_a_hole_is_filled_from_the_outlet_s_own_listing(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    press.listing = True
    home = write_home(
        root,
        outlet(
            "tin24",
            f"{{feed: {press.base}{FEED}}}",
            f'{{listing: {press.base}/tin-moi, links: "div.tin h3 a", next: "/tin-moi/trang-{{page}}", pages: 1, '
            "every: 10000}",
        ),
    )
    press.grow(10)
    collect(home, only=["tin24/1"], pages=False)
    press.grow(40, newest=at(240), apart=5)
    report = collect(home, only=["tin24/1"], pages=False)
    assert_whole(press, home, report)
    assert (line(report).new, line(report).entries) == (40, 10)
    assert collect(home).pages == 50


def test_a_hole_is_filled_from_the_outlet_s_own_sitemap(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    press.sitemap = True
    press.answers["/ban-do.xml"] = lambda: press.answer("/sitemap-news.xml")
    home = write_home(root, outlet("tin24", f"{{feed: {press.base}{FEED}}}", f"{{sitemap: {press.base}/ban-do.xml}}"))
    press.grow(10)
    collect(home, only=["tin24/1"], pages=False)
    press.grow(40, newest=at(240), apart=5)
    press.asked.clear()
    report = collect(home, only=["tin24/1"], pages=False)
    assert_whole(press, home, report)
    assert press.paths("/sitemap-news.xml") == []


def test_a_hole_is_filled_from_a_sitemap_that_robots_txt_names(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    press.sitemap = True
    press.robots = f"User-agent: *\nDisallow:\nSitemap: {press.base}/an/ban-do.xml\n"
    press.answers["/sitemap-news.xml"] = Answer(status=404)
    press.answers["/an/ban-do.xml"] = lambda: Answer(body=_sitemap(press), kind="application/xml")
    home = one_feed(root, press)
    report, _ = hole(press, home, at)
    assert_whole(press, home, report)


def test_a_hole_is_filled_from_a_sitemap_at_a_well_known_address(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    press.sitemap = True
    home = one_feed(root, press)
    report, _ = hole(press, home, at)
    assert_whole(press, home, report)
    assert len(press.paths("/sitemap-news.xml")) == 1


def _sitemap(press: Press, skip: int = 0) -> bytes:
    return sitemap(press.base, press.newest_first()[skip:]).encode()


def test_a_sitemap_that_stopped_long_ago_fills_no_hole_and_the_next_way_is_tried(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    press.grow(10)
    stale = _sitemap(press)
    press.answers["/sitemap-news.xml"] = Answer(body=stale, kind="application/xml")
    press.answers["/sitemap.xml"] = lambda: Answer(body=_sitemap(press), kind="application/xml")
    home = one_feed(root, press)
    collect(home, pages=False)
    press.grow(40, newest=at(240), apart=5)
    assert_whole(press, home, collect(home, pages=False))


def test_a_sitemap_that_lags_behind_leaves_a_gap_that_is_told(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    # It joins what we had, but ends before what the feed shows: the hours between may hold anything.
    press.answers["/sitemap-news.xml"] = lambda: Answer(body=_sitemap(press, skip=25), kind="application/xml")
    home = one_feed(root, press)
    report, made = hole(press, home, at)
    assert [gap.closed for gap in report.gaps] == [False]
    assert len(stored(home)) == 10 + 10 + 15
    have = stored(home)
    missing = [item for item in made if press.url(item) not in have]
    (found,) = health(home)
    assert found.gaps[0].start < missing[0].published <= missing[-1].published < found.gaps[0].end


def test_a_front_page_with_a_box_of_old_articles_fills_no_hole(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    press.grow(10)
    home = one_feed(root, press)
    collect(home)
    box = press.items[:4]

    def front() -> Answer:
        rows = "".join(f'<h3><a href="{i.path}">{i.headline}</a></h3>' for i in [*press.newest_first()[:15], *box])
        return Answer(body=f"<html><body>{rows}</body></html>".encode())

    press.answers["/"] = front
    press.grow(40, newest=at(240), apart=5)
    report = collect(home, pages=False)
    assert [gap.closed for gap in report.gaps] == [False]
    assert len(stored(home)) >= 10 + 15


def test_where_no_way_leads_back_the_gap_is_told(root: Path, press: Press, at: Callable[[float], datetime]) -> None:
    home = one_feed(root, press)
    report, made = hole(press, home, at)
    assert [gap.closed for gap in report.gaps] == [False]
    assert len(stored(home)) == 20
    (found,) = health(home)
    (gap,) = found.gaps
    first, last = made[0].published, made[-11].published
    assert gap.start <= first <= last <= gap.end
    assert f"{local(gap.start):%H:%M %d/%m/%Y}" in found.reason
    assert found.status is Status.OK


def test_a_gap_is_told_once_however_often_the_source_is_looked_at(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    home = one_feed(root, press)
    hole(press, home, at)
    for minutes in (260, 280):
        at(minutes)
        assert collect(home, pages=False).gaps == ()
    assert len(health(home)[0].gaps) == 1


def test_a_walk_back_is_bounded(root: Path, press: Press, at: Callable[[float], datetime]) -> None:
    press.listing = True
    home = write_home(
        root,
        outlet(
            "tin24",
            f"{{feed: {press.base}{FEED}}}",
            f'{{listing: {press.base}/tin-moi, links: "div.tin h3 a", next: "/tin-moi/trang-{{page}}"}}',
        ),
        crawl="  hole_pages: 3\n",
    )
    press.grow(10)
    collect(home, only=["tin24/1"], pages=False)
    press.grow(400, newest=at(3000), apart=5)
    press.asked.clear()
    report = collect(home, only=["tin24/1"], pages=False)
    assert len(press.paths("/tin-moi")) == 3
    (gap,) = report.gaps
    assert not gap.closed
    # What was walked is no longer missing.
    thirty_first = press.newest_first()[30]
    assert gap.end - timedelta(minutes=10) <= thirty_first.published < gap.end


def test_a_feed_that_only_moved_on_is_no_hole(root: Path, press: Press, at: Callable[[float], datetime]) -> None:
    press.grow(10)
    home = one_feed(root, press)
    collect(home, pages=False)
    press.grow(9, newest=at(60))
    press.asked.clear()
    report = collect(home, pages=False)
    assert report.gaps == ()
    assert press.paths("/sitemap") == []
    assert line(report).new == 9


@pytest.mark.parametrize("way", [False, True], ids=["no way back", "sitemap"])
def test_an_old_article_pinned_to_the_top_of_the_feed_hides_no_hole(
    root: Path, press: Press, at: Callable[[float], datetime], way: bool
) -> None:
    press.sitemap = way
    pinned = press.grow(10)[0]
    press.change(pinned, published=NOW - timedelta(days=3))
    pinned = press.items[0]

    def with_pin() -> Answer:
        rest = [item for item in press.newest_first() if item.n != pinned.n]
        return Answer(body=feed(press.base, [pinned, *rest[:9]]).encode(), kind="application/rss+xml")

    press.answers[FEED] = with_pin
    home = one_feed(root, press)
    report, _ = hole_after(press, home, at)
    assert [gap.closed for gap in report.gaps] == [way]
    assert len(stored(home)) == (50 if way else 19)
    # With nothing leaped over, the pinned one is no matter.
    at(260)
    press.grow(5, newest=at(270))
    assert collect(home, pages=False).gaps == ()


def test_a_hole_wider_than_a_sitemap_is_read_is_told_as_what_is_left_of_it(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    press.sitemap = True
    press.grow(10)
    home = one_feed(root, press)
    collect(home, pages=False)
    press.grow(1100, newest=at(6000), apart=5)
    (gap,) = collect(home, pages=False).gaps
    assert not gap.closed
    have = stored(home)
    missing = [item for item in press.items if press.url(item) not in have]
    assert len(missing) == 100
    assert gap.start < missing[0].published <= missing[-1].published < gap.end
    assert gap.end - missing[-1].published <= timedelta(minutes=5)


# Who is asked, and when.


def test_a_paused_source_is_not_asked_and_says_why(root: Path, press: Press, at: Callable[[float], datetime]) -> None:
    home = write_home(root, outlet("tin24", f'{{feed: {press.base}{FEED}, paused: "Báo bảo trì"}}'))
    report = collect(home)
    assert line(report).status is Status.PAUSED
    assert "Báo bảo trì" in line(report).reason
    assert press.asked == []
    assert not report.all_failed
    # A pause is said once, not every minute.
    at(60)
    assert collect(home, due=True).sources == ()
    press.grow(2)
    home = one_feed(root, press)
    assert line(collect(home, due=True)).new == 2


def test_one_source_or_one_outlet_may_be_named(root: Path, press: Press, other: Press) -> None:
    press.grow(2), other.grow(2)
    sources = outlet("tin24", f"{{feed: {press.base}{FEED}}}", f"{{feed: {press.base}/khac.rss, name: khac}}")
    home = write_home(root, sources + outlet("tinh", f"{{feed: {other.base}{FEED}}}"))
    assert [found.id for found in collect(home, only=["tin24/1"]).sources] == ["tin24/1"]
    assert [found.id for found in collect(home, only=["tin24"]).sources] == ["tin24/1", "tin24/khac"]
    assert other.asked == []
    assert [found.id for found in collect(home, only=["tinh", "tin24/khac"]).sources] == ["tin24/khac", "tinh/1"]
    with pytest.raises(UsageError) as caught:
        collect(home, only=["tin24", "tin25"])
    assert caught.value.key == "unknown_source"


def test_who_names_a_source_gets_its_articles_and_no_other_s(root: Path, press: Press, other: Press) -> None:
    press.grow(2), other.grow(2)
    home = write_home(
        root, outlet("tin24", f"{{feed: {press.base}{FEED}}}") + outlet("tinh", f"{{feed: {other.base}{FEED}}}")
    )
    collect(home, pages=False)
    assert collect(home, only=["tin24"]).pages == 2
    assert other.paths() == []
    assert collect(home).pages == 2


def test_only_what_is_due_is_looked_at_when_asked_so(
    root: Path, press: Press, other: Press, at: Callable[[float], datetime]
) -> None:
    often, seldom = f"{{feed: {press.base}{FEED}, every: 10}}", f"{{feed: {other.base}{FEED}, every: 60}}"
    home = write_home(root, outlet("tin24", often) + outlet("tinh", seldom))
    press.grow(1), other.grow(1)
    assert len(collect(home, due=True).sources) == 2
    at(9)
    assert collect(home, due=True).sources == ()
    at(10)
    assert [found.id for found in collect(home, due=True).sources] == ["tin24/1"]
    at(60)
    assert len(collect(home, due=True).sources) == 2
    assert len(collect(home).sources) == 2


def test_without_pages_the_articles_stay_due_for_the_next_round(root: Path, press: Press) -> None:
    press.grow(4)
    home = one_feed(root, press)
    assert line(collect(home, pages=False)).new == 4
    assert press.paths() == []
    assert collect(home).pages == 4


@pytest.mark.parametrize("where", [FEED, "/robots.txt"])
def test_a_host_s_retry_after_is_kept_across_rounds(
    root: Path, press: Press, at: Callable[[float], datetime], where: str
) -> None:
    press.grow(2)
    press.answers[where] = Answer(status=429, headers=(("Retry-After", "3000"),))
    home = one_feed(root, press)
    report = collect(home)
    assert line(report).status is Status.ASKED_TO_WAIT
    asked = len(press.asked)
    del press.answers[where]
    for minutes, due in ((16, False), (49, True), (49, False)):
        at(minutes)
        again = collect(home, due=due)
        assert [found.status for found in again.sources] == [Status.ASKED_TO_WAIT] * (not due)
    assert len(press.asked) == asked
    at(51)
    assert line(collect(home, due=True)).new == 2


def test_a_retry_after_on_an_article_stops_the_host_and_loses_nothing(
    root: Path, press: Press, at: Callable[[float], datetime]
) -> None:
    made = press.grow(5)
    press.answers[made[1].path] = Answer(status=503, headers=(("Retry-After", "600"),))
    home = one_feed(root, press)
    collect(home)
    assert press.paths()[-1] == made[1].path
    waiting = [a for a in stored(home).values() if a.completeness is Completeness.FEED]
    asked = len(press.asked)
    del press.answers[made[1].path]
    at(9)
    collect(home)
    assert len(press.asked) == asked
    at(11)
    assert collect(home).pages == len(waiting)
    assert {a.completeness for a in stored(home).values()} == {Completeness.PAGE}


def test_a_host_in_trouble_is_left_alone_and_its_articles_stay_due(
    root: Path, press: Press, other: Press, at: Callable[[float], datetime]
) -> None:
    made = press.grow(10)
    other.grow(3)
    for item in made:
        press.answers[item.path] = Answer(status=500)
    home = write_home(
        root, outlet("tin24", f"{{feed: {press.base}{FEED}}}") + outlet("tinh", f"{{feed: {other.base}{FEED}}}")
    )
    report = collect(home)
    assert len(press.paths()) == 3
    assert (report.pages, report.pages_failed) == (3, 3)
    press.answers.clear()
    at(1)
    assert collect(home).pages == 7  # the three others wait their quarter of an hour
    at(20)
    assert collect(home).pages == 3


def test_many_sources_of_a_dead_host_cost_two_requests(root: Path, press: Press) -> None:
    for n in range(6):
        press.answers[f"/{n}.rss"] = Answer(status=502)
    home = write_home(root, outlet("tin24", *(f"{{feed: {press.base}/{n}.rss}}" for n in range(6))))
    report = collect(home)
    assert len([one for one in press.asked if one.path.endswith(".rss")]) == 2
    assert report.all_failed
    assert all(found.reason for found in report.sources)


def test_one_slow_host_does_not_delay_the_others(root: Path, press: Press, other: Press) -> None:
    press.grow(5), other.grow(8)
    served = threading.Event()

    def slow() -> Answer:
        return Answer(body=feed(press.base, press.items).encode(), kind="application/rss+xml", until=served)

    press.answers[FEED] = slow
    told: list[Progress] = []

    def tell(p: Progress) -> None:
        told.append(p)
        if len(other.paths()) == 8:
            served.set()

    home = write_home(
        root, outlet("cham", f"{{feed: {press.base}{FEED}}}") + outlet("nhanh", f"{{feed: {other.base}{FEED}}}")
    )
    report = collect(home, progress=tell)
    # The slow feed was answered only after all articles of the other host had been served.
    assert served.is_set()
    assert [found.status for found in report.sources] == [Status.OK, Status.OK]
    assert report.pages == 13


def test_some_sources_failing_is_not_all_failing(root: Path, press: Press, other: Press) -> None:
    other.grow(1)
    press.answers[FEED] = Answer(status=404)
    home = write_home(
        root, outlet("tin24", f"{{feed: {press.base}{FEED}}}") + outlet("tinh", f"{{feed: {other.base}{FEED}}}")
    )
    report = collect(home)
    assert [found.status for found in report.sources] == [Status.GONE, Status.OK]
    assert not report.all_failed
    assert collect(home, only=["tin24"]).all_failed


# Interrupted, twice at once, on bad ground.


def test_a_round_that_is_stopped_keeps_what_it_had_and_the_next_has_the_rest(root: Path, press: Press) -> None:
    press.grow(10)
    home = one_feed(root, press)
    stop = threading.Event()
    press.delay = 0.03

    def tell(p: Progress) -> None:
        if p.pages >= 3:
            stop.set()

    report = collect(home, progress=tell, stop=stop)
    assert report.interrupted
    assert 3 <= report.pages < 10
    assert len(stored(home)) == 10
    press.delay = 0
    rest = collect(home)
    assert report.pages + rest.pages == 10
    assert {a.completeness for a in stored(home).values()} == {Completeness.PAGE}
    with opened(home.database) as db:
        assert integrity(db) == "ok"


def test_a_round_told_to_stop_before_it_begins_ends_at_once(root: Path, press: Press) -> None:
    press.grow(3)
    press.delay = 0.5
    stop = threading.Event()
    stop.set()
    assert collect(one_feed(root, press), stop=stop).interrupted


def test_two_rounds_at_once_are_refused(root: Path, press: Press) -> None:
    home = one_feed(root, press)
    inside: list[BaseException] = []

    def second() -> Answer:
        with pytest.raises(BusyError) as caught:
            collect(home)
        inside.append(caught.value)
        return Answer(body=feed(press.base, []).encode(), kind="application/rss+xml")

    press.answers[FEED] = second
    collect(home)
    assert [error.key for error in inside] == ["round_under_way"]  # type: ignore[attr-defined]
    with FileLock(home.data / "collect.lock", timeout=0):
        pass  # let go afterwards


def test_half_a_configuration_starts_nothing(root: Path, press: Press) -> None:
    home = write_home(root, outlet("tin24", f"{{feed: {press.base}{FEED}}}", "{feed: ftp://x.test/}"))
    with pytest.raises(ConfigError):
        collect(home)
    assert press.asked == []
    assert not home.database.exists()


def test_an_address_that_may_not_be_asked_is_refused(root: Path, press: Press) -> None:
    home = one_feed(root, press)
    office = root / "rules" / "office.yaml"
    office.write_text(office.read_text(encoding="utf-8").replace("[127.0.0.1]", "[]"), encoding="utf-8")
    report = collect(home)
    assert line(report).status is Status.BLOCKED_ADDRESS
    assert press.asked == []


def test_pages_may_be_read_by_other_processes(root: Path, press: Press) -> None:
    press.grow(3)
    home = one_feed(root, press, crawl="  workers: 1\n")
    assert collect(home).pages == 3
    assert {a.completeness for a in stored(home).values()} == {Completeness.PAGE}


def test_what_is_remembered_of_robots_txt_spares_asking_again(root: Path, press: Press) -> None:
    press.grow(1)
    home = one_feed(root, press)
    collect(home)
    collect(home)
    assert len(press.paths("/robots.txt")) == 1
    with opened(home.database) as db:
        assert [host for host, _, _ in store.robots(db)] == [press.netloc]
