"""Outlets as OPML 2.0, which every feed reader speaks, and back.

Our own attributes stand in a namespace, so export and import lose nothing; a foreign reader sees the feeds.
From a foreign file one outlet is made for each host. A file handed in is hostile until read: no DOCTYPE, no
entities, no network. Text to outlets and back is all that happens here; ``edit`` changes ``sources.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

from lxml import etree

from monitor.config import fields
from monitor.config.sources import PAGES_WITH_NEXT, every, pace, pages
from monitor.errors import InputError
from monitor.model.source import Level, Medium, Outlet, OutletKind, Source, SourceKind, Sources
from monitor.text import clean, decode

MOST_CHARACTERS = 8 * 1024 * 1024
MOST_OUTLETS = 5000
_SPACE = "urn:union-press-monitor:opml"
_M = f"{{{_SPACE}}}"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")

T = TypeVar("T")


def to_opml(sources: Sources) -> str:
    """All outlets and sources as an OPML document. Listings and sitemaps are links to a foreign reader."""
    root = etree.Element("opml", version="2.0", nsmap={"monitor": _SPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "sources.yaml"
    body = etree.SubElement(root, "body")
    for outlet in sources.outlets:
        group = etree.SubElement(body, "outline", text=outlet.name)
        told = {"id": outlet.id, "kind": outlet.kind, "level": outlet.level, "province": outlet.province}
        _tell(group, told)
        for source in outlet.sources:
            _write(etree.SubElement(group, "outline", text=outlet.name), source)
    done: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return done.decode("utf-8")


def _write(line: Any, source: Source) -> None:
    feed = source.kind is SourceKind.FEED
    line.set("type", "rss" if feed else "link")
    line.set("xmlUrl" if feed else "url", source.url)
    _tell(
        line,
        {
            "source": source.kind,
            "name": source.id.partition("/")[2],
            "medium": source.medium,
            "links": source.links,
            "next": source.next,
            "pages": source.pages,
            "pace": source.pace,
            "every": source.every,
            "paused": source.paused,
        },
    )


def _tell(line: Any, told: Mapping[str, object]) -> None:
    for key, value in told.items():
        if value not in (None, ""):
            line.set(f"{_M}{key}", str(value))


def from_opml(text: str | bytes) -> tuple[Outlet, ...]:
    """The outlets of an OPML document, ours or a foreign one; an address listed twice is taken once.

    Raises InputError, with the line and attribute where it can, for what is no OPML or no possible setting.
    """
    body = _parse(text).find("body")
    if body is None:
        raise InputError("opml_no_body")
    groups = _groups(body)
    if len(groups) > MOST_OUTLETS:
        raise InputError("opml_too_many", most=MOST_OUTLETS)
    outlets: list[Outlet] = []
    ids: set[str] = set()
    watched: set[str] = set()
    for outlet, lines in groups:
        named = replace(outlet, id=free_id(outlet.id, ids))
        ids.add(named.id)
        sources = _sources(named.id, lines, watched)
        if sources or not lines:
            outlets.append(replace(named, sources=sources))
    return tuple(outlets)


def free_id(wanted: str, taken: set[str]) -> str:
    """``wanted``, or with the first number that makes it new."""
    number, ident = 2, wanted
    while ident in taken:
        ident, number = f"{wanted}-{number}", number + 1
    return ident


def _parse(text: str | bytes) -> Any:
    if isinstance(text, bytes):
        text = decode(text[: MOST_CHARACTERS * 4 + 1])
    if len(text) > MOST_CHARACTERS:
        raise InputError("opml_too_big", most=MOST_CHARACTERS // (1024 * 1024))
    text = _DECLARATION.sub("", text)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError("opml_doctype")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise InputError("opml_broken", line=line) from None
    if root.tag != "opml":
        raise InputError("opml_not", tag=str(root.tag)[:60])
    return root


def _groups(body: Any) -> list[tuple[Outlet, list[Any]]]:
    """Our own groups as they stand, then the feeds of everything else, one group a host."""
    own: list[tuple[Outlet, list[Any]]] = []
    foreign: dict[str, list[Any]] = {}
    for line in body.iter("outline"):
        if line.get(f"{_M}id"):
            lines = [child for child in line.findall("outline") if child.get("xmlUrl") or child.get("url")]
            own.append((_own(line), lines))
        elif line.get("xmlUrl") and not line.getparent().get(f"{_M}id"):
            address = _read(line, "xmlUrl", fields.url)
            foreign.setdefault(urlsplit(address).netloc.lower().removeprefix("www."), []).append(line)
    return own + [(_foreign(host, lines), lines) for host, lines in foreign.items()]


def _own(group: Any) -> Outlet:
    return Outlet(
        id=_read(group, f"{_M}id", fields.slug),
        name=_read(group, "text", fields.text),
        kind=_read(group, f"{_M}kind", fields.choice(OutletKind)),
        level=_read(group, f"{_M}level", fields.choice(Level)),
        province=_read(group, f"{_M}province", fields.province) if group.get(f"{_M}province") else None,
    )


def _foreign(host: str, lines: list[Any]) -> Outlet:
    """What can be told of a stranger: press, central, until someone says otherwise in the file."""
    title = clean(lines[0].get("title") or lines[0].get("text") or "")[:200] if len(lines) == 1 else ""
    return Outlet(
        id=_NOT_SLUG.sub("-", host).strip("-")[:60] or "opml",
        name=title or host,
        kind=OutletKind.PRESS,
        level=Level.CENTRAL,
    )


def _sources(outlet: str, lines: list[Any], watched: set[str]) -> tuple[Source, ...]:
    sources: list[Source] = []
    names: set[str] = set()
    for line in lines:
        source = _source(line, outlet, len(sources) + 1)
        key = fields.url_key(source.url)
        if key in watched:
            continue
        if source.id in names:
            raise _place(line, "name", "config_doubled_id", value=source.id, first="?")
        watched.add(key)
        names.add(source.id)
        sources.append(source)
    return tuple(sources)


def _source(line: Any, outlet: str, position: int) -> Source:
    def take(key: str, read: Callable[[object], T], default: T) -> T:
        return _read(line, f"{_M}{key}", read) if line.get(f"{_M}{key}") else default

    kind = take("source", fields.choice(SourceKind), SourceKind.FEED)
    following = take("next", fields.next_page, None)
    return Source(
        id=f"{outlet}/{take('name', fields.slug, str(position))}",
        outlet=outlet,
        kind=kind,
        url=_read(line, "xmlUrl" if line.get("xmlUrl") else "url", fields.url),
        medium=take("medium", fields.choice(Medium), Medium.ONLINE),
        links=take("links", fields.selector, None),
        next=following,
        pages=take("pages", pages, PAGES_WITH_NEXT if following else 1),
        pace=take("pace", pace, Source.pace),
        every=take("every", every, Source.every),
        paused=take("paused", fields.text_or_empty, ""),
    )


def _read(line: Any, attribute: str, read: Callable[[object], T]) -> T:
    """The attribute as ``read`` makes it; digits are handed over as the number they are."""
    typed = line.get(attribute) or ""
    try:
        return read(_number(typed) if read in (pace, every, pages) else typed)
    except fields.Wrong as wrong:
        raise _place(line, attribute.removeprefix(_M), wrong.key, **wrong.facts) from None


def _number(typed: str) -> object:
    try:
        return int(typed) if typed.isdigit() else float(typed)
    except ValueError:
        return typed


def _place(line: Any, attribute: str, key: str, **facts: object) -> InputError:
    return InputError(key, file="OPML", line=line.sourceline or 1, name=attribute, **facts)
