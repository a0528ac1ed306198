"""The log of a case in words: who did what to which part of it, when, and what became of it.

Events hold ids alone; names, quotations and titles are looked up in what there is now. Of a person who was erased the
id is left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.desk.sitting import Sitting
from monitor.labels import label, of
from monitor.model.case import (
    Case,
    CaseStatus,
    CaseVerdict,
    ClaimVerdict,
    Closing,
    Ground,
    Part,
    TriageState,
    Way,
)
from monitor.model.event import Event
from monitor.model.paper import PaperKind
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, RequestState
from monitor.store import articles, events, people
from monitor.text import shortened

_AFTER: dict[str, type[StrEnum]] = {
    "claim.judge": ClaimVerdict, "case.reopen": CaseStatus, "demand.record": DemandResult,
    "request.state": RequestState, "triage.decide": TriageState, "triage.undo": TriageState,
}  # fmt: skip
"""Acts of which the new state is told; the others say it by their own words."""
_WHY: dict[str, tuple[type[StrEnum], ...]] = {
    "assignment.add": (Part,), "assignment.answer": (Way,), "claim.judge": (Ground,), "case.conclude": (CaseVerdict,),
    "case.close": (Closing,), "request.add": (AddresseeKind,), "demand.add": (DemandKind,),
    "demand.record": (DemandKind,), "paper.draft": (PaperKind,),
}  # fmt: skip
_SHORT = 90
_MANY = 4


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that happened: ``who`` did ``what`` to the part of the case with the id ``thing``; ``text`` is the
    beginning of its words."""

    n: int
    at: datetime
    who: str
    what: str
    thing: str = ""
    text: str = ""


def timeline(sitting: Sitting, case: Case) -> tuple[Line, ...]:
    """Everything that was done to the case, the newest first."""
    name = names(sitting, case)
    said = _words(case)
    return tuple(_line(event, name, said) for event in reversed(events.of_case(sitting.db, case.id)))


def names(sitting: Sitting, case: Case) -> Callable[[str], str]:
    """Names for the ids of persons, bodies and items of the case; an unknown id is its own name."""
    known = {unit.id: unit.name for unit in people.units(sitting.db)}
    known |= {one.id: one.name for one in people.every(sitting.db)}
    known |= {a.id: f"“{_cut(a.title)}”" for a in articles.by_ids(sitting.db, list(case.articles))}
    return lambda ident: known.get(ident, ident)


def _words(case: Case) -> dict[str, str]:
    """The words of every part of the case, by id."""
    return {
        **{c.id: c.quote for c in case.claims},
        **{f.id: f.text for f in case.findings},
        **{r.id: r.measure for r in case.remedies},
        **{a.id: a.task for a in case.assignments},
        **{n.id: n.text for n in case.notes},
        **{r.id: r.what for r in case.reminders},
        **{r.id: r.name for r in case.requests},
        **{p.id: p.subject for p in case.papers},
        **{a.id: a.subject for a in case.arrivals},
        **{d.id: of(d.kind) for r in case.requests for d in r.demands},
        **{p.id: p.title for r in case.requests for p in r.publications},
    }


def _line(event: Event, name: Callable[[str], str], said: dict[str, str]) -> Line:
    key = event.action.replace(".", "_")
    states, reasons = _AFTER.get(event.action), _WHY.get(event.action, ())
    why = next((of(kind(event.why)) for kind in reasons if event.why in set(kind)), "")
    after = of(states(event.after)) if states and event.after in set(states) else ""
    if event.action == "watch.decide" and event.why:
        why = label("event", f"watch_{event.why}")
    try:
        to = name(event.refs[1]) if event.action == "case.hand_over" else ""
        what = label("event", key, who=_refs(event, name), to=to)
    except KeyError:  # an act that this page has no words for yet is shown by its name in the log
        what = event.action
    facts = ", ".join(one[:1].lower() + one[1:] for one in (after, why) if one)
    who = name(event.actor)
    if event.on_behalf:
        who = label("event", "on_behalf", who=who, absent=name(event.on_behalf))
    return Line(
        n=event.n, at=event.at, who=who, what=f"{what}: {facts}" if facts else what,
        thing=event.thing if event.thing in said else "", text=_cut(said.get(event.thing, "")),
    )  # fmt: skip


def _refs(event: Event, name: Callable[[str], str]) -> str:
    # Of an assignment the first is who was asked, of a handover who gave; the others are told apart or not at all.
    refs = event.refs[:1] if event.action in ("assignment.add", "case.hand_over") else event.refs
    found = [name(ref.partition(":")[0]) for ref in refs]
    more = len(found) - _MANY
    return ", ".join(found[:_MANY]) + (f" … (+{more})" if more > 0 else "")


def _cut(text: str) -> str:
    return shortened(" ".join(text.split()), _SHORT)
