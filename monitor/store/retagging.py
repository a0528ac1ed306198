"""How far a run of the rules over the archive came: one row, so that a killed run goes on where it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import iso_utc


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run under way: done up to row ``after`` of ``last``; ``report`` is what its job found so far."""

    fingerprint: str
    after: int
    last: int
    report: str


def under_way(db: Database, fingerprint: str) -> Run | None:
    """The run that stopped half-way with the same rules over the same articles, if any."""
    row = db.execute(
        "SELECT fingerprint, after, last, report FROM retag_runs WHERE fingerprint = ?", [fingerprint]
    ).fetchone()
    return Run(fingerprint=row[0], after=row[1], last=row[2], report=row[3]) if row else None


def start(db: Database, fingerprint: str, now: datetime) -> Run:
    """A new run over what there is now, in the place of any other; what comes later is read by the same rules."""
    last = int(db.execute("SELECT COALESCE(MAX(n), 0) FROM articles").fetchone()[0])
    db.execute(
        "INSERT OR REPLACE INTO retag_runs (one, fingerprint, last, started) VALUES (1, ?, ?, ?)",
        [fingerprint, last, iso_utc(now)],
    )
    return Run(fingerprint=fingerprint, after=0, last=last, report="{}")


def step(db: Database, after: int, report: str) -> None:
    """Remembers how far the run came, within the caller's transaction."""
    db.execute("UPDATE retag_runs SET after = ?, report = ?", [after, report])


def finish(db: Database) -> None:
    """The run is done; the next one starts at the beginning."""
    db.execute("DELETE FROM retag_runs")


def rows(db: Database, run: Run, start: datetime | None, end: datetime | None) -> list[tuple[int, str]]:
    """The (row, article id) still to be read, in the order they came in; those with neither title nor text left out."""
    where = ["n > ?", "n <= ?", "(title <> '' OR lead <> '' OR text <> '')"]
    values: list[int | str] = [run.after, run.last]
    if start:
        where.append("COALESCE(published, found) >= ?")
        values.append(iso_utc(start))
    if end:
        where.append("COALESCE(published, found) < ?")
        values.append(iso_utc(end))
    found = db.execute(f"SELECT n, id FROM articles WHERE {' AND '.join(where)} ORDER BY n", values)
    return [(int(n), str(ident)) for n, ident in found.fetchall()]


def mark_due(db: Database, article: str, now: datetime) -> None:
    """The page must be read again, within the caller's transaction; nothing where it has no address."""
    db.execute(
        "UPDATE articles SET next_try = ?, tries = 0 WHERE id = ? AND url IS NOT NULL AND next_try IS NULL",
        [iso_utc(now), article],
    )


def undisputed(db: Database, most: int) -> list[str]:
    """Of the newest articles whose reading nobody corrected, as many relevant as irrelevant ones."""
    found: list[str] = []
    for sign in ("<>", "="):
        rows = db.execute(
            f"SELECT id FROM articles WHERE relevance {sign} 'none' AND id NOT IN (SELECT article FROM corrections) "
            "ORDER BY n DESC LIMIT ?",
            [most // 2],
        )
        found += [ident for (ident,) in rows.fetchall()]
    return found
