"""The report as an Excel file: every table on the first sheet, and behind each a sheet with the rows it counts.

Numbers are numbers and days are days; a total that its rows sum to is a formula, so that who edits a figure sees the
sum move. Items of the press stand once, in one list that the tables by source, topic and tone share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from monitor import xlsx
from monitor.clock import local
from monitor.labels import label, of
from monitor.model.report import Figure, ReportData, Table
from monitor.model.report_paper import ReportPaper

_WORD, _WIDE = 44, 58
Cells = list[object]


@dataclass(frozen=True, kw_only=True)
class ListSheet:
    """The list behind one or more tables: ``tables`` their ids, ``rows`` one line each, ``hidden`` more not shown."""

    tables: tuple[str, ...]
    title: str
    columns: tuple[str, ...]
    rows: Iterable[Sequence[object]]
    hidden: int = 0


def as_xlsx(data: ReportData, lists: Sequence[ListSheet], paper: ReportPaper | None = None) -> bytes:
    """The whole workbook; of a ``paper`` also its sentences, its number, and what it adjusts.

    Raises nothing: texts are cut and cleaned to what Excel takes.
    """
    book = Workbook(write_only=True)
    names: list[str] = [xlsx.title(label("half_year", "sheet_report"))]
    plain: dict[str, Callable[[WriteOnlyWorksheet], None]] = {
        "sheet_checked": partial(_checked, data=data), "sheet_remedies": partial(_remedies, data=data)
    }  # fmt: skip
    if paper:
        plain["sheet_text"] = partial(_text, paper=paper)
    if paper and paper.changes:
        plain["sheet_changes"] = partial(_changes, paper=paper)
    for one in plain:
        names.append(xlsx.title(label("half_year", one), names))
    where: dict[str, str] = {}
    for number, found in enumerate(lists, 1):
        names.append(xlsx.title(label("half_year", "sheet_list", number=number, title=found.title), names))
        where |= dict.fromkeys(found.tables, names[-1])
    sheets = [book.create_sheet(name) for name in names]
    for sheet in sheets:
        xlsx.on_paper(sheet)
    _front(sheets[0], data, where, paper)
    for sheet, write in zip(sheets[1:], plain.values(), strict=False):
        write(sheet)
    for sheet, found in zip(sheets[1 + len(plain) :], lists, strict=True):
        _list(sheet, found)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def _front(sheet: WriteOnlyWorksheet, data: ReportData, where: dict[str, str], paper: ReportPaper | None) -> None:
    widest = max((len(row.cells) for table in data.tables for row in table.rows), default=0)
    xlsx.widths(sheet, [_WIDE, 12, 12, 14, 18, 32, *[14] * widest])
    at = local(data.until)
    over = label("half_year", "until_day", day=f"{data.span.last:%d/%m/%Y}")
    until = over if at.date() > data.span.last else label("half_year", "until", at=f"{at:%H:%M %d/%m/%Y}")
    sheet.append([xlsx.cell(sheet, data.office, bold=True, line=True)])
    sheet.append([xlsx.cell(sheet, label("half_year", "title", period=data.span.name), bold=True, line=True)])
    lines = [*([_issued(paper)] if paper else []), until, *data.notes]
    for line in lines:
        sheet.append([xlsx.cell(sheet, line, line=True)])
    row = 2 + len(lines)
    for section in data.sections:
        sheet.append([])
        sheet.append([xlsx.cell(sheet, f"{section.number}. {section.title}", bold=True, line=True)])
        row += 2
        if section.note:
            sheet.append([xlsx.cell(sheet, section.note, line=True)])
            row += 1
        for table in section.tables:
            row = _table(sheet, table, row, where.get(table.id, ""))


def _issued(paper: ReportPaper) -> str:
    head = paper.head
    if not paper.version or head.day is None:
        return label("half_year", "draft_line")
    return label(
        "half_year", "issued_line", sign=f"{head.number}/{head.symbol}", day=f"{head.day:%d/%m/%Y}",
        version=paper.version, chain=paper.chain or "–",
    )  # fmt: skip


def _table(sheet: WriteOnlyWorksheet, table: Table, row: int, listed: str) -> int:
    """Writes a table below ``row``; returns the last row written."""
    sheet.append([])
    sheet.append([xlsx.cell(sheet, table.title, bold=True, line=True)])
    row += 2
    behind = label("half_year", "list_of", sheet=listed) if listed else ""
    for line in filter(None, (table.note, behind)):
        sheet.append([xlsx.cell(sheet, line, line=True)])
        row += 1
    months = [cell.label for cell in (table.total.cells if table.total else ())]
    heads = [label("half_year", f"col_{one}") for one in ("figure", "count", "share", "previous", "last_year", "note")]
    sheet.append([xlsx.cell(sheet, head, bold=True) for head in (*heads, *months)])
    row += 1
    first = row + 1
    for figure in table.rows:
        sheet.append([xlsx.cell(sheet, value) for value in _values(figure)])
        row += 1
    if table.total:
        _total(sheet, table, table.total, first, row)
        row += 1
    return row


def _values(figure: Figure) -> Cells:
    none = label("half_year", "no_data")
    absent = figure.number is None
    beside = ["" if absent else none if one is None else one for one in (figure.previous, figure.last_year)]
    return [figure.label, figure.number, figure.share, *beside, figure.note, *(cell.count for cell in figure.cells)]


def _total(sheet: WriteOnlyWorksheet, table: Table, total: Figure, first: int, last: int) -> None:
    values = _values(total)
    made = [xlsx.cell(sheet, value, bold=True) for value in values]
    if table.sums and last >= first:
        # Rows of other periods may lack a line that this one has, so that only what is checked is summed.
        summed = {1, *range(6, len(values))}
        made = [
            xlsx.formula(sheet, f"=SUM({get_column_letter(n + 1)}{first}:{get_column_letter(n + 1)}{last})", bold=True)
            if n in summed else one
            for n, one in enumerate(made)
        ]  # fmt: skip
    sheet.append(made)


def _checked(sheet: WriteOnlyWorksheet, data: ReportData) -> None:
    heads = ("stt", "published", "outlets", "matter", "units", "due", "verdict", "concluded", "case")
    lines = (
        [n, one.published, "; ".join(one.outlets), one.matter, "; ".join(one.units), one.due,
         of(one.verdict) if one.verdict else of(one.closing) if one.closing else label("half_year", "verdict_open"),
         one.concluded, one.case]
        for n, one in enumerate(data.checked, 1)
    )  # fmt: skip
    _plain(sheet, heads, lines, (4, 12, 30, _WORD, 30, 12, 20, 12, 14), data.unseen)


def _remedies(sheet: WriteOnlyWorksheet, data: ReportData) -> None:
    heads = ("stt", "case", "matter", "measure", "who", "due", "done", "state", "result")
    lines = (
        [n, one.case, one.matter, one.measure, one.who, one.due, one.done, of(one.state), one.result]
        for n, one in enumerate(data.remedies, 1)
    )
    total = data.figure("remedy.total")
    _plain(sheet, heads, lines, (4, 14, _WORD, _WORD, 30, 12, 12, 16, 30), total.hidden if total else 0)


def _text(sheet: WriteOnlyWorksheet, paper: ReportPaper) -> None:
    """The sentences, part by part, as they are printed."""
    titles = {section.number: f"{section.number}. {section.title}" for section in paper.data.sections}
    lines = (
        [titles.get(one.part) or label("half_year", f"part_{one.part}"), line]
        for one in paper.passages
        for line in one.text.splitlines()
    )
    _plain(sheet, ("part", "text"), lines, (_WORD, 120), 0)


def _changes(sheet: WriteOnlyWorksheet, paper: ReportPaper) -> None:
    lines: list[Cells] = [[label("half_year", "changes_of", adjusts=paper.adjusts)]]
    lines += [[one.label, one.before, one.after] for one in paper.changes]
    _plain(sheet, ("figure", "before", "after"), lines, (90, 12, 12), 0)


def _list(sheet: WriteOnlyWorksheet, found: ListSheet) -> None:
    rows = iter(found.rows)
    xlsx.widths(sheet, [_WORD if n in (0, len(found.columns) - 3) else 16 for n in range(len(found.columns))])
    sheet.freeze_panes = "A2"
    sheet.append([xlsx.cell(sheet, head, bold=True) for head in found.columns])
    for row in rows:
        sheet.append([xlsx.quick(sheet, value) for value in row])
    if found.hidden:
        sheet.append([xlsx.cell(sheet, label("half_year", "list_hidden", count=found.hidden), line=True)])


def _plain(
    sheet: WriteOnlyWorksheet, heads: Sequence[str], lines: Iterable[Sequence[object]], wide: Sequence[int], hidden: int
) -> None:
    xlsx.widths(sheet, wide)
    sheet.freeze_panes = "A2"
    sheet.append([xlsx.cell(sheet, label("half_year", f"col_{head}"), bold=True) for head in heads])
    for row, line in enumerate(lines, 2):
        xlsx.height(sheet, row, line, wide)
        sheet.append([xlsx.cell(sheet, value) for value in line])
    if hidden:
        sheet.append([xlsx.cell(sheet, label("half_year", "list_hidden", count=hidden), line=True)])
