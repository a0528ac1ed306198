"""What the pages of sources, rules and outlets show. Ready to be printed, like ``view_article``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from monitor.model.article import Entry
from monitor.model.card import OutletCard
from monitor.model.fetch import Status
from monitor.model.request import AddresseeKind, Demand, DemandKind, DemandResult, RequestState
from monitor.model.source import Level, OutletKind, SourceKind
from monitor.model.tag import Tagging
from monitor.model.view_article import Segment, TagLine, paragraphs


@dataclass(frozen=True, kw_only=True)
class SourceRow:
    """One source with its health: ``reason`` is the sentence for a person, ``gaps`` the hours that may be missing.

    ``week`` counts the articles of the last seven days that came by it.
    """

    id: str
    outlet: str
    outlet_name: str
    outlet_kind: OutletKind
    level: Level
    province: str | None
    kind: SourceKind
    url: str
    status: Status
    reason: str
    newest: datetime | None = None
    checked: datetime | None = None
    next: datetime | None = None
    gaps: tuple[str, ...] = ()
    week: int = 0
    paused: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A source that could be watched: found at the address asked, or named by the page there."""

    kind: SourceKind
    url: str
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would be collected if an address were watched.

    ``kind`` None: nothing was found there; ``status`` and ``reason`` say why. ``url`` is the address to watch (where a
    permanent redirect led), ``entries`` the first thirty, ``found`` how many there are. ``others`` are further sources
    that the page names, ``warnings`` sentences, ``known`` the id of the source that watches this address already.
    """

    asked: str
    url: str
    status: Status
    reason: str
    kind: SourceKind | None = None
    title: str = ""
    entries: tuple[Entry, ...] = ()
    found: int = 0
    outlet_id: str = ""
    outlet_name: str = ""
    others: tuple[Offer, ...] = ()
    warnings: tuple[str, ...] = ()
    known: str = ""

    @property
    def usable(self) -> bool:
        """Whether it can be added as it is."""
        return self.kind is not None and not self.known and bool(self.entries)


@dataclass(frozen=True, kw_only=True)
class RuleSheet:
    """One file of rules to be read: ``about`` are the words it begins with, ``own`` that it is the office's own copy.

    ``changed`` tells that the own copy differs from the shipped one.
    """

    name: str
    about: str
    text: str
    own: bool
    changed: bool = False
    lines: int = 0


@dataclass(frozen=True, kw_only=True)
class FiredRule:
    """A rule that fired on a text: its question (``area``, in words), its reason, the words seen and where.

    ``points`` is what it contributed, ``times`` how often it fired; not ``counted`` where something took it away.
    """

    area: str
    rule: str
    why: str
    text: str
    zone: str
    points: float
    times: int
    counted: bool = True


@dataclass(frozen=True, kw_only=True)
class Fired:
    """A text as the rules read it: the reading, its tags in words, the marked text, every rule that fired."""

    tagging: Tagging
    tags: tuple[TagLine, ...]
    title: tuple[Segment, ...]
    text: tuple[Segment, ...]
    rules: tuple[FiredRule, ...] = ()

    @property
    def text_lines(self) -> tuple[tuple[Segment, ...], ...]:
        """The text's paragraphs, each as its segments."""
        return paragraphs(self.text)


@dataclass(frozen=True, kw_only=True)
class OutletRow:
    """One outlet in the list. The figures of requests are of the cases the person may see.

    ``articles`` are those of the last thirty days that concern us; ``results`` counts demands by result.
    """

    id: str
    name: str
    kind: OutletKind
    level: Level
    province: str | None = None
    watched: bool = True
    card: OutletCard | None = None
    articles: int = 0
    requests: int = 0
    open_requests: int = 0
    results: tuple[tuple[DemandResult, int], ...] = ()
    corrections: int = 0


@dataclass(frozen=True, kw_only=True)
class DemandLine:
    """What came of one demand: the day, how many days after the letter was received, whether late."""

    demand: Demand
    kind: DemandKind
    result: DemandResult
    days: int | None = None
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class RequestLine:
    """One request to the outlet in a case the person may see."""

    case: str
    title: str
    request: str
    addressee: AddresseeKind
    state: RequestState
    issuer: str
    sent: datetime | None = None
    received: datetime | None = None
    demands: tuple[DemandLine, ...] = ()
    overdue: bool = False


@dataclass(frozen=True, kw_only=True)
class PublishedCorrection:
    """A correction the outlet published, as a person confirmed."""

    article: str
    title: str
    url: str | None
    date: datetime
    where: str


@dataclass(frozen=True, kw_only=True)
class OutletRecord:
    """The page of one outlet: its cards (newest first), requests and corrections (newest first), what we hold of it."""

    id: str
    name: str
    kind: OutletKind
    level: Level
    province: str | None = None
    watched: bool = True
    card: OutletCard | None = None
    cards: tuple[OutletCard, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    results: tuple[tuple[DemandResult, int], ...] = ()
    corrections: tuple[PublishedCorrection, ...] = ()
    articles: int = 0
    articles_month: int = 0
    sources: tuple[str, ...] = ()
    day: date
