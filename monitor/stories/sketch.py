"""What of an article goes into the index: few enough rows that an archive of years stays small.

Of the hashes of all its runs of words a text keeps the least ``_TEXT`` (a bottom-k sketch, the one-hash form of
MinHash). Two texts share about as many of them as the smaller holds of the larger: unlike bands of MinHash, which
see how equal two sets are, it still finds a copy cut to a third. Headlines, beginnings and names have sketches of
their own, for items of which there is little more, and for follow-ups.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.stories.plain import Comparable, mark, runs

_TEXT, _TITLE, _HEAD, _NAMES = 24, 6, 6, 12


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """Hashes to be looked up, by what they are hashes of; ``names`` maps a hash to the name."""

    text: tuple[int, ...]
    title: tuple[int, ...]
    head: tuple[int, ...]
    names: dict[int, str]

    @property
    def all(self) -> tuple[int, ...]:
        """Everything that goes into the index."""
        return tuple({*self.text, *self.title, *self.head, *self.names})


def sketch(one: Comparable) -> Sketch:
    """The sketch of an article; equal texts have equal sketches, on every machine."""
    named = {mark(name, "n:"): name for name in one.names | one.numbers}
    return Sketch(
        text=_least(one.runs, _TEXT),
        title=_least(runs(one.title, 3, "t:"), _TITLE),
        head=_least((h ^ 0x5BD1E995 for h in one.head), _HEAD),
        names={h: named[h] for h in _least(named, _NAMES)},
    )


def _least(hashes: Iterable[int], most: int) -> tuple[int, ...]:
    return tuple(heapq.nsmallest(most, hashes))
