"""Bulk archives in: JSONL {url, outlet, title, published, summary, body} -> tagged articles.

    line ──check──▶ Article ──tag──▶ store, in transactions of a few hundred; then stories

Idempotent and resumable: what is there already is skipped, so an interrupted import is simply run again. A bad
line is reported with its number and costs the others nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any

from monitor import clock, dates, text
from monitor.config import Home
from monitor.crawl import urls
from monitor.jobs import reading
from monitor.jobs.cluster import place_due
from monitor.labels import label
from monitor.model.article import Article, Completeness
from monitor.model.tag import TagInput
from monitor.store import addresses, articles
from monitor.store.db import Database, opened

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
    with opened(home.database) as db:
        while batch := list(islice(numbered, _BATCH)):
            made = list(_good(batch, bad))
            new = _store(db, made, home)
            stored += new
            known += len(made) - new
            done += len(batch)
            if progress:
                progress(done)
        place_due(db)
    return ImportReport(stored=stored, known=known, bad=tuple(bad))


def _good(batch: list[tuple[int, str]], bad: list[tuple[int, str]]) -> Iterator[tuple[Article, str | None]]:
    for number, line in batch:
        try:
            yield _article(line)
        except BadLineError as error:
            bad.append((number, str(error)))


def _store(db: Database, made: list[tuple[Article, str | None]], home: Home) -> int:
    have = addresses.known(db, [key for _, key in made if key])
    # Read before the transaction: a round under way should not wait for it.
    fresh = [
        (replace(a, tagging=reading.read_item(_item(a), home.rules, home.learned)), key)
        for a, key in made
        if key not in have or addresses.claimed_wrongly(db, key, a.title)
    ]
    with db.atomic():
        return sum(articles.put_imported(db, article, key) for article, key in fresh)


def _item(article: Article) -> TagInput:
    return TagInput(title=article.title, summary=article.lead, body=article.text)


def json_object(line: str) -> dict[str, Any]:
    """A line of JSONL. Raises BadLineError when it is not one object, however it is not."""
    try:
        row = json.loads(line.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise BadLineError(label("import", "not_json", detail=error.msg)) from None
    except (ValueError, RecursionError) as error:  # thousands of digits, thousands of brackets
        raise BadLineError(label("import", "not_json", detail=type(error).__name__)) from None
    if not isinstance(row, dict):
        raise BadLineError(label("import", "not_object"))
    return row


def _article(line: str) -> tuple[Article, str | None]:
    """A line as an article and the key of its address (None where it has none)."""
    row = json_object(line)
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
            id=addresses.article_id(mark),
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
