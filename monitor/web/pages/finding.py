"""Tìm kiếm: one box, filters beside it; articles by rank, above them cases and letters where they were meant."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

from starlette.responses import Response

from monitor import clock, labels
from monitor.desk import article, finding, outlets
from monitor.errors import UsageError
from monitor.labels import label, wording
from monitor.model.finding import Found, Hit, Span
from monitor.store import people
from monitor.text import vietnamese_order
from monitor.web.asked import days
from monitor.web.route import EVERYBODY, get
from monitor.web.visit import Visit

_COLUMNS = ("title", "outlet", "at", "relevance", "topics", "places", "tone", "attention", "corrected", "url")
_MONTHS = 24
Month = tuple[str, int, str, str]
"""Name, how many, and its first and last day as typed."""


def find(v: Visit) -> Response:
    """What is found for what was typed; nothing typed: how to ask, and the newest."""
    wrong = ""
    try:
        (fields, unread), typed = _fields(v), v.query.get("q", "").strip()[:400]
        if v.wants_sheet and not unread:
            return _sheet(v, finding.every(v.at, typed, **fields))
        found = finding.find(v.at, typed, **fields, page=v.whole("trang", 1))
        if unread:
            wrong = label("web_find", "bad_days", said=", ".join(f"“{one}”" for one in unread))
    except UsageError as error:
        found, wrong = None, wording(error)
        v.status = 422
    asked = any(v.query.get(name, "").strip() for name in ("q", "bao", "chu-de", "noi", "tu", "den"))
    bodies = {unit.id: unit.name for unit in people.units(v.db)} if found and found.letters else {}
    choices = article.choices(v.at)
    return v.page(
        "find.html", found=found, wrong=wrong, asked=asked, pieces=pieces, months=months(found), bodies=bodies,
        topics=choices.topics, topic_names=dict(choices.topics), places=choices.places,
        outlets=sorted(set(outlets.names(v.at).values()), key=vietnamese_order),
    )  # fmt: skip


class _Fields(TypedDict):
    """What narrows a search beside its words."""

    outlet: str
    topic: str
    place: str
    since: date | None
    until: date | None


def _fields(v: Visit) -> tuple[_Fields, tuple[str, ...]]:
    """What the address asks for, and the days of it that could not be read: they narrow nothing."""
    said = {name: v.query.get(name, "").strip()[:200] for name in ("bao", "chu-de", "noi")}
    span, unread = days(v, "tu", "den")
    fields: _Fields = {
        "outlet": said["bao"], "topic": said["chu-de"], "place": said["noi"], "since": span["tu"],
        "until": span["den"],
    }  # fmt: skip
    return fields, unread


def pieces(text: str, marks: Sequence[Span]) -> list[tuple[str, bool]]:
    """The text cut at its marks: (piece, whether it was asked for)."""
    made, at = [], 0
    for start, end in marks:
        made += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [one for one in (*made, (text[at:], False)) if one[0]]


def months(found: Found | None) -> list[Month]:
    """The months with something found, the latest first."""
    made = []
    for month, count in (found.months if found else ())[:_MONTHS]:
        year, number = int(month[:4]), int(month[5:7])
        last = calendar.monthrange(year, number)[1]
        made.append((f"{number:02d}/{year}", count, f"01/{number:02d}/{year}", f"{last}/{number:02d}/{year}"))
    return made


def _sheet(v: Visit, hits: Iterable[Hit]) -> Response:
    return v.sheet(
        "ket-qua-tim-kiem", label("web_find", "title"), [label("web_find", f"col_{one}") for one in _COLUMNS],
        map(_row, hits),
    )  # fmt: skip


def _row(hit: Hit) -> tuple[object, ...]:
    mended = hit.corrected
    return (
        hit.title, hit.outlet_name, hit.published, labels.of(hit.relevance) if hit.relevance else "",
        ", ".join(hit.topics), ", ".join(hit.places), labels.of(hit.tone) if hit.tone else "", hit.attention,
        label("web_find", "mended", day=f"{clock.local(mended.date):%d/%m/%Y}", where=mended.where) if mended else "",
        hit.url or "",
    )  # fmt: skip


PAGES = (get("/tim", find, EVERYBODY),)
