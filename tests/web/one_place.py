"""An office of its own for each test, always at one place: rules are compiled once a place, which takes a while."""

from __future__ import annotations

import shutil
from pathlib import Path

from desk_office import Desk

from monitor.config import Home


def placed(made: Path, base: Path) -> Desk:
    """A fresh copy of the office ``made``, where the one before it was."""
    root = base / "one-place"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(made, root)
    return Desk(home=Home(root=root))
