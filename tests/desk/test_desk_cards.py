"""Outlet cards: valid by date, in and out of tables without a change, and no table that can do harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from press_server import NOW, outlet, write_home

from monitor.clock import local
from monitor.desk import cards, cards_csv, people, products
from monitor.desk.sheets import day_of, day_said, defused, undefused
from monitor.desk.sitting import Sitting, sitting
from monitor.errors import InputError, MonitorError, RefusedError
from monitor.labels import hint, wording
from monitor.model.calendar import IssueDays
from monitor.model.card import OutletCard, Product
from monitor.model.people import OfficeRole
from monitor.model.source import Medium
from monitor.store import events

TODAY = local(NOW).date()
DAY = timedelta(days=1)
HEAD = "outlet,legal_name,managing_body,authority,address,valid_from"
LINE = "tin24,Báo Tin 24,Tỉnh ủy,Sở VHTTDL,12 phố Mới,01/01/2026"


@pytest.fixture
def s(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sitting]:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    home = write_home(
        root, outlet("tin24", "{feed: http://tin24.test/rss}") + outlet("khac", "{feed: http://k.test/r}")
    )
    with sitting(home) as made:
        yield made


def card(**more: Any) -> OutletCard:
    base = OutletCard(
        outlet="tin24", legal_name="Báo Tin 24", managing_body="Tỉnh ủy", authority="Sở VHTTDL", address="12 phố Mới",
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    return replace(base, **more)


def put_count(s: Sitting) -> int:
    return sum(e.action == "card.put" for e in events.every(s.db))


# By date.


def test_a_new_card_ends_the_one_before_it_the_day_before(s: Sitting) -> None:
    cards.put(s, card())
    cards.put(s, card(valid_from=date(2026, 7, 1), address="34 phố Cũ"))
    assert [(c.valid_from, c.valid_to) for c in cards.history(s, "tin24")] == [
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), None),
    ]
    assert cards.card_for(s, "tin24", date(2026, 6, 30)).address == "12 phố Mới"
    assert cards.card_for(s, "tin24", date(2026, 7, 1)).address == "34 phố Cũ"


def test_an_earlier_card_entered_later_ends_before_the_next(s: Sitting) -> None:
    cards.put(s, card(valid_from=date(2026, 7, 1)))
    done = cards.put(s, card())
    assert done.card.valid_to == date(2026, 6, 30)
    assert not cards.put(s, card()).changed


def test_a_card_corrected_on_its_own_first_day_replaces_itself(s: Sitting) -> None:
    cards.put(s, card())
    cards.put(s, card(editor="Nguyễn Văn A"))
    assert [c.editor for c in cards.history(s, "tin24")] == ["Nguyễn Văn A"]
    assert put_count(s) == 2


def test_the_same_card_again_is_no_event(s: Sitting) -> None:
    assert cards.put(s, card()).changed
    assert not cards.put(s, card()).changed
    assert put_count(s) == 1


def test_without_a_card_of_that_day_it_is_said_how_to_enter_one(s: Sitting) -> None:
    cards.put(s, card(valid_to=date(2026, 3, 31)))
    for on in (date(2025, 12, 31), date(2026, 4, 1)):
        with pytest.raises(RefusedError) as error:
            cards.card_for(s, "tin24", on)
        assert "Lập phiếu thông tin" in wording(error.value)
        assert "monitor outlet card tin24" in hint(error.value)


def test_outlets_without_a_card_are_listed(s: Sitting) -> None:
    cards.put(s, card())
    assert [one.id for one in cards.lacking(s, TODAY)] == ["khac"]
    assert [one.id for one in cards.lacking(s, date(2025, 1, 1))] == ["tin24", "khac"]


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"legal_name": " "}, "words_missing"),
        ({"address": ""}, "words_missing"),
        ({"valid_to": date(2025, 12, 31)}, "card_dates"),
        ({"email": "khong phai"}, "card_mail"),
        ({"corrections": "javascript:alert(1)"}, "link_unfit"),
        ({"outlet": "có dấu"}, "outlet_id"),
        ({"products": (Product(id="a", name="A", medium=Medium.TV),) * 2}, "product_twice"),
    ],
)
def test_what_cannot_be_a_card_is_refused_and_nothing_is_kept(s: Sitting, more: dict[str, Any], key: str) -> None:
    with pytest.raises(MonitorError) as error:
        cards.put(s, card(**more))
    assert error.value.key == key
    assert wording(error.value)
    assert cards.every(s) == []


def test_cards_are_kept_by_leaders_press_and_clerks(s: Sitting) -> None:
    for role, allowed in ((OfficeRole.CLERK, True), (OfficeRole.UNIT, False)):
        who = people.add_person(s.db, s.actor, f"Ông {role}", (role,), now=s.now)
        at = replace(s, actor=who)
        if allowed:
            assert cards.put(at, card()).changed
        else:
            with pytest.raises(RefusedError, match="card_role"):
                cards.put(at, card(editor="X"))


def test_an_outlet_that_is_not_watched_is_taken_with_a_notice(s: Sitting) -> None:
    assert not cards.put(s, card(outlet="bao-la")).known
    done = cards_csv.take_in(s, f"{HEAD}\n{LINE.replace('tin24', 'bao-la2')}\n".encode())
    assert any("bao-la2" in notice for notice in done.notices)


# Products in a cell.


@pytest.mark.parametrize(
    ("text", "issues"),
    [
        ("thứ Hai-thứ Bảy", IssueDays(weekdays=(0, 1, 2, 3, 4, 5))),
        ("Thứ 2 đến thứ 6", IssueDays(weekdays=(0, 1, 2, 3, 4))),
        ("T2, T4, CN", IssueDays(weekdays=(0, 2, 6))),
        ("hằng ngày", IssueDays(weekdays=tuple(range(7)))),
        ("ngày 1, 15", IssueDays(days=(1, 15))),
        ("ngày 10 tháng 3, 6", IssueDays(days=(10,), months=(3, 6))),
        ("14 ngày một số từ 05/01/2026", IssueDays(every=14, anchor=date(2026, 1, 5))),
        ("ra 20/11/2026, 2026-12-20", IssueDays(dates=(date(2026, 11, 20), date(2026, 12, 20)))),
        ("thứ Năm, trừ 01/01/2026, kỳ 7 ngày", IssueDays(weekdays=(3,), skip=(date(2026, 1, 1),), period=7)),
        ("không định kỳ", IssueDays()),
        ("", None),
    ],
)
def test_issue_days_are_read_as_an_office_writes_them(text: str, issues: IssueDays | None) -> None:
    assert products.issues_of(text) == issues


@pytest.mark.parametrize(
    "text", ["thứ Tám", "ngày", "ngày mười", "5, 6", "thứ Bảy-thứ Hai", "ngày 32", "tháng 3", "ra 31/02/2026", "ngày ²"]
)
def test_issue_days_that_say_nothing_are_told(text: str) -> None:
    with pytest.raises(InputError) as error:
        products.issues_of(text)
    assert wording(error.value)


@pytest.mark.parametrize(
    "cell", ["Báo A", "|daily_print", "A|báo gì đó", "A|tv|thứ Hai|thêm|nữa", "A|tv|id=a; B|tv|id=a"]
)
def test_a_cell_that_is_no_product_is_told(cell: str) -> None:
    with pytest.raises(InputError) as error:
        products.parse(cell)
    assert wording(error.value)


def test_several_products_stand_in_one_cell() -> None:
    made = products.parse(
        "Báo Tỉnh A|daily_print|thứ Hai-thứ Bảy; Tạp chí B|Tạp chí|ngày 1, 15; Bản tin C|weekly|thứ Năm;"
    )
    assert [(p.id, p.medium) for p in made] == [
        ("bao-tinh-a", Medium.DAILY_PRINT),
        ("tap-chi-b", Medium.MAGAZINE),
        ("ban-tin-c", Medium.WEEKLY),
    ]


_days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
_issues = st.builds(
    lambda weekdays, days, months, every, dates, skip, period: IssueDays(
        weekdays=tuple(weekdays), days=tuple(days), months=tuple(months) if days else (),
        every=every[0] if every else None, anchor=every[1] if every else None, dates=tuple(dates), skip=tuple(skip),
        period=period,
    ),
    st.lists(st.integers(0, 6), max_size=8), st.lists(st.integers(1, 31), max_size=4),
    st.lists(st.integers(1, 12), max_size=4), st.none() | st.tuples(st.integers(1, 3660), _days),
    st.lists(_days, max_size=3), st.lists(_days, max_size=3), st.none() | st.integers(1, 3660),
)  # fmt: skip
_names = st.text("Báo ;|\\=,'\"thứ-1", min_size=1, max_size=12).map(lambda t: " ".join(t.split())).filter(bool)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_names, st.sampled_from(list(Medium)), st.none() | _issues, st.booleans()), max_size=4))
def test_products_written_are_read_as_the_same(found: list[tuple[str, Medium, IssueDays | None, bool]]) -> None:
    made = products.tidied(
        Product(id=f"x{n}|;" if own else "", name=name, medium=medium, issues=issues)
        for n, (name, medium, issues, own) in enumerate(found)
    )
    assert products.parse(products.said(made)) == made


# Tables.


def test_cards_written_are_read_as_the_same_and_change_nothing(s: Sitting, tmp_path: Path) -> None:
    issues = IssueDays(weekdays=(0, 1, 2), skip=(date(2026, 9, 2),))
    cards.put(s, card(
        phone="+84 214 3840 034", editor="=cmd|'/C calc'!A0", note="dòng một\n@dòng hai, \"ngoặc\"; '=x",
        products=(Product(id="b", name="Báo; \"A\"|B", medium=Medium.DAILY_PRINT, issues=issues),),
    ))  # fmt: skip
    cards.put(
        s, card(valid_from=date(2026, 7, 1), legal_name="-Báo", checked=TODAY, corrections="http://tin24.test/dc")
    )
    before, raw = cards.every(s), cards_csv.to_csv(cards.every(s))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert ",'=cmd|" in raw.decode()
    assert ",=cmd" not in raw.decode()
    assert cards_csv.take_in(s, raw).known == 2
    assert cards_csv.take_in(s, cards_csv.to_json(before)).known == 2
    assert cards.every(s) == before
    assert put_count(s) == 2


def test_a_table_fills_an_empty_folder_with_the_same_cards(s: Sitting, tmp_path: Path) -> None:
    cards.put(s, card(products=products.parse("Báo A|daily_print|thứ Hai-thứ Bảy")))
    cards.put(s, card(valid_from=date(2026, 7, 1)))
    made = cards.every(s)
    for n, raw in enumerate((cards_csv.to_csv(made), cards_csv.to_json(made))):
        with sitting(write_home(tmp_path / str(n), outlet("tin24", "{feed: http://tin24.test/rss}"))) as other:
            assert cards_csv.take_in(other, raw).stored == 2
            assert cards.every(other) == made


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@a", "'=1", "''=", "'", "''", "'a", "'-", "\ta", "a"])
def test_a_cell_is_defused_and_comes_back(text: str) -> None:
    assert undefused(defused(text)).replace("\t", "") == text.replace("\t", "")
    assert not defused(text).startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize(
    "raw",
    [
        f"{HEAD}\n{LINE}\n".encode(),
        f"{HEAD}\n{LINE}\n".replace(",", ";").encode(),
        f"\ufeff{HEAD}\r\n{LINE}\r\n".encode(),
        f"{HEAD}\n{LINE}\n".replace(",", "\t").encode("utf-16"),
        "Mã cơ quan báo chí,TÊN ĐẦY ĐỦ,co quan chu quan,Cơ quan quản lý nhà nước,Địa chỉ,Có hiệu lực từ,STT\n"
        f"{LINE},1\n".encode(),
        f"{HEAD}\n\n{LINE},,,\n,,,,,\n".encode(),
        f"{HEAD}\n{LINE}\n".replace("Báo", "B\0áo").encode(),
        f"{HEAD}\n{LINE.replace('01/01/2026', '2026-01-01')}\n".encode(),
    ],
    ids=["comma", "semicolon", "bom", "utf16-tabs", "vietnamese", "empty-lines", "nul", "iso"],
)  # fmt: skip
def test_tables_as_spreadsheets_write_them_are_taken(s: Sitting, raw: bytes) -> None:
    done = cards_csv.take_in(s, raw)
    assert (done.stored, done.bad) == (1, ())
    assert cards.every(s) == [card()]


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (b"", "sheet_no_header"),
        (b"\n\n", "sheet_no_header"),
        (b"\x00" * 1000, "sheet_no_header"),
        (f"{HEAD}\ntin24,Báo gì đó,".encode("cp1258", "replace"), "sheet_charset"),
        (b"\xff\xfe\x00", "sheet_charset"),
        (HEAD.replace(",address", "").encode(), "sheet_columns"),
        (f"{HEAD},Địa chỉ\n".encode(), "sheet_column_twice"),
        (b'"' + b"x" * 300_000, "sheet_no_header"),
        (b"PK\x03\x04\xff\xfe", "sheet_charset"),
        (b'[{"outlet": ', "cards_json"),
        (b'{"outlet": "a"}', "cards_json"),
        (b"[" * 100_000, "cards_json"),
    ],
    ids=[
        *("empty", "blank", "nul", "cp1258", "cut-utf16", "missing", "twice", "quote", "xlsx", "cut-json", "object"),
        "deep",
    ],
)
def test_files_that_are_no_such_table_are_told(s: Sitting, raw: bytes, key: str) -> None:
    with pytest.raises(InputError) as error:
        cards_csv.take_in(s, raw)
    assert error.value.key == key
    assert wording(error.value)


def test_bad_lines_are_told_by_number_and_the_others_are_kept(s: Sitting) -> None:
    lines = [
        HEAD + ",products,email",
        LINE + ",,",
        LINE.replace("tin24", "a1").replace("01/01/2026", "31/02/2026") + ",,",
        LINE.replace("tin24", "a2").replace("Tỉnh ủy", "") + ",,",
        "a3," + "x" * 1_000_000 + ",b,c,d,01/01/2026,,",
        LINE.replace("tin24", "a4") + ",Báo|không rõ,",
        LINE.replace("tin24", "a5") + ",,,,thừa",
        LINE.replace("tin24", "khac") + ",,a@b.vn",
        LINE + ",,",
        LINE.replace("tin24", "a6").replace("01/01/2026", "") + ",,",
    ]
    done = cards_csv.take_in(s, "\n".join(lines).encode())
    assert (done.stored, done.known) == (2, 1)
    assert [number for number, _ in done.bad] == [3, 4, 5, 6, 7, 10]
    assert all(reason for _, reason in done.bad)
    assert {c.outlet for c in cards.every(s)} == {"tin24", "khac"}


def test_bad_cards_in_json_are_told_by_number(s: Sitting) -> None:
    good = cards_csv.to_json([card()]).decode().strip()[1:-1]
    raw = f'[{good}, {{"outlet": "x"}}, 5, {good.replace("2026-01-01", "2026-13-01")}, {good.replace("tin24", "khac")}]'
    done = cards_csv.take_in(s, raw.encode())
    assert (done.stored, [number for number, _ in done.bad]) == (2, [2, 3, 4])


@pytest.mark.parametrize("text", ["5/11/26", "2026-13-01", "hôm nay", "05/11/2026 abc", "٠٥/١١/٢٠٢٦x"])
def test_a_day_in_a_table_is_a_day_or_nothing(text: str) -> None:
    with pytest.raises(InputError):
        day_of(text)
    assert day_of("") is None
    assert day_of(day_said(TODAY)) == TODAY
