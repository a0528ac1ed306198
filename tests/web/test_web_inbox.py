"""Hộp tin without a script: the list, its filters, decisions by clicking, undo, kept filters, the export."""

from __future__ import annotations

import json
import re
import shutil
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import desk_office
import pytest
from bs4 import BeautifulSoup
from desk_office import Client, Desk
from openpyxl import load_workbook

from monitor import clock
from monitor.config import Home
from monitor.desk import moving, presence, triage
from monitor.jobs.importing import import_archive
from monitor.model.case import Case, Closing, TriageState
from monitor.store import cases, evidence
from monitor.store import triage as decisions
from monitor.web import behind
from monitor.web.pages.inbox import STATES


@pytest.fixture
def desk(_made: Path) -> Desk:
    """The office fresh, always at one place: rules are compiled once a place, which takes a while."""
    place = _made.parent / "inbox"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(_made, place)
    return Desk(home=Home(root=place))


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cases whose evidence was asked for; nothing is fetched."""
    taken: list[str] = []
    monkeypatch.setattr(behind, "take_evidence", lambda home, case, by: taken.append(case))
    return taken


def rows(client: Client, query: str = "") -> list[str]:
    """The subjects on the page, in its order."""
    return re.findall(r'<li data-row id="t-([^"]+)"', client.get(f"/hop-tin{query}").text)


def press(client: Client, query: str = "", /, **button: str) -> Any:
    """Presses a button of the list's form: it brings its own name and value along, as a browser would."""
    return client.submit(f"/hop-tin{query}", "tin", **button)


def state(desk: Desk, subject: str) -> str:
    with desk.sitting() as s:
        found = decisions.get(s.db, subject)
    return found.state.value if found else "new"


def opened(desk: Desk) -> list[Case]:
    with desk.sitting("lanh") as s:
        return list(cases.every(s.db))


def test_a_row_tells_what_is_needed_to_decide(desk: Desk) -> None:
    soup = BeautifulSoup(desk.client("bao").get("/hop-tin").text, "html.parser")
    found = soup.select(".queue > li")
    assert len(found) == 25
    first = found[0]
    assert first.select_one("h2 a[data-key=o]")["href"].startswith("/bai/a")
    words = " ".join(first.text.split())
    for said in ("bao0", "Không liên quan", "Ghi nhận", "Mở vụ việc", "Giao", "Xem nhanh"):
        assert said in words
    assert re.search(r"(Thứ \w+|Chủ nhật) \d\d/\d\d, \d\d:\d\d", words)
    assert {one.get("data-key") for one in first.select("[data-key]")} == {"o", "c", "x", "e", "v", "a", "Enter"}


def test_a_page_of_fifty_rows_stays_light(desk: Desk) -> None:
    page = desk.client("bao").get("/hop-tin").text
    static = sum(len(desk.client().get(one).content) for one in re.findall(r'"(/tinh/[^"]+)"', page))
    assert len(page.encode()) * 2 + static < 150_000  # 25 rows here; the frame is counted twice


def test_a_row_s_button_decides_that_row_and_the_place_is_kept(desk: Desk) -> None:
    client = desk.client("bao")
    before = rows(client)
    answer = press(client, e=before[3])
    assert "Đã ghi nhận: “Công đoàn lên tiếng" in answer.text
    assert answer.history[0].headers["location"] == f"/hop-tin#t-{before[4]}"
    assert rows(client) == [one for one in before if one != before[3]]
    assert state(desk, before[3]) == "noted"


def take_back(client: Client, answer: Any) -> Any:
    """Presses the undo beside the message."""
    form = BeautifulSoup(answer.text, "html.parser").select_one(".flash form")
    return client.post(form["action"], data={one["name"]: one["value"] for one in form.select("input")})


def test_an_undo_beside_the_message_takes_it_back(desk: Desk) -> None:
    client = desk.client("bao")
    before = rows(client)
    soup = BeautifulSoup(press(client, x=before[0]).text, "html.parser")
    form = soup.select_one(".flash form")
    answer = client.post(form["action"], data={one["name"]: one["value"] for one in form.select("input")})
    assert "Đã hoàn tác" in answer.text
    assert answer.history[0].headers["location"] == f"/hop-tin#t-{before[0]}"
    assert rows(client) == before


def test_ticked_rows_are_decided_together_and_undone_together(desk: Desk) -> None:
    client = desk.client("bao")
    before = rows(client)
    answer = press(client, tin=before[:4], lam="x", **{"ghi-chu": "Không thuộc địa bàn"})
    assert "Đã xếp không liên quan: 4 tin." in answer.text
    listed = client.get("/hop-tin?trang-thai=irrelevant").text
    assert listed.count("“Không thuộc địa bàn”") == 4
    form = BeautifulSoup(answer.text, "html.parser").select_one(".flash form")
    client.post(form["action"], data={one["name"]: one["value"] for one in form.select("input")})
    assert rows(client) == before


def test_nothing_ticked_is_said_at_the_form(desk: Desk) -> None:
    answer = press(desk.client("bao"), lam="e")
    assert answer.status_code == 422
    assert "Chưa chọn tin nào" in BeautifulSoup(answer.text, "html.parser").select_one("#tin .wrong").text


_TAKE = behind.take_evidence


def test_evidence_of_a_new_case_is_taken_behind_the_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "take_evidence", _TAKE)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # nobody answers there
    client = desk.client("bao")
    press(client, v=rows(client)[0])
    (case,) = opened(desk)
    found: list[object] = []
    for _ in range(200):
        with desk.sitting() as s:
            found = list(evidence.missing_of(s.db, case.id))
        if found:
            break
        time.sleep(0.05)
    assert found


def test_ticked_rows_become_one_case_and_its_undo_brings_all_back(desk: Desk, asked: list[str]) -> None:
    client = desk.client("bao")
    before = rows(client)
    answer = press(client, tin=before[:3], lam="v")
    (case,) = opened(desk)
    assert f"Đã mở vụ việc {case.id}: 3 tin." in answer.text
    assert asked == [case.id]
    assert len(case.articles) == 3
    form = BeautifulSoup(answer.text, "html.parser").select_one(".flash form")
    assert "3 tin" in client.post(form["action"], data={o["name"]: o["value"] for o in form.select("input")}).text
    assert rows(client) == before


def test_ticked_rows_join_an_open_case(desk: Desk) -> None:
    client = desk.client("bao")
    before = rows(client)
    press(client, v=before[0])
    answer = press(client, tin=before[1:3], lam="t", vao="")
    assert "Vụ việc để thêm vào" in answer.text and answer.status_code == 422
    press(client, tin=before[1:3], lam="t", vao=opened(desk)[0].id)
    assert len(opened(desk)[0].articles) == 3


def test_a_new_print_of_an_open_case_joins_it_and_an_undo_takes_it_out(desk: Desk) -> None:
    client = desk.client("bao")
    subject = rows(client)[0]
    press(client, v=subject)
    again = desk_office.press(1)[0] | {"url": "http://bao9.example/dang-lai.html", "outlet": "bao9"}
    import_archive(desk.home, [json.dumps(again, ensure_ascii=False)])
    soup = BeautifulSoup(client.get("/hop-tin").text, "html.parser").select_one(f"#t-{subject}")
    (case,) = opened(desk)
    assert f"bài mới của vụ {case.id}" in " ".join(soup.text.split())
    assert [one.text for one in soup.select(".acts button")] == [f"Thêm vào {case.id}"]
    answer = press(client, t=f"{subject} {case.id}")
    assert len(opened(desk)[0].articles) == 2
    assert f"Đã thêm vào vụ việc {case.id}" in answer.text
    assert "Đã hoàn tác" in take_back(client, answer).text
    assert [one.articles for one in opened(desk)] == [case.articles]
    assert rows(client)[0] == subject


def test_new_prints_of_a_closed_case_are_noted_with_a_click(desk: Desk) -> None:
    client = desk.client("bao")
    subject = rows(client)[0]
    press(client, v=subject)
    (case,) = opened(desk)
    with desk.sitting("bao") as s:
        moving.close_without(s, case.id, Closing.PASSED_ON, "chuyển", "nơi khác")
    again = desk_office.press(1)[0] | {"url": "http://bao9.example/dang-lai.html", "outlet": "bao9"}
    import_archive(desk.home, [json.dumps(again, ensure_ascii=False)])
    assert subject in rows(client)
    answer = press(client, e=subject)
    assert "Đã ghi nhận" in answer.text and subject not in rows(client)
    assert "Đã hoàn tác" in take_back(client, answer).text
    assert subject in rows(client)


def test_a_check_is_given_out_with_the_case_in_one_act(desk: Desk) -> None:
    client = desk.client("bao")
    subject = rows(client)[2]
    form = f"giao-{subject}"
    page = f"/hop-tin?giao={subject}"
    refused = client.submit(page, form, **{"viec": "Xác minh tiền lương tháng 10"})
    assert refused.status_code == 422  # to nobody
    assert "Xác minh tiền lương tháng 10" in refused.text
    assert not opened(desk)  # all of it or nothing
    due = clock.local(clock.now()).date() + timedelta(days=4)
    answer = client.submit(page, form, **{"don-vi": "Công đoàn các Khu công nghiệp tỉnh", "han": f"{due:%d/%m/%Y}"})
    (case,) = opened(desk)
    assert f"Đã mở và giao vụ việc {case.id}" in answer.text
    assert [(one.unit, one.due) for one in case.assignments] == [("kcn", due)]
    other = rows(client)[0]
    client.submit(
        f"/hop-tin?giao={other}",
        f"giao-{other}",
        **{"can-bo": desk.person("bao2").id, "vao": case.id, "phan": "cooperates"},
    )
    assert len(opened(desk)[0].assignments) == 2


def test_what_another_officer_decided_meanwhile_is_told_and_left(desk: Desk) -> None:
    mine, other = desk.client("bao"), desk.client("bao2")
    subjects = rows(mine)
    page = mine.get("/hop-tin").text
    data = {one["name"]: one["value"] for one in BeautifulSoup(page, "html.parser").select("#tin input[type=hidden]")}
    press(other, e=subjects[0])
    answer = mine.post("/hop-tin", data={**data, "x": subjects[0]})
    assert answer.status_code == 409
    assert "Bùi Thị Ký vừa phân loại tin" in answer.text
    assert state(desk, subjects[0]) == "noted"
    answer = mine.post("/hop-tin", data={**data, "tin": subjects[:2], "lam": "x"})
    assert "Bùi Thị Ký vừa phân loại" in answer.text and "Đã xếp không liên quan: “" in answer.text
    assert [state(desk, one) for one in subjects[:2]] == ["noted", "irrelevant"]


def test_an_undo_never_takes_back_what_another_one_decided_after(desk: Desk) -> None:
    mine, other = desk.client("bao"), desk.client("bao2")
    subject = rows(mine)[0]
    soup = BeautifulSoup(press(mine, e=subject).text, "html.parser")
    press(other, "?trang-thai=noted", x=subject)
    form = soup.select_one(".flash form")
    answer = mine.post(form["action"], data={one["name"]: one["value"] for one in form.select("input")})
    assert "Bùi Thị Ký vừa phân loại" in answer.text
    assert state(desk, subject) == "irrelevant"


def test_decided_rows_can_be_undone_from_their_lists(desk: Desk) -> None:
    client = desk.client("bao")
    subject = rows(client)[0]
    press(client, e=subject)
    page = client.get("/hop-tin?trang-thai=noted").text
    assert "Trần Văn Báo" in page
    answer = press(client, "?trang-thai=noted", u=subject)
    assert "Đã hoàn tác" in answer.text
    assert state(desk, subject) == "new"


def test_filters_live_in_the_address(desk: Desk) -> None:
    client = desk.client("bao")
    assert len(rows(client, "?bao=bao1")) == 8
    assert len(rows(client, "?tu-khoa=bua+an+ca")) == 5
    assert len(rows(client, "?xep=reprints&ngay=1")) == 8
    day = clock.local(clock.now()).date() - timedelta(days=1)
    assert 0 < len(rows(client, f"?tu={day:%d/%m/%Y}&den={day:%d/%m/%Y}")) <= 8
    page = client.get("/hop-tin?tu=hôm+kia&trang-thai=lạ&bao=bao1").text
    assert "Không đọc được “lạ”, “hôm kia”" in page
    assert 'value="bao1" selected' in page


def test_a_refused_form_finds_the_same_filtered_list(desk: Desk) -> None:
    answer = press(desk.client("bao"), "?bao=bao1", lam="e")
    assert answer.text.count("<li data-row") == 8
    assert 'value="bao1" selected' in answer.text


def test_a_filter_is_kept_under_a_name_listed_and_dropped(desk: Desk) -> None:
    client = desk.client("bao")
    client.submit("/hop-tin?bao=bao1&chu-y=", "luu-bo-loc", ten="Báo Một <b>")
    page = client.get("/hop-tin").text
    assert '<a href="/hop-tin?bao=bao1">Báo Một &lt;b&gt;</a>' in page
    assert "Báo Một" not in desk.client("bao2").get("/hop-tin").text
    refused = client.submit("/hop-tin?bao=bao2", "luu-bo-loc", ten="x" * 61)
    assert refused.status_code == 422 and "x" * 61 in refused.text
    form = BeautifulSoup(page, "html.parser").select_one("form[id^=bo-loc-]")
    client.submit("/hop-tin", form["id"])
    assert "Báo Một" not in client.get("/hop-tin").text


def test_the_excel_file_holds_exactly_the_filtered_list(desk: Desk) -> None:
    raw = desk.client("thu").get("/hop-tin?bao=bao2&xuat=xlsx").content
    sheet = load_workbook(BytesIO(raw)).active
    assert sheet.max_row == 1 + 8
    assert {row[2] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"bao2"}


def test_empty_states_say_what_to_do(desk: Desk) -> None:
    client = desk.client("bao")
    assert "Không có tin nào mới khớp bộ lọc này" in client.get("/hop-tin?tu-khoa=zzz").text
    press(client, tin=rows(client), lam="x")
    assert "Đã xử lý hết tin mới của 14 ngày qua" in client.get("/hop-tin").text
    assert "Không có tin nào ở mục “Đã ghi nhận”" in client.get("/hop-tin?trang-thai=noted").text
    (desk.home.root / "sources.yaml").unlink()
    assert "Chưa theo dõi nguồn nào" in client.get("/hop-tin").text


def test_a_clerk_reads_and_decides_nothing_a_unit_sees_no_queue(desk: Desk) -> None:
    clerk = desk.role("clerk")
    page = clerk.get("/hop-tin").text
    assert "data-row" in page and 'data-key="x"' not in page
    subject = rows(clerk)[0]
    assert clerk.post_form("/hop-tin", _form="tin", x=subject).status_code == 422
    assert state(desk, subject) == "new"
    assert desk.role("unit").get("/hop-tin").status_code == 403


def test_the_quick_look_shows_enough_and_leads_to_the_next(desk: Desk) -> None:
    client = desk.client("bao")
    subjects = rows(client)
    with desk.sitting("bao2") as s:
        presence.look(s, subjects[1], s.now)
    page = client.get(f"/hop-tin/{subjects[1]}").text
    soup = BeautifulSoup(page, "html.parser")
    assert soup.select("mark")
    assert "Bùi Thị Ký</b> cũng đang mở tin này" in page
    assert "Bùi Thị Ký</b> đang mở" in client.get("/hop-tin").text
    assert soup.select_one("a[rel=prev]")["href"] == f"/hop-tin/{subjects[0]}"
    assert soup.select_one("a[rel=next]")["href"] == f"/hop-tin/{subjects[2]}"
    answer = client.submit(f"/hop-tin/{subjects[1]}", "xem", x=subjects[1])
    assert answer.url.path == f"/hop-tin/{subjects[2]}"
    assert "Đã xếp không liên quan" in answer.text
    form = BeautifulSoup(answer.text, "html.parser").select_one(".flash form")
    back = client.post(form["action"], data={one["name"]: one["value"] for one in form.select("input")})
    assert back.url.path == f"/hop-tin/{subjects[1]}"
    assert "Bùi Thị Ký" in client.get(f"/hop-tin/{subjects[1]}/ai").text
    assert client.get("/hop-tin/khong-co").status_code == 404


def test_an_earlier_case_of_the_same_company_is_shown_beside_a_story(desk: Desk) -> None:
    client = desk.client("bao")
    page = client.get("/hop-tin").text
    named = re.findall(r'id="t-([^"]+)".*?Công ty ([^<]+?) số \d+<', page, re.S)
    first, name = named[0]
    press(client, v=first)
    other = next(one for one, company in named[1:] if company == name)
    found = client.get(f"/hop-tin/{other}").text
    assert opened(desk)[0].id in found and "Cùng doanh nghiệp" in found


def test_a_restricted_case_leaves_no_trace(desk: Desk) -> None:
    client = desk.client("bao2")
    subjects = rows(client)
    with desk.sitting("lanh") as s:
        case = triage.open_case(s, [subjects[0]], triage.Opening())
        moving.restrict(s, case.id, [])
    for path in ("/hop-tin", "/hop-tin?trang-thai=all", f"/hop-tin/{subjects[0]}", f"/hop-tin/{subjects[1]}"):
        assert case.id not in client.get(path).text
    assert case.id.encode() not in client.get("/hop-tin?trang-thai=all&xuat=xlsx").content
    answer = client.post_form("/hop-tin", _form="tin", x=subjects[0])
    assert answer.status_code in (409, 422) and case.id not in answer.text and "Lê Thị Lãnh" not in answer.text


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script> công đoàn", '=HYPERLINK("http://evil.example") công đoàn']
)
def test_a_hostile_headline_stays_text(tmp_path: Path, title: str) -> None:
    (item,) = desk_office.press(1)
    made = desk_office.make(tmp_path / "home", [item | {"title": title}])
    client = made.client("bao")
    (subject,) = rows(client)
    for path in ("/hop-tin", f"/hop-tin/{subject}"):
        assert "<script>alert" not in client.get(path).text
    assert "<script>alert" not in press(client, e=subject).text
    sheet = load_workbook(BytesIO(client.get("/hop-tin?trang-thai=all&xuat=xlsx").content)).active
    assert sheet["B2"].data_type == "s" and sheet["B2"].value == title


def test_an_address_of_another_site_is_no_way_back(desk: Desk) -> None:
    client = desk.client("bao")
    answer = client.submit("/hop-tin", "tin", e=rows(client)[0], ve="//evil.example/")
    assert answer.url.path == "/hop-tin" and str(answer.url).startswith("http://localhost/")


def test_states_of_the_tabs_are_those_of_the_model() -> None:
    assert set(STATES) == {one.value for one in TriageState} | {"all"}
