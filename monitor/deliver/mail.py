"""A message to a mail server. Whatever goes wrong is a value; no exception leaves.

connect ▶ (STARTTLS) ▶ (sign in) ▶ MAIL ▶ RCPT ▶ DATA ▶ all of it ▶ the server's answer
└───── closed: nobody's mail goes ─────┘ └── by the server's code ──┘ └── lost here: unknown

Until the last byte is handed over the server cannot have taken the message; after it only its answer tells.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP

from monitor.deliver.headers import head
from monitor.labels import label
from monitor.model.delivery import (
    Failure,
    FailureKind,
    Message,
    Security,
    Sent,
    SmtpSettings,
    mail_address,
    one_line,
)

_DOT = re.compile(rb"^\.", re.M)
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._-]{1,80}@[A-Za-z0-9.-]{1,253}>")
_SAID = 300


def send(
    settings: SmtpSettings, message: Message, *, password: str, files: Mapping[str, bytes], now: datetime
) -> Sent | Failure:
    """Hands the message to the server. ``files`` are the attachments' bytes by their hash."""
    wrong = _wrong(settings, message)
    if wrong:
        return wrong
    content = whole(settings, message, files=files, now=now)
    try:
        server = _connected(settings, password)
    except smtplib.SMTPAuthenticationError as error:
        return _closed("sign_in", f"{error.smtp_code} {_detail(error)}")
    except smtplib.SMTPNotSupportedError:
        return _closed("not_supported")
    except ssl.SSLError as error:
        return _closed("certificate", getattr(error, "verify_message", "") or error.reason or str(error))
    except (OSError, ValueError) as error:  # smtplib's own errors are OSErrors; a name that is no name a ValueError
        return _closed("unreachable", _detail(error))
    try:
        return _handed(server, settings, message, content)
    finally:
        with suppress(OSError):
            server.quit()
        server.close()


def whole(settings: SmtpSettings, message: Message, *, files: Mapping[str, bytes], now: datetime) -> bytes:
    """The message as it goes over the wire: lines of ASCII ending in CRLF."""
    body = EmailMessage(policy=SMTP)
    body.set_content(message.text, cte="base64")
    if message.html:
        body.add_alternative(message.html, subtype="html", cte="base64")
    for one in message.attachments:
        main, _, sub = one.media_type.partition("/")
        params = {"charset": "utf-8"} if main == "text" else {}
        body.add_attachment(files[one.sha256], maintype=main, subtype=sub, filename=one.name, params=params)
    return head(settings, message, now=now) + body.as_bytes()


def _wrong(settings: SmtpSettings, message: Message) -> Failure | None:
    """What must not go on the wire, however it came into the outbox."""
    plain = message.subject, message.reader, settings.sender_name, *(one.name for one in message.attachments)
    addresses = [message.address, settings.sender, *([settings.reply_to] if settings.reply_to else [])]
    if not all(map(one_line, plain)) or not _MESSAGE_ID.fullmatch(message.message_id):
        return Failure(kind=FailureKind.PERMANENT, reason=label("delivery", "bad_header"))
    if not all(map(mail_address, addresses)):
        return Failure(kind=FailureKind.PERMANENT, reason=label("delivery", "bad_address"))
    return None


def _connected(settings: SmtpSettings, password: str) -> smtplib.SMTP:
    # Its own name is not asked of the network: that may take long, and tells the world the machine's name.
    name = settings.sender.rpartition("@")[2]
    secure = None if settings.security is Security.NONE else ssl.create_default_context()
    if secure and settings.ca_file:
        secure.load_verify_locations(settings.ca_file)
    server: smtplib.SMTP
    if secure and settings.security is Security.TLS:
        server = smtplib.SMTP_SSL(
            settings.host, settings.port, local_hostname=name, timeout=settings.timeout, context=secure
        )
    else:
        server = smtplib.SMTP(settings.host, settings.port, local_hostname=name, timeout=settings.timeout)
    try:
        if secure and settings.security is Security.STARTTLS:
            server.starttls(context=secure)
        if settings.user:
            _sign_in(server, settings.user, password)
        server.ehlo_or_helo_if_needed()
    except BaseException:
        server.close()
        raise
    return server


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """As smtplib does; with letters that it cannot take, the one way that has room for them (RFC 4616)."""
    if user.isascii() and password.isascii():
        server.login(user, password)
        return
    server.ehlo_or_helo_if_needed()
    if "PLAIN" not in server.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError
    secret = b64encode(b"\0".join((b"", user.encode(), password.encode("utf-8", "replace")))).decode()
    code, said = server.docmd("AUTH", f"PLAIN {secret}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _handed(server: smtplib.SMTP, settings: SmtpSettings, message: Message, content: bytes) -> Sent | Failure:
    stuffed = _DOT.sub(b"..", content)
    ending = b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"
    try:
        for verb, argument, wanted in (
            ("MAIL", f"FROM:<{settings.sender}>", 250),
            ("RCPT", f"TO:<{message.address}>", 250),
            ("DATA", "", 354),
        ):
            code, said = server.docmd(verb, argument)
            if code not in (wanted, 251):
                return _refused(code, said)
        server.send(stuffed + ending)
    except (OSError, ValueError) as error:
        return Failure(kind=FailureKind.TEMPORARY, reason=label("delivery", "cut", detail=_detail(error)))
    try:
        code, said = server.getreply()
    except (OSError, ValueError) as error:
        return Failure(kind=FailureKind.UNKNOWN, reason=label("delivery", "no_answer", detail=_detail(error)))
    return Sent(reply=f"{code} {_text(said)}") if code == 250 else _refused(code, said)


def _refused(code: int, said: bytes) -> Failure:
    """By the server's code: 5xx is for ever, everything else may pass."""
    kind = FailureKind.PERMANENT if 500 <= code < 600 else FailureKind.TEMPORARY
    return Failure(kind=kind, reason=label("delivery", f"refused_{kind.value}", code=code, said=_text(said)))


def _closed(key: str, detail: str = "") -> Failure:
    told = label("delivery", key, detail=_text(detail.encode()))
    return Failure(kind=FailureKind.TEMPORARY, reason=told, closed=True)


def _detail(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return _text(said if isinstance(said, bytes) else said.encode())
    return _text((getattr(error, "strerror", None) or str(error) or type(error).__name__).encode())


def _text(said: bytes) -> str:
    """What a server said, on one line and not too long."""
    told = " ".join(said.decode("utf-8", "replace").split())
    return "".join(c for c in told if c.isprintable())[:_SAID]
