"""Tổng quan: figures of a period, every one of them a link to exactly the items it counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from monitor import clock
from monitor.desk import article, outlets
from monitor.desk import overview as desk
from monitor.desk.overview import ListedPage, ListedRow
from monitor.errors import UsageError
from monitor.labels import label, of, wording
from monitor.model.overview import Figure, Overview
from monitor.model.tag import Relevance, Tone
from monitor.text import vietnamese_order
from monitor.web.asked import days
from monitor.web.route import OFFICE, get
from monitor.web.visit import Visit

_SIZE = 50
_SHEET = 500
_ALL = "tat-ca"
_SPANS = ("thang", "thang-truoc", "quy", "nua-nam", "nam")
_NAMES = {
    "since": "tu", "until": "den", "outlet": "bao", "topic": "chu-de", "place": "noi", "relevance": "pham-vi",
    "tone": "sac-thai", "status": "trang-thai", "verdict": "ket-luan", "cases": "vu-viec",
}  # fmt: skip
"""The fields of a figure's list, as the address calls them."""
_COLUMNS = ("title", "outlet", "published", "relevance", "topic", "tone", "places", "attention", "corrected", "url")
_CASE_COLUMNS = ("id", "title", "status", "verdict", "opened")


@dataclass(frozen=True, kw_only=True)
class _Span:
    """The days asked for; ``key`` names one of the usual periods, ``wrong`` says what was not understood."""

    since: date
    until: date
    key: str = ""
    wrong: str = ""


def overview(v: Visit) -> Response:
    """The figures of the period and of what narrows it; all of them as an Excel file too."""
    span = _span(v)
    fields = _fields(v)
    wrong, found = span.wrong, None
    try:
        found = desk.overview(v.at, since=span.since, until=span.until, **fields)
    except UsageError as error:
        wrong, v.status = wording(error), 422
    if found and v.wants_sheet and not wrong:
        columns = [label("web_overview", f"fig_{one}") for one in ("part", "name", "count")]
        return v.sheet("tong-quan", label("web_overview", "title"), columns, _figures(found))
    choices = article.choices(v.at)
    return v.page(
        "overview.html", o=found, span=span, spans=_SPANS, wrong=wrong, fields=fields, at=address, ours=_ours(),
        outlets=_outlets(v, fields["outlet"]),
        topics=choices.topics, places=choices.places, most=_most,
    )  # fmt: skip


def _most(figures: tuple[Figure, ...]) -> int:
    return max((one.count for one in figures), default=0)


def _outlets(v: Visit, chosen: str) -> list[tuple[str, str]]:
    """Outlets to choose from; the one that is asked for is among them, also where nothing but its items is known."""
    named = outlets.names(v.at)
    if chosen and chosen not in named:
        named[chosen] = label("finding", "other_outlets") if chosen == desk.OTHERS else chosen
    return sorted(named.items(), key=lambda pair: vietnamese_order(pair[1]))


def _ours() -> list[tuple[str, str]]:
    ours = [(one.value, of(one)) for one in Relevance if one is not Relevance.NONE]
    return [*ours, (_ALL, label("web_overview", "all_ours"))]


def _fields(v: Visit) -> dict[str, str]:
    said = {name: v.query.get(_NAMES[name], "").strip()[:200] for name in ("outlet", "topic", "place", "relevance")}
    relevance = said["relevance"] or Relevance.UNION.value
    return said | {"relevance": "" if relevance == _ALL else relevance}


def _span(v: Visit) -> _Span:
    today = clock.local(v.now).date()
    asked = v.query.get("ky", "")
    typed, unclear = days(v, "tu", "den")
    if asked in _SPANS or not (unclear or any(typed.values())):
        key = asked if asked in _SPANS else _SPANS[0]
        since, until = usual(key, today)
        return _Span(since=since, until=until, key=key)
    begins, ends = typed["tu"], typed["den"]
    if unclear:
        first, last = usual(_SPANS[0], today)
        return _Span(since=first, until=last, key=_SPANS[0], wrong=label("web_overview", "bad_day", value=unclear[0]))
    last = ends or max(begins or today, today)
    return _Span(since=begins or last.replace(day=1), until=last)


def usual(key: str, today: date) -> tuple[date, date]:
    """First and last day of a usual period; those that are not over end today."""
    month = today.replace(day=1)
    if key == "thang-truoc":
        last = month - timedelta(days=1)
        return last.replace(day=1), last
    first = {
        "thang": today.month, "quy": (today.month - 1) // 3 * 3 + 1, "nua-nam": 1 if today.month <= 6 else 7, "nam": 1,
    }[key]  # fmt: skip
    return month.replace(month=first), today


def address(figure: Figure) -> str:
    """Where exactly the items of the figure are listed; for cases the list of cases, as far as it can ask for them."""
    query = dict(figure.query)
    cases = query.pop("cases", "")
    if not cases:
        query["relevance"] = query.get("relevance") or _ALL
        return _to("/tong-quan/danh-sach", query)
    if query.get("verdict") == "-":
        return _to("/tong-quan/danh-sach", query | {"cases": cases})
    if cases == "overdue":
        return "/vu-viec?qua-han=1"
    if cases == "open":
        return "/vu-viec"
    days = {name: f"{date.fromisoformat(query[name]):%d/%m/%Y}" for name in ("since", "until") if query.get(name)}
    return _to("/vu-viec", query | days | {"status": query.get("status", _ALL)})


def _to(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode([(_NAMES[name], value) for name, value in query.items() if value])}"


def _figures(o: Overview) -> Iterator[tuple[object, ...]]:
    parts = {
        "total": (o.total,), "times": o.times, "topics": o.topics, "tones": o.tones, "outlets": o.outlets,
        "places": o.places, "cases": (o.open, o.overdue), "statuses": o.statuses, "verdicts": o.verdicts,
    }  # fmt: skip
    for part, figures in parts.items():
        for one in figures:
            yield label("web_overview", f"part_{part}"), one.label, one.count


def listed(v: Visit) -> Response:
    """The items behind a figure, or the cases behind one that the list of cases cannot ask for."""
    span = _span(v)
    if v.query.get("vu-viec"):
        return _cases(v, span)
    fields = _fields(v) | {"tone": v.query.get("sac-thai", "")[:20]}
    if v.wants_sheet and not span.wrong:
        columns = [label("web_overview", f"col_{one}") for one in _COLUMNS]
        return v.sheet("tin-bai", label("web_overview", "items"), columns, _rows(v, span, fields))
    found = _page(v, span, fields, max(1, v.whole("trang", 1)), _SIZE)
    return v.page(
        "overview-list.html", found=found, cases=None, span=span, said=_said(v, fields), topics=_topics(v),
        back=v.link("/tong-quan", **{"sac-thai": "", "trang": "", "xuat": ""}),
    )  # fmt: skip


def _page(v: Visit, span: _Span, fields: dict[str, str], page: int, per_page: int) -> ListedPage:
    return desk.listed(v.at, since=span.since, until=span.until, **fields, page=page, per_page=per_page)


def _topics(v: Visit) -> dict[str, str]:
    return dict(article.choices(v.at).topics)


def _said(v: Visit, fields: dict[str, str]) -> list[str]:
    """What the list is of, in words."""
    relevance, tone, outlet, topic = (fields[name] for name in ("relevance", "tone", "outlet", "topic"))
    topics = _topics(v) | {"-": label("finding", "no_topic")}
    named = label("finding", "other_outlets") if outlet == desk.OTHERS else outlets.names(v.at).get(outlet, outlet)
    told = [of(Relevance(relevance)) if relevance in set(Relevance) else label("web_overview", "all_ours")]
    told += [named] if outlet else []
    told += [topics.get(topic, topic)] if topic else []
    told += [fields["place"]] if fields["place"] else []
    told += [of(Tone(tone)) if tone in set(Tone) else label("finding", "no_tone")] if tone else []
    return told


def _rows(v: Visit, span: _Span, fields: dict[str, str]) -> Iterator[tuple[object, ...]]:
    topics = _topics(v)
    page = pages = 1
    while page <= pages:
        found = _page(v, span, fields, page, _SHEET)
        yield from (_row(one, topics) for one in found.rows)
        page, pages = page + 1, found.pages


def _row(one: ListedRow, topics: dict[str, str]) -> tuple[object, ...]:
    return (
        one.title, one.outlet_name, one.published, of(one.relevance) if one.relevance else "",
        topics.get(one.topic, one.topic), of(one.tone) if one.tone else "", ", ".join(one.places), one.attention,
        clock.local(one.corrected.date).date() if one.corrected else None, one.url or "",
    )  # fmt: skip


def _cases(v: Visit, span: _Span) -> Response:
    found = desk.case_list(
        v.at, cases=v.query.get("vu-viec", ""), since=span.since, until=span.until,
        status=v.query.get("trang-thai", ""), verdict=v.query.get("ket-luan", ""),
    )  # fmt: skip
    if v.wants_sheet and not span.wrong:
        columns = [label("web_cases", f"col_{one}") for one in _CASE_COLUMNS]
        rows = ((h.id, h.title, of(h.status), of(h.verdict) if h.verdict else "", h.opened) for h in found.rows)
        return v.sheet("vu-viec", label("web_cases", "title"), columns, rows)
    pages = max(1, -(-len(found.rows) // _SIZE))
    page = min(max(1, v.whole("trang", 1)), pages)
    said = [label("finding", "no_verdict")] if v.query.get("ket-luan") == "-" else []
    return v.page(
        "overview-list.html", cases=found, rows=found.rows[(page - 1) * _SIZE : page * _SIZE], page=page, pages=pages,
        span=span, said=said, found=None, topics={},
        back=v.link("/tong-quan", **{"vu-viec": "", "trang-thai": "", "ket-luan": "", "xuat": ""}),
    )  # fmt: skip


PAGES = (
    get("/tong-quan", overview, OFFICE),
    get("/tong-quan/danh-sach", listed, OFFICE),
)
