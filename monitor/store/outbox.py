"""The outbox: every message that leaves the office, from before it does until after; bodies once by their hash.

``put`` works within the transaction of what causes the message. A row is ``sending``, committed, before the message is
handed over: one found so by another process was interrupted, and what became of it is not known.
"""

from __future__ import annotations

import hashlib
import uuid
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.errors import StoreError, UsageError
from monitor.model.delivery import Attachment, Channel, Message, MessageKind, MessageState

_COLUMNS = (
    "n, kind, about, reader, channel, address, subject, text, html, attachments, internal, urgent, made, due, state, "
    "tries, first_try, next_try, doubtful, message_id, error, sent_at"
)
_attachments = msgspec.json.Decoder(tuple[Attachment, ...]).decode
# The plus: what waits is little, so it is found by its time and not among all of its state.
_WAITS = "next_try IS NOT NULL AND next_try <= ? AND +state IN ('queued', 'maybe_sent')"


def put(db: Database, message: Message, files: Mapping[str, bytes] | None = None, *, domain: str = "localhost") -> str:
    """Queues a message within the caller's transaction; returns its id, or the one's that says the same already.

    ``files`` are the attachments' bytes by hash; ``domain`` ends the Message-ID, which it keeps for ever.
    """
    have = db.execute(
        "SELECT n FROM outbox WHERE about = ? AND about <> '' AND kind = ? AND reader = ? AND channel = ? "
        "AND address = ?",
        [message.about, message.kind.value, message.reader, message.channel.value, message.address],
    ).fetchone()
    if have:
        return f"g{have[0]}"
    for one in message.attachments:
        _keep(db, (files or {})[one.sha256], one.sha256)
    row: dict[str, Any] = {
        "kind": message.kind.value, "about": message.about, "reader": message.reader,
        "channel": message.channel.value, "address": message.address, "subject": message.subject,
        "text": _keep(db, message.text.encode()), "html": _keep(db, message.html.encode()) if message.html else "",
        "attachments": msgspec.json.encode(message.attachments).decode(), "internal": int(message.internal),
        "urgent": int(message.urgent), "made": iso_utc(message.made), "due": iso_utc(message.due),
        "state": MessageState.QUEUED.value, "tries": 0, "first_try": None, "next_try": iso_utc(message.due),
        "doubtful": 0, "message_id": f"<{uuid.uuid4().hex}@{domain}>", "error": "", "sent_at": None,
    }  # fmt: skip
    names = ", ".join(row)
    cursor = db.execute(f"INSERT INTO outbox ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    return f"g{cursor.lastrowid}"


def hashed(body: bytes) -> str:
    """The name of a body among the outbox's."""
    return hashlib.sha256(body).hexdigest()


def _keep(db: Database, body: bytes, sha256: str = "") -> str:
    name = sha256 or hashed(body)
    db.execute("INSERT OR IGNORE INTO outbox_bodies VALUES (?, ?, ?)", [name, len(body), zlib.compress(body, 6)])
    return name


def body(db: Database, sha256: str) -> bytes:
    """The bytes of this hash. Raises StoreError where they are not those any more."""
    row = db.execute("SELECT packed FROM outbox_bodies WHERE sha256 = ?", [sha256]).fetchone()
    try:
        found = zlib.decompress(row[0]) if row else b""
    except zlib.error:
        found = b""
    if hashed(found) != sha256:
        raise StoreError("outbox_body_damaged", value=sha256[:12])
    return found


def get(db: Database, ident: str) -> Message:
    """The message with its texts. Raises UsageError where there is none of this id, StoreError for damaged texts."""
    number = ident.strip().lower().removeprefix("g")
    row = None
    if number.isascii() and number.isdigit() and len(number) < 18:
        row = db.execute(f"SELECT {_COLUMNS} FROM outbox WHERE n = ?", [int(number)]).fetchone()
    if row is None:
        raise UsageError("outbox_unknown", value=ident[:40])
    made = _message(row)
    return replace(made, text=body(db, made.text).decode(), html=body(db, made.html).decode() if made.html else "")


def listed(db: Database, *, done: int = 0) -> list[Message]:
    """All that has not gone yet or has failed, then the ``done`` latest others; their texts are left out."""
    open_ = db.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE state IN ('queued', 'sending', 'maybe_sent', 'failed') ORDER BY n"
    ).fetchall()
    ended = db.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE state IN ('sent', 'dropped') ORDER BY n DESC LIMIT ?", [done]
    ).fetchall()
    return [replace(_message(row), text="", html="") for row in [*open_, *ended]]


def about(db: Database, kind: MessageKind, cause: str) -> list[Message]:
    """The messages about one thing, in the order they were queued; their texts are left out."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE about = ? AND about <> '' AND kind = ? ORDER BY n", [cause, kind.value]
    ).fetchall()
    return [replace(_message(row), text="", html="") for row in rows]


def due(db: Database, now: datetime, *, urgent: bool = False, only: Sequence[str] = ()) -> list[str]:
    """The ids of the messages whose time has come, the longest waiting first; the ``urgent`` ones alone if wanted."""
    also = " AND urgent = 1" if urgent else ""
    rows = db.execute(f"SELECT n FROM outbox WHERE {_WAITS}{also} ORDER BY next_try, n", [iso_utc(now)]).fetchall()
    found = [f"g{n}" for (n,) in rows]
    return [ident for ident in found if not only or ident in only]


def waiting(db: Database) -> int:
    """How many messages wait for their time."""
    return int(db.execute("SELECT count(*) FROM outbox WHERE next_try IS NOT NULL").fetchone()[0])


def failed(db: Database) -> int:
    """How many messages were not taken and are not tried any more."""
    return int(db.execute("SELECT count(*) FROM outbox WHERE state = 'failed'").fetchone()[0])


def claim(db: Database, ident: str, now: datetime) -> Message | None:
    """The message, now ``sending``, for who calls alone; None where another one was quicker or a person dropped it.

    It is on the disk when this returns, also should the power fail: after that it may leave.
    """
    with db.atomic():
        done = db.execute(
            "UPDATE outbox SET state = 'sending', tries = tries + 1, first_try = COALESCE(first_try, ?), "
            f"next_try = NULL WHERE n = ? AND {_WAITS}",
            [iso_utc(now), _n(ident), iso_utc(now)],
        )
        return get(db, ident) if done.rowcount == 1 else None


def sending(db: Database) -> list[Message]:
    """Those being sent. Where no other process sends, they were interrupted."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM outbox WHERE state = 'sending' ORDER BY n").fetchall()
    return [_message(row) for row in rows]


def settle(db: Database, message: Message) -> None:
    """Stores what a message has become, within the caller's transaction; its texts do not change."""
    db.execute(
        "UPDATE outbox SET state = ?, tries = ?, first_try = ?, next_try = ?, doubtful = ?, urgent = ?, error = ?, "
        "sent_at = ? WHERE n = ?",
        [
            message.state.value, message.tries, _iso(message.first_try), _iso(message.next_try), int(message.doubtful),
            int(message.urgent), message.error, _iso(message.sent_at), _n(message.id),
        ],
    )  # fmt: skip


def fail(db: Database, ident: str, error: str) -> None:
    """A message that cannot even be read has failed; within the caller's transaction."""
    db.execute(
        "UPDATE outbox SET state = 'failed', next_try = NULL, error = ? WHERE n = ? AND next_try IS NOT NULL",
        [error, _n(ident)],
    )


def careful(db: Database) -> None:
    """From now on a commit of this connection is on the disk when it returns, whatever happens to the machine."""
    db.execute("PRAGMA synchronous = FULL")


def forget(db: Database, before: datetime) -> int:
    """Removes the texts and files that only messages ended before then consist of; returns how many there were."""
    keep: set[str] = set()
    for text, html, files in db.execute(
        "SELECT text, html, attachments FROM outbox WHERE state NOT IN ('sent', 'dropped') OR made >= ?",
        [iso_utc(before)],
    ).fetchall():
        keep |= {text, html, *(one.sha256 for one in _attachments(files))}
    gone = [name for (name,) in db.execute("SELECT sha256 FROM outbox_bodies").fetchall() if name not in keep]
    db.conn.executemany("DELETE FROM outbox_bodies WHERE sha256 = ?", [(name,) for name in gone])
    return len(gone)


def bodies(db: Database, attachments: Iterable[Attachment]) -> dict[str, bytes]:
    """The attachments' bytes by hash."""
    return {one.sha256: body(db, one.sha256) for one in attachments}


def _n(ident: str) -> int:
    return int(ident.removeprefix("g"))


def _iso(at: datetime | None) -> str | None:
    return iso_utc(at) if at else None


def _message(row: Sequence[Any]) -> Message:
    """A row as a message; ``text`` and ``html`` are the hashes of theirs."""
    made, due_ = from_iso(row[12]), from_iso(row[13])
    assert made and due_
    return Message(
        id=f"g{row[0]}", kind=MessageKind(row[1]), about=row[2], reader=row[3], channel=Channel(row[4]),
        address=row[5], subject=row[6], text=row[7], html=row[8], attachments=_attachments(row[9]),
        internal=bool(row[10]), urgent=bool(row[11]), made=made, due=due_, state=MessageState(row[14]), tries=row[15],
        first_try=from_iso(row[16]), next_try=from_iso(row[17]), doubtful=bool(row[18]), message_id=row[19],
        error=row[20], sent_at=from_iso(row[21]),
    )  # fmt: skip
