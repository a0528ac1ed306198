"""Vụ việc: the list, and the page of one with its check."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from desk_office import LOGINS, Desk, ids
from openpyxl import load_workbook

from monitor import clock
from monitor.desk import moving, triage, verifying, watching
from monitor.model.case import AssignmentState, Case, CaseStatus, ClaimVerdict, Closing, Ground, Part
from monitor.model.watch import Change, ChangeKind
from monitor.store import watch, watch_changes

WEEK = timedelta(days=7)
SOURCES = """outlets:
  - {id: bao0, name: Báo Không, kind: press, level: provincial, sources: [{feed: "http://bao0.example/rss"}]}
  - {id: bao1, name: Báo Một, kind: press, level: central, sources: [{feed: "http://bao1.example/rss"}]}
"""


@pytest.fixture(autouse=True)
def few_sources(desk: Desk) -> None:
    """Hundreds of outlets would be read anew for each test."""
    desk.home.sources_file.write_text(SOURCES, encoding="utf-8")


def day(ahead: int = 7) -> str:
    return f"{clock.local(clock.now()) + timedelta(days=ahead):%d/%m/%Y}"


def opened(desk: Desk, title: str = "Vụ chậm trả lương", at: int = 0, by: str = "bao", **what: Any) -> Case:
    with desk.sitting(by) as s, s.db.atomic():
        made = triage.open_case(s, [ids(desk)[at]], triage.Opening(title=title, **what))
        watching.begin(s, made)
    return made


def assigned(desk: Desk, case: Case, **who: str) -> Case:
    due = clock.local(clock.now()).date() + WEEK
    task = verifying.Task(part=Part.LEAD, task="Kiểm tra việc trả lương", due=due, **(who or {"unit": "kcn"}))
    with desk.sitting("bao") as s:
        return verifying.assign(s, case.id, task)


def judged(desk: Desk, case: Case, verdict: ClaimVerdict = ClaimVerdict.RIGHT, ground: Ground | None = None) -> Case:
    with desk.sitting("bao") as s:
        case = verifying.add_claim(
            s, case.id, verifying.Passage(quote="chưa kịp thời đối thoại", typed=True, article=case.articles[0])
        )
        return verifying.judge(
            s, case.id, case.claims[-1].id, verdict, ground=ground, fact="Đã đối thoại", source="Biên bản"
        )


def concluded(desk: Desk, case: Case) -> Case:
    with desk.sitting("lanh") as s:
        return moving.conclude(s, case.id, "Đồng ý")


def now(desk: Desk, case: Case) -> Case:
    with desk.sitting("dau") as s:
        return s.case(case.id)


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


# The list.


def test_an_empty_list_says_where_cases_come_from(desk: Desk) -> None:
    page = desk.role("press").get("/vu-viec")
    assert "Vụ việc được mở từ một tin" in page.text
    assert "Bỏ lọc" not in page.text
    assert "không khớp" not in desk.role("press").get("/vu-viec", params={"q": "x"}).text
    assert "khớp bộ lọc" in desk.role("press").get("/vu-viec", params={"q": "x"}).text


def test_a_case_is_opened_from_an_address_and_an_unknown_one_is_said_at_the_form(desk: Desk) -> None:
    client = desk.role("press")
    address = "http://bao1.example/tin-100001.html"
    refused = client.submit("/vu-viec", "mo", tin="http://khong.example/1", title="Đã gõ", **{"chung-cu": ""})
    assert refused.status_code == 422
    assert 'value="Đã gõ"' in refused.text
    made = client.submit("/vu-viec", "mo", tin=address, title="Vụ từ địa chỉ", **{"chung-cu": ""})
    assert made.status_code == 200, made.text
    assert re.fullmatch(r"/vu-viec/VV\d{4}-0001", made.url.path)
    assert "Đã mở vụ việc" in made.text


def test_what_is_overdue_comes_first_and_closed_cases_stand_apart(desk: Desk) -> None:
    calm = opened(desk, "Vụ yên")
    late = assigned(desk, opened(desk, "Vụ gấp", 1))
    ended = opened(desk, "Vụ xong", 2)
    with desk.sitting("bao") as s:
        moving.close_without(s, ended.id, Closing.MISTAKEN, "nhầm")
        moving.remind(s, calm.id, "Gọi lại", clock.local(clock.now()).date() + 60 * timedelta(days=1))
        moving.remind(s, late.id, "Gọi gấp", clock.local(clock.now()).date() - 3 * timedelta(days=1))
    client = desk.role("leader")
    page = client.get("/vu-viec").text
    assert page.index(late.id) < page.index(calm.id)
    assert ended.id not in page
    assert "quá hạn 3 ngày" in page
    only = client.get("/vu-viec", params={"qua-han": "1"}).text
    assert late.id in only
    assert calm.id not in only
    assert ended.id in client.get("/vu-viec", params={"trang-thai": "closed"}).text
    assert all(
        one in client.get("/vu-viec", params={"trang-thai": "tat-ca"}).text for one in (calm.id, late.id, ended.id)
    )


def test_the_filters_find_by_unit_words_days_and_what_is_mine(desk: Desk) -> None:
    one = opened(desk, "Nợ bảo hiểm ở Chè Suối Bạc", units=("may",))
    other = assigned(desk, opened(desk, "Ngừng việc", 1))
    client = desk.role("press")

    def found(**query: str) -> set[str]:
        return set(re.findall(r'data-row id="([^"]+)"', client.get("/vu-viec", params=query).text))

    assert found(**{"don-vi": "may"}) == {one.id}
    assert found(q="bao hiem") == {one.id}
    assert found(q=other.id.lower()) == {other.id}
    assert found(tu=day(1)) == set()
    assert found(tu=day(-1), den=day(1)) == {one.id, other.id}
    assert found(**{"trang-thai": "verifying"}) == {other.id}
    assert found(**{"cua-toi": "1"}) == {one.id, other.id}
    client = desk.role("unit")
    assert found(**{"cua-toi": "1"}) == {other.id}
    assert "Không hiểu ngày" in desk.role("press").get("/vu-viec", params={"tu": "hôm kia"}).text


def test_the_list_goes_to_excel_without_formulas(desk: Desk) -> None:
    opened(desk, '=HYPERLINK("http://evil.example","x")')
    answer = desk.role("press").get("/vu-viec", params={"xuat": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[1]][:3] == ["Mã", "Tiêu đề", "Trạng thái"]
    assert sheet["B2"].data_type == "s"
    assert "attachment" in answer.headers["content-disposition"]


def test_a_hostile_title_is_words_everywhere(desk: Desk) -> None:
    case = opened(desk, "<script>alert(1)</script><img src=x onerror=alert(2)>")
    for path in ("/vu-viec", f"/vu-viec/{case.id}"):
        text = desk.role("press").get(path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;" in text


# Who sees what.


def test_a_restricted_case_is_unknown_to_all_but_the_named(desk: Desk) -> None:
    case = opened(desk, "Vụ kín", by="dau", allowed=("bao",))
    assert "Hạn chế" in desk.role("press").get(f"/vu-viec/{case.id}").text
    assert "hạn chế" in desk.role("press").get("/vu-viec").text
    for role in ("leader", "clerk", "unit"):
        client = desk.role(role)
        assert "Vụ kín" not in client.get("/vu-viec").text
        for path in ("", "/dang-mo", "/chung-cu/b1", f"/trich/{case.articles[0]}"):
            answer = client.get(f"/vu-viec/{case.id}{path}")
            assert answer.status_code == 404, path
            assert "Vụ kín" not in answer.text
        assert "Vụ kín" not in client.post_form(f"/vu-viec/{case.id}/y-kien", _form="gop-y", text="x").text
        assert case.id not in client.get("/vu-viec", params={"xuat": "xlsx"}).text


def test_the_accused_unit_does_not_see_the_case_and_is_not_offered_the_check(desk: Desk) -> None:
    case = opened(desk, units=("kcn",))
    client = desk.role("press")
    done = client.submit(f"/vu-viec/{case.id}", "thong-tin-sua", units=["kcn"], accused_unit="may")
    assert done.status_code == 200
    page = client.get(f"/vu-viec/{case.id}").text
    assert "Bị phản ánh: Công đoàn cơ sở Công ty May Bình Minh" in page
    assert "Đề xuất giao cho: Công đoàn các Khu công nghiệp tỉnh" in page
    form = page[page.index('id="giao-viec"') :]
    assert 'value="may"' not in form[: form.index("</form>")]
    assert desk.client("may").get(f"/vu-viec/{case.id}").status_code == 404


@pytest.mark.parametrize("role", LOGINS)
def test_every_role_that_works_on_cases_gets_the_page(desk: Desk, role: str) -> None:
    case = concluded(desk, judged(desk, assigned(desk, opened(desk))))
    expected = 403 if role == "admin" else 200
    for path in ("/vu-viec", f"/vu-viec/{case.id}", f"/vu-viec/{case.id}/dang-mo"):
        assert desk.role(role).get(path).status_code == expected, path


def test_only_acts_that_make_sense_are_offered(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"

    def forms(role: str) -> set[str]:
        return set(re.findall(r'<form[^>]* id="([^"]+)"', desk.role(role).get(path).text))

    assert {"giao-viec", "noi-dung-moi", "dong-khong", "hoan-tac", "thong-tin-sua"} <= forms("press")
    assert not forms("press") & {"chi-dao", "han-che", "ket-luan", "dong", "bien-phap", "mo-lai"}
    assert {"chi-dao", "han-che"} <= forms("leader")
    assert {"gop-y", "them-tep"} <= forms("unit")
    assert not forms("unit") & {"giao-viec", "noi-dung-moi", "thong-tin-sua", "chi-dao"}
    judged(desk, assigned(desk, case))
    assert "ket-luan" in forms("leader")
    concluded(desk, case)
    assert "dong" in forms("press")
    assert "giao-viec" in forms("press")
    with desk.sitting("bao") as s:
        moving.close(s, case.id)
    assert forms("press") & {"mo-lai", "gop-y"} == {"mo-lai", "gop-y"}
    assert not forms("press") & {"giao-viec", "noi-dung-moi", "bien-phap"}


# The check, by its forms.


def test_a_case_goes_from_the_assignment_to_its_end_by_forms_alone(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"
    press, leader = desk.role("press"), desk.role("leader")
    assert "Giao một đơn vị hoặc một người" in press.get(path).text
    press.submit(path, "giao-viec", unit="kcn", task="Kiểm tra ngay", due=day(), way="zalo")
    press.submit(path, "noi-dung-moi", article="", typed="1", quote="Lương chậm ba tháng", harmed="Công đoàn")
    press.submit(path, "noi-dung-moi", quote="chưa kịp thời đối thoại với doanh nghiệp")
    held = now(desk, case)
    assert held.status is CaseStatus.VERIFYING
    assert [one.quote for one in held.claims] == ["Lương chậm ba tháng", "chưa kịp thời đối thoại với doanh nghiệp"]
    asked, first, second = held.assignments[0].id, held.claims[0].id, held.claims[1].id
    assert "Sao chép tin nhắn" in press.get(path).text
    desk.role("unit").submit(
        path, f"tra-loi-{asked}", text="Đã trả đủ lương", files={"files": ("bb.pdf", b"%PDF-1.4 x")}
    )
    press.submit(path, "xac-minh", text="Biên bản ngày 3 cho thấy đã trả", claims=[first])
    press.submit(path, f"danh-gia-{first}", verdict="wrong", ground="false", fact="Trả đủ", source="Sổ lương")
    press.submit(path, f"danh-gia-{second}", verdict="right")
    leader.submit(path, "ket-luan", text="Thống nhất")
    held = now(desk, case)
    assert held.status is CaseStatus.HANDLING
    assert held.assignments[0].answer and held.assignments[0].answer.evidence
    assert held.findings[0].claims == (first,)
    assert "đặt biện pháp khắc phục" in press.get(path).text
    press.submit(path, "bien-phap", measure="Đối thoại định kỳ", who="CĐCS", due=day(20), claims=[second])
    remedy = now(desk, case).remedies[0].id
    refused = press.submit(path, "dong", retention="10 năm")
    assert refused.status_code == 422
    assert remedy in refused.text
    assert 'value="10 năm"' in refused.text
    press.submit(path, f"khac-phuc-xong-{remedy}", result="Đã đối thoại", done=day(0))
    press.submit(path, "dong", retention="10 năm")
    held = now(desk, case)
    assert held.status is CaseStatus.CLOSED
    assert held.end and held.end.retention == "10 năm"
    assert (desk.home.data / "cases" / f"{case.id}.zip").exists()
    page = press.get(path)
    for told in (
        "giao việc cho Công đoàn các Khu công nghiệp",
        "kết luận vụ việc",
        "ghi đã khắc phục xong",
        "kết thúc",
    ):
        assert told in words(page)
    press.submit(path, "mo-lai", why="Báo đăng tiếp")
    assert now(desk, case).status is CaseStatus.HANDLING


def test_a_refused_form_stands_there_with_what_was_typed_and_why(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"
    press = desk.role("press")
    answer = press.submit(path, "giao-viec", unit="kcn", task="Kiểm tra ngay", due="ngày kia")
    assert answer.status_code == 422
    assert "không hiểu ngày “ngày kia”" in answer.text
    assert "Kiểm tra ngay</textarea>" in answer.text
    assert 'value="kcn" selected' in answer.text
    answer = press.submit(path, "noi-dung-moi", quote="câu không có trong bài")
    assert answer.status_code == 422
    assert "không có nguyên văn" in answer.text
    assert "câu không có trong bài</textarea>" in answer.text
    answer = press.submit(path, "dong-khong", how="duplicate", other="VV2020-0001", why="trùng")
    assert answer.status_code == 422
    assert 'value="VV2020-0001"' in answer.text
    assert not now(desk, case).assignments


def test_two_officers_on_one_case_lose_nothing(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"
    one, other = desk.client("bao"), desk.client("bao2")
    stale = one.get(path).text
    token = re.search(r'name="_csrf" value="([^"]+)"', stale)
    assert token
    other.submit(path, "gop-y", text="Tôi đã gọi công ty")
    sent = {"_csrf": token[1], "_form": "thong-tin-sua", "_revision": str(case.revision), "title": "Tên tôi vừa gõ"}
    answer = one.post(f"{path}/thong-tin", data=sent)
    assert answer.status_code == 409
    assert "Tôi đã gọi công ty" in answer.text
    assert 'value="Tên tôi vừa gõ"' in answer.text
    assert now(desk, case).title == "Vụ chậm trả lương"
    fresh = re.search(r'id="thong-tin-sua".*?name="_revision" value="(\d+)"', answer.text, re.S)
    assert fresh
    assert one.post(f"{path}/thong-tin", data={**sent, "_revision": fresh[1]}).status_code == 200
    assert now(desk, case).title == "Tên tôi vừa gõ"


def test_the_disputed_words_are_chosen_from_the_item(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}/trich/{case.articles[0]}"
    press = desk.role("press")
    assert press.get(path).status_code == 200
    gap = press.submit(path, "trich", cau=["1", "3"], fact="Đã gõ")
    assert gap.status_code == 422
    assert "không liền nhau" in gap.text
    assert "Đã gõ</textarea>" in gap.text
    assert press.submit(path, "trich", cau=["3", "4"]).url.path == f"/vu-viec/{case.id}"
    assert "Theo phản ánh của người lao động" in now(desk, case).claims[0].quote
    assert desk.role("clerk").get(path).status_code == 403


def test_an_answer_is_recorded_on_a_unit_s_behalf_with_who_said_it(desk: Desk) -> None:
    case = assigned(desk, opened(desk))
    path, asked = f"/vu-viec/{case.id}", case.assignments[0].id
    press = desk.role("press")
    refused = press.submit(path, f"tra-loi-{asked}", text="Đúng như báo nêu", source="")
    assert refused.status_code == 422
    press.submit(path, f"tra-loi-{asked}", text="Đúng như báo nêu", source="Ông Hải, Chủ tịch", way="phone")
    answer = now(desk, case).assignments[0].answer
    assert answer and answer.source == "Ông Hải, Chủ tịch"
    assert answer.way == "phone"


def test_the_answer_link_is_shown_once(desk: Desk) -> None:
    case = assigned(desk, opened(desk))
    path, asked = f"/vu-viec/{case.id}", case.assignments[0].id
    press = desk.role("press")
    shown = press.submit(path, f"lien-ket-{asked}")
    assert re.search(r"http://localhost/tra-loi/[\w-]{20,}", shown.text)
    assert "/tra-loi/" not in press.get(path).text


def test_a_leader_directs_restricts_and_lifts(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"
    leader = desk.role("leader")
    leader.submit(path, "chi-dao", text="Làm rõ trước thứ sáu")
    assert "Ý kiến chỉ đạo" in leader.get(path).text
    leader.submit(path, "han-che", who=[desk.person("bao").id])
    assert desk.role("clerk").get(path).status_code == 404
    assert "Trần Văn Báo" in leader.get(path).text
    leader.submit(path, "bo-han-che")
    assert desk.role("clerk").get(path).status_code == 200


def test_reminders_are_set_and_seen_to(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"
    clerk = desk.role("clerk")
    assert clerk.submit(path, "nhac", what="Gọi tòa soạn", due="").status_code == 422
    clerk.submit(path, "nhac", what="Gọi tòa soạn", due=day(2))
    thing = now(desk, case).reminders[0].id
    clerk.submit(path, f"xong-{thing}")
    assert now(desk, case).reminders[0].done


def test_files_are_kept_as_evidence_and_leave_as_downloads(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"
    press = desk.role("press")
    assert press.submit(path, "them-tep").status_code == 422
    press.submit(path, "them-tep", files={"files": ("thư <b>.html", b"<script>alert(1)</script>")}, note="Thư ngỏ")
    page = press.get(path).text
    (ident,) = set(re.findall(rf"{path}/chung-cu/(b\d+)", page))
    answer = press.get(f"{path}/chung-cu/{ident}")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["x-content-type-options"] == "nosniff"
    press.submit(path, f"vi-bang-{ident}", office="VP TPL Số 1", number="12/2026", dated=day(0))
    assert "Vi bằng số 12/2026" in press.get(path).text
    other = opened(desk, "Vụ khác", 1)
    assert press.get(f"/vu-viec/{other.id}/chung-cu/{ident}").status_code in (403, 404)
    for form, name in (("goi-chung-cu", "chung-cu"), ("ho-so", "ho-so")):
        packed = press.submit(path, form)
        assert packed.content[:2] == b"PK"
        assert f"{case.id}-{name}.zip" in packed.headers["content-disposition"]
    assert press.submit(path, "them-tep", files={"files": ("a.exe", b"MZ\x90")}).status_code == 422


def test_items_join_and_leave_and_the_opening_is_undone(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"
    press = desk.role("press")
    other = ids(desk)[5]
    press.submit(path, "them-tin", tin=other)
    assert other in now(desk, case).articles
    press.submit(path, f"bo-bai-{other}")
    assert other not in now(desk, case).articles
    press.submit(path, "hoan-tac")
    assert now(desk, case).status is CaseStatus.CLOSED


def test_who_else_has_it_open_is_told(desk: Desk) -> None:
    case = opened(desk)
    path = f"/vu-viec/{case.id}"
    desk.client("bao2").get(path)
    assert "Đang mở cùng lúc: <b>Bùi Thị Ký</b>" in desk.client("bao").get(path).text
    piece = desk.client("bao").get(f"{path}/dang-mo").text
    assert "Bùi Thị Ký" in piece
    assert "<html" not in piece


def test_the_log_names_who_was_erased_by_his_id_alone(desk: Desk) -> None:
    from monitor.desk import people

    case = opened(desk)
    desk.client("bao2").submit(f"/vu-viec/{case.id}", "gop-y", text="Xong việc")
    with desk.sitting("dau") as s:
        people.disable_person(s.db, s.actor, "bao2", now=s.now)
        people.erase_person(s.db, s.actor, "bao2", now=s.now)
    page = desk.role("press").get(f"/vu-viec/{case.id}").text
    assert "Bùi Thị Ký" not in page
    assert "Đã xóa" in page


def test_our_own_clocks_stand_above_and_tell_what_they_rest_on(desk: Desk) -> None:
    page = words(desk.role("press").get(f"/vu-viec/{opened(desk).id}"))
    assert "Thời hạn của cơ quan" in page
    assert "không phải hạn luật định" in page
    assert "Cách tính và căn cứ" in page


# Pages looked at again, and evidence taken now.


def test_a_found_change_is_shown_with_its_diff_and_decided_on(desk: Desk) -> None:
    case = opened(desk)
    with desk.sitting("bao") as s, s.db.atomic():
        (page, *_) = watch.of_case(s.db, case.id)
        for kind in (ChangeKind.EDITED, ChangeKind.TITLE_CHANGED):
            watch_changes.put(
                s.db,
                Change(
                    kind=kind, at=s.now, told=s.now, watched=page.id, article=case.articles[0], url="http://a.example/1",
                    diff="- <b>chậm lương</b>\n+ trả lương",
                ),
            )  # fmt: skip
    path, press = f"/vu-viec/{case.id}", desk.role("press")
    text = press.get(path).text
    assert "- &lt;b&gt;chậm lương&lt;/b&gt;" in text
    assert 'id="dung-1"' not in desk.role("unit").get(path).text
    assert "Đã xác nhận thay đổi" in press.submit(path, "dung-1").text
    assert "Đã bỏ qua thay đổi" in press.submit(path, "bo-qua-2").text
    with desk.sitting("bao") as s:
        assert [one.accepted for one in watching.changes(s, case.id)] == [True, False]
    assert press.post_form(f"{path}/thay-doi/99", dung="1").status_code == 422
    assert press.post_form(f"{path}/thay-doi/x", dung="1").status_code == 422


def test_evidence_taken_now_says_what_could_not_be_had(desk: Desk) -> None:
    case = opened(desk)
    answer = desk.role("press").submit(f"/vu-viec/{case.id}", "lay-chung-cu")
    assert "còn thiếu" in answer.text
    assert "Không tải được trang" in answer.text


def test_verification_begun_anew_and_things_dropped_say_why(desk: Desk) -> None:
    case = concluded(desk, judged(desk, assigned(desk, opened(desk))))
    path, press, leader = f"/vu-viec/{case.id}", desk.role("press"), desk.role("leader")
    press.submit(path, "bien-phap", measure="Họp", who="CĐCS", due=day())
    remedy = now(desk, case).remedies[0].id
    press.submit(path, f"bo-{remedy}", why="Không cần nữa")
    assert "Không cần nữa" in press.get(path).text
    leader.submit(path, "xac-minh-lai", why="Có chứng cứ mới")
    assert now(desk, case).status is CaseStatus.VERIFYING
    claim = now(desk, case).claims[0].id
    press.submit(path, f"sua-{claim}", harmed="CĐCS May Bình Minh")
    held = now(desk, case).claims[0]
    assert held.harmed == "CĐCS May Bình Minh"
    assert held.verdict is ClaimVerdict.RIGHT, "the verdict stands while the fact is the same"
    press.submit(path, f"sua-{claim}", fact="Sự thật khác")
    assert now(desk, case).claims[0].verdict is None
    press.submit(path, f"bo-{claim}", why="Không phải nội dung báo nêu")
    assert now(desk, case).claims[0].dropped
    asked = now(desk, case).assignments[0].id
    press.submit(path, f"thu-hoi-{asked}", why="Giao nơi khác")
    assert now(desk, case).assignments[0].state is AssignmentState.WITHDRAWN


def test_due_dates_kept_between_lists_follow_the_case(desk: Desk) -> None:
    from monitor.desk import case_list, due_kept
    from monitor.desk.rulebook import Rulebook

    case = opened(desk)
    book = Rulebook(desk.home)
    with desk.sitting("bao") as s:
        before = due_kept.kept(s, book)(s.case(case.id))
        assert before == due_kept.kept(s, book)(s.case(case.id))
        after = due_kept.kept(s, book)(moving.remind(s, case.id, "Gọi", clock.local(s.now).date()))
        assert len(after) == len(before) + 1
        late = replace(s, now=s.now + timedelta(hours=30))
        assert due_kept.kept(late, book)(s.case(case.id))[-1].overdue
        listed = case_list.listed(late, case_list.CaseQuery(overdue=True), book=book)
        assert [row.head.id for row in listed.rows] == [case.id]


# A real browser.


def test_in_a_browser_an_act_keeps_the_place_and_a_late_one_keeps_the_words(desk: Desk, open_page: Any) -> None:
    case = opened(desk)
    page = open_page("bao", f"/vu-viec/{case.id}")
    page.locator("summary", has_text="Ghi ý kiến").click()
    page.fill("#gop-y-text", "Đã gọi cho công ty")
    page.evaluate("window.stays = true")
    page.click("#gop-y button.main")
    page.wait_for_selector(".flash")
    assert page.evaluate("window.stays")
    assert "Đã gọi cho công ty" in page.inner_text("main")
    with desk.sitting("bao2") as s:
        moving.comment(s, case.id, "Tôi cũng đang xem")
    page.locator("summary", has_text="Ghi ý kiến").click()
    page.fill("#gop-y-text", "Ý kiến thứ hai")
    page.click("#gop-y button.main")
    page.wait_for_selector("#gop-y .wrong")
    assert page.input_value("#gop-y-text") == "Ý kiến thứ hai"
    assert "Tôi cũng đang xem" in page.inner_text("main")
    page.click("#gop-y button.main")
    page.wait_for_selector(".flash")
    assert [note.text for note in now(desk, case).notes][-1] == "Ý kiến thứ hai"


def test_in_a_browser_a_phone_shows_a_case_without_sliding_sideways(desk: Desk, open_page: Any) -> None:
    case = concluded(desk, judged(desk, assigned(desk, opened(desk, "Vụ có tiêu đề rất dài " * 8))))
    fresh = opened(desk, "Vụ mới", 1)
    for path in (f"/vu-viec/{case.id}", "/vu-viec", f"/vu-viec/{fresh.id}/trich/{fresh.articles[0]}"):
        page = open_page("bao", path, phone=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_who_only_keeps_the_program_is_offered_for_nothing_on_a_case(desk: Desk) -> None:
    with desk.sitting("lanh") as s:
        ident = triage.open_case(s, [triage.pending(s)[0].subject], triage.Opening()).id
    for login in ("lanh", "bao"):
        page = desk.client(login).get(f"/vu-viec/{ident}").text
        assert "Phạm Thị Thư" in page
        assert "Vũ Thị Quản" not in page
