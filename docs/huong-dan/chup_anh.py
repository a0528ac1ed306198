"""Makes the pictures of the guide, from the invented press and office of ``monitor demo --desk``.

    python docs/huong-dan/chup_anh.py [folder]

Each picture is a page of the real desk, reached as a person of that role reaches it: the steps of the guide are walked
through its own forms, so a step that no longer works ends this script. Needs the ``dev`` and ``browser`` extras,
Chromium, LibreOffice and poppler.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from anh_gui_di import gathering, half_year, handing_out, one_case, sending
from may_anh import Camera, empty_office, office_at_work
from playwright.sync_api import Locator, Page

HERE = Path(__file__).parent
MORNING = "2026-11-05T07:40:00+07:00"
"""A working day's morning, the same in every run: dates in the pictures do not wander."""
MOST_TOGETHER = 3_000_000


def _open(page: Page, form: str) -> Locator:
    """The form of this id, its part opened."""
    found = page.locator(f"form[id='{form}']")
    if not found.is_visible():
        page.locator(f"details:has(> form[id='{form}']) > summary").click()
    return found


def first_start(camera: Camera, link: str) -> None:
    page = camera.page("", link)
    page.get_by_label("Họ và tên").fill("Vũ Thị Quản")
    page.get_by_label("Tên đăng nhập").fill("quantri")
    camera.shoot("bat-dau", page.locator(".card"))


def everybody(camera: Camera) -> None:
    camera.shoot("dang-nhap", camera.page("", "/dang-nhap").locator(".card"))
    page = camera.page("baochi", "/hop-tin")
    page.keyboard.press("?")
    camera.shoot("phim-tat", page.locator("#keys"))
    page = camera.page("baochi", HANDLED)
    page.locator("aside.case-side summary", has_text="Cách tính và căn cứ").nth(2).click()
    camera.shoot(
        "thoi-han",
        page.locator("section[aria-labelledby=han-co-quan]"),
        page.locator("section[aria-labelledby=han-bao]"),
    )


def press_officer(camera: Camera) -> None:
    page = camera.page("baochi", "/hop-tin")
    camera.shoot("hop-tin", page.locator("#main"), most=620, side=True)
    page.keyboard.press("a")
    page.locator(".give").wait_for()
    camera.shoot("hop-tin-giao", page.locator("[data-row].now"))
    page = camera.page("baochi", "/hop-tin?chu-y=1")
    page.locator(".queue a[data-key=o]").nth(1).click()
    page.locator("h1").wait_for()
    camera.shoot("bai-viet", page.locator("#main"), most=660)
    page = camera.page("baochi", VERIFIED)
    camera.shoot("vu-viec", page.locator("#main"), most=720)
    page = camera.page("baochi", VERIFIED + "/trich/" + _first_item(page))
    page.locator("input[name=cau]").nth(1).check()
    camera.shoot("trich-doan", page.locator("#main"), most=600)
    page = camera.page("baochi", HANDLED)
    camera.shoot("de-nghi", page.locator("article.request").first, most=760)
    page.locator("#van-ban a", has_text="Công văn đề nghị").first.click()
    page.locator("ol.way").wait_for()
    camera.shoot("soan-van-ban", page.locator("#main"), most=700)
    camera.page("baochi", "/diem-tin").get_by_role("button", name="Lập điểm tin ngày").click()
    page = camera.at("baochi")
    page.locator(".edition").first.wait_for()
    camera.shoot("diem-tin-soan", page.locator("#main"), most=620)
    page.get_by_text("Duyệt số này…").click()
    page.get_by_role("button", name="Duyệt và phát hành").click()
    page.get_by_role("link", name="Sao chép để gửi Zalo").wait_for()
    camera.shoot("tim-kiem", camera.page("baochi", "/tim?q=công nhân ngừng việc").locator("#main"), most=640)
    page = camera.page("baochi", "/co-quan")
    page.locator("[data-row] a[data-key=o]").first.click()
    _open(page, "phieu")
    camera.shoot("phieu-bao", page.locator("details:has(> form#phieu)"), most=660)


def leader(camera: Camera) -> None:
    camera.shoot("viec-lanh-dao", camera.page("lanhdao", "/viec").locator("#main"), most=280)
    camera.page("lanhdao", "/diem-tin").locator("[data-row] a[data-key=o]").first.click()
    page = camera.at("lanhdao")
    item = page.locator("ol.edition > li").nth(1)
    item.locator("summary", has_text="Ý kiến chỉ đạo").click()
    item.get_by_label("Ý kiến chỉ đạo").fill("Kiểm tra nội dung báo nêu, báo cáo Thường trực trong tuần.")
    item.get_by_label("Giao cho").select_option(index=_at(item, "Giao cho", "Trần Văn Báo"))
    item.get_by_label("Hạn").fill("13/11/2026")
    camera.shoot("diem-tin-chi-dao", item)
    item.get_by_role("button", name="Chỉ đạo", exact=True).click()
    page.locator(".flash").wait_for()
    camera.page("lanhdao", "/viec").locator("a", has_text="Công văn đề nghị").first.click()
    page.locator("form#van-ban-ky").wait_for()
    camera.shoot("ky-van-ban", page.locator("#main"), most=560)
    page.get_by_role("button", name="Ký văn bản").click()
    page.locator(".flash").wait_for()
    camera.shoot("tong-quan", camera.page("lanhdao", "/tong-quan").locator("#main"), most=720)


def clerk(camera: Camera) -> None:
    page = camera.page("vanthu", "/viec")
    camera.shoot("viec-van-thu", page.locator("#main"), most=330)
    page.locator("a", has_text="Công văn đề nghị").first.click()
    form = page.locator("form#van-ban-so")
    form.get_by_label("Số (bắt buộc)").fill("216")
    form.get_by_label("Ngày văn bản").fill("05/11/2026")
    camera.shoot("vao-so", page.locator("details:has(> form#van-ban-so)"))
    form.get_by_role("button", name="Vào số").click()
    page.locator("form#van-ban-phat-hanh").wait_for()
    camera.shoot("phat-hanh", page.locator("details:has(> form#van-ban-phat-hanh)"))
    page.get_by_role("button", name="Ghi đã phát hành").click()
    page.locator(".flash").wait_for()
    page = camera.page("vanthu", HANDLED)
    form = _open(page, "van-ban-den")
    for name, value in ARRIVED.items():
        form.get_by_label(name, exact=False).first.fill(value)
    camera.shoot("van-ban-den", page.locator("details:has(> form#van-ban-den)"))
    camera.shoot("so-van-ban", camera.page("vanthu", "/van-ban").locator("#main"), most=480)


def unit(camera: Camera) -> None:
    camera.shoot("viec-don-vi", camera.page("donvi", "/viec").locator("#main"), most=400)
    page = camera.page("baochi", VERIFIED)
    page.get_by_role("button", name="Tạo liên kết trả lời").first.click()
    link = page.locator("textarea[id$='-ra']").input_value().strip()
    page = camera.page("donvi", VERIFIED)
    page.get_by_label("Nội dung trả lời").fill(ANSWER)
    camera.shoot("tra-loi-don-vi", page.locator("section[aria-labelledby=giao]"))
    page = camera.page("", link, phone=True)
    camera.shoot("tra-loi-lien-ket", page.locator("#main"), most=950)
    page.get_by_label("Nội dung trả lời").fill(ANSWER)
    page.get_by_label("Họ và tên").fill("Hoàng Văn Cơ")
    page.get_by_label("Chức danh").fill("Phó Chủ tịch")
    page.get_by_role("button", name="Gửi trả lời").click()
    page.get_by_role("heading", name="Đã nhận trả lời").wait_for()
    camera.shoot("tra-loi-xong", page.locator("#main"), most=760)
    camera.shoot("gui-tin", camera.page("donvi", "/gui-tin").locator("#main"), most=660)


def conclusion(camera: Camera) -> None:
    """The unit has answered: the press officer judges, the leader concludes."""
    page = camera.page("baochi", VERIFIED)
    form = page.locator("form[id^=danh-gia-]").first
    form.get_by_label("Báo nêu").select_option(label="Đúng")
    form.get_by_label("Lý do kết luận").fill("Sổ sách và biên bản cho thấy đúng như báo nêu.")
    form.get_by_role("button", name="Lưu kết luận").click()
    page.locator(".flash").wait_for()
    page = camera.page("lanhdao", VERIFIED)
    page.get_by_label("Lời kết luận").fill("Báo nêu đúng; yêu cầu công khai tài chính theo quy định.")
    camera.shoot("ket-luan", page.locator("details:has(> form#ket-luan)"))
    page.get_by_role("button", name="Kết luận vụ việc").click()
    page.locator(".flash").wait_for()


def administrator(camera: Camera) -> None:
    page = camera.page("quantri", "/quan-tri/nguoi-dung")
    form = _open(page, "them-nguoi")
    form.get_by_label("Họ và tên").fill("Đỗ Văn Tuyên")
    form.get_by_label("Tên đăng nhập").fill("tuyen")
    form.get_by_label("Cán bộ báo chí").check()
    camera.shoot("nguoi-dung", page.locator("#main"), most=720)
    form.get_by_role("button", name="Thêm người dùng").click()
    page.get_by_role("button", name="Tạo liên kết đặt mật khẩu").click()
    page.locator("#lien-ket-moi").wait_for()
    camera.shoot("lien-ket-mat-khau", page.locator("#main > .note"))
    camera.shoot("don-vi-cong-doan", camera.page("quantri", "/quan-tri/don-vi").locator("#main"), most=420)
    camera.shoot("lich-lam-viec", camera.page("baochi", "/quan-tri/lich").locator("#main"), most=680)
    page = camera.page("baochi", "/quan-tri/thay-mat")
    form = _open(page, "lam-thay")
    form.get_by_label("Người làm thay").select_option(label="Lê Thị Lãnh")
    form.get_by_label("Đến hết ngày").fill("13/11/2026")
    camera.shoot("lam-thay", page.locator("#main"), most=460)
    page = camera.page("lanhdao", "/quan-tri/ban-giao")
    page.get_by_label("Người bàn giao").select_option(index=_at(page, "Người bàn giao", "Trần Văn Báo"))
    page.get_by_label("Người nhận").select_option(index=_at(page, "Người nhận", "Đỗ Văn Tuyên"))
    page.get_by_role("button", name="Xem việc sẽ chuyển").click()
    page.locator("form#ban-giao").wait_for()
    camera.shoot("ban-giao", page.locator("#main"), most=520)
    page.locator("form#ban-giao button").click()
    page.locator("article.minutes").wait_for()
    camera.shoot("bien-ban", page.locator("#main"), most=720)
    page = camera.page("quantri", "/quan-tri/du-lieu")
    camera.shoot("du-lieu", page.get_by_role("heading", name="Trong cơ sở dữ liệu"), page.locator("#main form"))


def _first_item(page: Page) -> str:
    return (page.locator("#tin-bai ~ ul li").first.get_attribute("id") or "").removeprefix("bai-")


def _at(page: Page | Locator, label: str, name: str) -> int:
    """Where the option of this person stands; its words also tell how much he has to do."""
    options = page.get_by_label(label).locator("option").all_inner_texts()
    return next(n for n, words in enumerate(options) if words.startswith(name))


VERIFIED, HANDLED = "/vu-viec/VV2026-0001", "/vu-viec/VV2026-0002"
ARRIVED = {
    "Nơi gửi": "Báo Sông Chảy", "Số, ký hiệu": "48/CV-BSC", "Ngày văn bản": "05/11/2026", "Số đến": "1031",
    "Ngày đến": "05/11/2026", "Trích yếu": "Trả lời công văn về bài báo ngày 04/11",
}  # fmt: skip
ANSWER = (
    "Đã làm việc với công ty ngày 05/11. Ban chấp hành công đoàn cơ sở chưa công khai tài chính trong các năm báo nêu."
)
SCENES: tuple[Callable[[Camera], None], ...] = (
    everybody,
    press_officer,
    sending,
    leader,
    clerk,
    unit,
    conclusion,
    lambda camera: one_case(camera, HANDLED.rpartition("/")[2]),
    administrator,
    handing_out,
    half_year,
    gathering,
)


def main(folder: Path) -> None:
    """Makes all pictures anew."""
    os.environ["MONITOR_NOW"] = MORNING
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with empty_office(folder) as (camera, link):
        first_start(camera, link)
    with office_at_work(folder) as camera:
        for scene in SCENES:
            scene(camera)
    together = sum(one.stat().st_size for one in folder.glob("*.png"))
    print(f"{len(list(folder.glob('*.png')))} pictures, {together} bytes")
    if together > MOST_TOGETHER:
        raise SystemExit(f"more than {MOST_TOGETHER} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "anh")
