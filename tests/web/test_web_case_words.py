"""What people read on cases, letters and tasks: numbers where they are printed, names instead of ids, who sees what."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta

import paper_making as making
import pytest
from bs4 import BeautifulSoup
from desk_office import Desk
from docx import Document
from openpyxl import load_workbook

from monitor import clock
from monitor.desk import (
    access,
    answering,
    composing,
    messages,
    mine,
    moving,
    naming,
    next_step,
    papers,
    register,
    triage,
    verifying,
)
from monitor.desk.mine import TaskKind
from monitor.desk.rulebook import Rulebook
from monitor.errors import RefusedError
from monitor.labels import wording
from monitor.model.action import Step
from monitor.model.case import Part
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import AddresseeKind

DAY = f"{making.today():%d/%m/%Y}"
PHONE = "0912 345 678"


def words(body: bytes) -> str:
    document = Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(one.text for one in document.paragraphs)])


def signed(desk: Desk, kind: PaperKind = PaperKind.REQUEST_LETTER) -> tuple[str, str, str]:
    ident = making.first_handled(desk)
    request = making.asked(desk, ident)
    paper = making.drafted(desk, ident, request, kind)
    with desk.sitting("bao") as s:
        papers.submit(s, ident, paper)
    with desk.sitting("lanh") as s:
        papers.sign(s, ident, paper, title="Phó Chủ tịch")
    return ident, request, paper


def asked_by_link(desk: Desk) -> tuple[str, str, str]:
    with desk.sitting() as s:
        case = triage.open_case(
            s, [triage.pending(s)[0].subject], triage.Opening(title="Vụ “nợ lương”", units=("kcn",))
        )
        due = making.today() + timedelta(days=5)
        task = verifying.Task(part=Part.LEAD, task="Gửi bảng lương", due=due, unit="may")
        asked = verifying.assign(s, case.id, task).assignments[-1].id
        return case.id, asked, access.answer_link(s, case.id, asked)


def answered(desk: Desk) -> tuple[str, str]:
    case, asked, secret = asked_by_link(desk)
    with desk.sitting("bao") as s:
        answering.answer(
            desk.home, s.db, secret, name="Ngô Văn Trả", title="Kế toán", phone=PHONE, text="Đã trả đủ.", files=[],
            now=s.now,
        )  # fmt: skip
    return case, asked


def test_the_file_between_number_and_issue_is_the_one_to_be_printed_and_stamped(desk: Desk) -> None:
    ident, _, paper = signed(desk)
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    clerk = desk.client("thu")
    clerk.submit(at, "van-ban-so", number="215", symbol="LĐLĐ-TG", dated=DAY)
    case = making.stored(desk, ident)
    assert case.papers[-1].state is PaperState.NUMBERED
    with desk.sitting("thu") as s:
        kept, body = papers.document(s, ident, paper)
    said = words(body)
    assert kept.name == "cong-van-de-nghi-215.docx"
    assert "215/LĐLĐ-TG" in said and "PHÓ CHỦ TỊCH" in said and "Lê Thị Lãnh" in said
    assert f"ngày {making.today():%d} tháng {making.today():%m} năm {making.today():%Y}" in said
    assert "215/LĐLĐ-TG" in clerk.get(at).text
    clerk.submit(at, "van-ban-so", number="216", symbol="LĐLĐ-TG", dated=DAY)
    clerk.submit(at, "van-ban-phat-hanh")
    with desk.sitting("thu") as s:
        kept, body = papers.document(s, ident, paper)
    assert kept.name == "cong-van-de-nghi-216.docx" and "216/LĐLĐ-TG" in words(body)


def test_what_staff_changed_in_word_is_not_made_anew_when_it_is_numbered(desk: Desk, tmp_path: object) -> None:
    ident = making.first_handled(desk)
    paper = making.drafted(desk, ident, making.asked(desk, ident))
    with desk.sitting("bao") as s:
        file = tmp_path / "sua.docx"  # type: ignore[operator]
        file.write_bytes(papers.document(s, ident, paper)[1])
        papers.redraft(s, ident, paper, file=file)
        papers.submit(s, ident, paper)
    with desk.sitting("lanh") as s:
        kept = papers.sign(s, ident, paper).papers[-1].file
    with desk.sitting("thu") as s:
        made = papers.number(s, ident, paper, value=9, symbol="LĐLĐ-TG", dated=making.today())
    assert made.papers[-1].file == kept


def test_an_enclosure_goes_out_without_a_number_and_the_register_says_so(desk: Desk) -> None:
    ident, _, paper = signed(desk, PaperKind.RESPONSE_TEXT)
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    clerk = desk.client("thu")
    page = clerk.get(at).text
    assert "không vào số riêng" in page and "Chờ văn thư vào số" not in page
    assert "không vào số riêng" in clerk.get(f"/vu-viec/{ident}").text
    clerk.submit(at, "van-ban-phat-hanh")
    assert making.stored(desk, ident).papers[-1].state is PaperState.ISSUED
    with desk.sitting("thu") as s:
        sheet = load_workbook(io.BytesIO(register.register(s))).active
        assert papers.document(s, ident, paper)[0].name == "y-kien-phan-hoi-di-kem.docx"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    assert [row[3] for row in rows] == ["Không số riêng (đi kèm công văn)"]
    assert rows[0][-1] == "Báo Số Không"  # the request by its addressee, not by its id
    assert "Không số riêng" in clerk.get("/van-ban").text


def test_every_other_paper_needs_its_number(desk: Desk) -> None:
    ident, _, paper = signed(desk)
    with desk.sitting("thu") as s, pytest.raises(RefusedError) as refused:
        papers.issue(s, ident, paper)
    assert refused.value.key == "paper_not_numbered"


def test_a_body_typed_by_its_id_stands_in_a_letter_by_its_name(desk: Desk) -> None:
    case = making.verifying_case(desk)
    press = desk.client("bao")
    press.submit(f"/vu-viec/{case}", "noi-dung-moi", quote="Công nhân chưa nhận lương", typed="1", harmed="kcn")
    claim = making.stored(desk, case).claims[-1]
    assert claim.harmed == "Công đoàn các Khu công nghiệp tỉnh"
    press.submit(f"/vu-viec/{case}", f"sua-{claim.id}", harmed="may")
    assert making.stored(desk, case).claims[-1].harmed == "Công đoàn cơ sở Công ty May Bình Minh"
    press.submit(f"/vu-viec/{case}", f"sua-{claim.id}", harmed="Bà Nguyễn Thị Mơ")
    assert making.stored(desk, case).claims[-1].harmed == "Bà Nguyễn Thị Mơ"


def test_a_measure_typed_by_id_waits_for_that_body_and_is_named_in_a_letter(desk: Desk) -> None:
    ident = making.first_handled(desk)
    with desk.sitting("bao") as s:
        case = moving.add_remedy(s, ident, "Trả lương", who="Công đoàn các Khu công nghiệp tỉnh", due=making.today())
        assert case.remedies[-1].who == "kcn"
        case = papers.draft(s, ident, PaperKind.VERIFICATION_REPORT)
        made = composing.content(s, Rulebook(desk.home), case, case.papers[-1])
    assert "kcn" not in repr(made.body) and "Công đoàn các Khu công nghiệp tỉnh" in repr(made.body)


def test_the_telephone_of_who_answered_by_the_link_is_for_the_federation_alone(desk: Desk) -> None:
    case, _ = answered(desk)
    page = f"/vu-viec/{case}"
    assert PHONE in desk.client("bao").get(page).text
    for login in ("may", "co"):
        other = desk.client(login).get(page).text
        assert PHONE not in other and "Ngô Văn Trả" not in other
        assert "chỉ cơ quan xem" in other and "Đã trả đủ." in other


def test_what_a_unit_writes_never_loses_what_it_may_not_read(desk: Desk) -> None:
    case, _ = answered(desk)
    desk.client("co").submit(f"/vu-viec/{case}", "gop-y", text="Đã rõ.")
    assert PHONE in making.stored(desk, case).assignments[0].answer.source


def test_who_made_the_link_did_not_record_the_answer(desk: Desk) -> None:
    case, _ = answered(desk)
    page = desk.client("bao").get(f"/vu-viec/{case}").text
    assert "liên kết do Trần Văn Báo lập" in page and "Trần Văn Báo ghi" not in page


def test_a_letter_without_a_receipt_waits_for_the_clerk_and_is_what_comes_next(desk: Desk) -> None:
    ident, _, paper = making.sent(desk)
    with desk.sitting("thu") as s:
        (task,) = dict(mine.mine(s))[TaskKind.RECEIPT]
        case = s.case(ident)
    assert (task.case, task.thing) == (ident, paper)
    assert task.what.startswith("Công văn đề nghị cải chính")  # and not "Công văn đề nghị: đề nghị …"
    assert next_step.next_step(case).key == "receipt" and "công văn đề nghị số 07/" in next_step.next_step(case).words
    assert f'href="/vu-viec/{ident}/van-ban/{paper}"' in desk.client("thu").get("/viec").text
    with desk.sitting("thu") as s:
        papers.receive(s, ident, paper, s.now, "Giấy báo phát")
        assert TaskKind.RECEIPT not in dict(mine.mine(s))
        assert next_step.next_step(s.case(ident)).key == "follow"


def test_a_paper_that_waits_comes_before_watching_the_requests(desk: Desk) -> None:
    ident = making.first_handled(desk)
    request = making.asked(desk, ident)
    with desk.sitting("bao") as s:
        assert next_step.next_step(s.case(ident)).key == "letter"
        paper = papers.draft(s, ident, PaperKind.REQUEST_LETTER, request=request).papers[-1].id
        assert next_step.next_step(s.case(ident)).key == "submit"
        made = papers.submit(s, ident, paper)
    assert next_step.next_step(made).key == "sign" and next_step.next_step(made).part == "papers"
    assert '<a href="#van-ban">Chờ lãnh đạo ký' in desk.client("bao").get(f"/vu-viec/{ident}").text


def test_restricting_proposes_who_works_on_the_case(desk: Desk) -> None:
    case, _, _ = asked_by_link(desk)
    soup = BeautifulSoup(desk.client("lanh").get(f"/vu-viec/{case}").text, "lxml")
    form = soup.find("form", id="han-che")
    ticked = {one["value"] for one in form.find_all("input", {"name": "who"}) if one.has_attr("checked")}
    assert ticked == {desk.person("bao").id, desk.person("may").id}
    assert "không còn thấy vụ việc" in form.text


def test_the_message_says_how_to_answer_and_carries_the_link_that_was_just_made(desk: Desk) -> None:
    case, asked, _ = asked_by_link(desk)
    with desk.sitting("bao") as s:
        found = s.case(case)
        said = messages.assignment(s, found, found.assignments[0])
    assert "Trần Văn Báo" in said and "liên kết" not in said and "Vụ ‘nợ lương’" in said
    shown = desk.client("bao").submit(f"/vu-viec/{case}", f"lien-ket-{asked}").text
    soup = BeautifulSoup(shown, "lxml")
    message = soup.find("textarea", id=f"tin-nhan-{asked}").text
    assert re.search(r"http://localhost/tra-loi/[\w-]{20,}", message)
    assert "chỉ mở được trên máy này" in shown
    with desk.sitting("bao") as s:
        long = messages.assignment(s, found, found.assignments[0], link="http://x/" + "y" * 300)
    assert len(long) <= messages.LONGEST


def test_due_dates_are_proposed_and_ways_are_named(desk: Desk) -> None:
    case, _, _ = asked_by_link(desk)
    page = desk.client("bao").get(f"/vu-viec/{case}").text
    soup = BeautifulSoup(page, "lxml")
    day = clock.local(clock.now()).date() + timedelta(days=5)
    assert soup.find("input", id="giao-viec-due")["value"] == f"{day:%d/%m/%Y}"
    assert "gửi qua: Văn bản" in page


def test_errors_speak_of_names_not_of_ids(desk: Desk) -> None:
    ident, request, paper = signed(desk)
    with desk.sitting("bao") as s:
        person, claim = desk.person("thu").id, s.case(ident).claims[0].id
        article = s.case(ident).articles[0]

        def said(key: str, **facts: object) -> str:
            return wording(naming.named(s, RefusedError(key, **facts), ident))

        assert "được Phạm Thị Thư thay đổi" in said("case_changed", case=ident, by=person, at="8:00")
        assert "Nội dung 1 đã bỏ" in said("claim_dropped", claim=claim)
        assert "“Công văn đề nghị" in said("dated_before_signed", paper=paper, signed=DAY)
        assert "Báo Số Không" in said("request_not_sent", request=request, act="receive")
        assert "bài “Công đoàn lên tiếng" in said("quote_not_found", article=article)
        assert "Công đoàn các Khu công nghiệp tỉnh" in said("verifies_itself", unit="kcn")
        both = said("no_stand_in", person=desk.person("bao").id, absent=person)
        assert "Trần Văn Báo" in both and "Phạm Thị Thư" in both
        assert "“ai đó”" in said("person_unknown", person="ai đó")


def test_a_refused_form_names_what_it_is_about(desk: Desk) -> None:
    ident, _, paper = signed(desk)
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    early = f"{making.today() - timedelta(days=3):%d/%m/%Y}"
    answer = desk.client("thu").submit(at, "van-ban-so", number="7", symbol="LĐLĐ-TG", dated=early)
    assert answer.status_code == 422
    reason = BeautifulSoup(answer.text, "lxml").find(class_="wrong").text
    assert "Công văn đề nghị" in reason and paper not in reason.split()


def test_no_id_of_a_request_or_claim_stands_on_the_page_of_a_case(desk: Desk) -> None:
    ident, request, paper = making.sent(desk)
    case = making.stored(desk, ident)
    soup = BeautifulSoup(desk.client("bao").get(f"/vu-viec/{ident}").text, "lxml")
    for one in soup.find_all(["option", "script"]):
        one.decompose()
    text = soup.find("main").text
    for raw in (request, paper, case.claims[0].id):
        assert not re.search(rf"(?<![\w-]){raw}(?![\w-])", text), raw
    assert "Nội dung 1" in text and "““" not in text


def test_only_who_has_a_time_for_it_is_asked_when_he_learned_of_a_conclusion(desk: Desk) -> None:
    ident, _, _ = making.sent(desk)
    page = desk.client("bao").get(f"/vu-viec/{ident}").text
    assert "Báo tự nhận là sai" in page and "Báo đã nhận văn bản kết luận" in page
    with desk.sitting("bao") as s:
        case = s.case(ident)
        site = replace(case.requests[0], addressee=AddresseeKind.AGGREGATOR)
        s.act(ident, lambda found: Step(case=replace(found, requests=(site,)), happened=()))
    page = desk.client("bao").get(f"/vu-viec/{ident}").text
    assert "Báo tự nhận là sai" not in page and "Báo đã nhận văn bản kết luận" not in page


def test_print_and_broadcast_need_to_say_where(desk: Desk) -> None:
    client = desk.client("co")
    page = client.get("/gui-tin").text
    assert "<details" not in page.split("</main>")[0].split("<main")[1]
    sent = {"medium": "radio", "title": "Tin sáng", "text": "Nói về nợ lương", "at": f"{DAY} 05:30"}
    answer = client.submit("/gui-tin", "gui", **sent)
    assert answer.status_code == 422 and "tên báo, đài" in answer.text
    answer = client.submit("/gui-tin", "gui", **sent, outlet="Đài tỉnh")
    assert answer.status_code == 422 and "chương trình" in answer.text and "Đài tỉnh" in answer.text
