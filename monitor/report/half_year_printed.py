"""The report as it is printed, in Word and on the page alike: head, paragraphs, tables and charts in their order.

    ReportPaper ──▶ Printed: head │ opening │ what changed │ parts I–X, each paragraphs + blocks │ closing │ annex

Templates only lay out what stands here; every number is one of a figure's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from monitor.clock import local
from monitor.labels import label
from monitor.model.report import ReportData, Section, Span
from monitor.model.report_paper import ReportHead, ReportPaper
from monitor.report import half_year_numbers as numbers
from monitor.report import words
from monitor.report.charts import Chart
from monitor.report.half_year_charts import TABLE_OF, charts
from monitor.report.half_year_lines import annexes, changes, checked, remedies
from monitor.report.half_year_tables import Grid, grids
from monitor.word.text import tidied

_BLANK = " " * 6


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """One of a passage; ``todo``: an officer still has to write it."""

    text: str
    todo: bool = False


@dataclass(frozen=True, kw_only=True)
class Block:
    """A table or a chart; ``number`` counts the charts."""

    grid: Grid | None = None
    chart: Chart | None = None
    number: int = 0

    @property
    def caption(self) -> str:
        """ "Bảng 2", "Biểu đồ 1"; "" for the sentence that stands for an empty table."""
        if self.chart:
            return label("report_paper", "chart", number=self.number)
        return self.grid.caption if self.grid and self.grid.lines else ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One of the sections I–X."""

    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Printed:
    """The whole. ``about`` is a sentence on what is compared and what the figures do not cover."""

    head: ReportHead
    title: str
    draft: bool
    number_line: str
    date_line: str
    opening: tuple[Paragraph, ...]
    about: tuple[str, ...]
    adjusts: str
    changes: Grid | None
    parts: tuple[Part, ...]
    closing: tuple[Paragraph, ...]
    annex: tuple[Grid, ...]
    annex_title: str
    annex_name: str
    annex_of: str
    chain: str
    made: str


@dataclass
class _Numbers:
    """What counts the tables and the charts."""

    tables: Iterator[int] = field(default_factory=lambda: count(1))
    charts: Iterator[int] = field(default_factory=lambda: count(1))

    def table(self, grid: Grid) -> Grid:
        """The grid with its number, where it is one."""
        return replace(grid, number=next(self.tables)) if grid.lines else grid


def printed(paper: ReportPaper) -> Printed:
    """The report laid out, every text in it clean."""
    paper = tidied(paper)
    data, head = paper.data, paper.head
    numbered = _Numbers()
    drawn = charts(data)
    changed = numbered.table(changes(paper.changes)) if paper.changes else None
    key = "adjusts" if paper.changes else "adjusts_none"
    parts = tuple(_part(paper, section, drawn, numbered) for section in data.sections)
    number = _two(head.number) or _BLANK
    year = head.day.year if head.day else local(data.made).year
    on = words.day(head.day).lower() if head.day else label("report_paper", "no_day", blank=_BLANK, year=year)
    return Printed(
        head=head, title=label("report_paper", "title"), draft=paper.version == 0,
        number_line=label("report_paper", "number", number=number, symbol=head.symbol),
        date_line=label("report_paper", "dated", place=head.place, day=on),
        opening=paragraphs(paper, "opening"), about=tuple(_about(data)),
        adjusts=label("report_paper", key, number=paper.adjusts) if paper.adjusts else "", changes=changed,
        parts=parts, closing=paragraphs(paper, "closing"),
        annex=tuple(numbered.table(grid) for grid in annexes(data)), annex_title=label("report_paper", "annex"),
        annex_name=label("report_paper", "annex_title"),
        annex_of=label("report_paper", "annex_of", number=number, symbol=head.symbol, day=on, issuer=head.issuer),
        chain=label("report_paper", "chain", head=paper.chain) if paper.chain else "",
        made=label("report_paper", "made", at=words.clock(data.made)),
    )  # fmt: skip


def paragraphs(paper: ReportPaper, part: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a passage; those that only ask to be written are marked."""
    found = paper.passage(part)
    todo = label("report_paper", "todo")
    lines = (line.strip() for line in (found.text if found else "").split("\n"))
    return tuple(Paragraph(text=line, todo=todo in line) for line in lines if line)


def unfinished(paper: ReportPaper) -> tuple[str, ...]:
    """The ``PARTS`` in which something is still to be written by an officer."""
    return tuple(one.part for one in paper.passages if any(line.todo for line in paragraphs(paper, one.part)))


def _part(paper: ReportPaper, section: Section, drawn: Sequence[Chart], numbered: _Numbers) -> Part:
    blocks: list[Block] = []
    made = list(grids(section.tables, once=_once(paper.data), missing=paper.data.missing))
    extra = {"III": checked, "IV": remedies}.get(section.number)
    if extra and (found := extra(paper.data)):
        made.append(found)
    for at, grid in enumerate(made):
        blocks.append(Block(grid=numbered.table(grid)))
        table = grid.id.partition(".")[0]
        if at + 1 == len(made) or made[at + 1].id.partition(".")[0] != table:
            mine = [chart for chart in drawn if TABLE_OF[chart.key] == table]
            blocks += [Block(chart=chart, number=next(numbered.charts)) for chart in mine]
    return Part(
        number=section.number, title=section.title, paragraphs=paragraphs(paper, section.number), blocks=tuple(blocks)
    )


def _once(data: ReportData) -> bool:
    """Whether the period before is cùng kỳ năm trước: so it is with a year."""
    return (data.previous.first, data.previous.last) == (data.last_year.first, data.last_year.last)


def _about(data: ReportData) -> Iterator[str]:
    key = "compared_once" if _once(data) else "compared"
    yield label(
        "report_paper", key, previous=data.previous.name, previous_days=days(data.previous),
        last_year=data.last_year.name, last_year_days=days(data.last_year),
    )  # fmt: skip
    yield from data.notes


def days(span: Span) -> str:
    """ "từ ngày 01/01/2026 đến hết ngày 30/06/2026"."""
    return label("report_paper", "span", first=numbers.day(span.first), last=numbers.day(span.last))


def _two(number: str) -> str:
    """7 → 07, as numbers of papers are written; what is no plain number stays."""
    plain = number.strip()
    return f"{int(plain):02d}" if plain.isascii() and plain.isdigit() and len(plain) < 9 else plain
