"""One look at one source, with its further pages, and the walk back over a hole.

fetch ─▶ judge ─▶ pages/children ─▶ hole? ─▶ walk listings and sitemaps back ─▶ entries, state, gaps in one transaction
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor import clock
from monitor.config import Home
from monitor.crawl import Fetcher, Look, RobotsBook, judge_source, plan, urls
from monitor.jobs import reading
from monitor.jobs.back import WayBack
from monitor.jobs.paging import MOST_CHILDREN, USEFUL, Pager, Sum
from monitor.labels import label
from monitor.model.article import Entry
from monitor.model.fetch import FetchState, Gap, Response, SourceReport, Status
from monitor.model.settings import Settings
from monitor.model.source import Source, SourceKind, Sources
from monitor.model.tag import Tagging, TagInput
from monitor.store import addresses, articles
from monitor.store import sources as store
from monitor.store.db import Database

_LONGEST_TAG = 500
_PINNED = timedelta(hours=1)


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
        self._owners = _owners(sources)
        self._pager = Pager(fetcher, settings.crawl.frozen_days)
        self._back = WayBack(pager=self._pager, sources=sources, robots=robots, db=db, most=settings.crawl.hole_pages)
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
            return _line(source, state, 0, 0, Sum()), None
        total = Sum()
        answer = await self._fetcher.get(source.url, etag=before.etag, modified=before.modified)
        now = clock.now()
        days = self._settings.crawl.frozen_days
        look = judge_source(answer, source, before, now=now, frozen_days=days)
        total.add(answer, look)
        if look.status in USEFUL and not answer.not_modified:
            await self._further(source, look, total)
        total.shown = len(total.entries)
        gaps = await self._hole(source, before, look, total, now)
        return self._stored(source, before, answer, look, total=total, gaps=gaps), answer.retry_after

    async def _further(self, source: Source, look: Look, total: Sum) -> None:
        """The next pages of a listing while they bring something new; the newest parts of a sitemap index."""
        if source.kind is SourceKind.SITEMAP:
            for child in look.children[:MOST_CHILDREN]:
                await self._pager.page(source, child, self._newest.get(source.id), total)
        elif source.kind is SourceKind.LISTING and source.pages > 1 and self._unknown(list(total.entries.values())):
            since = self._newest.get(source.id)
            async for fresh in self._pager.walk(source, look.next, source.pages, since, total):
                if not self._unknown(fresh):
                    break

    def _unknown(self, entries: list[Entry]) -> bool:
        keys = [urls.key(entry.url) for entry in entries]
        return len(addresses.known(self._db, keys)) < len(set(keys))

    async def _hole(self, source: Source, before: FetchState, look: Look, total: Sum, now: datetime) -> list[Gap]:
        """Whether items fell out of the source since the last look; if so, walks back to the newest known one."""
        shown = _unpinned(list(total.entries.values()), before.newest)
        keys = [urls.key(e.url) for e in shown]
        times = [e.published for e in shown if e.published]
        gap = plan.hole(before, min(times, default=look.oldest), bool(addresses.known(self._db, keys)), now)
        if not gap or look.status not in USEFUL:
            return []
        return [await self._back.fill(source, gap, look, total)]

    def _stored(
        self,
        source: Source,
        before: FetchState,
        answer: Response,
        look: Look,
        *,
        total: Sum,
        gaps: list[Gap],
    ) -> SourceReport:
        """Entries, state and gaps in one transaction: a kill loses all three or none."""
        now = clock.now()
        failures = before.failures + 1 if look.status.failed else 0
        useful = look.status in USEFUL and not answer.not_modified
        sound = look.status in (Status.OK, Status.UNCHANGED, Status.FROZEN, Status.EMPTY)
        times = [at for at in (before.newest, look.newest) if at]
        again = plan.next_look(look.status, failures, source.every, now, answer.retry_after)
        state = replace(
            before,
            status=look.status,
            reason=reason(look.status, look.detail, answer.retry_after, newest=max(times, default=None)),
            # A broken or moved source must not be told "unchanged" and look healthy the next time.
            etag=_kept(answer, "etag", before.etag) if sound else "",
            modified=_kept(answer, "last-modified", before.modified) if sound else "",
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
        item = TagInput(title=entry.title, summary=entry.summary)
        return reading.read_item(item, self._home.rules, self._home.learned)

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
        return _line(source, state, 0, 0, Sum())

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
        return _line(source, state, 0, 0, Sum())


def reason(status: Status, detail: str, wait: float | None = None, newest: datetime | None = None) -> str:
    """The sentence for a person: what happened, and what to do where there is something to do."""
    if status is Status.ASKED_TO_WAIT:
        if wait is None:
            return label("reason", "asked_to_wait_some")
        return label("reason", "asked_to_wait", seconds=f"{max(wait, 0):.0f}")
    if status is Status.FROZEN and newest:
        return label("reason", "frozen", newest=clock.local(newest).strftime("%d/%m/%Y"))
    if status is Status.UNREACHABLE and detail == "dns":
        return label("reason", "unreachable_name")
    if status is Status.FORBIDDEN and detail != "robots.txt":
        return label("reason", "forbidden_code", detail=detail)
    return label("reason", status.value, detail=detail)


def _unpinned(entries: list[Entry], newest: datetime | None) -> list[Entry]:
    """Without the article or two that many feeds hold on to: these do not join what is new to what we had."""
    old = [e for e in entries if e.published and newest and e.published < newest - _PINNED]
    few = len(old) <= max(2, len(entries) // 10)
    return [e for e in entries if e not in old] if few and len(old) < len(entries) else entries


def _kept(answer: Response, header: str, before: str) -> str:
    """What to ask with the next time; many servers leave it out of a 304. A value too long to send is none."""
    said = answer.header(header) or (before if answer.not_modified else "")
    return said if len(said) <= _LONGEST_TAG else ""


def _owners(sources: Sources) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for source in sources.all:
        found.setdefault(_bare(source.url), set()).add(source.outlet)
    return found


def _bare(url: str) -> str:
    return urls.netloc(url).removeprefix("www.")


def _line(source: Source, state: FetchState, new: int, changed: int, total: Sum) -> SourceReport:
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
