"""Papers: every action in every state, who may do it, numbers, cards, copies, what is issued stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from request_making import (
    ADMIN,
    BOSS,
    CARD,
    CLERK,
    HEAD,
    LATER,
    NOW,
    PRESS,
    TERMS,
    TODAY,
    UNIT,
    A,
    D,
    a_case,
    asking,
    drafted,
    holds,
    issued,
    received,
    sent,
)

from monitor.errors import RefusedError
from monitor.labels import wording
from monitor.model.action import PAPER_ROLES, PaperAction, Step
from monitor.model.case import Case, CaseStatus
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.model.people import OfficeRole, Person
from monitor.model.request import AddresseeKind, RequestState
from monitor.respond import drafting, filing, outcomes
from monitor.respond.filing import MOVES

S, P = PaperState, PaperAction
IDENT = "v8"


def plain(case: Case | None = None, kind: PaperKind = PaperKind.SUBMISSION) -> Step:
    """A paper of its own, which hangs on no request."""
    return drafting.draft(case or a_case(), kind, issuer="ldld", subject="xin ý kiến", actor=PRESS, now=NOW)


def paper(case: Case) -> PaperRecord:
    return case.papers[-1]


def number(case: Case, ident: str = IDENT, actor: Person = CLERK, **said: object) -> Step:
    words: dict[str, object] = {"number": 7, "symbol": "LĐLĐ-TG", "dated": TODAY, "now": NOW, **said}
    return filing.number(case, ident, actor=actor, **words)  # type: ignore[arg-type]


def issue(case: Case, ident: str = IDENT, actor: Person = CLERK, **said: object) -> Step:
    words: dict[str, object] = {"addressees": ["Báo A"], "file": "b9", "head": HEAD, "card": CARD, "terms": TERMS}
    return filing.issue(case, ident, **{**words, **said}, actor=actor, now=NOW)  # type: ignore[arg-type]


DO: dict[PaperAction, Callable[[Case, Person], Step]] = {
    P.REDRAFT: lambda c, a: filing.redraft(c, IDENT, subject="xin ý kiến lần 2", actor=a),
    P.SUBMIT: lambda c, a: filing.submit(c, IDENT, actor=a, now=NOW),
    P.RETURN: lambda c, a: filing.return_(c, IDENT, "thiếu căn cứ", actor=a),
    P.SIGN: lambda c, a: filing.sign(c, IDENT, actor=a, now=NOW),
    P.NUMBER: lambda c, a: number(c, actor=a),
    P.ISSUE: lambda c, a: issue(c, actor=a),
    P.RECEIVE: lambda c, a: filing.receive(c, IDENT, NOW, receipt="sổ chuyển giao", why="nhầm", actor=a, now=NOW),
    P.WITHDRAW: lambda c, a: filing.withdraw(c, IDENT, "không gửi nữa", actor=a, now=NOW),
}
WAY: dict[PaperState, tuple[PaperAction, ...]] = {
    S.DRAFTED: (),
    S.SUBMITTED: (P.SUBMIT,),
    S.RETURNED: (P.SUBMIT, P.RETURN),
    S.SIGNED: (P.SUBMIT, P.SIGN),
    S.NUMBERED: (P.SUBMIT, P.SIGN, P.NUMBER),
    S.ISSUED: (P.SUBMIT, P.SIGN, P.NUMBER, P.ISSUE),
    S.RECEIVED: (P.SUBMIT, P.SIGN, P.NUMBER, P.ISSUE, P.RECEIVE),
    S.WITHDRAWN: (P.SUBMIT, P.WITHDRAW),
}


def at(state: PaperState) -> Step:
    step = plain()
    for action in WAY[state]:
        step = step.then(DO[action](step.case, ADMIN))
    return step


@pytest.mark.parametrize("action", DO)
@pytest.mark.parametrize("state", PaperState)
def test_an_action_leads_where_the_table_says_and_is_refused_with_a_reason_elsewhere(
    state: PaperState, action: PaperAction
) -> None:
    step = at(state)
    assert paper(step.case).state is state
    if state in MOVES[action]:
        moved = DO[action](step.case, ADMIN)
        assert paper(moved.case).state is MOVES[action][state]
        holds(moved.case, (*step.happened, *moved.happened))
        return
    with pytest.raises(RefusedError) as refused:
        DO[action](step.case, ADMIN)
    assert refused.value.key in {
        "paper_is_withdrawn", "paper_is_issued", "paper_went_on", "paper_redraft_first", "paper_not_submitted",
        "paper_not_signed", "paper_not_numbered", "paper_not_issued",
    }  # fmt: skip
    assert IDENT in wording(refused.value)


@pytest.mark.parametrize(
    ("action", "state", "key"),
    [
        (P.SIGN, S.DRAFTED, "paper_not_submitted"),
        (P.SUBMIT, S.RETURNED, "paper_redraft_first"),
        (P.NUMBER, S.SUBMITTED, "paper_not_signed"),
        (P.ISSUE, S.SIGNED, "paper_not_numbered"),
        (P.ISSUE, S.DRAFTED, "paper_not_signed"),
        (P.RECEIVE, S.NUMBERED, "paper_not_issued"),
        (P.REDRAFT, S.ISSUED, "paper_is_issued"),
        (P.WITHDRAW, S.ISSUED, "paper_is_issued"),
        (P.NUMBER, S.RECEIVED, "paper_is_issued"),
        (P.SIGN, S.SIGNED, "paper_went_on"),
    ],
)
def test_the_reason_names_what_comes_first(action: PaperAction, state: PaperState, key: str) -> None:
    with pytest.raises(RefusedError) as refused:
        DO[action](at(state).case, ADMIN)
    assert refused.value.key == key


@pytest.mark.parametrize("person", [BOSS, PRESS, CLERK, replace(UNIT, unit="ldld")], ids=lambda p: p.roles[0].value)
@pytest.mark.parametrize("action", DO)
def test_each_step_has_its_people(action: PaperAction, person: Person) -> None:
    state = next(iter(MOVES[action]))
    if set(person.roles) & set(PAPER_ROLES[action]):
        assert DO[action](at(state).case, person).happened
        return
    with pytest.raises(RefusedError, match="role_missing") as refused:
        DO[action](at(state).case, person)
    assert wording(refused.value)


def test_who_only_works_for_a_unit_writes_that_unit_s_papers_alone() -> None:
    own = drafting.draft(
        a_case(), PaperKind.VERIFICATION_REPORT, issuer="cd-kcn", subject="báo cáo", actor=UNIT, now=NOW
    ).case
    assert filing.submit(own, IDENT, actor=UNIT, now=NOW).case.papers[0].state is S.SUBMITTED
    with pytest.raises(RefusedError, match="other_unit"):
        drafting.draft(a_case(), PaperKind.SUBMISSION, issuer="ldld", subject="x", actor=UNIT, now=NOW)
    with pytest.raises(RefusedError, match="other_unit"):
        filing.submit(plain().case, IDENT, actor=UNIT, now=NOW)


UNIT_LEADER = Person(id="u5", name="Lãnh đạo đơn vị", roles=(OfficeRole.LEADER,), unit="cd-kcn")


@pytest.mark.parametrize("action", [P.SIGN, P.RETURN])
def test_a_unit_s_leader_signs_and_returns_that_unit_s_papers_alone(action: PaperAction) -> None:
    case = at(S.SUBMITTED).case
    with pytest.raises(RefusedError) as refused:
        DO[action](case, UNIT_LEADER)
    assert refused.value.key == "unit_signs"
    assert "{" not in wording(refused.value)
    own = replace(case, papers=tuple(replace(one, issuer="cd-kcn") for one in case.papers))
    assert paper(DO[action](own, UNIT_LEADER).case).state is MOVES[action][S.SUBMITTED]
    assert paper(DO[action](own, BOSS).case).state is MOVES[action][S.SUBMITTED]


def test_a_receipt_still_comes_in_when_the_case_is_closed_and_nothing_else() -> None:
    for case in (at(S.ISSUED).case, sent().case):
        closed = replace(case, status=CaseStatus.CLOSED)
        ident = paper(closed).id
        step = filing.receive(closed, ident, NOW, receipt="phiếu phát 12", actor=CLERK, now=NOW)
        assert paper(step.case).state is S.RECEIVED
        assert step.case.requests == closed.requests
    with pytest.raises(RefusedError, match="case_is_closed"):
        DO[P.SUBMIT](replace(at(S.DRAFTED).case, status=CaseStatus.CLOSED), PRESS)
    with pytest.raises(RefusedError, match="case_is_closed"):
        filing.allow(a_case(CaseStatus.CLOSED), P.RECEIVE, CLERK)


def test_nobody_writes_in_a_closed_case_nor_under_a_disabled_name() -> None:
    with pytest.raises(RefusedError, match="case_is_closed"):
        plain(a_case(CaseStatus.CLOSED))
    with pytest.raises(RefusedError, match="person_disabled"):
        DO[P.SUBMIT](plain().case, replace(PRESS, disabled=NOW))


# Number and date.


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"number": 0}, "number_out_of_range"),
        ({"number": 100_000}, "number_out_of_range"),
        ({"symbol": ""}, "symbol_unfit"),
        ({"symbol": "LĐLĐ TG"}, "symbol_unfit"),
        ({"symbol": "LĐLĐ-"}, "symbol_unfit"),
        ({"dated": TODAY - timedelta(days=1)}, "dated_before_signed"),
        ({"dated": TODAY + timedelta(days=1)}, "in_the_future"),
    ],
)
def test_number_and_date_come_after_the_signature_as_the_register_has_them(said: dict[str, object], key: str) -> None:
    with pytest.raises(RefusedError, match=key):
        number(at(S.SIGNED).case, **said)  # type: ignore[arg-type]


def test_a_paper_has_its_sign_only_from_the_number_on_and_a_typo_can_be_put_right_before_the_issue() -> None:
    step = at(S.SIGNED)
    assert (paper(step.case).number, paper(step.case).dated) == (None, None)
    step = step.then(number(step.case, number=17))
    step = step.then(number(step.case, number=7, symbol="BC-LĐLĐ"))
    assert paper(step.case).sign == "07/BC-LĐLĐ"
    holds(step.case, step.happened)


def test_a_signature_is_of_a_day_since_the_submission() -> None:
    case = at(S.SUBMITTED).case
    with pytest.raises(RefusedError, match="signed_before_submitted"):
        filing.sign(case, IDENT, at=NOW - timedelta(days=2), actor=BOSS, now=NOW)
    with pytest.raises(RefusedError, match="in_the_future"):
        filing.sign(case, IDENT, at=LATER, actor=BOSS, now=NOW)
    signed = paper(filing.sign(case, IDENT, actor=BOSS, now=NOW).case)
    assert (signed.signed_by, signed.signer_title) == ("u1", "PHÓ CHỦ TỊCH")


def test_a_paper_returned_keeps_the_remarks_and_is_drafted_again() -> None:
    step = at(S.RETURNED)
    assert paper(step.case).remarks == "thiếu căn cứ"
    step = step.then(DO[P.REDRAFT](step.case, PRESS))
    assert (paper(step.case).state, paper(step.case).subject) == (S.DRAFTED, "xin ý kiến lần 2")
    with pytest.raises(RefusedError, match="words_missing"):
        filing.return_(at(S.SUBMITTED).case, IDENT, " ", actor=BOSS)


# Letters to outlets.


def letter(kind: AddresseeKind = A.PRESS) -> Step:
    """A letter of a request, numbered."""
    step = asking(a_case(), kind)
    step = step.then(drafted(step.case, "r8"))
    ident = paper(step.case).id
    step = step.then(filing.submit(step.case, ident, actor=PRESS, now=NOW))
    step = step.then(filing.sign(step.case, ident, actor=BOSS, now=NOW))
    return step.then(number(step.case, ident))


@pytest.mark.parametrize(
    ("card", "key"),
    [
        (None, "card_missing"),
        (replace(CARD, outlet="baob"), "card_of_other"),
        (replace(CARD, valid_to=date(2026, 11, 9)), "card_not_valid"),
        (replace(CARD, valid_from=date(2026, 11, 11)), "card_not_valid"),
    ],
)
def test_no_card_no_letter(card: object, key: str) -> None:
    case = letter().case
    with pytest.raises(RefusedError, match=key) as refused:
        issue(case, paper(case).id, card=card)
    assert wording(refused.value)


@pytest.mark.parametrize("kind", [A.SOCIAL, A.AUTHORITY])
def test_pages_and_authorities_have_no_outlet_card(kind: AddresseeKind) -> None:
    case = letter(kind).case
    assert issue(case, paper(case).id, card=None).case.requests[0].state is RequestState.SENT


def test_the_issue_freezes_the_letter_and_sends_its_request() -> None:
    step = letter()
    ident = paper(step.case).id
    moved = issue(step.case, ident)
    out, request = paper(moved.case), moved.case.requests[0]
    assert (out.state, out.file, out.head, out.addressees) == (S.ISSUED, "b9", HEAD, ("Báo A",))
    assert (request.sent, request.letter, request.letter_date) == (NOW, ident, TODAY)
    assert [one.action for one in moved.happened] == ["paper.issue", "request.send"]
    holds(moved.case, (*step.happened, *moved.happened))


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"addressees": [" "]}, "addressees_missing"),
        ({"file": ""}, "words_missing"),
        ({"file": "công văn.docx"}, "not_an_id"),
        ({"terms": None}, "law_not_known"),
        ({"at": LATER}, "in_the_future"),
        ({"at": NOW - timedelta(days=1)}, "issued_before_dated"),
    ],
)
def test_an_issue_is_whole_or_refused(said: dict[str, object], key: str) -> None:
    case = letter().case
    with pytest.raises(RefusedError, match=key):
        issue(case, paper(case).id, **said)  # type: ignore[arg-type]


def test_no_letter_goes_out_while_the_matter_is_checked_again() -> None:
    case = replace(letter().case, status=CaseStatus.VERIFYING, conclusion=None)
    with pytest.raises(RefusedError, match="no_verdict_yet"):
        issue(case, paper(case).id)


def test_a_letter_of_a_withdrawn_request_does_not_go_out() -> None:
    step = letter()
    case = outcomes.withdraw_request(step.case, "r8", "đã sửa", actor=PRESS, now=NOW).case
    with pytest.raises(RefusedError, match="paper_is_withdrawn"):
        issue(case, paper(case).id)
    with pytest.raises(RefusedError, match="paper_of_withdrawn"):
        drafted(case, "r8")


def test_receipt_of_the_letter_is_receipt_of_the_request() -> None:
    step = sent()
    moved = filing.receive(step.case, paper(step.case).id, NOW, receipt="phiếu phát 12", actor=CLERK, now=NOW)
    assert moved.case.requests[0].state is RequestState.WAITING
    assert paper(moved.case).state is S.RECEIVED
    holds(moved.case, (*step.happened, *moved.happened))


def test_a_withdrawn_draft_leaves_its_request_free_for_another() -> None:
    step = asking(a_case())
    step = step.then(drafted(step.case, "r8"))
    with pytest.raises(RefusedError, match="letter_there"):
        drafted(step.case, "r8")
    step = step.then(filing.withdraw(step.case, paper(step.case).id, "soạn nhầm mẫu", actor=PRESS, now=NOW))
    assert step.case.requests[0].letter == ""
    step = step.then(drafted(step.case, "r8"))
    assert step.case.requests[0].letter == paper(step.case).id
    holds(step.case, step.happened)


def draft(case: Case, kind: PaperKind, **said: object) -> Step:
    words: dict[str, object] = {"issuer": "ldld", "subject": "trích yếu", "request": "r8", **said}
    return drafting.draft(case, kind, actor=PRESS, now=NOW, **words)  # type: ignore[arg-type]


def test_an_issued_letter_is_replaced_by_another_and_stays_as_it_is() -> None:
    step = sent()
    old = paper(step.case)
    with pytest.raises(RefusedError, match="letter_there"):
        draft(step.case, PaperKind.REQUEST_LETTER)
    step = step.then(draft(step.case, PaperKind.REQUEST_LETTER, replaces=old.id))
    new = paper(step.case)
    assert step.case.requests[0].letter == old.id
    step = issued(step, new.id, no=8)
    assert next(one for one in step.case.papers if one.id == old.id) == old
    assert step.case.requests[0].letter == old.id  # its clocks run from the first letter
    holds(step.case, step.happened)
    with pytest.raises(RefusedError, match="replace_not_issued"):
        draft(letter().case, PaperKind.REQUEST_LETTER, replaces=paper(letter().case).id)


@pytest.mark.parametrize(
    ("case", "kind", "said", "key"),
    [
        (asking(a_case()).case, PaperKind.PETITION, {}, "kind_unfit"),
        (asking(a_case(), A.AUTHORITY).case, PaperKind.REQUEST_LETTER, {}, "kind_unfit"),
        (asking(a_case(), A.AGGREGATOR).case, PaperKind.RESPONSE_TEXT, {}, "response_not_asked"),
        (asking(a_case(), demands=(D.CORRECT,)).case, PaperKind.RESPONSE_TEXT, {}, "response_not_asked"),
        (asking(a_case()).case, PaperKind.REMINDER, {}, "reminder_of_what"),
        (asking(a_case()).case, PaperKind.REQUEST_LETTER, {"issuer": "cd-kcn"}, "issuer_of_request"),
        (asking(a_case()).case, PaperKind.REQUEST_LETTER, {"request": ""}, "paper_needs_request"),
        (asking(a_case()).case, PaperKind.REQUEST_LETTER, {"subject": " "}, "words_missing"),
        (a_case(), PaperKind.ASSIGNMENT, {"request": ""}, "paper_needs_assignment"),
        (a_case(), PaperKind.ASSIGNMENT, {"request": "", "assignment": "a99"}, "thing_unknown"),
        (a_case(), PaperKind.MINUTES, {"request": "r99"}, "thing_unknown"),
    ],
)
def test_a_paper_goes_with_what_it_is_for(case: Case, kind: PaperKind, said: dict[str, object], key: str) -> None:
    with pytest.raises(RefusedError, match=key):
        draft(case, kind, **said)


def test_a_reminder_is_no_second_letter_and_needs_the_card_too() -> None:
    step = received()
    step = step.then(draft(step.case, PaperKind.REMINDER))
    assert step.case.requests[0].letter == step.case.papers[0].id
    with pytest.raises(RefusedError, match="card_missing"):
        issued(step, paper(step.case).id, no=8, card=None)
    assert paper(issued(step, paper(step.case).id, no=8).case).state is S.ISSUED


def test_the_text_of_a_response_goes_with_its_letter_and_may_do_without_a_number() -> None:
    step = asking(a_case())
    step = step.then(draft(step.case, PaperKind.RESPONSE_TEXT))
    ident = paper(step.case).id
    step = step.then(filing.submit(step.case, ident, actor=PRESS, now=NOW))
    step = step.then(filing.sign(step.case, ident, actor=BOSS, now=NOW))
    moved = issue(step.case, ident)
    assert paper(moved.case).state is S.ISSUED
    assert moved.case.requests[0].state is RequestState.DRAFTED


# Copies.


def copy(case: Case, **said: object) -> Step:
    words: dict[str, object] = {
        "issuer": "ldld", "subject": "đề nghị cải chính", "number": 12, "symbol": "CĐKCN", "dated": date(2026, 11, 8),
        "addressees": ["Báo A"], "file": "b12", "request": "r8", "terms": TERMS, "actor": CLERK, "now": NOW,
    }  # fmt: skip
    return drafting.record_copy(case, PaperKind.REQUEST_LETTER, **{**words, **said})  # type: ignore[arg-type]


def test_a_unit_s_letter_is_recorded_from_its_copy_and_sends_its_request() -> None:
    step = asking(a_case())
    step = step.then(copy(step.case))
    one, request = paper(step.case), step.case.requests[0]
    assert (one.copy, one.state, one.sign) == (True, S.ISSUED, "12/CĐKCN")
    assert (request.state, request.letter_date, request.letter) == (RequestState.SENT, date(2026, 11, 8), one.id)
    holds(step.case, step.happened)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"dated": date(2026, 12, 1)}, "in_the_future"),
        ({"file": " "}, "words_missing"),
        ({"addressees": []}, "addressees_missing"),
        ({"number": 0}, "number_out_of_range"),
        ({"terms": None}, "law_not_known"),
        ({"actor": UNIT}, "role_missing"),
    ],
)
def test_a_copy_is_whole_or_refused(said: dict[str, object], key: str) -> None:
    with pytest.raises(RefusedError, match=key):
        copy(asking(a_case()).case, **said)
