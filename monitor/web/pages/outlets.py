"""Cơ quan báo chí: all of them with how each answered before, and the page of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.responses import Response

from monitor.clock import local
from monitor.desk import cards, outlet_record, products, shown
from monitor.desk.sheets import Loaded, day_said
from monitor.labels import label, of
from monitor.model.card import OutletCard
from monitor.model.request import DemandResult
from monitor.model.source import Level, OutletKind
from monitor.model.view_office import OutletRecord, OutletRow
from monitor.text import fold
from monitor.web.route import OFFICE, get
from monitor.web.visit import Visit

_SIZE = 50
_COLUMNS = (
    "id", "name", "kind", "level", "province", "card", "card_since", "articles", "requests", "open", "done",
    "silent_change", "refused", "nothing", "defective", "corrections",
)  # fmt: skip
_DONE = (DemandResult.IN_TIME, DemandResult.LATE)
_SILENTLY = (DemandResult.CHANGED_SILENTLY, DemandResult.REMOVED_SILENTLY)


def outlets(v: Visit) -> Response:
    """The list, or the whole of it as an Excel file."""
    return listed(v)


def listed(v: Visit, loaded: Loaded | None = None) -> Response:
    """``outlets``, with what became of a table that was read in."""
    on = local(v.now).date()
    every = outlet_record.outlets(v.at, on)
    words, kind, level = (v.query.get(name, "").strip()[:200] for name in ("q", "loai", "cap"))
    card = v.query.get("phieu", "")
    found = [row for row in every if _fits(row, words, kind, level, card)]
    if v.wants_sheet:
        columns = [label("web_outlets", f"col_{one}") for one in _COLUMNS]
        return v.sheet("co-quan-bao-chi", label("web_outlets", "title"), columns, _rows(found))
    pages = max(1, -(-len(found) // _SIZE))
    page = min(max(1, v.whole("trang", 1)), pages)
    return v.page(
        "outlets.html", rows=found[(page - 1) * _SIZE : page * _SIZE], total=len(found), page=page, pages=pages,
        words=words, kind=kind, level=level, card=card, kinds=tuple(OutletKind), levels=tuple(Level),
        filtered=bool(words or kind or level or card), loaded=loaded, answered=answered, today=day_said(on),
        seen=shown.mark(),
        lacking=sum(row.card is None and row.watched and row.kind is not OutletKind.SOCIAL for row in every),
    )  # fmt: skip


def _fits(row: OutletRow, words: str, kind: str, level: str, card: str) -> bool:
    if (kind and row.kind != kind) or (level and row.level != level):
        return False
    if (card == "co" and row.card is None) or (card == "chua" and row.card is not None):
        return False
    behind = f"{row.card.legal_name} {row.card.managing_body}" if row.card else ""
    text = fold(f"{row.id} {row.name} {row.province or ''} {behind}")
    return all(word in text for word in fold(words).split())


def answered(results: Sequence[tuple[DemandResult, int]]) -> list[str]:
    """How it answered before, as short words with how often; what is not settled yet is left out."""
    return [
        label("web_outlets", f"r_{result}", count=count)
        for result, count in results
        if result not in (DemandResult.PENDING, DemandResult.DROPPED)
    ]


def _rows(found: Sequence[OutletRow]) -> Iterator[tuple[object, ...]]:
    for row in found:
        count = dict(row.results)
        yield (
            row.id, row.name, of(row.kind), of(row.level), row.province or "",
            label("web_outlets", "with_card" if row.card else "without_card"),
            row.card.valid_from if row.card else None, row.articles, row.requests, row.open_requests,
            sum(count.get(one, 0) for one in _DONE), sum(count.get(one, 0) for one in _SILENTLY),
            count.get(DemandResult.REFUSED, 0), count.get(DemandResult.NOTHING, 0),
            count.get(DemandResult.DEFECTIVE, 0), row.corrections,
        )  # fmt: skip


def outlet(v: Visit) -> Response:
    """Who stands behind one, and everything we asked of it."""
    record = outlet_record.record(v.at, v.part("outlet"))
    return v.page(
        "outlet.html", o=record, cards=[(card, lines(card)) for card in record.cards],
        now=lines(record.card) if record.card else (), product_lines=product_lines, base=record.card or _newest(record),
        answered=answered, today=day_said(record.day),
        seen=shown.mark(*cards.history(v.at, record.id)),
    )  # fmt: skip


def _newest(record: OutletRecord) -> OutletCard | None:
    return record.cards[0] if record.cards else None


def lines(card: OutletCard) -> list[tuple[str, str, str]]:
    """What a card says: (field, its name, words), products a line each, without what it does not tell."""
    texts = ("legal_name", "managing_body", "authority", "address", "editor", "email", "phone", "corrections")
    made = [(name, label("cards", f"col_{name}"), str(getattr(card, name))) for name in texts]
    told = [
        f"{one.name} – {of(one.medium)}" + (f": {products.issues_said(one.issues)}" if one.issues else "")
        for one in card.products
    ]
    made.append(("products", label("cards", "col_products"), "\n".join(told)))
    made.append(("checked", label("cards", "col_checked"), day_said(card.checked)))
    made.append(("note", label("cards", "col_note"), card.note))
    return [one for one in made if one[2]]


def product_lines(card: OutletCard | None) -> str:
    """The products as the form takes them, a line each."""
    return "\n".join(products.said([one]) for one in card.products) if card else ""


PAGES = (
    get("/co-quan", outlets, OFFICE),
    get("/co-quan/{outlet}", outlet, OFFICE),
)
