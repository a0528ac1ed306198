"""Steps for the desk: people and bodies, triage, cases with their event log, cards, items entered by hand."""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run


@migrations()
def m007_people(db: Database) -> None:
    """Who acts: persons, the bodies they belong to, and who stands in for whom."""
    run(
        db,
        """CREATE TABLE units (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT NOT NULL DEFAULT '',
            aliases TEXT NOT NULL DEFAULT '[]', superior TEXT NOT NULL DEFAULT '', heading TEXT NOT NULL DEFAULT '',
            symbol TEXT NOT NULL DEFAULT '', place TEXT NOT NULL DEFAULT '', formula TEXT NOT NULL DEFAULT '',
            email TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '', starts TEXT, ends TEXT
        )""",
        """CREATE TABLE people (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, roles TEXT NOT NULL, unit TEXT NOT NULL DEFAULT '',
            title TEXT NOT NULL DEFAULT '', login TEXT UNIQUE, disabled TEXT
        )""",
        """CREATE TABLE stand_ins (
            id INTEGER PRIMARY KEY, absent TEXT NOT NULL REFERENCES people (id),
            person TEXT NOT NULL REFERENCES people (id), first TEXT NOT NULL, last TEXT NOT NULL
        )""",
    )


@migrations()
def m008_cases(db: Database) -> None:
    """Cases as documents with what is looked for beside them; the event log; numbers given to papers."""
    run(
        db,
        """CREATE TABLE triage (
            subject TEXT PRIMARY KEY, state TEXT NOT NULL, before TEXT NOT NULL, case_id TEXT NOT NULL DEFAULT '',
            "by" TEXT NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL DEFAULT ''
        )""",
        """CREATE TABLE cases (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, revision INTEGER NOT NULL, changed TEXT NOT NULL,
            changed_by TEXT NOT NULL, status TEXT NOT NULL, verdict TEXT, closing TEXT, opened TEXT NOT NULL,
            closed TEXT, restricted INTEGER NOT NULL DEFAULT 0, story TEXT NOT NULL DEFAULT '', doc BLOB NOT NULL
        )""",
        "CREATE INDEX cases_status ON cases (status, opened)",
        """CREATE TABLE case_articles (
            case_id TEXT NOT NULL REFERENCES cases (id), article TEXT NOT NULL, PRIMARY KEY (case_id, article)
        ) WITHOUT ROWID""",
        "CREATE INDEX case_articles_article ON case_articles (article)",
        """CREATE TABLE paper_numbers (
            issuer TEXT NOT NULL, number INTEGER NOT NULL, symbol TEXT NOT NULL, year INTEGER NOT NULL,
            case_id TEXT NOT NULL, paper TEXT NOT NULL, PRIMARY KEY (issuer, number, symbol, year)
        ) WITHOUT ROWID""",
        """CREATE TABLE arrival_numbers (
            number TEXT NOT NULL, year INTEGER NOT NULL, case_id TEXT NOT NULL, arrival TEXT NOT NULL,
            PRIMARY KEY (number, year)
        ) WITHOUT ROWID""",
        """CREATE TABLE events (
            n INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, case_id TEXT NOT NULL, action TEXT NOT NULL,
            thing TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, why TEXT NOT NULL, refs TEXT NOT NULL,
            on_behalf TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
        )""",
        "CREATE INDEX events_case ON events (case_id, n)",
        """CREATE TABLE anchors (
            id INTEGER PRIMARY KEY, kind TEXT NOT NULL, "where" TEXT NOT NULL, count INTEGER NOT NULL,
            hash TEXT NOT NULL, at TEXT NOT NULL
        )""",
        # The log only grows. Who can write the file can drop these too; the anchors are for that.
        """CREATE TRIGGER events_unchanged BEFORE UPDATE ON events
        BEGIN SELECT RAISE (ABORT, 'events are never changed'); END""",
        """CREATE TRIGGER events_kept BEFORE DELETE ON events
        BEGIN SELECT RAISE (ABORT, 'events are never removed'); END""",
    )


@migrations()
def m009_intake(db: Database) -> None:
    """Outlet cards by date, and what is known of items that were entered by hand."""
    run(
        db,
        """CREATE TABLE cards (
            id INTEGER PRIMARY KEY, outlet TEXT NOT NULL, valid_from TEXT NOT NULL, valid_to TEXT,
            doc BLOB NOT NULL, UNIQUE (outlet, valid_from)
        )""",
        """CREATE TABLE intake (
            article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            medium TEXT NOT NULL, at TEXT NOT NULL, "by" TEXT NOT NULL, doc BLOB NOT NULL
        )""",
    )
