"""Clustering over a store: what is due, what people decide, what is exported and printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from stories.story_making import LEAD, PARAGRAPHS, TEXT, TITLE, article, later, prose, tags

from monitor.cli.main import commands
from monitor.config import Home
from monitor.errors import UsageError
from monitor.jobs import deciding
from monitor.jobs.cluster import cluster, place_due
from monitor.jobs.exporting import export_stories
from monitor.model.article import Article
from monitor.model.source import Level, Outlet, OutletKind
from monitor.model.story import LinkState, Story
from monitor.report.reprints import grouped
from monitor.store import articles, prints
from monitor.store import sources as outlets
from monitor.store import stories as store
from monitor.store.db import Database, open_database

COPY = article("a2", title="Nóng: " + TITLE, lead="", text="\n".join(PARAGRAPHS[:3]), published=later(hours=2))
OTHER = article("a3", title="Chuyện khác hẳn", lead="", text=prose(9), published=later(hours=3))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(root=tmp_path)


@pytest.fixture
def db(home: Home) -> Iterator[Database]:
    made = open_database(home.database)
    yield made
    made.close()


def stored(db: Database, *found: Article) -> None:
    with db.atomic():
        for item in found:
            assert articles.put_imported(db, item, item.url)
    place_due(db)


def story(db: Database, ident: str) -> Story:
    return store.load(db, [store.story_of(db, [ident])[ident]])[0]


def ids(told: Story) -> list[str]:
    return [member.article.id for member in told.members]


def test_copies_are_one_story_and_another_text_its_own(db: Database) -> None:
    stored(db, article("a1"), COPY, OTHER)
    told = story(db, "a2")
    assert (told.id, told.first, ids(told)) == ("s1", "a1", ["a1", "a2"])
    assert ids(story(db, "a3")) == ["a3"]
    evidence = told.members[1].evidence
    assert evidence is not None
    assert evidence.with_ == "a1"
    assert evidence.contained > 0.9
    assert [a.story for a in articles.by_ids(db, ["a1", "a2", "a3"])] == ["s1", "s1", "s3"]


def test_what_is_known_is_not_looked_at_again(db: Database) -> None:
    stored(db, article("a1"), COPY)
    assert prints.due(db) == []
    assert place_due(db).placed == 0


def test_irrelevant_articles_are_in_no_story_and_leave_no_print(db: Database) -> None:
    stored(db, article("a1", tagging=tags(relevance="none")), COPY)
    assert store.story_of(db, ["a1", "a2"]) == {"a2": "s2"}
    assert db.execute("SELECT COUNT(DISTINCT n) FROM story_prints").fetchone()[0] == 1


def test_the_first_print_may_come_last_and_the_story_keeps_its_id(db: Database) -> None:
    stored(db, COPY)
    stored(db, article("a1"))
    assert (story(db, "a1").id, story(db, "a1").first) == ("s2", "a1")


def test_the_whole_text_ties_two_halves_that_nothing_tied(db: Database) -> None:
    halves = [
        article("a1", title="Nửa đầu câu chuyện", lead="", text="\n".join(PARAGRAPHS[:2])),
        article("a2", title="Nửa sau câu chuyện", lead="", text="\n".join(PARAGRAPHS[2:]), published=later(hours=1)),
    ]
    stored(db, *halves)
    assert story(db, "a1").id != story(db, "a2").id
    stored(db, article("a3", published=later(hours=2)))
    assert ids(story(db, "a1")) == ["a1", "a2", "a3"]
    assert store.resolve(db, "s2") == "s1"


def test_aggregators_copies_are_counted_apart(db: Database) -> None:
    kinds = {"bao-a1": OutletKind.PRESS, "bao-a2": OutletKind.AGGREGATOR, "bao-a4": OutletKind.PORTAL}
    outlets.remember_outlets(db, [Outlet(id=i, name=i.upper(), kind=k, level=Level.CENTRAL) for i, k in kinds.items()])
    stored(db, article("a1"), COPY, article("a4", published=later(hours=4)))
    assert (story(db, "a1").copies, story(db, "a1").aggregator_copies) == (1, 1)


def test_a_kill_between_two_transactions_loses_nothing(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.jobs.cluster._BATCH", 1)
    with db.atomic():
        for item in (article("a1"), COPY, OTHER):
            articles.put_imported(db, item, item.url)

    def killed(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place_due(db, progress=killed)
    assert len(prints.due(db)) == 2
    place_due(db)
    assert ids(story(db, "a1")) == ["a1", "a2"]


def test_a_changed_text_is_placed_again(db: Database) -> None:
    stored(db, article("a1"), COPY)
    with db.atomic():
        db.execute("UPDATE articles SET title = 'Tin khác', text = ? WHERE id = 'a2'", [prose(3)])
    place_due(db)
    assert ids(story(db, "a1")) == ["a1"]
    assert ids(story(db, "a2")) == ["a2"]
    with db.atomic():
        db.execute("UPDATE articles SET relevance = 'none' WHERE id = 'a2'")
    place_due(db)
    assert store.story_of(db, ["a2"]) == {}


def test_a_story_lives_on_when_its_first_article_is_gone(db: Database) -> None:
    stored(db, article("a1"), COPY)
    with db.atomic():
        db.execute("DELETE FROM articles WHERE id = 'a1'")
    place_due(db)
    assert (story(db, "a2").id, story(db, "a2").first) == ("s1", "a2")


def test_a_split_holds_against_every_new_comparison_until_it_is_undone(db: Database, home: Home) -> None:
    stored(db, article("a1"), COPY)
    deciding.split(home, "s1", ["a2"], "Sùng Thị Máy")
    assert ids(story(db, "a1")) == ["a1"]
    stored(db, article("a4", published=later(hours=4)))
    assert {"a1", "a2"} - set(ids(story(db, "a4")))
    with db.atomic():
        prints.put_due(db, ["a1", "a2", "a4"])
    place_due(db)
    assert story(db, "a1").id != story(db, "a2").id
    seen = deciding.show(home, "a1")
    deciding.undo(home, seen.decisions[0].id)
    assert ids(story(db, "a1")) == ["a1", "a2", "a4"]
    assert story(db, "a1").id == "s1"
    assert deciding.show(home, "a1").decisions[0].undone


def test_a_merge_hides_nothing_and_can_be_undone(db: Database, home: Home) -> None:
    stored(db, article("a1"), COPY, OTHER)
    told = deciding.merge(home, "s1", ["s3"], "Sùng Thị Máy")
    assert ids(told.story) == ["a1", "a2", "a3"]
    assert {m.state for m in told.story.members} == {LinkState.CONFIRMED}
    with db.atomic():
        prints.put_due(db, ["a3"])
    place_due(db)
    assert story(db, "a3").id == "s1"
    deciding.undo(home, told.decisions[0].id)
    assert ids(story(db, "a3")) == ["a3"]
    assert story(db, "a3").id == "s3"
    with pytest.raises(UsageError):
        deciding.undo(home, told.decisions[0].id)


def test_a_confirmed_story_says_who_confirmed_it(db: Database, home: Home) -> None:
    stored(db, article("a1"), COPY)
    told = deciding.confirm(home, "http://bao-a2.test/bai.html", [], "Sùng Thị Máy").story
    assert [(m.state, m.by) for m in told.members] == [(LinkState.CONFIRMED, "Sùng Thị Máy")] * 2


NEXT = article(
    "a7",
    title="Công nhân Nhà máy Suối Bạc nhận đủ tiền lương",
    lead="",
    text=prose(8) + " Bà Lường Thị Hoà cùng ông Đèo Văn Lả ký biên bản tại Nhà máy Suối Bạc. " + prose(6, 60),
    published=later(days=4),
)


def test_a_follow_up_is_proposed_and_never_merged(db: Database, home: Home) -> None:
    stored(db, article("a1"), COPY, NEXT)
    assert ids(story(db, "a7")) == ["a7"]
    (link,) = story(db, "a7").follow_ups
    assert (link.story, link.of, link.state) == ("s7", "s1", LinkState.PROPOSED)
    assert link.evidence is not None
    assert "suoi bac" in " ".join(link.evidence.words)


def test_people_confirm_or_split_a_follow_up_and_it_stays_so(db: Database, home: Home) -> None:
    stored(db, article("a1"), COPY, NEXT)
    deciding.split(home, "s1", ["s7"], "Máy")
    with db.atomic():
        prints.put_due(db, ["a1", "a2", "a7"])
    place_due(db)
    assert story(db, "a7").follow_ups == ()
    deciding.confirm(home, "s1", ["s7"], "Máy")
    assert [link.state for link in story(db, "a7").follow_ups] == [LinkState.CONFIRMED]
    assert [row["state"] for row in export_stories(home, None, None)] == ["proposed", "proposed", "confirmed"]


def test_stories_are_exported_by_address_over_what_concerns_us(db: Database, home: Home) -> None:
    foreign = article("a5", tagging=tags(relevance="foreign"), published=later(hours=5))
    stored(db, article("a1"), replace(COPY, url=None), foreign, NEXT)
    rows = list(export_stories(home, None, None))
    assert rows[0] | {"articles": 0} == {
        "id": "s1",
        "articles": 0,
        "first": "http://bao-a1.test/bai.html",
        "relation": "reprint",
        "state": "proposed",
        "copies": 1,
        "aggregator_copies": 0,
    }
    assert rows[0]["articles"] == ["http://bao-a1.test/bai.html", "a2"]
    assert (rows[-1]["id"], rows[-1]["relation"]) == ("e1", "follow_up")
    assert rows[-1]["articles"] == ["http://bao-a1.test/bai.html", "http://bao-a7.test/bai.html"]
    assert [row["id"] for row in export_stories(home, later(days=1), None)] == ["s7"]


def test_a_digest_prints_a_story_once_and_never_groups_what_was_told_apart(db: Database) -> None:
    stored(db, article("a1"), COPY, OTHER)
    known = articles.by_ids(db, ["a1", "a2", "a3"])
    assert [[a.id for a in group] for group in grouped(known)] == [["a1", "a2"], ["a3"]]
    apart = [replace(known[0], story="s1"), replace(known[0], id="a9", outlet="khac", story="s9")]
    assert len(grouped(apart)) == 2
    assert len(grouped([replace(item, story=None) for item in apart])) == 1


def test_the_command_line_shows_decides_and_exports(home: Home, db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_HOME", str(home.root))
    stored(db, article("a1"), COPY, NEXT)
    run = CliRunner()
    shown = run.invoke(commands, ["story", "show", "s1"])
    assert shown.exit_code == 0
    assert "▸ Đăng đầu tiên: bao-a1" in shown.output
    assert "lời văn có trong bài a1" in shown.output
    assert "Có bài tiếp theo s7" in shown.output
    assert run.invoke(commands, ["story", "split", "s1", "a2", "--by", "Máy"]).exit_code == 0
    assert "Quyết định số 1: Máy tách" in run.invoke(commands, ["story", "show", "s1"]).output
    assert "Đã hủy quyết định số 1" in run.invoke(commands, ["story", "undo", "1"]).output
    lines = run.invoke(commands, ["export", "stories"]).output.splitlines()
    assert [json.loads(line)["relation"] for line in lines] == ["reprint", "reprint", "follow_up"]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["show", "s404"], "story_unknown"),
        (["merge", "s1", "a2"], "story_same"),
        (["split", "s1", "a1", "a2"], "story_split_all"),
        (["undo", "77"], "story_no_decision"),
    ],
)
def test_words_that_mean_nothing_are_told_so(
    home: Home, db: Database, monkeypatch: pytest.MonkeyPatch, words: list[str], key: str
) -> None:
    monkeypatch.setenv("MONITOR_HOME", str(home.root))
    stored(db, article("a1"), COPY)
    found = CliRunner().invoke(commands, ["story", *words])
    assert isinstance(found.exception, UsageError)
    assert found.exception.key == key


def test_a_feed_item_finds_its_story_and_keeps_it_when_its_page_comes(db: Database, home: Home) -> None:
    stored(db, article("a1"), article("a2", lead=LEAD, text="", published=later(minutes=30)))
    assert story(db, "a2").id == "s1"
    with db.atomic():
        db.execute("UPDATE articles SET text = ? WHERE id = 'a2'", [TEXT])
    assert cluster(home).placed == 1
    assert story(db, "a2").id == "s1"
