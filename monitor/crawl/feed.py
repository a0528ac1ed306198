"""A feed's bytes to entries, by feedparser, over what real Vietnamese feeds do wrong.

The bytes are decoded here (headers and XML declarations lie), dates are read by ``monitor.dates`` (feedparser
gives none for six of seventeen real outlets), titles and summaries are plain NFC text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from xml.parsers import expat

from bs4 import BeautifulSoup

from monitor import dates
from monitor.crawl import urls
from monitor.model.article import Entry
from monitor.text import clean, decode, without_impossible_references

_ROOT = re.compile(r"<(\w+:)?(rss|feed|RDF|channel)[\s>]", re.I)
_PAGE = re.compile(r"<(html|body)[\s>]", re.I)
_ITEM_END = re.compile(r"</(item|entry)\s*>", re.I)
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>|&[#\w]{2,10};")
_BREAKING = re.compile(r"<(?=/?(?:br|p|div|li|td|tr|h[1-6])\b)", re.I)
_BODY_END = re.compile(r"</(\w+:)?(rss|feed|RDF)\s*>\s*(<!--.*?-->\s*)*$", re.I | re.S)
MAX_ENTRIES = 2000
# What the parser is given of broken XML: its patient way of reading takes seconds a megabyte.
_MAX_BROKEN = 1_000_000
_MAX_MARKUP = 100_000
_MAX_ATTRIBUTES = 500
_SUMMARY = 2000
_TITLE = 500


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A parsed feed. ``whole`` is False where the XML is broken (entries are what could be saved of it)."""

    entries: tuple[Entry, ...]
    whole: bool
    is_feed: bool
    home: str = ""


def parse(raw: bytes, *, url: str, content_type: str = "", now: datetime | None = None) -> Feed:
    """All entries with an http(s) link, in the feed's order, each link once. Never raises.

    ``url`` resolves relative links, ``now`` settles dates that could be read two ways.
    """
    import feedparser

    text = decode(raw, content_type)
    root = _ROOT.search(text[:20_000])
    if not root or _PAGE.search(text[: root.start()]):
        return Feed(entries=(), whole=True, is_feed=False)
    # A feed needs no DTD; one that defines entities is an attack or a mistake, and they are not expanded.
    sound = "<!entity" not in text[: root.start()].lower()
    text = without_impossible_references(text[root.start() :])
    try:
        parsed = feedparser.parse(
            io.BytesIO(_bounded(text)),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        # What feedparser itself stumbles over in elements where they do not belong.
        return Feed(entries=(), whole=False, is_feed=True)
    entries: dict[str, Entry] = {}
    for item in parsed.entries[:MAX_ENTRIES]:
        entry = _entry(item, url, now)
        if entry:
            entries.setdefault(urls.key(entry.url), entry)
    whole = sound and (not parsed.bozo or bool(_BODY_END.search(text[-3000:]) and entries))
    home = urls.join(url, str(parsed.feed.get("link") or "")) or ""
    return Feed(entries=tuple(entries.values()), whole=whole, is_feed=True, home=home)


def _bounded(text: str) -> bytes:
    """As much of a feed as is read: so many items, and less where the XML is broken.

    Raises ValueError for an element with so many attributes that feedparser would not end.
    """
    for number, end in enumerate(_ITEM_END.finditer(text), 1):
        if number >= MAX_ENTRIES:
            text = text[: end.end()]
            break
    raw = text.encode("utf-8")
    reader = expat.ParserCreate(namespace_separator=" ")
    reader.StartElementHandler = _few_attributes
    try:
        reader.Parse(raw, True)
    except expat.ExpatError:
        return raw[:_MAX_BROKEN]
    return raw


def _few_attributes(_: str, attributes: Mapping[str, str]) -> None:
    if len(attributes) > _MAX_ATTRIBUTES:
        raise ValueError("attributes")


def _entry(item: Mapping[str, Any], base: str, now: datetime | None) -> Entry | None:
    # Without a link feedparser puts the guid in its place, also where that is no address.
    linked = any(said.get("rel") == "alternate" for said in item.get("links") or ())
    told = str(item.get("link") or "") if linked else ""
    link = urls.join(base, told) or urls.join(base, _guid(item))
    if not link:
        return None
    # Asked for by name only: for a missing "updated" feedparser gives "published", and a warning.
    said = (item[name] for name in ("published", "updated", "created", "date") if name in item)
    when = next((at for text in said if text and (at := dates.parse(str(text), now=now))), None)
    authors = tuple(
        dict.fromkeys(name for person in item.get("authors") or () if (name := plain(person.get("name") or "")))
    )
    return Entry(
        url=urls.canonical(link),
        title=plain(str(item.get("title") or ""))[:_TITLE],
        summary=plain(str(item.get("summary") or ""))[:_SUMMARY],
        published=when,
        authors=authors[:5],
    )


def _guid(item: Mapping[str, Any]) -> str:
    """A guid that is an address, for feeds that give no link."""
    guid = str(item.get("id") or "")
    return guid if guid.startswith(("http://", "https://")) else ""


def plain(markup: str) -> str:
    """The text a reader sees of a feed's little HTML: scripts and tags gone, entities resolved, one line."""
    text = markup[:_MAX_MARKUP]
    for _ in range(2):  # titles are often escaped twice
        if not _MARKUP.search(text):
            break
        if "<" in text:
            soup = BeautifulSoup(_BREAKING.sub(" <", text), "lxml")
            for hidden in soup(["script", "style", "iframe", "template", "noscript", "svg"]):
                hidden.decompose()
            text = soup.get_text()
        else:
            text = unescape(text)
    return clean(text)
