"""A case (vụ việc): what the press said, whether it is so, what we put right, whom we asked to correct."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.model.casework import (
    Answer,
    Assignment,
    AssignmentState,
    Capacity,
    CaseStatus,
    CaseVerdict,
    Claim,
    ClaimVerdict,
    Closing,
    Conclusion,
    End,
    Finding,
    Ground,
    Marking,
    Note,
    Part,
    Reached,
    Remedy,
    RemedyState,
    Reminder,
    Triaged,
    TriageState,
    Way,
)
from monitor.model.filing import Arrival, PaperRecord
from monitor.model.request import Request

__all__ = [
    "Answer",
    "Assignment",
    "AssignmentState",
    "Capacity",
    "Case",
    "CaseStatus",
    "CaseVerdict",
    "Claim",
    "ClaimVerdict",
    "Closing",
    "Conclusion",
    "End",
    "Finding",
    "Ground",
    "Marking",
    "Note",
    "Part",
    "Reached",
    "Remedy",
    "RemedyState",
    "Reminder",
    "TriageState",
    "Triaged",
    "Way",
    "derive_verdict",
]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One matter from the report in the press to the last answer. ``revision`` grows with every change.

    ``articles`` are the items that carry it (press pages and items entered by hand alike). ``units`` are the bodies
    concerned, ``accused`` those of them whose own body or officer is accused: nobody verifies himself, and the case
    is hidden from them. Where ``restricted``, only ``allowed`` persons see that it exists.
    """

    id: str
    revision: int = 0
    title: str
    status: CaseStatus = CaseStatus.OPEN
    opened: datetime
    opened_by: str
    story: str = ""
    articles: tuple[str, ...] = ()
    topic: str = ""
    reached: Reached = Reached.PUBLISHED
    reached_at: datetime | None = None
    first_published: datetime | None = None
    units: tuple[str, ...] = ()
    accused: tuple[str, ...] = ()
    marking: Marking = Marking.ORDINARY
    restricted: bool = False
    allowed: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    findings: tuple[Finding, ...] = ()
    conclusion: Conclusion | None = None
    remedies: tuple[Remedy, ...] = ()
    requests: tuple[Request, ...] = ()
    papers: tuple[PaperRecord, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    notes: tuple[Note, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    end: End | None = None
    reopened: int = 0
    last: int = 0
    """The highest number given to a thing of this case; ids are never used twice."""

    @property
    def live_claims(self) -> tuple[Claim, ...]:
        """The claims that were not dropped."""
        return tuple(claim for claim in self.claims if not claim.dropped)

    @property
    def verdict(self) -> CaseVerdict | None:
        """Derived from the claims once the verification is concluded; None before."""
        return derive_verdict(tuple(c.verdict for c in self.live_claims)) if self.conclusion else None

    @property
    def lead(self) -> Assignment | None:
        """Who has the lead now."""
        leads = [a for a in self.assignments if a.part is Part.LEAD and a.state is not AssignmentState.WITHDRAWN]
        return leads[-1] if leads else None


def derive_verdict(verdicts: tuple[ClaimVerdict | None, ...]) -> CaseVerdict:
    """All alike: that. Something right beside something that is not: right in part. Nothing right: wrong, where
    anything is wrong, else not objective."""
    found = set(verdicts) - {None}
    if not found - {ClaimVerdict.UNSETTLED}:
        return CaseVerdict.UNSETTLED
    if found == {ClaimVerdict.RIGHT}:
        return CaseVerdict.RIGHT
    if ClaimVerdict.RIGHT in found:
        return CaseVerdict.PARTLY
    return CaseVerdict.WRONG if ClaimVerdict.WRONG in found else CaseVerdict.NOT_OBJECTIVE
