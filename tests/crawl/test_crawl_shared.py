"""The crawler on real feeds and listing pages, kept beside the checkout; skipped where they are absent."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.clock import VN
from monitor.crawl import feed, listing
from monitor.crawl.judge import is_challenge, judge_page, judge_source
from monitor.model.fetch import FetchState, Response, Status
from monitor.model.source import Source, SourceKind

PRESS = Path(__file__).parents[2] / ".." / "shared" / "press"
pytestmark = pytest.mark.skipif(not PRESS.is_dir(), reason="../shared/press is not beside this checkout")
NOW = datetime(2026, 8, 23, 0, 0, tzinfo=UTC)

# The first item's time as its feed writes it, read by hand: the dialects of the real press.
FIRST = {
    "bao_cong_an_nhan_dan.xml": (2026, 8, 22, 22, 24),  # +07:00
    "bao_dan_tri.xml": (2026, 8, 23, 5, 30),  # +0700
    "bao_dien_tu_chinh_phu.xml": (2026, 8, 22, 23, 0),  # month first, PM, no zone
    "bao_dien_tu_vov.xml": (2026, 8, 23, 5, 58),
    "bao_nhan_dan.xml": (2026, 8, 22, 22, 58),
    "bao_sai_gon_giai_phong.xml": (2026, 8, 22, 23, 59),
    "bao_thanh_nien.xml": (2026, 8, 23, 5, 52),  # two-digit year
    "bao_xay_dung.xml": (2026, 8, 22, 23, 30),  # +07
    "bbc_news_tieng_viet.xml": (2026, 8, 22, 17, 6),  # GMT
    "cafef.xml": (2026, 8, 23, 5, 49),  # +07
    "thoi_bao_vtv_vtv_online.xml": (2026, 8, 22, 23, 13),
    "tuoi_tre_online.xml": (2026, 8, 23, 5, 20),  # month first, U+202F, AM, no zone
    "vietnamplus_ttxvn.xml": (2026, 8, 23, 5, 54),
    "vnexpress.xml": (2026, 8, 23, 2, 0),
    "vnexpress_tin-moi-nhat_2017-08-30.xml": (2017, 8, 30, 20, 3),
}


def files(folder: str, pattern: str) -> list[Path]:
    return sorted((PRESS / folder).glob(pattern)) if PRESS.is_dir() else []


@pytest.mark.parametrize("file", files("feeds", "*.xml"), ids=lambda file: file.name)
def test_every_item_of_a_real_feed_has_a_title_a_link_and_a_time(file: Path) -> None:
    raw = file.read_bytes()
    found = feed.parse(raw, url=f"http://feeds.test/{file.name}", now=NOW)
    assert found.is_feed
    assert found.whole
    assert len(found.entries) == len(re.findall(rb"<item[\s>]", raw)) > 0
    for entry in found.entries:
        assert re.match(r"https?://[^/\s]+/\S", entry.url)
        assert len(entry.title) > 10
        assert entry.published is not None
        assert entry.published <= NOW
        assert not re.search(r"<\w|&\w+;", entry.title + entry.summary)


@pytest.mark.parametrize("name", FIRST)
def test_the_first_items_time_is_as_read_by_hand(name: str) -> None:
    file = PRESS / "feeds" / name
    if not file.exists():
        pytest.skip(f"{name} is not among the shared feeds")
    found = feed.parse(file.read_bytes(), url=f"http://feeds.test/{name}", now=NOW)
    assert found.entries[0].published is not None
    assert found.entries[0].published.astimezone(VN).replace(second=0) == datetime(*FIRST[name], tzinfo=VN)


def pages(kind: str) -> list[tuple[Path, str]]:
    manifest = PRESS / "pages" / "manifest.json"
    told = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else []
    return [(PRESS / page["file"], page["url"]) for page in told if page["kind"] == kind]


@pytest.mark.parametrize(("file", "url"), pages("listing"), ids=lambda value: getattr(value, "name", ""))
def test_a_real_listing_page_gives_articles_and_nothing_else(file: Path, url: str) -> None:
    raw = file.read_bytes()
    found = listing.parse(raw, url=url, now=datetime(2026, 11, 14, tzinfo=UTC))
    assert len(found.entries) >= 15
    for entry in found.entries:
        # Every one of these papers numbers its articles; sections, tags, authors and topics are not numbered so.
        assert re.search(r"\d{6,}\.\w+$", entry.url), entry.url
        assert not re.search(r"/(tag|tags|chu-de|event|tac-gia|author|rss|tim-kiem)/", entry.url)
        assert len(entry.title.split()) >= 4, entry.title
        assert len(entry.title) < 200, entry.title
        assert entry.summary != entry.title
    source = Source(id="x:1", outlet="x", kind=SourceKind.LISTING, url=url)
    answer = Response(url=url, final_url=url, status=Status.OK, code=200, body=raw)
    look = judge_source(answer, source, FetchState(source="x:1"), now=NOW, frozen_days=30_000)
    assert look.status is Status.OK


@pytest.mark.parametrize(
    ("file", "url"), pages("article") + pages("listing"), ids=lambda value: getattr(value, "name", "")
)
def test_a_real_page_is_no_challenge(file: Path, url: str) -> None:
    answer = Response(url=url, final_url=url, status=Status.OK, code=200, body=file.read_bytes())
    assert judge_page(answer) is Status.OK


@pytest.mark.parametrize("file", files("blocked", "*"), ids=lambda file: file.name)
def test_a_real_challenge_is_seen(file: Path) -> None:
    assert is_challenge(file.read_bytes())
