"""Outlet cards by date: a new one ends the one before it the day before; nothing is deleted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import msgspec
from sqlite_utils import Database

from monitor.model.card import OutletCard

_decode = msgspec.json.Decoder(OutletCard).decode
_encode = msgspec.json.Encoder().encode


def put(db: Database, card: OutletCard) -> None:
    """Stores a card, or changes the one of the same first day, within the caller's transaction.

    A card that is still open ends the day before this one; this one ends the day before the next.
    """
    for other in history(db, card.outlet):
        if other.valid_from < card.valid_from and (other.valid_to is None or other.valid_to >= card.valid_from):
            _write(db, replace(other, valid_to=card.valid_from - timedelta(days=1)))
    later = [o.valid_from for o in history(db, card.outlet) if o.valid_from > card.valid_from]
    if later and (card.valid_to is None or card.valid_to >= min(later)):
        card = replace(card, valid_to=min(later) - timedelta(days=1))
    _write(db, card)


def _write(db: Database, card: OutletCard) -> None:
    db.execute(
        "INSERT INTO cards (outlet, valid_from, valid_to, doc) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (outlet, valid_from) DO UPDATE SET valid_to = excluded.valid_to, doc = excluded.doc",
        [
            card.outlet,
            card.valid_from.isoformat(),
            card.valid_to.isoformat() if card.valid_to else None,
            _encode(card),
        ],
    )


def get(db: Database, outlet: str, on: date) -> OutletCard | None:
    """The outlet's card of that day."""
    return next((card for card in reversed(history(db, outlet)) if card.holds(on)), None)


def history(db: Database, outlet: str) -> list[OutletCard]:
    """All cards of an outlet, the earliest first."""
    rows = db.execute("SELECT doc FROM cards WHERE outlet = ? ORDER BY valid_from", [outlet]).fetchall()
    return [_decode(doc) for (doc,) in rows]


def stamp(db: Database) -> int:
    """A number that is another one once a card was changed; good for as long as the program runs."""
    return hash(tuple(db.execute("SELECT outlet, valid_from, doc FROM cards").fetchall()))


def every(db: Database) -> list[OutletCard]:
    """All cards of all outlets, by outlet and date."""
    return [_decode(doc) for (doc,) in db.execute("SELECT doc FROM cards ORDER BY outlet, valid_from").fetchall()]
