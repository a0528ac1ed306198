"""One round over the watched pages.

    due pages ──▶ fetch (a lane a host, its robots.txt and pace) ──▶ examine (executor) ─┐
         ▲          doubtful text? once more at once                                     ▼
         └── next look is data ◀── one transaction a page: look, changes, snapshot, the archive's revision
    then the outlets' pages for corrections (noticing)

A round may be stopped or killed anywhere: a page is stored whole or still due. A page that cannot be had is a line
with its reason (robots.txt included) and changes nothing. What this does not do: decide anything for a case.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace

from monitor import clock
from monitor.config import Home, load_settings, load_sources
from monitor.config.watch import load_watch
from monitor.crawl import Fetcher, Robots, RobotsBook, judge_page, urls
from monitor.errors import BusyError
from monitor.jobs import reading
from monitor.jobs.hosts import PATIENCE, Hosts
from monitor.jobs.locking import held
from monitor.jobs.noticing import Noticer
from monitor.jobs.watch_acts import (
    accept,
    changes_of_case,
    corrected,
    dismiss,
    unwatch_case,
    watch_case,
    watch_due,
    watch_stories,
)
from monitor.jobs.watch_after import page_after, sentence
from monitor.jobs.watching import Examined, Look, examine
from monitor.model.fetch import Response, Status
from monitor.model.settings import Settings
from monitor.model.source import Sources
from monitor.model.watch import (
    Change,
    LookOutcome,
    LookRow,
    Watched,
    WatchLine,
    WatchReport,
)
from monitor.model.watching import WatchSettings
from monitor.store import addresses, articles, corrections, watch, watch_changes, watch_notices
from monitor.store import sources as store
from monitor.store.db import Database, opened

__all__ = [
    "accept",
    "changes_of_case",
    "corrected",
    "dismiss",
    "unwatch_case",
    "watch_case",
    "watch_due",
    "watch_round",
    "watch_stories",
]

Passages = Callable[[Database, str], Sequence[str]]
"""The disputed words of an article, as its cases hold them: what a correction is likely to repeat."""


def _none(db: Database, article: str) -> Sequence[str]:
    return ()


def watch_round(
    home: Home,
    *,
    only_due: bool = True,
    cases: Sequence[str] = (),
    passages: Passages = _none,
    stop: threading.Event | None = None,
) -> WatchReport:
    """Looks at the watched pages that are due (at all of them without ``only_due``; at those of ``cases`` if named).

    Setting ``stop`` ends the round soon; what it had is kept. ``MONITOR_NOW`` sets the time. Raises ConfigError,
    StoreError, BusyError (a round of collecting or watching is under way: hosts are asked by one at a time).
    """
    settings = load_settings(home.rules)
    rules = load_watch(home.rules)
    sources = load_sources(home.sources_file)
    reading.book(home.rules), reading.sites(home.rules)
    lock = held(home.data / "collect.lock", BusyError("round_under_way"))
    with lock, opened(home.database) as db, _executor(settings) as executor:
        round_ = _Round(home=home, settings=settings, rules=rules, sources=sources, db=db, executor=executor)
        round_.passages = passages
        _rehome(db)
        pages = watch.due(db, clock.now(), days_after_case=rules.rhythm.days_after_case, only_due=only_due)
        if cases:
            wanted = {page.id for case in cases for page in watch.of_case(db, case)}
            pages = [page for page in pages if page.id in wanted]
        return asyncio.run(round_.walk(pages, only_due=only_due, stop=stop))


def _rehome(db: Database) -> None:
    """An article may turn out to be another one under a second address; its page is that one's then."""
    with db.atomic():
        for page, url in watch.homeless(db):
            if article := next(iter(addresses.known(db, [urls.key(url)]).values()), None):
                watch.rehome(db, page, article)


def _executor(settings: Settings) -> Executor:
    if settings.crawl.workers > 0:
        return ProcessPoolExecutor(settings.crawl.workers)
    return ThreadPoolExecutor(1, "watching")


class _Round:
    """One round's state; the methods are its steps in order."""

    passages: Passages = staticmethod(_none)

    def __init__(
        self,
        *,
        home: Home,
        settings: Settings,
        rules: WatchSettings,
        sources: Sources,
        db: Database,
        executor: Executor,
    ) -> None:
        self._home, self._settings, self._rules, self._db, self._executor = home, settings, rules, db, executor
        self._robots = RobotsBook(tuple(Robots(host=host, text=text, read=at) for host, text, at in store.robots(db)))
        self._paces = {urls.netloc(source.url): source.pace for source in reversed(sources.all)}
        self._hosts = Hosts(db)
        self._lines: list[WatchLine] = []
        self._requests = self._bytes = 0

    async def walk(self, pages: list[Watched], *, only_due: bool, stop: threading.Event | None) -> WatchReport:
        begun = time.monotonic()
        async with Fetcher(
            settings=self._settings.crawl,
            contact=self._settings.office.contact,
            book=self._robots,
            clock=clock.now,
            pace=lambda host: self._paces.get(host, 1.0),
        ) as fetcher:
            work = asyncio.ensure_future(self._lanes(fetcher, pages, only_due=only_due))
            interrupted = await _until(work, stop)
        store.put_robots(self._db, [(r.host, r.text, r.read) for r in self._robots.changed.values() if not r.failure])
        order = {page.id: n for n, page in enumerate(pages)}
        return WatchReport(
            lines=tuple(sorted(self._lines, key=lambda line: order.get(line.watched, 0))),
            waiting=len(pages) - len({line.watched for line in self._lines}),
            requests=self._requests,
            bytes=self._bytes,
            seconds=time.monotonic() - begun,
            interrupted=interrupted,
        )

    async def _lanes(self, fetcher: Fetcher, pages: list[Watched], *, only_due: bool) -> None:
        gate = asyncio.Semaphore(self._settings.crawl.hosts_at_once)
        by_host: dict[str, list[Watched]] = {}
        for page in pages:
            by_host.setdefault(urls.netloc(page.url), []).append(page)

        async def lane(host: str) -> None:
            async with gate:
                for page in by_host[host]:
                    if not self._hosts.held_until(host) and not self._hosts.failed(host, PATIENCE):
                        await self._page(fetcher, page)

        await asyncio.gather(*(lane(host) for host in by_host))
        noticer = Noticer(db=self._db, fetcher=fetcher, hosts=self._hosts, settings=self._rules, rules=self._home.rules)
        holding = watch.due(self._db, clock.now(), days_after_case=self._rules.rhythm.days_after_case, only_due=False)
        found = await noticer.walk(holding, only_due=only_due)
        self._requests += noticer.requests
        self._bytes += noticer.bytes
        self._elsewhere(found)

    def _elsewhere(self, found: list[Change]) -> None:
        """Adds corrections found on other pages to the lines of the pages that they name."""
        for change in found:
            at = next((n for n, line in enumerate(self._lines) if line.watched == change.watched), None)
            if at is not None:
                self._lines[at] = replace(self._lines[at], changes=(*self._lines[at].changes, change))
                continue
            page = watch.of_page(self._db, change.watched)
            self._lines.append(
                WatchLine(
                    watched=change.watched, article=change.article, url=change.url, reason="", changes=(change,),
                    status=(page.status if page else None) or Status.UNCHANGED, outcome=LookOutcome.UNKNOWN,
                    next=page.next if page else None,
                )
            )  # fmt: skip

    async def _page(self, fetcher: Fetcher, page: Watched) -> None:
        """One page: one look, and further ones at once where that settles what is doubtful."""
        told: tuple[Change, ...] = ()
        for _ in range(self._rules.rhythm.confirm_looks):
            answer = await fetcher.get(page.url)
            status = judge_page(answer)
            self._requests += answer.requests
            self._bytes += answer.bytes
            self._hosts.answered(urls.netloc(page.url), status, answer.retry_after)
            look = self._look(page, answer, status)
            found = await asyncio.get_running_loop().run_in_executor(self._executor, examine, look)
            page, changes = self._store(look, found)
            told += changes
            if not found.advance.again:
                break
        line = WatchLine(
            watched=page.id,
            article=page.article,
            url=page.url,
            status=status,
            outcome=found.standing.outcome,
            reason=sentence(look, found),
            changes=told,
            next=page.next,
        )
        self._lines.append(line)

    def _look(self, page: Watched, answer: Response, status: Status) -> Look:
        db = self._db
        said = corrections.relevance_said(db, [page.article])
        return Look(
            page=page,
            answer=answer,
            status=status,
            at=clock.now(),
            settings=self._rules,
            rules=self._home.rules,
            learned=self._home.learned,
            base=watch.snapshot(db, page.article, page.base),
            article=next(iter(articles.by_ids(db, [page.article])), None),
            relevance=said.get(page.article),
            told=frozenset(watch_changes.marks(db, page.id)),
            titles=tuple(watch_changes.titles(db, page.id)),
            passages=(*self.passages(db, page.article), *watch_changes.removed_words(db, page.id)),
        )

    def _store(self, look: Look, found: Examined) -> tuple[Watched, tuple[Change, ...]]:
        """Stores a look whole; returns the page as it stands now and the changes that were told."""
        evidence = found.snapshot is not None and (found.advance.rebase or bool(found.changes))
        with self._db.atomic():
            page = self._after(look, found)
            if found.reading:
                articles.read(self._db, page.article, found.reading)
            if evidence and found.snapshot:
                watch.keep(self._db, page.article, found.snapshot)
            changes = tuple(kept for c in found.changes if (kept := watch_changes.put(self._db, c)))
            for there in found.notice_pages:
                watch_notices.add_page(self._db, page.outlet, there, look.at, most=5)
            row = LookRow(
                watched=page.id,
                at=look.at,
                status=look.status,
                outcome=found.standing.outcome,
                code=look.answer.code,
                detail=(found.standing.detail or look.answer.detail)[:500],
                final_url=look.answer.final_url,
                sha256=found.snapshot.sha256 if found.snapshot else "",
                digest=found.digest,
            )
            watch.looked(self._db, page, row)
        return page, changes

    def _after(self, look: Look, found: Examined) -> Watched:
        """The page after the look, by what it is waited for now: a case may have said otherwise since it was read."""
        read, days = look.page, self._rules.rhythm.days_after_case
        stands = watch.again(self._db, read.id, look.at, days_after_case=days)
        if stands is None:
            return page_after(look, found, self._rules)
        page = page_after(replace(look, page=replace(read, reason=stands.reason, due=stands.due)), found, self._rules)
        page = replace(page, case=stands.case, since=stands.since, until=stands.until, closed=stands.closed)
        if stands.next is None or stands.next == read.next or page.next is None:
            return page
        return replace(page, next=min(page.next, stands.next))


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
