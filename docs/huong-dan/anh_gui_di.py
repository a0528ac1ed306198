"""Scenes of the guide on what leaves the office: alerts, mail, reports of the units, the report of a half-year."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from may_anh import Camera
from playwright.sync_api import Locator, Page

from monitor.desk import alerts, case_report
from monitor.desk.sitting import sitting
from monitor.jobs.deliver import deliver

READERS = (
    ("Ban Thường vụ", "thuongvu@ldld.example"),
    ("Ủy ban Kiểm tra", "sai-ubkt@ldld.example"),
)
"""The second address is one that the mail server does not know."""
PERIOD = "2026H2"
UNIT = "kcn"
WORK = "Đã làm việc với hai doanh nghiệp; mở một lớp tập huấn phát ngôn cho 45 cán bộ công đoàn cơ sở."
OWN_WORDS = (
    "Trong kỳ, báo chí phản ánh kịp thời đời sống, việc làm của công nhân; các nội dung nêu về công đoàn đều được "
    "phân công xác minh trong ngày."
)


def sending(camera: Camera) -> None:
    """Readers are entered, the approved edition goes to them, and an alert tells of what wants attention."""
    for name, address in READERS:
        page = camera.page("baochi", "/quan-tri/nguoi-nhan")
        known = page.locator("[data-row] a", has_text=name)
        known.click() if known.count() else page.get_by_role("link", name="Thêm người nhận").click()
        page.get_by_label("Tên người nhận").fill(name)
        page.get_by_label("Địa chỉ", exact=True).fill(address)
        page.get_by_label("Điểm tin ngày").check()
        page.get_by_role("button", name="Lưu người nhận" if known_is(page) else "Thêm người nhận").click()
        page.locator(".flash").wait_for()
    camera.shoot("nguoi-nhan", camera.page("baochi", "/quan-tri/nguoi-nhan").locator("table.outgoing"))
    page = camera.page("baochi", "/diem-tin")
    page.locator("table [data-row] a[data-key=o]").first.click()
    page.locator("form#gui-di button").click()
    page.locator(".flash").wait_for()
    deliver(camera.home)
    page = camera.page("baochi", page.url.partition("#")[0])
    camera.shoot("gui-diem-tin", page.locator("section#gui"))
    alerts.look(camera.home)
    camera.later("2026-11-05T08:05:00+07:00")
    alerts.look(camera.home)
    deliver(camera.home)
    camera.shoot("canh-bao", camera.page("baochi", "/canh-bao").locator("#main"), most=606)
    camera.shoot("gui-di", camera.page("baochi", "/gui-di").locator("#main"), most=500)


def known_is(page: Page) -> bool:
    """Whether the reader that is open was there before."""
    return page.get_by_role("button", name="Lưu người nhận").count() > 0


def one_case(camera: Camera, case: str) -> None:
    """Báo cáo vụ việc: the first of its two pages."""
    with sitting(camera.home, "baochi") as s:
        camera.shoot_paper("bao-cao-vu-viec", case_report.case_report(s, case, "pdf"))


def handing_out(camera: Camera) -> None:
    """The half-year is over: the federation issues its report and hands the forms out, a unit fills its own in."""
    page = camera.page("quantri", f"/quan-tri/don-vi/{UNIT}")
    page.get_by_label("Thư điện tử").fill("cdkcn@ldld.example")
    page.get_by_role("button", name="Lưu đơn vị").click()
    page.locator(".flash").wait_for()
    camera.later("2027-01-06T08:10:00+07:00")
    page = camera.page("baochi", f"/bao-cao/don-vi?ky={PERIOD}")
    page.get_by_text("Gửi biểu cho các đơn vị, nhắc nộp").click()
    camera.shoot("phat-bieu", page.locator("details:has(form#phat-bieu)"))
    page.locator("form#phat-bieu button").click()
    page.locator(".flash").wait_for()
    deliver(camera.home)
    page = camera.page("donvi", f"/bao-cao/don-vi/{PERIOD}/{UNIT}")
    with page.expect_download() as coming:
        page.get_by_text("Tải biểu Excel").first.click()
    _spoiled(page, coming.value.path().read_bytes())
    camera.shoot("bieu-sai", page.locator("details:has(> form#tep)"))
    camera.shoot(
        "bieu-dien-thoai",
        camera.page("donvi", f"/bao-cao/don-vi/{PERIOD}/{UNIT}", phone=True).locator("#main"),
        most=900,
    )
    page = camera.page("donvi", f"/bao-cao/don-vi/{PERIOD}/{UNIT}")
    form = page.locator("form#bieu")
    for name, figure in (("trainings", "1"), ("people_trained", "45"), ("cases_found", "4"), ("news_sent", "12")):
        form.locator(f"[name=so-{name}]").fill(figure)
    form.get_by_label("Công việc đã làm").fill(WORK)
    camera.shoot("bieu-don-vi", page.locator("#main"), most=760)
    form.get_by_role("button", name="Ghi và nộp").click()
    page.locator(".flash").wait_for()


def _spoiled(page: Page, book: bytes) -> None:
    """The form handed in with words where a number should be."""
    made = openpyxl.load_workbook(BytesIO(book))
    sheet = made.worksheets[0]
    rows = [row for row in range(1, sheet.max_row + 1) if not sheet.cell(row, 4).protection.locked]
    sheet.cell(rows[1], 4).value, sheet.cell(rows[4], 4).value = "mười hai", -3
    kept = BytesIO()
    made.save(kept)
    page.get_by_text("Nộp bằng tệp Excel").click()
    page.locator("form#tep input[type=file]").set_input_files(
        {"name": "bao-cao-kcn.xlsx", "mimeType": "application/octet-stream", "buffer": kept.getvalue()}
    )
    page.locator("form#tep button").click()
    page.locator("form#tep .wrong").wait_for()


def half_year(camera: Camera) -> None:
    """The report of the half-year: read, opened down to its rows, put into words, issued."""
    camera.shoot("bao-cao", camera.page("baochi", "/bao-cao").locator("#main"), most=450)
    at = f"/bao-cao/ky/{PERIOD}"
    page = camera.page("baochi", at)
    camera.shoot("bao-cao-ky", page.locator("#main"), most=700)
    camera.shoot("bao-cao-bieu-do", _part(page, "II").locator("figure:has(img[src*='/topic.png'])"))
    _part(page, "III").locator("table.report td a", has_text="2").first.click()
    page.locator("table [data-row]").first.wait_for()
    camera.shoot("bao-cao-danh-sach", page.locator("#main"), most=210)
    page = camera.page("baochi", f"{at}?sua=II")
    words = page.locator("form#loi-van textarea")
    words.fill(OWN_WORDS + "\n" + words.input_value())
    words.evaluate("one => { one.scrollTop = 0; }")
    camera.shoot("bao-cao-loi-van", page.locator("#phan-II"), most=560)
    page.get_by_role("button", name="Lưu lời văn").click()
    page.locator(".flash").wait_for()
    _issued(camera, "12")
    camera.shoot("bao-cao-ban", camera.at("baochi").locator("#main"), most=640)


def _part(page: Page, number: str) -> Locator:
    return page.locator(f"section[aria-labelledby=muc-{number}]")


def _issued(camera: Camera, number: str) -> None:
    page = camera.page("baochi", f"/bao-cao/ky/{PERIOD}")
    page.locator("details:has(> form#phat-hanh) > summary").click()
    form = page.locator("form#phat-hanh")
    form.get_by_label("Số văn thư đã cấp").fill(number)
    form.get_by_label("Ngày của báo cáo").fill("06/01/2027" if number == "12" else "18/01/2027")
    form.get_by_label("Chức vụ người ký").fill("PHÓ CHỦ TỊCH")
    form.get_by_label("Họ tên người ký").fill("Lê Thị Lãnh")
    if number == "12":
        camera.shoot("bao-cao-phat-hanh", page.locator("details:has(> form#phat-hanh)"))
    form.get_by_role("button", name="Phát hành báo cáo").click()
    # LibreOffice makes the PDF first.
    page.get_by_role("heading", name=f"Báo cáo số {number}").wait_for(timeout=90_000)


def gathering(camera: Camera) -> None:
    """Days after the due day: who is missing, what differs, what it comes to; and the report with what changed."""
    camera.later("2027-01-18T08:10:00+07:00")
    page = camera.page("baochi", f"/bao-cao/don-vi?ky={PERIOD}")
    camera.shoot("bao-cao-don-vi", page.locator("#main"), most=585)
    page = camera.page("baochi", f"/bao-cao/don-vi/{PERIOD}/chenh-lech")
    camera.shoot("chenh-lech", page.locator("#main"), most=290)
    page = camera.page("baochi", f"/bao-cao/don-vi/{PERIOD}/{UNIT}")
    page.locator("form#duyet button").click()
    page.locator(".flash").wait_for()
    page = camera.page("baochi", f"/bao-cao/don-vi/{PERIOD}/tong-hop")
    camera.shoot("tong-hop", page.locator("#main"), most=560)
    _issued(camera, "35")
    page = camera.at("baochi")
    camera.shoot("bao-cao-dieu-chinh", page.locator("section[aria-labelledby=dieu-chinh]"), most=420)
