"""Issue days: the nearest issue, and how far apart issues are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import InputError
from monitor.model.calendar import IssueDays

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("issues", "after", "expected"),
    [
        (IssueDays(weekdays=(3,)), MONDAY, date(2026, 11, 19)),
        (IssueDays(weekdays=(0,)), MONDAY, date(2026, 11, 23)),
        (IssueDays(weekdays=(0, 2, 6)), MONDAY, date(2026, 11, 18)),
        (IssueDays(days=(16,)), MONDAY, date(2026, 12, 16)),
        (IssueDays(days=(1, 15)), MONDAY, date(2026, 12, 1)),
        (IssueDays(days=(31,)), date(2026, 9, 1), date(2026, 10, 31)),  # September has no 31st
        (IssueDays(days=(29,), months=(2,)), date(2028, 2, 29), date(2032, 2, 29)),
        (IssueDays(days=(31,), months=(2,)), MONDAY, None),
        (IssueDays(every=10, anchor=MONDAY), MONDAY, MONDAY + timedelta(days=10)),
        (IssueDays(every=10, anchor=date(2027, 1, 5)), MONDAY, date(2027, 1, 5)),
        (IssueDays(dates=(date(2026, 11, 16), date(2027, 2, 1))), MONDAY, date(2027, 2, 1)),
        (IssueDays(dates=(date(2026, 11, 16),)), MONDAY, None),
        (IssueDays(weekdays=(3,), dates=(date(2026, 11, 17),)), MONDAY, date(2026, 11, 17)),
        (IssueDays(weekdays=(3,), skip=(date(2026, 11, 19),)), MONDAY, date(2026, 11, 26)),
        (IssueDays(), MONDAY, None),
        (IssueDays(weekdays=(3,)), date(9999, 12, 31), None),
    ],
)  # fmt: skip
def test_the_nearest_issue_is_the_first_after_the_day(issues: IssueDays, after: date, expected: date | None) -> None:
    assert issues.nearest(after) == expected


@pytest.mark.parametrize(
    ("issues", "expected"),
    [
        (IssueDays(weekdays=(3,)), 7),
        (IssueDays(weekdays=(0, 3)), 3),
        (IssueDays(weekdays=tuple(range(7))), 1),
        (IssueDays(days=(15,)), 30),  # a monthly is not "over 30 days"
        (IssueDays(days=(1, 15)), 15),
        (IssueDays(days=(10,), months=(1, 3, 5, 7, 9, 11)), 60),
        (IssueDays(days=(10,), months=(3, 6, 9, 12)), 90),
        (IssueDays(every=45, anchor=MONDAY), 45),
        (IssueDays(every=45, anchor=MONDAY, period=30), 30),
        (IssueDays(dates=(date(2026, 7, 1), date(2026, 8, 1))), 30),
        (IssueDays(dates=(date(2026, 7, 1), date(2026, 9, 1), date(2026, 11, 1))), 62),
        (IssueDays(dates=(date(2026, 7, 1),)), None),
        (IssueDays(), None),
    ],
)  # fmt: skip
def test_the_interval_is_what_the_licence_would_say(issues: IssueDays, expected: int | None) -> None:
    assert issues.interval == expected


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": (7,)}, {"days": (0,)}, {"days": (1,), "months": (13,)}, {"every": 0, "anchor": MONDAY},
        {"every": 30}, {"anchor": MONDAY}, {"months": (1,)}, {"period": 0},
    ],
)  # fmt: skip
def test_numbers_that_no_calendar_has_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InputError):
        IssueDays(**wrong)  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(
    st.sets(st.integers(0, 6), min_size=1), st.sets(st.integers(1, 28)), st.dates(date(2020, 1, 1), date(2030, 1, 1))
)  # fmt: skip
def test_no_issue_lies_between_the_day_and_the_nearest(weekdays: set[int], days: set[int], after: date) -> None:
    issues = IssueDays(weekdays=tuple(weekdays), days=tuple(days))
    nearest = issues.nearest(after)
    assert nearest is not None
    assert nearest.weekday() in weekdays or nearest.day in days
    for n in range(1, (nearest - after).days):
        day = after + timedelta(days=n)
        assert day.weekday() not in weekdays
        assert day.day not in days
