"""The requests of a case on its page: a card each, with clocks, results and the next step.

Each card is a request as it stands with what may be done to it; who may do it is ``desk``'s to say. The forms lead to
``case_asking`` and ``case_record``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from monitor.clock import local
from monitor.desk import asking, clocks
from monitor.desk.clocks import CaseClock
from monitor.desk.rulebook import Rulebook
from monitor.labels import of
from monitor.model.action import CaseAction
from monitor.model.asking import Proposal, RequestAct
from monitor.model.card import OutletCard
from monitor.model.case import Case, CaseStatus, Claim
from monitor.model.filing import PaperRecord
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, Publication, Request
from monitor.model.watch import CorrectionPart
from monitor.respond import demands, moving
from monitor.store import cards
from monitor.store import evidence as files
from monitor.web.pages import case_rules, case_steps

if TYPE_CHECKING:
    from monitor.web.visit import Visit

_MANY = 3
"""With more open requests than that, the forms of one alone are on the page: the one that was asked for."""
_ACTIONS = (
    CaseAction.ADD_REQUEST, CaseAction.CHANGE_REQUEST, CaseAction.WITHDRAW_REQUEST, CaseAction.RECORD,
    CaseAction.ESCALATE,
)  # fmt: skip
_NEEDS: dict[RequestAct, CaseAction] = {
    RequestAct.CHANGE: CaseAction.CHANGE_REQUEST,
    RequestAct.ADD_PUBLICATION: CaseAction.CHANGE_REQUEST,
    RequestAct.RECEIVE: CaseAction.RECORD,
    RequestAct.CONCLUSION: CaseAction.RECORD,
    RequestAct.SELF_FOUND: CaseAction.RECORD,
    RequestAct.ROUND: CaseAction.RECORD,
    RequestAct.RESULT: CaseAction.RECORD,
    RequestAct.ESCALATE: CaseAction.ESCALATE,
    RequestAct.WITHDRAW: CaseAction.WITHDRAW_REQUEST,
}
_WITH_CARD = (AddresseeKind.PRESS, AddresseeKind.AGGREGATOR)
_FORMS = {
    RequestAct.RECEIVE: "nhan", RequestAct.RESULT: "ket-qua", RequestAct.ESCALATE: "kien-nghi",
    RequestAct.CONCLUSION: "ket-luan",
}  # fmt: skip
"""The form of an act on its card."""
_RESULTS = tuple(one for one in DemandResult if one not in (DemandResult.IN_TIME, DemandResult.LATE))


@dataclass(frozen=True, kw_only=True)
class ClockLine:
    """A clock of the card: of which publication, and the law it is counted by."""

    clock: CaseClock
    publication: Publication | None
    law: str


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What may be asked of an addressee: the demands its grounds allow, and those they do not, with the reason."""

    claims: tuple[Claim, ...] = ()
    allowed: tuple[DemandKind, ...] = ()
    barred: tuple[tuple[DemandKind, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class RequestCard:
    """One request: ``acts`` are those in place by name, ``open`` that its forms are on the page."""

    request: Request
    issuer: str = ""
    card: OutletCard | None
    card_wanted: bool
    clocks: tuple[ClockLine, ...]
    papers: tuple[PaperRecord, ...]
    acts: Mapping[str, case_rules.Hand] = field(default_factory=dict)
    ask: Ask
    steps: tuple[case_steps.NextStep, ...]
    rounds_max: int | None
    more: tuple[Publication, ...] = ()
    open: bool

    @property
    def overdue(self) -> bool:
        """Whether a period of the law has run out."""
        return any(line.clock.state and line.clock.state.value == "overdue" for line in self.clocks)


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A request that could be made: of whom, and what may be asked there. ``kind`` is what he would be written as."""

    key: str
    kind: AddresseeKind
    outlet: str = ""
    name: str = ""
    ask: Ask = Ask()
    publications: tuple[Publication, ...] = ()
    card: bool = True
    demands: tuple[DemandKind, ...] = ()


def values(v: Visit, case: Case) -> dict[str, object]:
    """What ``case-requests.html`` shows; every name begins with ``req_``."""
    book = case_rules.rules(v)
    may = case_rules.hands(v, case, _ACTIONS)
    found = asking.proposals(v.at, case.id) if CaseAction.ADD_REQUEST.value in may else ()
    fresh = tuple(one for one in found if not one.request)
    return {
        "req_may": may,
        "req_cards": _cards(v, case, book, may, found),
        "req_all": any(one.request or (one.addressee and one.demands) for one in found),
        "req_offers": tuple(offer for n, one in enumerate(fresh) for offer in _offers(book, case, one, n)),
        "req_nothing": tuple(one for one in fresh if one.addressee and not one.demands),
        "req_others": _others(book, case, fresh) if CaseAction.ADD_REQUEST.value in may else (),
        "req_issuers": case_rules.issuers(v, case),
        "req_closed": case.status is CaseStatus.CLOSED,
        "req_early": case.status in (CaseStatus.OPEN, CaseStatus.VERIFYING),
        "req_parts": tuple(CorrectionPart),
        "req_part": _part,
        "req_forms": _FORMS,
        "req_results": _RESULTS,
        "req_evidence": files.of_case(v.db, case.id) if CaseAction.RECORD.value in may and case.requests else (),
    }


def _cards(
    v: Visit, case: Case, book: Rulebook, may: Mapping[str, case_rules.Hand], found: tuple[Proposal, ...]
) -> tuple[RequestCard, ...]:
    live = sum(one.state.open for one in case.requests)
    names = case_rules.unit_names(v)
    more = {one.request: one.publications for one in found if one.request}
    made = (_card(v, case, book, one) for one in case.requests)
    return tuple(
        replace(
            one, issuer=names.get(one.request.issuer, one.request.issuer), acts=_acts(one.request, may),
            more=more.get(one.request.id, ()), open=_asked_for(v, one.request) or (one.open and live <= _MANY),
        )
        for one in made
    )  # fmt: skip


def _asked_for(v: Visit, request: Request) -> bool:
    """Whether this card's forms were asked for, or one of them was refused."""
    return v.query.get("de-nghi") == request.id or (v.wrong != "" and v.form.ident.startswith(f"{request.id}-"))


def _card(v: Visit, case: Case, book: Rulebook, request: Request) -> RequestCard:
    card = cards.get(v.db, request.outlet, local(v.now).date()) if request.outlet else None
    lines = _clock_lines(v, book, request)
    law = book.law.on(local(request.received or request.sent or v.now).date())
    most = law.rounds_max if law else None
    return RequestCard(
        request=request, card=card,
        card_wanted=request.addressee in _WITH_CARD and bool(request.outlet) and request.state.open,
        clocks=lines, papers=tuple(one for one in case.papers if one.request == request.id),
        ask=_ask(book, case, request.addressee),
        steps=case_steps.steps(case, request, [line.clock for line in lines], card, most), rounds_max=most,
        open=request.state.open,
    )  # fmt: skip


def _clock_lines(v: Visit, book: Rulebook, request: Request) -> tuple[ClockLine, ...]:
    printed = {one.id: one for one in request.publications}
    order = ("response", "answer", "correction")
    lines = []
    for clock in clocks.of_request(book, request, clocks.cards_in(v.db), v.now):
        law = book.law.of(clock.due.ruleset) if clock.due.ruleset else None
        short = law.short if law else ""
        lines.append(ClockLine(clock=clock, publication=printed.get(clock.publication), law=short))
    return tuple(sorted(lines, key=lambda line: order.index(line.clock.due.kind.value)))


def _acts(request: Request, may: Mapping[str, case_rules.Hand]) -> dict[str, case_rules.Hand]:
    found = {}
    for act, action in _NEEDS.items():
        if request.state in moving.ACTS[act] and action.value in may and _fits(request, act):
            found[act.value] = may[action.value]
    return found


def _fits(request: Request, act: RequestAct) -> bool:
    if act in (RequestAct.CONCLUSION, RequestAct.SELF_FOUND):
        # Where no law sets the addressee a time for it, there is nothing that such a moment would start.
        return demands.clock_of(request.addressee, DemandKind.CORRECT) is not None
    if act is RequestAct.ROUND:
        return request.addressee is AddresseeKind.PRESS and request.received is not None
    return True


def _ask(book: Rulebook, case: Case, kind: AddresseeKind) -> Ask:
    usable = demands.usable(book.demands, case.claims, kind)
    allowed = tuple(one for one in DemandKind if demands.carriers_of(book.demands, usable, kind, one))
    known = {one.demand for one in book.demands.allowances if one.addressee is kind}
    barred = tuple((one, book.demands.limit(one).words) for one in DemandKind if one in known and one not in allowed)
    return Ask(claims=usable, allowed=allowed, barred=barred)


def _offers(book: Rulebook, case: Case, one: Proposal, n: int) -> tuple[Offered, ...]:
    """The forms for a proposal; where nobody said what the outlet is, one for each thing it can be."""
    kinds = (one.addressee,) if one.addressee else (AddresseeKind.PRESS, AddresseeKind.AGGREGATOR, AddresseeKind.SOCIAL)
    return tuple(
        Offered(
            key=f"de-nghi-{n}-{kind.value}", kind=kind, outlet=one.outlet, name=one.name,
            ask=_ask(book, case, kind), publications=one.publications, card=one.card or kind not in _WITH_CARD,
            demands=one.demands,
        )
        for kind in kinds
        if one.demands or one.addressee is None
    )  # fmt: skip


def _others(book: Rulebook, case: Case, fresh: tuple[Proposal, ...]) -> tuple[Offered, ...]:
    """Who carries nothing and may be written to: an authority; and a page on a social network we do not follow."""
    loose = tuple(p for one in fresh for p in one.publications if not p.outlet)
    authority = AddresseeKind.AUTHORITY
    made = [Offered(key="de-nghi-authority", kind=authority, ask=_ask(book, case, authority))]
    if loose:
        ask = _ask(book, case, AddresseeKind.SOCIAL)
        made.append(Offered(key="de-nghi-social", kind=AddresseeKind.SOCIAL, ask=ask, publications=loose))
    return tuple(one for one in made if one.ask.allowed)


def _part(said: str) -> str:
    """What a defective correction lacks, in words; who recorded it may have said it in his own."""
    known = {one.value: of(one) for one in CorrectionPart}
    return known.get(said, said)
