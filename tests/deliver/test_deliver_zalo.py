"""A Zalo bot: what its platform is asked, and what each of its answers means; a real server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from delivery_making import message

from monitor.deliver import chat, zalo
from monitor.labels import label
from monitor.model.delivery import Channel, Failure, FailureKind, Sent

TOKEN = "12345:ma-bi-mat"
ADDRESS = f"zalobot://{TOKEN}/nhom-1"


class Platform(HTTPServer):
    """Keeps what it was asked; answers ``code`` and ``answer``, or breaks off where that is None."""

    def __init__(self) -> None:
        self.code, self.answer = 200, b'{"ok": true, "result": {"message_id": "m-7"}}'
        self.broken = False
        self.asked: list[tuple[str, dict[str, Any]]] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Platform

    def do_POST(self) -> None:
        self.server.asked.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
        if self.server.broken:
            self.connection.close()
            return
        self.send_response(self.server.code)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def platform(surroundings: pytest.MonkeyPatch) -> Iterator[Platform]:
    made = Platform()
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def sent(platform: Platform) -> Sent | Failure:
    return zalo.send(ADDRESS, "Cảnh báo: công nhân ngừng việc", api=platform.base)


def test_the_text_goes_to_the_chat_of_the_bot(platform: Platform) -> None:
    assert sent(platform) == Sent(reply="m-7")
    ((path, told),) = platform.asked
    assert path == f"/bot{TOKEN}/sendMessage"
    assert told == {"chat_id": "nhom-1", "text": "Cảnh báo: công nhân ngừng việc"}


@pytest.mark.parametrize(
    ("code", "answer", "closed"),
    [
        (200, b'{"ok": false, "error_code": 401, "description": "Unauthorized"}', True),
        (200, b'{"ok": false, "error_code": 429, "description": "Quota"}', False),
        (403, b'{"ok": false}', True),
        (429, b"", False),
        (500, b"<html>", False),
        (200, b"[]", False),
        (200, b"\xff", False),
        (302, b"", False),
    ],
)
def test_a_refusal_is_no_success_whatever_the_status(
    platform: Platform, code: int, answer: bytes, closed: bool
) -> None:
    platform.code, platform.answer = code, answer
    found = sent(platform)
    assert isinstance(found, Failure)
    assert (found.kind, found.closed) == (FailureKind.TEMPORARY, closed)
    assert "bi-mat" not in found.reason


def test_an_answer_that_never_came_may_mean_that_it_arrived(platform: Platform) -> None:
    platform.broken = True
    found = sent(platform)
    assert isinstance(found, Failure) and found.kind is FailureKind.UNKNOWN
    assert "bi-mat" not in found.reason


def test_nobody_there_is_a_way_that_is_shut(surroundings: pytest.MonkeyPatch) -> None:
    found = zalo.send(ADDRESS, "x", api="http://127.0.0.1:9")
    assert found == Failure(kind=FailureKind.TEMPORARY, reason=label("delivery", "zalo_unreached"), closed=True)


@pytest.mark.parametrize("address", ["zalobot://", "zalobot://abc/1", "zalobot://1:a/../x", "zalobot://1:a@x/y z"])
def test_an_address_of_another_form_is_told_and_nothing_is_asked(address: str) -> None:
    made = message(channel=Channel.CHAT, address="zalo", text="x", html="", attachments=())
    found = chat.send(address, made)
    assert found == Failure(kind=FailureKind.TEMPORARY, reason=label("delivery", "zalo_address"), closed=True)
