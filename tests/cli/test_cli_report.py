"""``monitor report``: figures in a file or on the screen, and what is refused in words that say what to do."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from cli_running import Run
from press_server import outlet, write_home

from monitor.jobs.importing import import_archive

ROW = '{"title": "Công đoàn tặng quà %d", "body": "Công đoàn cơ sở tặng quà đoàn viên.", "url": "http://tin24.test/%d.html", "published": "2026-%02d-08"}'  # noqa: E501


@pytest.fixture
def home(root: Path, surroundings: pytest.MonkeyPatch) -> Path:
    surroundings.delenv("MONITOR_USER", raising=False)
    made = write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    assert import_archive(made, [ROW % (n, n, n) for n in range(1, 9)]).stored == 8
    return root


def test_the_report_is_json_on_the_screen_and_a_workbook_in_a_file(run: Run, home: Path) -> None:
    said = run("report", "--period", "2026H1", "--format", "json").json
    tables = {table["id"]: table for section in said["sections"] for table in section["tables"]}
    assert tables["items"]["total"]["count"] == 6
    assert [cell["count"] for cell in tables["items"]["total"]["cells"]] == [1] * 6
    assert tables["items"]["total"]["previous"] is None
    assert run("report", "--period", "2026Q3", "-o", str(home / "bao-cao.xlsx")).code == 0
    book = openpyxl.load_workbook(home / "bao-cao.xlsx")
    assert next(sheet for sheet in book if sheet.title.startswith("DS 1")).max_row == 3


def test_what_cannot_be_made_is_refused_with_what_can(run: Run, home: Path) -> None:
    run("report", "--period", "2026H9").complains("2026H1", "2026-01-15..2026-06-14")
    run("report", "--period", "2026H1", "--format", "pdf").complains("pdf", "xlsx")
    run("report", "--period", "2026-06-01..2026-01-01").complains("ngược")
    (home / "rules").mkdir(exist_ok=True)
    (home / "rules" / "report.yaml").write_text("half_years: lunar\n", encoding="utf-8")
    run("report", "--period", "2026H1").complains("report.yaml")
    (home / "rules" / "report.yaml").write_text(
        "half_years: state\nrelevances: [union]\nmost_bodies: 0\n", encoding="utf-8"
    )
    assert run("report", "--period", "2026H1", "--format", "json").json["period"]["first"] == "2025-12-15"
    (home / "rules" / "report.yaml").unlink()
