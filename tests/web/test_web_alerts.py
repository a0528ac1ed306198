"""Cảnh báo on the desk: what was told of, what waits; seen, let be; nothing of restricted cases, nothing hostile."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from alert_making import alarming, alert_yaml, bring, quiet_one
from bs4 import BeautifulSoup
from delivery_making import deliver_yaml
from desk_office import Desk

from monitor import clock
from monitor.desk import alerts as corridor
from monitor.desk import triage
from monitor.jobs.alert import alert
from monitor.store import articles
from monitor.store.db import opened

READERS = "profiles:\n  - name: Ban Thường vụ\n    addresses: [ban@laocai.test]\n"
HOSTILE = "Công nhân đình công đòi nợ lương <script>alert(1)</script> =HYPERLINK(1)"


def words(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.text, "lxml").get_text(" ").split())


@pytest.fixture
def told(desk: Desk) -> Desk:
    """An office that was told of one event, and of a day with much on one topic; one event waits."""
    now = clock.now()
    deliver_yaml(desk.home.root, 2525, profiles=READERS)
    bring(
        desk.home, alarming(1, at=now), alarming(1, at=now, outlet="bao1"),
        *(quiet_one(n, at=now) for n in range(10, 14)),
    )  # fmt: skip
    hide = {"max_age_hours": 1, "topics": {"T02": 3}}
    alert_yaml(desk.home.root, **hide)
    assert len(alert(desk.home).told) == 2
    alert_yaml(desk.home.root, **hide, settle_minutes=10)
    bring(desk.home, alarming(2, at=now, title=HOSTILE))
    assert alert(desk.home).waiting == 1
    return desk


def test_the_page_shows_what_was_told_why_and_to_whom_and_the_menu_counts_it(told: Desk) -> None:
    page = told.role("press").get("/canh-bao")
    said = words(page)
    assert "Công nhân Gỗ Thanh Sơn 1 đình công vì bị nợ lương" in said
    assert "Vì: " in said and "cho Ban Thường vụ" in said and "Chờ gửi" in said
    assert "Chăm lo, phúc lợi: 4 bài viết khác nhau trong ngày" in said
    assert "Cảnh báo 3" in words(told.role("leader").get("/viec"))
    soup = BeautifulSoup(page.text, "lxml")
    assert not soup.find("main").find_all("script")
    assert "Người nhận" in said and "22:00" not in said


def test_who_does_not_work_for_the_federation_sees_neither_page_nor_line(told: Desk) -> None:
    for role in ("unit", "admin"):
        assert told.role(role).get("/canh-bao").status_code in (403, 404)
        assert "/canh-bao" not in told.role(role).get("/viec").text


def test_alerts_are_marked_as_seen_one_by_one_or_all_and_that_is_taken_back(told: Desk) -> None:
    client = told.role("press")
    done = client.submit("/canh-bao", "xem-cb1")
    assert "Đã đánh dấu xem 1 cảnh báo" in words(done)
    assert "Trần Văn Báo đã xem" in words(done)
    assert "Cảnh báo 2" in words(client.get("/viec"))
    token = BeautifulSoup(done.text, "lxml").find("form", action="/canh-bao/chua-xem")
    assert token is not None
    back = client.post_form("/canh-bao/chua-xem", **{"canh-bao": "cb1"})
    assert "Đã trả 1 cảnh báo về chưa xem" in words(back)
    client.submit("/canh-bao", "xem-het")
    assert 'class="count"' not in client.get("/viec").text.partition("/canh-bao")[2].partition("</a>")[0]
    assert "Không có cảnh báo nào khớp" in words(client.get("/canh-bao?chua-xem=1"))


def test_an_event_is_let_be_and_told_of_after_all(told: Desk) -> None:
    client = told.role("leader")
    assert "Không báo" in words(client.submit("/canh-bao", "tat-cb3"))
    with told.sitting("lanh") as s:
        assert corridor.alerts(s)[0].muted_by == told.person("lanh").id
    assert "Sẽ báo lại" in words(client.submit("/canh-bao", "lai-cb3"))


def test_a_clerk_reads_and_marks_nothing_and_an_unknown_alert_is_said_to_be_one(told: Desk) -> None:
    clerk = told.role("clerk")
    assert BeautifulSoup(clerk.get("/canh-bao").text, "lxml").find("form", id="xem-cb1") is None
    assert clerk.post_form("/canh-bao/da-xem", **{"canh-bao": "cb1"}).status_code == 403
    press = told.role("press")
    wrong = press.post_form("/canh-bao/da-xem", **{"canh-bao": "cb99"})
    assert wrong.status_code in (404, 422) and "Không có cảnh báo “cb99”" in wrong.text
    assert press.post_form("/canh-bao/da-xem").status_code in (409, 422)


def test_the_list_is_an_excel_file_without_formulas(told: Desk) -> None:
    answer = told.role("press").get("/canh-bao?xuat=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.values)
    assert len([row for row in rows if row and "Nhiều bài về một chủ đề" in row]) == 1
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_filters_and_the_empty_state(desk: Desk, told: Desk) -> None:
    client = told.role("press")
    assert "Nhiều bài về một chủ đề" in words(client.get("/canh-bao?loai=topic"))
    assert "Công nhân Gỗ Thanh Sơn 1" not in words(client.get("/canh-bao?loai=topic"))
    assert client.get("/canh-bao?loai=la&ngay=zz&trang=99").status_code == 200


def test_nothing_was_ever_told(desk: Desk) -> None:
    said = words(desk.role("press").get("/canh-bao"))
    assert "Chưa có cảnh báo nào" in said and "Chưa có ai: ghi địa chỉ" in said
    alert_yaml(desk.home.root, enabled=False)
    assert "Cảnh báo đang tắt" in words(desk.role("press").get("/canh-bao"))


def test_an_event_of_a_restricted_case_shows_to_nobody_else_and_counts_for_nobody_else(told: Desk) -> None:
    with opened(told.home.database) as db:
        ident = next(a.id for a in articles.between(db) if "tin-00001" in (a.url or ""))
    with told.sitting("lanh") as s:
        case = triage.open_case(s, [ident], triage.Opening(title="Vụ kín", allowed=(s.actor.id,))).id
    assert case in told.role("leader").get("/canh-bao").text
    page = told.role("press").get("/canh-bao")
    assert "Gỗ Thanh Sơn 1 đình công" not in page.text and case not in page.text
    assert "Cảnh báo 2" in words(told.role("press").get("/viec"))
    assert told.role("press").post_form("/canh-bao/da-xem", **{"canh-bao": "cb1"}).status_code in (404, 422)
    rows = openpyxl.load_workbook(BytesIO(told.role("press").get("/canh-bao?xuat=xlsx").content)).active.values
    assert "Gỗ Thanh Sơn 1 đình công" not in str(list(rows))
