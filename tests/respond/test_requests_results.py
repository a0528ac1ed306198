"""The result of each demand: in time or late by the due date, defective, silent, refused, nothing, put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from request_making import (
    BOSS,
    CLERK,
    LATER,
    NOW,
    PRESS,
    TODAY,
    A,
    D,
    R,
    arrived,
    due,
    folded,
    holds,
    received,
    sent,
)

from monitor.errors import RefusedError
from monitor.labels import wording
from monitor.model.action import Step
from monitor.model.law import ClockKind, Due
from monitor.model.request import DemandKind, RequestState
from monitor.model.watch import CorrectionPart
from monitor.respond.results import Outcome, record_result, timed, was_late

DUE = date(2026, 11, 12)


def recorded(step: Step, kind: DemandKind, outcome: Outcome, *, by: Due | None = None, **said: object) -> Step:
    words: dict[str, object] = {"due": by, "actor": PRESS, "now": LATER, **said}
    return step.then(record_result(step.case, "r8", kind.value, outcome, **words))  # type: ignore[arg-type]


def refused(step: Step, kind: DemandKind, outcome: Outcome, *, by: Due | None = None, **said: object) -> str:
    with pytest.raises(RefusedError) as error:
        recorded(step, kind, outcome, by=by, **said)
    assert wording(error.value)
    return error.value.key


@pytest.mark.parametrize(
    ("on", "by", "result"),
    [
        (TODAY, due(DUE), R.IN_TIME),
        (DUE, due(DUE), R.IN_TIME),
        (DUE + timedelta(days=1), due(DUE), R.LATE),
        (DUE + timedelta(days=1), None, R.IN_TIME),
        # "chưa phát sinh": what is put right of one's own accord cannot be late.
        (DUE + timedelta(days=1), due(None, ClockKind.CORRECTION, arisen=False), R.IN_TIME),
        # "ngay" has a threshold of the office and no date of the law.
        (DUE, due(None, ClockKind.CORRECTION, threshold=NOW), R.IN_TIME),
    ],
)
def test_in_time_or_late_follows_from_the_day_and_the_due_date(on: date, by: Due | None, result: object) -> None:
    assert timed(by, on) is result
    step = recorded(received(), D.CORRECT, Outcome(on=on), by=by)
    demand = step.case.requests[0].demands[0]
    assert (demand.result, demand.on, demand.by) == (result, on, "u2")
    holds(step.case, step.happened)


def test_a_result_said_against_its_date_needs_a_note() -> None:
    late = Outcome(on=DUE + timedelta(days=1), result=R.IN_TIME)
    assert refused(received(), D.CORRECT, late, by=due(DUE)) == "result_against_date"
    step = recorded(received(), D.CORRECT, replace(late, note="số báo ra ngày nghỉ bù"), by=due(DUE))
    assert step.case.requests[0].demands[0].result is R.IN_TIME


def test_what_was_done_was_done_on_a_possible_day() -> None:
    assert refused(received(), D.CORRECT, Outcome()) == "result_needs_date"
    assert refused(received(), D.CORRECT, Outcome(result=R.DEFECTIVE, missing=("apology",))) == "result_needs_date"
    assert refused(received(), D.CORRECT, Outcome(on=date(2027, 1, 1))) == "in_the_future"
    assert refused(received(), D.CORRECT, Outcome(on=date(2026, 11, 4))) == "result_before_publication"


def test_defective_says_what_is_missing_and_is_told_apart_from_late() -> None:
    assert refused(received(), D.CORRECT, Outcome(on=DUE, result=R.DEFECTIVE, missing=(" ",))) == "defect_not_named"
    outcome = Outcome(on=DUE + timedelta(days=2), result=R.DEFECTIVE, missing=(CorrectionPart.APOLOGY, "sai trang"))
    step = recorded(received(), D.CORRECT, outcome, by=due(DUE))
    demand = step.case.requests[0].demands[0]
    assert (demand.result, demand.missing) == (R.DEFECTIVE, ("apology", "sai trang"))
    assert was_late(demand, due(DUE))
    assert not was_late(demand, due(DUE + timedelta(days=5)))
    assert not was_late(demand, due(None, arisen=False))


@pytest.mark.parametrize("result", [R.CHANGED_SILENTLY, R.REMOVED_SILENTLY])
def test_a_silent_edit_or_removal_is_shown_by_evidence_of_the_page(result: object) -> None:
    silent = Outcome(result=result, proof=("b21",))  # type: ignore[arg-type]
    assert refused(received(), D.CORRECT, replace(silent, proof=())) == "silent_needs_proof"
    assert refused(received(), D.CORRECT, replace(silent, proof=("ảnh chụp màn hình",))) == "not_an_id"
    assert refused(received(), D.ANSWER, silent) == "result_unfit"
    step = recorded(received(), D.CORRECT, silent)
    demand = step.case.requests[0].demands[0]
    assert (demand.result, demand.on, demand.proof) == (result, date(2026, 11, 20), ("b21",))
    assert step.happened[-1].refs == ("b21",)


def test_the_press_refuses_in_writing_with_reasons_or_has_done_nothing() -> None:
    step = received()
    assert refused(step, D.PUBLISH_RESPONSE, Outcome(result=R.REFUSED)) == "words_missing"
    no_paper = Outcome(result=R.REFUSED, note="ý kiến xúc phạm tác giả")
    assert refused(step, D.PUBLISH_RESPONSE, no_paper) == "refusal_not_written"
    assert refused(step, D.PUBLISH_RESPONSE, replace(no_paper, reply="d99")) == "thing_unknown"
    step = step.then(arrived(step.case, "r8"))
    step = recorded(step, D.PUBLISH_RESPONSE, replace(no_paper, reply=step.case.arrivals[0].id, on=TODAY))
    assert step.case.requests[0].demands[1].reply == step.case.arrivals[0].id


def test_a_page_on_a_network_may_refuse_by_word_of_mouth() -> None:
    step = recorded(sent(A.SOCIAL), D.CORRECT, Outcome(result=R.REFUSED, note="nói không sửa"))
    assert step.case.requests[0].demands[1].result is R.REFUSED


@pytest.mark.parametrize(
    ("by", "key"),
    [
        (None, "due_missing"),
        (due(date(2026, 11, 20)), "not_due_yet"),
        (due(None, arisen=False), "duty_not_arisen"),
        (due(None, threshold=LATER + timedelta(hours=1)), "not_due_yet"),
        (due(None), "words_missing"),
    ],
)
def test_nothing_can_only_be_said_when_it_had_to_come(by: Due | None, key: str) -> None:
    assert refused(received(), D.PUBLISH_RESPONSE, Outcome(result=R.NOTHING), by=by) == key


@pytest.mark.parametrize(
    "by", [due(date(2026, 11, 19)), due(None, threshold=LATER - timedelta(minutes=1))], ids=["due", "threshold"]
)
def test_nothing_is_recorded_once_the_date_or_the_office_s_threshold_has_passed(by: Due) -> None:
    step = recorded(received(), D.PUBLISH_RESPONSE, Outcome(result=R.NOTHING), by=by)
    assert step.case.requests[0].demands[1].result is R.NOTHING


def test_without_a_clock_the_office_says_why_it_takes_it_for_nothing() -> None:
    assert refused(sent(A.SOCIAL), D.CORRECT, Outcome(result=R.NOTHING)) == "words_missing"
    step = recorded(sent(A.SOCIAL), D.CORRECT, Outcome(result=R.NOTHING, note="đã nhắn hai lần"))
    step = recorded(step, D.TAKE_DOWN, Outcome(result=R.NOTHING, note="đã nhắn hai lần"))
    assert step.case.requests[0].state is RequestState.NO_ANSWER


def test_a_result_is_put_right_with_a_reason_and_each_change_is_an_event() -> None:
    step = recorded(received(demands=(D.CORRECT,)), D.CORRECT, Outcome(on=TODAY))
    assert step.case.requests[0].state is RequestState.SETTLED
    assert refused(step, D.CORRECT, Outcome(result=R.DEFECTIVE, on=TODAY, missing=("apology",))) == "words_missing"
    step = recorded(step, D.CORRECT, Outcome(result=R.DEFECTIVE, on=TODAY, missing=("apology",)), why="đọc sót")
    step = recorded(step, D.CORRECT, Outcome(result=R.PENDING), why="có kết luận mới")
    assert step.case.requests[0].state is RequestState.WAITING
    assert step.case.requests[0].demands[0].missing == ()
    assert [one.text for one in step.case.notes] == ["đọc sót", "có kết luận mới"]
    said = [(one.before, one.after) for one in step.happened if one.action == "demand.record"]
    assert said == [("pending", "in_time"), ("in_time", "defective"), ("defective", "pending")]
    holds(step.case, step.happened)
    assert refused(step, D.CORRECT, Outcome(result=R.PENDING), why="x") == "result_pending_already"


def test_a_demand_that_is_overtaken_is_dropped_with_a_reason() -> None:
    step = received(demands=(D.CORRECT,))
    assert refused(step, D.CORRECT, Outcome(result=R.DROPPED)) == "words_missing"
    step = recorded(step, D.CORRECT, Outcome(result=R.DROPPED), why="không có kết luận của cơ quan có thẩm quyền")
    assert step.case.requests[0].state is RequestState.SETTLED


def test_the_request_is_settled_when_its_last_demand_is() -> None:
    step = received()
    for kind in (D.CORRECT, D.PUBLISH_RESPONSE):
        step = recorded(step, kind, Outcome(on=TODAY))
        assert step.case.requests[0].state is RequestState.WAITING
    step = recorded(step, D.ANSWER, Outcome(on=TODAY))
    assert step.case.requests[0].state is RequestState.SETTLED
    assert [(one.before, one.after) for one in step.happened if one.action == "request.state"] == [
        ("waiting", "settled")
    ]
    assert folded(step.happened)["r8"] == "settled"


def test_an_unknown_demand_is_refused_with_those_there_are() -> None:
    assert refused(received(), D.RERUN, Outcome(on=TODAY)) == "thing_unknown"


# Arriving papers.


def test_an_answer_that_arrives_may_settle_the_demand_for_one() -> None:
    step = received(demands=(D.ANSWER,))
    assert arrived(step.case, "r8").case.requests[0].state is RequestState.WAITING
    late = step.then(arrived(step.case, "r8", answers=True, due=due(date(2026, 11, 9), ClockKind.ANSWER), file="b31"))
    demand = late.case.requests[0].demands[0]
    assert (demand.result, demand.on, demand.reply) == (R.LATE, TODAY, late.case.arrivals[0].id)
    assert late.case.arrivals[0].file == "b31"
    holds(late.case, late.happened)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"arrived": date(2026, 12, 1)}, "in_the_future"),
        ({"dated": TODAY, "arrived": TODAY - timedelta(days=1)}, "arrived_before_dated"),
        ({"sender": " "}, "words_missing"),
        ({"arrival_number": ""}, "words_missing"),
        ({"request": "r99"}, "thing_unknown"),
        ({"file": "tệp quét.pdf"}, "not_an_id"),
        ({"actor": BOSS}, "role_missing"),
    ],
)
def test_an_arriving_paper_is_registered_whole_or_not_at_all(said: dict[str, object], key: str) -> None:
    with pytest.raises(RefusedError, match=key):
        arrived(received().case, **said)  # type: ignore[arg-type]


def test_a_moment_of_the_last_second_is_still_in_time() -> None:
    end = due(DUE)
    assert end.due == datetime(2026, 11, 12, 16, 59, 59, tzinfo=UTC)
    half = LATER.replace(day=12, hour=16, minute=59, second=59, microsecond=500_000)
    assert refused(received(), D.ANSWER, Outcome(result=R.NOTHING), by=end, now=half, actor=CLERK) == "not_due_yet"
