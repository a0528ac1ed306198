"""Outlets' pages for corrections: what is new there, and whether it names one of our watched works.

    rules/watch.yaml, menus of watched pages ──▶ page due ──▶ notices on it, items it lists ──▶ each opened once
                                                                     └──▶ matched with the outlet's watched pages

A match is a change of the watched page, told once, for a person to confirm.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from monitor import clock, text
from monitor.crawl import Fetcher, judge_page, listing, urls
from monitor.extract import extract
from monitor.jobs import reading
from monitor.jobs.hosts import PATIENCE, Hosts
from monitor.jobs.watching import work_of
from monitor.labels import label
from monitor.model.article import Page
from monitor.model.fetch import Response, Status
from monitor.model.watch import Change, ChangeKind, Watched
from monitor.model.watching import OutletNotices, WatchSettings
from monitor.store import articles, cards, watch_changes, watch_notices
from monitor.store.db import Database
from monitor.store.watch_notices import KeptNotice, NoticePage
from monitor.watch import Notice, after_failure, check, heads, names_work, notices, of_article, visible


class Noticer:
    """Walks the pages for corrections of one round."""

    def __init__(
        self, *, db: Database, fetcher: Fetcher, hosts: Hosts, settings: WatchSettings, rules: tuple[Path, ...]
    ) -> None:
        self._db, self._fetcher, self._hosts, self._settings, self._rules = db, fetcher, hosts, settings, rules
        self.requests = 0
        self.bytes = 0

    def _places(self, now: datetime) -> tuple[OutletNotices, ...]:
        """Pages for corrections that somebody named: in the rules, or on the outlet's card of today."""
        today = clock.local(now).date()
        carded = [card for card in cards.every(self._db) if card.corrections and card.holds(today)]
        return (*self._settings.outlets, *(OutletNotices(outlet=c.outlet, url=c.corrections) for c in carded))

    async def walk(self, watched: Iterable[Watched], *, only_due: bool) -> list[Change]:
        """Looks at the pages for corrections of the outlets of ``watched``; returns what was found for these."""
        mine = list(watched)
        outlets = {page.outlet for page in mine}
        now = clock.now()
        with self._db.atomic():
            for configured in self._places(now):
                watch_notices.add_page(self._db, configured.outlet, configured.url, now)
        for page in watch_notices.pages(self._db, outlets, now, only_due=only_due):
            host = urls.netloc(page.url)
            if not self._hosts.held_until(host) and not self._hosts.failed(host, PATIENCE):
                await self._page(page)
        return [change for page in mine for change in self._matched(page)]

    async def _get(self, url: str) -> tuple[Response, Status]:
        answer = await self._fetcher.get(url)
        status = judge_page(answer)
        self.requests += answer.requests
        self.bytes += answer.bytes
        self._hosts.answered(urls.netloc(url), status, answer.retry_after)
        return answer, status

    async def _page(self, page: NoticePage) -> None:
        answer, status = await self._get(page.url)
        now, rhythm = clock.now(), self._settings.rhythm
        page = replace(page, checked=now, status=status, detail=answer.detail)
        if status is not Status.OK:
            failures = page.failures + 1
            again = after_failure(failures=failures, now=now, rhythm=rhythm, wait=answer.retry_after)
            with self._db.atomic():
                watch_notices.checked(self._db, replace(page, failures=failures, next=again))
            return
        found = self._on(page, answer, now)
        with self._db.atomic():
            for notice in found:
                watch_notices.put(self._db, notice, urls.key(notice.url))
        await self._items(page, answer, now)
        with self._db.atomic():
            watch_notices.checked(self._db, replace(page, failures=0, next=now + rhythm.notice_every))

    def _on(self, page: NoticePage, answer: Response, now: datetime) -> list[KeptNotice]:
        """The notices that stand on the page itself."""
        words = self._settings.notice
        shown = visible(text.decode(answer.body, answer.header("content-type")))
        found = notices(shown.lines, words)
        whole = self._whole(answer, now)
        made = [_kept(notice, outlet=page.outlet, now=now, answer=answer) for notice in found]
        if whole and not made:
            made = [_whole_kept(whole, page.outlet, answer, now)]
        return made

    def _whole(self, answer: Response, now: datetime) -> tuple[Notice, datetime | None] | None:
        """The page as one notice, with the time it was published."""
        html = text.decode(answer.body, answer.header("content-type"))
        found = extract(Page(url=answer.final_url, html=html, fetched=now), reading.sites(self._rules))
        body = {line for line in (found.lead, *found.text.split("\n")) if line}
        links = [link for line in visible(html).lines if line.text in body for link in line.links]
        notice = of_article(found.title, found.lead, found.text, links, self._settings.notice)
        return (notice, found.published) if notice else None

    async def _items(self, page: NoticePage, answer: Response, now: datetime) -> None:
        """Opens the items that the page lists and that were not opened yet, a few a round."""
        found = listing.parse(
            answer.body, url=answer.final_url, content_type=answer.header("content-type"), now=now
        ).entries
        configured = any(urls.key(one.url) == urls.key(page.url) for one in self._places(now))
        opened = watch_notices.opened_keys(self._db, page.outlet)
        fresh = [
            entry
            for entry in found
            if urls.key(entry.url) not in opened and (configured or heads(entry.title, self._settings.notice))
        ]
        # On a page of corrections all items are; those headed as one come first.
        fresh.sort(key=lambda entry: not heads(entry.title, self._settings.notice))
        for entry in fresh[: self._settings.rhythm.notices_per_round]:
            item, status = await self._get(entry.url)
            if status.grade.value in ("temporary", "soft"):
                continue  # opened in a later round
            whole = self._whole(item, clock.now()) if status is Status.OK else None
            kept = (
                replace(_whole_kept(whole, page.outlet, item, now), url=entry.url)
                if whole
                else KeptNotice(outlet=page.outlet, url=entry.url, found=now)
            )
            with self._db.atomic():
                watch_notices.put(self._db, kept, urls.key(entry.url))

    def _matched(self, page: Watched) -> list[Change]:
        """The notices of the outlet that name a watched page's work and were not told of it yet."""
        told = {
            mark for kind, mark in watch_changes.marks(self._db, page.id) if kind == ChangeKind.CORRECTION_ELSEWHERE
        }
        candidates = [n for n in watch_notices.of_outlet(self._db, page.outlet) if n.mark not in told]
        article = next(iter(articles.by_ids(self._db, [page.article])), None)
        if not candidates or article is None:
            return []
        titles = (article.title, *watch_changes.titles(self._db, page.id))
        passages = tuple(watch_changes.removed_words(self._db, page.id))
        work = work_of(page, titles, passages, article.published)
        earliest = (article.published or article.found) - timedelta(days=self._settings.rhythm.notice_days)
        now = clock.now()
        made: list[Change] = []
        for kept in candidates:
            if urls.key(kept.url) in work.keys or (kept.published and kept.published < earliest):
                continue
            notice = Notice(title=kept.title, lines=kept.lines, links=kept.links)
            named = names_work(notice, work, _link_keys(kept))
            if not named:
                continue
            correction = check(
                notice,
                work,
                self._settings.notice,
                url=kept.url,
                where=label("watch", "where_elsewhere"),
                named=named,
                published=kept.published,
            )
            change = Change(
                kind=ChangeKind.CORRECTION_ELSEWHERE,
                at=kept.found,
                told=now,
                watched=page.id,
                article=page.article,
                url=page.url,
                after=notice.text,
                mark=kept.mark,
                correction=correction,
                diff=label("watch", "correction", title=correction.title),
            )
            with self._db.atomic():
                stored = watch_changes.put(self._db, change)
            made += [stored] if stored else []
        return made


def _kept(
    notice: Notice, *, outlet: str, now: datetime, answer: Response, published: datetime | None = None
) -> KeptNotice:
    links = tuple(there for link in notice.links[:50] if (there := urls.join(answer.final_url, link)))
    return KeptNotice(
        outlet=outlet,
        url=answer.final_url,
        found=now,
        title=notice.title,
        lines=notice.lines,
        links=links,
        mark=notice.mark,
        published=published,
    )


def _whole_kept(whole: tuple[Notice, datetime | None], outlet: str, answer: Response, now: datetime) -> KeptNotice:
    """A page that is one notice, ready to be stored."""
    return _kept(whole[0], outlet=outlet, now=now, answer=answer, published=whole[1])


def _link_keys(kept: KeptNotice) -> frozenset[str]:
    return frozenset(urls.key(link) for link in kept.links)
