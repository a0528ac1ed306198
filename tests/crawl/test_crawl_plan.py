"""When a source or a page is asked again, and where a hole may be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.crawl import plan
from monitor.model.fetch import FetchState, Status

NOW = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize("status", [Status.OK, Status.UNCHANGED, Status.FROZEN])
def test_a_healthy_source_is_due_after_its_own_interval(status: Status) -> None:
    assert plan.next_look(status, 0, 15, NOW) == NOW + 15 * MINUTE


@pytest.mark.parametrize(
    ("status", "after"),
    [
        (Status.SERVER_ERROR, [30, 60, 120, 240]),
        (Status.UNREACHABLE, [30, 60, 120, 240]),
        (Status.CHALLENGE, [30, 60, 120, 240]),
        (Status.GONE, [60, 240, 960, 1440]),
        (Status.NOT_A_FEED, [60, 240, 960, 1440]),
        (Status.EMPTY, [15, 15, 15, 15]),
        (Status.MOVED, [15, 15, 15, 15]),
    ],
)
def test_what_heals_by_itself_backs_off_gently_and_what_does_not_quickly(status: Status, after: list[int]) -> None:
    assert [plan.next_look(status, n, 15, NOW) for n in range(1, 5)] == [NOW + minutes * MINUTE for minutes in after]


@given(st.sampled_from(Status), st.integers(0, 10_000), st.integers(1, 60 * 24 * 30))
def test_nobody_is_left_alone_for_longer_than_a_day_or_its_own_interval(
    status: Status, failures: int, every: int
) -> None:
    step = plan.next_look(status, failures, every, NOW) - NOW
    assert every * MINUTE <= step <= max(DAY, every * MINUTE)


@given(st.sampled_from(Status), st.integers(0, 50), st.floats(0, 86400))
def test_a_hosts_wish_to_wait_is_always_kept(status: Status, failures: int, wait: float) -> None:
    assert plan.next_look(status, failures, 15, NOW, wait) - NOW >= timedelta(seconds=wait)


def test_a_host_that_says_when_is_asked_then() -> None:
    assert plan.next_look(Status.ASKED_TO_WAIT, 5, 15, NOW, 120.0) == NOW + 2 * MINUTE
    assert plan.next_look(Status.ASKED_TO_WAIT, 5, 15, NOW) == NOW + 15 * MINUTE
    assert plan.next_look(Status.SERVER_ERROR, 1, 15, NOW, 60.0) == NOW + 30 * MINUTE


def test_a_page_is_tried_again_with_longer_and_longer_pauses() -> None:
    tries = [plan.next_page_try(Status.SERVER_ERROR, n, 8, NOW) for n in range(1, 9)]
    assert tries == [NOW + minutes * MINUTE for minutes in (15, 30, 60, 120, 240, 480, 960)] + [None]
    assert plan.next_page_try(Status.SERVER_ERROR, 30, 100, NOW) == NOW + DAY


@pytest.mark.parametrize("status", [Status.FORBIDDEN, Status.BLOCKED_ADDRESS, Status.TOO_LARGE, Status.NOT_A_FEED])
def test_a_page_that_will_not_come_is_not_asked_for_again(status: Status) -> None:
    assert plan.next_page_try(status, 1, 8, NOW) is None


def test_a_page_gone_once_may_be_a_page_not_yet_there() -> None:
    assert plan.next_page_try(Status.GONE, 1, 8, NOW) == NOW + 15 * MINUTE
    assert plan.next_page_try(Status.GONE, 2, 8, NOW) is None


@given(st.sampled_from(Status), st.integers(1, 10_000), st.integers(1, 20))
def test_trying_a_page_ends(status: Status, tries: int, most: int) -> None:
    again = plan.next_page_try(status, tries, most, NOW)
    assert again is None or (tries < most and NOW < again <= NOW + DAY)


class TestHole:
    before = FetchState(source="tin24:1", newest=NOW - timedelta(hours=5))

    def test_a_source_whose_oldest_item_is_newer_than_all_we_know_has_leaped(self) -> None:
        gap = plan.hole(self.before, NOW - timedelta(hours=2), known=False, now=NOW)
        assert gap is not None
        assert (gap.source, gap.start, gap.end, gap.found, gap.closed) == (
            "tin24:1",
            NOW - timedelta(hours=5),
            NOW - timedelta(hours=2),
            NOW,
            False,
        )

    @pytest.mark.parametrize("hours", [5, 6])
    def test_items_that_reach_back_to_the_known_ones_leave_no_hole(self, hours: int) -> None:
        assert plan.hole(self.before, NOW - timedelta(hours=hours), known=False, now=NOW) is None

    def test_an_item_we_know_joins_the_new_ones_to_the_old(self) -> None:
        assert plan.hole(self.before, NOW, known=True, now=NOW) is None

    def test_a_first_look_and_a_source_without_times_have_no_hole(self) -> None:
        assert plan.hole(FetchState(source="x"), NOW, known=False, now=NOW) is None
        assert plan.hole(self.before, None, known=False, now=NOW) is None
