"""Charts: the same bytes for the same rows, every number at its bar, names that try to be formulas harmless."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace

import pytest
from half_year_paper_making import COUNTS, figures

from monitor.model.report import ReportData
from monitor.report.charts import bars, columns, shown
from monitor.report.half_year_charts import charts

ROWS = [
    ("Việc làm, tiền lương và đời sống của người lao động", 1234.0),
    ("Đơn vị $x^2$ {a} Ữ 㐀", 12.0),
    ("Chưa rõ", 0.0),
]


def chunks(png: bytes) -> list[str]:
    found, stream = [], io.BytesIO(png[8:])
    while head := stream.read(8):
        size, name = struct.unpack(">I4s", head)
        assert zlib.crc32(name + (body := stream.read(size))) == struct.unpack(">I", stream.read(4))[0]
        assert len(body) == size
        found.append(name.decode())
    return found


def size(png: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_equal_rows_make_equal_pictures_without_a_date_or_a_maker() -> None:
    for draw in (bars, columns):
        png = draw("Tiêu đề", ROWS)
        assert png == draw("Tiêu đề", ROWS)
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert set(chunks(png)) <= {"IHDR", "pHYs", "IDAT", "IEND"}


def test_pictures_have_the_width_asked_for_and_grow_with_their_rows() -> None:
    small, tall = bars("", ROWS, width=100), bars("", ROWS * 4, width=100)
    assert size(small)[0] == size(tall)[0] == pytest.approx(100 / 25.4 * 200, abs=1)
    assert size(tall)[1] > 3 * size(small)[1]


def test_a_chart_of_nothing_a_single_row_and_very_long_names_are_drawn_too() -> None:
    for rows in ([], [("", 0.0)], [("a" * 5_000, 3.0)], [("x\n\x00\ud800y", 1.0)], [("mới", 1e9)]):
        assert bars("", rows)
        assert columns("", rows)


def test_many_columns_lie_down() -> None:
    months = [(f"Tháng {n}", float(n)) for n in range(24)]
    assert columns("", months) == bars("", months)


def test_what_belongs_to_nothing_is_hatched() -> None:
    assert bars("", ROWS, hatched=[2]) == bars("", ROWS, hatched=(2,))
    assert bars("", ROWS, hatched=[0]) != bars("", ROWS)


def test_numbers_are_vietnamese() -> None:
    assert [shown(one) for one in (0, 1234, 1234.5, 12.0)] == ["0", "1.234", "1.234,5", "12"]


# Those of the report.


def by_key(data: ReportData) -> dict[str, str]:
    return {one.key: one.alt for one in charts(data)}


def test_the_report_has_its_five_charts_and_each_says_its_figures_in_a_sentence() -> None:
    made = by_key(figures())
    assert list(made) == ["month", "group", "topic", "tone", "unit"]
    assert "Tháng 01/2026 1.234" in made["month"]
    assert "Báo Trung ương 1.200" in made["group"]
    assert made["topic"].endswith("Quan hệ lao động, đình công 1.000; Chưa phân loại 234.")
    assert "chỉ tính tin, bài về tổ chức công đoàn" in made["tone"]
    assert made["unit"].endswith("Công đoàn phường Bắc Hà 7.")


def test_a_chart_of_zeros_is_left_out() -> None:
    assert charts(figures({})) == ()
    assert "tone" not in by_key(figures({key: n for key, n in COUNTS.items() if not key.startswith("tone.")}))


def test_topics_beyond_the_ten_largest_are_one_bar_of_their_sum() -> None:
    data = figures()
    rows = tuple(
        replace(data.figures.__next__(), key=f"topic.T{n}", label=f"Chủ đề {n}", count=n, cells=())
        for n in range(1, 15)
    )
    parts = tuple(
        replace(part, tables=tuple(replace(one, rows=rows) if one.id == "topics" else one for one in part.tables))
        for part in data.sections
    )
    alt = by_key(replace(data, sections=parts))["topic"]
    assert alt.endswith("Chủ đề 5 5; Chủ đề khác 10.")
