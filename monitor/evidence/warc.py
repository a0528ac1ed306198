"""A page as it was fetched, as a WARC 1.1 that any archive tool reads.

    warcinfo · request · response · metadata (hash, what was changed, what was read) · conversion (the text)

Honest about three things, in the file itself: the body is kept decompressed, so Content-Encoding, Transfer-Encoding
and Content-Length stand under ``X-Archive-Orig-``; header bytes were decoded on the way and are UTF-8 here; the request
is written down again from what is known of it. Equal input makes equal bytes.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import uuid
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from monitor import __version__
from monitor.model.evidence import Exchange

VERSION = "WARC/1.1"
_REWRITTEN = ("content-encoding", "transfer-encoding", "content-length")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_SAFE_URL = "/%:=&?~#+!$,;'@()*[]-._"
_SPECIFICATION = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_STORED = "snapshot made when the page was collected; only answers 200 are kept, so the code is that"
_FRESH = "fetched for this file"


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """HTTP headers written as UTF-8: warcio would percent-encode what the server sent."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self.to_bytes()


def warc_of(exchange: Exchange) -> bytes:
    """The WARC of one exchange, gzipped record by record; all digests are SHA-256."""
    out = io.BytesIO()
    writer = _Writer(writer=WARCWriter(out, gzip=True, warc_version=VERSION), exchange=exchange)
    writer.info()
    response = writer.response()
    writer.request(response)
    writer.metadata(response)
    if exchange.text:
        writer.text(response)
    return out.getvalue()


class _Writer:
    """One file's records in order; ids are made from the content, so that they too are the same each time."""

    def __init__(self, *, writer: WARCWriter, exchange: Exchange) -> None:
        self._writer, self._exchange = writer, exchange
        self._uri = quote(_line(exchange.final_url), safe=_SAFE_URL)
        self._body_digest = hashlib.sha256(exchange.body).hexdigest()

    def info(self) -> None:
        said = (
            ("software", f"UnionPressMonitor/{__version__}"),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", _SPECIFICATION),
            ("description", "One page as fetched; a working proof made by a press monitor"),
        )
        self._write("warcinfo", _fields(said), kind="application/warc-fields", about_page=False)

    def response(self) -> str:
        head = _Head(_status_line(self._exchange.code), _kept(self._exchange), protocol="HTTP/1.1")
        return self._write("response", self._exchange.body, http=head, kind="application/http; msgtype=response")

    def request(self, response: str) -> None:
        host, path = _target(self._uri)
        headers = [("Host", host)]
        if self._exchange.agent:
            headers.append(("User-Agent", _line(self._exchange.agent)))
        head = _Head(f"GET {path} HTTP/1.1", headers, is_http_request=True)
        more = (("WARC-Concurrent-To", response),)
        self._write("request", b"", http=head, kind="application/http; msgtype=request", more=more)

    def metadata(self, response: str) -> None:
        page = self._exchange
        said = [
            ("sha256", self._body_digest),
            ("size", str(len(page.body))),
            ("asked-for", page.url),
            ("answered-from", page.final_url),
            ("source", _STORED if page.stored else _FRESH),
            ("body-note", "stored after decompression; sha256 and size are of these bytes"),
            ("header-note", "header bytes were decoded when received and are written as UTF-8"),
            ("request-note", "method, path, Host and, where known, User-Agent; other request headers are left out"),
        ]
        said += [("unusual-header", f"{name}: {value}") for name, value in page.headers if not _TOKEN.fullmatch(name)]
        if page.title:
            said.append(("title", page.title))
        if page.text:
            said.append(("text-sha256", hashlib.sha256(page.text.encode("utf-8", "replace")).hexdigest()))
        more = (("WARC-Refers-To", response),)
        self._write("metadata", _fields(said), kind="application/warc-fields", more=more)

    def text(self, response: str) -> None:
        body = self._exchange.text.encode("utf-8", "replace")
        self._write("conversion", body, kind="text/plain; charset=utf-8", more=(("WARC-Refers-To", response),))

    def _write(
        self,
        record_type: str,
        body: bytes,
        *,
        kind: str,
        http: _Head | None = None,
        more: tuple[tuple[str, str], ...] = (),
        about_page: bool = True,
    ) -> str:
        """Writes one record and returns its id."""
        block = (http.to_bytes() if http else b"") + body
        digest = hashlib.sha256(block)
        date = _date(self._exchange.taken)
        # The URL is an arbitrary name for uuid5: any fixed one gives fixed ids.
        name = "\n".join((record_type, self._uri, date, digest.hexdigest()))
        ident = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"
        headers = [("WARC-Type", record_type), ("WARC-Record-ID", ident), ("WARC-Date", date)]
        if about_page:
            headers.append(("WARC-Target-URI", self._uri))
            headers.append(("WARC-Payload-Digest", _sha256(body)))
        headers += [("WARC-Block-Digest", f"sha256:{base64.b32encode(digest.digest()).decode()}"), *more]
        record = ArcWarcRecord(
            "warc",
            record_type,
            StatusAndHeaders("", headers, protocol=VERSION),
            io.BytesIO(body),
            http,
            kind,
            len(block),
        )
        record.payload_length = len(body)
        self._writer.write_record(record)
        return ident


def _target(uri: str) -> tuple[str, str]:
    try:
        parts = urlsplit(uri)
    except ValueError:
        return "", uri
    return parts.netloc.rpartition("@")[2], (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _sha256(body: bytes) -> str:
    return f"sha256:{base64.b32encode(hashlib.sha256(body).digest()).decode()}"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _line(value: str) -> str:
    """One line, whatever a server sent."""
    return _CONTROL.sub(" ", value).strip()


def _fields(said: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> bytes:
    return "".join(f"{name}: {_line(value)}\r\n" for name, value in said).encode("utf-8")


def _status_line(code: int) -> str:
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return f"{code} Unknown"


def _kept(page: Exchange) -> list[tuple[str, str]]:
    """The answer's headers, true of the body as it is stored."""
    kept = []
    for name, value in page.headers:
        if not _TOKEN.fullmatch(name):
            continue  # no header name; it stands in the metadata
        shown = f"X-Archive-Orig-{name}" if name.lower() in _REWRITTEN else name
        kept.append((shown, _line(value)))
    return [*kept, ("Content-Length", str(len(page.body)))]
