"""Papers through LibreOffice: each opens, its fonts are the layout's, no page holds a signature alone."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from paper_samples import FEDERATION, UNIT, paper

from monitor import labels
from monitor.config.layout import load_layout
from monitor.desk import pdf
from monitor.errors import MonitorError
from monitor.model.paper import PaperKind
from monitor.respond.papers import render_paper

TOP = Path(__file__).parents[2]
LAYOUT = load_layout((TOP / "rules",))
needs_office = pytest.mark.skipif(not pdf.available(), reason="LibreOffice is not installed")


def fake_office(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in LibreOffice's place."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport sys, time, pathlib\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("MONITOR_SOFFICE", str(program))


def said(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


@needs_office
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_every_paper_becomes_a_pdf_of_sane_pages(tmp_path: Path) -> None:
    names = []
    for number, kind in enumerate(PaperKind):
        # Turn about, since LibreOffice takes its time.
        issuer = UNIT if number % 2 else FEDERATION
        name = f"{kind}-{'unit' if issuer.unit else 'federation'}"
        content = paper(kind, issuer, numbered=issuer.unit)
        (tmp_path / f"{name}.docx").write_bytes(render_paper((TOP / "reports",), LAYOUT, content))
        names.append(name)
    office = pdf.program()
    assert office
    subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.docx") for name in names)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    for name in names:
        made = tmp_path / f"{name}.pdf"
        fonts = said("pdffonts", str(made))
        used = [line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]]
        # Another serif stands in where Times New Roman, or a letter of its stand-in, is not installed.
        assert used and all(re.search(r"Times|Serif", font) for font in used), (name, used)
        text = said("pdftotext", "-layout", str(made), "-")
        pages = [page for page in text.split("\f") if page.strip()]
        assert len(pages) == text.count("\f") <= 3, name
        assert not re.match(r"\s*1\s*\n", pages[0])
        assert all(re.match(rf"\s*{number}\s*\n", page) for number, page in enumerate(pages[1:], 2)), name
        (signed,) = [page for page in pages if "Nơi nhận:" in page]
        assert "./." in signed, name
        assert "Nguyễn Văn An" in signed
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0], name


@needs_office
def test_two_papers_are_made_into_pdf_at_the_same_time() -> None:
    raw = render_paper((TOP / "reports",), LAYOUT, paper(PaperKind.REMINDER))
    made: list[bytes] = []
    threads = [threading.Thread(target=lambda: made.append(pdf.to_pdf(raw))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one[:4] for one in made] == [b"%PDF", b"%PDF"]


def test_where_libreoffice_is_absent_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_SOFFICE", "/nowhere/soffice")
    assert not pdf.available()
    with pytest.raises(MonitorError) as caught:
        pdf.to_pdf(b"")
    assert caught.value.key == "pdf_no_program"
    assert "LibreOffice" in labels.wording(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_an_office_that_makes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, "print('source file could not be loaded')", monkeypatch)
    with pytest.raises(MonitorError) as caught:
        pdf.to_pdf(b"x")
    assert caught.value.key == "pdf_failed"
    assert "could not be loaded" in labels.wording(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_an_office_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, "time.sleep(600)", monkeypatch)
    with pytest.raises(MonitorError) as caught:
        pdf.to_pdf(b"x", timeout=0.3)
    assert caught.value.key == "pdf_too_slow"
    assert labels.wording(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
def test_an_office_that_writes_rubbish_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = "pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1], 'paper.pdf').write_bytes(b'no')"
    fake_office(tmp_path, out, monkeypatch)
    with pytest.raises(MonitorError) as caught:
        pdf.to_pdf(b"x")
    assert caught.value.key == "pdf_failed"
