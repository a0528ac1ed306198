"""What comes next for a request, from where it stands: what could be drafted, what waits, what to write down.

It proposes and decides nothing; whoever shows a step has the words for its ``key``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.desk.clocks import CaseClock
from monitor.model.card import OutletCard
from monitor.model.case import Case
from monitor.model.law import ClockKind, ClockState
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, Request, RequestState
from monitor.respond.filing import LETTERS

_GONE = (PaperState.ISSUED, PaperState.RECEIVED)
_READY = (PaperState.SIGNED, PaperState.NUMBERED, *_GONE)


@dataclass(frozen=True, kw_only=True)
class RequestStep:
    """A step, named by ``key``, with what is told of it.

    ``draft`` is the paper that could be drafted for it, ``paper`` one that waits (of this ``kind``, in this ``state``),
    ``outlet`` the one whose card is missing, ``act`` the act on the request that is meant, ``clocks`` what has run out,
    ``request`` and ``name`` the further request that it waits for, ``count`` how many rounds there were.
    """

    key: str
    draft: PaperKind | None = None
    paper: str = ""
    kind: PaperKind | None = None
    state: PaperState | None = None
    outlet: str = ""
    act: str = ""
    clocks: tuple[ClockKind, ...] = ()
    request: str = ""
    name: str = ""
    count: int = 0
    late: bool = False


def request_steps(
    case: Case, request: Request, clocks: Iterable[CaseClock], card: OutletCard | None, rounds_max: int | None
) -> tuple[RequestStep, ...]:
    """The next steps, the most pressing first; none for a request that has ended.

    ``clocks`` are those of the request, ``card`` the outlet's of today, ``rounds_max`` how many rounds the law gives.
    """
    if not request.state.open or case.end is not None:
        return ()
    before = request.state is RequestState.DRAFTED
    found = _before(case, request, card) if before else _after(case, request, tuple(clocks), rounds_max)
    return tuple(found)


def _before(case: Case, request: Request, card: OutletCard | None) -> Iterator[RequestStep]:
    if request.outlet and card is None and request.addressee in (AddresseeKind.PRESS, AddresseeKind.AGGREGATOR):
        yield RequestStep(key="card", outlet=request.outlet)
    live = [p for p in case.papers if p.request == request.id and p.state is not PaperState.WITHDRAWN]
    letter = next((p for p in live if p.kind in LETTERS), None)
    if letter is None:
        kind = PaperKind.PETITION if request.addressee is AddresseeKind.AUTHORITY else PaperKind.REQUEST_LETTER
        yield RequestStep(key="draft", draft=kind)
    else:
        yield RequestStep(key="letter", paper=letter.id, kind=letter.kind, state=letter.state)
    if request.asks(DemandKind.PUBLISH_RESPONSE):
        text = next((p for p in live if p.kind is PaperKind.RESPONSE_TEXT), None)
        if text is None:
            yield RequestStep(key="text", draft=PaperKind.RESPONSE_TEXT)
        elif text.state not in _READY:
            yield RequestStep(key="text_state", paper=text.id, kind=text.kind, state=text.state)


def _after(
    case: Case, request: Request, clocks: tuple[CaseClock, ...], rounds_max: int | None
) -> Iterator[RequestStep]:
    if request.received is None:
        yield RequestStep(key="receive", act="receive")
    if rounds_max and len(request.rounds) >= rounds_max:
        yield RequestStep(key="rounds", count=rounds_max, act="escalate")
    late = [c for c in clocks if c.state is ClockState.OVERDUE or c.past]
    if late and not request.escalated:
        law = all(c.state is ClockState.OVERDUE for c in late)
        yield RequestStep(
            key="overdue" if law else "past", clocks=tuple(c.due.kind for c in late), late=law,
            draft=None if _reminded(case, request) else PaperKind.REMINDER,
        )  # fmt: skip
    yield from _beyond(case, request, clocks)
    if request.received and not late and any(d.result is DemandResult.PENDING for d in request.demands):
        yield RequestStep(key="follow", act="result")


def _beyond(case: Case, request: Request, clocks: tuple[CaseClock, ...]) -> Iterator[RequestStep]:
    for ident in request.escalated:
        other = next((one for one in case.requests if one.id == ident), None)
        if other is not None and other.state.open:
            yield RequestStep(key="escalated", name=other.name, request=ident)
        elif other is not None and not request.conclusion:
            yield RequestStep(key="answered", name=other.name, request=ident, act="conclusion")
    dormant = any(c.due.kind is ClockKind.CORRECTION and c.state is ClockState.NOT_ARISEN for c in clocks)
    if dormant and not request.escalated and request.received:
        yield RequestStep(key="dormant", act="escalate")


def _reminded(case: Case, request: Request) -> bool:
    """Whether a reminder is being written already."""
    under_way = (p for p in case.papers if p.request == request.id and p.kind is PaperKind.REMINDER)
    return any(p.state not in (*_GONE, PaperState.WITHDRAWN) for p in under_way)
