"""Quy tắc: files as they are in force, in parts a page can carry, and what fires on a pasted text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from desk_office import Desk
from hypothesis import given
from hypothesis import strategies as st
from one_place import placed

from monitor.web.pages.rules import cut

TITLE = "Công nhân đình công, công đoàn cơ sở vào cuộc"
TEXT = "Liên đoàn Lao động tỉnh Lào Cai cử cán bộ xuống nhà máy.\nCông nhân đòi công ty trả lương tháng trước."


@pytest.fixture
def desk(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A fresh office, always at one place."""
    return placed(_made, tmp_path_factory.getbasetemp())


def soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def test_everybody_reads_the_list_and_every_file_whole(desk: Desk) -> None:
    for role in ("leader", "press", "clerk", "unit", "admin"):
        page = desk.role(role).get("/quy-tac")
        assert page.status_code == 200
        assert "monitor rules test" in page.text
    names = [a.text for a in soup(page).select("tr[data-row] a")]
    assert {"topics.yaml", "places_wards.tsv"} <= set(names)
    client = desk.role("unit")
    for name in ("topics.yaml", "places_wards.tsv"):
        shown: list[str] = []
        page_number = 1
        while True:
            answer = client.get(f"/quy-tac/{name}?trang={page_number}")
            assert len(answer.content) < 110_000
            shown += [line.text for line in soup(answer).select("ol.code li")]
            if not soup(answer).select("nav.pages a[rel=next]"):
                break
            page_number += 1
        assert shown == (desk.home.root / "rules" / name).read_text("utf-8").splitlines()


def test_a_line_is_found_by_its_number(desk: Desk) -> None:
    page = desk.role("press").get("/quy-tac/places_wards.tsv?dong=700")
    assert soup(page).find("li", id="d700")


def test_there_is_no_way_out_of_the_folder_of_rules(desk: Desk) -> None:
    for name in ("khong.yaml", "..%2Fsources.yaml", "%2Fetc%2Fpasswd", "<script>.yaml"):
        answer = desk.role("press").get(f"/quy-tac/{name}")
        assert answer.status_code == 404
        assert "<script>.yaml" not in answer.text


def test_markup_in_a_file_is_text_and_an_own_file_says_so(desk: Desk) -> None:
    own = desk.home.root / "rules" / "tone.yaml"
    own.write_text(own.read_text("utf-8") + "\n# <script>alert(1)</script>\n", encoding="utf-8")
    (desk.home.root / "rules" / "trong.yaml").write_text("", encoding="utf-8")
    client = desk.role("press")
    row = next(r for r in soup(client.get("/quy-tac")).select("tr[data-row]") if "tone.yaml" in r.a.text)
    assert "đã sửa" in row.text
    last = client.get("/quy-tac/tone.yaml?trang=99")
    assert "&lt;script&gt;alert(1)" in last.text
    assert "Tệp này trống" in client.get("/quy-tac/trong.yaml").text


def test_the_list_goes_to_excel(desk: Desk) -> None:
    answer = desk.role("press").get("/quy-tac?xuat=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0] == ("Tệp", "Nói về", "Bản đang dùng", "Số dòng")
    assert "union.yaml" in {row[0] for row in rows}


def test_a_pasted_text_shows_its_tags_marks_and_the_rules_with_their_lines(desk: Desk) -> None:
    client = desk.role("unit")
    page = client.submit("/quy-tac/thu", "thu", **{"tieu-de": TITLE, "noi-dung": TEXT})
    assert page.status_code == 200
    shown = soup(page)
    assert "Công đoàn" in shown.find("section", {"aria-labelledby": "h-nhan"}).text
    assert shown.select(".text mark")
    assert shown.find("textarea").text.strip() == TEXT
    links = [a["href"] for a in shown.select("section[aria-labelledby=h-qt] a")]
    assert links
    for link in links[:3]:
        path, _, place = link.partition("#")
        rule = next(a for a in shown.select("section[aria-labelledby=h-qt] a") if a["href"] == link).text.split(" ")[0]
        assert rule in soup(client.get(path)).find("li", id=place).text


def test_a_text_with_markup_stays_a_text_and_nothing_is_refused_in_words(desk: Desk) -> None:
    client = desk.role("press")
    page = client.submit(
        "/quy-tac/thu", "thu", **{"tieu-de": "<script>alert(1)</script>", "noi-dung": "</textarea><b>x"}
    )
    assert not soup(page).find("main").find_all(["script", "b"], string=["alert(1)", "x"])
    assert "&lt;script&gt;alert(1)" in page.text
    assert "Không quy tắc nào khớp" in page.text
    none = client.submit("/quy-tac/thu", "thu")
    assert none.status_code == 422
    assert "Chưa có đoạn văn bản nào" in none.text
    long = client.submit("/quy-tac/thu", "thu", **{"tieu-de": "x" * 2001, "noi-dung": "Giữ lại"})
    assert long.status_code == 422
    assert soup(long).find("textarea").text.strip() == "Giữ lại"


@given(st.lists(st.text(max_size=40), max_size=60).map("\n".join))
def test_the_parts_of_a_file_are_the_file(text: str) -> None:
    parts = cut(text)
    assert [line for part in parts for line in part] == list(enumerate(text.splitlines(), 1))
    assert len(parts) == 1 or all(parts)


def test_a_place_read_from_the_lists_says_so_in_words(desk: Desk) -> None:
    page = desk.role("press").submit("/quy-tac/thu", "thu", **{"tieu-de": "Công đoàn tỉnh Nghệ An họp báo"}).text
    assert "places.province" not in page
    assert "trong danh mục địa bàn" in page
