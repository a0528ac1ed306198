"""Every role at its work in a real browser, from the sign-in form to the closed case; and the same without JavaScript.

What a form is filled with and what must come of it is written once: a page without its script has the same forms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import paper_making as making
import pytest
from argon2 import PasswordHasher
from desk_office import PERSONS, Desk
from docx import Document

from monitor import clock
from monitor.desk import access, cards, editions, passwords, triage
from monitor.desk.hashing import Argon2
from monitor.model.card import OutletCard
from monitor.model.case import AssignmentState, Case, CaseStatus
from monitor.model.edition import EditionState
from monitor.model.paper import PaperState
from monitor.model.request import DemandKind, DemandResult
from monitor.store import cases, corrections
from monitor.store.db import opened
from monitor.web import served

PASSWORD = "một câu dài dễ nhớ 7"
SCRIPTS = pytest.mark.parametrize(
    "javascript",
    [True, pytest.param(False, marks=pytest.mark.exhaustive)],
    ids=["with javascript", "without javascript"],
)
STARTS = {"bao": "/hop-tin", "bao2": "/hop-tin", "lanh": "/viec", "thu": "/viec", "co": "/viec", "quan": "/quan-tri"}
ANSWER = "Công ty đã trả đủ lương tháng 9 và tháng 10; có bảng ký nhận của từng tổ."


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is cheap, and nothing outside is asked."""
    monkeypatch.setattr(
        "monitor.desk.hashing.HASHER", Argon2(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    )
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("MONITOR_SOFFICE", "")


def day(ahead: int = 0) -> str:
    return f"{clock.local(clock.now()) + timedelta(days=ahead):%d/%m/%Y}"


class Office:
    """The people of the office, each in a browser of his own, with or without JavaScript."""

    def __init__(self, chromium: Any, desk: Desk, base: str, *, javascript: bool = True) -> None:
        self.chromium, self.desk, self.base, self.javascript = chromium, desk, base, javascript
        self.pages: dict[str, Any] = {}
        self.contexts: list[Any] = []
        self.errors: list[str] = []

    def anybody(self) -> Any:
        """A page of somebody who is not signed in."""
        context = self.chromium.new_context(
            locale="vi-VN", java_script_enabled=self.javascript, base_url=self.base,
            viewport={"width": 1366, "height": 768},
        )  # fmt: skip
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def person(self, login: str) -> Any:
        """The page of this person, who signs in by the form the first time."""
        if login not in self.pages:
            page = self.pages[login] = self.anybody()
            page.goto("/")
            assert page.url.endswith("/dang-nhap")
            sign_in(page, login)
            assert page.url.removeprefix(self.base) == STARTS.get(login, "/viec")
        return self.pages[login]

    def case(self, ident: str) -> Case:
        with self.desk.sitting("dau") as s:
            return s.case(ident)

    def close(self) -> None:
        for context in self.contexts:
            context.close()
        assert not self.errors


@pytest.fixture
def office(chromium: Any, desk: Desk) -> Iterator[Callable[..., Office]]:
    """Gives ``office(javascript=True)``: everybody has a password, the desk is served."""
    made: list[Office] = []
    with opened(desk.home.database) as db:
        for login, *_ in PERSONS:
            passwords.set_password(desk.home, db, login, PASSWORD, by=None, now=clock.now())
    with served(desk.home, "127.0.0.1", 0, lambda line: None) as base:

        def go(*, javascript: bool = True) -> Office:
            made.append(Office(chromium, desk, base, javascript=javascript))
            return made[-1]

        yield go
        for one in made:
            one.close()


def sign_in(page: Any, login: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.locator(".side").wait_for()


def unfold(page: Any, form: str) -> Any:
    """The form, with what it is folded into opened by its summaries."""
    closed = page.locator(f"details:not([open]):has(#{form}) > summary")
    while closed.count():
        closed.first.click()
    return page.locator(f"#{form}")


def fill(page: Any, form: str, **fields: Any) -> Any:
    """Fills a form's fields by what they are: words, a choice, a box, a file."""
    found = unfold(page, form)
    for name, value in fields.items():
        control = found.locator(f"[name='{name}']:not([type=hidden])")
        kind = control.first.evaluate("one => one.type")
        if kind == "checkbox":
            for one in value if isinstance(value, list) else [value]:
                found.locator(f"[name='{name}'][value='{one}']").check()
        elif kind == "select-one":
            control.select_option(value)
        elif kind == "file":
            control.set_input_files({"name": value[0], "mimeType": "application/pdf", "buffer": value[1]})
        else:
            control.fill(value)
    return found


def send(page: Any, form: str, said: str = "", **fields: Any) -> None:
    """Fills and sends a form of the page, and waits until the page says that it is done."""
    found = fill(page, form, **fields)
    page.evaluate("document.querySelectorAll('.flash, .wrong').forEach((one) => one.remove())")
    button = found.locator("button:not([type=button])")
    (button.last if button.count() > 1 else button).click()
    page.locator(".flash, .wrong").first.wait_for()
    assert not page.locator(".wrong").count(), page.locator(".wrong").first.inner_text()
    assert said in page.locator(".flash").inner_text()


# One long way through the office.


@SCRIPTS
def test_every_role_does_its_part_from_the_queue_to_the_closed_case(
    office: Callable[..., Office], javascript: bool, tmp_path: Path
) -> None:
    here = office(javascript=javascript)
    _know_the_outlets(here.desk)
    _corrects_a_tag(here)
    ident = _opens_a_case(here)
    _has_it_checked(here, ident)
    _asks_for_a_correction(here, ident, tmp_path)
    _records_the_reply_and_closes(here, ident)
    _makes_a_digest_that_a_leader_directs_from(here)
    _hands_over(here)
    _keeps_the_program(here)


def _know_the_outlets(desk: Desk) -> None:
    desk.home.sources_file.write_text(making.SOURCES, encoding="utf-8")
    with desk.sitting("bao") as s:
        for name in ("bao0", "bao1", "bao2"):
            made = OutletCard(
                outlet=name, legal_name=f"Báo {name}", managing_body="Tỉnh ủy", address="Số 1 đường Trần Phú",
                authority="Sở Văn hóa, Thể thao và Du lịch", valid_from=date(2020, 1, 1),
            )  # fmt: skip
            cards.put(s, made)


def _corrects_a_tag(here: Office) -> None:
    page = here.person("bao")
    link = page.locator("[data-row] a[data-key=o]").first.get_attribute("href")
    ident = re.search(r"[0-9a-f]{15,}", link or "")
    assert ident
    page.goto(f"/bai/{ident[0]}")
    send(page, f"sua-tone-{ident[0]}", "Đã sửa nhãn", value="neg", note="Đọc kỹ thì là chê")
    with here.desk.sitting("bao") as s:
        (made,) = corrections.history(s.db, ident[0])
    assert made.values == ("neg",)


def _opens_a_case(here: Office) -> str:
    page = here.person("bao")
    page.goto("/hop-tin")
    page.locator("[data-row]").first.get_by_role("button", name="Mở vụ việc", exact=True).click()
    page.locator(".flash").wait_for()
    with here.desk.sitting("bao") as s:
        (case,) = cases.every(s.db)
    return str(case.id)


def _has_it_checked(here: Office, ident: str) -> None:
    path = f"/vu-viec/{ident}"
    leader = here.person("lanh")
    leader.goto(path)
    send(leader, "chi-dao", text="Xác minh, báo cáo trong tuần.")
    press = here.person("bao")
    press.goto(path)
    send(press, "giao-viec", unit="kcn", part="lead", task="Kiểm tra việc trả lương", due=day(7))
    send(press, "giao-viec", unit="may", part="cooperates", task="Đối chiếu bảng lương", due=day(7))
    first, second = here.case(ident).assignments
    unit = here.person("co")
    unit.goto("/viec")
    unit.locator(f"a[href*='{ident}']").first.click()
    send(unit, f"tra-loi-{first.id}", text="Đã đối thoại hai lần", files=("bien ban.pdf", b"%PDF-1.4 x"))
    # The one-time form of a body that never signs in.
    press.goto(path)
    unfold(press, f"lien-ket-{second.id}").get_by_role("button").click()
    link = press.locator(f"#lien-ket-{second.id}-ra").input_value().strip()
    outside = here.anybody()
    outside.goto(re.sub(r"^https?://[^/]+", "", link))
    assert ident not in outside.content()
    form = fill(outside, "tra-loi", name="Ngô Văn Trả", phone="0900 000 111", text=ANSWER)
    form.get_by_role("button", name="Gửi trả lời").click()
    outside.get_by_role("heading", name="Đã nhận trả lời").wait_for()
    assert [one.state for one in here.case(ident).assignments] == [AssignmentState.ANSWERED] * 2
    press.goto(path)
    assert ANSWER in press.inner_text("main")
    send(press, "noi-dung-moi", quote=making.QUOTE, fact="Đã đối thoại hai lần", source="Biên bản", harmed="ld")
    claim = here.case(ident).claims[0].id
    send(press, f"danh-gia-{claim}", verdict="wrong", ground="false", why="Đã đối chiếu biên bản")
    leader.goto(path)
    send(leader, "ket-luan", text="Báo nêu không đúng.")
    assert here.case(ident).status is CaseStatus.HANDLING


def _asks_for_a_correction(here: Office, ident: str, tmp_path: Path) -> None:
    press = here.person("bao")
    press.goto(f"/vu-viec/{ident}")
    send(press, "de-nghi-tat-ca", "Đã lập")
    request = here.case(ident).requests[0].id
    unfold(press, f"{request}-soan-request-letter").get_by_role("button").click()
    press.wait_for_url("**/van-ban/*")
    at = press.url.removeprefix(here.base)
    paper = at.rpartition("/")[2].partition("#")[0].partition("?")[0]
    send(press, "van-ban-trinh")
    leader = here.person("lanh")
    leader.goto("/viec")
    leader.locator(f"a[href*='/van-ban/{paper}']").first.click()
    send(leader, "van-ban-ky", title="Phó Chủ tịch")
    clerk = here.person("thu")
    clerk.goto(at)
    send(clerk, "van-ban-so", number="25", dated=day())
    send(clerk, "van-ban-phat-hanh")
    with clerk.expect_download() as download:
        clerk.get_by_role("link", name="Tải tệp Word").click()
    download.value.save_as(tmp_path / "van-ban.docx")
    cells = [cell.text for table in Document(str(tmp_path / "van-ban.docx")).tables for cell in table._cells]
    assert any("25/" in one for one in cells)
    send(clerk, "van-ban-nhan", at=day(), proof="Giấy báo phát số 12")
    (record,) = [one for one in here.case(ident).papers if one.id == paper]
    assert (record.state, record.number) == (PaperState.RECEIVED, 25)
    clerk.goto("/van-ban")
    assert "25/" in clerk.inner_text("main")


def _records_the_reply_and_closes(here: Office, ident: str) -> None:
    path, clerk, press = f"/vu-viec/{ident}", here.person("thu"), here.person("bao")
    request = here.case(ident).requests[0]
    clerk.goto(path)
    send(
        clerk, "van-ban-den", sender="Báo Số Không", sign="21/CV-BC", dated=day(), arrival_number="31", arrived=day(),
        subject="Trả lời công văn", request=request.id, answers="1", file=("tra-loi.pdf", b"%PDF-1.4 tra loi"),
    )  # fmt: skip
    assert here.case(ident).requests[0].asks(DemandKind.ANSWER).result is DemandResult.IN_TIME
    press.goto(path)
    left = [one.id for one in here.case(ident).requests[0].demands if one.result is DemandResult.PENDING]
    send(press, f"{request.id}-ket-qua", demands=left, result="", on=day(), note="Đăng lời cải chính")
    send(press, "dong", retention="10 năm")
    done = here.case(ident)
    assert done.status is CaseStatus.CLOSED and done.end and done.end.retention == "10 năm"


def _makes_a_digest_that_a_leader_directs_from(here: Office) -> None:
    press, leader = here.person("bao"), here.person("lanh")
    press.goto("/diem-tin")
    unfold(press, "lap-weekly").get_by_role("button").click()
    press.wait_for_url("**/diem-tin/dt*")
    edition = re.search(r"dt\d+", press.url)
    assert edition
    send(press, "duyet", "Đã duyệt")
    with here.desk.sitting("bao") as s:
        made = editions.edition(s, edition[0])
    assert made.state is EditionState.APPROVED
    article = made.items[-1].article
    leader.goto(f"/diem-tin/{made.id}")
    send(leader, f"cd-{article}", "Đã ghi ý kiến chỉ đạo", note="Kiểm tra, báo cáo trong ngày.")
    with here.desk.sitting("lanh") as s:
        assert [one.article for one in editions.directions(s, made.id)] == [article]


def _hands_over(here: Office) -> None:
    with here.desk.sitting("bao") as s:
        (case,) = [one for one in cases.every(s.db) if one.status is not CaseStatus.CLOSED]
    page = here.person("bao")
    page.goto(f"/vu-viec/{case.id}")
    send(page, "giao-viec", person=here.desk.person("bao2").id, part="lead", task="Đối chiếu", due=day(9))
    leader = here.person("lanh")
    leader.goto("/quan-tri/ban-giao")
    leader.select_option("#chon-tu", here.desk.person("bao2").id)
    leader.select_option("#chon-den", here.desk.person("bao").id)
    leader.get_by_role("button", name="Xem việc sẽ chuyển").click()
    leader.locator("#ban-giao button").click()
    leader.wait_for_url("**/quan-tri/ban-giao/*")
    assert leader.locator("h1").inner_text() == "BIÊN BẢN BÀN GIAO"
    lead = here.case(case.id).lead
    assert lead and lead.person == here.desk.person("bao").id


def _keeps_the_program(here: Office) -> None:
    keeper = here.person("quan")
    keeper.goto("/quan-tri/nguoi-dung")
    fill(keeper, "them-nguoi", name="Đinh Thị Mới", login="moi", roles="unit", unit="kcn")
    keeper.locator("#them-nguoi button.main").click()
    keeper.get_by_text("Đinh Thị Mới").first.wait_for()
    assert here.desk.person("moi").unit == "kcn"
    assert keeper.goto("/vu-viec").status == 403
    keeper.goto("/tai-khoan")
    keeper.get_by_role("button", name="Đăng xuất").click()
    keeper.wait_for_url("**/dang-nhap")
    keeper.goto("/quan-tri")
    assert "/dang-nhap" in keeper.url


# What is being typed.


def opened_case(desk: Desk, at: int = 0) -> str:
    with desk.sitting("bao") as s:
        return triage.open_case(s, [triage.pending(s)[at].subject], triage.Opening(title="Vụ thử")).id


def end_sessions(desk: Desk, login: str) -> None:
    with opened(desk.home.database) as db:
        access.end_all(db, desk.person(login), clock.now())


WORDS = "Đã gọi công ty lúc 9 giờ, người phụ trách hẹn trả lời bằng văn bản."


def test_what_is_typed_is_there_again_after_the_page_was_closed(office: Callable[..., Office]) -> None:
    here = office()
    path = f"/vu-viec/{opened_case(here.desk)}"
    page = here.person("bao")
    page.goto(path)
    fill(page, "gop-y", text=WORDS)
    page.close()
    page = here.contexts[-1].new_page()
    page.goto(path)
    form = page.locator("#gop-y")
    form.get_by_text("Đã khôi phục nội dung nhập dở").wait_for()
    assert form.locator("textarea").input_value() == WORDS and form.locator("textarea").is_visible()
    send(page, "gop-y")
    page.goto(path)
    assert page.get_by_text("Đã khôi phục").count() == 0, "what was taken is offered again"
    fill(page, "gop-y", text="Bỏ đi")
    page.reload()
    page.get_by_role("button", name="Bỏ nội dung này").click()
    page.reload()
    assert page.locator("#gop-y textarea").input_value() == ""


def test_a_lost_session_loses_no_word(office: Callable[..., Office]) -> None:
    here = office()
    ident = opened_case(here.desk)
    page = here.person("bao")
    page.goto(f"/vu-viec/{ident}")
    form = fill(page, "gop-y", text=WORDS)
    end_sessions(here.desk, "bao")
    form.locator("button.main").click()
    page.get_by_role("heading", name="Đăng nhập").wait_for()
    sign_in(page, "bao")
    assert page.url.removeprefix(here.base) == f"/vu-viec/{ident}"
    page.get_by_text("Đã khôi phục nội dung nhập dở").wait_for()
    assert page.locator("#gop-y textarea").input_value() == WORDS
    send(page, "gop-y")
    assert here.case(ident).notes[-1].text == WORDS


def test_without_javascript_the_sign_in_page_shows_what_was_typed(office: Callable[..., Office]) -> None:
    here = office(javascript=False)
    ident = opened_case(here.desk)
    page = here.person("bao")
    page.goto(f"/vu-viec/{ident}")
    form = fill(page, "gop-y", text=WORDS)
    end_sessions(here.desk, "bao")
    form.locator("button.main").click()
    page.get_by_role("heading", name="Đăng nhập").wait_for()
    assert page.get_by_label("Nội dung đã nhập").input_value().strip() == WORDS
    assert not here.case(ident).notes
    sign_in(page, "bao")
    assert page.url.removeprefix(here.base) == f"/vu-viec/{ident}"


def test_what_one_person_types_is_never_shown_to_the_next_at_the_same_browser(office: Callable[..., Office]) -> None:
    here = office()
    path = f"/vu-viec/{opened_case(here.desk)}"
    page = here.person("bao")
    page.goto(path)
    fill(page, "gop-y", text=WORDS)
    end_sessions(here.desk, "bao")
    page.goto("/dang-nhap")
    sign_in(page, "bao2")
    page.goto(path)
    assert page.get_by_text("Đã khôi phục").count() == 0
    assert page.locator("#gop-y textarea").input_value() == ""
    fill(page, "gop-y", text="Của người thứ hai")
    leave(page)
    # Who signs out leaves nothing behind; what another one's lost session left stays for him alone.
    assert WORDS in kept(page) and "Của người thứ hai" not in kept(page)
    sign_in(page, "bao")
    page.goto(path)
    page.get_by_text("Đã khôi phục nội dung nhập dở").wait_for()
    assert page.locator("#gop-y textarea").input_value() == WORDS
    leave(page)
    assert WORDS not in kept(page)


def leave(page: Any) -> None:
    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/dang-nhap")


def kept(page: Any) -> str:
    """All that this browser keeps of what was typed."""
    return str(page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })"))


# Two officers on one case.


@pytest.mark.parametrize(
    ("javascript", "order"),
    [(True, ("bao", "bao2")), (False, ("bao2", "bao"))],
    ids=["with javascript", "without javascript, the other way round"],
)
def test_two_officers_in_two_browsers_overwrite_nothing(
    office: Callable[..., Office], javascript: bool, order: tuple[str, str]
) -> None:
    here = office(javascript=javascript)
    ident = opened_case(here.desk)
    first, second = (here.person(login) for login in order)
    for page in (first, second):
        page.goto(f"/vu-viec/{ident}")
    fill(second, "thong-tin-sua", title="Tên của người thứ hai")
    send(first, "thong-tin-sua", title="Tên của người thứ nhất")
    second.locator("#thong-tin-sua button.main").click()
    second.locator("#thong-tin-sua .wrong").wait_for()
    assert here.case(ident).title == "Tên của người thứ nhất"
    assert second.locator("#thong-tin-sua [name=title]").input_value() == "Tên của người thứ hai"
    assert "Tên của người thứ nhất" in second.locator("h1").inner_text()
    # Seen what the other did, the second says it again; now it is his word.
    send(second, "thong-tin-sua")
    assert here.case(ident).title == "Tên của người thứ hai"
    # What has been changed together stands beside one another.
    first.goto(f"/vu-viec/{ident}")
    send(first, "gop-y", text="Ý kiến thứ nhất")
    fill(second, "gop-y", text="Ý kiến thứ hai")
    second.locator("#gop-y button.main").click()
    second.locator("#gop-y .wrong").wait_for()
    send(second, "gop-y")
    assert [note.text for note in here.case(ident).notes] == ["Ý kiến thứ nhất", "Ý kiến thứ hai"]
