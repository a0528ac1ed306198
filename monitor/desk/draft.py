"""A paper being drafted: everything its body may need of the case, and what only who drafts can say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.desk import asking, outlets, wording
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.case import Assignment, Capacity, Case, Claim
from monitor.model.filing import PaperRecord, Writing
from monitor.model.paper import DisputedWork
from monitor.model.request import Request


@dataclass(frozen=True, kw_only=True)
class Draft:
    """All that a body may need."""

    sitting: Sitting
    book: Rulebook
    case: Case
    paper: PaperRecord
    request: Request | None
    assignment: Assignment | None
    said: Writing
    on: date

    @property
    def asked(self) -> Request:
        """The request the paper is for. Raises RefusedError where there is none."""
        if self.request is None:
            raise RefusedError("paper_needs_request", kind=self.paper.kind)
        return self.request

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the request, or all of the case."""
        chosen = self.request.claims if self.request else tuple(c.id for c in self.case.live_claims)
        return tuple(c for c in self.case.live_claims if c.id in chosen)

    @property
    def works(self) -> tuple[DisputedWork, ...]:
        """The publications of the request, or the items of the case."""
        names = outlets.names(self.sitting)
        if self.request and self.request.publications:
            return tuple(wording.work(p, names.get(p.outlet, self.request.name)) for p in self.request.publications)
        return case_works(self.sitting, self.case)

    @property
    def on_behalf(self) -> str:
        """For whom we write, where not for ourselves."""
        theirs = [claim.harmed for claim in self.claims if claim.capacity is Capacity.ON_BEHALF]
        # A letter that also writes in our own name is ours; the authorisation is among its attachments.
        return theirs[0] if theirs and len(theirs) == len(self.claims) else ""

    @property
    def authorised(self) -> bool:
        """Whether a written authorisation goes with the letter."""
        return any(claim.capacity is Capacity.ON_BEHALF for claim in self.claims)

    @property
    def informs(self) -> bool:
        """Whether the office only informs."""
        return bool(self.claims) and all(c.capacity is Capacity.INFORM for c in self.claims)


def case_works(sitting: Sitting, case: Case) -> tuple[DisputedWork, ...]:
    """The items of a case as works, the earliest first; at most ten, for a paper names no more."""
    names = outlets.names(sitting)
    found = sorted(asking.publications(sitting, case), key=lambda p: p.published or sitting.now)
    return tuple(wording.work(one, names.get(one.outlet, one.outlet)) for one in found[:10])
