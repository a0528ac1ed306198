"""The step for editions of the digest: drafts and approved ones, what each carried, who read it, who directed what."""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run


@migrations()
def m014_editions(db: Database) -> None:
    """An edition is one document, changed as a whole; what is looked for stands in columns and tables beside it.

    ``edition_prints`` holds what approved editions carried: it decides what a later one may carry still.
    """
    run(
        db,
        """CREATE TABLE editions (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, series TEXT NOT NULL, year INTEGER NOT NULL,
            number INTEGER NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL, state TEXT NOT NULL, approved TEXT,
            revision INTEGER NOT NULL, changed TEXT NOT NULL, changed_by TEXT NOT NULL, doc BLOB NOT NULL,
            UNIQUE (series, year, number)
        )""",
        "CREATE UNIQUE INDEX editions_draft ON editions (series) WHERE state = 'draft'",
        """CREATE INDEX editions_end ON editions (series, "end") WHERE state = 'approved'""",
        """CREATE TABLE edition_frozen (
            edition TEXT PRIMARY KEY REFERENCES editions (id), sha256 TEXT NOT NULL, doc BLOB NOT NULL
        )""",
        """CREATE TABLE edition_prints (
            edition TEXT NOT NULL REFERENCES editions (id), series TEXT NOT NULL, article TEXT NOT NULL,
            version TEXT NOT NULL, story TEXT NOT NULL DEFAULT '', item INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (edition, article)
        ) WITHOUT ROWID""",
        # A version stands once in a series, whatever the program believes.
        "CREATE UNIQUE INDEX edition_prints_version ON edition_prints (series, article, version)",
        "CREATE INDEX edition_prints_story ON edition_prints (series, story) WHERE story <> ''",
        """CREATE TABLE edition_reads (
            edition TEXT NOT NULL REFERENCES editions (id), person TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (edition, person)
        ) WITHOUT ROWID""",
        """CREATE TABLE edition_directions (
            id INTEGER PRIMARY KEY, edition TEXT NOT NULL REFERENCES editions (id), article TEXT NOT NULL,
            case_id TEXT NOT NULL, note TEXT NOT NULL, "by" TEXT NOT NULL, at TEXT NOT NULL
        )""",
        "CREATE INDEX edition_directions_edition ON edition_directions (edition)",
        # Frozen is frozen, also for a program that has a fault.
        """CREATE TRIGGER edition_frozen_unchanged BEFORE UPDATE ON edition_frozen
        BEGIN SELECT RAISE (ABORT, 'an approved edition is never changed'); END""",
        """CREATE TRIGGER edition_frozen_kept BEFORE DELETE ON edition_frozen
        BEGIN SELECT RAISE (ABORT, 'an approved edition is never removed'); END""",
        # What is asked whenever a draft is refreshed: what came out, was revised or corrected since.
        "CREATE INDEX articles_moment ON articles (COALESCE(published, found))",
        "CREATE INDEX revisions_replaced ON revisions (replaced)",
        "CREATE INDEX corrections_published_at ON corrections_published (at)",
        "CREATE INDEX cases_restricted ON cases (n) WHERE restricted = 1",
    )
