"""Tables that an office keeps in Excel, as CSV in and out: columns by name, every bad line by its number.

    bytes ──charset?──▶ text ──header──▶ columns ──▶ rows, and the lines that are none

Only UTF-8 and UTF-16 with its mark are taken: the old Vietnamese code pages lose letters without a sign, and these
tables hold names that end up in letters. What a spreadsheet would take for a formula is written with an apostrophe
before it, and read without it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.errors import InputError, MonitorError
from monitor.labels import label, wording
from monitor.text import clean, fold, nfc

Told = Callable[[int], None]
"""Is told how many lines are done."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DELIMITERS = ",;\t"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line under the header: the number of its first line in the file, and its cells by column name."""

    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """The cell on one line, cleaned; empty where the table has no such column."""
        return clean(self.cells.get(name, ""))

    def day(self, name: str) -> date | None:
        """The cell as a day. Raises InputError for what is none."""
        return day_of(self.get(name))


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as read: its rows, the lines that are none (number, sentence), and the columns nobody knows."""

    rows: tuple[Row, ...]
    bad: tuple[tuple[int, str], ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What became of the lines of a table: new or changed, already so, bad (number, sentence), and what to know."""

    stored: int = 0
    known: int = 0
    bad: tuple[tuple[int, str], ...] = ()
    notices: tuple[str, ...] = ()


def day_of(text: str) -> date | None:
    """2026-11-05 or 05/11/2026; None for nothing. Raises InputError for anything else."""
    if not text:
        return None
    iso, other = _ISO.fullmatch(text), _DAY_FIRST.fullmatch(text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if other:
            return date(int(other[3]), int(other[2]), int(other[1]))
    except ValueError:
        pass
    raise InputError("bad_date", value=text[:60])


def day_said(on: date | None) -> str:
    """A day as the office writes it: 05/11/2026."""
    return f"{on.day:02d}/{on.month:02d}/{on.year:04d}" if on else ""


def decoded(raw: bytes) -> str:
    """The text of a table. Raises InputError where it is neither UTF-8 nor UTF-16 with its mark."""
    wide = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return raw.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("sheet_charset") from None


def read(raw: bytes, group: str, columns: Sequence[str], needed: Iterable[str]) -> Sheet:
    """The table; a column is known by its name or by its Vietnamese name in the labels group (``col_…``).

    Raises InputError for another charset, no header, one column twice or one that is missing.
    """
    lines = decoded(raw).replace("\0", "")
    reader = csv.reader(io.StringIO(lines, newline=""), delimiter=_delimiter(lines), strict=True)
    made: list[Row] = []
    bad: list[tuple[int, str]] = []
    records = _records(reader, bad)
    _, head = next(records, (0, []))
    if bad or not any(cell.strip() for cell in head):
        raise InputError("sheet_no_header", columns=names(group, columns))
    found, unknown = _columns(head, group, columns)
    missing = [name for name in needed if name not in found]
    if missing:
        raise InputError("sheet_columns", missing=names(group, missing))
    for number, cells in records:
        if len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            bad.append((number, label("table", "too_many_cells", most=len(head), found=len(cells))))
        elif any(cell.strip() for cell in cells):
            read_cells = {name: undefused(cells[at]) for name, at in found.items() if at < len(cells)}
            made.append(Row(line=number, cells=read_cells))
    return Sheet(rows=tuple(made), bad=tuple(bad), unknown=unknown)


def names(group: str, columns: Iterable[str]) -> str:
    """Columns as people call them."""
    return "; ".join(f"{label(group, f'col_{name}')} ({name})" for name in columns)


def _records(reader: Iterator[list[str]], bad: list[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    while True:
        number = getattr(reader, "line_num", 0) + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # The reader begins anew with the next line, so one cell costs only its own.
            key = "too_long" if "field larger" in str(error) else "not_csv"
            bad.append((number, label("table", key, most=csv.field_size_limit())))
            continue
        yield number, cells


def _delimiter(lines: str) -> str:
    head = next((line for line in lines[:100_000].splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", head)
    return max(_DELIMITERS, key=bare.count)


def _columns(head: Sequence[str], group: str, columns: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    wanted = {_letters(said): name for name in columns for said in (name, label(group, f"col_{name}"))}
    found: dict[str, int] = {}
    unknown = []
    for at, cell in enumerate(head):
        said = clean(undefused(cell))
        name = wanted.get(_letters(said))
        if name is None:
            unknown += [said] if said else []
        elif name in found:
            raise InputError("sheet_column_twice", column=said)
        else:
            found[name] = at
    return found, tuple(unknown)


def _letters(said: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(said)))


def write(group: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with its mark, for Excel; the Vietnamese names of the columns above the rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([label(group, f"col_{name}") for name in columns])
    writer.writerows([defused(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + out.getvalue().encode()


def defused(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula; ``undefused`` gives it back."""
    risky = cell.startswith(_FORMULA) or (cell[:1] == "'" and cell[1:].startswith((*_FORMULA, "'")))
    return f"'{cell}" if risky else cell


def undefused(cell: str) -> str:
    """The cell as it was before ``defused``, NFC."""
    cell = nfc(cell)
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith((*_FORMULA, "'")) else cell


def load(rows: Iterable[tuple[int, Callable[[], bool]]], progress: Told | None = None) -> Loaded:
    """Does each row; one that raises is told with its number and costs the others nothing."""
    stored = known = 0
    bad: list[tuple[int, str]] = []
    for done, (number, act) in enumerate(rows, 1):
        try:
            new = act()
        except MonitorError as error:
            bad.append((number, wording(error)))
        else:
            stored, known = stored + new, known + (not new)
        if progress:
            progress(done)
    return Loaded(stored=stored, known=known, bad=tuple(bad))
