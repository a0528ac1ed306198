"""The workbook a body fills in: figures to write beside those the program counted, words, and how it is done.

Only what is to be filled in is unlocked, without a password: the lock is against slips, and somebody who must may open
it. Numbers that are wrong are found when the file is read back, for a lock stops no paste.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from monitor import xlsx
from monitor.clock import local
from monitor.labels import label, of
from monitor.model.people import Unit
from monitor.model.report import Span
from monitor.model.unit_report import FieldTotal, UnitField, UnitReportRules, Wording
from monitor.report.unit_book_layout import (
    FORM,
    LONGEST,
    MOST,
    OURS,
    TOTAL,
    Mark,
    figures_sheet,
    words_sheet,
)

_FONT, _SIZE = "Times New Roman", 12
_WIDTHS = (3, 46, 10, 12, 14, 24)
_WORDS_WIDE, _LINE = 84, 16.0
_LEAST, _HIGHEST = 130.0, 405.0
"""Points of a cell for words; a row of Excel has no more than 409."""
_EDGE = Side(style="thin", color="8A94A1")
_BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_INPUT, _HEAD = PatternFill("solid", fgColor="FFF8DC"), PatternFill("solid", fgColor="E8EDF2")
_OPEN = Protection(locked=False)
_DIFFERENT = PatternFill("solid", bgColor="FBD5D5")


def as_book(
    rules: UnitReportRules,
    *,
    unit: Unit,
    span: Span,
    office: str,
    values: Mapping[str, int] | None = None,
    known: Mapping[str, int] | None = None,
    words: Mapping[Wording, str] | None = None,
    kind: str = FORM,
    totals: Sequence[FieldTotal] = (),
    made: datetime,
    due: date | None = None,
    to: str = "",
) -> bytes:
    """The workbook of ``unit`` for ``span``. ``kind`` is "form", or "total": then its figures are the ``totals`` of
    the body and all below it, and a sheet tells the parts of each.

    ``office`` is whose form it is; ``due`` the day it is due, by the rules where it is not given; ``to`` whom it is
    sent to. Raises nothing: texts are cut and cleaned to what Excel takes.
    """
    book = Workbook(write_only=True)
    mark = Mark(unit=unit.id, first=span.first, last=span.last, kind=kind)
    until = due or span.last + timedelta(days=rules.due_days)
    where = to or (label("unit_book", "above") if kind == TOTAL else office)
    head = [
        office, unit.name, label("unit_book", f"title_{kind}"),
        label("unit_book", "period", name=span.name, first=f"{span.first:%d/%m/%Y}", last=f"{span.last:%d/%m/%Y}"),
        label("unit_book", f"due_{kind}", day=f"{until:%d/%m/%Y}", to=where),
        label("unit_book", "made", at=f"{local(made):%H:%M %d/%m/%Y}"),
    ]  # fmt: skip
    summed = {one.field.id: one.total for one in totals} if kind == TOTAL else dict(values or {})
    figures = book.create_sheet(figures_sheet())
    _figures(figures, rules.asked(unit.id), [*head, label("unit_book", "mark", mark=mark.said)], summed, known or {})
    _words(book.create_sheet(words_sheet()), [*head[:2], head[3]], words or {})
    if kind == TOTAL:
        _totals(book.create_sheet(label("unit_book", "sheet_totals")), head, totals)
    _guide(book.create_sheet(label("unit_book", "sheet_guide")), kind, until, where)
    book.security.lockStructure = True
    book.properties.creator, book.properties.title = ILLEGAL_CHARACTERS_RE.sub("", office), head[2]
    done = BytesIO()
    book.save(done)
    return done.getvalue()


def _made(
    sheet: WriteOnlyWorksheet, value: object, *, bold: bool = False, line: bool = False, box: bool = False,
    fill: PatternFill | None = None, size: int = _SIZE, middle: bool = False, input_: bool = False,
) -> WriteOnlyCell:  # fmt: skip
    cell = xlsx.cell(sheet, value, line=line)
    cell.font = Font(name=_FONT, size=size, bold=bold)
    if box or input_:
        cell.border = _BOX
    if fill or input_:
        cell.fill = fill or _INPUT
    if input_:
        cell.protection = _OPEN
    if middle:
        cell.alignment = Alignment(horizontal="center", vertical="top", wrap_text=not line)
    return cell


def _columns(sheet: WriteOnlyWorksheet, *heads: str) -> list[WriteOnlyCell]:
    said = (label("unit_book", f"col_{one}") for one in heads)
    return [_made(sheet, one, bold=True, box=True, fill=_HEAD, middle=True) for one in said]


def _lines(sheet: WriteOnlyWorksheet, said: Sequence[str]) -> int:
    """The heading; the third line is the title. Returns how many rows it took."""
    for number, one in enumerate(said):
        sheet.append([_made(sheet, one, bold=number in (1, 2), line=True, size=14 if number == 2 else _SIZE)])
    sheet.append([])
    return len(said) + 1


def _tall(sheet: WriteOnlyWorksheet, row: int, texts: Mapping[int, str]) -> None:
    """Makes the row as high as the longest of its texts, by the width of their columns, before it is written.

    Office programs do it themselves only for sheets that nobody locked.
    """
    lines = max(
        sum(max(1, -(-len(part) // int(wide * 1.08))) for part in text.split("\n")) for wide, text in texts.items()
    )
    sheet.row_dimensions[row].height = min(_LINE * lines + 3, _HIGHEST)


def _page(sheet: WriteOnlyWorksheet, repeat: str = "", *, upright: bool = True) -> None:
    """One page wide, locked but for what is unlocked; rows and columns may be made wider."""
    xlsx.on_paper(sheet)
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
    sheet.oddFooter.center.text = "&P/&N"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    if repeat:
        sheet.print_title_rows = repeat


def _figures(
    sheet: WriteOnlyWorksheet, asked: Sequence[UnitField], head: Sequence[str], values: Mapping[str, int | None],
    known: Mapping[str, int],
) -> None:  # fmt: skip
    top = len(head) + 2
    last = top + len(asked) + len({one.group for one in asked if one.group}) + len(asked)
    xlsx.widths(sheet, _WIDTHS)
    sheet.column_dimensions["G"].hidden = True
    sheet.freeze_panes = f"A{top + 1}"
    _page(sheet, f"{top}:{top}")
    sheet.data_validations.append(_validation(f"D{top + 1}:D{last}"))
    differs = FormulaRule(formula=[f"AND(ISNUMBER($E{top + 1}),$D{top + 1}<>$E{top + 1})"], fill=_DIFFERENT)
    sheet.conditional_formatting.add(f"D{top + 1}:D{last}", differs)
    _lines(sheet, head)
    _tall(sheet, top, {13: label("unit_book", "col_known")})
    sheet.append([*_columns(sheet, "stt", "field", "counted", "value", "known", "note"), _made(sheet, OURS)])
    group, row = "", top
    for number, one in enumerate(asked, 1):
        if one.group and one.group != group:
            row += 1
            _tall(sheet, row, {90: one.group})
            sheet.append([_made(sheet, one.group, bold=True, line=True), *[None] * 5, _made(sheet, OURS)])
        group, row = one.group, row + 1
        _tall(sheet, row, {_WIDTHS[1]: one.label, _WIDTHS[2] + 3: one.unit})
        sheet.append(_row(sheet, number, one, values.get(one.id), known.get(one.id)))


def _row(
    sheet: WriteOnlyWorksheet, number: int, one: UnitField, value: int | None, known: int | None
) -> list[WriteOnlyCell]:  # fmt: skip
    said, counted = _made(sheet, value, input_=True), _made(sheet, known, box=True)
    for cell in (said, counted):
        cell.number_format = "#,##0"
        cell.alignment = Alignment(horizontal="right", vertical="top")
    note = _made(sheet, "", input_=True)
    note.number_format = "@"
    return [
        _made(sheet, number, box=True, middle=True), _made(sheet, one.label, box=True),
        _made(sheet, one.unit, box=True, middle=True), said, counted, note, _made(sheet, one.id),
    ]  # fmt: skip


def _validation(where: str) -> DataValidation:
    return DataValidation(
        type="whole", operator="between", formula1="0", formula2=str(MOST), allow_blank=True, sqref=where,
        showErrorMessage=True, errorTitle=label("unit_book", "bad_title"), error=label("unit_book", "bad_words"),
    )  # fmt: skip


def _words(sheet: WriteOnlyWorksheet, head: Sequence[str], words: Mapping[Wording, str]) -> None:
    sheet.column_dimensions["A"].width = _WORDS_WIDE
    sheet.column_dimensions["B"].hidden = True
    _page(sheet)
    row = 0
    for number, one in enumerate([*head, label("unit_book", "words_title")]):
        sheet.append([_made(sheet, one, bold=number in (1, 3), line=True), _made(sheet, OURS)])
        row += 1
    for number, wording in enumerate(Wording, 1):
        said = words.get(wording, "")[:LONGEST]
        sheet.append([_made(sheet, f"{number}. {of(wording)}", bold=True, line=True), _made(sheet, OURS)])
        row += 2
        lines = sum(1 + len(part) // 90 for part in said.split("\n"))
        sheet.row_dimensions[row].height = min(max(_LEAST, _LINE * (lines + 1)), _HIGHEST)
        cell = _made(sheet, said, input_=True)
        cell.number_format = "@"  # else "- Tổ chức …" begins a formula
        sheet.append([cell, _made(sheet, wording.value)])


def _totals(sheet: WriteOnlyWorksheet, head: Sequence[str], totals: Sequence[FieldTotal]) -> None:
    """What each total is made of."""
    xlsx.widths(sheet, (3, 46, 10, 14, 16, 12, 14))
    top = len(head) + 2
    sheet.freeze_panes = f"A{top + 1}"
    _page(sheet, f"{top}:{top}")
    _lines(sheet, head)
    _tall(sheet, top, {13: label("unit_book", "col_reported")})
    sheet.append(_columns(sheet, "stt", "field", "counted", "own", "below", "total", "reported"))
    for number, one in enumerate(totals, 1):
        _tall(sheet, top + number, {_WIDTHS[1]: one.field.label, _WIDTHS[2] + 3: one.field.unit})
        row = [
            _made(sheet, number, box=True, middle=True), _made(sheet, one.field.label, box=True),
            _made(sheet, one.field.unit, box=True, middle=True),
            *(_made(sheet, value, box=True) for value in (one.own, one.below, one.total, one.reported)),
        ]  # fmt: skip
        for cell in row[3:]:
            cell.number_format = "#,##0"
            cell.alignment = Alignment(horizontal="right", vertical="top")
        sheet.append(row)


def _guide(sheet: WriteOnlyWorksheet, kind: str, due: date, to: str) -> None:
    sheet.column_dimensions["A"].width = _WORDS_WIDE
    _page(sheet)
    sheet.append([_made(sheet, label("unit_book", "guide_title"), bold=True, line=True, size=14)])
    row = 1
    facts = {
        "figures": figures_sheet(), "words": words_sheet(), "to": to, "day": f"{due:%d/%m/%Y}",
        "most": f"{LONGEST:,}".replace(",", "."),
    }  # fmt: skip
    for one in ("1", "2", "3", "4", "5", "7", "total") if kind == TOTAL else ("1", "2", "3", "4", "5", "6", "7"):
        said = label("unit_book", f"guide_{one}", **facts)
        row += 1
        _tall(sheet, row, {_WORDS_WIDE: said})
        sheet.append([_made(sheet, said)])
