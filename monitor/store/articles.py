"""Articles: announced once, read once, never lost.

    announce (entry -> row, due now) -> read (page -> row) | queue.failed (due later, or given up)

A row exists from the moment a source announced it, so that a killed round has nothing to lose; what is due is
data (``next_try``). An article is known by the key of its address or of any of its other addresses.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.article import Article, Completeness, Entry, Extracted, Snapshot
from monitor.model.tag import Relevance, Tagging
from monitor.model.watch import Corrected
from monitor.store import addresses, corrections, fulltext, snapshots, tags, watch_changes
from monitor.store.addresses import article_id, known


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What reading a page made of it, ready to be stored."""

    extracted: Extracted
    tagging: Tagging
    fetched: datetime
    page_hash: str
    other_keys: tuple[str, ...] = ()
    snapshot: Snapshot | None = None


def _entry_hash(entry: Entry) -> str:
    # The headline alone: leads of listings are guesses that change with the layout around them.
    return hashlib.blake2b(entry.title.encode(), digest_size=12).hexdigest()


def announce(
    db: Database,
    entries: Iterable[Entry],
    *,
    source: str,
    outlet_of: Callable[[str], str],
    key_of: Callable[[str], str],
    tagged: Callable[[Entry], Tagging],
    now: datetime,
) -> tuple[int, int]:
    """Stores what a source announces, within the caller's transaction; returns (new, changed).

    New items are due at once. An item whose words changed in the source that announced it first is due again.
    """
    items = {key_of(entry.url): entry for entry in entries}
    have = known(db, items)
    new = changed = 0
    for key, entry in items.items():
        mark = _entry_hash(entry)
        if key not in have or addresses.claimed_wrongly(db, key, entry.title):
            _insert(db, key, entry, mark=mark, source=source, outlet=outlet_of(entry.url), now=now)
            tags.replace(db, article_id(key), tagged(entry))
            fulltext.index(db, article_id(key))
            new += 1
            continue
        article = have[key]
        row = db.execute("SELECT source, entry_hash, completeness FROM articles WHERE id = ?", [article]).fetchone()
        if row and row[0] == source and row[1] != mark and entry.title:
            db.execute(
                "UPDATE articles SET entry_hash = ?, next_try = ?, tries = 0 WHERE id = ?",
                [mark, iso_utc(now), article],
            )
            if row[2] in (Completeness.FEED, Completeness.GIVEN_UP):
                # The source's words are all we have, so its new ones count.
                db.execute(
                    "UPDATE articles SET title = ?, lead = ? WHERE id = ?", [entry.title, entry.summary, article]
                )
                tags.replace(db, article, tagged(entry))
                fulltext.index(db, article)
            changed += 1
    return new, changed


def _insert(db: Database, key: str, entry: Entry, *, mark: str, source: str, outlet: str, now: datetime) -> None:
    db.execute(
        "INSERT INTO articles (id, url, url_key, outlet, source, title, lead, authors, published, guessed, found, "
        "completeness, entry_hash, next_try) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            article_id(key),
            entry.url,
            key,
            outlet,
            source,
            entry.title,
            entry.summary,
            json.dumps(entry.authors, ensure_ascii=False),
            iso_utc(entry.published) if entry.published else None,
            int(entry.guessed),
            iso_utc(now),
            Completeness.FEED.value,
            mark,
            iso_utc(now),
        ],
    )


def read(db: Database, article: str, reading: Reading) -> None:
    """Stores a page that was read, in one transaction; an earlier version is kept as a revision.

    Of irrelevant pages only URL, title, time and hash stay.
    """
    found = reading.extracted
    with db.atomic():
        ours = corrections.laid_over(db, article, reading.tagging).relevance is not Relevance.NONE
        before = db.execute(
            "SELECT title, lead, text, published, guessed, completeness, authors FROM articles WHERE id = ?", [article]
        ).fetchone()
        if before is None or addresses.join_twin(
            db, article, reading.other_keys, title=found.title or before[0], published=found.published
        ):
            return
        title = found.title or before[0]
        lead, text, authors = (found.lead, found.text, before[6]) if ours else ("", "", "[]")
        if ours and found.authors:
            authors = json.dumps(found.authors, ensure_ascii=False)
        if before[5] == Completeness.PAGE and (before[0], before[1], before[2]) != (title, lead, text):
            db.execute(
                "INSERT INTO revisions (article, replaced, title, lead, text) VALUES (?, ?, ?, ?, ?)",
                [article, iso_utc(reading.fetched), *before[:3]],
            )
        said = iso_utc(found.published) if found.published else None
        published = (said or before[3]) if before[4] else (before[3] or said)
        db.execute(
            "UPDATE articles SET title = ?, lead = ?, text = ?, authors = ?, "
            "published = ?, modified = ?, fetched = ?, completeness = ?, page_hash = ?, tries = 0, next_try = NULL, "
            "problem = '' WHERE id = ?",
            [
                title,
                lead,
                text,
                authors,
                published,
                iso_utc(found.modified) if found.modified else None,
                iso_utc(reading.fetched),
                Completeness.PAGE.value,
                reading.page_hash,
                article,
            ],
        )
        tags.replace(db, article, reading.tagging)
        if reading.snapshot and ours:
            snapshots.put(db, article, reading.snapshot)
        fulltext.index(db, article)


def put_imported(db: Database, article: Article, key: str | None) -> bool:
    """Stores an article handed in, within the caller's transaction; False when it was there already."""
    if db.execute("SELECT 1 FROM articles WHERE id = ?", [article.id]).fetchone() or (key and known(db, [key])):
        return False
    db.execute(
        "INSERT INTO articles (id, url, url_key, outlet, title, lead, text, published, found, completeness) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            article.id,
            article.url,
            key,
            article.outlet,
            article.title,
            article.lead,
            article.text,
            iso_utc(article.published) if article.published else None,
            iso_utc(article.found),
            Completeness.IMPORTED.value,
        ],
    )
    if article.tagging:
        tags.replace(db, article.id, article.tagging)
    fulltext.index(db, article.id)
    return True


_COLUMNS = (
    "id, url, outlet, title, lead, text, authors, published, modified, found, fetched, completeness, "
    "(SELECT story FROM story_members WHERE article = articles.id) AS story"
)


def between(
    db: Database, start: datetime | None = None, end: datetime | None = None, *, ours: bool = False
) -> Iterator[Article]:
    """Articles published (or, undated, found) in ``start`` … ``end``, oldest first, with their readings.

    ``ours`` leaves out what concerns nobody. Read in parts, so an archive of any size fits in memory.
    """
    where, values = ["1"], []
    if start:
        where.append("COALESCE(published, found) >= ?")
        values.append(iso_utc(start))
    if end:
        where.append("COALESCE(published, found) < ?")
        values.append(iso_utc(end))
    if ours:
        where.append("relevance IN ('union', 'labour', 'foreign')")
    clause = " AND ".join(where)
    rows = db.execute(f"SELECT id FROM articles WHERE {clause} ORDER BY COALESCE(published, found), n", values)
    idents = [ident for (ident,) in rows]
    for at in range(0, len(idents), 500):
        yield from by_ids(db, idents[at : at + 500])


def by_ids(db: Database, idents: list[str]) -> list[Article]:
    """The articles of these ids, in that order."""
    made: list[Article] = []
    for at in range(0, len(idents), 500):
        part = idents[at : at + 500]
        marks = ",".join("?" * len(part))
        rows = {row["id"]: row for row in db.query(f"SELECT {_COLUMNS} FROM articles WHERE id IN ({marks})", part)}
        taggings, mended = tags.load(db, list(rows)), watch_changes.corrected(db, list(rows))
        made += [_article(rows[i], taggings.get(i), mended.get(i)) for i in part if i in rows]
    return made


def sources_of(db: Database, idents: list[str]) -> dict[str, str]:
    """By which source each article came; what was imported or typed by hand has none."""
    marks = ",".join("?" * len(idents))
    rows = db.execute(f"SELECT id, source FROM articles WHERE id IN ({marks}) AND source IS NOT NULL", idents)
    return dict(rows.fetchall())


def _article(row: dict[str, str], tagging: Tagging | None, corrected: Corrected | None) -> Article:
    return Article(
        id=row["id"],
        url=row["url"],
        outlet=row["outlet"],
        title=row["title"],
        lead=row["lead"],
        text=row["text"],
        authors=tuple(json.loads(row["authors"])),
        published=from_iso(row["published"]),
        modified=from_iso(row["modified"]),
        found=datetime.fromisoformat(row["found"]),
        fetched=from_iso(row["fetched"]),
        completeness=Completeness(row["completeness"]),
        tagging=tagging,
        story=row["story"],
        corrected=corrected,
    )


def count(db: Database, start: datetime | None = None, end: datetime | None = None) -> int:
    """How many articles were published (or, undated, found) in the interval."""
    low = iso_utc(start) if start else ""
    high = iso_utc(end) if end else "9"
    sql = "SELECT COUNT(*) FROM articles WHERE COALESCE(published, found) >= ? AND COALESCE(published, found) < ?"
    return int(db.execute(sql, [low, high]).fetchone()[0])
