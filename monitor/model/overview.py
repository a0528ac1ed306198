"""Figures of a period, each with the fields of the list it counts, and those lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.finding import CaseHead
from monitor.model.tag import Relevance, Tone
from monitor.model.watch import Corrected


class TimeStep(StrEnum):
    """How finely a period is cut."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


Query = tuple[tuple[str, str], ...]
"""Fields of a query, name and value: together with nothing else they give exactly the list behind a figure."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A count with its name and the fields of the list it counts; ``hidden`` of them the person may not see."""

    key: str
    label: str
    count: int
    query: Query
    hidden: int = 0


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Figures of a period. ``topics`` (main topic), ``outlets`` and ``times`` sum to ``total``; ``tones`` count union
    items only; ``places`` overlap, for an item may name several provinces. Cases: ``open`` and ``overdue`` as of now,
    ``statuses`` and ``verdicts`` of those opened in the period.
    """

    since: date
    until: date
    step: TimeStep
    total: Figure
    times: tuple[Figure, ...]
    topics: tuple[Figure, ...]
    tones: tuple[Figure, ...]
    outlets: tuple[Figure, ...]
    places: tuple[Figure, ...]
    open: Figure
    overdue: Figure
    statuses: tuple[Figure, ...]
    verdicts: tuple[Figure, ...]


@dataclass(frozen=True, kw_only=True)
class ListedRow:
    """An item of a list behind a figure."""

    id: str
    title: str
    url: str | None
    outlet: str
    outlet_name: str
    published: datetime
    relevance: Relevance | None
    tone: Tone | None
    attention: bool
    topic: str
    places: tuple[str, ...] = ()
    story: str = ""
    corrected: Corrected | None = None


@dataclass(frozen=True, kw_only=True)
class ListedPage:
    """One page of the list behind a figure, newest first; ``hidden`` items are counted and not shown to this person."""

    rows: tuple[ListedRow, ...]
    total: int
    page: int
    pages: int
    hidden: int = 0


@dataclass(frozen=True, kw_only=True)
class CaseList:
    """The cases behind a figure that the person may see, newest first; ``hidden`` more are counted and not shown."""

    rows: tuple[CaseHead, ...]
    hidden: int
