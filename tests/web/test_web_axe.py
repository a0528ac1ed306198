"""Every page in a real browser, opened wide: axe-core's serious faults, width, headings, weight, errors in the console."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import desk_office
import full_office
import pytest
from desk_office import LOGINS, Desk
from full_office import Full

from monitor.web import served
from monitor.web.routing import PAGES

SIZES = {"laptop": (1366, 768), "phone": (390, 844)}
ZOOMED = (683, 384)
"""A laptop's window at 200 %."""
MOST = 150_000
"""Bytes of a page with its style and its script, unpacked."""
FILES = {
    "/quan-tri/don-vi.csv", "/co-quan/tat-ca/phieu.csv", "/nguon/opml", "/diem-tin/{id}/tai",
    "/vu-viec/{id}/chung-cu/{thing}", "/vu-viec/{id}/van-ban/den/{arrival}", "/vu-viec/{id}/van-ban/{paper}/pdf",
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
    "/vu-viec/{id}/trich/{article}": (("/vu-viec/{concluded}/trich/{quoted}",), ("bao",)),
    "/vu-viec/{id}/van-ban/{paper}": (
        ("/vu-viec/{handling}/van-ban/{draft}", "/vu-viec/{handling}/van-ban/{sent}"), ("lanh", "bao", "thu"),
    ),
    "/van-ban": (("/van-ban", "/van-ban?chieu=den", "/van-ban?q=zzz"), ("lanh", "thu")),
    "/hop-tin": (
        ("/hop-tin", "/hop-tin?giao={subject}", "/hop-tin?trang-thai=noted", "/hop-tin?q=zzz"), ("lanh", "bao", "thu"),
    ),
    "/hop-tin/{subject}": (("/hop-tin/{subject}",), ("bao", "thu")),
    "/bai/{id}": (("/bai/{article}", "/bai/{quoted}"), ("bao", "co", "quan")),
    "/bai/{id}/sua-doi/{n}": (("/bai/{article}/sua-doi/2",), ("bao",)),
    "/bai/{id}/trang/{sha}": (("/bai/{article}/trang/{sha}",), ("bao",)),
    "/tim": (("/tim", "/tim?q=công đoàn", "/tim?q=zzzz", "/tim?q=7/LĐLĐ-TG", "/tim?tu=sai"), ("bao", "co")),
    "/gui-tin": (("/gui-tin", "/gui-tin?da-gui={article}"), ("co", "bao")),
    "/diem-tin": (("/diem-tin",), ("lanh", "bao", "co")),
    "/diem-tin/{id}": (("/diem-tin/{edition}", "/diem-tin/{approved}"), ("lanh", "bao", "thu")),
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
    "/viec": (("/viec",), ALL),
}
"""Each page: what stands for it in the office, and for whom it differs."""
EMPTY = (
    "/hop-tin", "/viec", "/vu-viec", "/diem-tin", "/tim?q=công đoàn", "/tong-quan", "/tong-quan/danh-sach", "/van-ban",
    "/co-quan", "/gui-tin", "/nguon", "/quan-tri/don-vi", "/quan-tri/thay-mat", "/quan-tri/ban-giao", "/khong-co",
)  # fmt: skip
_MEASURE = """() => ({
  wide: document.documentElement.scrollWidth, room: innerWidth,
  heads: document.querySelectorAll("h1").length, title: document.title.trim(),
})"""
_OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
_AXE = "() => axe.run({resultTypes: ['violations']})"


def walk(full: Full, login: str) -> list[str]:
    """The addresses of the table for this person."""
    return [one.format_map(_parts(full)) for many, whom in TABLE.values() if login in whom for one in many]


def _parts(full: Full) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(full).items()}


@contextmanager
def looked(chromium: Any, desk: Desk, login: str) -> Iterator[Any]:
    """A page of a person's own browser, at the office's real server."""
    with served(desk.home, "127.0.0.1", 0, lambda line: None) as base:
        context = chromium.new_context(locale="vi-VN", base_url=base, reduced_motion="reduce")
        if login:
            context.add_cookies([{"name": "phien", "value": desk.cookie(login), "url": base}])
        page = context.new_page()
        yield page
        context.close()


def faults(page: Any, address: str, axe: str) -> list[str]:
    """What is wrong with the page at any of the sizes, in words."""
    found: list[str] = []
    note = lambda told: found.append(f"{address}: {told.text}") if told.type == "error" else None  # noqa: E731
    page.on("console", note)
    page.set_viewport_size(dict(zip(("width", "height"), SIZES["laptop"], strict=True)))
    answer = page.goto(address)
    page.evaluate(_OPEN)
    for name, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{address} ({name}): {one}" for one in _axe(page, axe)]
        found += _measured(page, f"{address} ({name})")
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    found += _measured(page, f"{address} (200 %)")
    weight = len(answer.body())
    if weight > MOST:
        found.append(f"{address}: {weight} bytes")
    page.remove_listener("console", note)
    return found


def _axe(page: Any, axe: str) -> list[str]:
    page.evaluate(axe)
    said = page.evaluate(_AXE)
    return [
        f"{one['id']} ({one['impact']}): {[node['html'][:160] for node in one['nodes'][:3]]}"
        for one in said["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def _measured(page: Any, where: str) -> list[str]:
    seen = page.evaluate(_MEASURE)
    found = []
    if seen["wide"] > seen["room"]:
        found.append(f"{where}: {seen['wide']} px wide in {seen['room']}")
    if seen["heads"] != 1:
        found.append(f"{where}: {seen['heads']} h1")
    if not seen["title"]:
        found.append(f"{where}: no title")
    return found
