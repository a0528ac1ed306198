"""What an answer is: one place that tells a feed from a challenge, a frozen feed from an unchanged one.

    Response --judge_source--> Look(status, detail, entries, next page, ...)
    Response --judge_page----> Status of an article's page

Nothing here asks the network; ``now`` and what was known before come in as parameters.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.crawl import feed, listing, sitemap
from monitor.crawl.sitemap import Located
from monitor.model.article import Entry
from monitor.model.fetch import FetchState, Response, Status
from monitor.model.source import Source, SourceKind
from monitor.text import decode

_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body)[\s>]", re.I)
_XML = re.compile(rb"\s*(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?<(rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.I)
# What an article's address may answer that no reader of pages can use.
_NO_PAGE = re.compile(r"(image|audio|video|font)/|application/(pdf|zip|octet-stream|msword|vnd\.|x-)", re.I)
_CHALLENGE_WORDS = re.compile(
    r"document\.cookie\s*=|__cf_chl|cf-chl|challenge-platform|challenge-form|captcha|just a moment|"
    r"checking your browser|ddos-guard|_Incapsula_|sucuri_cloudproxy|aes\.js|toNumbers\(|jschl|"
    r"enable javascript|bật javascript|kích hoạt javascript",
    re.I,
)
_RELOAD = re.compile(
    r"location(\.href)?\s*=|location\.(reload|replace|assign)\s*\(|http-equiv=[\"']?refresh|<form", re.I
)
_TAGS = re.compile(r"<(script|style|noscript)\b.*?(</\1\s*>|$)|<[^<>]*>", re.I | re.S)
_SITEMAP_FIRST_DAYS = 3
_SITEMAP_MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Look:
    """What one look at a source found. ``detail`` completes the reason's sentence; ``digest`` is the body's hash."""

    status: Status
    detail: str = ""
    entries: tuple[Entry, ...] = ()
    next: str = ""
    children: tuple[str, ...] = ()
    newest: datetime | None = None
    oldest: datetime | None = None
    digest: str = ""
    home: str = ""


def is_html(raw: bytes) -> bool:
    """Whether bytes begin like a web page."""
    return bool(_HTML.search(raw[:2000]))


def is_challenge(raw: bytes, content_type: str = "") -> bool:
    """Whether a page is a test for robots instead of content: a script, next to no text, and a way back."""
    if len(raw) > 200_000 or _XML.match(raw) or not (is_html(raw) or b"<script" in raw[:5000].lower()):
        return False
    html = decode(raw, content_type)
    if not _CHALLENGE_WORDS.search(html):
        return False
    return len(_TAGS.sub(" ", html).split()) < 120 and bool("<script" in html.lower() or _RELOAD.search(html))


def judge_source(answer: Response, source: Source, before: FetchState, *, now: datetime, frozen_days: int) -> Look:
    """What the answer to a look at ``source`` means, given what was known of it ``before``."""
    if answer.status is not Status.OK:
        return Look(status=answer.status, detail=answer.detail)
    if answer.not_modified:
        look = _unchanged(before, now, frozen_days)
        return _with(look, Status.MOVED, answer.moved_to) if answer.moved_to else look
    if is_challenge(answer.body, answer.header("content-type")):
        return Look(status=Status.CHALLENGE)
    read = {SourceKind.FEED: _feed, SourceKind.LISTING: _listing, SourceKind.SITEMAP: _sitemap}[source.kind]
    look = read(answer, source, before, now)
    if answer.moved_to and look.status in (Status.OK, Status.EMPTY):
        return _with(look, Status.MOVED, answer.moved_to)
    if look.status is not Status.OK:
        return look
    newest = look.newest or before.newest
    if newest and now - newest > timedelta(days=frozen_days):
        return _with(look, Status.FROZEN, "")
    if look.digest == before.digest and before.digest:
        return _with(look, Status.UNCHANGED, "")
    return look


def _with(look: Look, status: Status, detail: str) -> Look:
    return Look(
        status=status, detail=detail, entries=look.entries, next=look.next, children=look.children,
        newest=look.newest, oldest=look.oldest, digest=look.digest, home=look.home,
    )  # fmt: skip


def _unchanged(before: FetchState, now: datetime, frozen_days: int) -> Look:
    """304: as empty, frozen or broken as it was."""
    if before.newest and now - before.newest > timedelta(days=frozen_days):
        return Look(status=Status.FROZEN)
    return Look(status=Status.UNCHANGED if before.entries else Status.EMPTY)


def _span(entries: tuple[Entry, ...], now: datetime) -> tuple[datetime | None, datetime | None]:
    """Oldest and newest time; an item dated well into the future is a slip and tells nothing."""
    times = [e.published for e in entries if e.published and e.published <= now + timedelta(days=1)]
    return (min(times), max(times)) if times else (None, None)


def _feed(answer: Response, source: Source, before: FetchState, now: datetime) -> Look:
    found = feed.parse(answer.body, url=answer.final_url, content_type=answer.header("content-type"), now=now)
    if not found.is_feed:
        return Look(status=Status.NOT_A_FEED, detail=_what(answer))
    oldest, newest = _span(found.entries, now)
    status = Status.BROKEN if not found.whole else Status.OK if found.entries else Status.EMPTY
    return Look(
        status=status,
        entries=found.entries,
        oldest=oldest,
        newest=newest,
        digest=_digest(answer),
        home=found.home,
    )


def _listing(answer: Response, source: Source, before: FetchState, now: datetime) -> Look:
    if not is_html(answer.body) and b"<a " not in answer.body:
        return Look(status=Status.NOT_A_FEED, detail=_what(answer))
    found = listing.parse(
        answer.body,
        url=answer.final_url,
        content_type=answer.header("content-type"),
        links=source.links,
        now=now,
    )
    oldest, newest = _span(found.entries, now)
    # Listings change with every advertisement: the links are what may be unchanged.
    digest = hashlib.sha256("\n".join(e.url + e.title for e in found.entries).encode()).hexdigest()
    status = Status.OK if found.entries else Status.EMPTY
    return Look(status=status, entries=found.entries, next=found.next, oldest=oldest, newest=newest, digest=digest)


def _sitemap(answer: Response, source: Source, before: FetchState, now: datetime) -> Look:
    found = sitemap.parse(answer.body, url=answer.final_url, now=now)
    if not found.is_sitemap:
        return Look(status=Status.NOT_A_FEED, detail=_what(answer))
    since = (before.newest or now - timedelta(days=_SITEMAP_FIRST_DAYS)) - timedelta(days=1)
    entries = recent(found.items, since)
    # Newest first: of a list that was cut, the oldest is the last one taken.
    counted = found.items[:_SITEMAP_MOST] if len(entries) == _SITEMAP_MOST else found.items
    times = [item.changed for item in counted if item.changed and item.changed <= now + timedelta(days=1)]
    status = Status.BROKEN if not found.whole else Status.OK if found.items or found.children else Status.EMPTY
    return Look(
        status=status, entries=entries, children=found.children, digest=_digest(answer),
        oldest=min(times, default=None), newest=max(times, default=None),
    )  # fmt: skip


def recent(items: tuple[Located, ...], since: datetime) -> tuple[Entry, ...]:
    """The entries of a sitemap changed after ``since``; a plain sitemap may list every page of ten years."""
    return tuple(item.entry for item in items if item.changed is None or item.changed >= since)[:_SITEMAP_MOST]


def _digest(answer: Response) -> str:
    return hashlib.sha256(answer.body).hexdigest()


def _what(answer: Response) -> str:
    return answer.header("content-type").partition(";")[0][:60] or ("text/html" if is_html(answer.body) else "?")


def judge_page(answer: Response) -> Status:
    """Whether an article's page was had: OK, or the failure."""
    if answer.status is not Status.OK:
        return answer.status
    kind = answer.header("content-type").lower()
    if is_challenge(answer.body, kind):
        return Status.CHALLENGE
    if not answer.body.strip():
        return Status.EMPTY
    if not is_html(answer.body) and (b"<" not in answer.body[:5000] or _NO_PAGE.match(kind)):
        return Status.NOT_A_FEED
    return Status.OK
