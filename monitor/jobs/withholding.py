"""What was true when a message was queued and is not any more: an item of it belongs to restricted cases alone by now.

message about an edition, alerts ──▶ their items ──restricted now?──▶ named in the message? ──▶ it does not leave

Asked right before a message is handed over, for hours may lie between. Nothing is rewritten: a person sees the failure
and the reason; once the case is restricted no more, the message goes when it is tried again.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

from monitor.model.delivery import Message, MessageKind
from monitor.store import alerts, articles, editions
from monitor.store.db import Database
from monitor.text import clean

_LEAST = 12
"""Characters of a title that a message surely has from the item: "Thông báo" stands in many."""
_CUT = 150
"""So much of a title all messages have, however long it is."""


def withheld(db: Database, message: Message) -> bool:
    """Whether the message names an item that by now belongs only to restricted cases."""
    if message.kind not in _ITEMS:
        return False
    hidden = alerts.restricted(db)
    named = sorted(hidden.intersection(_ITEMS[message.kind](db, message.about))) if hidden else []
    if not named:
        return False
    words = clean(f"{message.subject} {message.text} {unescape(message.html)}")
    return any(_stands(words, one.title, one.url) for one in articles.by_ids(db, named))


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
