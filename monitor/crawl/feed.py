"""A feed's bytes to entries, by feedparser, over what real Vietnamese feeds do wrong.

The bytes are decoded here (headers and XML declarations lie), dates are read by ``monitor.dates`` (feedparser
gives none for six of seventeen real outlets), titles and summaries are plain NFC text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any

import feedparser
from bs4 import BeautifulSoup

from monitor import dates
from monitor.crawl import urls
from monitor.model.article import Entry
from monitor.text import clean, decode

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>\s*")
_DOCTYPE = re.compile(r"<!DOCTYPE", re.I)
_LOOKS = re.compile(r"<(rss|feed|rdf:RDF|channel)[\s>]", re.I)
_MARKUP = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>|&[#\w]{2,10};")
_BODY_END = re.compile(r"</(rss|feed|rdf:RDF)\s*>\s*(<!--.*?-->\s*)*$", re.I | re.S)
MAX_ENTRIES = 2000
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
    text = _DECLARATION.sub("", decode(raw, content_type))
    head = text[:4000]
    if not _LOOKS.search(head):
        return Feed(entries=(), whole=True, is_feed=False)
    if _DOCTYPE.search(head):
        # A feed needs no DTD; one with entity definitions is an attack or a mistake, and is not expanded.
        return Feed(entries=(), whole=False, is_feed=True)
    parsed = feedparser.parse(
        text.encode("utf-8", "ignore"),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    entries: dict[str, Entry] = {}
    for item in parsed.entries[:MAX_ENTRIES]:
        entry = _entry(item, url, now)
        if entry:
            entries.setdefault(urls.key(entry.url), entry)
    whole = not parsed.bozo or bool(_BODY_END.search(text[-3000:]) and entries)
    home = urls.join(url, str(parsed.feed.get("link") or "")) or ""
    return Feed(entries=tuple(entries.values()), whole=whole, is_feed=True, home=home)


def _entry(item: Mapping[str, Any], base: str, now: datetime | None) -> Entry | None:
    link = urls.join(base, str(item.get("link") or "")) or urls.join(base, _guid(item))
    if not link:
        return None
    said = (item.get(name) for name in ("published", "updated", "created", "date"))
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
    text = markup
    for _ in range(2):  # titles are often escaped twice
        if not _MARKUP.search(text):
            break
        if "<" in text:
            soup = BeautifulSoup(text, "lxml")
            for hidden in soup(["script", "style", "iframe", "template", "noscript", "svg"]):
                hidden.decompose()
            for breaking in soup(["br", "p", "div", "li", "td"]):
                breaking.append(" ")
            text = soup.get_text()
        else:
            text = unescape(text)
    return clean(text)
