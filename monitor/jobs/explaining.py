"""What an item's text is, for explaining its reading: a stored article, a saved page, or a page fetched now."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from monitor import clock, text
from monitor.config import Home, load_settings
from monitor.crawl import Fetcher, RobotsBook, judge_page, urls
from monitor.errors import InputError, UsageError
from monitor.extract import extract
from monitor.jobs import reading
from monitor.labels import label, os_reason
from monitor.model.article import Page
from monitor.model.fetch import Response, Status
from monitor.model.tag import Tagging, TagInput
from monitor.store import addresses, articles
from monitor.store.db import opened
from monitor.tag import Fired, explain


def why(home: Home, what: str) -> tuple[TagInput, Tagging, tuple[Fired, ...]]:
    """The text, its reading and every rule that fired, for a URL, an article's id or a file.

    A file is a page (HTML), a JSON object {title, summary, body}, or plain text with its headline on the first
    line. A URL that is stored with its text is read from the store; another one is fetched once, by the crawler's
    rules. Raises InputError, UsageError.
    """
    item = _from_file(home, Path(what)) if Path(what).is_file() else _from_archive(home, what) or _fetched(home, what)
    tagging, fired = explain(item, reading.book(home.rules))
    return item, tagging, fired


def _from_file(home: Home, file: Path) -> TagInput:
    try:
        content = text.decode(file.read_bytes())
    except OSError as error:
        raise InputError("file_unreadable", file=file, detail=os_reason(error)) from error
    if content.lstrip().startswith("{"):
        return _from_json(content, file)
    if content.lstrip().startswith("<"):
        return _of_page(home, "http://localhost/", content)
    title, _, body = content.strip().partition("\n")
    return TagInput(title=text.clean(title), body=text.paragraphs(body))


def _from_json(content: str, file: Path) -> TagInput:
    try:
        row = json.loads(content.strip().splitlines()[0] if "\n{" in content else content)
    except json.JSONDecodeError as error:
        raise InputError("file_unreadable", file=file, detail=label("import", "not_json", detail=error.msg)) from error
    return TagInput(**{name: text.nfc(str(row.get(name) or "")) for name in ("title", "summary", "body")})


def _of_page(home: Home, url: str, html: str) -> TagInput:
    found = extract(Page(url=url, html=html, fetched=clock.now()), reading.sites(home.rules))
    return TagInput(title=found.title, summary=found.lead, body=found.text)


def _from_archive(home: Home, what: str) -> TagInput | None:
    if not home.database.exists():
        return None
    with opened(home.database) as db:
        url = urls.join("", what)
        ident = addresses.known(db, [urls.key(url)]).get(urls.key(url)) if url else what
        found = articles.by_ids(db, [ident]) if ident else []
    if not found or (url and not found[0].text):
        return None
    return TagInput(title=found[0].title, summary=found[0].lead, body=found[0].text)


def _fetched(home: Home, what: str) -> TagInput:
    url = urls.join("", what)
    if not url:
        raise UsageError("nothing_to_explain", value=what)
    answer = asyncio.run(_get(home, url))
    status = judge_page(answer)
    if status is not Status.OK:
        raise InputError("page_not_had", url=url, status=label("Status", status.value))
    return _of_page(home, answer.final_url, text.decode(answer.body, answer.header("content-type")))


async def _get(home: Home, url: str) -> Response:
    settings = load_settings(home.rules)
    async with Fetcher(
        settings=settings.crawl, contact=settings.office.contact, book=RobotsBook(), clock=clock.now, pace=lambda _: 0.0
    ) as fetcher:
        return await fetcher.get(url)
