"""What the pages are on A4 paper: no phone cards, no buttons, an edition with the office's head."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk_office import Desk

from monitor.desk import editions, triage

_PAPER = {"width": 718, "height": 1000}
"""A4 portrait between the margins, in CSS pixels."""


def printed(page: Any) -> Any:
    page.set_viewport_size(_PAPER)
    page.emulate_media(media="print")
    return page


def test_lists_use_the_width_of_the_sheet(desk: Desk, open_page: Callable[..., Any]) -> None:
    with desk.sitting() as s:
        case = triage.open_case(s, [triage.pending(s)[0].subject], triage.Opening())
    page = printed(open_page("bao", "/hop-tin"))
    title = page.locator(".queue h2").first.bounding_box()
    assert title["width"] > 250
    assert title["x"] < 60
    assert not page.locator(".bulk").is_visible()
    assert not page.locator(".queue input[type=checkbox]").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= _PAPER["width"]
    for path in ("/vu-viec", "/co-quan"):
        page.goto(path)
        assert page.locator("table.stack thead").bounding_box()["height"] > 10, path
        assert page.evaluate("getComputedStyle(document.querySelector('table.stack tr')).display") == "table-row"
    page.goto("/tong-quan")
    assert page.evaluate("document.documentElement.scrollWidth") <= _PAPER["width"]
    page.goto(f"/vu-viec/{case.id}")
    assert page.locator(".clock").first.is_visible()
    assert not page.locator(".clock details").first.is_visible()


def test_an_approved_edition_has_the_offices_head_and_nothing_of_the_desk(
    desk: Desk, open_page: Callable[..., Any]
) -> None:
    with desk.sitting() as s:
        made = editions.draft(s, "weekly")
        editions.drop(s, made.id, made.items[0].article)
        editions.approve(s, made.id)
    page = open_page("bao", f"/diem-tin/{made.id}")
    assert not page.locator(".masthead").is_visible()
    assert page.get_by_text("Đã bỏ khỏi số này").is_visible()
    printed(page)
    assert "Tổng Liên đoàn Lao động Việt Nam" in page.locator(".masthead").text_content()
    assert page.locator(".masthead").is_visible()
    assert page.get_by_text("Giờ chốt tin").is_visible()
    for gone in ("Đã bỏ khỏi số này", "Ai đã đọc", "Sao chép để gửi Zalo", "Tải về"):
        assert not page.get_by_text(gone).first.is_visible(), gone
