"""What a message is after a try: for every sequence of outcomes it ends, at most one repeat, nothing lost unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from delivery_making import message
from hypothesis import given
from hypothesis import strategies as st
from press_server import NOW

from monitor.deliver.retrying import LONGEST, after, interrupted
from monitor.model.delivery import Failure, FailureKind, Message, MessageState, Sent

S = MessageState
LATER = Failure(kind=FailureKind.TEMPORARY, reason="sau")
NEVER = Failure(kind=FailureKind.PERMANENT, reason="không")
UNKNOWN = Failure(kind=FailureKind.UNKNOWN, reason="không rõ")


def handed(one: Message, now: datetime) -> Message:
    """The message as the outbox has it while it is being sent."""
    return replace(one, state=S.SENDING, tries=one.tries + 1, first_try=one.first_try or now, next_try=None)


def test_it_waits_longer_and_longer_and_after_two_days_has_failed() -> None:
    one, now, waits = message(), NOW, list[int]()
    while one.state is not S.FAILED:
        one = after(handed(one, now), LATER, now)
        if one.next_try:
            waits.append(round((one.next_try - now).total_seconds() / 60))
            now = one.next_try
    assert waits[:6] == [1, 5, 15, 60, 60, 60]
    assert NOW + LONGEST - timedelta(hours=1) < now <= NOW + LONGEST
    assert one.error == "sau" and one.next_try is None


def test_a_first_try_long_after_it_was_due_still_has_its_two_days() -> None:
    late = NOW + timedelta(days=9)
    assert after(handed(message(), late), LATER, late).state is S.QUEUED


def test_a_refusal_is_final() -> None:
    one = after(handed(message(), NOW), NEVER, NOW)
    assert (one.state, one.next_try, one.error) == (S.FAILED, None, "không")


OUTCOMES = st.lists(st.sampled_from([Sent(), LATER, NEVER, UNKNOWN, None]), max_size=80)


@given(outcomes=OUTCOMES)
def test_however_it_goes_it_is_never_handed_over_a_third_time_after_two_unknown_ends(
    outcomes: list[Sent | Failure | None],
) -> None:
    one, now, perhaps = replace(message(), next_try=NOW), NOW, 0
    for outcome in outcomes:
        if one.next_try is None:
            break
        assert one.state in (S.QUEUED, S.MAYBE_SENT)
        now = max(now, one.next_try)
        # What may have arrived before goes out marked, always.
        assert one.doubtful is (perhaps > 0)
        one = handed(one, now)
        # None: the process was killed.
        one = interrupted(one, now) if outcome is None else after(one, outcome, now)
        perhaps += outcome is None or outcome in (UNKNOWN, Sent())
        assert perhaps <= 2
    assert one.next_try is not None or one.state in (S.SENT, S.FAILED, S.MAYBE_SENT)
    assert one.message_id == message().message_id
    if one.state is S.FAILED:
        assert perhaps == 0
