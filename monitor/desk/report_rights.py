"""Who may do what with a report: people of the federation's own office, never those of its units.

A report counts every case, restricted ones too, and names what units were late with: who works for a unit, and who
only keeps the program, gets none of it.
"""

from __future__ import annotations

from monitor.config.report import load_report_paper
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.action import elsewhere
from monitor.model.people import FEDERATION, OfficeRole, Person
from monitor.model.report_paper import ReportAct
from monitor.model.settings import Approver

A, R = ReportAct, OfficeRole
ROLES: dict[ReportAct, tuple[OfficeRole, ...]] = {
    A.READ: (R.LEADER, R.PRESS, R.CLERK),
    A.WRITE: (R.LEADER, R.PRESS),
    A.ISSUE: (R.LEADER, R.PRESS),
    A.SEND: (R.LEADER, R.PRESS, R.CLERK),
}


def roles_of(act: ReportAct, issuer: Approver = Approver.PRESS) -> tuple[OfficeRole, ...]:
    """Who may do it; ``issuer`` is the office's choice of who issues."""
    return (R.LEADER,) if act is A.ISSUE and issuer is Approver.LEADER else ROLES[act]


def may(person: Person, act: ReportAct, issuer: Approver = Approver.PRESS) -> bool:
    """Whether the person may do this."""
    return person.disabled is None and not elsewhere(person, FEDERATION) and person.has(*roles_of(act, issuer))


def may_here(sitting: Sitting, act: ReportAct) -> bool:
    """``may`` for who sits, by the office's rules: what a page asks before it offers a button."""
    return may(sitting.actor, act, _issuer(sitting, act))


def entitled(sitting: Sitting, act: ReportAct) -> None:
    """Raises RefusedError where who sits may not do this."""
    issuer = _issuer(sitting, act)
    if not may(sitting.actor, act, issuer):
        raise RefusedError("report_role", act=act, roles=roles_of(act, issuer))


def _issuer(sitting: Sitting, act: ReportAct) -> Approver:
    return load_report_paper(sitting.home.rules).issue if act is A.ISSUE else Approver.PRESS
