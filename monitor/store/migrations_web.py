"""Steps for the web desk: who signs in, with what, from where."""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run


@migrations()
def m012_access(db: Database) -> None:
    """Passwords, sessions, known devices, failed attempts, tokens and one-time links; of every secret its hash."""
    run(
        db,
        """CREATE TABLE access_passwords (
            person TEXT PRIMARY KEY REFERENCES people (id), hash TEXT NOT NULL, at TEXT NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE access_sessions (
            id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL REFERENCES people (id),
            csrf TEXT NOT NULL, created TEXT NOT NULL, seen TEXT NOT NULL, expires TEXT NOT NULL,
            address TEXT NOT NULL DEFAULT '', agent TEXT NOT NULL DEFAULT '', flash TEXT NOT NULL DEFAULT ''
        ) WITHOUT ROWID""",
        "CREATE INDEX access_sessions_person ON access_sessions (person)",
        "CREATE INDEX access_sessions_expires ON access_sessions (expires)",
        """CREATE TABLE access_devices (
            hash TEXT NOT NULL, person TEXT NOT NULL REFERENCES people (id), seen TEXT NOT NULL,
            PRIMARY KEY (hash, person)
        ) WITHOUT ROWID""",
        "CREATE INDEX access_devices_person ON access_devices (person, seen)",
        """CREATE TABLE access_failures (
            key TEXT NOT NULL, what TEXT NOT NULL DEFAULT '', count INTEGER NOT NULL, last TEXT NOT NULL,
            PRIMARY KEY (key, what)
        ) WITHOUT ROWID""",
        "CREATE INDEX access_failures_last ON access_failures (last)",
        """CREATE TABLE access_tokens (
            person TEXT PRIMARY KEY REFERENCES people (id), hash TEXT NOT NULL UNIQUE, created TEXT NOT NULL, used TEXT
        ) WITHOUT ROWID""",
        """CREATE TABLE access_links (
            hash TEXT PRIMARY KEY, kind TEXT NOT NULL, made TEXT NOT NULL, expires TEXT NOT NULL,
            "by" TEXT NOT NULL DEFAULT '', person TEXT NOT NULL DEFAULT '', "case" TEXT NOT NULL DEFAULT '',
            assignment TEXT NOT NULL DEFAULT ''
        ) WITHOUT ROWID""",
    )
