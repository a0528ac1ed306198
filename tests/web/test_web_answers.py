"""The one-time answer form: one question for a body that never signs in, taken once, with a receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from desk_office import Desk

from monitor import clock
from monitor.desk import access, moving, triage, verifying
from monitor.model.casework import AssignmentState, Part
from monitor.store import evidence

TASK = "Đối chiếu <b>sổ lương</b> tháng 10."
LONG = "Công ty đã trả đủ lương. " * 20


def asked(desk: Desk) -> tuple[str, str, str]:
    """Case, assignment, path of its form."""
    with desk.sitting() as s:
        case = triage.open_case(s, [triage.pending(s)[0].subject], triage.Opening(title="Tên kín của vụ việc"))
        due = clock.local(s.now).date() + timedelta(days=5)
        what = verifying.Task(part=Part.LEAD, task=TASK, due=due, unit="may")
        made = verifying.assign(s, case.id, what).assignments[-1].id
        return case.id, made, f"/tra-loi/{access.answer_link(s, case.id, made)}"


def answer_of(desk: Desk, case: str) -> Any:
    with desk.sitting("dau") as s:
        return s.case(case).assignments[-1]


def test_the_form_shows_the_one_question_and_nothing_else_of_the_case(desk: Desk) -> None:
    case, _, path = asked(desk)
    answer = desk.client().get(path)
    assert answer.status_code == 200
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "Đối chiếu &lt;b&gt;sổ lương&lt;/b&gt;" in answer.text
    assert "Công đoàn cơ sở Công ty May Bình Minh" in answer.text
    for secret in (case, "Tên kín", "Trần Văn Báo"):
        assert secret not in answer.text
    soup = BeautifulSoup(answer.text, "html.parser")
    link = soup.find("a", class_="out")
    assert link["href"].startswith("http://bao") and "noreferrer" in link["rel"]
    assert not soup.find(class_="side")


def test_who_happens_to_be_signed_in_sees_the_form_alone_and_answers_in_nobodys_name(desk: Desk) -> None:
    case, _, path = asked(desk)
    client = desk.client("dau")
    assert 'class="side"' not in client.get(path).text
    done = client.submit(path, "tra-loi", name="Ngô Văn Trả", text=LONG)
    assert done.status_code == 200
    assert 'class="side"' not in done.text
    assert "Ngô Văn Trả" in answer_of(desk, case).answer.source


def test_an_answer_is_taken_once_with_its_files_and_a_receipt(desk: Desk) -> None:
    case, _, path = asked(desk)
    files = [
        ("files", ("bảng lương.pdf", b"%PDF-1.4\nsome", "application/pdf")),
        ("files", ("anh.txt", b"x", "text/plain")),
    ]
    done = desk.client().submit(
        path, "tra-loi", name="Ngô Văn Trả", title="Chủ tịch", phone="0900 000 111", text=f"{LONG}<script>", files=files
    )
    assert done.status_code == 200
    text = BeautifulSoup(done.text, "html.parser").get_text(" ", strip=True)
    assert "Đã nhận trả lời" in text
    assert LONG.strip() in text
    assert "bang luong.pdf" in text
    assert "<script>&" not in done.text and "&lt;script&gt;" in done.text
    assert "noindex" in done.headers["x-robots-tag"]
    kept = answer_of(desk, case)
    assert kept.state is AssignmentState.ANSWERED
    assert "0900 000 111" in kept.answer.source
    with desk.sitting("dau") as s:
        assert {evidence.get(s.db, one).name for one in kept.answer.evidence} == {"bang luong.pdf", "anh.txt"}
    over = desk.client().get(path)
    assert over.status_code == 410
    assert "đã dùng" in over.text and "không cần gửi lại" in over.text
    assert "noindex" in over.headers["x-robots-tag"]


def test_what_was_typed_stays_where_it_is_refused(desk: Desk) -> None:
    case, _, path = asked(desk)
    answer = desk.client().submit(path, "tra-loi", name="", phone="0900", text=LONG)
    assert answer.status_code == 422
    soup = BeautifulSoup(answer.text, "html.parser")
    assert "họ tên" in soup.find(class_="wrong").text
    assert LONG.strip() in soup.find("textarea").text
    assert soup.find("input", {"name": "phone"})["value"] == "0900"
    assert answer_of(desk, case).state is AssignmentState.OPEN
    program = {"files": ("a.exe", b"MZ\x90\x00" + b"\0" * 200, "application/octet-stream")}
    refused = desk.client().submit(path, "tra-loi", name="Ngô", text=LONG, files=program)
    assert refused.status_code == 422
    assert "Chọn lại tệp" in refused.text
    assert answer_of(desk, case).answer is None


def test_a_link_that_is_no_more_says_whom_to_call(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    file = desk.home.root / "rules" / "office.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace('contact: ""', 'contact: "so@ld.example"'), encoding="utf-8"
    )
    case, assignment, path = asked(desk)
    for wrong in ("/tra-loi/khong-co", path[:-2], "/tra-loi/%3Cscript%3E"):
        over = desk.client().get(wrong)
        assert over.status_code == 410
        assert "so@ld.example" in over.text
        assert "<script>" not in over.text
    late = clock.now() + timedelta(days=15)
    page = desk.client().get(path)
    token = BeautifulSoup(page.text, "html.parser").find("input", {"name": "_csrf"})["value"]
    monkeypatch.setenv("MONITOR_NOW", late.isoformat())
    sent = desk.client().post(path, data={"_csrf": token, "name": "Ngô", "text": LONG})
    assert sent.status_code == 410
    monkeypatch.delenv("MONITOR_NOW")
    with desk.sitting() as s:
        moving.unassign(s, case, assignment, "Giao nhầm")
    assert desk.client().get(path).status_code == 410


def test_a_form_of_another_page_is_not_taken(desk: Desk) -> None:
    case, _, path = asked(desk)
    assert desk.client().post(path, data={"_csrf": "x" * 43, "name": "Ngô", "text": LONG}).status_code == 403
    assert answer_of(desk, case).answer is None


def test_a_unit_answers_on_a_phone_without_scripts(desk: Desk, open_page: Callable[..., Any]) -> None:
    case, _, path = asked(desk)
    page = open_page("", path, phone=True, javascript=False)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label("Nội dung trả lời").fill(LONG)
    page.get_by_label("Họ và tên").fill("Ngô Văn Trả")
    page.get_by_label("Điện thoại").fill("0900 000 111")
    page.set_input_files("#tra-loi-files", {"name": "anh.txt", "mimeType": "text/plain", "buffer": b"ghi"})
    page.get_by_role("button", name="Gửi trả lời").click()
    assert page.locator("h1").inner_text() == "Đã nhận trả lời"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert answer_of(desk, case).state is AssignmentState.ANSWERED
