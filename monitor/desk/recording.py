"""What becomes of a request: receipt, a conclusion that reached the outlet, rounds, results, escalation, withdrawal.

The due date that tells "in time" from "late" is looked up here and handed to the pure move.
"""

from __future__ import annotations

from datetime import date, datetime

from monitor.clock import day_bounds, local
from monitor.desk import clocks, people, refs
from monitor.desk.asking import terms
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.action import Step
from monitor.model.case import Case
from monitor.model.law import Due
from monitor.model.request import DemandKind, DemandResult, Request
from monitor.model.watch import Corrected
from monitor.respond import outcomes, requests, results
from monitor.respond.demands import clock_of
from monitor.respond.outcomes import Rounded
from monitor.respond.results import Outcome
from monitor.store import cards, watch_changes
from monitor.store import cases as stored


def request_of(case: Case, ident: str) -> Request:
    """The request of this id. Raises RefusedError naming those there are."""
    for one in case.requests:
        if one.id == ident:
            return one
    raise RefusedError("thing_unknown", thing=ident, case=case.id, known=", ".join(r.id for r in case.requests) or "–")


def received(sitting: Sitting, ident: str, request: str, at: datetime, proof: str, *, why: str = "") -> Case:
    """The addressee received the letter: his clocks start."""
    return sitting.act(
        ident,
        lambda case: outcomes.mark_received(
            case, request, at, proof=proof, why=why, actor=sitting.actor, now=sitting.now
        ),
    )


def conclusion(sitting: Sitting, ident: str, request: str, at: datetime, paper: str, *, why: str = "") -> Case:
    """A competent body's written conclusion reached the outlet: the clock of the correction starts."""
    return sitting.act(
        ident,
        lambda case: outcomes.conclusion_received(
            case, request, at, paper=refs.held(sitting, case, [paper])[0], why=why, actor=sitting.actor, now=sitting.now
        ),
    )


def self_found(sitting: Sitting, ident: str, request: str, at: datetime, proof: str, *, why: str = "") -> Case:
    """The outlet itself said that it was wrong."""
    return sitting.act(
        ident,
        lambda case: outcomes.self_found(
            case, request, at, proof=refs.held(sitting, case, [proof])[0], why=why, actor=sitting.actor, now=sitting.now
        ),
    )


def round_(sitting: Sitting, ident: str, request: str, response: date, view: date, *, url: str = "") -> Rounded:
    """Our response and the outlet's further view were both published; tells when the outlet may stop."""
    book = Rulebook(sitting.home)
    made: list[Rounded] = []

    def move(case: Case) -> Step:
        asked = request_of(case, request)
        day = local(asked.received or asked.sent or sitting.now).date()
        ruleset = book.law.on(day)
        if ruleset is None:
            raise RefusedError("law_not_known")
        done = outcomes.add_round(
            case, request, response=response, view=view, rounds_max=ruleset.rounds_max, url=url, actor=sitting.actor,
            now=sitting.now,
        )  # fmt: skip
        made.append(done)
        return done.step

    sitting.act(ident, move)
    return made[-1]


def result(sitting: Sitting, ident: str, request: str, demand: str, outcome: Outcome, *, why: str = "") -> Case:
    """What came of one demand; in time or late by the clock it belongs to. A correction marks the items it corrects."""
    book = Rulebook(sitting.home)

    def move(case: Case) -> Step:
        asked = request_of(case, request)
        due = due_of(sitting, book, asked, demand)
        refs.held(sitting, case, outcome.proof)
        # "Ngay": the law gives no date that could tell in time from late, so past our mark a person says which.
        mark = due.threshold if due and not due.due else None
        if outcome.result is None and outcome.on and mark and outcome.on > local(mark).date():
            raise RefusedError("at_once_which", demand=demand, at=f"{local(mark):%H:%M %d/%m/%Y}")
        return results.record_result(
            case, request, demand, outcome, due=due, why=why, actor=sitting.actor, now=sitting.now
        )

    with sitting.db.atomic():
        case = sitting.act(ident, move)
        asked = request_of(case, request)
        recorded = asked.demand(demand)
        if recorded and recorded.kind is DemandKind.CORRECT:
            for publication in asked.publications:
                _mark(sitting, publication.article)
    return case


_CORRECTED = (DemandResult.IN_TIME, DemandResult.LATE, DemandResult.DEFECTIVE)


def _mark(sitting: Sitting, article: str) -> None:
    """An item bears "đã cải chính ngày …, tại …" exactly while some request has its correction recorded as done."""
    watch_changes.unmark_typed(sitting.db, article)
    found = []
    for case in stored.with_articles(sitting.db, [article]):
        for request in case.requests:
            asked = request.asks(DemandKind.CORRECT)
            if (
                asked
                and asked.result in _CORRECTED
                and asked.on
                and article in {p.article for p in request.publications}
            ):
                found.append((asked.on, request.name, asked.by))
    if found:
        on, name, by = min(found)
        mark = Corrected(article=article, date=day_bounds(on)[0], where=name, change=None, by=by)
        watch_changes.mark_corrected(sitting.db, mark, sitting.now)


def due_of(sitting: Sitting, book: Rulebook, request: Request, demand: str) -> Due | None:
    """The clock of a demand; where the work came out in several media, the one that runs longest."""
    asked = request.demand(demand)
    kind = clock_of(request.addressee, asked.kind) if asked else None
    if asked is None or kind is None:
        return None
    found = clocks.of_request(book, request, clocks.cards_in(sitting.db), sitting.now)
    dues = [clock.due for clock in found if clock.due.kind is kind]
    return max(dues, key=lambda due: due.due or due.threshold or sitting.now, default=None)


def escalate(sitting: Sitting, ident: str, request: str, name: str = "", issuer: str = "") -> Case:
    """The matter goes on to an authority: a request of its own, which asks for a written conclusion.

    Without a name it is the authority of the outlet's card.
    """
    book = Rulebook(sitting.home)
    issuer = people.unit(sitting.db, issuer).id if issuer else ""
    today = local(sitting.now).date()

    def move(case: Case) -> Step:
        asked = request_of(case, request)
        card = cards.get(sitting.db, asked.outlet, today) if asked.outlet else None
        to = name or (card.authority if card else "")
        if not to:
            raise RefusedError("authority_unknown", request=request)
        return requests.escalate(
            case, request, terms=terms(book, today), name=to, issuer=issuer, actor=sitting.actor, now=sitting.now
        )

    return sitting.act(ident, move)


def withdraw(sitting: Sitting, ident: str, request: str, why: str) -> Case:
    """The request is taken back."""
    return sitting.act(
        ident, lambda case: outcomes.withdraw_request(case, request, why, actor=sitting.actor, now=sitting.now)
    )
