"""Makes the pictures of the guide, from the invented press and office of ``monitor demo --desk``.

    python docs/huong-dan/chup_anh.py [folder]

Each picture is a page of the real desk, reached as a person of that role reaches it: the steps of the guide are walked
through its own forms, so a step that no longer works ends this script. Needs the ``browser`` extra and Chromium.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from monitor import clock
from monitor.config import Home, init
from monitor.demo import walk_through
from monitor.demo.office import fill
from monitor.desk import access
from monitor.store import people
from monitor.store.db import opened
from monitor.web import served

HERE = Path(__file__).parent
MORNING = "2026-11-05T07:40:00+07:00"
"""A working day's morning, the same in every run: dates in the pictures do not wander."""
MOST_BYTES, MOST_TOGETHER = 120_000, 3_000_000
WIDE, PHONE = {"width": 1180, "height": 768}, {"width": 390, "height": 780}
_MARGIN = 10


class Camera:
    """The desk in a browser, for one person after another."""

    def __init__(self, browser: Browser, home: Home, base: str, folder: Path) -> None:
        self._browser, self._home, self._base, self._folder = browser, home, base, folder
        self._open: dict[tuple[str, bool], Page] = {}

    def page(self, login: str, path: str, *, phone: bool = False) -> Page:
        """The page as this person sees it; nobody signed in where ``login`` is empty."""
        page = self._open.get((login, phone)) or self._signed_in(login, phone)
        self._open[login, phone] = page
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{login or 'nobody'} {path}: {answer and answer.status}")
        return page

    def _signed_in(self, login: str, phone: bool) -> Page:
        context = self._browser.new_context(
            viewport=PHONE if phone else WIDE, locale="vi-VN", base_url=self._base, reduced_motion="reduce"
        )  # fmt: skip
        if login:
            with opened(self._home.database) as db:
                who = people.by_login(db, login)
                assert who
                made = access.enter(
                    self._home, db, who, address="127.0.0.1", device="", agent="Firefox", now=clock.now()
                )
            context.add_cookies([{"name": "phien", "value": made.secret, "url": self._base}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("dialog", lambda one: one.accept())
        return page

    def shoot(self, name: str, first: Locator, last: Locator | None = None, *, most: float = 760, side: bool = False) -> None:
        """Stores what lies from the top of ``first`` to the end of ``last``, at most ``most`` pixels of it."""
        page = first.page
        page.evaluate("document.activeElement?.blur(); getSelection()?.removeAllRanges(); scrollTo(0, 0)")
        start, end = first.bounding_box(), (last or first).bounding_box()
        assert start and end, name
        left = 0 if side else max(0, min(start["x"], end["x"]) - _MARGIN)
        right = max(start["x"] + start["width"], end["x"] + end["width"]) + _MARGIN
        top = 0 if side else max(0, start["y"] - _MARGIN)
        height = min(end["y"] + end["height"] + _MARGIN - top, most)
        clip = {"x": left, "y": top, "width": min(right, WIDE["width"]) - left, "height": height}
        file = self._folder / f"{name}.png"
        file.write_bytes(page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide"))
        if file.stat().st_size > MOST_BYTES:
            print(f"{file.name}: {file.stat().st_size} bytes, at most {MOST_BYTES}", file=sys.stderr)


def main(folder: Path) -> None:
    """Makes all pictures anew."""
    os.environ["MONITOR_NOW"] = MORNING
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with sync_playwright() as driver:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        if chromium is None:
            raise SystemExit("Chromium is not on this machine: apt-get install chromium")
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with _first_start(browser, folder) as camera:
            first_start(camera)
        with _office(browser, folder) as camera:
            for scene in SCENES:
                scene(camera)
        browser.close()
    together = sum(one.stat().st_size for one in folder.glob("*.png"))
    print(f"{len(list(folder.glob('*.png')))} pictures, {together} bytes")
    if together > MOST_TOGETHER:
        raise SystemExit(f"more than {MOST_TOGETHER} bytes")
