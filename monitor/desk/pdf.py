"""A Word file to PDF by LibreOffice, where it is there; its absence is said, not hidden.

Each call has a profile and a folder of its own, so that two at once do not wait for, or break, each other, and a
LibreOffice that the user has open is left alone.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from monitor.errors import MonitorError
from monitor.labels import os_reason

_NAMES = ("soffice", "libreoffice", "soffice.exe", "soffice.com")
# Where installers put it without adding it to the PATH.
_PLACES = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/lib/libreoffice/program/soffice",
)
TIMEOUT = 120.0


def program() -> str | None:
    """LibreOffice's command on this machine, or None. ``MONITOR_SOFFICE`` names one that is elsewhere."""
    named = os.environ.get("MONITOR_SOFFICE")
    if named is not None:
        return shutil.which(named)
    found = (shutil.which(name) for name in _NAMES)
    placed = (place for place in _PLACES if Path(place).is_file())
    return next((path for path in (*found, *placed) if path), None)


def available() -> bool:
    """Whether papers can be made into PDF here."""
    return program() is not None


def to_pdf(docx: bytes, timeout: float = TIMEOUT) -> bytes:
    """The document as PDF, within ``timeout`` seconds.

    Raises MonitorError: ``pdf_no_program`` where LibreOffice is absent, ``pdf_too_slow``, ``pdf_failed``.
    """
    command = program()
    if command is None:
        raise MonitorError("pdf_no_program")
    with tempfile.TemporaryDirectory(prefix="monitor-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / "paper.docx", folder / "paper.pdf"
        source.write_bytes(docx)
        profile = (folder / "profile").as_uri()
        said = run(
            [command, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
             "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source)],
            timeout,
        )  # fmt: skip
        # LibreOffice ends with 0 also when it could not read the file: only the result tells.
        if not target.is_file():
            raise MonitorError("pdf_failed", detail=said[-300:] or "?")
        made = target.read_bytes()
    if not made.startswith(b"%PDF"):
        raise MonitorError("pdf_failed", detail="PDF")
    return made


def run(command: list[str], timeout: float) -> str:
    """What the command said. Such programs start others: all are ended when time is up.

    Raises MonitorError: ``pdf_failed`` where it cannot be started, ``pdf_too_slow``.
    """
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=sys.platform != "win32",
        )
    except OSError as error:
        raise MonitorError("pdf_failed", detail=os_reason(error)) from error
    try:
        said, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        _end(process)
        raise MonitorError("pdf_too_slow", seconds=f"{timeout:g}") from None
    return " ".join(said.decode("utf-8", "replace").split())


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the process and, where there are process groups, all that it started."""
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.communicate()
