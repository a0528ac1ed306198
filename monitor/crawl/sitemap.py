"""Sitemaps: news sitemaps say title and time, plain ones only when a page last changed.

``lastmod`` is no publishing time; it bounds how far back a walk goes, and the page itself says when it appeared.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from monitor import dates
from monitor.crawl import urls
from monitor.crawl.listing import looks_like_article
from monitor.model.article import Entry
from monitor.text import clean

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
    if content is None or b"<" not in content[:200]:
        return Sitemap(whole=content is not None, is_sitemap=False)
    items: list[Located] = []
    children: list[tuple[str, datetime | None]] = []
    root, whole = "", True
    try:
        for _, element in etree.iterparse(
            io.BytesIO(content),
            events=("end",),
            resolve_entities=False,
            no_network=True,
            recover=True,
            huge_tree=False,
        ):
            name = _local(element)
            if name == "url" and len(items) < MAX_ENTRIES * 10:
                items += _located(element, url, now)
            elif name == "sitemap":
                fields = _fields(element)
                link = urls.join(url, fields.get("loc", ""))
                children += (
                    [(link, dates.parse(fields.get("lastmod"), now=now))] if link and urls.same_site(link, url) else []
                )
            elif name in ("urlset", "sitemapindex"):
                root = name
            if name in ("url", "sitemap"):
                element.clear()
    except etree.XMLSyntaxError:
        whole = False
    oldest = datetime.min.replace(tzinfo=(now.tzinfo if now else None))
    items.sort(key=lambda item: item.changed or item.entry.published or oldest, reverse=True)
    children.sort(key=lambda child: child[1] or oldest, reverse=True)
    found = bool(items or children or root)
    return Sitemap(
        items=tuple(items[:MAX_ENTRIES]),
        children=tuple(link for link, _ in children),
        whole=whole and bool(root),
        is_sitemap=found,
    )


def _located(element: etree._Element, base: str, now: datetime | None) -> list[Located]:
    fields = _fields(element)
    link = urls.join(base, fields.get("loc", ""))
    news = "publication_date" in fields or "title" in fields
    if not link or not (news or looks_like_article(link, base)):
        return []
    published = dates.parse(fields.get("publication_date"), now=now)
    entry = Entry(url=urls.canonical(link), title=clean(fields.get("title", ""))[:500], published=published)
    return [Located(entry=entry, changed=dates.parse(fields.get("lastmod"), now=now) or published)]


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
