"""What may be asked of whom on which ground, the acts on a request, and what the program proposes: data only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.model.casework import Capacity, Ground
from monitor.model.law import Citation, RuleSet
from monitor.model.request import AddresseeKind, DemandKind, Publication
from monitor.model.source import OutletKind


class RequestAct(StrEnum):
    """An act on a request; ``respond.moving`` says in which state each is in place."""

    CHANGE = "change"
    ADD_PUBLICATION = "add_publication"
    SEND = "send"
    RECEIVE = "receive"
    CONCLUSION = "conclusion"
    SELF_FOUND = "self_found"
    ROUND = "round"
    RESULT = "result"
    ESCALATE = "escalate"
    WITHDRAW = "withdraw"


class NextWay(StrEnum):
    """Where one can turn when an outlet may stop publishing, or will not."""

    REGULATOR = "regulator"
    MANAGING_BODY = "managing_body"
    COURT = "court"


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """A demand that may be made of an addressee on these grounds; ``words`` as a letter says it.

    ``cites`` is the place in the law it rests on; None for an invitation, which no law stands behind.
    """

    addressee: AddresseeKind
    demand: DemandKind
    grounds: tuple[Ground, ...]
    words: str
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class Limit:
    """Why a demand cannot be made beyond its allowances: the sentence, and the article named with it."""

    demand: DemandKind
    words: str
    cites: Citation | None = None


@dataclass(frozen=True, kw_only=True)
class DemandRules:
    """``rules/demands.yaml``: ground × addressee × capacity → demands, and who an outlet of a kind is as addressee."""

    allowances: tuple[Allowance, ...]
    limits: tuple[Limit, ...]
    capacities: tuple[tuple[Capacity, tuple[AddresseeKind, ...]], ...]
    outlets: tuple[tuple[OutletKind, AddresseeKind], ...]

    def allowance(self, addressee: AddresseeKind, demand: DemandKind) -> Allowance | None:
        """What may be asked of that addressee, if anything."""
        return next((one for one in self.allowances if (one.addressee, one.demand) == (addressee, demand)), None)

    def limit(self, demand: DemandKind) -> Limit:
        """Why it may not; the loader has seen to it that every demand has one."""
        return next(limit for limit in self.limits if limit.demand is demand)

    def may_write(self, capacity: Capacity, addressee: AddresseeKind) -> bool:
        """Whether one writes to that addressee in that capacity at all."""
        return any(capacity is one and addressee in kinds for one, kinds in self.capacities)

    def addressee(self, kind: OutletKind) -> AddresseeKind:
        """Who an outlet of that kind is when written to."""
        return dict(self.outlets)[kind]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The rules a letter is checked by: the office's table, and the rule set in force on the letter's date.

    ``ruleset`` None: no law is known for that date, and a letter that rests on one is refused.
    """

    rules: DemandRules
    ruleset: RuleSet | None


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """An outlet that carried the story; ``card``: whether it has a valid outlet card."""

    outlet: str
    name: str
    kind: OutletKind
    card: bool = False


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A request that could be made, or (``request`` set) publications that could be added to one.

    ``addressee`` None: the outlet is unknown, a person must say what it is. ``claims`` and ``demands`` are what the
    grounds allow there; both empty where they allow nothing. ``card`` false: no letter can be issued yet.
    """

    addressee: AddresseeKind | None
    outlet: str
    name: str
    publications: tuple[Publication, ...]
    request: str = ""
    claims: tuple[str, ...] = ()
    demands: tuple[DemandKind, ...] = ()
    card: bool = False
