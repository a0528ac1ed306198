"""``press.yaml`` to outlets and articles as they stand at one moment.

    press.yaml --load(now)--> Invented(outlets, articles)

All times are told in hours before ``now``, so the demo never grows old. Nothing here serves or formats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import resources
from typing import Any

import yaml

from monitor.clock import local
from monitor.model.source import Level, OutletKind, SourceKind
from monitor.model.tag import Relevance
from monitor.text import fold


class Template(StrEnum):
    """How an outlet builds its article pages."""

    CLASSIC = "classic"
    """JSON-LD says what the page is."""
    SOCIAL = "social"
    """Meta tags for social networks say it."""
    BARE = "bare"
    """Only a line for people says when it appeared."""


class Dates(StrEnum):
    """The dialect of a feed's dates."""

    RFC822 = "rfc822"
    ZONE07 = "zone07"
    """``+07`` without minutes."""
    US = "us"
    """``11/21/2026 8:05:00 AM`` with a narrow space and no zone."""
    YY = "yy"
    """Two-digit years."""


class Quirk(StrEnum):
    """What is wrong with an outlet's server."""

    NONE = "none"
    LATIN_NFD = "latin_nfd"
    """Announces ISO-8859-1 and serves UTF-8 with decomposed accents."""
    CHALLENGE = "challenge"
    """Answers every request with a script that tests for robots."""


@dataclass(frozen=True, kw_only=True)
class DemoOutlet:
    """An invented outlet; ``province`` is the present name or empty."""

    id: str
    name: str
    kind: OutletKind
    level: Level
    province: str
    template: Template
    way: SourceKind
    dates: Dates
    quirk: Quirk

    @property
    def path(self) -> str:
        """Where its feed, listing or sitemap stands, without host."""
        name = {
            SourceKind.FEED: "rss/trang-chu.rss",
            SourceKind.LISTING: "tin-tuc",
            SourceKind.SITEMAP: "sitemap-news.xml",
        }[self.way]
        return f"/{self.id}/{name}"


@dataclass(frozen=True, kw_only=True)
class DemoArticle:
    """An invented article, and what a reader would say of it.

    ``published`` is UTC to the minute; ``paragraphs`` the body without lead, credit and by-line; ``path`` its
    address without host. ``credit`` names the outlet a reprint was taken from, ``reprint_of`` its key.
    """

    key: str
    outlet: str
    path: str
    published: datetime
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    byline: str
    section: str
    credit: str
    reprint_of: str
    relevance: Relevance
    attention: bool

    @property
    def text(self) -> str:
        """The body with one paragraph a line."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, kw_only=True)
class Invented:
    """The whole press at one moment: articles newest first."""

    outlets: tuple[DemoOutlet, ...]
    articles: tuple[DemoArticle, ...]

    def of(self, outlet: DemoOutlet) -> tuple[DemoArticle, ...]:
        """That outlet's articles, newest first."""
        return tuple(article for article in self.articles if article.outlet == outlet.id)


def load(now: datetime) -> Invented:
    """The invented press as it stands at ``now`` (aware)."""
    raw = yaml.safe_load(resources.files("monitor.demo").joinpath("press.yaml").read_text(encoding="utf-8"))
    outlets = tuple(_outlet(given) for given in raw["outlets"])
    names = {outlet.id: outlet.name for outlet in outlets}
    by_key = {given["key"]: given for given in raw["articles"]}
    articles = [_article(n, given, by_key, names, now) for n, given in enumerate(raw["articles"], 1)]
    articles.sort(key=lambda article: article.published, reverse=True)
    return Invented(outlets=outlets, articles=tuple(articles))


def _outlet(given: dict[str, Any]) -> DemoOutlet:
    return DemoOutlet(
        id=given["id"],
        name=given["name"],
        kind=OutletKind(given["kind"]),
        level=Level(given["level"]),
        province=given.get("province", ""),
        template=Template(given["template"]),
        way=SourceKind(given["way"]),
        dates=Dates(given["dates"]),
        quirk=Quirk(given.get("quirk", "none")),
    )


def _article(
    number: int, given: dict[str, Any], by_key: dict[str, dict[str, Any]], names: dict[str, str], now: datetime
) -> DemoArticle:
    """One article; a reprint keeps its origin's days, for it is the same text."""
    origin = by_key[given["reprint_of"]] if "reprint_of" in given else given
    written = _before(now, origin["hours_ago"])
    lines = [_dated(line, written) for line in str(origin["body"]).splitlines() if line.strip()]
    title = _dated(given["title"], written)
    return DemoArticle(
        key=given["key"],
        outlet=given["outlet"],
        path=f"/{given['outlet']}/{_slug(title)}-{2600 + number}.html",
        published=_before(now, given["hours_ago"]),
        title=title,
        lead=_dated(given["lead"], written),
        paragraphs=tuple(lines[: len(lines) - given.get("cut", 0)]),
        byline=given.get("byline", ""),
        section=given["section"],
        credit=names[origin["outlet"]] if origin is not given else "",
        reprint_of=given.get("reprint_of", ""),
        relevance=Relevance(given["relevance"]),
        attention=given["attention"],
    )


def _before(now: datetime, hours: float) -> datetime:
    # Pages name their time to the minute, so that is all an article has.
    return (now - timedelta(hours=hours)).replace(second=0, microsecond=0)


def _dated(text: str, published: datetime) -> str:
    day = local(published)
    before = day - timedelta(days=1)
    for name, value in (
        ("{d}", f"{day.day}/{day.month}"),
        ("{d-1}", f"{before.day}/{before.month}"),
        ("{y}", str(day.year)),
    ):
        text = text.replace(name, value)
    return text.strip()


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:70].strip("-")
