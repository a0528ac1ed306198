"""Cases, requests, events and letters as rows for other programs: stable names, ISO dates with +07:00.

A restricted case is in nobody's rows but those of the persons it is open to. Free words (quotations, findings, notes)
stay in the case; rows hold what figures are made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache

from monitor.clock import iso_local
from monitor.desk.article_seen import hidden_of
from monitor.desk.clocks import CaseClock, cards_in, clocks_of
from monitor.desk.proof import event_row
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.model.case import Assignment, Case
from monitor.model.filing import Arrival, PaperRecord
from monitor.model.request import Demand, Request
from monitor.store import articles, cases, events, stories

Row = dict[str, object]


def case_rows(s: Sitting, start: datetime | None, end: datetime | None) -> Iterator[Row]:
    """Cases opened in the interval, oldest first."""
    with_one = rows_of(s)
    for case in _seen(s, start, end):
        yield with_one(case)


def request_rows(s: Sitting, start: datetime | None, end: datetime | None) -> Iterator[Row]:
    """The requests of cases opened in the interval, with every demand and every clock."""
    book, card = Rulebook(s.home), cache(cards_in(s.db))
    for case in _seen(s, start, end):
        clocks = clocks_of(book, case, card, s.now)
        for request in case.requests:
            yield _request(case, request, [clock for clock in clocks if clock.request == request.id])


def letter_rows(s: Sitting, start: datetime | None, end: datetime | None) -> Iterator[Row]:
    """Papers of ours and those that arrived, of cases opened in the interval."""
    for case in _seen(s, start, end):
        for paper in case.papers:
            yield _letter(case, paper)
        for arrival in case.arrivals:
            yield _arrival(case, arrival)


def event_rows(s: Sitting, start: datetime | None, end: datetime | None) -> Iterator[Row]:
    """Events of the interval, which the numbers show to be not all of them.

    Left out are those of cases the person may not see, and of items that stand in such cases only.
    """
    every = list(cases.every(s.db))
    hidden = {case.id for case in every if not s.sees(case)}
    hidden |= _hidden_items(s, every)
    for event in events.every(s.db, start, end):
        if hidden.isdisjoint((event.case, event.thing, *event.refs)):
            yield event_row(event)


def _hidden_items(s: Sitting, every: list[Case]) -> set[str]:
    """The items he may not know of, and the stories that have no other."""
    gone = hidden_of(s, every)
    tales = {one.story for one in articles.by_ids(s.db, list(gone)) if one.story}
    return gone | {tale.id for tale in stories.load(s.db, list(tales)) if {m.article.id for m in tale.members} <= gone}


def _seen(s: Sitting, start: datetime | None, end: datetime | None) -> Iterator[Case]:
    return (case for case in cases.every(s.db, start=start, end=end) if s.sees(case))


def rows_of(s: Sitting) -> Callable[[Case], Row]:
    """``case_row`` for many cases: rules and cards are read once."""
    book, card = Rulebook(s.home), cache(cards_in(s.db))
    return lambda case: _case(case, [c for c in clocks_of(book, case, card, s.now) if not c.request])


def case_row(s: Sitting, case: Case) -> Row:
    """One case."""
    return rows_of(s)(case)


def _case(case: Case, own: list[CaseClock]) -> Row:
    return {
        "id": case.id,
        "revision": case.revision,
        "title": case.title,
        "status": case.status.value,
        "verdict": case.verdict.value if case.verdict else None,
        "closing": case.end.closing.value if case.end else None,
        "restricted": case.restricted,
        "marking": case.marking.value,
        "topic": case.topic or None,
        "reached": case.reached.value,
        "units": list(case.units),
        "accused": list(case.accused),
        "lead": (case.lead.unit or case.lead.person) if case.lead else None,
        "opened": iso_local(case.opened),
        "first_published": iso_local(case.first_published),
        "concluded": iso_local(case.conclusion.at) if case.conclusion else None,
        "closed": iso_local(case.end.at) if case.end else None,
        "reopened": case.reopened,
        "story": case.story or None,
        "articles": list(case.articles),
        "claims": [
            {
                "id": claim.id,
                "article": claim.article or None,
                "verdict": claim.verdict.value if claim.verdict else None,
                "ground": claim.ground.value if claim.ground else None,
                "capacity": claim.capacity.value,
            }
            for claim in case.live_claims
        ],
        "remedies": [
            {"id": r.id, "state": r.state.value, "due": f"{r.due}", "done": f"{r.done}" if r.done else None}
            for r in case.remedies
        ],
        "assignments": [_assignment(assignment) for assignment in case.assignments],
        "requests": [request.id for request in case.requests],
        "clocks": [_clock(clock) for clock in own],
    }


def _assignment(assignment: Assignment) -> Row:
    return {
        "id": assignment.id,
        "part": assignment.part.value,
        "unit": assignment.unit or None,
        "person": assignment.person or None,
        "state": assignment.state.value,
        "due": f"{assignment.due}",
        "directed_by": assignment.directed_by,
        "answered": iso_local(assignment.answer.at) if assignment.answer else None,
    }


def _request(case: Case, request: Request, clocks: list[CaseClock]) -> Row:
    return {
        "case": case.id,
        "id": request.id,
        "addressee": request.addressee.value,
        "outlet": request.outlet or None,
        "name": request.name,
        "issuer": request.issuer,
        "state": request.state.value,
        "claims": list(request.claims),
        "demands": [_demand(demand) for demand in request.demands],
        "publications": [
            {
                "id": p.id,
                "article": p.article,
                "medium": p.medium.value,
                "published": iso_local(p.published),
                "url": p.url or None,
            }
            for p in request.publications
        ],
        "letter": request.letter or None,
        "letter_date": f"{request.letter_date}" if request.letter_date else None,
        "sent": iso_local(request.sent),
        "received": iso_local(request.received),
        "conclusion": iso_local(request.conclusion),
        "self_found": iso_local(request.self_found),
        "rounds": len(request.rounds),
        "escalates": request.escalates or None,
        "escalated": list(request.escalated),
        "clocks": [_clock(clock) for clock in clocks],
    }


def _demand(demand: Demand) -> Row:
    return {
        "id": demand.id,
        "kind": demand.kind.value,
        "result": demand.result.value,
        "on": f"{demand.on}" if demand.on else None,
        "missing": list(demand.missing),
        "reply": demand.reply or None,
        "proof": list(demand.proof),
    }


def _clock(clock: CaseClock) -> Row:
    due = clock.due
    return {
        "kind": due.kind.value,
        "publication": clock.publication or None,
        "medium": due.medium.value if due.medium else None,
        "state": clock.state.value if clock.state else None,
        "start": iso_local(due.start),
        "due": iso_local(due.due),
        "threshold": iso_local(due.threshold),
        "statutory": due.statutory,
        "provisional": due.provisional,
        "ruleset": due.ruleset,
        "computation": due.computation,
        "basis": due.basis,
    }


def _letter(case: Case, paper: PaperRecord) -> Row:
    return {
        "case": case.id,
        "id": paper.id,
        "direction": "out",
        "kind": paper.kind.value,
        "state": paper.state.value,
        "issuer": paper.issuer,
        "number": paper.number,
        "symbol": paper.symbol or None,
        "dated": f"{paper.dated}" if paper.dated else None,
        "subject": paper.subject,
        "addressees": list(paper.addressees),
        "request": paper.request or None,
        "signed_by": paper.signed_by or None,
        "issued": iso_local(paper.issued),
        "received": iso_local(paper.received),
        "file": paper.file or None,
        "head": str(paper.head) if paper.head else None,
        "replaces": paper.replaces or None,
        "copy": paper.copy,
    }


def _arrival(case: Case, arrival: Arrival) -> Row:
    return {
        "case": case.id,
        "id": arrival.id,
        "direction": "in",
        "sender": arrival.sender,
        "sign": arrival.sign,
        "dated": f"{arrival.dated}",
        "arrival_number": arrival.arrival_number,
        "arrived": f"{arrival.arrived}",
        "subject": arrival.subject,
        "request": arrival.request or None,
        "file": arrival.file or None,
    }
