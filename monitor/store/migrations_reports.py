"""The steps for what the office reports: its own reports as papers, its units' reports, and alerts."""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run


@migrations()
def m016_reports(db: Database) -> None:
    """What officers wrote in a period's report, and the reports that were issued, frozen in every form.

    A period is its two days, for "2026H1" means others where the office counts half-years as the state does.
    """
    run(
        db,
        """CREATE TABLE report_passages (
            id INTEGER PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, part TEXT NOT NULL, text TEXT,
            based_on TEXT NOT NULL, "by" TEXT NOT NULL, at TEXT NOT NULL
        )""",
        "CREATE INDEX report_passages_period ON report_passages (first, last, part)",
        """CREATE TABLE reports (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, first TEXT NOT NULL, last TEXT NOT NULL,
            version INTEGER NOT NULL, issued TEXT NOT NULL, sha256 TEXT NOT NULL, doc BLOB NOT NULL,
            UNIQUE (first, last, version)
        )""",
        "CREATE INDEX reports_issued ON reports (issued)",
        """CREATE TABLE report_files (
            report TEXT NOT NULL REFERENCES reports (id), form TEXT NOT NULL, sha256 TEXT NOT NULL,
            size INTEGER NOT NULL, packed BLOB NOT NULL, PRIMARY KEY (report, form)
        )""",
        # Frozen is frozen, also for a program that has a fault.
        """CREATE TRIGGER reports_unchanged BEFORE UPDATE ON reports
        BEGIN SELECT RAISE (ABORT, 'an issued report is never changed'); END""",
        """CREATE TRIGGER reports_kept BEFORE DELETE ON reports
        BEGIN SELECT RAISE (ABORT, 'an issued report is never removed'); END""",
        """CREATE TRIGGER report_files_unchanged BEFORE UPDATE ON report_files
        BEGIN SELECT RAISE (ABORT, 'an issued report is never changed'); END""",
        """CREATE TRIGGER report_files_kept BEFORE DELETE ON report_files
        BEGIN SELECT RAISE (ABORT, 'an issued report is never removed'); END""",
        "CREATE INDEX events_action ON events (action)",
    )


@migrations()
def m017_unit_reports(db: Database) -> None:
    """A unit's report on a period is one document, changed as a whole; the workbooks it came in are kept."""
    run(
        db,
        """CREATE TABLE unit_reports (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, unit TEXT NOT NULL, first TEXT NOT NULL,
            last TEXT NOT NULL, state TEXT NOT NULL, submitted TEXT, revision INTEGER NOT NULL,
            changed TEXT NOT NULL, changed_by TEXT NOT NULL, doc BLOB NOT NULL, UNIQUE (unit, first, last)
        )""",
        "CREATE INDEX unit_reports_period ON unit_reports (first, last)",
        """CREATE TABLE unit_report_books (
            sha256 TEXT PRIMARY KEY, report TEXT NOT NULL REFERENCES unit_reports (id), name TEXT NOT NULL,
            at TEXT NOT NULL, "by" TEXT NOT NULL, size INTEGER NOT NULL, packed BLOB NOT NULL
        )""",
    )


@migrations()
def m018_alerts(db: Database) -> None:
    """One event is one alert: what it is about is its key; which items it has told of stand beside it."""
    run(
        db,
        """CREATE TABLE alerts (
            n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
            state TEXT NOT NULL, made TEXT NOT NULL, changed TEXT NOT NULL, doc BLOB NOT NULL
        )""",
        "CREATE INDEX alerts_state ON alerts (state, n)",
        """CREATE TABLE alert_items (
            alert TEXT NOT NULL REFERENCES alerts (id), article TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (alert, article)
        ) WITHOUT ROWID""",
        "CREATE INDEX alert_items_article ON alert_items (article)",
        """CREATE TABLE alert_marks (
            name TEXT PRIMARY KEY, value TEXT NOT NULL
        ) WITHOUT ROWID""",
    )
