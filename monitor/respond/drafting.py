"""How papers come into a case: drafted here, recorded from a copy of what a unit wrote outside, or arrived."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor.clock import day_bounds
from monitor.errors import RefusedError
from monitor.model.action import CaseAction, PaperAction, Step, gate
from monitor.model.asking import Terms
from monitor.model.case import Case
from monitor.model.event import Happening
from monitor.model.filing import Arrival, PaperRecord
from monitor.model.law import Due
from monitor.model.paper import PaperKind, PaperState
from monitor.model.parts import exchanged, find, numbered
from monitor.model.people import Person
from monitor.model.request import AddresseeKind, DemandKind
from monitor.respond import outcomes
from monitor.respond.filing import LETTERS, allow, numbers_of, sending
from monitor.respond.moving import held, live, not_future, wanted
from monitor.respond.results import Outcome, record_result
from monitor.text import clean

_OF_REQUESTS = (*LETTERS, PaperKind.RESPONSE_TEXT, PaperKind.REMINDER)
_OUT = (PaperState.ISSUED, PaperState.RECEIVED)


def draft(
    case: Case,
    kind: PaperKind,
    *,
    issuer: str,
    subject: str,
    request: str = "",
    assignment: str = "",
    file: str = "",
    replaces: str = "",
    actor: Person,
    now: datetime,
) -> Step:
    """A paper of the body ``issuer``, without number and date; ``subject`` without "V/v".

    ``replaces`` is the issued paper it replaces, amends or withdraws. Raises RefusedError where the kind does not go
    with the request's addressee, or the request has its letter already.
    """
    allow(case, PaperAction.DRAFT, actor, wanted(issuer, "issuer"))
    paper = PaperRecord(
        id="", kind=kind, state=PaperState.DRAFTED, issuer=issuer.strip(), subject=wanted(clean(subject), "subject"),
        request=request, assignment=assignment, drafted=now, drafted_by=actor.id,
        file=held(case, file, "file") if file else "", replaces=replaces,
    )  # fmt: skip
    _fits(case, paper)
    return _added(case, paper, "paper.draft")


def record_copy(
    case: Case,
    kind: PaperKind,
    *,
    issuer: str,
    subject: str,
    number: int,
    symbol: str,
    dated: date,
    addressees: Sequence[str],
    file: str,
    signer_title: str = "",
    request: str = "",
    assignment: str = "",
    replaces: str = "",
    terms: Terms | None = None,
    actor: Person,
    now: datetime,
) -> Step:
    """A paper that a unit wrote and sent outside the program, from the copy received (``file``): it is issued already.

    It carries its request like a letter of ours. It has gone out, so no outlet card is asked for.
    """
    allow(case, PaperAction.RECEIVE, actor)
    sent = day_bounds(dated)[0]
    to = tuple(one for line in addressees if (one := clean(line)))
    paper = PaperRecord(
        id="", kind=kind, state=PaperState.ISSUED, issuer=wanted(issuer, "issuer"),
        subject=wanted(clean(subject), "subject"), request=request, assignment=assignment, drafted=now,
        drafted_by=actor.id, signer_title=signer_title, **numbers_of(number, symbol, dated, now), issued=sent,
        issued_by=actor.id, addressees=to, file=held(case, file, "file"), replaces=replaces, copy=True,
    )  # fmt: skip
    if not to:
        raise RefusedError("addressees_missing", paper=paper.sign)
    if request:
        outcomes.may_record(case)
    _fits(case, paper)
    step = _added(case, paper, "paper.copy")
    return sending(step, step.case, step.case.papers[-1].id, terms=terms, dated=dated, at=sent)


def arrive(
    case: Case,
    *,
    sender: str,
    sign: str,
    dated: date,
    arrival_number: str,
    arrived: date,
    subject: str,
    request: str = "",
    file: str = "",
    answers: bool = False,
    due: Due | None = None,
    actor: Person,
    now: datetime,
) -> Step:
    """A paper that arrived: number and date of the sender, our arrival number, the scan (``file``).

    With ``answers`` it settles the request's demand for an answer, by the ``due`` of that clock. Other results (a
    refusal, say) are recorded with ``results.record_result``, which names this paper.
    """
    gate(case, CaseAction.ARRIVE, actor)
    not_future(arrived, now, "arrival")
    if dated > arrived:
        raise RefusedError("arrived_before_dated", sign=clean(sign))
    if request:
        find(case.requests, request, case=case.id)
    scan = held(case, file, "file") if file else ""
    case, ident = numbered(case, "d")
    new = Arrival(
        id=ident, sender=wanted(clean(sender), "sender"), sign=clean(sign), dated=dated,
        arrival_number=wanted(clean(arrival_number), "arrival_number"), arrived=arrived,
        subject=wanted(clean(subject), "subject"), request=request, file=scan, by=actor.id, at=now,
    )  # fmt: skip
    told = Happening(action="arrival.add", thing=ident, refs=tuple(ref for ref in (request, scan) if ref))
    step = Step(case=replace(case, arrivals=(*case.arrivals, new)), happened=(told,))
    if not answers:
        return step
    outcome = Outcome(on=arrived, reply=ident)
    demand = DemandKind.ANSWER.value
    return step.then(record_result(step.case, request, demand, outcome, due=due, actor=actor, now=now))


def _added(case: Case, paper: PaperRecord, action: str) -> Step:
    case, ident = numbered(case, "v")
    made = replace(paper, id=ident)
    moved = replace(case, papers=(*case.papers, made))
    if made.kind in LETTERS and not _letter_sent(moved, made.request):
        moved = replace(moved, requests=exchanged(moved.requests, made.request, lambda r: replace(r, letter=ident)))
    refs = tuple(ref for ref in (made.request, made.assignment, made.replaces, made.file) if ref)
    told = Happening(action=action, thing=ident, after=made.state.value, why=made.kind.value, refs=refs)
    return Step(case=moved, happened=(told,))


def _letter_sent(case: Case, request: str) -> bool:
    return find(case.requests, request, case=case.id).sent is not None


def _fits(case: Case, paper: PaperRecord) -> None:
    if paper.replaces:
        replaced = find(case.papers, paper.replaces, case=case.id)
        if replaced.state not in _OUT:
            raise RefusedError("replace_not_issued", paper=replaced.id, state=replaced.state)
    if paper.kind is PaperKind.ASSIGNMENT and not paper.assignment:
        raise RefusedError("paper_needs_assignment", kind=paper.kind)
    if paper.assignment:
        find(case.assignments, paper.assignment, case=case.id)
    if paper.request:
        _fits_request(case, paper)
    elif paper.kind in _OF_REQUESTS:
        raise RefusedError("paper_needs_request", kind=paper.kind)


def _fits_request(case: Case, paper: PaperRecord) -> None:
    request = find(case.requests, paper.request, case=case.id)
    if request.withdrawn:
        raise RefusedError("paper_of_withdrawn", paper="–", request=request.id)
    if paper.kind in _OF_REQUESTS and paper.issuer != request.issuer:
        raise RefusedError("issuer_of_request", request=request.id, issuer=request.issuer)
    authority = request.addressee is AddresseeKind.AUTHORITY
    if paper.kind in LETTERS and (paper.kind is PaperKind.PETITION) is not authority:
        raise RefusedError("kind_unfit", kind=paper.kind, addressee=request.addressee)
    if paper.kind is PaperKind.RESPONSE_TEXT and DemandKind.PUBLISH_RESPONSE not in live(request):
        raise RefusedError("response_not_asked", request=request.id)
    if paper.kind is PaperKind.REMINDER and request.sent is None:
        raise RefusedError("reminder_of_what", request=request.id)
    if paper.kind in LETTERS and not paper.replaces:
        other = next(
            (
                p
                for p in case.papers
                if p.request == request.id and p.kind in LETTERS and p.state is not PaperState.WITHDRAWN
            ),
            None,
        )
        if other:
            raise RefusedError("letter_there", request=request.id, paper=other.id)
