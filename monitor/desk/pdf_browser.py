"""A page of ours to PDF by the Chromium, Chrome or Edge of the machine: the second way, where LibreOffice is absent.

The page is one file without scripts; the browser gets a profile of its own, runs none and asks no other machine.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from monitor.crawl.screenshot import find_browser
from monitor.desk import pdf
from monitor.errors import MonitorError

_PROFILE = {"profile": {"default_content_setting_values": {"javascript": 2, "popups": 2}}}
_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-extensions", "--disable-dev-shm-usage", "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--lang=vi",
)  # fmt: skip


def to_pdf(docx: Callable[[], bytes], html: Callable[[], str], timeout: float = pdf.TIMEOUT) -> bytes:
    """The PDF of what is there as a Word file and as a page: by LibreOffice, else by a browser, in ``timeout`` seconds.

    Raises MonitorError: ``pdf_no_program`` where neither is there, ``pdf_too_slow``, ``pdf_failed``.
    """
    browser = None if pdf.available() else find_browser()
    return pdf.to_pdf(docx(), timeout) if browser is None else _printed(browser, html(), timeout)


def _printed(browser: str, html: str, timeout: float) -> bytes:
    with tempfile.TemporaryDirectory(prefix="monitor-pdf-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target, profile = folder / "page.html", folder / "page.pdf", folder / "profile"
        source.write_text(html, encoding="utf-8")
        (profile / "Default").mkdir(parents=True)
        (profile / "Default" / "Preferences").write_text(json.dumps(_PROFILE), encoding="utf-8")
        command = [browser, *_FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={target}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox
        said = pdf.run([*command, source.as_uri()], timeout)
        made = target.read_bytes() if target.is_file() else b""
    if not made.startswith(b"%PDF"):
        raise MonitorError("pdf_browser_failed", detail=said[-300:] or "?")
    return made
