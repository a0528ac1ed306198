"""What comes next in a case, in a sentence: for who opens it and wonders where it stands. It decides nothing."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.desk import naming
from monitor.labels import label
from monitor.model.case import AssignmentState, Case, CaseStatus, ClaimVerdict, RemedyState
from monitor.model.paper import PaperState
from monitor.model.request import RequestState
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
    if paper := _papers(case):
        return paper
    left = still_open(case)
    open_requests = sum(request.state.open for request in case.requests)
    if open_requests:
        return "follow", "requests", {"count": open_requests}
    if left:
        return "finish", "remedies", {"count": len(left)}
    return "close", "end", {}


_WAITING = {
    PaperState.NUMBERED: "issue", PaperState.SIGNED: "number", PaperState.SUBMITTED: "sign",
    PaperState.RETURNED: "returned", PaperState.DRAFTED: "submit",
}  # fmt: skip
"""What a paper waits for; the one that is furthest comes first."""


def _papers(case: Case) -> _Said | None:
    """A paper on its way, a request without its letter, a receipt that nobody recorded: each holds the clocks up."""
    for state, key in _WAITING.items():
        if found := [p for p in case.papers if p.state is state]:
            alone = state is PaperState.SIGNED and all(map(naming.enclosed, found))
            return "issue" if alone else key, "papers", {"what": _what([naming.signed(p) for p in found], "and_more")}
    drafted = [r.name for r in case.requests if r.state is RequestState.DRAFTED]
    if drafted:
        return "letter", "requests", {"what": _what(drafted, "and_others")}
    unread = [p for p in case.papers if p.state is PaperState.ISSUED and p.kind in naming.RECEIVED]
    if unread:
        return "receipt", "papers", {"what": _what([naming.signed(p) for p in unread], "and_more")}
    return None


def _what(found: list[str], more: str) -> str:
    words = found[0] if more == "and_others" else found[0][:1].lower() + found[0][1:]
    return label("next_step", more, what=words, count=len(found) - 1) if len(found) > 1 else words


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
