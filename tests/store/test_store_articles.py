"""Articles: announced once, read once, never lost, never merged with another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_making import FULL, HOST, NONE, NOW, UNION, all_of, announce, entry, ident, only, reading

from monitor.crawl import urls
from monitor.model.article import Article, Completeness
from monitor.store import addresses, articles, fulltext, queue, snapshots, tags
from monitor.store.db import opened
from monitor.store.fulltext import Query


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "monitor.db") as made:
        yield made


def revisions(db: Database) -> list[tuple[str, str, str]]:
    return db.execute("SELECT title, lead, text FROM revisions ORDER BY id").fetchall()


def due(db: Database, minutes: float = 0) -> list[str]:
    return [item.id for item in queue.pending(db, NOW + timedelta(minutes=minutes))]


def test_an_announced_item_is_stored_with_the_words_of_its_source_and_due_at_once(db: Database) -> None:
    assert announce(db, entry(1, authors=("Lê Na",))) == (1, 0)
    item = only(db)
    assert (item.title, item.lead, item.authors) == ("Tin số 1", "Tóm tắt số 1", ("Lê Na",))
    assert item.completeness is Completeness.FEED
    assert item.published == NOW - timedelta(minutes=1)
    waiting = queue.pending(db, NOW)
    assert [(p.id, p.url, p.tries, p.source) for p in waiting] == [(item.id, item.url, 0, "tin24/1")]


def test_the_same_announcement_again_is_nothing_new(db: Database) -> None:
    announce(db, entry(1))
    assert announce(db, entry(1)) == (0, 0)
    assert announce(db, entry(1), source="khac/1") == (0, 0)
    assert len(all_of(db)) == 1


@pytest.mark.parametrize(
    "variant",
    [
        "https://tin24.test/bai-1.html",
        "http://www.tin24.test/bai-1.html",
        "http://m.tin24.test/bai-1.html?utm_source=rss&utm_medium=x",
        "https://tin24.test/bai-1.html#binh-luan",
    ],
)
def test_variants_of_one_address_are_one_article(db: Database, variant: str) -> None:
    announce(db, entry(1))
    assert announce(db, entry(1, url=variant), source="khac/1") == (0, 0)


def test_two_variants_in_one_announcement_are_one_article(db: Database) -> None:
    assert announce(db, entry(1), entry(1, url="https://www.tin24.test/bai-1.html")) == (1, 0)


def test_an_article_is_known_under_its_key_however_many_are_asked_for(db: Database) -> None:
    announce(db, *(entry(n) for n in range(1, 1001)))
    keys = [urls.key(f"{HOST}/bai-{n}.html") for n in range(1, 1501)]
    assert len(addresses.known(db, keys)) == 1000


def test_a_headline_changed_by_its_own_source_makes_the_page_due_again(db: Database) -> None:
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1))
    assert due(db) == []
    assert announce(db, entry(1, title="Tin số 1 (cập nhật)")) == (0, 1)
    assert due(db) == [ident(1)]


def test_another_source_with_another_headline_changes_nothing(db: Database) -> None:
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1))
    assert announce(db, entry(1, title="Tít giật gân"), source="tonghop/1") == (0, 0)
    assert due(db) == []


def test_a_source_that_stops_saying_titles_changes_nothing(db: Database) -> None:
    announce(db, entry(1))
    assert announce(db, entry(1, title="")) == (0, 0)
    assert only(db).title == "Tin số 1"


def test_while_only_the_source_s_words_are_known_its_new_words_replace_them(db: Database) -> None:
    announce(db, entry(1))
    queue.failed(db, ident(1), "Quá chậm", NOW + timedelta(minutes=15))
    announce(db, entry(1, title="Tin số 1 đã đính chính", summary="Tóm tắt mới"), tagging=FULL)
    item = only(db)
    assert (item.title, item.lead) == ("Tin số 1 đã đính chính", "Tóm tắt mới")
    assert item.tagging == FULL
    assert [hit.id for hit in fulltext.search(db, Query(words="đính chính"), 5)] == [item.id]
    assert due(db) == [item.id]


def test_a_page_that_was_read_replaces_the_words_of_the_feed(db: Database) -> None:
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1, title="Tít đầy đủ", tagging=FULL))
    item = only(db)
    assert (item.title, item.lead, item.text) == ("Tít đầy đủ", "Sapo số 1", "Toàn văn số 1")
    assert item.completeness is Completeness.PAGE
    assert item.fetched == NOW
    assert item.tagging == FULL
    assert due(db, 10**6) == []
    assert revisions(db) == []


def test_a_page_without_a_headline_or_names_keeps_those_of_the_feed(db: Database) -> None:
    announce(db, entry(1, authors=("Lê Na",)))
    articles.read(db, ident(1), reading(1, title="", authors=()))
    assert (only(db).title, only(db).authors) == ("Tin số 1", ("Lê Na",))


def test_the_feed_s_time_holds_over_the_page_s_but_a_guessed_time_does_not(db: Database) -> None:
    page_time = NOW - timedelta(hours=5)
    announce(db, entry(1), entry(2, guessed=True), entry(3, published=None))
    for n in (1, 2, 3):
        articles.read(db, ident(n), reading(n, published=page_time))
    times = {a.id: a.published for a in all_of(db)}
    assert times == {ident(1): NOW - timedelta(minutes=1), ident(2): page_time, ident(3): page_time}


def test_a_failed_page_is_due_again_later_and_keeps_the_feed_s_words(db: Database) -> None:
    announce(db, entry(1))
    queue.failed(db, ident(1), "Quá chậm", NOW + timedelta(minutes=15))
    assert due(db, 14) == []
    assert due(db, 15) == [ident(1)]
    assert queue.pending(db, NOW + timedelta(hours=1))[0].tries == 1
    assert only(db).completeness is Completeness.FEED
    assert only(db).title == "Tin số 1"


def test_a_page_given_up_is_never_due_again_and_says_so(db: Database) -> None:
    announce(db, entry(1))
    queue.failed(db, ident(1), "Không còn địa chỉ", None)
    assert due(db, 10**7) == []
    assert only(db).completeness is Completeness.GIVEN_UP


def test_a_page_read_before_stays_read_when_it_cannot_be_had_again(db: Database) -> None:
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1))
    announce(db, entry(1, title="Tít mới"))
    queue.failed(db, ident(1), "Không còn địa chỉ", None)
    assert only(db).completeness is Completeness.PAGE
    assert only(db).text == "Toàn văn số 1"


def test_least_tried_pages_come_first(db: Database) -> None:
    announce(db, entry(1), entry(2), entry(3))
    queue.failed(db, ident(1), "x", NOW)
    assert due(db) == [ident(2), ident(3), ident(1)]


def test_what_is_due_may_be_asked_for_by_host_and_port(db: Database) -> None:
    announce(db, entry(1), entry(2, url="https://tin24.test/bai-2.html"))
    announce(db, entry(3, url="http://tin24.test:8080/bai-3.html"), entry(4, url="http://tin24.test.vn/bai-4.html"))
    assert len(queue.pending(db, NOW, "tin24.test")) == 2
    assert [p.url for p in queue.pending(db, NOW, "tin24.test:8080")] == ["http://tin24.test:8080/bai-3.html"]


def test_a_changed_page_keeps_its_earlier_version(db: Database) -> None:
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1, text="Bản một"))
    articles.read(db, ident(1), reading(1, text="Bản hai", title="Tít hai"))
    assert revisions(db) == [("Tin số 1", "Sapo số 1", "Bản một")]
    assert (only(db).title, only(db).text) == ("Tít hai", "Bản hai")
    assert len(snapshots.of(db, ident(1))) == 2


def test_a_page_read_again_unchanged_makes_no_version_and_no_second_snapshot(db: Database) -> None:
    announce(db, entry(1))
    for _ in range(2):
        articles.read(db, ident(1), reading(1))
    assert revisions(db) == []
    assert len(snapshots.of(db, ident(1))) == 1


def test_of_an_irrelevant_page_only_address_title_time_and_hash_stay(db: Database) -> None:
    announce(db, entry(1, authors=("Lê Na",)), tagging=NONE)
    articles.read(db, ident(1), reading(1, tagging=NONE))
    item = only(db)
    assert (item.lead, item.text, item.authors) == ("", "", ())
    assert (item.title, item.url) == ("Tin số 1", f"{HOST}/bai-1.html")
    assert item.published == NOW - timedelta(minutes=1)
    assert db.execute("SELECT page_hash FROM articles").fetchone()[0] == reading(1).page_hash
    assert snapshots.of(db, item.id) == []
    assert db.execute("SELECT COUNT(*) FROM snapshots").fetchone()[0] == 0
    assert fulltext.search(db, Query(words="toàn văn"), 5) == []
    assert fulltext.search(db, Query(words="tin số"), 5) != []


def test_the_snapshot_of_a_relevant_page_is_the_bytes_as_they_came(db: Database) -> None:
    announce(db, entry(1))
    given = reading(1)
    articles.read(db, ident(1), given)
    kept = snapshots.of(db, ident(1))
    assert kept == [given.snapshot]
    assert hashlib.sha256(kept[0].body).hexdigest() == kept[0].sha256


def test_a_page_under_a_second_address_joins_the_article_it_names(db: Database) -> None:
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1))
    announce(db, entry(7, url=f"{HOST}/amp-doc/1", title="Tin số 1", published=NOW - timedelta(minutes=1)))
    twin = addresses.article_id(urls.key(f"{HOST}/amp-doc/1"))
    articles.read(db, twin, reading(1, url=f"{HOST}/amp-doc/1", keys=(urls.key(f"{HOST}/bai-1.html"),)))
    assert only(db).id == ident(1)
    # The second address is known from now on.
    assert announce(db, entry(7, url=f"{HOST}/amp-doc/1", title="Tin số 1")) == (0, 0)
    assert due(db, 10**6) == []
    assert len(fulltext.search(db, Query(words="tin số"), 5)) == 1


def test_an_address_named_before_it_is_announced_is_known_when_the_headline_agrees(db: Database) -> None:
    announce(db, entry(7, url=f"{HOST}/amp-doc/1", title="Tin số 1"))
    mobile = addresses.article_id(urls.key(f"{HOST}/amp-doc/1"))
    articles.read(db, mobile, reading(1, keys=(urls.key(f"{HOST}/bai-1.html"),)))
    assert announce(db, entry(1)) == (0, 0)
    assert len(all_of(db)) == 1


def test_pages_that_all_name_one_wrong_address_stay_articles_of_their_own(db: Database) -> None:
    wrong = (urls.key(f"{HOST}/trang-chu.html"),)
    announce(db, *(entry(n) for n in range(1, 6)))
    for n in range(1, 6):
        articles.read(db, ident(n), reading(n, keys=wrong))
    assert len(all_of(db)) == 5
    assert {a.completeness for a in all_of(db)} == {Completeness.PAGE}


def test_an_article_is_not_lost_because_another_page_claimed_its_address(db: Database) -> None:
    # A site whose pages name the newest article as their own address, before that one is announced.
    announce(db, entry(1))
    articles.read(db, ident(1), reading(1, keys=(urls.key(f"{HOST}/bai-2.html"),)))
    assert announce(db, entry(2)) == (1, 0)
    articles.read(db, ident(2), reading(2))
    assert {a.title: a.text for a in all_of(db)} == {"Tin số 1": "Toàn văn số 1", "Tin số 2": "Toàn văn số 2"}
    # Nor is either lost when both are read again.
    articles.read(db, ident(1), reading(1, keys=(urls.key(f"{HOST}/bai-2.html"),)))
    assert len(all_of(db)) == 2


def test_a_column_of_one_headline_every_day_is_not_one_article(db: Database) -> None:
    wrong = (urls.key(f"{HOST}/bai-1.html"),)
    for day in (3, 2, 1, 0):
        n, at = 4 - day, NOW - timedelta(days=day)
        announce(db, entry(n, title="Điểm tin sáng", published=at))
        articles.read(db, ident(n), reading(n, title="Điểm tin sáng", published=at, keys=wrong))
    assert len(all_of(db)) == 4


def test_a_twin_that_was_read_before_is_never_dropped(db: Database) -> None:
    announce(db, entry(1), entry(2, title="Tin số 1"))
    articles.read(db, ident(1), reading(1))
    articles.read(db, ident(2), reading(1))
    articles.read(db, ident(2), reading(1, keys=(urls.key(f"{HOST}/bai-1.html"),)))
    assert len(all_of(db)) == 2


def test_reading_an_article_that_is_gone_meanwhile_does_nothing(db: Database) -> None:
    articles.read(db, "anobody", reading(1))
    queue.failed(db, "anobody", "x", None)
    assert all_of(db) == []


def test_tags_with_evidence_and_mentions_come_back_as_they_were(db: Database) -> None:
    announce(db, entry(1), tagging=FULL)
    assert tags.load(db, [ident(1)]) == {ident(1): FULL}
    with db.atomic():
        tags.replace(db, ident(1), UNION)
    assert tags.load(db, [ident(1)]) == {ident(1): UNION}
    assert db.execute("SELECT COUNT(*) FROM mentions").fetchone()[0] == 0


def test_what_was_never_tagged_has_no_reading(db: Database) -> None:
    announce(db, entry(1))
    db.execute("UPDATE articles SET relevance = NULL")
    assert tags.load(db, [ident(1), "anobody"]) == {}
    assert only(db).tagging is None


def test_readings_of_thousands_of_articles_are_loaded(db: Database) -> None:
    announce(db, *(entry(n) for n in range(1200)), tagging=FULL)
    assert len(tags.load(db, [a.id for a in all_of(db)])) == 1200
    assert len(articles.by_ids(db, [ident(n) for n in range(1200)])) == 1200


def test_articles_come_by_time_bounded_and_undated_ones_by_when_they_were_found(db: Database) -> None:
    announce(db, entry(10), entry(20), entry(30, published=None), now=NOW)
    start = NOW - timedelta(minutes=15)
    assert [a.id for a in articles.between(db)] == [ident(20), ident(10), ident(30)]
    assert [a.id for a in articles.between(db, start)] == [ident(10), ident(30)]
    assert [a.id for a in articles.between(db, None, NOW - timedelta(minutes=10))] == [ident(20)]
    assert [a.id for a in articles.between(db, start, NOW)] == [ident(10)]
    assert articles.count(db) == 3
    assert articles.count(db, start, NOW) == 1


def test_what_concerns_nobody_may_be_left_out(db: Database) -> None:
    announce(db, entry(1))
    announce(db, entry(2), tagging=NONE)
    assert [a.id for a in articles.between(db, ours=True)] == [ident(1)]


def test_articles_are_given_in_the_order_asked_for(db: Database) -> None:
    announce(db, *(entry(n) for n in range(1, 5)))
    asked = [ident(3), "anobody", ident(1), ident(4)]
    assert [a.id for a in articles.by_ids(db, asked)] == [ident(3), ident(1), ident(4)]


def test_an_imported_article_is_kept_once_and_never_due(db: Database) -> None:
    article = Article(
        id=ident(1),
        url=f"{HOST}/bai-1.html",
        outlet="Tờ cũ",
        title="Tin cũ",
        lead="Sapo",
        text="Thân bài",
        published=NOW,
        found=NOW,
        completeness=Completeness.IMPORTED,
        tagging=FULL,
    )
    key = urls.key(f"{HOST}/bai-1.html")
    with db.atomic():
        assert articles.put_imported(db, article, key)
        assert not articles.put_imported(db, article, key)
        assert not articles.put_imported(db, replace(article, id="akhac"), key)
    assert only(db) == replace(article, story=only(db).story)
    assert due(db, 10**6) == []
    assert announce(db, entry(1)) == (0, 0)


def test_articles_without_an_address_live_side_by_side(db: Database) -> None:
    for n in (1, 2):
        item = Article(id=f"a{n}", url=None, outlet="x", title=f"Tin {n}", found=NOW)
        with db.atomic():
            assert articles.put_imported(db, item, None)
    assert [a.url for a in all_of(db)] == [None, None]
