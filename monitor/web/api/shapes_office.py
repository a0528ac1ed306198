"""The office as it goes out: what is due, what waits, sources, outlets with their cards, editions, who asks."""

from __future__ import annotations

from datetime import date

from monitor.desk.mine import TaskKind
from monitor.model.card import OutletCard
from monitor.model.edition import Edition, EditionState, Series
from monitor.model.fetch import Status
from monitor.model.people import OfficeRole
from monitor.model.request import AddresseeKind, RequestState
from monitor.model.source import Level, Medium, OutletKind, SourceKind
from monitor.model.view_office import OutletRecord, OutletRow
from monitor.web.api.shapes_press import Mended, each
from monitor.web.api.values import Said, Shape, When


class Me(Shape):
    """Whose token it is; ``acts_for`` are the persons he stands in for today."""

    id: str
    name: str
    roles: tuple[OfficeRole, ...]
    unit: Said
    acts_for: tuple[str, ...]


class DueRow(Shape):
    """Something that is due; ``threshold``: by the office's own mark, and nothing is overdue by law."""

    case: str
    title: str
    thing: Said
    what: str
    at: When
    who: Said
    law: bool
    overdue: bool
    threshold: bool
    note: Said


class TaskRow(Shape):
    """One thing that waits for who asks; ``at`` a due date, or since when it waits."""

    kind: TaskKind
    case: str
    title: str
    what: str
    thing: Said
    at: When | None
    who: Said
    law: bool
    note: Said


class SourceState(Shape):
    """A source with its health; ``gaps`` are the hours that may be missing, ``week`` the articles of seven days."""

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
    newest: When | None
    checked: When | None
    next: When | None
    gaps: tuple[str, ...]
    week: int
    paused: Said


class EditionRow(Shape):
    """An edition of the digest in a list; ``items`` counts what goes out."""

    id: str
    series: Series
    name: str
    year: int
    number: int
    start: When
    end: When
    made: When
    state: EditionState
    approved_by: Said
    approved_at: When | None
    internal: bool
    revision: int
    items: int


class ProductRow(Shape):
    """A press product."""

    id: str
    name: str
    medium: Medium


class Card(Shape):
    """Who stands behind an outlet, on which days."""

    outlet: str
    legal_name: str
    managing_body: str
    authority: str
    address: str
    editor: Said
    email: Said
    phone: Said
    corrections: Said
    products: tuple[ProductRow, ...]
    valid_from: date
    valid_to: date | None
    checked: date | None
    note: Said


class OutletLine(Shape):
    """An outlet with today's card; figures of requests are of the cases who asks may see, ``results`` by demand."""

    id: str
    name: str
    kind: OutletKind
    level: Level
    province: str | None
    watched: bool
    card: Card | None
    articles: int
    requests: int
    open_requests: int
    results: dict[str, int]
    corrections: int


class AskedLine(Shape):
    """A request to the outlet."""

    case: str
    title: str
    request: str
    addressee: AddresseeKind
    state: RequestState
    sent: When | None
    received: When | None
    overdue: bool


class CorrectionLine(Mended):
    """A correction the outlet published."""

    article: str
    title: str
    url: str | None


class OutletPage(Shape):
    """One outlet: all its cards, requests and corrections, the newest first."""

    id: str
    name: str
    kind: OutletKind
    level: Level
    province: str | None
    watched: bool
    card: Card | None
    cards: tuple[Card, ...]
    requests: tuple[AskedLine, ...]
    results: dict[str, int]
    corrections: tuple[CorrectionLine, ...]
    articles: int
    sources: tuple[str, ...]


class HandedIn(Shape):
    """What was kept of a link; ``article`` is null where it is not to be seen, ``known`` that we had it."""

    article: Said
    title: str
    known: bool


def edition_of(one: Edition) -> EditionRow:
    """An edition as it goes out in a list."""
    return EditionRow(
        id=one.id, series=one.series, name=one.name, year=one.year, number=one.number, start=one.start, end=one.end,
        made=one.made, state=one.state, approved_by=one.approved_by, approved_at=one.approved_at,
        internal=one.internal, revision=one.revision, items=len(one.kept),
    )  # fmt: skip


def _card(card: OutletCard | None) -> Card | None:
    return Card.model_validate(card) if card else None


def outlet_line(one: OutletRow) -> OutletLine:
    """An outlet as it goes out in a list."""
    return OutletLine(
        id=one.id, name=one.name, kind=one.kind, level=one.level, province=one.province, watched=one.watched,
        card=_card(one.card), articles=one.articles, requests=one.requests, open_requests=one.open_requests,
        results={result.value: count for result, count in one.results}, corrections=one.corrections,
    )  # fmt: skip


def outlet_page(one: OutletRecord) -> OutletPage:
    """An outlet as it goes out by itself."""
    return OutletPage(
        id=one.id, name=one.name, kind=one.kind, level=one.level, province=one.province, watched=one.watched,
        card=_card(one.card), cards=each(Card, one.cards), requests=each(AskedLine, one.requests),
        results={result.value: count for result, count in one.results},
        corrections=each(CorrectionLine, one.corrections), articles=one.articles, sources=one.sources,
    )  # fmt: skip
