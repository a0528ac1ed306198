"""Which items are one text printed by several outlets.

Where stories are told apart, one story is one group. Of items that are in none yet two are one when their titles are
equal but for case, accents and punctuation, or when their texts begin almost alike. Items that name different
provinces never are: "Tặng quà công nhân khó khăn" happens everywhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import text
from monitor.model.article import Article

_BEGINNING = 40
"""Words of a text that are compared."""
_ALIKE = 0.6
_TOO_COMMON = 60
"""A run of words that so many items share is a set phrase."""
_WORD = re.compile(r"\w+")

Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class _Print:
    """What is compared of an item."""

    title: str
    starts: tuple[Shingles, ...]
    provinces: frozenset[str]
    outlet: str
    story: str | None


def moment(article: Article) -> datetime:
    """When an item came out, or when it was found where that is not told."""
    return article.published or article.found


def grouped(articles: Sequence[Article]) -> list[tuple[Article, ...]]:
    """``articles`` as groups of one text each, the earliest first in every group and among the groups."""
    ordered = sorted(articles, key=lambda a: (moment(a), a.id))
    prints = [_print(article) for article in ordered]
    home = list(range(len(ordered)))

    def root(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    heads: dict[str, int] = {}
    for n, made in enumerate(prints):
        if made.story:
            home[n] = heads.setdefault(made.story, n)
    for one, other in _candidates(prints):
        if prints[one].story and prints[other].story:
            continue  # already told together or apart, on their whole texts or by a person
        first, second = sorted((root(one), root(other)))
        if first != second and not _elsewhere(prints[first], prints[second]):
            home[second] = first
    groups: dict[int, list[Article]] = defaultdict(list)
    for n, article in enumerate(ordered):
        groups[root(n)].append(article)
    return [tuple(group) for group in groups.values()]


def _print(article: Article) -> _Print:
    title = " ".join(_WORD.findall(text.fold(article.title[:400])))
    body, lead = article.text[:600], article.lead[:600]
    places = article.tagging.places if article.tagging else ()
    return _Print(
        title=title if title.count(" ") >= 3 else "",
        # A reprint may have dropped the lead, so both beginnings count.
        starts=tuple(start for start in (_shingles(f"{lead} {body}"), _shingles(body)) if start),
        provinces=frozenset(place.present for place in places),
        outlet=article.outlet,
        story=article.story,
    )


def _shingles(beginning: str) -> Shingles:
    """The runs of three words at a text's beginning; empty for a text too short to tell anything."""
    words = _WORD.findall(text.fold(beginning))[:_BEGINNING]
    return frozenset(zip(words, words[1:], words[2:], strict=False)) if len(words) >= 15 else frozenset()


def _candidates(prints: Sequence[_Print]) -> Iterator[tuple[int, int]]:
    """Pairs (later, earlier) that are one text, found without comparing every item with every other."""
    titles: dict[str, list[int]] = defaultdict(list)
    runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for n, made in enumerate(prints):
        shared: Counter[int] = Counter()
        for run in frozenset().union(*made.starts):
            shared.update(runs[run][:_TOO_COMMON])
            runs[run].append(n)
        alike = [m for m, count in shared.items() if count >= 6 and _alike(made, prints[m])]
        yield from ((n, m) for m in alike)
        if made.title:
            # One outlet's daily column has one title and another text every day.
            yield from ((n, m) for m in titles[made.title] if _reprint(made, prints[m]))
            titles[made.title].append(n)


def _reprint(one: _Print, other: _Print) -> bool:
    return one.outlet != other.outlet or not (one.starts and other.starts) or _alike(one, other)


def _alike(one: _Print, other: _Print) -> bool:
    return any(len(a & b) >= _ALIKE * len(a | b) for a in one.starts for b in other.starts)


def _elsewhere(one: _Print, other: _Print) -> bool:
    return bool(one.provinces and other.provinces and not one.provinces & other.provinces)
