"""Steps for the watch: pages looked at again, their looks and changes, notices of correction."""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run


@migrations()
def m011_watch(db: Database) -> None:
    """Pages, why they are watched, every look, every change, and what outlets published as corrections.

    No cascade from articles: what happened to a page stays known when its article turns out to be another one.
    """
    run(
        db,
        """CREATE TABLE watch_pages (
            id INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, url TEXT NOT NULL, outlet TEXT NOT NULL,
            next TEXT, looks INTEGER NOT NULL DEFAULT 0, looked TEXT, step INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL, status TEXT, detail TEXT NOT NULL DEFAULT '',
            base TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL DEFAULT '', pending TEXT NOT NULL DEFAULT '{}'
        )""",
        "CREATE INDEX watch_pages_next ON watch_pages (next) WHERE next IS NOT NULL",
        """CREATE TABLE watch_reasons (
            page INTEGER NOT NULL REFERENCES watch_pages (id), reason TEXT NOT NULL, "case" TEXT NOT NULL DEFAULT '',
            since TEXT NOT NULL, until TEXT, closed TEXT, due TEXT, PRIMARY KEY (page, reason, "case")
        ) WITHOUT ROWID""",
        """CREATE INDEX watch_reasons_case ON watch_reasons ("case") WHERE "case" <> ''""",
        """CREATE TABLE watch_looks (
            id INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES watch_pages (id), at TEXT NOT NULL,
            status TEXT NOT NULL, outcome TEXT NOT NULL, code INTEGER NOT NULL DEFAULT 0,
            detail TEXT NOT NULL DEFAULT '', final_url TEXT NOT NULL DEFAULT '', sha256 TEXT NOT NULL DEFAULT '',
            digest TEXT NOT NULL DEFAULT ''
        )""",
        "CREATE INDEX watch_looks_page ON watch_looks (page, at)",
        """CREATE TABLE watch_changes (
            id INTEGER PRIMARY KEY, page INTEGER NOT NULL REFERENCES watch_pages (id), article TEXT NOT NULL,
            url TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, told TEXT NOT NULL,
            before TEXT NOT NULL DEFAULT '', after TEXT NOT NULL DEFAULT '',
            before_sha TEXT NOT NULL DEFAULT '', after_sha TEXT NOT NULL DEFAULT '', diff TEXT NOT NULL DEFAULT '',
            mark TEXT NOT NULL DEFAULT '', correction TEXT,
            accepted INTEGER, "by" TEXT NOT NULL DEFAULT '', decided TEXT
        )""",
        "CREATE INDEX watch_changes_article ON watch_changes (article)",
        "CREATE UNIQUE INDEX watch_changes_mark ON watch_changes (page, kind, mark) WHERE mark <> ''",
        """CREATE TABLE corrections_published (
            id INTEGER PRIMARY KEY, article TEXT NOT NULL, date TEXT NOT NULL, "where" TEXT NOT NULL,
            change INTEGER UNIQUE REFERENCES watch_changes (id), "by" TEXT NOT NULL, at TEXT NOT NULL
        )""",
        "CREATE INDEX corrections_published_article ON corrections_published (article)",
        """CREATE TABLE watch_notice_pages (
            outlet TEXT NOT NULL, url TEXT NOT NULL, found TEXT NOT NULL, next TEXT, checked TEXT,
            status TEXT, detail TEXT NOT NULL DEFAULT '', failures INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (outlet, url)
        ) WITHOUT ROWID""",
        """CREATE TABLE watch_notices (
            id INTEGER PRIMARY KEY, outlet TEXT NOT NULL, url TEXT NOT NULL, url_key TEXT NOT NULL, found TEXT NOT NULL,
            published TEXT, title TEXT NOT NULL DEFAULT '',
            lines TEXT NOT NULL DEFAULT '[]', links TEXT NOT NULL DEFAULT '[]', mark TEXT NOT NULL DEFAULT '',
            UNIQUE (outlet, url_key, mark)
        )""",
    )
