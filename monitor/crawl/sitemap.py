"""Sitemaps: news sitemaps say title and time, plain ones only when a page last changed.

``lastmod`` is no publishing time; it bounds how far back a walk goes, and the page itself says when it appeared.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import TypeVar

from lxml import etree

from monitor import dates
from monitor.crawl import urls
from monitor.crawl.listing import looks_like_article
from monitor.model.article import Entry
from monitor.text import clean, decode, without_impossible_references

_ROOT = re.compile(r"<(\w+:)?(urlset|sitemapindex)[\s>]", re.I)
_END = re.compile(
    r"</(\w+:)?(urlset|sitemapindex)\s*>\s*(<!--.*?-->\s*)*$|<(urlset|sitemapindex)[^>]*/>\s*$", re.I | re.S
)
_BARE_AMPERSAND = re.compile(r"<!\[CDATA\[|\]\]>|&(?!#?\w{1,10};)")
_T = TypeVar("_T")
MAX_ENTRIES = 5000
_MAX_XML = 16 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Located:
    """An entry and when the sitemap says it last changed."""

    entry: Entry
    changed: datetime | None


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    """A parsed sitemap: its articles, newest first, or the sitemaps of an index, newest first."""

    items: tuple[Located, ...] = ()
    children: tuple[str, ...] = ()
    whole: bool = True
    is_sitemap: bool = True


def parse(raw: bytes, *, url: str, now: datetime | None = None) -> Sitemap:
    """Reads urlset or sitemapindex, gzipped or not, in a stream that never expands entities. Never raises."""
    content = _unpacked(raw)
    text = decode(content) if content else ""
    root = _ROOT.search(text[:20_000])
    if not root:
        return Sitemap(whole=content is not None, is_sitemap=False)
    # What stands before the root may define entities; nothing there is needed.
    markup = without_impossible_references(_escaped(text[root.start() :]))
    pages, children, whole = _read(markup.encode(), now)
    links = (urls.join(url, loc) for loc, _ in _newest_first(children))
    return Sitemap(
        items=_items(pages, url, now),
        children=tuple(link for link in links if link and urls.same_site(link, url)),
        whole=whole and bool(_END.search(text[-3000:])),
    )


_Found = list[tuple[dict[str, str], datetime | None]]


def _read(content: bytes, now: datetime | None) -> tuple[_Found, list[tuple[str, datetime | None]], bool]:
    """The fields and times of all ``url`` and the addresses and times of all ``sitemap``; False where it broke off."""
    pages: _Found = []
    children: list[tuple[str, datetime | None]] = []
    try:
        for _, element in etree.iterparse(
            io.BytesIO(content),
            events=("end",),
            tag=("{*}url", "{*}sitemap"),
            resolve_entities=False,
            no_network=True,
            recover=True,
            huge_tree=False,
        ):
            fields = _fields(element)
            changed = dates.parse(fields.get("lastmod"), now=now)
            changed = changed or dates.parse(fields.get("publication_date"), now=now)
            if _local(element) == "sitemap":
                children.append((fields.get("loc", ""), changed))
            elif len(pages) < MAX_ENTRIES * 10:
                pages.append((fields, changed))
            element.clear()
    except etree.XMLSyntaxError:
        return pages, children, False
    return pages, children, True


def _escaped(markup: str) -> str:
    """Markup with the ampersands of addresses escaped that were not; those inside CDATA stand as they are."""
    inside = False

    def mend(found: re.Match[str]) -> str:
        nonlocal inside
        if found[0] != "&":
            inside = found[0] != "]]>"
        return "&amp;" if found[0] == "&" and not inside else found[0]

    return _BARE_AMPERSAND.sub(mend, markup)


def _newest_first(found: list[tuple[_T, datetime | None]]) -> list[tuple[_T, datetime | None]]:
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda item: item[1] or oldest, reverse=True)


def _items(pages: _Found, base: str, now: datetime | None) -> tuple[Located, ...]:
    """The newest articles; a sitemap of 50,000 addresses is ordered before it is read closely."""
    items: list[Located] = []
    for fields, changed in _newest_first(pages):
        link = urls.join(base, fields.get("loc", ""))
        news = "publication_date" in fields or "title" in fields
        if not link or not (news or looks_like_article(link, base)):
            continue
        published = dates.parse(fields.get("publication_date"), now=now)
        entry = Entry(
            url=urls.canonical(link), title=clean(unescape(fields.get("title", "")))[:500], published=published
        )
        items.append(Located(entry=entry, changed=changed))
        if len(items) >= MAX_ENTRIES:
            break
    return tuple(items)


def _fields(element: etree._Element) -> dict[str, str]:
    """The texts below an element by local name; image and video titles are not the article's."""
    found: dict[str, str] = {}
    for child in element.iter():
        if (
            isinstance(child.tag, str)
            and child.text
            and "sitemap-image" not in child.tag
            and "sitemap-video" not in child.tag
        ):
            found.setdefault(_local(child), child.text.strip())
    return found


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _unpacked(raw: bytes) -> bytes | None:
    """Gzipped sitemaps (.xml.gz) come as files, not as a content coding; unpacked within a bound."""
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    engine = zlib.decompressobj(31)
    try:
        return engine.decompress(raw, _MAX_XML)
    except zlib.error:
        return None
