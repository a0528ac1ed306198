"""Every page in a real browser, opened wide: axe-core's serious faults, width, headings, weight, console errors."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import desk_office
import full_office
import pytest
from desk_office import Desk
from full_office import Full

import monitor.web
from monitor.config import Home
from monitor.web import served
from monitor.web.routing import PAGES

SIZES = {
    "laptop": {"width": 1366, "height": 768},
    "phone": {"width": 390, "height": 844},
    "zoomed": {"width": 683, "height": 384},
}
"""The last: a laptop's window at 200 %."""
NARROW = (
    "scrollable-region-focusable", "aria-hidden-focus", "button-name", "link-name", "label",
    "select-name", "meta-viewport", "css-orientation-lock", "empty-heading",
)  # fmt: skip
"""Axe-core's rules whose answer may be another where the window is narrow and words are hidden."""
STATIC = Path(monitor.web.__file__).parent / "static"
MOST = 150_000
"""Bytes of a page with its style and its script, unpacked."""
SHARED = sum((STATIC / name).stat().st_size for name in ("desk.css", "desk.js"))
FILES = {
    "/quan-tri/don-vi.csv", "/co-quan/tat-ca/phieu.csv", "/nguon/opml", "/diem-tin/{id}/tai",
    "/vu-viec/{id}/chung-cu/{thing}", "/vu-viec/{id}/van-ban/den/{arrival}", "/vu-viec/{id}/van-ban/{paper}/pdf",
    "/bao-cao/don-vi/{period}/{unit}/bieu", "/bao-cao/don-vi/{period}/{unit}/tep/{sha}",
    "/bao-cao/ky/{period}/tai", "/bao-cao/ky/{period}/bieu-do/{name}", "/bao-cao/ban/{id}/tep",
    "/vu-viec/{id}/van-ban/{paper}/tep/{file}", "/bai/{id}/trang/{sha}/goc", "/bai/{id}/tep/{file}",
}  # fmt: skip
"""Given to be kept, not shown."""
PIECES = {"/", "/hop-tin/{subject}/ai", "/vu-viec/{id}/dang-mo"}
"""A way on to a page of this table, and what the script puts into one."""
NOBODY = ("",)
ALL = ("lanh", "bao", "thu", "co", "quan")
TABLE: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "/dang-nhap": (("/dang-nhap", "/dang-nhap?den=/viec"), NOBODY),
    "/bat-dau/{secret}": (("/bat-dau/{first}",), NOBODY),
    "/dat-mat-khau/{secret}": (("/dat-mat-khau/{password}", "/dat-mat-khau/sai"), NOBODY),
    "/tra-loi/{secret}": (("/tra-loi/{answer}", "/tra-loi/sai"), NOBODY),
    "/tai-khoan": (("/tai-khoan",), ("bao",)),
    "/quan-tri": (("/quan-tri",), ("quan",)),
    "/quan-tri/co-quan": (("/quan-tri/co-quan",), ("quan",)),
    "/quan-tri/nhat-ky": (("/quan-tri/nhat-ky", "/quan-tri/nhat-ky?kiem=1"), ("quan",)),
    "/quan-tri/du-lieu": (("/quan-tri/du-lieu",), ("quan",)),
    "/quan-tri/nguoi-dung": (("/quan-tri/nguoi-dung",), ("quan",)),
    "/quan-tri/nguoi-dung/{id}": (("/quan-tri/nguoi-dung/{person}",), ("quan",)),
    "/quan-tri/thay-mat": (("/quan-tri/thay-mat",), ("lanh", "bao", "quan")),
    "/quan-tri/ban-giao": (("/quan-tri/ban-giao", "/quan-tri/ban-giao?tu=u3&den=u4"), ("lanh", "bao")),
    "/quan-tri/ban-giao/{n}": (("/quan-tri/ban-giao/{handover}",), ("lanh",)),
    "/quan-tri/don-vi": (("/quan-tri/don-vi", "/quan-tri/don-vi?q=zzz"), ("quan",)),
    "/quan-tri/don-vi/{id}": (("/quan-tri/don-vi/may",), ("quan",)),
    "/quan-tri/lich": (("/quan-tri/lich",), ("bao", "quan")),
    "/vu-viec": (("/vu-viec", "/vu-viec?trang-thai=tat-ca", "/vu-viec?q=zzz"), ("lanh", "bao", "thu", "co")),
    "/vu-viec/{id}": (
        ("/vu-viec/{verifying}", "/vu-viec/{handling}", "/vu-viec/{concluded}", "/vu-viec/{closed}"),
        ("lanh", "bao", "thu", "co"),
    ),
    "/vu-viec/{id}/trich/{article}": (("/vu-viec/{verifying}/trich/{article}",), ("bao",)),
    "/vu-viec/{id}/van-ban/{paper}": (
        ("/vu-viec/{handling}/van-ban/{draft}", "/vu-viec/{handling}/van-ban/{sent}"),
        ("lanh", "bao", "thu"),
    ),
    "/van-ban": (("/van-ban", "/van-ban?chieu=den", "/van-ban?q=zzz"), ("lanh", "thu")),
    "/hop-tin": (
        ("/hop-tin", "/hop-tin?giao={subject}", "/hop-tin?trang-thai=noted", "/hop-tin?tu-khoa=zzz"),
        ("lanh", "bao", "thu"),
    ),
    "/hop-tin/{subject}": (("/hop-tin/{subject}",), ("bao", "thu")),
    "/canh-bao": (("/canh-bao", "/canh-bao?loai=topic"), ("lanh", "bao", "thu")),
    "/bai/{id}": (("/bai/{article}", "/bai/{quoted}"), ("bao", "co", "quan")),
    "/bai/{id}/sua-doi/{n}": (("/bai/{article}/sua-doi/1",), ("bao",)),
    "/bai/{id}/trang/{sha}": (("/bai/{article}/trang/{sha}",), ("bao",)),
    "/tim": (("/tim", "/tim?q=công đoàn", "/tim?q=zzzz", "/tim?q=7/LĐLĐ-TG", "/tim?tu=sai"), ("bao", "co")),
    "/gui-tin": (("/gui-tin", "/gui-tin?da-gui={article}"), ("co", "bao")),
    "/diem-tin": (("/diem-tin",), ("lanh", "bao", "co")),
    "/diem-tin/{id}": (("/diem-tin/{edition}", "/diem-tin/{approved}"), ("lanh", "bao", "thu")),
    "/gui-di": (("/gui-di", "/gui-di?tinh-trang=xong"), ("bao", "thu")),
    "/gui-di/{id}": (("/gui-di/{message}",), ("bao",)),
    "/quan-tri/nguoi-nhan": (("/quan-tri/nguoi-nhan",), ("bao", "quan")),
    "/quan-tri/nguoi-nhan/them": (("/quan-tri/nguoi-nhan/them",), ("bao",)),
    "/quan-tri/nguoi-nhan/{id}": (("/quan-tri/nguoi-nhan/{reader}",), ("quan",)),
    "/diem-tin/{id}/zalo": (("/diem-tin/{approved}/zalo",), ("bao",)),
    "/nguon": (("/nguon",), ("bao", "co")),
    "/nguon/them": (("/nguon/them",), ("bao",)),
    "/co-quan": (("/co-quan", "/co-quan?q=zzz"), ("bao", "lanh")),
    "/co-quan/{outlet}": (("/co-quan/bao0", "/co-quan/bao1"), ("bao", "lanh")),
    "/quy-tac": (("/quy-tac",), ("bao",)),
    "/quy-tac/thu": (("/quy-tac/thu",), ("bao",)),
    "/quy-tac/{name}": (("/quy-tac/office.yaml",), ("bao",)),
    "/tong-quan": (("/tong-quan",), ("lanh", "bao")),
    "/tong-quan/danh-sach": (("/tong-quan/danh-sach", "/tong-quan/danh-sach?vu-viec=opened"), ("bao",)),
    "/bao-cao": (("/bao-cao", "/bao-cao?tu=mai"), ("bao", "lanh")),
    "/bao-cao/ky/{period}": (
        ("/bao-cao/ky/2026H2", "/bao-cao/ky/2026H2?sua=II", "/bao-cao/ky/2020H1"),
        ("bao", "thu"),
    ),
    "/bao-cao/ky/{period}/danh-sach": (
        ("/bao-cao/ky/2026H2/danh-sach?muc=items.total", "/bao-cao/ky/2026H2/danh-sach?muc=balance.right"),
        ("bao",),
    ),
    "/bao-cao/don-vi": (("/bao-cao/don-vi", "/bao-cao/don-vi?ky={unit_period}"), ("bao", "co")),
    "/bao-cao/don-vi/{period}/{unit}": (
        ("/bao-cao/don-vi/{unit_period}/kcn", "/bao-cao/don-vi/{unit_period}/kcn?sua=1", "/bao-cao/don-vi/2025H1/kcn"),
        ("bao", "co", "thu"),
    ),
    "/bao-cao/don-vi/{period}/chenh-lech": (("/bao-cao/don-vi/{unit_period}/chenh-lech",), ("bao",)),
    "/bao-cao/don-vi/{period}/tong-hop": (("/bao-cao/don-vi/{unit_period}/tong-hop",), ("bao",)),
    "/bao-cao/ban/{id}": (("/bao-cao/ban/{report}",), ("bao", "lanh")),
    "/viec": (("/viec",), ALL),
}
"""Each page: what stands for it in the office, and for whom it differs."""
EMPTY = (
    "/canh-bao", "/hop-tin", "/viec", "/vu-viec", "/diem-tin", "/tim?q=công đoàn", "/tong-quan",
    "/tong-quan/danh-sach", "/van-ban", "/bao-cao", "/bao-cao/don-vi", "/bao-cao/ky/2026H2", "/co-quan", "/gui-tin",
    "/gui-di", "/nguon", "/quan-tri/don-vi", "/quan-tri/thay-mat", "/quan-tri/ban-giao", "/khong-co",
)  # fmt: skip
_OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
_MEASURE = """() => ({
  wide: document.documentElement.scrollWidth, room: innerWidth,
  heads: document.querySelectorAll("h1").length, title: document.title.trim(),
  twice: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, n, all) => all.indexOf(id) !== n),
})"""
_SHAPE = """() => [...new Set([...document.querySelectorAll("body *")].map((one) =>
  [one.tagName, one.className, one.type, ...one.getAttributeNames()].join(" ")))].sort().join("|")"""
"""What a page is made of: every kind of element with its classes and attributes, once."""
_LOOKED_AT: set[tuple[str, str]] = set()
"""At which size axe-core has looked at which shape: another person's page of the same parts has the same faults."""
_SERIOUS = """async (rules) => (await axe.run({
    resultTypes: ["violations"], selectors: false, iframes: false, preload: false,
    ...(rules ? {runOnly: {type: "rule", values: rules}} : {})})).violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")}`)"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core; skipped with the reason where its package is not there."""
    found = pytest.importorskip(
        "axe_playwright_python.base", reason="axe-playwright-python is not installed: pip install -e '.[browser]'"
    )
    return str(found.AXE_SCRIPT)


@pytest.fixture(scope="module")
def office(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Full]:
    """One full office for all walks: they only read."""
    folder = tmp_path_factory.mktemp("full")
    shutil.copytree(_made, folder / "home")
    desk = Desk(home=Home(root=folder / "home"))
    return desk, full_office.filled(desk, folder)


@contextmanager
def browsing(chromium: Any, desk: Desk, login: str) -> Iterator[tuple[Any, str]]:
    """A page of this person's own browser before the office's real server, and the first administrator's link."""
    said: list[str] = []
    with served(desk.home, "127.0.0.1", 0, said.append) as base:
        context = chromium.new_context(locale="vi-VN", base_url=base)
        if login:
            context.add_cookies([{"name": "phien", "value": desk.cookie(login), "url": base}])
        first = next((line for line in said if "/bat-dau/" in line), "")
        yield context.new_page(), first.rpartition("/bat-dau/")[2].strip()
        context.close()


def addresses(full: Full, login: str, first: str) -> list[tuple[str, bool]]:
    """What of the table is this person's to look at, and whether it is his to be looked at on a phone too."""
    parts = asdict(full) | {"first": first}
    return [
        (one.format_map(parts), login == whom[0])
        for many, whom in TABLE.values()
        if login in whom
        for one in (many if login == whom[0] else many[:1])
    ]  # fmt: skip


def faults(page: Any, address: str, axe: str, *, closely: bool = True) -> list[str]:
    """What is wrong with the page at any of the sizes, in words; ``closely``: axe-core looks at the phone's too."""
    told: list[str] = []
    # The browser's own line on an answer that is no 200, as for a link that has ended.
    page.on(
        "console", lambda line: told.append(line.text) if line.type == "error" and "status of" not in line.text else 0
    )
    page.on("pageerror", lambda error: told.append(str(error)))
    page.set_viewport_size(SIZES["laptop"])
    answer = page.goto(address)
    assert answer.status < 500, address
    weight = len(answer.body()) + SHARED
    found = [f"{weight} bytes"] if weight > MOST else []
    page.evaluate(axe)
    page.evaluate(_OPEN)
    shape = page.evaluate(_SHAPE)
    for name, size in SIZES.items():
        page.set_viewport_size(size)
        if (name == "laptop" or (closely and name == "phone")) and (name, shape) not in _LOOKED_AT:
            _LOOKED_AT.add((name, shape))
            rules = None if name == "laptop" else NARROW
            found += [f"{name}: {one}" for one in page.evaluate(_SERIOUS, rules)]
        seen = page.evaluate(_MEASURE)
        if seen["wide"] > seen["room"]:
            found.append(f"{name}: {seen['wide']} px wide")
        if seen["heads"] != 1 or not seen["title"] or seen["twice"]:
            found.append(f"{name}: {seen}")
    return [f"{address}: {one}" for one in dict.fromkeys(found + told) if one]


def test_every_page_to_read_is_in_the_table() -> None:
    assert {page.path for page in PAGES if page.method == "GET"} == set(TABLE) | FILES | PIECES


@pytest.mark.parametrize("login", sorted({login for _, whom in TABLE.values() for login in whom}))
def test_no_page_has_a_serious_fault_or_runs_over_its_window(
    chromium: Any, axe: str, office: tuple[Desk, Full], login: str
) -> None:
    desk, full = office
    with browsing(chromium, desk, login) as (page, first):
        walk = addresses(full, login, first)
        assert not [one for address, closely in walk for one in faults(page, address, axe, closely=closely)]


def test_no_empty_page_has_one_either(chromium: Any, axe: str, tmp_path: Path) -> None:
    desk = desk_office.make(tmp_path / "home", [])
    with browsing(chromium, desk, "dau") as (page, _):
        assert not [one for address in EMPTY for one in faults(page, address, axe, closely=False)]
