"""Tổng quan: figures of a period, each with the fields of the list behind it; ``listed`` gives exactly that list.

fields ──▶ one clause ──▶ counts by time, main topic, tone, outlet, place ──▶ Figure(count, query)
                    └──▶ list of the same items  ◀── query ──────────────────────┘
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote, unquote

from monitor.clock import day_bounds
from monitor.desk import outlets
from monitor.desk.article_seen import unknown_items
from monitor.desk.overview_cases import case_list, figures
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.jobs import reading
from monitor.labels import label, of
from monitor.model.finding import pages_of
from monitor.model.overview import CaseList, Figure, ListedPage, ListedRow, Overview, Query, TimeStep
from monitor.model.tag import Relevance, Tone
from monitor.store import overview as store
from monitor.store import watch_changes
from monitor.store.overview import NONE, Asked

__all__ = ["CaseList", "Figure", "ListedPage", "ListedRow", "Overview", "case_list", "listed", "overview"]

OTHERS = "~"
"""Before outlets, joined by "|" and written as in addresses: all but these. A list of its own says what it leaves out,
whatever else narrows it."""
_TOP = 20
_DAYS, _WEEKS = 31, 120
"""A period of so many days is cut into days, one of so many into weeks, a longer one into months."""
_OURS = (Relevance.UNION, Relevance.LABOUR, Relevance.FOREIGN)


def overview(
    sitting: Sitting,
    *,
    since: date,
    until: date,
    outlet: str = "",
    topic: str = "",
    place: str = "",
    relevance: str = "union",
) -> Overview:
    """Figures of the days ``since`` … ``until`` (both included). An empty ``relevance`` is union, labour and foreign.

    ``outlet``, ``topic`` (main; "-": none) and ``place`` narrow what is counted of the press; cases are those of the
    office. Raises UsageError for a relevance there is none of, or a period that ends before it begins.
    """
    asked = _asked(sitting, since, until, outlet=outlet, topic=topic, place=place, relevance=relevance)
    fields = [("outlet", outlet), ("topic", topic), ("place", place)]
    base = {"since": f"{since}", "until": f"{until}", **{name: value for name, value in fields if value}}
    base["relevance"] = relevance
    counts = store.counted(sitting.db, asked)
    step = step_of(since, until)
    cases = figures(sitting, since, until)
    return Overview(
        since=since,
        until=until,
        step=step,
        total=Figure(key="", label=label("finding", "total"), count=counts.total, query=_query(base)),
        times=tuple(
            Figure(
                key=key, label=name, count=sum(counts.days[f"{first + timedelta(days=n)}"] for n in range(length)),
                query=_query(base, since=f"{first}", until=f"{first + timedelta(days=length - 1)}"),
            )
            for key, name, first, length in spans(since, until, step)
        ),
        topics=tuple(_topics(sitting, counts.topics.items(), base)),
        tones=tuple(_tones(counts.tones, base)) if Relevance.UNION.value in asked.relevances else (),
        outlets=tuple(_outlets(sitting, counts.outlets.items(), asked, base)),
        places=tuple(
            Figure(key=name, label=name, count=many, query=_query(base, place=name))
            for name, many in store.places(sitting.db, asked)
        ) if not place else (),
        **cases,
    )  # fmt: skip


def listed(
    sitting: Sitting,
    *,
    since: date,
    until: date,
    outlet: str = "",
    topic: str = "",
    place: str = "",
    relevance: str = "union",
    tone: str = "",
    month: str = "",
    page: int = 1,
    per_page: int = 50,
) -> ListedPage:
    """The items behind a figure, newest first. ``month`` ("2026-11") narrows the period to it.

    Raises UsageError as ``overview``, and for a month that cannot be.
    """
    if month:
        first, last = _month(month)
        since, until = max(since, first), min(until, last)
        if until < since:
            return ListedPage(rows=(), total=0, page=1, pages=1)
    asked = _asked(sitting, since, until, outlet=outlet, topic=topic, place=place, relevance=relevance, tone=tone)
    total = store.count(sitting.db, asked)
    asked = replace(asked, without=unknown_items(sitting))
    shown = store.count(sitting.db, asked) if asked.without else total
    per_page = max(1, min(per_page, 500))
    page = max(1, min(page, pages_of(shown, per_page)))
    rows = store.rows(sitting.db, asked, offset=(page - 1) * per_page, limit=per_page)
    names, mended = outlets.names(sitting), watch_changes.corrected(sitting.db, [row.id for row in rows])
    return ListedPage(
        rows=tuple(
            replace(row, outlet_name=names.get(row.outlet, row.outlet), corrected=mended.get(row.id)) for row in rows
        ),
        total=total,
        page=page,
        pages=pages_of(shown, per_page),
        hidden=total - shown,
    )


def _asked(
    sitting: Sitting, since: date, until: date, *, outlet: str, topic: str, place: str, relevance: str, tone: str = ""
) -> Asked:
    if relevance and relevance not in {one.value for one in _OURS}:
        raise UsageError("filter_unknown", value=relevance[:40], what=label("finding", "relevance"))
    if until < since:
        raise UsageError("period_backwards", since=f"{since:%d/%m/%Y}", until=f"{until:%d/%m/%Y}")
    start, end = day_bounds(since, until)
    asked = Asked(
        start=start, end=end, relevances=(relevance,) if relevance else tuple(one.value for one in _OURS),
        topic=topic, place=place,
    )  # fmt: skip
    if outlet.startswith(OTHERS):
        return replace(asked, others=tuple(unquote(one) for one in outlet[1:].split("|") if one), tone=tone)
    return replace(asked, outlet=outlet, tone=tone)


def _query(base: dict[str, str], **more: str) -> Query:
    return tuple((base | more).items())


def _topics(sitting: Sitting, counts: Iterable[tuple[str, int]], base: dict[str, str]) -> Iterator[Figure]:
    named = reading.book(sitting.home.rules).topics
    for ident, many in sorted(counts, key=lambda pair: (pair[0] == "", -pair[1], pair[0])):
        name = named.get(ident, ident) if ident else label("finding", "no_topic")
        yield Figure(key=ident or NONE, label=name, count=many, query=_query(base, topic=ident or NONE))


def _tones(counts: dict[str, int], base: dict[str, str]) -> Iterator[Figure]:
    for tone in Tone:
        yield Figure(key=tone.value, label=of(tone), count=counts.get(tone, 0), query=_query(base, tone=tone.value))
    if counts.get(""):
        yield Figure(key=NONE, label=label("finding", "no_tone"), count=counts[""], query=_query(base, tone=NONE))


def _outlets(
    sitting: Sitting, counts: Iterable[tuple[str, int]], asked: Asked, base: dict[str, str]
) -> Iterator[Figure]:
    """The twenty that wrote most, and one row for all others."""
    names = outlets.names(sitting)
    ordered = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    for ident, many in ordered[:_TOP]:
        yield Figure(key=ident, label=names.get(ident, ident), count=many, query=_query(base, outlet=ident))
    if rest := sum(many for _, many in ordered[_TOP:]):
        out = (*(asked.others or ()), *(ident for ident, _ in ordered[:_TOP]))
        key = OTHERS + "|".join(quote(ident, safe="") for ident in out)
        yield Figure(key=OTHERS, label=label("finding", "other_outlets"), count=rest, query=_query(base, outlet=key))


def step_of(since: date, until: date) -> TimeStep:
    """How finely the period is cut."""
    days = (until - since).days + 1
    return TimeStep.DAY if days <= _DAYS else TimeStep.WEEK if days <= _WEEKS else TimeStep.MONTH


def spans(since: date, until: date, step: TimeStep) -> Iterator[tuple[str, str, date, int]]:
    """(key, name, first day, days) of the parts of a period; the first and the last may be cut short."""
    at = since
    while at <= until:
        if step is TimeStep.DAY:
            following, key = at + timedelta(days=1), f"{at}"
            name = f"{at:%d/%m}"
        elif step is TimeStep.WEEK:
            year, week, day = at.isocalendar()
            following, key = at + timedelta(days=8 - day), f"{year}-W{week:02d}"
            name = label("finding", "week", week=f"{week:02d}", year=year)
        else:
            following, key = (at.replace(day=1) + timedelta(days=32)).replace(day=1), f"{at:%Y-%m}"
            name = label("finding", "month", month=f"{at:%m}", year=f"{at:%Y}")
        length = (min(following, until + timedelta(days=1)) - at).days
        yield key, name, at, length
        at = following


def _month(said: str) -> tuple[date, date]:
    try:
        first = date.fromisoformat(f"{said}-01")
    except ValueError:
        raise UsageError("bad_month", value=said[:20]) from None
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
