"""Rows of cases for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest
from press_server import outlet, write_home

from monitor.desk import figures
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import sitting
from monitor.triage import opening


@dataclass(frozen=True)
class Counted(Rulebook):
    made: ClassVar[list[str]] = []

    def __post_init__(self) -> None:
        self.made.append("book")


def test_rules_are_read_once_however_many_cases_there_are(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONITOR_USER", raising=False)
    monkeypatch.setattr(figures, "Rulebook", Counted)
    monkeypatch.setattr(Counted, "made", [])
    home = write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    with sitting(home) as s:
        with s.db.atomic():
            for n in range(1, 6):
                s.begin(opening.open_case(f"VV2026-{n:04d}", f"Vụ {n}", actor=s.actor, now=s.now))
        rows = list(figures.case_rows(s, None, None))
    assert [row["title"] for row in rows] == [f"Vụ {n}" for n in range(1, 6)]
    assert Counted.made == ["book"]
