"""The digest's editions in the browser: made ready, approved, read, directed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from desk_office import Desk

from monitor import clock
from monitor.desk import editions, people, triage
from monitor.model.edition import Edition, EditionState


@pytest.fixture
def draft(desk: Desk) -> Edition:
    """A weekly draft over the invented press."""
    with desk.sitting() as s:
        made = editions.draft(s, "weekly")
    assert len(made.items) > 5
    return made


def stored(desk: Desk, ident: str, login: str = "bao") -> Edition:
    with desk.sitting(login) as s:
        return editions.edition(s, ident)


def send(desk: Desk, draft: Edition, act: str, login: str = "bao", **fields: str) -> Any:
    revision = str(stored(desk, draft.id).revision)
    return desk.client(login).post_form(f"/diem-tin/{draft.id}/sua", act=act, _revision=revision, **fields)


def test_an_officer_makes_a_draft_from_the_empty_shelf(desk: Desk) -> None:
    client = desk.role("press")
    assert "Chưa có bản dự thảo nào" in client.get("/diem-tin").text
    page = client.submit("/diem-tin", "lap-weekly")
    assert page.url.path.startswith("/diem-tin/dt")
    assert "Điểm tin tuần số" in page.text


def test_the_archive_goes_to_excel(desk: Desk, draft: Edition) -> None:
    rows = list(openpyxl.load_workbook(BytesIO(desk.role("leader").get("/diem-tin?xuat=xlsx").content)).active.values)
    assert rows[0][0] == "Số"
    assert (rows[1][3], rows[1][4]) == (len(draft.kept), "Dự thảo")


def test_items_are_dropped_brought_back_moved_and_remarked(desk: Desk, draft: Edition) -> None:
    first, second = (item.article for item in draft.items[:2])
    page = send(desk, draft, "drop", article=first)
    assert "Đã bỏ một tin" in page.text
    assert stored(desk, draft.id).item(first).dropped
    send(desk, draft, "restore", article=first)
    assert not stored(desk, draft.id).item(first).dropped
    part = [item for item in stored(desk, draft.id).items if item.section is draft.items[0].section]
    if len(part) > 1:
        send(desk, draft, "down", article=part[0].article)
        now = [item.article for item in stored(desk, draft.id).items if item.section is part[0].section]
        assert now[:2] == [part[1].article, part[0].article]
    send(desk, draft, "comment", article=second, comment="Đề nghị theo dõi <b>tiếp</b>")
    page = desk.role("press").get(f"/diem-tin/{draft.id}").text
    assert "Đề nghị theo dõi &lt;b&gt;tiếp&lt;/b&gt;" in page


def test_the_second_officer_on_an_old_page_is_told_and_overwrites_nothing(desk: Desk, draft: Edition) -> None:
    article, old = draft.items[0].article, str(draft.revision)
    send(desk, draft, "comment", article=article, comment="của người thứ nhất")
    late = desk.client("bao2").post_form(
        f"/diem-tin/{draft.id}/sua", act="comment", article=article, comment="của người thứ hai", _revision=old
    )
    assert late.status_code == 409
    assert stored(desk, draft.id).item(article).comment == "của người thứ nhất"


def test_only_who_may_edits_and_a_unit_sees_no_draft(desk: Desk, draft: Edition) -> None:
    assert desk.role("unit").get(f"/diem-tin/{draft.id}").status_code == 404
    assert desk.role("admin").get("/diem-tin").status_code == 403
    assert "Bỏ khỏi điểm tin" not in desk.role("clerk").get(f"/diem-tin/{draft.id}").text
    assert desk.role("clerk").post_form(f"/diem-tin/{draft.id}/sua", act="refresh").status_code == 403


def test_an_approved_edition_is_frozen_read_and_downloaded(desk: Desk, draft: Edition) -> None:
    desk.role("press").submit(f"/diem-tin/{draft.id}", "duyet")
    assert stored(desk, draft.id).state is EditionState.APPROVED
    page = desk.role("leader").get(f"/diem-tin/{draft.id}").text
    assert "Bỏ khỏi điểm tin" not in page
    assert "Lê Thị Lãnh" in desk.role("press").get(f"/diem-tin/{draft.id}").text
    for form in ("html", "docx", "md", "json"):
        answer = desk.role("unit").get(f"/diem-tin/{draft.id}/tai?dang={form}")
        assert answer.headers["content-disposition"].startswith("attachment")
    assert desk.role("unit").get(f"/diem-tin/{draft.id}/tai?dang=docx").content.startswith(b"PK")
    assert desk.role("unit").get(f"/diem-tin/{draft.id}/tai?dang=exe").status_code == 404
    assert len(desk.role("press").get(f"/diem-tin/{draft.id}/zalo").text.split("<textarea")[1]) < 4000
    rows = list(
        openpyxl.load_workbook(BytesIO(desk.role("leader").get(f"/diem-tin/{draft.id}?xuat=xlsx").content)).active
    )
    assert len(rows) == len(draft.items) + 1


def test_an_item_of_a_restricted_case_is_in_no_edition(desk: Desk, draft: Edition) -> None:
    with desk.sitting("lanh") as s:
        article = draft.items[0].article
        title = triage.matter(s.db, article).first.title
        triage.open_case(s, [article], triage.Opening(allowed=("lanh",)))
    for login in ("bao", "thu"):
        assert title not in desk.client(login).get(f"/diem-tin/{draft.id}").text


def test_leaders_and_clerks_find_the_draft_but_only_officers_are_offered_to_make_one(
    desk: Desk, draft: Edition
) -> None:
    for login in ("lanh", "thu"):
        page = desk.client(login).get("/diem-tin").text
        assert f'href="/diem-tin/{draft.id}"' in page
        assert "Lập điểm tin ngày" not in page
    assert "Đang soạn" not in desk.role("unit").get("/diem-tin").text


def test_a_direction_goes_to_a_body_and_offers_neither_himself_nor_who_only_keeps_the_program(
    desk: Desk, draft: Edition
) -> None:
    article = draft.items[0].article
    page = desk.client("lanh").get(f"/diem-tin/{draft.id}").text
    form = page.split(f'id="cd-{article}"')[1].split("</form>")[0]
    assert "Trần Văn Báo (Cán bộ báo chí" in form
    assert "Công đoàn các Khu công nghiệp tỉnh</option>" in form
    assert "Vũ Thị Quản" not in form
    assert "Lê Thị Lãnh" not in form
    answer = desk.client("lanh").submit(
        f"/diem-tin/{draft.id}", f"cd-{article}", note="Xác minh, báo cáo.", handler="kcn"
    )
    assert "Đã ghi ý kiến chỉ đạo" in answer.text
    with desk.sitting("lanh") as s:
        (one,) = editions.directions(s, draft.id)
        assert s.case(one.case).lead.unit == "kcn"


def test_an_item_under_way_names_its_case_to_who_may_know_of_it(desk: Desk, draft: Edition) -> None:
    with desk.sitting() as s:
        case = triage.open_case(s, [draft.items[0].article], triage.Opening())
    for login in ("bao", "lanh"):
        page = desk.client(login).get(f"/diem-tin/{draft.id}").text
        assert f'đang xử lý tại <a href="/vu-viec/{case.id}">' in page


def test_who_stands_in_for_a_leader_is_offered_what_the_leader_may_do(desk: Desk, draft: Edition) -> None:
    today = clock.local(clock.now()).date()
    with desk.sitting("lanh") as s:
        who = people.person(s.db, "bao2")
        people.add_stand_in(s.db, s.actor, s.actor.id, who.id, first=today, last=today, now=s.now)
    assert "Ý kiến chỉ đạo" not in desk.client("bao").get(f"/diem-tin/{draft.id}").text
    article = draft.items[0].article
    page = desk.client("bao2").get(f"/diem-tin/{draft.id}").text
    assert "Thực hiện thay mặt Lê Thị Lãnh." in page
    desk.client("bao2").submit(f"/diem-tin/{draft.id}", f"cd-{article}", note="Theo dõi thêm.")
    with desk.sitting("lanh") as s:
        assert [one.article for one in editions.directions(s, draft.id)] == [article]


def test_a_leader_directs_from_the_digest_in_a_real_browser(
    desk: Desk, draft: Edition, open_page: Callable[..., Any]
) -> None:
    with desk.sitting() as s:
        editions.approve(s, draft.id)
    article = draft.items[0].article
    page = open_page("lanh", f"/diem-tin/{draft.id}")
    row = page.locator(f"#t-{article}")
    row.get_by_text("Ý kiến chỉ đạo", exact=True).first.click()
    row.get_by_label("Ý kiến chỉ đạo").fill("Kiểm tra, báo cáo trong ngày.")
    row.get_by_role("button", name="Chỉ đạo").click()
    page.get_by_text("Đã ghi ý kiến chỉ đạo vào vụ việc").wait_for()
    with desk.sitting("lanh") as s:
        (one,) = editions.directions(s, draft.id)
        assert one.article == article
        assert s.case(one.case).notes[-1].text == "Kiểm tra, báo cáo trong ngày."


def test_an_edition_is_made_ready_and_approved_without_javascript(
    desk: Desk, draft: Edition, open_page: Callable[..., Any]
) -> None:
    page = open_page("bao", f"/diem-tin/{draft.id}", javascript=False)
    page.locator("[data-row]").first.get_by_role("button", name="Bỏ khỏi điểm tin").click()
    page.get_by_text("Đã bỏ một tin khỏi điểm tin.").wait_for()
    page.get_by_role("button", name="Hoàn tác").click()
    page.get_by_text("Duyệt số này…").click()
    page.get_by_role("button", name="Duyệt và phát hành").click()
    page.get_by_text("Đã duyệt").first.wait_for()
    assert stored(desk, draft.id).state is EditionState.APPROVED
