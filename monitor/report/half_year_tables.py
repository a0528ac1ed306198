"""The report's tables as they are printed, the same in Word and on the page: heads, lines of cells, notes below.

    Table of figures ──▶ Grid: in the period | share | the period before | change | cùng kỳ | change
    parts by month   ──▶ Grid: a line a month, a column a row of the table: a year is as readable as a quarter
    lines of cases   ──▶ Grid

A cell keeps the figure it prints, so that a page can link it to its list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.labels import label
from monitor.model.report import Figure, Table
from monitor.report import half_year_numbers as numbers
from monitor.report.half_year import part_of
from monitor.report.sentences import clip

_LONGEST = 300
_MANY = 15
"""A table of more rows than this names those of nothing at all in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What a cell says; ``centred`` for numbers and days; ``figure`` where the text is its count."""

    text: str
    centred: bool = True
    figure: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row; ``strong`` for totals."""

    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table: ``number`` counts the tables of the report, ``id`` is that of its ``Table``, ``notes`` stand below.

    ``shape`` rules the widths. A grid without lines is one sentence, ``nothing``.
    """

    id: str
    shape: str
    title: str
    heads: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()
    nothing: str = ""
    number: int = 0

    @property
    def caption(self) -> str:
        """ "Bảng 2"."""
        return label("report_paper", "table", number=self.number)


def grids(tables: Sequence[Table], *, once: bool = False, missing: Collection[str] = ()) -> Iterator[Grid]:
    """The grids of a section's tables. A table of one row without a total goes on below the one before.

    ``once``: the period before is cùng kỳ năm trước, as for a year, and stands in one column. ``missing`` is
    ``ReportData.missing``.
    """
    for main, more in _joined(tables):
        yield figures(main, more, once=once, missing=missing)
        if main.total and main.total.cells and main.total.number:
            yield by_month(main)


def _joined(tables: Sequence[Table]) -> Iterator[tuple[Table, tuple[Table, ...]]]:
    at = 0
    while at < len(tables):
        last = at + 1
        while last < len(tables) and tables[at].total and len(tables[last].rows) == 1 and not tables[last].total:
            last += 1
        yield tables[at], tuple(tables[at + 1 : last])
        at = last


def figures(table: Table, more: Sequence[Table] = (), *, once: bool = False, missing: Collection[str] = ()) -> Grid:
    """The table, each figure beside those it is compared with; rows of ``more`` come after its total."""
    title = _title(table, "whole")
    added = [figure for one in more for figure in one.rows]
    total = [table.total] if table.total else []
    if not any(map(_is_something, (*table.rows, *total, *added))):
        unknown = all(part_of(one.key) in missing for one in (*table.rows, *total))
        said = label("report_paper", "nothing_known" if unknown and missing else "nothing", title=title)
        return Grid(id=table.id, shape="nothing", title=title, nothing=said)
    empty = [one for one in table.rows if not _is_something(one)] if len(table.rows) > _MANY else []
    rows = [one for one in table.rows if one not in empty]
    shares = any(one.share is not None for one in rows)
    beside = 1 if once else 2
    lines = [_line(one, shares, beside) for one in rows]
    lines += [_line(one, shares, beside, strong=True) for one in total]
    lines += [_line(one, shares, beside) for one in added]
    notes = [table.note, *(one.note for one in more), *_notes((*rows, *added))]
    if empty:
        notes.append(label("report_paper", "nothing_rows", rows="; ".join(one.label for one in empty)))
    heads = ("figure", "count", *(("share",) if shares else ()))
    heads = (*heads, *("previous", "change", "last_year", "change")[: 2 * beside])
    return Grid(
        id=table.id, shape="figures", title=title, heads=tuple(map(head, heads)),
        lines=tuple(lines), notes=tuple(filter(None, notes)),
    )  # fmt: skip


def by_month(table: Table) -> Grid:
    """The parts by month of a table's rows and total."""
    columns = (*table.rows, *((table.total,) if table.total else ()))
    months = columns[-1].cells
    parts = [{cell.label: cell for cell in column.cells} for column in columns]
    lines = [
        Line(cells=(Cell(text=month.label.removeprefix(f"{head('month')} ")),
                    *(_count(part.get(month.label)) for part in parts)))
        for month in months
    ]  # fmt: skip
    whole = Line(cells=(Cell(text=head("total")), *map(_count, columns)), strong=True)
    names = [*(column.label for column in columns[:-1]), head("total")]
    return Grid(
        id=f"{table.id}.month", shape="months", title=_title(table, "by_month"),
        heads=(head("month"), *names), lines=(*lines, whole),
    )  # fmt: skip


def _title(table: Table, which: str) -> str:
    """The table's title; the one by source is two here, and each says by what."""
    if table.id == "items":
        return label("report_paper", f"items_{which}")
    return table.title if which == "whole" else label("report_paper", which, title=table.title)


def worded(said: str) -> Cell:
    """A cell of words, cut where no row would hold them; the case and the lists have them whole."""
    return Cell(text=clip(said, _LONGEST), centred=False)


def head(key: str) -> str:
    """The wording of a column's head."""
    group = "report_paper" if key in ("month", "change", "before", "after") else "half_year"
    return label(group, f"col_{key}")


def _is_something(figure: Figure) -> bool:
    """Whether there is, or was, anything to count; what is recorded nowhere is told as such."""
    return bool(figure.number or figure.previous or figure.last_year) or (figure.number is None and bool(figure.note))


def _line(figure: Figure, shares: bool, beside: int, *, strong: bool = False) -> Line:
    cells = [worded(figure.label), _count(figure)]
    if shares:
        cells.append(Cell(text="" if strong or figure.share is None else numbers.percent(figure.share)))
    for before in (figure.previous, figure.last_year)[:beside]:
        cells += [Cell(text=numbers.number(before)), Cell(text=numbers.change(figure.number, before))]
    return Line(cells=tuple(cells), strong=strong)


def _count(figure: Figure | None) -> Cell:
    return Cell(text=numbers.number(figure.number if figure else None), figure=figure)


def _notes(found: Iterable[Figure]) -> Iterator[str]:
    """Each note once, with the rows it is of; without them where it is of every row that is recorded."""
    named: dict[tuple[str, bool], list[str]] = {}
    every = tuple(found)
    recorded = sum(figure.number is not None for figure in every)
    for figure in every:
        if figure.note:
            named.setdefault((figure.note.rstrip(". "), figure.number is None), []).append(figure.label)
    for (note, absent), rows in named.items():
        key = "absent" if absent else "noted" if len(rows) < max(recorded, 2) else "noted_all"
        yield label("report_paper", key, note=note, rows="; ".join(rows))
