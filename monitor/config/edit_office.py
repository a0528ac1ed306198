"""Changing the office's names in ``rules/office.yaml`` as text: comments and every other line stay as they are.

Like ``edit``: the result is read and checked before it replaces the file at once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import yaml

from monitor.config.edit import line_end, node_end, quoted, write_whole
from monitor.config.settings import FILE, load_settings
from monitor.config.tree import compose, read_text
from monitor.errors import ConfigError
from monitor.model.settings import Settings
from monitor.text import clean

NAMES = ("name", "short", "superior", "province", "contact")


def set_office(path: Path, names: Mapping[str, str]) -> Settings:
    """Writes each of ``names`` (keys of NAMES) under ``office``; returns the settings as they are then.

    Raises ConfigError when the file, before or after, is not in order or cannot be written; the old one then stands.
    """
    text, file = read_text(path), str(path)
    for key, value in names.items():
        # YAML folds the line breaks of every script into blanks; what it would change is gone before.
        text = _with(text, file, key, clean(value))
    settings = _checked(text, file)
    write_whole(path.resolve(), text)
    return settings


def _with(text: str, file: str, key: str, value: str) -> str:
    office = next((node for name, node in compose(text, file).value if name.value == "office"), None)
    if not isinstance(office, yaml.MappingNode) or not office.value:
        raise ConfigError("config_missing_key", file=file, line=1, name="office")
    there = next(((name, node) for name, node in office.value if name.value == key), None)
    if there is None:
        if office.flow_style:
            at = office.end_mark.index - 1
            return f"{text[:at].rstrip()}, {key}: {quoted(value)}{text[at:]}"
        column = office.value[0][0].start_mark.column
        at = line_end(text, node_end(office))
        gap = "" if text[:at].endswith("\n") else "\n"
        return f"{text[:at]}{gap}{' ' * column}{key}: {quoted(value)}\n{text[at:]}"
    name, node = there
    start, end = node.start_mark.index, node.end_mark.index
    if start <= name.end_mark.index or end <= start:  # a key with nothing behind it
        start = end = text.index(":", name.end_mark.index) + 1
        return f"{text[:start]} {quoted(value)}{text[end:]}"
    written = text[start:end]
    # A text over several lines carries the line break after it along.
    tail = written[len(written.rstrip()) :]
    return text[:start] + quoted(value) + tail + text[end:]


def _checked(text: str, file: str) -> Settings:
    """The settings that the text makes."""
    with tempfile.TemporaryDirectory(prefix="monitor-") as folder:
        tried = Path(folder) / FILE
        tried.write_text(text, encoding="utf-8", newline="")
        try:
            return load_settings((Path(folder),))
        except ConfigError as error:
            raise ConfigError(error.key, **{**error.facts, "file": file}) from None
