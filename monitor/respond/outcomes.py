"""What becomes of a request: it goes out, it is received, the outlet's clocks start, rounds are published, it ends.

    drafted ──mark_sent──▶ sent ──mark_received──▶ waiting ──results──▶ settled
    a conclusion, or the outlet's own finding, starts the clock of the correction at any time; our letter never does

The result of each demand is recorded in ``results``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from monitor.clock import local
from monitor.errors import RefusedError
from monitor.model.action import CaseAction, Step, gate, refusal
from monitor.model.asking import NextWay, RequestAct, Terms
from monitor.model.case import Case
from monitor.model.event import Happening
from monitor.model.paper import PaperState
from monitor.model.parts import exchanged, find
from monitor.model.people import Person
from monitor.model.request import AddresseeKind, Request, Round
from monitor.respond.demands import check
from monitor.respond.moving import claims_of, held, in_place, live, not_future, put, reason, redemanded, wanted

_BEFORE_ISSUE = (
    PaperState.DRAFTED, PaperState.SUBMITTED, PaperState.RETURNED, PaperState.SIGNED, PaperState.NUMBERED,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Rounded:
    """A round recorded: its ``number``, whether the outlet may stop now, and where one can turn then."""

    step: Step
    number: int
    last: bool
    ways: tuple[NextWay, ...] = ()


def may_record(case: Case) -> None:
    """Raises RefusedError where the case has no verdict that a letter could rest on, or is closed."""
    if key := refusal(case.status, CaseAction.RECORD):
        raise RefusedError(key, case=case.id, action=CaseAction.RECORD)


def mark_sent(case: Case, ident: str, *, terms: Terms, letter: str, dated: date, at: datetime) -> Step:
    """The letter went out: part of the paper's issue (``filing.issue``), which has checked who may do it.

    The grounds are checked once more: a claim may have got another verdict since the request was made.
    """
    request = find(case.requests, ident, case=case.id)
    in_place(request, RequestAct.SEND)
    check(terms, claims_of(case, request.claims), request.addressee, live(request))
    sent = replace(request, letter=letter, letter_date=dated, sent=at)
    return put(case, sent, "request.send", refs=(letter,))


def mark_received(
    case: Case, ident: str, at: datetime, *, proof: str, why: str = "", actor: Person, now: datetime
) -> Step:
    """The outlet received the letter at that moment, as ``proof`` shows: its clocks start. The letter is received too.

    A receipt recorded before is put right only with a reason. Raises RefusedError for a moment before the sending.
    """
    gate(case, CaseAction.RECORD, actor)
    request = find(case.requests, ident, case=case.id)
    in_place(request, RequestAct.RECEIVE)
    not_future(at, now, "receipt")
    # A day alone is its midnight: on the day of sending only an hour can be too early.
    early = local(at).time() != time() and request.sent is not None and at < request.sent
    if request.sent and (early or local(at).date() < local(request.sent).date()):
        raise RefusedError("received_before_sent", request=ident, sent=f"{local(request.sent):%d/%m/%Y}")
    shown = wanted(proof, "proof")
    told: Step | None = None
    if request.received:
        told = reason(case, why, actor=actor, now=now)
        case = told.case
    step = put(case, replace(request, received=at, receipt=shown), "request.receive", refs=(request.letter,))
    step = _paper_received(step, request.letter, at, shown)
    return told.then(step) if told else step


def conclusion_received(
    case: Case, ident: str, at: datetime, *, paper: str, why: str = "", actor: Person, now: datetime
) -> Step:
    """A competent body's written conclusion reached the outlet: the clock of the correction starts.

    ``paper`` is the conclusion as we have it: an arrival of this case, or the id of an evidence. A moment recorded
    before is put right only with a reason. Results stay as they are: what was refused may be asked anew by
    ``results.record_result`` with ``pending``.
    """
    request = _recorded(case, ident, RequestAct.CONCLUSION, at, actor=actor, now=now)
    shown = held(case, paper, "conclusion_paper")
    told = reason(case, why, actor=actor, now=now) if request.conclusion else None
    step = put(
        told.case if told else case,
        replace(request, conclusion=at, conclusion_paper=shown),
        "request.conclusion",
        refs=(shown,),
    )
    return told.then(step) if told else step


def self_found(
    case: Case, ident: str, at: datetime, *, proof: str, why: str = "", actor: Person, now: datetime
) -> Step:
    """The outlet itself said at that moment that it was wrong, as ``proof`` (an evidence or arrival id) shows."""
    request = _recorded(case, ident, RequestAct.SELF_FOUND, at, actor=actor, now=now)
    shown = held(case, proof, "proof")
    told = reason(case, why, actor=actor, now=now) if request.self_found else None
    step = put(told.case if told else case, replace(request, self_found=at), "request.self_found", refs=(shown,))
    return told.then(step) if told else step


def _recorded(case: Case, ident: str, act: RequestAct, at: datetime, *, actor: Person, now: datetime) -> Request:
    gate(case, CaseAction.RECORD, actor)
    request = find(case.requests, ident, case=case.id)
    in_place(request, act)
    if request.addressee not in (AddresseeKind.PRESS, AddresseeKind.AGGREGATOR):
        raise RefusedError("no_correction_clock", request=ident, addressee=request.addressee)
    not_future(at, now, "conclusion")
    return request


def add_round(
    case: Case,
    ident: str,
    *,
    response: date,
    view: date,
    rounds_max: int,
    url: str = "",
    actor: Person,
    now: datetime,
) -> Rounded:
    """One published exchange: our response on one day, the outlet's further view on the same day or later.

    ``rounds_max`` is the rule set's. Reminders are no rounds. From the last round on the outlet may stop, and the
    ways that remain are told.
    """
    gate(case, CaseAction.RECORD, actor)
    request = find(case.requests, ident, case=case.id)
    in_place(request, RequestAct.ROUND)
    if request.addressee is not AddresseeKind.PRESS:
        raise RefusedError("rounds_are_press", request=ident, addressee=request.addressee)
    if request.received is None:
        raise RefusedError("request_not_received", request=ident, act=RequestAct.ROUND, state=request.state)
    not_future(response, now, "round")
    not_future(view, now, "round")
    if response < local(request.received).date() or view < response:
        raise RefusedError("round_out_of_order", request=ident)
    if request.rounds and response < request.rounds[-1].view:
        raise RefusedError("round_before_last", request=ident, last=f"{request.rounds[-1].view:%d/%m/%Y}")
    new = replace(request, rounds=(*request.rounds, Round(response=response, view=view, url=url.strip())))
    number = len(new.rounds)
    last = number >= rounds_max
    return Rounded(step=put(case, new, "request.round"), number=number, last=last, ways=tuple(NextWay) if last else ())


def withdraw_request(case: Case, ident: str, why: str, *, actor: Person, now: datetime) -> Step:
    """Nothing is asked any more, for a reason: open demands and papers not yet issued fall with it."""
    gate(case, CaseAction.WITHDRAW_REQUEST, actor)
    request = find(case.requests, ident, case=case.id)
    in_place(request, RequestAct.WITHDRAW)
    words = wanted(why, "why")
    changed, told = redemanded(request, frozenset())
    step = put(case, replace(changed, withdrawn=words), "request.withdraw")
    fallen = tuple(p for p in step.case.papers if p.request == ident and p.state in _BEFORE_ISSUE)
    papers = tuple(replace(p, state=PaperState.WITHDRAWN) if p in fallen else p for p in step.case.papers)
    gone = tuple(
        Happening(action="paper.withdraw", thing=p.id, before=p.state.value, after=PaperState.WITHDRAWN.value)
        for p in fallen
    )
    return Step(case=replace(step.case, papers=papers), happened=(*step.happened, *told, *gone))


def _paper_received(step: Step, letter: str, at: datetime, receipt: str) -> Step:
    paper = next((one for one in step.case.papers if one.id == letter), None)
    if paper is None or paper.state not in (PaperState.ISSUED, PaperState.RECEIVED):
        return step
    after = replace(paper, state=PaperState.RECEIVED, received=at, receipt=receipt)
    told = Happening(action="paper.receive", thing=paper.id, before=paper.state.value, after=after.state.value)
    moved = replace(step.case, papers=exchanged(step.case.papers, paper.id, lambda _: after))
    return Step(case=moved, happened=(*step.happened, told))
