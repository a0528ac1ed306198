"""What leaves the office: a message in the outbox, who gets what by which way, and what became of handing it over.

queued ──▶ sending ──▶ sent
  ▲           ├──▶ queued      it was not taken and may be later
  │           ├──▶ failed      it was refused, or two days of trying were in vain
  │           └──▶ maybe_sent  nobody knows: handed over once more, marked, with the same Message-ID; never again
failed, dropped ◀── a person
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from monitor.model.edition import Series

CHAT_MOST = 2_000
"""Characters of a chat message, as chat programs count: one beyond the common plane is two."""
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class Channel(StrEnum):
    """The way a reader gets it."""

    MAIL = "mail"
    CHAT = "chat"
    """By a chat program, a bot or a webhook: text alone, nothing marked "lưu hành nội bộ"."""


class MessageKind(StrEnum):
    """What the message is about."""

    EDITION = "edition"
    ALERT = "alert"
    REPORT = "report"
    REMINDER = "reminder"
    TEST = "test"
    """To one address, to see whether mail leaves at all."""


class MessageState(StrEnum):
    """Where the message is."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    MAYBE_SENT = "maybe_sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Security(StrEnum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


class FailureKind(StrEnum):
    """What a failure to hand over means for the next try."""

    TEMPORARY = "temporary"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"
    """The server had all of it and the answer never came."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes along; ``sha256`` names its bytes among the outbox's."""

    name: str
    media_type: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message to one address. Times are UTC.

    ``about`` names its cause (an edition's id): a reader gets one message of one kind about it at an address.
    ``address`` is a mail address, or the id of a chat channel. ``next_try`` None: it is not tried again by itself.
    ``doubtful``: a handing over before had an unknown end. ``urgent`` goes in the quiet hours, too. ``first_try`` is
    when it was first handed over, since it was queued or a person asked for it again.
    """

    id: str = ""
    kind: MessageKind
    about: str = ""
    reader: str
    channel: Channel
    address: str
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    internal: bool = False
    urgent: bool = False
    made: datetime
    due: datetime
    state: MessageState = MessageState.QUEUED
    tries: int = 0
    first_try: datetime | None = None
    next_try: datetime | None = None
    doubtful: bool = False
    message_id: str = ""
    error: str = ""
    sent_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The other side took it; ``reply`` is what it said."""

    reply: str = ""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """It was not handed over, or nobody knows; ``reason`` is the sentence for a person.

    ``closed``: the way itself is shut (no connection, a wrong password), so other messages need not try it now.
    """

    kind: FailureKind
    reason: str
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class SmtpSettings:
    """The mail server; without ``host`` no mail leaves. The password is in a variable or a file, never here.

    ``ca_file`` holds the certificate of a server of one's own. ``plain`` allows an unprotected connection to another
    machine. ``timeout`` in seconds.
    """

    host: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    plain: bool = False
    user: str = ""
    password_env: str = "MONITOR_SMTP_PASSWORD"
    password_file: str = ""
    ca_file: str = ""
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    timeout: float = 30.0


@dataclass(frozen=True, kw_only=True)
class ChatChannel:
    """A way out by chat: ``env`` or ``file`` holds its apprise address, which is a secret."""

    id: str
    env: str = ""
    file: str = ""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A reader: where to, of which series, and what of it. Empty ``topics``, ``places``, ``units``: all.

    ``places`` are today's provinces, ``units`` names of union bodies. ``hour``: not before it on that day.
    ``outside``: not of the office; what an outlet has corrected is left out there. ``attach`` are forms of the page.
    """

    name: str
    channel: Channel
    addresses: tuple[str, ...] = ()
    enabled: bool = True
    series: tuple[Series, ...] = (Series.DAILY, Series.WEEKLY)
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    hour: time | None = None
    internal_ok: bool = False
    outside: bool = False
    attach: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Quiet:
    """The hours in which nothing leaves by itself, local time; over midnight where ``start`` is the later one."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        """Whether this time of day is quiet."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, kw_only=True)
class DeliverSettings:
    """The whole of ``rules/deliver.yaml``."""

    smtp: SmtpSettings = SmtpSettings()
    channels: tuple[ChatChannel, ...] = ()
    profiles: tuple[Profile, ...] = ()
    quiet: Quiet | None = None

    def channel(self, ident: str) -> ChatChannel | None:
        """The chat channel of this id."""
        return next((one for one in self.channels if one.id == ident), None)


@dataclass(frozen=True, kw_only=True)
class DeliveryReport:
    """What became of one round: the messages as they are now, and how many wait for their time."""

    messages: tuple[Message, ...] = ()
    waiting: int = 0

    def of(self, *states: MessageState) -> int:
        """How many of the messages ended so."""
        return sum(one.state in states for one in self.messages)


def mail_address(text: str) -> bool:
    """Whether this is one plain mail address in ASCII, and nothing that could be more than one."""
    local, at, domain = text.rpartition("@")
    return bool(at and len(text) <= 254 and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain.lower()))


def one_line(text: str) -> bool:
    """Whether the text can stand in a header: nothing in it ends a line or controls a terminal."""
    return not _CONTROL.search(text)


def chat_length(text: str) -> int:
    """Characters as chat programs count them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def chat_fitted(head: str, blocks: Sequence[str], more: Callable[[int], str]) -> str:
    """The head and as many of the blocks as a chat message holds; ``more`` says at the end how many are left out."""
    parts = [head]
    room = CHAT_MOST - chat_length(more(len(blocks))) - 1
    for done, block in enumerate(blocks):
        if chat_length("\n".join((*parts, block))) > room:
            parts.append(more(len(blocks) - done))
            break
        parts.append(block)
    return "\n".join(parts)
