"""What the desk's reading pages ask of the archive, each by an index and without the texts of other articles."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.article import Snapshot
from monitor.model.story import Likeness, LinkState
from monitor.model.view_article import Revision, SnapshotLine

_MOST_UNPACKED = 1_000_000
"""So many stored bytes of an article's snapshots are unpacked to tell their size."""
_OURS = "('union', 'labour')"


@dataclass(frozen=True, kw_only=True)
class PrintRow:
    """An article of a story as a list shows it; ``why`` is the reason it is there, None for the founder."""

    article: str
    story: str
    title: str
    url: str | None
    outlet: str
    at: datetime
    state: LinkState
    by: str = ""
    why: Likeness | None = None


def typed_in_cases(db: Database) -> list[str]:
    """The items entered by hand that stand in a case."""
    rows = db.execute("SELECT DISTINCT c.article FROM case_articles c JOIN intake i ON i.article = c.article")
    return [article for (article,) in rows]


def revisions(db: Database, article: str) -> list[Revision]:
    """The earlier versions of an article, the oldest first."""
    rows = db.execute(
        "SELECT replaced, title, lead, text FROM revisions WHERE article = ? ORDER BY id", [article]
    ).fetchall()
    return [
        Revision(n=n, replaced=datetime.fromisoformat(replaced), title=title, lead=lead, text=text)
        for n, (replaced, title, lead, text) in enumerate(rows, 1)
    ]


def prints(db: Database, story: str) -> tuple[str, list[PrintRow]]:
    """The first publication of a story (an article id) and all its prints, the earliest first."""
    first = db.execute("SELECT first FROM stories WHERE id = ?", [story]).fetchone()
    rows = db.execute(
        'SELECT m.article, m.story, a.title, a.url, a.outlet, COALESCE(a.published, a.found), m.state, m."by", '
        "m.evidence FROM story_members m JOIN articles a ON a.id = m.article WHERE m.story = ? "
        "ORDER BY COALESCE(a.published, a.found), a.id",
        [story],
    ).fetchall()
    return (str(first[0]) if first and first[0] else ""), [_print(row) for row in rows]


def old_ids(db: Database, story: str) -> list[str]:
    """The ids of stories that were merged into this one: what was decided under them stands."""
    return [ident for (ident,) in db.execute("SELECT id FROM stories WHERE merged_into = ?", [story]).fetchall()]


def firsts(db: Database, stories: Sequence[str]) -> dict[str, PrintRow]:
    """The first publications of these stories, by story id; stories without articles are left out."""
    marks = ",".join("?" * len(stories))
    rows = db.execute(
        "SELECT a.id, s.id, a.title, a.url, a.outlet, COALESCE(a.published, a.found), m.state, m.\"by\", '' "
        "FROM stories s JOIN articles a ON a.id = s.first JOIN story_members m ON m.article = a.id "
        f"WHERE s.id IN ({marks})",
        list(stories),
    ).fetchall()
    return {row[1]: _print(row) for row in rows}


def _print(row: Sequence[str]) -> PrintRow:
    return PrintRow(
        article=row[0], story=row[1], title=row[2], url=row[3], outlet=row[4], at=datetime.fromisoformat(row[5]),
        state=LinkState(row[6]), by=row[7], why=_unpacked(row[8]),
    )  # fmt: skip


def _unpacked(packed: str | None) -> Likeness | None:
    if not packed:
        return None
    row = json.loads(packed)
    return Likeness(**(row | {"words": tuple(row["words"])}))


def snapshots(db: Database, article: str) -> list[SnapshotLine]:
    """The stored pages of an article, the newest first; sizes are told of the newest ones."""
    rows = db.execute(
        "SELECT id, url, fetched, sha256, LENGTH(body) FROM snapshots WHERE article = ? ORDER BY fetched DESC, id DESC",
        [article],
    ).fetchall()
    made, packed = [], 0
    for ident, url, fetched, sha256, stored in rows:
        packed += stored
        size = 0
        if packed <= _MOST_UNPACKED:
            size = len(zlib.decompress(db.execute("SELECT body FROM snapshots WHERE id = ?", [ident]).fetchone()[0]))
        made.append(SnapshotLine(url=url, fetched=datetime.fromisoformat(fetched), sha256=sha256, size=size))
    return made


def snapshot(db: Database, article: str, sha256: str) -> Snapshot | None:
    """One stored page of an article."""
    row = db.execute(
        "SELECT url, fetched, headers, body FROM snapshots WHERE article = ? AND sha256 = ?", [article, sha256]
    ).fetchone()
    if row is None:
        return None
    return Snapshot(
        url=row[0], fetched=datetime.fromisoformat(row[1]), sha256=sha256, body=zlib.decompress(row[3]),
        headers=tuple((str(k), str(v)) for k, v in json.loads(zlib.decompress(row[2]))),
    )  # fmt: skip


def undone_by(db: Database, article: str) -> dict[int, str]:
    """Who took back which word on an article's reading."""
    rows = db.execute("SELECT id, undone_by FROM corrections WHERE article = ? AND undone IS NOT NULL", [article])
    return {ident: by or "" for ident, by in rows.fetchall()}


def of_source(db: Database, sources: Iterable[str], since: datetime) -> dict[str, int]:
    """How many articles each of these sources brought that were published since then."""
    rows = db.execute(
        "SELECT s.value, (SELECT COUNT(*) FROM articles a WHERE a.source = s.value AND a.published >= ?) "
        "FROM json_each(?) s",
        [iso_utc(since), json.dumps(list(sources))],
    ).fetchall()
    return dict(rows)


def by_outlet(db: Database, since: datetime) -> dict[str, int]:
    """How many articles on unions and workers each outlet published since then."""
    rows = db.execute(
        f"SELECT outlet, COUNT(*) FROM articles WHERE relevance IN {_OURS} AND published >= ? GROUP BY outlet",
        [iso_utc(since)],
    ).fetchall()
    return dict(rows)


def count_of(db: Database, outlet: str, hidden: Iterable[str] = ()) -> int:
    """How many articles on unions and workers we hold of an outlet, without the ``hidden`` ones."""
    row = db.execute(
        f"SELECT COUNT(*) FROM articles WHERE relevance IN {_OURS} AND outlet = ? "
        "AND id NOT IN (SELECT value FROM json_each(?))",
        [outlet, json.dumps(list(hidden))],
    ).fetchone()
    return int(row[0])


def typed(db: Database, articles: Iterable[str]) -> set[str]:
    """Of these articles, those that people entered by hand and the crawl never brought."""
    rows = db.execute(
        "SELECT a.id FROM json_each(?) j JOIN articles a ON a.id = j.value JOIN intake i ON i.article = a.id "
        "WHERE a.completeness = 'imported'",
        [json.dumps(list(articles))],
    ).fetchall()
    return {ident for (ident,) in rows}


def outlets_of(db: Database, articles: Iterable[str]) -> set[str]:
    """Whose articles these are."""
    rows = db.execute(
        "SELECT DISTINCT a.outlet FROM json_each(?) j JOIN articles a ON a.id = j.value", [json.dumps(list(articles))]
    ).fetchall()
    return {outlet for (outlet,) in rows}


def corrected_by(db: Database, outlet: str = "") -> list[tuple[str, str, str, str | None, datetime, str]]:
    """Corrections that were published: outlet, article, title, address, day and place, the newest first."""
    rows = db.execute(
        'SELECT a.outlet, c.article, a.title, a.url, c.date, c."where" FROM corrections_published c '
        # CROSS: the few corrections lead, never all articles.
        "CROSS JOIN articles a ON a.id = c.article WHERE ? IN ('', a.outlet) ORDER BY c.date DESC, c.id DESC",
        [outlet],
    ).fetchall()
    return [(o, a, title, url, at, where) for o, a, title, url, on, where in rows if (at := from_iso(on))]
