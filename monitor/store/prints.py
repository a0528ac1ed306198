"""What is still to be compared, and the index that says what with.

A look-up asks for hashes one by one between two times: a few seeks in a B-tree, whatever the archive holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

COMMON = 60
"""A hash that so many articles of a window have is a set phrase and finds nothing."""
_OURS = ("union", "labour", "foreign")


def due(db: Database) -> list[str]:
    """The articles to be (re-)compared: those that gave a story its id first, then by publication."""
    return [
        article
        for (article,) in db.execute(
            "SELECT d.article FROM story_due d JOIN articles a ON a.id = d.article "
            "LEFT JOIN stories s ON s.id = 's' || substr(a.id, 2) "
            "ORDER BY s.id IS NULL, COALESCE(a.published, a.found), a.n"
        ).fetchall()
    ]


def take(db: Database, articles: Sequence[str]) -> list[str]:
    """Takes these from the queue, within the caller's transaction; returns those that were still in it.

    The first statement of a transaction: it takes SQLite's write lock, so two processes never place one article.
    """
    marks = ",".join("?" * len(articles))
    db.execute(f"UPDATE story_due SET article = article WHERE article IN ({marks})", list(articles))
    still = {
        article
        for (article,) in db.execute(f"SELECT article FROM story_due WHERE article IN ({marks})", list(articles))
    }
    db.execute(f"DELETE FROM story_due WHERE article IN ({marks})", list(articles))
    return [article for article in articles if article in still]


def put_due(db: Database, articles: Iterable[str]) -> None:
    """Queues articles again, within the caller's transaction."""
    db.conn.executemany(
        f"INSERT OR IGNORE INTO story_due (article) SELECT id FROM articles WHERE id = ? AND relevance IN {_OURS}",
        [(article,) for article in articles],
    )


def put(db: Database, article: str, at: datetime, hashes: Iterable[int]) -> None:
    """Puts an article's sketch in the place of its old one, within the caller's transaction."""
    drop(db, article)
    row = db.execute("SELECT n FROM articles WHERE id = ?", [article]).fetchone()
    db.conn.executemany(
        "INSERT OR IGNORE INTO story_prints (hash, at, n) VALUES (?, ?, ?)",
        [(mark, _minutes(at), row[0]) for mark in hashes],
    )


def drop(db: Database, article: str) -> None:
    """Takes an article out of the index, within the caller's transaction."""
    db.execute("DELETE FROM story_prints WHERE n = (SELECT n FROM articles WHERE id = ?)", [article])


def having(db: Database, hashes: Iterable[int], start: datetime, end: datetime) -> dict[int, tuple[str, ...]]:
    """The articles of ``start`` … ``end`` that have each hash; hashes that too many have are left out."""
    found: dict[int, tuple[str, ...]] = {}
    low, high = _minutes(start), _minutes(end)
    for mark in hashes:
        rows = db.execute(
            "SELECT a.id FROM story_prints p JOIN articles a ON a.n = p.n "
            "WHERE p.hash = ? AND p.at BETWEEN ? AND ? LIMIT ?",
            [mark, low, high, COMMON],
        ).fetchall()
        if len(rows) < COMMON:
            found[mark] = tuple(ident for (ident,) in rows)
    return found


def _minutes(at: datetime) -> int:
    return int(at.timestamp() // 60)
