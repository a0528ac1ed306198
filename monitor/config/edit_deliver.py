"""Changing the readers in ``rules/deliver.yaml`` as text: comments and every other line stay as they are.

    text ──▶ one reader's values replaced, a reader added, a reader's lines taken out ──▶ read again, checked ──▶ text

Like ``edit``: nothing is written that does not read as exactly the readers that were wanted.
"""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from monitor.config.deliver import FILE, parse_deliver
from monitor.config.edit import line_end, node_end, quoted
from monitor.config.tree import compose
from monitor.errors import ConfigError
from monitor.model.delivery import Channel, ChatChannel, Profile

_KEYS = tuple(Profile.__dataclass_fields__)
_DEFAULT = Profile(name="", channel=Channel.MAIL)


def as_read(made: Profile, channels: Sequence[ChatChannel] = ()) -> Profile:
    """The reader as the file would give it back: names of places in this project's spelling, nothing twice.

    Raises ConfigError for what cannot be said of one; of its facts only ``name`` and ``value`` mean something.
    """
    known = "".join(f"  - {{id: {quoted(one.id)}, env: X}}\n" for one in channels)
    lines = "\n".join(_lines(made, "  "))
    (read,) = parse_deliver(f"channels:\n{known}profiles:\n{lines}\n", FILE).profiles
    return read


def with_added(text: str, file: str, made: Profile) -> str:
    """The text with a further reader, the last. Raises ConfigError as for all that follow: the text is not in order,
    before or after, or is written in a way that cannot be changed here."""
    known = parse_deliver(text, file).profiles
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    text, at, indent = _place(text, file, newline)
    lines = _lines(made, indent)
    start = "" if not text[:at] or text[:at].endswith("\n") else newline
    return _checked(text[:at] + start + newline.join(lines) + newline + text[at:], file, (*known, made))


def with_changed(text: str, file: str, name: str, made: Profile) -> str:
    """The text with what is said of the reader ``name`` replaced; what says the same already stays as written."""
    known = parse_deliver(text, file).profiles
    at = _index(known, name, file)
    before = known[at]
    for key in _KEYS:
        value = getattr(made, key)
        if value != getattr(before, key):
            text = _with(text, file, at, key, _said(key, value))
    return _checked(text, file, (*known[:at], made, *known[at + 1 :]))


def without(text: str, file: str, name: str) -> str:
    """The text without the reader; comments that stand above it stay."""
    known = parse_deliver(text, file).profiles
    at = _index(known, name, file)
    listed = _listed(text, file)
    node = listed.value[at]
    if listed.flow_style:
        raise _flat(listed, file)
    start = text.rfind("\n", 0, text.rfind("-", 0, node.start_mark.index) + 1) + 1
    after = text[:start] + text[line_end(text, node_end(node)) :]
    return _checked(after, file, (*known[:at], *known[at + 1 :]))


def _checked(text: str, file: str, wanted: Sequence[Profile]) -> str:
    if parse_deliver(text, file).profiles != tuple(wanted):
        raise ConfigError("deliver_not_by_desk", file=file)
    return text


def _index(known: Sequence[Profile], name: str, file: str) -> int:
    found = next((n for n, one in enumerate(known) if one.name == name), None)
    if found is None:
        raise ConfigError("config_missing_key", file=file, line=1, name=name)
    return found


def _flat(listed: yaml.Node, file: str) -> ConfigError:
    return ConfigError("deliver_not_by_desk", file=file, line=listed.start_mark.line + 1)


def _pair(text: str, file: str) -> tuple[yaml.Node, yaml.Node] | None:
    top = compose(text, file)
    return next((pair for pair in top.value if pair[0].value == "profiles"), None)


def _listed(text: str, file: str) -> yaml.SequenceNode:
    pair = _pair(text, file)
    if pair is None or not isinstance(pair[1], yaml.SequenceNode):
        raise ConfigError("config_missing_key", file=file, line=1, name="profiles")
    return pair[1]


def _place(text: str, file: str, newline: str) -> tuple[str, int, str]:
    """The text, the offset at which a reader goes into it, and the indent of its dash."""
    pair = _pair(text, file)
    if pair is None:
        gap = "" if text.endswith("\n") else newline
        text = f"{text}{gap}profiles:{newline}"
        return text, len(text), "  "
    key, listed = pair
    if isinstance(listed, yaml.SequenceNode) and listed.value:
        if listed.flow_style:
            raise _flat(listed, file)
        return text, line_end(text, node_end(listed.value[-1])), " " * listed.start_mark.column
    colon = text.index(":", key.end_mark.index) + 1
    if isinstance(listed, yaml.SequenceNode):  # an empty [] is taken out: only dashes can grow by whole lines
        text = text[:colon] + text[listed.end_mark.index :]
    return text, line_end(text, colon), "  "


def _lines(made: Profile, indent: str) -> list[str]:
    told = [f"name: {quoted(made.name)}", f"channel: {made.channel.value}"]
    told.append(f"addresses: {_said('addresses', made.addresses)}")
    told += [
        f"{key}: {_said(key, getattr(made, key))}" for key in _KEYS[3:] if getattr(made, key) != getattr(_DEFAULT, key)
    ]
    return [f"{indent}{'- ' if n == 0 else '  '}{line}" for n, line in enumerate(told)]


def _said(key: str, value: object) -> str:
    """A value as this file has it: times "06:45", nothing where there is none."""
    if key == "hour":
        return quoted(f"{value:%H:%M}") if value else "null"
    return quoted(value)


def _with(text: str, file: str, at: int, key: str, value: str) -> str:
    node = _listed(text, file).value[at]
    there = next((pair for pair in node.value if pair[0].value == key), None)
    if there is not None:
        return _replaced(text, there[0], there[1], value)
    if node.flow_style:
        end = node.end_mark.index - 1
        before = text[:end].rstrip()
        return f"{before}{'' if before.endswith(('{', ',')) else ', '}{key}: {value}{text[end:]}"
    newline = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"
    end = line_end(text, node_end(node))
    gap = "" if text[:end].endswith("\n") else newline
    return f"{text[:end]}{gap}{' ' * node.start_mark.column}{key}: {value}{newline}{text[end:]}"


def _replaced(text: str, key: yaml.Node, value: yaml.Node, said: str) -> str:
    """The value in place of the old one; a comment on the key's line stays where the old value began below it."""
    colon = text.index(":", key.end_mark.index) + 1
    start, end = value.start_mark.index, node_end(value)
    if start < colon or end <= start:  # a key with nothing behind it
        return f"{text[:colon]} {said}{text[colon:]}"
    between = text[colon:start].partition("#")
    remark = between[2].splitlines()[0] if between[1] else ""
    told = f" {said}" + (f"  #{remark}" if remark else "")
    old = text[start:end]
    return text[:colon] + told + old[len(old.rstrip()) :] + text[end:]
