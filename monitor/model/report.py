"""The report on a period: figures, each with the id of the list it counts, in tables, in the sections I–X.

A figure's list is opened by its ``key``. Nothing here says how a figure is laid out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.casework import CaseVerdict, Closing, RemedyState
from monitor.model.source import Level


class HalfYears(StrEnum):
    """How the office counts half-years, and with them its year."""

    CALENDAR = "calendar"
    STATE = "state"
    """15/12 … 14/6 and 15/6 … 14/12, as reports to state bodies are closed."""


class OutletGroup(StrEnum):
    """In which row of the table by source an outlet stands."""

    CENTRAL = "central"
    PROVINCIAL = "provincial"
    SECTOR = "sector"
    UNION = "union"
    SOCIAL = "social"
    UNKNOWN = "unknown"
    """An outlet nobody has described."""


class Lateness(StrEnum):
    """What somebody of ours was late with."""

    ANSWER_LATE = "answer_late"
    ANSWER_OVERDUE = "answer_overdue"
    CONCLUDE_LATE = "conclude_late"
    CONCLUDE_OVERDUE = "conclude_overdue"
    REMEDY_LATE = "remedy_late"
    REMEDY_OVERDUE = "remedy_overdue"


@dataclass(frozen=True, kw_only=True)
class Span:
    """Whole local days ``first`` … ``last``, both included; ``key`` is what ``--period`` takes, ``name`` for people."""

    key: str
    name: str
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class ReportRules:
    """What the office decides of its reports: ``relevances`` are those of ``Relevance`` that items are counted of."""

    half_years: HalfYears
    relevances: tuple[str, ...]
    most_bodies: int


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A count. ``key`` opens its list; ``count`` None: nothing that the program counts.

    ``value`` is a figure that somebody reported or typed in: a number with no list behind it, ``note`` says whose.

    ``previous`` and ``last_year`` are the same count of the period before and of cùng kỳ năm trước, None where there is
    no data. ``share`` is percent of the table's total; ``cells`` are its parts by month, which sum to it. ``hidden``
    of the counted things are not in the list of the person the report was made for.
    """

    key: str
    label: str
    count: int | None
    previous: int | None = None
    last_year: int | None = None
    share: float | None = None
    cells: tuple[Figure, ...] = ()
    hidden: int = 0
    note: str = ""
    value: int | None = None

    @property
    def number(self) -> int | None:
        """What is printed: the count, else the reported value."""
        return self.value if self.count is None else self.count


@dataclass(frozen=True, kw_only=True)
class Table:
    """Figures under one heading. ``sums``: the rows sum to ``total``; otherwise they overlap, and ``note`` says so."""

    id: str
    title: str
    note: str = ""
    rows: tuple[Figure, ...]
    total: Figure | None = None
    sums: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """One of the parts I–X; ``note`` stands where the program holds nothing for it."""

    number: str
    title: str
    tables: tuple[Table, ...] = ()
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class ListRow:
    """A row of the list behind a figure: ``link`` is a path of the desk, ``case`` the case whose reader may see it."""

    id: str
    day: date | None
    text: str
    link: str
    case: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportList:
    """The list behind a figure: ``count`` rows, ``hidden`` of which this person may not see."""

    key: str
    rows: tuple[ListRow, ...]
    hidden: int = 0

    @property
    def count(self) -> int:
        """As many as the figure says."""
        return len(self.rows) + self.hidden


@dataclass(frozen=True, kw_only=True)
class CheckedLine:
    """A case of the verification table: what was published when by whom, about which units, and what came of it."""

    case: str
    published: date | None
    outlets: tuple[str, ...]
    matter: str
    units: tuple[str, ...]
    due: date | None
    verdict: CaseVerdict | None
    closing: Closing | None
    concluded: date | None


@dataclass(frozen=True, kw_only=True)
class RemedyLine:
    """A measure where the press was right; ``state`` as of the end of the period."""

    case: str
    matter: str
    measure: str
    who: str
    due: date
    done: date | None
    result: str
    state: RemedyState


@dataclass(frozen=True, kw_only=True)
class UnitWords:
    """What a unit's accepted report says in words; ``part`` is "work", "difficulties", "plans" or "proposals"."""

    unit: str
    part: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ReportData:
    """Everything the report on ``span`` says in figures. ``until`` is the moment up to which they reach.

    ``checked`` and ``remedies`` are without the cases that the person may not see; ``unseen`` counts those.
    ``missing`` is of what nothing was recorded yet when the period ended, "press", "editions", "cases": there a zero
    says nothing. An office that has the press and never opened a case had none.
    """

    span: Span
    previous: Span
    last_year: Span
    office: str
    made: datetime
    until: datetime
    sections: tuple[Section, ...]
    checked: tuple[CheckedLine, ...] = ()
    remedies: tuple[RemedyLine, ...] = ()
    unseen: int = 0
    notes: tuple[str, ...] = ()
    told: tuple[UnitWords, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, in reading order."""
        return tuple(table for section in self.sections for table in section.tables)

    @property
    def figures(self) -> Iterator[Figure]:
        """Every figure, the totals and the parts by month too."""
        for table in self.tables:
            for figure in (*table.rows, *((table.total,) if table.total else ())):
                yield figure
                yield from figure.cells

    def figure(self, key: str) -> Figure | None:
        """The figure of this key."""
        return next((one for one in self.figures if one.key == key), None)


GROUP_OF_LEVEL = {
    Level.CENTRAL: OutletGroup.CENTRAL,
    Level.PROVINCIAL: OutletGroup.PROVINCIAL,
    Level.SECTOR: OutletGroup.SECTOR,
    Level.UNION: OutletGroup.UNION,
}
