"""Requests on the desk: a card each, what its grounds allow, its clocks, what came of it; and one way in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import paper_making as making
from bs4 import BeautifulSoup
from desk_office import Desk
from docx import Document

from monitor.desk import asking, recording
from monitor.model.case import Ground
from monitor.model.paper import PaperState
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, RequestState

DAY = f"{making.today():%d/%m/%Y}"


def card_of(text: str, request: str) -> BeautifulSoup:
    found = BeautifulSoup(text, "html.parser").find("article", id=request)
    assert found is not None
    return found


def sent(desk: Desk) -> tuple[str, str, str]:
    """A case, its request and the letter that went out."""
    return making.sent(desk)


def test_before_the_conclusion_nothing_can_be_asked_and_the_page_says_why(desk: Desk) -> None:
    ident = making.verifying_case(desk)
    page = desk.client("bao").get(f"/vu-viec/{ident}").text
    assert "Đề nghị lập được sau khi lãnh đạo kết luận xác minh" in page
    assert "de-nghi-tat-ca" not in page
    refused = desk.client("bao").post_form(f"/vu-viec/{ident}/yeu-cau/tat-ca")
    assert refused.status_code == 422


def test_a_request_is_made_with_what_was_ticked_alone(desk: Desk) -> None:
    ident = making.first_handled(desk)
    press = desk.client("bao")
    done = press.submit(f"/vu-viec/{ident}", "de-nghi-0-press", demands=["correct", "answer"])
    request = making.stored(desk, ident).requests[0]
    assert {one.kind for one in request.demands} == {DemandKind.CORRECT, DemandKind.ANSWER}
    assert request.addressee is AddresseeKind.PRESS
    card = card_of(done.text, request.id).text
    assert "Đang soạn" in card
    assert "Soạn công văn đề nghị" in card


def test_nothing_ticked_is_not_taken_for_everything(desk: Desk) -> None:
    ident = making.first_handled(desk)
    press = desk.client("bao")
    refused = press.submit(f"/vu-viec/{ident}", "de-nghi-0-press", demands=[])
    assert refused.status_code == 422
    assert "Chưa nhập Yêu cầu" in refused.text
    assert not making.stored(desk, ident).requests


def test_a_demand_beyond_its_ground_is_refused_with_the_article(desk: Desk) -> None:
    ident = making.handled(desk, Ground.NOT_OBJECTIVE)
    press = desk.client("bao")
    refused = press.submit(f"/vu-viec/{ident}", "de-nghi-0-press", demands=["correct"])
    assert refused.status_code == 422
    assert "căn cứ pháp lý: " in refused.text
    assert "Điều" in refused.text.split("căn cứ pháp lý: ")[1][:60]


def test_of_an_outlet_nobody_knows_a_person_says_what_it_is(desk: Desk) -> None:
    ident = making.handled(desk, known=False)
    press = desk.client("bao")
    page = press.get(f"/vu-viec/{ident}").text
    assert {"de-nghi-0-press", "de-nghi-0-aggregator", "de-nghi-0-social"} <= set(
        re.findall(r'id="(de-nghi-0-\w+)"', page)
    )
    press.submit(f"/vu-viec/{ident}", "de-nghi-0-aggregator")
    assert making.stored(desk, ident).requests[0].addressee is AddresseeKind.AGGREGATOR


def test_a_draft_request_is_changed_and_an_authority_is_written_to(desk: Desk) -> None:
    ident = making.first_handled(desk)
    request = making.asked(desk, ident)
    press, page = desk.client("bao"), f"/vu-viec/{ident}"
    press.submit(page, f"{request}-sua", name="Tòa soạn Báo <b>Số</b> Không", demands=["publish_response"])
    changed = making.stored(desk, ident).requests[0]
    assert changed.asks(DemandKind.CORRECT) is None
    assert "Tòa soạn Báo &lt;b&gt;Số&lt;/b&gt; Không" in press.get(page).text
    press.submit(page, "de-nghi-authority", name="Sở Văn hóa, Thể thao và Du lịch")
    assert making.stored(desk, ident).requests[1].addressee is AddresseeKind.AUTHORITY
    press.submit(page, f"{request}-rut", why="Báo đã gỡ bài")
    assert making.stored(desk, ident).requests[0].state is RequestState.WITHDRAWN
    assert "Đã rút: Báo đã gỡ bài" in press.get(page).text


def test_the_clocks_start_with_the_receipt_and_the_corrections_never_by_our_letter(desk: Desk) -> None:
    ident, request, _ = sent(desk)
    press, page = desk.client("bao"), f"/vu-viec/{ident}"
    card = card_of(press.get(page).text, request).text
    assert "tạm tính" in card
    assert "Chưa phát sinh" in card
    assert "Văn bản của công đoàn không làm bắt đầu thời hạn này" in card
    unclear = press.submit(page, f"{request}-nhan", at="hôm kìa kia", proof="Giấy báo phát")
    assert unclear.status_code == 422
    assert "hôm kìa kia" in unclear.text
    press.submit(page, f"{request}-nhan", at=DAY, proof="Giấy báo phát số 12")
    card = card_of(press.get(page).text, request).text
    assert "Giấy báo phát số 12" in card
    assert "tạm tính" not in card
    assert "kiến nghị cơ quan có thẩm quyền kết luận" in card


def test_what_is_overdue_is_red_and_the_next_step_is_a_reminder_or_the_authority(desk: Desk) -> None:
    ident, request, _ = sent(desk)
    with desk.sitting("thu") as s:
        recording.received(s, ident, request, s.now, "Giấy báo phát")
    from monitor.web.pages import case_requests
    from monitor.web.pages.case_rules import rules

    case = making.stored(desk, ident)
    with desk.sitting("bao") as s:
        visit: Any = type("Visit", (), {"home": desk.home, "now": s.now + timedelta(days=60), "db": s.db, "at": s,
                                        "query": {}, "wrong": ""})()  # fmt: skip
        card = case_requests._card(visit, case, rules(visit), case.requests[0])
    assert card.overdue
    late = [one for one in card.steps if one.draft]
    assert late and late[0].draft.value == "reminder"


def test_silent_edits_need_a_proof_and_one_may_be_handed_in_with_the_form(desk: Desk) -> None:
    ident, request, _ = sent(desk)
    press, page = desk.client("bao"), f"/vu-viec/{ident}"
    asked = making.stored(desk, ident).requests[0].asks(DemandKind.CORRECT).id
    refused = press.submit(page, f"{request}-ket-qua", demands=asked, result="changed_silently", note="Đã sửa câu đầu")
    assert refused.status_code == 422
    assert "Đã sửa câu đầu" in refused.text
    shot = {"file": ("anh.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png")}
    press.submit(page, f"{request}-ket-qua", demands=asked, result="changed_silently", on=DAY, files=shot)
    recorded = making.stored(desk, ident).requests[0].asks(DemandKind.CORRECT)
    assert recorded.result is DemandResult.CHANGED_SILENTLY
    assert recorded.proof
    again = press.submit(page, f"{request}-ket-qua", demands=asked, result="nothing", note="x")
    assert again.status_code == 422  # a result is put right only with a reason


def test_what_the_outlet_says_itself_or_a_body_concludes_starts_the_correction(desk: Desk) -> None:
    ident, request, _ = sent(desk)
    press, page = desk.client("bao"), f"/vu-viec/{ident}"
    file = {"file": ("ket-luan.pdf", b"%PDF-1.4 ket luan", "application/pdf")}
    missing = press.submit(page, f"{request}-ket-luan", at=DAY)
    assert missing.status_code == 422
    press.submit(page, f"{request}-ket-luan", at=DAY, files=file)
    press.submit(page, f"{request}-tu-nhan", at=DAY, proof=making.stored(desk, ident).requests[0].conclusion_paper)
    asked = making.stored(desk, ident).requests[0]
    assert asked.conclusion and asked.self_found
    assert "Chưa phát sinh" not in card_of(press.get(page).text, request).text


def test_rounds_are_counted_and_the_last_says_where_to_turn(desk: Desk) -> None:
    ident, request, _ = sent(desk)
    press, page = desk.client("bao"), f"/vu-viec/{ident}"
    press.submit(page, f"{request}-nhan", at=DAY, proof="Giấy báo phát")
    first = press.submit(page, f"{request}-luot", response=DAY, view=DAY)
    assert "qua lại thứ 1" in first.text
    last = press.submit(page, f"{request}-luot", response=DAY, view=DAY)
    assert "khởi kiện tại tòa án" in last.text.lower()
    made = press.submit(page, f"{request}-kien-nghi")
    case = making.stored(desk, ident)
    assert case.requests[1].name == "Sở Văn hóa, Thể thao và Du lịch"
    assert "Soạn văn bản kiến nghị" in card_of(made.text, case.requests[1].id).text


def test_the_clerk_records_a_receipt_and_a_unit_only_reads(desk: Desk) -> None:
    ident, request, _ = sent(desk)
    page = f"/vu-viec/{ident}"
    forms = {
        one: set(re.findall(rf'<form[^>]*id="({request}-[a-z-]+)"', desk.client(one).get(page).text))
        for one in ("bao", "thu")
    }
    assert f"{request}-nhan" in forms["thu"]
    assert f"{request}-rut" not in forms["thu"]
    assert f"{request}-rut" in forms["bao"]
    refused = desk.client("thu").post_form(f"{page}/yeu-cau/{request}/rut", why="x")
    assert refused.status_code == 422
    assert making.stored(desk, ident).requests[0].withdrawn == ""


def test_with_many_requests_the_forms_of_one_are_on_the_page(desk: Desk) -> None:
    ident = making.first_handled(desk)
    making.asked(desk, ident)
    with desk.sitting("bao") as s:
        for n in range(4):
            asking.add(s, ident, asking.Asking(name=f"Sở {n}", addressee=AddresseeKind.AUTHORITY))
    press, page = desk.client("bao"), f"/vu-viec/{ident}"
    first = making.stored(desk, ident).requests[0].id
    assert f'id="{first}-rut"' not in press.get(page).text
    opened = press.get(f"{page}?de-nghi={first}").text
    assert f'id="{first}-rut"' in opened
    assert len(opened.encode()) < 120_000


def test_in_a_browser_a_letter_goes_from_the_draft_to_the_reply(
    desk: Desk, open_page: Callable[..., Any], tmp_path: Any
) -> None:
    ident = making.first_handled(desk)
    page = open_page("bao", f"/vu-viec/{ident}")
    page.get_by_role("button", name="Lập tất cả đề nghị").click()
    page.get_by_role("button", name="Soạn công văn đề nghị").click()
    page.wait_for_url("**/van-ban/*")
    at = page.url.split("://", 1)[1].split("/", 1)[1]
    page.get_by_role("button", name="Trình lãnh đạo ký").click()
    page.get_by_text("Đã trình", exact=True).wait_for()
    leader = open_page("lanh", f"/{at}")
    leader.get_by_label("Chức vụ in trên tên người ký").fill("Phó Chủ tịch")
    leader.get_by_role("button", name="Ký văn bản").click()
    leader.get_by_text("Đã ký", exact=True).wait_for()
    clerk = open_page("thu", f"/{at}", phone=True)
    assert clerk.evaluate("document.documentElement.scrollWidth") <= 390
    clerk.get_by_label("Số (bắt buộc)").fill("25")
    clerk.get_by_label("Ngày văn bản").fill(DAY)
    clerk.get_by_role("button", name="Vào số").click()
    clerk.get_by_role("button", name="Ghi đã phát hành").click()
    clerk.get_by_text("nội dung được giữ nguyên, không sửa được").wait_for()
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="Tải tệp Word").click()
    file = tmp_path / "van-ban.docx"
    download.value.save_as(file)
    assert any("25/" in cell.text for table in Document(str(file)).tables for row in table.rows for cell in row.cells)
    clerk.get_by_label("Nhận lúc").fill(DAY)
    clerk.get_by_label("Căn cứ").fill("Giấy báo phát")
    clerk.get_by_role("button", name="Ghi ngày nhận").click()
    clerk.get_by_text("Nơi nhận đã nhận", exact=True).wait_for()
    request = making.stored(desk, ident).requests[0].id
    clerk.goto(f"/vu-viec/{ident}")
    clerk.get_by_text("Đăng ký văn bản đến", exact=True).first.click()
    form = clerk.locator("#van-ban-den")
    for name, said in (("Nơi gửi", "Báo Số Không"), ("Số, ký hiệu", "21/CV-BC"), ("Ngày văn bản", DAY),
                       ("Số đến", "31"), ("Ngày đến", DAY), ("Trích yếu", "Trả lời")):  # fmt: skip
        form.get_by_label(name).fill(said)
    form.get_by_label("Đề nghị được trả lời").select_option(request)
    form.get_by_label("Văn bản này là trả lời").check()
    form.get_by_role("button", name="Đăng ký văn bản đến").click()
    clerk.get_by_text("Đã đăng ký văn bản đến").wait_for()
    case = making.stored(desk, ident)
    assert case.papers[0].state is PaperState.RECEIVED
    assert case.requests[0].asks(DemandKind.ANSWER).result is DemandResult.IN_TIME
