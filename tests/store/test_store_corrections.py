"""What people said of readings: kept, laid over whatever the machine says later, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_making import FULL, NONE, NOW, UNION, announce, entry, ident, only, reading

from monitor.clock import iso_utc
from monitor.model.correction import CORRECTION, Correction, Field
from monitor.model.tag import Evidence, Organisation, Relevance, Role, Tagging, Tone
from monitor.store import articles, corrections, retagging, tags
from monitor.store.db import opened


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "monitor.db") as made:
        yield made


def said(db: Database, field: Field, *values: str, n: int = 1, by: str = "Hạnh") -> Correction:
    with db.atomic():
        word = corrections.record(db, Correction(article=ident(n), field=field, values=values, by=by, at=NOW))
        tags.replace(db, ident(n), tags.load(db, [ident(n)])[ident(n)])
        return word


def tagging(db: Database) -> Tagging:
    found = only(db).tagging
    assert found is not None
    return found


def test_a_word_wins_over_a_page_that_is_read_again_and_says_who(db: Database) -> None:
    announce(db, entry(1))
    said(db, Field.TONE, "neg")
    said(db, Field.TOPICS, "T06", "T03")
    articles.read(db, ident(1), reading(1, tagging=FULL))
    found = tagging(db)
    assert found.tone is Tone.NEG
    assert found.tone_evidence[0] == Evidence(rule=CORRECTION, text="Hạnh")
    assert [t.id for t in found.topics] == ["T06", "T03"]
    assert found.topics[0].score == 7.8
    assert found.places == FULL.places


def test_the_latest_word_holds_and_the_one_before_when_it_is_taken_back(db: Database) -> None:
    announce(db, entry(1))
    said(db, Field.PLACES, "Yên Bái")
    later = said(db, Field.PLACES, "Cao Bằng", by="Lan")
    assert [p.name for p in tagging(db).places] == ["Cao Bằng"]
    corrections.undo(db, later.id, "Lan", NOW)
    tags.replace(db, ident(1), UNION)
    (place,) = tagging(db).places
    assert (place.name, place.present) == ("Yên Bái", "Lào Cai")
    assert [w.undone is None for w in corrections.history(db, ident(1))] == [True, False]


def test_laying_over_twice_changes_nothing(db: Database) -> None:
    announce(db, entry(1), tagging=FULL)
    for field, value in ((Field.TONE, "pos"), (Field.ATTENTION, "false"), (Field.TOPICS, "T01")):
        said(db, field, value)
    once = corrections.laid_over(db, ident(1), FULL)
    assert corrections.laid_over(db, ident(1), once) == once
    assert tagging(db) == once


def test_an_article_said_to_be_irrelevant_loses_its_tags_and_not_its_text_until_it_is_read_again(db: Database) -> None:
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1, tagging=FULL))
    said(db, Field.RELEVANCE, "none")
    found = only(db)
    assert found.tagging is not None
    assert (found.tagging.relevance, found.tagging.topics, found.tagging.tone) == (Relevance.NONE, (), None)
    assert found.text == "Toàn văn số 1"
    articles.read(db, ident(1), reading(1, tagging=FULL))
    assert only(db).text == ""
    assert db.execute("SELECT text FROM revisions").fetchone()[0] == "Toàn văn số 1"


def test_an_article_said_to_be_about_unions_keeps_its_text_when_its_page_comes(db: Database) -> None:
    announce(db, entry(1), tagging=NONE)
    said(db, Field.RELEVANCE, "union")
    articles.read(db, ident(1), reading(1, tagging=NONE))
    found = only(db)
    assert found.text == "Toàn văn số 1"
    assert found.tagging is not None
    assert (found.tagging.relevance, found.tagging.tone) == (Relevance.UNION, Tone.NEU)


def test_what_was_said_of_an_article_goes_with_it_when_it_turns_out_to_be_another(db: Database) -> None:
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1))
    twin = entry(2, title="Tin số 1", published=NOW - timedelta(minutes=1))
    announce(db, twin, source="other/1")
    said(db, Field.TONE, "neg", n=2)
    key = db.execute("SELECT url_key FROM articles WHERE id = ?", [ident(1)]).fetchone()[0]
    again = replace(reading(1), other_keys=(key,))
    articles.read(db, ident(2), again)
    assert only(db).id == ident(1)
    assert tagging(db).tone is Tone.NEG


def test_a_person_may_say_that_a_tone_does_not_apply(db: Database) -> None:
    announce(db, entry(1), tagging=FULL)
    said(db, Field.TONE)
    assert tagging(db).tone is None


def test_organisations_come_back_as_they_were_stored(db: Database) -> None:
    body = Organisation(
        name="LĐLĐ tỉnh Lào Cai",
        kind="province",
        role=Role.ACTOR,
        start=3,
        end=20,
        text="LĐLĐ tỉnh Lào Cai",
        parent="central",
        province="Lào Cai",
        until="2030-01-01",
    )
    other = Organisation(name="Công đoàn phường A", kind="commune", role=Role.PASSING, start=0, end=2, text="CĐ")
    announce(db, entry(1), tagging=replace(FULL, organisations=(body, other)))
    assert tagging(db).organisations == (body, other)


def test_a_page_is_marked_due_only_where_there_is_an_address(db: Database) -> None:
    announce(db, entry(1), tagging=NONE)
    articles.read(db, ident(1), reading(1, tagging=NONE))
    retagging.mark_due(db, ident(1), NOW)
    assert db.execute("SELECT next_try, tries FROM articles").fetchone() == (iso_utc(NOW), 0)
    db.execute("UPDATE articles SET url = NULL, next_try = NULL")
    retagging.mark_due(db, ident(1), NOW)
    assert db.execute("SELECT next_try FROM articles").fetchone() == (None,)
