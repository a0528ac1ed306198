"""A real mail server on loopback, and one that hangs up in the middle of a message."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Mailbox:
    """What arrived; ``answers`` are said instead of 250, one a message, at RCPT or at the end of DATA."""

    port: int = 0
    at_rcpt: list[str] = field(default_factory=list)
    at_data: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    password: str = "bí mật"
    hangs_up: int = 0
    """How many messages are taken without a word: the connection is cut where the answer should come."""

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=default) for one in self.raw]  # type: ignore[misc]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt:
            return self.at_rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.at_data:
            return self.at_data.pop(0)
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.to += envelope.rcpt_tos
        if self.hangs_up:
            self.hangs_up -= 1
            assert server.transport
            server.transport.abort()  # type: ignore[attr-defined]
        return "250 OK"

    def login(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == self.password.encode(), handled=False)


@contextmanager
def mail_server(context: ssl.SSLContext | None = None) -> Iterator[Mailbox]:
    """A server; with ``context`` it wants STARTTLS and then a login."""
    box = Mailbox(port=free_port())
    wants: dict[str, Any] = (
        {"tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": box.login}
        if context
        else {}
    )
    server = Controller(box, hostname="127.0.0.1", port=box.port, server_hostname="mail.test", ident="test", **wants)
    server.start()
    try:
        yield box
    finally:
        server.stop()


@contextmanager
def cutting_server() -> Iterator[int]:
    """A server that hangs up after the first bytes of a message; its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        # A small window: what is not read is not sent.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)

        def serve() -> None:
            talk, _ = listening.accept()
            with talk, talk.makefile("rb") as lines:
                talk.sendall(b"220 mail.test\r\n")
                for line in lines:
                    verb = line[:4].upper()
                    talk.sendall(b"354 go on\r\n" if verb == b"DATA" else b"250 OK\r\n")
                    if verb == b"DATA":
                        lines.read(1000)
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            thread.join(10)
