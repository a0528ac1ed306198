"""Messages whose time has come, handed over one by one; one process at a time.

    lock ▶ what was being sent when a process died: once more, marked ▶ each that is due:

    claim (sending, on the disk) ──▶ mail | chat ──▶ Sent | Failure ──▶ settle (sent, queued, failed, maybe sent)

A process that dies between the two ends of that line leaves a row that says so. This module decides nothing about
retries (``deliver.retrying``) and makes no message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from monitor import clock
from monitor.config import Home
from monitor.config.deliver import chat_url, load_deliver, password_of
from monitor.deliver import chat, mail, retrying
from monitor.errors import BusyError, ConfigError, StoreError
from monitor.jobs.locking import held
from monitor.jobs.withholding import withheld
from monitor.labels import label, wording
from monitor.model.delivery import (
    Channel,
    DeliverSettings,
    DeliveryReport,
    Failure,
    FailureKind,
    Message,
    Sent,
)
from monitor.store import outbox
from monitor.store.db import Database, opened


@dataclass(frozen=True, kw_only=True)
class _Ways:
    """The ways out as they are configured."""

    settings: DeliverSettings
    root: Path

    def hand(self, db: Database, message: Message) -> Sent | Failure:
        """Hands one message over by its way, unless what it tells has been restricted meanwhile."""
        try:
            if why := withheld(db, message):
                return Failure(kind=FailureKind.PERMANENT, reason=label("delivery", why))
            if message.channel is Channel.CHAT:
                return self._chat(message)
            smtp = self.settings.smtp
            if not smtp.host:
                return _shut(label("delivery", "no_server"))
            password = password_of(smtp, self.root)
            files = outbox.bodies(db, message.attachments)
            return mail.send(smtp, message, password=password, files=files, now=clock.now())
        except ConfigError as error:
            return _shut(wording(error))
        except StoreError as error:
            return Failure(kind=FailureKind.PERMANENT, reason=wording(error))

    def _chat(self, message: Message) -> Sent | Failure:
        channel = self.settings.channel(message.address)
        # What must not leave is refused before a secret is even read.
        wrong = chat.refused(message)
        if wrong or channel is None:
            return wrong or _shut(label("delivery", "no_channel", channel=message.address))
        return chat.send(chat_url(channel, self.root), message)


def _shut(reason: str) -> Failure:
    return Failure(kind=FailureKind.TEMPORARY, reason=reason, closed=True)


def deliver(home: Home, *, stop: Event | None = None, only: Sequence[str] = ()) -> DeliveryReport:
    """One round over the messages that are due, or over the ``only`` ones of them; nothing leaves in quiet hours
    but what a person sent. Raises BusyError where another process is at it, ConfigError.
    """
    settings = load_deliver(home.rules)
    lock = home.data / "deliver.lock"
    with held(lock, BusyError("deliver_busy", file=lock)), opened(home.database) as db:
        outbox.careful(db)
        _recover(db)
        ways, done, closed = _Ways(settings=settings, root=home.root), list[Message](), set[str]()
        for ident in outbox.due(db, clock.now(), urgent=_quiet(settings), only=only):
            if stop and stop.is_set():
                break
            made = _one(db, ways, ident, closed)
            if made:
                done.append(made)
        return DeliveryReport(messages=tuple(done), waiting=outbox.waiting(db))


def _quiet(settings: DeliverSettings) -> bool:
    return bool(settings.quiet and settings.quiet.holds(clock.local(clock.now()).time()))


def _recover(db: Database) -> None:
    """No other process sends now: what is being sent was interrupted."""
    with db.atomic():
        for message in outbox.sending(db):
            outbox.settle(db, retrying.interrupted(message, clock.now()))


def _one(db: Database, ways: _Ways, ident: str, closed: set[str]) -> Message | None:
    try:
        known = outbox.get(db, ident)
    except StoreError as error:
        with db.atomic():
            outbox.fail(db, ident, wording(error))
        return None
    way = known.address if known.channel is Channel.CHAT else ""
    if way in closed:
        return None  # its turn comes when somebody got through; this round nobody does
    message = outbox.claim(db, ident, clock.now())
    if message is None:
        return None
    outcome = ways.hand(db, message)
    after = retrying.after(message, outcome, clock.now())
    with db.atomic():
        outbox.settle(db, after)
    if isinstance(outcome, Failure) and outcome.closed:
        closed.add(way)
    return replace(after, text="", html="")
