"""How the database came to be: append-only steps. A step that has left the house is never edited.

tests/store compares a fresh database with one migrated from every earlier step.
"""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run


@migrations()
def m001_sources(db: Database) -> None:
    """What is remembered of sources and hosts between two looks, and the hours that may be missing."""
    run(
        db,
        """CREATE TABLE outlets (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL, province TEXT
        )""",
        """CREATE TABLE fetch_state (
            source TEXT PRIMARY KEY, status TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '',
            etag TEXT NOT NULL DEFAULT '', modified TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL DEFAULT '',
            entries INTEGER NOT NULL DEFAULT 0, newest TEXT, checked TEXT, next TEXT,
            failures INTEGER NOT NULL DEFAULT 0
        )""",
        """CREATE TABLE hosts (
            host TEXT PRIMARY KEY, hold_until TEXT, robots TEXT, robots_read TEXT
        )""",
        """CREATE TABLE gaps (
            id INTEGER PRIMARY KEY, source TEXT NOT NULL, start TEXT NOT NULL, "end" TEXT NOT NULL,
            found TEXT NOT NULL, closed INTEGER NOT NULL DEFAULT 0, UNIQUE (source, start, "end")
        )""",
    )


@migrations()
def m002_articles(db: Database) -> None:
    """Articles, their other addresses, earlier versions, tags with evidence, mentions and snapshots."""
    run(
        db,
        """CREATE TABLE articles (
            n INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            url TEXT, url_key TEXT UNIQUE,
            outlet TEXT NOT NULL, source TEXT,
            title TEXT NOT NULL DEFAULT '', lead TEXT NOT NULL DEFAULT '', text TEXT NOT NULL DEFAULT '',
            authors TEXT NOT NULL DEFAULT '[]',
            published TEXT, guessed INTEGER NOT NULL DEFAULT 0, modified TEXT, found TEXT NOT NULL, fetched TEXT,
            completeness TEXT NOT NULL, page_hash TEXT NOT NULL DEFAULT '',
            entry_hash TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0, next_try TEXT,
            problem TEXT NOT NULL DEFAULT '',
            relevance TEXT, tone TEXT, attention INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX articles_published ON articles (published)",
        "CREATE INDEX articles_source ON articles (source, published)",
        "CREATE INDEX articles_relevance ON articles (relevance, published)",
        "CREATE INDEX articles_due ON articles (next_try) WHERE next_try IS NOT NULL",
        """CREATE TABLE aliases (
            url_key TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE
        )""",
        """CREATE TABLE revisions (
            id INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            replaced TEXT NOT NULL, title TEXT NOT NULL, lead TEXT NOT NULL, text TEXT NOT NULL
        )""",
        "CREATE INDEX revisions_article ON revisions (article)",
        """CREATE TABLE tags (
            article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            kind TEXT NOT NULL, value TEXT NOT NULL, rank INTEGER NOT NULL DEFAULT 0,
            score REAL NOT NULL DEFAULT 0, present TEXT, evidence TEXT NOT NULL DEFAULT '[]',
            PRIMARY KEY (article, kind, value)
        ) WITHOUT ROWID""",
        "CREATE INDEX tags_value ON tags (kind, value)",
        """CREATE TABLE mentions (
            article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, rule TEXT NOT NULL
        )""",
        "CREATE INDEX mentions_article ON mentions (article)",
        """CREATE TABLE snapshots (
            id INTEGER PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
            url TEXT NOT NULL, fetched TEXT NOT NULL, sha256 TEXT NOT NULL,
            headers BLOB NOT NULL, body BLOB NOT NULL, UNIQUE (article, sha256)
        )""",
    )


@migrations()
def m003_search(db: Database) -> None:
    """Full text: as written (tone marks in one spelling) and folded, because FTS5 never folds đ."""
    run(
        db,
        """CREATE VIRTUAL TABLE article_fts USING fts5 (
            title, text, folded, tokenize = "unicode61 remove_diacritics 0"
        )""",
    )


@migrations()
def m004_stories(db: Database) -> None:
    """Stories: what is due to be compared, the index of sketches, members, follow-ups, and people's decisions.

    Triggers fill the queue, so that no way of writing an article can forget it.
    """
    ours = "IN ('union', 'labour', 'foreign')"
    run(
        db,
        "CREATE TABLE story_due (article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE) WITHOUT ROWID",
        """CREATE TABLE story_prints (
            hash INTEGER NOT NULL, at INTEGER NOT NULL,
            n INTEGER NOT NULL REFERENCES articles (n) ON DELETE CASCADE,
            PRIMARY KEY (hash, at, n)
        ) WITHOUT ROWID""",
        "CREATE INDEX story_prints_article ON story_prints (n)",
        "CREATE TABLE stories (id TEXT PRIMARY KEY, first TEXT, made TEXT NOT NULL, merged_into TEXT)",
        "CREATE INDEX stories_merged ON stories (merged_into) WHERE merged_into IS NOT NULL",
        """CREATE TABLE story_members (
            article TEXT PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
            story TEXT NOT NULL REFERENCES stories (id),
            state TEXT NOT NULL, "by" TEXT NOT NULL DEFAULT '', at TEXT NOT NULL, evidence TEXT
        ) WITHOUT ROWID""",
        "CREATE INDEX story_members_story ON story_members (story)",
        """CREATE TABLE story_follow_ups (
            story TEXT NOT NULL, "of" TEXT NOT NULL,
            state TEXT NOT NULL, "by" TEXT NOT NULL DEFAULT '', at TEXT NOT NULL, evidence TEXT,
            PRIMARY KEY (story, "of")
        ) WITHOUT ROWID""",
        'CREATE INDEX story_follow_ups_of ON story_follow_ups ("of")',
        """CREATE TABLE story_decisions (
            id INTEGER PRIMARY KEY, action TEXT NOT NULL, story TEXT NOT NULL, "by" TEXT NOT NULL, at TEXT NOT NULL,
            undone TEXT
        )""",
        """CREATE TABLE story_verdicts (
            decision INTEGER NOT NULL REFERENCES story_decisions (id), relation TEXT NOT NULL,
            article TEXT NOT NULL, other TEXT NOT NULL, together INTEGER NOT NULL,
            PRIMARY KEY (article, other, relation, decision)
        ) WITHOUT ROWID""",
        "CREATE INDEX story_verdicts_other ON story_verdicts (other)",
        "CREATE INDEX story_verdicts_decision ON story_verdicts (decision)",
        f"""CREATE TRIGGER story_due_changed AFTER UPDATE OF title, lead, text, published, relevance ON articles
        WHEN (NEW.relevance {ours} OR OLD.relevance {ours}) AND (
            NEW.title IS NOT OLD.title OR NEW.lead IS NOT OLD.lead OR NEW.text IS NOT OLD.text
            OR NEW.published IS NOT OLD.published OR NEW.relevance IS NOT OLD.relevance)
        BEGIN INSERT OR IGNORE INTO story_due (article) VALUES (NEW.id); END""",
        """CREATE TRIGGER story_due_gone BEFORE DELETE ON articles
        BEGIN INSERT OR IGNORE INTO story_due (article) SELECT m.article FROM story_members m WHERE m.article <> OLD.id
            AND m.story = (SELECT story FROM story_members WHERE article = OLD.id); END""",
        f"INSERT INTO story_due (article) SELECT id FROM articles WHERE relevance {ours}",
    )


@migrations()
def m005_claims(db: Database) -> None:
    """Which other addresses are only a page's word, and may turn out to be another article's."""
    run(db, "ALTER TABLE aliases ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0")


@migrations()
def m006_corrections(db: Database) -> None:
    """What people said of readings, and how far the last run of the rules over the archive came.

    No cascade: a person's word does not go with an article that turns out to be another one.
    """
    run(
        db,
        """CREATE TABLE corrections (
            id INTEGER PRIMARY KEY, article TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
            "by" TEXT NOT NULL, at TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', undone TEXT, undone_by TEXT
        )""",
        "CREATE INDEX corrections_article ON corrections (article)",
        """CREATE TABLE retag_runs (
            one INTEGER PRIMARY KEY CHECK (one = 1), fingerprint TEXT NOT NULL, after INTEGER NOT NULL DEFAULT 0,
            last INTEGER NOT NULL, started TEXT NOT NULL, report TEXT NOT NULL DEFAULT '{}'
        )""",
    )
