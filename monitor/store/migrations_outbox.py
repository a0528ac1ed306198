"""The step for the outbox: messages that leave the office, and what they consist of."""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run


@migrations()
def m015_outbox(db: Database) -> None:
    """A message is a row; its texts and files stand apart by their hash, as one digest goes to many readers."""
    run(
        db,
        """CREATE TABLE outbox (
            n INTEGER PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, reader TEXT NOT NULL,
            channel TEXT NOT NULL, address TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL,
            html TEXT NOT NULL, attachments TEXT NOT NULL, internal INTEGER NOT NULL, urgent INTEGER NOT NULL,
            made TEXT NOT NULL, due TEXT NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, first_try TEXT,
            next_try TEXT, doubtful INTEGER NOT NULL, message_id TEXT NOT NULL UNIQUE, error TEXT NOT NULL,
            sent_at TEXT
        )""",
        # A reader has one message about one thing at an address, whoever asks for it how often.
        "CREATE UNIQUE INDEX outbox_once ON outbox (about, kind, reader, channel, address) WHERE about <> ''",
        "CREATE INDEX outbox_next ON outbox (next_try) WHERE next_try IS NOT NULL",
        "CREATE INDEX outbox_state ON outbox (state, n)",
        """CREATE TABLE outbox_bodies (
            sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, packed BLOB NOT NULL
        ) WITHOUT ROWID""",
    )
