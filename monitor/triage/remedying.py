"""Remedies: where the press was right, what is put right, by whom, until when, and the proof of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from monitor.clock import local
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import CaseAction, Step, gate
from monitor.model.case import Case, Remedy, RemedyState
from monitor.model.parts import exchanged, find, numbered
from monitor.model.people import Person
from monitor.triage.moving import step, wanted


def add_remedy(
    case: Case,
    measure: str,
    *,
    who: str,
    due: date,
    actor: Person,
    now: datetime,
    claims: Collection[str] = (),
) -> Step:
    """A measure: what is done, by which body or person, until which day."""
    gate(case, CaseAction.ADD_REMEDY, actor)
    for claim in claims:
        find(case.claims, claim, case=case.id)
    case, ident = numbered(case, "m")
    new = Remedy(
        id=ident,
        measure=wanted(measure, label("case", "measure")),
        who=wanted(who, label("case", "who")),
        due=due,
        claims=tuple(claims),
        by=actor.id,
        at=now,
    )
    moved = replace(case, remedies=(*case.remedies, new))
    return step(moved, "remedy.add", ident, after=new.state.value, refs=new.claims)


def finish_remedy(
    case: Case, ident: str, *, done: date, result: str, actor: Person, now: datetime, proof: Iterable[str] = ()
) -> Step:
    """The measure was carried out on that day, with that result."""
    gate(case, CaseAction.FINISH_REMEDY, actor)
    if done > local(now).date():
        raise RefusedError("in_the_future", what=label("case", "done"))
    words = wanted(result, label("case", "result"))
    return _end(case, ident, "remedy.finish", RemedyState.DONE, done=done, result=words, proof=tuple(proof))


def drop_remedy(case: Case, ident: str, why: str, *, actor: Person) -> Step:
    """The measure is not carried out, for a reason."""
    gate(case, CaseAction.DROP_REMEDY, actor)
    return _end(case, ident, "remedy.drop", RemedyState.DROPPED, why=wanted(why, label("case", "why")))


def _end(
    case: Case,
    ident: str,
    action: str,
    state: RemedyState,
    *,
    done: date | None = None,
    result: str = "",
    why: str = "",
    proof: tuple[str, ...] = (),
) -> Step:
    before = find(case.remedies, ident, case=case.id)
    if before.state is not RemedyState.OPEN:
        raise RefusedError("remedy_not_open", remedy=ident, state=before.state)
    after = replace(before, state=state, done=done, result=result, why=why, proof=proof)
    moved = replace(case, remedies=exchanged(case.remedies, ident, lambda _: after))
    return step(moved, action, ident, before=before.state.value, after=state.value, refs=proof)
