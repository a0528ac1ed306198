"""Evidence taken from the network: items -> their pages as they are now, text and picture, or why not.

    item ──fetch──▶ WARC · text · screenshot        what readers had first (the stored one) beside what is there now
         └─no─────▶ the stored page, and that it was; or what is missing and why

A failure to fetch or to take a picture is a value, never an exception. No transaction is open while hosts are asked,
and nothing is kept here but what the hosts asked for: ``desk.evidence`` keeps the rest.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor import clock, text
from monitor.config import Home, load_settings, load_sources
from monitor.crawl import Fetcher, Robots, RobotsBook, judge_page, urls, user_agent
from monitor.crawl import screenshot as camera
from monitor.errors import UsageError
from monitor.evidence import safe_name, warc_of
from monitor.extract import extract
from monitor.jobs import reading
from monitor.jobs.hosts import Hosts
from monitor.labels import label
from monitor.model.article import Article, Extracted, Page, Snapshot
from monitor.model.evidence import (
    Evidence,
    EvidenceKind,
    Exchange,
    MissingEvidence,
    MissingReason,
)
from monitor.model.fetch import Response, Status
from monitor.model.settings import Settings
from monitor.store import articles, snapshots, stories
from monitor.store import sources as source_store
from monitor.store.db import Database, opened

Shoot = Callable[..., camera.Screenshot]
_FORMS = {
    EvidenceKind.PAGE: (".warc.gz", "application/warc"),
    EvidenceKind.TEXT: (".txt", "text/plain"),
    EvidenceKind.SCREENSHOT: (".png", "image/png"),
}


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What the network gave, before it is stored: evidence with its bytes, and what could not be had."""

    found: tuple[tuple[Evidence, bytes], ...]
    missing: tuple[MissingEvidence, ...]


@dataclass(frozen=True, kw_only=True)
class _Target:
    """An item of which evidence is taken; ``stored`` are its snapshots, oldest first."""

    url: str
    article: Article | None = None
    stored: tuple[Snapshot, ...] = ()

    @property
    def id(self) -> str | None:
        return self.article.id if self.article else None


def gather(
    home: Home, targets: Sequence[str], by: str, *, pictures: bool = True, shoot: Shoot = camera.shoot
) -> Gathered:
    """Fetches the pages of items (ids or addresses) and takes their pictures.

    Robots, the pace and a host's wish to wait are kept as in a round. Call it with no transaction open: it takes
    as long as the hosts take, and remembers what they asked for.
    """
    settings = load_settings(home.rules)
    with opened(home.database) as db:
        named = [_target(db, said) for said in targets]
        wanted = list({target.id or target.url: target for target in named}.values())
        answers = asyncio.run(_fetched(home, settings, db, [target.url for target in wanted if target.url]))
    taker = _Taker(home=home, settings=settings, by=by, shoot=shoot if pictures else None)
    for target in wanted:
        taker.take(target, answers.get(target.url))
    return Gathered(found=tuple(taker.found), missing=tuple(taker.missing))


def _target(db: Database, said: str) -> _Target:
    known = "://" in said and urls.join(said, said) is not None
    ident = stories.article_of(db, said) or (stories.article_of(db, urls.key(said)) if known else None)
    if ident is None:
        if not known:
            raise UsageError("evidence_target", value=said)
        return _Target(url=said)
    (article,) = articles.by_ids(db, [ident])
    return _Target(url=article.url or "", article=article, stored=tuple(snapshots.of(db, ident)))


async def _fetched(
    home: Home, settings: Settings, db: Database, wanted: list[str]
) -> dict[str, tuple[Response, datetime]]:
    """The answer of each address, and when it came."""
    hosts = Hosts(db)
    paces = {urls.netloc(source.url): source.pace for source in reversed(load_sources(home.sources_file).all)}
    book = RobotsBook(tuple(Robots(host=host, text=said, read=at) for host, said, at in source_store.robots(db)))

    async def ask(fetcher: Fetcher, url: str) -> tuple[Response, datetime]:
        host = urls.netloc(url)
        if hosts.held_until(host):
            return Response(url=url, final_url=url, status=Status.ASKED_TO_WAIT), clock.now()
        answer = await fetcher.get(url)
        answer = replace(answer, status=judge_page(answer))
        hosts.answered(host, answer.status, answer.retry_after)
        return answer, clock.now()

    contact = settings.office.contact
    async with Fetcher(
        settings=settings.crawl, contact=contact, book=book, clock=clock.now, pace=lambda host: paces.get(host, 1.0)
    ) as fetcher:
        answers = await asyncio.gather(*(ask(fetcher, url) for url in wanted))
    source_store.put_robots(db, [(r.host, r.text, r.read) for r in book.changed.values() if not r.failure])
    return dict(zip(wanted, answers, strict=True))


class _Taker:
    """Makes evidence of answers, one item after the other."""

    def __init__(self, *, home: Home, settings: Settings, by: str, shoot: Shoot | None) -> None:
        self._home, self._settings, self._by, self._shoot = home, settings, by, shoot
        self._agent = user_agent(settings.office.contact)
        self.found: list[tuple[Evidence, bytes]] = []
        self.missing: list[MissingEvidence] = []

    def take(self, target: _Target, answered: tuple[Response, datetime] | None) -> None:
        if answered is None:
            self._lack(target, EvidenceKind.PAGE, MissingReason.NO_URL, at=clock.now())
            return
        answer, at = answered
        fresh = answer.status is Status.OK
        pages = [_exchange_of(snapshot, target.url) for snapshot in target.stored]
        if fresh:
            # What stood there first is what readers had; the newest look shows what stands there now.
            pages = [p for p in pages[:1] if p.body != answer.body]
            pages.append(_exchange(answer, at, self._agent))
        else:
            pages = [*pages[:1], *pages[1:][-1:]]
            reason = MissingReason.STORED_USED if pages else MissingReason.PAGE_NOT_HAD
            self._lack(target, EvidenceKind.PAGE, reason, at=at, answer=answer)
        for page in pages:
            self._page(target, page)
        if not pages and target.article and target.article.text:
            self._words(target, target.article.text, at)
        if self._shoot:
            self._picture(target, answer, at)

    def _page(self, target: _Target, page: Exchange) -> None:
        kind = next((value for name, value in page.headers if name.lower() == "content-type"), "")
        html = text.decode(page.body, kind)
        seen = extract(Page(url=page.final_url, html=html, fetched=page.taken), reading.sites(self._home.rules))
        words = "\n".join(part for part in (seen.lead, seen.text) if part)
        note = label("evidence", "stored_note") if page.stored else label("evidence", "page_note")
        warc = warc_of(replace(page, title=seen.title, text=words))
        self._add(target, EvidenceKind.PAGE, warc, at=page.taken, note=note)
        if words:
            body = f"{_heading(page, seen)}\n\n{words}\n"
            note = f"{label('evidence', 'text_note')} {note}"
            self._add(target, EvidenceKind.TEXT, body.encode(), at=page.taken, note=note)
        else:
            self._lack(target, EvidenceKind.TEXT, MissingReason.NO_TEXT, at=page.taken)

    def _words(self, target: _Target, words: str, at: datetime) -> None:
        """The text that was imported, where there never was a page."""
        note = label("evidence", "archive_note")
        self._add(target, EvidenceKind.TEXT, words.encode(), at=at, note=note)

    def _picture(self, target: _Target, answer: Response, at: datetime) -> None:
        assert self._shoot
        if answer.status is not Status.OK:
            self._lack(target, EvidenceKind.SCREENSHOT, MissingReason.PAGE_NOT_HAD, at=at, answer=answer)
            return
        crawl = self._settings.crawl
        html = text.decode(answer.body, answer.header("content-type"))
        shot = self._shoot(answer.final_url, html, agent=self._agent, allowed=crawl.allow_hosts, folder=self._home.data)
        if shot.missing:
            self._lack(target, EvidenceKind.SCREENSHOT, shot.missing, at=clock.now(), detail=shot.detail)
            return
        note = label("evidence", "screenshot_note", height=camera.HEIGHT)
        self._add(target, EvidenceKind.SCREENSHOT, shot.png, at=clock.now(), note=note)

    def _add(self, target: _Target, kind: EvidenceKind, body: bytes, *, at: datetime, note: str) -> None:
        ending, media = _FORMS[kind]
        name = safe_name(f"{kind.value}-{target.id or urls.host(target.url)}-{clock.local(at):%Y%m%d-%H%M%S}")
        made = Evidence(
            kind=kind, name=name + ending, media_type=media, taken=at, by=self._by, article=target.id,
            url=target.url, note=note,
        )  # fmt: skip
        self.found.append((made, body))

    def _lack(
        self,
        target: _Target,
        kind: EvidenceKind,
        reason: MissingReason,
        *,
        at: datetime,
        answer: Response | None = None,
        detail: str = "",
    ) -> None:
        self.missing.append(
            MissingEvidence(
                kind=kind, reason=reason, article=target.id, url=target.url, at=at,
                status=answer.status if answer else None, detail=answer.detail if answer else detail,
            )
        )  # fmt: skip


def _exchange(answer: Response, at: datetime, agent: str) -> Exchange:
    return Exchange(
        url=answer.url, final_url=answer.final_url, code=answer.code, headers=answer.headers, body=answer.body,
        taken=at, agent=agent,
    )  # fmt: skip


def _exchange_of(snapshot: Snapshot, url: str) -> Exchange:
    return Exchange(
        url=url, final_url=snapshot.url, code=200, headers=snapshot.headers, body=snapshot.body,
        taken=snapshot.fetched, stored=True,
    )  # fmt: skip


def _heading(page: Exchange, seen: Extracted) -> str:
    said = label("evidence", "not_said")
    return label(
        "evidence",
        "text_head",
        url=page.final_url,
        taken=clock.iso_local(page.taken),
        sha256=hashlib.sha256(page.body).hexdigest(),
        title=seen.title or said,
        authors=", ".join(seen.authors) or said,
        published=clock.iso_local(seen.published) or said,
        modified=clock.iso_local(seen.modified) or said,
    )
