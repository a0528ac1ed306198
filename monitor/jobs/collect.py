"""One round over the sources.

    sources.yaml ──due?──▶ look at the source ──▶ entries ─┐ one transaction: entries, state, gaps
         │ (a lane a host, many hosts at once)             ▼
         └──────────▶ articles due ──▶ page ──▶ read (executor) ──▶ one transaction an article

A round may be killed anywhere: what was announced is a row that is still due, what was read is whole. A failure is
a value on its line; one bad host costs the others nothing. What this does not do: judge an answer (crawl), read
a page (reading), or know any SQL (store).
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor import clock
from monitor.config import Home, load_settings, load_sources
from monitor.crawl import Fetcher, Robots, RobotsBook, judge_page, plan, urls
from monitor.errors import BusyError, UsageError
from monitor.jobs import reading
from monitor.jobs.cluster import place_due
from monitor.jobs.hosts import PATIENCE, Hosts
from monitor.jobs.locking import held
from monitor.jobs.look import Looker
from monitor.labels import label
from monitor.model.fetch import FetchState, RoundReport, SourceReport, Status
from monitor.model.settings import Settings
from monitor.model.source import Source, Sources
from monitor.store import articles, queue
from monitor.store import sources as store
from monitor.store.db import Database, opened


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a round is: sources looked at, article pages done, of how many known so far."""

    sources: int
    sources_total: int
    pages: int
    pages_total: int
    failed: int


@dataclass
class _Tally:
    """What a round counts while it runs."""

    looked: int = 0
    pages: int = 0
    pages_failed: int = 0
    pages_total: int = 0
    lines: dict[str, SourceReport] = field(default_factory=dict)


def collect(
    home: Home,
    *,
    only: Iterable[str] = (),
    due: bool = False,
    pages: bool = True,
    progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> RoundReport:
    """Walks one round and reports it; ``only`` names sources or outlets, ``due`` leaves out what is not due yet.

    Without ``pages`` only the sources are looked at; what they announce stays due for the next round.
    Setting ``stop`` ends the round soon; what it had is kept. Raises ConfigError, StoreError, UsageError (an
    unknown source), BusyError (another round is under way).
    """
    settings = load_settings(home.rules)
    sources = load_sources(home.sources_file)
    chosen = _chosen(sources, tuple(only))
    reading.book(home.rules), reading.sites(home.rules)  # compiled, or said why not, before anything is asked
    lock = held(home.data / "collect.lock", BusyError("round_under_way"))
    with lock, opened(home.database) as db, _executor(settings) as executor:
        store.remember_outlets(db, sources.outlets)
        round_ = _Round(
            home=home, settings=settings, sources=sources, db=db, executor=executor, progress=progress, pages=pages
        )
        report = asyncio.run(round_.walk(chosen, due=due, stop=stop))
        # What a stop leaves over waits in the queue for the next round.
        place_due(db, stop=stop)
        return report


def _chosen(sources: Sources, only: tuple[str, ...]) -> tuple[Source, ...]:
    if not only:
        return sources.all
    known = {source.id for source in sources.all} | {outlet.id for outlet in sources.outlets}
    for name in only:
        if name not in known:
            raise UsageError("unknown_source", name=name)
    return tuple(source for source in sources.all if source.id in only or source.outlet in only)


def _executor(settings: Settings) -> Executor:
    """Where pages are read: anything that speaks ``concurrent.futures`` will do."""
    if settings.crawl.workers > 0:
        return ProcessPoolExecutor(settings.crawl.workers)
    return ThreadPoolExecutor(1, "reading")


class _Round:
    """One round's state; the methods are its steps in order."""

    def __init__(
        self,
        *,
        home: Home,
        settings: Settings,
        sources: Sources,
        db: Database,
        executor: Executor,
        progress: Callable[[Progress], None] | None,
        pages: bool,
    ) -> None:
        self._with_pages = pages
        self._home, self._settings, self._sources, self._db = home, settings, sources, db
        self._executor = executor
        self._progress = progress
        self._tally = _Tally()
        self._total = 0
        self._claimed: set[str] = set()
        self._only: set[str] = set()
        known = store.robots(db)
        self._robots = RobotsBook(tuple(Robots(host=host, text=text, read=at) for host, text, at in known))
        self._paces = {urls.netloc(source.url): source.pace for source in reversed(sources.all)}
        self._hosts = Hosts(db)

    async def walk(self, chosen: tuple[Source, ...], *, due: bool, stop: threading.Event | None) -> RoundReport:
        begun = time.monotonic()
        # Who names a source wants its articles, not all that killed rounds have left.
        self._only = {source.id for source in chosen} if len(chosen) < len(self._sources.all) else set()
        states = store.states(self._db)
        now = clock.now()
        wanted = [s for s in chosen if not due or _is_due(s, states.get(s.id), now)]
        self._total = len(wanted)
        async with Fetcher(
            settings=self._settings.crawl,
            contact=self._settings.office.contact,
            book=self._robots,
            clock=clock.now,
            pace=lambda host: self._paces.get(host, 1.0),
        ) as fetcher:
            looker = Looker(
                home=self._home,
                settings=self._settings,
                sources=self._sources,
                db=self._db,
                fetcher=fetcher,
                robots=self._robots,
                states=states,
            )
            work = asyncio.ensure_future(self._lanes(looker, fetcher, wanted))
            interrupted = await _until(work, stop)
        store.put_robots(self._db, [(r.host, r.text, r.read) for r in self._robots.changed.values() if not r.failure])
        lines = tuple(self._tally.lines[s.id] for s in wanted if s.id in self._tally.lines)
        return RoundReport(
            sources=lines,
            pages=self._tally.pages,
            pages_failed=self._tally.pages_failed,
            requests=sum(line.requests for line in lines),
            bytes=sum(line.bytes for line in lines),
            seconds=time.monotonic() - begun,
            interrupted=interrupted,
            gaps=tuple(looker.gaps),
        )

    async def _lanes(self, looker: Looker, fetcher: Fetcher, wanted: list[Source]) -> None:
        """Every host in a task of its own: first its sources, then its articles; then what other hosts announced."""
        gate = asyncio.Semaphore(self._settings.crawl.hosts_at_once)
        by_host: dict[str, list[Source]] = {}
        for source in wanted:
            by_host.setdefault(urls.netloc(source.url), []).append(source)

        async def lane(host: str) -> None:
            async with gate:
                for source in by_host.get(host, ()):
                    await self._look(looker, host, source)
                await self._articles(fetcher, host)

        async def late(host: str) -> None:
            async with gate:
                await self._articles(fetcher, host)

        await asyncio.gather(*(lane(host) for host in by_host))
        # Pages on hosts of no source: an aggregator's links, an outlet's second domain, leftovers of a killed round.
        rest = {urls.netloc(item.url) for item in self._waiting()}
        await asyncio.gather(*(lane(host) for host in sorted(rest - set(by_host))))
        await asyncio.gather(*(late(host) for host in sorted(rest & set(by_host))))

    async def _look(self, looker: Looker, host: str, source: Source) -> None:
        if until := self._hosts.held_until(host):
            line = looker.held(source, until)
        elif self._hosts.failed(host, PATIENCE - 1):
            line = looker.skipped(source)
        else:
            line, wait = await looker.look(source)
            self._hosts.answered(host, line.status, wait)
        self._tally.lines[source.id] = line
        self._tally.looked += 1
        self._tell()

    def _waiting(self, host: str | None = None) -> list[queue.Pending]:
        """The articles due that this round is about and has not taken up."""
        due = queue.pending(self._db, clock.now(), host)
        return [p for p in due if p.id not in self._claimed and (not self._only or p.source in self._only)]

    async def _articles(self, fetcher: Fetcher, host: str) -> None:
        """All due articles of a host, one after the other."""
        if not self._with_pages:
            return
        mine = self._waiting(host)
        self._claimed |= {p.id for p in mine}
        self._tally.pages_total += len(mine)
        for item in mine:
            if self._hosts.failed(host, PATIENCE) or self._hosts.held_until(host):
                # Left as it is: still due in the next round.
                self._tally.pages_total -= 1
                continue
            await self._article(fetcher, host, item)
            self._tell()

    async def _article(self, fetcher: Fetcher, host: str, item: queue.Pending) -> None:
        answer = await fetcher.get(item.url)
        status = judge_page(answer)
        self._cost(item.source, answer.requests, answer.bytes)
        self._hosts.answered(host, status, answer.retry_after)
        now = clock.now()
        if status is Status.ASKED_TO_WAIT:
            return  # still due, as soon as the host may be asked again
        if status is not Status.OK:
            again = plan.next_page_try(status, item.tries + 1, self._settings.crawl.page_tries, now)
            queue.failed(self._db, item.id, label("Status", status.value), again)
            self._tally.pages_failed += 1
            return
        work = reading.PageWork(
            entry=item.entry,
            final_url=answer.final_url,
            raw=answer.body,
            headers=answer.headers,
            fetched=now,
            rules=self._home.rules,
            learned=self._home.learned,
            told=item.told,
        )
        found = await asyncio.get_running_loop().run_in_executor(self._executor, reading.read_page, work)
        articles.read(self._db, item.id, found)
        self._tally.pages += 1

    def _cost(self, source: str, requests: int, size: int) -> None:
        line = self._tally.lines.get(source)
        if line:
            self._tally.lines[source] = replace(line, requests=line.requests + requests, bytes=line.bytes + size)

    def _tell(self) -> None:
        if self._progress:
            t = self._tally
            failed = sum(line.status.failed for line in t.lines.values())
            self._progress(
                Progress(
                    sources=t.looked,
                    sources_total=self._total,
                    pages=t.pages + t.pages_failed,
                    pages_total=t.pages_total,
                    failed=failed,
                )
            )


def _is_due(source: Source, state: FetchState | None, now: datetime) -> bool:
    if source.paused and state and state.status is Status.PAUSED:
        return False  # said once, which is enough
    return state is None or state.next is None or state.next <= now


async def _until(work: asyncio.Future[None], stop: threading.Event | None) -> bool:
    """Waits for the work, or for ``stop``: then ends it where it stands. True when it was interrupted."""
    while not work.done():
        await asyncio.wait([work], timeout=0.2 if stop else None)
        if stop and stop.is_set() and not work.done():
            work.cancel()
            await asyncio.wait([work])
            return True
    work.result()
    return False
