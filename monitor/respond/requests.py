"""Requests: one addressee each, what is asked of him, how it went out, and how it ends. Every move is pure.

    propose ──▶ add_request ──▶ (letter issued) mark_sent ──▶ mark_received ──▶ results ──▶ settled
                                                                    └──▶ escalate ──▶ a request to an authority

What comes back from the outlet (conclusion, rounds) is in ``outcomes``, the result of each demand in ``results``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from monitor.errors import RefusedError
from monitor.model.action import CaseAction, Step, gate
from monitor.model.asking import RequestAct, Terms
from monitor.model.case import Case
from monitor.model.event import Happening
from monitor.model.paper import PaperState
from monitor.model.parts import find, numbered
from monitor.model.people import Person
from monitor.model.request import AddresseeKind, Demand, DemandKind, Publication, Request
from monitor.model.source import Medium
from monitor.respond.demands import check
from monitor.respond.moving import claims_of, in_place, live, put, redemanded, told_asked, wanted

_WITH_LEADER = (PaperState.SUBMITTED, PaperState.SIGNED, PaperState.NUMBERED)
_REMOVABLE = (Medium.ONLINE, Medium.SOCIAL_CHANNEL)


def add_request(
    case: Case,
    *,
    terms: Terms,
    addressee: AddresseeKind,
    name: str,
    issuer: str,
    claims: Sequence[str],
    demands: Collection[DemandKind],
    publications: Sequence[Publication] = (),
    outlet: str = "",
    actor: Person,
    now: datetime,
) -> Step:
    """A request in the name of the body ``issuer``; publications and demands get ids of their own.

    Raises RefusedError where it asks for more than its grounds, where the outlet has an open request of that body
    already, and where publications are wanting or not of this case.
    """
    gate(case, CaseAction.ADD_REQUEST, actor)
    return _new(
        case, terms=terms, addressee=addressee, name=name, issuer=issuer, claims=claims, demands=demands,
        publications=publications, outlet=outlet, actor=actor, now=now,
    )  # fmt: skip


def _new(
    case: Case,
    *,
    terms: Terms,
    addressee: AddresseeKind,
    name: str,
    issuer: str,
    claims: Sequence[str],
    demands: Collection[DemandKind],
    publications: Sequence[Publication],
    outlet: str,
    escalates: str = "",
    actor: Person,
    now: datetime,
) -> Step:
    named = tuple(dict.fromkeys(claims))
    check(terms, claims_of(case, named), addressee, demands)
    if addressee is not AddresseeKind.AUTHORITY:
        _one_a_head(case, outlet, wanted(issuer, "issuer"), name)
        _publications_fit(case, addressee, outlet, publications)
    _can_be_removed(demands, publications)
    case, ident = numbered(case, "r")
    case, listed = _listed(case, publications)
    asked = tuple(
        Demand(id=f"{ident}.{n}", kind=kind) for n, kind in enumerate((k for k in DemandKind if k in demands), 1)
    )
    request = Request(
        id=ident, addressee=addressee, name=wanted(name, "name"), outlet=outlet, issuer=wanted(issuer, "issuer"),
        claims=named, demands=asked, publications=listed, escalates=escalates, made=now, by=actor.id,
    )  # fmt: skip
    told = Happening(
        action="request.add", thing=ident, after=request.state.value, why=addressee.value,
        refs=tuple(ref for ref in (outlet, issuer, *named, escalates) if ref),
    )  # fmt: skip
    moved = replace(case, requests=(*case.requests, request))
    return Step(case=moved, happened=(told, *(told_asked(one) for one in asked), *(_printed(one) for one in listed)))


def change_request(
    case: Case,
    ident: str,
    *,
    terms: Terms,
    name: str | None = None,
    claims: Sequence[str] | None = None,
    demands: Collection[DemandKind] | None = None,
    publications: Collection[str] | None = None,
    actor: Person,
    now: datetime,
) -> Step:
    """What is given is changed, while the letter is not with the leader yet; ``publications`` are the ids that stay.

    A demand that is left out stays in the record as dropped, and comes back under its old id when asked again.
    """
    gate(case, CaseAction.CHANGE_REQUEST, actor)
    request = find(case.requests, ident, case=case.id)
    in_place(request, RequestAct.CHANGE)
    _letter_at_hand(case, request)
    named = request.claims if claims is None else tuple(dict.fromkeys(claims))
    asked = live(request) if demands is None else frozenset(demands)
    kept = _kept(case, request, publications)
    check(terms, claims_of(case, named), request.addressee, asked)
    if request.addressee is not AddresseeKind.AUTHORITY:
        _publications_fit(case, request.addressee, request.outlet, kept)
    _can_be_removed(asked, kept)
    changed, told = redemanded(request, asked)
    changed = replace(
        changed, name=request.name if name is None else wanted(name, "name"), claims=named, publications=kept
    )
    step = put(case, changed, "request.change", refs=(*named, *(p.id for p in kept)))
    return Step(case=step.case, happened=(*step.happened, *told))


def add_publication(case: Case, ident: str, publication: Publication, *, actor: Person, now: datetime) -> Step:
    """A further publication of the work at the same outlet, found while the request is open.

    One that is found after the letter went out was not named in it: the outlet has to be told by a paper of its own.
    """
    gate(case, CaseAction.CHANGE_REQUEST, actor)
    request = find(case.requests, ident, case=case.id)
    in_place(request, RequestAct.ADD_PUBLICATION)
    if request.sent is None:
        _letter_at_hand(case, request)
    _publications_fit(case, request.addressee, request.outlet, (publication,))
    if any(publication.article == one.article for one in request.publications):
        raise RefusedError("publication_there", article=publication.article, request=ident)
    case, listed = _listed(case, (publication,))
    changed = replace(request, publications=(*request.publications, *listed))
    step = put(case, changed, "request.add_publication", refs=(listed[0].id,))
    return Step(case=step.case, happened=(*step.happened, _printed(listed[0])))


def escalate(
    case: Case,
    ident: str,
    *,
    terms: Terms,
    name: str,
    issuer: str = "",
    demands: Collection[DemandKind] = (DemandKind.CONCLUDE,),
    outlet: str = "",
    actor: Person,
    now: datetime,
) -> Step:
    """The matter goes to an authority: a new request, linked both ways, with the same claims and publications."""
    gate(case, CaseAction.ESCALATE, actor)
    request = find(case.requests, ident, case=case.id)
    in_place(request, RequestAct.ESCALATE)
    step = _new(
        case, terms=terms, addressee=AddresseeKind.AUTHORITY, name=name, issuer=issuer or request.issuer,
        claims=request.claims, demands=demands, publications=request.publications, outlet=outlet, escalates=ident,
        actor=actor, now=now,
    )  # fmt: skip
    made = step.case.requests[-1].id
    linked = replace(request, escalated=(*request.escalated, made))
    return step.then(put(step.case, linked, "request.escalate", refs=(made,)))


def _printed(publication: Publication) -> Happening:
    return Happening(action="publication.add", thing=publication.id, refs=(publication.article,))


def _listed(case: Case, publications: Sequence[Publication]) -> tuple[Case, tuple[Publication, ...]]:
    listed = []
    for one in publications:
        case, ident = numbered(case, "p")
        listed.append(replace(one, id=ident))
    return case, tuple(listed)


def _one_a_head(case: Case, outlet: str, issuer: str, name: str) -> None:
    for other in case.requests:
        same = other.outlet == outlet if outlet else not other.outlet and other.name == name.strip()
        if same and other.issuer == issuer and other.state.open and other.addressee is not AddresseeKind.AUTHORITY:
            raise RefusedError("outlet_already_asked", outlet=other.name, request=other.id)


def _publications_fit(case: Case, addressee: AddresseeKind, outlet: str, publications: Sequence[Publication]) -> None:
    if not publications:
        raise RefusedError("publications_missing")
    if not outlet and addressee is not AddresseeKind.SOCIAL:
        raise RefusedError("outlet_missing", addressee=addressee)
    seen: set[str] = set()
    for one in publications:
        if one.article not in case.articles:
            raise RefusedError("article_not_here", article=one.article, case=case.id)
        if one.outlet != outlet:
            raise RefusedError("publication_elsewhere", article=one.article, outlet=one.outlet or "–")
        if one.article in seen:
            raise RefusedError("publication_doubled", article=one.article)
        seen.add(one.article)


def _can_be_removed(demands: Collection[DemandKind], publications: Sequence[Publication]) -> None:
    if DemandKind.TAKE_DOWN in demands and not any(p.url or p.medium in _REMOVABLE for p in publications):
        raise RefusedError("nothing_to_take_down", media=tuple(dict.fromkeys(p.medium for p in publications)))


def _letter_at_hand(case: Case, request: Request) -> None:
    for paper in case.papers:
        if paper.request == request.id and paper.state in _WITH_LEADER:
            raise RefusedError("letter_under_way", request=request.id, paper=paper.id, state=paper.state)


def _kept(case: Case, request: Request, idents: Collection[str] | None) -> tuple[Publication, ...]:
    if idents is None:
        return request.publications
    for ident in idents:
        find(request.publications, ident, case=case.id)
    return tuple(one for one in request.publications if one.id in idents)
