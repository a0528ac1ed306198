"""What may be asked of whom: the ground decides, the capacity limits, and no letter asks for more.

claims + addressee + demands ──▶ check ──▶ nothing, or RefusedError naming the article
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from monitor.errors import RefusedError
from monitor.labels import label, of
from monitor.model.asking import DemandRules, Terms
from monitor.model.case import Capacity, Claim, ClaimVerdict, Ground
from monitor.model.law import Citation, ClockKind
from monitor.model.request import AddresseeKind, DemandKind

_FAULTY = (ClaimVerdict.WRONG, ClaimVerdict.NOT_OBJECTIVE)
_OF_THE_HARMED = frozenset({DemandKind.CORRECT, DemandKind.APOLOGISE, DemandKind.PUBLISH_RESPONSE})
"""What only he may ask for whose own standing was harmed."""

_CLOCKS: dict[tuple[AddresseeKind, DemandKind], ClockKind] = {
    (AddresseeKind.PRESS, DemandKind.PUBLISH_RESPONSE): ClockKind.RESPONSE,
    (AddresseeKind.PRESS, DemandKind.ANSWER): ClockKind.ANSWER,
    (AddresseeKind.PRESS, DemandKind.CORRECT): ClockKind.CORRECTION,
    (AddresseeKind.PRESS, DemandKind.APOLOGISE): ClockKind.CORRECTION,
    (AddresseeKind.PRESS, DemandKind.TAKE_DOWN): ClockKind.CORRECTION,
}


def allowed(
    rules: DemandRules, grounds: Iterable[Ground], addressee: AddresseeKind, capacity: Capacity = Capacity.OWN
) -> frozenset[DemandKind]:
    """What these grounds together allow to ask of that addressee in that capacity."""
    if not rules.may_write(capacity, addressee):
        return frozenset()
    given = set(grounds)
    return frozenset(one.demand for one in rules.allowances if one.addressee is addressee and given & set(one.grounds))


def clock_of(addressee: AddresseeKind, demand: DemandKind) -> ClockKind | None:
    """The outlet's clock that tells whether the demand was met in time; None where no law sets one.

    To tell us of the outcome goes with what was done and has no clock of its own; an aggregator's re-run follows the
    correction of another, whose day the law does not count from our letter.
    """
    return _CLOCKS.get((addressee, demand))


def usable(rules: DemandRules, claims: Iterable[Claim], addressee: AddresseeKind) -> tuple[Claim, ...]:
    """The claims that can stand in a letter to that addressee: faulty, and in a capacity that writes to him."""
    return tuple(
        claim
        for claim in claims
        if not claim.dropped
        and claim.verdict in _FAULTY
        and claim.ground is not None
        and allowed(rules, (claim.ground,), addressee, claim.capacity)
    )


def carriers_of(
    rules: DemandRules, claims: Iterable[Claim], addressee: AddresseeKind, demand: DemandKind
) -> tuple[str, ...]:
    """The ids of the claims whose ground is enough for the demand."""
    return tuple(
        claim.id
        for claim in claims
        if claim.ground is not None and demand in allowed(rules, (claim.ground,), addressee, claim.capacity)
    )


def check(terms: Terms, claims: Sequence[Claim], addressee: AddresseeKind, demands: Collection[DemandKind]) -> None:
    """Nothing where the letter asks for no more than its grounds. Raises RefusedError with the article otherwise.

    Each demand must be carried by one claim at least; a claim that carries none of them has no place in the letter.
    """
    if not claims:
        raise RefusedError("request_no_claims")
    if not demands:
        raise RefusedError("request_no_demands")
    for claim in claims:
        _fit(terms.rules, claim, addressee)
    for demand in DemandKind:
        if demand in demands and not carriers_of(terms.rules, claims, addressee, demand):
            raise _beyond(terms, claims, addressee, demand)
    for claim in claims:
        asked = {demand for demand in demands if carriers_of(terms.rules, (claim,), addressee, demand)}
        if not asked:
            raise RefusedError("claim_asks_nothing", claim=claim.id, ground=claim.ground)
        if addressee is AddresseeKind.PRESS and asked & _OF_THE_HARMED and not claim.harmed:
            article = article_of(terms, Citation.RIGHT_TO_RESPOND)
            raise RefusedError("harmed_missing", claim=claim.id, article=article)


def _fit(rules: DemandRules, claim: Claim, addressee: AddresseeKind) -> None:
    if claim.dropped:
        raise RefusedError("claim_dropped", claim=claim.id)
    if claim.verdict not in _FAULTY or claim.ground is None:
        raise RefusedError("claim_not_faulty", claim=claim.id, verdict=of(claim.verdict) if claim.verdict else "–")
    if not rules.may_write(claim.capacity, addressee):
        raise RefusedError("capacity_unfit", claim=claim.id, capacity=claim.capacity, addressee=addressee)
    if claim.capacity is Capacity.ON_BEHALF and not claim.authority:
        raise RefusedError("authorisation_missing", claim=claim.id)


def _beyond(terms: Terms, claims: Sequence[Claim], addressee: AddresseeKind, demand: DemandKind) -> RefusedError:
    limit = terms.rules.limit(demand)
    grounds = tuple(dict.fromkeys(claim.ground for claim in claims if claim.ground))
    may = {one for claim in claims if claim.ground for one in allowed(terms.rules, (claim.ground,), addressee)}
    return RefusedError(
        "demand_beyond_ground",
        demand=demand,
        addressee=addressee,
        grounds=grounds,
        why=limit.words,
        article=article_of(terms, limit.cites),
        allowed=tuple(one for one in DemandKind if one in may) or label("asking", "none"),
    )


def article_of(terms: Terms, cites: Citation | None) -> str:
    """The place in the law as the rule set of the letter's date has it. Raises RefusedError where none is known."""
    if cites is None:
        return "–"
    if terms.ruleset is None:
        raise RefusedError("law_not_known")
    return terms.ruleset.cite(cites).text


def words_of(terms: Terms, addressee: AddresseeKind, demand: DemandKind) -> tuple[str, str]:
    """The demand as the letter words it, and the article it rests on (empty for an invitation).

    Raises RefusedError where that addressee is not asked for it at all, or no law is known for the letter's date.
    """
    allowance = terms.rules.allowance(addressee, demand)
    if allowance is None:
        limit = terms.rules.limit(demand)
        raise RefusedError(
            "demand_not_there", demand=demand, addressee=addressee, why=limit.words,
            article=article_of(terms, limit.cites),
        )  # fmt: skip
    return allowance.words, article_of(terms, allowance.cites) if allowance.cites else ""
