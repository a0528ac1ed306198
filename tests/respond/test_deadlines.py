"""Every deadline of the table that was worked out by hand, on the shipped law."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from deadline_table import ISSUES, VN, Row, at, calendar_of_the_table, rows

from monitor.config.calendar import load_calendar
from monitor.config.law import load_law
from monitor.model.calendar import WorkCalendar
from monitor.model.law import ClockKind, ClockState, Due, PeriodUnit
from monitor.model.source import Medium
from monitor.respond import clocks

RULES = (Path(__file__).parents[2] / "rules",)
LAW = load_law(RULES)
TABLE = rows()


def computed(row: Row, cal: WorkCalendar) -> Due:
    """The clock of a row; ``how`` says which event ``start`` is, and which others are known."""
    first, *others = (part.strip() for part in row.how.split(","))
    known = {name: at(text) for name, _, text in (other.partition(" ") for other in others) if text[:1] == "2"}
    start = at(row.start) if row.start else None
    issues = ISSUES.get(row.issues)
    received = start if first == "received" else None
    sent = start if first == "sent" else known.get("sent")
    if first == "own":
        return clocks.own_due(row.kind, LAW, cal, start=start)
    if row.kind is ClockKind.ANSWER:
        return clocks.answer_due(LAW, cal, asks_answer="not asked" not in others, received=received, sent=sent)
    assert row.medium is not None
    if row.kind is ClockKind.CORRECTION:
        return clocks.correction_due(
            LAW, cal, medium=row.medium, issues=issues,
            received=start if first == "letter only" else known.get("letter"),
            conclusion_received=start if first == "conclusion" else known.get("conclusion"),
            self_found=start if first == "self" else known.get("self"),
        )  # fmt: skip
    if row.kind is ClockKind.FORWARD_ANSWER:
        return clocks.forward_answer_due(LAW, cal, medium=row.medium, received=received, sent=sent, issues=issues)
    return clocks.response_due(LAW, cal, medium=row.medium, received=received, sent=sent, issues=issues)


def last_day(moment: datetime | None) -> str:
    if moment is None:
        return ""
    there = moment.astimezone(VN)
    assert f"{there:%H:%M:%S}" == "23:59:59", "a period of days ends with its day"
    return f"{there:%Y-%m-%d}"


def outcome(due: Due) -> tuple[str, str, str, str]:
    look = f"{due.threshold.astimezone(VN):%Y-%m-%d %H:%M}" if due.threshold else ""
    return last_day(due.due), look, last_day(due.reply_due), due.ruleset or ""


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_deadline_worked_out_by_hand(row: Row) -> None:
    due = computed(row, calendar_of_the_table())
    assert outcome(due) == (row.due, row.look, row.reply, row.rules), (row.by_hand, due.computation)
    assert due.provisional is (row.how == "sent")
    assert due.unconfirmed == ()
    assert due.computation
    assert due.basis or due.start is None


@pytest.mark.parametrize("row", [row for row in TABLE if row.start[:4] in ("2026", "2027")], ids=lambda row: row.name)
def test_the_shipped_calendar_gives_the_same_days_and_says_that_it_is_not_confirmed(row: Row) -> None:
    shipped = load_calendar(RULES)
    due = computed(row, shipped)
    assert outcome(due) == (row.due, row.look, row.reply, row.rules)
    counted = (due.due or due.reply_due) and due.unit not in (
        PeriodUnit.NEAREST_ISSUE,
        PeriodUnit.IMMEDIATELY_THEN_ISSUE,
    )
    assert bool(due.unconfirmed) is bool(counted)
    assert any("chưa được cơ quan xác nhận" in note for note in due.notes) is bool(counted)


def test_the_table_is_long_enough_and_covers_everything() -> None:
    assert len(TABLE) >= 45
    assert {row.kind for row in TABLE} == set(ClockKind)
    for law in ("LBC2016", "LBC2025"):
        assert {row.medium for row in TABLE if row.rules == law} >= set(Medium)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_a_clock_without_a_date_is_never_overdue_and_one_with_a_date_is_from_its_midnight_on(row: Row) -> None:
    due = computed(row, calendar_of_the_table())
    never = datetime(2100, 1, 1, tzinfo=UTC)
    if due.due is None:
        expected = (
            ClockState.NOT_ARISEN if due.start is None
            else ClockState.NO_RULE if due.unit is PeriodUnit.NONE
            else ClockState.NO_DATE
        )  # fmt: skip
        assert clocks.state(due, never) is expected
        assert clocks.state(due, never, done=never) is ClockState.MET
        return
    midnight = due.due + timedelta(seconds=1)
    for moment, now_state, done_state in (
        (midnight - timedelta(microseconds=1), ClockState.RUNNING, ClockState.MET),
        (midnight, ClockState.OVERDUE, ClockState.MET_LATE),
    ):
        assert clocks.state(due, moment) is now_state
        assert clocks.state(due, never, done=moment) is done_state


def test_practice_and_duties_of_others_are_not_called_law() -> None:
    for row in TABLE:
        due = computed(row, calendar_of_the_table())
        practice = row.kind in (ClockKind.OWN_VERIFY, ClockKind.OWN_REMEDY, ClockKind.OWN_SOCIAL)
        if practice:
            assert "không phải quy định của công đoàn" in due.basis
            assert due.ruleset is None
        if practice or row.kind is ClockKind.PRESS_CONFERENCE_NOTICE:
            assert not due.statutory
        elif due.start and due.unit is not PeriodUnit.NONE:
            assert due.statutory


def test_the_same_instant_in_any_zone_gives_the_same_deadline() -> None:
    for row in TABLE:
        if row.start and not row.start.endswith("!"):
            there = at(row.start).astimezone(UTC)
            same = replace(row, start=f"{there:%Y-%m-%d %H:%M}!")
            assert outcome(computed(same, calendar_of_the_table())) == outcome(computed(row, calendar_of_the_table()))
