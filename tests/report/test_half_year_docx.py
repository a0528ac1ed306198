"""The report as a Word file, read back: numbers, comparisons, layout; hostile words; LibreOffice opens it."""

from __future__ import annotations

import re
import runpy
import subprocess
from dataclasses import fields, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml.ns import qn
from half_year_paper_making import BEFORE, CHECKED, COUNTS, HEAD, LAYOUT, REMEDY, REPORTS, TOP, figures, report

from monitor.desk import pdf
from monitor.errors import ConfigError
from monitor.model.report import Figure, ReportData, Table, UnitWords
from monitor.model.report_paper import Adjustment, ReportHead, ReportPaper
from monitor.report.charts import Chart
from monitor.report.half_year_docx import as_docx
from monitor.report.half_year_printed import Block, Paragraph, Part, Printed, printed, unfinished
from monitor.report.half_year_tables import Cell, Grid, Line
from monitor.report.half_year_tables import figures as grid_of

BAD = "a{{ 7*7 }}{% x %}<w:p>&amp;\x00\x08\ud800\u202e$b$"
PREVIOUS = {**dict.fromkeys(COUNTS, 0), "items.total": 1000, "items.central": 1000}


def opened(paper: ReportPaper, folders: tuple[Path, ...] = REPORTS) -> Any:
    return docx.Document(BytesIO(as_docx(paper, folders, LAYOUT)))


def lines(document: Any) -> list[str]:
    """Every paragraph, those in tables too, in order."""
    body = document.element.body
    return ["".join(t.text or "" for t in node.iter(qn("w:t"))) for node in body.iter(qn("w:p"))]


def table(document: Any, title: str) -> list[list[str]]:
    """The cells of the table below that caption."""
    for node in document.element.body.findall(qn("w:tbl")):
        before = node.getprevious()
        if before is not None and title in "".join(t.text or "" for t in before.iter(qn("w:t"))):
            return [[cell.text for cell in row.cells] for row in docx.table.Table(node, document).rows]
    raise AssertionError(title)


def full(**more: Any) -> ReportData:
    return figures(COUNTS, PREVIOUS, None, checked=(CHECKED,), remedies=(REMEDY,), **more)


@pytest.fixture(scope="module")
def raw() -> bytes:
    return as_docx(report(full(unseen=2)), REPORTS, LAYOUT)


@pytest.fixture(scope="module")
def document(raw: bytes) -> Any:
    return docx.Document(BytesIO(raw))


def test_every_figure_stands_beside_the_period_before_and_the_year_before(document: Any) -> None:
    found = table(document, "Số tin, bài theo nguồn")
    assert found[0] == [
        "Chỉ tiêu",
        "Trong kỳ",
        "Tỷ lệ (%)",
        "Kỳ trước",
        "Tăng, giảm",
        "Cùng kỳ năm trước",
        "Tăng, giảm",
    ]
    assert found[1] == ["Báo Trung ương", "1.200", "97,24%", "1.000", "+200 (20%)", "–", "–"]
    assert found[-2] == ["Tổng số tin, bài", "1.234", "", "1.000", "+234 (23,4%)", "–", "–"]
    assert found[-1][:2] == ["Trong đó: tin, bài nhắc đến tỉnh", "51"]


def test_the_parts_by_month_have_a_line_each_and_a_total(document: Any) -> None:
    found = table(document, "Số tin, bài theo tháng và theo nguồn")
    assert [row[0] for row in found] == ["Tháng", *(f"0{n}/2026" for n in range(1, 7)), "Cộng"]
    assert found[1][1] == "1.200"
    assert found[-1][-1] == "1.234"


def test_cases_and_measures_are_listed_and_the_hidden_ones_counted(document: Any) -> None:
    row = [
        "1",
        "03/02/2026",
        "Báo Suối Mới",
        CHECKED.matter,
        "Công đoàn phường Bắc Hà",
        "10/02/2026",
        "Đúng",
        "09/02/2026",
    ]
    assert table(document, "Kết quả kiểm tra, xác minh từng vụ việc")[1] == row
    measure = table(document, "Biện pháp khắc phục của từng vụ việc")[1]
    assert measure[2:] == [REMEDY.measure, REMEDY.who, "01/03/2026", "27/02/2026", "Đã hoàn thành. Đã trả đủ lương"]
    assert table(document, "Danh sách vụ việc")[1][1] == "VV2026-0001"
    assert table(document, "Danh sách vụ việc")[1][-1] == "1/1 đã xong"
    assert sum("2 vụ việc hạn chế" in line for line in lines(document)) == 2


def test_tables_and_charts_are_numbered_in_order(document: Any) -> None:
    text = lines(document)
    for word in ("Bảng", "Biểu đồ"):
        numbers = [int(m[1]) for line in text if (m := re.match(rf"{word} (\d+)\. ", line))]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 5
    told = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    assert len(told) == len(document.inline_shapes) == 5
    assert "Tháng 01/2026 1.234" in told[0]


def test_the_head_is_that_of_an_office_s_paper(document: Any) -> None:
    text = lines(document)
    assert "TỔNG LIÊN ĐOÀN" in text[0]
    for wanted in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DỰ THẢO", "Kính gửi: Tổng Liên đoàn Lao động Việt Nam",
                   "TM. BAN THƯỜNG VỤ", "Lò Thị Mẫu", "- Lưu: VT, TG."):  # fmt: skip
        assert wanted in text, wanted
    assert "Số:      " in "\n".join(text)
    assert [line for line in text if re.match(r"[IVX]+\. ", line)][:2] == [
        "I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI",
        "II. KẾT QUẢ THEO DÕI THÔNG TIN BÁO CHÍ, MẠNG XÃ HỘI",
    ]
    assert not any(re.search(r"\{[{%#]|[}%#]\}|\bNone\b", line) for line in text)


def test_rows_are_not_parted_heads_are_repeated_and_the_annex_lies_on_its_side(document: Any) -> None:
    first, annex = document.sections
    assert (first.orientation, annex.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert first.different_first_page_header_footer
    assert not annex.different_first_page_header_footer
    for section in document.sections:
        assert "PAGE" in section.header._element.xml
    for node in document.element.body.findall(qn("w:tbl"))[1:-1]:
        if node.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}") is None:
            continue
        rows = node.findall(qn("w:tr"))
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        wide = sum(int(column.get(qn("w:w"))) for column in node.find(qn("w:tblGrid"))) / 1440 * 25.4
        assert wide <= LAYOUT.page.height - LAYOUT.page.left - LAYOUT.page.right + 1


def marked(document: Any) -> list[str]:
    """The texts that are coloured."""
    runs = [run for one in document.paragraphs for run in one.runs if run.font.highlight_color]
    assert all(run.font.highlight_color == WD_COLOR_INDEX.YELLOW for run in runs)
    return [run.text for run in runs]


def test_what_is_to_be_written_is_marked_until_an_officer_has_written_it(document: Any) -> None:
    paper = report(full())
    todo = unfinished(paper)
    assert {"I", "IX", "X"} <= set(todo)
    assert len(marked(document)) >= len(todo)
    written = tuple(
        replace(one, edited="Đã viết.\nĐoạn hai.") if one.part in (*todo, "II") else one for one in paper.passages
    )
    edited = replace(paper, passages=written)
    assert unfinished(edited) == ()
    found = opened(edited)
    assert marked(found) == []
    text = lines(found)
    assert text.count("Đoạn hai.") == len(todo) + 1
    assert not any("Trong kỳ đã theo dõi" in line for line in text)


def test_nothing_in_the_period_is_said_in_words_and_makes_no_annex_no_chart_and_no_table() -> None:
    document = opened(report(figures({}, {}, {})))
    text = "\n".join(lines(document))
    assert "Kết quả xác minh: không phát sinh." in text
    assert "Phụ lục" not in text
    assert len(document.sections) == 1
    assert document.sections[0].orientation == WD_ORIENT.PORTRAIT
    assert "PAGE" in document.sections[0].header._element.xml
    assert not document.inline_shapes
    assert not re.search(r"(?<![\d.,])0 (?:vụ|tin|văn|biện)", text)


def test_a_year_has_one_column_for_the_year_before() -> None:
    data = replace(figures(COUNTS, PREVIOUS, PREVIOUS), previous=BEFORE, last_year=BEFORE)
    grids = [block.grid for part in printed(report(data)).parts for block in part.blocks if block.grid]
    whole = next(one for one in grids if one.id == "items")
    assert whole.heads[3:] == ("Kỳ trước", "Tăng, giảm")
    assert all(len(line.cells) == len(whole.heads) for line in whole.lines)


def test_an_issued_version_has_its_number_its_changes_and_the_mark_of_the_log() -> None:
    changes = (Adjustment(key="items.total", label="Tổng số tin, bài", before=1230, after=1234),
               Adjustment(key="x", label="Mới", before=None, after=3))  # fmt: skip
    head = replace(HEAD, number="7", day=date(2026, 2, 5))
    document = opened(
        report(full(), head, version=2, adjusts="05/BC-LĐLĐ ngày 01/7/2026", changes=changes, chain="12 abcdef")
    )
    text = lines(document)
    assert "DỰ THẢO" not in text
    assert "Số: 07/BC-LĐLĐ" in text
    assert "Lào Cai, ngày 05 tháng 02 năm 2026" in text
    assert "Điều chỉnh so với báo cáo số 05/BC-LĐLĐ ngày 01/7/2026." in text
    found = table(document, "Số liệu thay đổi")
    assert found[1:] == [["Tổng số tin, bài", "1.230", "1.234", "+4 (0,3%)"], ["Mới", "–", "3", "–"]]
    assert "Mã kiểm tra hồ sơ: 12 abcdef" in text
    assert any("Kèm theo Báo cáo số 07/BC-LĐLĐ ngày 05 tháng 02 năm 2026" in line for line in text)


def test_many_cases_stand_in_the_annex_alone() -> None:
    data = figures(COUNTS, checked=(CHECKED,) * 30, remedies=(REMEDY,) * 30)
    document = opened(report(data))
    assert "Kết quả của từng vụ việc: xem Phụ lục." in lines(document)
    assert len(table(document, "Danh sách vụ việc")) == 31
    assert len(table(document, "Biện pháp khắc phục của từng vụ việc")) == 31


def test_equal_content_makes_equal_files(raw: bytes) -> None:
    assert as_docx(report(full(unseen=2)), REPORTS, LAYOUT) == raw


def hostile() -> ReportPaper:
    data = full(
        told=(UnitWords(unit=BAD, part="plans", text=BAD),), office=BAD, notes=(BAD,),
    )  # fmt: skip
    line = replace(CHECKED, matter=BAD + "x" * 5_000, outlets=(BAD,), units=(BAD, "y" * 5_000))
    data = replace(data, checked=(line,), remedies=(replace(REMEDY, measure=BAD, who=BAD, result=BAD),))
    head = replace(HEAD, superior=BAD, issuer=BAD, place=BAD, about=BAD, signer=BAD, to=(BAD, BAD), recipients=(BAD,))
    paper = report(data, head, version=2, adjusts=BAD, chain=BAD,
                   changes=(Adjustment(key=BAD, label=BAD, before=1, after=2),))  # fmt: skip
    return replace(paper, passages=tuple(replace(one, edited=f"{BAD}\n{BAD}") for one in paper.passages))


def test_words_that_try_to_be_markup_or_program_are_printed_as_they_are() -> None:
    text = "\n".join(lines(opened(hostile())))
    assert "a{{ 7*7 }}{% x %}<w:p>&amp;$b$" in text
    assert "49" not in text
    assert "x" * 5_000 not in text


def test_the_shipped_template_is_what_build_makes() -> None:
    build = runpy.run_path(str(TOP / "reports" / "report" / "build.py"))
    assert build["make"](LAYOUT) == (REPORTS[0] / "report" / "half_year.docx").read_bytes()


def test_a_missing_template_and_one_that_is_no_word_file_are_told(tmp_path: Path) -> None:
    paper = report(figures({}))
    with pytest.raises(ConfigError) as caught:
        as_docx(paper, (tmp_path,), LAYOUT)
    assert caught.value.key == "template_missing"
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "half_year.docx").write_bytes(b"no")
    with pytest.raises(ConfigError) as caught:
        as_docx(paper, (tmp_path,), LAYOUT)
    assert caught.value.key == "paper_template_broken"


@pytest.mark.skipif(not pdf.available(), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_report_and_makes_pages_of_it(tmp_path: Path) -> None:
    (tmp_path / "r.docx").write_bytes(as_docx(hostile(), REPORTS, LAYOUT))
    office = pdf.program()
    assert office
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "r.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    made = (tmp_path / "r.pdf").read_bytes()
    assert made.startswith(b"%PDF")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", made)) < 40


@pytest.mark.parametrize("kind", [Printed, Part, Paragraph, Block, Grid, Line, Cell, Chart, ReportHead])
def test_the_guide_tells_every_name_that_the_template_may_use(kind: type) -> None:
    guide = (REPORTS[0] / "report" / "huong-dan.md").read_text(encoding="utf-8")
    for one in fields(kind):
        assert f"`{one.name}`" in guide, (kind, one.name)


def test_a_note_of_every_row_stands_without_their_names_and_one_of_some_with_them() -> None:
    def grid(*notes: str) -> Grid:
        rows = tuple(Figure(key=f"programme.{n}", label=f"Dòng {n}", count=None, value=1 if one else None,
                            note=one or "chưa ghi nhận") for n, one in enumerate(notes))  # fmt: skip
        return grid_of(Table(id="programme", title="Tuyên truyền", rows=rows))

    assert grid("Theo 2 đơn vị.", "Theo 2 đơn vị").notes == ("Theo 2 đơn vị.",)
    assert grid("Theo 2 đơn vị", "Theo 2 đơn vị", "").notes == ("Theo 2 đơn vị.", "“–”: chưa ghi nhận.")
    assert grid("Theo 2 đơn vị", "Cơ quan").notes == ("Dòng 0: Theo 2 đơn vị.", "Dòng 1: Cơ quan.")
    assert grid("Theo 2 đơn vị", "").notes == ("Dòng 0: Theo 2 đơn vị.", "“–”: chưa ghi nhận.")


def test_a_table_of_a_time_without_data_does_not_say_that_nothing_happened() -> None:
    whole = "\n".join(lines(opened(report(figures({}, missing=("cases", "editions", "press"))))))
    assert "Kết quả giải quyết vụ việc: chương trình chưa có số liệu trong kỳ." in whole
    assert "không phát sinh" not in whole
    part = "\n".join(lines(opened(report(figures({}, missing=("press",))))))
    assert "Kết quả giải quyết vụ việc: không phát sinh." in part
