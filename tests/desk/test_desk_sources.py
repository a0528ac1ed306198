"""Sources at the desk, against a press on loopback: health, a look now, what an address would bring, adding it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from press_server import NOW, Answer, Press, outlet, write_home
from reading_home import at_desk, make_home

from monitor.config import load_sources
from monitor.desk.sources import add, check, pause, preview, resume, source, sources
from monitor.errors import InputError, MonitorError, RefusedError, UsageError
from monitor.labels import wording
from monitor.model.fetch import Status
from monitor.model.source import Level, OutletKind, SourceKind
from monitor.store import events

XML = "application/xml"


def test_rows_tell_health_and_the_week_s_articles(root: Path) -> None:
    with Press() as press:
        press.grow(4, newest=NOW - timedelta(hours=1))
        press.grow(2, newest=NOW - timedelta(days=9))
        home = make_home(root, f"{{feed: {press.base}/rss/home.rss}}", f"{{feed: {press.base}/khong-co.rss}}")
        with at_desk(home) as s:
            never, _ = sources(s)
            assert (never.checked, never.week, never.outlet_name) == (None, 0, "Báo tin24")
        report = check(home, ["tin24/1", "tin24/2", "tin24/1"])
        assert [line.status for line in report.sources] == [Status.OK, Status.GONE]
        assert press.paths() == []
        check(home, ["tin24/1"], pages=True)
        assert len(press.paths()) == 6
        with at_desk(home, "Chín") as s:
            good, gone = sources(s)
    assert (good.status, good.week, good.newest, good.kind) == (
        Status.UNCHANGED, 4, NOW - timedelta(hours=1), SourceKind.FEED,
    )  # fmt: skip
    assert (gone.status, gone.week) == (Status.GONE, 0)
    assert "404" in gone.reason


def test_a_look_at_nothing_or_at_what_is_not_there_is_refused(root: Path) -> None:
    home = make_home(root)
    for ids in ([], ["khong-co"]):
        with pytest.raises(UsageError) as error:
            check(home, ids)
        assert wording(error.value)


def test_a_feed_is_previewed_and_nothing_is_kept(root: Path) -> None:
    with Press() as press:
        press.grow(40, newest=NOW - timedelta(hours=1))
        press.feed_size = 40
        home = make_home(root)
        before = home.sources_file.read_bytes()
        seen = preview(home, f"{press.base}/rss/home.rss")
        assert (seen.kind, seen.status, seen.reason, seen.known) == (SourceKind.FEED, Status.OK, "", "")
        assert (len(seen.entries), seen.found, seen.usable) == (30, 40, True)
        assert all(entry.title and entry.url and entry.published for entry in seen.entries)
        assert seen.title
        assert home.sources_file.read_bytes() == before
        assert press.paths() == []
        with at_desk(home) as s:
            assert sources(s)[0].checked is None


def test_listings_and_sitemaps_are_known_by_what_they_are(root: Path) -> None:
    with Press(listing=True, sitemap=True) as press:
        press.grow(6)
        home = make_home(root)
        listed, mapped = preview(home, f"{press.base}/tin-moi"), preview(home, f"{press.base}/sitemap-news.xml")
        assert (listed.kind, listed.found) == (SourceKind.LISTING, 6)
        assert (mapped.kind, mapped.found) == (SourceKind.SITEMAP, 6)
        index = f"<sitemapindex><sitemap><loc>{press.base}/sitemap-news.xml</loc></sitemap></sitemapindex>"
        press.answers["/sitemap.xml"] = Answer(body=index.encode(), kind=XML)
        assert preview(home, f"{press.base}/sitemap.xml").found == 6


def test_a_page_names_its_feeds(root: Path) -> None:
    with Press() as press:
        press.grow(1)
        press.answers["/"] = Answer(
            body=(
                "<html><head><title>Báo Miền Núi - Tin nhanh</title>"
                '<link rel="alternate" type="application/rss+xml" title="Tin &lt;mới&gt;" href="/rss/home.rss">'
                '<link rel="alternate" type="application/rss+xml" href="/rss/home.rss">'
                '<link rel="alternate" hreflang="en" href="/en"><link rel=alternate type="application/atom+xml" '
                'href="javascript:alert(1)"></head><body><p>Không có bài.</p></body></html>'
            ).encode()
        )
        home = make_home(root)
        seen = preview(home, press.base + "/")
        assert [(o.kind, o.url, o.title) for o in seen.others] == [
            (SourceKind.FEED, f"{press.base}/rss/home.rss", "Tin <mới>")
        ]
        assert (seen.usable, seen.outlet_name, seen.title) == (False, "Báo Miền Núi", "Báo Miền Núi - Tin nhanh")
        assert len(seen.warnings) == 2
        assert preview(home, seen.others[0].url).usable


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer(status=404), Status.GONE),
        (Answer(status=403), Status.FORBIDDEN),
        (Answer(status=500), Status.SERVER_ERROR),
        (Answer(status=429, headers=(("Retry-After", "60"),)), Status.ASKED_TO_WAIT),
        (Answer(body=b"%PDF-1.7 tep", kind="application/pdf"), Status.NOT_A_FEED),
        (Answer(body=b"<rss><channel></channel></rss>", kind=XML), Status.EMPTY),
        (Answer(body=b"<html><script>document.cookie='a';location.reload()</script></html>"), Status.CHALLENGE),
        (Answer(status=301, headers=(("Location", "http://10.0.0.8/rss"),)), Status.BLOCKED_ADDRESS),
    ],
    ids=lambda value: value.value if isinstance(value, Status) else "",
)
def test_why_an_address_cannot_be_watched_is_said(root: Path, answer: Answer, status: Status) -> None:
    with Press(answers={"/nguon": answer}) as press:
        seen = preview(make_home(root), f"{press.base}/nguon")
    assert (seen.status, seen.usable, seen.entries) == (status, False, ())
    assert seen.reason


@pytest.mark.parametrize(
    "address", ["", "  ", "ftp://tin.test/rss", "javascript:alert(1)", "http://", "file:///etc/passwd", "x" * 3000]
)
def test_what_is_no_address_is_said_without_asking_anybody(root: Path, address: str) -> None:
    seen = preview(make_home(root), address)
    assert (seen.kind, seen.usable) == (None, False)
    assert seen.reason


@pytest.mark.parametrize(
    "address", ["http://10.1.2.3/rss", "http://169.254.169.254/latest", "http://[::1]:80/", "127.1"]
)
def test_private_addresses_are_not_asked(root: Path, address: str) -> None:
    home = write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    (root / "rules" / "office.yaml").write_text(
        "office:\n  name: Liên đoàn Lao động tỉnh Lào Cai\n  short: LĐLĐ tỉnh Lào Cai\n"
        "  superior: Tổng Liên đoàn Lao động Việt Nam\n  province: Lào Cai\n",
        encoding="utf-8",
    )
    assert preview(home, address).status is Status.BLOCKED_ADDRESS


def test_warnings_tell_what_will_be_missing(root: Path) -> None:
    with Press() as press:
        old = press.grow(2, newest=NOW - timedelta(days=80))
        home = make_home(root, f"{{feed: {press.base}/rss/home.rss}}")
        seen = preview(home, f"{press.base}/rss/home.rss")
        assert (seen.status, seen.known, seen.usable, seen.outlet_id) == (Status.FROZEN, "tin24/1", False, "tin24")
        assert "ngừng cập nhật" in seen.reason
        items = "".join(
            f"<item><link>{press.url(one)}</link><title>Tin công đoàn số {one.n}</title></item>" for one in old
        )
        press.answers["/khong-ngay.rss"] = Answer(body=f"<rss><channel>{items}</channel></rss>".encode(), kind=XML)
        assert len(preview(home, f"{press.base}/khong-ngay.rss").warnings) == 1


def test_a_new_outlet_and_a_further_source_are_written_and_watched(root: Path) -> None:
    with Press() as press:
        press.grow(1)
        home = make_home(root)
        url = f"{press.base}/rss/home.rss"
        with at_desk(home) as s:
            new = source(SourceKind.FEED, url)
            assert add(s, "mien-nui", [new], name="Báo Miền Núi", level=Level.PROVINCIAL, province_="Lào Cai") == 1
            assert add(s, "tin24", [source(SourceKind.LISTING, f"{press.base}/tin", links="h3 a")]) == 1
            assert [e.refs for e in events.every(s.db) if e.action == "source.add"] == [("mien-nui",), ("tin24",)]
            assert [row.id for row in sources(s)] == ["tin24/1", "tin24/2", "mien-nui/1"]
            made = load_sources(home.sources_file).outlet("mien-nui")
            assert made is not None
            assert (made.kind, made.province) == (OutletKind.PRESS, "Lào Cai")
            with pytest.raises(RefusedError) as error:
                add(
                    s,
                    "khac",
                    [source(SourceKind.FEED, url.upper().replace("/RSS/HOME.RSS", "/rss/home.rss"))],
                    name="X",
                )
            assert "mien-nui/1" in wording(error.value)
            pause(s, "mien-nui/1", "chờ tòa soạn trả lời")
            assert next(r for r in sources(s) if r.id == "mien-nui/1").status is Status.PAUSED
            resume(s, "mien-nui/1")
        assert [line.status for line in check(home, ["mien-nui"]).sources] == [Status.OK]


def test_what_cannot_be_written_is_refused_and_the_file_stays(root: Path) -> None:
    home = make_home(root)
    before = home.sources_file.read_bytes()
    good = source(SourceKind.FEED, "http://moi.test/rss")
    with at_desk(home) as s:
        for act in (
            lambda: add(s, "moi", [], name="Mới"),
            lambda: add(s, "moi", [good, good], name="Mới"),
            lambda: add(s, "mã sai", [good], name="Mới"),
            lambda: add(s, "moi", [good], name=" "),
            lambda: add(s, "moi", [good], name="x" * 400),
            lambda: add(s, "moi", [good], name="Mới", province_="Xứ Lạ"),
            lambda: add(s, "moi", [source(SourceKind.FEED, "javascript:alert(1)")], name="Mới"),
            lambda: add(s, "moi", [source(SourceKind.LISTING, "http://moi.test/", links="a[[")], name="Mới"),
            lambda: pause(s, "tin24/1", " "),
            lambda: pause(s, "khong/1", "vì thế"),
        ):
            with pytest.raises(MonitorError) as error:
                act()
            assert wording(error.value)
    assert home.sources_file.read_bytes() == before


def test_only_press_officers_and_those_who_keep_the_program_change_sources(root: Path) -> None:
    home = make_home(root)
    for who in ("Chín", "Trưởng"):
        with at_desk(home, who) as s:
            for act in (
                lambda s=s: add(s, "moi", [source(SourceKind.FEED, "http://moi.test/rss")], name="Mới"),
                lambda s=s: pause(s, "tin24/1", "vì thế"),
                lambda s=s: resume(s, "tin24/1"),
            ):
                with pytest.raises(RefusedError) as error:
                    act()
                assert error.value.key == "source_role"
    assert not issubclass(RefusedError, InputError)
