"""What comes next for a request, and that there are words for every step of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from respond.request_making import CARD, NOW, PRESS, TODAY, A, D, a_case, asking, drafted, due, received, sent

from monitor.desk.clocks import CaseClock
from monitor.desk.next_request import RequestStep, request_steps
from monitor.model.case import Case, Closing, End
from monitor.model.law import ClockKind, ClockState
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import DemandResult, Round
from monitor.respond import drafting
from monitor.web.pages.case_steps import words


def keys(case: Case, *clocks: CaseClock, card: object = CARD, most: int | None = None) -> list[str]:
    """The steps of the case's first request; every one of them can be said."""
    found = request_steps(case, case.requests[0], clocks, card, most)  # type: ignore[arg-type]
    assert all(words(one).strip() and "{" not in words(one) for one in found)
    return [one.key for one in found]


def clock(kind: ClockKind = ClockKind.RESPONSE, state: ClockState = ClockState.OVERDUE, **said: bool) -> CaseClock:
    return CaseClock(due=due(TODAY, kind), state=state, **said)


def test_before_the_letter_the_card_the_letter_and_its_text_come_in_that_order() -> None:
    case = asking(a_case()).case
    assert keys(case, card=None) == ["card", "draft", "text"]
    assert keys(case) == ["draft", "text"]
    first, *_ = request_steps(case, case.requests[0], (), CARD, None)
    assert first.draft is PaperKind.REQUEST_LETTER
    step = drafted(case, case.requests[0].id)
    assert keys(step.case) == ["letter", "text"]
    (letter, _) = request_steps(step.case, step.case.requests[0], (), CARD, None)
    assert (letter.paper, letter.state) == (step.case.papers[0].id, PaperState.DRAFTED)


def test_an_authority_is_written_a_petition_and_needs_no_card() -> None:
    case = asking(a_case(), A.AUTHORITY).case
    (only,) = request_steps(case, case.requests[0], (), None, None)
    assert only == RequestStep(key="draft", draft=PaperKind.PETITION)


def test_after_the_letter_the_receipt_is_wanted_then_the_result() -> None:
    assert keys(sent().case) == ["receive"]
    assert keys(received().case) == ["follow"]


def test_what_is_late_by_law_and_by_our_own_threshold_are_told_apart() -> None:
    case = received().case
    assert keys(case, clock()) == ["overdue"]
    assert keys(case, clock(state=ClockState.RUNNING, past=True)) == ["past"]
    assert keys(case, clock(), clock(state=ClockState.RUNNING, past=True)) == ["past"]
    (late,) = request_steps(case, case.requests[0], [clock()], CARD, None)
    assert (late.late, late.draft, late.clocks) == (True, PaperKind.REMINDER, (ClockKind.RESPONSE,))
    reminded = drafting.draft(
        case, PaperKind.REMINDER, issuer="ldld", subject="nhắc", request=case.requests[0].id, actor=PRESS, now=NOW
    ).case
    (late,) = request_steps(reminded, reminded.requests[0], [clock()], CARD, None)
    assert late.draft is None


def test_enough_rounds_and_a_clock_that_has_not_arisen_lead_to_the_authority() -> None:
    case = received().case
    request = replace(case.requests[0], rounds=(Round(response=TODAY, view=TODAY),) * 3)
    steps = request_steps(case, request, (), CARD, 3)
    assert (steps[0].key, steps[0].act, steps[0].count) == ("rounds", "escalate", 3)
    assert "Đã đủ 3 lần" in words(steps[0])
    asleep = clock(ClockKind.CORRECTION, ClockState.NOT_ARISEN)
    assert keys(case, asleep) == ["dormant", "follow"]


@pytest.mark.parametrize("open_", [True, False])
def test_who_was_asked_beyond_is_waited_for(open_: bool) -> None:
    case = received().case
    other = replace(asking(case, A.AUTHORITY, (D.CONCLUDE,)).case.requests[-1], name="Sở B")
    if not open_:
        answered = tuple(replace(one, result=DemandResult.IN_TIME) for one in other.demands)
        other = replace(other, sent=NOW, received=NOW, demands=answered)
    first = replace(case.requests[0], escalated=(other.id,))
    case = replace(case, requests=(first, other))
    found = request_steps(case, first, [clock()], CARD, None)
    assert [one.key for one in found] == ["escalated" if open_ else "answered"]
    assert found[0].request == other.id
    assert "Sở B" in words(found[0])


def test_a_case_that_ended_waits_for_nothing() -> None:
    case = replace(received().case, end=End(closing=Closing.CONCLUDED, by="u1", at=NOW))
    assert keys(case, clock()) == []
