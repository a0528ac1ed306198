"""A real HTTP server on loopback that answers as it is told, and a fetcher to ask it with."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from monitor.crawl import Fetcher, RobotsBook
from monitor.model.fetch import Response
from monitor.model.settings import CrawlSettings

NOW = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)
Answer = Callable[["Handler"], None]


@dataclass
class Asked:
    """One request as the server saw it; times by the monotonic clock."""

    path: str
    headers: dict[str, str]
    begun: float
    ended: float = 0.0


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def log_message(self, *_: object) -> None:
        """Silence."""

    def do_GET(self) -> None:
        asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, time.monotonic())
        with self.site.lock:
            self.site.asked.append(asked)
            self.site.at_work += 1
            self.site.most_at_work = max(self.site.most_at_work, self.site.at_work)
        try:
            with contextlib.suppress(OSError):
                self.site.answer_for(self.path)(self)
        finally:
            with self.site.lock:
                self.site.at_work -= 1
            asked.ended = time.monotonic()

    def do_CONNECT(self) -> None:
        self.site.asked.append(Asked("CONNECT " + self.path, {}, time.monotonic()))
        self.send_error(501)

    def send(self, body: bytes, status: int = 200, headers: tuple[tuple[str, str], ...] = (), kind: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind or "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            # As bytes on the wire: servers send what they like.
            self._headers_buffer.append(f"{name}: {value}\r\n".encode())  # type: ignore[attr-defined]
        self.end_headers()
        self.wfile.write(body)

    def raw(self, *pieces: bytes) -> None:
        """Bytes as they are, and the connection's end."""
        self.close_connection = True
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()


@dataclass
class Site:
    """Use as a context manager. A path nobody told about answers 404."""

    host: str = "127.0.0.1"
    routes: dict[str, Answer] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    at_work: int = 0
    most_at_work: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        handler = type("Bound", (Handler,), {"site": self})
        self.server = ThreadingHTTPServer((self.host, 0), handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"http://{host or self.host}:{self.port}{path}"

    def answer_for(self, path: str) -> Answer:
        return self.routes.get(path) or self.routes.get("*") or (lambda h: h.send(b"no such page", 404))

    def say(self, path: str, body: bytes = b"", status: int = 200, kind: str = "", **headers: str) -> None:
        """Tells what a path answers; header names are written with underscores."""
        told = tuple((name.replace("_", "-"), value) for name, value in headers.items())
        self.routes[path] = lambda h: h.send(body, status, told, kind)

    def redirect(self, path: str, there: str, status: int = 302) -> None:
        self.say(path, status=status, Location=there)

    def drip(self, *, head: bytes, piece: bytes, pause: float) -> Answer:
        """Sends ``piece`` again and again, until the client hangs up or the test is over."""

        def answer(handler: Handler) -> None:
            handler.raw(head)
            while not self.over.wait(pause):
                handler.raw(piece)

        return answer


def crawl_settings(**changes: Any) -> CrawlSettings:
    told: dict[str, Any] = {"allow_hosts": ("127.0.0.1",), "connect_timeout": 5.0, "read_timeout": 5.0}
    return CrawlSettings(**(told | changes))


def fetcher(
    *, pace: float = 0.0, book: RobotsBook | None = None, contact: str = "bao-chi@ldld.example", **changes: Any
) -> Fetcher:
    return Fetcher(
        settings=crawl_settings(**changes),
        contact=contact,
        book=book or RobotsBook(),
        clock=lambda: NOW,
        pace=lambda _: pace,
    )


def get(url: str, *, etag: str = "", modified: str = "", **changes: Any) -> Response:
    """One URL asked for by a fetcher of its own."""
    return get_all(url, etag=etag, modified=modified, **changes)[0]


def get_all(*urls: str, etag: str = "", modified: str = "", **changes: Any) -> list[Response]:
    """URLs asked for at the same time by one fetcher."""

    async def ask() -> list[Response]:
        async with fetcher(**changes) as asking:
            return list(await asyncio.gather(*(asking.get(url, etag=etag, modified=modified) for url in urls)))

    return asyncio.run(ask())
