"""Items of a period, counted in one way and listed in another, so that each can vouch for the other.

rows grouped by month, outlet, topic, tone ──▶ counts by key
items one by one ──────────────────────────▶ lists by key        (the checks compare them)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from monitor.model.report import GROUP_OF_LEVEL, OutletGroup
from monitor.model.source import Level, OutletKind
from monitor.model.tag import Relevance

NONE = "-"
"""In the place of a topic or a tone: there is none."""
REST = "rest"
"""In the place of a body: all that have no row of their own."""
_UNION = Relevance.UNION.value


class Item(Protocol):
    """What is known of an item; ``day`` is the local one as 2026-11-21."""

    @property
    def id(self) -> str: ...
    @property
    def day(self) -> str: ...
    @property
    def outlet(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def tone(self) -> str: ...
    @property
    def relevance(self) -> str: ...


class Cell(Protocol):
    """So many items of one month, outlet, topic, tone and relevance."""

    @property
    def month(self) -> str: ...
    @property
    def outlet(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def tone(self) -> str: ...
    @property
    def relevance(self) -> str: ...
    @property
    def many(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Groups:
    """In which group each outlet is."""

    known: Mapping[str, tuple[OutletKind, Level]]

    def of(self, outlet: str) -> OutletGroup:
        """Social pages are one group whoever they belong to; who is unknown stands in a group of his own."""
        found = self.known.get(outlet)
        if found is None:
            return OutletGroup.UNKNOWN
        kind, level = found
        return OutletGroup.SOCIAL if kind is OutletKind.SOCIAL else GROUP_OF_LEVEL[level]


def counts(cells: Iterable[Cell], groups: Groups) -> Counter[str]:
    """Items by key; places and bodies are not in it, for items overlap there."""
    found: Counter[str] = Counter()
    for cell in cells:
        for key in _keys(cell.month, cell.outlet, cell.topic, cell.tone, cell.relevance, groups):
            found[key] += cell.many
    return found


def lists(items: Iterable[Item], groups: Groups) -> dict[str, list[str]]:
    """The ids of the items behind each key, the earliest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        for key in _keys(item.day[:7], item.outlet, item.topic, item.tone, item.relevance, groups):
            found[key].append(item.id)
    return found


def _keys(  # noqa: PLR0917
    month: str, outlet: str, topic: str, tone: str, relevance: str, groups: Groups
) -> tuple[str, ...]:
    group = groups.of(outlet).value
    keys = (
        "items.total", f"items.month.{month}", f"items.{group}", f"items.{group}.{month}", "topic.total",
        f"topic.{topic or NONE}",
    )  # fmt: skip
    # A tone is told of what concerns unions alone.
    return (*keys, "tone.total", f"tone.{tone or NONE}") if relevance == _UNION else keys


def by_body(
    pairs: Iterable[tuple[str, str]], names: Mapping[str, str], folded: Mapping[str, str]
) -> dict[str, set[str]]:
    """The items that name each body: of ours by id, of others by "~" and name.

    ``names``: ids of our bodies by folded name; ``folded``: the folded form of each name in ``pairs``.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for name, item in pairs:
        ident = names.get(folded[name], "")
        found[f"unit.{ident}" if ident else f"unit.~{name}"].add(item)
    return found


def shown(found: Mapping[str, Collection[str]], most: int) -> tuple[str, ...]:
    """The keys that get a row: every body of ours that was named, and of the others those named most."""
    ours = [key for key in found if found[key] and not key.startswith("unit.~")]
    others = [key for key in found if found[key] and key.startswith("unit.~")]

    def order(key: str) -> tuple[int, str]:
        return -len(found[key]), key

    return (*sorted(ours, key=order), *sorted(others, key=order)[:most])


def body_lists(
    items: Sequence[Item], found: Mapping[str, Collection[str]], rows: Collection[str]
) -> dict[str, list[str]]:
    """The items behind each of ``rows``, behind the rest, and behind all; one that names several stands in each."""
    at = {item.id: n for n, item in enumerate(items)}
    made: dict[str, list[str]] = {}
    rest: set[str] = set()
    every: set[str] = set()
    for key, named in found.items():
        here = {item for item in named if item in at}
        every |= here
        if key in rows:
            made[key] = sorted(here, key=at.__getitem__)
        else:
            rest |= here
    made[f"unit.{REST}"] = sorted(rest, key=at.__getitem__)
    made["unit.total"] = sorted(every, key=at.__getitem__)
    return made
