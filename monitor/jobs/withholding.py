"""What was true when a message was queued and is not any more: an item of it belongs to restricted cases alone by now.

message about an edition, alerts ──▶ their items ──restricted now? internal, by chat?──▶ named in it? ──▶ does not leave

Asked right before a message is handed over, for hours may lie between. Nothing is rewritten: a person sees the failure
and the reason; once the case is restricted no more, the message goes when it is tried again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import unescape

from monitor.model.case import Marking
from monitor.model.delivery import Channel, Message, MessageKind
from monitor.store import alerts, articles, cases, editions
from monitor.store.db import Database
from monitor.text import clean

_LEAST = 12
"""Characters of a title that a message surely has from the item: "Thông báo" stands in many."""
_CUT = 150
"""So much of a title all messages have, however long it is."""


def withheld(db: Database, message: Message) -> str:
    """Why the message may not leave now (a key of the labels' group ``delivery``); empty where it may.

    It names an item that by now belongs only to restricted cases, or goes by chat and names one of a case that is by
    now marked "lưu hành nội bộ".
    """
    if message.kind not in _ITEMS:
        return ""
    hidden = alerts.restricted(db)
    chat = message.channel is Channel.CHAT
    if not hidden and not chat:
        return ""
    items = list(_ITEMS[message.kind](db, message.about))
    if _names(db, message, hidden.intersection(items)):
        return "restricted_since"
    return "internal_by_chat" if chat and _names(db, message, _internal(db, items)) else ""


def _internal(db: Database, items: Sequence[str]) -> set[str]:
    held = cases.by_article(db, items)
    known = cases.some(db, {case for into in held.values() for case in into})
    return {one for one, into in held.items() if any(known[case].marking is Marking.INTERNAL for case in into)}


def _names(db: Database, message: Message, items: Collection[str]) -> bool:
    if not items:
        return False
    words = clean(f"{message.subject} {message.text} {unescape(message.html)}")
    return any(_stands(words, one.title, one.url) for one in articles.by_ids(db, sorted(items)))


def _stands(words: str, title: str, url: str | None) -> bool:
    said = clean(title)
    return bool(url and url in words) or (len(said) >= _LEAST and said[:_CUT] in words)


def _of_edition(db: Database, ident: str) -> Iterable[str]:
    found = editions.get(db, ident)
    return [one for item in found.items for one in item.articles] if found else []


def _of_alerts(db: Database, batch: str) -> Iterable[str]:
    told = alerts.of_batch(db, batch)
    return [one for held in alerts.articles_of(db, told).values() for one in held]


_ITEMS = {MessageKind.EDITION: _of_edition, MessageKind.ALERT: _of_alerts}
