"""Two versions of an article, paragraph by paragraph and word by word. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from monitor.model.view_article import ArticlePart, DiffKind, DiffLine, Piece

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_TOKENS = 3000
_MOST_LINES = 2000
_CLOSE = 800
"""Longer rows are compared with the matcher's shortcut for frequent elements, else it takes quadratic time."""
_AROUND = 1
"""So many unchanged paragraphs stay beside a changed one."""
_ALIKE = 0.3
"""Two paragraphs that share less are told as one gone and one come."""

Version = tuple[str, str, str]
"""Title, lead and text."""


def compare(before: Version, after: Version) -> tuple[DiffLine, ...]:
    """What differs, part by part; unchanged paragraphs away from any change are counted, not shown."""
    return tuple(
        line
        for part, old, new in zip(ArticlePart, before, after, strict=True)
        if old != new
        for line in _folded(part, list(_lines(part, old.split("\n"), new.split("\n"))))
    )


def parts(before: Version, after: Version) -> tuple[ArticlePart, ...]:
    """Which parts differ."""
    return tuple(part for part, old, new in zip(ArticlePart, before, after, strict=True) if old != new)


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > _CLOSE)


def _lines(part: ArticlePart, old: list[str], new: list[str]) -> Iterator[DiffLine]:
    if max(len(old), len(new)) > _MOST_LINES:
        yield from _whole(part, old, new)
        return
    for what, a, b, c, d in _matcher(old, new).get_opcodes():
        if what == "equal":
            for line in old[a:b]:
                yield DiffLine(part=part, pieces=(Piece(kind=DiffKind.SAME, text=line),) if line else ())
            continue
        both = min(b - a, d - c)
        for one, other in zip(old[a : a + both], new[c : c + both], strict=True):
            pieces = tuple(_pieces(one, other))
            kept = sum(len(p.text.strip()) for p in pieces if p.kind is DiffKind.SAME)
            if kept >= _ALIKE * max(min(len(one), len(other)), 1):
                yield DiffLine(part=part, pieces=pieces)
            else:
                yield from _whole(part, [one], [other])
        yield from _whole(part, old[a + both : b], new[c + both : d])


def _whole(part: ArticlePart, old: list[str], new: list[str]) -> Iterator[DiffLine]:
    for kind, lines in ((DiffKind.REMOVED, old), (DiffKind.ADDED, new)):
        for line in lines:
            if line:
                yield DiffLine(part=part, pieces=(Piece(kind=kind, text=line),))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(before), len(after)) > _MOST_TOKENS:
        yield from (Piece(kind=k, text=t) for k, t in ((DiffKind.REMOVED, old), (DiffKind.ADDED, new)) if t)
        return
    gone: list[str] = []
    come: list[str] = []
    for what, a, b, c, d in _matcher(before, after).get_opcodes():
        if what == "equal" and (any(t.strip() for t in before[a:b]) or not (gone or come)):
            yield from _changed(gone, come)
            gone, come = [], []
            yield Piece(kind=DiffKind.SAME, text="".join(before[a:b]))
        else:
            # A blank between two changed words belongs to both: the change reads as one.
            gone += before[a:b]
            come += after[c:d]
    yield from _changed(gone, come)


def _changed(gone: list[str], come: list[str]) -> Iterator[Piece]:
    for kind, tokens in ((DiffKind.REMOVED, gone), (DiffKind.ADDED, come)):
        if tokens:
            yield Piece(kind=kind, text="".join(tokens))


def _folded(part: ArticlePart, lines: list[DiffLine]) -> Iterator[DiffLine]:
    near = {at + step for at, line in enumerate(lines) if line.changed for step in range(-_AROUND, _AROUND + 1)}
    skipped = 0
    for at, line in enumerate(lines):
        if at in near:
            if skipped:
                yield DiffLine(part=part, skipped=skipped)
                skipped = 0
            if line.pieces:
                yield line
        else:
            skipped += bool(line.pieces)
    if skipped:
        yield DiffLine(part=part, skipped=skipped)
