"""Periods as typed, the one before each, and cùng kỳ; how the office counts them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.config.period import before, months, parse, year_before
from monitor.config.report import load_report_rules
from monitor.errors import ConfigError, UsageError
from monitor.labels import wording
from monitor.model.report import HalfYears

STATE = HalfYears.STATE


@pytest.mark.parametrize(
    ("said", "first", "last", "name"),
    [
        ("2026H1", "2026-01-01", "2026-06-30", "6 tháng đầu năm 2026"),
        ("2026h2", "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
        ("2026", "2026-01-01", "2026-12-31", "Năm 2026"),
        ("2026Q3", "2026-07-01", "2026-09-30", "Quý III năm 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "Tháng 2 năm 2024"),
        ("2026-01-15..2026-06-14", "2026-01-15", "2026-06-14", "Từ ngày 15/01/2026 đến ngày 14/06/2026"),
    ],
)
def test_a_period_is_read_with_its_days_and_its_name(said: str, first: str, last: str, name: str) -> None:
    span = parse(said)
    assert (f"{span.first}", f"{span.last}", span.name) == (first, last, name)
    assert parse(span.key) == span


@pytest.mark.parametrize(
    ("said", "past", "year_ago"),
    [
        ("2026H1", "2025H2", "2025H1"),
        ("2026H2", "2026H1", "2025H2"),
        ("2026", "2025", "2025"),
        ("2026Q1", "2025Q4", "2025Q1"),
        ("2026-01", "2025-12", "2025-01"),
        ("2024-02-29..2024-03-09", "2024-02-19..2024-02-28", "2023-02-28..2023-03-09"),
    ],
)
def test_the_period_before_and_the_same_a_year_earlier(said: str, past: str, year_ago: str) -> None:
    assert (before(parse(said)).key, year_before(parse(said)).key) == (past, year_ago)


def test_half_years_as_state_reports_count_them_leave_no_day_out() -> None:
    one, two, year = parse("2026H1", STATE), parse("2026H2", STATE), parse("2026", STATE)
    assert (one.first, one.last) == (date(2025, 12, 15), date(2026, 6, 14))
    assert (two.first, two.last) == (date(2026, 6, 15), date(2026, 12, 14))
    assert (year.first, year.last) == (one.first, two.last)
    assert before(one, STATE).last + timedelta(days=1) == one.first
    assert year_before(two, STATE) == parse("2025H2", STATE)
    assert months(one) == ("2025-12", "2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06")


@given(first=st.dates(date(2000, 3, 1), date(2100, 1, 1)), days=st.integers(0, 800))
def test_before_a_range_lie_as_many_days(first: date, days: int) -> None:
    span = parse(f"{first}..{first + timedelta(days=days)}")
    past = before(span)
    assert (past.last + timedelta(days=1), past.last - past.first) == (span.first, span.last - span.first)


@pytest.mark.parametrize(
    "said", ["", "x", "2026H3", "2026Q5", "2026-13", "2026-00", "0000", "2026-02-30..2026-03-01", "20261", "9999"]
)
def test_what_is_no_period_is_told_with_what_is(said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(said)
    assert "2026H1" in wording(caught.value)


def test_a_range_that_runs_backwards_or_for_ages_is_refused() -> None:
    for said in ("2026-03-02..2026-03-01", "2000-01-01..2026-01-01"):
        with pytest.raises(UsageError):
            parse(said)


def test_the_shipped_rules_count_calendar_halves_and_what_concerns_us() -> None:
    rules = load_report_rules((Path(__file__).parents[2] / "rules",))
    assert (rules.half_years, rules.relevances) == (HalfYears.CALENDAR, ("union", "labour"))


@pytest.mark.parametrize(
    "text",
    [
        "half_years: lunar\nrelevances: [union]\nmost_bodies: 1\n",
        "half_years: state\nrelevances: [none]\nmost_bodies: 1\n",
        "half_years: state\nrelevances: []\nmost_bodies: 1\n",
        "half_years: state\nrelevances: [union]\nmost_bodies: -1\n",
        "half_years: state\nrelevances: [union]\n",
    ],
)
def test_a_wrong_rule_is_named_with_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "report.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_report_rules((tmp_path,))
    assert "report.yaml" in wording(caught.value)
