"""The words of what comes next for a request; what comes next is for ``desk.next_request`` to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.desk import naming
from monitor.desk.clocks import CaseClock
from monitor.desk.next_request import RequestStep, request_steps
from monitor.labels import label, of
from monitor.model.asking import NextWay
from monitor.model.card import OutletCard
from monitor.model.case import Case
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import Request


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """A sentence; ``draft`` is the paper that could be drafted for it, ``paper`` one that waits, ``outlet`` a card
    that is missing, ``act`` the act of this card that is meant."""

    words: str
    draft: PaperKind | None = None
    paper: str = ""
    outlet: str = ""
    act: str = ""
    late: bool = False


def steps(
    case: Case, request: Request, clocks: Iterable[CaseClock], card: OutletCard | None, rounds_max: int | None
) -> tuple[NextStep, ...]:
    """The next steps in words, the most pressing first."""
    return tuple(
        NextStep(words=words(one), draft=one.draft, paper=one.paper, outlet=one.outlet, act=one.act, late=one.late)
        for one in request_steps(case, request, clocks, card, rounds_max)
    )


def words(step: RequestStep) -> str:
    """The step as a sentence."""
    facts: dict[str, object] = {"count": step.count, "name": step.name, "request": step.request}
    if step.draft:
        facts["kind"] = of(step.draft).lower()
    if step.state:
        facts |= {"state": of(step.state).lower(), "next": waits(step.state)}
    if step.kind:
        facts["kind"] = of(step.kind)
    facts["what"] = ", ".join(dict.fromkeys(of(kind).lower() for kind in step.clocks))
    facts["ways"] = "; ".join(of(way).lower() for way in NextWay)
    return label("web_step", step.key, **facts).rstrip()


_WAITS = {
    PaperState.DRAFTED: label("web_step", "drafted"),
    PaperState.RETURNED: label("web_step", "returned"),
    PaperState.SUBMITTED: label("web_step", "submitted"),
    PaperState.SIGNED: label("web_step", "signed"),
    PaperState.NUMBERED: label("web_step", "numbered"),
    PaperState.ISSUED: label("web_step", "issued"),
    PaperState.RECEIVED: "",
    PaperState.WITHDRAWN: "",
}


def waits(state: PaperState) -> str:
    """What a paper in this state waits for."""
    return _WAITS[state]


def paper_waits(paper: PaperRecord) -> str:
    """What a paper waits for; the text of a response goes with its letter and waits for no number of its own."""
    if paper.state is PaperState.SIGNED and naming.enclosed(paper):
        return label("web_step", "enclosure")
    return waits(paper.state)
