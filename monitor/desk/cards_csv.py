"""Outlet cards in and out, as a table for Excel or as JSON. What was written is read back as the same cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import msgspec

from monitor.desk import cards, outlets, products
from monitor.desk.sheets import Loaded, Row, Sheet, Told, day_said, decoded, load, read, write
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError
from monitor.labels import label
from monitor.model.card import OutletCard

COLUMNS = (
    *("outlet", "legal_name", "managing_body", "authority", "address", "editor", "email", "phone", "corrections"),
    *("products", "valid_from", "valid_to", "checked", "note"),
)
_TEXTS = ("legal_name", "managing_body", "authority", "address", "editor", "email", "phone", "corrections")
_NEEDED = ("outlet", *cards.NEEDED, "valid_from")


def to_csv(found: Iterable[OutletCard]) -> bytes:
    """The cards as a table."""
    return write("cards", COLUMNS, (_cells(card) for card in found))


def _cells(card: OutletCard) -> list[str]:
    dates = (day_said(card.valid_from), day_said(card.valid_to), day_said(card.checked))
    texts = (getattr(card, name) for name in _TEXTS)
    return [card.outlet, *texts, products.said(card.products), *dates, card.note]


def to_json(found: Iterable[OutletCard]) -> bytes:
    """The cards as JSON, one object each."""
    return msgspec.json.format(msgspec.json.encode(list(found)), indent=2) + b"\n"


def take_in(sitting: Sitting, raw: bytes, progress: Told | None = None) -> Loaded:
    """Puts every good card of a table or of JSON; the bad ones are told with their numbers.

    Raises InputError for a file that is neither.
    """
    cards.allowed(sitting)
    known = outlets.configured(sitting)
    notices: list[str] = []

    def kept(card: OutletCard) -> bool:
        done = cards.put(sitting, card)
        if card.outlet not in known:
            notices.append(label("cards", "not_in_sources", outlet=card.outlet))
        return done.changed

    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        acts, sheet = _from_json(raw, kept), Sheet(rows=())
    else:
        sheet = read(raw, "cards", COLUMNS, _NEEDED)
        acts = [(row.line, _later(kept, row)) for row in sheet.rows]
    with sitting.db.atomic():
        done = load(acts, progress)
    notices += [label("table", "unknown_column", column=name) for name in sheet.unknown]
    return replace(done, bad=tuple(sorted((*sheet.bad, *done.bad))), notices=tuple(dict.fromkeys(notices)))


def _later(kept: Callable[[OutletCard], bool], row: Row) -> Callable[[], bool]:
    return lambda: kept(_card(row))


def _card(row: Row) -> OutletCard:
    first = row.day("valid_from")
    if first is None:
        raise RefusedError("words_missing", what=label("cards", "col_valid_from"))
    return OutletCard(
        outlet=row.get("outlet"),
        **{name: row.get(name) for name in _TEXTS},
        products=products.parse(row.get("products")),
        valid_from=first,
        valid_to=row.day("valid_to"),
        checked=row.day("checked"),
        note=row.cells.get("note", ""),
    )


def _from_json(raw: bytes, kept: Callable[[OutletCard], bool]) -> list[tuple[int, Callable[[], bool]]]:
    try:
        items = msgspec.json.decode(decoded(raw), type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError("cards_json", detail=str(error)) from error
    return [(number, _parsed(kept, item)) for number, item in enumerate(items, 1)]


def _parsed(kept: Callable[[OutletCard], bool], item: msgspec.Raw) -> Callable[[], bool]:
    def act() -> bool:
        try:
            card = msgspec.json.decode(item, type=OutletCard)
        except msgspec.DecodeError as error:
            raise InputError("cards_json", detail=str(error)) from error
        return kept(card)

    return act
