"""Tổng quan: figures of a period, each a link to exactly as many items."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from desk_office import Desk, make
from one_place import placed

from monitor import clock
from monitor.desk import moving, triage
from monitor.web.pages.overview import usual


@pytest.fixture
def desk(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A fresh office, always at one place."""
    return placed(_made, tmp_path_factory.getbasetemp())


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def number(said: str) -> int:
    return int(re.sub(r"\D", "", said))


def figures(page: BeautifulSoup, head: str) -> dict[str, tuple[int, str]]:
    table = page.find("section", {"aria-labelledby": head})
    return {row.th.text: (number(row.a.text), row.a["href"]) for row in table.select("tbody tr")}


def listed(client: Any, address: str) -> int:
    """How many items all pages behind an address hold."""
    page = soup(client.get(address))
    rows = len(page.select("[data-row]"))
    while further := page.select_one("nav.pages a[rel=next]"):
        page = soup(client.get(further["href"]))
        rows += len(page.select("[data-row]"))
    return rows


def test_the_office_reads_it_and_nobody_else(desk: Desk) -> None:
    for role, status in (("leader", 200), ("press", 200), ("clerk", 200), ("unit", 403), ("admin", 403)):
        for path in ("/tong-quan", "/tong-quan/danh-sach"):
            assert desk.role(role).get(path).status_code == status


def test_every_figure_is_a_link_to_exactly_that_many(desk: Desk) -> None:
    client = desk.role("press")
    page = soup(client.get("/tong-quan?ky=nam&pham-vi=tat-ca"))
    links = page.select("main a[href^='/tong-quan/danh-sach']")
    assert len(links) > 10
    for link in {a["href"]: a for a in links}.values():
        assert listed(client, link["href"]) == number(link.text), link["href"]


def test_parts_that_do_not_overlap_sum_to_the_total(desk: Desk) -> None:
    page = soup(desk.role("leader").get("/tong-quan?ky=nam"))
    for head in ("h-chu-de", "h-bao", "h-sac-thai"):
        assert sum(count for count, _ in figures(page, head).values()) == 25
    assert "chỉ tính tin, bài về công đoàn" in page.text
    assert "cộng lại không bằng tổng số" in page.text or not figures(page, "h-noi")
    counts = [number(a.text) for a in page.select("table.columns a")]
    assert sum(counts) == 25


def test_filters_narrow_figures_and_lists_alike(desk: Desk) -> None:
    client = desk.role("press")
    page = soup(client.get("/tong-quan?ky=nam&bao=bao1"))
    (count, link), *others = figures(page, "h-bao").values()
    assert (listed(client, link), others) == (count, [])
    assert page.find("option", {"value": "bao1"}).has_attr("selected")
    back = soup(client.get(link)).find("a", string=re.compile("← Tổng quan"))["href"]
    assert "bao=bao1" in back


def test_cases_are_counted_and_a_restricted_one_is_counted_alone(desk: Desk) -> None:
    with desk.sitting() as s:
        first, second = (row.subject for row in triage.pending(s)[:2])
        open_ = triage.open_case(s, [first], triage.Opening(title="Vụ thứ nhất")).id
        secret = triage.open_case(s, [second], triage.Opening(title="Vụ kín")).id
    with desk.sitting("lanh") as s:
        moving.restrict(s, secret, ["lanh"])
    client = desk.role("press")
    answer = client.get("/tong-quan")
    assert secret not in answer.text
    page = soup(answer)
    statuses, verdicts = figures(page, "h-tt"), figures(page, "h-kl")
    assert statuses["Mới mở"][0] == 2
    for _, link in (*statuses.values(), *verdicts.values()):
        told = client.get(link)
        assert told.status_code == 200
        assert secret not in told.text
    assert open_ in client.get(statuses["Mới mở"][1]).text
    assert open_ in client.get(verdicts["Chưa có kết luận"][1]).text
    assert "1 vụ ở chế độ hạn chế" in client.get(verdicts["Chưa có kết luận"][1]).text
    leader = desk.role("leader")
    assert listed(leader, verdicts["Chưa có kết luận"][1]) == listed(leader, statuses["Mới mở"][1]) == 2
    sheet = client.get(verdicts["Chưa có kết luận"][1] + "&xuat=xlsx")
    assert [row[0] for row in openpyxl.load_workbook(BytesIO(sheet.content)).active.values] == ["Mã", open_]


def test_a_period_with_nothing_says_which_and_a_wrong_one_why(desk: Desk) -> None:
    client = desk.role("press")
    page = client.get("/tong-quan?tu=01/01/2020&den=31/01/2020")
    assert "Không có tin, bài nào từ 01/01/2020 đến 31/01/2020." in page.text
    assert "Không có tin, bài nào từ 01/01/2020" in client.get("/tong-quan/danh-sach?tu=01/01/2020&den=31/01/2020").text
    backwards = client.get("/tong-quan?tu=05/02/2020&den=01/01/2020")
    assert backwards.status_code == 422
    assert "bị ngược" in backwards.text
    unclear = client.get("/tong-quan?tu=<script>hôm nọ")
    assert "Không hiểu ngày" in unclear.text
    assert "<script>hôm" not in unclear.text
    assert client.get("/tong-quan?pham-vi=la").status_code == 422
    assert client.get("/tong-quan/danh-sach?pham-vi=la").status_code == 404


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("thang", date(2026, 11, 1), date(2026, 11, 21)),
        ("thang-truoc", date(2026, 10, 1), date(2026, 10, 31)),
        ("quy", date(2026, 10, 1), date(2026, 11, 21)),
        ("nua-nam", date(2026, 7, 1), date(2026, 11, 21)),
        ("nam", date(2026, 1, 1), date(2026, 11, 21)),
    ],
)
def test_usual_periods_begin_where_the_office_begins_them(key: str, first: date, last: date) -> None:
    assert usual(key, date(2026, 11, 21)) == (first, last)
    assert usual("thang-truoc", date(2026, 1, 31)) == (date(2025, 12, 1), date(2025, 12, 31))


def test_figures_and_lists_go_to_excel_as_they_stand(desk: Desk) -> None:
    client = desk.role("clerk")
    rows = list(openpyxl.load_workbook(BytesIO(client.get("/tong-quan?ky=nam&xuat=xlsx").content)).active.values)
    assert rows[0] == ("Phần", "Mục", "Số lượng")
    assert ("Tin, bài", "Tổng số tin, bài", 25) in rows
    items = client.get("/tong-quan/danh-sach?tu=01/01/2020&xuat=xlsx")
    assert len(list(openpyxl.load_workbook(BytesIO(items.content)).active.values)) == 26


def test_hostile_headlines_are_text_on_the_page_and_in_the_sheet(tmp_path: Path) -> None:
    item = {
        "url": "http://evil.example/1", "outlet": "la", "published": clock.iso_local(clock.now()) or "", "summary": "",
        "title": '=HYPERLINK("http://evil.example") <script>alert(1)</script> Công đoàn cơ sở',
        "body": "Công đoàn cơ sở và Liên đoàn Lao động tỉnh gặp công nhân.",
    }  # fmt: skip
    client = make(tmp_path / "la", [item]).role("press")
    page = client.get("/tong-quan/danh-sach")
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text
    sheet = openpyxl.load_workbook(BytesIO(client.get("/tong-quan/danh-sach?xuat=xlsx").content)).active
    assert [(c.value[:6], c.data_type) for c in sheet["A"][1:]] == [("=HYPER", "s")]
