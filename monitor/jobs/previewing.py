"""What would be collected if an address were watched: asked for once or twice, nothing stored.

    address ──Fetcher (its robots, private addresses, sizes, times)──▶ answer
            ──▶ feed? sitemap? page with links? ──judge──▶ entries │ the sources a page names │ why not

What this does not do: write anything, or ask an outlet that asked us to wait.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bs4 import BeautifulSoup, Tag

from monitor import clock
from monitor.config import Home, load_settings
from monitor.config.fields import url_key
from monitor.config.sources import load_sources
from monitor.crawl import Fetcher, Look, Robots, RobotsBook, feed, judge_source, sitemap, urls
from monitor.crawl.judge import is_challenge, is_html
from monitor.jobs.hosts import Hosts
from monitor.jobs.look import reason
from monitor.jobs.paging import Pager, Sum
from monitor.labels import label
from monitor.model.fetch import FetchState, Response, Status
from monitor.model.source import Source, SourceKind, Sources
from monitor.model.view_office import Offer, Preview
from monitor.store import sources as store
from monitor.store.db import opened
from monitor.text import clean, decode

MOST_SHOWN = 30
_MOST_OFFERS = 20
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_TITLE = re.compile(r"<title[^>]*>(.{0,2000}?)</title\s*>", re.I | re.S)
_ITEM = re.compile(r"<(item|entry)[\s>]", re.I)
_HEAD = 200_000
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_TOLD = (Status.OK, Status.UNCHANGED, Status.FROZEN, Status.MOVED, Status.EMPTY, Status.BROKEN)


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """What an answer turned out to be."""

    look: Look
    kind: SourceKind | None = None
    title: str = ""
    offers: tuple[Offer, ...] = ()


def preview(home: Home, address: str) -> Preview:
    """What watching this address would bring. A failure is a status with its sentence, never an exception."""
    said = address.strip()
    url = urls.join("", said if "://" in said else f"https://{said}") if said else None
    if url is None or url_key(url) == "/":
        status = Status.UNREACHABLE
        return Preview(asked=said[:200], url="", status=status, reason=label("preview", "no_address"))
    settings, sources = load_settings(home.rules), load_sources(home.sources_file)
    with opened(home.database) as db:
        known = store.robots(db)
        book = RobotsBook(tuple(Robots(host=host, text=text, read=at) for host, text, at in known))
        if until := Hosts(db).held_until(urls.netloc(url)):
            wait = (until - clock.now()).total_seconds()
            return Preview(
                asked=said, url=url, status=Status.ASKED_TO_WAIT, reason=reason(Status.ASKED_TO_WAIT, "", wait)
            )

    async def asked() -> tuple[Response, _Seen]:
        async with Fetcher(
            settings=settings.crawl, contact=settings.office.contact, book=book, clock=clock.now, pace=lambda _: 0.0
        ) as fetcher:
            answer = await fetcher.get(url)
            seen = _what(answer, url, settings.crawl.frozen_days)
            return answer, await _children(fetcher, seen, url, settings.crawl.frozen_days)

    answer, seen = asyncio.run(asked())
    return _told(said, url, answer, seen, sources)


def _what(answer: Response, url: str, frozen_days: int) -> _Seen:
    """A feed by its root, a sitemap by its root, else a page."""
    kind: SourceKind | None = None
    text, title = "", ""
    offers: tuple[Offer, ...] = ()
    if answer.status is Status.OK and answer.body:
        media = answer.header("content-type")
        text = decode(answer.body[:_HEAD], media)
        if feed.parse(answer.body, url=answer.final_url, content_type=media, now=clock.now()).is_feed:
            kind, title = SourceKind.FEED, _title(text)
        elif sitemap.parse(answer.body, url=answer.final_url, now=clock.now()).is_sitemap:
            kind = SourceKind.SITEMAP
        elif is_html(answer.body) and not is_challenge(answer.body, media):
            kind, title = SourceKind.LISTING, _title(text)
            offers = tuple(_offers(text, answer.final_url))
    source = _source(kind or SourceKind.FEED, url)
    look = judge_source(answer, source, FetchState(source=source.id), now=clock.now(), frozen_days=frozen_days)
    return _Seen(look=look, kind=kind, title=title, offers=offers)


def _source(kind: SourceKind, url: str) -> Source:
    return Source(id="xem-thu/1", outlet="xem-thu", kind=kind, url=url)


async def _children(fetcher: Fetcher, seen: _Seen, url: str, frozen_days: int) -> _Seen:
    """The newest part of a sitemap index, which has no articles of its own."""
    if seen.kind is not SourceKind.SITEMAP or seen.look.entries or not seen.look.children:
        return seen
    source = _source(SourceKind.SITEMAP, url)
    _, look = await Pager(fetcher, frozen_days).page(source, seen.look.children[0], None, Sum())
    if look.status not in _TOLD:
        return replace(seen, look=replace(seen.look, status=look.status, detail=look.detail))
    return replace(seen, look=look)


def _title(text: str) -> str:
    """The title of a feed or page, as far as it stands before the first item."""
    first = _ITEM.search(text)
    found = _TITLE.search(text[: first.start()] if first else text)
    return feed.plain(_CDATA.sub("", found[1]))[:200] if found else ""


def _offers(text: str, base: str) -> Iterator[Offer]:
    """The feeds that a page names, each once."""
    seen: set[str] = set()
    soup = BeautifulSoup(text, "lxml")
    for link in soup.find_all("link", href=True, limit=500):
        rel = link.get("rel") if isinstance(link, Tag) else None
        if not isinstance(link, Tag) or "alternate" not in [one.lower() for one in rel or []]:
            continue
        found = urls.join(base, str(link["href"]))
        if str(link.get("type") or "").lower() in _FEED_TYPES and found and found not in seen:
            seen.add(found)
            yield Offer(kind=SourceKind.FEED, url=found, title=clean(str(link.get("title") or ""))[:200])
        if len(seen) >= _MOST_OFFERS:
            return


def _told(said: str, url: str, answer: Response, seen: _Seen, sources: Sources) -> Preview:
    look = seen.look
    at = answer.moved_to or url
    kind = seen.kind if look.status in _TOLD else None
    watched = {url_key(source.url): source for source in sources.all}
    there = watched.get(url_key(at)) or watched.get(url_key(url))
    host = urls.host(at).removeprefix("www.")
    same = {s.outlet for s in sources.all if urls.host(s.url).removeprefix("www.") == host}
    outlet = sources.outlet(next(iter(same))) if len(same) == 1 else None
    return Preview(
        asked=said, url=at, status=look.status, kind=kind, title=seen.title, entries=look.entries[:MOST_SHOWN],
        reason=reason(look.status, look.detail, answer.retry_after, newest=look.newest), found=len(look.entries),
        outlet_id=outlet.id if outlet else _ident(host), outlet_name=outlet.name if outlet else _name(seen.title, host),
        others=seen.offers, known=there.id if there else "",
        warnings=tuple(_warnings(kind, look, seen, there, clock.now())),
    )  # fmt: skip


def _warnings(kind: SourceKind | None, look: Look, seen: _Seen, there: Source | None, now: datetime) -> Iterator[str]:
    if there:
        yield label("preview", "known", id=there.id)
    if kind and not look.entries:
        yield label("preview", "no_recent" if kind is SourceKind.SITEMAP else "no_entries")
    if look.entries and not any(e.published for e in look.entries):
        yield label("preview", "no_dates")
    elif sum(e.published is None for e in look.entries) * 2 > len(look.entries):
        yield label("preview", "few_dates")
    if any(e.published and (e.published - now).days >= 1 for e in look.entries):
        yield label("preview", "future")
    if kind is SourceKind.LISTING and seen.offers:
        yield label("preview", "has_feeds", count=len(seen.offers))
    if look.entries and not all(e.title for e in look.entries):
        yield label("preview", "no_titles")


def _ident(host: str) -> str:
    """An id made of a host's name: "baotinh.vn" → "baotinh"."""
    parts = [part for part in re.split(r"[^a-z0-9]+", host.lower()) if part]
    names = [part for part in parts if part not in ("com", "net", "org", "gov", "edu", "vn", "info", "m")]
    return "-".join(names or parts)[:40].strip("-") or "nguon"


def _name(title: str, host: str) -> str:
    """The outlet's likely name: what stands before the first dash of the title, else the host."""
    return re.split(r"\s[-–—|:•]\s|\s*\|\s*", title)[0].strip()[:100] or host
