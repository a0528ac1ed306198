"""``monitor unit-report``: a form out and back, who has reported, what it comes to."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from cli_running import Run
from press_server import outlet, write_home

SMTP = "smtp:\n  host: mail.example\n  sender: bao@cd.example\nchannels: []\nprofiles: []\n"


@pytest.fixture
def home(root: Path, run: Run, surroundings: pytest.MonkeyPatch) -> Path:
    surroundings.delenv("MONITOR_USER", raising=False)
    surroundings.setenv("MONITOR_NOW", "2026-07-04T09:00:00+07:00")
    write_home(root, outlet("tin24", "{feed: http://tin24.test/rss}"))
    (root / "rules").mkdir(exist_ok=True)
    (root / "rules" / "deliver.yaml").write_text(SMTP, encoding="utf-8")
    for name, more in (("Công đoàn phường Suối", ("--id", "suoi", "--email", "suoi@cd.example")),
                       ("Công đoàn xã Đồi", ("--id", "doi"))):  # fmt: skip
        assert run("unit", "add", name, "--kind", "ward", *more).code == 0
    return root


def filled(form: Path, **said: int) -> Path:
    """The form as a clerk fills it in: the third column from the right of a field's row."""
    book = openpyxl.load_workbook(BytesIO(form.read_bytes()))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        if row[6].value in said:
            row[3].value = said[str(row[6].value)]
    book.save(form)
    return form


def test_a_form_goes_out_comes_back_and_is_summed(run: Run, home: Path) -> None:
    assert "0/2" in run("unit-report", "list").out
    form = home / "suoi.xlsx"
    assert run("unit-report", "form", "--unit", "suoi", "--period", "2026H1", "-o", str(form)).code == 0
    filled(form, news_sent=12, news_published=15)
    read = run("unit-report", "read", str(form), "--submit")
    assert read.code == 0, read.err
    assert "lớn hơn" in read.out
    assert run("unit-report", "accept", "bd1").code == 0
    rows = {row["unit"]: row for row in run("unit-report", "list", "--period", "2026H1", "--json").json["units"]}
    assert (rows["suoi"]["standing"], rows["doi"]["standing"], rows["doi"]["address"]) == ("accepted", "waiting", False)
    total = run("unit-report", "total", "--period", "2026H1", "--json").json
    assert {one["field"]: one["below"] for one in total["fields"]}["news_sent"] == 12
    assert "12 = – + 12 (1)" in run("unit-report", "total").out
    assert run("unit-report", "total", "--of", "suoi", "-o", str(home / "tong.xlsx")).code == 0
    assert openpyxl.load_workbook(home / "tong.xlsx").worksheets
    assert run("unit-report", "return", "bd1", "--why", "Xem lại số bài đăng").code == 0
    assert {one["field"]: one["below"] for one in run("unit-report", "total", "--json").json["fields"]}[
        "news_sent"
    ] is None  # fmt: skip
    assert run("unit-report", "submit", "bd1").code == 0
    run("unit-report", "submit", "bd1").complains("Đã nộp")
    run("unit-report", "accept", "bd7").complains("bd7")
    run("unit-report", "list", "--period", "2026Q1").complains("6 tháng")


def test_a_file_that_is_no_form_is_refused_and_nothing_is_stored(run: Run, home: Path) -> None:
    (home / "x.xlsx").write_bytes(b"no workbook")
    run("unit-report", "read", str(home / "x.xlsx")).complains("x.xlsx")
    assert [row["report"] for row in run("unit-report", "list", "--json").json["units"]] == [None, None]


def test_forms_and_reminders_wait_in_the_outbox(run: Run, home: Path) -> None:
    said = run("unit-report", "hand-out", "--period", "2026H1").out
    assert "Công đoàn phường Suối: đã xếp thư" in said
    assert "chưa có địa chỉ thư" in said
    assert "đã xếp thư" in run("unit-report", "remind").out
    assert [one["about"] for one in run("outbox", "list", "--json").json] == [
        "unit-form:suoi:2026-01-01:2026-07-04", "unit:suoi:2026-01-01:b7",
    ]  # fmt: skip


def test_differences_are_told_in_words_and_as_json(run: Run, home: Path) -> None:
    assert "Không có chênh lệch" in run("unit-report", "differences", "--period", "2026H1").out
    assert run("unit-report", "differences", "--json").json["differences"] == []
