"""The invented press answers as real outlets do, and what it says is what ``articles`` says."""

from __future__ import annotations

import json
import re
import socket
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import httpx
import pytest
from bs4 import BeautifulSoup

from monitor import dates
from monitor.config import load_sources
from monitor.demo import pages
from monitor.demo.invented import Dates, DemoOutlet, Quirk, Template, load
from monitor.demo.press import DemoPress
from monitor.model.source import SourceKind
from monitor.model.tag import Relevance
from monitor.text import decode

NOW = datetime(2026, 11, 3, 23, 17, 42, tzinfo=UTC)


@pytest.fixture(scope="module")
def press() -> Iterator[DemoPress]:
    with DemoPress(NOW) as running:
        yield running


@pytest.fixture(scope="module")
def client(press: DemoPress) -> Iterator[httpx.Client]:
    # The surroundings may name a proxy, which has nothing to do with loopback.
    with httpx.Client(base_url=press.base, trust_env=False, timeout=5) as made:
        yield made


def _text(answer: httpx.Response) -> str:
    return decode(answer.content, answer.headers["content-type"])


def _of(press: DemoPress, outlet: DemoOutlet) -> list[str]:
    return [press.url(article) for article in press.articles if article.outlet == outlet.id]


def test_the_press_has_every_kind_of_news_a_press_officer_meets() -> None:
    made = load(NOW)
    assert len(made.outlets) == 7
    assert len(made.articles) >= 40
    assert {outlet.template for outlet in made.outlets} == set(Template)
    assert {outlet.way for outlet in made.outlets} == set(SourceKind)
    assert {outlet.dates for outlet in made.outlets} == set(Dates)
    assert {outlet.quirk for outlet in made.outlets} == set(Quirk)
    assert {article.relevance for article in made.articles} == set(Relevance)
    assert sum(article.attention for article in made.articles) >= 8
    assert len({article.path for article in made.articles}) == len(made.articles)


def test_texts_are_whole_composed_and_without_placeholders() -> None:
    for article in load(NOW).articles:
        whole = "\n".join((article.title, article.lead, article.text))
        assert whole == unicodedata.normalize("NFC", whole), article.key
        assert not re.search(r"[{}]|\s{2}|\s[,.;:]", whole.replace("\n", "|")), article.key
        assert article.paragraphs and article.lead and article.title, article.key
        if article.relevance in (Relevance.UNION, Relevance.LABOUR) and not article.reprint_of:
            assert 3 <= len(article.paragraphs) <= 8, article.key


def test_the_demo_always_looks_like_today() -> None:
    for now in (NOW, NOW + timedelta(days=400)):
        for article in load(now).articles:
            assert now - timedelta(hours=48) < article.published < now
            assert article.published.second == 0
    told = next(a for a in load(NOW).articles if a.key == "mai-am-bat-xat")
    # Six and a half hours before 06:17 on 4 November it was still the 3rd: it speaks of the day before.
    assert told.paragraphs[0].startswith("Ngày 2/11")


def test_a_reprint_keeps_the_text_and_changes_the_headline() -> None:
    made = {article.key: article for article in load(NOW).articles}
    reprints = [article for article in made.values() if article.reprint_of]
    assert len(reprints) >= 4
    for article in reprints:
        origin = made[article.reprint_of]
        assert article.outlet != origin.outlet and article.credit and article.title != origin.title
        assert article.paragraphs == origin.paragraphs[: len(article.paragraphs)]
        assert article.published > origin.published
        assert article.relevance is origin.relevance


def test_every_feed_names_its_articles_with_their_times(press: DemoPress, client: httpx.Client) -> None:
    for outlet in press.outlets:
        if outlet.way is not SourceKind.FEED or outlet.quirk is Quirk.CHALLENGE:
            continue
        found = feedparser.parse(_text(client.get(outlet.path)))
        assert not found.bozo, outlet.id
        assert [entry.link for entry in found.entries] == _of(press, outlet)
        for entry, article in zip(found.entries, [a for a in press.articles if a.outlet == outlet.id], strict=True):
            assert entry.title == article.title
            assert article.lead in BeautifulSoup(entry.summary, "html.parser").get_text()
            assert dates.parse(entry.published, now=NOW) == article.published, (outlet.id, entry.published)


@pytest.mark.parametrize(
    ("dialect", "wanted"),
    [
        (Dates.RFC822, "Wed, 04 Nov 2026 06:05:00 +0700"),
        (Dates.ZONE07, "Wed, 04 Nov 2026 06:05:00 +07"),
        (Dates.YY, "Wed, 04 Nov 26 06:05:00 +0700"),
        (Dates.US, "11/4/2026 6:05:00\u202fAM"),
    ],
)
def test_feeds_write_dates_in_their_dialect(dialect: Dates, wanted: str) -> None:
    assert pages.feed_date(datetime(2026, 11, 3, 23, 5, tzinfo=UTC), dialect) == wanted


def test_a_us_feed_writes_noon_and_midnight_on_a_twelve_hour_clock() -> None:
    assert pages.feed_date(datetime(2026, 11, 3, 5, 0, tzinfo=UTC), Dates.US) == "11/3/2026 12:00:00\u202fPM"
    assert pages.feed_date(datetime(2026, 11, 3, 17, 0, tzinfo=UTC), Dates.US) == "11/4/2026 12:00:00\u202fAM"


def test_the_portal_lists_its_articles_over_two_pages(press: DemoPress, client: httpx.Client) -> None:
    outlet = next(o for o in press.outlets if o.way is SourceKind.LISTING)
    found: list[str] = []
    for page in (outlet.path, f"{outlet.path}/trang-2"):
        soup = BeautifulSoup(client.get(page).text, "html.parser")
        found += [press.base + str(link["href"]) for link in soup.select("div.o-tin h3 a")]
    assert found == _of(press, outlet)
    assert client.get(f"{outlet.path}/trang-3").status_code == 404


def test_the_aggregator_has_a_news_sitemap(press: DemoPress, client: httpx.Client) -> None:
    outlet = next(o for o in press.outlets if o.way is SourceKind.SITEMAP)
    soup = BeautifulSoup(client.get(outlet.path).content, "xml")
    assert [str(loc.string) for loc in soup.find_all("loc")] == _of(press, outlet)
    assert soup.find("title") is not None


def test_every_article_page_holds_its_text_and_what_gets_in_the_way(press: DemoPress, client: httpx.Client) -> None:
    outlets = {outlet.id: outlet for outlet in press.outlets}
    for article in press.articles:
        answer = client.get(article.path)
        assert answer.status_code == 200
        soup = BeautifulSoup(_text(answer), "html.parser")
        seen = soup.get_text("\n")
        for words in (article.title, article.lead, *article.paragraphs, article.byline):
            assert words in seen, (article.key, words)
        assert "Công đoàn" in soup.find("nav").get_text()  # type: ignore[union-attr]
        assert soup.select("ul li a") and "Chủ đề nóng" in seen and "hư cấu" in seen
        if article.credit:
            assert f"Theo {article.credit}" in seen
        when = _time_on(soup, outlets[article.outlet].template)
        assert dates.parse(when, now=NOW) == article.published, (article.key, when)


def _time_on(soup: BeautifulSoup, template: Template) -> str:
    if template is Template.CLASSIC:
        return str(json.loads(str(soup.find("script", type="application/ld+json").string))["datePublished"])  # type: ignore[union-attr]
    if template is Template.SOCIAL:
        return str(soup.find("meta", property="article:published_time")["content"])  # type: ignore[index]
    assert not soup.find("meta") and not soup.find("script")
    return soup.select_one(".ngay-gio").get_text()  # type: ignore[union-attr]


def test_one_outlet_lies_about_its_charset_and_serves_decomposed_accents(
    press: DemoPress, client: httpx.Client
) -> None:
    outlet = next(o for o in press.outlets if o.quirk is Quirk.LATIN_NFD)
    for url in (outlet.path, *_of(press, outlet)):
        answer = client.get(url)
        assert "iso-8859-1" in answer.headers["content-type"]
        text = answer.content.decode("utf-8")
        assert text != unicodedata.normalize("NFC", text)


def test_one_outlet_meets_every_reader_with_a_script(press: DemoPress, client: httpx.Client) -> None:
    outlet = next(o for o in press.outlets if o.quirk is Quirk.CHALLENGE)
    for path in (outlet.path, f"/{outlet.id}/bat-ky.html"):
        answer = client.get(path)
        assert answer.status_code == 200 and "text/html" in answer.headers["content-type"]
        assert "document.cookie" in answer.text and "<rss" not in answer.text


def test_what_a_reader_has_already_is_not_sent_again(press: DemoPress, client: httpx.Client) -> None:
    path = press.outlets[0].path
    first = client.get(path)
    for headers in (
        {"If-None-Match": first.headers["etag"]},
        {"If-None-Match": '"another", ' + first.headers["etag"].removeprefix("W/")},
        {"If-Modified-Since": first.headers["last-modified"]},
    ):
        again = client.get(path, headers=headers)
        assert again.status_code == 304 and again.content == b"", headers
    for headers in (
        {"If-None-Match": '"another"', "If-Modified-Since": first.headers["last-modified"]},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
    ):
        assert client.get(path, headers=headers).status_code == 200, headers


def test_bodies_are_zipped_only_for_those_who_can_read_it(press: DemoPress, client: httpx.Client) -> None:
    path = press.articles[0].path
    zipped = client.get(path)
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert zipped.content == plain.content


def test_robots_are_welcome_and_other_paths_are_not_there(press: DemoPress, client: httpx.Client) -> None:
    robots = client.get("/robots.txt")
    assert robots.status_code == 200 and "Disallow: /*/tim-kiem" in robots.text
    assert client.get("/khong-co.html").status_code == 404
    assert client.get("/").status_code == 404
    assert client.head(press.articles[0].path).content == b""


def test_the_sources_file_watches_every_outlet(press: DemoPress, tmp_path: Path) -> None:
    file = tmp_path / "sources.yaml"
    file.write_text(press.sources_yaml(), encoding="utf-8")
    read = load_sources(file)
    assert [(o.id, o.name, o.kind, o.level) for o in read.outlets] == [
        (o.id, o.name, o.kind, o.level) for o in press.outlets
    ]
    assert [source.url for source in read.all] == [press.base + outlet.path for outlet in press.outlets]
    assert {source.pace for source in read.all} == {0}


def test_leaving_the_block_closes_the_port() -> None:
    with DemoPress(NOW) as running:
        port = running.port
        socket.create_connection(("127.0.0.1", port), 2).close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 2)
    with pytest.raises(RuntimeError):
        _ = running.port
