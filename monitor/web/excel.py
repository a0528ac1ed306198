"""A list as an Excel file: real numbers and days, text that stays text, columns as wide as their words."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import chain, islice

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from monitor import xlsx
from monitor.labels import label

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SAMPLE = 200


def workbook(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """One sheet named ``title`` with a bold first line; a text that looks like a formula is a text."""
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(xlsx.title(title))
    heads, yes = list(columns), label("web", "yes")
    left = iter(rows)
    first = [list(row) for row in islice(left, _SAMPLE)]
    wide = [max([len(head), *(len(str(row[number])) for row in first)]) for number, head in enumerate(heads)]
    xlsx.widths(sheet, wide)
    sheet.freeze_panes = "A2"
    sheet.append([xlsx.cell(sheet, head, bold=True) for head in heads])
    for number, row in enumerate(chain(first, map(list, left)), 2):
        xlsx.height(sheet, number, row, wide)
        sheet.append([xlsx.cell(sheet, value, yes=yes) for value in row])
    made = BytesIO()
    book.save(made)
    return made.getvalue()
