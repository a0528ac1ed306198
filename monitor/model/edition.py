"""An edition of the digest (một số điểm tin): what people made of what came since the last one, until it is approved.

A series numbers its editions by year. Each covers from the last approved one's cut-off to its own; only the current
draft of a series can be edited, and what is approved is frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.article import Article
from monitor.model.digest import EditionHead, Office, Period, Section, SourceHealth
from monitor.model.fetch import Gap


class Series(StrEnum):
    """A numbered row of editions; no item version stands twice in one."""

    DAILY = "daily"
    WEEKLY = "weekly"
    OWN = "own"
    """Made when somebody wants one, on no day of its own."""


@dataclass(frozen=True, kw_only=True)
class Stop:
    """When the clock stood still: after its tick at ``start`` until the one at ``end`` (UTC)."""

    start: datetime
    end: datetime


class EditionState(StrEnum):
    """Whether an edition can still be edited."""

    DRAFT = "draft"
    APPROVED = "approved"


class EditionAct(StrEnum):
    """What a person may do with an edition; ``desk.edition_rights`` says who."""

    READ_DRAFT = "read_draft"
    READ = "read"
    EDIT = "edit"
    """Make, refresh, drop, restore, move, comment, mark."""
    APPROVE = "approve"
    DIRECT = "direct"
    ZALO = "zalo"
    READERS = "readers"
    """See who has read it."""
    SEND = "send"
    """Send it to its readers, and see what became of that."""


@dataclass(frozen=True, kw_only=True)
class Print:
    """An article as it was carried: ``version`` is the hash of its title, lead, text and mark of correction."""

    article: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Carried:
    """Where an article stood before: the edition's id and name ("12/2026"), and the item's number in it (0: dropped).

    ``story`` is the story it belonged to then, ``approved`` when that edition was.
    """

    edition: str
    name: str
    number: int
    article: str
    version: str
    story: str
    approved: datetime


@dataclass(frozen=True, kw_only=True)
class EditionItem:
    """One item: the article that stands for a text, its reprints in ``also``, and what people did with it.

    ``position`` counts from 1 within the section, dropped items included. ``changed`` is the edition that carried an
    earlier version, ``earlier`` the one that carried another print of the same story, ``corrects`` the one that
    carried what its outlet has corrected since; all None for what is new.
    """

    article: str
    version: str
    also: tuple[Print, ...] = ()
    story: str = ""
    section: Section
    position: int = 0
    dropped: bool = False
    moved: bool = False
    internal: bool = False
    """An officer marked it "lưu hành nội bộ"; items of cases so marked are, too."""
    comment: str = ""
    changed: Carried | None = None
    earlier: Carried | None = None
    corrects: Carried | None = None

    @property
    def articles(self) -> tuple[str, ...]:
        """All its prints, the one that stands for them first."""
        return (self.article, *(one.article for one in self.also))


@dataclass(frozen=True, kw_only=True)
class Edition:
    """An edition. ``start`` … ``end`` is what it covers (``end``, its cut-off, excluded); times are UTC.

    ``made`` is when it was last put together, ``revision`` grows with every change. ``comment`` is a line for the
    whole, ``opening`` the words above the first part. ``sha256`` is the hash of the frozen page, empty in a draft.

    ``cut`` is the cut-off of the office's timetable that the clock made it for, None where only people made it;
    ``late`` says that the clock stood still then, ``stops`` when it did in the edition's hours. What is approved with
    no ``approved_by`` the program approved by itself.
    """

    id: str
    series: Series
    year: int
    number: int
    start: datetime
    end: datetime
    made: datetime
    state: EditionState = EditionState.DRAFT
    approved_by: str = ""
    approved_at: datetime | None = None
    comment: str = ""
    opening: str = ""
    internal: bool = False
    items: tuple[EditionItem, ...] = ()
    revision: int = 0
    sha256: str = ""
    cut: datetime | None = None
    late: bool = False
    stops: tuple[Stop, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether the program approved it and no person."""
        return self.state is EditionState.APPROVED and not self.approved_by

    @property
    def name(self) -> str:
        """Its number and year: 12/2026."""
        return f"{self.number}/{self.year}"

    @property
    def kept(self) -> tuple[EditionItem, ...]:
        """The items that were not dropped, in order."""
        return tuple(item for item in self.items if not item.dropped)

    def item(self, article: str) -> EditionItem | None:
        """The item of which this article is a print."""
        return next((one for one in self.items if article in one.articles), None)


@dataclass(frozen=True, kw_only=True)
class Direction:
    """A leader's direction on an item: which case it opened or joined, and the words' id there."""

    edition: str
    article: str
    case: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Laid:
    """An item with its articles, ready to be laid out; ``summary`` None: to be made of the texts.

    ``remarks`` are sentences of ours on the item, ``where`` its medium in words where it was entered by hand,
    ``directed`` the case of a leader's direction.
    """

    article: Article
    others: tuple[Article, ...] = ()
    section: Section
    summary: str | None = None
    comment: str = ""
    remarks: tuple[str, ...] = ()
    where: str = ""
    internal: bool = False
    directed: str = ""


@dataclass(frozen=True, kw_only=True)
class Content:
    """All that an edition's digest is built of. Frozen with an approved one, so that it can be shown without an item.

    ``outlets`` and ``topics`` are pairs of id and name, ``groups`` of an outlet's id and its ``OutletGroup``;
    ``scanned`` counts the articles published in ``period``.
    """

    head: EditionHead
    office: Office
    period: Period
    made: datetime
    laid: tuple[Laid, ...]
    outlets: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]
    failed: tuple[SourceHealth, ...] = ()
    gaps: tuple[tuple[SourceHealth, Gap], ...] = ()
    scanned: int = 0
    groups: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """An approved edition as it went out: what it was built of, and its page in every form."""

    content: Content
    html: str
    md: str
    json: str
    sha256: str
    """Of ``html`` in UTF-8."""
