"""The full-text index and its search.

Two readings of every article are indexed: as written, with tone marks in one spelling, and folded. A search asks
both; what matches as typed comes first:  0 the phrase as typed · 1 the words as typed · 2 the phrase without
accents · 3 the words without accents. Within a tier: the words in the headline first, then by bm25. Of a word that
thousands of articles hold such a rank says nothing and costs a walk through all of them: there the newest come first,
and the index is asked for no more than are counted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import iso_utc
from monitor.text import fold, nfc, one_tone_spelling

_TERM = re.compile(r'"([^"]*)"|(\S+)')
# What the index takes for a word: an underscore is none.
_WORD = re.compile(r"[^\W_]+")


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
    without: frozenset[str] = frozenset()
    """Articles that are not there for who searches."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One result: the article's id, how it matched (0 best … 3), and the place in the text that shows why.

    ``marks`` are the stretches of ``snippet`` that were asked for.
    """

    id: str
    tier: int
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matches:
    """Everything found, best first, as (number, tier); where ``more``, only as many as are counted.

    ``months`` are (month, how many), the latest first; where ``more``, of the articles stored last.
    """

    ranked: tuple[tuple[int, int], ...]
    more: bool
    months: tuple[tuple[str, int], ...]


COUNTED = 1_000
"""More results than these are not counted: nobody reads on, and a filter narrows them."""
_IN_MONTHS = 10_000


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
    db.execute("UPDATE article_facts SET folded = ? WHERE n = ?", [fold(row[1]), n])


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
    return hits(db, query, matches(db, query, max(limit, COUNTED), months=False).ranked[:limit])


def matches(db: Database, query: Query, counted: int = COUNTED, *, months: bool = True) -> Matches:
    """All that match, up to ``counted`` of them; without words, the newest that pass the filters."""
    typed = _plain(query.words)
    exact, bare = _phrases(typed), _phrases(fold(typed))
    if not bare:
        if query.words.strip():
            return Matches(ranked=(), more=False, months=())
        return _newest(db, query, counted, months=months)
    tiers = [
        "{title text} : " + _whole(exact),
        "{title text} : (" + " AND ".join(exact) + ")",
        "{folded} : " + _whole(bare),
        "{folded} : (" + " AND ".join(bare) + ")",
    ]
    limits, values = _filters(query)
    stretch = _stretch(db, query)
    found: dict[int, tuple[int, str, str]] = {}
    for tier, asked in enumerate(tiers):
        rows = db.execute(
            "SELECT x.rowid, f.at, f.day FROM article_fts x CROSS JOIN article_facts f ON f.n = x.rowid "
            f"WHERE x.article_fts MATCH ? AND {stretch} AND {limits} ORDER BY x.rowid DESC LIMIT ?",
            [asked, *values, counted + 1],
        )
        for n, at, day in rows:
            found.setdefault(n, (tier, at, day))
        if len(found) > counted:
            break
    if len(found) > counted:
        ranked = sorted(found, key=lambda n: (-found[n][0], found[n][1], n), reverse=True)[:counted]
        by_month = _months(db, (tiers[3], stretch), limits, values) if months else ()
        return Matches(ranked=tuple((n, found[n][0]) for n in ranked), more=True, months=by_month)
    ranked = _ranked(db, found, tiers[3], bare)
    by_month = _by_month(day for _, _, day in found.values())
    return Matches(ranked=tuple((n, found[n][0]) for n in ranked), more=False, months=by_month)


def _ranked(db: Database, found: dict[int, tuple[int, str, str]], asked: str, bare: list[str]) -> list[int]:
    if not found:
        return []
    scores = dict(
        db.execute(
            "SELECT rowid, bm25(article_fts) FROM article_fts WHERE article_fts MATCH ? AND rowid BETWEEN ? AND ?",
            [asked, min(found), max(found)],
        ).fetchall()
    )
    titles = dict(
        db.execute(
            "SELECT n, folded FROM article_facts WHERE n IN (SELECT value FROM json_each(?))", [json.dumps(list(found))]
        ).fetchall()
    )
    words = [" ".join(_WORD.findall(phrase)) for phrase in bare]
    newest = sorted(found, key=lambda n: (found[n][1], -n), reverse=True)
    return sorted(newest, key=lambda n: (found[n][0], not all(word in titles[n] for word in words), scores.get(n, 0.0)))


def _newest(db: Database, query: Query, counted: int, *, months: bool) -> Matches:
    limits, values = _filters(query)
    rows = db.execute(
        f"SELECT f.n, f.day FROM article_facts f WHERE {limits} ORDER BY f.at DESC, f.n LIMIT ?",
        [*values, max(_IN_MONTHS if months else 0, counted + 1)],
    ).fetchall()
    return Matches(
        ranked=tuple((n, 0) for n, _ in rows[:counted]),
        more=len(rows) > counted,
        months=_by_month(day for _, day in rows),
    )


def _months(db: Database, asked: tuple[str, str], limits: str, values: list[str]) -> tuple[tuple[str, int], ...]:
    # So many are walked through and no more, whatever the filters let pass.
    words, stretch = asked
    rows = db.execute(
        f"SELECT f.day FROM (SELECT rowid FROM article_fts x WHERE x.article_fts MATCH ? AND {stretch} "
        f"ORDER BY rowid DESC LIMIT ?) m CROSS JOIN article_facts f ON f.n = m.rowid WHERE {limits}",
        [words, _IN_MONTHS, *values],
    )
    return _by_month(day for (day,) in rows)


def _by_month(days: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(day[:7] for day in days).items(), reverse=True))


def _whole(phrases: list[str]) -> str:
    return '"' + " ".join(phrase.strip('"') for phrase in phrases) + '"'


def _filters(query: Query) -> tuple[str, list[str]]:
    where, values = ["1"], []
    if query.outlet:
        where.append("f.outlet = ?")
        values.append(query.outlet)
    if query.topic:
        where.append("EXISTS (SELECT 1 FROM article_topics t WHERE t.topic = ? AND t.n = f.n)")
        values.append(query.topic)
    if query.place:
        where.append("EXISTS (SELECT 1 FROM article_places p WHERE p.place = ? AND p.n = f.n)")
        values.append(query.place)
    if query.since:
        where.append("f.at >= ?")
        values.append(iso_utc(query.since))
    if query.until:
        where.append("f.at < ?")
        values.append(iso_utc(query.until))
    if query.without:
        where.append("f.id NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(sorted(query.without)))
    return " AND ".join(where), values


def _stretch(db: Database, query: Query) -> str:
    """The numbers between which a period's articles lie: the index walks there alone."""
    if not query.since and not query.until:
        return "1"
    first, last = db.execute(
        "SELECT min(n), max(n) FROM article_facts WHERE at >= ? AND at < ?",
        [iso_utc(query.since) if query.since else "", iso_utc(query.until) if query.until else "9"],
    ).fetchone()
    return f"x.rowid BETWEEN {int(first)} AND {int(last)}" if first is not None else "0"


def hits(db: Database, query: Query, ranked: Sequence[tuple[int, int]]) -> list[Hit]:
    """These matches with the places in their texts that show why."""
    rows = {
        n: (ident, lead, text)
        for n, ident, lead, text in db.execute(
            "SELECT n, id, lead, text FROM articles WHERE n IN (SELECT value FROM json_each(?))",
            [json.dumps([n for n, _ in ranked])],
        )
    }
    typed = _plain(query.words)
    made = []
    for n, tier in ranked:
        ident, lead, text = rows[n]
        if not typed.strip():
            made.append(Hit(id=ident, tier=tier, snippet=lead[:200]))
            continue
        snippet = _snippet(f"{lead}\n{text}", typed)
        made.append(Hit(id=ident, tier=tier, snippet=snippet, marks=marks(snippet, query.words, tier)))
    return made


def marks(text: str, words: str, tier: int) -> tuple[tuple[int, int], ...]:
    """The stretches of ``text`` that were asked for, as they matched: the whole phrase (tiers 0 and 2), or each term
    (1 and 3), with accents (0 and 1) or without."""
    same = _plain if tier < 2 else lambda part: fold(_plain(part))
    terms = [phrase.strip('"').split() for phrase in _phrases(same(words))]
    wanted = [[word for term in terms for word in term]] if tier in (0, 2) else terms
    spans = [(same(word[0]), word.span()) for word in _WORD.finditer(text)]
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(spans):
        here = (len(term) for term in wanted if term and [said for said, _ in spans[at : at + len(term)]] == term)
        length = max(here, default=0)
        if length:
            start, end = spans[at][1][0], spans[at + length - 1][1][1]
            if found and not text[found[-1][1] : start].strip():
                start = found.pop()[0]
            found.append((start, end))
        at += length or 1
    return tuple(found)


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
    shown, goes_on = flat[at : at + width], at + width < len(flat)
    return ("…" if at else "") + (shown.rsplit(" ", 1)[0] + "…" if goes_on else shown)
