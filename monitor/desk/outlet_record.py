"""Outlets as the desk remembers them: who stands behind each, what we asked of it, and how it answered.

    outlets of sources.yaml and those entered by hand + cards + requests of the cases the person sees ──▶ rows, record

An outlet that is known by an item of a hidden case alone is as unknown as the case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.clock import day_bounds, local
from monitor.desk import cards
from monitor.desk.article_seen import hidden_of
from monitor.desk.clocks import CardOf, CaseClock, cards_in, of_request
from monitor.desk.outlets import configured
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.model.case import Case
from monitor.model.law import ClockState
from monitor.model.request import Demand, DemandResult, Request
from monitor.model.source import Level, Outlet, OutletKind
from monitor.model.view_office import (
    DemandLine,
    OutletRecord,
    OutletRow,
    PublishedCorrection,
    RequestLine,
)
from monitor.respond.demands import clock_of
from monitor.respond.results import was_late
from monitor.store import article_facts, cases
from monitor.store import sources as remembered
from monitor.text import vietnamese_order

_MONTH = timedelta(days=30)
_ORDER = tuple(DemandResult)


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A request with its case."""

    case: Case
    request: Request


def outlets(sitting: Sitting, on: date) -> tuple[OutletRow, ...]:
    """All outlets: those of sources.yaml in the file's order, then the others by name; cards are those of ``on``."""
    everything = list(cases.every(sitting.db))
    hidden = hidden_of(sitting, everything)
    held = cards.by_outlet(cards.every(sitting), on)
    asked = _asked(sitting, everything)
    month = article_facts.by_outlet(sitting.db, day_bounds(on)[1] - _MONTH)
    corrected = Counter(o for o, article, *_ in article_facts.corrected_by(sitting.db) if article not in hidden)
    watched = configured(sitting)
    return tuple(
        OutletRow(
            id=one.id, name=one.name, kind=one.kind, level=one.level, province=one.province, watched=one.id in watched,
            card=held.get(one.id), articles=month.get(one.id, 0), requests=len(mine := asked.get(one.id, [])),
            open_requests=sum(a.request.state.open for a in mine), results=_results(mine),
            corrections=corrected[one.id],
        )
        for one in _known(sitting, hidden)
    )  # fmt: skip


def record(sitting: Sitting, outlet: str) -> OutletRecord:
    """One outlet: cards, requests and corrections, the newest first. Raises UsageError for an unknown one."""
    everything = list(cases.every(sitting.db))
    hidden = hidden_of(sitting, everything)
    one = next((o for o in _known(sitting, hidden) if o.id == outlet), None)
    if one is None:
        raise UsageError("outlet_unknown", value=outlet[:80])
    on = local(sitting.now).date()
    mine = sorted(_asked(sitting, everything).get(one.id, []), key=lambda a: a.request.sent or a.request.made)
    book, card = Rulebook(sitting.home), cards_in(sitting.db)
    watched = configured(sitting)
    month = article_facts.by_outlet(sitting.db, sitting.now - _MONTH)
    return OutletRecord(
        id=one.id, name=one.name, kind=one.kind, level=one.level, province=one.province, watched=one.id in watched,
        card=cards.current(sitting, one.id, on), cards=tuple(reversed(cards.history(sitting, one.id))),
        requests=tuple(_line(sitting, book, card, asked) for asked in reversed(mine)), results=_results(mine),
        corrections=tuple(
            PublishedCorrection(article=article, title=title, url=url, date=at, where=where)
            for _, article, title, url, at, where in article_facts.corrected_by(sitting.db, one.id)
            if article not in hidden
        ),
        articles=article_facts.count_of(sitting.db, one.id, hidden), articles_month=month.get(one.id, 0),
        sources=tuple(source.id for source in watched[one.id].sources) if one.id in watched else (), day=on,
    )  # fmt: skip


def _known(sitting: Sitting, hidden: set[str]) -> list[Outlet]:
    """The outlets he may know of: configured, with a card, or with an item he may know of."""
    watched = configured(sitting)
    names = remembered.outlet_names(sitting.db)
    carded = {card.outlet for card in cards.every(sitting)}
    doubtful = article_facts.outlets_of(sitting.db, hidden) - set(watched) - carded if hidden else set()
    out = {ident for ident in doubtful if not article_facts.count_of(sitting.db, ident, hidden)}
    further = sorted(set(names) - set(watched) - out, key=lambda ident: vietnamese_order(names[ident]))
    lone = sorted(carded - set(watched) - set(names))
    old = [one for ident in further if (one := remembered.outlet(sitting.db, ident))]
    return [*watched.values(), *old, *(_of_card(sitting, ident) for ident in lone)]


def _of_card(sitting: Sitting, ident: str) -> Outlet:
    """An outlet that nothing but its card tells of."""
    last = cards.history(sitting, ident)[-1]
    return Outlet(id=ident, name=last.legal_name, kind=OutletKind.PRESS, level=Level.CENTRAL)


def _asked(sitting: Sitting, everything: Iterable[Case]) -> dict[str, list[_Asked]]:
    """The requests of the cases he sees, by the outlet they went to."""
    found: dict[str, list[_Asked]] = {}
    for case in everything:
        if sitting.sees(case):
            for request in case.requests:
                if request.outlet:
                    found.setdefault(request.outlet, []).append(_Asked(case=case, request=request))
    return found


def _results(asked: Iterable[_Asked]) -> tuple[tuple[DemandResult, int], ...]:
    """What came of all demands, counted; in the order of ``DemandResult``."""
    counts = Counter(d.result for one in asked for d in one.request.demands if one.request.sent)
    return tuple((result, counts[result]) for result in _ORDER if counts[result])


def _line(sitting: Sitting, book: Rulebook, card: CardOf, asked: _Asked) -> RequestLine:
    request = asked.request
    clocks = list(of_request(book, request, card, sitting.now))
    return RequestLine(
        case=asked.case.id, title=asked.case.title, request=request.id, addressee=request.addressee,
        state=request.state, issuer=request.issuer, sent=request.sent, received=request.received,
        demands=tuple(_demands(request, clocks)), overdue=any(c.state is ClockState.OVERDUE for c in clocks),
    )  # fmt: skip


def _demands(request: Request, clocks: list[CaseClock]) -> Iterator[DemandLine]:
    began = request.received or request.sent
    for demand in request.demands:
        days = (demand.on - local(began).date()).days if demand.on and began else None
        yield DemandLine(
            demand=demand, kind=demand.kind, result=demand.result, days=days, late=_late(request, demand, clocks)
        )


def _late(request: Request, demand: Demand, clocks: list[CaseClock]) -> bool:
    kind = clock_of(request.addressee, demand.kind)
    return was_late(demand, next((clock.due for clock in clocks if clock.due.kind is kind), None))
