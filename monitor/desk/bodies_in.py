"""What the papers inside the unions say: submission, assignment, report of the check, minutes."""

from __future__ import annotations

from monitor.desk import wording
from monitor.desk.draft import Draft
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.labels import label, of
from monitor.model import paper_bodies as kinds
from monitor.model.case import Assignment, Case, CaseVerdict, ClaimVerdict, Note, Part, derive_verdict
from monitor.model.paper import Attendee, MeasureLine, PaperBody, Signature, Statement
from monitor.store import people as stored


def submission(of_: Draft) -> PaperBody:
    """The matter laid before the leader."""
    case = of_.case
    verdict = of(case.verdict) if case.verdict else ""
    drafts = tuple(
        f"{of(p.kind)}: {p.subject}"
        for p in case.papers
        if p.state.value in ("drafted", "submitted") and p.id != of_.paper.id
    )
    return kinds.SubmissionBody(
        works=of_.works,
        matter=label("letter", "matter", title=case.title, count=len(case.articles)),
        findings=tuple(wording.line(c) for c in case.live_claims if c.verdict),
        opinion=of_.said.opinion or (label("letter", "opinion", verdict=verdict.lower()) if verdict else ""),
        proposals=of_.said.proposals or proposals(case),
        drafts=drafts,
        deadline=of_.said.deadline,
    )


def judged(case: Case) -> CaseVerdict | None:
    """The case's verdict, or what it will be when every claim has its own."""
    claims = case.live_claims
    return case.verdict or (
        derive_verdict(tuple(c.verdict for c in claims)) if all(c.verdict for c in claims) and claims else None
    )


def _unfilled(case: Case) -> tuple[MeasureLine, ...]:
    """Something was right and nothing is entered yet: a blank to fill in, not "không phát sinh"."""
    right = any(claim.verdict is ClaimVerdict.RIGHT for claim in case.live_claims)
    return (MeasureLine(text=label("letter", "to_fill")),) if right else ()


def _verdict(case: Case) -> str:
    found = judged(case)
    if found is None:
        return label("letter", "no_verdict")
    words = of(found).lower()
    return words if case.verdict else label("letter", "verdict_proposed", verdict=words)


def proposals(case: Case) -> tuple[str, ...]:
    """What would come next, from where the case stands."""
    if judged(case) is None:
        return (label("letter", "propose_verify"),)
    made = [] if case.verdict else [label("letter", "propose_conclude")]
    if any(r.state.value == "open" for r in case.remedies):
        made.append(label("letter", "propose_remedy"))
    if wording.faulty(case.live_claims):
        made.append(label("letter", "propose_letters"))
    return tuple(made) or (label("letter", "propose_close"),)


def assignment(of_: Draft) -> PaperBody:
    """Who checks what until when."""
    asked = of_.assignment
    if asked is None:
        raise RefusedError("paper_needs_assignment", kind=of_.paper.kind)
    helpers = [a for a in of_.case.assignments if a.part is Part.COOPERATES and a.id != asked.id]
    directions = [n for n in of_.case.notes if n.direction]
    director = stored.get(of_.sitting.db, asked.directed_by)
    return kinds.AssignmentBody(
        works=of_.works,
        lead=named(of_.sitting, asked),
        helpers=tuple(named(of_.sitting, a) for a in helpers),
        questions=tuple(x.strip() for x in asked.task.split("\n") if x.strip()),
        quotes=tuple(c.quote for c in of_.case.live_claims),
        directed_by=" ".join(x for x in (director.title, director.name) if x) if director else "",
        direction=_last(directions),
        deadline=label("letter", "before_end", day=wording.day_words(asked.due)),
        deadline_note=label("letter", "practice"),
        reply=label("letter", "reply"),
    )


def _last(notes: list[Note]) -> str:
    return notes[-1].text if notes else ""


def named(sitting: Sitting, asked: Assignment) -> str:
    """The name of who was asked."""
    if asked.unit:
        unit = stored.unit(sitting.db, asked.unit)
        return unit.name if unit else asked.unit
    person = stored.get(sitting.db, asked.person)
    return person.name if person else asked.person


def verification(of_: Draft) -> PaperBody:
    """What was checked and found."""
    case = of_.case
    steps = [finding.text for finding in case.findings]
    steps += [
        label("letter", "answered", who=named(of_.sitting, a), text=a.answer.text) for a in case.assignments if a.answer
    ]
    return kinds.VerificationBody(
        works=of_.works,
        steps=tuple(steps),
        findings=tuple(wording.line(c) for c in case.live_claims if c.verdict),
        verdict=_verdict(case),
        causes=of_.said.opinion or label("letter", "to_fill"),
        remedies=wording.measures(case) or _unfilled(case),
        proposals=of_.said.proposals or proposals(case),
    )


def minutes(of_: Draft) -> PaperBody:
    """A meeting, as who kept the minutes gives it; what nobody said is left blank, never invented."""
    said = of_.said
    present = tuple(_attendee(one) for one in said.present)
    parties = dict.fromkeys(one.party for one in present if one.party)
    return kinds.MinutesBody(
        opened=said.opened or label("letter", "blank_time"),
        venue=said.venue or label("letter", "to_fill"),
        present=present,
        purpose=label("letter", "purpose", title=of_.case.title),
        works=of_.works,
        statements=tuple(_statement(one) for one in said.statements),
        agreed=said.agreed,
        signers=tuple(Signature(title=label("letter", "party", name=name).upper()) for name in parties),
    )


def _attendee(said: str) -> Attendee:
    """ "name; title; party", the last two at will."""
    name, title, party = (*(part.strip() for part in said.split(";")), "", "")[:3]
    return Attendee(name=name, title=title, party=party)


def _statement(said: str) -> Statement:
    """ "who: what"."""
    who, _, text = said.partition(":")
    return Statement(who=who.strip(), text=text.strip())
