"""What is known of items entered by hand; the items themselves are articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlite_utils import Database

from monitor.clock import iso_utc
from monitor.model.article import Completeness
from monitor.model.intake import Intake
from monitor.store import fulltext

_decode = msgspec.json.Decoder(Intake).decode
_encode = msgspec.json.Encoder().encode


def put(db: Database, one: Intake) -> None:
    """Keeps it, within the caller's transaction; entered again, the later words stand."""
    db.execute(
        'INSERT OR REPLACE INTO intake (article, medium, at, "by", doc) VALUES (?, ?, ?, ?, ?)',
        [one.article, one.medium.value, iso_utc(one.at), one.typed_by, _encode(one)],
    )


def fill(db: Database, article: str, text: str) -> bool:
    """Gives an item that was handed in without its words the words, within the caller's transaction.

    False where it has some already, or where the crawl will bring the page's own.
    """
    done = db.execute(
        "UPDATE articles SET text = ? WHERE id = ? AND text = '' AND completeness = ?",
        [text, article, Completeness.IMPORTED.value],
    )
    if done.rowcount:
        fulltext.index(db, article)
    return bool(done.rowcount)


def of(db: Database, articles: Sequence[str]) -> dict[str, Intake]:
    """What is known of these articles, as far as they were entered by hand."""
    found: dict[str, Intake] = {}
    for at in range(0, len(articles), 500):
        part = list(articles[at : at + 500])
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT article, doc FROM intake WHERE article IN ({marks})", part).fetchall()
        found |= {article: _decode(doc) for article, doc in rows}
    return found


def of_person(db: Database, person: str, limit: int) -> list[Intake]:
    """What this person (an id) entered, what was put or changed last first."""
    rows = db.execute('SELECT doc FROM intake WHERE "by" = ? ORDER BY rowid DESC LIMIT ?', [person, limit]).fetchall()
    return [_decode(doc) for (doc,) in rows]


def between(db: Database, start: datetime | None = None, end: datetime | None = None) -> list[Intake]:
    """Items that came out in the interval, oldest first."""
    rows = db.execute(
        "SELECT doc FROM intake WHERE at >= ? AND at < ? ORDER BY at",
        [iso_utc(start) if start else "", iso_utc(end) if end else "9"],
    ).fetchall()
    return [_decode(doc) for (doc,) in rows]
