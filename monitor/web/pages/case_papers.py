"""The papers of a case on its page: what is being written, what went out, what arrived; and the forms for a new one.

The steps of a paper stand on its own page (``paper``); the forms here lead to ``case_filing``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.desk import naming
from monitor.labels import label, of
from monitor.model.action import CaseAction, PaperAction, gate
from monitor.model.case import AssignmentState, Case
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.model.people import Person
from monitor.model.request import RequestState
from monitor.respond import filing
from monitor.web.pages import case_rules, case_steps

if TYPE_CHECKING:
    from monitor.web.visit import Visit

GONE = (PaperState.ISSUED, PaperState.RECEIVED)
_USE = {
    kind: label("web_paper_kind", kind.value)
    for kind in (
        *(PaperKind.REQUEST_LETTER, PaperKind.RESPONSE_TEXT, PaperKind.REMINDER, PaperKind.PETITION),
        *(PaperKind.SUBMISSION, PaperKind.ASSIGNMENT, PaperKind.VERIFICATION_REPORT, PaperKind.MINUTES),
        PaperKind.REMEDY_NOTICE,
    )
}


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper in the case's list: ``waits`` is what it waits for, in words."""

    paper: PaperRecord
    issuer: str
    waits: str
    to: str
    enclosed: bool = False


def values(v: Visit, case: Case) -> dict[str, object]:
    """What ``case-papers.html`` shows; every name begins with ``pap_``."""
    names = case_rules.unit_names(v)
    asked = {one.id: one.name for one in case.requests}
    lines = [_line(one, names, asked) for one in case.papers]
    return {
        "pap_open": tuple(x for x in lines if x.paper.state not in (*GONE, PaperState.WITHDRAWN)),
        "pap_gone": tuple(x for x in lines if x.paper.state in GONE),
        "pap_dropped": tuple(x for x in lines if x.paper.state is PaperState.WITHDRAWN),
        "pap_draft": may_draft(v, case),
        "pap_copy": case_rules.hand(v, lambda who: filing.allow(case, PaperAction.RECEIVE, who)),
        "pap_arrive": case_rules.hand(v, lambda who: gate(case, CaseAction.ARRIVE, who)),
        "pap_kinds": tuple((kind.value, f"{of(kind)} ({_USE[kind]})") for kind in PaperKind),
        "pap_requests": tuple(
            (r.id, f"{r.name} ({of(r.state).lower()})") for r in case.requests if r.state is not RequestState.WITHDRAWN
        ),
        "pap_assignments": tuple(
            (a.id, ": ".join(filter(None, (names.get(a.unit, ""), a.task[:60]))))
            for a in case.assignments
            if a.state is not AssignmentState.WITHDRAWN
        ),
        "pap_replaces": tuple((x.paper.id, naming.signed(x.paper)) for x in lines if x.paper.state in GONE),
        "pap_issuers": case_rules.issuers(v, case),
        "pap_body": v.at.actor.unit,
    }


def may_draft(v: Visit, case: Case) -> case_rules.Hand | None:
    """Whose hand it needs to draft a paper in this case; None where nobody's at hand is enough."""

    def check(who: Person) -> None:
        filing.allow(case, PaperAction.DRAFT, who)

    return case_rules.hand(v, check)


def _line(paper: PaperRecord, names: Mapping[str, str], asked: Mapping[str, str]) -> PaperLine:
    return PaperLine(
        paper=paper, issuer=names.get(paper.issuer, paper.issuer), waits=case_steps.paper_waits(paper),
        enclosed=naming.enclosed(paper),
        to="; ".join(paper.addressees) or asked.get(paper.request, ""),
    )  # fmt: skip
