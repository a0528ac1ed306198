"""Hộp tin in a real browser: twenty stories by keyboard, two officers, no script at all, a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from desk_office import Desk

from monitor.store import cases, triage

OpenPage = Callable[..., Any]


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")


def decided(desk: Desk, subjects: list[str]) -> list[str]:
    with desk.sitting("lanh") as s:
        found = {one: triage.get(s.db, one) for one in subjects}
    return [done.state.value if done else "new" for done in found.values()]


def rows(page: Any) -> list[str]:
    return [one.removeprefix("t-") for one in page.locator("[data-row]").evaluate_all("all => all.map(one => one.id)")]


def strike(page: Any, key: str) -> None:
    """A key that decides: done once the page has said so."""
    page.evaluate("document.querySelector('.flash')?.setAttribute('id', 'old')")
    page.keyboard.press(key)
    page.locator(".flash:not(#old)").wait_for()


def test_twenty_stories_are_decided_by_keyboard_alone(desk: Desk, open_page: OpenPage) -> None:
    page = open_page("bao", "/hop-tin")
    before = rows(page)
    # The first row is ready. Each decision makes the next row the current one; j leaves one as it is. Some are struck
    # slowly, the rest faster than the desk can answer.
    for key in "xxexv":
        strike(page, key)
    page.keyboard.type("eexxxjxeexvxxexexj")
    page.locator(".queue[data-first] > li:nth-child(4):last-child").wait_for()
    strike(page, "u")
    assert len(rows(page)) == 5
    counted = Counter(decided(desk, before))
    assert counted == {"irrelevant": 11, "noted": 7, "case": 2, "new": 5}
    with desk.sitting("lanh") as s:
        assert len(list(cases.every(s.db))) == 2
    # Ticked rows are meant by a key where there are any.
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("c")
    page.keyboard.press("j")
    page.keyboard.press("c")
    strike(page, "e")
    assert len(rows(page)) == 3
    # Enter is the quick look; j goes on to the next story there, and a decision too.
    page.keyboard.press("Enter")
    page.wait_for_url("**/hop-tin/s*")
    first = page.url
    page.keyboard.press("j")
    page.wait_for_url(lambda url: url != first and "/hop-tin/s" in url)
    strike(page, "x")
    page.keyboard.press("u")
    page.get_by_text("Đã hoàn tác").wait_for()
    assert Counter(decided(desk, before))["new"] == 3


def test_what_the_other_decided_is_told_and_a_check_is_given_out_in_place(desk: Desk, open_page: OpenPage) -> None:
    mine, other = open_page("bao", "/hop-tin"), open_page("bao2", "/hop-tin")
    first, second, *_ = rows(mine)
    strike(other, "e")
    mine.keyboard.press("x")
    mine.locator("#tin .wrong").wait_for()
    assert "Bùi Thị Ký vừa phân loại" in mine.locator("#tin .wrong").inner_text()
    assert decided(desk, [first]) == ["noted"]
    assert rows(mine)[0] == second
    mine.locator(f"#t-{second} [data-key=a]").click()
    mine.get_by_label("Đơn vị", exact=True).fill("kcn")
    mine.get_by_role("button", name="Giao xác minh").click()
    mine.get_by_text("Đã mở và giao vụ việc").wait_for()
    assert second not in rows(mine)
    with desk.sitting("lanh") as s:
        (case,) = cases.every(s.db)
    assert case.assignments[0].unit == "kcn"


def test_the_same_decisions_work_without_javascript(desk: Desk, open_page: OpenPage) -> None:
    page = open_page("bao", "/hop-tin", javascript=False)
    before = rows(page)
    for at, name in enumerate(("Không liên quan", "Ghi nhận", "Mở vụ việc")):
        page.locator(f"#t-{before[at]}").get_by_role("button", name=name, exact=True).click()
    assert page.url.endswith(f"#t-{before[3]}")
    page.locator(".flash button").click()
    assert decided(desk, before[:3]) == ["irrelevant", "noted", "new"]
    for subject in before[3:5]:
        page.locator(f"#t-{subject} input[type=checkbox]").check()
    page.locator(".bulk").get_by_role("button", name="Ghi nhận").click()
    assert decided(desk, before[3:5]) == ["noted", "noted"]


def test_a_phone_shows_the_queue_without_scrolling_sideways(desk: Desk, open_page: OpenPage) -> None:
    page = open_page("bao", "/hop-tin", phone=True)
    subject = rows(page)[0]
    for path in ("/hop-tin", f"/hop-tin?giao={subject}", f"/hop-tin/{subject}", "/hop-tin?trang-thai=all"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    page.goto("/hop-tin")
    page.locator(f"#t-{subject}").get_by_role("button", name="Ghi nhận").click()
    page.locator(".flash").wait_for()
    assert decided(desk, [subject]) == ["noted"]
