"""The camera of the guide's pictures: the real desk in Chromium, for one person of the demo's office after another."""

from __future__ import annotations

import base64
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, sync_playwright

from monitor import clock
from monitor.config import Home, init
from monitor.demo import walk_through
from monitor.demo.office import fill
from monitor.desk import access
from monitor.store import people
from monitor.store.db import opened
from monitor.web import served

MOST_BYTES = 120_000
NAME = "diembao.ldld.local"
"""What the office's people type."""
WIDE: ViewportSize = {"width": 1180, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 780}
_MARGIN = 10


class Camera:
    """The desk in a browser, for one person after another; ``home`` is its working folder."""

    def __init__(self, browser: Browser, home: Home, base: str, folder: Path) -> None:
        self._browser, self.home, self._base, self._folder = browser, home, base, folder
        self._open: dict[tuple[str, bool], Page] = {}
        self._table: Page | None = None

    def page(self, login: str, path: str, *, phone: bool = False) -> Page:
        """The page as this person sees it; nobody signed in where ``login`` is empty."""
        page = self._open.get((login, phone)) or self._signed_in(login, phone)
        self._open[login, phone] = page
        answer = page.goto(path)
        if answer is None or answer.status != 200:
            raise SystemExit(f"{login or 'nobody'} {path}: {answer and answer.status}")
        return page

    def at(self, login: str) -> Page:
        """The page that this person has open."""
        return self._open[login, False]

    def later(self, moment: str) -> None:
        """Another time for all; who was signed in comes in anew."""
        os.environ["MONITOR_NOW"] = moment
        for page in self._open.values():
            page.context.close()
        self._open.clear()

    def _signed_in(self, login: str, phone: bool) -> Page:
        context = self._browser.new_context(
            viewport=PHONE if phone else WIDE, locale="vi-VN", base_url=self._base, reduced_motion="reduce"
        )  # fmt: skip
        if login:
            with opened(self.home.database) as db:
                who = people.get(db, login)
                assert who
                made = access.enter(
                    self.home, db, who, address="127.0.0.1", device="", agent="Firefox", now=clock.now()
                )
            context.add_cookies([{"name": "phien", "value": made.secret, "url": self._base}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("dialog", lambda one: one.accept())
        return page

    def shoot(
        self, name: str, first: Locator, last: Locator | None = None, *, most: float = 760, side: bool = False
    ) -> None:
        """Stores what lies from the top of ``first`` to the end of ``last``, at most ``most`` pixels of it."""
        page = first.page
        page.evaluate("document.activeElement?.blur(); getSelection()?.removeAllRanges(); scrollTo(0, 0)")
        start, end = first.bounding_box(), (last or first).bounding_box()
        assert start and end, name
        around = 0 if first.get_attribute("id") == "main" else _MARGIN
        left = 0 if side else max(0, min(start["x"], end["x"]) - around)
        right = max(start["x"] + start["width"], end["x"] + end["width"]) + _MARGIN
        top = 0 if side else max(0, start["y"] - around)
        height = min(end["y"] + end["height"] + _MARGIN - top, most)
        clip: FloatRect = {"x": left, "y": top, "width": min(right, WIDE["width"]) - left, "height": height}
        file = self._folder / f"{name}.png"
        file.write_bytes(self._light(page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")))
        if file.stat().st_size > MOST_BYTES:
            print(f"{file.name}: {file.stat().st_size} bytes, at most {MOST_BYTES}", file=sys.stderr)

    def shoot_paper(self, name: str, pdf: bytes) -> None:
        """Stores the first page of a PDF; poppler draws it."""
        if shutil.which("pdftoppm") is None:
            raise SystemExit("pdftoppm is not on this machine: apt-get install poppler-utils")
        drawn = subprocess.run(
            ["pdftoppm", "-png", "-r", "80", "-f", "1", "-l", "1", "-"], input=pdf, capture_output=True, check=True
        )  # fmt: skip
        (self._folder / f"{name}.png").write_bytes(self._light(drawn.stdout))

    def _light(self, png: bytes) -> bytes:
        """The same picture in at most 256 colours, a third as heavy: Chromium finds them, the file is written here."""
        if self._table is None:
            self._table = self._browser.new_page()
        width, height, colours, dots = self._table.evaluate(_IN_COLOURS, base64.b64encode(png).decode())
        each = base64.b64decode(dots)
        lines = b"".join(b"\0" + each[n * width : (n + 1) * width] for n in range(height))
        parts = (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", bytes(colours)),
            (b"IDAT", zlib.compress(lines, 9)),
            (b"IEND", b""),
        )
        chunks = (struct.pack(">I", len(b)) + a + b + struct.pack(">I", zlib.crc32(a + b)) for a, b in parts)
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


_IN_COLOURS = """async (png) => {
  const image = new Image(); image.src = "data:image/png;base64," + png; await image.decode();
  const paper = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = paper.getContext("2d"); pen.drawImage(image, 0, 0);
  const all = new Uint32Array(pen.getImageData(0, 0, paper.width, paper.height).data.buffer), often = new Map();
  for (const one of all) often.set(one, (often.get(one) || 0) + 1);
  const kept = [...often.keys()].sort((a, b) => often.get(b) - often.get(a)).slice(0, 256);
  const parts = (one) => [one & 255, (one >> 8) & 255, (one >> 16) & 255], known = kept.map(parts), near = new Map();
  for (const one of often.keys()) {
    const [r, g, b] = parts(one); let best = 0, least = Infinity;
    known.forEach(([x, y, z], n) => {
      const far = (r - x) ** 2 + (g - y) ** 2 + (b - z) ** 2;
      if (far < least) { least = far; best = n; }
    });
    near.set(one, best);
  }
  let dots = ""; for (const one of all) dots += String.fromCharCode(near.get(one));
  return [paper.width, paper.height, known.flat(), btoa(dots)];
}"""


@contextmanager
def empty_office(folder: Path) -> Iterator[tuple[Camera, str]]:
    """A desk nobody has come to yet, and the path of the one-time link that it prints."""
    with tempfile.TemporaryDirectory() as place:
        home = Home(root=Path(place) / "DiemTin")
        init(home.root)
        lines: list[str] = []
        with served(home, "127.0.0.1", 0, lines.append) as base, _browser(base) as browser:
            yield Camera(browser, home, base, folder), lines[-1].rpartition(base)[2]


@contextmanager
def office_at_work(folder: Path) -> Iterator[Camera]:
    """The demo's office: people of every role, cases at different points of their way, and a mail server."""
    with tempfile.TemporaryDirectory() as place:
        home = Home(root=Path(place) / "DiemTin")
        with walk_through(home), _mail_server() as port:
            fill(home)
            (home.root / "rules" / "web.yaml").write_text(f"hosts: [{NAME}]\n", encoding="utf-8")
            _by_mail(home.root / "rules" / "deliver.yaml", port)
            # Only now: the driver keeps an event loop of its own, the round of collecting needs one too.
            with served(home, "127.0.0.1", 0, lambda line: None) as base, _browser(base) as browser:
                yield Camera(browser, home, f"http://{NAME}", folder)


def _by_mail(rules: Path, port: int) -> None:
    """What an administrator writes into ``rules/deliver.yaml``, for the server on loopback."""
    told = rules.read_text(encoding="utf-8")
    for key, old, new in (
        ("host", '""', "127.0.0.1"), ("port", "587", str(port)), ("security", "starttls", "none"),
        ("sender", '""', "tuyengiao@ldld.example"), ("sender_name", '""', "Ban Tuyên giáo LĐLĐ tỉnh"),
    ):  # fmt: skip
        assert f"\n  {key}: {old}\n" in told, key
        told = told.replace(f"\n  {key}: {old}\n", f"\n  {key}: {new}\n")
    rules.write_text(told, encoding="utf-8")


class _Mailbox:
    """Takes every mail but those to an address that does not exist; the names are those the server calls."""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("sai-"):
            return "550 5.1.1 User unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        return "250 OK"


@contextmanager
def _mail_server() -> Iterator[int]:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    server = Controller(_Mailbox(), hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield port
    finally:
        server.stop()


@contextmanager
def _browser(base: str) -> Iterator[Browser]:
    """Chromium, to which the office's name is the desk served at ``base``, on whatever port."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((one for name in names if (one := shutil.which(name))), None)
    if found is None:
        raise SystemExit("Chromium is not on this machine: apt-get install chromium")
    here = base.removeprefix("http://")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--no-proxy-server", "--lang=vi", f"--host-resolver-rules=MAP {NAME}:80 {here}"],
            env={**os.environ, "LANGUAGE": "vi"},
        )
        yield browser
        browser.close()
