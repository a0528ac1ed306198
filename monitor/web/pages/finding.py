"""Tìm kiếm: one box, filters beside it; articles by rank, above them cases and letters where they were meant."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date

from starlette.responses import Response

from monitor import clock, dates, labels
from monitor.desk import article, finding, outlets
from monitor.errors import UsageError
from monitor.labels import label, wording
from monitor.model.finding import Found, Hit, Span
from monitor.store import people
from monitor.web.route import EVERYBODY, get
from monitor.web.visit import Visit

_COLUMNS = ("title", "outlet", "at", "relevance", "topics", "places", "tone", "attention", "corrected", "url")
_SHEET_PAGE = 100
_MONTHS = 24
Month = tuple[str, int, str, str]
"""Name, how many, and its first and last day as typed."""


def find(v: Visit) -> Response:
    """What is found for what was typed; nothing typed: how to ask, and the newest."""
    wrong = ""
    try:
        found = _found(v, v.whole("trang", 1))
        if v.wants_sheet:
            return _sheet(v, found)
    except UsageError as error:
        found, wrong = None, wording(error)
        v.status = 422
    asked = any(v.query.get(name, "").strip() for name in ("q", "bao", "chu-de", "noi", "tu", "den"))
    bodies = {unit.id: unit.name for unit in people.units(v.db)} if found and found.letters else {}
    choices = article.choices(v.at)
    return v.page(
        "find.html", found=found, wrong=wrong, asked=asked, pieces=pieces, months=months(found), bodies=bodies,
        topics=choices.topics, topic_names=dict(choices.topics), places=choices.places,
        outlets=sorted(set(outlets.names(v.at).values())),
    )  # fmt: skip


def _found(v: Visit, page: int, per_page: int = 20) -> Found:
    said = {name: v.query.get(name, "").strip()[:200] for name in ("bao", "chu-de", "noi")}
    return finding.find(
        v.at, v.query.get("q", "").strip()[:400], outlet=said["bao"], topic=said["chu-de"], place=said["noi"],
        since=_day(v, "tu"), until=_day(v, "den"), page=page, per_page=per_page,
    )  # fmt: skip


def _day(v: Visit, name: str) -> date | None:
    said = v.query.get(name, "").strip()
    if not said:
        return None
    found = dates.parse(said, now=v.now)
    if found is None:
        raise UsageError("bad_date", value=said[:40])
    return clock.local(found).date()


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


def _sheet(v: Visit, first: Found) -> Response:
    return v.sheet(
        "ket-qua-tim-kiem", label("web_find", "title"), [label("web_find", f"col_{one}") for one in _COLUMNS],
        (_row(hit) for hit in _all(v, first)),
    )  # fmt: skip


def _all(v: Visit, first: Found) -> Iterator[Hit]:
    pages = -(-first.total // _SHEET_PAGE)
    for page in range(1, pages + 1):
        yield from _found(v, page, _SHEET_PAGE).hits


def _row(hit: Hit) -> tuple[object, ...]:
    mended = hit.corrected
    return (
        hit.title, hit.outlet_name, hit.published, labels.of(hit.relevance) if hit.relevance else "",
        ", ".join(hit.topics), ", ".join(hit.places), labels.of(hit.tone) if hit.tone else "", hit.attention,
        label("web_find", "mended", day=f"{clock.local(mended.date):%d/%m/%Y}", where=mended.where) if mended else "",
        hit.url or "",
    )  # fmt: skip


PAGES = (get("/tim", find, EVERYBODY),)
