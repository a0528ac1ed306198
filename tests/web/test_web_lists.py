"""Lists: a page beyond the last, days that cannot be read, all of a list as an Excel file at the cost of one look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from desk_office import Desk

from monitor.desk import finding, inbox, triage
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.finding import InboxFilter
from monitor.store import fulltext
from monitor.web import excel
from monitor.web.excel import MEDIA_TYPE


def sheet(answer: Any) -> list[tuple[object, ...]]:
    assert answer.headers["content-type"] == MEDIA_TYPE
    return list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)[1:]


def count(patch: pytest.MonkeyPatch, where: object, name: str) -> list[int]:
    """How often the function is called from now on."""
    real: Callable[..., Any] = getattr(where, name)
    calls: list[int] = []

    def counted(*args: Any, **more: Any) -> Any:
        calls.append(1)
        return real(*args, **more)

    patch.setattr(where, name, counted)
    return calls


def test_all_rows_of_the_inbox_are_sorted_once_and_are_those_of_its_pages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "_PER_PAGE", 4)
    with desk.sitting("bao") as s:
        for sort in inbox.SORTS:
            asked = InboxFilter(state="all", sort=sort, per_page=4)
            first = inbox.inbox(s, asked)
            assert first.pages > 5
            paged = [r for n in range(first.pages) for r in inbox.inbox(s, replace(asked, page=n + 1)).rows]
            assert list(inbox.every(s, asked)) == paged
    calls = count(monkeypatch, inbox, "sort_out")
    lines = sheet(desk.client("bao").get("/hop-tin?xuat=xlsx&trang-thai=all"))
    assert len(calls) == 1
    assert sorted(str(line[1]) for line in lines) == sorted(row.title for row in paged)


def test_a_result_is_searched_for_once_and_its_rows_are_those_of_its_pages(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "_PER_PAGE", 4)
    with desk.sitting("bao") as s:
        for typed in ("công đoàn", ""):
            first = finding.find(s, typed, per_page=4)
            assert first.pages > 5
            paged = [h for n in range(first.pages) for h in finding.find(s, typed, page=n + 1, per_page=4).hits]
            assert list(finding.every(s, typed)) == paged
    calls = count(monkeypatch, fulltext, "matches")
    lines = sheet(desk.client("bao").get("/tim?q=công+đoàn&xuat=xlsx"))
    assert len(calls) == 1
    assert len(lines) == len(paged)


def test_the_inbox_says_how_far_back_it_looks(desk: Desk) -> None:
    page = desk.client("bao").get("/hop-tin?ngay=9999")
    assert page.status_code == 200
    assert f"{inbox.MOST_DAYS} ngày gần nhất" in page.text
    assert "ngày gần nhất. Muốn xem" not in desk.client("bao").get("/hop-tin?ngay=365").text
    assert "ngày gần nhất. Muốn xem" not in desk.client("bao").get("/hop-tin?ngay=9999&tu=01/01/2020").text
    with desk.sitting("bao") as s, pytest.raises(UsageError, match="filter_days"):
        inbox.inbox(s, InboxFilter(days=inbox.MOST_DAYS + 1))


def test_a_page_beyond_the_last_is_the_last(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.web.pages.cases._SIZE", 2)
    with desk.sitting("bao") as s:
        for n, one in enumerate(triage.pending(s)[:3]):
            triage.open_case(s, [one.subject], triage.Opening(title=f"Vụ thử {n}"))
    client = desk.client("bao")
    for path, words in (("/vu-viec?trang=", "Trang 2 / 2"), ("/tim?q=công+đoàn&trang=", "Trang 2 / 2")):
        for number in ("2", "999", "99999999999999999999"):
            page = BeautifulSoup(client.get(path + number).text, "lxml").find("main")
            assert page.select("[data-row]"), path + number
            assert words in page.get_text() or number.startswith("9999999"), path + number
    # Nothing at all is told as ever.
    assert "Không có vụ việc nào khớp" in client.get("/vu-viec?q=khongco&trang=999").text
    assert client.get("/van-ban?trang=999").status_code == 200


BAD = "hôm kia"


@pytest.mark.parametrize("path", ["/hop-tin", "/tim", "/vu-viec", "/van-ban", "/tong-quan", "/tong-quan/danh-sach"])
@pytest.mark.parametrize("name", ["tu", "den"])
def test_a_day_that_cannot_be_read_is_told_on_every_page_and_makes_no_file(desk: Desk, path: str, name: str) -> None:
    client = desk.client("dau")
    for more in ("", "&xuat=xlsx"):
        page = client.get(f"{path}?{name}={BAD}{more}")
        assert page.headers["content-type"].startswith("text/html"), path + more
        told = BeautifulSoup(page.text, "lxml").find(class_="wrong")
        assert told is not None, path + more
        assert BAD in told.get_text(), path + more
    good = BeautifulSoup(client.get(f"{path}?{name}=05/11/2026").text, "lxml")
    assert BAD not in good.get_text()
    assert not good.select("main .wrong"), path


def test_the_words_for_too_many_days_say_what_to_do() -> None:
    assert "từ ngày, đến ngày" in label("error", "filter_days", value=500, most=400)


def test_a_long_text_of_a_sheet_has_a_row_high_enough_where_a_program_does_not_work_it_out() -> None:
    raw = excel.workbook("Danh sách", ["TT", "Nội dung"], [[1, "chữ " * 60], [2, "ngắn"]])
    made = openpyxl.load_workbook(BytesIO(raw))
    rows = made.worksheets[0].row_dimensions
    assert (rows[2].height or 0) >= 60
    assert rows[3].height is None
    assert made.worksheets[0]["A2"].alignment.vertical == "top"
