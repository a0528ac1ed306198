"""``monitor report``: figures in a file or on the screen, and what is refused in words that say what to do."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from cli_running import Run
from delivery_making import deliver_yaml
from mail_server import mail_server
from press_server import outlet, write_home

from monitor.config import Home
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


def test_what_cannot_be_made_is_refused_with_what_can(run: Run, home: Path, surroundings: pytest.MonkeyPatch) -> None:
    run("report", "--period", "2026H9").complains("2026H1", "2026-01-15..2026-06-14")
    surroundings.setenv("MONITOR_SOFFICE", "khong-co-chuong-trinh-nay")
    run("report", "--period", "2026H1", "--format", "pdf").complains("LibreOffice")
    assert "--period" in run("report", "--format", "json").err
    run("report", "--period", "2026-06-01..2026-01-01").complains("ngược")
    (home / "rules").mkdir(exist_ok=True)
    (home / "rules" / "report.yaml").write_text("half_years: lunar\n", encoding="utf-8")
    run("report", "--period", "2026H1").complains("report.yaml")
    (home / "rules" / "report.yaml").write_text(
        "half_years: state\nrelevances: [union]\nmost_bodies: 0\n", encoding="utf-8"
    )
    assert run("report", "--period", "2026H1", "--format", "json").json["period"]["first"] == "2025-12-15"
    (home / "rules" / "report.yaml").unlink()


def test_every_figure_opens_to_its_list(run: Run, home: Path) -> None:
    said = run("report", "--period", "2026H1", "--list", "items.total").json
    assert (said["key"], said["count"], said["hidden"], len(said["rows"])) == ("items.total", 6, 0, 6)
    assert said["rows"][0]["day"] == "2026-01-08" and said["rows"][0]["link"].startswith("/bai/")
    run("report", "--period", "2026H1", "--list", "items.khong").complains("items.khong")


def test_a_report_is_written_issued_kept_and_adjusted(run: Run, home: Path, surroundings: pytest.MonkeyPatch) -> None:
    surroundings.setenv("MONITOR_NOW", "2026-08-01T08:00:00+07:00")
    surroundings.setenv("MONITOR_SOFFICE", "khong-co-chuong-trinh-nay")
    assert "Chưa phát hành" in run("report", "issued").out
    written = run("report", "write", "--period", "2026H1", "--part", "IX", stdin="Nhiệm vụ kỳ tới".encode())
    assert (written.code, "IX" in written.out) == (0, True)
    run("report", "write", "--period", "2026H1", "--part", "IX", "--revision", "0", stdin=b"x").complains("ghi lúc")
    passages = run("report", "--period", "2026H1", "--format", "json").json["passages"]
    assert {one["part"]: one["text"] for one in passages}["IX"] == "Nhiệm vụ kỳ tới"
    said = ("--period", "2026H1", "--day", "05/7/2026", "--number")
    first = run("report", "issue", *said, "45", "--signer", "Bà Mười")
    assert (first.code, "45/BC-LĐLĐ" in first.out, "LibreOffice" in first.out) == (0, True, True)
    assert "không có lời văn: " in first.out and "IX" not in first.out
    run("report", "issue", *said, "46").complains("Không có gì thay đổi")
    run("report", "issue", *said, "45").complains("45/BC-LĐLĐ")
    run("report", "issue", *said, "=1").complains("=1")
    target = home / "da-phat-hanh.docx"
    assert run("report", "file", "bc1", "--format", "docx", "-o", str(target)).code == 0
    assert target.read_bytes()[:2] == b"PK"
    run("report", "file", "bc1", "--format", "pdf", "-o", str(target)).complains("docx")
    assert import_archive(Home(root=home), [ROW % (9, 9, 1)]).stored == 1
    second = run("report", "issue", *said, "46")
    assert "Điều chỉnh so với báo cáo số 45/BC-LĐLĐ ngày 05/7/2026" in second.out
    assert "6 → 7" in second.out
    listed = run("report", "issued", "--period", "2026H1", "--json", "--changes").json
    assert [(one["id"], one["version"], one["number"]) for one in listed] == [
        ("bc2", 2, "46/BC-LĐLĐ"), ("bc1", 1, "45/BC-LĐLĐ"),
    ]  # fmt: skip
    assert listed[0]["changes_since"] == [] and listed[1]["changes_since"] == listed[0]["changes"] != []
    assert "6 → 7" in run("report", "issued", "--changes").out
    assert run("report", "write", "--period", "2026H1", "--part", "IX", "--draft").code == 0
    run("report", "send", "bc2").complains("rules/report.yaml")
    run("report", "issue", "--period", "2026H2", "--day", "05/7/2026", "--number", "47").complains("kết thúc")
    assert run("case", "audit").code == 0
    run("case", "audit", "--head", listed[0]["chain"])


def test_an_issued_report_arrives_by_mail_with_its_word_file(
    run: Run, home: Path, surroundings: pytest.MonkeyPatch
) -> None:
    surroundings.setenv("MONITOR_NOW", "2026-08-01T08:00:00+07:00")
    surroundings.setenv("MONITOR_SOFFICE", "khong-co-chuong-trinh-nay")
    run("report", "issue", "--period", "2026H1", "--day", "05/7/2026", "--number", "45")
    (home / "rules").mkdir(exist_ok=True)
    (home / "rules" / "report.yaml").write_text(
        "half_years: calendar\nrelevances: [union]\nmost_bodies: 5\npaper: {mail: [tinhuy@laocai.test]}\n",
        encoding="utf-8",
    )
    with mail_server() as box:
        deliver_yaml(home, box.port, profiles="")
        done = run("report", "send", "bc1")
        assert (done.code, "Đã gửi" in done.out) == (0, True), done
        assert run("report", "send", "bc1").code == 0
        (mail,) = box.mails
    assert "45/BC-LĐLĐ" in mail["Subject"] and box.to == ["tinhuy@laocai.test"]
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "bao-cao-45-bc-ldld-2026h1.docx"
    frozen = home / "frozen.docx"
    run("report", "file", "bc1", "-o", str(frozen))
    assert attached.get_content() == frozen.read_bytes()


def test_a_file_that_is_no_text_is_not_thrown_at_a_terminal(
    run: Run, home: Path, surroundings: pytest.MonkeyPatch
) -> None:
    surroundings.setattr("monitor.cli.output_bytes._terminal", lambda: True)
    run("report", "--period", "2026H1").complains("xlsx", "-o")
    assert run("report", "--period", "2026H1", "--format", "json").json["period"]["key"] == "2026H1"
