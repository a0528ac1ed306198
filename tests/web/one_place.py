"""An office of its own for each test, always at one place: rules are compiled once a place, which takes a while."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from desk_office import Desk

from monitor.config import Home


@pytest.fixture
def desk(_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Like the ``desk`` of conftest, a fresh copy at the place of the one before it."""
    root = tmp_path_factory.getbasetemp() / "one-place"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(_made, root)
    return Desk(home=Home(root=root))
