"""The plain acts on a case: what was entered goes to one move of ``triage``, in one transaction.

Acts that have to look something up first are in ``desk.verifying``, ``desk.asking`` and ``desk.papers``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from monitor.desk import people, refs
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.action import Step
from monitor.model.case import AssignmentState, Capacity, Case, Closing, Reached
from monitor.triage import assigning, closing, noting, opening, remedying, verifying


def describe(
    s: Sitting,
    ident: str,
    *,
    title: str | None = None,
    topic: str | None = None,
    reached: Reached | None = None,
    reached_at: datetime | None = None,
    units: Iterable[str] | None = None,
    accused: Iterable[str] | None = None,
    marking: str | None = None,
) -> Case:
    """Title, topic, how it reached us, bodies concerned and accused, marking: what is given is changed."""
    concerned = None if units is None else refs.bodies(s, units)
    blamed = None if accused is None else refs.bodies(s, accused)

    def move(case: Case) -> Step:
        for asked in case.assignments:
            unit = asked.unit or (people.person(s.db, asked.person).unit if asked.person else "")
            if asked.state is not AssignmentState.WITHDRAWN and unit in (blamed or ()):
                raise RefusedError("verifies_itself", unit=unit)
        return opening.describe(
            case, actor=s.actor, title=title, topic=topic, reached=reached, reached_at=reached_at, units=concerned,
            accused=blamed, marking=marking,
        )  # fmt: skip

    return s.act(ident, move)


def restrict(s: Sitting, ident: str, allowed: Iterable[str]) -> Case:
    """Only these persons, and who restricts, see the case from now on."""
    named = refs.persons(s, allowed)
    return s.act(ident, lambda case: opening.restrict(case, named, actor=s.actor))


def lift(s: Sitting, ident: str) -> Case:
    """Everybody may see it again."""
    return s.act(ident, lambda case: opening.lift(case, actor=s.actor))


def drop_article(s: Sitting, ident: str, article: str) -> Case:
    """An item that does not belong to the case."""
    return s.act(ident, lambda case: opening.drop_article(case, article, actor=s.actor))


def comment(s: Sitting, ident: str, text: str) -> Case:
    """A remark."""
    return s.act(ident, lambda case: noting.comment(case, text, actor=s.actor, now=s.now))


def direct(s: Sitting, ident: str, text: str) -> Case:
    """A leader's direction."""
    return s.act(ident, lambda case: noting.direct(case, text, actor=s.actor, now=s.now))


def remind(s: Sitting, ident: str, what: str, due: date, person: str = "") -> Case:
    """A reminder for a day."""
    whom = people.person(s.db, person).id if person else ""
    return s.act(ident, lambda case: noting.remind(case, what, due, actor=s.actor, now=s.now, person=whom))


def reminded(s: Sitting, ident: str, reminder: str) -> Case:
    """A reminder was seen to."""
    return s.act(ident, lambda case: noting.reminded(case, reminder, actor=s.actor, now=s.now))


def unassign(s: Sitting, ident: str, assignment: str, why: str) -> Case:
    """An assignment is taken back."""
    return s.act(ident, lambda case: assigning.unassign(case, assignment, why, actor=s.actor))


def change_claim(
    s: Sitting,
    ident: str,
    claim: str,
    *,
    fact: str | None = None,
    source: str | None = None,
    harmed: str | None = None,
    capacity: Capacity | None = None,
    authority: str | None = None,
) -> Case:
    """What is given of a claim is changed; another fact makes its verdict void."""
    return s.act(
        ident,
        lambda case: verifying.change_claim(
            case,
            claim,
            actor=s.actor,
            fact=fact,
            source=source,
            harmed=None if harmed is None else refs.called(s, harmed),
            capacity=capacity,
            authority=refs.held(s, case, [authority])[0] if authority else authority,
        ),
    )


def drop_claim(s: Sitting, ident: str, claim: str, why: str) -> Case:
    """A claim that is none."""
    return s.act(ident, lambda case: verifying.drop_claim(case, claim, why, actor=s.actor))


def find(s: Sitting, ident: str, text: str, claims: Collection[str] = (), evidence: Iterable[str] = ()) -> Case:
    """What the check brought to light."""
    return s.act(
        ident,
        lambda case: verifying.add_finding(
            case, text, actor=s.actor, now=s.now, claims=claims, evidence=refs.held(s, case, evidence)
        ),
    )


def conclude(s: Sitting, ident: str, text: str = "", *, expected: int | None = None) -> Case:
    """The verification ends; the case's verdict follows from its claims."""
    return s.act(ident, lambda case: verifying.conclude(case, actor=s.actor, now=s.now, text=text), expected=expected)


def reverify(s: Sitting, ident: str, why: str) -> Case:
    """Back to checking."""
    return s.act(ident, lambda case: verifying.reverify(case, why, actor=s.actor, now=s.now))


def add_remedy(s: Sitting, ident: str, measure: str, *, who: str, due: date, claims: Collection[str] = ()) -> Case:
    """A measure: what, by whom, until when."""
    return s.act(
        ident,
        lambda case: remedying.add_remedy(
            case, measure, who=refs.doer(s, who), due=due, claims=claims, actor=s.actor, now=s.now
        ),
    )


def finish_remedy(s: Sitting, ident: str, remedy: str, *, done: date, result: str, proof: Iterable[str] = ()) -> Case:
    """A measure was carried out."""
    return s.act(
        ident,
        lambda case: remedying.finish_remedy(
            case, remedy, done=done, result=result, proof=refs.held(s, case, proof), actor=s.actor, now=s.now
        ),
    )


def drop_remedy(s: Sitting, ident: str, remedy: str, why: str) -> Case:
    """A measure is not carried out."""
    return s.act(ident, lambda case: remedying.drop_remedy(case, remedy, why, actor=s.actor))


def close(s: Sitting, ident: str, why: str = "", retention: str = "") -> Case:
    """The end of a case with a verdict."""
    return s.act(ident, lambda case: closing.close(case, actor=s.actor, now=s.now, why=why, retention=retention))


def close_without(s: Sitting, ident: str, how: Closing, why: str, other: str = "") -> Case:
    """The end of a case without a verdict. Raises UsageError where it doubles a case that is not there."""

    if how is Closing.DUPLICATE and other:
        other = s.case(other).id
    return s.act(ident, lambda case: closing.close_without(case, how, actor=s.actor, now=s.now, why=why, other=other))


def reopen(s: Sitting, ident: str, why: str) -> Case:
    """A closed case is taken up again."""
    return s.act(ident, lambda case: closing.reopen(case, why, actor=s.actor, now=s.now))
