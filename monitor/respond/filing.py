"""The way of a paper of ours, from draft to receipt. Every move is pure; the program itself never sends anything.

    draft ─▶ drafted ─submit─▶ submitted ─sign─▶ signed ─number─▶ numbered ─issue─▶ issued ─receive─▶ received
                ▲                  │return
                └─────redraft──────┴▶ returned          withdrawn: from anywhere before the issue

Number and date come after the signature and are entered as the văn thư has them; doubles are the store's to find. What
is issued never changes but for its receipt: another paper replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from monitor.clock import local
from monitor.errors import RefusedError
from monitor.model.action import PAPER_ROLES, CaseAction, PaperAction, Step, paper_refusal, refusal, signs
from monitor.model.asking import Terms
from monitor.model.card import OutletCard
from monitor.model.case import Case, CaseStatus
from monitor.model.event import Happening, Head
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.model.parts import exchanged, find
from monitor.model.people import OfficeRole, Person
from monitor.model.request import AddresseeKind, Request
from monitor.respond import outcomes
from monitor.respond.moving import held, not_future, reason, wanted
from monitor.text import clean

S, A = PaperState, PaperAction

_UNSIGNED = (S.DRAFTED, S.SUBMITTED, S.RETURNED)
_UNISSUED = (*_UNSIGNED, S.SIGNED, S.NUMBERED)

MOVES: dict[PaperAction, dict[PaperState, PaperState]] = {
    A.REDRAFT: {S.DRAFTED: S.DRAFTED, S.RETURNED: S.DRAFTED},
    A.SUBMIT: {S.DRAFTED: S.SUBMITTED},
    A.RETURN: {S.SUBMITTED: S.RETURNED},
    A.SIGN: {S.SUBMITTED: S.SIGNED},
    # Again while nothing went out: a number mistyped is put right.
    A.NUMBER: {S.SIGNED: S.NUMBERED, S.NUMBERED: S.NUMBERED},
    A.ISSUE: {S.NUMBERED: S.ISSUED},
    # Again: a receipt recorded wrongly is put right, with a reason.
    A.RECEIVE: {S.ISSUED: S.RECEIVED, S.RECEIVED: S.RECEIVED},
    A.WITHDRAW: dict.fromkeys(_UNISSUED, S.WITHDRAWN),
}
"""Where each action leads; a pair that is not here is refused."""

LETTERS = (PaperKind.REQUEST_LETTER, PaperKind.PETITION)
"""The papers that carry a request; their issue sends it."""
_TO_OUTLETS = (PaperKind.REQUEST_LETTER, PaperKind.REMINDER, PaperKind.RESPONSE_TEXT)
_SYMBOL = re.compile(r"[^\W_]+(?:[-&./][^\W_]+)*")
_MOST = 99_999


def target(paper: PaperRecord, action: PaperAction) -> PaperState:
    """Where the action leads. Raises RefusedError naming what comes first, or that it is too late.

    The text of a response goes with its công văn and may have no number of its own.
    """
    if paper.kind is PaperKind.RESPONSE_TEXT and action is A.ISSUE and paper.state is S.SIGNED:
        return S.ISSUED
    if action in MOVES and paper.state in MOVES[action]:
        return MOVES[action][paper.state]
    if paper.state is S.WITHDRAWN:
        key = "paper_is_withdrawn"
    elif paper.state in (S.ISSUED, S.RECEIVED):
        key = "paper_is_issued"
    else:
        key = _FIRST.get((action, paper.state), "paper_went_on")
    raise RefusedError(key, paper=paper.id, action=action, state=paper.state)


_FIRST: dict[tuple[PaperAction, PaperState], str] = {
    (A.SUBMIT, S.RETURNED): "paper_redraft_first",
    **{(action, state): "paper_not_submitted" for action in (A.SIGN, A.RETURN) for state in (S.DRAFTED, S.RETURNED)},
    **{(action, state): "paper_not_signed" for action in (A.NUMBER, A.ISSUE) for state in _UNSIGNED},
    (A.ISSUE, S.SIGNED): "paper_not_numbered",
    **{(A.RECEIVE, state): "paper_not_issued" for state in _UNISSUED},
}


def allow(case: Case, action: PaperAction, actor: Person, issuer: str = "") -> None:
    """``gate`` for papers: their roles differ by step. Who only works for a unit writes that unit's papers alone."""
    if actor.disabled:
        raise RefusedError("person_disabled", person=actor.id)
    if not actor.has(*PAPER_ROLES[action]):
        raise RefusedError("role_missing", action=action, roles=PAPER_ROLES[action])
    if issuer and not actor.has(*(set(PAPER_ROLES[action]) - {OfficeRole.UNIT})) and actor.unit != issuer:
        raise RefusedError("other_unit", unit=issuer)
    signs(action, actor, issuer)
    # Without an issuer no paper of ours is meant that is there already, and a closed case takes no new one.
    if key := paper_refusal(case.status, action) if issuer else refusal(case.status, CaseAction.PAPER):
        raise RefusedError(key, case=case.id, action=CaseAction.PAPER)


def redraft(case: Case, ident: str, *, subject: str | None = None, file: str | None = None, actor: Person) -> Step:
    """The draft was changed: its subject, or the file it is."""
    paper = _paper(case, ident, A.REDRAFT, actor)
    line = paper.subject if subject is None else wanted(clean(subject), "subject")
    kept = paper.file if file is None else held(case, file, "file")
    return _moved(case, paper, A.REDRAFT, (kept,), subject=line, file=kept)


def submit(case: Case, ident: str, *, actor: Person, now: datetime) -> Step:
    """The draft goes to the leader (trình ký)."""
    paper = _paper(case, ident, A.SUBMIT, actor)
    if paper.request:
        _live_request(case, paper)
    return _moved(case, paper, A.SUBMIT, submitted=now)


def return_(case: Case, ident: str, remarks: str, *, actor: Person) -> Step:
    """The leader gives it back with remarks."""
    paper = _paper(case, ident, A.RETURN, actor)
    return _moved(case, paper, A.RETURN, remarks=wanted(remarks, "remarks"))


def sign(case: Case, ident: str, *, title: str = "", at: datetime | None = None, actor: Person, now: datetime) -> Step:
    """The leader signed it, now or at the moment ``at`` since it was submitted; ``title`` as printed above the name."""
    paper = _paper(case, ident, A.SIGN, actor)
    signed = at or now
    not_future(signed, now, "signature")
    if paper.submitted and local(signed).date() < local(paper.submitted).date():
        raise RefusedError("signed_before_submitted", paper=ident)
    return _moved(
        case, paper, A.SIGN, (actor.id,), signed=signed, signed_by=actor.id, signer_title=title or actor.title
    )


def number(case: Case, ident: str, *, number: int, symbol: str, dated: date, actor: Person, now: datetime) -> Step:
    """Number, symbol ("LĐLĐ-TG") and date as they stand in the văn thư's register; not before the signature's day."""
    paper = _paper(case, ident, A.NUMBER, actor)
    numbers = numbers_of(number, symbol, dated, now)
    if paper.signed and dated < local(paper.signed).date():
        raise RefusedError("dated_before_signed", paper=ident, signed=f"{local(paper.signed):%d/%m/%Y}")
    return _moved(case, paper, A.NUMBER, **numbers)


def issue(
    case: Case,
    ident: str,
    *,
    addressees: Sequence[str],
    file: str,
    head: Head | None = None,
    card: OutletCard | None = None,
    terms: Terms | None = None,
    at: datetime | None = None,
    actor: Person,
    now: datetime,
) -> Step:
    """The paper went out to ``addressees`` (the lines of Kính gửi), frozen as the evidence ``file``.

    To an outlet none goes without a card valid on the letter's date. A letter that carries a request sends it; it is
    checked by ``terms``, the rules of the letter's date, that it asks for no more than its grounds.
    """
    paper = _paper(case, ident, A.ISSUE, actor)
    issued = at or now
    not_future(issued, now, "issue")
    if paper.dated and local(issued).date() < paper.dated:
        raise RefusedError("issued_before_dated", paper=ident, dated=f"{paper.dated:%d/%m/%Y}")
    to = tuple(one for line in addressees if (one := clean(line)))
    if not to:
        raise RefusedError("addressees_missing", paper=ident)
    frozen = held(case, file, "file")
    dated = paper.dated or local(issued).date()
    if paper.request:
        request = _live_request(case, paper)
        outcomes.may_record(case)
        _carded(request, paper.kind, card, dated)
    step = _moved(
        case, paper, A.ISSUE, (frozen,), issued=issued, issued_by=actor.id, addressees=to, file=frozen, head=head
    )
    return sending(step, step.case, ident, terms=terms, dated=dated, at=issued)


def sending(step: Step, case: Case, ident: str, *, terms: Terms | None, dated: date, at: datetime) -> Step:
    """The step, and the request on its way where this paper carries one that was not sent yet."""
    paper = find(case.papers, ident, case=case.id)
    if paper.kind not in LETTERS or not paper.request:
        return step
    request = find(case.requests, paper.request, case=case.id)
    if request.sent is not None:
        return step
    if terms is None:
        raise RefusedError("law_not_known")
    return step.then(outcomes.mark_sent(case, request.id, terms=terms, letter=ident, dated=dated, at=at))


def receive(case: Case, ident: str, at: datetime, *, receipt: str, why: str = "", actor: Person, now: datetime) -> Step:
    """The addressee received it, as ``receipt`` shows; the letter of a request starts the outlet's clocks with it.

    On a closed case nothing waits for a clock any more: the receipt is kept with the letter alone.
    """
    paper = _paper(case, ident, A.RECEIVE, actor)
    request = next((one for one in case.requests if one.letter == ident and paper.request == one.id), None)
    if request and not request.withdrawn and case.status is not CaseStatus.CLOSED:
        return outcomes.mark_received(case, request.id, at, proof=receipt, why=why, actor=actor, now=now)
    not_future(at, now, "receipt")
    if paper.issued and local(at).date() < local(paper.issued).date():
        raise RefusedError("received_before_sent", request=ident, sent=f"{local(paper.issued):%d/%m/%Y}")
    shown = wanted(receipt, "proof")
    told = reason(case, why, actor=actor, now=now) if paper.received else None
    step = _moved(told.case if told else case, paper, A.RECEIVE, received=at, receipt=shown)
    return told.then(step) if told else step


def withdraw(case: Case, ident: str, why: str, *, actor: Person, now: datetime) -> Step:
    """The paper does not go out, for a reason; its request may have another letter."""
    paper = _paper(case, ident, A.WITHDRAW, actor)
    told = reason(case, why, actor=actor, now=now)
    step = _moved(told.case, paper, A.WITHDRAW, (told.happened[0].thing,))
    free = tuple(replace(r, letter="") if r.letter == ident else r for r in step.case.requests)
    return told.then(Step(case=replace(step.case, requests=free), happened=step.happened))


def numbers_of(number: int, symbol: str, dated: date, now: datetime) -> dict[str, Any]:
    """Number, symbol and date, checked, as the fields of a paper."""
    if not 1 <= number <= _MOST:
        raise RefusedError("number_out_of_range", number=number, most=_MOST)
    sign = clean(symbol)
    if not _SYMBOL.fullmatch(sign) or len(sign) > 40:
        raise RefusedError("symbol_unfit", value=sign[:60])
    not_future(dated, now, "letter_date")
    return {"number": number, "symbol": sign, "dated": dated}


def _paper(case: Case, ident: str, action: PaperAction, actor: Person) -> PaperRecord:
    paper = find(case.papers, ident, case=case.id)
    allow(case, action, actor, paper.issuer)
    target(paper, action)
    return paper


def _moved(case: Case, paper: PaperRecord, action: PaperAction, refs: tuple[str, ...] = (), **said: Any) -> Step:
    after = replace(paper, state=target(paper, action), **said)
    told = Happening(
        action=f"paper.{action.value}", thing=paper.id, before=paper.state.value, after=after.state.value,
        refs=tuple(ref for ref in refs if ref),
    )  # fmt: skip
    return Step(case=replace(case, papers=exchanged(case.papers, paper.id, lambda _: after)), happened=(told,))


def _live_request(case: Case, paper: PaperRecord) -> Request:
    request = find(case.requests, paper.request, case=case.id)
    if request.withdrawn:
        raise RefusedError("paper_of_withdrawn", paper=paper.id, request=request.id)
    return request


def _carded(request: Request, kind: PaperKind, card: OutletCard | None, dated: date) -> None:
    if kind not in _TO_OUTLETS or request.addressee not in (AddresseeKind.PRESS, AddresseeKind.AGGREGATOR):
        return
    if card is None:
        raise RefusedError("card_missing", outlet=request.name)
    if card.outlet != request.outlet:
        raise RefusedError("card_of_other", outlet=request.name, other=card.legal_name)
    if not card.holds(dated):
        raise RefusedError("card_not_valid", outlet=request.name, dated=f"{dated:%d/%m/%Y}")
