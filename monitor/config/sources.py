"""``sources.yaml``: the outlets and what is watched at each.

A source's id is its outlet's id and its ``name``, or its position from 1 where it has none: adding a source
at the end of an outlet renames nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from monitor.config import fields
from monitor.config.tree import Table, compose, parsed
from monitor.model.source import Level, Medium, Outlet, OutletKind, Source, SourceKind, Sources

OUTLET_KEYS = ("id", "name", "kind", "level", "province", "sources")
SOURCE_KEYS = (
    *("feed", "listing", "sitemap", "name", "medium", "links", "next", "pages"),
    *("pace", "every", "paused"),
)
_LISTING_ONLY = ("links", "next", "pages")
PAGES_WITH_NEXT = 10

pace = fields.number(0, 3600)
every = fields.whole(1, 527_040)  # a year of minutes
pages = fields.whole(1, 1000)


@dataclass(frozen=True, kw_only=True)
class _Defaults:
    """What holds for every source that does not say otherwise."""

    pace: float = Source.pace
    every: int = Source.every


def load_sources(path: Path) -> Sources:
    """The whole of ``sources.yaml``, checked.

    Raises ConfigError with file, line and key at the first mistake.
    """
    return parsed(path, parse_sources)


def parse_sources(text: str, file: str) -> Sources:
    """``load_sources`` for text that has been read already; ``file`` is the name in errors."""
    top = Table(file, compose(text, file), ("defaults", "outlets"))
    if "outlets" not in top:
        raise top.wrong("config_missing_key", "outlets")
    defaults = _defaults(top.table("defaults", ("pace", "every")))
    outlets: list[Outlet] = []
    seen: dict[str, int] = {}
    for table in top.tables("outlets", OUTLET_KEYS):
        outlet = _outlet(table, defaults)
        if outlet.id in seen:
            raise table.wrong("config_doubled_id", "id", value=outlet.id, first=seen[outlet.id])
        seen[outlet.id] = table.line_of("id")
        outlets.append(outlet)
    return Sources(outlets=tuple(outlets), file=file)


def _defaults(table: Table | None) -> _Defaults:
    if table is None:
        return _Defaults()
    return _Defaults(pace=table.take_or("pace", pace, Source.pace), every=table.take_or("every", every, Source.every))


def _outlet(table: Table, defaults: _Defaults) -> Outlet:
    ident = table.take("id", fields.slug)
    name = table.take("name", fields.text)
    kind = table.take("kind", fields.choice(OutletKind))
    level = table.take("level", fields.choice(Level))
    province = table.take_or("province", fields.province, None)
    if "sources" not in table:
        raise table.wrong("config_missing_key", "sources")
    sources: list[Source] = []
    ids: dict[str, int] = {}
    urls: dict[str, int] = {}
    for position, line in enumerate(table.tables("sources", SOURCE_KEYS), 1):
        source = _source(line, ident, position, defaults)
        if source.id in ids:
            raise line.wrong("config_doubled_id", "name", value=source.id, first=ids[source.id])
        address = f"{source.url.split(':')[0].lower()}:{fields.url_key(source.url)}"
        if address in urls:
            raise line.wrong("config_doubled_url", source.kind.value, value=source.url, first=urls[address])
        ids[source.id], urls[address] = line.line, line.line
        sources.append(source)
    return Outlet(id=ident, name=name, kind=kind, level=level, province=province, sources=tuple(sources))


def _source(table: Table, outlet: str, position: int, defaults: _Defaults) -> Source:
    kinds = [kind for kind in SourceKind if kind.value in table]
    if len(kinds) != 1:
        raise table.wrong("config_one_address", kinds[1].value if kinds else "feed")
    kind = kinds[0]
    if kind is not SourceKind.LISTING:
        for key in _LISTING_ONLY:
            if key in table:
                raise table.wrong("config_listing_only", key)
    following = table.take_or("next", fields.next_page, None)
    return Source(
        id=f"{outlet}/{table.take_or('name', fields.slug, str(position))}",
        outlet=outlet,
        kind=kind,
        url=table.take(kind.value, fields.url),
        medium=table.take_or("medium", fields.choice(Medium), Medium.ONLINE),
        links=table.take_or("links", fields.selector, None),
        next=following,
        pages=table.take_or("pages", pages, PAGES_WITH_NEXT if following else 1),
        pace=table.take_or("pace", pace, defaults.pace),
        every=table.take_or("every", every, defaults.every),
        paused=table.take_or("paused", fields.text_or_empty, ""),
    )
