"""A small press on loopback for the tests: one ``Press`` is one host (its port), with switches for what may go wrong.

    Press.items --> /rss/home.rss · /tin-moi[/trang-N] · /sitemap-news.xml · /bai-N.html

Everything in it is invented. Answers can be replaced path by path (``answers``), slowed down (``delay``) or held
back until an event is set; what was asked is in ``asked``.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from monitor.clock import VN, iso_local, local
from monitor.config import Home, init

NOW = datetime(2026, 11, 8, 8, 0, tzinfo=VN).astimezone(UTC)
"""The hour at which the tests' first rounds happen."""
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Item:
    """An invented article. ``ours`` is one about workers; ``canonical`` what the page says of its own address."""

    n: int
    published: datetime
    title: str = ""
    lead: str = ""
    body: str = ""
    ours: bool = True
    canonical: str = ""
    page_title: str = ""

    @property
    def path(self) -> str:
        return f"/bai-viet-so-{self.n:05d}.html"

    @property
    def headline(self) -> str:
        if self.title:
            return self.title
        if self.ours:
            return f"Công đoàn cơ sở số {self.n} đối thoại với công nhân về tiền lương"
        return f"Câu lạc bộ cây cảnh số {self.n} trưng bày hoa lan mùa thu"

    @property
    def told(self) -> str:
        return self.lead or f"Cuộc gặp lần thứ {self.n} kéo dài cả buổi sáng tại hội trường lớn của địa phương."

    @property
    def text(self) -> str:
        if self.body:
            return self.body
        if self.ours:
            return "\n".join(
                (
                    f"Sáng nay, Công đoàn cơ sở số {self.n} tổ chức đối thoại định kỳ giữa người lao động và giám đốc.",
                    "Công nhân kiến nghị tăng lương, cải thiện bữa ăn ca và sửa chữa nhà trọ cho người lao động xa.",
                    "Ban Chấp hành công đoàn ghi nhận toàn bộ ý kiến và hẹn trả lời bằng văn bản trong tuần tới.",
                )
            )
        return "\n".join(
            (
                f"Sáng nay, câu lạc bộ cây cảnh số {self.n} mở cửa đón khách tham quan khu vườn rộng.",
                "Hàng trăm chậu hoa lan khoe sắc, thu hút đông đảo người yêu hoa tới ngắm và chụp ảnh lưu niệm.",
                "Triển lãm kéo dài đến hết tuần, vào cửa tự do cho mọi lứa tuổi.",
            )
        )


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a path answers instead. ``until`` holds the answer back until the event is set."""

    body: bytes = b""
    status: int = 200
    kind: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    until: threading.Event | None = None
    chunks: tuple[Iterable[bytes], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came, and the status it was answered with."""

    path: str
    headers: dict[str, str]
    status: int = 0


@dataclass
class Press:
    """A context manager: inside it the press answers on ``base``."""

    items: list[Item] = field(default_factory=list)
    feed_size: int = 10
    listing_size: int = 10
    listing: bool = False
    sitemap: bool = False
    robots: str = "User-agent: *\nDisallow: /tim-kiem\n"
    delay: float = 0.0
    bare_304: bool = False
    """Leave out ETag and Last-Modified in a 304, as many servers do."""
    answers: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Press:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.press = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def base(self) -> str:
        return f"http://{self.netloc}"

    def url(self, item: Item) -> str:
        return self.base + item.path

    def grow(self, count: int, *, newest: datetime = NOW, apart: float = 5.0, ours: bool = True) -> list[Item]:
        """Adds ``count`` articles, the newest at ``newest``, ``apart`` minutes between two."""
        first = max((item.n for item in self.items), default=0) + 1
        made = [
            Item(n=first + k, published=newest - timedelta(minutes=apart * (count - 1 - k)), ours=ours)
            for k in range(count)
        ]
        self.items += made
        return made

    def change(self, item: Item, **what: Any) -> Item:
        """Puts a changed article in the place of ``item``."""
        changed = replace(item, **what)
        self.items[self.items.index(item)] = changed
        return changed

    def paths(self, start: str = "/bai-") -> list[str]:
        """The paths asked for that begin so, in the order of the requests."""
        return [one.path for one in list(self.asked) if one.path.startswith(start)]

    def newest_first(self) -> list[Item]:
        return sorted(self.items, key=lambda item: (item.published, item.n), reverse=True)

    def answer(self, path: str) -> Answer:
        given = self.answers.get(path)
        if given is not None:
            return given() if callable(given) else given
        if path == "/robots.txt":
            return Answer(body=self.robots.encode(), kind="text/plain")
        items = self.newest_first()
        if path == "/rss/home.rss":
            return Answer(body=feed(self.base, items[: self.feed_size]).encode(), kind="application/rss+xml")
        if path == "/sitemap-news.xml" and self.sitemap:
            return Answer(body=sitemap(self.base, items).encode(), kind="application/xml")
        if path.startswith("/tin-moi") and self.listing:
            number = int(path.rpartition("-")[2]) if "trang-" in path else 1
            part = items[(number - 1) * self.listing_size : number * self.listing_size]
            return Answer(body=listing(part).encode())
        found = next((item for item in items if item.path == path), None)
        return Answer(body=page(found).encode()) if found else Answer(status=404, body=b"khong co")


def feed(base: str, items: list[Item]) -> str:
    rows = "".join(
        f"<item><title>{escape(i.headline)}</title><link>{base}{i.path}</link><guid>{base}{i.path}</guid>"
        f"<pubDate>{format_datetime(local(i.published))}</pubDate><description>{escape(i.told)}</description></item>\n"
        for i in items
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Báo thử</title>'
        f"<link>{base}/</link><description>Tin</description>\n{rows}</channel></rss>\n"
    )


def listing(items: list[Item]) -> str:
    rows = "".join(
        f'<div class="tin"><h3><a href="{i.path}">{escape(i.headline)}</a></h3>'
        f'<span class="gio">{local(i.published):%d/%m/%Y %H:%M}</span></div>'
        for i in items
    )
    return f'<!DOCTYPE html><html lang="vi"><body><h1>Tin mới</h1><div class="ds">{rows}</div></body></html>'


def sitemap(base: str, items: list[Item]) -> str:
    rows = "".join(
        f"<url><loc>{base}{i.path}</loc><news:news><news:publication_date>{iso_local(i.published)}"
        f"</news:publication_date><news:title>{escape(i.headline)}</news:title></news:news></url>"
        for i in items
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{rows}</urlset>'
    )


def page(item: Item) -> str:
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in item.text.split("\n"))
    canonical = f'<link rel="canonical" href="{item.canonical}">' if item.canonical else ""
    title = escape(item.page_title or item.headline)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{canonical}'
        f'<meta property="article:published_time" content="{iso_local(item.published)}"></head><body>'
        '<nav><a href="/">Trang chủ</a></nav>'
        f'<article><h1>{title}</h1><p class="sapo"><strong>{escape(item.told)}</strong></p>{paragraphs}</article>'
        "<footer>Báo thử</footer></body></html>"
    )


def write_home(root: Path, sources: str, *, office: str = "", crawl: str = "") -> Home:
    """A working folder that may read loopback, without pauses between requests.

    ``sources`` is the text below ``outlets:``; ``crawl`` and ``office`` are further lines of those sections.
    """
    home = Home(root=root)
    init(root)
    home.sources_file.write_text(f"defaults: {{pace: 0, every: 15}}\noutlets:\n{sources}", encoding="utf-8")
    (root / "rules" / "office.yaml").write_text(
        "office:\n  name: Liên đoàn Lao động tỉnh Lào Cai\n  short: LĐLĐ tỉnh Lào Cai\n"
        f"  superior: Tổng Liên đoàn Lao động Việt Nam\n  province: Lào Cai\n{office}"
        f"crawl:\n  allow_hosts: [127.0.0.1]\n{crawl}",
        encoding="utf-8",
    )
    return home


def outlet(ident: str, *lines: str, kind: str = "press", level: str = "central") -> str:
    """An outlet of sources.yaml with its sources, each line one source in flow style."""
    sources = "".join(f"      - {line}\n" for line in lines)
    return f"  - id: {ident}\n    name: Báo {ident}\n    kind: {kind}\n    level: {level}\n    sources:\n{sources}"


class _Server(ThreadingHTTPServer):
    press: Press
    daemon_threads = True
    request_queue_size = 64

    def server_bind(self) -> None:
        # HTTPServer would ask the name service for its own name.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class names it so)
        """Says nothing."""

    def do_GET(self) -> None:
        press, parts = self.server.press, urlsplit(self.path)
        answer = press.answer(parts.path)
        if press.delay:
            time.sleep(press.delay)
        if answer.until and not answer.until.wait(30):
            return
        etag = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
        known = answer.status == 200 and not answer.chunks and self.headers.get("If-None-Match") == etag
        status = 304 if known else answer.status
        press.asked.append(Asked(path=self.path, headers=dict(self.headers.items()), status=status))
        self.send_response(status)
        if answer.status == 200 and not answer.chunks and not (known and press.bare_304):
            self.send_header("ETag", etag)
        for name, value in answer.headers:
            self.send_header(name, value)
        if known:
            self.end_headers()
            return
        self.send_header("Content-Type", answer.kind)
        if answer.chunks:
            self.send_header("Connection", "close")
            self.close_connection = True
            self.end_headers()
            for chunk in answer.chunks[0]:
                self.wfile.write(chunk)
            return
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
