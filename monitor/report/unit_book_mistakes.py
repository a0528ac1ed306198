"""Mistakes of a workbook, each by sheet and cell, and the words it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from monitor.errors import InputError
from monitor.labels import label, of
from monitor.model.unit_report import Wording
from monitor.report.unit_book_cells import Holds, RawBook, RawCell, RawSheet, place
from monitor.report.unit_book_layout import LONGEST, WHOSE, WORDS, words_sheet

_TOLD = 20
"""Mistakes that are told one by one."""
_WHOLE = (1 << 21, 0)
"""Below all rows."""
CALLS = re.compile(
    r"(?<![A-Z0-9_])(?:WEBSERVICE|FILTERXML|HYPERLINK|IMAGE|RTD|CALL|REGISTER(?:\.ID)?|EXEC|PY|DDE|STOCKHISTORY|"
    r"SQL\.REQUEST|IMPORT(?:DATA|XML|HTML|RANGE|FEED)|CUBE[A-Z]+)\s*\(|[A-Z0-9']\s*\|\s*['A-Z]|\[\d+\]|"
    r"\[[^\]\[]{0,200}\.[A-Z]{3,4}\]|[A-Z]{3,8}://|\\\\",
    re.I,
)
"""What reaches out of the workbook: other machines, files and programs."""


@dataclass(kw_only=True)
class Mistakes:
    """All that is wrong with the file of this name."""

    file: str
    found: list[tuple[str, tuple[int, int], str]] = field(default_factory=list)
    """Sheet, row and column, and the sentence."""

    def at(self, sheet: RawSheet, row: int, column: int, key: str, /, **facts: object) -> None:
        """In this cell; ``key`` of the labels group ``unit_book``."""
        self.told(sheet, row, column, label("unit_book", key, **facts))

    def told(self, sheet: RawSheet, row: int, column: int, why: str) -> None:
        """In this cell, in these words."""
        where = label("unit_book", "at_cell", sheet=sheet.name, cell=place(row, column))
        self.found.append((sheet.name, (row, column), f"{where}: {why}"))

    def of(self, sheet: str, key: str, /, **facts: object) -> None:
        """In the sheet of this name as a whole."""
        said = f"{label('unit_book', 'at_sheet', sheet=sheet)}: {label('unit_book', key, **facts)}"
        self.found.append((sheet, _WHOLE, said))

    def error(self) -> InputError:
        """All of them, one a line, from top to bottom of one sheet after the other; of very many the first."""
        sheets = list(dict.fromkeys(sheet for sheet, _, _ in self.found))
        ordered = sorted(self.found, key=lambda one: (sheets.index(one[0]), one[1]))
        lines = [f"– {said}" for _, _, said in ordered[:_TOLD]]
        if len(ordered) > _TOLD:
            lines.append(label("unit_book", "more", count=len(ordered) - _TOLD))
        return InputError("book_mistakes", file=self.file, count=len(ordered), said="\n".join(lines))


def calls(cell: RawCell) -> bool:
    """Whether its formula reaches out of the workbook."""
    return bool(cell.formula and CALLS.search(cell.formula))


def named(raw: RawBook, wanted: str) -> RawSheet | None:
    """The sheet of this title, in small letters or large."""
    return next((one for one in raw.sheets if one.name.casefold() == wanted.casefold()), None)


def merged_in(wrong: Mistakes, sheet: RawSheet, inputs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The cells to fill in that lie in a merged area."""
    found: set[tuple[int, int]] = set()
    for top, left, bottom, right in sheet.merged:
        hit = [(r, c) for r, c in inputs if top <= r <= bottom and left <= c <= right]
        if hit and (top, left) != (bottom, right):
            found.update(hit)
            wrong.at(sheet, *hit[0], "m_merged", area=f"{place(top, left)}:{place(bottom, min(right, 16384))}")
    return found


def words_in(wrong: Mistakes, raw: RawBook, figures: RawSheet) -> dict[Wording, str]:
    """The parts in words; ``figures`` is the sheet that is none of theirs."""
    known = {one.value for one in Wording}
    holding = [
        sheet for sheet in raw.sheets
        if sheet is not figures and sum(sheet.text(row, WHOSE) in known for row, c in sheet.cells if c == WHOSE) > 1
    ]  # fmt: skip
    sheet = named(raw, words_sheet())
    if sheet is None:
        if holding:
            wrong.of(holding[0].name, "m_renamed", wanted=words_sheet())
        else:
            wrong.of(words_sheet(), "m_no_sheet")
        return {}
    for other in holding:
        if other is not sheet:
            wrong.of(other.name, "m_second", wanted=sheet.name)
    return _parts(wrong, sheet)


def _parts(wrong: Mistakes, sheet: RawSheet) -> dict[Wording, str]:
    keys = {row: sheet.text(row, WHOSE) for row, column in sheet.cells if column == WHOSE}
    where: dict[str, int] = {}
    for row, said in sorted(keys.items()):
        if said in where and said in set(Wording):
            wrong.at(sheet, row, WORDS, "m_doubled", said=of(Wording(said)), row=where[said])
        where.setdefault(said, row)
    merged = merged_in(wrong, sheet, [(where[one], WORDS) for one in Wording if one in where])
    found: dict[Wording, str] = {}
    for wording in Wording:
        if wording not in where:
            wrong.of(sheet.name, "m_missing", said=of(wording))
            continue
        row = where[wording]
        cell = sheet.cells.get((row, WORDS))
        if cell is not None and (row, WORDS) not in merged and (said := text_in(wrong, sheet, row, WORDS, cell)):
            found[wording] = said
    for row, column in sorted(sheet.cells):
        if row not in keys and column == WORDS:
            wrong.at(sheet, row, column, "m_outside", said=sheet.text(row, column)[:60])
    return found


def text_in(wrong: Mistakes, sheet: RawSheet, row: int, column: int, cell: RawCell) -> str:
    """The words of a cell; what a program took for a day is that day."""
    said = f"{cell.day:%d/%m/%Y}" if cell.holds is Holds.DAY and cell.day else cell.said.strip()
    if calls(cell):
        return ""
    if cell.formula is not None:
        wrong.at(sheet, row, column, "m_formula_text")
    elif cell.holds in (Holds.ERROR, Holds.LOGICAL):
        wrong.at(sheet, row, column, "m_error_text", said=said[:40])
    elif len(said) > LONGEST:
        wrong.at(sheet, row, column, "m_long", most=f"{LONGEST:,}".replace(",", "."))
    else:
        return said
    return ""
