"""What comes next in a case, in a sentence: for who opens it and wonders where it stands. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.labels import label
from monitor.model.case import AssignmentState, Case, CaseStatus, ClaimVerdict, RemedyState
from monitor.triage.closing import still_open

_FAULTY = (ClaimVerdict.WRONG, ClaimVerdict.NOT_OBJECTIVE)


@dataclass(frozen=True, kw_only=True)
class Next:
    """``words`` say it, ``part`` is the part of the case where it is done (a key of the group ``next_step``)."""

    key: str
    words: str
    part: str


def next_step(case: Case) -> Next:
    """The step that the case waits for."""
    key, part, facts = _verifying(case) if case.status is CaseStatus.VERIFYING else _other(case)
    return Next(key=key, words=label("next_step", key, **facts), part=part)


_Said = tuple[str, str, dict[str, object]]


def _other(case: Case) -> _Said:
    if case.status is CaseStatus.OPEN:
        return "assign", "assign", {}
    if case.status is CaseStatus.CLOSED:
        return "closed", "end", {}
    right = {c.id for c in case.live_claims if c.verdict is ClaimVerdict.RIGHT}
    # A measure that is tied to no claim is for all of them.
    tended = {one for r in case.remedies if r.state is not RemedyState.DROPPED for one in r.claims or right}
    if right and not tended & right:
        return "remedy", "remedies", {"count": len(right)}
    if any(c.verdict in _FAULTY for c in case.live_claims) and not case.requests:
        return "request", "requests", {}
    left = still_open(case)
    open_requests = sum(request.state.open for request in case.requests)
    if open_requests:
        return "follow", "requests", {"count": open_requests}
    if left:
        return "finish", "remedies", {"count": len(left)}
    return "close", "end", {}


def _verifying(case: Case) -> _Said:
    waiting = [a for a in case.assignments if a.state is AssignmentState.OPEN]
    unjudged = [c for c in case.live_claims if c.verdict is None]
    if not case.lead:
        return "assign", "assign", {}
    if not case.live_claims:
        return "claim", "claims", {}
    if waiting:
        return "answers", "assign", {"count": len(waiting)}
    if unjudged:
        return "judge", "claims", {"count": len(unjudged)}
    return "conclude", "claims", {}
