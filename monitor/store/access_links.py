"""One-time links: kept by the hash of their secret until they are used, replaced or too old."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlite_utils import Database

from monitor.clock import iso_utc
from monitor.model.access import Link, LinkKind

_KEPT = timedelta(days=30)


def put(db: Database, link: Link, hashed: str) -> None:
    """A new link; earlier ones for the same thing end with it. Within the caller's transaction."""
    drop(db, link)
    db.execute("DELETE FROM access_links WHERE expires < ?", [iso_utc(link.made - _KEPT)])
    db.execute(
        'INSERT INTO access_links (hash, kind, made, expires, "by", person, "case", assignment) '
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            hashed, link.kind.value, iso_utc(link.made), iso_utc(link.expires), link.by, link.person, link.case,
            link.assignment,
        ],
    )  # fmt: skip


def get(db: Database, hashed: str, kind: LinkKind, now: datetime) -> Link | None:
    """The link of this secret's hash and kind; None where there is none, and where it ended."""
    for row in db.query(
        "SELECT * FROM access_links WHERE hash = ? AND kind = ? AND expires > ?", [hashed, kind.value, iso_utc(now)]
    ):
        return Link(
            kind=LinkKind(row["kind"]), made=datetime.fromisoformat(row["made"]),
            expires=datetime.fromisoformat(row["expires"]), by=row["by"], person=row["person"], case=row["case"],
            assignment=row["assignment"],
        )  # fmt: skip
    return None


def drop(db: Database, link: Link) -> None:
    """Ends every link of this kind for the same person or assignment, within the caller's transaction."""
    db.execute(
        'DELETE FROM access_links WHERE kind = ? AND person = ? AND "case" = ? AND assignment = ?',
        [link.kind.value, link.person, link.case, link.assignment],
    )


def drop_of(db: Database, person: str) -> None:
    """Ends the links by which this person's password could be set, within the caller's transaction."""
    db.execute("DELETE FROM access_links WHERE kind = ? AND person = ?", [LinkKind.PASSWORD.value, person])
