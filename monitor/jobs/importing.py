"""Bulk archives in: JSONL {url, outlet, title, published, summary, body} -> tagged articles.

    line ──check──▶ Article ──tag──▶ store, in transactions of a few hundred

Idempotent and resumable: what is there already is skipped, so an interrupted import is simply run again. A bad
line is reported with its number and costs the others nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from monitor import clock, dates, text
from monitor.config import Home
from monitor.crawl import urls
from monitor.jobs import reading
from monitor.labels import label
from monitor.model.article import Article, Completeness
from monitor.model.tag import TagInput
from monitor.store import articles
from monitor.store.db import Database, opened
from monitor.tag import RuleBook, tag

_BATCH = 200
_FIELDS = ("outlet", "title", "published", "summary", "body")


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What became of the lines: stored, already there, and the bad ones with number and reason."""

    stored: int
    known: int
    bad: tuple[tuple[int, str], ...]


class BadLineError(Exception):
    """A line that is no article; the message is the sentence for a person."""


def import_archive(home: Home, lines: Iterable[str], progress: Callable[[int], None] | None = None) -> ImportReport:
    """Stores every good line; ``progress`` is told how many lines are done."""
    stored = known = done = 0
    bad: list[tuple[int, str]] = []
    numbered = ((n, line) for n, line in enumerate(lines, 1) if line.strip())
    book = reading.book(home.rules)
    with opened(home.database) as db:
        while batch := list(islice(numbered, _BATCH)):
            made = list(_good(batch, bad))
            new = _store(db, made, book)
            stored += new
            known += len(made) - new
            done += len(batch)
            if progress:
                progress(done)
    return ImportReport(stored=stored, known=known, bad=tuple(bad))


def _good(batch: list[tuple[int, str]], bad: list[tuple[int, str]]) -> Iterator[tuple[Article, str | None]]:
    for number, line in batch:
        try:
            yield _article(line)
        except BadLineError as error:
            bad.append((number, str(error)))


def _store(db: Database, made: list[tuple[Article, str | None]], book: RuleBook) -> int:
    have = articles.known(db, [key for _, key in made if key])
    new = 0
    with db.atomic():
        for article, key in made:
            if key in have:
                continue
            found = TagInput(title=article.title, summary=article.lead, body=article.text)
            new += articles.put_imported(db, replace(article, tagging=tag(found, book)), key)
    return new


def _article(line: str) -> tuple[Article, str | None]:
    """A line as an article and the key of its address (None where it has none)."""
    try:
        row = json.loads(line.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise BadLineError(label("import", "not_json", detail=error.msg)) from None
    if not isinstance(row, dict):
        raise BadLineError(label("import", "not_object"))
    for name in ("url", *_FIELDS):
        if row.get(name) is not None and not isinstance(row[name], str):
            raise BadLineError(label("import", "not_text", name=name))
    url = urls.join("", row["url"]) if row.get("url") else None
    if row.get("url") and not url:
        raise BadLineError(label("import", "bad_url", url=row["url"][:200]))
    title = text.clean(row.get("title") or "")
    body = text.paragraphs(row.get("body") or "")
    if not title and not body:
        raise BadLineError(label("import", "no_text"))
    key = urls.key(url) if url else None
    outlet = text.clean(row.get("outlet") or "") or (urls.host(url) if url else label("import", "no_outlet"))
    published = _published(row.get("published"))
    mark = key or "\n".join((outlet, title, clock.iso_utc(published) if published else "", body[:200]))
    return (
        Article(
            id=articles.article_id(mark),
            url=urls.canonical(url) if url else None,
            outlet=outlet,
            title=title,
            lead=text.paragraphs(row.get("summary") or ""),
            text=body,
            published=published,
            found=clock.now(),
            completeness=Completeness.IMPORTED,
        ),
        key,
    )


def _published(said: str | None) -> datetime | None:
    if not said:
        return None
    found = dates.parse(said)
    if found is None:
        raise BadLineError(label("import", "bad_date", value=said[:60]))
    return found
