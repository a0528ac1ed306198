"""The sheets of a workbook as they stand: cells by row and column, merged areas, formulas; nothing is computed.

Not by openpyxl: it makes a cell for every one of a merged area, which a file may say is the whole sheet, and reads
sheets with a parser that takes entities.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter

from monitor.errors import InputError
from monitor.report.unit_book_file import BookFile
from monitor.text import nfc

_REF = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_MOST_CELLS, _MOST_SHEETS, _MOST_MERGED, _LONGEST = 150_000, 60, 2000, 32_767
_EPOCH = date(1899, 12, 30)
_LOCAL_DAYS = frozenset((*range(27, 37), *range(50, 59)))
"""Numbers of formats that are days in Asian versions of Excel."""


class Holds(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    TEXT = "text"
    DAY = "day"
    LOGICAL = "logical"
    ERROR = "error"


@dataclass(frozen=True, kw_only=True)
class RawCell:
    """``said`` is the text, or the number as the file writes it; ``formula`` what would compute it, without "="."""

    holds: Holds
    said: str
    formula: str | None = None

    @property
    def blank(self) -> bool:
        """Nothing in it but perhaps blanks."""
        return self.formula is None and not self.said.strip()

    @property
    def number(self) -> Decimal | None:
        """The finite number that it holds, of a size that a figure can have."""
        try:
            found = Decimal(self.said.strip())
        except InvalidOperation:
            return None
        return found if found.is_finite() and abs(found.adjusted()) < 30 else None

    @property
    def day(self) -> date | None:
        """The day that its number stands for."""
        found = self.number
        return _EPOCH + timedelta(days=int(found)) if found is not None and 0 < found < 2_900_000 else None


@dataclass(frozen=True, kw_only=True)
class RawSheet:
    """``cells`` by (row, column), both from 1; ``merged`` areas as (top, left, bottom, right); ``rules`` the formulas
    of validations and formats."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], RawCell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    rules: tuple[str, ...] = ()

    def text(self, row: int, column: int) -> str:
        """The cell's text without blanks around it."""
        found = self.cells.get((row, column))
        return found.said.strip() if found else ""


@dataclass(frozen=True, kw_only=True)
class RawBook:
    """The sheets in their order; ``names`` are the formulas of names that the workbook defines."""

    sheets: tuple[RawSheet, ...]
    names: tuple[str, ...]


def place(row: int, column: int) -> str:
    """As people call it: D7."""
    return f"{get_column_letter(column)}{row}"


def read_cells(book: BookFile) -> RawBook:
    """All sheets. Raises InputError where the file is no workbook after all, or holds too much."""
    main = _main(book)
    root = book.xml(main)
    targets = _targets(book, main)
    shared = _shared(book, next((path for kind, path in targets.values() if kind == "sharedStrings"), ""))
    days = _days(book, next((path for kind, path in targets.values() if kind == "styles"), ""))
    found: list[RawSheet] = []
    left = _MOST_CELLS
    for one in _all(root, "sheet"):
        ident = next((str(value) for key, value in one.attrib.items() if etree.QName(key).localname == "id"), "")
        kind, path = targets.get(ident, ("", ""))
        if kind != "worksheet":
            continue
        sheet = _sheet(book, path, one, shared, days)
        left -= len(sheet.cells)
        if left < 0 or len(found) >= _MOST_SHEETS:
            raise InputError("book_many_cells", file=book.name)
        found.append(sheet)
    return RawBook(sheets=tuple(found), names=tuple(_said(one) for one in _all(root, "definedName")))


def _all(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements of this name in whatever version of the format."""
    yield from root.iter(f"{{*}}{name}")


def _said(element: etree._Element) -> str:
    return "".join(element.itertext())


def _main(book: BookFile) -> str:
    for one in _all(book.xml("_rels/.rels"), "Relationship"):
        if one.get("Type", "").endswith("/officeDocument"):
            return str(one.get("Target", "")).lstrip("/")
    raise InputError("book_broken", file=book.name)


def _targets(book: BookFile, main: str) -> dict[str, tuple[str, str]]:
    """What the workbook is made of: kind and path by id."""
    folder, name = posixpath.split(main)
    rels = book.xml(posixpath.join(folder, "_rels", name + ".rels"))
    return {
        one.get("Id", ""): (
            one.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/" + folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in _all(rels, "Relationship")
    }


def _shared(book: BookFile, path: str) -> list[str]:
    if not path or not book.has(path):
        return []
    return [_runs(one) for one in _all(book.xml(path), "si")]


def _runs(element: etree._Element) -> str:
    """A text with its parts in other letters; how it is pronounced is left out."""
    said = "".join(
        one.text or ""
        for one in _all(element, "t")
        if (above := one.getparent()) is None or etree.QName(above).localname != "rPh"
    )
    return nfc(said[:_LONGEST].replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n"))


def _days(book: BookFile, path: str) -> frozenset[int]:
    """The numbers of the styles that show a number as a day."""
    if not path or not book.has(path):
        return frozenset()
    root = book.xml(path)
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in _all(root, "numFmt")}
    found = set()
    for formats in root.iterchildren("{*}cellXfs"):
        for number, one in enumerate(formats.iterchildren("{*}xf")):
            wanted = one.get("numFmtId", "0")
            builtin = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 0
            code = own.get(wanted) or BUILTIN_FORMATS.get(builtin, "")
            if is_date_format(code[:200]) or (wanted not in own and builtin in _LOCAL_DAYS):
                found.add(number)
    return frozenset(found)


def _sheet(book: BookFile, path: str, told: etree._Element, shared: list[str], days: frozenset[int]) -> RawSheet:
    root = book.xml(path)
    cells: dict[tuple[int, int], RawCell] = {}
    row = 0
    for line in _all(root, "row"):
        said = line.get("r", "")
        row = int(said) if said.isascii() and said.isdigit() and len(said) < 8 else row + 1
        column = 0
        for one in line.iterchildren("{*}c"):
            ref = _REF.fullmatch(one.get("r", ""))
            column = _column(ref[1]) if ref else column + 1
            made = _cell(one, shared, days)
            if not made.blank:
                cells[row, column] = made
            if len(cells) > _MOST_CELLS:
                raise InputError("book_many_cells", file=book.name)
    return RawSheet(
        name=nfc(str(told.get("name", ""))).strip(), hidden=told.get("state", "visible") != "visible", cells=cells,
        merged=_merged(book, root),
        rules=tuple(_rules(root)),
    )  # fmt: skip


def _rules(root: etree._Element) -> Iterator[str]:
    """Formulas that stand in no cell."""
    for name in ("formula", "formula1", "formula2", "f"):
        for one in _all(root, name):
            above = one.getparent()
            if above is None or etree.QName(above).localname != "c":
                yield _said(one)[:_LONGEST]


def _merged(book: BookFile, root: etree._Element) -> tuple[tuple[int, int, int, int], ...]:
    found = tuple(area for one in _all(root, "mergeCell") if (area := _area(one.get("ref", ""))))
    if len(found) > _MOST_MERGED:
        raise InputError("book_many_cells", file=book.name)
    return found


def _cell(element: etree._Element, shared: list[str], days: frozenset[int]) -> RawCell:
    kind, formula, value = element.get("t", "n"), None, ""
    for inner in element:
        name = etree.QName(inner).localname if isinstance(inner.tag, str) else ""
        if name == "f":
            formula = (inner.text or "")[:_LONGEST]
        elif name == "v":
            value = inner.text or ""
        elif name == "is":
            value = _runs(inner)
    if kind == "s":
        at = int(value) if value.isascii() and value.strip().isdigit() and len(value) < 9 else -1
        return RawCell(holds=Holds.TEXT, said=shared[at] if 0 <= at < len(shared) else "", formula=formula)
    value = value[:_LONGEST]
    if kind in ("str", "inlineStr"):
        return RawCell(holds=Holds.TEXT, said=nfc(value), formula=formula)
    if kind in ("b", "e", "d"):
        holds = {"b": Holds.LOGICAL, "e": Holds.ERROR, "d": Holds.DAY}[kind]
        return RawCell(holds=holds, said=value, formula=formula)
    style = element.get("s", "")
    shows_day = style.isascii() and style.isdigit() and len(style) < 7 and int(style) in days
    return RawCell(holds=Holds.DAY if shows_day else Holds.NUMBER, said=value, formula=formula)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _area(ref: str) -> tuple[int, int, int, int] | None:
    found = _AREA.fullmatch(ref)
    if found is None:
        return None
    top, left = int(found[2]), _column(found[1])
    return top, left, int(found[4] or top), _column(found[3]) if found[3] else left
