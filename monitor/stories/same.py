"""Whether two items are one text. Decided on the texts themselves; the index only said where to look.

long texts   most runs of words of the shorter stand in the longer, hardly a name or number is lost, headlines and
             provinces do not contradict; a small part of a long text must be its beginning (a round-up of the
             day's news holds many whole texts and is none of them)
brief items  headline and lead must both agree, or the whole lead where it is long; an equal headline alone
             counts only between outlets and within days (one outlet's column has one headline every day)
"""

from __future__ import annotations

from datetime import timedelta

from monitor.model.story import Likeness
from monitor.stories.plain import Comparable, runs

REPRINT_DAYS = 30
_TITLE_DAYS = 3
_CONTAINED = 0.65
_SURE = 0.9
_HELD = 0.8
_SHARED = 20
_PART = 0.3
_LOST = 0.15


def same_text(one: Comparable, other: Comparable) -> Likeness | None:
    """The evidence that ``one`` and ``other`` are one text; None when they are not, or nothing tells."""
    if one.id == other.id or abs(one.at - other.at) > timedelta(days=REPRINT_DAYS):
        return None
    if one.brief or other.brief:
        return _brief(one, other)
    small, large = sorted((one, other), key=lambda c: (len(c.runs), c.id))
    shared = len(small.runs & large.runs)
    contained = shared / len(small.runs)
    if shared < _SHARED or contained < _CONTAINED or _facts_lost(small, large):
        return None
    if contained < _SURE and (_elsewhere(small, large) or _other_figures(small, large)):
        return None
    if shared < _PART * len(large.runs) and not _begins_alike(small, large):
        return None
    return Likeness(why="text", with_=other.id, contained=round(contained, 3), shared=shared)


def share(part: frozenset[int], whole: frozenset[int]) -> float:
    """How much of ``part`` is in ``whole``, 0 … 1."""
    return len(part & whole) / len(part) if part else 0.0


def titles_alike(one: Comparable, other: Comparable) -> float:
    """How much of the shorter headline is in the longer: a prefix, a tail or a cut changes nothing."""
    a, b = sorted((runs(one.title, 2, "t:"), runs(other.title, 2, "t:")), key=len)
    return share(a, b) if len(a) >= 3 else 0.0


def _facts_lost(small: Comparable, large: Comparable) -> bool:
    """A copy brings hardly a name or number of its own; a text on the same pattern brings its place and figures."""
    lost = small.facts - large.vocabulary
    early = small.opening_facts - large.vocabulary
    return len(early) >= 3 or (len(lost) >= 2 and len(lost) > _LOST * len(small.facts))


def _other_figures(one: Comparable, other: Comparable) -> bool:
    """Whether each headline has a number that the other lacks: the same column of another day."""
    a, b = ({word for word in c.title if word[0].isdigit()} for c in (one, other))
    return bool(a - b and b - a)


def _elsewhere(one: Comparable, other: Comparable) -> bool:
    return bool(one.places and other.places and not one.places & other.places)


def _begins_alike(small: Comparable, large: Comparable) -> bool:
    return share(large.opening, small.runs) >= 0.5 and titles_alike(small, large) >= 0.5


def _brief(one: Comparable, other: Comparable) -> Likeness | None:
    if _elsewhere(one, other) or _other_figures(one, other):
        return None
    small, large = sorted((one, other), key=lambda c: (c.words, c.id))
    shared = len(small.runs & large.runs)
    held = share(small.runs, large.runs)
    why = ""
    if small.facts <= large.vocabulary and held >= _HELD:
        if shared >= 8 and titles_alike(one, other) >= 0.7:
            why = "brief"
        elif shared >= _SHARED and held >= _SURE and one.outlet != other.outlet:
            why = "lead"
    elif not small.runs and _one_headline(small, large):
        why = "title"
    return Likeness(why=why, with_=other.id, contained=round(held, 3), shared=shared) if why else None


def _one_headline(small: Comparable, large: Comparable) -> bool:
    """Where there is nothing but headlines: equal, long, and naming somebody or some figure."""
    near = abs(small.at - large.at) <= timedelta(days=_TITLE_DAYS)
    return (
        near and small.outlet != large.outlet and len(small.title) >= 7 and small.named and small.title == large.title
    )
