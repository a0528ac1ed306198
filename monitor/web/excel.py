"""A list as an Excel file: real numbers and days, text that stays text, columns as wide as their words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from monitor import clock
from monitor.labels import label

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST = 32_000
_SAMPLE = 200


def workbook(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """One sheet named ``title`` with a bold first line; a text that looks like a formula is a text."""
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(INVALID_TITLE_REGEX.sub(" ", title)[:31])
    heads = list(columns)
    left = iter(rows)
    first = [list(row) for row in islice(left, _SAMPLE)]
    for number, head in enumerate(heads):
        longest = max([len(head), *(len(str(row[number])) for row in first)])
        sheet.column_dimensions[get_column_letter(number + 1)].width = min(max(longest + 2, 8), 60)
    sheet.freeze_panes = "A2"
    top = [_cell(sheet, head) for head in heads]
    for cell in top:
        cell.font = Font(bold=True)
    sheet.append(top)
    for row in first:
        sheet.append([_cell(sheet, value) for value in row])
    for line in left:
        sheet.append([_cell(sheet, value) for value in line])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: object) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, datetime):
        cell.value = clock.local(value).replace(tzinfo=None)
        cell.number_format = "dd/mm/yyyy hh:mm"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "dd/mm/yyyy"
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        cell.value = value
    else:
        said = (label("web", "yes") if value else "") if isinstance(value, bool) or value is None else str(value)
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", said)[:_LONGEST]
        if said:
            cell.data_type = "s"  # a press headline may begin with "=": a program's guess would make it a formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
