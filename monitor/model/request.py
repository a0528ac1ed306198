"""Requests to whoever carried a false or unfair report, and what came of each demand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.source import Medium


class AddresseeKind(StrEnum):
    """Who is written to: it decides paper, basis and what may be asked."""

    PRESS = "press"
    """A press agency, its own channels on social networks included."""
    AGGREGATOR = "aggregator"
    """A site that re-runs others' items; owes a correction's re-run, no response."""
    SOCIAL = "social"
    """A page, group or person on a social network; no statutory clock."""
    AUTHORITY = "authority"
    """A regulator or managing body, whose written conclusion alone starts the correction's clock."""


class DemandKind(StrEnum):
    """What is asked."""

    TAKE_DOWN = "take_down"
    CORRECT = "correct"
    APOLOGISE = "apologise"
    PUBLISH_RESPONSE = "publish_response"
    ANSWER = "answer"
    NOTIFY = "notify"
    RERUN = "rerun"
    CONCLUDE = "conclude"


class DemandResult(StrEnum):
    """What came of it."""

    PENDING = "pending"
    IN_TIME = "in_time"
    LATE = "late"
    DEFECTIVE = "defective"
    CHANGED_SILENTLY = "changed_silently"
    REMOVED_SILENTLY = "removed_silently"
    REFUSED = "refused"
    NOTHING = "nothing"
    DROPPED = "dropped"
    """Not asked any more: the request was withdrawn or the demand overtaken."""


class RequestState(StrEnum):
    """Derived from papers, dates and results; never set."""

    DRAFTED = "drafted"
    SENT = "sent"
    WAITING = "waiting"
    ESCALATED = "escalated"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    CORRECTED = "corrected"
    NO_ANSWER = "no_answer"
    PASSED_ON = "passed_on"

    @property
    def open(self) -> bool:
        """Whether something is still to come or to do."""
        return self in (RequestState.DRAFTED, RequestState.SENT, RequestState.WAITING, RequestState.ESCALATED)


@dataclass(frozen=True, kw_only=True)
class Demand:
    """One thing asked. ``missing`` lists what a defective correction lacks, ``reply`` the arriving paper,
    ``proof`` the evidence, ``by`` who recorded it."""

    id: str
    kind: DemandKind
    result: DemandResult = DemandResult.PENDING
    on: date | None = None
    missing: tuple[str, ...] = ()
    note: str = ""
    reply: str = ""
    proof: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Publication:
    """The disputed work as one outlet put it out; the medium belongs to it, not to the outlet."""

    id: str
    article: str
    outlet: str
    medium: Medium
    title: str
    published: datetime | None = None
    url: str = ""
    column: str = ""
    issue: str = ""
    product: str = ""


@dataclass(frozen=True, kw_only=True)
class Round:
    """One published exchange: our response and the outlet's further view were both published."""

    response: date
    view: date
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One addressee and what is asked of him.

    ``received`` starts the outlet's clocks; ``conclusion`` (a competent body's written conclusion reached the
    outlet) or ``self_found`` (it said itself that it was wrong) starts the clock of the correction. ``letter`` is
    the id of the paper that carries it; ``escalates`` the request this one goes on from.
    """

    id: str
    addressee: AddresseeKind
    name: str
    outlet: str = ""
    issuer: str = ""
    claims: tuple[str, ...] = ()
    demands: tuple[Demand, ...] = ()
    publications: tuple[Publication, ...] = ()
    letter: str = ""
    letter_date: date | None = None
    sent: datetime | None = None
    received: datetime | None = None
    receipt: str = ""
    conclusion: datetime | None = None
    conclusion_paper: str = ""
    self_found: datetime | None = None
    rounds: tuple[Round, ...] = ()
    escalates: str = ""
    escalated: tuple[str, ...] = ()
    withdrawn: str = ""
    made: datetime
    by: str

    @property
    def state(self) -> RequestState:
        """Where the request stands."""
        if self.withdrawn:
            return RequestState.WITHDRAWN
        if self.sent is None:
            return RequestState.DRAFTED
        if any(demand.result is DemandResult.PENDING for demand in self.demands):
            if self.escalated:
                return RequestState.ESCALATED
            return RequestState.WAITING if self.received else RequestState.SENT
        return self._social_end() if self.addressee is AddresseeKind.SOCIAL else RequestState.SETTLED

    def _social_end(self) -> RequestState:
        done = (DemandResult.IN_TIME, DemandResult.LATE, DemandResult.DEFECTIVE)
        gone = (DemandResult.REMOVED_SILENTLY,)
        taken = [d for d in self.demands if d.kind is DemandKind.TAKE_DOWN]
        if any(d.result in gone for d in self.demands) or any(d.result in done for d in taken):
            return RequestState.REMOVED
        if any(d.result in (*done, DemandResult.CHANGED_SILENTLY) for d in self.demands):
            return RequestState.CORRECTED
        return RequestState.PASSED_ON if self.escalated else RequestState.NO_ANSWER

    @property
    def asks_answer(self) -> bool:
        """Whether the letter asks for a written answer, which alone starts that clock."""
        return self.asks(DemandKind.ANSWER) is not None

    def asks(self, *kinds: DemandKind) -> Demand | None:
        """The first demand of one of these kinds that was not dropped."""
        live = [d for d in self.demands if d.kind in kinds and d.result is not DemandResult.DROPPED]
        return live[0] if live else None

    def demand(self, ident: str) -> Demand | None:
        """The demand of this id or of this kind."""
        return next((demand for demand in self.demands if ident in (demand.id, demand.kind.value)), None)
