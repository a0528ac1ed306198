"""Sources at the desk: their health, looking now, trying an address, and adding what is to be watched.

sources.yaml + what the last looks found ──▶ rows
address ──▶ preview (nothing kept) ──▶ add ──▶ sources.yaml, comments and all
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from monitor.config import Home, add_outlets, add_sources, load_sources, set_paused
from monitor.config.fields import Wrong, province, selector, slug, text, url_key
from monitor.config.fields import url as checked_url
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError, UsageError
from monitor.jobs import previewing
from monitor.jobs.collect import collect
from monitor.jobs.health import gap_words, health
from monitor.labels import label
from monitor.model.event import Happening
from monitor.model.fetch import RoundReport
from monitor.model.people import OfficeRole
from monitor.model.source import Level, Medium, Outlet, OutletKind, Source, SourceKind
from monitor.model.view_office import Preview, SourceRow
from monitor.store import article_facts
from monitor.text import clean

ROLES = (OfficeRole.PRESS, OfficeRole.ADMIN)
_WEEK = timedelta(days=7)
_MOST_REASON = 300
_writing = threading.Lock()
"""Two people of one desk change the file one after the other."""


def sources(sitting: Sitting) -> tuple[SourceRow, ...]:
    """Every source of sources.yaml with its health, in the file's order."""
    configured = load_sources(sitting.home.sources_file)
    outlets = {one.id: one for one in configured.outlets}
    week = article_facts.of_source(sitting.db, [s.id for s in configured.all], sitting.now - _WEEK)
    told = {line.id: line for line in health(sitting.home)}
    return tuple(
        SourceRow(
            id=source.id, outlet=source.outlet, outlet_name=(of := outlets[source.outlet]).name, outlet_kind=of.kind,
            level=of.level, province=of.province, kind=source.kind, url=source.url, status=line.status,
            reason=line.reason, newest=line.newest, checked=line.checked, next=line.next,
            gaps=tuple(gap_words(gap) for gap in line.gaps), week=week.get(source.id, 0), paused=source.paused,
        )
        for source in configured.all
        if (line := told.get(source.id))
    )  # fmt: skip


def may_keep(sitting: Sitting) -> bool:
    """Whether the person may look now, try an address and change what is watched."""
    return sitting.actor.disabled is None and sitting.actor.has(*ROLES)


def allowed(sitting: Sitting) -> None:
    """Raises RefusedError unless the person may keep sources."""
    if sitting.actor.disabled:
        raise RefusedError("person_disabled", person=sitting.actor.id)
    if not may_keep(sitting):
        raise RefusedError("source_role", person=sitting.actor.id)


def check(home: Home, ids: Iterable[str], stop: threading.Event | None = None, *, pages: bool = False) -> RoundReport:
    """Looks now at some sources (or all of some outlets); ``pages`` reads the new articles too.

    It takes as long as the network does: ask ``allowed`` first, and run it beside the request. Raises UsageError for
    an unknown source and for none, BusyError where a round is under way.
    """
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        raise UsageError("source_none")
    return collect(home, only=wanted, pages=pages, stop=stop)


def preview(home: Home, address: str) -> Preview:
    """What would be collected if this address were watched; nothing is kept. Like ``check``, it takes its time."""
    return previewing.preview(home, address)


def source(kind: SourceKind, address: str, *, medium: Medium = Medium.ONLINE, links: str = "") -> Source:
    """A source as ``add`` takes it; its id is given when it is added."""
    return Source(id="", outlet="", kind=kind, url=address.strip(), medium=medium, links=links.strip() or None)


def add(
    sitting: Sitting, ident: str, sources_: Iterable[Source], *, name: str = "", kind: OutletKind = OutletKind.PRESS,
    level: Level = Level.PROVINCIAL, province_: str = "",
) -> int:  # fmt: skip
    """Writes sources into sources.yaml: under the outlet of this id where there is one, else under a new outlet.

    Returns how many were added. Raises RefusedError for who may not and for one that is watched already, InputError
    for an address, id, name or province that cannot be, ConfigError where the file cannot take it.
    """
    allowed(sitting)
    wanted = [replace(one, url=_url(one.url), links=_links(one)) for one in sources_]
    if not wanted:
        raise UsageError("source_none")
    with _writing:
        configured = load_sources(sitting.home.sources_file)
        watched = {url_key(one.url): one.id for one in configured.all}
        for one in wanted:
            key = url_key(one.url)
            if key in watched:
                raise RefusedError("source_watched", url=one.url, id=watched[key] or one.url)
            watched[key] = ""
        there = configured.outlet(ident)
        if there:
            count = add_sources(sitting.home.sources_file, there.id, tuple(wanted))
        else:
            made = _outlet(ident, name, kind, level, province_)
            numbered = tuple(replace(s, id=f"{made.id}/{n}", outlet=made.id) for n, s in enumerate(wanted, 1))
            count = add_outlets(sitting.home.sources_file, (replace(made, sources=numbered),))
        with sitting.db.atomic():
            sitting.note(Happening(action="source.add", refs=(ident,)))
    return count


def pause(sitting: Sitting, ident: str, why: str) -> None:
    """A source is not looked at any more, for a reason that its line tells. Raises UsageError for an unknown one."""
    said = clean(why)
    if not said:
        raise RefusedError("words_missing", what=label("preview", "why"))
    if len(said) > _MOST_REASON:
        raise InputError("words_long", what=label("preview", "why"), most=_MOST_REASON)
    _set_paused(sitting, ident, said)


def resume(sitting: Sitting, ident: str) -> None:
    """A paused source is looked at again."""
    _set_paused(sitting, ident, "")


def _set_paused(sitting: Sitting, ident: str, why: str) -> None:
    allowed(sitting)
    with _writing:
        if ident not in {one.id for one in load_sources(sitting.home.sources_file).all}:
            raise UsageError("unknown_source", name=ident)
        set_paused(sitting.home.sources_file, ident, why)
        with sitting.db.atomic():
            sitting.note(Happening(action="source.pause" if why else "source.resume", refs=(ident,)))


def _url(said: str) -> str:
    try:
        return checked_url(said)
    except Wrong as wrong:
        raise InputError("link_unfit", value=said[:80]) from wrong


def _links(one: Source) -> str | None:
    try:
        return selector(one.links) if one.links and one.kind is SourceKind.LISTING else None
    except Wrong as wrong:
        raise InputError("selector_unfit", value=(one.links or "")[:80]) from wrong


def _outlet(ident: str, name: str, kind: OutletKind, level: Level, where: str) -> Outlet:
    called = clean(name)
    if not called:
        raise RefusedError("words_missing", what=label("preview", "name"))
    try:
        slug(ident)
        text(called)
    except Wrong as wrong:
        raise InputError("outlet_id", value=ident[:60]) from wrong
    try:
        place = province(where) if where.strip() else None
    except Wrong as wrong:
        raise InputError("unknown_place", value=where[:60]) from wrong
    return Outlet(id=ident, name=called, kind=kind, level=level, province=place)
