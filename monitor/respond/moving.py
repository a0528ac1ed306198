"""What the moves of requests and papers share: the table of acts, numbers, exchanging a thing, keeping a reason.

The invariant all of them hold: for each thing (a request, a demand, a paper), the ``before`` of a happening is the
``after`` of that thing's happening before it, and the last ``after`` is the state the case shows. Folding the events
of a case therefore gives every thing's state. A request's state is its derived one; where a move changes it through a
demand, a happening of the request itself follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from monitor.clock import local
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import Step
from monitor.model.asking import RequestAct
from monitor.model.case import Case, Claim, Note
from monitor.model.event import Happening
from monitor.model.parts import exchanged, find, numbered
from monitor.model.people import Person
from monitor.model.request import Demand, DemandKind, DemandResult, Request, RequestState
from monitor.text import nfc

S = RequestState
_OPEN = frozenset({S.DRAFTED, S.SENT, S.WAITING, S.ESCALATED})
_ENDED = frozenset({S.SETTLED, S.REMOVED, S.CORRECTED, S.NO_ANSWER, S.PASSED_ON})
_OUT = frozenset({S.SENT, S.WAITING, S.ESCALATED, *_ENDED})

ACTS: dict[RequestAct, frozenset[RequestState]] = {
    RequestAct.CHANGE: frozenset({S.DRAFTED}),
    RequestAct.ADD_PUBLICATION: _OPEN,
    RequestAct.SEND: frozenset({S.DRAFTED}),
    RequestAct.RECEIVE: _OUT,
    # The outlet may have learned of a conclusion, or found its own mistake, before our letter went out.
    RequestAct.CONCLUSION: _OPEN | _ENDED,
    RequestAct.SELF_FOUND: _OPEN | _ENDED,
    RequestAct.ROUND: _OUT - {S.SENT},
    RequestAct.RESULT: _OUT,
    RequestAct.ESCALATE: _OUT,
    RequestAct.WITHDRAW: _OPEN,
}
"""In which states of a request an act is in place."""


_ARRIVAL = re.compile(r"d\d+")
_IDENT = re.compile(r"b\d{1,12}")


def in_place(request: Request, act: RequestAct) -> None:
    """Raises RefusedError naming why the act is out of place in the request's state."""
    state = request.state
    if state in ACTS[act]:
        return
    if state is S.WITHDRAWN:
        key = "request_is_withdrawn"
    elif act in (RequestAct.CHANGE, RequestAct.SEND):
        key = "request_is_sent"
    elif state is S.DRAFTED:
        key = "request_not_sent"
    elif state is S.SENT:
        key = "request_not_received"
    else:
        key = "request_is_ended"
    raise RefusedError(key, request=request.id, act=act, state=state)


def wanted(text: str, what: str) -> str:
    """``text`` without outer blanks. Raises RefusedError where nothing is left; ``what`` is a word of "asking"."""
    text = nfc(text).strip()
    if not text:
        raise RefusedError("words_missing", what=label("asking", what))
    return text


def held(case: Case, ident: str, what: str) -> str:
    """The id of an arrival of this case, or of an evidence. Raises RefusedError for what can be neither.

    Such ids go into events, which never hold words.
    """
    ident = wanted(ident, what)
    if _ARRIVAL.fullmatch(ident):
        return find(case.arrivals, ident, case=case.id).id
    if not _IDENT.fullmatch(ident):
        raise RefusedError("not_an_id", what=label("asking", what), value=ident[:80])
    return ident


def not_future(day: date | datetime, now: datetime, what: str) -> None:
    """Raises RefusedError for a day, or a moment, that has not come yet."""
    late = day > now if isinstance(day, datetime) else day > local(now).date()
    if late:
        raise RefusedError("in_the_future", what=label("asking", what))


def put(case: Case, request: Request, action: str, *, refs: Iterable[str] = (), why: str = "") -> Step:
    """The request exchanged for its changed self, with its derived state before and after."""
    before = find(case.requests, request.id, case=case.id)
    moved = replace(case, requests=exchanged(case.requests, request.id, lambda _: request))
    told = Happening(
        action=action, thing=request.id, before=before.state.value, after=request.state.value, why=why,
        refs=tuple(ref for ref in refs if ref),
    )  # fmt: skip
    return Step(case=moved, happened=(told,))


def reason(case: Case, text: str, *, actor: Person, now: datetime) -> Step:
    """A reason kept as a note of the case: events hold its id alone, never the words."""
    words = wanted(text, "why")
    case, ident = numbered(case, "n")
    note = Note(id=ident, text=words, by=actor.id, at=now)
    return Step(case=replace(case, notes=(*case.notes, note)), happened=(Happening(action="note.add", thing=ident),))


def claims_of(case: Case, idents: Sequence[str]) -> tuple[Claim, ...]:
    """The claims of these ids."""
    return tuple(find(case.claims, ident, case=case.id) for ident in idents)


def live(request: Request) -> frozenset[DemandKind]:
    """What is still asked: the demands that were not dropped."""
    return frozenset(demand.kind for demand in request.demands if demand.result is not DemandResult.DROPPED)


def redemanded(request: Request, asked: Collection[DemandKind]) -> tuple[Request, tuple[Happening, ...]]:
    """The request asking for these alone: what falls away is dropped, what is new is added, with the happenings."""
    demands, told = [], []
    for demand in request.demands:
        after = demand
        if demand.kind in asked and demand.result is DemandResult.DROPPED:
            after = replace(demand, result=DemandResult.PENDING)
        elif demand.kind not in asked and demand.result is DemandResult.PENDING:
            after = replace(demand, result=DemandResult.DROPPED)
        if after is not demand:
            told.append(
                Happening(action="demand.change", thing=demand.id, before=demand.result.value, after=after.result.value)
            )
        demands.append(after)
    known = {demand.kind for demand in request.demands}
    for kind in (kind for kind in DemandKind if kind in asked and kind not in known):
        demands.append(Demand(id=f"{request.id}.{len(demands) + 1}", kind=kind))
        told.append(told_asked(demands[-1]))
    return replace(request, demands=tuple(demands)), tuple(told)


def told_asked(demand: Demand) -> Happening:
    """That something is asked."""
    return Happening(action="demand.add", thing=demand.id, after=demand.result.value, why=demand.kind.value)
