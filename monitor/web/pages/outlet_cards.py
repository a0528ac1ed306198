"""Cards of outlets: a new one with its date, all of them as a table, and tables in."""

from __future__ import annotations

from starlette.responses import Response

from monitor.desk import cards, cards_csv, products
from monitor.errors import InputError, RefusedError
from monitor.labels import label
from monitor.model.card import OutletCard
from monitor.web.pages import outlets as page
from monitor.web.route import OFFICE, get, post
from monitor.web.visit import Visit

_MOST = 8 * 1024 * 1024
_TEXTS = ("legal_name", "managing_body", "authority", "address", "editor", "email", "phone", "corrections", "note")


def put(v: Visit) -> Response:
    """A new card of an outlet that has a page; the one before it ends."""
    return _put(v, v.part("outlet"))


def put_new(v: Visit) -> Response:
    """A card of an outlet that is known by nothing else yet."""
    return _put(v, v.form.need("outlet", label("cards", "col_outlet")))


def _put(v: Visit, outlet: str) -> Response:
    done = cards.put(v.at, _card(v, outlet), seen=v.form.text("_seen") or None)
    if not done.changed:
        said = label("web_outlets", "card_same")
    else:
        said = label("web_outlets", "card_put", day=f"{done.card.valid_from:%d/%m/%Y}")
    if not done.known:
        said += " " + label("cards", "not_in_sources", outlet=done.card.outlet)
    return v.back(f"/co-quan/{done.card.outlet}", said)


def _card(v: Visit, outlet: str) -> OutletCard:
    def day(name: str) -> str:
        return label("cards", f"col_{name}")

    first = v.form.day("valid_from", day("valid_from"))
    if first is None:
        raise RefusedError("words_missing", what=day("valid_from"))
    return OutletCard(
        outlet=outlet,
        **{name: v.form.text(name) for name in _TEXTS},
        products=products.parse(";".join(v.form.text("products").split("\n"))),
        valid_from=first,
        valid_to=v.form.day("valid_to", day("valid_to")),
        checked=v.form.day("checked", day("checked")),
    )


def table(v: Visit) -> Response:
    """Every card, those that ended too, as a table that can be changed in Excel and read in again."""
    return v.download(cards_csv.to_csv(cards.every(v.at)), "phieu-co-quan-bao-chi.csv", "text/csv")


def take_in(v: Visit) -> Response:
    """Reads a table of cards in; bad lines are told with their numbers, good ones are kept."""
    cards.allowed(v.at)
    sent = v.form.upload("tep")
    if sent is None:
        raise RefusedError("words_missing", what=label("web_outlets", "file"))
    if sent.size > _MOST:
        raise InputError("table_large", most=_MOST // 1024 // 1024)
    return page.listed(v, cards_csv.take_in(v.at, sent.path.read_bytes()))


PAGES = (
    get("/co-quan/tat-ca/phieu.csv", table, OFFICE),
    post("/co-quan", put_new, OFFICE, shown=page.outlets),
    post("/co-quan/tat-ca/nhap", take_in, OFFICE, shown=page.outlets, uploads=True),
    post("/co-quan/{outlet}/phieu", put, OFFICE, shown=page.outlet),
)
