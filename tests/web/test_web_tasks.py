"""What waits for whom: the same case seen by the people it waits for, one after the other."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from desk_office import Desk

from monitor import clock
from monitor.desk import mine, moving, triage, unit_reports, verifying
from monitor.desk.mine import TaskKind
from monitor.desk.unit_owed import due_on, periods
from monitor.desk.unit_rights import rules_of
from monitor.model.casework import Part
from monitor.model.report import Span


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
    for login in ("lanh", "thu", "may", "quan"):
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


# The units' reports.


def reporting(desk: Desk, monkeypatch: pytest.MonkeyPatch, days: int) -> tuple[Span, date]:
    """The period that the office is in, and its due day; it is so many days after that day now."""
    span = periods(desk.home, today())[0]
    with desk.sitting() as s:
        due = due_on(rules_of(s), span)
    at = datetime.combine(due + timedelta(days=days), time(9), clock.VN)
    monkeypatch.setenv("MONITOR_NOW", at.isoformat())
    return span, due


def owed(desk: Desk, login: str) -> str:
    """The section as one reads it; nothing where there is none."""
    found = BeautifulSoup(desk.client(login).get("/viec").text, "lxml").select_one("[aria-labelledby=bao-cao-don-vi]")
    return " ".join(found.get_text(" ").split()) if found else ""


def test_a_unit_s_report_stands_among_its_tasks_from_when_it_is_due_until_it_is_handed_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    span, due = reporting(desk, monkeypatch, -3)
    said = owed(desk, "co")
    assert f"Lập, nộp báo cáo {span.name}" in said
    assert f"hạn nộp {due:%d/%m/%Y}" in said and "còn 3 ngày" in said
    page = desk.client("co").get("/viec").text
    assert f'href="/bao-cao/don-vi/{span.key}/kcn"' in page
    assert "Không có việc nào đang chờ" not in page
    assert desk.client("co").get(f"/bao-cao/don-vi/{span.key}/kcn").status_code == 200
    assert owed(desk, "may") == "", "a grassroots union owes none"
    assert [owed(desk, login) for login in ("lanh", "thu", "quan")] == ["", "", ""]
    assert f"1 đơn vị chưa nộp báo cáo {span.name} (hạn nộp {due:%d/%m/%Y})" in owed(desk, "bao")
    monkeypatch.setenv("MONITOR_NOW", (clock.now() + timedelta(days=8)).isoformat())
    desk = Desk(home=desk.home)  # their sessions have run out
    assert "quá hạn 5 ngày" in owed(desk, "co")
    assert '<span class="late">quá hạn 5 ngày</span>' in desk.client("co").get("/viec").text
    assert f"1 đơn vị chưa nộp báo cáo {span.name} (quá hạn 1)" in owed(desk, "bao")
    rows = list(openpyxl.load_workbook(BytesIO(desk.client("co").get("/viec?xuat=xlsx").content)).active.values)
    assert (rows[1][0], rows[1][2]) == ("Báo cáo của đơn vị", span.name)


def test_a_report_that_was_given_back_says_why_and_one_handed_in_waits_for_the_office(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    span, _ = reporting(desk, monkeypatch, -3)
    with desk.sitting("co") as s:
        made = unit_reports.submit(s, unit_reports.save(s, "kcn", span, {"news_sent": 4}, {}, seen=0).id)
    assert owed(desk, "co") == ""
    assert owed(desk, "bao") == f"Báo cáo của đơn vị 1 báo cáo {span.name} chờ xem"
    with desk.sitting("bao") as s:
        unit_reports.give_back(s, made.id, "Thiếu số <b>lớp</b>")
    page = desk.client("co").get("/viec").text
    assert f"Sửa và nộp lại báo cáo {span.name}" in page
    assert "Ý kiến: Thiếu số &lt;b&gt;lớp&lt;/b&gt;" in page
    assert owed(desk, "bao") == ""


def test_rules_of_the_reports_that_cannot_be_read_hide_no_other_task(desk: Desk) -> None:
    ident = opened(desk)
    (desk.home.root / "rules" / "unit_report.yaml").write_text("every: [\n", encoding="utf-8")
    page = desk.client("bao").get("/viec")
    assert page.status_code == 200
    assert f"<b>{ident}</b>" in page.text and "có chỗ sai" in page.text
