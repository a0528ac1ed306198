"""What the pages that find things show: rows of the inbox, hits of a search, figures with the lists behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from monitor.model.case import Case, CaseStatus, CaseVerdict, Closing, TriageState
from monitor.model.source import Medium
from monitor.model.tag import Relevance, Tone
from monitor.model.watch import Corrected

T = TypeVar("T")

Span = tuple[int, int]
"""Start and end of a stretch of text, in characters; the end is not part of it."""


@dataclass(frozen=True, kw_only=True)
class InboxFilter:
    """What of the inbox is asked for; the defaults are the morning's queue.

    ``state`` is new, noted, irrelevant, case or all. ``since`` and ``until`` (both days included) win over ``days``.
    ``relevance`` is union, labour or foreign; empty: what names a union, and whatever wants attention. ``words`` stand
    in the headline, accents or not. ``mine``: what the person himself decided on, or what joins a case he leads or was
    asked in. ``sort`` is newest, attention or reprints.
    """

    state: str = TriageState.NEW.value
    days: int = 14
    since: date | None = None
    until: date | None = None
    outlet: str = ""
    topic: str = ""
    place: str = ""
    tone: str = ""
    attention: bool = False
    relevance: str = ""
    words: str = ""
    mine: bool = False
    sort: str = "newest"
    page: int = 1
    per_page: int = 50


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """A story, or an item that belongs to none (``subject``), by its first print that is to be decided on.

    ``articles`` are the prints meant, the earliest first; ``reprints`` counts the other prints in the archive and
    ``outlets`` names theirs, each once. ``why`` are the words that ask for attention. ``case`` is the case it was
    decided to belong to, ``joins`` the open one of which this is a new print; both only where the person may see it.
    """

    subject: str
    article: str
    articles: tuple[str, ...]
    title: str
    url: str | None
    outlet: str
    outlet_id: str
    published: datetime
    reprints: int = 0
    outlets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tone: Tone | None = None
    relevance: Relevance
    attention: bool = False
    why: tuple[str, ...] = ()
    state: TriageState = TriageState.NEW
    by: str = ""
    decided_at: datetime | None = None
    note: str = ""
    case: str = ""
    joins: str = ""
    corrected: Corrected | None = None
    intake: bool = False
    medium: Medium | None = None


@dataclass(frozen=True, kw_only=True)
class InboxPage:
    """One page of the inbox. ``counts`` are those of every state under the same filters: (new|noted|…|all, n)."""

    rows: tuple[InboxRow, ...]
    total: int
    page: int
    pages: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True)
class CaseHead:
    """What lists need of a case, without its document."""

    id: str
    title: str
    status: CaseStatus
    verdict: CaseVerdict | None = None
    closing: Closing | None = None
    opened: datetime
    closed: datetime | None = None
    topic: str = ""
    units: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    restricted: bool = False
    allowed: tuple[str, ...] = ()

    @property
    def guard(self) -> Case:
        """As much of a case as decides who may know of it; nothing else of it is there."""
        return Case(
            id=self.id, title=self.title, status=self.status, opened=self.opened, opened_by="",
            accused=self.accused, restricted=self.restricted, allowed=self.allowed,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class EarlierCase:
    """A case that concerned the same unit, company or outlet; ``why`` says which, in words."""

    id: str
    title: str
    status: CaseStatus
    verdict: CaseVerdict | None
    opened: datetime
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An article found. ``tier``: 0 the phrase as typed, 1 the words as typed, 2 and 3 the same without accents.

    ``title_marks`` and ``marks`` are the stretches of ``title`` and ``snippet`` that were asked for.
    """

    id: str
    tier: int
    title: str
    title_marks: tuple[Span, ...] = ()
    snippet: str
    marks: tuple[Span, ...] = ()
    url: str | None
    outlet: str
    outlet_name: str
    published: datetime
    relevance: Relevance | None = None
    tone: Tone | None = None
    attention: bool = False
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    story: str = ""
    corrected: Corrected | None = None


@dataclass(frozen=True, kw_only=True)
class LetterHit:
    """A paper of ours (``incoming`` False, ``party`` the issuing body's id) or one that arrived (``party`` its sender).

    ``arrival_number`` is our own number of a paper that arrived.
    """

    case: str
    case_title: str
    id: str
    incoming: bool
    sign: str
    arrival_number: str = ""
    dated: date | None = None
    subject: str = ""
    party: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseHit:
    """A case found by its id or the words of its title."""

    id: str
    title: str
    status: CaseStatus
    verdict: CaseVerdict | None
    opened: datetime


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search found. Where ``more``, there are more articles than ``total`` says ("hơn 1.000").

    ``months`` are those with articles found, the latest first: ("2026-11", how many); where ``more``, only those of
    the newest ``total``. ``words`` is what was searched for, without the fields.
    """

    hits: tuple[Hit, ...]
    total: int
    more: bool
    months: tuple[tuple[str, int], ...]
    letters: tuple[LetterHit, ...]
    cases: tuple[CaseHit, ...]
    words: str
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, kw_only=True)
class SavedFilter:
    """A filter that a person keeps for a page: ``query`` as it stands behind the question mark of its address."""

    id: int
    page: str
    name: str
    query: str


def pages_of(total: int, per_page: int) -> int:
    """How many pages that many rows fill; an empty list has one."""
    return max(1, -(-total // per_page))


def of_page(rows: Sequence[T], page: int, per_page: int) -> Sequence[T]:
    """The rows of a page, counted from 1."""
    return rows[(page - 1) * per_page : page * per_page]
