"""The sentences drafted from the figures: both comparisons, "không phát sinh" for zeros, hostile words harmless."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from half_year_paper_making import BEFORE, COUNTS, REPORTS, figures, said

from monitor import labels
from monitor.errors import ConfigError
from monitor.model.report import Figure, ReportData, UnitWords
from monitor.model.report_paper import PARTS
from monitor.report.half_year_said import names
from monitor.report.half_year_text import drafted

ZERO = dict.fromkeys(COUNTS, 0)


def told(part: str, text: str, unit: str = "Công đoàn phường Bắc Hà") -> ReportData:
    return figures(told=(UnitWords(unit=unit, part=part, text=text),))


def test_every_part_has_its_draft() -> None:
    made = drafted(figures(), REPORTS)
    assert tuple(one.part for one in made) == PARTS
    assert all(one.drafted and one.edited is None for one in made)


def test_numbers_are_written_as_offices_write_them() -> None:
    text = said(figures(), "II")
    assert "1.234 tin, bài" in text
    assert "tích cực 150 (75%)" in text
    assert "mạng xã hội 34 (2,76%)" in text
    assert "12 vụ việc (kỳ trước chuyển sang 02; mới phát sinh 10)" in said(figures(), "III")


@pytest.mark.parametrize(
    ("previous", "last_year", "wanted"),
    [
        (1000, 1300, "so với kỳ trước tăng 234 tin, bài (23,4%), so với cùng kỳ năm trước giảm 66 tin, bài (5,1%)"),
        (1234, 1230, "so với kỳ trước không thay đổi, so với cùng kỳ năm trước tăng 04 tin, bài (0,3%)"),
        (0, 1234, "so với kỳ trước tăng 1.234 tin, bài, so với cùng kỳ năm trước không thay đổi"),
        (None, 1235, "so với cùng kỳ năm trước giảm 01 tin, bài (0,1%); chưa có số liệu để so sánh với kỳ trước"),
        (1235, None, "so với kỳ trước giảm 01 tin, bài (0,1%); chưa có số liệu để so sánh với cùng kỳ năm trước"),
    ],
)
def test_each_figure_is_compared_with_the_period_before_and_the_year_before(
    previous: int | None, last_year: int | None, wanted: str
) -> None:
    data = figures(COUNTS, *(None if one is None else {"items.total": one} for one in (previous, last_year)))
    assert f"người lao động; {wanted}." in said(data, "II")


def test_a_year_is_compared_once_for_the_period_before_is_the_year_before() -> None:
    data = replace(figures(COUNTS, {"items.total": 1}, {"items.total": 1}), previous=BEFORE, last_year=BEFORE)
    assert "so với kỳ trước tăng 1.233 tin, bài (123.300%)." in said(data, "II")
    assert "cùng kỳ" not in said(data, "II")


@pytest.mark.parametrize("part", ["I", "II", "III", "IV", "V", "VIII"])
def test_nothing_is_said_in_the_office_s_words_and_never_as_a_zero(part: str) -> None:
    text = said(figures({}, {}, {}), part)
    assert "không phát sinh" in text
    assert not re.search(r"\b0+\b (?!%)", text)


@pytest.mark.parametrize("part", ["I", "II", "III", "IV", "V", "VI", "VIII"])
def test_where_nothing_was_recorded_the_wording_says_that_there_are_no_data(part: str) -> None:
    text = said(figures({}, {}, {}, missing=("cases", "editions", "press")), part)
    assert "chương trình chưa có số liệu" in text
    assert "không phát sinh" not in text


def test_only_what_was_not_recorded_is_told_so() -> None:
    data = figures({"balance.total": 0}, missing=("editions", "press"))
    assert "Trong kỳ không phát sinh vụ việc phải kiểm tra, xác minh." in said(data, "III")
    assert "Về tin, bài về tổ chức công đoàn và người lao động, chương trình chưa có số liệu" in said(data, "II")
    assert "1.234 tin, bài" in said(figures(missing=("press",)), "II")  # what is there is told whatever else


def test_no_sentence_holds_a_zero_of_anything_nor_a_percentage_of_nothing() -> None:
    for data in (figures(ZERO, ZERO, ZERO), figures(COUNTS, ZERO, ZERO), figures(ZERO, COUNTS, COUNTS)):
        whole = "\n".join(one.drafted for one in drafted(data, REPORTS))
        assert not re.search(r"(?<![\d.,/])0+ (?:vụ|tin|văn|biện|việc|kỳ|cuộc|lần)", whole), whole
        assert "None" not in whole
        assert "nan" not in whole
        assert not re.search(r" [;,.:](?:\s|$)", whole)
        assert "()" not in whole


def test_figures_that_somebody_reported_stand_in_their_sentences() -> None:
    data = figures()
    values = {"official.1": 2, "official.3": 7, "official.3_of": 8}

    def filled(figure: Figure) -> Figure:
        return replace(figure, value=values.get(figure.key), note="Theo báo cáo") if figure.count is None else figure

    parts = tuple(
        replace(part, tables=tuple(replace(one, rows=tuple(map(filled, one.rows))) for one in part.tables))
        for part in data.sections
    )
    text = said(replace(data, sections=parts), "VI")
    assert "đã tổ chức 02 cuộc họp báo" in text
    assert "Trả lời báo chí 07/08 lượt đề nghị" in text
    assert "trong 03/10 vụ việc phát sinh" in text
    assert "soạn bổ sung" not in text


def test_what_the_program_does_not_know_is_left_to_the_officer_in_words() -> None:
    for part in ("I", "VI", "VII", "VIII", "IX", "X"):
        assert "(Đơn vị soạn bổ sung" in said(figures(), part), part


def test_units_difficulties_and_plans_are_told_with_their_names() -> None:
    assert "- Công đoàn phường Bắc Hà: Thiếu người" in said(told("difficulties", "Thiếu\n người"), "VIII")
    assert "- Công đoàn phường Bắc Hà: Tập huấn" in said(told("plans", "Tập huấn"), "IX")
    assert "- Công đoàn phường Bắc Hà: Hỗ trợ" in said(told("proposals", "Hỗ trợ"), "X")


def test_who_was_late_with_what_is_named() -> None:
    text = said(figures(), "VIII")
    assert "02 việc trễ hạn, quá hạn" in text
    assert "- Công đoàn phường Bắc Hà: Chưa khắc phục xong, đã quá hạn: 02 việc." in text


@pytest.mark.parametrize(
    "bad", ["{{ 7*7 }}", "=== II ===", "{% for x in y %}", "x\n=== closing ===\ny", "\x00\x08", "a" * 5_000]
)
def test_words_from_outside_are_no_template_and_open_no_part(bad: str) -> None:
    plain = {one.part: one.drafted for one in drafted(figures(), REPORTS)}
    made = {one.part: one.drafted for one in drafted(told("difficulties", bad, unit=bad), REPORTS)}
    assert {part for part in PARTS if made[part] != plain[part]} == {"VIII"}
    assert "49" not in made["VIII"]


def test_where_nothing_can_be_compared_that_is_said_once() -> None:
    whole = "\n".join(one.drafted for one in drafted(figures(), REPORTS))
    assert whole.count("để so sánh") == 1
    assert "Chưa có số liệu của kỳ trước và cùng kỳ năm trước để so sánh." in said(figures(), "opening")


def test_a_figure_without_data_to_compare_says_so_where_others_have_them() -> None:
    data = figures(COUNTS, {"items.total": 1})
    first = data.sections[0].tables[0]
    assert first.total is not None
    blank = replace(first, total=replace(first.total, previous=None))
    parts = tuple(replace(one, tables=(blank, *one.tables[1:])) if one.number == "I" else one for one in data.sections)
    text = said(replace(data, sections=parts), "I")
    assert "thông tin báo chí; chưa có số liệu để so sánh với kỳ trước và cùng kỳ năm trước." in text


def test_the_office_s_own_wording_comes_first_and_may_leave_parts_out(tmp_path: Path) -> None:
    own = tmp_path / "report" / "loi_van.txt"
    own.parent.mkdir()
    own.write_text("=== II ===\nCó {{ figure('items.total').number }} tin.\n\nĐoạn\nhai.\n", encoding="utf-8")
    made = {one.part: one.drafted for one in drafted(figures(), (tmp_path, *REPORTS))}
    assert made["II"] == "Có 1.234 tin.\nĐoạn hai."
    assert made["III"] == ""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("=== XI ===\nx\n", "report_wording_part"),
        ("=== II ===\n{% if %}\n", "template_wrong"),
        ("=== II ===\n{{ nobody }}\n", "template_wrong"),
    ],
)
def test_a_mistake_in_the_wording_is_told_with_its_file(tmp_path: Path, text: str, key: str) -> None:
    own = tmp_path / "report" / "loi_van.txt"
    own.parent.mkdir()
    own.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        drafted(figures(), (tmp_path,))
    assert caught.value.key == key
    assert "loi_van.txt" in labels.wording(caught.value)


def test_the_guide_in_the_wording_tells_every_name_it_may_use() -> None:
    guide = (REPORTS[0] / "report" / "loi_van.txt").read_text(encoding="utf-8").partition("#}")[0]
    for name in names(figures()):
        assert re.search(rf"\b{name}\b", guide), name


def test_points_on_lines_of_their_own_are_told_apart_on_one_line() -> None:
    assert "- Công đoàn phường Bắc Hà: Thiếu người; Thiếu kinh phí" in said(
        told("difficulties", "Thiếu người\nThiếu kinh phí"), "VIII"
    )
