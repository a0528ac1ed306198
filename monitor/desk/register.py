"""The register of press papers (Sổ theo dõi văn bản báo chí): ours and those that arrived, as an Excel file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from textwrap import wrap
from typing import Any

from monitor.clock import local
from monitor.desk.sheets import defused
from monitor.desk.sitting import Sitting
from monitor.labels import label, of
from monitor.model.case import Case
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperState
from monitor.store import cases
from monitor.store import people as stored

_COLUMNS = (
    ("n", 5), ("case", 13), ("direction", 6), ("sign", 16), ("dated", 11.5), ("kind", 16), ("party", 22),
    ("subject", 34), ("signer", 16), ("state", 13), ("sent", 17), ("received", 17), ("arrival", 7), ("request", 20),
)  # fmt: skip
_LINE = 15.5
"""The height of a line of text in points; no program but Excel finds it by itself."""
_GONE = (PaperState.NUMBERED, PaperState.ISSUED, PaperState.RECEIVED)


def register(sitting: Sitting, start: date | None = None, end: date | None = None) -> bytes:
    """All numbered papers and arrivals of the days (both included), by date, as .xlsx; an empty one says so."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = label("register", "sheet")
    sheet.append([label("register", "title")])
    sheet.append([label("register", "made", at=f"{local(sitting.now):%H:%M %d/%m/%Y}")])
    sheet.append([])
    sheet.append([label("register", f"head_{name}") for name, _ in _COLUMNS])
    found = [
        row
        for case in cases.every(sitting.db)
        if sitting.sees(case)
        for row in _rows(sitting, case)
        if (start is None or row[0] >= start) and (end is None or row[0] <= end)
    ]
    for at, (_, values) in enumerate(sorted(found, key=lambda row: row[0]), start=1):
        sheet.append([at, *(defused(value) if isinstance(value, str) else value for value in values)])
    if not found:
        sheet.append([label("register", "none")])
    _dress(sheet, len(found))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(sitting: Sitting, case: Case) -> Iterator[tuple[date, list[object]]]:
    asked = {one.id: one.name for one in case.requests}
    for paper in case.papers:
        dated = entered(paper)
        if dated is None:
            continue
        signer = stored.get(sitting.db, paper.signed_by) if paper.signed_by else None
        yield dated, [
            case.id, label("register", "out"), sign(paper), dated, of(paper.kind), "; ".join(paper.addressees),
            paper.subject, signer.name if signer else "", of(paper.state), _minute(paper.issued),
            _minute(paper.received), "", asked.get(paper.request, ""),
        ]  # fmt: skip
    for arrival in case.arrivals:
        yield arrival.dated, [
            case.id, label("register", "in"), arrival.sign, arrival.dated, "", arrival.sender, arrival.subject, "",
            "", "", arrival.arrived, arrival.arrival_number, asked.get(arrival.request, ""),
        ]  # fmt: skip


def entered(paper: PaperRecord) -> date | None:
    """The day under which a paper of ours stands in the register; None for one that is not in it.

    What goes with a letter and has no number stands there too, under the day it went out.
    """
    if paper.state not in _GONE:
        return None
    return paper.dated or (local(paper.issued).date() if paper.issued else None)


def sign(paper: PaperRecord) -> str:
    """Number and symbol, or that it has none of its own."""
    return paper.sign if paper.number is not None else label("register", "unnumbered")


def _minute(at: datetime | None) -> datetime | str:
    # Excel knows no zones; the office reads its own clock.
    return local(at).replace(tzinfo=None, second=0, microsecond=0) if at else ""


def _dress(sheet: Any, count: int) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin")
    for at, (_, width) in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet["A1"].font = Font(name="Times New Roman", size=14, bold=True)
    for row in sheet.iter_rows(min_row=4, max_row=4 + count, max_col=len(_COLUMNS)):
        for cell in row:
            cell.font = Font(name="Times New Roman", size=12, bold=cell.row == 4)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(cell.value, datetime):
                cell.number_format = "HH:MM DD/MM/YYYY"
            elif isinstance(cell.value, date):
                cell.number_format = "DD/MM/YYYY"
        lines = (_lines(cell.value, width) for cell, (_, width) in zip(row, _COLUMNS, strict=True))
        sheet.row_dimensions[row[0].row].height = _LINE * max(lines)
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.print_title_rows = "4:4"


def _lines(value: object, width: float) -> int:
    """How many lines a cell needs: words broken at the width in letters."""
    return max(1, len(wrap(value, max(4, int(width * 0.95))))) if isinstance(value, str) else 1
