"""What can be done to a case, when, and by whom: the one table every move is checked against.

``gate`` is the check. A move that is out of place is refused with what is missing, never with "not allowed".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.errors import RefusedError
from monitor.model.case import Case, CaseStatus
from monitor.model.event import Happening
from monitor.model.people import FEDERATION, OfficeRole, Person


class CaseAction(StrEnum):
    """An act on a case."""

    ADD_ARTICLE = "add_article"
    DROP_ARTICLE = "drop_article"
    DESCRIBE = "describe"
    """Title, topic, bodies concerned, how it reached us, marking."""
    RESTRICT = "restrict"
    LIFT = "lift"
    COMMENT = "comment"
    DIRECT = "direct"
    REMIND = "remind"
    REMINDED = "reminded"
    ASSIGN = "assign"
    ANSWER = "answer"
    UNASSIGN = "unassign"
    HAND_OVER = "hand_over"
    ADD_CLAIM = "add_claim"
    CHANGE_CLAIM = "change_claim"
    DROP_CLAIM = "drop_claim"
    FIND = "find"
    JUDGE = "judge"
    CONCLUDE = "conclude"
    REVERIFY = "reverify"
    ADD_REMEDY = "add_remedy"
    FINISH_REMEDY = "finish_remedy"
    DROP_REMEDY = "drop_remedy"
    ADD_REQUEST = "add_request"
    CHANGE_REQUEST = "change_request"
    WITHDRAW_REQUEST = "withdraw_request"
    RECORD = "record"
    """Receipt, conclusion, round or result on a request."""
    ESCALATE = "escalate"
    PAPER = "paper"
    """Any step of a paper of ours."""
    ARRIVE = "arrive"
    ATTACH = "attach"
    PACK = "pack"
    """Its file, or its evidence, in one file that can leave the office."""
    CLOSE = "close"
    CLOSE_WITHOUT = "close_without"
    REOPEN = "reopen"
    UNDO = "undo"
    """Within a day of opening, and while nothing else was done."""


class PaperAction(StrEnum):
    """A step of a paper."""

    DRAFT = "draft"
    REDRAFT = "redraft"
    SUBMIT = "submit"
    RETURN = "return"
    SIGN = "sign"
    NUMBER = "number"
    ISSUE = "issue"
    RECEIVE = "receive"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, kw_only=True)
class Step:
    """What a pure move gives: the case as it is now, and what happened, to be stored in one transaction."""

    case: Case
    happened: tuple[Happening, ...]

    def then(self, other: Step) -> Step:
        """This step and one made on its result."""
        return Step(case=other.case, happened=(*self.happened, *other.happened))


A = CaseAction
_ALWAYS = {A.COMMENT, A.ARRIVE, A.ATTACH, A.PACK, A.RESTRICT, A.LIFT, A.REMINDED}
_LIVE = {
    *_ALWAYS, A.ADD_ARTICLE, A.DROP_ARTICLE, A.DESCRIBE, A.DIRECT, A.REMIND, A.ASSIGN, A.UNASSIGN, A.HAND_OVER, A.PAPER,
}  # fmt: skip
_CLAIMS = {A.ADD_CLAIM, A.CHANGE_CLAIM, A.DROP_CLAIM}
_REMEDIES = {A.ADD_REMEDY, A.FINISH_REMEDY, A.DROP_REMEDY}

ALLOWED: dict[CaseStatus, frozenset[CaseAction]] = {
    CaseStatus.OPEN: frozenset({*_LIVE, *_CLAIMS, A.CLOSE_WITHOUT, A.UNDO}),
    CaseStatus.VERIFYING: frozenset(
        {*_LIVE, *_CLAIMS, *_REMEDIES, A.ANSWER, A.FIND, A.JUDGE, A.CONCLUDE, A.CLOSE_WITHOUT}
    ),
    CaseStatus.HANDLING: frozenset(
        {*_LIVE, *_REMEDIES, A.CHANGE_CLAIM, A.ANSWER, A.FIND, A.REVERIFY, A.ADD_REQUEST, A.CHANGE_REQUEST,
         A.WITHDRAW_REQUEST, A.RECORD, A.ESCALATE, A.CLOSE}
    ),
    CaseStatus.CLOSED: frozenset({*_ALWAYS, A.REOPEN}),
}  # fmt: skip

_NO_VERDICT = {
    A.ADD_REQUEST, A.CHANGE_REQUEST, A.WITHDRAW_REQUEST, A.RECORD, A.ESCALATE, A.CLOSE, A.REVERIFY,
}  # fmt: skip
_NOT_ASSIGNED = {*_REMEDIES, A.ANSWER, A.FIND, A.JUDGE, A.CONCLUDE}

ROLES: dict[CaseAction, tuple[OfficeRole, ...]] = {
    A.DIRECT: (OfficeRole.LEADER,),
    A.CONCLUDE: (OfficeRole.LEADER,),
    A.REVERIFY: (OfficeRole.LEADER,),
    A.RESTRICT: (OfficeRole.LEADER,),
    A.LIFT: (OfficeRole.LEADER,),
    A.COMMENT: (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK, OfficeRole.UNIT),
    A.ANSWER: (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.UNIT),
    A.FIND: (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.UNIT),
    A.ATTACH: (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK, OfficeRole.UNIT),
    A.REMIND: (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK, OfficeRole.UNIT),
    A.REMINDED: (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK, OfficeRole.UNIT),
    A.RECORD: (OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK),
    A.ARRIVE: (OfficeRole.PRESS, OfficeRole.CLERK),
}
_ELSE = (OfficeRole.LEADER, OfficeRole.PRESS)
_LEADING = {A.DIRECT, A.CONCLUDE, A.REVERIFY, A.RESTRICT, A.LIFT}
"""What the federation's leader does with a case, and no unit's."""

PAPER_ROLES: dict[PaperAction, tuple[OfficeRole, ...]] = {
    PaperAction.DRAFT: (OfficeRole.PRESS, OfficeRole.UNIT, OfficeRole.LEADER),
    PaperAction.REDRAFT: (OfficeRole.PRESS, OfficeRole.UNIT, OfficeRole.LEADER),
    PaperAction.SUBMIT: (OfficeRole.PRESS, OfficeRole.UNIT, OfficeRole.LEADER),
    PaperAction.RETURN: (OfficeRole.LEADER,),
    PaperAction.SIGN: (OfficeRole.LEADER,),
    PaperAction.NUMBER: (OfficeRole.CLERK,),
    PaperAction.ISSUE: (OfficeRole.CLERK,),
    PaperAction.RECEIVE: (OfficeRole.CLERK, OfficeRole.PRESS),
    PaperAction.WITHDRAW: (OfficeRole.PRESS, OfficeRole.UNIT, OfficeRole.LEADER),
}
_SIGNING = {PaperAction.SIGN, PaperAction.RETURN}


_OF_ACCUSED = (A.COMMENT, A.ATTACH)
"""What the people of an accused body may do, where they are named: be heard, and hand in."""


def refusal(status: CaseStatus, action: CaseAction) -> str:
    """Why the action is out of place: a key of the labels group ``error``; empty where it is in place."""
    if action in ALLOWED[status]:
        return ""
    if status is CaseStatus.CLOSED:
        return "case_is_closed"
    if action is CaseAction.REOPEN:
        return "case_not_closed"
    if action is CaseAction.UNDO:
        return "case_went_on"
    if status is CaseStatus.HANDLING:
        return "verdict_stands"
    if action in _NO_VERDICT:
        return "no_verdict_yet"
    return "not_assigned_yet" if action in _NOT_ASSIGNED else "case_went_on"


def gate(case: Case, action: CaseAction, actor: Person) -> None:
    """Raises RefusedError where the case is not so far, or the person may not do this."""
    entitled(action, actor)
    if actor.unit and actor.unit in case.accused and action not in _OF_ACCUSED:
        raise RefusedError("verifies_itself", unit=actor.unit)
    if key := refusal(case.status, action):
        raise RefusedError(key, case=case.id, action=action)


def entitled(action: CaseAction, actor: Person) -> None:
    """Raises RefusedError where the person may not do this, however far the case is."""
    if actor.disabled:
        raise RefusedError("person_disabled", person=actor.id)
    if not actor.has(*roles_of(action)):
        raise RefusedError("role_missing", action=action, roles=roles_of(action))
    if action in _LEADING and elsewhere(actor, FEDERATION):
        raise RefusedError("unit_leads", action=action, unit=actor.unit)


def paper_refusal(status: CaseStatus, action: PaperAction) -> str:
    """``refusal`` for a step of a paper: the receipt of one that went out still comes in when the case is closed."""
    return "" if action is PaperAction.RECEIVE else refusal(status, CaseAction.PAPER)


def signs(action: PaperAction, actor: Person, issuer: str) -> None:
    """Raises RefusedError where a unit's leader would sign, or return, what another body issues."""
    if action in _SIGNING and issuer and elsewhere(actor, issuer):
        raise RefusedError("unit_signs", action=action, unit=issuer)


def elsewhere(actor: Person, body: str) -> bool:
    """Whether he works for a unit that is not this body.

    The federation's own people are elsewhere nowhere.
    """
    return actor.body not in (FEDERATION, body)


def answers(actor: Person, *, own: bool) -> None:
    """Raises RefusedError where somebody who only works for a unit would answer what another one was asked."""
    if not own and not actor.has(OfficeRole.LEADER, OfficeRole.PRESS):
        raise RefusedError("answer_of_other", person=actor.id)


def roles_of(action: CaseAction) -> tuple[OfficeRole, ...]:
    """Who may do it."""
    return ROLES.get(action, _ELSE)
