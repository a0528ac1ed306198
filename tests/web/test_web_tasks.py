"""What waits for whom: the same case seen by the people it waits for, one after the other."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from desk_office import Desk

from monitor import clock
from monitor.desk import mine, moving, triage, verifying
from monitor.desk.mine import TaskKind
from monitor.model.casework import Part


def kinds(desk: Desk, login: str) -> dict[TaskKind, list[str]]:
    with desk.sitting(login) as s:
        return {kind: [task.case for task in group] for kind, group in mine.mine(s)}


def opened(desk: Desk) -> str:
    with desk.sitting() as s:
        return triage.open_case(s, [triage.pending(s)[0].subject], triage.Opening(units=("kcn",))).id


def assign(desk: Desk, ident: str, due: date) -> str:
    with desk.sitting() as s:
        task = verifying.Task(part=Part.LEAD, task="Xác minh việc chậm lương", due=due, unit="kcn")
        return verifying.assign(s, ident, task).assignments[-1].id


def three_days_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_NOW", (clock.now() + timedelta(days=3)).isoformat())


def today() -> date:
    return clock.local(clock.now()).date()


def test_a_new_case_waits_for_the_press_officer_until_somebody_is_asked(desk: Desk) -> None:
    ident = opened(desk)
    assert kinds(desk, "bao")[TaskKind.UNASSIGNED] == [ident]
    assert TaskKind.UNASSIGNED not in kinds(desk, "lanh")
    assign(desk, ident, today() + timedelta(days=30))
    assert TaskKind.UNASSIGNED not in kinds(desk, "bao")


def test_what_a_unit_was_asked_waits_for_that_units_people_alone(desk: Desk) -> None:
    ident = opened(desk)
    asked = assign(desk, ident, today() + timedelta(days=30))
    assert kinds(desk, "co") == {TaskKind.ASSIGNED: [ident]}
    assert kinds(desk, "may") == {}
    with desk.sitting("co") as s:
        verifying.answer(s, ident, asked, "Đã đối chiếu sổ lương: trả đủ.")
    assert kinds(desk, "co") == {}
    assert kinds(desk, "bao")[TaskKind.JUDGE] == [ident]


def test_what_is_overdue_is_told_once_and_to_the_office_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ident = opened(desk)
    assign(desk, ident, today() + timedelta(days=1))
    three_days_later(monkeypatch)
    assert kinds(desk, "co") == {TaskKind.OVERDUE: [ident]}
    assert kinds(desk, "bao")[TaskKind.OVERDUE] == [ident]
    assert kinds(desk, "lanh")[TaskKind.OVERDUE] == [ident]


def test_a_restricted_case_waits_for_nobody_who_is_not_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ident = opened(desk)
    assign(desk, ident, today() + timedelta(days=1))
    three_days_later(monkeypatch)
    with desk.sitting("lanh") as s:
        moving.restrict(s, ident, ["lanh"])
    assert ident in kinds(desk, "lanh")[TaskKind.OVERDUE]
    assert kinds(desk, "bao") == kinds(desk, "co") == {}


def test_the_page_tells_every_role_what_waits_and_an_empty_one_says_so(desk: Desk) -> None:
    for login in ("lanh", "thu", "co", "quan"):
        page = desk.client(login).get("/viec")
        assert page.status_code == 200
        assert "Không có việc nào đang chờ" in page.text
    ident = opened(desk)
    assert f"<b>{ident}</b>" in desk.client("bao").get("/viec").text


def test_the_list_goes_to_excel_as_it_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    ident = opened(desk)
    assign(desk, ident, today() + timedelta(days=1))
    three_days_later(monkeypatch)
    answer = desk.client("bao").get("/viec?xuat=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0][:3] == ("Nhóm việc", "Vụ việc", "Tiêu đề")
    assert ("Quá hạn", ident) in [row[:2] for row in rows[1:]]


def test_what_is_due_soon_stands_once_with_its_date(desk: Desk) -> None:
    ident = opened(desk)
    assign(desk, ident, today() + timedelta(days=2))
    assert kinds(desk, "co") == {TaskKind.ASSIGNED: [ident]}
    assert "hạn" in desk.client("co").get("/viec").text


def test_a_direction_that_came_with_a_task_is_one_thing(desk: Desk) -> None:
    ident = opened(desk)
    with desk.sitting("lanh") as s:
        who = desk.person("bao").id
        moving.direct(s, ident, "Xác minh ngay.")
        task = verifying.Task(
            part=Part.LEAD, task="Xác minh ngay.", due=today() + timedelta(days=3), person=who, directed_by=s.actor.id
        )
        verifying.assign(s, ident, task)
    found = kinds(desk, "bao")
    assert found[TaskKind.ASSIGNED] == [ident]
    assert TaskKind.DIRECTED not in found
