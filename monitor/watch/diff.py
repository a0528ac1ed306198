"""Differences in words for officers: what was taken out, what was put in; long texts cut around the change."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.labels import label
from monitor.model.watch import Unit
from monitor.text import shortened

MOST_UNITS = 12
_LONGEST = 320
_AROUND = 90


def readable(units: Sequence[Unit], *, title: tuple[str, str] | None = None) -> str:
    """One difference a line, "bỏ: … / thêm: …", in reading order; at most MOST_UNITS, then how many more there are."""
    lines: list[str] = []
    if title:
        lines.append(label("watch", "title_changed", before=_short(title[0]), after=_short(title[1])))
    for unit in units[:MOST_UNITS]:
        before, after = _cut(unit.before, unit.after)
        if before and after:
            lines.append(label("watch", "replaced", before=before, after=after))
        elif before:
            lines.append(label("watch", "taken_out", before=before))
        else:
            lines.append(label("watch", "put_in", after=after))
    if len(units) > MOST_UNITS:
        lines.append(label("watch", "more", count=len(units) - MOST_UNITS))
    return "\n".join(lines)


def _short(text: str) -> str:
    return shortened(text, _LONGEST)


def _cut(before: str, after: str) -> tuple[str, str]:
    """Both texts, each short enough, with the part in which they differ and some words around it."""
    if max(len(before), len(after)) <= _LONGEST:
        return before, after
    if not before or not after:
        return _short(before), _short(after)
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    tail = 0
    while tail < min(len(before), len(after)) - start and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return _window(before, start, len(before) - tail), _window(after, start, len(after) - tail)


def _window(text: str, start: int, end: int) -> str:
    first = max(start - _AROUND, 0)
    first = text.rfind(" ", 0, first) + 1 if first else 0
    last = min(max(end, start) + _AROUND, len(text), first + _LONGEST)
    found = text.find(" ", last)
    last = found if 0 <= found <= last + 20 else last
    return ("… " if first else "") + text[first:last].strip() + (" …" if last < len(text) else "")
