"""Cảnh báo: what was told of at once and what waits to be; marked as seen, or not told of any more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.responses import Response

from monitor.desk import alerts as desk
from monitor.desk import outlets
from monitor.desk.alerts import AlertRow
from monitor.desk.article_words import topic_names
from monitor.errors import RefusedError
from monitor.labels import label, of
from monitor.model.alert import AlertAct, AlertKind
from monitor.model.finding import of_page, pages_of
from monitor.report import alert_words as words
from monitor.store import people
from monitor.web.route import EDITORS, OFFICE, get, post
from monitor.web.visit import Visit

_PAGE = 50
_SHEET = 200
_DAYS = (7, 30, 90, 365)
_COLUMNS = (
    "made", "kind", "title", "outlet", "published", "stories", "prints", "why", "state", "told", "readers", "seen",
    "case", "url",
)  # fmt: skip


def alerts(v: Visit) -> Response:
    """The list, or all of it as an Excel file."""
    days, kind = v.whole("ngay", 30, most=3660) or 30, v.query.get("loai", "")
    kind = kind if kind in set(AlertKind) else ""
    only_unseen = v.query.get("chua-xem") == "1"
    found = desk.alerts(v.at, days=days, kind=kind, only_unseen=only_unseen)
    if v.wants_sheet:
        columns = [label("web_alerts", f"col_{one}") for one in _COLUMNS]
        parts = (found[at : at + _SHEET] for at in range(0, len(found), _SHEET))
        lines = (_line(v, row) for part in parts for row in desk.rows(v.at, part))
        return v.sheet("canh-bao", label("web_alerts", "title"), columns, lines)
    pages = pages_of(len(found), _PAGE)
    number = max(1, min(v.whole("trang", 1), pages))
    shown = desk.rows(v.at, of_page(found, number, _PAGE))
    return v.page(
        "alerts.html", rows=shown, total=len(found), number=number, pages=pages, days=days, kind=kind,
        only_unseen=only_unseen, all_days=_DAYS, kinds=tuple(AlertKind), rules=desk.rules(v.at), words=words,
        topics=topic_names(v.home.rules), outlets=outlets.names(v.at),
        names={one.id: one.name for one in people.every(v.db)},
        may=any(desk.may(one, AlertAct.MARK) for one in v.rights),
        unseen=[row.alert.id for row in shown if not row.alert.seen],
    )  # fmt: skip


def _line(v: Visit, row: AlertRow) -> tuple[object, ...]:
    alert, first = row.alert, row.matter.articles[0]
    event = alert.kind is AlertKind.ATTENTION
    names = dict(row.matter.outlets)
    return (
        alert.made, of(alert.kind), headline(row), names.get(first.outlet, first.outlet) if event else "",
        first.published if event else None, row.stories if event else alert.count, row.prints, words.why(row.matter),
        of(alert.state), alert.told, ", ".join(alert.readers), alert.seen, row.case, first.url if event else "",
    )  # fmt: skip


def headline(row: AlertRow) -> str:
    """What it is about: the first item's title, or the number of stories."""
    if row.alert.kind is AlertKind.ATTENTION:
        return row.matter.articles[0].title or label("alert", "no_title")
    return words.surge(row.matter)


def seen(v: Visit) -> Response:
    """Marks what was ticked, or one, as seen."""
    wanted = _wanted(v)
    done = desk.seen(v.at, wanted)
    return v.back(
        "/canh-bao", label("web_alerts", "seen", count=len(done)), undo="/canh-bao/chua-xem",
        fields={"canh-bao": " ".join(wanted)},
    )  # fmt: skip


def unseen(v: Visit) -> Response:
    """Takes that back."""
    done = desk.seen(v.at, _wanted(v), undo=True)
    return v.back("/canh-bao", label("web_alerts", "unseen", count=len(done)))


def _wanted(v: Visit) -> Sequence[str]:
    return list(_idents(v))[:_SHEET] or _nothing()


def _idents(v: Visit) -> Iterator[str]:
    for said in v.form.many("canh-bao"):
        yield from said.split()


def _nothing() -> Sequence[str]:
    raise RefusedError("words_missing", what=label("web_alerts", "what"))


def mute(v: Visit) -> Response:
    """No message about it from now on."""
    made = desk.mute(v.at, v.part("id"))
    undo = f"/canh-bao/{made.id}/bao-lai"
    return v.back("/canh-bao", label("web_alerts", "muted", id=made.id), undo=undo)


def unmute(v: Visit) -> Response:
    """Told of after all."""
    made = desk.mute(v.at, v.part("id"), undo=True)
    return v.back("/canh-bao", label("web_alerts", "unmuted", id=made.id))


PAGES = (
    get("/canh-bao", alerts, OFFICE),
    post("/canh-bao/da-xem", seen, EDITORS, shown=alerts),
    post("/canh-bao/chua-xem", unseen, EDITORS, shown=alerts),
    post("/canh-bao/{id}/khong-bao", mute, EDITORS, shown=alerts),
    post("/canh-bao/{id}/bao-lai", unmute, EDITORS, shown=alerts),
)
