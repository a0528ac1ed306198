"""Quản trị: people and their ways in, stand-ins, bodies, the office's names, the calendar, the log."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from argon2 import PasswordHasher
from bs4 import BeautifulSoup
from desk_office import Desk

from monitor import clock
from monitor.config import load_settings
from monitor.config.calendar import load_calendar
from monitor.desk import access, people
from monitor.desk.hashing import Argon2
from monitor.model.people import OfficeRole, Unit, UnitKind
from monitor.store import events
from monitor.store import people as store

PAGES = (
    "/quan-tri", "/quan-tri/nguoi-dung", "/quan-tri/thay-mat", "/quan-tri/ban-giao", "/quan-tri/don-vi",
    "/quan-tri/co-quan", "/quan-tri/lich", "/quan-tri/nhat-ky", "/quan-tri/du-lieu",
)  # fmt: skip
SHARED = {"/quan-tri/thay-mat", "/quan-tri/ban-giao"}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = Argon2(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr("monitor.desk.hashing.HASHER", cheap)


def rows(answer: object) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)


def last_events(desk: Desk, count: int = 1) -> list[tuple[str, tuple[str, ...]]]:
    with desk.sitting("dau") as s:
        return [(one.action, one.refs) for one in events.every(s.db)][-count:]


def wrong(answer: object) -> str:
    found = BeautifulSoup(answer.text, "html.parser").find(class_="wrong")
    return found.get_text(" ", strip=True) if found else ""


# Who may.


def test_who_keeps_the_program_opens_every_page_and_nobody_else_but_what_concerns_him(desk: Desk) -> None:
    for path in PAGES:
        assert desk.client("quan").get(path).status_code == 200, path
        for login in ("lanh", "bao", "thu", "co"):
            allowed = path in SHARED or (path == "/quan-tri/lich" and login in ("lanh", "bao"))
            assert desk.client(login).get(path).status_code == (200 if allowed else 403), (path, login)


def test_a_form_of_another_role_is_refused_too(desk: Desk) -> None:
    for path in ("/quan-tri/nguoi-dung", "/quan-tri/nguoi-dung/u1/lien-ket", "/quan-tri/co-quan", "/quan-tri/don-vi"):
        assert desk.client("bao").post_form(path, name="X").status_code == 403


def test_every_list_goes_to_excel(desk: Desk) -> None:
    for path in ("/nguoi-dung", "/thay-mat", "/ban-giao", "/don-vi", "/lich", "/nhat-ky", "/du-lieu"):
        assert rows(desk.client("quan").get(f"/quan-tri{path}?xuat=xlsx"))[0], path


def test_what_is_missing_is_told_at_the_beginning(desk: Desk) -> None:
    page = desk.client("quan").get("/quan-tri").text
    assert "Lê Thị Lãnh chưa đặt mật khẩu" in page
    assert f"Lịch làm việc năm {clock.local(clock.now()).year}" in page


# People.


def test_a_person_is_added_and_what_was_typed_stays_where_it_is_refused(desk: Desk) -> None:
    quan = desk.client("quan")
    answer = quan.submit(
        "/quan-tri/nguoi-dung", "them-nguoi", name="Ngô <b>Mới</b>", title="Chuyên viên", login="bao", roles=["press"]
    )
    assert answer.status_code == 422
    assert "đã có người dùng" in wrong(answer)
    form = BeautifulSoup(answer.text, "html.parser").find("form", id="them-nguoi")
    assert form.find("input", {"name": "name"})["value"] == "Ngô <b>Mới</b>"
    assert form.find("input", {"value": "press"}).has_attr("checked")
    done = quan.submit("/quan-tri/nguoi-dung", "them-nguoi", name="Ngô <b>Mới</b>", login="moi", roles=["press"])
    assert "Đã thêm Ngô &lt;b&gt;Mới&lt;/b&gt;" in done.text
    assert "<b>Mới" not in done.text
    assert desk.person("moi").roles == (OfficeRole.PRESS,)


def test_a_formula_for_a_name_is_a_text_in_the_excel_file(desk: Desk) -> None:
    quan = desk.client("quan")
    quan.submit("/quan-tri/nguoi-dung", "them-nguoi", name='=HYPERLINK("http://x")', login="cong", roles=["clerk"])
    book = openpyxl.load_workbook(BytesIO(quan.get("/quan-tri/nguoi-dung?xuat=xlsx").content))
    (cell,) = [row[1] for row in book.active.iter_rows() if str(row[1].value).startswith("=")]
    assert cell.data_type == "s"


def test_a_person_is_changed_with_an_event_of_ids_alone(desk: Desk) -> None:
    who = desk.person("bao2")
    page = f"/quan-tri/nguoi-dung/{who.id}"
    desk.client("quan").submit(page, "sua-nguoi", name="Bùi Thị Ký Mới", unit="kcn", roles=["unit"], title="Chủ tịch")
    after = desk.person("bao2")
    assert (after.name, after.unit, after.roles) == ("Bùi Thị Ký Mới", "kcn", (OfficeRole.UNIT,))
    assert last_events(desk) == [("person.change", (who.id, "name", "roles", "unit", "title"))]
    desk.client("quan").submit(page, "sua-nguoi")
    assert last_events(desk)[0][0] == "person.change"


def test_the_last_administrator_keeps_his_role(desk: Desk) -> None:
    quan, first, me = desk.client("quan"), desk.person("dau"), desk.person("quan")
    quan.submit(f"/quan-tri/nguoi-dung/{first.id}", "ngung")
    assert desk.person("dau").disabled
    answer = quan.submit(f"/quan-tri/nguoi-dung/{me.id}", "sua-nguoi", roles=["clerk"])
    assert answer.status_code == 422
    assert "duy nhất" in wrong(answer)
    assert quan.submit(f"/quan-tri/nguoi-dung/{me.id}", "ngung").status_code == 422


def test_a_link_to_set_a_password_is_shown_once_with_the_host_and_works(desk: Desk) -> None:
    who = desk.person("thu")
    page = f"/quan-tri/nguoi-dung/{who.id}"
    answer = desk.client("quan").submit(page, "lien-ket")
    link = BeautifulSoup(answer.text, "html.parser").find(id="lien-ket-moi").text.strip()
    assert link.startswith("http://localhost/dat-mat-khau/")
    assert "/dat-mat-khau/" not in desk.client("quan").get(page).text
    path = link.removeprefix("http://localhost")
    made = desk.client().submit(path, "dat-mat-khau", password="con mèo trèo cây cau", again="con mèo trèo cây cau")
    assert made.status_code == 200
    listed = rows(desk.client("quan").get("/quan-tri/nguoi-dung?xuat=xlsx"))
    (row,) = [row for row in listed if row[0] == who.id]
    assert row[6] == "có"
    assert row[7] is not None


def test_sessions_are_ended_by_who_keeps_the_program(desk: Desk) -> None:
    who = desk.person("bao")
    desk.client("bao").get("/tai-khoan")
    desk.client("quan").submit(f"/quan-tri/nguoi-dung/{who.id}", "ket-thuc-phien")
    assert desk.client("bao").get("/tai-khoan").url.path == "/dang-nhap"


def test_a_person_is_disabled_taken_back_and_erased_and_the_log_stays_whole(desk: Desk) -> None:
    quan, who = desk.client("quan"), desk.person("thu")
    page = f"/quan-tri/nguoi-dung/{who.id}"
    desk.client("thu").get("/tai-khoan")
    quan.submit(page, "ngung")
    quan.submit(page, "mo-lai")
    assert desk.person("thu").disabled is None
    quan.submit(page, "ngung")
    assert quan.submit(page, "xoa").status_code == 422
    assert desk.person("thu").name == "Phạm Thị Thư"
    assert "Đã xóa thông tin cá nhân" in quan.submit(page, "xoa", sure="1").text
    with desk.sitting("dau") as s:
        gone = store.get(s.db, who.id)
        assert gone is not None and "Thư" not in gone.name and not gone.login
        assert not access.sessions_of(s.db, gone)
    assert quan.post_form(f"{page}/mo-lai").status_code == 422
    assert "Không phát hiện sai lệch" in quan.get("/quan-tri/nhat-ky?kiem=1").text


def test_a_person_who_is_not_there_is_said_in_words(desk: Desk) -> None:
    answer = desk.client("quan").get("/quan-tri/nguoi-dung/u99")
    assert answer.status_code in (403, 404)
    assert "Không có người" in answer.text


# Stand-ins.


def test_a_stand_in_is_named_and_ended(desk: Desk) -> None:
    quan, boss, press = desk.client("quan"), desk.person("lanh"), desk.person("bao")
    fields = {"absent": boss.id, "person": press.id, "last_day": "31/12/2099"}
    refused = quan.submit("/quan-tri/thay-mat", "lam-thay", **fields, first="mai kia")
    assert "mai kia" in wrong(refused)
    assert 'value="31/12/2099"' in refused.text
    done = quan.submit("/quan-tri/thay-mat", "lam-thay", **fields, first=f"{clock.local(clock.now()):%d/%m/%Y}")
    assert "Đã phân công Trần Văn Báo làm thay Lê Thị Lãnh" in done.text
    with desk.sitting("bao") as s:
        assert s.acts_for == (boss.id,)
        (one,) = store.stand_ins(s.db)
    assert desk.client("thu").get("/quan-tri/thay-mat").text.count('id="lt-') == 0
    quan.submit("/quan-tri/thay-mat", f"het-{one.id}")
    with desk.sitting("bao") as s:
        assert s.acts_for == ()


def test_nobody_takes_anothers_place_or_ends_it_by_himself(desk: Desk) -> None:
    boss, press = desk.person("lanh"), desk.person("bao")
    day = f"{clock.local(clock.now()):%d/%m/%Y}"
    answer = desk.client("bao").post_form(
        "/quan-tri/thay-mat", absent=boss.id, person=press.id, first=day, last_day=day
    )
    assert answer.status_code == 422
    with desk.sitting("quan") as s:
        made = people.add_stand_in(
            s.db, s.actor, boss.id, press.id, first=clock.local(s.now).date(), last=clock.local(s.now).date(), now=s.now
        )
    assert desk.client("bao").post_form("/quan-tri/thay-mat/ket-thuc", id=str(made.id)).status_code == 422
    with desk.sitting("bao") as s:
        assert s.acts_for == (boss.id,)


# Bodies.


def test_a_body_is_added_changed_and_ended(desk: Desk) -> None:
    quan = desk.client("quan")
    quan.submit("/quan-tri/don-vi", "them-don-vi", name="Công đoàn phường Bình An", kind="ward", symbol="CĐP")
    with desk.sitting("dau") as s:
        made = people.unit(s.db, "Công đoàn phường Bình An")
    assert (made.parent, made.symbol) == ("ld", "CĐP")
    done = quan.submit(f"/quan-tri/don-vi/{made.id}", "sua-don-vi", ends="31/12/2025", aliases="CĐP Bình An\nBình An")
    assert "đã kết thúc 31/12/2025" in done.text
    with desk.sitting("dau") as s:
        assert people.unit(s.db, "CĐP Bình An").id == made.id
    refused = quan.submit("/quan-tri/don-vi/kcn", "sua-don-vi", parent="may", email="a@b.vn")
    assert refused.status_code == 422
    assert "cấp trên của chính mình" in wrong(refused)
    assert 'value="a@b.vn"' in refused.text


def test_hundreds_of_bodies_come_page_by_page_and_are_found_by_name(desk: Desk) -> None:
    with desk.sitting("dau") as s, s.db.atomic():
        for n in range(400):
            made = Unit(id=f"cs-{n}", name=f"Công đoàn cơ sở số {n:03}", kind=UnitKind.GRASSROOTS, parent="kcn")
            store.put_unit(s.db, made)
    quan = desk.client("quan")
    first = quan.get("/quan-tri/don-vi")
    assert len(first.content) < 60_000
    assert "Trang 1 / 9" in first.text
    found = quan.get("/quan-tri/don-vi", params={"q": "cong doan co so SO 377"}).text
    assert 'id="dv-cs-377"' in found and 'id="dv-cs-376"' not in found
    assert "Không có đơn vị nào có tên như vậy" in quan.get("/quan-tri/don-vi?q=<script>").text
    back = quan.submit("/quan-tri/don-vi/cs-377", "sua-don-vi", symbol="X")
    assert 'id="dv-cs-377"' in back.text
    assert len(quan.get("/quan-tri/nguoi-dung").content) < 60_000
    page = f"/quan-tri/nguoi-dung/{desk.person('co').id}"
    quan.submit(page, "sua-nguoi", unit="Công đoàn cơ sở số 012")
    assert desk.person("co").unit == "cs-12"
    assert quan.submit(page, "sua-nguoi", unit="Không có đâu").status_code == 422


def test_bodies_come_in_from_a_table_and_bad_lines_are_told(desk: Desk) -> None:
    quan = desk.client("quan")
    raw = quan.get("/quan-tri/don-vi.csv").content
    table = raw.decode("utf-8-sig").splitlines()
    table += [
        ",".join(["", "Công đoàn ngành Y tế", "sector", "ld"] + [""] * 10),
        ",".join(["", "Lạ", "xyz"] + [""] * 11),
    ]
    files = {"file": ("don-vi.csv", "\n".join(table).encode(), "text/csv")}
    answer = quan.submit("/quan-tri/don-vi", "nhap", files=files)
    assert answer.status_code == 200
    assert f"Dòng {len(table)}:" in answer.text
    assert "Đã ghi 1 đơn vị" in answer.text
    bad = quan.submit("/quan-tri/don-vi", "nhap", files={"file": ("x.csv", b"\xff\xfe\x00\xd8garbage", "text/csv")})
    assert bad.status_code == 422
    assert quan.submit("/quan-tri/don-vi", "nhap").status_code == 422


# The office's names.


def test_the_offices_names_change_in_the_file_and_its_comments_stay(desk: Desk) -> None:
    file = desk.home.root / "rules" / "office.yaml"
    before = file.read_text(encoding="utf-8")
    done = desk.client("quan").submit("/quan-tri/co-quan", "co-quan", short='LĐLĐ "tỉnh": # nhà', contact="a@b.vn")
    assert "Đã lưu tên cơ quan" in done.text
    office = load_settings(desk.home.rules).office
    assert (office.short, office.contact) == ('LĐLĐ "tỉnh": # nhà', "a@b.vn")
    after = file.read_text(encoding="utf-8")
    assert [one for one in after.splitlines() if "#" in one[:4]] == [
        one for one in before.splitlines() if "#" in one[:4]
    ]
    assert last_events(desk) == [("office.change", ("short", "contact"))]
    bad = desk.client("quan").submit("/quan-tri/co-quan", "co-quan", contact="Nguyễn (văn phòng)")
    assert bad.status_code >= 400
    assert wrong(bad)
    assert load_settings(desk.home.rules).office.contact == "a@b.vn"


# The calendar.


def test_a_year_is_looked_at_changed_and_confirmed(desk: Desk) -> None:
    bao, year = desk.client("bao"), clock.local(clock.now()).year + 1
    first = bao.get("/quan-tri/lich", params={"nam": year}).text
    assert "Chưa xác nhận." in first
    day = next(n for n in range(6, 20) if clock.local(clock.now()).replace(year=year, month=8, day=n).weekday() == 1)
    path = f"/quan-tri/lich?nam={year}&ngay={day}/8/{year}&ten=Nghỉ hoán đổi&la=nghi"
    looked = bao.get(path)
    assert "chưa ghi" in looked.text
    done = bao.submit(path, "xac-nhan")
    assert f"Đã xác nhận lịch làm việc năm {year}" in done.text
    kept = load_calendar(desk.home.rules).year(year)
    assert kept is not None and kept.confirmed and kept.by == "Trần Văn Báo"
    assert "Nghỉ hoán đổi" in {one.name for one in kept.off}
    assert last_events(desk) == [("calendar.confirm", (str(year),))]


def test_a_contradiction_is_told_and_what_was_said_before_stays(desk: Desk) -> None:
    year = clock.local(clock.now()).year + 1
    answer = desk.client("bao").get(
        f"/quan-tri/lich?nam={year}&nghi={year}-08-10=Nghỉ chung&ngay=01/01/{year + 1}&ten=Lạc&la=nghi"
    )
    assert answer.status_code == 200
    assert "không thuộc năm" in wrong(answer)
    assert "Nghỉ chung" in answer.text
    assert f'value="01/01/{year + 1}"' in answer.text


def test_a_year_that_changed_meanwhile_is_shown_again_before_it_is_confirmed(desk: Desk) -> None:
    year = clock.local(clock.now()).year + 1
    answer = desk.client("bao").submit(f"/quan-tri/lich?nam={year}", "xac-nhan", mark="0" * 16)
    assert answer.status_code == 422
    assert "Xem lại" in wrong(answer)


def test_who_keeps_the_program_only_looks_at_the_calendar(desk: Desk) -> None:
    page = desk.client("quan").get("/quan-tri/lich")
    assert 'id="xac-nhan"' not in page.text
    year = clock.local(clock.now()).year
    answer = desk.client("quan").post_form("/quan-tri/lich", nam=str(year))
    assert answer.status_code == 422
    assert not (load_calendar(desk.home.rules).year(year) or object()).__dict__.get("by")


def test_a_year_out_of_reach_is_said_in_words(desk: Desk) -> None:
    assert desk.client("bao").get("/quan-tri/lich?nam=3000").status_code == 404


# Log and folder.


def test_the_log_is_checked_against_printed_heads(desk: Desk) -> None:
    quan = desk.client("quan")
    with desk.sitting("dau") as s:
        head = str(events.head(s.db))
    assert "theo mã đã nhập" in quan.get("/quan-tri/nhat-ky", params={"kiem": 1, "ma": head}).text
    bent = head[:-3] + "000"
    assert "Không khớp mã đã in ra" in quan.get("/quan-tri/nhat-ky", params={"kiem": 1, "ma": bent}).text
    assert quan.get("/quan-tri/nhat-ky", params={"kiem": 1, "ma": "<script>"}).status_code == 404


def test_the_database_is_told_and_checked(desk: Desk) -> None:
    page = desk.client("quan").get("/quan-tri/du-lieu?kiem=1").text
    assert "nguyên vẹn" in page
    assert str(desk.home.database) in page


def test_a_fresh_office_is_told_who_and_what_is_lacking(desk: Desk) -> None:
    page = desk.role("admin").get("/quan-tri").text
    assert "Tên cơ quan vẫn là tên mẫu" in page
    assert "Chưa theo dõi nguồn nào" in page or "nguồn đều không lấy được tin" in page or "/nguon" in page
    assert "Chưa có ai là" not in page
    with desk.sitting("dau") as s:
        for login in ("lanh", "bao", "bao2", "thu"):
            people.disable_person(s.db, s.actor, login, now=s.now)
        for one in store.every(s.db):
            if one.login == "dau":
                store.put(s.db, replace(one, roles=(OfficeRole.ADMIN,)))
    page = desk.role("admin").get("/quan-tri").text
    assert page.count("Chưa có ai là") == 3


def test_no_box_says_there_are_no_bodies_where_some_stand_below(desk: Desk) -> None:
    page = desk.role("admin").get("/quan-tri/don-vi").text
    assert "Chưa có đơn vị nào" not in page
    assert "Không có đơn vị nào có tên" not in page
    page = desk.role("admin").get("/quan-tri/don-vi?q=zzz").text
    assert "Chưa có đơn vị nào" not in page
    assert "Không có đơn vị nào có tên" in page


def test_who_only_keeps_the_program_is_told_what_he_can_do_instead_of_handing_over(desk: Desk) -> None:
    page = desk.role("admin").get("/quan-tri/ban-giao").text
    assert "ở trên" not in page
    assert "phân công người làm thay" in page
