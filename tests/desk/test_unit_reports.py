"""What units report: who fills in, hands in, accepts; who is late; nothing is overwritten, nothing changes silently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from unit_report_making import (
    ADMIN,
    CLERK,
    LEADER,
    OTHER,
    PRESS,
    RULES,
    SHOP,
    UNITS,
    WARD,
    half,
    handed_in,
    office,
    sits,
    with_grassroots,
)

from monitor.config import Home
from monitor.desk import unit_books, unit_owed, unit_rights
from monitor.desk import unit_reports as desk
from monitor.errors import ConflictError, MonitorError, RefusedError, UsageError
from monitor.labels import wording
from monitor.model.people import FEDERATION
from monitor.model.unit_report import Standing, UnitReportState, Wording
from monitor.store import events, people, unit_reports
from monitor.store.db import Database

S = UnitReportState


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with office(tmp_path) as made:
        yield made


def refused(key: str, error: pytest.ExceptionInfo[MonitorError]) -> None:
    assert error.value.key == key
    assert wording(error.value)


def test_a_report_goes_from_a_draft_over_a_return_to_its_acceptance_with_an_event_each(
    tmp_path: Path, db: Database
) -> None:
    ward, span = sits(tmp_path, db, WARD), half(tmp_path)
    fresh = desk.form(ward, "phuong", span)
    assert (fresh.id, fresh.revision, fresh.state) == ("", 0, S.DRAFT)
    draft = desk.save(ward, "phuong", span, {"news_sent": 12}, {Wording.WORK: " Đã  tập huấn \n\n "}, seen=0)
    assert draft.said(Wording.WORK) == "Đã tập huấn"
    assert desk.submit(ward, draft.id).state is S.SUBMITTED
    office_ = sits(tmp_path, db, PRESS)
    back = desk.give_back(office_, draft.id, "Thiếu số bài đăng")
    assert (back.state, back.remark) == (S.RETURNED, "Thiếu số bài đăng")
    more = desk.save(ward, "phuong", span, {"news_sent": 12, "news_published": 9}, {}, seen=back.revision)
    assert (more.state, more.remark) == (S.RETURNED, "Thiếu số bài đăng")
    assert desk.submit(ward, draft.id).remark == ""
    done = desk.accept(office_, draft.id)
    assert (done.state, done.decided_by, done.value("news_published"), done.said(Wording.WORK)) == (
        S.ACCEPTED, "u2", 9, "",
    )  # fmt: skip
    log = [one for one in events.every(db) if one.action.startswith("unit_report.")]
    assert [(one.action.split(".")[1], one.before, one.after, one.actor) for one in log] == [
        ("save", "", "draft", "u4"), ("submit", "draft", "submitted", "u4"), ("return", "submitted", "returned", "u2"),
        ("save", "returned", "returned", "u4"), ("submit", "returned", "submitted", "u4"),
        ("accept", "submitted", "accepted", "u2"),
    ]  # fmt: skip
    assert {(one.thing, one.refs) for one in log} == {(draft.id, ("phuong",))}


def test_an_accepted_report_that_is_changed_waits_for_its_acceptance_anew(tmp_path: Path, db: Database) -> None:
    ward, span = sits(tmp_path, db, WARD), half(tmp_path)
    made = handed_in(ward, "phuong", {"news_sent": 1})
    done = desk.accept(sits(tmp_path, db, LEADER), made.id)
    assert desk.save(ward, "phuong", span, {"news_sent": 1}, {}, seen=done.revision) == done, "nothing changed"
    changed = desk.save(ward, "phuong", span, {"news_sent": 2}, {}, seen=done.revision)
    assert (changed.state, changed.decided, changed.decided_by) == (S.SUBMITTED, None, "")


def test_the_federations_own_report_is_accepted_when_it_is_handed_in(tmp_path: Path, db: Database) -> None:
    s = sits(tmp_path, db, PRESS)
    made = handed_in(s, FEDERATION, {"press_conferences": 2})
    assert made.state is S.ACCEPTED
    changed = desk.save(s, FEDERATION, half(tmp_path), {"press_conferences": 3}, {}, seen=made.revision)
    assert changed.state is S.SUBMITTED
    assert desk.submit(s, made.id).state is S.ACCEPTED


def test_nobody_overwrites_what_he_has_not_seen(tmp_path: Path, db: Database) -> None:
    ward, span = sits(tmp_path, db, WARD), half(tmp_path)
    made = desk.save(ward, "phuong", span, {"news_sent": 1}, {}, seen=0)
    for seen in (0, 7):
        with pytest.raises(ConflictError) as caught:
            desk.save(sits(tmp_path, db, PRESS), "phuong", span, {"news_sent": 5}, {}, seen=seen)
        refused("unit_report_changed", caught)
    with pytest.raises(ConflictError):
        desk.submit(ward, made.id, seen=4)
    assert desk.form(ward, "phuong", span).value("news_sent") == 1


@pytest.mark.parametrize(
    ("values", "plans", "key"),
    [
        ({"news_sent": -1}, "", "unit_report_value"),
        ({"news_sent": 10**12 + 1}, "", "unit_report_value"),
        ({"news_sent": True}, "", "unit_report_value"),
        ({"nothing": 1}, "", "unit_report_field"),
        ({"press_conferences": 1}, "", "unit_report_field"),
        ({}, "a" * 5001, "field_too_long"),
    ],
)
def test_values_that_cannot_be_are_refused_and_nothing_is_stored(
    tmp_path: Path, db: Database, values: dict[str, int], plans: str, key: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        desk.save(sits(tmp_path, db, PRESS), "phuong", half(tmp_path), values, {Wording.PLANS: plans}, seen=0)
    refused(key, caught)
    assert unit_reports.of_unit(db, "phuong") == []


def test_only_its_people_and_the_press_officer_fill_in_and_only_those_above_decide(
    tmp_path: Path, db: Database
) -> None:
    span = half(tmp_path)
    for who, key in ((CLERK, "unit_report_fill"), (LEADER, "unit_report_fill"), (SHOP, "unit_unknown"),
                     (OTHER, "unit_unknown"), (ADMIN, "unit_unknown")):  # fmt: skip
        with pytest.raises(RefusedError) as caught:
            desk.save(sits(tmp_path, db, who), "phuong", span, {"news_sent": 1}, {}, seen=0)
        refused(key, caught)
    made = handed_in(sits(tmp_path, db, WARD), "phuong", {"news_sent": 1})
    for who, key in ((WARD, "unit_report_decide"), (CLERK, "unit_report_decide"), (SHOP, "unit_report_unknown"),
                     (OTHER, "unit_report_unknown")):  # fmt: skip
        with pytest.raises(RefusedError) as caught:
            desk.accept(sits(tmp_path, db, who), made.id)
        refused(key, caught)
    below = handed_in(sits(tmp_path, db, SHOP), "coso", {"news_sent": 1})
    assert desk.accept(sits(tmp_path, db, WARD), below.id).decided_by == WARD.id
    with pytest.raises(RefusedError) as caught:
        desk.give_back(sits(tmp_path, db, PRESS), made.id, "  ")
    refused("words_missing", caught)


def test_what_is_out_of_place_is_refused(tmp_path: Path, db: Database) -> None:
    s, span = sits(tmp_path, db, PRESS), half(tmp_path)
    empty = desk.save(s, "phuong", span, {}, {}, seen=0)
    with pytest.raises(RefusedError) as caught:
        desk.submit(s, empty.id)
    refused("unit_report_empty", caught)
    with pytest.raises(RefusedError) as caught:
        desk.accept(s, empty.id)
    refused("unit_report_state", caught)
    early = desk.save(s, "phuong", half(tmp_path, "2027H1"), {"news_sent": 1}, {}, seen=0)
    with pytest.raises(RefusedError) as caught:
        desk.submit(s, early.id)
    refused("unit_report_early", caught)
    with pytest.raises(RefusedError) as caught:
        desk.submit(s, "bd99")
    refused("unit_report_unknown", caught)


def test_a_report_taken_back_comes_in_when_it_is_handed_in_anew(tmp_path: Path, db: Database) -> None:
    made = handed_in(sits(tmp_path, db, WARD), "phuong", {"news_sent": 1})
    assert desk.withdraw(sits(tmp_path, db, WARD), made.id).state is S.DRAFT
    desk.submit(sits(tmp_path, db, WARD, "2026-07-20"), made.id)
    assert _standing(tmp_path, db, "2026-07-20") == (Standing.SUBMITTED_LATE, 10)
    desk.accept(sits(tmp_path, db, PRESS), made.id)
    with pytest.raises(RefusedError) as caught:
        desk.withdraw(sits(tmp_path, db, WARD), made.id)
    refused("unit_report_state", caught)


def test_a_part_above_its_whole_is_told_and_not_refused(tmp_path: Path, db: Database) -> None:
    s = sits(tmp_path, db, PRESS)
    made = handed_in(s, "phuong", {"statements_asked": 3, "statements_answered": 5, "news_sent": 4})
    told = desk.warnings(made, unit_rights.rules_of(s))
    assert any("lớn hơn" in one and "(5)" in one and "(3)" in one for one in told)
    assert any("để trống" in one for one in told)


def _standing(root: Path, db: Database, day: str, unit: str = "phuong") -> tuple[Standing, int]:
    found = {row.unit.id: row for row in desk.owed(sits(root, db, PRESS, day), half(root))}
    return found[unit].standing, found[unit].late


def test_a_report_is_late_by_the_day_it_first_came(tmp_path: Path, db: Database) -> None:
    assert _standing(tmp_path, db, "2026-07-10") == (Standing.WAITING, 0)
    assert _standing(tmp_path, db, "2026-07-11") == (Standing.MISSING, 1)
    made = handed_in(sits(tmp_path, db, WARD, "2026-07-10"), "phuong", {"news_sent": 1})
    assert _standing(tmp_path, db, "2026-07-30") == (Standing.SUBMITTED, 0)
    desk.give_back(sits(tmp_path, db, PRESS, "2026-07-15"), made.id, "Sửa")
    assert _standing(tmp_path, db, "2026-07-30") == (Standing.RETURNED, 0)
    desk.submit(sits(tmp_path, db, WARD, "2026-07-20"), made.id)
    assert _standing(tmp_path, db, "2026-07-30") == (Standing.SUBMITTED, 0), "it had come in time"
    handed_in(sits(tmp_path, db, OTHER, "2026-07-12"), "nganh", {"news_sent": 1})
    assert _standing(tmp_path, db, "2026-07-30", "nganh") == (Standing.SUBMITTED_LATE, 2)


def test_who_owes_are_the_kinds_asked_and_who_handed_in_though_not_asked(tmp_path: Path, db: Database) -> None:
    handed_in(sits(tmp_path, db, SHOP), "coso", {"news_sent": 1})
    rows = {row.unit.id: row for row in desk.owed(sits(tmp_path, db, CLERK), half(tmp_path))}
    assert {ident: row.asked for ident, row in rows.items()} == {
        "phuong": True, "nganh": True, "kcn": True, "coso": False,
    }  # fmt: skip
    assert rows["kcn"].no_address
    assert rows["coso"].to.id == "phuong"
    assert [row.unit.id for row in desk.owed(sits(tmp_path, db, WARD), half(tmp_path))] == ["coso", "phuong"]
    assert [row.unit.id for row in desk.owed(sits(tmp_path, db, SHOP), half(tmp_path))] == ["coso"]
    with pytest.raises(RefusedError) as caught:
        desk.owed(sits(tmp_path, db, ADMIN), half(tmp_path))
    refused("unit_report_see", caught)


def test_grassroots_bodies_report_to_the_nearest_body_that_reports_itself(tmp_path: Path, db: Database) -> None:
    with_grassroots(tmp_path)
    rows = {row.unit.id: row for row in desk.owed(sits(tmp_path, db, PRESS), half(tmp_path))}
    assert {ident: row.to.id for ident, row in rows.items()} == {
        "phuong": "ld", "nganh": "ld", "coso": "phuong", "to": "coso",
    }  # fmt: skip
    with db.atomic():
        people.put_unit(db, replace(UNITS[4], ends=date(2026, 5, 31)))
    rows = {row.unit.id: row for row in desk.owed(sits(tmp_path, db, PRESS), half(tmp_path))}
    assert "coso" not in rows, "merged before the period's end: whoever took it over reports"
    assert rows["to"].to.id == "phuong"


def test_a_body_that_ended_in_the_period_may_still_report_and_one_that_ended_before_may_not(
    tmp_path: Path, db: Database
) -> None:
    s = sits(tmp_path, db, PRESS)
    with db.atomic():
        people.put_unit(db, replace(UNITS[2], ends=date(2026, 6, 29)))
    assert "nganh" not in {row.unit.id for row in desk.owed(s, half(tmp_path))}
    handed_in(s, "nganh", {"news_sent": 4})
    row = next(row for row in desk.owed(s, half(tmp_path)) if row.unit.id == "nganh")
    assert (row.asked, row.standing) == (False, Standing.SUBMITTED)
    with pytest.raises(RefusedError) as caught:
        desk.form(s, "nganh", half(tmp_path, "2026H2"))
    refused("unit_report_no_body", caught)


def test_periods_are_those_that_units_report_on(tmp_path: Path) -> None:
    home = Home(root=tmp_path)
    assert [one.key for one in unit_owed.periods(home, date(2026, 7, 1))] == ["2026H2", "2026H1", "2025H2", "2025H1"]
    assert unit_owed.current(home, date(2026, 7, 1)).key == "2026H1"
    assert unit_owed.current(home, date(2026, 6, 10)).key == "2026H1"
    for said in ("2026Q1", "2026", "2026-03", "2026-01-01..2026-06-30"):
        with pytest.raises(UsageError):
            unit_owed.period_of(home, said)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "report.yaml").write_text(
        "half_years: state\nrelevances: [union]\nmost_bodies: 0\n", encoding="utf-8"
    )
    state = unit_owed.periods(home, date(2026, 12, 20))
    assert (state[0].key, state[0].first) == ("2027H1", date(2026, 12, 15))


def test_units_may_report_by_the_quarter_or_the_year(tmp_path: Path) -> None:
    home, day = Home(root=tmp_path), date(2026, 2, 3)
    (tmp_path / "rules").mkdir()
    quarters, years = ["2026Q1", "2025Q4", "2025Q3", "2025Q2"], ["2026", "2025", "2024", "2023"]
    for every, keys in (("quarter", quarters), ("year", years)):
        text = RULES.read_text(encoding="utf-8").replace("every: half", f"every: {every}")
        (tmp_path / "rules" / "unit_report.yaml").write_text(text, encoding="utf-8")
        assert [one.key for one in unit_owed.periods(home, day)] == keys
        assert unit_owed.period_of(home, keys[1]).key == keys[1]
        with pytest.raises(UsageError):
            unit_owed.period_of(home, "2026H1")


def test_what_a_field_said_that_is_asked_no_more_stays_in_the_report(tmp_path: Path, db: Database) -> None:
    s, span = sits(tmp_path, db, PRESS), half(tmp_path)
    made = desk.save(s, "phuong", span, {"news_sent": 3, "campaigns": 2}, {}, seen=0)
    (tmp_path / "rules").mkdir()
    text = RULES.read_text(encoding="utf-8").replace("id: campaigns", "id: campaigns_held")
    (tmp_path / "rules" / "unit_report.yaml").write_text(text, encoding="utf-8")
    after = desk.save(s, "phuong", span, {"news_sent": 4}, {}, seen=made.revision)
    assert dict(after.values) == {"news_sent": 4, "campaigns": 2}


def test_a_workbook_comes_back_and_is_kept_with_the_report(tmp_path: Path, db: Database) -> None:
    s, span = sits(tmp_path, db, PRESS), half(tmp_path)
    desk.save(s, "phuong", span, {"news_sent": 7}, {Wording.PLANS: "Mở lớp"}, seen=0)
    raw = unit_books.template(s, "phuong", span)
    other = desk.save(s, "phuong", span, {"news_sent": 8}, {}, seen=1)
    with pytest.raises(ConflictError, match="unit_report_stands"):
        unit_books.read(s, raw, "biểu.xlsx", unit="phuong", span=span, hand_in=True)
    assert unit_reports.get(db, other.id) == other
    made = unit_books.read(s, raw, "biểu.xlsx", unit="phuong", span=span, seen=2, hand_in=True)
    assert (made.value("news_sent"), made.said(Wording.PLANS), made.via) == (7, "Mở lớp", "workbook")
    assert (made.id, made.state) == (other.id, S.SUBMITTED)
    (kept,) = unit_reports.books(db, made.id)
    assert unit_reports.book(db, kept.sha256) == raw
    with pytest.raises(MonitorError):
        unit_books.read(s, raw, "biểu.xlsx", unit="nganh")
    with pytest.raises(ConflictError):
        unit_books.read(s, raw, "biểu.xlsx", seen=1)
    assert len(unit_reports.books(db, made.id)) == 1
    assert unit_reports.get(db, made.id) == made


def test_a_workbook_takes_the_place_of_one_before_it_and_of_what_was_given_back_but_not_of_what_was_accepted(
    tmp_path: Path, db: Database
) -> None:
    s, span = sits(tmp_path, db, PRESS), half(tmp_path)
    books = []
    for value in (7, 8, 9):
        have = desk.form(s, "phuong", span)
        desk.save(s, "phuong", span, {"news_sent": value}, {}, seen=have.revision)
        books.append(unit_books.template(s, "phuong", span))
    first, second, third = books
    have = unit_books.read(s, first, "một.xlsx", seen=3)
    assert unit_books.read(s, second, "hai.xlsx", hand_in=True).value("news_sent") == 8
    desk.accept(s, have.id)
    with pytest.raises(ConflictError, match="unit_report_stands"):
        unit_books.read(s, third, "ba.xlsx")
    assert unit_books.read(s, second, "hai.xlsx").state is S.ACCEPTED, "it says the same"
    desk.give_back(s, have.id, "Xem lại số tin gửi")
    assert unit_books.read(s, third, "ba.xlsx", hand_in=True).value("news_sent") == 9
