"""Evidence is tested without the proxies of the machine, on a database that has the step for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.store import migrations_evidence  # noqa: F401 - the step, where the program has not taken it up yet
from monitor.store.db import Database, opened


@pytest.fixture(autouse=True)
def no_proxy_of_this_machine(surroundings: pytest.MonkeyPatch) -> None:
    surroundings.delenv("MONITOR_BROWSER", raising=False)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "monitor.db") as database:
        yield database
