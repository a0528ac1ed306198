"""Cells and sheets of Excel files: real numbers and days, text that stays text, titles that Excel takes.

A press headline may begin with "=": what comes from data is never a formula. ``formula`` is for our own sums alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from math import ceil

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from monitor import clock

_LONGEST = 32_000
_LINE, _HIGHEST = 15, 405
"""Points of a line of text, and of the highest row that Excel takes."""
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(wrap_text=True, vertical="top")
_TITLE = 31
_A4 = 9
"""The number of the paper's size in the format."""


def cell(
    sheet: WriteOnlyWorksheet, value: object, *, yes: str = "x", bold: bool = False, line: bool = False
) -> WriteOnlyCell:
    """One value: a number, a day, a moment in the office's time, or text. ``yes`` stands for True.

    A text is wrapped within its column, but for one that is a ``line`` of its own and may run over the next ones.
    """
    made = WriteOnlyCell(sheet)
    if isinstance(value, datetime):
        made.value = clock.local(value).replace(tzinfo=None)
        made.number_format, made.alignment = "dd/mm/yyyy hh:mm", _TOP
    elif isinstance(value, date):
        made.value = value
        made.number_format, made.alignment = "dd/mm/yyyy", _TOP
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        made.value, made.alignment = value, _TOP
    else:
        said = (yes if value else "") if isinstance(value, bool) or value is None else str(value)
        made.value = ILLEGAL_CHARACTERS_RE.sub("", said)[:_LONGEST]
        if said:
            made.data_type = "s"  # a program's guess would make a formula of a text that looks like one
        if not line:
            made.alignment = _WRAPPED
    if bold:
        made.font = Font(bold=True)
    return made


def quick(sheet: WriteOnlyWorksheet, value: object) -> object:
    """``cell`` for long lists: a value that nothing can mistake goes as it is, in a third of the time."""
    if isinstance(value, str) and value[:1] not in ("=", "#"):  # "#N/A" would be taken for an error
        return ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST]
    return value if type(value) in (int, float) else cell(sheet, value)


def formula(sheet: WriteOnlyWorksheet, said: str, *, bold: bool = False) -> WriteOnlyCell:
    """A formula of our own; no word of it may come from data."""
    made = WriteOnlyCell(sheet)
    made.value = said
    if bold:
        made.font = Font(bold=True)
    return made


def title(wanted: str, taken: Iterable[str] = ()) -> str:
    """A sheet's title: at most 31 characters and whole words, none that Excel refuses, none taken in any spelling."""
    base = " ".join(INVALID_TITLE_REGEX.sub(" ", wanted).split()).strip(" '") or "-"
    used, made, n = {one.casefold() for one in taken}, _cut(base, _TITLE), 1
    while made.casefold() in used:
        n += 1
        made = f"{_cut(base, _TITLE - len(str(n)) - 1)} {n}"
    return made


def _cut(said: str, room: int) -> str:
    """As many whole words as there is room for; of one word longer than that its beginning."""
    if len(said) <= room:
        return said
    whole = said[: room + 1].rpartition(" ")[0].rstrip(" ,;:.–-(&'")
    return whole or said[:room].rstrip(" '") or "-"


def on_paper(sheet: WriteOnlyWorksheet) -> None:
    """Printed across, as wide as the page and as many pages long as it takes; said before the first row."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def widths(sheet: WriteOnlyWorksheet, wanted: Sequence[int]) -> None:
    """Columns as wide as that many characters, within reason."""
    for number, wide in enumerate(wanted, 1):
        sheet.column_dimensions[get_column_letter(number)].width = _width(wide)


def height(sheet: WriteOnlyWorksheet, row: int, values: Sequence[object], wide: Sequence[int]) -> None:
    """Makes the row as high as its wrapped texts need; said before the row is appended.

    LibreOffice takes our files for Excel's own and gives a row without a height that of one line.
    """
    rows = (ceil(len(one) / _width(width)) for one, width in zip(values, wide, strict=False) if isinstance(one, str))
    if (most := max(rows, default=1)) > 1:
        sheet.row_dimensions[row].height = min(most * _LINE, _HIGHEST)


def _width(wanted: int) -> int:
    return min(max(wanted + 2, 8), 60)
