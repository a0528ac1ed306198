"""The readers kept in the browser: the file's comments stay, what is wrong is named, a mail to try tells the truth."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from delivery_making import deliver_yaml
from desk_office import Desk
from mail_server import free_port, mail_server

from monitor.config.deliver import load_deliver
from monitor.desk import readers
from monitor.model.delivery import Profile
from monitor.store import events

LIST = "/quan-tri/nguoi-nhan"


def profiles(desk: Desk) -> dict[str, Profile]:
    return {one.name: one for one in load_deliver(desk.home.rules).profiles}


def file(desk: Desk) -> Path:
    return desk.home.root / "rules" / "deliver.yaml"


def page_of(desk: Desk, name: str) -> str:
    return f"{LIST}/{readers.key_of(profiles(desk)[name])}"


def test_only_who_keeps_the_readers_comes_in_and_is_told_what_to_set(desk: Desk) -> None:
    for role in ("press", "admin"):
        page = desk.role(role).get(LIST).text
        assert "Chưa thiết đặt gửi thư." in page and "MONITOR_SMTP_PASSWORD" in page
        assert "Ban Thường vụ" in page and "chưa có địa chỉ" in page
    for role in ("leader", "clerk", "unit"):
        assert desk.role(role).get(LIST).status_code == 403


def test_a_reader_is_added_with_all_that_he_wants(desk: Desk) -> None:
    before = file(desk).read_text(encoding="utf-8")
    page = desk.role("press").submit(
        f"{LIST}/them", "nguoi-nhan", name="Ban Chính sách", addresses="a@x.example; b@x.example\nc@x.example",
        series=["daily"], topics=["T03"], places="lào cai", units="CĐ Bắc Hà", hour="6:45", internal_ok="1",
        attach=["html"],
    )  # fmt: skip
    assert "Đã thêm người nhận Ban Chính sách." in page.text
    made = profiles(desk)["Ban Chính sách"]
    assert made.addresses == ("a@x.example", "b@x.example", "c@x.example")
    assert (made.topics, made.places, made.units) == (("T03",), ("Lào Cai",), ("CĐ Bắc Hà",))
    assert (f"{made.hour:%H:%M}", made.enabled, made.internal_ok, made.outside) == ("06:45", True, True, False)
    after = file(desk).read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if "#" in line] == [line for line in after.splitlines() if "#" in line]
    with desk.sitting() as s:
        (one,) = (one for one in events.every(s.db) if one.action == "readers.add")
        assert "Chính sách" not in repr(one) and "x.example" not in repr(one)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "Tên người nhận"),
        ({"addresses": "không phải thư"}, "“không phải thư” không phải địa chỉ thư điện tử"),
        ({"places": "Atlantis"}, "không có tỉnh, thành phố “Atlantis”"),
        ({"hour": "25 giờ"}, "ghi giờ và phút"),
        ({"series": []}, "Loại điểm tin"),
        ({"name": "Ban Thường vụ"}, "Đã có người nhận tên “Ban Thường vụ”"),
        ({"channel": "chat", "addresses": "nhom"}, "không có kênh nhắn tin “nhom”"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(desk: Desk, fields: dict[str, object], said: str) -> None:
    before = file(desk).read_bytes()
    typed = {"name": "<b>Ban Chính sách</b>", "units": "CĐ Bắc Hà", "series": ["own"]} | fields
    answer = desk.role("press").submit(f"{LIST}/them", "nguoi-nhan", **typed)
    assert answer.status_code in (404, 422)
    assert said in answer.text
    assert "CĐ Bắc Hà" in answer.text and "<b>Ban" not in answer.text
    assert file(desk).read_bytes() == before


def test_a_reader_is_changed_stopped_and_taken_out(desk: Desk) -> None:
    admin = desk.role("admin")
    where = page_of(desk, "Ban Thường vụ")
    assert "Đã lưu" in admin.submit(where, "nguoi-nhan", addresses="chutich@x.example", attach=["md"]).text
    assert profiles(desk)["Ban Thường vụ"].addresses == ("chutich@x.example",)
    assert profiles(desk)["Ban Thường vụ"].attach == ("md",)
    stop = f"ngung-{where.rpartition('/')[2]}"
    assert "tạm ngừng" in admin.submit(LIST, stop).text
    assert not profiles(desk)["Ban Thường vụ"].enabled
    assert "Gửi tiếp cho" in admin.submit(LIST, stop).text
    assert profiles(desk)["Ban Thường vụ"].enabled
    assert "khỏi danh sách" in admin.submit(where, "bo").text
    assert "Ban Thường vụ" not in profiles(desk)
    assert admin.get(where).status_code == 404
    with desk.sitting() as s:
        acts = [one.action for one in events.every(s.db) if one.action.startswith("readers.")]
    assert acts == ["readers.change"] * 3 + ["readers.remove"]


def test_who_saw_an_older_file_overwrites_nothing_unseen(desk: Desk) -> None:
    where = page_of(desk, "Ban Thường vụ")
    press, admin = desk.role("press"), desk.role("admin")
    old = press.get(where)
    admin.submit(where, "nguoi-nhan", addresses="moi@x.example")
    assert old.status_code == 200
    seen = old.text.split('name="_seen" value="')[1].split('"')[0]
    answer = press.submit(where, "nguoi-nhan", _seen=seen, addresses="cu@x.example")
    assert answer.status_code == 409
    assert "moi@x.example" in answer.text and "cu@x.example" in answer.text
    assert profiles(desk)["Ban Thường vụ"].addresses == ("moi@x.example",)


def test_a_file_that_staff_broke_is_named_and_not_touched(desk: Desk) -> None:
    file(desk).write_text("profiles: [\n", encoding="utf-8")
    answer = desk.role("press").get(LIST)
    assert answer.status_code == 500 and "deliver.yaml" in answer.text


def test_a_folder_without_a_file_of_its_own_gets_one(desk: Desk) -> None:
    file(desk).unlink()
    desk.role("press").submit(f"{LIST}/them", "nguoi-nhan", name="Ban Chính sách")
    assert "Ban Chính sách" in profiles(desk)
    assert "KHÔNG ghi mật khẩu" in file(desk).read_text(encoding="utf-8")


def test_a_mail_to_try_arrives_or_says_why_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "bí mật")
    with mail_server() as box:
        deliver_yaml(desk.home.root, box.port, profiles="profiles: []\n")
        page = desk.role("press").submit(LIST, "thu", address="toi@x.example")
        assert "Máy chủ thư đã nhận thư thử gửi tới toi@x.example" in page.text
        assert box.to == ["toi@x.example"]
        assert "bí mật" not in page.text
        assert '<div class="flash" role="status">' in page.text
    deliver_yaml(desk.home.root, free_port(), profiles="profiles: []\n")
    page = desk.role("press").submit(LIST, "thu", address="toi@x.example")
    assert "Chưa gửi được thư thử tới toi@x.example. Không kết nối được máy chủ thư" in page.text
    assert '<div class="flash failed" role="alert">' in page.text, "it does not look like a success"
    assert "địa chỉ thư điện tử" in desk.role("press").submit(LIST, "thu", address="a@b, c@d").text


def test_the_readers_go_to_excel(desk: Desk) -> None:
    rows = list(openpyxl.load_workbook(BytesIO(desk.role("press").get(f"{LIST}?xuat=xlsx").content)).active.values)
    assert rows[0][0] == "Tên người nhận"
    assert rows[1][:2] == ("Ban Thường vụ", "Thư điện tử")
