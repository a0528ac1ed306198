"""Who could be written to: everybody who carries the story, reprints included. Proposes, decides nothing.

publications of the work + what each outlet is + the case ──▶ one proposal an outlet
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from monitor.model.asking import Carrier, DemandRules, Proposal
from monitor.model.case import Case
from monitor.model.request import AddresseeKind, DemandKind, Publication, Request
from monitor.model.source import Medium
from monitor.respond.demands import carriers_of, usable

_NEVER = datetime.max.replace(tzinfo=UTC)
_REMOVABLE = (Medium.ONLINE, Medium.SOCIAL_CHANNEL)


def propose(
    case: Case, publications: Iterable[Publication], carriers: Iterable[Carrier], rules: DemandRules
) -> tuple[Proposal, ...]:
    """One request per outlet with all its publications of the work; the first to publish comes first.

    What stands in a request already is left out: a publication found later is proposed as an addition to the outlet's
    open request, and as a new request where that one has ended. Withdrawn requests count: someone decided. A press
    agency's own channels are the agency's. An outlet that is not among ``carriers`` is proposed without a kind.
    """
    known = {carrier.outlet: carrier for carrier in carriers}
    asked = {(r.outlet, p.article) for r in case.requests if _to_outlets(r) for p in r.publications}
    grouped: dict[str, list[Publication]] = {}
    for one in dict.fromkeys(publications):
        if (one.outlet, one.article) in asked:
            continue
        # Posts without an outlet are each someone else's.
        group = grouped.setdefault(one.outlet or f"\n{one.article}", [])
        if all(one.article != other.article for other in group):
            group.append(one)
    made = [_proposal(case, tuple(sorted(group, key=_when)), known, rules) for group in grouped.values()]
    return tuple(sorted(made, key=lambda one: (_when(one.publications[0])[0], one.name, one.outlet)))


def _proposal(
    case: Case, publications: tuple[Publication, ...], known: dict[str, Carrier], rules: DemandRules
) -> Proposal:
    outlet = publications[0].outlet
    carrier = known.get(outlet)
    addressee = _kind(publications, carrier, rules)
    claims, demands = _asks(case, addressee, publications, rules)
    open_ = next((r for r in case.requests if outlet and r.outlet == outlet and _to_outlets(r) and r.state.open), None)
    return Proposal(
        addressee=open_.addressee if open_ else addressee,
        outlet=outlet,
        name=carrier.name if carrier else outlet or publications[0].title,
        publications=publications,
        request=open_.id if open_ else "",
        claims=claims,
        demands=demands,
        card=carrier.card if carrier else False,
    )


def _kind(publications: Sequence[Publication], carrier: Carrier | None, rules: DemandRules) -> AddresseeKind | None:
    if carrier:
        return rules.addressee(carrier.kind)
    # A post that belongs to no outlet we know is a private one; of anything else a person must say what it is.
    private = not publications[0].outlet and publications[0].medium is Medium.SOCIAL_CHANNEL
    return AddresseeKind.SOCIAL if private else None


def _asks(
    case: Case, addressee: AddresseeKind | None, publications: Sequence[Publication], rules: DemandRules
) -> tuple[tuple[str, ...], tuple[DemandKind, ...]]:
    if addressee is None:
        return (), ()
    claims = usable(rules, case.claims, addressee)
    online = any(one.url or one.medium in _REMOVABLE for one in publications)
    demands = tuple(
        demand
        for demand in DemandKind
        if carriers_of(rules, claims, addressee, demand) and (online or demand is not DemandKind.TAKE_DOWN)
    )
    return tuple(claim.id for claim in claims), demands


def _to_outlets(request: Request) -> bool:
    return request.addressee is not AddresseeKind.AUTHORITY


def _when(publication: Publication) -> tuple[datetime, str]:
    return publication.published or _NEVER, publication.article
