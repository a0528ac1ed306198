"""Whether two texts tell of one event: a proposal for a person, never more.

Names that few other items of these weeks have, figures, background paragraphs taken over and a headline that goes
on speak for it; another province or more than a week speak against it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from monitor.model.story import Likeness
from monitor.stories.plain import Comparable, runs
from monitor.stories.same import share

FOLLOW_DAYS = 7
RARE = 8
"""A name that so many items of the window have tells nothing of one event."""


def same_event(one: Comparable, other: Comparable, rare: Collection[str]) -> Likeness | None:
    """The evidence that ``one`` goes on with the event of ``other``; ``rare`` are the rare names both have."""
    if one.id == other.id or abs(one.at - other.at) > timedelta(days=FOLLOW_DAYS):
        return None
    if one.places and other.places and not one.places & other.places:
        return None
    names = sorted(set(rare) & (one.names | other.names))
    figures = sorted(set(rare) & one.numbers & other.numbers)
    small, large = sorted((one.runs, other.runs), key=len)
    background = share(small, large) if len(small) >= 20 else 0.0
    headlines = _headlines(one, other)
    goes_on = headlines >= 0.1 or background >= 0.05
    told = (
        (len(names) >= 1 and (headlines >= 0.25 or background >= 0.2))
        or (len(names) >= 2 and background >= 0.05)
        or (len(names) >= 2 and bool(figures) and goes_on)
        # Names alone are officials', who appear everywhere.
        or (len(names) >= 4 and goes_on)
    )
    if not told:
        return None
    return Likeness(
        why="event",
        with_=other.id,
        contained=round(background, 3),
        shared=len(small & large),
        words=tuple((names + figures)[:8]),
    )


def _headlines(one: Comparable, other: Comparable) -> float:
    """Common word pairs of the headlines, of all they have."""
    a, b = runs(one.title, 2), runs(other.title, 2)
    return len(a & b) / len(a | b) if a and b else 0.0
