"""Units' reports in the browser: who sees and does what, forms, workbooks, what it all comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from desk_office import Client, Desk

from monitor import clock
from monitor.config.unit_report import FILE
from monitor.desk import people, triage, unit_books, unit_reports
from monitor.desk.unit_owed import current, period_of, periods
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.model.unit_report import UnitReport, UnitReportState, Wording
from monitor.store import unit_reports as store
from monitor.store.db import opened

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PERIOD = "2026H1"
SHELF, KCN, MAY = "/bao-cao/don-vi", f"/bao-cao/don-vi/{PERIOD}/kcn", f"/bao-cao/don-vi/{PERIOD}/may"
_RULES = """every: half
kinds: [zone, grassroots]
due_days: 10
remind_days: [7]
remind_late_days: 7
fields:
  - {id: found, label: Vụ việc phát hiện, unit: vụ, group: Theo dõi, known: cases_opened}
  - {id: classes, label: Lớp tập huấn, unit: lớp, group: Tập huấn}
  - {id: talks, label: Cuộc họp báo, unit: cuộc, group: Tập huấn, federation: true}
"""


@pytest.fixture(autouse=True)
def _rules(desk: Desk) -> Iterator[None]:
    """Three fields of our own, asked of a zone and of the grassroots union below it."""
    for folder in desk.home.rules:
        if (folder / FILE).exists() or folder.is_relative_to(desk.home.root):
            (folder / FILE).write_text(_RULES, encoding="utf-8")
            break
    yield


def kept(desk: Desk, unit: str = "kcn", login: str = "bao") -> UnitReport:
    with desk.sitting(login) as s:
        return unit_reports.form(s, unit, period_of(desk.home, PERIOD))


def filled(desk: Desk, unit: str = "kcn", login: str = "co", hand_in: bool = True, **values: int) -> UnitReport:
    with desk.sitting(login) as s:
        span = period_of(desk.home, PERIOD)
        before = unit_reports.form(s, unit, span)
        words = {Wording.WORK: "Đã mở hai lớp."}
        made = unit_reports.save(s, unit, span, values or {"found": 3, "classes": 2}, words, seen=before.revision)
        return unit_reports.submit(s, made.id) if hand_in else made


def workbook(desk: Desk, unit: str = "kcn", **cells: object) -> bytes:
    with desk.sitting("bao") as s:
        raw = unit_books.template(s, unit, period_of(desk.home, PERIOD))
    opened = openpyxl.load_workbook(BytesIO(raw))
    for cell, value in cells.items():
        opened["Số liệu"][cell] = value
    made = BytesIO()
    opened.save(made)
    return made.getvalue()


def upload(client: Client, page: str, form: str, raw: bytes, name: str = "bao-cao.xlsx", **fields: object) -> Any:
    return client.submit(page, form, files={"tep": (name, raw, XLSX)}, **fields)


def message(answer: Any) -> str:
    found = BeautifulSoup(answer.text, "lxml").select_one("form .wrong, .wrong")
    return found.get_text() if found else ""


# The list.


def test_the_federation_sees_who_has_reported_and_who_is_missing(desk: Desk) -> None:
    filled(desk, "may", "may")
    for login in ("lanh", "bao", "thu"):
        page = desk.client(login).get(f"{SHELF}?ky={PERIOD}").text
        assert "đã nộp <b>1/2</b>" in page
        assert "quá hạn chưa nộp 1" in page
        assert f'href="{KCN}"' in page
        assert "chưa có địa chỉ thư" in page
    only = desk.client("bao").get(f"{SHELF}?ky={PERIOD}&tinh-trang=missing").text
    assert f'href="{KCN}"' in only
    assert f'href="{MAY}"' not in only


def test_who_only_keeps_the_program_sees_none_of_it(desk: Desk) -> None:
    for path in (SHELF, KCN, f"{KCN}/bieu", f"{SHELF}/{PERIOD}/chenh-lech", f"{SHELF}/{PERIOD}/tong-hop"):
        assert desk.client("quan").get(path).status_code == 403


def test_a_unit_sees_its_own_report_and_those_below_and_nobody_else_s(desk: Desk) -> None:
    zone, union = desk.client("co"), desk.client("may")
    page = zone.get(f"{SHELF}?ky={PERIOD}").text
    assert "Báo cáo của Công đoàn các Khu công nghiệp tỉnh" in page
    assert f'href="{MAY}"' in page
    assert zone.get(MAY).status_code == 200
    page = union.get(f"{SHELF}?ky={PERIOD}").text
    assert f'href="{KCN}"' not in page
    assert "Gửi biểu" not in page
    for path in (KCN, f"{KCN}/bieu", f"{SHELF}/{PERIOD}/ld", f"{SHELF}/{PERIOD}/tong-hop?cua=kcn"):
        answer = union.get(path)
        assert answer.status_code == 403
        assert "Số đơn vị báo" not in answer.text
    assert union.post_form(SHELF + "/phat", ky=PERIOD).status_code == 403
    assert union.post_form(KCN, _revision="0", **{"so-found": "1"}).status_code in (403, 422)
    assert kept(desk).revision == 0


def test_an_office_without_units_says_what_to_do(desk: Desk) -> None:
    path = next(folder / FILE for folder in desk.home.rules if (folder / FILE).exists())
    path.write_text(_RULES.replace("[zone, grassroots]", "[sector]"), encoding="utf-8")
    page = desk.client("bao").get(SHELF).text
    assert "Chưa có đơn vị nào phải báo cáo" in page
    assert "rules/unit_report.yaml" in page
    assert "Không có chênh lệch" in desk.client("bao").get(f"{SHELF}/{PERIOD}/chenh-lech").text
    assert "Chưa có báo cáo đã nhận" in desk.client("bao").get(f"{SHELF}/{PERIOD}/tong-hop").text


def test_a_period_that_is_none_of_theirs_is_told(desk: Desk) -> None:
    answer = desk.client("bao").get(f"{SHELF}/2026Q3/kcn")
    assert answer.status_code == 404
    assert "không phải kỳ báo cáo" in answer.text
    assert "<script>" not in desk.client("bao").get(f"{SHELF}?ky=<script>").text.partition("<main")[2]


def test_the_list_goes_out_as_a_table(desk: Desk) -> None:
    filled(desk)
    answer = desk.client("lanh").get(f"{SHELF}?ky={PERIOD}&xuat=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
    assert rows[0][:4] == ("Đơn vị", "Nộp về", "Hạn nộp", "Tình trạng")
    assert {row[0] for row in rows[1:]} == {
        "Công đoàn các Khu công nghiệp tỉnh",
        "Công đoàn cơ sở Công ty May Bình Minh",
    }


# The form.


def test_a_unit_saves_a_draft_hands_it_in_and_the_federation_accepts_it(desk: Desk) -> None:
    zone = desk.client("co")
    page = zone.submit(KCN, "bieu", act="draft", **{"so-classes": "4", "loi-work": "Mở bốn lớp."})
    assert "Đã ghi nháp" in page.text
    assert kept(desk).value("classes") == 4
    page = zone.submit(KCN, "bieu", act="submit", **{"so-found": "2"})
    assert "Đã nộp báo cáo" in page.text
    assert "Nhận báo cáo" not in page.text
    page = desk.client("bao").submit(KCN, "duyet")
    assert "Đã nhận báo cáo." in page.text
    assert "Trần Văn Báo" in page.text
    made = kept(desk)
    assert (made.state, made.said(Wording.WORK), made.value("found")) == (UnitReportState.ACCEPTED, "Mở bốn lớp.", 2)


def test_the_body_above_gives_a_report_back_with_its_reason(desk: Desk) -> None:
    filled(desk, "may", "may")
    zone = desk.client("co")
    page = zone.submit(MAY, "tra-lai", **{"ly-do": ""})
    assert page.status_code == 422
    page = zone.submit(MAY, "tra-lai", **{"ly-do": "Thiếu số vụ việc <b>quý II</b>."})
    assert "Đã trả lại báo cáo" in page.text
    seen = desk.client("may").get(MAY).text
    assert "Trả lại để sửa:" in seen
    assert "&lt;b&gt;quý II&lt;/b&gt;" in seen
    assert "Hoàng Văn Cơ" in seen
    page = desk.client("may").submit(MAY, "bieu", act="submit")
    assert "Đã nộp báo cáo" in page.text


def test_a_unit_takes_its_report_back_and_hands_it_in_again(desk: Desk) -> None:
    filled(desk)
    page = desk.client("co").submit(KCN, "thu-hoi")
    assert "Đã rút lại báo cáo" in page.text
    assert kept(desk).state is UnitReportState.DRAFT
    filled(desk)
    assert "Báo cáo đã nộp. Sửa thì phải được xem và nhận lại." in desk.client("co").get(f"{KCN}?sua=1").text


def test_what_was_decided_meanwhile_is_told_also_where_the_form_is_gone(desk: Desk) -> None:
    made = filled(desk)
    with desk.sitting("lanh") as s:
        unit_reports.accept(s, made.id)
    answer = desk.client("bao").post_form(f"{KCN}/duyet", _form="duyet", _revision=str(made.revision))
    assert answer.status_code == 409
    assert "vừa được người khác" in message(answer)


def test_who_reads_only_has_no_button(desk: Desk) -> None:
    filled(desk)
    page = desk.client("thu").get(KCN).text
    for words in ("Nhận báo cáo", "Trả lại để sửa…", "Ghi và nộp", "Đọc tệp", "Sửa báo cáo"):
        assert words not in page
    assert "Đã mở hai lớp." in page


@pytest.mark.parametrize("said", ["mười", "-1", "1,5", "1e9"])
def test_a_refused_form_keeps_what_was_typed_and_names_the_field(desk: Desk, said: str) -> None:
    page = desk.client("co").submit(KCN, "bieu", act="submit", **{"so-classes": said, "loi-work": "Việc đã làm"})
    assert page.status_code == 422
    assert "Lớp tập huấn" in message(page)
    assert f'value="{said}"' in page.text
    assert "Việc đã làm" in page.text
    assert kept(desk).revision == 0


def test_two_at_one_form_and_the_second_loses_nothing(desk: Desk) -> None:
    client = desk.client("bao")
    fields = {"act": "draft", "_form": "bieu", "_revision": "0", "so-classes": "9", "loi-work": "Lời của người sau"}
    filled(desk, hand_in=False)
    answer = client.post_form(KCN, **fields)
    assert answer.status_code == 409
    assert "Lời của người sau" in answer.text
    assert 'value="9"' in answer.text
    assert kept(desk).value("classes") == 2
    revision = re.search(r'id="bieu".*?name="_revision" value="(\d+)"', answer.text, re.S)
    assert revision
    assert client.post_form(KCN, **fields | {"_revision": revision[1]}).status_code == 200
    assert kept(desk).value("classes") == 9


def test_the_federation_writes_its_own_part_and_needs_nobody_for_it(desk: Desk) -> None:
    path = f"{SHELF}/{PERIOD}/ld"
    page = desk.client("bao").submit(path, "bieu", act="submit", **{"so-talks": "5"})
    assert "Đã chốt số liệu" in page.text
    assert "Cuộc họp báo" in page.text
    assert "Cuộc họp báo" not in desk.client("co").get(KCN).text


# Workbooks.


def test_a_workbook_goes_out_and_comes_back(desk: Desk) -> None:
    answer = desk.client("co").get(f"{KCN}/bieu")
    assert answer.headers["content-type"] == XLSX
    assert openpyxl.load_workbook(BytesIO(answer.content))["Số liệu"]["D13"].value is None
    page = upload(desk.client("co"), KCN, "tep", workbook(desk, D13=6))
    assert "Đã ghi và nộp báo cáo" in page.text
    made = kept(desk)
    assert (made.state, made.value("classes"), made.via) == (UnitReportState.SUBMITTED, 6, "workbook")
    (link,) = re.findall(rf'href="({KCN}/tep/[0-9a-f]+)"', page.text)
    assert desk.client("bao").get(link).content[:2] == b"PK"
    assert desk.client("may").get(link).status_code == 403
    assert desk.client("bao").get(f"{KCN}/tep/{'0' * 64}").status_code == 404


def test_a_spoiled_workbook_is_told_by_cell_and_nothing_is_kept(desk: Desk) -> None:
    raw = workbook(desk, D11="mười hai", D13=-2, F13='=WEBSERVICE("http://x.test")')
    page = upload(desk.client("co"), KCN, "tep", raw)
    assert page.status_code == 422
    told = message(page).split("\n")
    assert "3 chỗ chưa đúng; chưa ghi số liệu nào" in told[0]
    assert [re.search(r"ô (\w+):", line)[1] for line in told if "ô " in line and "Trang tính" in line] == [
        "D11", "D13", "F13",
    ]  # fmt: skip
    assert kept(desk).revision == 0


def test_a_workbook_of_another_unit_or_period_is_refused_here_and_taken_by_the_list(desk: Desk) -> None:
    raw = workbook(desk, "may", D13=1)
    page = upload(desk.client("bao"), KCN, "tep", raw)
    assert page.status_code == 422
    assert "mã “may”" in message(page)
    page = upload(desk.client("bao"), SHELF, "nhan-tep", raw)
    assert "Đã ghi và nộp báo cáo của Công đoàn cơ sở Công ty May Bình Minh" in page.text
    assert kept(desk, "may").value("classes") == 1


@pytest.mark.parametrize(
    ("raw", "name", "told"),
    [
        (b"a;b\n1;2", "a.csv", "tệp chữ hoặc tệp CSV"),
        (b"PK\x03\x04" + bytes(11 * 2**20), "a.xlsx", "lớn hơn 10 MB"),
        (b"\x05Le Thi" + bytes(150), "~$bao-cao.xlsx", "khóa tạm"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.xls", "kiểu cũ"),
    ],
    ids=["csv", "large", "lock", "old"],
)
def test_what_is_no_workbook_is_told_at_its_form(desk: Desk, raw: bytes, name: str, told: str) -> None:
    page = upload(desk.client("bao"), SHELF, "nhan-tep", raw, name)
    assert page.status_code == 422
    assert told in message(page)
    assert 'id="nhan-tep"' in page.text


def test_no_file_chosen_is_told_and_a_unit_cannot_hand_in_for_another(desk: Desk) -> None:
    page = desk.client("co").submit(KCN, "tep")
    assert page.status_code == 422
    page = upload(desk.client("may"), SHELF, "nhan-tep", workbook(desk))
    assert page.status_code == 422
    assert kept(desk).revision == 0


# What it all comes to.


def test_totals_add_what_was_accepted_and_go_out_as_the_same_form(desk: Desk) -> None:
    filled(desk, found=3, classes=2)
    filled(desk, "may", "may", found=1, classes=0)
    with desk.sitting("bao") as s:
        unit_reports.accept(s, kept(desk).id)
    client = desk.client("lanh")
    page = client.get(f"{SHELF}/{PERIOD}/tong-hop").text
    assert "1 báo cáo đã nộp nhưng chưa nhận" in page
    assert "Đã mở hai lớp." in page
    row = BeautifulSoup(page, "lxml").find(id="ct-found")
    assert [cell.get_text() for cell in row.find_all("td")][1:5] == ["3", "—", "3", "1"]
    answer = client.get(f"{SHELF}/{PERIOD}/tong-hop?xuat=xlsx")
    assert openpyxl.load_workbook(BytesIO(answer.content)).sheetnames[0] == "Số liệu"
    zone = desk.client("co").get(f"{SHELF}/{PERIOD}/tong-hop").text
    assert "Công đoàn các Khu công nghiệp tỉnh" in zone


def test_differences_are_shown_beside_the_figure_and_with_the_way_to_the_report(desk: Desk) -> None:
    with desk.sitting("bao") as s:
        subject = triage.pending(s, days=60)[0].subject
        triage.open_case(s, [subject], triage.Opening(title="Chậm lương", units=("kcn",)))
        span = periods(desk.home, clock.local(s.now).date())[0]
        form = unit_reports.form(s, "kcn", span)
        assert form.value("found") == 1
        unit_reports.submit(s, unit_reports.save(s, "kcn", span, {"found": 4}, {}, seen=0).id)
    client = desk.client("bao")
    page = client.get(f"{SHELF}/{span.key}/chenh-lech")
    row = BeautifulSoup(page.text, "lxml").find(id="cl-kcn-found")
    assert [cell.get_text() for cell in row.find_all("td")][2:] == ["4", "1", "+3"]
    assert "khác" in BeautifulSoup(client.get(row.a["href"]).text, "lxml").find(id="ct-found").get_text()
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"{SHELF}/{span.key}/chenh-lech?xuat=xlsx").content)).active
    assert list(sheet.values)[1][1:] == ("Vụ việc phát hiện", 4, 1, 3)
    assert "chenh-lech" in desk.client("may").get(SHELF).text
    assert "Không có chênh lệch" in desk.client("may").get(f"{SHELF}/{span.key}/chenh-lech").text


def test_forms_are_mailed_or_it_is_said_why_not(desk: Desk) -> None:
    page = desk.client("thu").submit(f"{SHELF}?ky={PERIOD}", "phat-bieu")
    assert "Chưa gửi được cho 2 đơn vị" in page.text
    page = desk.client("bao").submit(KCN, "phat-bieu")
    assert "Chưa gửi được cho 1 đơn vị" in page.text
    assert desk.client("lanh").submit(SHELF, "nhac-nop").status_code == 200


def test_a_form_that_was_mailed_stands_beside_the_unit(desk: Desk) -> None:
    (desk.home.root / "rules" / "deliver.yaml").write_text(
        "smtp:\n  host: mail.example\n  sender: bao@cd.example\nchannels: []\nprofiles: []\n", encoding="utf-8"
    )
    with opened(desk.home.database) as db:
        boss = Person(id="u0", name="", roles=(OfficeRole.ADMIN,))
        people.put_unit(db, boss, replace(people.unit(db, "kcn"), email="kcn@cd.example"), now=clock.now())
    page = desk.client("thu").submit(f"{SHELF}?ky={PERIOD}", "phat-bieu").text
    assert "Đã xếp gửi biểu cho 1 đơn vị" in page
    row = BeautifulSoup(page, "lxml").find(id="dv-kcn")
    assert "biểu " in row.find("td", attrs={"data-label": "Thư đã gửi"}).get_text()
    assert "gửi biểu" in desk.client("bao").get(KCN).text
    assert "gửi biểu" not in desk.client("co").get(KCN).text


def test_a_hostile_name_stays_a_name_on_the_page_and_in_the_workbook(desk: Desk) -> None:
    with opened(desk.home.database) as db:
        boss = Person(id="u0", name="", roles=(OfficeRole.ADMIN,))
        made = Unit(id="ban", name='=HYPERLINK("x") <script>alert(1)</script>', kind=UnitKind.ZONE, parent="ld")
        people.new_unit(db, boss, made, now=clock.now())
    page = desk.client("bao").get(f"{SHELF}?ky={current(desk.home, clock.local(clock.now()).date()).key}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    answer = desk.client("bao").get(f"{SHELF}/{PERIOD}/ban/bieu")
    assert openpyxl.load_workbook(BytesIO(answer.content))["Số liệu"]["A2"].data_type in ("s", "inlineStr")
    with opened(desk.home.database) as db:
        assert store.of_unit(db, "ban") == []


def test_a_count_typed_as_the_pages_show_it_is_taken(desk: Desk) -> None:
    answer = desk.client("co").submit(KCN, "bieu", act="draft", **{"so-classes": "1.234"})
    assert answer.status_code == 200
    assert 'value="1234"' in answer.text


@pytest.mark.parametrize(
    ("raw", "name", "told"),
    [
        (b"PK\x03\x04", "bieu.xlsm", "có macro nên không nhận"),
        (b"MZ\x90\x00", "bieu.exe", "không phải tệp Excel"),
        (b"", "bieu.xlsx", "rỗng, không có dữ liệu"),
    ],
)
def test_a_macro_file_a_program_and_an_empty_file_are_refused_as_workbooks(
    desk: Desk, raw: bytes, name: str, told: str
) -> None:
    answer = upload(desk.client("co"), KCN, "tep", raw, name, _revision="0")
    assert answer.status_code == 422
    assert told in message(answer) and "chứng cứ" not in message(answer)
