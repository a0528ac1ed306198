"""The step for evidence: files once by their hash, what they are evidence of, and what could not be had."""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run


@migrations()
def m010_evidence(db: Database) -> None:
    """Evidence beside its bodies, so that one file in two cases is stored once. AUTOINCREMENT never reuses a number."""
    run(
        db,
        """CREATE TABLE evidence_bodies (
            n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, packed INTEGER NOT NULL,
            body BLOB NOT NULL
        )""",
        """CREATE TABLE evidence (
            n INTEGER PRIMARY KEY AUTOINCREMENT, case_id TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL,
            name TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL REFERENCES evidence_bodies (sha256),
            taken TEXT NOT NULL, "by" TEXT NOT NULL, article TEXT, url TEXT NOT NULL DEFAULT '',
            note TEXT NOT NULL DEFAULT '', bailiff_office TEXT, bailiff_number TEXT, bailiff_dated TEXT
        )""",
        "CREATE INDEX evidence_case ON evidence (case_id, sha256)",
        "CREATE INDEX evidence_article ON evidence (article) WHERE article IS NOT NULL",
        """CREATE TABLE evidence_missing (
            id INTEGER PRIMARY KEY, case_id TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL, article TEXT,
            url TEXT NOT NULL DEFAULT '', at TEXT NOT NULL, status TEXT, detail TEXT NOT NULL DEFAULT ''
        )""",
        "CREATE INDEX evidence_missing_case ON evidence_missing (case_id)",
    )
