"""The narrow rows stay true to the tables they are made of, whatever is done to those; and a migration fills them."""

from __future__ import annotations

import random
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_making import FULL, NOW, UNION, announce, entry, ident, reading

from monitor.model.story import LinkState
from monitor.model.tag import Relevance, Tagging
from monitor.store import articles, stories, tags
from monitor.store.db import opened
from monitor.store.migrations import migrations
from monitor.text import fold

FACTS = """SELECT a.n, a.id, COALESCE(a.published, a.found), a.outlet, a.relevance, a.tone, a.attention,
COALESCE((SELECT value FROM tags t WHERE t.article = a.id AND kind = 'topic' AND rank = 0), ''),
COALESCE((SELECT story FROM story_members m WHERE m.article = a.id), a.id) FROM articles a ORDER BY n"""


def true_to(db: Database) -> None:
    kept = db.execute(
        "SELECT n, id, at, outlet, relevance, tone, attention, topic, subject FROM article_facts ORDER BY n"
    ).fetchall()
    assert kept == db.execute(FACTS).fetchall()
    titles = db.execute("SELECT a.title, f.folded FROM articles a JOIN article_facts f ON f.n = a.n").fetchall()
    assert all(folded == fold(title) for title, folded in titles)
    said = db.execute(
        "SELECT f.n, value, present FROM tags t JOIN article_facts f ON f.id = article WHERE kind = 'place'"
    )
    places = {(place, n) for n, value, present in said.fetchall() for place in (value, present)}
    assert set(db.execute("SELECT place, n FROM article_places").fetchall()) == places
    topics = db.execute("SELECT value, f.n FROM tags t JOIN article_facts f ON f.id = article WHERE kind = 'topic'")
    assert set(db.execute("SELECT topic, n FROM article_topics").fetchall()) == set(topics.fetchall())


@pytest.mark.parametrize("seed", range(4))
def test_narrow_rows_follow_whatever_is_done(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    with opened(tmp_path / "monitor.db") as db:
        for _ in range(120):
            n = rng.randint(1, 15)
            here = db.execute("SELECT 1 FROM articles WHERE id = ?", [ident(n)]).fetchone()
            read = rng.choice([FULL, UNION, Tagging(relevance=Relevance.NONE)])
            act = rng.randint(0, 5) if here else 0
            if act == 0:
                announce(db, entry(n, title=f"Tin đổi {rng.random()}"), tagging=read)
            elif act == 1:
                articles.read(db, ident(n), reading(n, tagging=read, published=NOW - timedelta(hours=n)))
            elif act == 2:
                with db.atomic():
                    tags.replace(db, ident(n), read)
            elif act == 3:
                with db.atomic():
                    tale = stories.found(db, ident(n), NOW)
                    stories.put(db, ident(n), tale, state=LinkState.PROPOSED, by="", evidence=None, now=NOW)
            elif act == 4:
                with db.atomic():
                    stories.leave(db, ident(n))
            else:
                with db.atomic():
                    db.execute("DELETE FROM articles WHERE id = ?", [ident(n)])
        true_to(db)


def test_days_are_those_of_the_office(tmp_path: Path) -> None:
    with opened(tmp_path / "monitor.db") as db:
        announce(db, entry(1, published=NOW.replace(hour=16, minute=59)), entry(2, published=NOW.replace(hour=17)))
        assert db.execute("SELECT day FROM article_facts ORDER BY n").fetchall() == [("2026-11-08",), ("2026-11-09",)]


def test_an_older_database_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "monitor.db"
    old = Database(sqlite3.connect(path))
    migrations.apply(old, stop_before="m013_finding")
    old.execute(
        "INSERT INTO articles (id, outlet, title, published, found, completeness, relevance) VALUES "
        "('a1', 'bao', 'Đình công', ?, ?, 'page', 'union')",
        [NOW.isoformat(), NOW.isoformat()],
    )
    old.execute("INSERT INTO tags (article, kind, value, present) VALUES ('a1', 'place', 'Yên Bái', 'Lào Cai')")
    old.execute("INSERT INTO tags (article, kind, value) VALUES ('a1', 'topic', 'T06')")
    old.close()
    with opened(path) as db:
        true_to(db)
        assert db.execute("SELECT topic, folded FROM article_facts").fetchall() == [("T06", "dinh cong")]
        assert len(db.execute("SELECT * FROM article_places").fetchall()) == 2
