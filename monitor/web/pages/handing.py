"""Gửi tin phát hiện: what anybody saw, read or heard, and what became of what he handed in."""

from __future__ import annotations

from starlette.responses import Response

from monitor import dates
from monitor.desk import handed
from monitor.desk.article import article
from monitor.desk.handed import Found
from monitor.desk.intake import POSTED
from monitor.errors import UsageError
from monitor.labels import label, of
from monitor.model.source import Medium
from monitor.web.route import EVERYBODY, get, post
from monitor.web.visit import Visit

_FORM = "gui"
_AIRED = (Medium.RADIO, Medium.TV)
_PLACED = tuple(one for one in Medium if one not in POSTED)
"""What no address finds again: without paper or station, and the programme, nobody could look it up."""


def page(v: Visit) -> Response:
    """The form, what was sent just now, and what was sent lately."""
    return v.page(
        "hand-in.html", form=_FORM, media=[(one.value, of(one)) for one in Medium], sent=_sent(v),
        lines=handed.lately(v.at), most=v.settings.upload_mb,
    )  # fmt: skip


def _sent(v: Visit) -> object:
    """The item that was handed in just now, as far as he may see it."""
    said = v.query.get("da-gui", "")
    try:
        return article(v.at, said) if said else None
    except UsageError:
        return None


def send(v: Visit) -> Response:
    """Keeps what was handed in."""
    form = v.form
    medium = form.choice("medium", Medium, label("intake", "col_medium"))
    link = form.text("link")
    if not link and (medium is None or medium in POSTED):
        raise UsageError("field_missing", what=label("web_hand_in", "link"))
    if medium in _PLACED:
        form.need("outlet", label("web_hand_in", "outlet"))
    if medium in _AIRED:
        form.need("programme", label("web_hand_in", "programme"))
    at = form.moment("at", label("web_hand_in", "at"))
    kept = handed.keep(
        v.at,
        Found(
            link=link, medium=medium, title=form.text("title"), text=form.text("text"), seen_by=form.text("seen_by"),
            at=at, hour=dates.has_clock(form.text("at")), outlet=form.text("outlet"),
            programme=form.text("programme"), files=tuple(one.path for one in form.uploads("files")),
        ),
    )  # fmt: skip
    said = label("web_hand_in", "known" if kept.known else "kept", title=kept.title)
    return v.back(v.link("/gui-tin", **{"da-gui": kept.article}), said)


PAGES = (
    get("/gui-tin", page, EVERYBODY),
    post("/gui-tin", send, EVERYBODY, shown=page, uploads=True),
)
