"""The clocks of a case: three of each outlet, with their own starts, and our own above them.

    case ──▶ own clocks, by how the matter reached us
         └─▶ each request ──▶ each publication: response, correction; once a request: answer

A demand that has a result has stopped its clock. What is due when is never stored: it follows from dates, law and
calendar, so a calendar confirmed later corrects every date by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from monitor.clock import VN, local
from monitor.desk.rulebook import Rulebook
from monitor.model.calendar import IssueDays
from monitor.model.card import OutletCard
from monitor.model.case import Case, CaseVerdict, Reached, RemedyState
from monitor.model.law import ClockKind, ClockState, Due, PeriodUnit, past_threshold, state
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import AddresseeKind, Demand, DemandKind, DemandResult, Publication, Request
from monitor.respond import clocks
from monitor.store import cards
from monitor.store.db import Database
from monitor.text import clean, fold

CardOf = Callable[[str, date], OutletCard | None]
"""The card of an outlet on a day."""


def cards_in(db: Database) -> CardOf:
    """Cards as they stand in the database."""
    return lambda outlet, on: cards.get(db, outlet, on)


_DONE = {DemandResult.IN_TIME, DemandResult.LATE, DemandResult.DEFECTIVE}
_ANSWERS = (PaperKind.REQUEST_LETTER, PaperKind.RESPONSE_TEXT)
_OUT = {PaperState.ISSUED, PaperState.RECEIVED}


@dataclass(frozen=True, kw_only=True)
class CaseClock:
    """A clock of a case. ``state`` is None where the demand ended otherwise than by being met (``result``).

    ``past`` tells that the office's own threshold for "ngay" has passed.
    """

    due: Due
    state: ClockState | None
    request: str = ""
    publication: str = ""
    name: str = ""
    result: DemandResult | None = None
    past: bool = False

    @property
    def date(self) -> datetime | None:
        """When somebody has to look: the due date, or the office's threshold."""
        return self.due.due or self.due.threshold

    @property
    def pressing(self) -> bool:
        """Whether it runs, or has run out."""
        return self.state in (ClockState.RUNNING, ClockState.OVERDUE, ClockState.NO_DATE)


def clocks_of(book: Rulebook, case: Case, card: CardOf, now: datetime) -> tuple[CaseClock, ...]:
    """All clocks of a case, our own first."""
    return (*_own(book, case, card, now), *(clock for r in case.requests for clock in of_request(book, r, card, now)))


def of_request(book: Rulebook, request: Request, card: CardOf, now: datetime) -> Iterator[CaseClock]:
    """The clocks of one request; only press agencies have statutory ones."""
    if request.addressee is not AddresseeKind.PRESS or request.withdrawn:
        return
    day = local(request.received or request.sent or now).date()
    product = card(request.outlet, day)
    for publication in request.publications:
        issues = issues_of(product, publication)
        if demand := request.asks(DemandKind.PUBLISH_RESPONSE):
            due = clocks.response_due(
                book.law, book.calendar, medium=publication.medium, received=request.received, sent=request.sent,
                issues=issues,
            )  # fmt: skip
            yield _clock(due, demand, now, request, publication)
        if demand := _owed(request):
            due = correction(book, request, publication, issues)
            yield _clock(due, demand, now, request, publication)
    if demand := request.asks(DemandKind.ANSWER):
        due = clocks.answer_due(book.law, book.calendar, asks_answer=True, received=request.received, sent=request.sent)
        yield _clock(due, demand, now, request, None)


_PUT_RIGHT = (DemandKind.CORRECT, DemandKind.APOLOGISE, DemandKind.TAKE_DOWN)


def _owed(request: Request) -> Demand | None:
    """What the clock of the correction follows: the first of these that is still owed, else the first that was asked.

    One that is done does not hide another that is not.
    """
    asked = [found for kind in _PUT_RIGHT if (found := request.asks(kind))]
    return next((one for one in asked if one.result is DemandResult.PENDING), asked[0] if asked else None)


def correction(book: Rulebook, request: Request, publication: Publication, issues: IssueDays | None) -> Due:
    """The clock of the correction, which our letter does not start."""
    return clocks.correction_due(
        book.law,
        book.calendar,
        medium=publication.medium,
        conclusion_received=request.conclusion,
        self_found=request.self_found,
        received=request.received,
        sent=request.sent,
        issues=issues,
    )


def issues_of(card: OutletCard | None, publication: Publication) -> IssueDays | None:
    """The issue days of the product that carried the work, where the card tells them."""
    if card is None:
        return None
    named = next((p for p in card.products if publication.product in (p.id, p.name)), None)
    found = named or card.product(publication.medium)
    return found.issues if found else None


def _clock(due: Due, demand: Demand, now: datetime, request: Request, publication: Publication | None) -> CaseClock:
    done = _noon(demand.on) if demand.result in _DONE and demand.on else None
    ended = demand.result is not DemandResult.PENDING and done is None
    return CaseClock(
        due=due,
        state=None if ended else state(due, now, done),
        request=request.id,
        publication=publication.id if publication else "",
        name=request.name,
        result=None if demand.result is DemandResult.PENDING else demand.result,
        past=not ended and past_threshold(due, now, done),
    )


def _noon(day: date) -> datetime:
    # A day is all that is known of when it was done; noon lies within it on every clock.
    return datetime.combine(day, time(12), VN)


def _own(book: Rulebook, case: Case, card: CardOf, now: datetime) -> Iterator[CaseClock]:
    for kind, start, done in (*_owed_press(book, case, card), *_own_practice(case)):
        due = clocks.own_due(kind, book.law, book.calendar, start=start)
        yield CaseClock(due=due, state=state(due, now, done), past=past_threshold(due, now, done))


_Began = tuple[ClockKind, datetime | None, datetime | None]
"""A clock of ours, its start, and when what is owed was done."""


def _owed_press(book: Rulebook, case: Case, card: CardOf) -> Iterator[_Began]:
    """What the law makes us tell the outlet that sent the matter on, by how it reached us."""
    reached, told = case.reached_at, _told(case, card, case.reached_at)
    if case.reached is Reached.FORWARDED:
        yield ClockKind.OWN_MEASURES, reached, told
    elif case.reached is Reached.EDITOR_ASKS:
        yield ClockKind.OWN_ANSWER, reached, told
    elif case.reached is Reached.COMPLAINT:
        concluded = case.conclusion.at if case.conclusion else None
        if reached and not _from_conclusion(book, reached):
            yield ClockKind.OWN_MEASURES, reached, told
        yield ClockKind.OWN_COMPLAINT, concluded, _told(case, card, concluded)


def _from_conclusion(book: Rulebook, reached: datetime) -> bool:
    """Whether the law of that day counts a complaint from its conclusion, and not from its receipt like any matter."""
    ruleset = book.law.on(local(reached).date())
    rule = ruleset.rule(ClockKind.OWN_COMPLAINT) if ruleset else None
    return rule is None or rule.unit is not PeriodUnit.NONE


def _own_practice(case: Case) -> Iterator[_Began]:
    """What is owed by the office's own practice."""
    concluded = case.conclusion.at if case.conclusion else None
    ended = case.end.at if case.end else None
    start = case.first_published or case.opened
    if case.reached is Reached.SOCIAL:
        # The post is handled as noticed: what is owed is the outcome, verification included.
        yield ClockKind.OWN_SOCIAL, case.reached_at or case.opened, concluded or ended
        return
    yield ClockKind.OWN_VERIFY, start, concluded or ended
    if case.verdict in (CaseVerdict.RIGHT, CaseVerdict.PARTLY):
        dates = [_noon(r.done) for r in case.remedies if r.state is RemedyState.DONE and r.done]
        left = any(r.state is RemedyState.OPEN for r in case.remedies)
        # Closed with nothing left to put right: the matter was done with on that day.
        yield ClockKind.OWN_REMEDY, start, ended if left or not dates else max(dates)


def _told(case: Case, card: CardOf, start: datetime | None) -> datetime | None:
    """When the outlet was told in writing what it waits for, since the day it began to wait.

    A notice of remedies goes to all; a letter of ours is an answer only to the outlet whose paper brought the matter.
    """
    if start is None:
        return None
    since = local(start).date()
    brought = {_plain(one.sender) for one in case.arrivals if not one.request}
    answered = {one.id for one in case.requests if brought & _names(one, card(one.outlet, since))}
    sent = [
        paper.issued
        for paper in case.papers
        if paper.state in _OUT and paper.issued and local(paper.issued).date() >= since
        and (paper.kind is PaperKind.REMEDY_NOTICE or (paper.kind in _ANSWERS and paper.request in answered))
    ]  # fmt: skip
    return min(sent, default=None)


def _names(request: Request, card: OutletCard | None) -> set[str]:
    return {_plain(name) for name in (request.name, card.legal_name if card else "") if name}


def _plain(name: str) -> str:
    """A name as the register and the card may both have it: the newsroom of a paper is the paper."""
    return fold(clean(name)).removeprefix("toa soan ")
