"""Handing over a person's work: looked at first, done in one act, its record printed as often as it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
from bs4 import BeautifulSoup
from desk_office import Desk

from monitor import clock
from monitor.desk import handing_over, moving, triage, verifying
from monitor.model.casework import Part


def opened(desk: Desk, title: str = "", at: int = 0) -> str:
    with desk.sitting() as s:
        return triage.open_case(s, [triage.pending(s)[at].subject], triage.Opening(title=title)).id


def assigned(desk: Desk, ident: str, login: str = "bao2", task: str = "Đối chiếu sổ lương") -> str:
    due = clock.local(clock.now()).date() + timedelta(days=9)
    with desk.sitting() as s:
        what = verifying.Task(part=Part.LEAD, task=task, due=due, person=login)
        return verifying.assign(s, ident, what).assignments[-1].id


def query(desk: Desk, giver: str = "bao2", taker: str = "bao") -> str:
    return f"/quan-tri/ban-giao?tu={desk.person(giver).id}&den={desk.person(taker).id}"


def lead(desk: Desk, ident: str) -> str:
    with desk.sitting("dau") as s:
        found = s.case(ident).lead
        return found.person if found else ""


def test_what_would_move_is_shown_and_nothing_moves_before_it_is_said(desk: Desk) -> None:
    ident = opened(desk, "<script>alert(1)</script>")
    assigned(desk, ident)
    page = desk.client("lanh").get(query(desk))
    assert "Chủ trì: Đối chiếu sổ lương" in page.text
    assert "<script>alert" not in page.text
    assert "Bàn giao 1 vụ việc" in page.text
    assert lead(desk, ident) == desk.person("bao2").id


def test_a_leader_hands_over_and_the_record_has_both_names_and_room_to_sign(desk: Desk) -> None:
    ident = opened(desk)
    assigned(desk, ident)
    answer = desk.client("lanh").submit(query(desk), "ban-giao")
    assert answer.url.path.startswith("/quan-tri/ban-giao/")
    assert lead(desk, ident) == desk.person("bao").id
    text = BeautifulSoup(answer.text, "html.parser").get_text(" ", strip=True)
    for said in ("BIÊN BẢN BÀN GIAO", "Bùi Thị Ký", "Trần Văn Báo", "Lê Thị Lãnh", ident, "NGƯỜI NHẬN"):
        assert said in text
    assert f"- {ident}:" in answer.text
    again = desk.client("bao2").get(str(answer.url.path))
    assert again.status_code == 200
    listed = desk.client("lanh").get("/quan-tri/ban-giao?xuat=xlsx").content
    assert list(openpyxl.load_workbook(BytesIO(listed)).active.values)[1][1:] == (
        "Bùi Thị Ký", "Trần Văn Báo", "Lê Thị Lãnh",
    )  # fmt: skip


def test_one_hands_over_his_own_work_and_nobody_elses(desk: Desk) -> None:
    ident = opened(desk)
    assigned(desk, ident)
    bao, ky = desk.person("bao"), desk.person("bao2")
    refused = desk.client("bao").post_form("/quan-tri/ban-giao", tu=ky.id, den=bao.id, _form="ban-giao")
    assert refused.status_code == 422
    assert "chính người bàn giao" in refused.text
    assert "Chỉ lãnh đạo" in desk.client("quan").get(query(desk)).text
    assert desk.client("bao2").submit(query(desk), "ban-giao").status_code == 200
    assert lead(desk, ident) == bao.id


def test_the_record_is_nobodys_who_had_no_part_in_it(desk: Desk) -> None:
    assigned(desk, opened(desk))
    path = desk.client("lanh").submit(query(desk), "ban-giao").url.path
    for login in ("thu", "co", "quan"):
        assert desk.client(login).get(path).status_code == 404
        assert (
            "Trần Văn Báo" not in desk.client(login).get("/quan-tri/ban-giao").text.split("Biên bản bàn giao</h2>")[1]
        )
    for wrong in ("0", "999999", "x", "٣"):
        assert desk.client("lanh").get(f"/quan-tri/ban-giao/{wrong}").status_code == 404


def test_a_restricted_case_neither_shows_nor_moves_for_who_may_not_know_of_it(desk: Desk) -> None:
    kept, moved = opened(desk, "Việc kín"), opened(desk, "Việc thường", at=1)
    assigned(desk, kept, task="Việc rất kín")
    assigned(desk, moved)
    with desk.sitting("dau") as s:
        moving.restrict(s, kept, ["dau", "bao2"])
    page = desk.client("lanh").get(query(desk)).text
    assert kept not in page
    assert "kín" not in page
    assert "(1 việc)" in page
    done = desk.client("lanh").submit(query(desk), "ban-giao")
    assert kept not in done.text
    assert (lead(desk, kept), lead(desk, moved)) == (desk.person("bao2").id, desk.person("bao").id)
    own = desk.client("bao2").submit(query(desk), "ban-giao")
    assert lead(desk, kept) == desk.person("bao").id
    # He has no right to it any more: its id as he gave it away, nothing of what becomes of it.
    assert kept in own.text
    assert "kín" not in own.text
    assert "Việc rất kín" in desk.client("bao").get(own.url.path).text
    assert kept not in desk.client("lanh").get(own.url.path).text


def test_who_may_not_take_it_is_told_before(desk: Desk) -> None:
    ident = opened(desk)
    assigned(desk, ident)
    with desk.sitting("dau") as s:
        moving.describe(s, ident, accused=("kcn",))
    page = desk.client("lanh").get(query(desk, taker="co"))
    assert "Chưa bàn giao được" in page.text
    assert 'id="ban-giao"' not in page.text
    assert desk.client("lanh").post_form(
        "/quan-tri/ban-giao", tu=desk.person("bao2").id, den=desk.person("co").id
    ).status_code == 422  # fmt: skip


def test_nothing_to_hand_over_is_said(desk: Desk) -> None:
    page = desk.client("lanh").get(query(desk))
    assert "không có việc nào để bàn giao" in page.text
    assert "Chưa có lần bàn giao nào" in page.text
    with desk.sitting("lanh") as s:
        assert handing_over.do(s, desk.person("bao2").id, desk.person("bao").id) == 0


def test_a_leader_hands_over_in_a_browser(desk: Desk, open_page: Callable[..., Any]) -> None:
    ident = opened(desk)
    assigned(desk, ident)
    page = open_page("lanh", "/quan-tri/ban-giao")
    page.select_option("#chon-tu", desk.person("bao2").id)
    page.select_option("#chon-den", desk.person("bao").id)
    page.click("text=Xem việc sẽ chuyển")
    page.get_by_role("button", name="Bàn giao 1 vụ việc và lập biên bản").click()
    page.wait_for_url("**/quan-tri/ban-giao/*")
    assert page.locator("h1").inner_text() == "BIÊN BẢN BÀN GIAO"
    assert page.get_by_role("button", name="In biên bản").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".side").is_visible()
    assert page.locator(".signs").is_visible()
    assert lead(desk, ident) == desk.person("bao").id
