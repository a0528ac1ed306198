"""The desk for tests: an office of its own a test, a real server on loopback, a real browser where one is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import desk_office
import pytest
from desk_office import Desk

from monitor.config import Home
from monitor.web import served


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office") / "home"
    desk_office.make(root)
    return root


@pytest.fixture(scope="session")
def _place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk") / "home"


@pytest.fixture
def desk(_made: Path, _place: Path) -> Desk:
    """An office with a person of every role and 25 union items nobody decided on; fresh for each test.

    It lies at one place, for rules are compiled once a place, which takes a while.
    """
    shutil.rmtree(_place, ignore_errors=True)
    shutil.copytree(_made, _place)
    return Desk(home=Home(root=_place))


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    """Where the desk is really served, on loopback."""
    with served(desk.home, "127.0.0.1", 0, lambda line: None) as base:
        yield base


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright; skipped with the reason where one of both is not there.

    One a module: while it is open its event loop runs in this thread, and the tests of collecting want their own.
    """
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed: pip install -e '.[browser]'"
    )
    if desk_office.CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(desk_office.CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, desk: Desk, address: str) -> Iterator[Callable[..., Any]]:
    """Gives ``open_page(login, path, phone=False, javascript=True)``: a real page whose script errors fail the test."""
    contexts, errors = [], []

    def go(login: str = "", path: str = "/", *, phone: bool = False, javascript: bool = True) -> Any:
        size = {"width": 390, "height": 844} if phone else {"width": 1366, "height": 768}
        context = chromium.new_context(viewport=size, locale="vi-VN", java_script_enabled=javascript, base_url=address)
        contexts.append(context)
        if login:
            context.add_cookies([{"name": "phien", "value": desk.cookie(login), "url": address}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not errors
