"""Outlet cards at the desk: who stands behind an outlet on which day. Without one no letter is issued.

    card ──checked──▶ put: the one before it ends, event "card.put" ──▶ card_for(outlet, day)

A card is never deleted: a letter of last year went to the body of last year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from monitor.crawl import urls
from monitor.desk import shown
from monitor.desk.outlets import configured, names
from monitor.desk.products import said, tidied
from monitor.desk.sitting import Sitting
from monitor.errors import ConflictError, InputError, RefusedError
from monitor.labels import label
from monitor.model.card import OutletCard
from monitor.model.event import Happening
from monitor.model.people import OfficeRole
from monitor.model.source import Outlet, OutletKind
from monitor.store import cards as store
from monitor.text import clean, paragraphs

NEEDED = ("legal_name", "managing_body", "authority", "address")
"""What a letter cannot be addressed without."""
_LINES = (*NEEDED, "editor", "email", "phone", "corrections")
_TOLD = (*_LINES, "valid_from", "note")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, kw_only=True)
class Put:
    """A card as stored; ``changed`` tells that something is new, ``known`` that the outlet stands in sources.yaml."""

    card: OutletCard
    changed: bool
    known: bool


def put(sitting: Sitting, card: OutletCard, *, seen: str | None = None) -> Put:
    """Keeps a card, or corrects the one of the same first day; the same again changes nothing.

    ``seen`` marks the cards that the person saw (``shown.mark`` of ``history``). Raises RefusedError for who may not,
    what is missing or dates that cannot be; InputError for an id or address that is none; ConflictError where the
    outlet's cards are no longer those.
    """
    allowed(sitting)
    card = _checked(card)
    with sitting.db.atomic():
        before = store.history(sitting.db, card.outlet)
        store.put(sitting.db, card)
        after = store.history(sitting.db, card.outlet)
        if before != after:
            _still(seen, before, card)
            sitting.note(Happening(action="card.put", refs=(card.outlet,)))
    stored = next(one for one in after if one.valid_from == card.valid_from)
    return Put(card=stored, changed=before != after, known=card.outlet in configured(sitting))


def _still(seen: str | None, before: list[OutletCard], card: OutletCard) -> None:
    if before and seen == shown.mark():
        raise ConflictError("card_there", outlet=card.outlet)
    there = next((one for one in before if one.valid_from == card.valid_from), before[-1] if before else None)
    fields = [(label("cards", f"col_{name}"), getattr(there, name, ""), getattr(card, name)) for name in _TOLD]
    fields.append((label("cards", "col_products"), said(there.products) if there else "", said(card.products)))
    shown.still(seen, label("shown", "card", outlet=card.outlet), before, fields)


def allowed(sitting: Sitting) -> None:
    """Raises RefusedError unless the person may keep cards."""
    if sitting.actor.disabled:
        raise RefusedError("person_disabled", person=sitting.actor.id)
    if not sitting.actor.has(OfficeRole.LEADER, OfficeRole.PRESS, OfficeRole.CLERK):
        raise RefusedError("card_role", person=sitting.actor.id)


def _checked(card: OutletCard) -> OutletCard:
    if not _ID.fullmatch(card.outlet):
        raise InputError("outlet_id", value=card.outlet[:60])
    lines = {name: clean(getattr(card, name)) for name in _LINES}
    missing = [label("cards", f"col_{name}") for name in NEEDED if not lines[name]]
    if missing:
        raise RefusedError("words_missing", what=", ".join(missing))
    if card.valid_to and card.valid_to < card.valid_from:
        raise RefusedError("card_dates", outlet=card.outlet)
    if lines["email"] and not all(_MAIL.fullmatch(one.strip()) for one in re.split("[;,]", lines["email"])):
        raise InputError("card_mail", value=lines["email"][:80])
    if lines["corrections"]:
        page = urls.join("", lines["corrections"])
        if page is None:
            raise InputError("link_unfit", value=lines["corrections"][:80])
        lines["corrections"] = page
    texts: dict[str, Any] = dict(lines)
    return replace(card, **texts, products=tidied(card.products), note=paragraphs(card.note))


def current(sitting: Sitting, outlet: str, on: date) -> OutletCard | None:
    """The outlet's card of that day, if there is one."""
    return store.get(sitting.db, outlet, on)


def card_for(sitting: Sitting, outlet: str, on: date) -> OutletCard:
    """The outlet's card of that day. Raises RefusedError, saying how to enter one, where there is none."""
    found = current(sitting, outlet, on)
    if found is None:
        name = names(sitting).get(outlet, outlet)
        raise RefusedError("no_card", name=name, outlet=outlet, day=f"{on:%d/%m/%Y}")
    return found


def history(sitting: Sitting, outlet: str) -> list[OutletCard]:
    """All cards of an outlet, the earliest first."""
    return store.history(sitting.db, outlet)


def every(sitting: Sitting) -> list[OutletCard]:
    """All cards, by outlet and date."""
    return store.every(sitting.db)


def lacking(sitting: Sitting, on: date) -> list[Outlet]:
    """The outlets of sources.yaml that letters may go to and that have no card of that day."""
    have = {card.outlet for card in every(sitting) if card.holds(on)}
    return [one for one in configured(sitting).values() if one.id not in have and one.kind is not OutletKind.SOCIAL]


def by_outlet(found: Iterable[OutletCard], on: date) -> dict[str, OutletCard]:
    """The cards of a day by outlet."""
    return {card.outlet: card for card in found if card.holds(on)}
