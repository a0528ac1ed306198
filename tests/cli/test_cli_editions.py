"""``monitor digest --edition``: the draft, the approved one as it went out, and the plain digest left as it was."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from press_server import outlet, write_home

from monitor.cli.main import commands
from monitor.config import Home
from monitor.desk import digest_files, edition_files, editions
from monitor.desk.sitting import sitting
from monitor.errors import MonitorError, UsageError
from monitor.jobs.importing import import_archive


def said(*words: str) -> str:
    done = CliRunner().invoke(commands, ["digest", *words], catch_exceptions=False, standalone_mode=False)
    if done.exception:
        raise done.exception
    return done.output


def said_raw(*words: str) -> bytes:
    return CliRunner().invoke(commands, ["digest", *words], catch_exceptions=False, standalone_mode=False).stdout_bytes


def test_a_stored_edition_is_printed_and_a_day_s_digest_touches_none(
    root: Path, surroundings: pytest.MonkeyPatch
) -> None:
    surroundings.delenv("MONITOR_USER", raising=False)
    surroundings.setenv("MONITOR_HOME", str(root))
    home = write_home(root, outlet("suoi", "{feed: http://suoi.test/rss}"))
    import_archive(home, ('{"title": "Công đoàn cơ sở tỉnh Lào Cai tặng quà đoàn viên", "body": "Công đoàn.", '
                          '"url": "http://suoi.test/1.html", "published": "2026-11-08T06:00:00+07:00"}',))  # fmt: skip
    plain = said("--date", "2026-11-08", "--format", "json")
    assert "edition" not in json.loads(plain)
    with pytest.raises(UsageError, match="edition_none"):
        said("--edition", "current")
    with sitting(home) as s:
        made = editions.draft(s)
        assert json.loads(said("--edition", "current", "--format", "json"))["edition"]["approved"] is None
        editions.approve(s, made.id)
        frozen = editions.rendered(s, made.id, "html")
    assert said("--edition", made.id) == said("--edition", "current") == frozen
    assert said("--date", "2026-11-08", "--format", "json") == plain
    with pytest.raises(UsageError, match="edition_and_day"):
        said("--edition", "current", "--date", "2026-11-08")
    with pytest.raises(UsageError, match="edition_unknown"):
        said("--edition", "dt99")
    with pytest.raises(UsageError, match="edition_none"):
        said("--edition", "current", "--series", "weekly")


def home_of_one(root: Path, surroundings: pytest.MonkeyPatch) -> Home:
    surroundings.delenv("MONITOR_USER", raising=False)
    surroundings.setenv("MONITOR_HOME", str(root))
    home = write_home(root, outlet("suoi", "{feed: http://suoi.test/rss}"))
    import_archive(home, ('{"title": "Công đoàn cơ sở tỉnh Lào Cai tặng quà đoàn viên", "body": "Công đoàn.", '
                          '"url": "http://suoi.test/1.html", "published": "2026-11-08T06:00:00+07:00"}',))  # fmt: skip
    return home


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in LibreOffice's place")
def test_a_digest_and_an_edition_are_written_in_all_five_forms(
    root: Path, tmp_path: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home = home_of_one(root, surroundings)
    office = tmp_path / "soffice"
    office.write_text(
        f"#!{sys.executable}\nimport sys, pathlib\n"
        "pathlib.Path(sys.argv[-1]).with_suffix('.pdf').write_bytes(b'%PDF-1.7 made')\n",
        encoding="utf-8",
    )
    office.chmod(0o755)
    surroundings.setenv("MONITOR_SOFFICE", str(office))
    first = {"html": b"<!doctype html>", "docx": b"PK", "pdf": b"%PDF", "md": b"T", "json": b"{"}
    assert tuple(first) == digest_files.FORMS
    with sitting(home) as s:
        editions.draft(s)
        for form, begins in first.items():
            for words in (("--date", "2026-11-08"), ("--week", "2026-W45"), ("--edition", "current")):
                target = tmp_path / f"tin.{form}"
                said(*words, "--format", form, "-o", str(target))
                assert target.read_bytes().lstrip().startswith(begins), (form, words)
        word = said_raw("--edition", "current", "--format", "docx")
        assert word == edition_files.of_edition(s, editions.current(s).id, "docx")
    told = " ".join(paragraph.text for paragraph in Document(io.BytesIO(word)).paragraphs)
    assert "Công đoàn cơ sở tỉnh Lào Cai tặng quà đoàn viên" in told


def test_where_nothing_makes_a_pdf_that_is_said_and_no_file_is_left(
    root: Path, tmp_path: Path, surroundings: pytest.MonkeyPatch
) -> None:
    home_of_one(root, surroundings)
    surroundings.setenv("MONITOR_SOFFICE", "no-such-program")
    surroundings.setenv("MONITOR_BROWSER", "no-such-program")
    with pytest.raises(MonitorError, match="pdf_no_program"):
        said("--date", "2026-11-08", "--format", "pdf", "-o", str(tmp_path / "tin.pdf"))
    assert list(tmp_path.glob("tin*")) == []
