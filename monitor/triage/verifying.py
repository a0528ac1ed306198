"""Checking what was said: the claims, what was found, a verdict per claim, the conclusion."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import CaseAction, Step, gate
from monitor.model.case import (
    Capacity,
    Case,
    CaseStatus,
    Claim,
    ClaimVerdict,
    Conclusion,
    Finding,
    Ground,
    RemedyState,
)
from monitor.model.parts import exchanged, find, numbered
from monitor.model.people import Person
from monitor.triage.moving import step, wanted
from monitor.triage.noting import noted

_WRONG_GROUNDS = {Ground.FALSE, Ground.DISTORTED, Ground.SLANDER, Ground.INSULT}


def add_claim(
    case: Case,
    quote: str,
    *,
    actor: Person,
    article: str = "",
    snapshot: str = "",
    typed: bool = False,
    fact: str = "",
    source: str = "",
    harmed: str = "",
    capacity: Capacity = Capacity.OWN,
) -> Step:
    """A disputed passage. It is quoted from a stored snapshot, or else typed by the actor, which is kept."""
    gate(case, CaseAction.ADD_CLAIM, actor)
    if article and article not in case.articles:
        raise RefusedError("article_not_here", article=article, case=case.id)
    case, ident = numbered(case, "c")
    claim = Claim(
        id=ident,
        quote=wanted(quote, label("case", "quote")),
        article=article,
        snapshot=snapshot,
        typed_by=actor.id if typed or not snapshot else "",
        fact=fact.strip(),
        source=source.strip(),
        harmed=harmed.strip(),
        capacity=capacity,
    )
    refs = tuple(ref for ref in (article, snapshot) if ref)
    return step(replace(case, claims=(*case.claims, claim)), "claim.add", ident, after="open", refs=refs)


def change_claim(
    case: Case,
    ident: str,
    *,
    actor: Person,
    fact: str | None = None,
    source: str | None = None,
    harmed: str | None = None,
    capacity: Capacity | None = None,
    authority: str | None = None,
) -> Step:
    """What is given of a claim is changed. Another fact makes the verdict void; who was harmed, and in what capacity we
    write, can also be told after the conclusion, when a letter needs it."""
    gate(case, CaseAction.CHANGE_CLAIM, actor)
    claim = _live(case, ident)
    changed = replace(
        claim,
        harmed=claim.harmed if harmed is None else harmed.strip(),
        capacity=capacity or claim.capacity,
        authority=claim.authority if authority is None else authority.strip(),
    )
    if fact is not None or source is not None:
        if case.status is CaseStatus.HANDLING:
            raise RefusedError("verdict_stands", case=case.id, action=CaseAction.CHANGE_CLAIM)
        changed = replace(
            changed, fact=claim.fact if fact is None else fact.strip(),
            source=claim.source if source is None else source.strip(), verdict=None, ground=None, judged_by="",
            judged=None,
        )  # fmt: skip
    moved = replace(case, claims=exchanged(case.claims, ident, lambda _: changed))
    refs = (changed.authority,) if changed.authority else ()
    return step(moved, "claim.change", ident, before=_state(claim), after=_state(changed), refs=refs)


def drop_claim(case: Case, ident: str, why: str, *, actor: Person) -> Step:
    """A claim that is none; it stays in the record with the reason."""
    gate(case, CaseAction.DROP_CLAIM, actor)
    claim = _live(case, ident)
    reason = wanted(why, label("case", "why"))
    moved = replace(case, claims=exchanged(case.claims, ident, lambda c: replace(c, dropped=reason)))
    return step(moved, "claim.drop", ident, before=_state(claim), after="dropped")


def add_finding(
    case: Case,
    text: str,
    *,
    actor: Person,
    now: datetime,
    claims: Collection[str] = (),
    evidence: Iterable[str] = (),
) -> Step:
    """What the check brought to light."""
    gate(case, CaseAction.FIND, actor)
    for ident in claims:
        _live(case, ident)
    case, ident = numbered(case, "f")
    new = Finding(
        id=ident,
        text=wanted(text, label("case", "finding")),
        claims=tuple(claims),
        evidence=tuple(evidence),
        by=actor.id,
        at=now,
    )
    refs = (*new.claims, *new.evidence)
    return step(replace(case, findings=(*case.findings, new)), "finding.add", ident, refs=refs)


def judge(
    case: Case,
    ident: str,
    verdict: ClaimVerdict,
    *,
    actor: Person,
    now: datetime,
    ground: Ground | None = None,
    why: str = "",
    fact: str = "",
    source: str = "",
) -> Step:
    """The verdict on a claim. What is wrong or not objective has a ground, and a right fact with its source."""
    gate(case, CaseAction.JUDGE, actor)
    if actor.unit and actor.unit in case.accused:
        raise RefusedError("verifies_itself", unit=actor.unit)
    claim = _live(case, ident)
    if claim.verdict not in (None, verdict) and not why.strip():
        raise RefusedError("verdict_changed_why", claim=ident, verdict=claim.verdict)
    ground = _ground(verdict, ground, ident)
    # What is right needs no other fact: one noted while it was thought wrong must not stay beside it.
    kept = ("", "") if verdict is ClaimVerdict.RIGHT else (claim.fact, claim.source)
    fact, source = fact.strip() or kept[0], source.strip() or kept[1]
    if verdict is ClaimVerdict.WRONG and ground in _WRONG_GROUNDS and not (fact and source):
        raise RefusedError("fact_missing", claim=ident)
    changed = replace(
        claim, verdict=verdict, ground=ground, why=why.strip(), fact=fact, source=source, judged_by=actor.id, judged=now
    )
    moved = replace(case, claims=exchanged(case.claims, ident, lambda _: changed))
    return step(
        moved, "claim.judge", ident, before=_state(claim), after=verdict.value, why=ground.value if ground else ""
    )


def _ground(verdict: ClaimVerdict, ground: Ground | None, claim: str) -> Ground | None:
    if verdict in (ClaimVerdict.RIGHT, ClaimVerdict.UNSETTLED):
        if ground is not None:
            raise RefusedError("ground_without_fault", claim=claim, verdict=verdict)
        return None
    if ground is None:
        raise RefusedError("ground_missing", claim=claim)
    milder = {Ground.NOT_OBJECTIVE, Ground.MISLEADING, Ground.NO_HARM}
    fits = milder if verdict is ClaimVerdict.NOT_OBJECTIVE else {*_WRONG_GROUNDS, Ground.MISLEADING, Ground.NO_HARM}
    if ground not in fits:
        raise RefusedError("ground_unfit", claim=claim, verdict=verdict, ground=ground)
    return ground


def conclude(case: Case, *, actor: Person, now: datetime, text: str = "") -> Step:
    """Ends the verification: every claim has its verdict, and the case's is derived from them."""
    gate(case, CaseAction.CONCLUDE, actor)
    if actor.unit and actor.unit in case.accused:
        raise RefusedError("verifies_itself", unit=actor.unit)
    if not case.live_claims:
        raise RefusedError("no_claims", case=case.id)
    if open_ := [claim.id for claim in case.live_claims if claim.verdict is None]:
        raise RefusedError("claims_not_judged", case=case.id, claims=", ".join(open_))
    done = replace(case, status=CaseStatus.HANDLING, conclusion=Conclusion(by=actor.id, at=now, text=text.strip()))
    verdict = done.verdict
    return step(
        done, "case.conclude", before=case.status.value, after=done.status.value, why=verdict.value if verdict else ""
    )


def reverify(case: Case, why: str, *, actor: Person, now: datetime) -> Step:
    """Back to checking, for a reason: requests under way stay as they are, the old conclusion is void."""
    gate(case, CaseAction.REVERIFY, actor)
    told = noted(case, wanted(why, label("case", "why")), actor=actor, now=now)
    back = replace(told.case, status=CaseStatus.VERIFYING, conclusion=None)
    return told.then(
        step(back, "case.reverify", before=case.status.value, after=back.status.value, refs=(told.happened[0].thing,))
    )


def _live(case: Case, ident: str) -> Claim:
    claim = find(case.claims, ident, case=case.id)
    if claim.dropped:
        raise RefusedError("claim_dropped", claim=ident)
    return claim


def _state(claim: Claim) -> str:
    return claim.verdict.value if claim.verdict else "open"


def open_remedies(case: Case) -> tuple[str, ...]:
    """The ids of remedies that are still to be done."""
    return tuple(remedy.id for remedy in case.remedies if remedy.state is RemedyState.OPEN)
