"""A command line over the working folder of the test."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_running import Run, runner


@pytest.fixture
def run(root: Path, surroundings: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("collect", "--json")`` and the like, in the folder ``root``."""
    return runner(surroundings, capsys, root)
