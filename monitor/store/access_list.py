"""Who can get in, at a glance; and everything about a person's ways in, gone at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc


@dataclass(frozen=True, kw_only=True)
class Ways:
    """How a person gets in: ``last`` is the last sign-in that is still known, ``sessions`` counts those not ended."""

    password: bool = False
    sessions: int = 0
    last: datetime | None = None
    token: bool = False


def ways(db: Database, now: datetime) -> dict[str, Ways]:
    """The ways in of everybody who has one, by the person's id."""
    last = dict(db.execute("SELECT person, max(seen) FROM access_devices GROUP BY person").fetchall())
    begun = {
        row[0]: (int(row[1]), str(row[2]))
        for row in db.execute(
            "SELECT person, sum(expires > ?), max(created) FROM access_sessions GROUP BY person", [iso_utc(now)]
        ).fetchall()
    }
    passwords = {row[0] for row in db.execute("SELECT person FROM access_passwords").fetchall()}
    tokens = {row[0] for row in db.execute("SELECT person FROM access_tokens").fetchall()}
    return {
        who: Ways(
            password=who in passwords, sessions=begun.get(who, (0, ""))[0], token=who in tokens,
            last=from_iso(max(last.get(who) or "", begun.get(who, (0, ""))[1]) or None),
        )
        for who in {*last, *begun, *passwords, *tokens}
    }  # fmt: skip


def forget(db: Database, person: str) -> None:
    """Deletes password, sessions with their addresses, known devices, token and links of the person.

    Within the caller's transaction.
    """
    for table in ("access_passwords", "access_sessions", "access_devices", "access_tokens", "access_links"):
        db.execute(f"DELETE FROM {table} WHERE person = ?", [person])
