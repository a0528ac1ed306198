"""The walk back over a hole: from what a source shows now to what we had.

    ways: own sitemaps and listings · robots.txt · well-known sitemaps · front page ──▶ one by one until one joins

A way closes a hole only where it joins at both ends. Above, it must list something the source shows: a sitemap that
stopped last week and the listing of another section do not. Below, it must come to what we had; and on the first
page of a listing that is no proof, because boxes of much-read articles hold old ones anywhere. What does not join is
taken all the same, but the gap stays open and is told.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.crawl import Look, RobotsBook, urls
from monitor.jobs.paging import MOST_CHILDREN, Pager, Sum
from monitor.model.article import Entry
from monitor.model.fetch import Gap
from monitor.model.source import Source, SourceKind, Sources
from monitor.store import addresses
from monitor.store.db import Database

_WELL_KNOWN = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemaps/news.xml", "/sitemap.xml")


class WayBack:
    """Fills holes; ``most`` is how many pages of a listing one hole may cost."""

    def __init__(self, *, pager: Pager, sources: Sources, robots: RobotsBook, db: Database, most: int) -> None:
        self._pager, self._sources, self._robots, self._db, self._most = pager, sources, robots, db, most

    async def fill(self, source: Source, gap: Gap, look: Look, total: Sum) -> Gap:
        """Adds to ``total`` what the ways back hold; returns the gap closed, or as narrow as it became."""
        shown = set(total.entries) - set(addresses.known(self._db, total.entries))
        for way in self._ways(source, look):
            found = Sum()
            reached = await self._walked(way, gap, found)
            joins = not shown.isdisjoint(found.entries)
            inside = {key for key, e in found.entries.items() if e.published is None or e.published > gap.start}
            total.take(found, inside)
            if reached is None or not joins:
                continue
            if reached <= gap.start:
                return replace(gap, closed=True)
            gap = replace(gap, end=min(gap.end, reached))
        return gap

    def _ways(self, source: Source, look: Look) -> list[Source]:
        """Where older items of the outlet can be found: its own listings and sitemaps, then what its host offers."""
        outlet = self._sources.outlet(source.outlet)
        others = [s for s in (outlet.sources if outlet else ()) if s.kind is not SourceKind.FEED and not s.paused]
        others.sort(key=lambda s: s.kind is not SourceKind.SITEMAP)
        said = self._robots.sitemaps(urls.netloc(source.url))
        found = [*said, *(at for path in _WELL_KNOWN if (at := urls.join(source.url, path)))]
        known = {other.url for other in others}
        ways = [replace(source, kind=SourceKind.SITEMAP, url=at) for at in dict.fromkeys(found) if at not in known]
        ways = others + ways
        home = look.home if look.home and urls.same_site(look.home, source.url) else urls.join(source.url, "/")
        if home and home != source.url:
            ways.append(replace(source, kind=SourceKind.LISTING, url=home, links=None, next=None))
        return ways

    async def _walked(self, way: Source, gap: Gap, found: Sum) -> datetime | None:
        """Walks one way towards ``gap.start``; returns how far back it came for certain, None if nowhere."""
        fresh, look = await self._pager.page(way, way.url, gap.start, found)
        reached = look.oldest
        if way.kind is SourceKind.SITEMAP:
            for child in look.children[:MOST_CHILDREN]:
                _, inner = await self._pager.page(way, child, gap.start, found)
                reached = min((at for at in (reached, inner.oldest) if at), default=None)
            return gap.start if self._joins(list(found.entries.values()), gap) else reached
        if not fresh:
            return None
        if way.links is None:
            reached = None
        elif self._joins(fresh, gap):
            return gap.start
        async for fresh in self._pager.walk(way, look.next, self._most, gap.start, found):
            if self._joins(fresh, gap):
                return gap.start
            reached = min((e.published for e in fresh if e.published), default=reached)
        return reached

    def _joins(self, entries: list[Entry], gap: Gap) -> bool:
        """Whether these entries reach what we had before the hole."""
        if any(e.published and e.published <= gap.start for e in entries):
            return True
        return bool(addresses.known(self._db, [urls.key(e.url) for e in entries]))
