"""The report as a page: the figures of the Word file as links, nothing from outside, no program, hostile words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from half_year_paper_making import CHECKED, COUNTS, HEAD, REPORTS, figures, report

from monitor.model.report import Figure, ReportData, UnitWords
from monitor.model.report_paper import ReportPaper
from monitor.report.half_year_html import as_html


def link(figure: Figure) -> str:
    return f"https://ban.test/so-lieu/{figure.key}" if figure.count else ""


def page(paper: ReportPaper, **more: object) -> BeautifulSoup:
    return BeautifulSoup(as_html(paper, REPORTS, link=link, **more), "lxml")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def whole() -> BeautifulSoup:
    return page(report(figures(COUNTS, {"items.total": 1000}, None, checked=(CHECKED,), unseen=1)))


def test_every_count_that_is_not_zero_is_a_link_to_its_list(whole: BeautifulSoup) -> None:
    shown = {a["href"].rpartition("/")[2]: a.get_text() for a in whole.find_all("a")}
    data: ReportData = figures()
    wanted = {one.key: one.count for one in data.figures if one.count}
    assert shown.keys() == wanted.keys()
    assert all(int(shown[key].replace(".", "")) == count for key, count in wanted.items())


def test_the_page_says_what_the_word_file_says(whole: BeautifulSoup) -> None:
    text = whole.get_text(" ", strip=True)
    for wanted in ("DỰ THẢO", "Số tin, bài theo nguồn", "+234 (23,4%)", "Bảng 1.", "Biểu đồ 5.", CHECKED.matter,
                   "1 vụ việc hạn chế", "./."):  # fmt: skip
        assert wanted in text, wanted
    assert not re.search(r"\{[{%#]|[}%#]\}|\bNone\b", text)
    assert len(whole.find_all("mark")) >= 3


def test_the_page_needs_nothing_from_outside_and_runs_nothing(whole: BeautifulSoup) -> None:
    assert not whole.find_all(["script", "link", "iframe", "object", "form"])
    assert all(image["src"].startswith("data:image/png;base64,") and image["alt"] for image in whole.find_all("img"))
    assert not re.search(r"url\(|@import|javascript:|\son\w+=", str(whole))
    assert len(whole.find_all("img")) == 5


def test_tables_scroll_in_boxes_that_have_a_name(whole: BeautifulSoup) -> None:
    for table in whole.find_all("table"):
        box = table.parent
        assert box["class"] == ["box"]
        assert box["aria-label"] == table.caption.get_text()
        assert box["tabindex"] == "0"


def test_a_page_of_the_desk_may_give_its_pictures_by_address() -> None:
    made = page(report(figures()), image=lambda chart: f"/bieu-do/{chart.key}.png")
    assert next(one["src"] for one in made.find_all("img")) == "/bieu-do/month.png"


def test_figures_without_a_list_are_plain() -> None:
    made = BeautifulSoup(as_html(report(figures()), REPORTS, link=lambda _: ""), "lxml")
    assert not made.find_all("a")


def test_nothing_in_the_period_is_said_in_words() -> None:
    made = page(report(figures({}, {}, {})))
    assert "không phát sinh" in made.get_text()
    assert not made.find_all(["img", "a"])


@pytest.mark.parametrize(
    "bad", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "a" * 5_000]
)
def test_hostile_words_stay_words(bad: str) -> None:
    data = figures(told=(UnitWords(unit=bad, part="plans", text=bad),), office=bad, notes=(bad,), checked=(
        replace(CHECKED, matter=bad, outlets=(bad,), units=(bad,)),))  # fmt: skip
    head = replace(HEAD, superior=bad, issuer=bad, about=bad, signer=bad, to=(bad,), recipients=(bad,), formula=bad)
    made = page(report(data, head, adjusts=bad))
    assert not made.find_all("script")
    assert len(made.find_all("img")) == 5
    assert "49" not in made.find("h1").get_text()  # type: ignore[union-attr]
    assert bad in made.get_text()
