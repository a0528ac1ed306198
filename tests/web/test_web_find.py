"""The search page: ranked and marked results, months that narrow, letters and cases above, and empty states."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from article_making import brought
from bs4 import BeautifulSoup
from desk_office import LOGINS, Desk

from monitor import clock
from monitor.desk import moving, triage
from monitor.desk.intake import NewItem, take_in
from monitor.model.source import Medium


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize("role", LOGINS)
def test_everybody_searches_and_sees_the_newest_before_typing(desk: Desk, role: str) -> None:
    page = soup(desk.role(role).get("/tim"))
    assert "Bài mới nhất trong kho" in page.text and len(page.select(".results > li")) == 20
    assert page.select_one("details.act").has_attr("open")


def test_results_are_marked_without_accents_too_and_lead_back(desk: Desk) -> None:
    client = desk.client("bao")
    page = soup(client.get("/tim", params={"q": "khoang san"}))
    assert {one.text for one in page.select(".results mark")} == {"Khoáng sản"}
    link = page.select_one(".results h3 a")["href"]
    back = soup(client.get(link)).select_one(".tools a")["href"]
    assert back == "/tim?q=khoang+san"


def test_months_narrow_and_open_up_again(desk: Desk) -> None:
    client = desk.client("bao")
    page = soup(client.get("/tim?q=công+đoàn"))
    month = page.select_one(".months a")
    narrowed = client.get(month["href"])
    assert narrowed.status_code == 200
    count = int(month.b.text)
    assert f"{count} bài" in soup(narrowed).select_one("#bai").text
    assert "Xem mọi tháng" in narrowed.text


def test_filters_and_fields_find_the_same(desk: Desk) -> None:
    client = desk.client("bao")
    beside = soup(client.get("/tim", params={"q": "công đoàn", "bao": "bao1"})).select("#bai")[0].text
    typed = soup(client.get("/tim", params={"q": "công đoàn báo:bao1"})).select("#bai")[0].text
    assert beside == typed and beside.endswith("bài")


def test_pages_follow_one_another(desk: Desk) -> None:
    client = desk.client("bao")
    page = soup(client.get("/tim?q=công+đoàn"))
    nextp = soup(client.get(page.select_one("a[rel=next]")["href"]))
    first = {one["id"] for one in page.select(".results > li")}
    assert first.isdisjoint({one["id"] for one in nextp.select(".results > li")})
    assert nextp.select_one("a[rel=prev]")


@pytest.mark.parametrize("query", [{"q": "zzzkhongco"}, {"q": '"..."'}, {"q": "công đoàn", "den": "01/01/2001"}])
def test_nothing_found_suggests_what_to_try(desk: Desk, query: dict[str, str]) -> None:
    answer = desk.client("bao").get("/tim", params=query)
    assert answer.status_code == 200 and "Thử gõ không dấu" in answer.text


@pytest.mark.parametrize("query", [{"chu-de": "T99"}, {"q": "nơi:Atlantis"}])
def test_what_cannot_be_read_is_said_beside_the_form(desk: Desk, query: dict[str, str]) -> None:
    answer = desk.client("bao").get("/tim", params=query)
    page = soup(answer)
    assert answer.status_code == 422 and page.select_one("[role=alert]").text
    name, value = next(iter(query.items()))
    if name != "chu-de":
        assert page.find("input", {"name": name, "id": name})["value"] == value


def test_a_day_that_is_none_narrows_nothing_and_is_said(desk: Desk) -> None:
    answer = desk.client("bao").get("/tim", params={"q": "công đoàn", "tu": "hôm nào đó"})
    page = soup(answer)
    assert answer.status_code == 200
    assert "hôm nào đó" in page.select_one("[role=alert]").text
    assert page.select_one(".results > li")
    assert page.find("input", {"id": "tu"})["value"] == "hôm nào đó"


def test_cases_stand_above_and_restricted_ones_nowhere(desk: Desk) -> None:
    with desk.sitting("lanh") as s:
        at = [one.subject for one in triage.pending(s)]
        open_ = triage.open_case(s, [at[0]], triage.Opening(title="Vụ nợ lương xưởng dệt")).id
        shut = triage.open_case(s, [at[1]], triage.Opening(title="Vụ nợ lương kín")).id
        moving.restrict(s, shut, ["lanh"])
        item = NewItem(medium=Medium.DAILY_PRINT, outlet="Báo Kín", at=s.now, title="Tố cáo zxqv", hour=False)
        typed = take_in(s, item).article.id
        triage.add_to_case(s, shut, [typed])
    for query in ("nợ lương", shut, "zxqv"):
        page = desk.client("bao").get("/tim", params={"q": query}).text
        assert f"/vu-viec/{shut}" not in page and "Vụ nợ lương kín" not in page and typed not in page
    assert f'/vu-viec/{open_}"' in desk.client("bao").get("/tim?q=nợ lương").text
    assert f'/vu-viec/{shut}"' in desk.client("lanh").get(f"/tim?q={shut}").text
    assert typed in desk.client("lanh").get("/tim?q=zxqv").text
    assert "Không tìm thấy bài nào" in desk.client("bao").get("/tim?q=zxqv").text


def test_the_results_go_to_excel_and_no_cell_is_a_formula(desk: Desk) -> None:
    brought(desk, "http://bao9.example/f.html", '=HYPERLINK("http://evil.example";"công đoàn")')
    client = desk.client("bao")
    answer = client.get("/tim?q=công+đoàn&xuat=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.rows)
    assert [one.value for one in rows[0]][:3] == ["Tiêu đề", "Cơ quan báo chí", "Đăng lúc"]
    assert len(rows) - 1 == 26
    assert any(str(row[0].value).startswith("=HYPERLINK") for row in rows)
    assert all(cell.data_type != "f" for row in rows for cell in row)
    assert rows[1][2].value.year == clock.local(clock.now()).year


def test_hostile_titles_and_queries_stay_words(desk: Desk) -> None:
    brought(desk, "http://bao9.example/x.html", "<script>alert(1)</script> qwxz công đoàn")
    for query in ("qwxz", '"><script>alert(1)</script>', "{{ 7*7 }}", "a" * 5000, "*:* OR NEAR("):
        answer = desk.client("bao").get("/tim", params={"q": query})
        assert answer.status_code == 200
        assert len(soup(answer).find_all("script")) == 1
