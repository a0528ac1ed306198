"""Changing outlets that stand in ``sources.yaml`` already, as text: a further source, a pause. The rest stays as it is.

Like ``edit``: the result is read and checked before it replaces the file at once.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import yaml

from monitor.config.edit import line_end, node_end, quoted, source_lines, write_whole
from monitor.config.sources import parse_sources
from monitor.config.tree import compose, read_text
from monitor.errors import ConfigError
from monitor.model.source import Source


def add_sources(path: Path, outlet: str, sources: tuple[Source, ...]) -> int:
    """Appends ``sources`` to the outlet of this id; their ids are made here. Returns how many were added.

    Raises ConfigError when there is no such outlet, or the file, before or after, is not in order.
    """
    text, file = read_text(path), str(path)
    known = parse_sources(text, file).outlet(outlet)
    listed = _value(_outlet(text, file, outlet), "sources")
    if known is None or not isinstance(listed, yaml.SequenceNode):
        raise ConfigError("config_missing_key", file=file, line=1, name="sources")
    ids = {one.id for one in known.sources}
    written: list[list[str]] = []
    for position, one in enumerate(sources, len(known.sources) + 1):
        ident = next(i for n in range(position, position + len(ids) + 1) if (i := f"{outlet}/{n}") not in ids)
        ids.add(ident)
        written.append(source_lines(replace(one, id=ident, outlet=outlet), position))
    if listed.flow_style:
        flow = ", ".join(_flow(lines) for lines in written)
        at = listed.end_mark.index - 1
        before = text[:at].rstrip()
        changed = f"{before}{'' if before.endswith(('[', ',')) else ', '}{flow}{text[at:]}"
    else:
        newline = _newline(text)
        at = line_end(text, node_end(listed.value[-1]))
        # The lines are indented for a list four columns in; this one may stand elsewhere.
        moved = [" " * listed.start_mark.column + line[4:] for lines in written for line in lines]
        start = "" if text[:at].endswith("\n") else newline
        changed = text[:at] + start + newline.join(moved) + newline + text[at:]
    parse_sources(changed, file)
    write_whole(path.resolve(), changed)
    return len(sources)


def set_paused(path: Path, source: str, why: str) -> None:
    """Writes why a source is not looked at, or with an empty reason that it is looked at again.

    Raises ConfigError when there is no such source, or the file, before or after, is not in order.
    """
    text, file = read_text(path), str(path)
    ident = source.partition("/")[0]
    known = parse_sources(text, file).outlet(ident)
    listed = _value(_outlet(text, file, ident), "sources")
    at = next((n for n, one in enumerate(known.sources) if one.id == source), None) if known else None
    if at is None or not isinstance(listed, yaml.SequenceNode):
        raise ConfigError("config_missing_key", file=file, line=1, name="sources")
    node = listed.value[at]
    changed = _paused(text, node, why)
    parse_sources(changed, file)
    write_whole(path.resolve(), changed)


def _paused(text: str, node: yaml.MappingNode, why: str) -> str:
    there = _pair(node, "paused")
    if there:
        key, value = there
        start, end = value.start_mark.index, value.end_mark.index
        if start <= key.end_mark.index or end <= start:  # a key with nothing behind it
            start = end = text.index(":", key.end_mark.index) + 1
            return f"{text[:start]} {quoted(why)}{text[end:]}"
        return text[:start] + quoted(why) + text[end:]
    if not why:
        return text
    if node.flow_style:
        at = node.end_mark.index - 1
        before = text[:at].rstrip()
        return f"{before}{'' if before.endswith(',') else ','} paused: {quoted(why)}{text[at:]}"
    newline = _newline(text)
    at = line_end(text, node_end(node))
    start = "" if text[:at].endswith("\n") else newline
    return f"{text[:at]}{start}{' ' * node.start_mark.column}paused: {quoted(why)}{newline}{text[at:]}"


def _outlet(text: str, file: str, ident: str) -> yaml.MappingNode:
    outlets = _value(compose(text, file), "outlets")
    nodes = outlets.value if isinstance(outlets, yaml.SequenceNode) else []
    for node in nodes:
        value = _value(node, "id")
        if isinstance(value, yaml.ScalarNode) and value.value.strip() == ident and isinstance(node, yaml.MappingNode):
            return node
    raise ConfigError("config_missing_key", file=file, line=1, name=ident)


def _pair(node: yaml.Node, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    pairs: list[tuple[yaml.Node, yaml.Node]] = node.value if isinstance(node, yaml.MappingNode) else []
    return next((pair for pair in pairs if pair[0].value == key), None)


def _value(node: yaml.Node, key: str) -> yaml.Node | None:
    pair = _pair(node, key)
    return pair[1] if pair else None


def _flow(lines: list[str]) -> str:
    return "{" + ", ".join(line.strip().removeprefix("- ") for line in lines) + "}"


def _newline(text: str) -> str:
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
