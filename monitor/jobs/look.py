"""One look at one source, with its further pages, and the walk back over a hole.

fetch ─▶ judge ─▶ pages/children ─▶ hole? ─▶ walk listings and sitemaps back ─▶ entries, state, gaps in one transaction
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor import clock
from monitor.config import Home
from monitor.crawl import Fetcher, Look, RobotsBook, judge_source, plan, urls
from monitor.jobs import reading
from monitor.labels import label
from monitor.model.article import Entry
from monitor.model.fetch import FetchState, Gap, Response, SourceReport, Status
from monitor.model.settings import Settings
from monitor.model.source import Source, SourceKind, Sources
from monitor.model.tag import Tagging, TagInput
from monitor.store import articles
from monitor.store import sources as store
from monitor.store.db import Database
from monitor.tag import tag

_WELL_KNOWN = ("/sitemap-news.xml", "/news-sitemap.xml", "/sitemaps/news.xml", "/sitemap.xml")
_MOST_CHILDREN = 3
_USEFUL = (Status.OK, Status.UNCHANGED, Status.FROZEN, Status.MOVED, Status.BROKEN, Status.CUT_SHORT, Status.EMPTY)


@dataclass
class _Sum:
    """What a look cost and found so far."""

    entries: dict[str, Entry]
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


class Looker:
    """Looks at the sources of one round."""

    def __init__(
        self,
        *,
        home: Home,
        settings: Settings,
        sources: Sources,
        db: Database,
        fetcher: Fetcher,
        robots: RobotsBook,
        states: dict[str, FetchState],
    ) -> None:
        self._home, self._settings, self._sources, self._db = home, settings, sources, db
        self._fetcher, self._robots, self._states = fetcher, robots, states
        self._newest = store.newest_by_source(db)
        self._book = reading.book(home.rules)
        self._owners = _owners(sources)
        self.gaps: list[Gap] = []

    def _before(self, source: Source) -> FetchState:
        state = self._states.get(source.id) or FetchState(source=source.id)
        # An item dated into the future would hide every hole and every standstill until then.
        latest = clock.now() + timedelta(days=1)
        known = [at for at in (state.newest, self._newest.get(source.id)) if at and at <= latest]
        return replace(state, newest=max(known, default=None))

    async def look(self, source: Source) -> tuple[SourceReport, float | None]:
        """Looks, stores, and returns the line of the round with the host's Retry-After in seconds, if any."""
        before = self._before(source)
        if source.paused:
            state = replace(before, status=Status.PAUSED, reason=reason(Status.PAUSED, source.paused), next=None)
            store.put_state(self._db, state)
            return _line(source, state, 0, 0, _Sum(entries={})), None
        total = _Sum(entries={})
        answer = await self._fetcher.get(source.url, etag=before.etag, modified=before.modified)
        now = clock.now()
        days = self._settings.crawl.frozen_days
        look = judge_source(answer, source, before, now=now, frozen_days=days)
        total.add(answer, look)
        if look.status in _USEFUL and not answer.not_modified:
            await self._further(source, look, total)
        total.shown = len(total.entries)
        gaps = await self._hole(source, before, look, total, now)
        return self._stored(source, before, answer, look, total=total, gaps=gaps), answer.retry_after

    async def _further(self, source: Source, look: Look, total: _Sum) -> None:
        """The next pages of a listing while they bring something new; the newest parts of a sitemap index."""
        if source.kind is SourceKind.SITEMAP:
            for child in look.children[:_MOST_CHILDREN]:
                await self._page(source, child, total)
        elif source.kind is SourceKind.LISTING and source.pages > 1 and self._unknown(list(total.entries.values())):
            async for fresh in self._walk(source, look.next, source.pages, total):
                if not self._unknown(fresh):
                    break

    async def _page(self, source: Source, url: str, total: _Sum) -> tuple[list[Entry], Look]:
        answer = await self._fetcher.get(url)
        nothing = FetchState(source=source.id, newest=self._newest.get(source.id))
        look = judge_source(answer, source, nothing, now=clock.now(), frozen_days=self._settings.crawl.frozen_days)
        return total.add(answer, look), look

    async def _walk(self, source: Source, following: str, most: int, total: _Sum) -> AsyncIterator[list[Entry]]:
        """Pages 2 … ``most`` of a listing: by the configured pattern, or by the page's own rel=next."""
        for number in range(2, most + 1):
            pattern = (source.next or "").replace("{page}", str(number))
            url = (urls.join(source.url, pattern) if pattern else following) or ""
            if not url:
                return
            fresh, look = await self._page(source, url, total)
            following = look.next
            if look.status not in _USEFUL or not fresh:
                return
            yield fresh

    def _unknown(self, entries: list[Entry]) -> bool:
        keys = [urls.key(entry.url) for entry in entries]
        return len(articles.known(self._db, keys)) < len(set(keys))

    async def _hole(self, source: Source, before: FetchState, look: Look, total: _Sum, now: datetime) -> list[Gap]:
        """Whether items fell out of the source since the last look; if so, walks back to the newest known one."""
        keys = list(total.entries)
        times = [e.published for e in total.entries.values() if e.published]
        gap = plan.hole(before, min(times, default=look.oldest), bool(articles.known(self._db, keys)), now)
        if not gap or look.status not in _USEFUL:
            return []
        for other in self._ways_back(source, look):
            reached = await self._back(other, gap, total)
            if reached is not None and reached <= gap.start:
                return [replace(gap, closed=True)]
            if reached is not None and reached < gap.end:
                gap = replace(gap, end=reached)
        return [gap]

    def _ways_back(self, source: Source, look: Look) -> list[Source]:
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

    async def _back(self, way: Source, gap: Gap, total: _Sum) -> datetime | None:
        """Walks one listing or sitemap back towards ``gap.start``; returns how far it came, None if nowhere."""
        mine = _Sum(entries={})
        answer = await self._fetcher.get(way.url)
        nothing = FetchState(source=way.id, newest=gap.start)
        look = judge_source(answer, way, nothing, now=clock.now(), frozen_days=self._settings.crawl.frozen_days)
        fresh = mine.add(answer, look)
        reached = look.oldest
        if way.kind is SourceKind.SITEMAP:
            for child in look.children[:_MOST_CHILDREN]:
                _, inner = await self._page(replace(way), child, mine)
                reached = min((at for at in (reached, inner.oldest) if at), default=None)
        elif fresh and not self._joins(fresh, gap):
            async for fresh in self._walk(way, look.next, self._settings.crawl.hole_pages, mine):
                reached = min((e.published for e in fresh if e.published), default=reached)
                if self._joins(fresh, gap):
                    break
        if self._joins(list(mine.entries.values()), gap):
            reached = gap.start
        inside = {k: e for k, e in mine.entries.items() if e.published is None or e.published > gap.start}
        total.entries |= {k: e for k, e in inside.items() if k not in total.entries}
        total.requests += mine.requests
        total.bytes += mine.bytes
        return reached

    def _joins(self, entries: list[Entry], gap: Gap) -> bool:
        """Whether these entries reach what we had before the hole."""
        if any(e.published and e.published <= gap.start for e in entries):
            return True
        return bool(articles.known(self._db, [urls.key(e.url) for e in entries]))

    def _stored(
        self,
        source: Source,
        before: FetchState,
        answer: Response,
        look: Look,
        *,
        total: _Sum,
        gaps: list[Gap],
    ) -> SourceReport:
        """Entries, state and gaps in one transaction: a kill loses all three or none."""
        now = clock.now()
        failures = before.failures + 1 if look.status.failed else 0
        useful = look.status in _USEFUL and not answer.not_modified
        sound = look.status in (Status.OK, Status.UNCHANGED, Status.FROZEN, Status.EMPTY)
        times = [at for at in (before.newest, look.newest) if at]
        again = plan.next_look(look.status, failures, source.every, now, answer.retry_after)
        state = replace(
            before,
            status=look.status,
            reason=reason(look.status, look.detail, answer.retry_after, newest=max(times, default=None)),
            # A broken or moved source must not be told "unchanged" and look healthy the next time.
            etag=answer.header("etag")[:500] if sound else "",
            modified=answer.header("last-modified")[:100] if sound else "",
            digest=look.digest or before.digest,
            entries=total.shown if useful else before.entries,
            newest=max(times, default=None),
            checked=now,
            next=again,
            failures=failures,
        )
        with self._db.atomic():
            new, changed = articles.announce(
                self._db,
                total.entries.values(),
                source=source.id,
                outlet_of=lambda url: self._outlet_of(url, source),
                key_of=urls.key,
                tagged=self._tagged,
                now=now,
            )
            store.put_state(self._db, state)
            for gap in gaps:
                store.put_gap(self._db, gap)
        self.gaps += gaps
        self._states[source.id] = state
        return _line(source, state, new, changed, total)

    def _tagged(self, entry: Entry) -> Tagging:
        """A first reading by what the source says, until the page is read."""
        return tag(TagInput(title=entry.title, summary=entry.summary), self._book)

    def _outlet_of(self, url: str, source: Source) -> str:
        """Whose article it is: the outlet whose host it lies on, else the outlet whose source named it."""
        owners = self._owners.get(_bare(url), set())
        return next(iter(owners)) if len(owners) == 1 and source.outlet not in owners else source.outlet

    def held(self, source: Source, until: datetime) -> SourceReport:
        """The line of a source whose host asked to wait: not asked, said so."""
        before = self._before(source)
        seconds = (until - clock.now()).total_seconds()
        state = replace(
            before, status=Status.ASKED_TO_WAIT, reason=reason(Status.ASKED_TO_WAIT, "", seconds), next=until
        )
        store.put_state(self._db, state)
        return _line(source, state, 0, 0, _Sum(entries={}))

    def skipped(self, source: Source) -> SourceReport:
        """The line of a source whose host failed several times in this round: not asked again now."""
        before = self._before(source)
        at = clock.now()
        again = plan.next_look(Status.UNREACHABLE, before.failures + 1, source.every, at)
        text = label("reason", "host_in_trouble")
        state = replace(
            before, status=Status.UNREACHABLE, reason=text, next=again, checked=at, failures=before.failures + 1
        )
        store.put_state(self._db, state)
        return _line(source, state, 0, 0, _Sum(entries={}))


def reason(status: Status, detail: str, wait: float | None = None, newest: datetime | None = None) -> str:
    """The sentence for a person: what happened, and what to do where there is something to do."""
    if status is Status.ASKED_TO_WAIT:
        if wait is None:
            return label("reason", "asked_to_wait_some")
        return label("reason", "asked_to_wait", seconds=f"{max(wait, 0):.0f}")
    if status is Status.FROZEN and newest:
        return label("reason", "frozen", newest=clock.local(newest).strftime("%d/%m/%Y"))
    if status is Status.FORBIDDEN and detail != "robots.txt":
        return label("reason", "forbidden_code", detail=detail)
    return label("reason", status.value, detail=detail)


def _owners(sources: Sources) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for source in sources.all:
        found.setdefault(_bare(source.url), set()).add(source.outlet)
    return found


def _bare(url: str) -> str:
    return urls.netloc(url).removeprefix("www.")


def _line(source: Source, state: FetchState, new: int, changed: int, total: _Sum) -> SourceReport:
    return SourceReport(
        id=source.id,
        outlet=source.outlet,
        url=source.url,
        status=state.status,
        reason=state.reason,
        entries=total.shown or (state.entries if state.status is Status.UNCHANGED else 0),
        new=new,
        changed=changed,
        requests=total.requests,
        bytes=total.bytes,
    )
