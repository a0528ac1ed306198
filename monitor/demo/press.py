"""The invented press on loopback: a small web server with seven outlets, for ``monitor demo`` and for tests.

    press.yaml --load--> articles --pages--> answers by path --HTTP--> whoever asks

It answers as real outlets do: conditional requests, gzip, robots.txt, one server that lies about its charset and one
that meets every reader with a script. Everything is made before the first request; nothing listens beyond
127.0.0.1. It does not collect: that is the crawler's work.
"""

from __future__ import annotations

import gzip
import hashlib
import sys
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import yaml

from monitor.demo import pages
from monitor.demo.invented import DemoArticle, DemoOutlet, Quirk, load
from monitor.model.source import SourceKind

_HOST = "127.0.0.1"
_LISTED = 4
"""Articles on one page of a listing: few, so that the portal has a second page."""
_ROBOTS = "User-agent: *\nDisallow: /*/tim-kiem\n"
_HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class _Answer:
    kind: str
    body: bytes
    modified: datetime | None = None
    status: int = 200

    @property
    def etag(self) -> str:
        # Weak: the same tag stands for the gzipped and the plain body.
        return f'W/"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class DemoPress:
    """A context manager: inside it the invented press of ``now`` answers on ``http://127.0.0.1:{port}``.

    ``articles`` (newest first) and ``outlets`` are what it publishes, for tests to compare with.
    """

    def __init__(self, now: datetime) -> None:
        made = load(now.astimezone(UTC))
        self._made = made
        self.outlets: tuple[DemoOutlet, ...] = made.outlets
        self.articles: tuple[DemoArticle, ...] = made.articles
        self._server: _Server | None = None

    def __enter__(self) -> DemoPress:
        self._server = _Server((_HOST, 0), _Handler)
        self._server.site = self._site()
        self._server.challenged = tuple(f"/{o.id}/" for o in self.outlets if o.quirk is Quirk.CHALLENGE)
        self._thread = Thread(target=self._server.serve_forever, args=(0.05,), name="demo-press", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    @property
    def port(self) -> int:
        """The port it listens on. Raises RuntimeError outside the ``with`` block."""
        if not self._server:
            raise RuntimeError("the demo press answers inside its with block only")
        return int(self._server.server_address[1])

    @property
    def base(self) -> str:
        """Scheme, host and port."""
        return f"http://{_HOST}:{self.port}"

    def url(self, article: DemoArticle) -> str:
        """The address of an article's page."""
        return self.base + article.path

    def sources_yaml(self) -> str:
        """A ``sources.yaml`` that watches all seven outlets, without pauses between requests."""
        outlets = [self._watched(outlet) for outlet in self.outlets]
        told = {"defaults": {"pace": 0, "every": 15}, "outlets": outlets}
        return str(yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=200))

    def _watched(self, outlet: DemoOutlet) -> dict[str, Any]:
        source: dict[str, Any] = {outlet.way.value: self.base + outlet.path}
        if outlet.way is SourceKind.LISTING:
            source |= {"links": "div.o-tin h3 a", "next": f"{outlet.path}/trang-{{page}}", "pages": 2}
        named = {"id": outlet.id, "name": outlet.name, "kind": outlet.kind.value, "level": outlet.level.value}
        return named | ({"province": outlet.province} if outlet.province else {}) | {"sources": [source]}

    def _site(self) -> dict[str, _Answer]:
        """Every path that has something to say."""
        site = {"/robots.txt": _Answer(kind="text/plain; charset=utf-8", body=_ROBOTS.encode())}
        for outlet in self.outlets:
            own = self._made.of(outlet)
            newest = own[0].published if own else None
            for path, kind, text in self._front(outlet, own):
                site[path] = _answer(outlet, kind, text, newest)
            for story in own:
                site[story.path] = _answer(outlet, _HTML, pages.article(outlet, story, own), story.published)
        return site

    def _front(self, outlet: DemoOutlet, own: tuple[DemoArticle, ...]) -> list[tuple[str, str, str]]:
        """Path, content type and text of what tells an outlet's news."""
        if outlet.way is SourceKind.FEED:
            kind = "application/rss+xml; charset=utf-8"
            return [(outlet.path, kind, pages.feed(outlet, own, self.base))]
        if outlet.way is SourceKind.SITEMAP:
            return [(outlet.path, "application/xml", pages.sitemap(outlet, own, self.base))]
        count = max(1, -(-len(own) // _LISTED))
        parts = [own[n * _LISTED : (n + 1) * _LISTED] for n in range(count)]
        made = [pages.listing(outlet, part, n, count) for n, part in enumerate(parts, 1)]
        numbered = [(f"{outlet.path}/trang-{n}", _HTML, text) for n, text in enumerate(made, 1)]
        return [(outlet.path, _HTML, made[0]), *numbered]


def _answer(outlet: DemoOutlet, kind: str, text: str, modified: datetime | None) -> _Answer:
    if outlet.quirk is Quirk.LATIN_NFD:
        kind, text = kind.replace("utf-8", "iso-8859-1"), unicodedata.normalize("NFD", text)
    return _Answer(kind=kind, body=text.encode(), modified=modified)


class _Server(ThreadingHTTPServer):
    site: dict[str, _Answer]
    challenged: tuple[str, ...] = ()
    daemon_threads = True

    def server_bind(self) -> None:
        # HTTPServer asks the name service for its own name, which may take seconds where there is no network.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A reader that hangs up is no news.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the base class names it so)
        """Says nothing: the demo's own words stand on the terminal."""

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith(self.server.challenged or ("\0",)):
            return self._send(_Answer(kind=_HTML, body=pages.CHALLENGE.encode()))
        found = self.server.site.get(path)
        self._send(found or _Answer(kind=_HTML, body="Không có trang này.".encode(), status=404))

    do_HEAD = do_GET  # noqa: N815  (the base class looks for that name)

    def _send(self, answer: _Answer) -> None:
        body, status = answer.body, answer.status
        zipped = status == 200 and "gzip" in self.headers.get("Accept-Encoding", "").lower()
        if status == 200 and self._known(answer):
            body, status, zipped = b"", 304, False
        elif zipped:
            body = gzip.compress(body, 6, mtime=0)
        self.send_response(status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("ETag", answer.etag)
        self.send_header("Vary", "Accept-Encoding")
        if answer.modified:
            self.send_header("Last-Modified", format_datetime(answer.modified, usegmt=True))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _known(self, answer: _Answer) -> bool:
        """Whether the reader says it has this very body already; a tag weighs more than a date."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            own = answer.etag.removeprefix("W/")
            return tags.strip() == "*" or own in (t.strip().removeprefix("W/") for t in tags.split(","))
        since = self.headers.get("If-Modified-Since")
        if not since or not answer.modified:
            return False
        try:
            asked = parsedate_to_datetime(since)
        except ValueError:
            return False
        return asked.tzinfo is not None and answer.modified <= asked
