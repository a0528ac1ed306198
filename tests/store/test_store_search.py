"""Search: with accents or without, either tone-mark spelling, exact first, and whatever people type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from store_making import FULL, NONE, NOW, UNION, announce, entry, ident, reading

from monitor.model.tag import PlaceTag, TopicTag
from monitor.store import articles, fulltext
from monitor.store.db import opened
from monitor.store.fulltext import Hit, Query

TEXTS = {
    1: ("Công đoàn Lào Cai đòi nợ lương cho công nhân", "Công ty nợ lương ba tháng; thuý và hòa giải viên vào cuộc."),
    2: ("Cộng đoan vùng cao", "Chữ không liên quan, viết để thử dấu."),
    3: ("Nợ đọng bảo hiểm: lương chậm trả", "Lương và nợ đứng xa nhau. Đình công kéo dài hai ngày."),
    4: ("Uỷ ban họp về hoà giải lao động", "Thúy nói: khoẻ mạnh là vốn quý của người lao động."),
    5: ("No luong, no ao", "Bài viết không dấu của một trang cũ về dinh cong."),
}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with opened(tmp_path_factory.mktemp("search") / "monitor.db") as made:
        for n, (title, text) in TEXTS.items():
            announce(made, entry(n, title=title), source="lao-dong/1" if n == 3 else "tin24/1")
            articles.read(
                made, ident(n), reading(n, title=title, lead="", text=text, tagging=FULL if n == 1 else UNION)
            )
        yield made


def numbers(hits: list[Hit]) -> list[int]:
    by_id = {ident(n): n for n in TEXTS}
    return [by_id[hit.id] for hit in hits]


def found(db: Database, words: str, **filters: object) -> list[int]:
    return numbers(fulltext.search(db, Query(words=words, **filters), 20))  # type: ignore[arg-type]


def test_words_with_accents_find_what_is_written_so_before_the_rest(db: Database) -> None:
    hits = fulltext.search(db, Query(words="nợ lương"), 20)
    # 1 has the phrase, 3 the words apart, 5 the phrase without accents.
    assert numbers(hits) == [1, 3, 5]
    assert [hit.tier for hit in hits] == [0, 1, 2]


def test_words_without_accents_find_the_accented_text(db: Database) -> None:
    assert set(found(db, "no luong")) == {1, 3, 5}
    assert found(db, "no luong")[0] == 5  # as typed


def test_the_stroke_of_d_is_folded_both_ways(db: Database) -> None:
    assert set(found(db, "dinh cong")) == {3, 5}
    assert set(found(db, "đình công")) == {3, 5}
    assert found(db, "đình công")[0] == 3
    assert 1 in found(db, "ĐOÀN LÀO CAI")
    assert 1 in found(db, "Ðoàn")  # the Icelandic letter of old keyboards


@pytest.mark.parametrize(
    ("typed", "number"),
    [("hòa giải", 4), ("hoà giải", 1), ("ủy ban", 4), ("Uỷ Ban", 4), ("thúy", 1), ("thuý", 4), ("khỏe mạnh", 4)],
)
def test_either_spelling_of_the_tone_mark_finds_the_other(db: Database, typed: str, number: int) -> None:
    hits = fulltext.search(db, Query(words=typed), 20)
    assert number in numbers(hits)
    assert next(hit.tier for hit in hits if hit.id == ident(number)) <= 1


def test_decomposed_accents_are_the_same_words(db: Database) -> None:
    import unicodedata

    typed = unicodedata.normalize("NFD", "nợ lương")
    assert found(db, typed) == found(db, "nợ lương")


def test_an_accented_word_is_no_other_accented_word(db: Database) -> None:
    hits = fulltext.search(db, Query(words="công đoàn"), 20)
    tiers = {number: hit.tier for number, hit in zip(numbers(hits), hits, strict=True)}
    assert tiers[1] == 0
    assert tiers.get(2, 9) >= 2


def test_quotes_keep_words_together(db: Database) -> None:
    assert set(found(db, '"no luong"')) == {1, 5}
    assert found(db, '"ao luong"') == []
    assert set(found(db, "luong no")) == {1, 3, 5}


def test_all_words_must_be_there(db: Database) -> None:
    assert found(db, "công đoàn khôngcóchữnày") == []


@pytest.mark.parametrize(
    "typed",
    [
        "nợ AND lương", "nợ OR lương", "NOT nợ", "nợ NEAR lương", "NEAR(nợ lương, 2)", "nợ*", "*", "-nợ", "+nợ", "^nợ",
        '"', '"nợ', 'nợ"', '""', '"" ""', "(", ")", "(nợ", "nợ)", ":", "title:nợ", "title : nợ", "{title} : nợ", "'",
        "nợ; DROP TABLE articles; --", "%", "_", "\\", "a\x00b", "nợ\nlương", "\u202e", "😀", "́", "_ nợ", "²",
        '"_" nợ',
        "{", "}", "[nợ]", "<b>", "&amp;", "nợ,lương", "nợ.lương", "nợ/lương", "nợ–lương", "\ud800",
    ],
)  # fmt: skip
def test_what_means_something_to_the_machine_is_only_words(db: Database, typed: str) -> None:
    fulltext.search(db, Query(words=typed), 5)


def test_operators_are_words_like_others(db: Database) -> None:
    assert found(db, "nợ AND lương") == []  # no text has the word "and"
    assert found(db, "nợ*") == found(db, "nợ")
    assert found(db, "_ nợ") == found(db, "nợ")
    assert found(db, "-nợ") == found(db, "nợ")
    assert found(db, "nợ_lương") == found(db, '"nợ lương"')


@given(st.text(max_size=80))
@example('"' * 99)
@example("_" * 9)
@example("NEAR/2 ( a b )")
@settings(max_examples=400, deadline=None)
def test_no_query_ever_fails(db: Database, typed: str) -> None:
    for hit in fulltext.search(db, Query(words=typed), 3):
        assert 0 <= hit.tier <= 3


@given(
    st.lists(st.sampled_from(['"', "*", "(", ")", ":", "^", "-", "AND", "OR", "NOT", "NEAR", "nợ", " ", "{", "_", ","]))
)
@settings(max_examples=300, deadline=None)
def test_no_heap_of_operators_ever_fails(db: Database, parts: list[str]) -> None:
    fulltext.search(db, Query(words=" ".join(parts)), 3)
    fulltext.search(db, Query(words="".join(parts)), 3)


def test_a_pasted_page_is_a_query_too(db: Database) -> None:
    assert found(db, "công đoàn " * 5000) != []
    assert found(db, " ".join(f"chữ{n}" for n in range(5000))) == []
    assert found(db, "lương" * 20_000) == []


def test_filters_narrow_with_words_and_without(db: Database) -> None:
    assert found(db, "lương", outlet="lao-dong") == [3]
    assert found(db, "", outlet="lao-dong") == [3]
    assert found(db, "", outlet="nobody") == []
    assert found(db, "lương", topic="T06") == [1]
    assert found(db, "", topic="T01") == [1]
    assert found(db, "", topic="T21") == []


def test_a_place_is_found_by_its_old_name_and_by_the_present_one(db: Database) -> None:
    assert found(db, "", place="Yên Bái") == [1]
    assert found(db, "", place="Lào Cai") == [1]
    assert found(db, "", place="An Giang") == [1]
    assert found(db, "", place="Hà Nội") == []


def test_dates_bound_the_publication_the_end_excluded(db: Database) -> None:
    second, third = NOW - timedelta(minutes=2), NOW - timedelta(minutes=3)
    assert found(db, "", since=third) == [1, 2, 3]
    assert found(db, "", until=second) == [3, 4, 5]
    assert found(db, "", since=third, until=second) == [3]
    assert set(found(db, "luong", since=third)) == {1, 3}


def test_without_words_the_newest_come_first(db: Database) -> None:
    assert found(db, "") == [1, 2, 3, 4, 5]
    assert found(db, "   ") == [1, 2, 3, 4, 5]
    assert len(fulltext.search(db, Query(), 2)) == 2


def test_only_marks_and_no_word_find_nothing(db: Database) -> None:
    assert found(db, "?!…") == []


def test_nothing_found_is_an_empty_list(db: Database) -> None:
    assert found(db, "xyzzy") == []


def test_a_hit_shows_where_it_matched(db: Database) -> None:
    assert "Đình công" in fulltext.search(db, Query(words="dinh cong"), 20)[0].snippet + TEXTS[3][1]
    long = next(h for h in fulltext.search(db, Query(words="thuy"), 20) if h.id == ident(1))
    assert "thuý" in long.snippet


def test_an_article_read_again_is_found_by_its_new_words_only(tmp_path: Path) -> None:
    with opened(tmp_path / "monitor.db") as db:
        announce(db, entry(1, title="Chữ đầu"), tagging=NONE)
        articles.read(db, ident(1), reading(1, title="Chữ sau", text="toàn văn"))
        assert fulltext.search(db, Query(words="chữ đầu"), 5) == []
        assert len(fulltext.search(db, Query(words="chữ sau"), 5)) == 1
        assert db.execute("SELECT COUNT(*) FROM article_fts").fetchone()[0] == 1


def test_a_topic_far_down_the_list_is_filtered_by_as_well(tmp_path: Path) -> None:
    many = replace(
        FULL,
        topics=tuple(TopicTag(id=f"T{n:02d}", score=1.0, evidence=()) for n in range(1, 22)),
        places=tuple(PlaceTag(name=f"P{n}", present=f"P{n}") for n in range(40)),
    )
    with opened(tmp_path / "monitor.db") as db:
        announce(db, entry(1), tagging=many)
        assert len(fulltext.search(db, Query(topic="T21"), 5)) == 1
        assert len(fulltext.search(db, Query(place="P39"), 5)) == 1
