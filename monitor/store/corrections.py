"""What people said of readings: rows only ever added or marked as taken back, and laid over the machine's word.

``tags.replace`` lays them over whatever it is given, so a page read again, an import or a new run of the rules cannot
forget them. The latest word on a field that was not taken back holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.config import present_of
from monitor.model.correction import CORRECTION, Correction, Field
from monitor.model.tag import Evidence, PlaceTag, Relevance, Tagging, Tone, TopicTag


def record(db: Database, correction: Correction) -> Correction:
    """Keeps a person's word, within the caller's transaction."""
    ident = db.execute(
        'INSERT INTO corrections (article, field, value, "by", at, note) VALUES (?, ?, ?, ?, ?, ?)',
        [
            correction.article,
            correction.field.value,
            json.dumps(correction.values, ensure_ascii=False),
            correction.by,
            iso_utc(correction.at),
            correction.note,
        ],
    ).lastrowid
    return replace(correction, id=int(ident or 0))


def undo(db: Database, ident: int, by: str, now: datetime) -> None:
    """Takes a word back, within the caller's transaction; the one before it on the same field holds again."""
    db.execute(
        "UPDATE corrections SET undone = ?, undone_by = ? WHERE id = ? AND undone IS NULL", [iso_utc(now), by, ident]
    )


def get(db: Database, ident: int) -> Correction | None:
    """The word of this number."""
    return next(iter(_load(db, "WHERE id = ?", [str(ident)])), None)


def history(db: Database, article: str) -> list[Correction]:
    """All that was ever said of an article, oldest first."""
    return _load(db, "WHERE article = ?", [article])


def standing(db: Database, articles: Iterable[str]) -> dict[str, dict[Field, Correction]]:
    """What holds now of these articles; those of which nobody said anything are left out."""
    wanted, made = list(articles), []
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        made += _load(db, f"WHERE undone IS NULL AND article IN ({','.join('?' * len(part))})", part)
    return _latest(made)


def all_standing(db: Database) -> dict[str, dict[Field, Correction]]:
    """What holds now of every article of which somebody said something, in the order of the words."""
    return _latest(_load(db, "WHERE undone IS NULL", []))


def relevance_said(db: Database, articles: Iterable[str]) -> dict[str, Relevance]:
    """The relevance people gave to these articles; the others are left out."""
    found = standing(db, articles)
    return {a: Relevance(said[Field.RELEVANCE].values[0]) for a, said in found.items() if Field.RELEVANCE in said}


def move(db: Database, article: str, to: str) -> bool:
    """Hands what was said of an article to the one it turned out to be, within the caller's transaction."""
    return bool(db.execute("UPDATE corrections SET article = ? WHERE article = ?", [to, article]).rowcount)


def laid_over(db: Database, article: str, tagging: Tagging) -> Tagging:
    """The reading with what people said of the article; laying over twice changes nothing."""
    said = standing(db, [article]).get(article)
    return overlay(tagging, said) if said else tagging


def overlay(tagging: Tagging, said: Mapping[Field, Correction]) -> Tagging:
    """The reading with these words in the place of the machine's. What is irrelevant has no topics, places or tone."""
    word = said.get(Field.RELEVANCE)
    if word:
        relevance = Relevance(word.values[0])
        tagging = replace(
            _as(tagging, relevance), relevance=relevance, relevance_evidence=_why(word, tagging.relevance_evidence)
        )
    if tagging.relevance is Relevance.NONE:
        return tagging
    if word := said.get(Field.TOPICS):
        known = {t.id: t for t in tagging.topics}
        topics = tuple(
            TopicTag(id=i, score=known[i].score if i in known else 0.0, evidence=_why(word, _of(known.get(i))))
            for i in word.values
        )
        tagging = replace(tagging, topics=topics)
    if word := said.get(Field.PLACES):
        were = {p.name: p for p in tagging.places}
        places = tuple(
            PlaceTag(name=n, present=present_of(n) or n, evidence=_why(word, _of(were.get(n)))) for n in word.values
        )
        tagging = replace(tagging, places=places)
    if word := said.get(Field.TONE):
        tone = Tone(word.values[0]) if word.values else None
        tagging = replace(tagging, tone=tone, tone_evidence=_why(word, tagging.tone_evidence) if tone else ())
    if word := said.get(Field.ATTENTION):
        flag = word.values == ("true",)
        tagging = replace(
            tagging, attention=flag, attention_evidence=_why(word, tagging.attention_evidence) if flag else ()
        )
    return tagging


def _as(tagging: Tagging, relevance: Relevance) -> Tagging:
    """The reading without what an item of this relevance has not; one about unions is neutral until told."""
    if relevance is Relevance.NONE:
        return Tagging(relevance=relevance)
    if relevance is Relevance.UNION:
        return replace(tagging, tone=tagging.tone or Tone.NEU)
    tagging = replace(tagging, tone=None, tone_evidence=())
    return tagging if relevance.ours else replace(tagging, places=(), attention=False, attention_evidence=())


def _of(tag: TopicTag | PlaceTag | None) -> tuple[Evidence, ...]:
    return tag.evidence if tag else ()


def _why(word: Correction, others: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return (Evidence(rule=CORRECTION, text=word.by), *(e for e in others if e.rule != CORRECTION))


def _latest(words: Iterable[Correction]) -> dict[str, dict[Field, Correction]]:
    made: dict[str, dict[Field, Correction]] = {}
    for word in words:
        made.setdefault(word.article, {})[word.field] = word
    return made


def _load(db: Database, where: str, values: list[str]) -> list[Correction]:
    rows = db.query(
        f'SELECT id, article, field, value, "by", at, note, undone FROM corrections {where} ORDER BY id', values
    )
    return [
        Correction(
            id=row["id"],
            article=row["article"],
            field=Field(row["field"]),
            values=tuple(json.loads(row["value"])),
            by=row["by"],
            at=at,
            note=row["note"],
            undone=from_iso(row["undone"]),
        )
        for row in rows
        if (at := from_iso(row["at"]))
    ]
