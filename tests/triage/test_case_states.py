"""Every pair of a state and an action: allowed ones move, the others refuse and name what is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from triage_making import ACTS, ADMIN, DAY, IN, NOW, closed, handling, judged, opened, verifying_case

from monitor.errors import RefusedError
from monitor.labels import wording
from monitor.model.action import ALLOWED, CaseAction, entitled, gate, refusal
from monitor.model.case import (
    CaseStatus,
    CaseVerdict,
    ClaimVerdict,
    Closing,
    Ground,
    Marking,
    Part,
    Reached,
    derive_verdict,
)
from monitor.model.people import OfficeRole, Person
from monitor.triage import assigning, closing, noting, opening, remedying, verifying

PAIRS = [(status, action) for status in CaseStatus for action in CaseAction]
# In place by status, but refused for another reason than the status in the cases of ``making``.
BUSY = {
    (CaseStatus.OPEN, CaseAction.UNASSIGN): "thing_unknown",
    (CaseStatus.OPEN, CaseAction.CHANGE_CLAIM): "thing_unknown",
    (CaseStatus.OPEN, CaseAction.DROP_CLAIM): "thing_unknown",
    (CaseStatus.OPEN, CaseAction.REMINDED): "thing_unknown",
    (CaseStatus.VERIFYING, CaseAction.CLOSE_WITHOUT): "things_open",
    (CaseStatus.HANDLING, CaseAction.CLOSE): "things_open",
}
LEADS_TO = {
    (CaseStatus.VERIFYING, CaseAction.CONCLUDE): CaseStatus.HANDLING,
    (CaseStatus.HANDLING, CaseAction.REVERIFY): CaseStatus.VERIFYING,
    (CaseStatus.OPEN, CaseAction.CLOSE_WITHOUT): CaseStatus.CLOSED,
    (CaseStatus.OPEN, CaseAction.UNDO): CaseStatus.CLOSED,
    (CaseStatus.CLOSED, CaseAction.REOPEN): CaseStatus.HANDLING,
}


@pytest.mark.parametrize(("status", "action"), [pair for pair in PAIRS if pair[1] in ACTS])
def test_an_action_moves_the_case_or_says_what_is_missing(status: CaseStatus, action: CaseAction) -> None:
    case = IN[status]()
    assert case.status is status
    if action not in ALLOWED[status]:
        with pytest.raises(RefusedError) as refused:
            ACTS[action](case)
        assert refused.value.key == refusal(status, action)
        assert case.id in wording(refused.value)
        return
    if (status, action) in BUSY:
        with pytest.raises(RefusedError) as refused:
            ACTS[action](case)
        assert refused.value.key == BUSY[status, action]
        return
    step = ACTS[action](case)
    assert step.happened
    assert step.case != case or action in (CaseAction.LIFT,)
    assert step.case.status is LEADS_TO.get((status, action), status)


@pytest.mark.parametrize(("status", "action"), PAIRS)
def test_the_gate_knows_every_pair(status: CaseStatus, action: CaseAction) -> None:
    case = IN[status]()
    key = refusal(status, action)
    assert bool(key) is (action not in ALLOWED[status])
    if not key:
        gate(case, action, ADMIN)
        return
    with pytest.raises(RefusedError) as refused:
        gate(case, action, ADMIN)
    assert "{" not in wording(refused.value)


@pytest.mark.parametrize("action", CaseAction)
def test_who_has_not_the_role_is_told_who_has(action: CaseAction) -> None:
    nobody = Person(id="u9", name="Khách", roles=())
    with pytest.raises(RefusedError) as refused:
        gate(handling(), action, nobody)
    assert refused.value.key == "role_missing"
    assert "{" not in wording(refused.value)


def test_a_request_before_the_verdict_is_refused_for_want_of_it() -> None:
    with pytest.raises(RefusedError) as refused:
        gate(judged(), CaseAction.ADD_REQUEST, ADMIN)
    assert "chưa có kết luận xác minh" in wording(refused.value)


def test_the_first_lead_sets_the_verification_going_and_a_helper_does_not() -> None:
    helped = ACTS[CaseAction.ASSIGN](opened())
    assert helped.case.status is CaseStatus.OPEN
    assert verifying_case().status is CaseStatus.VERIFYING


def test_a_second_lead_needs_the_first_one_withdrawn() -> None:
    case = verifying_case()
    with pytest.raises(RefusedError, match="lead_taken"):
        assigning.assign(
            case, actor=ADMIN, now=NOW, part=Part.LEAD, task="Làm lại", due=DAY, directed_by="u1", unit="khac"
        )
    case = assigning.unassign(case, case.assignments[0].id, "Đổi đơn vị", actor=ADMIN).case
    assert case.lead is None
    case = assigning.assign(
        case, actor=ADMIN, now=NOW, part=Part.LEAD, task="Làm lại", due=DAY, directed_by="u1", unit="khac"
    ).case
    assert case.lead is not None
    assert case.lead.unit == "khac"


def test_nobody_verifies_himself() -> None:
    case = opening.describe(opened(), actor=ADMIN, accused=["cd-kcn"]).case
    assert case.units == ("cd-kcn",)
    with pytest.raises(RefusedError, match="verifies_itself"):
        assigning.assign(case, actor=ADMIN, now=NOW, part=Part.LEAD, task="x", due=DAY, directed_by="u1", unit="cd-kcn")
    with pytest.raises(RefusedError, match="verifies_itself"):
        assigning.assign(
            case, actor=ADMIN, now=NOW, part=Part.LEAD, task="x", due=DAY, directed_by="u1", person="u5",
            person_unit="cd-kcn",
        )  # fmt: skip
    with pytest.raises(RefusedError, match="verifies_itself"):
        opening.describe(verifying_case(), actor=ADMIN, accused=["cd-kcn"])


def test_the_accused_body_does_not_see_the_case() -> None:
    case = opening.describe(opened(), actor=ADMIN, accused=["cd-kcn"]).case
    theirs = Person(id="u7", name="Cán bộ đơn vị", roles=(OfficeRole.UNIT,), unit="cd-kcn")
    other = Person(id="u8", name="Cán bộ khác", roles=(OfficeRole.UNIT,), unit="cd-phuong")
    assert not opening.visible(case, theirs)
    assert opening.visible(case, other)


def test_a_restricted_case_is_seen_by_the_named_and_their_stand_ins_alone() -> None:
    case = opening.restrict(opened(), ["u2"], actor=ADMIN).case
    admin2 = Person(id="u6", name="Quản trị khác", roles=(OfficeRole.ADMIN,))
    assert opening.visible(case, ADMIN)
    assert not opening.visible(case, admin2)
    assert opening.visible(case, admin2, acts_for=("u2",))
    assert opening.visible(opening.lift(case, actor=ADMIN).case, admin2)


@pytest.mark.parametrize("restricted", [True, False])
def test_an_officer_of_the_accused_body_sees_the_case_for_nobody_he_stands_in_for(restricted: bool) -> None:
    case = opening.describe(opened(), actor=ADMIN, accused=["cd-kcn"]).case
    theirs = Person(id="u7", name="Cán bộ đơn vị", roles=(OfficeRole.UNIT,), unit="cd-kcn")
    if restricted:
        case = opening.restrict(case, ["u2"], actor=ADMIN).case
    assert not opening.visible(case, theirs, acts_for=(ADMIN.id, "u2"))
    assert opening.visible(opening.restrict(case, ["u7"], actor=ADMIN).case, theirs)
    other = Person(id="u8", name="Cán bộ khác", roles=(OfficeRole.UNIT,), unit="cd-phuong")
    assert opening.visible(case, other, acts_for=("u2",))


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ((ClaimVerdict.RIGHT, ClaimVerdict.RIGHT), CaseVerdict.RIGHT),
        ((ClaimVerdict.WRONG, ClaimVerdict.WRONG), CaseVerdict.WRONG),
        ((ClaimVerdict.NOT_OBJECTIVE,), CaseVerdict.NOT_OBJECTIVE),
        ((ClaimVerdict.UNSETTLED, ClaimVerdict.UNSETTLED), CaseVerdict.UNSETTLED),
        ((ClaimVerdict.RIGHT, ClaimVerdict.WRONG), CaseVerdict.PARTLY),
        ((ClaimVerdict.RIGHT, ClaimVerdict.NOT_OBJECTIVE), CaseVerdict.PARTLY),
        ((ClaimVerdict.RIGHT, ClaimVerdict.UNSETTLED), CaseVerdict.PARTLY),
        ((ClaimVerdict.WRONG, ClaimVerdict.NOT_OBJECTIVE), CaseVerdict.WRONG),
        ((ClaimVerdict.WRONG, ClaimVerdict.UNSETTLED), CaseVerdict.WRONG),
    ],
)
def test_the_verdict_of_a_case_follows_from_its_claims(
    verdicts: tuple[ClaimVerdict, ...], expected: CaseVerdict
) -> None:
    assert derive_verdict(verdicts) is expected


def test_a_conclusion_needs_a_verdict_on_every_claim() -> None:
    case = verifying_case()
    with pytest.raises(RefusedError, match="claims_not_judged"):
        verifying.conclude(case, actor=ADMIN, now=NOW)
    dropped = verifying.drop_claim(case, case.claims[0].id, "Không có trong bài", actor=ADMIN).case
    with pytest.raises(RefusedError, match="no_claims"):
        verifying.conclude(dropped, actor=ADMIN, now=NOW)


@pytest.mark.parametrize(
    ("verdict", "ground", "key"),
    [
        (ClaimVerdict.WRONG, None, "ground_missing"),
        (ClaimVerdict.WRONG, Ground.FALSE, "fact_missing"),
        (ClaimVerdict.WRONG, Ground.NOT_OBJECTIVE, "ground_unfit"),
        (ClaimVerdict.RIGHT, Ground.FALSE, "ground_without_fault"),
        (ClaimVerdict.NOT_OBJECTIVE, Ground.SLANDER, "ground_unfit"),
    ],
)
def test_a_verdict_without_what_it_rests_on_is_refused(verdict: ClaimVerdict, ground: Ground | None, key: str) -> None:
    case = verifying_case()
    with pytest.raises(RefusedError, match=key):
        verifying.judge(case, case.claims[0].id, verdict, actor=ADMIN, now=NOW, ground=ground)


def test_a_changed_claim_has_to_be_judged_again() -> None:
    case = judged()
    changed = verifying.change_claim(case, case.claims[0].id, actor=ADMIN, fact="Khác").case
    assert changed.claims[0].verdict is None


def test_an_officer_who_records_an_answer_says_from_whom() -> None:
    case = verifying_case()
    with pytest.raises(RefusedError, match="answer_from_whom"):
        assigning.answer(case, case.assignments[0].id, "Đã trả", actor=ADMIN, now=NOW)
    own = Person(id="u4", name="Cán bộ KCN", roles=(OfficeRole.UNIT,), unit="cd-kcn")
    assert assigning.answer(case, case.assignments[0].id, "Đã trả", actor=own, now=NOW).case.assignments[0].answer


def test_a_case_is_closed_only_when_nothing_is_open() -> None:
    case = handling()
    with pytest.raises(RefusedError) as refused:
        closing.close(case, actor=ADMIN, now=NOW)
    assert case.remedies[0].id in wording(refused.value)
    done = remedying.finish_remedy(
        case, case.remedies[0].id, done=NOW.date(), result="Đã trả lương", actor=ADMIN, now=NOW
    ).case
    assert closing.close(done, actor=ADMIN, now=NOW).case.end is not None


def test_reopening_goes_back_to_where_the_case_stood_and_keeps_the_reason() -> None:
    back = closing.reopen(closed(), "Báo đăng tiếp", actor=ADMIN, now=NOW)
    assert back.case.status is CaseStatus.HANDLING
    assert back.case.end is None
    assert back.case.notes[-1].text == "Báo đăng tiếp"
    assert "Báo đăng tiếp" not in repr(back.happened)
    mistaken = closing.close_without(opened(), Closing.MISTAKEN, actor=ADMIN, now=NOW, why="nhầm").case
    assert closing.reopen(mistaken, "không nhầm", actor=ADMIN, now=NOW).case.status is CaseStatus.OPEN


def test_an_end_without_a_verdict_names_its_reason() -> None:
    with pytest.raises(RefusedError, match="double_of_what"):
        closing.close_without(opened(), Closing.DUPLICATE, actor=ADMIN, now=NOW, why="trùng")
    with pytest.raises(RefusedError, match="passed_to_whom"):
        closing.close_without(opened(), Closing.PASSED_ON, actor=ADMIN, now=NOW, why="không thuộc tỉnh")
    with pytest.raises(RefusedError, match="words_missing"):
        closing.close_without(opened(), Closing.MISTAKEN, actor=ADMIN, now=NOW, why="  ")


def test_opening_is_undone_within_a_day_and_while_nothing_else_was_done() -> None:
    with pytest.raises(RefusedError, match="undo_too_late"):
        opening.undo_open(opened(), actor=ADMIN, now=NOW + timedelta(days=1, minutes=1))
    with pytest.raises(RefusedError, match="case_went_on"):
        opening.undo_open(noting.comment(opened(), "x", actor=ADMIN, now=NOW).case, actor=ADMIN, now=NOW)


@pytest.mark.parametrize(
    ("said", "key"), [("Mật", "marking_secret"), ("tuyệt mật", "marking_secret"), ("x", "marking_unknown")]
)
def test_a_state_secret_is_refused_with_the_reason(said: str, key: str) -> None:
    with pytest.raises(RefusedError, match=key):
        opening.describe(opened(), actor=ADMIN, marking=said)
    assert opening.describe(opened(), actor=ADMIN, marking="internal").case.marking is Marking.INTERNAL


def test_what_reached_us_by_letter_needs_its_date() -> None:
    with pytest.raises(RefusedError, match="reached_when"):
        opened(reached=Reached.FORWARDED)


def test_a_handover_takes_all_that_is_open_and_nothing_that_is_done() -> None:
    case = assigning.assign(
        opened(), actor=ADMIN, now=NOW, part=Part.LEAD, task="Xác minh", due=DAY, directed_by="u1", person="u3"
    ).case
    case = noting.remind(case, "Gọi", DAY, actor=ADMIN, now=NOW, person="u3").case
    taker = Person(id="u5", name="Người nhận", roles=(OfficeRole.PRESS,))
    step = assigning.hand_over(case, "u3", taker, actor=ADMIN)
    assert step is not None
    assert step.case.assignments[0].person == "u5"
    assert step.case.reminders[0].person == "u5"
    assert assigning.hand_over(step.case, "u3", taker, actor=ADMIN) is None


def test_an_article_that_a_claim_rests_on_stays() -> None:
    with pytest.raises(RefusedError, match="article_in_use"):
        opening.drop_article(verifying_case(), "x1", actor=ADMIN)


def test_a_verdict_is_changed_only_with_a_reason_and_takes_the_old_fact_along() -> None:
    case = judged()
    ident = case.claims[0].id
    with pytest.raises(RefusedError, match="verdict_changed_why"):
        verifying.judge(case, ident, ClaimVerdict.RIGHT, actor=ADMIN, now=NOW)
    after = verifying.judge(case, ident, ClaimVerdict.RIGHT, actor=ADMIN, now=NOW, why="Có tài liệu mới").case
    assert (after.claims[0].fact, after.claims[0].source) == ("", "")


def test_a_deadline_in_the_past_and_a_title_without_end_are_refused() -> None:
    with pytest.raises(RefusedError, match="due_past"):
        assigning.assign(
            opened(), actor=ADMIN, now=NOW, part=Part.LEAD, task="x", due=NOW.date() - timedelta(days=1),
            directed_by="u1", unit="cd-kcn",
        )  # fmt: skip
    with pytest.raises(RefusedError, match="title_long"):
        opening.describe(opened(), actor=ADMIN, title="x" * 501)


# Units.

UNIT_LEADER = Person(id="u21", name="Chủ tịch đơn vị", roles=(OfficeRole.LEADER,), unit="cd-kcn")
UNIT_STAFF = Person(id="u22", name="Cán bộ đơn vị", roles=(OfficeRole.UNIT,), unit="cd-kcn")
LEADS = (CaseAction.DIRECT, CaseAction.CONCLUDE, CaseAction.REVERIFY, CaseAction.RESTRICT, CaseAction.LIFT)


@pytest.mark.parametrize("action", LEADS)
@pytest.mark.parametrize("unit", ["", "ld"])
def test_a_case_is_led_by_the_federation_s_leaders_and_no_unit_s(action: CaseAction, unit: str) -> None:
    with pytest.raises(RefusedError) as refused:
        entitled(action, UNIT_LEADER)
    assert refused.value.key == "unit_leads"
    assert "{" not in wording(refused.value)
    entitled(action, Person(id="u23", name="Lãnh đạo", roles=(OfficeRole.LEADER,), unit=unit))


def test_who_only_works_for_a_unit_answers_what_his_unit_or_he_was_asked() -> None:
    case = verifying_case()  # cd-kcn has the lead
    ident = case.assignments[0].id
    assert assigning.answer(case, ident, "Đã trả lương", actor=UNIT_STAFF, now=NOW).case != case
    other = Person(id="u25", name="Cán bộ khác", roles=(OfficeRole.UNIT,), unit="cd-phuong")
    with pytest.raises(RefusedError) as refused:
        assigning.answer(case, ident, "Đã trả lương", actor=other, now=NOW, source="Chị Hoa")
    assert refused.value.key == "answer_of_other"
    assert "{" not in wording(refused.value)
    press = Person(id="u26", name="Báo chí", roles=(OfficeRole.PRESS,))
    assert assigning.answer(case, ident, "Đã trả lương", actor=press, now=NOW, source="Chị Hoa").case != case


@pytest.mark.parametrize("action", [CaseAction.FINISH_REMEDY, CaseAction.RECORD])
def test_who_only_works_for_a_unit_ends_no_remedy_and_records_no_result(action: CaseAction) -> None:
    with pytest.raises(RefusedError, match="role_missing"):
        entitled(action, UNIT_STAFF)
    for allowed in (CaseAction.ANSWER, CaseAction.FIND, CaseAction.COMMENT, CaseAction.ATTACH):
        entitled(allowed, UNIT_STAFF)


@pytest.mark.parametrize("action", [CaseAction.CONCLUDE, CaseAction.DIRECT, CaseAction.ASSIGN, CaseAction.RECORD])
def test_who_keeps_the_program_has_no_right_of_leader_or_clerk(action: CaseAction) -> None:
    keeper = Person(id="u8", name="Quản trị", roles=(OfficeRole.ADMIN,))
    with pytest.raises(RefusedError, match="role_missing"):
        gate(IN[CaseStatus.HANDLING](), action, keeper)
