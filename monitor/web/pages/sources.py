"""Nguồn: health of what is watched, looking now, pausing, and adding an address after seeing what it would bring."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from starlette.responses import Response

from monitor.config import load_settings, load_sources, to_opml
from monitor.crawl import urls
from monitor.crawl.address import refused_literal
from monitor.desk import article, outlets
from monitor.desk import sources as desk
from monitor.errors import InputError, UsageError
from monitor.labels import label, of
from monitor.model.fetch import RoundReport, SourceReport, Status
from monitor.model.source import Level, Medium, OutletKind, Source, SourceKind
from monitor.model.view_office import Preview, SourceRow
from monitor.text import fold
from monitor.web.route import EVERYBODY, SOURCES, get, post
from monitor.web.visit import Visit

_SIZE = 40
_MOST = 50
"""So many sources are looked at while somebody waits; a whole round is the schedule's."""
_PATIENCE = 45.0
"""Seconds after which a look that somebody waits for ends with what it has."""
_TOLD = 5
_COLUMNS = (
    "id", "outlet", "kind", "url", "status", "reason", "gaps", "newest", "checked", "next", "week", "paused",
)  # fmt: skip
_NO_NEWS = (Status.OK, Status.UNCHANGED)


def sources(v: Visit) -> Response:
    """The list, what fails first; the whole of it as an Excel file."""
    every = sorted(desk.sources(v.at), key=_pressing)
    state, words = v.query.get("tinh-trang", ""), v.query.get("q", "").strip()[:200]
    groups = {
        "loi": [row for row in every if _ails(row)],
        "tam-dung": [row for row in every if row.status is Status.PAUSED],
        "": every,
    }
    found = [row for row in groups.get(state, every) if _fits(row, words)]
    if v.wants_sheet:
        columns = [label("web_sources", f"col_{one}") for one in _COLUMNS]
        return v.sheet("nguon", label("web_sources", "title"), columns, _rows(found))
    pages = max(1, -(-len(found) // _SIZE))
    page = min(max(1, v.whole("trang", 1)), pages)
    return v.page(
        "sources.html", rows=found[(page - 1) * _SIZE : page * _SIZE], total=len(found), page=page, pages=pages,
        counts={name: len(group) for name, group in groups.items()}, state=state if state in groups else "",
        words=words, may_keep=desk.may_keep(v.at), ails=_ails, reason=_reason,
    )  # fmt: skip


def _ails(row: SourceRow) -> bool:
    """Whether somebody should see to it: it fails, went silent, or something may be missing."""
    return row.status is not Status.PAUSED and (row.status.failed or row.status is Status.FROZEN or bool(row.gaps))


def _pressing(row: SourceRow) -> int:
    return 0 if row.status.failed else 1 if _ails(row) else 3 if row.status is Status.PAUSED else 2


def _fits(row: SourceRow, words: str) -> bool:
    text = fold(f"{row.id} {row.outlet_name} {row.url} {row.province or ''} {of(row.status)}")
    return all(word in text for word in fold(words).split())


def _reason(row: SourceRow) -> str:
    """The sentence without the gaps, which stand on lines of their own."""
    said = row.reason
    for gap in row.gaps:
        said = said.replace(gap, "")
    return " ".join(said.split())


def _rows(found: Sequence[SourceRow]) -> Iterator[tuple[object, ...]]:
    for row in found:
        yield (
            row.id, row.outlet_name, of(row.kind), row.url, of(row.status), _reason(row), " ".join(row.gaps),
            row.newest, row.checked, row.next, row.week, row.paused,
        )  # fmt: skip


def opml(v: Visit) -> Response:
    """Everything that is watched, for a feed reader or another office."""
    return v.download(to_opml(load_sources(v.home.sources_file)), "nguon.opml", "text/x-opml")


def check(v: Visit) -> Response:
    """Looks now at one source or the ticked ones, and says what came."""
    desk.allowed(v.at)
    wanted = v.form.many("mot") or v.form.many("nguon")
    if len(wanted) > _MOST:
        raise UsageError("check_many", most=_MOST, count=len(wanted))
    stop = threading.Event()
    limit = threading.Timer(_PATIENCE, stop.set)
    limit.daemon = True
    limit.start()
    try:
        report = desk.check(v.home, wanted, stop)
    finally:
        limit.cancel()
    return v.back("/nguon", " ".join(_came(v, report)))


def _came(v: Visit, report: RoundReport) -> Iterator[str]:
    names = outlets.names(v.at)
    yield label("web_sources", "looked", count=len(report.sources), new=sum(one.new for one in report.sources))
    telling = [one for one in report.sources if one.new or one.status not in _NO_NEWS]
    for one in telling[:_TOLD]:
        yield _line(one, names.get(one.outlet, one.outlet))
    if len(telling) > _TOLD:
        yield label("web_sources", "further", count=len(telling) - _TOLD)
    if any(one.new for one in report.sources):
        yield label("web_sources", "read_later")
    if report.interrupted:
        yield label("web_sources", "stopped", seconds=int(_PATIENCE))


def _line(one: SourceReport, name: str) -> str:
    if one.status in _NO_NEWS:
        return label("web_sources", "came", name=name, id=one.id, new=one.new)
    said = label("web_sources", "state", name=name, id=one.id, status=of(one.status), reason=one.reason)
    return said + (label("web_sources", "and_came", new=one.new) if one.new else "")


def pause(v: Visit) -> Response:
    """A source is not looked at any more, for the reason given."""
    ident = v.form.need("nguon", label("web_sources", "what_source"))
    desk.pause(v.at, ident, v.form.text("ly-do"))
    return v.back("/nguon", label("web_sources", "paused", id=ident), undo="/nguon/chay-lai", fields={"nguon": ident})


def resume(v: Visit) -> Response:
    """A paused source is looked at again."""
    ident = v.form.need("nguon", label("web_sources", "what_source"))
    desk.resume(v.at, ident)
    return v.back("/nguon", label("web_sources", "resumed", id=ident))


def adding(v: Visit) -> Response:
    """The page for a new source: the address first, then what it would bring, then whose it is."""
    return _adding(v, None)


def try_(v: Visit) -> Response:
    """What would be collected if the address were watched; nothing is kept."""
    desk.allowed(v.at)
    return _adding(v, desk.preview(v.home, v.form.need("dia-chi", label("web_sources", "what_address"))))


def _adding(v: Visit, seen: Preview | None) -> Response:
    """A refused second step is shown with what was typed; the outlet is not asked once more for it."""
    typed = v.form.text("dia-chi") or v.query.get("dia-chi", "")[:2000]
    kind, ticked = v.form.text("loai"), v.form.many("them-nua")
    offers: list[tuple[str, str]] = [(one, one.partition(" ")[2]) for one in ticked]
    if seen is not None:
        kind = seen.kind or ""
        offers = [(f"{one.kind} {one.url}", f"{one.title or of(one.kind)}: {one.url}") for one in seen.others]
    known = outlets.configured(v.at)
    second = (v.form.ident == "them" and bool(kind)) or bool(seen and seen.kind and not seen.known)
    return v.page(
        "source-add.html", seen=seen, address=seen.url if seen and seen.url else typed, typed=typed, kind=kind,
        second=second, offers=offers, known=known, listing=SourceKind.LISTING,
        kinds=[(one, of(one)) for one in OutletKind], levels=[(one, of(one)) for one in Level],
        media=[(one, of(one)) for one in Medium], places=article.choices(v.at).places, may_keep=desk.may_keep(v.at),
    )  # fmt: skip


def add(v: Visit) -> Response:
    """Writes the source, and the further ones that were ticked, into the file."""
    desk.allowed(v.at)
    form, of_outlet = v.form, label("web_sources", "what_outlet")
    medium = form.choice("hinh-thuc", Medium, label("web_sources", "what_medium")) or Medium.ONLINE
    wanted = list(_wanted(v, medium))
    ident = form.need("ma", of_outlet)
    count = desk.add(
        v.at, ident, wanted, name=form.text("ten"),
        kind=form.choice("loai-hinh", OutletKind, label("web_sources", "what_kind")) or OutletKind.PRESS,
        level=form.choice("cap", Level, label("web_sources", "what_level")) or Level.PROVINCIAL,
        province_=form.text("tinh"),
    )  # fmt: skip
    name = outlets.names(v.at).get(ident, ident)
    return v.back(v.link("/nguon", q=ident), label("web_sources", "added", count=count, name=name))


def _wanted(v: Visit, medium: Medium) -> Iterator[Source]:
    first = v.form.needed("loai", SourceKind, label("web_sources", "what_source_kind"))
    address = v.form.need("dia-chi", label("web_sources", "what_address"))
    yield desk.source(first, _outside(v, address), medium=medium, links=v.form.text("links"))
    for said in v.form.many("them-nua"):
        kind, _, further = said.partition(" ")
        if kind not in set(SourceKind):
            raise UsageError("field_no_choice", what=label("web_sources", "what_source_kind"), value=kind[:40])
        yield desk.source(SourceKind(kind), _outside(v, further), medium=medium)


def _outside(v: Visit, address: str) -> str:
    """The address, unless it leads into the office's own network: such a source could never be looked at."""
    if refused_literal(urls.host(address), load_settings(v.home.rules).crawl.allow_hosts):
        raise InputError("source_inside", value=address[:80])
    return address


PAGES = (
    get("/nguon", sources, EVERYBODY),
    get("/nguon/opml", opml, EVERYBODY),
    post("/nguon/kiem-tra", check, SOURCES, shown=sources),
    post("/nguon/tam-dung", pause, SOURCES, shown=sources),
    post("/nguon/chay-lai", resume, SOURCES, shown=sources),
    get("/nguon/them", adding, SOURCES),
    post("/nguon/them/xem", try_, SOURCES, shown=adding),
    post("/nguon/them", add, SOURCES, shown=adding),
)
