"""Articles whose page is due. What is due is data (``next_try``), so a killed round has nothing to lose."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.article import Completeness, Entry
from monitor.model.tag import Relevance
from monitor.store import corrections


@dataclass(frozen=True, kw_only=True)
class Pending:
    """An announced article whose page is due."""

    id: str
    url: str
    outlet: str
    entry: Entry
    tries: int
    source: str = ""
    told: Relevance | None = None
    """The relevance a person gave to it."""


def pending(db: Database, now: datetime, host: str | None = None) -> list[Pending]:
    """The articles whose page is due (those of one host and port, if named), oldest announcement first."""
    where, values = "", [iso_utc(now)]
    if host:
        where = "AND (substr(url, 1, ?) = ? OR substr(url, 1, ?) = ?) "
        for start in (f"http://{host}/", f"https://{host}/"):
            values += [str(len(start)), start]
    rows = list(
        db.query(
            "SELECT id, url, outlet, source, title, lead, authors, published, tries FROM articles "
            f"WHERE next_try <= ? AND url IS NOT NULL {where}ORDER BY tries, n",
            values,
        )
    )
    told = corrections.relevance_said(db, [row["id"] for row in rows])
    return [
        Pending(
            id=row["id"],
            url=row["url"],
            outlet=row["outlet"],
            tries=row["tries"],
            source=row["source"] or "",
            told=told.get(row["id"]),
            entry=Entry(
                url=row["url"],
                title=row["title"],
                summary=row["lead"],
                published=from_iso(row["published"]),
                authors=tuple(json.loads(row["authors"])),
            ),
        )
        for row in rows
    ]


def failed(db: Database, article: str, problem: str, next_try: datetime | None) -> None:
    """Records that a page was not had: due again at ``next_try``, or given up when None."""
    again = iso_utc(next_try) if next_try else None
    db.execute(
        "UPDATE articles SET tries = tries + 1, problem = ?, next_try = ?, completeness = CASE WHEN ? IS NULL AND "
        "completeness = ? THEN ? ELSE completeness END WHERE id = ?",
        [problem, again, again, Completeness.FEED.value, Completeness.GIVEN_UP.value, article],
    )
