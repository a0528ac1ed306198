"""The office's zone and the clock that a command's caller may set."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import clock
from monitor.errors import UsageError
from monitor.labels import wording


@pytest.mark.parametrize(
    ("value", "at"),
    [
        ("2026-11-03T23:00:00+07:00", datetime(2026, 11, 3, 16, 0, tzinfo=UTC)),
        ("2026-11-03T23:00:00", datetime(2026, 11, 3, 16, 0, tzinfo=UTC)),
        ("2026-11-03T16:00:00Z", datetime(2026, 11, 3, 16, 0, tzinfo=UTC)),
        ("2026-11-03", datetime(2026, 11, 2, 17, 0, tzinfo=UTC)),
    ],
)
def test_the_clock_shows_what_its_caller_set(monkeypatch: pytest.MonkeyPatch, value: str, at: datetime) -> None:
    monkeypatch.setenv("MONITOR_NOW", value)
    assert clock.now() == at
    assert clock.now().tzinfo is UTC


@pytest.mark.parametrize("value", ["hôm qua", "2026-13-01", "23:00", "0001-01-01T00:00:00+07:00", "2026-11-03T25:00"])
def test_a_clock_set_wrong_is_said_in_words(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MONITOR_NOW", value)
    with pytest.raises(UsageError) as caught:
        clock.now()
    assert value in wording(caught.value)


@pytest.mark.parametrize("value", [None, ""])
def test_a_clock_not_set_is_the_present(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    monkeypatch.delenv("MONITOR_NOW", raising=False)
    if value is not None:
        monkeypatch.setenv("MONITOR_NOW", value)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=5)


def test_a_day_here_begins_at_seventeen_utc() -> None:
    start, end = clock.day_bounds(date(2026, 11, 5))
    assert (start, end) == (datetime(2026, 11, 4, 17, tzinfo=UTC), datetime(2026, 11, 5, 17, tzinfo=UTC))
    assert clock.day_bounds(date(2026, 11, 5), date(2026, 11, 7))[1] == datetime(2026, 11, 7, 17, tzinfo=UTC)


def test_times_leave_with_the_zone_of_the_office() -> None:
    at = datetime(2026, 11, 5, 7, 30, 15, 999, tzinfo=UTC)
    assert clock.iso_local(at) == "2026-11-05T14:30:15+07:00"
    assert clock.iso_local(None) is None
    assert clock.local(at).hour == 14


@given(st.lists(st.datetimes(datetime(1996, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()), max_size=5))  # noqa: DTZ001
def test_what_is_stored_sorts_as_time_and_comes_back(moments: list[datetime]) -> None:
    stored = [clock.iso_utc(at) for at in moments]
    assert [clock.from_iso(text) for text in sorted(stored)] == sorted(at.astimezone(UTC) for at in moments)
    assert clock.from_iso(None) is clock.from_iso("") is None
