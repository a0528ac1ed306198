"""A unit's workbook, read back: all that is wrong with it at once, each by sheet and cell; or all of it; never half.

    bytes ──▶ a workbook that does nothing of itself ──▶ its mark: whose, on what days ──▶ figures, words ──▶ BookRead
                                                             └── mistakes gathered, told together

What is noted beside a figure is kept with the words on the work done, for a report holds no other place for it: one
line a note, known by how it begins. It is for who looks the figures over and goes no further (``without_notes``).
Sheets that are not ours are left alone, hidden or not, but for formulas that call out and a second sheet with the mark.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from monitor.errors import InputError
from monitor.labels import label, of
from monitor.model.people import Unit
from monitor.model.report import Span
from monitor.model.unit_report import UnitField, UnitReportRules, Wording
from monitor.report.unit_book_cells import Holds, RawBook, RawSheet, read_cells
from monitor.report.unit_book_file import opened
from monitor.report.unit_book_layout import (
    IDENT,
    LONGEST,
    NAME,
    NOTE,
    OURS,
    TOTAL,
    VALUE,
    VERSION,
    Mark,
    figures_sheet,
    mark_in,
)
from monitor.report.unit_book_mistakes import CALLS, Mistakes, calls, merged_in, named, text_in, words_in
from monitor.report.unit_book_number import NoNumberError, count

_ADDED = 50
"""Rows too many that are looked at."""


@dataclass(frozen=True, kw_only=True)
class BookRead:
    """What a workbook says: ``values`` by field, fields left empty are not there; ``total``: with the bodies below."""

    unit: str
    first: date
    last: date
    values: tuple[tuple[str, int], ...] = ()
    words: tuple[tuple[Wording, str], ...] = ()
    total: bool = False


def read_book(
    data: bytes,
    name: str,
    rules: UnitReportRules,
    *,
    span: Span | None = None,
    unit: Unit | None = None,
    totals: bool = False,
) -> BookRead:
    """What the workbook reports. ``span`` and ``unit`` are what it ought to be of; ``totals``: the figures of a body
    with those below it may come, because nobody adds them here.

    Raises InputError: for a file that is no workbook, or may act by itself, with that alone; else with all mistakes,
    ``book_mistakes``, whose ``said`` has one a line.
    """
    raw = read_cells(opened(data, name))
    if any(CALLS.search(one) for one in (*raw.names, *(rule for sheet in raw.sheets for rule in sheet.rules))):
        raise InputError("book_calls_out", file=name)
    wrong = Mistakes(file=name)
    sheet, at, mark = _marked(raw, name)
    _judge(wrong, sheet, at, mark, span=span, unit=unit, totals=totals)
    _calling(wrong, raw)
    values, notes = _figures(wrong, sheet, rules.asked(mark.unit))
    words = words_in(wrong, raw, sheet)
    if notes:
        words[Wording.WORK] = "\n".join(filter(None, (words.get(Wording.WORK, ""), *notes)))
        if len(words[Wording.WORK]) > LONGEST:
            wrong.of(sheet.name, "m_notes", most=LONGEST, part=of(Wording.WORK))
    if not values and not words and not wrong.found:
        wrong.of(sheet.name, "m_nothing")
    if wrong.found:
        raise wrong.error()
    return BookRead(
        unit=mark.unit, first=mark.first, last=mark.last, total=mark.kind == TOTAL, values=tuple(values.items()),
        words=tuple((wording, words[wording]) for wording in Wording if wording in words),
    )  # fmt: skip


def without_notes(text: str) -> str:
    """The words of a part as the unit wrote them, without the lines that were noted beside figures of a workbook."""
    begins = label("unit_book", "note_line", field="\0", note="").partition("\0")[0]
    return "\n".join(line for line in text.split("\n") if not line.startswith(begins)).strip()


# -- whose and on what days ----------------------------------------------------------------------------------------


def _marked(raw: RawBook, name: str) -> tuple[RawSheet, tuple[int, int], Mark]:
    """The one sheet that says what this workbook is, and where."""
    found = [(sheet, *one) for sheet in raw.sheets if (one := _mark_of(sheet)) is not None]
    if not found:
        key = "book_no_mark" if named(raw, figures_sheet()) else "book_no_sheet"
        raise InputError(key, file=name, sheet=figures_sheet())
    if len(found) > 1:
        raise InputError("book_two_sheets", file=name, sheets=", ".join(f"“{sheet.name}”" for sheet, _, _ in found))
    if found[0][2].version > VERSION:
        raise InputError("book_newer", file=name)
    return found[0]


def _mark_of(sheet: RawSheet) -> tuple[tuple[int, int], Mark] | None:
    for at, cell in sheet.cells.items():
        if cell.holds is Holds.TEXT and "BCDV" in cell.said[:200] and (mark := mark_in(cell.said[:300])):
            return at, mark
    return None


def _judge(
    wrong: Mistakes, sheet: RawSheet, at: tuple[int, int], mark: Mark, *, span: Span | None, unit: Unit | None,
    totals: bool,
) -> None:  # fmt: skip
    if sheet.name.casefold() != figures_sheet().casefold():
        wrong.of(sheet.name, "m_renamed", wanted=figures_sheet())
    if sheet.hidden:
        wrong.of(sheet.name, "m_hidden")
    if mark.last < mark.first:
        wrong.at(sheet, *at, "m_mark")
    if span and (mark.first, mark.last) != (span.first, span.last):
        days = {"first": f"{mark.first:%d/%m/%Y}", "last": f"{mark.last:%d/%m/%Y}"}
        wrong.at(sheet, *at, "m_period", wanted=span.name, **days)
    if unit and mark.unit != unit.id:
        wrong.at(sheet, *at, "m_unit", said=mark.unit, wanted=unit.name, ident=unit.id)
    if mark.kind == TOTAL and not totals:
        wrong.at(sheet, *at, "m_total")


def _calling(wrong: Mistakes, raw: RawBook) -> None:
    for sheet in raw.sheets:
        for (row, column), cell in sheet.cells.items():
            if calls(cell):
                wrong.at(sheet, row, column, "m_calls_out")


# -- figures -------------------------------------------------------------------------------------------------------


@dataclass(kw_only=True)
class _Figures:
    """The rows of the sheet as they are read; ``merged`` are the cells to fill in that lie in a merged area."""

    wrong: Mistakes
    sheet: RawSheet
    merged: set[tuple[int, int]]
    values: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def row(self, row: int, asked: UnitField) -> None:
        """The figure of this row, and what was noted beside it."""
        cell, note = (
            None if (row, column) in self.merged else self.sheet.cells.get((row, column)) for column in (VALUE, NOTE)
        )
        if cell is not None and not calls(cell):
            try:
                found = count(cell)
            except NoNumberError as error:
                self.wrong.told(self.sheet, row, VALUE, error.said)
            else:
                if found is not None:
                    self.values[asked.id] = found
        if note is not None and (said := text_in(self.wrong, self.sheet, row, NOTE, note)):
            self.notes.append(label("unit_book", "note_line", field=asked.label, note=" ".join(said.split())))


def _figures(wrong: Mistakes, sheet: RawSheet, asked: tuple[UnitField, ...]) -> tuple[dict[str, int], list[str]]:
    """Values by field, and what was noted beside them."""
    rows = sorted((row, cell.said.strip()) for (row, column), cell in sheet.cells.items() if column == IDENT)
    fields = {one.id: one for one in asked}
    if not any(ident in fields for _, ident in rows):
        wrong.of(sheet.name, "m_no_rows")
        return {}, []
    inputs = [(row, column) for row, _ in rows for column in (VALUE, NOTE)]
    made = _Figures(wrong=wrong, sheet=sheet, merged=merged_in(wrong, sheet, inputs))
    first: dict[str, int] = {}
    for row, ident in rows:
        if ident == OURS:
            continue
        if ident not in fields:
            wrong.at(sheet, row, NAME, "m_unknown", said=sheet.text(row, NAME)[:80] or ident[:40])
        elif ident in first:
            wrong.at(sheet, row, NAME, "m_doubled", said=fields[ident].label, row=first[ident])
        else:
            first[ident] = row
            made.row(row, fields[ident])
    for ident, one in fields.items():
        if ident not in first:
            wrong.of(sheet.name, "m_missing", said=one.label)
    _added(wrong, sheet, {row for row, _ in rows})
    return made.values, made.notes


def _added(wrong: Mistakes, sheet: RawSheet, ours: set[int]) -> None:
    """Rows that somebody added to the table: what stands there would be lost without a word."""
    head = min(ours)
    # The first cell of each, for the last is seen first.
    added = {
        row: column
        for row, column in sorted(sheet.cells, reverse=True)
        if row > head and column <= NOTE and row not in ours
    }
    for row in sorted(added)[:_ADDED]:
        column = VALUE if (row, VALUE) in sheet.cells else added[row]
        wrong.at(sheet, row, column, "m_added", said=(sheet.text(row, NAME) or sheet.text(row, column))[:80])
