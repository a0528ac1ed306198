"""A picture of a page, made by the Chromium, Chrome or Edge of the machine, where there is one.

    page ──▶ where it may go (confine) ──▶ headless browser, private profile, no scripts ──▶ PNG, or why there is none

What this does not do: run scripts, keep cookies, show what only style sheets name on other hosts, or judge the page.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from monitor.crawl.confine import Resolve, resolve_name, route
from monitor.model.evidence import MissingReason

WIDTH, HEIGHT = 1280, 4000
VARIABLE = "MONITOR_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
_PLACES = (
    r"{ProgramFiles}\Google\Chrome\Application\chrome.exe",
    r"{ProgramFiles(x86)}\Google\Chrome\Application\chrome.exe",
    r"{LOCALAPPDATA}\Google\Chrome\Application\chrome.exe",
    r"{ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe",
    r"{ProgramFiles}\Microsoft\Edge\Application\msedge.exe",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_MAX_PNG = 40 * 2**20
_PATIENCE = 10.0
"""How many seconds the browser may take beyond the time it was given."""
# scriptEnabled=false would stop the browser's own screenshot page as well; the setting for sites does not.
_PROFILE = {
    "profile": {"default_content_setting_values": {"javascript": 2, "popups": 2, "notifications": 2, "geolocation": 2}},
    "net": {"network_prediction_options": 2},
    "intl": {"accept_languages": "vi,en", "selected_languages": "vi,en"},
}
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--disable-default-apps", "--disable-domain-reliability", "--disable-dev-shm-usage", "--no-pings", "--mute-audio",
    "--hide-scrollbars", "--force-device-scale-factor=1", "--lang=vi", "--deny-permission-prompts",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp", "--dump-dom",
)  # fmt: skip
_NO_PAGE = re.compile(rb"\s*<html><head></head><body></body></html>\s*")


@dataclass(frozen=True, kw_only=True)
class Screenshot:
    """The picture, or why there is none: then ``missing`` is set, and ``detail`` completes the sentence."""

    png: bytes = b""
    missing: MissingReason | None = None
    detail: str = ""


def find_browser() -> str | None:
    """The browser to use: what MONITOR_BROWSER names (nothing else, where it is set), or what is installed."""
    if told := os.environ.get(VARIABLE):
        return shutil.which(told)
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    for place in _PLACES:
        with contextlib.suppress(KeyError):
            path = place.format_map(os.environ)
            if Path(path).is_file():
                return path
    return None


def shoot(
    url: str,
    html: str,
    *,
    agent: str,
    allowed: Iterable[str] = (),
    folder: Path | None = None,
    seconds: float = 25.0,
    resolve: Resolve = resolve_name,
) -> Screenshot:
    """A picture of the first ``HEIGHT`` pixels of the page at ``url``, whose HTML was just fetched as ``html``.

    ``agent`` is the User-Agent, ``allowed`` the hosts that may be private (only as the page's own host),
    ``folder`` where the private profile lies while it is taken. Never raises for what may be missing.
    """
    browser = find_browser()
    if browser is None:
        return Screenshot(missing=MissingReason.NO_BROWSER)
    way = route(url, html, allowed=allowed, resolve=resolve)
    if isinstance(way, MissingReason):
        return Screenshot(missing=way)
    try:
        with tempfile.TemporaryDirectory(prefix="shot-", dir=folder, ignore_cleanup_errors=True) as place:
            return _run(browser, Path(place), url, (*way.flags, f"--user-agent={agent}"), seconds)
    except OSError as error:
        return Screenshot(missing=MissingReason.BROWSER_FAILED, detail=error.strerror or type(error).__name__)


def _run(browser: str, place: Path, url: str, flags: tuple[str, ...], seconds: float) -> Screenshot:
    (place / "Default").mkdir()
    (place / "Default" / "Preferences").write_text(json.dumps(_PROFILE), encoding="utf-8")
    picture, tree = place / "page.png", place / "page.html"
    command = [
        browser, *_FLAGS, *flags, f"--user-data-dir={place}", f"--window-size={WIDTH},{HEIGHT}",
        f"--timeout={seconds * 1000:.0f}", f"--screenshot={picture}",
    ]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # Chromium refuses to run as root with its sandbox
    with tree.open("wb") as out:
        running = subprocess.Popen(
            [*command, url],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=_surroundings(place),
            start_new_session=True,
        )
        try:
            # The browser keeps the time itself; this is for one that hangs.
            running.wait(seconds + _PATIENCE)
        except subprocess.TimeoutExpired:
            return Screenshot(missing=MissingReason.BROWSER_SLOW, detail=f"{seconds:.0f} s")
        finally:
            _end(running)
    with tree.open("rb") as stream:
        if _NO_PAGE.fullmatch(stream.read(200)):
            return Screenshot(missing=MissingReason.BROWSER_SLOW, detail=f"{seconds:.0f} s")
    png = picture.read_bytes() if picture.exists() and picture.stat().st_size <= _MAX_PNG else b""
    return Screenshot(png=png) if png.startswith(b"\x89PNG") else Screenshot(missing=MissingReason.BROWSER_FAILED)


def _surroundings(place: Path) -> dict[str, str]:
    """The environment without proxies (the flags say which) and with caches in the private place."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return kept | {"XDG_CONFIG_HOME": str(place), "XDG_CACHE_HOME": str(place), "DBUS_SESSION_BUS_ADDRESS": "disabled:"}


def _end(running: subprocess.Popen[bytes]) -> None:
    """Ends the browser with all its processes."""
    if sys.platform == "win32":
        if running.poll() is None:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(running.pid)], check=False, capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)
    running.wait()
