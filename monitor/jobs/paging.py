"""The pages of one source: fetched, judged, and added up.

What this does not do: decide which source is looked at or what a hole is (look, back).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime

from monitor import clock
from monitor.crawl import Fetcher, Look, judge_source, urls
from monitor.model.article import Entry
from monitor.model.fetch import FetchState, Response, Status
from monitor.model.source import Source

USEFUL = (Status.OK, Status.UNCHANGED, Status.FROZEN, Status.MOVED, Status.BROKEN, Status.CUT_SHORT, Status.EMPTY)
MOST_CHILDREN = 3
"""Sitemaps of an index that are read, the newest first."""


@dataclass
class Sum:
    """What a look cost and found so far, entries by the key of their address."""

    entries: dict[str, Entry] = field(default_factory=dict)
    requests: int = 0
    bytes: int = 0
    shown: int = 0
    """Entries of the source itself, without those of a walk back."""

    def add(self, answer: Response, look: Look) -> list[Entry]:
        """Counts an answer and returns the entries not met before in this look."""
        self.requests += answer.requests
        self.bytes += answer.bytes
        fresh = {key: e for e in look.entries if (key := urls.key(e.url)) not in self.entries}
        self.entries |= fresh
        return list(fresh.values())

    def take(self, other: Sum, keys: set[str]) -> None:
        """Adds another sum's cost, and of its entries those of ``keys`` that are new here."""
        self.requests += other.requests
        self.bytes += other.bytes
        self.entries |= {key: e for key, e in other.entries.items() if key in keys and key not in self.entries}


class Pager:
    """Asks for further pages of a source."""

    def __init__(self, fetcher: Fetcher, frozen_days: int) -> None:
        self._fetcher, self._frozen_days = fetcher, frozen_days

    async def page(self, source: Source, url: str, since: datetime | None, total: Sum) -> tuple[list[Entry], Look]:
        """One page: what is fresh on it, and all that was found; ``since`` bounds what a sitemap lists."""
        answer = await self._fetcher.get(url)
        before = FetchState(source=source.id, newest=since)
        look = judge_source(answer, source, before, now=clock.now(), frozen_days=self._frozen_days)
        return total.add(answer, look), look

    async def walk(
        self, source: Source, following: str, most: int, since: datetime | None, total: Sum
    ) -> AsyncIterator[list[Entry]]:
        """Pages 2 … ``most`` of a listing: by the configured pattern, or by the page's own rel=next."""
        for number in range(2, most + 1):
            pattern = (source.next or "").replace("{page}", str(number))
            url = (urls.join(source.url, pattern) if pattern else following) or ""
            if not url:
                return
            fresh, look = await self.page(source, url, since, total)
            following = look.next
            if look.status not in USEFUL or not fresh:
                return
            yield fresh
