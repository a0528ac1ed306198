"""Under which addresses an article is known: its own, and those its page or a redirect named.

An article is known by the key of its address or of any other of its addresses. What a page says of its own address is
a claim until headline and time agree: no article may be lost or merged by another site's mistake.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.clock import from_iso
from monitor.model.article import Completeness
from monitor.store import corrections, fulltext, tags

_ONE_TEXT = timedelta(hours=12)
"""Two addresses of one text name times this close to each other at most."""


def article_id(key: str) -> str:
    """A stable id made of what identifies an article: its URL key, or the words of an item without a URL."""
    return "a" + hashlib.blake2b(key.encode(), digest_size=9).hexdigest()


def known(db: Database, keys: Iterable[str]) -> dict[str, str]:
    """Of these URL keys, those we have: key -> article id."""
    wanted = list(keys)
    found: dict[str, str] = {}
    for at in range(0, len(wanted), 400):
        part = wanted[at : at + 400]
        marks = ",".join("?" * len(part))
        found |= dict(
            db.execute(
                f"SELECT url_key, id FROM articles WHERE url_key IN ({marks}) "
                f"UNION ALL SELECT url_key, article FROM aliases WHERE url_key IN ({marks})",
                part + part,
            ).fetchall()
        )
    return found


def claimed_wrongly(db: Database, key: str, title: str) -> bool:
    """Whether an address is known only because another article's page claimed it, and the headline is another one.

    Some sites name a wrong canonical address; the article that really lives there must not be lost. The claim ends,
    within the caller's transaction.
    """
    row = db.execute(
        "SELECT a.title FROM aliases l JOIN articles a ON a.id = l.article WHERE l.url_key = ? AND l.claimed", [key]
    ).fetchone()
    if row is None or not title or row[0] == title:
        return False
    db.execute("DELETE FROM aliases WHERE url_key = ?", [key])
    return True


def join_twin(db: Database, article: str, keys: Sequence[str], *, title: str, published: datetime | None) -> bool:
    """Lets an article be known under what its page says are its other addresses, within the caller's transaction.

    True when one of these is an article we have: then this one's address joins that one, and its row is gone. A
    page's word is believed only where headline and time agree too: some sites name their front page as the canonical
    address of everything, and "Điểm tin sáng" is the headline of every morning. A row whose page was read before is
    never dropped.
    """
    have = known(db, keys)
    for key in keys:
        other = have.get(key)
        if other == article:
            continue
        if other is None:
            db.execute("INSERT OR IGNORE INTO aliases (url_key, article, claimed) VALUES (?, ?, 1)", [key, article])
            continue
        row = db.execute("SELECT title, published FROM articles WHERE id = ?", [other]).fetchone()
        fresh = db.execute("SELECT completeness, url_key FROM articles WHERE id = ?", [article]).fetchone()
        same = row and row[0] == title and _near(from_iso(row[1]), published)
        if same and fresh[0] == Completeness.FEED:
            fulltext.drop(db, article)
            db.execute("UPDATE aliases SET article = ? WHERE article = ?", [other, article])
            if corrections.move(db, article, other) and (tagging := tags.load(db, [other]).get(other)):
                tags.replace(db, other, tagging)
            db.execute("DELETE FROM articles WHERE id = ?", [article])
            db.execute("INSERT OR REPLACE INTO aliases (url_key, article) VALUES (?, ?)", [fresh[1], other])
            return True
    return False


def _near(one: datetime | None, other: datetime | None) -> bool:
    return one is None or other is None or abs(one - other) < _ONE_TEXT
