"""Chat over apprise to a real server on loopback: text alone, short, nothing of the office's own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from delivery_making import message

from monitor.deliver import chat
from monitor.labels import label
from monitor.model.delivery import (
    CHAT_MOST,
    Attachment,
    Channel,
    Failure,
    FailureKind,
    Message,
    Sent,
    chat_fitted,
    chat_length,
)


class Hook(HTTPServer):
    """A webhook that keeps what it was told and answers ``code``."""

    def __init__(self) -> None:
        self.code, self.told = 200, list[dict[str, Any]]()
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"json://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.code)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook(surroundings: pytest.MonkeyPatch) -> Iterator[Hook]:
    made = Hook()
    thread = threading.Thread(target=made.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def words(text: str, **facts: Any) -> Message:
    return message(channel=Channel.CHAT, text=text, html="", address="nhom", **facts)


def test_the_text_arrives_as_it_is(hook: Hook) -> None:
    text = "LĐLĐ tỉnh – Điểm tin số 12\n1. *Công nhân* <b> ngừng việc – Báo Suối\nhttp://suoi.test/1.html?a=1&b=2"
    assert isinstance(chat.send(hook.url, words(text)), Sent)
    (told,) = hook.told
    assert (told["title"], told["message"]) == ("", text)


def test_two_thousand_characters_are_one_message_and_one_more_is_none(hook: Hook) -> None:
    assert isinstance(chat.send(hook.url, words("ừ" * CHAT_MOST)), Sent)
    assert len(hook.told) == 1
    for text in ("ừ" * (CHAT_MOST + 1), "😀" * (CHAT_MOST // 2) + "a", " \n"):
        said = chat.send(hook.url, words(text))
        assert isinstance(said, Failure) and said.kind is FailureKind.PERMANENT
    assert len(hook.told) == 1


@pytest.mark.parametrize(
    "facts",
    [{"internal": True}, {"attachments": (Attachment(name="a", media_type="text/html", sha256="x"),)}],
    ids=["internal", "a file"],
)
def test_what_is_internal_and_what_is_no_text_never_leaves(hook: Hook, facts: dict[str, Any]) -> None:
    said = chat.send(hook.url, words("Nội dung", **facts))
    assert isinstance(said, Failure) and said.kind is FailureKind.PERMANENT
    assert not hook.told


def test_a_service_that_says_no_is_asked_again_later(hook: Hook) -> None:
    hook.code = 500
    said = chat.send(hook.url, words("Nội dung"))
    assert isinstance(said, Failure) and said.kind is FailureKind.TEMPORARY and not said.closed


def test_an_address_that_is_none_shuts_the_way_and_is_not_repeated(surroundings: pytest.MonkeyPatch) -> None:
    said = chat.send("khong-co://bi-mat-123", words("Nội dung"))
    assert isinstance(said, Failure) and said.closed
    assert "bi-mat" not in said.reason


@pytest.mark.parametrize("text", ["Ngắn", "ừ" * CHAT_MOST, "😀" * (CHAT_MOST // 2)])
def test_a_repeat_says_so_first_and_stays_within_the_limit(text: str) -> None:
    told = chat.told(words(text, doubtful=True))
    assert told.startswith(label("delivery", "repeat") + "\n")
    assert chat_length(told) <= CHAT_MOST
    assert chat_length(told) > CHAT_MOST - 3 or told.endswith(text)


@pytest.mark.parametrize("one", ["ừ" * 90, "😀" * 90])
@pytest.mark.parametrize("count", [0, 3, 60])
def test_what_does_not_fit_a_message_is_counted_at_its_end(one: str, count: int) -> None:
    told = chat_fitted("Đầu", [f"{n} {one}" for n in range(count)], lambda left: f"còn {left}")
    assert chat_length(told) <= CHAT_MOST
    lines = told.split("\n")
    shown = [line for line in lines[1:] if one in line]
    assert [line.split()[0] for line in shown] == [str(n) for n in range(len(shown))]
    assert (lines[-1] == f"còn {count - len(shown)}") is (len(shown) < count)
    assert count < 60 or 0 < len(shown) < count
