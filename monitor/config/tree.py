"""YAML with places: every value knows its line, and nothing is let through that was not asked for.

PyYAML's ``compose`` gives the node tree with marks; values are only built from plain scalars. Anchors,
aliases and custom tags are refused: a settings file needs none, and an alias bomb needs them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar, cast

import yaml

from monitor.config.fields import Wrong
from monitor.errors import ConfigError
from monitor.labels import os_reason

MOST_BYTES = 2 * 1024 * 1024
_DEEPEST = 30
_SETTLED = 2 * 10**9
"""Nanoseconds after which a file's time tells one writing of it from the next."""
_PLAIN = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null"))

T = TypeVar("T")


class _Loader(yaml.SafeLoader):
    """SafeLoader that refuses aliases, and nesting that no settings file has."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.composer.ComposerError(problem="config_alias", problem_mark=event.start_mark)
        if self._depth >= _DEEPEST:
            raise yaml.composer.ComposerError(problem="config_deep", problem_mark=event.start_mark)
        self._depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1


def rule_file(folders: tuple[Path, ...], name: str) -> Path:
    """The file of that name in the first of ``folders`` that has it. Raises ConfigError when none has."""
    path = next((folder / name for folder in folders if (folder / name).exists()), None)
    if path is None:
        raise ConfigError("config_missing", file=str((folders[0] if folders else Path()) / name))
    return path


def parsed(path: Path, parse: Callable[[str, str], T]) -> T:
    """``parse(text, file name)`` of the file as it was changed last: read and checked once, not with every page.

    What ``parse`` gives is shared by all callers, so it must be frozen. Raises ConfigError like ``read_text``.
    """
    try:
        stat = path.stat()
    except FileNotFoundError:
        raise ConfigError("config_missing", file=str(path)) from None
    except OSError as error:
        raise ConfigError("config_unreadable", file=str(path), detail=os_reason(error)) from error
    if abs(time.time_ns() - stat.st_mtime_ns) < _SETTLED:
        return parse(read_text(path), str(path))  # it may be written again within the same tick of the file's clock
    return cast(T, _parsed(path, stat.st_mtime_ns, stat.st_size, parse))


@lru_cache(maxsize=64)
def _parsed(path: Path, changed: int, size: int, parse: Callable[[str, str], object]) -> object:
    return parse(read_text(path), str(path))


def read_text(path: Path) -> str:
    """The file's text without a byte-order mark. Raises ConfigError: it is missing, too big, not UTF-8."""
    file = str(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError("config_missing", file=file) from None
    except OSError as error:
        raise ConfigError("config_unreadable", file=file, detail=os_reason(error)) from error
    if len(raw) > MOST_BYTES:
        raise ConfigError("config_too_big", file=file, most=MOST_BYTES // (1024 * 1024))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ConfigError("config_not_utf8", file=file, line=line) from None


def compose(text: str, file: str) -> yaml.MappingNode:
    """The file's top mapping. Raises ConfigError with the line for whatever is no YAML mapping."""
    try:
        node = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ConfigError(_problem(error), file=file, line=line, column=column) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ConfigError("config_control_character", file=file, line=line) from None
    if node is None or (isinstance(node, yaml.ScalarNode) and node.tag.endswith(":null")):
        raise ConfigError("config_empty", file=file)
    if not isinstance(node, yaml.MappingNode):
        raise ConfigError("config_not_table", file=file, line=node.start_mark.line + 1, name=Path(file).name)
    return node


def _problem(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if problem in ("config_alias", "config_deep"):
        return problem
    return "config_tab" if "'\\t'" in problem else "config_yaml"


class Table:
    """A mapping of the file, made with the keys it may have: another or a doubled one is an error at once."""

    def __init__(self, file: str, node: yaml.Node, allowed: tuple[str, ...], name: str = "") -> None:
        self.file = file
        self.line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            raise ConfigError("config_not_table", file=file, line=self.line, name=name)
        self._nodes: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        for key_node, value in node.value:
            self._add(key_node, value, allowed)

    def _add(self, key_node: yaml.Node, value: yaml.Node, allowed: tuple[str, ...]) -> None:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else "?"
        if key not in allowed:
            raise ConfigError("config_unknown_key", file=self.file, line=line, name=key, allowed=", ".join(allowed))
        if key in self._lines:
            raise ConfigError("config_doubled_key", file=self.file, line=line, name=key, first=self._lines[key])
        self._lines[key] = line
        # A key with nothing after it is a key not set: staff blank a value out rather than delete the line.
        if not (isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:null"):
            self._nodes[key] = value

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def wrong(self, error: str, key: str, **facts: object) -> ConfigError:
        """An error about ``key``, with file and line."""
        return ConfigError(error, file=self.file, line=self._lines.get(key, self.line), name=key, **facts)

    def line_of(self, key: str) -> int:
        """The line on which ``key`` stands, or the table's own."""
        return self._lines.get(key, self.line)

    def take(self, key: str, read: Callable[[object], T]) -> T:
        """The value that must be there, as ``read`` makes it."""
        if key not in self._nodes:
            raise self.wrong("config_missing_key", key)
        return self._read(key, self._nodes[key], read)

    def take_or(self, key: str, read: Callable[[object], T], default: T) -> T:
        """The value if it is there."""
        return self._read(key, self._nodes[key], read) if key in self._nodes else default

    def table(self, key: str, allowed: tuple[str, ...]) -> Table | None:
        """The mapping under ``key`` if it is there."""
        return Table(self.file, self._nodes[key], allowed, key) if key in self._nodes else None

    def values(self, key: str, read: Callable[[object], T]) -> tuple[T, ...]:
        """The plain values listed under ``key``."""
        return tuple(self._read(key, node, read) for node in self.items(key))

    def tables(self, key: str, allowed: tuple[str, ...]) -> list[Table]:
        """The mappings listed under ``key``."""
        return [Table(self.file, node, allowed, key) for node in self.items(key)]

    def items(self, key: str) -> list[yaml.Node]:
        """The nodes of the list under ``key``; none where the key is not set."""
        node = self._nodes.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong("config_not_list", key)
        return list(node.value)

    def _read(self, key: str, node: yaml.Node, read: Callable[[object], T]) -> T:
        try:
            return read(_plain(node))
        except Wrong as wrong:
            line = node.start_mark.line + 1
            raise ConfigError(wrong.key, file=self.file, line=line, name=key, **wrong.facts) from None


def raw(read: Callable[[object], T]) -> Callable[[object], T]:
    """``read``, given a scalar's text as it was typed: YAML takes an unquoted 6:30 for the number 390."""

    def typed(value: object) -> T:
        return read(value.typed if isinstance(value, _Int) else value)

    return typed


class _Int(int):
    """A whole number that remembers how it was typed."""

    typed: str


def _plain(node: yaml.Node) -> object:
    """The value of a plain scalar; the node itself (which no reader takes) for anything else."""
    if not isinstance(node, yaml.ScalarNode) or node.tag not in _PLAIN:
        return node
    try:
        value: object = yaml.SafeLoader("").construct_object(node)
    except (ValueError, yaml.YAMLError):
        return node
    if isinstance(value, int) and not isinstance(value, bool):
        number = _Int(value)
        number.typed = node.value
        return number
    return value
