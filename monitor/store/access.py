"""Passwords, sessions, known devices and tokens. Of every secret only a hash is kept; what has ended is deleted.

What changes something works within the caller's transaction. Hashes of secrets are SHA-256 in hex (the secrets are
long and random), those of passwords Argon2's own text.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.access import Session, Token
from monitor.model.people import OfficeRole, Person
from monitor.store import people

_DEVICES = 20
"""How many devices of a person are known."""


def password(db: Database, person: str) -> str:
    """The stored hash of the person's password; empty where there is none."""
    row = db.execute("SELECT hash FROM access_passwords WHERE person = ?", [person]).fetchone()
    return str(row[0]) if row else ""


def put_password(db: Database, person: str, hashed: str, now: datetime) -> None:
    """Sets or replaces a password."""
    db.execute("INSERT OR REPLACE INTO access_passwords (person, hash, at) VALUES (?, ?, ?)", [
        person, hashed, iso_utc(now),
    ])  # fmt: skip


def with_password(db: Database) -> frozenset[str]:
    """The ids of all who have a password."""
    return frozenset(str(row[0]) for row in db.execute("SELECT person FROM access_passwords"))


def keepers(db: Database) -> list[Person]:
    """The active administrators, in the order they came."""
    return [one for one in people.every(db) if one.disabled is None and OfficeRole.ADMIN in one.roles]


def begin(db: Database, session: Session, hashed: str) -> None:
    """A new session, found again by the hash of its secret."""
    db.execute(
        "INSERT INTO access_sessions (id, hash, person, csrf, created, seen, expires, address, agent) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            session.id, hashed, session.person.id, session.csrf, iso_utc(session.created), iso_utc(session.seen),
            iso_utc(session.expires), session.address, session.agent,
        ],
    )  # fmt: skip


def session(db: Database, hashed: str) -> Session | None:
    """The session of this secret, ended or not; None where there is none."""
    found = _sessions(db, "hash = ?", hashed)
    return found[0] if found else None


def sessions_of(db: Database, person: str) -> list[Session]:
    """All sessions of a person that were not ended, the latest used first."""
    return _sessions(db, "person = ?", person)


def _sessions(db: Database, where: str, value: str) -> list[Session]:
    rows = list(db.query(f"SELECT * FROM access_sessions WHERE {where} ORDER BY seen DESC, id", [value]))
    return [made for row in rows if (made := _session(row, people.get(db, row["person"])))]


def _session(row: dict[str, Any], person: Person | None) -> Session | None:
    if person is None:
        return None
    created, seen, expires = (datetime.fromisoformat(row[key]) for key in ("created", "seen", "expires"))
    return Session(
        id=row["id"], person=person, csrf=row["csrf"], created=created, seen=seen, expires=expires,
        address=row["address"], agent=row["agent"],
    )  # fmt: skip


def seen(db: Database, session: Session, now: datetime) -> Session:
    """The session was used."""
    db.execute("UPDATE access_sessions SET seen = ? WHERE id = ?", [iso_utc(now), session.id])
    return replace(session, seen=now)


def end(db: Database, ident: str) -> None:
    """The session is no more."""
    db.execute("DELETE FROM access_sessions WHERE id = ?", [ident])


def end_all(db: Database, person: str, but: str = "") -> int:
    """All sessions of the person end, except ``but``; returns how many did."""
    done = db.execute("DELETE FROM access_sessions WHERE person = ? AND id <> ?", [person, but])
    return done.rowcount


def drop_expired(db: Database, now: datetime) -> None:
    """What is past its latest end goes: addresses of people are not kept for nothing."""
    db.execute("DELETE FROM access_sessions WHERE expires <= ?", [iso_utc(now)])


def put_flash(db: Database, ident: str, text: str) -> None:
    """Keeps a message for the session's next page, in place of an earlier one."""
    db.execute("UPDATE access_sessions SET flash = ? WHERE id = ?", [text, ident])


def flash(db: Database, ident: str) -> str:
    """The message kept for the session; empty where there is none."""
    row = db.execute("SELECT flash FROM access_sessions WHERE id = ?", [ident]).fetchone()
    return str(row[0]) if row else ""


def knows(db: Database, hashed: str, person: str) -> bool:
    """Whether the person signed in on this device before."""
    row = db.execute("SELECT 1 FROM access_devices WHERE hash = ? AND person = ?", [hashed, person]).fetchone()
    return row is not None


def known(db: Database, hashed: str) -> bool:
    """Whether anybody signed in on this device before."""
    return db.execute("SELECT 1 FROM access_devices WHERE hash = ? LIMIT 1", [hashed]).fetchone() is not None


def know(db: Database, hashed: str, person: str, now: datetime) -> None:
    """The person signed in on this device; of his devices those used last stay known."""
    db.execute(
        "INSERT OR REPLACE INTO access_devices (hash, person, seen) VALUES (?, ?, ?)", [hashed, person, iso_utc(now)]
    )
    db.execute(
        "DELETE FROM access_devices WHERE person = ? AND hash NOT IN "
        "(SELECT hash FROM access_devices WHERE person = ? ORDER BY seen DESC LIMIT ?)",
        [person, person, _DEVICES],
    )


def put_token(db: Database, person: str, hashed: str, now: datetime) -> None:
    """A token, in place of the person's earlier one."""
    db.execute(
        "INSERT OR REPLACE INTO access_tokens (person, hash, created, used) VALUES (?, ?, ?, NULL)",
        [person, hashed, iso_utc(now)],
    )


def token(db: Database, *, hashed: str = "", person: str = "") -> Token | None:
    """The token of this hash, or of this person."""
    row = db.execute(
        "SELECT person, created, used FROM access_tokens WHERE "
        + ("hash = ?" if hashed else "person = ?"), [hashed or person],
    ).fetchone()  # fmt: skip
    if row is None:
        return None
    return Token(person=row[0], created=datetime.fromisoformat(row[1]), used=from_iso(row[2]))


def token_used(db: Database, person: str, now: datetime) -> None:
    """The token was used."""
    db.execute("UPDATE access_tokens SET used = ? WHERE person = ?", [iso_utc(now), person])


def end_token(db: Database, person: str) -> bool:
    """The person has no token any more; whether he had one."""
    return db.execute("DELETE FROM access_tokens WHERE person = ?", [person]).rowcount > 0


DAY = timedelta(days=1)


def failures(db: Database, key: str, what: str | None = None) -> tuple[int, int, datetime | None]:
    """Of the attempts kept under ``key`` (those on ``what`` where it is given): how many, on how many different things,
    and when the last one was."""
    row = db.execute(
        "SELECT sum(count), count(*), max(last) FROM access_failures WHERE key = ? AND what = ifnull(?, what)",
        [key, what],
    ).fetchone()
    return int(row[0] or 0), int(row[1]), from_iso(row[2])


def count_failure(db: Database, key: str, now: datetime, what: str = "") -> None:
    """One more attempt under ``key``, on ``what``."""
    db.execute(
        "INSERT INTO access_failures (key, what, count, last) VALUES (?, ?, 1, ?) "
        "ON CONFLICT (key, what) DO UPDATE SET count = count + 1, last = excluded.last",
        [key, what, iso_utc(now)],
    )


def forgive(db: Database, key: str, what: str | None = None) -> None:
    """Forgets the attempts under ``key``, or those of them on ``what``."""
    if what is None:
        db.execute("DELETE FROM access_failures WHERE key = ?", [key])
    else:
        db.execute("DELETE FROM access_failures WHERE key = ? AND what = ?", [key, what])


def forget_failures(db: Database, now: datetime) -> None:
    """Attempts older than a day, and those of a clock that was ahead."""
    db.execute("DELETE FROM access_failures WHERE last < ? OR last > ?", [iso_utc(now - DAY), iso_utc(now + DAY / 24)])
