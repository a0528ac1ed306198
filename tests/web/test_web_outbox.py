"""What leaves the office, in the browser: sent from the edition's page, failures seen, tried again, let be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from delivery_making import deliver_yaml
from delivery_making import message as a_message
from desk_office import Desk
from mail_server import Mailbox, mail_server

from monitor.desk import editions, triage
from monitor.jobs.deliver import deliver
from monitor.model.delivery import MessageState
from monitor.model.edition import Edition
from monitor.store import outbox
from monitor.store.db import opened

S = MessageState
TWO = """
profiles:
  - name: Ban Thường vụ
    addresses: [chutich@laocai.test]
    attach: [html]
  - name: Chưa có địa chỉ
  - name: Đang nghỉ
    addresses: [nghi@laocai.test]
    enabled: false
"""


@pytest.fixture
def box(desk: Desk) -> Iterator[Mailbox]:
    with mail_server() as made:
        deliver_yaml(desk.home.root, made.port, profiles=TWO)
        yield made


@pytest.fixture
def approved(desk: Desk) -> Edition:
    with desk.sitting() as s:
        return editions.approve(s, editions.draft(s, "weekly").id)


def queued(desk: Desk, state: MessageState = S.QUEUED, **facts: object) -> str:
    with opened(desk.home.database) as db, db.atomic():
        ident = outbox.put(db, a_message(**facts))
        found = outbox.get(db, ident)
        if state is not S.QUEUED:
            outbox.settle(db, replace(found, state=state, next_try=None, error="Máy chủ thư từ chối: 550 <b>không</b>"))
    return ident


def test_an_empty_outbox_says_what_will_stand_there_and_what_is_not_set(desk: Desk) -> None:
    page = desk.role("press").get("/gui-di").text
    assert "Không có thư, tin nhắn nào." in page
    assert "Chưa thiết đặt gửi thư." in page and 'href="/quan-tri/nguoi-nhan"' in page
    assert 'href="/quan-tri/nguoi-nhan"' not in desk.role("clerk").get("/gui-di").text
    for login in ("unit", "admin"):
        assert desk.role(login).get("/gui-di").status_code == 403


def test_an_edition_is_sent_from_its_page_once_and_shows_what_became_of_it(
    desk: Desk, box: Mailbox, approved: Edition
) -> None:
    where = f"/diem-tin/{approved.id}"
    page = desk.role("clerk").get(where).text
    assert "1 địa chỉ chưa được gửi" in page
    assert "không gửi: đang tạm ngừng gửi cho người nhận này" in page
    assert "không gửi: chưa ghi địa chỉ nhận" in page
    assert "Đã xếp 1 thư" in desk.role("clerk").submit(where, "gui-di").text
    assert "Không có thư nào mới" in desk.role("clerk").post_form(f"{where}/gui").text
    assert deliver(desk.home).of(S.SENT) == 1
    assert box.to == ["chutich@laocai.test"]
    page = desk.role("leader").get(where).text
    assert "Đã gửi" in page and 'id="gui-di"' not in page
    assert desk.role("unit").post_form(f"{where}/gui").status_code == 403
    assert "Gửi cho người nhận" not in desk.role("unit").get(where).text


def test_an_edition_that_the_program_approved_says_so_on_its_page(desk: Desk, approved: Edition) -> None:
    with opened(desk.home.database) as db, db.atomic():
        import msgspec

        doc = msgspec.json.encode(replace(approved, approved_by=""))
        db.execute("UPDATE editions SET doc = ? WHERE id = ?", [doc, approved.id])
    page = desk.role("leader").get(f"/diem-tin/{approved.id}").text
    assert "chương trình tự duyệt lúc" in page and "chưa có người xem" in page


def test_a_failure_is_seen_in_the_menu_and_is_tried_again_or_let_be(desk: Desk, box: Mailbox) -> None:
    first, second = queued(desk, S.FAILED), queued(desk, S.FAILED, address="b@laocai.test", message_id="<b@x>")
    press = desk.role("press")
    home = press.get("/viec").text
    assert '<b class="count" title="2 thư, tin nhắn không gửi được">2</b>' in home
    page = press.get("/gui-di?tinh-trang=loi").text
    assert "Máy chủ thư từ chối: 550 &lt;b&gt;không&lt;/b&gt;" in page
    assert "gửi lại trong ít phút" in press.submit("/gui-di", f"lai-{first}").text
    assert "không gửi thư này nữa" in press.submit("/gui-di", f"bo-{second}").text
    with opened(desk.home.database) as db:
        assert outbox.get(db, first).state is S.QUEUED
        assert outbox.get(db, second).state is S.DROPPED
    assert "không gửi được" not in press.get("/viec").text


def test_what_has_gone_can_neither_be_sent_again_nor_let_be(desk: Desk) -> None:
    ident = queued(desk, S.SENT)
    press = desk.role("press")
    assert f"lai-{ident}" not in press.get("/gui-di").text
    for act in ("gui-lai", "bo"):
        assert press.post_form(f"/gui-di/{ident}/{act}").status_code == 422
    assert press.get("/gui-di/g999").status_code == 404


def test_a_message_is_shown_as_it_goes(desk: Desk, box: Mailbox, approved: Edition) -> None:
    desk.role("press").submit(f"/diem-tin/{approved.id}", "gui-di")
    with opened(desk.home.database) as db:
        (one,) = outbox.listed(db)
    page = desk.role("leader").get(f"/gui-di/{one.id}").text
    assert "diem-tin-weekly-1-" in page and ".html" in page
    assert "chutich@laocai.test" in page and f'href="/diem-tin/{approved.id}"' in page


def test_a_message_with_an_item_of_what_became_a_restricted_case_keeps_its_words(
    desk: Desk, box: Mailbox, approved: Edition
) -> None:
    desk.role("press").submit(f"/diem-tin/{approved.id}", "gui-di")
    with desk.sitting("lanh") as s:
        article = approved.items[0].article
        title = triage.matter(s.db, article).first.title
        triage.open_case(s, [article], triage.Opening(allowed=("lanh",)))
        (one,) = outbox.listed(s.db)
    page = desk.role("clerk").get(f"/gui-di/{one.id}").text
    assert title not in page and "vụ việc hạn chế" in page
    assert title in desk.role("leader").get(f"/gui-di/{one.id}").text


def test_a_subject_that_holds_only_the_beginning_of_a_hidden_headline_is_veiled_too(
    desk: Desk, approved: Edition
) -> None:
    long = "Công nhân một nhà máy ở khu công nghiệp Tằng Loỏng kể chuyện bị chậm lương nhiều tháng liền " * 2
    with desk.sitting("lanh") as s:
        article = approved.items[0].article
        s.db.execute("UPDATE articles SET title = ? WHERE id = ?", [long.strip(), article])
        triage.open_case(s, [article], triage.Opening(allowed=("lanh",)))
    queued(desk, S.FAILED, subject=f"Cảnh báo: {long[:90]}…")
    assert long[:40] not in desk.role("clerk").get("/gui-di").text
    assert long[:40] in desk.role("leader").get("/gui-di").text


def test_the_outbox_goes_to_excel(desk: Desk) -> None:
    queued(desk, S.FAILED, subject='=HYPERLINK("http://x.test")')
    rows = list(openpyxl.load_workbook(BytesIO(desk.role("press").get("/gui-di?xuat=xlsx").content)).active.values)
    assert rows[0][:2] == ("Loại", "Tiêu đề")
    assert rows[1][1] == '=HYPERLINK("http://x.test")' and rows[1][4] == "Không gửi được"
