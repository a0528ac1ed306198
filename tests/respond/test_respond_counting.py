"""Counting, for any start, any days off, any length: what holds however the calendar looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from deadline_table import VN, calendar_of_the_table
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.config.law import load_law
from monitor.errors import UsageError
from monitor.model.calendar import IssueDays, NamedDay, WorkCalendar, WorkYear
from monitor.model.law import ClockKind, ClockState, PeriodUnit
from monitor.model.source import Medium
from monitor.respond import clocks
from monitor.respond.calendar import next_working, working_between
from monitor.respond.counting import calendar_days, working_days

LAW = load_law((Path(__file__).parents[2] / "rules",))
MANY = settings(max_examples=120, deadline=None)
DAYS = st.dates(date(2025, 12, 1), date(2028, 12, 31))
MINUTES = int(timedelta(days=365 * 12 - 40) / timedelta(minutes=1))
MOMENTS = st.integers(0, MINUTES).map(lambda n: datetime(2017, 1, 2, tzinfo=VN) + timedelta(minutes=n))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    """Any days off and any worked weekends of 2026 … 2028."""
    off = draw(st.sets(DAYS, max_size=60))
    worked = {day for day in draw(st.sets(DAYS, max_size=20)) if day.weekday() >= 5} - off
    years = tuple(
        WorkYear(
            year=year,
            off=tuple(NamedDay(on=day, name="Ngày nghỉ") for day in sorted(off) if day.year == year),
            worked=tuple(NamedDay(on=day, name="Làm bù") for day in sorted(worked) if day.year == year),
            confirmed=draw(st.booleans()),
        )
        for year in (2025, 2026, 2027, 2028)
    )
    return WorkCalendar(years=years)


def brute_off(cal: WorkCalendar, day: date) -> bool:
    """The same question asked of the lists themselves."""
    year = next((year for year in cal.years if year.year == day.year), WorkYear(year=day.year))
    if any(one.on == day for one in year.off):
        return True
    return f"{day:%a}" in ("Sat", "Sun") and not any(one.on == day for one in year.worked)


@MANY
@given(calendars(), DAYS, st.integers(1, 45))
def test_working_days_are_as_many_as_a_count_by_hand_finds(cal: WorkCalendar, event: date, amount: int) -> None:
    last = working_days(cal, event, amount).last
    every = [event + timedelta(days=n) for n in range(1, (last - event).days + 1)]
    assert sum(not brute_off(cal, day) for day in every) == amount
    assert not brute_off(cal, last)
    assert working_between(cal, event, last) == amount
    assert working_between(cal, last, event) == -amount


@MANY
@given(calendars(), DAYS, st.integers(1, 45))
def test_a_period_that_rolls_ends_on_the_first_working_day_from_its_last_day_on(
    cal: WorkCalendar, event: date, amount: int
) -> None:
    counted = calendar_days(cal, event, amount, rolls=True)
    assert counted.nominal == event + timedelta(days=amount)
    assert not brute_off(cal, counted.last)
    between = [counted.nominal + timedelta(days=n) for n in range((counted.last - counted.nominal).days)]
    assert all(brute_off(cal, day) for day in between)
    assert list(counted.passed) == between
    assert calendar_days(cal, event, amount, rolls=False).last == counted.nominal


@MANY
@given(calendars(), DAYS, st.integers(0, 30), st.integers(1, 45))
def test_a_later_start_never_ends_sooner(cal: WorkCalendar, event: date, later: int, amount: int) -> None:
    after = event + timedelta(days=later)
    assert working_days(cal, event, amount).last <= working_days(cal, after, amount).last
    for rolls in (True, False):
        assert (
            calendar_days(cal, event, amount, rolls=rolls).last <= calendar_days(cal, after, amount, rolls=rolls).last
        )


@MANY
@given(calendars(), DAYS)
def test_the_next_working_day_lies_after_and_none_between(cal: WorkCalendar, day: date) -> None:
    found = next_working(cal, day)
    assert found > day
    assert not brute_off(cal, found)
    assert all(brute_off(cal, day + timedelta(days=n)) for n in range(1, (found - day).days))


@MANY
@given(calendars(), MOMENTS, st.sampled_from(list(Medium)))
def test_no_clock_of_the_law_ends_on_a_day_off_unless_an_issue_does(
    cal: WorkCalendar, received: datetime, medium: Medium
) -> None:
    daily = IssueDays(weekdays=(0, 1, 2, 3, 4, 5, 6))
    for due in (
        clocks.response_due(LAW, cal, medium=medium, received=received, issues=daily),
        clocks.correction_due(LAW, cal, medium=medium, conclusion_received=received, issues=daily),
        clocks.answer_due(LAW, cal, asks_answer=True, received=received),
        clocks.own_due(ClockKind.OWN_MEASURES, LAW, cal, start=received),
        clocks.own_due(ClockKind.OWN_VERIFY, LAW, cal, start=received),
    ):
        assert due.start == received
        assert due.computation
        assert due.basis
        if due.due is None:
            continue
        last = due.due.astimezone(VN).date()
        assert last > received.date(), "the day of the event is not counted"
        assert due.unit is PeriodUnit.NEAREST_ISSUE or not brute_off(cal, last)
        assert clocks.state(due, received) is ClockState.RUNNING


@MANY
@given(calendars(), MOMENTS, st.timedeltas(timedelta(0), timedelta(days=60)), st.sampled_from(list(Medium)))
def test_receiving_later_under_one_law_never_makes_it_due_sooner(
    cal: WorkCalendar, received: datetime, later: timedelta, medium: Medium
) -> None:
    after = received + later
    if clocks.ruleset(LAW, received.date()) is not clocks.ruleset(LAW, after.date()):
        return
    issues = IssueDays(weekdays=(1, 4))
    sooner = clocks.response_due(LAW, cal, medium=medium, received=received, issues=issues)
    then = clocks.response_due(LAW, cal, medium=medium, received=after, issues=issues)
    assert (sooner.due is None) is (then.due is None)
    if sooner.due and then.due:
        assert sooner.due <= then.due


@MANY
@given(calendars(), MOMENTS)
def test_a_due_date_names_just_the_unconfirmed_years_it_was_counted_through(
    cal: WorkCalendar, received: datetime
) -> None:
    due = clocks.forward_answer_due(LAW, cal, medium=Medium.WEEKLY, received=received)
    assert due.due
    assert all(not cal.confirmed(year) for year in due.unconfirmed)
    assert set(due.unconfirmed) <= set(range(received.year, due.due.astimezone(VN).year + 1))
    last = due.due.astimezone(VN).year
    assert cal.confirmed(last) is (last not in due.unconfirmed)


def test_only_the_day_sent_is_provisional_and_the_day_received_settles_it() -> None:
    cal, sent = calendar_of_the_table(), datetime(2026, 6, 29, 9, tzinfo=VN)
    first = clocks.answer_due(LAW, cal, asks_answer=True, received=None, sent=sent)
    assert first.provisional
    assert any("Tạm tính" in note for note in first.notes)
    settled = clocks.answer_due(LAW, cal, asks_answer=True, received=datetime(2026, 7, 2, 9, tzinfo=VN), sent=sent)
    assert not settled.provisional
    assert (first.ruleset, settled.ruleset) == ("LBC2016", "LBC2025")


def test_rounds_are_three_under_the_old_law_and_two_under_the_new() -> None:
    assert clocks.rounds_max(LAW, date(2026, 6, 30)) == 3
    assert clocks.rounds_max(LAW, date(2026, 7, 1)) == 2
    assert clocks.rounds_max(LAW, date(2016, 12, 31)) is None


def test_before_the_first_law_known_there_is_no_rule() -> None:
    due = clocks.answer_due(LAW, calendar_of_the_table(), asks_answer=True, received=datetime(2016, 12, 30, tzinfo=UTC))
    assert clocks.state(due, datetime(2026, 1, 1, tzinfo=UTC)) is ClockState.NO_RULE
    assert "rules/press_law.yaml" in due.basis


def test_a_correction_that_arises_under_the_new_law_after_an_old_letter_asks_for_a_lawyer() -> None:
    due = clocks.correction_due(
        LAW, calendar_of_the_table(), medium=Medium.RADIO, received=datetime(2026, 6, 25, 9, tzinfo=VN),
        conclusion_received=datetime(2026, 7, 2, 9, tzinfo=VN),
    )  # fmt: skip
    assert any("Luật Báo chí 2025" in note for note in due.notes)


def test_a_magazine_of_unknown_period_says_what_else_may_be_owed() -> None:
    due = clocks.response_due(
        LAW, calendar_of_the_table(), medium=Medium.MAGAZINE, received=datetime(2026, 11, 16, tzinfo=VN)
    )
    assert clocks.state(due, datetime(2030, 1, 1, tzinfo=UTC)) is ClockState.NO_DATE
    assert any("trên 30 ngày" in note for note in due.notes)


def test_the_reply_of_a_slow_magazine_has_its_own_state() -> None:
    issues, received = IssueDays(every=61, anchor=date(2026, 10, 5)), datetime(2026, 11, 16, 8, tzinfo=VN)
    due = clocks.response_due(LAW, calendar_of_the_table(), medium=Medium.MAGAZINE, received=received, issues=issues)
    after = datetime(2026, 11, 19, tzinfo=VN)
    assert clocks.reply_state(due, received) is ClockState.RUNNING
    assert clocks.reply_state(due, after) is ClockState.OVERDUE
    assert clocks.reply_state(due, after, replied=received) is ClockState.MET
    assert clocks.reply_state(due, after, replied=after) is ClockState.MET_LATE
    assert clocks.state(due, after) is ClockState.RUNNING


def test_the_threshold_for_ngay_is_the_office_s_and_is_told_apart() -> None:
    received = datetime(2026, 11, 16, 8, tzinfo=VN)
    due = clocks.response_due(LAW, calendar_of_the_table(), medium=Medium.ONLINE, received=received, threshold_hours=6)
    assert due.threshold == received + timedelta(hours=6)
    assert not clocks.past_threshold(due, received + timedelta(hours=6))
    assert clocks.past_threshold(due, received + timedelta(hours=7))
    assert not clocks.past_threshold(due, received + timedelta(hours=7), done=received)
    assert any("không phải hạn luật định" in note for note in due.notes)


def test_the_switch_of_a_rule_keeps_a_sunday_as_the_last_day() -> None:
    old, new = LAW.rulesets
    kept = tuple(replace(rule, rolls=False) for rule in new.rules)
    law = replace(LAW, rulesets=(old, replace(new, rules=kept)))
    due = clocks.response_due(
        law, calendar_of_the_table(), medium=Medium.DAILY_PRINT, received=datetime(2026, 11, 20, 9, tzinfo=VN)
    )
    assert due.due
    assert due.due.astimezone(VN).date() == date(2026, 11, 22)


def test_what_is_left_and_what_is_over_are_told_in_words() -> None:
    due = clocks.response_due(
        LAW, calendar_of_the_table(), medium=Medium.TV, received=datetime(2026, 11, 16, 9, tzinfo=VN)
    )
    for now, words in (
        (datetime(2026, 11, 16, 9, tzinfo=VN), "Còn 2 ngày"),
        (datetime(2026, 11, 18, 12, tzinfo=VN), "Còn 12 giờ"),
        (datetime(2026, 11, 21, 12, tzinfo=VN), "Quá hạn 2 ngày"),
    ):
        assert clocks.remaining(due, clocks.state(due, now), now) == words
    assert clocks.remaining(due, ClockState.MET, datetime(2026, 11, 21, tzinfo=VN)) == "Đã thực hiện"


def test_the_words_name_every_day_passed_over() -> None:
    due = clocks.response_due(
        LAW, calendar_of_the_table(), medium=Medium.TV, received=datetime(2026, 4, 24, 10, tzinfo=VN)
    )
    for said in (
        "26/04/2026 (Chủ nhật, Ngày nghỉ 26/4)",
        "27/04/2026 (Ngày nghỉ 27/4)",
        "24 giờ thứ Ba ngày 28/04/2026",
    ):
        assert said in due.computation


def test_a_year_that_no_calendar_reaches_and_a_moment_without_zone_are_refused() -> None:
    with pytest.raises(UsageError, match="clock_far"):
        clocks.answer_due(LAW, WorkCalendar(), asks_answer=True, received=datetime(9999, 12, 31, tzinfo=UTC))
    with pytest.raises(ValueError, match="zone"):
        clocks.answer_due(LAW, WorkCalendar(), asks_answer=True, received=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="binds the outlet"):
        clocks.own_due(ClockKind.RESPONSE, LAW, WorkCalendar(), start=None)
