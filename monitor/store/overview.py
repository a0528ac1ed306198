"""Figures of a period from narrow rows, and the lists behind them: one clause for both, so that they cannot differ."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.overview import ListedRow
from monitor.model.tag import Relevance, Tone

NONE = "-"
"""In the place of a topic, tone or verdict: there is none."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is counted or listed. ``topic`` is the main one; ``others`` are the outlets left out."""

    start: datetime
    end: datetime
    relevances: tuple[str, ...]
    outlet: str = ""
    others: tuple[str, ...] | None = None
    topic: str = ""
    place: str = ""
    tone: str = ""
    without: frozenset[str] = frozenset()
    """Articles that are not there for who looks."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many items: by day, main topic (none: ""), outlet, and tone of the union items (none: "")."""

    days: Counter[str]
    topics: Counter[str]
    outlets: Counter[str]
    tones: Counter[str]
    total: int


def counted(db: Database, asked: Asked) -> Counts:
    """All counts that do not overlap, in one walk along the index."""
    where, values = _where(asked)
    rows = db.execute(
        f"SELECT f.day, f.topic, f.outlet, f.tone, f.relevance FROM article_facts f WHERE {where}", values
    ).fetchall()
    days, topics, outlets, tones, relevances = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    union = Relevance.UNION.value
    return Counts(
        days=Counter(days),
        topics=Counter(topics),
        outlets=Counter(outlets),
        tones=Counter(tone or "" for tone, rel in zip(tones, relevances, strict=True) if rel == union),
        total=len(rows),
    )


def places(db: Database, asked: Asked) -> list[tuple[str, int]]:
    """How many items name each province of today, most first; one item may name several."""
    where, values = _where(asked)
    rows = db.execute(
        "SELECT p.place, count(*) AS many FROM article_facts f CROSS JOIN article_places p "
        f"ON p.n = f.n AND p.present = 1 WHERE {where} GROUP BY p.place ORDER BY many DESC, p.place",
        values,
    )
    return list(rows.fetchall())


def count(db: Database, asked: Asked) -> int:
    """How many items the list has."""
    where, values = _where(asked)
    return int(db.execute(f"SELECT count(*) FROM article_facts f WHERE {where}", values).fetchone()[0])


def rows(db: Database, asked: Asked, *, offset: int, limit: int) -> list[ListedRow]:
    """A stretch of the list, newest first; names of outlets and corrections are the caller's to add."""
    where, values = _where(asked)
    found = list(
        db.query(
            "SELECT f.id, a.title, a.url, f.outlet, f.at, f.relevance, f.tone, f.attention, f.topic, f.subject "
            f"FROM (SELECT f.n FROM article_facts f WHERE {where} ORDER BY f.at DESC, f.n DESC LIMIT ? OFFSET ?) m "
            "CROSS JOIN article_facts f ON f.n = m.n CROSS JOIN articles a ON a.n = m.n ORDER BY f.at DESC, f.n DESC",
            [*values, limit, offset],
        )
    )
    told: dict[str, list[str]] = {}
    for article, place in db.execute(
        "SELECT article, value FROM tags WHERE kind = 'place' AND article IN (SELECT value FROM json_each(?)) "
        "ORDER BY article, rank",
        [json.dumps([row["id"] for row in found])],
    ):
        told.setdefault(article, []).append(place)
    return [_row(row, tuple(told.get(row["id"], ()))) for row in found]


def _row(row: dict[str, str], places: tuple[str, ...]) -> ListedRow:
    at = from_iso(row["at"])
    assert at is not None  # the column is NOT NULL
    return ListedRow(
        id=row["id"], title=row["title"], url=row["url"], outlet=row["outlet"], outlet_name=row["outlet"],
        published=at, relevance=Relevance(row["relevance"]) if row["relevance"] else None,
        tone=Tone(row["tone"]) if row["tone"] else None, attention=bool(row["attention"]), topic=row["topic"],
        places=places, story=row["subject"] if row["subject"] != row["id"] else "",
    )  # fmt: skip


def _where(asked: Asked) -> tuple[str, Sequence[str]]:
    where = [f"f.relevance IN ({','.join('?' * len(asked.relevances))})", "f.at >= ?", "f.at < ?"]
    values = [*asked.relevances, iso_utc(asked.start), iso_utc(asked.end)]
    if asked.outlet:
        where.append("f.outlet = ?")
        values.append(asked.outlet)
    if asked.others is not None:
        where.append("f.outlet NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(asked.others))
    if asked.topic:
        where.append("f.topic = ?")
        values.append("" if asked.topic == NONE else asked.topic)
    if asked.place:
        where.append("EXISTS (SELECT 1 FROM article_places q WHERE q.place = ? AND q.n = f.n)")
        values.append(asked.place)
    if asked.tone:
        # A tone is told of what concerns unions alone.
        where.append("f.relevance = 'union' AND COALESCE(f.tone, '') = ?")
        values.append("" if asked.tone == NONE else asked.tone)
    if asked.without:
        where.append("f.id NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(asked.without)))
    return " AND ".join(where), values
