"""A message's head as bytes: Vietnamese in encoded words, nothing that a text could smuggle a line into.

Headers are written here and not by ``email``: before Python 3.13 its folding loses or adds spaces between encoded
words. Bodies and files are its business, see ``mail``.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime

from monitor.clock import local
from monitor.labels import label
from monitor.model.delivery import Message, SmtpSettings

_WORD_BYTES = 39
"""Bytes in one encoded word: with its frame and the header's name a line stays below 78 characters."""
_PLAIN_MOST = 66
_PIECE = re.compile(r"[^ ]* *")


def head(settings: SmtpSettings, message: Message, *, now: datetime) -> bytes:
    """The head's lines, each ending in CRLF, without those of MIME.

    A message that may have arrived before keeps its Message-ID, and its subject says so.
    """
    domain = settings.sender.rpartition("@")[2]
    subject = message.subject
    if message.doubtful:
        subject = f"{subject} {label('delivery', 'repeat')}"
    lines = [
        ("From", mailbox(settings.sender, settings.sender_name)),
        ("To", mailbox(message.address, message.reader)),
        ("Subject", words(subject)),
        ("Date", format_datetime(local(now))),
        ("Message-ID", message.message_id),
        ("List-Id", f"{words(label('delivery', 'list'))} <{message.kind.value}.{domain}>"),
        ("Auto-Submitted", "auto-generated"),
    ]
    if settings.reply_to:
        lines.append(("Reply-To", settings.reply_to))
    if message.doubtful:
        lines.append(("X-Possible-Repeat", "yes"))
    return b"".join(f"{name}: {value}\r\n".encode("ascii") for name, value in lines)


def mailbox(address: str, name: str) -> str:
    """``name <address>``, the name as encoded words where it is more than letters and blanks."""
    if not name:
        return address
    plain = name.isascii() and name.replace(" ", "").isalnum() and len(name) <= _PLAIN_MOST
    return f"{name if plain else _encoded(name)}\r\n <{address}>"


def words(text: str) -> str:
    """A text for a header: as it is where it is short and ASCII, else as encoded words, folded."""
    if text.isascii() and len(text) <= _PLAIN_MOST and "=?" not in text:
        return text
    return _encoded(text)


def _encoded(text: str) -> str:
    return "\r\n ".join(f"=?utf-8?b?{b64encode(part).decode()}?=" for part in _parts(text))


def _parts(text: str) -> Iterable[bytes]:
    """The text in UTF-8, cut after a blank where there is one: some readers show the fold between two words."""
    part = b""
    for piece in _PIECE.findall(text):
        more = piece.encode("utf-8")
        if part and len(part) + len(more) > _WORD_BYTES:
            yield part
            part = b""
        for character in piece:
            one = character.encode("utf-8")
            if len(part) + len(one) > _WORD_BYTES:
                yield part
                part = b""
            part += one
    yield part
