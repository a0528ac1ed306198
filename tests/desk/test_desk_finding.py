"""Searching as the page does it: articles with marks, months, letters by number, cases; frequent words stay quick."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from finding_making import LEADER, NOW, PRESS, ident, office, put, sits, tagging
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.desk import triage
from monitor.desk.finding import find
from monitor.desk.sitting import Sitting
from monitor.desk.triage import Opening
from monitor.errors import UsageError
from monitor.jobs import searching
from monitor.model.case import Case
from monitor.model.filing import Arrival, PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.store import cases, fulltext
from monitor.store.db import Database, opened
from monitor.store.fulltext import Query
from monitor.text import fold


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "data" / "monitor.db") as made:
        office(made)
        yield made


def lettered(db: Database, case: Case) -> None:
    paper = PaperRecord(
        id="p1", kind=PaperKind.REQUEST_LETTER, state=PaperState.ISSUED, issuer="ld", subject="V/v cải chính",
        drafted=NOW, drafted_by="u1", number=45, symbol="LĐLĐ-TG", dated=date(2026, 11, 9),
    )  # fmt: skip
    arrival = Arrival(
        id="v2", sender="Báo Một", sign="112/CV-BBT", dated=date(2026, 11, 12), arrival_number="45", subject="Trả lời",
        arrived=date(2026, 11, 13), by="u1", at=NOW,
    )  # fmt: skip
    with db.atomic():
        changed = replace(case, papers=(paper,), arrivals=(arrival,), revision=case.revision + 1)
        cases.put(db, changed, before=case.revision, actor="u1", now=NOW)


def test_hits_say_where_they_matched_as_plain_text(tmp_path: Path, db: Database) -> None:
    put(db, 1, title="Công nhân <b>đình công</b>", text="Hàng trăm người đình công vì nợ lương.")
    put(db, 2, title="Khac", text="Chu khong dau: dinh cong.")
    first, second = find(sits(tmp_path, db), "đình công").hits
    assert (first.tier, second.tier) == (0, 2)
    assert [first.snippet[a:b] for a, b in first.marks] == ["đình công"]
    assert [first.title[a:b] for a, b in first.title_marks] == ["đình công"]
    assert [second.snippet[a:b] for a, b in second.marks] == ["dinh cong"]
    assert "<b>" in first.title  # nothing is made HTML here


def test_the_page_and_the_command_line_find_the_same(tmp_path: Path, db: Database) -> None:
    for n in range(1, 30):
        put(db, n, title=f"Tin {n} về nợ lương" if n % 3 else "Tin khác", text="nợ đọng, lương thưởng" * (n % 4))
    here = sits(tmp_path, db)
    for typed in ("nợ lương", "no luong", '"nợ lương"', "báo:bao-mot lương", "lương từ:2026-11-20", ""):
        said = searching.search(here.home, typed, fields={}, limit=50)
        assert [hit.id for hit in find(here, typed, per_page=50).hits] == [one.article.id for one in said]


def test_pages_and_months_cover_everything_found(tmp_path: Path, db: Database) -> None:
    for n in range(1, 48):
        put(db, n, title="nợ lương", at=NOW - timedelta(days=2 * n))
    here = sits(tmp_path, db)
    pages = [find(here, "nợ lương", page=page) for page in (1, 2, 3)]
    assert [len(page.hits) for page in pages] == [20, 20, 7]
    assert len({hit.id for page in pages for hit in page.hits}) == pages[0].total == 47
    assert (pages[0].pages, pages[0].more) == (3, False)
    assert sum(many for _, many in pages[0].months) == 47
    assert pages[0].months[0] == ("2026-11", 10)
    assert find(here, "nợ lương", page=99).page == 3


def test_of_a_frequent_word_the_newest_come_first_and_no_more_are_counted(tmp_path: Path, db: Database) -> None:
    for n in range(1, 40):
        put(db, n, title="Người lao động", at=NOW - timedelta(hours=(n * 7) % 40))
    found = fulltext.matches(db, Query(words="lao động"), counted=10)
    assert (len(found.ranked), found.more) == (10, True)
    ids = [hit.id for hit in fulltext.hits(db, Query(words="lao động"), found.ranked)]
    at = dict(db.execute("SELECT id, at FROM article_facts").fetchall())
    assert [at[one] for one in ids] == sorted((at[one] for one in ids), reverse=True)
    whole = fulltext.matches(db, Query(words="lao động"))
    assert (len(whole.ranked), whole.more) == (39, False)


def test_the_best_match_is_found_however_many_hold_the_words_apart(db: Database) -> None:
    put(db, 1, title="thỏa ước lao động", at=NOW - timedelta(days=900))
    for n in range(2, 30):
        put(db, n, title="lao động và thỏa thuận, ước mong")
    found = fulltext.matches(db, Query(words="thỏa ước lao động"), counted=10)
    assert fulltext.hits(db, Query(words="x"), found.ranked)[0].id == ident(1)
    assert found.ranked[0][1] == 0


@pytest.mark.parametrize("typed", ["45/LĐLĐ-TG", "công văn 45/ldld", "số 45", "SO 045", "112/CV-BBT", "45", " 045 "])
def test_letters_are_found_by_their_numbers(tmp_path: Path, db: Database, typed: str) -> None:
    put(db, 1)
    here = sits(tmp_path, db)
    case = triage.open_case(here, [ident(1)], Opening(title="Bữa ăn ca"))
    lettered(db, case)
    found, both = find(here, typed).letters, {"p1", "v2"}
    expected = {"112": {"v2"}, "số ": both, "SO ": both, "45": both, " 04": both}.get(typed[:3], {"p1"})
    assert {letter.id for letter in found} == expected
    assert {(letter.case, letter.case_title) for letter in found} == {(case.id, "Bữa ăn ca")}


def test_a_number_among_words_or_of_another_symbol_finds_no_letter(tmp_path: Path, db: Database) -> None:
    put(db, 1)
    here = sits(tmp_path, db)
    lettered(db, triage.open_case(here, [ident(1)], Opening(title="x")))
    for typed in ("45/UBND", "145/LĐLĐ-TG", "số 46", "lớp 45", "45 người"):
        assert find(here, typed).letters == ()


@pytest.mark.parametrize("typed", ["VV2026-0001", "vv-2026-1", "VV-2026-0001", "bua an", "Bữa ca"])
def test_cases_are_found_by_id_and_title(tmp_path: Path, db: Database, typed: str) -> None:
    put(db, 1)
    here = sits(tmp_path, db)
    case = triage.open_case(here, [ident(1)], Opening(title="Bữa ăn ca ở khu công nghiệp"))
    assert [hit.id for hit in find(here, typed).cases] == [case.id]
    assert find(here, "bữa tối").cases == ()


def test_a_hidden_case_shows_in_no_search(tmp_path: Path, db: Database) -> None:
    put(db, 1)
    case = triage.open_case(sits(tmp_path, db), [ident(1)], Opening(title="Chuyện kín", allowed=()))
    lettered(db, case)
    for typed in ("chuyện kín", case.id, "số 45", "45/LĐLĐ-TG", "112/CV-BBT"):
        seen, hidden = find(sits(tmp_path, db), typed), find(sits(tmp_path, db, PRESS), typed)
        assert seen.cases or seen.letters
        assert hidden.cases == hidden.letters == ()


def test_fields_given_win_over_typed_ones_and_narrow(tmp_path: Path, db: Database) -> None:
    put(db, 1, title="lương", read=tagging(topics=("T06",), places=("Lào Cai",)))
    put(db, 2, title="lương", outlet="bao-hai", read=tagging(topics=("T01",)))
    here = sits(tmp_path, db)
    assert [hit.id for hit in find(here, "lương báo:bao-mot", outlet="bao-hai").hits] == [ident(2)]
    assert [hit.id for hit in find(here, "lương", topic="T06").hits] == [ident(1)]
    assert [hit.id for hit in find(here, "", place="Lào Cai").hits] == [ident(1)]
    assert find(here, "lương", since=date(2020, 1, 1), until=date(2020, 2, 1)).total == 0
    assert find(here, "lương báo:bao-mot").words == "lương"
    with pytest.raises(UsageError):
        find(here, "lương", topic="T99")


@given(st.text(alphabet='ạđ <&/"*:vVsố45-2026 \u0301\n', max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_typed_text_fails_and_marks_lie_inside(typed: str) -> None:
    sitting = _standing()
    try:
        found = find(sitting, typed)
    except UsageError:
        return
    for hit in found.hits:
        for text, spans in ((hit.snippet, hit.marks), (hit.title, hit.title_marks)):
            ends = [0, *(at for span in spans for at in span)]
            assert ends == sorted(ends)
            assert all(fold(text[a:b]) for a, b in spans)


_KEPT: list[Sitting] = []


def _standing() -> Sitting:
    return _KEPT[0]


@pytest.fixture(autouse=True, scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    root = tmp_path_factory.mktemp("found")
    with opened(root / "data" / "monitor.db") as db:
        office(db)
        put(db, 1, title="Số 45 đạ số", text="vvố 45-2026 ạđ")
        _KEPT[:] = [sits(root, db, LEADER)]
        yield
