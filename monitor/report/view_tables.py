"""The tables of a digest in words: how many of what, with bars from zero, and which sources failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor import labels, text
from monitor.model.digest import Count, SourceHealth
from monitor.report import words
from monitor.report.sentences import clip

Say = Callable[[str], str]
_PATH_ROOM = 80
FAILED_SHOWN, _NAMES_SHOWN = 20, 8
"""So many failed sources are named one by one; beyond that they are told by their kind."""


@dataclass(frozen=True, kw_only=True)
class RowView:
    """A row of a counting table; ``bar`` is the length of its bar, 0–100 of the longest in the table, from zero."""

    label: str
    count: str
    bar: int = 0


@dataclass(frozen=True, kw_only=True)
class FailedView:
    """A failed source, or all that failed alike (``names``) where there are many."""

    names: str
    state: str
    reason: str
    newest: str
    count: str


def rows(counts: tuple[Count, ...], say: Say) -> tuple[RowView, ...]:
    """The rows of a counting table with their bars."""
    most = max((row.count for row in counts), default=0)
    return tuple(
        RowView(label=say(text.clean(row.label)), count=words.number(row.count), bar=_bar(row.count, most))
        for row in counts
    )


def _bar(count: int, most: int) -> int:
    """Percent of the longest bar; what is there at all can be seen."""
    return max(1, round(100 * count / most)) if count else 0


def failed(sources: tuple[SourceHealth, ...], say: Say) -> tuple[FailedView, ...]:
    """Each failed source with its reason; of more than twenty only the kinds of failure, the most frequent first."""
    if len(sources) <= FAILED_SHOWN:
        several = Counter(_outlet(source) for source in sources)
        return tuple(_one_failed(source, say, several[_outlet(source)] > 1) for source in sources)
    kinds: dict[str, list[SourceHealth]] = {}
    for source in sources:
        kinds.setdefault(labels.of(source.status), []).append(source)
    ordered = sorted(kinds.items(), key=lambda kind: (-len(kind[1]), kind[0]))
    return tuple(
        FailedView(names=say(_names(alike)), state=state, reason="", newest="", count=words.number(len(alike)))
        for state, alike in ordered
    )


def _outlet(source: SourceHealth) -> str:
    return text.clean(source.outlet_name) or source.outlet


def _one_failed(source: SourceHealth, say: Say, several: bool) -> FailedView:
    # An id says nothing to who reads a digest; where the name leaves open which source it is, its address tells.
    where = _path(source.url) if several or source.beside else ""
    return FailedView(
        names=say(f"{_outlet(source)} ({where})" if where else _outlet(source)),
        state=labels.of(source.status),
        reason=say(clip(text.clean(source.reason), 200)),
        newest=words.clock(source.newest) if source.newest else "",
        count="1",
    )


def _path(url: str) -> str:
    """What of an address comes behind its host, and the host where there is nothing more."""
    try:
        parts = urlsplit(text.clean(url))
    except ValueError:  # as of a bracket that is open
        return ""
    path = parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")
    return clip(path or parts.netloc, _PATH_ROOM)


def _names(sources: list[SourceHealth]) -> str:
    names = list(dict.fromkeys(map(_outlet, sources)))
    shown = ", ".join(names[:_NAMES_SHOWN])
    rest = len(names) - _NAMES_SHOWN
    return labels.label("report", "others", names=shown, count=words.number(rest)) if rest > 0 else shown
