"""A typed query to results: fields and dates in the query or as options.

In the query: ``báo:``, ``chủ-đề:``, ``nơi:``, ``từ:``, ``đến:`` (with or without accents, or in English).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from monitor import clock, dates
from monitor.config import FORMER, PRESENT, Home, load_sources, present_of
from monitor.errors import UsageError
from monitor.jobs import reading
from monitor.model.article import Article
from monitor.store import articles, fulltext
from monitor.store import sources as store
from monitor.store.db import Database, opened
from monitor.store.fulltext import Query
from monitor.tag import RuleBook
from monitor.text import clean, fold

_FIELD = re.compile(r"""(?<!\S)(?P<name>[\w-]+):(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))""")
_NAMES = {
    "outlet": "outlet", "bao": "outlet", "nguon": "outlet",
    "topic": "topic", "chu-de": "topic", "chude": "topic",
    "place": "place", "noi": "place", "tinh": "place",
    "from": "since", "since": "since", "tu": "since",
    "to": "until", "until": "until", "den": "until",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Result:
    """A hit with its article and its outlet's name; ``tier`` 0 is the phrase as typed … 3 words without accents."""

    article: Article
    outlet_name: str
    tier: int
    snippet: str


def search(home: Home, typed: str, *, fields: dict[str, str | None], limit: int) -> list[Result]:
    """The best results. ``fields`` are options: outlet, topic, place, since, until; they win over typed ones.

    Raises UsageError for a date, topic, outlet or place that does not exist.
    """
    with opened(home.database) as db:
        query = asked(home, db, typed, fields)
        names = store.outlet_names(db)
        hits = {hit.id: hit for hit in fulltext.search(db, query, limit)}
        found = articles.by_ids(db, list(hits))
    return [
        Result(article=a, outlet_name=names.get(a.outlet, a.outlet), tier=hits[a.id].tier, snippet=hits[a.id].snippet)
        for a in found
    ]


def asked(home: Home, db: Database, typed: str, fields: Mapping[str, str | None]) -> Query:
    """What is searched for: the fields typed, those given (which win), and the words that are left.

    Raises UsageError as ``search``.
    """
    words, said = split(clean(typed))
    said |= {name: value for name, value in fields.items() if value}
    return _query(words, said, reading.book(home.rules), store.outlet_names(db) | _configured(home))


def split(typed: str) -> tuple[str, dict[str, str]]:
    """The free words of a query and its fields; an unknown name before a colon is a word like others."""
    said: dict[str, str] = {}

    def take(found: re.Match[str]) -> str:
        name = _NAMES.get(fold(found["name"]))
        if not name:
            return found[0]
        said[name] = found["quoted"] if found["quoted"] is not None else found["bare"]
        return ""

    return clean(_FIELD.sub(take, typed)), said


def _query(words: str, said: dict[str, str], book: RuleBook, outlets: dict[str, str]) -> Query:
    query = Query(words=words)
    if "outlet" in said:
        query = replace(query, outlet=_outlet(said["outlet"], outlets))
    if "topic" in said:
        query = replace(query, topic=_topic(said["topic"], book))
    if "place" in said:
        # An old name finds what was written under it; a present one what happened anywhere in the merged province.
        query = replace(query, place=_place(said["place"]))
    if "since" in said:
        query = replace(query, since=clock.day_bounds(_date(said["since"]))[0])
    if "until" in said:
        query = replace(query, until=clock.day_bounds(_date(said["until"]))[1])
    return query


def _outlet(said: str, outlets: dict[str, str]) -> str:
    folded = fold(said)
    found = [ident for ident, name in outlets.items() if folded in (fold(ident), fold(name))]
    # An imported archive names outlets that were never configured.
    return found[0] if found else said


def _topic(said: str, book: RuleBook) -> str:
    folded = fold(said)
    for ident, name in book.topics.items():
        if folded in (fold(ident), fold(name)):
            return ident
    raise UsageError("unknown_topic", value=said, topics=", ".join(book.topics))


def _place(said: str) -> str:
    names = {fold(name): name for name in (*FORMER, *PRESENT)}
    found = names.get(fold(said)) or present_of(said)
    if found is None:
        raise UsageError("unknown_place", value=said)
    return found


def _date(said: str) -> date:
    found = dates.parse(said)
    if found is None:
        raise UsageError("bad_date", value=said)
    return clock.local(found).date()


def _configured(home: Home) -> dict[str, str]:
    """Names by id of the outlets of sources.yaml; none where the folder has no such file."""
    if not home.sources_file.exists():
        return {}
    return {outlet.id: outlet.name for outlet in load_sources(home.sources_file).outlets}
