"""Adding outlets to ``sources.yaml`` as text: what staff wrote there, comments included, stays byte for byte.

The new lines go after the last outlet; the result is read and checked before it replaces the file at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import yaml

from monitor.config.fields import url_key
from monitor.config.opml import free_id
from monitor.config.sources import PAGES_WITH_NEXT, parse_sources
from monitor.config.tree import compose, read_text
from monitor.errors import ConfigError
from monitor.labels import os_reason
from monitor.model.source import Medium, Outlet, Source, Sources

_BOM = b"\xef\xbb\xbf"


def add_outlets(path: Path, outlets: tuple[Outlet, ...]) -> int:
    """Append ``outlets`` to the file, under new ids where theirs are taken; returns how many sources are new.

    Sources already watched are skipped, whichever outlet they stand under, and so are outlets of which
    nothing is left. Raises ConfigError when the file, before or after, is not in order or cannot be written.
    """
    text, file = read_text(path), str(path)
    fresh = _fresh(parse_sources(text, file), outlets)
    if not fresh:
        return 0
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    text, at, indent = _place(text, file)
    lines = [indent + line for outlet in fresh for line in _lines(outlet)]
    start = "" if text[:at].endswith("\n") else newline
    changed = text[:at] + start + newline.join(lines) + newline + text[at:]
    parse_sources(changed, file)
    write_whole(path.resolve(), changed)
    return sum(len(outlet.sources) for outlet in fresh)


def _fresh(known: Sources, outlets: tuple[Outlet, ...]) -> list[Outlet]:
    watched = {url_key(source.url) for source in known.all}
    ids = {outlet.id for outlet in known.outlets}
    fresh: list[Outlet] = []
    for outlet in outlets:
        sources: list[Source] = []
        for source in outlet.sources:
            key = url_key(source.url)
            if key not in watched:
                watched.add(key)
                sources.append(source)
        if sources:
            ident = free_id(outlet.id, ids)
            ids.add(ident)
            fresh.append(replace(outlet, id=ident, sources=tuple(sources)))
    return fresh


def _place(text: str, file: str) -> tuple[str, int, str]:
    """The text, the offset at which new outlets go into it, and their indent.

    Only a list written with dashes can grow by whole lines; an empty ``[]`` is taken out for it.
    """
    top = compose(text, file)
    key, outlets = next((key, value) for key, value in top.value if key.value == "outlets")
    if not top.flow_style and not outlets.value:
        start, end = outlets.start_mark.index, outlets.end_mark.index
        text = text[:start] + text[end:]
        return text, line_end(text, start), "  "
    if top.flow_style or outlets.flow_style:
        raise ConfigError("config_flow_list", file=file, line=key.start_mark.line + 1, name="outlets")
    return text, line_end(text, node_end(outlets.value[-1])), " " * outlets.start_mark.column


def node_end(node: yaml.Node) -> int:
    """Where the node's last character stands: a block's own end mark lies behind the comments after it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def line_end(text: str, at: int) -> int:
    """The offset at which the line after the one of ``at`` begins."""
    if at and text[at - 1] == "\n":
        return at
    return text.find("\n", at) + 1 or len(text)


def _lines(outlet: Outlet) -> list[str]:
    """The outlet in YAML, every text in JSON's quotes, which YAML reads alike."""
    lines = [f"- id: {quoted(outlet.id)}", f"  name: {quoted(outlet.name)}"]
    lines += [f"  kind: {outlet.kind}", f"  level: {outlet.level}"]
    if outlet.province:
        lines.append(f"  province: {quoted(outlet.province)}")
    lines.append("  sources:")
    for position, source in enumerate(outlet.sources, 1):
        lines += source_lines(source, position)
    return lines


def source_lines(source: Source, position: int) -> list[str]:
    """A source in YAML, its dash four columns in; ``position`` is its place in the outlet, from 1."""
    name = source.id.partition("/")[2]
    told: list[tuple[str, object, object]] = [  # key, value, what it is when it is not written
        ("name", name, str(position)),
        ("medium", source.medium.value, Medium.ONLINE.value),
        ("links", source.links, None),
        ("next", source.next, None),
        ("pages", source.pages, PAGES_WITH_NEXT if source.next else 1),
        ("pace", source.pace, Source.pace),
        ("every", source.every, Source.every),
        ("paused", source.paused, ""),
    ]
    lines = [f"    - {source.kind}: {quoted(source.url)}"]
    return lines + [f"      {key}: {quoted(value)}" for key, value, default in told if value != default]


def quoted(value: object) -> str:
    """A value in JSON's quotes, which YAML reads alike."""
    return json.dumps(value, ensure_ascii=False)


def write_whole(path: Path, text: str) -> None:
    """Write the whole file beside its place, then move it there: a reader sees the old or the new one."""
    raw = text.encode("utf-8")
    temporary: str | None = None
    try:
        with path.open("rb") as old:
            mark = _BOM if old.read(3) == _BOM else b""
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(mark + raw)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(path, temporary)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise ConfigError("config_not_writable", file=str(path), detail=os_reason(error)) from error
