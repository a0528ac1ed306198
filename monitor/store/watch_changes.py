"""What happened to watched pages, who confirmed it, and which articles their outlets corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.watch import Change, ChangeKind, Corrected, CorrectionFound


def put(db: Database, change: Change) -> Change | None:
    """Stores a change within the caller's transaction; None where this very notice was told before."""
    packed = msgspec.json.encode(change.correction).decode() if change.correction else None
    cursor = db.execute(
        "INSERT OR IGNORE INTO watch_changes (page, article, url, kind, at, told, before, after, before_sha, "
        "after_sha, diff, mark, correction) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            change.watched, change.article, change.url, change.kind.value, iso_utc(change.at), iso_utc(change.told),
            change.before, change.after, change.before_sha, change.after_sha, change.diff, change.mark, packed,
        ],
    )  # fmt: skip
    return get(db, int(cursor.lastrowid or 0)) if cursor.rowcount > 0 else None


def get(db: Database, ident: int) -> Change | None:
    """The change of this number."""
    return next((_change(row) for row in db.query("SELECT * FROM watch_changes WHERE id = ?", [ident])), None)


def of_case(db: Database, case: str) -> list[Change]:
    """All changes of a case's pages, also those from before it was opened, oldest first."""
    return _changes(db, 'page IN (SELECT page FROM watch_reasons WHERE "case" = ? AND "case" <> \'\')', [case])


def since(db: Database, start: datetime) -> list[Change]:
    """All changes told from ``start`` on, oldest first."""
    return _changes(db, "told >= ?", [iso_utc(start)])


def _changes(db: Database, where: str, values: list[str]) -> list[Change]:
    return [_change(row) for row in db.query(f"SELECT * FROM watch_changes WHERE {where} ORDER BY id", values)]


def marks(db: Database, page: int) -> set[tuple[str, str]]:
    """(kind, mark) of the correction notices that were told of a page."""
    rows = db.execute("SELECT kind, mark FROM watch_changes WHERE page = ? AND mark <> ''", [page]).fetchall()
    return {(kind, mark) for kind, mark in rows}


def titles(db: Database, page: int) -> list[str]:
    """Headlines that a page had before, newest first."""
    rows = db.execute(
        "SELECT before FROM watch_changes WHERE page = ? AND kind = ? ORDER BY id DESC LIMIT 10",
        [page, ChangeKind.TITLE_CHANGED.value],
    ).fetchall()
    return [title for (title,) in rows]


def removed_words(db: Database, page: int) -> list[str]:
    """The sentences that edits took out of a page, newest first: what a correction is likely to speak of."""
    rows = db.execute(
        "SELECT before FROM watch_changes WHERE page = ? AND kind = ? ORDER BY id DESC LIMIT 10",
        [page, ChangeKind.EDITED.value],
    ).fetchall()
    return [line for (text,) in rows for line in text.split("\n") if line]


def decide(db: Database, ident: int, *, accepted: bool, by: str, now: datetime) -> bool:
    """Keeps a person's word on a change, within the caller's transaction; False where there was one already."""
    cursor = db.execute(
        'UPDATE watch_changes SET accepted = ?, "by" = ?, decided = ? WHERE id = ? AND decided IS NULL',
        [int(accepted), by, iso_utc(now), ident],
    )
    return cursor.rowcount > 0


def mark_corrected(db: Database, mark: Corrected, now: datetime) -> None:
    """Keeps that an article was corrected, within the caller's transaction."""
    db.execute(
        'INSERT OR IGNORE INTO corrections_published (article, date, "where", change, "by", at) '
        "VALUES (?, ?, ?, ?, ?, ?)",
        [mark.article, iso_utc(mark.date), mark.where, mark.change, mark.by, iso_utc(now)],
    )


def unmark_typed(db: Database, article: str) -> None:
    """Takes back what a person recorded without the watch, within the caller's transaction."""
    db.execute("DELETE FROM corrections_published WHERE article = ? AND change IS NULL", [article])


def corrected(db: Database, articles: Iterable[str]) -> dict[str, Corrected]:
    """Of these articles, those that their outlets corrected, as a person confirmed: the first correction of each."""
    wanted = list(articles)
    found: dict[str, Corrected] = {}
    for at in range(0, len(wanted), 400):
        part = wanted[at : at + 400]
        rows = db.query(
            f"SELECT * FROM corrections_published WHERE article IN ({','.join('?' * len(part))}) ORDER BY date, id",
            part,
        )
        for row in rows:
            mark = Corrected(
                article=row["article"],
                date=datetime.fromisoformat(row["date"]),
                where=row["where"],
                change=row["change"],
                by=row["by"],
            )
            found.setdefault(mark.article, mark)
    return found


def _change(row: dict[str, str]) -> Change:
    return Change(
        id=int(row["id"]),
        watched=int(row["page"]),
        article=row["article"],
        url=row["url"],
        kind=ChangeKind(row["kind"]),
        at=datetime.fromisoformat(row["at"]),
        told=datetime.fromisoformat(row["told"]),
        before=row["before"],
        after=row["after"],
        before_sha=row["before_sha"],
        after_sha=row["after_sha"],
        diff=row["diff"],
        mark=row["mark"],
        correction=msgspec.json.decode(row["correction"], type=CorrectionFound) if row["correction"] else None,
        accepted=bool(row["accepted"]) if row["accepted"] is not None else None,
        by=row["by"],
        decided=from_iso(row["decided"]),
    )
