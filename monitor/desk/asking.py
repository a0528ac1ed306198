"""Requests at the desk: who carries the story, and what is asked of whom.

    case ──▶ publications of its items ──▶ proposals ──▶ request(s)

What becomes of them is in ``desk.recording``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from monitor.clock import local
from monitor.desk import outlets, people
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Move, Sitting
from monitor.errors import RefusedError, UsageError
from monitor.model.action import CaseAction, Step, gate
from monitor.model.article import Article
from monitor.model.asking import Carrier, Proposal, Terms
from monitor.model.card import OutletCard
from monitor.model.case import Case
from monitor.model.intake import Intake
from monitor.model.request import AddresseeKind, DemandKind, Publication
from monitor.model.source import Medium
from monitor.respond import proposing, requests
from monitor.store import articles, cards, intake


def terms(book: Rulebook, on: date) -> Terms:
    """The rules a letter of that day is checked by."""
    return Terms(rules=book.demands, ruleset=book.law.on(on))


def publications(sitting: Sitting, case: Case) -> list[Publication]:
    """The items of the case as publications, each with its own medium; ids are given when a request takes them."""
    found = articles.by_ids(sitting.db, list(case.articles))
    ids = [article.id for article in found]
    by_hand = intake.of(sitting.db, ids)
    media = {source.id: source.medium for one in outlets.configured(sitting).values() for source in one.sources}
    came_by = articles.sources_of(sitting.db, ids)
    return [_publication(a, by_hand.get(a.id), media.get(came_by.get(a.id, ""), Medium.ONLINE)) for a in found]


def _publication(article: Article, typed: Intake | None, medium: Medium) -> Publication:
    return Publication(
        id="",
        article=article.id,
        outlet=article.outlet,
        medium=typed.medium if typed else medium,
        title=article.title,
        published=article.published,
        url=article.url or "",
        column=typed.programme if typed else "",
        issue=typed.issue if typed else "",
    )


def proposals(sitting: Sitting, ident: str) -> tuple[Proposal, ...]:
    """Who could be asked for what; decides nothing."""
    book = Rulebook(sitting.home)
    case = sitting.case(ident)
    today = local(sitting.now).date()
    found = publications(sitting, case)
    carriers = []
    for outlet in dict.fromkeys(p.outlet for p in found):
        known = outlets.outlet(sitting, outlet)
        if known:
            card = cards.get(sitting.db, outlet, today) is not None
            carriers.append(Carrier(outlet=outlet, name=known.name, kind=known.kind, card=card))
    return proposing.propose(case, found, carriers, book.demands)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """A request as entered. Without ``outlet`` it goes to someone we do not follow, by ``name`` and ``addressee``.

    Empty ``claims`` and ``demands`` mean all that the grounds allow there.
    """

    outlet: str = ""
    name: str = ""
    addressee: AddresseeKind | None = None
    issuer: str = ""
    claims: tuple[str, ...] = ()
    demands: tuple[DemandKind, ...] = ()
    articles: tuple[str, ...] = ()


def add(sitting: Sitting, ident: str, what: Asking) -> Case:
    """A request to one addressee; what is not said comes from the proposal for that outlet."""
    book = Rulebook(sitting.home)
    proposed = _proposed(sitting, ident, what)
    issuer = _issuer(sitting, what.issuer)
    addressee = what.addressee or (proposed.addressee if proposed else None)
    if addressee is None:
        raise UsageError("addressee_unknown", outlet=what.outlet or what.name or "–")
    card = _card(sitting, what.outlet)
    name = what.name or (card.legal_name if card else "") or (proposed.name if proposed else "")

    def move(case: Case) -> Step:
        works = _works(sitting, case, what, proposed)
        claims = what.claims or (proposed.claims if proposed else ()) or _faulty(case)
        demands = what.demands or (proposed.demands if proposed else ())
        if not demands and addressee is AddresseeKind.AUTHORITY:
            demands = (DemandKind.CONCLUDE, DemandKind.ANSWER)
        return requests.add_request(
            case,
            terms=terms(book, local(sitting.now).date()),
            addressee=addressee,
            name=name,
            issuer=issuer,
            claims=claims,
            demands=demands,
            publications=works,
            outlet=what.outlet,
            actor=sitting.actor,
            now=sitting.now,
        )

    return sitting.act(ident, move)


def add_all(sitting: Sitting, ident: str, issuer: str = "") -> Case:
    """A request, or an addition, for every proposal that allows to ask something; in one transaction."""
    book = Rulebook(sitting.home)
    case = sitting.case(ident)
    gate(case, CaseAction.ADD_REQUEST, sitting.actor)
    found = proposals(sitting, ident)
    if not any(one.request or (one.addressee and one.demands) for one in found):
        raise RefusedError("nothing_to_ask", case=case.id)
    with sitting.db.atomic():
        for one in found:
            if one.request:
                for publication in one.publications:
                    case = add_publication(sitting, ident, one.request, publication)
            elif one.addressee and one.demands:
                case = sitting.act(ident, _from(one, book, sitting, _issuer(sitting, issuer)))
    return case


def _from(one: Proposal, book: Rulebook, sitting: Sitting, issuer: str) -> Move:
    card = _card(sitting, one.outlet)
    addressee = one.addressee
    assert addressee is not None  # the caller leaves those out

    def move(case: Case) -> Step:
        return requests.add_request(
            case,
            terms=terms(book, local(sitting.now).date()),
            addressee=addressee,
            name=card.legal_name if card else one.name,
            issuer=issuer,
            claims=one.claims,
            demands=one.demands,
            publications=one.publications,
            outlet=one.outlet,
            actor=sitting.actor,
            now=sitting.now,
        )

    return move


def add_publication(sitting: Sitting, ident: str, request: str, publication: Publication) -> Case:
    """A publication found later joins the open request to its outlet."""
    return sitting.act(
        ident,
        lambda case: requests.add_publication(case, request, publication, actor=sitting.actor, now=sitting.now),
    )


def change(
    sitting: Sitting,
    ident: str,
    request: str,
    *,
    claims: Sequence[str] | None = None,
    demands: Collection[DemandKind] | None = None,
    name: str | None = None,
) -> Case:
    """What a request that has not gone out yet asks, and of whom."""
    rules = terms(Rulebook(sitting.home), local(sitting.now).date())
    return sitting.act(
        ident,
        lambda case: requests.change_request(
            case, request, terms=rules, name=name, claims=claims, demands=demands, actor=sitting.actor, now=sitting.now
        ),
    )


def _proposed(sitting: Sitting, ident: str, what: Asking) -> Proposal | None:
    if not what.outlet and not what.articles:
        return None
    wanted = set(what.articles)
    for one in proposals(sitting, ident):
        if (what.outlet and one.outlet == what.outlet) or (wanted & {p.article for p in one.publications}):
            return one
    return None


def _works(sitting: Sitting, case: Case, what: Asking, proposed: Proposal | None) -> tuple[Publication, ...]:
    if what.articles:
        every = {p.article: p for p in publications(sitting, case)}
        missing = [one for one in what.articles if one not in every]
        if missing:
            raise RefusedError("article_not_here", article=missing[0], case=case.id)
        return tuple(every[one] for one in what.articles)
    if proposed:
        return proposed.publications
    return tuple(publications(sitting, case)) if what.addressee is AddresseeKind.AUTHORITY else ()


def _faulty(case: Case) -> tuple[str, ...]:
    return tuple(claim.id for claim in case.live_claims if claim.ground is not None)


def _issuer(sitting: Sitting, said: str) -> str:
    return people.unit(sitting.db, said).id if said else people.federation(sitting.db, sitting.home).id


def _card(sitting: Sitting, outlet: str) -> OutletCard | None:
    return cards.get(sitting.db, outlet, local(sitting.now).date()) if outlet else None
