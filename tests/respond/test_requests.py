"""Requests: every act in every state, what a new one needs, changes, receipt, rounds, withdrawal, escalation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from request_making import (
    BOSS,
    CLERK,
    LATER,
    LAW,
    NOW,
    PRESS,
    TERMS,
    TODAY,
    UNIT,
    A,
    D,
    R,
    a_case,
    arrived,
    asking,
    claim,
    drafted,
    due,
    holds,
    issued,
    printed,
    received,
    sent,
)

from monitor.errors import RefusedError
from monitor.labels import of, wording
from monitor.model.action import Step
from monitor.model.asking import NextWay, RequestAct
from monitor.model.case import Case, CaseStatus, ClaimVerdict, Ground
from monitor.model.paper import PaperState
from monitor.model.request import DemandKind, Request, RequestState
from monitor.model.source import Medium
from monitor.respond import filing, outcomes, requests, results
from monitor.respond.moving import ACTS
from monitor.respond.results import Outcome

SOON = TODAY + timedelta(days=1)


def first(case: Case) -> Request:
    return case.requests[0]


def with_results(step: Step, **by_kind: Outcome) -> Step:
    for kind, outcome in by_kind.items():
        step = step.then(results.record_result(step.case, first(step.case).id, kind, outcome, actor=PRESS, now=NOW))
    return step


def escalated(step: Step) -> Step:
    return step.then(requests.escalate(step.case, first(step.case).id, terms=TERMS, name="Sở B", actor=PRESS, now=NOW))


def settled() -> Step:
    return with_results(received(demands=(D.CORRECT,)), correct=Outcome(on=TODAY))


DONE, SEEN = Outcome(on=TODAY), Outcome(result=R.NOTHING, note="đã nhắn hai lần")
IN: dict[RequestState, Callable[[], Step]] = {
    RequestState.DRAFTED: lambda: (made := asking(a_case())).then(drafted(made.case, first(made.case).id)),
    RequestState.SENT: sent,
    RequestState.WAITING: received,
    RequestState.ESCALATED: lambda: escalated(received()),
    RequestState.SETTLED: settled,
    RequestState.WITHDRAWN: lambda: (made := received()).then(
        outcomes.withdraw_request(made.case, first(made.case).id, "báo đã tự sửa", actor=PRESS, now=NOW)
    ),
    RequestState.REMOVED: lambda: with_results(sent(A.SOCIAL), take_down=DONE, correct=SEEN),
    RequestState.CORRECTED: lambda: with_results(sent(A.SOCIAL), take_down=SEEN, correct=DONE),
    RequestState.NO_ANSWER: lambda: with_results(sent(A.SOCIAL), take_down=SEEN, correct=SEEN),
    RequestState.PASSED_ON: lambda: with_results(escalated(sent(A.SOCIAL)), take_down=SEEN, correct=SEEN),
}
X = RequestAct
DO: dict[RequestAct, Callable[[Case, str], Step]] = {
    X.CHANGE: lambda c, r: requests.change_request(c, r, terms=TERMS, name="Báo A mới", actor=PRESS, now=NOW),
    X.ADD_PUBLICATION: lambda c, r: requests.add_publication(
        c, r, printed("x2", first(c).outlet), actor=PRESS, now=NOW
    ),
    X.SEND: lambda c, r: outcomes.mark_sent(c, r, terms=TERMS, letter="v99", dated=TODAY, at=NOW),
    X.RECEIVE: lambda c, r: outcomes.mark_received(
        c, r, NOW, proof="phiếu phát 13", why="ghi nhầm giờ", actor=CLERK, now=NOW
    ),
    X.CONCLUSION: lambda c, r: outcomes.conclusion_received(c, r, NOW, paper="b7", actor=PRESS, now=NOW),
    X.SELF_FOUND: lambda c, r: outcomes.self_found(c, r, NOW, proof="b8", actor=PRESS, now=NOW),
    X.ROUND: lambda c, r: (
        outcomes.add_round(c, r, response=TODAY, view=SOON, rounds_max=2, actor=PRESS, now=LATER).step
    ),
    X.RESULT: lambda c, r: results.record_result(
        c, r, first(c).demands[0].id, Outcome(result=R.DROPPED), why="không còn cần", actor=PRESS, now=NOW
    ),
    X.ESCALATE: lambda c, r: requests.escalate(c, r, terms=TERMS, name="Sở B", actor=PRESS, now=NOW),
    X.WITHDRAW: lambda c, r: outcomes.withdraw_request(c, r, "không còn cần", actor=PRESS, now=NOW),
}
PRESS_ONLY = {X.CONCLUSION: "no_correction_clock", X.SELF_FOUND: "no_correction_clock", X.ROUND: "rounds_are_press"}
REASONS = {
    "request_is_sent", "request_is_withdrawn", "request_is_ended", "request_not_sent", "request_not_received",
}  # fmt: skip


@pytest.mark.parametrize("state", RequestState)
def test_each_state_is_reached_by_moves_and_explained_by_their_events(state: RequestState) -> None:
    step = IN[state]()
    assert first(step.case).state is state
    holds(step.case, step.happened)


@pytest.mark.parametrize("act", RequestAct)
@pytest.mark.parametrize("state", RequestState)
def test_an_act_moves_where_it_is_in_place_and_is_refused_with_a_reason_elsewhere(
    state: RequestState, act: RequestAct
) -> None:
    step = IN[state]()
    request = first(step.case)
    social = request.addressee is A.SOCIAL and act in PRESS_ONLY
    if state in ACTS[act] and not social:
        moved = DO[act](step.case, request.id)
        assert moved.case != step.case
        holds(moved.case, (*step.happened, *moved.happened))
        return
    with pytest.raises(RefusedError) as refused:
        DO[act](step.case, request.id)
    assert refused.value.key in (REASONS | {PRESS_ONLY[act]} if social else REASONS)
    assert request.id in wording(refused.value)


@pytest.mark.parametrize("status", [CaseStatus.OPEN, CaseStatus.VERIFYING, CaseStatus.CLOSED])
def test_requests_wait_for_the_verdict_and_rest_when_the_case_is_closed(status: CaseStatus) -> None:
    with pytest.raises(RefusedError, match="case_is_closed" if status is CaseStatus.CLOSED else "no_verdict_yet"):
        asking(a_case(status))


def test_who_only_works_for_a_unit_makes_no_request() -> None:
    with pytest.raises(RefusedError, match="role_missing"):
        asking(a_case(), actor=UNIT)


def test_a_request_and_its_things_get_ids_of_their_own_in_order() -> None:
    step = asking(a_case(), publications=(printed("x1"), printed("x2", medium=Medium.SOCIAL_CHANNEL)))
    request = first(step.case)
    assert request.id == "r8"
    assert [one.id for one in request.demands] == ["r8.1", "r8.2", "r8.3"]
    assert [one.kind for one in request.demands] == [D.CORRECT, D.PUBLISH_RESPONSE, D.ANSWER]
    assert [one.id for one in request.publications] == ["p9", "p10"]
    assert step.case.last == 10
    assert [one.action for one in step.happened] == ["request.add", *["demand.add"] * 3, *["publication.add"] * 2]


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"publications": ()}, "publications_missing"),
        ({"publications": (printed("x9"),)}, "article_not_here"),
        ({"publications": (printed("x1", "baob"),)}, "publication_elsewhere"),
        ({"publications": (printed("x1"), printed("x1"))}, "publication_doubled"),
        ({"outlet": "", "publications": (printed("x1", ""),)}, "outlet_missing"),
        ({"name": "  "}, "words_missing"),
        ({"issuer": ""}, "words_missing"),
        ({"claims": ["c3"]}, "claim_not_faulty"),
        ({"claims": ["c99"]}, "thing_unknown"),
        ({"claims": ["c2"]}, "demand_beyond_ground"),
    ],
)
def test_a_new_request_says_what_it_lacks(said: dict[str, object], key: str) -> None:
    with pytest.raises(RefusedError) as refused:
        asking(a_case(), **said)
    assert refused.value.key == key
    assert wording(refused.value)


def test_what_was_only_printed_or_broadcast_cannot_be_taken_down() -> None:
    on_air = printed(medium=Medium.RADIO, url="")
    with pytest.raises(RefusedError, match="nothing_to_take_down") as refused:
        asking(a_case(), demands=(D.TAKE_DOWN,), publications=(on_air,))
    assert "Phát thanh" in wording(refused.value)
    mixed = (on_air, printed("x2", medium=Medium.SOCIAL_CHANNEL))
    assert first(asking(a_case(), demands=(D.TAKE_DOWN,), publications=mixed).case).demands


def test_an_outlet_has_one_open_request_of_a_body_and_another_body_may_write_too() -> None:
    step = asking(a_case())
    with pytest.raises(RefusedError, match="outlet_already_asked"):
        asking(step.case, publications=(printed("x2"),))
    assert len(asking(step.case, issuer="cd-kcn").case.requests) == 2
    assert len(asking(settled().case, publications=(printed("x2"),)).case.requests) == 2


def test_a_demand_left_out_is_kept_as_dropped_and_comes_back_under_its_id() -> None:
    step = asking(a_case())
    change = requests.change_request
    step = step.then(change(step.case, "r8", terms=TERMS, demands=(D.CORRECT, D.NOTIFY), actor=PRESS, now=NOW))
    assert {one.id: one.result for one in first(step.case).demands} == {
        "r8.1": R.PENDING, "r8.2": R.DROPPED, "r8.3": R.DROPPED, "r8.4": R.PENDING,
    }  # fmt: skip
    step = step.then(change(step.case, "r8", terms=TERMS, demands=(D.ANSWER, D.CORRECT), actor=PRESS, now=NOW))
    assert {one.id: one.result for one in first(step.case).demands} == {
        "r8.1": R.PENDING, "r8.2": R.DROPPED, "r8.3": R.PENDING, "r8.4": R.DROPPED,
    }  # fmt: skip
    holds(step.case, step.happened)


def test_a_change_is_checked_like_a_new_request() -> None:
    case = asking(a_case(), publications=(printed("x1"), printed("x2"))).case
    change = requests.change_request
    moved = change(case, "r8", terms=TERMS, publications=("p10",), claims=["c1", "c2"], actor=PRESS, now=NOW).case
    assert [one.article for one in first(moved).publications] == ["x2"]
    for said, key in (
        ({"claims": ["c2"]}, "demand_beyond_ground"),
        ({"publications": ()}, "publications_missing"),
        ({"publications": ("p99",)}, "thing_unknown"),
        ({"demands": ()}, "request_no_demands"),
    ):
        with pytest.raises(RefusedError, match=key):
            change(case, "r8", terms=TERMS, **said, actor=PRESS, now=NOW)  # type: ignore[arg-type]


def test_a_request_does_not_change_under_a_letter_that_lies_with_the_leader() -> None:
    case = IN[RequestState.DRAFTED]().case
    case = filing.submit(case, case.papers[0].id, actor=PRESS, now=NOW).case
    for act in (X.CHANGE, X.ADD_PUBLICATION):
        with pytest.raises(RefusedError, match="letter_under_way"):
            DO[act](case, "r8")
    back = filing.return_(case, case.papers[0].id, "thiếu căn cứ", actor=BOSS).case
    assert DO[X.CHANGE](back, "r8").case.requests[0].name == "Báo A mới"


def test_a_publication_stands_in_a_request_once() -> None:
    with pytest.raises(RefusedError, match="publication_there"):
        requests.add_publication(received().case, "r8", printed("x1"), actor=PRESS, now=NOW)


def test_a_claim_judged_anew_holds_the_letter_back() -> None:
    step = IN[RequestState.DRAFTED]()
    for other in (
        claim("c1", ClaimVerdict.RIGHT, None),
        claim("c1", ClaimVerdict.NOT_OBJECTIVE, Ground.MISLEADING),
    ):
        again = replace(step.case, claims=(other, *step.case.claims[1:]))
        with pytest.raises(RefusedError, match=r"claim_not_faulty|demand_beyond_ground"):
            issued(Step(case=again, happened=()), again.papers[0].id)


def test_the_receipt_starts_the_clocks_and_the_letter_is_received_with_it() -> None:
    step = sent()
    at = NOW + timedelta(days=2)
    moved = outcomes.mark_received(step.case, "r8", at, proof="phiếu phát 12", actor=CLERK, now=LATER)
    assert (first(moved.case).received, first(moved.case).receipt) == (at, "phiếu phát 12")
    paper = moved.case.papers[0]
    assert (paper.state, paper.received, paper.receipt) == (PaperState.RECEIVED, at, "phiếu phát 12")


@pytest.mark.parametrize(
    ("days", "proof", "key"),
    [(-1, "phiếu", "received_before_sent"), (30, "phiếu", "in_the_future"), (0, " ", "words_missing")],
)
def test_a_receipt_has_a_possible_day_and_a_proof(days: int, proof: str, key: str) -> None:
    with pytest.raises(RefusedError, match=key):
        outcomes.mark_received(sent().case, "r8", NOW + timedelta(days=days), proof=proof, actor=CLERK, now=LATER)


def test_a_receipt_is_put_right_with_a_reason_kept_as_a_note() -> None:
    step = received()
    at = NOW + timedelta(days=1)
    with pytest.raises(RefusedError, match="words_missing"):
        outcomes.mark_received(step.case, "r8", at, proof="phiếu 14", actor=CLERK, now=LATER)
    moved = outcomes.mark_received(step.case, "r8", at, proof="phiếu 14", why="nhầm ngày", actor=CLERK, now=LATER)
    assert moved.case.notes[-1].text == "nhầm ngày"
    assert all("nhầm" not in str(one) for one in moved.happened)
    holds(moved.case, (*step.happened, *moved.happened))


def test_a_conclusion_and_the_outlet_s_own_finding_are_kept_with_their_papers() -> None:
    step = received()
    step = step.then(arrived(step.case, sender="Sở B"))
    paper = step.case.arrivals[0].id
    step = step.then(outcomes.conclusion_received(step.case, "r8", NOW, paper=paper, actor=PRESS, now=NOW))
    assert (first(step.case).conclusion, first(step.case).conclusion_paper) == (NOW, paper)
    with pytest.raises(RefusedError, match="thing_unknown"):
        outcomes.conclusion_received(step.case, "r8", NOW, paper="d99", why="x", actor=PRESS, now=NOW)
    with pytest.raises(RefusedError, match="not_an_id"):
        outcomes.conclusion_received(step.case, "r8", NOW, paper="kết luận số 5", why="x", actor=PRESS, now=NOW)
    with pytest.raises(RefusedError, match="in_the_future"):
        outcomes.self_found(step.case, "r8", LATER, proof="b1", actor=PRESS, now=NOW)
    with pytest.raises(RefusedError, match="words_missing"):  # put right only with a reason
        outcomes.conclusion_received(step.case, "r8", NOW, paper="b7", actor=PRESS, now=NOW)


@pytest.mark.parametrize(("on", "most"), [(date(2026, 6, 1), 3), (TODAY, 2)])
def test_after_the_last_round_of_the_law_the_ways_that_remain_are_told(on: date, most: int) -> None:
    ruleset = LAW.on(on)
    assert ruleset is not None
    assert ruleset.rounds_max == most
    case = received().case
    for number in range(1, most + 1):
        said = outcomes.add_round(
            case, "r8", response=SOON, view=SOON, rounds_max=ruleset.rounds_max, actor=PRESS, now=LATER
        )
        case = said.step.case
        assert (said.number, said.last) == (number, number == most)
        assert said.ways == (tuple(NextWay) if number == most else ())
    assert of(NextWay.COURT) == "Khởi kiện tại Tòa án"


@pytest.mark.parametrize(
    ("response", "view", "key"),
    [
        (TODAY - timedelta(days=1), TODAY, "round_out_of_order"),
        (SOON, TODAY, "round_out_of_order"),
        (SOON, date(2027, 1, 1), "in_the_future"),
    ],
)
def test_a_round_is_our_response_and_then_the_outlet_s_view(response: date, view: date, key: str) -> None:
    with pytest.raises(RefusedError, match=key):
        outcomes.add_round(received().case, "r8", response=response, view=view, rounds_max=2, actor=PRESS, now=LATER)


def test_rounds_follow_one_another() -> None:
    case = outcomes.add_round(
        received().case, "r8", response=SOON, view=SOON + timedelta(days=3), rounds_max=2, actor=PRESS, now=LATER
    ).step.case
    with pytest.raises(RefusedError, match="round_before_last"):
        outcomes.add_round(case, "r8", response=SOON, view=SOON, rounds_max=2, actor=PRESS, now=LATER)


def test_withdrawing_drops_what_is_open_and_the_papers_that_did_not_go_out() -> None:
    step = with_results(received(), answer=Outcome(on=TODAY))
    moved = outcomes.withdraw_request(step.case, "r8", "đã thống nhất", actor=PRESS, now=NOW)
    assert [one.result for one in first(moved.case).demands] == [R.DROPPED, R.DROPPED, R.IN_TIME]
    assert moved.case.papers[0].state is PaperState.RECEIVED
    holds(moved.case, (*step.happened, *moved.happened))
    step = IN[RequestState.DRAFTED]()
    moved = outcomes.withdraw_request(step.case, "r8", "đã thống nhất", actor=PRESS, now=NOW)
    assert moved.case.papers[0].state is PaperState.WITHDRAWN
    with pytest.raises(RefusedError, match="words_missing"):
        outcomes.withdraw_request(step.case, "r8", " ", actor=PRESS, now=NOW)


def test_an_escalation_makes_a_request_to_an_authority_linked_both_ways() -> None:
    step = escalated(received())
    ours, theirs = step.case.requests
    assert (ours.escalated, theirs.escalates) == ((theirs.id,), ours.id)
    assert (theirs.addressee, theirs.state) == (A.AUTHORITY, RequestState.DRAFTED)
    assert theirs.claims == ours.claims
    assert [one.article for one in theirs.publications] == ["x1"]
    assert {one.id for one in theirs.publications}.isdisjoint(one.id for one in ours.publications)
    with pytest.raises(RefusedError, match="demand_beyond_ground"):
        requests.escalate(
            step.case, "r8", terms=TERMS, name="Sở B", demands=(DemandKind.CORRECT,), actor=PRESS, now=NOW
        )


def test_an_authority_may_be_asked_about_two_outlets() -> None:
    step = escalated(received())
    step = step.then(asking(step.case, A.AGGREGATOR, publications=(printed("x2", "tonghop"),)))
    step = step.then(drafted(step.case, step.case.requests[-1].id))
    step = issued(step, step.case.papers[-1].id, no=8)
    again = requests.escalate(step.case, step.case.requests[2].id, terms=TERMS, name="Sở B", actor=PRESS, now=NOW)
    assert [one.addressee for one in again.case.requests].count(A.AUTHORITY) == 2
    assert due(TODAY).due
