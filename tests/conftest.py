"""What several folders of tests share: surroundings without a proxy or a clock of their own, and a working folder."""

from __future__ import annotations

import filecmp
import os
import shutil
from pathlib import Path

import pytest
from press_server import NOW

from monitor.config.home import shipped

_SHIPPED = shipped() / "rules"
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: many tests wait for servers and browsers, and somebody can work meanwhile."""
    return (os.cpu_count() or 1) + 1


_LONG = (
    "test_web_axe.py", "test_web_walls.py", "test_web_roles_browser.py", "test_web_hostile.py", "test_schedule.py",
    "test_jobs_killed.py", "test_retag.py", "test_cli_processes.py", "test_jobs_collect.py",
    "test_stories_fortnight.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first: a worker has a whole file, and nobody waits for one at the end.

    What is marked ``exhaustive`` says the same of further people as a test beside it; MONITOR_TESTS=all runs it too.
    """
    if os.environ.get("MONITOR_TESTS") != "all":
        items[:] = [item for item in items if item.get_closest_marker("exhaustive") is None]
    items.sort(key=lambda item: _LONG.index(item.path.name) if item.path.name in _LONG else len(_LONG))


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No proxy, no working folder, and the clock at ``press_server.NOW``."""
    for name in (*_PROXIES, *map(str.lower, _PROXIES), "MONITOR_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MONITOR_NOW", NOW.isoformat())
    return monkeypatch


@pytest.fixture(scope="session")
def _folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture
def root(_folder: Path, surroundings: pytest.MonkeyPatch) -> Path:
    """An empty working folder, always at one place: rules are compiled once a place, which takes a while."""
    for path in _folder.iterdir():
        if path.name != "rules":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (_folder / "rules").glob("*"):  # what a test before this one wrote over what ships
        if not filecmp.cmp(path, _SHIPPED / path.name, shallow=False):
            path.unlink()
    return _folder
