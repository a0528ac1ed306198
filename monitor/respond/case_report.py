"""One case on two pages: what has no room is counted instead of printed, and the rest fills the template.

    CaseReport ──fitted──▶ as many rows of each part as two pages hold ──▶ reports/report/case.docx ──▶ bytes

How much room a row takes is reckoned from the widths of the letters, with some to spare. The lines of the template
have fixed heights, so that neither a strange letter nor another word processor makes them higher.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from monitor.model.case_report import CaseReport, Shown
from monitor.model.layout import Layout
from monitor.word.layout import heading_lines
from monitor.word.template import Template, finished
from monitor.word.text import tidied
from monitor.word.width import width_mm

TEMPLATE = "report/case.docx"
BODY, CELL = 12.0, 11.0
"""Sizes of letters, pt."""
LINE, CELL_LINE = 14.0, 12.6
"""Heights of lines, pt."""
GAP, HEAD_GAP, CELL_GAP = 2.0, 5.0, 1.5
"""Space below a paragraph, above a heading, above and below the text of a cell, pt."""
MARGIN = 1.9
"""Of a cell, on either side, mm."""
COLUMNS: dict[str, tuple[float, ...]] = {
    "published": (24, 38, 73, 30), "claims": (9, 60, 68, 28), "remedies": (63, 40, 24, 38), "demands": (37, 27, 65, 36),
}  # fmt: skip
"""Widths of the tables' columns, mm; a part that is not here is a list of lines."""
_PAGES = 2
_SPARE, _NARROW = 45.0, 0.94
"""What is left free, pt: a heading goes with its table to the second page. How much of a line is filled."""
_MOST = {
    "about": 220, "state": 160, "conclusion": 320, "facts": 230, "published": 130, "checks": 230, "claims": 260,
    "findings": 240, "remedies": 170, "demands": 240, "corrections": 200, "papers": 190, "ahead": 220, "events": 170,
}  # fmt: skip
"""Letters of one text, after which it is cut with "…"."""
_MOST_FACTS, _LINES, _CELL_LINES = 8, 3, 8
_MM = 72 / 25.4


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A part of the report: so many rows come before other parts get more; the ``last`` ones are the newest."""

    name: str
    least: int
    newest: bool = False


_PARTS = (
    _Part(name="claims", least=4), _Part(name="demands", least=3), _Part(name="ahead", least=3),
    _Part(name="events", least=2, newest=True), _Part(name="published", least=3), _Part(name="remedies", least=2),
    _Part(name="checks", least=2), _Part(name="findings", least=1), _Part(name="corrections", least=1),
    _Part(name="papers", least=2, newest=True),
)  # fmt: skip


def case_report_file(folders: tuple[Path, ...], layout: Layout, report: CaseReport) -> bytes:
    """The report as a Word file of at most two pages, from the first of ``folders`` that has its template.

    Equal content, layout and template give equal bytes. Raises ConfigError as ``monitor.word.template`` does.
    """
    report = fitted(tidied(report), layout)
    column = layout.header_columns[0]
    filled = Template(folders, TEMPLATE).filled(
        {
            "report": report,
            "superior": heading_lines(report.superior, layout, "superior", column),
            "heading": heading_lines(report.office, layout, "issuer", column),
            "about": heading_lines(report.about, layout, "summary", layout.page.body_width * 0.9),
            "place_date": report.dated,
        }
    )
    return finished(filled, layout, title=f"{report.id}: {report.about}", author=report.office)


def fitted(report: CaseReport, layout: Layout) -> CaseReport:
    """The report with long texts cut, and of each part as many rows as two pages have room for."""
    width = layout.page.body_width
    report = _clipped(report, width)
    held = {part.name: getattr(report, part.name) for part in _PARTS}
    page = (layout.page.height - layout.page.top - layout.page.bottom) * _MM
    room = _PAGES * page - _frame(report, layout) - _SPARE - _highest(held)
    taken = {part.name: 0 for part in _PARTS}

    def left(name: str, more: int) -> float:
        found = held[name]
        rows = _kept(found.rows, taken[name] + more, _newest(name))
        return _height(name, rows, len(found.rows) + found.more > len(rows), width)

    used = sum(left(part.name, 0) for part in _PARTS)
    full: set[str] = set()
    for name in _turns(full):
        if taken[name] == len(held[name].rows):
            full.add(name)
            continue
        grown = used - left(name, 0) + left(name, 1)
        if grown > room:
            full.add(name)
            continue
        taken[name], used = taken[name] + 1, grown
    shown: dict[str, Any] = {
        name: Shown(rows=_kept(found.rows, taken[name], _newest(name)), more=found.more + len(found.rows) - taken[name])
        for name, found in held.items()
    }
    return replace(report, **shown)


def _turns(full: set[str]) -> Iterator[str]:
    """Whose turn it is to get one more row: first what each part needs, then all in turn that are not full."""
    for turn in range(max(part.least for part in _PARTS)):
        yield from (part.name for part in _PARTS if part.name not in full and turn < part.least)
    while waiting := [part.name for part in _PARTS if part.name not in full]:
        yield from waiting


def _newest(name: str) -> bool:
    return next(part.newest for part in _PARTS if part.name == name)


def _kept(rows: Sequence[Any], count: int, newest: bool) -> tuple[Any, ...]:
    return tuple(rows[len(rows) - count :] if newest else rows[:count])


def _clipped(report: CaseReport, width: float) -> CaseReport:
    plain: dict[str, Any] = {
        name: _set(getattr(report, name), _MOST[name], BODY, width, _LINES) for name in ("about", "state", "conclusion")
    }
    facts = tuple(
        replace(one, text=_set(one.text, _MOST["facts"], BODY, width - 30, 2)) for one in report.facts[:_MOST_FACTS]
    )
    lists: dict[str, Any] = {
        part.name: replace(found, rows=tuple(_row(part.name, row, width) for row in found.rows))
        for part in _PARTS
        for found in (getattr(report, part.name),)
    }
    return replace(report, facts=facts, **plain, **lists)


def _row(name: str, row: Any, width: float) -> Any:
    if columns := COLUMNS.get(name):
        cells = zip(vars(row).items(), columns, strict=True)
        set_ = {
            key: _set(text, _MOST[name], CELL, wide - 2 * MARGIN, _CELL_LINES) for (key, text), wide in cells
        }  # fmt: skip
        return type(row)(**set_)
    return _set(row, _MOST[name], BODY, width, _LINES)


def _set(text: str, letters: int, size: float, room: float, lines: int) -> str:
    """The text cut to so many letters, and to so many lines where its letters are wide."""
    text = clip(text, letters)
    while len(text) > 8 and _lines(text, size, room) > lines:
        text = clip(text, len(text) * 7 // 8)
    return text


def clip(text: str, most: int) -> str:
    """The text in one line, cut at a word where it is longer than ``most`` letters."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    word = cut.rpartition(" ")[0]
    return (word if len(word) > most // 2 else cut).rstrip(" .,;:") + "…"


def _frame(report: CaseReport, layout: Layout) -> float:
    """What stands on every such report: letterhead, title, what is known at a glance, conclusion, who made it."""
    column = layout.header_columns[0]
    above = [
        (style, heading_lines(text, layout, style, room).count("\n") + 1)
        for style, text, room in (
            ("superior", report.superior, column), ("issuer", report.office, column),
            ("summary", report.about, layout.page.body_width * 0.9),
        )
    ]  # fmt: skip
    high = sum(layout.style(style).size * 1.2 * lines for style, lines in above)
    facts = sum(_lines(f"{one.name}: {one.text}", BODY, layout.page.body_width) * LINE + GAP for one in report.facts)
    told = sum(
        _lines(text, BODY, layout.page.body_width) * LINE + GAP
        for text in (report.state, report.until, f"{' ' * 12}{report.conclusion}")
    )
    # Rules, number and date, the frame of the scope, the title, the heading of the facts; and below, who made it.
    return high + facts + told + 120


def _height(name: str, rows: Sequence[Any], cut: bool, width: float) -> float:
    """Of a part with its heading; one that holds nothing says so in a line."""
    heading = HEAD_GAP + LINE + GAP
    rest = LINE + GAP if cut or not rows else 0.0
    if not rows:
        return heading + rest
    if columns := COLUMNS.get(name):
        head = CELL_LINE + 2 * CELL_GAP + 1
        return heading + rest + 2 * head + sum(_row_height(row, columns) for row in rows)
    return heading + rest + sum(_lines(row, BODY, width) * LINE + GAP for row in rows)


def _highest(held: Mapping[str, Shown[Any]]) -> float:
    """The highest row: none is parted, so that so much may stay empty at the end of the first page."""
    rows = ((row, columns) for name, columns in COLUMNS.items() for row in held[name].rows)
    return max((_row_height(row, columns) for row, columns in rows), default=0.0)


def _row_height(row: Any, columns: Sequence[float]) -> float:
    cells = zip(astuple(row), columns, strict=True)
    return max(_lines(text, CELL, wide - 2 * MARGIN) for text, wide in cells) * CELL_LINE + 2 * CELL_GAP + 1


def _lines(text: str, size: float, room: float) -> int:
    """How many lines of ``room`` mm the text takes."""
    room *= _NARROW
    blank = width_mm(" ", size, bold=False)
    lines, at = 1, 0.0
    for word in text.split():
        wide = _wide(word, size)
        if at and at + blank + wide > room:
            lines, at = lines + 1, 0.0
        whole, rest = divmod(wide, room)
        lines += int(whole)
        at = rest if whole else at + (blank if at else 0.0) + wide
    return lines


def _wide(word: str, size: float) -> float:
    # Letters as wide as they are high are in no table of Times New Roman.
    full = sum(unicodedata.east_asian_width(letter) in "WF" for letter in word)
    return width_mm(word, size, bold=False) + 0.4 * full * size / _MM
