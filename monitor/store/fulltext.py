"""The full-text index and its search.

Two readings of every article are indexed: as written, with tone marks in one spelling, and folded. A search asks
both; what matches as typed comes first:  0 the phrase as typed · 1 the words as typed · 2 the phrase without
accents · 3 the words without accents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import iso_utc
from monitor.text import fold, nfc, one_tone_spelling

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Query:
    """What is searched for; ``words`` are the typed text, quotes keep words together. ``place`` is any name of
    a province; ``since`` and ``until`` bound the publication (``until`` excluded)."""

    words: str = ""
    outlet: str | None = None
    topic: str | None = None
    place: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One result: the article's id, how it matched (0 best … 3), and the place in the text that shows why."""

    id: str
    tier: int
    snippet: str


def index(db: Database, article: str) -> None:
    """(Re-)indexes an article as it is stored now, within the caller's transaction."""
    row = db.execute("SELECT n, title, lead, text FROM articles WHERE id = ?", [article]).fetchone()
    n, title = row[0], _plain(row[1])
    body = _plain(f"{row[2]}\n{row[3]}")
    db.execute("DELETE FROM article_fts WHERE rowid = ?", [n])
    db.execute(
        "INSERT INTO article_fts (rowid, title, text, folded) VALUES (?, ?, ?, ?)",
        [n, title, body, fold(f"{title}\n{body}")],
    )


def drop(db: Database, article: str) -> None:
    """Takes an article out of the index, within the caller's transaction."""
    db.execute("DELETE FROM article_fts WHERE rowid = (SELECT n FROM articles WHERE id = ?)", [article])


def _plain(text: str) -> str:
    return one_tone_spelling(nfc(text)).lower()


def _phrases(words: str) -> list[str]:
    """The query's terms as FTS5 strings: every term is quoted, so no operator can be typed."""
    terms = [quoted or bare for quoted, bare in _TERM.findall(words)]
    return ['"' + " ".join(tokens) + '"' for term in terms if (tokens := _WORD.findall(term))]


def search(db: Database, query: Query, limit: int) -> list[Hit]:
    """The best ``limit`` hits, best first; without words, the newest articles that pass the filters."""
    where, values = _filters(query)
    typed = _plain(query.words)
    exact, bare = _phrases(typed), _phrases(fold(typed))
    if not bare:
        if query.words.strip():
            return []
        newest = db.execute(
            f"SELECT a.id, 0, a.lead FROM articles a WHERE {where} ORDER BY a.published DESC LIMIT ?", [*values, limit]
        )
        return [Hit(id=i, tier=tier, snippet=lead[:200]) for i, tier, lead in newest.fetchall()]
    asked = [
        ("{title text} : " + _whole(exact), 0),
        ("{title text} : (" + " AND ".join(exact) + ")", 1),
        ("{folded} : " + _whole(bare), 2),
        ("{folded} : (" + " AND ".join(bare) + ")", 3),
    ]
    union = " UNION ALL ".join(
        f"SELECT rowid AS n, {tier} AS tier, bm25(article_fts, 6.0, 1.0, 0.5) AS score FROM article_fts "
        "WHERE article_fts MATCH ?"
        for _, tier in asked
    )
    rows = db.execute(
        f"WITH m AS ({union}), best AS (SELECT n, MIN(tier) AS tier, MIN(score) AS score FROM m GROUP BY n) "
        f"SELECT a.id, best.tier, a.title, a.lead, a.text FROM best JOIN articles a ON a.n = best.n "
        f"WHERE {where} ORDER BY best.tier, best.score, a.published DESC, a.n LIMIT ?",
        [text for text, _ in asked] + values + [limit],
    ).fetchall()
    return [Hit(id=i, tier=tier, snippet=_snippet(f"{lead}\n{text}", typed)) for i, tier, _, lead, text in rows]


def _whole(phrases: list[str]) -> str:
    return '"' + " ".join(phrase.strip('"') for phrase in phrases) + '"'


def _filters(query: Query) -> tuple[str, list[str]]:
    where, values = ["1"], []
    if query.outlet:
        where.append("a.outlet = ?")
        values.append(query.outlet)
    if query.topic:
        where.append("EXISTS (SELECT 1 FROM tags t WHERE t.article = a.id AND t.kind = 'topic' AND t.value = ?)")
        values.append(query.topic)
    if query.place:
        where.append(
            "EXISTS (SELECT 1 FROM tags t WHERE t.article = a.id AND t.kind = 'place' "
            "AND (t.value = ? OR t.present = ?))"
        )
        values += [query.place, query.place]
    if query.since:
        where.append("COALESCE(a.published, a.found) >= ?")
        values.append(iso_utc(query.since))
    if query.until:
        where.append("COALESCE(a.published, a.found) < ?")
        values.append(iso_utc(query.until))
    return " AND ".join(where), values


def _snippet(text: str, typed: str, width: int = 200) -> str:
    """The stretch of text around the first match (folded comparison keeps positions: both are NFC)."""
    flat = " ".join(text.split())
    folded = fold(flat)
    if len(folded) != len(flat):
        return flat[:width]
    words = _WORD.findall(fold(typed))
    spots = [folded.find(" ".join(words))] + [folded.find(word) for word in words]
    at = max(next((spot for spot in spots if spot >= 0), 0) - width // 3, 0)
    at = flat.rfind(" ", 0, at) + 1 if at else 0
    return ("…" if at else "") + flat[at : at + width].rsplit(" ", 1)[0] + ("…" if at + width < len(flat) else "")
