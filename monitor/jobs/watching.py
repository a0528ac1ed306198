"""The heavy part of a look as one pure function: an answer and what was known of the page -> what is known now.

    Look --decode, extract--> Seen --standing, notices, advance--> Examined (changes told, reading for the archive)

It runs in an executor. Nothing here asks the network or the database.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from monitor import text
from monitor.crawl import urls
from monitor.extract import extract
from monitor.jobs import reading
from monitor.labels import label
from monitor.model.article import Article, Completeness, Entry, Page, Snapshot
from monitor.model.fetch import Response, Status
from monitor.model.tag import Relevance
from monitor.model.watch import Change, ChangeKind, LookOutcome, PageState, Watched
from monitor.model.watching import WatchSettings
from monitor.store.articles import Reading
from monitor.watch import (
    Advance,
    Seen,
    Standing,
    Work,
    advance,
    check,
    heads,
    names_work,
    notices,
    of_article,
    seen,
    standing,
    visible,
)

_MOST_DISCOVERED = 3


@dataclass(frozen=True, kw_only=True)
class Look:
    """One answer with all that is needed to understand it.

    ``base`` is the snapshot to compare with, ``article`` the stored one, ``told`` the (kind, mark) of notices that
    were told, ``titles`` and ``passages`` what a correction may name: earlier headlines, disputed words.
    """

    page: Watched
    answer: Response
    status: Status
    at: datetime
    settings: WatchSettings
    rules: tuple[Path, ...]
    learned: Path | None = None
    base: Snapshot | None = None
    article: Article | None = None
    relevance: Relevance | None = None
    told: frozenset[tuple[str, str]] = frozenset()
    titles: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Examined:
    """What a look came to. ``snapshot`` is the page as fetched, ``reading`` what goes to the archive if it changed."""

    standing: Standing
    advance: Advance
    changes: tuple[Change, ...] = ()
    digest: str = ""
    snapshot: Snapshot | None = None
    reading: Reading | None = None
    notice_pages: tuple[str, ...] = ()


def work_of(page: Watched, titles: tuple[str, ...], passages: tuple[str, ...], published: datetime | None) -> Work:
    """Our work as a correction may name it."""
    titles = tuple(dict.fromkeys(title for title in titles if title))
    return Work(titles=titles, keys=frozenset((urls.key(page.url),)), published=published, passages=passages)


def examine(look: Look) -> Examined:
    """One look, understood."""
    snapshot = _snapshot(look)
    if look.status is not Status.OK or snapshot is None:
        stand = _without_page(look)
        return _examined(look, stand, None, None, snapshot)
    after = _read(look, snapshot)
    before = _before(look, after)
    stand = standing(
        before,
        after,
        look.settings.page,
        same_address=urls.key(look.answer.final_url) == urls.key(look.page.url),
        same_site=urls.same_site(look.answer.final_url, look.page.url),
    )
    return _examined(look, stand, before, after, snapshot)


def _snapshot(look: Look) -> Snapshot | None:
    body = look.answer.body
    if not body:
        return None
    digest = hashlib.sha256(body).hexdigest()
    return Snapshot(url=look.answer.final_url, fetched=look.at, sha256=digest, headers=look.answer.headers, body=body)


def _without_page(look: Look) -> Standing:
    """What an answer without a page tells: 404 and 410 that the article is gone, all else nothing."""
    answer = look.answer
    if look.status is Status.GONE and answer.code in (404, 410):
        return Standing(outcome=LookOutcome.REMOVED, detail=str(answer.code))
    if look.status is Status.EMPTY:
        return Standing(outcome=LookOutcome.REMOVED)
    return Standing(outcome=LookOutcome.UNKNOWN, detail=answer.detail)


def _read(look: Look, page: Snapshot) -> Seen:
    kind = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    html = text.decode(page.body, kind)
    found = extract(Page(url=page.url, html=html, fetched=page.fetched), reading.sites(look.rules))
    return seen(found, visible(html), url=look.page.url, final_url=page.url)


def _before(look: Look, after: Seen) -> Seen | None:
    """The page compared with, read anew by the same rules: changed rules are no change of the page."""
    if look.base is None:
        return None
    settled = look.page.state is PageState.PRESENT and not look.page.pending.units
    if settled and look.page.digest and look.page.digest == after.digest:
        return after
    return _read(look, look.base)


def _examined(
    look: Look, stand: Standing, before: Seen | None, after: Seen | None, snapshot: Snapshot | None
) -> Examined:
    found, lines = _corrections(look, stand, before, after)
    moved = advance(
        state=look.page.state,
        pending=look.page.pending,
        before=before,
        after=after,
        stand=stand,
        at=look.at,
        rhythm=look.settings.rhythm,
        words=look.settings.page,
        notice=lines,
    )
    made = (*moved.changes, *found)
    before_sha = look.page.base
    changes = tuple(
        replace(
            change,
            watched=look.page.id,
            article=look.page.article,
            url=look.page.url,
            before_sha=before_sha,
            after_sha=snapshot.sha256 if snapshot else "",
            diff=change.diff or _sentence(change),
        )
        for change in made
    )
    return Examined(
        standing=stand,
        advance=moved,
        changes=changes,
        digest=after.digest if after else "",
        snapshot=snapshot,
        reading=_reading(look, moved),
        notice_pages=_discovered(look, after) if after else (),
    )


def _sentence(change: Change) -> str:
    """What happened, in words, where there is no text to compare."""
    detail = change.after
    if change.kind is ChangeKind.REMOVED:
        return label("watch", "removed", detail=detail) if detail else label("watch", "removed_empty")
    if change.kind is ChangeKind.REDIRECTED_HOME:
        return label("watch", "redirected", detail=detail)
    if change.kind is ChangeKind.RESTORED:
        return label("watch", "restored")
    if change.correction:
        return label("watch", "correction", title=change.correction.title)
    return ""


def _corrections(
    look: Look, stand: Standing, before: Seen | None, after: Seen | None
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """The notices on the page that were not told yet, and their lines.

    Where the article is gone, only what names it: a front page may carry anybody's correction.
    """
    if after is None or stand.outcome is LookOutcome.UNKNOWN:
        return (), ()
    words, kind = look.settings.notice, ChangeKind.CORRECTION_HERE
    known = before.shown if before is not None and before is not after else frozenset()
    titles = [title for title in (after.title, before.title if before else "") if not heads(title, words)]
    published = look.article.published if look.article else None
    work = work_of(look.page, (*titles, *look.titles), look.passages, published)
    # An outlet may put its correction in the place of the article.
    headed = heads(after.title, words)
    whole = of_article(after.title, after.lead, after.text, (), words) if headed else None
    found = [whole] if whole else notices(after.lines, words, known=known, title=after.title)
    changes: list[Change] = []
    lines: list[str] = []
    for notice in found:
        named = names_work(notice, work)
        if (kind.value, notice.mark) in look.told or (stand.outcome is not LookOutcome.PRESENT and not named):
            continue
        where = label("watch", "where_here")
        correction = check(notice, work, words, url=look.answer.final_url, where=where, named=named)
        changes.append(
            Change(kind=kind, at=look.at, told=look.at, after=notice.text, mark=notice.mark, correction=correction)
        )
        lines += notice.lines
    return tuple(changes), tuple(lines)


def _reading(look: Look, moved: Advance) -> Reading | None:
    """The reading that the archive takes in when the text changed: the version before becomes a revision there.

    Only where the archive holds the page itself: what a feed said or a file held is not overwritten.
    """
    changed = any(c.kind in (ChangeKind.EDITED, ChangeKind.TITLE_CHANGED) for c in moved.changes)
    kept = look.article
    if not (changed or (moved.rebase and look.base)) or kept is None or kept.completeness is not Completeness.PAGE:
        return None
    return reading.read_page(
        reading.PageWork(
            entry=Entry(url=look.page.url, title=kept.title, summary=kept.lead, published=kept.published),
            final_url=look.answer.final_url,
            raw=look.answer.body,
            headers=look.answer.headers,
            fetched=look.at,
            rules=look.rules,
            learned=look.learned,
            told=look.relevance,
        )
    )


def _discovered(look: Look, after: Seen) -> tuple[str, ...]:
    """Where the page's own menu says that the outlet publishes its corrections."""
    found: list[str] = []
    for line in after.lines:
        if (
            line.linked < 0.85
            or len(line.links) != 1
            or len(line.text) > 60
            or not heads(line.text, look.settings.notice)
        ):
            continue
        there = urls.join(after.final_url, line.links[0])
        if there and urls.same_site(there, look.page.url) and urls.key(there) != urls.key(look.page.url):
            found.append(urls.canonical(there))
    return tuple(dict.fromkeys(found))[:_MOST_DISCOVERED]
