"""The daily or weekly digest (điểm tin), ready to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.article import Article
from monitor.model.fetch import Gap, Status


@dataclass(frozen=True, kw_only=True)
class Office:
    """Whose monitor this is: the federation and its province (present name, without "tỉnh").

    ``contact`` goes into the User-Agent; ``former`` are the provinces merged into ours.
    """

    name: str
    short: str
    superior: str
    province: str
    former: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A span of time with its name for people; ``start`` included, ``end`` excluded, UTC."""

    name: str
    start: datetime
    end: datetime


class Section(StrEnum):
    """The parts of a digest, in reading order."""

    HANDLE = "handle"
    OWN = "own"
    LIFE = "life"
    POLICY = "policy"
    SOCIAL = "social"
    """What was seen on social networks: a part of editions only, always there."""
    REST = "rest"


PLAIN = tuple(part for part in Section if part is not Section.SOCIAL)
"""The parts of a digest that is no edition."""


@dataclass(frozen=True, kw_only=True)
class SourceHealth:
    """A source as the digest and ``monitor sources`` show it; ``gaps`` are the open ones.

    ``beside``: its outlet has other sources too, so that the outlet's name alone does not tell which one it is.
    """

    id: str
    outlet: str
    outlet_name: str
    url: str
    status: Status
    reason: str
    newest: datetime | None = None
    checked: datetime | None = None
    next: datetime | None = None
    gaps: tuple[Gap, ...] = ()
    beside: bool = False


@dataclass(frozen=True, kw_only=True)
class DigestItem:
    """One numbered line of a digest; ``summary`` is our own, at most three sentences."""

    number: int
    article: Article
    outlet_name: str
    summary: str
    section: Section
    also: tuple[str, ...] = ()
    comment: str = ""
    """An officer's line on it."""
    remarks: tuple[str, ...] = ()
    """What an edition says of it: changed, carried before, corrected."""
    where: str = ""
    """Medium, programme or page of an item entered by hand."""
    internal: bool = False
    directed: str = ""
    """The case in which a leader directed it."""


@dataclass(frozen=True, kw_only=True)
class EditionHead:
    """What makes a digest an edition: ``name`` is its number and year, ``end`` its cut-off, UTC."""

    id: str
    series: str
    name: str
    end: datetime
    approved: datetime | None = None
    comment: str = ""
    opening: str = ""
    internal: bool = False


@dataclass(frozen=True, kw_only=True)
class Count:
    """A row of a counting table; ``label`` is for people, ``key`` for programs."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Digest:
    """Everything a digest prints, in order; templates only lay it out."""

    office: Office
    period: Period
    made: datetime
    items: tuple[DigestItem, ...]
    by_outlet: tuple[Count, ...]
    by_topic: tuple[Count, ...]
    by_tone: tuple[Count, ...]
    scanned: int
    failed: tuple[SourceHealth, ...] = ()
    gaps: tuple[tuple[SourceHealth, Gap], ...] = ()
    edition: EditionHead | None = None
    parts: tuple[Section, ...] = PLAIN
    by_group: tuple[Count, ...] = ()
    """Articles by group of outlets; empty where the groups were not kept (editions approved before)."""

    def of(self, section: Section) -> tuple[DigestItem, ...]:
        """The items of one part."""
        return tuple(item for item in self.items if item.section is section)
