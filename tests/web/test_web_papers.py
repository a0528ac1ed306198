"""Papers on the desk: from the request to the signed, numbered and issued letter and the reply; the register."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import paper_making as making
import pytest
from desk_office import Desk
from docx import Document
from openpyxl import load_workbook

from monitor.desk import moving, papers, people
from monitor.model.case import Ground
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import DemandKind, DemandResult
from monitor.web.pages import paper_text

DAY = f"{making.today():%d/%m/%Y}"


def words(body: bytes) -> str:
    document = Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(one.text for one in document.paragraphs)])


def test_a_case_goes_to_an_issued_letter_its_receipt_and_the_reply_without_javascript(desk: Desk) -> None:
    ident = making.first_handled(desk)
    page = f"/vu-viec/{ident}"
    press, leader, clerk = desk.client("bao"), desk.client("lanh"), desk.client("thu")
    made = press.submit(page, "de-nghi-tat-ca")
    assert "Đã lập 1 đề nghị" in made.text
    request = making.stored(desk, ident).requests[0].id
    made = press.submit(page, f"{request}-soan-request-letter")
    paper = making.stored(desk, ident).papers[0].id
    assert made.url.path == f"{page}/van-ban/{paper}"
    at = made.url.path
    press.submit(at, "van-ban-sua", contact="Ban Tuyên giáo, điện thoại 0200")
    press.submit(at, "van-ban-trinh")
    assert "Ký văn bản" not in press.get(at).text
    leader.submit(at, "van-ban-ky", title="Phó Chủ tịch")
    assert "Vào số" in clerk.get(at).text
    clerk.submit(at, "van-ban-so", number="17", dated=DAY)
    said = clerk.submit(at, "van-ban-phat-hanh")
    assert "bản đó chưa ký" in said.text  # the response that goes with it was not drafted yet
    assert "nội dung được giữ nguyên" in said.text
    link = re.search(rf'href="({at}/tep/b\d+)"', said.text)
    assert link
    got = clerk.get(link[1])
    assert got.headers["content-disposition"].startswith("attachment")
    text = words(got.content)
    assert "17/" in text
    assert "Ban Tuyên giáo" in text
    clerk.submit(at, "van-ban-nhan", at=DAY, proof="Giấy báo phát số 9")
    clerk.submit(page, "van-ban-den", sender="Báo Số Không", sign="21/CV-BC", dated=DAY, arrival_number="31",
                 arrived=DAY, subject="Trả lời công văn", request=request, answers="1",
                 files={"file": ("tra-loi.pdf", b"%PDF-1.4 tra loi", "application/pdf")})  # fmt: skip
    case = making.stored(desk, ident)
    asked = case.requests[0]
    assert asked.receipt == "Giấy báo phát số 9"
    assert asked.asks(DemandKind.ANSWER).result is DemandResult.IN_TIME
    assert clerk.get(f"{page}/van-ban/den/{case.arrivals[0].id}").content == b"%PDF-1.4 tra loi"
    press.submit(page, f"{request}-ket-qua", demands=asked.asks(DemandKind.CORRECT).id, on=DAY, result="defective",
                 missing=["apology"], missing_more="")  # fmt: skip
    shown = press.get(page).text
    assert "Thực hiện chưa đầy đủ" in shown
    assert "Thiếu: Lời xin lỗi" in shown


def test_a_number_that_is_taken_is_refused_and_what_was_typed_stays(desk: Desk) -> None:
    first = making.first_handled(desk)
    making.issued(desk, first, making.asked(desk, first), number=7)
    second = making.handled(desk)
    paper = making.drafted(desk, second, making.asked(desk, second))
    with desk.sitting("bao") as s:
        papers.submit(s, second, paper)
    with desk.sitting("lanh") as s:
        papers.sign(s, second, paper)
    at = f"/vu-viec/{second}/van-ban/{paper}"
    answer = desk.client("thu").submit(at, "van-ban-so", number="7", symbol="LĐLĐ-TG", dated=DAY)
    assert answer.status_code == 422
    assert "đã dùng cho một văn bản khác" in answer.text
    assert 'name="number" value="7"' in answer.text
    assert making.stored(desk, second).papers[0].state is PaperState.SIGNED


def test_each_role_is_offered_only_its_own_steps(desk: Desk) -> None:
    ident = making.first_handled(desk)
    paper = making.drafted(desk, ident, making.asked(desk, ident))
    with desk.sitting("bao") as s:
        papers.submit(s, ident, paper)
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    forms = {
        login: set(re.findall(r'id="(van-ban-[a-z-]+)"', desk.client(login).get(at).text))
        for login in ("bao", "lanh", "thu")
    }
    assert {"van-ban-ky", "van-ban-tra-lai"} <= forms["lanh"]
    assert "van-ban-ky" not in forms["bao"] | forms["thu"]
    assert not any(one.startswith(("van-ban-so", "van-ban-phat-hanh")) for one in forms["thu"])
    answer = desk.client("thu").post_form(f"{at}/ky", _form="van-ban-ky")
    assert answer.status_code == 422
    assert making.stored(desk, ident).papers[0].state is PaperState.SUBMITTED


def test_who_stands_in_for_the_clerk_numbers_in_his_name(desk: Desk) -> None:
    ident = making.first_handled(desk)
    paper = making.drafted(desk, ident, making.asked(desk, ident))
    with desk.sitting("bao") as s:
        papers.submit(s, ident, paper)
    with desk.sitting("lanh") as s:
        papers.sign(s, ident, paper)
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    assert 'id="van-ban-so"' not in desk.client("bao2").get(at).text
    with desk.sitting("dau") as s:
        day = making.today()
        people.add_stand_in(s.db, s.actor, "thu", "bao2", first=day, last=day, now=s.now)
    assert "Làm thay mặt Phạm Thị Thư" in desk.client("bao2").get(at).text
    done = desk.client("bao2").submit(at, "van-ban-so", number="9", dated=DAY)
    assert "Bùi Thị Ký (thay mặt Phạm Thị Thư)" in done.text
    assert making.stored(desk, ident).papers[0].number == 9


def test_a_paper_returned_with_remarks_shows_them_and_is_drafted_anew(desk: Desk) -> None:
    ident = making.first_handled(desk)
    paper = making.drafted(desk, ident, making.asked(desk, ident))
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    desk.client("bao").submit(at, "van-ban-trinh")
    desk.client("lanh").submit(at, "van-ban-tra-lai", remarks="Nêu rõ <b>điều luật</b>")
    page = desk.client("bao").get(at).text
    assert "Nêu rõ &lt;b&gt;điều luật&lt;/b&gt;" in page
    desk.client("bao").submit(at, "van-ban-sua", subject="đề nghị cải chính lần nữa")
    assert making.stored(desk, ident).papers[0].subject == "đề nghị cải chính lần nữa"


def test_a_draft_changed_in_word_is_taken_and_anything_else_refused(desk: Desk) -> None:
    ident = making.first_handled(desk)
    paper = making.drafted(desk, ident, kind=PaperKind.SUBMISSION)
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    with desk.sitting("bao") as s:
        before = papers.document(s, ident, paper)
    press = desk.client("bao")
    refused = press.submit(
        at, "van-ban-tep", files={"file": ("anh.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40, "image/png")}
    )
    assert refused.status_code == 422
    assert "không phải tệp Word" in refused.text
    changed = io.BytesIO()
    document = Document(io.BytesIO(before[1]))
    document.add_paragraph("Đoạn sửa trong Word <script>alert(1)</script>")
    document.save(changed)
    done = press.submit(at, "van-ban-tep", files={"file": ("sua.docx", changed.getvalue(), papers.DOCX)})
    assert "sửa trong Word" in done.text
    assert "&lt;script&gt;alert(1)" in done.text
    assert "<script>alert" not in done.text
    assert making.stored(desk, ident).papers[0].edited
    # Both documents are still there to be fetched.
    assert all(press.get(one).status_code == 200 for one in set(re.findall(rf'"({at}/tep/b\d+)"', done.text)))


def test_no_evidence_but_the_papers_own_comes_by_the_papers_page(desk: Desk) -> None:
    ident = making.first_handled(desk)
    request = making.asked(desk, ident)
    one, other = making.drafted(desk, ident, request), making.drafted(desk, ident, kind=PaperKind.SUBMISSION)
    file = next(p.file for p in making.stored(desk, ident).papers if p.id == other)
    press = desk.client("bao")
    assert press.get(f"/vu-viec/{ident}/van-ban/{other}/tep/{file}").status_code == 200
    assert press.get(f"/vu-viec/{ident}/van-ban/{one}/tep/{file}").status_code == 404
    assert press.get(f"/vu-viec/{ident}/van-ban/v999").status_code == 404


def test_all_nine_kinds_can_be_drafted_and_read(desk: Desk) -> None:
    ident = making.first_handled(desk)
    request = making.asked(desk, ident)
    making.issued(desk, ident, request)
    press, page = desk.client("bao"), f"/vu-viec/{ident}"
    press.submit(page, f"{request}-kien-nghi")
    case = making.stored(desk, ident)
    authority, assignment = case.requests[-1].id, case.assignments[0].id
    needs = {
        PaperKind.RESPONSE_TEXT: {"request": request}, PaperKind.REMINDER: {"request": request},
        PaperKind.PETITION: {"request": authority}, PaperKind.ASSIGNMENT: {"assignment": assignment},
    }  # fmt: skip
    for kind in PaperKind:
        if kind is PaperKind.REQUEST_LETTER:
            continue
        made = press.post_form(f"{page}/van-ban/soan", kind=kind.value, **needs.get(kind, {}))
        assert made.status_code == 200, (kind, made.text[:300])
        assert '<div class="paper">' in made.text
        assert "/van-ban/v" in made.url.path
    refused = press.submit(page, "soan-van-ban", kind="reminder")
    assert refused.status_code == 422
    assert "selected>Công văn nhắc" in refused.text


def test_a_copy_of_a_units_letter_is_recorded_with_its_number(desk: Desk) -> None:
    ident = making.first_handled(desk)
    clerk = desk.client("thu")
    done = clerk.submit(
        f"/vu-viec/{ident}", "van-ban-sao", kind="remedy_notice", issuer="Công đoàn các Khu công nghiệp tỉnh",
        subject="thông báo", number="3", symbol="CĐKCN", dated=DAY, to="Báo Số Không\nBáo khác",
        files={"file": ("ban-sao.pdf", b"%PDF-1.4 x", "application/pdf")},
    )  # fmt: skip
    assert "03/CĐKCN" in done.text
    assert "Ghi từ bản sao" in done.text
    missing = clerk.submit(
        f"/vu-viec/{ident}", "van-ban-sao", kind="remedy_notice", issuer="kcn", subject="t", number="4", symbol="CĐKCN",
        dated=DAY, to="Báo",
    )  # fmt: skip
    assert missing.status_code == 422
    assert "Chưa nhập Bản sao văn bản" in missing.text


def test_two_officers_at_the_same_draft_lose_nothing(desk: Desk) -> None:
    ident = making.first_handled(desk)
    paper = making.drafted(desk, ident, kind=PaperKind.SUBMISSION)
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    seen = making.stored(desk, ident).revision
    desk.client("bao2").submit(at, "van-ban-sua", opinion="Ý kiến của người thứ hai")
    late = desk.client("bao").post_form(
        f"{at}/sua", _form="van-ban-sua", _revision=str(seen), subject="s", opinion="Ý kiến của người thứ nhất"
    )
    assert late.status_code == 409
    assert "Ý kiến của người thứ nhất" in late.text
    assert making.stored(desk, ident).papers[0].writing.opinion == "Ý kiến của người thứ hai"


def test_the_register_is_empty_then_filtered_then_an_excel_file(desk: Desk) -> None:
    clerk = desk.client("thu")
    assert "Chưa có văn bản nào được vào số" in clerk.get("/van-ban").text
    ident = making.handled(desk, title='=HYPERLINK("http://evil.example") <script>alert(1)</script>')
    making.issued(desk, ident, making.asked(desk, ident), number=7)
    clerk.submit(f"/vu-viec/{ident}", "van-ban-den", sender="=cmd|' /C calc'!A0", sign="21/CV-BC", dated=DAY,
                 arrival_number="031", arrived=DAY, subject="Về <script>alert(2)</script>")  # fmt: skip
    page = clerk.get("/van-ban").text
    assert "07/LĐLĐ-TG" in page
    assert "&lt;script&gt;alert(2)" in page
    assert "<script>alert" not in page
    yesterday = f"{making.today() - timedelta(days=1):%d/%m/%Y}"
    for query, ours, theirs in (
        ("so=7", True, False), ("so=07/LĐLĐ", True, False), ("so=31", False, True), ("so=21/cv", False, True),
        ("chieu=di", True, False), ("chieu=den", False, True), ("q=cai+chinh", True, False), ("q=zzz", False, False),
        (f"den={yesterday}", False, False), (f"tu={DAY}", True, True), ("don-vi=ld", True, False),
    ):  # fmt: skip
        found = clerk.get(f"/van-ban?{query}").text
        assert ("07/LĐLĐ-TG" in found, "21/CV-BC" in found) == (ours, theirs), query
    assert "Không có văn bản nào khớp" in clerk.get("/van-ban?q=zzz").text
    assert "Không hiểu ngày" in clerk.get("/van-ban?tu=xx").text
    for name in ("xlsx", "so"):
        book = load_workbook(io.BytesIO(clerk.get(f"/van-ban?xuat={name}").content)).active
        cells = [cell for row in book.iter_rows() for cell in row]
        assert any(cell.value == "07/LĐLĐ-TG" for cell in cells)
        assert not any(cell.data_type == "f" for cell in cells)


def test_a_restricted_case_shows_neither_in_the_register_nor_by_its_papers(desk: Desk) -> None:
    ident = making.first_handled(desk)
    request = making.asked(desk, ident)
    paper = making.issued(desk, ident, request)
    file = making.stored(desk, ident).papers[0].file
    with desk.sitting("lanh") as s:
        moving.restrict(s, ident, [s.actor.id, desk.person("bao").id])
    outside = desk.client("bao2")
    assert ident not in outside.get("/van-ban").text
    assert "Chưa có văn bản nào" in outside.get("/van-ban").text
    for path in ("", f"/van-ban/{paper}", f"/van-ban/{paper}/tep/{file}", f"/van-ban/{paper}/pdf"):
        assert outside.get(f"/vu-viec/{ident}{path}").status_code == 404
    for path in (f"/van-ban/{paper}/huy", "/van-ban/soan", f"/yeu-cau/{request}/rut", "/yeu-cau/tat-ca"):
        assert outside.post_form(f"/vu-viec/{ident}{path}", why="x", kind="submission").status_code in (404, 422)
    assert making.stored(desk, ident, "bao").papers[0].state is PaperState.ISSUED
    assert "07/LĐLĐ-TG" in desk.client("bao").get("/van-ban").text


def test_without_libreoffice_the_page_says_that_there_is_no_pdf(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_SOFFICE", "")
    ident = making.first_handled(desk)
    at = f"/vu-viec/{ident}/van-ban/{making.drafted(desk, ident, kind=PaperKind.SUBMISSION)}"
    page = desk.client("bao").get(at).text
    assert "không có LibreOffice" in page
    assert f"{at}/pdf" not in page
    assert "LibreOffice" in desk.client("bao").get(f"{at}/pdf").text


@pytest.mark.parametrize("login", ["quan", "co"])
def test_the_register_is_the_federations_own(desk: Desk, login: str) -> None:
    assert desk.client(login).get("/van-ban").status_code == 403


def test_a_letter_may_not_go_out_without_the_outlets_card(desk: Desk) -> None:
    ident = making.handled(desk, card=False)
    paper = making.drafted(desk, ident, making.asked(desk, ident))
    at = f"/vu-viec/{ident}/van-ban/{paper}"
    assert "chưa có phiếu cơ quan báo chí" in desk.client("bao").get(at).text
    with desk.sitting("bao") as s:
        papers.submit(s, ident, paper)
    with desk.sitting("lanh") as s:
        papers.sign(s, ident, paper)
    desk.client("thu").submit(at, "van-ban-so", number="5", dated=DAY)
    refused = desk.client("thu").submit(at, "van-ban-phat-hanh")
    assert refused.status_code == 422
    assert "chưa có phiếu" in refused.text


def test_a_word_file_that_is_broken_or_hostile_is_only_not_read() -> None:
    def packed(xml: bytes) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", xml)
        return made.getvalue()

    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 1000 + b'">]><a>' + b"&b;" * 1000 + b"</a>"
    outside = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    for body in (b"", b"PK\x03\x04", packed(b"<a"), packed(bomb), packed(outside), packed(b" " * 9_000_000)):
        assert not paper_text.read(body)
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>A</w:t></w:r></w:p></w:body></w:document>'
    assert paper_text.read(packed(body))[0].cells == (("A",),)


def test_the_ground_decides_what_can_be_ticked(desk: Desk) -> None:
    ident = making.handled(desk, Ground.NOT_OBJECTIVE)
    page = desk.client("bao").get(f"/vu-viec/{ident}").text
    form = page.split('id="de-nghi-0-press"', 2)[1].split("</form>")[0]
    assert 'value="publish_response"' in form
    assert 'value="correct"' not in form
    assert "Không yêu cầu được trên căn cứ hiện có" in form
