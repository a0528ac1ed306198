"""The inbox's rows: prints of a period in narrow rows, what was decided of them, and what a page of them shows.

Nothing here loads an article: of the thousands of prints of a period only the few on a page are asked for words.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.case import Triaged, TriageState
from monitor.model.source import Medium
from monitor.model.tag import Relevance, Tone
from monitor.store import triage
from monitor.text import fold

_PART = 500


@dataclass(frozen=True, slots=True)
class Print:
    """A print in the window; ``at`` is its time as stored, which sorts like the time itself."""

    n: int
    id: str
    at: str
    subject: str
    relevance: str
    attention: bool


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page shows of a print."""

    title: str
    url: str | None
    outlet: str
    published: datetime
    tone: Tone | None
    relevance: Relevance
    topics: tuple[str, ...]
    places: tuple[str, ...]
    why: tuple[str, ...]
    medium: Medium | None


def window(
    db: Database,
    start: datetime,
    end: datetime,
    relevances: Iterable[Relevance],
    *,
    subjects: Collection[str] | None = None,
) -> list[Print]:
    """The prints of these relevances that came out in ``start`` … ``end`` (excluded), the earliest first.

    ``subjects``: only the prints of these stories.
    """
    found: list[Print] = []
    index = "article_facts_relevance" if subjects is None else "article_facts_subject"
    among = "" if subjects is None else "AND subject IN (SELECT value FROM json_each(?))"
    for relevance in relevances:
        rows = db.execute(
            f"SELECT n, id, at, subject, relevance, attention FROM article_facts INDEXED BY {index} "
            f"WHERE relevance = ? AND at >= ? AND at < ? {among}",
            [
                relevance.value,
                iso_utc(start),
                iso_utc(end),
                *([json.dumps(list(subjects))] if subjects is not None else []),
            ],
        )
        found += [Print(n, i, at, subject, rel, bool(attention)) for n, i, at, subject, rel, attention in rows]
    return sorted(found, key=lambda p: (p.at, p.n))


def matching(
    db: Database,
    start: datetime,
    end: datetime,
    *,
    outlet: str = "",
    topic: str = "",
    place: str = "",
    tone: str = "",
    words: str = "",
) -> dict[int, str] | None:
    """The stories of the prints of the period that pass these filters, by number; None where there is no filter."""
    where, values = ["f.at >= ?", "f.at < ?"], [iso_utc(start), iso_utc(end)]
    for column, value in (("outlet", outlet), ("tone", tone)):
        if value:
            where.append(f"f.{column} = ?")
            values.append(value)
    if topic:
        where.append("EXISTS (SELECT 1 FROM article_topics t WHERE t.topic = ? AND t.n = f.n)")
        values.append(topic)
    if place:
        where.append("EXISTS (SELECT 1 FROM article_places p WHERE p.place = ? AND p.n = f.n)")
        values.append(place)
    if words.strip():
        where.append("instr(f.folded, ?) > 0")
        values.append(fold(" ".join(words.split())))
    if len(where) == 2:
        return None
    return dict(
        db.execute(f"SELECT f.n, f.subject FROM article_facts f WHERE {' AND '.join(where)}", values).fetchall()
    )


def decided(db: Database, subjects: Iterable[str]) -> dict[str, Triaged]:
    """What was decided of these: a story's own decision, else that of one that went into it (the first of them).

    Only decisions that stand: what was taken back is new again.
    """
    wanted = list(subjects)
    found = {ident: done for ident, done in triage.of(db, wanted).items() if done.state is not TriageState.NEW}
    rows = db.execute(
        """SELECT t.subject, CASE
            WHEN EXISTS (SELECT 1 FROM story_members m WHERE m.story = s.merged_into) THEN s.merged_into
            ELSE (SELECT m.story FROM story_members m WHERE m.article = 'a' ||
                substr(s.id, 2, CASE instr(s.id, '-') WHEN 0 THEN 99 ELSE instr(s.id, '-') - 2 END)) END
        FROM stories s CROSS JOIN triage t ON t.subject = s.id
        WHERE s.merged_into IS NOT NULL AND t.state <> ? ORDER BY t.at""",
        [TriageState.NEW.value],
    ).fetchall()
    open_ones = set(wanted) - set(found)
    into = {old: now for old, now in rows if now in open_ones}
    for old, done in triage.of(db, list(into)).items():
        found.setdefault(into[old], done)
    return found


def laid_aside(db: Database, start: datetime, end: datetime) -> set[str]:
    """The prints of stories, of the period, that were themselves noted or found irrelevant."""
    rows = db.execute(
        # The range is that of articles' ids: what was decided of stories is of no use here.
        "SELECT t.subject FROM triage t CROSS JOIN article_facts f ON f.id = t.subject "
        "WHERE t.subject >= 'a' AND t.subject < 'b' AND t.state IN (?, ?) AND f.at >= ? AND f.at < ?",
        [TriageState.NOTED.value, TriageState.IRRELEVANT.value, iso_utc(start), iso_utc(end)],
    )
    return {article for (article,) in rows}


def held(db: Database, start: datetime, end: datetime) -> dict[str, list[str]]:
    """The cases that hold prints of the period, by article; as their numbers go."""
    rows = db.execute(
        "SELECT c.article, c.case_id FROM case_articles c JOIN article_facts f ON f.id = c.article "
        "WHERE f.at >= ? AND f.at < ? ORDER BY c.case_id",
        [iso_utc(start), iso_utc(end)],
    )
    found: dict[str, list[str]] = {}
    for article, case in rows:
        found.setdefault(article, []).append(case)
    return found


def told(db: Database, idents: Sequence[str]) -> dict[str, Told]:
    """What a page shows of these prints."""
    marks = ",".join("?" * len(idents))
    said: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for article, kind, value, evidence in db.execute(
        f"SELECT article, kind, value, evidence FROM tags WHERE article IN ({marks}) "
        "AND kind IN ('topic', 'place', 'attention') ORDER BY article, kind, rank",
        list(idents),
    ):
        said.setdefault(article, {}).setdefault(kind, []).append((value, evidence))
    rows = db.query(
        "SELECT f.id, a.title, a.url, f.outlet, f.at, f.tone, f.relevance, i.medium FROM article_facts f "
        f"JOIN articles a ON a.n = f.n LEFT JOIN intake i ON i.article = f.id WHERE f.id IN ({marks})",
        list(idents),
    )
    return {row["id"]: _told(row, said.get(row["id"], {})) for row in rows}


def _told(row: dict[str, str], said: dict[str, list[tuple[str, str]]]) -> Told:
    at = from_iso(row["at"])
    assert at is not None  # the column is NOT NULL
    why = [text for _, packed in said.get("attention", ()) for _, text, _ in json.loads(packed)]
    return Told(
        title=row["title"],
        url=row["url"],
        outlet=row["outlet"],
        published=at,
        tone=Tone(row["tone"]) if row["tone"] else None,
        relevance=Relevance(row["relevance"]),
        topics=tuple(value for value, _ in said.get("topic", ())),
        places=tuple(value for value, _ in said.get("place", ())),
        why=tuple(dict.fromkeys(text for text in why if text)),
        medium=Medium(row["medium"]) if row["medium"] else None,
    )


def prints_of(db: Database, subjects: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """All prints of these stories in the archive, (article, outlet), the earliest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for at in range(0, len(subjects), _PART):
        part = list(subjects[at : at + _PART])
        rows = db.execute(
            f"SELECT subject, id, outlet FROM article_facts WHERE subject IN ({','.join('?' * len(part))}) "
            "ORDER BY subject, at, n",
            part,
        )
        for subject, ident, outlet in rows:
            found.setdefault(subject, []).append((ident, outlet))
    return found
