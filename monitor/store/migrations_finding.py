"""The step for finding: what lists and figures ask of articles and cases, in narrow rows kept true by triggers.

The row of an article holds its text, so that whatever stands behind the text costs a walk through the pages of it.
Lists, counts and filters read ``article_facts`` instead, and of cases ``case_heads`` and ``case_letters``.
"""

from __future__ import annotations

from sqlite_utils import Database

from monitor.store.steps import migrations, run
from monitor.text import fold

_FACTS = """INSERT INTO article_facts (n, id, at, day, outlet, relevance, tone, attention, topic, subject)
SELECT a.n, a.id, COALESCE(a.published, a.found),
    COALESCE(date(COALESCE(a.published, a.found), '+7 hours'), substr(COALESCE(a.published, a.found), 1, 10)),
    a.outlet, a.relevance, a.tone, a.attention,
    COALESCE((SELECT t.value FROM tags t WHERE t.article = a.id AND t.kind = 'topic' AND t.rank = 0), ''),
    COALESCE((SELECT m.story FROM story_members m WHERE m.article = a.id), a.id)
FROM articles a"""

_PLACES = """INSERT OR IGNORE INTO article_places (place, n, present)
SELECT COALESCE(t.present, t.value), f.n, 1 FROM tags t JOIN article_facts f ON f.id = t.article WHERE t.kind = 'place'
UNION ALL SELECT t.value, f.n, 0 FROM tags t JOIN article_facts f ON f.id = t.article WHERE t.kind = 'place'"""

_TOPICS = """INSERT OR IGNORE INTO article_topics (topic, n)
SELECT t.value, f.n FROM tags t JOIN article_facts f ON f.id = t.article WHERE t.kind = 'topic'"""

_HEAD = """INSERT INTO case_heads (case_id, title, topic, units, accused, allowed)
SELECT c.id, json_extract(c.j, '$.title'), json_extract(c.j, '$.topic'), json_extract(c.j, '$.units'),
    json_extract(c.j, '$.accused'), json_extract(c.j, '$.allowed')
FROM (SELECT id, CAST(doc AS TEXT) AS j FROM cases) c"""

_LETTERS = """INSERT OR IGNORE INTO case_letters
    (case_id, thing, incoming, number, sign, arrival, dated, subject, party)
SELECT c.id, json_extract(p.value, '$.id'), 0, json_extract(p.value, '$.number'),
    printf('%02d/%s', json_extract(p.value, '$.number'), json_extract(p.value, '$.symbol')), '',
    json_extract(p.value, '$.dated'), json_extract(p.value, '$.subject'), json_extract(p.value, '$.issuer')
FROM (SELECT id, CAST(doc AS TEXT) AS j FROM cases) c, json_each(c.j, '$.papers') p
WHERE json_extract(p.value, '$.number') IS NOT NULL
UNION ALL
SELECT c.id, json_extract(p.value, '$.id'), 1, CAST(json_extract(p.value, '$.sign') AS INTEGER),
    json_extract(p.value, '$.sign'), json_extract(p.value, '$.arrival_number'), json_extract(p.value, '$.dated'),
    json_extract(p.value, '$.subject'), json_extract(p.value, '$.sender')
FROM (SELECT id, CAST(doc AS TEXT) AS j FROM cases) c, json_each(c.j, '$.arrivals') p"""


@migrations()
def m013_finding(db: Database) -> None:
    """Narrow rows of articles and cases, saved filters, and who has what open."""
    _tables(db)
    run(db, _FACTS, _PLACES, _TOPICS, _HEAD, _LETTERS)
    titles = db.execute("SELECT n, title FROM articles WHERE title <> ''").fetchall()
    db.conn.executemany("UPDATE article_facts SET folded = ? WHERE n = ?", ((fold(title), n) for n, title in titles))
    _article_triggers(db)
    _case_triggers(db)


def _tables(db: Database) -> None:
    run(
        db,
        """CREATE TABLE article_facts (
            n INTEGER PRIMARY KEY REFERENCES articles (n) ON DELETE CASCADE, id TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL, day TEXT NOT NULL, outlet TEXT NOT NULL, relevance TEXT, tone TEXT,
            attention INTEGER NOT NULL DEFAULT 0, topic TEXT NOT NULL DEFAULT '', subject TEXT NOT NULL,
            folded TEXT NOT NULL DEFAULT ''
        )""",
        """CREATE INDEX article_facts_relevance
        ON article_facts (relevance, at, subject, outlet, attention, tone, topic, day, id)""",
        "CREATE INDEX article_facts_at ON article_facts (at)",
        "CREATE INDEX article_facts_outlet ON article_facts (outlet, at)",
        "CREATE INDEX article_facts_subject ON article_facts (subject)",
        # Without it, the story or article of an address is looked for in every row.
        "CREATE INDEX articles_url ON articles (url)",
        """CREATE TABLE article_places (
            place TEXT NOT NULL, n INTEGER NOT NULL REFERENCES article_facts (n) ON DELETE CASCADE,
            present INTEGER NOT NULL, PRIMARY KEY (place, n)
        ) WITHOUT ROWID""",
        "CREATE INDEX article_places_n ON article_places (n, present, place)",
        """CREATE TABLE article_topics (
            topic TEXT NOT NULL, n INTEGER NOT NULL REFERENCES article_facts (n) ON DELETE CASCADE,
            PRIMARY KEY (topic, n)
        ) WITHOUT ROWID""",
        "CREATE INDEX article_topics_n ON article_topics (n)",
        """CREATE TABLE case_heads (
            case_id TEXT PRIMARY KEY REFERENCES cases (id), title TEXT NOT NULL, topic TEXT NOT NULL,
            units TEXT NOT NULL, accused TEXT NOT NULL, allowed TEXT NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE case_letters (
            case_id TEXT NOT NULL REFERENCES cases (id), thing TEXT NOT NULL, incoming INTEGER NOT NULL,
            number INTEGER, sign TEXT NOT NULL, arrival TEXT NOT NULL, dated TEXT, subject TEXT NOT NULL,
            party TEXT NOT NULL, PRIMARY KEY (case_id, thing)
        ) WITHOUT ROWID""",
        "CREATE INDEX case_letters_number ON case_letters (number)",
        "CREATE INDEX case_letters_arrival ON case_letters (arrival)",
        """CREATE TABLE saved_filters (
            id INTEGER PRIMARY KEY, person TEXT NOT NULL REFERENCES people (id), page TEXT NOT NULL, name TEXT NOT NULL,
            query TEXT NOT NULL, UNIQUE (person, page, name)
        )""",
        """CREATE TABLE presence (
            thing TEXT NOT NULL, person TEXT NOT NULL REFERENCES people (id), since TEXT NOT NULL, seen TEXT NOT NULL,
            PRIMARY KEY (thing, person)
        ) WITHOUT ROWID""",
        "CREATE INDEX presence_seen ON presence (seen)",
    )


def _article_triggers(db: Database) -> None:
    moved = "UPDATE article_facts SET subject = COALESCE((SELECT story FROM story_members WHERE article = {0}), {0})"
    places = (
        "DELETE FROM article_places WHERE n = (SELECT n FROM article_facts WHERE id = {0}); "
        + _PLACES.replace("t.kind = 'place'", "t.kind = 'place' AND t.article = {0}")
        + ";"
    )
    run(
        db,
        f"CREATE TRIGGER article_facts_new AFTER INSERT ON articles BEGIN {_FACTS} WHERE a.n = NEW.n; END",
        """CREATE TRIGGER article_facts_changed AFTER UPDATE OF published, found, outlet, relevance, tone, attention
        ON articles BEGIN
            UPDATE article_facts SET at = COALESCE(NEW.published, NEW.found),
                day = COALESCE(date(COALESCE(NEW.published, NEW.found), '+7 hours'),
                    substr(COALESCE(NEW.published, NEW.found), 1, 10)),
                outlet = NEW.outlet, relevance = NEW.relevance, tone = NEW.tone, attention = NEW.attention
            WHERE n = NEW.n;
        END""",
        f"""CREATE TRIGGER article_topics_new AFTER INSERT ON tags WHEN NEW.kind = 'topic'
        BEGIN {_TOPICS} AND t.article = NEW.article AND t.value = NEW.value; END""",
        """CREATE TRIGGER article_topics_gone AFTER DELETE ON tags WHEN OLD.kind = 'topic'
        BEGIN
            DELETE FROM article_topics
            WHERE topic = OLD.value AND n = (SELECT n FROM article_facts WHERE id = OLD.article);
        END""",
        """CREATE TRIGGER article_facts_topic AFTER INSERT ON tags WHEN NEW.kind = 'topic' AND NEW.rank = 0
        BEGIN UPDATE article_facts SET topic = NEW.value WHERE id = NEW.article; END""",
        """CREATE TRIGGER article_facts_no_topic AFTER DELETE ON tags WHEN OLD.kind = 'topic' AND OLD.rank = 0
        BEGIN UPDATE article_facts SET topic = '' WHERE id = OLD.article; END""",
        f"""CREATE TRIGGER article_places_new AFTER INSERT ON tags WHEN NEW.kind = 'place'
        BEGIN {places.format("NEW.article")} END""",
        f"""CREATE TRIGGER article_places_gone AFTER DELETE ON tags WHEN OLD.kind = 'place'
        BEGIN {places.format("OLD.article")} END""",
        f"""CREATE TRIGGER article_facts_story AFTER INSERT ON story_members
        BEGIN {moved.format("NEW.article")} WHERE id = NEW.article; END""",
        f"""CREATE TRIGGER article_facts_other_story AFTER UPDATE OF story, article ON story_members
        BEGIN {moved.format("NEW.article")} WHERE id = NEW.article; END""",
        f"""CREATE TRIGGER article_facts_no_story AFTER DELETE ON story_members
        BEGIN {moved.format("OLD.article")} WHERE id = OLD.article; END""",
    )


def _case_triggers(db: Database) -> None:
    fill = (
        _HEAD.replace("FROM cases)", "FROM cases WHERE id = NEW.id)")
        + "; "
        + _LETTERS.replace("FROM cases)", "FROM cases WHERE id = NEW.id)")
        + ";"
    )
    run(
        db,
        f"CREATE TRIGGER case_heads_new AFTER INSERT ON cases BEGIN {fill} END",
        f"""CREATE TRIGGER case_heads_changed AFTER UPDATE OF doc ON cases BEGIN
            DELETE FROM case_heads WHERE case_id = NEW.id; DELETE FROM case_letters WHERE case_id = NEW.id; {fill}
        END""",
    )
