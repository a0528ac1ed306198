"""Editions of the digest: one document an edition, changed as a whole by who saw its last revision; frozen ones.

What approved editions carried, and what of it changed since, is asked here too; what to make of it is the desk's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc, local
from monitor.errors import ConflictError
from monitor.model.case import Case
from monitor.model.edition import Carried, Direction, Edition, Frozen, Series

_edition = msgspec.json.Decoder(Edition).decode
_frozen = msgspec.json.Decoder(Frozen).decode
_case = msgspec.json.Decoder(Case).decode
_encode = msgspec.json.Encoder().encode


def next_id(db: Database) -> str:
    """The id of the next edition."""
    return f"dt{int(db.execute('SELECT COALESCE(max(n), 0) FROM editions').fetchone()[0]) + 1}"


def next_number(db: Database, series: Series, year: int) -> int:
    """The number after the last approved edition's of that series and year."""
    row = db.execute(
        "SELECT COALESCE(max(number), 0) FROM editions WHERE series = ? AND year = ? AND state = 'approved'",
        [series.value, year],
    ).fetchone()
    return int(row[0]) + 1


def put(db: Database, edition: Edition, *, before: int, actor: str, now: datetime) -> None:
    """Stores an edition made from revision ``before`` (0: a new one), within the caller's transaction.

    Raises ConflictError where the stored one is no longer that revision.
    """
    facts: list[Any] = [
        edition.series.value, edition.year, edition.number, iso_utc(edition.start), iso_utc(edition.end),
        edition.state.value, iso_utc(edition.approved_at) if edition.approved_at else None, edition.revision,
        iso_utc(now), actor, _encode(edition), edition.id,
    ]  # fmt: skip
    if before == 0:
        db.execute(
            'INSERT INTO editions (series, year, number, start, "end", state, approved, revision, changed, '
            "changed_by, doc, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            facts,
        )
        return
    done = db.execute(
        'UPDATE editions SET series = ?, year = ?, number = ?, start = ?, "end" = ?, state = ?, approved = ?, '
        "revision = ?, changed = ?, changed_by = ?, doc = ? WHERE id = ? AND revision = ?",
        [*facts, before],
    )
    if done.rowcount != 1:
        raise conflict(db, edition)


def conflict(db: Database, edition: Edition) -> ConflictError:
    """Who changed the edition meanwhile, and when."""
    row = db.execute("SELECT changed, changed_by FROM editions WHERE id = ?", [edition.id]).fetchone()
    at = local(datetime.fromisoformat(row[0])) if row else None
    return ConflictError(
        "edition_changed",
        edition=edition.name,
        by=row[1] if row and row[1] else "–",
        at=f"{at:%H:%M %d/%m/%Y}" if at else "?",
    )


def get(db: Database, ident: str) -> Edition | None:
    """The edition of this id."""
    return _one(db, "id = ?", [ident])


def draft(db: Database, series: Series) -> Edition | None:
    """The series' current draft."""
    return _one(db, "series = ? AND state = 'draft'", [series.value])


def last(db: Database, series: Series) -> Edition | None:
    """The series' last approved edition."""
    return _one(db, """series = ? AND state = 'approved' ORDER BY "end" DESC, n DESC LIMIT 1""", [series.value])


def first_start(db: Database, series: Series) -> datetime | None:
    """Where the series began: the start of its first approved edition."""
    row = db.execute(
        "SELECT min(start) FROM editions WHERE series = ? AND state = 'approved'", [series.value]
    ).fetchone()
    return from_iso(row[0])


def of_year(db: Database, series: Series, year: int) -> list[Edition]:
    """The editions of a series and year, the latest first."""
    rows = db.execute(
        "SELECT doc FROM editions WHERE series = ? AND year = ? ORDER BY number DESC", [series.value, year]
    ).fetchall()
    return [_edition(doc) for (doc,) in rows]


def _one(db: Database, where: str, values: list[str]) -> Edition | None:
    row = db.execute(f"SELECT doc FROM editions WHERE {where}", values).fetchone()
    return _edition(row[0]) if row else None


def freeze(db: Database, edition: Edition, made: Frozen, numbers: Sequence[int]) -> None:
    """Keeps an approved edition's pages and what it carried, within the caller's transaction.

    ``numbers`` are those of its items in the page, 0 for a dropped one. Raises IntegrityError for a version that the
    series carried before.
    """
    db.execute(
        "INSERT INTO edition_frozen (edition, sha256, doc) VALUES (?, ?, ?)",
        [edition.id, made.sha256, _encode(made)],
    )
    db.conn.executemany(
        "INSERT INTO edition_prints (edition, series, article, version, story, item) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (edition.id, edition.series.value, article, version, item.story, number)
            for item, number in zip(edition.items, numbers, strict=True)
            for article, version in (
                (item.article, item.version), *((one.article, one.version) for one in item.also)
            )
        ],
    )  # fmt: skip


def frozen(db: Database, ident: str) -> Frozen | None:
    """An approved edition's pages."""
    row = db.execute("SELECT doc FROM edition_frozen WHERE edition = ?", [ident]).fetchone()
    return _frozen(row[0]) if row else None


_CARRIED = (
    "SELECT p.edition, e.number, e.year, p.item, p.article, p.version, p.story, e.approved "
    "FROM edition_prints p JOIN editions e ON e.id = p.edition WHERE p.series = ? AND "
)


def carried(db: Database, series: Series, articles: Sequence[str]) -> dict[str, list[Carried]]:
    """Where the series carried these articles, oldest first, by article."""
    return _carried(db, series, "article", articles)


def carried_stories(db: Database, series: Series, stories: Sequence[str]) -> dict[str, list[Carried]]:
    """Where the series carried prints of these stories, oldest first, by story."""
    return _carried(db, series, "story", [story for story in stories if story])


def _carried(db: Database, series: Series, by: str, wanted: Sequence[str]) -> dict[str, list[Carried]]:
    found: dict[str, list[Carried]] = {}
    also = " AND p.story <> ''" if by == "story" else ""
    for at in range(0, len(wanted), 500):
        part = list(wanted[at : at + 500])
        sql = f"{_CARRIED}p.{by} IN ({','.join('?' * len(part))}){also} ORDER BY e.n"
        for row in db.execute(sql, [series.value, *part]).fetchall():
            approved = from_iso(row[7])
            assert approved is not None  # only approved editions carry
            one = Carried(
                edition=row[0], name=f"{row[1]}/{row[2]}", number=row[3], article=row[4], version=row[5], story=row[6],
                approved=approved,
            )  # fmt: skip
            found.setdefault(one.story if by == "story" else one.article, []).append(one)
    return found


def came(db: Database, start: datetime, end: datetime) -> list[str]:
    """The articles about us that came out (or, undated, were found) in the interval, oldest first."""
    # The plus keeps the planner from walking all that was ever about us.
    rows = db.execute(
        "SELECT id FROM articles WHERE COALESCE(published, found) >= ? AND COALESCE(published, found) < ? "
        "AND +relevance IN ('union', 'labour', 'foreign') ORDER BY COALESCE(published, found), n",
        [iso_utc(start), iso_utc(end)],
    )
    return [ident for (ident,) in rows.fetchall()]


def revised(db: Database, since: datetime) -> dict[str, datetime]:
    """Articles whose page was found changed since then, with the last time."""
    rows = db.execute("SELECT article, replaced FROM revisions WHERE replaced >= ? ORDER BY replaced", [iso_utc(since)])
    return {article: datetime.fromisoformat(at) for article, at in rows.fetchall()}


def corrected(db: Database, since: datetime) -> dict[str, datetime]:
    """Articles of which a person recorded since then that their outlets corrected them, with the last time."""
    rows = db.execute("SELECT article, at FROM corrections_published WHERE at >= ? ORDER BY at", [iso_utc(since)])
    return {article: datetime.fromisoformat(at) for article, at in rows.fetchall()}


def restricted(db: Database) -> list[Case]:
    """All restricted cases."""
    return [_case(doc) for (doc,) in db.execute("SELECT doc FROM cases WHERE restricted = 1").fetchall()]


def beside(db: Database, cases: Iterable[str]) -> set[str]:
    """The articles of these cases and all prints of their stories."""
    wanted, found = list(cases), set[str]()
    for at in range(0, len(wanted), 300):
        part = wanted[at : at + 300]
        marks = ",".join("?" * len(part))
        rows = db.execute(
            f"SELECT article FROM case_articles WHERE case_id IN ({marks}) UNION "
            "SELECT o.article FROM case_articles c JOIN story_members m ON m.article = c.article "
            f"JOIN story_members o ON o.story = m.story WHERE c.case_id IN ({marks})",
            [*part, *part],
        )
        found |= {article for (article,) in rows.fetchall()}
    return found


def note_read(db: Database, ident: str, person: str, now: datetime) -> None:
    """Keeps when a person first read it, within the caller's transaction."""
    db.execute("INSERT OR IGNORE INTO edition_reads VALUES (?, ?, ?)", [ident, person, iso_utc(now)])


def reads(db: Database, ident: str) -> list[tuple[str, datetime]]:
    """Who read it first when, the earliest first."""
    rows = db.execute("SELECT person, at FROM edition_reads WHERE edition = ? ORDER BY at, person", [ident])
    return [(person, datetime.fromisoformat(at)) for person, at in rows.fetchall()]


def put_direction(db: Database, made: Direction) -> None:
    """Keeps a direction, within the caller's transaction."""
    db.execute(
        'INSERT INTO edition_directions (edition, article, case_id, note, "by", at) VALUES (?, ?, ?, ?, ?, ?)',
        [made.edition, made.article, made.case, made.note, made.by, iso_utc(made.at)],
    )


def directions(db: Database, ident: str) -> list[Direction]:
    """The directions on an edition's items, oldest first."""
    rows = db.execute(
        'SELECT edition, article, case_id, note, "by", at FROM edition_directions WHERE edition = ? ORDER BY id',
        [ident],
    ).fetchall()
    return [
        Direction(edition=r[0], article=r[1], case=r[2], note=r[3], by=r[4], at=datetime.fromisoformat(r[5]))
        for r in rows
    ]
