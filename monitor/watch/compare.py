"""Two looks at one page: what a reader would call a change, and nothing else.

    compare(before, after) -> Difference(title, units)

Sentences are compared as sets of keys, so that order, paragraphs and repeats do not matter; what stands anywhere on
the other page did not come or go; lines of the page's own furniture, bylines and what proved to be passing are left
out. What is left may still be an advertisement without a mark: ``step`` tells it when several looks agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from monitor.model.watch import Unit
from monitor.model.watching import PageWords
from monitor.watch.normal import Sentence, key, masked
from monitor.watch.seen import Seen, is_furniture, passing, selling

_PAIR = 0.5
_MOST_PAIRS = 20_000
_SHORT = 60
_OUTLET = r"(?:\bbáo\b|\bonline\b|điện tử|\btạp chí\b|\.vn\b|\.com\b)"
_SITE_NAME = re.compile(rf"\s+(?:\|\s+[^|]{{2,60}}|[–—-]\s+[^|–—-]{{0,30}}{_OUTLET}[^|–—-]{{0,30}})$", re.I)


@dataclass(frozen=True, kw_only=True)
class Difference:
    """How two looks differ: the titles where they do, else empty, and the sentences in reading order."""

    title: tuple[str, str] | None = None
    units: tuple[Unit, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.title or self.units)


def compare(
    before: Seen, after: Seen, words: PageWords, *, ignored: frozenset[str] = frozenset(), notice: Iterable[str] = ()
) -> Difference:
    """What changed between two looks that both saw the article.

    ``ignored`` are keys of sentences that proved to be passing, ``notice`` the lines of a correction notice that is
    told by itself.
    """
    told = frozenset(key(line) for line in notice)
    old = [s for s in _article(before, words, ignored) if not _of_notice(s, told)]
    new = [s for s in _article(after, words, ignored) if not _of_notice(s, told)]
    names = {key(name) for name in (*before.authors, *after.authors)}
    old_keys, new_keys = {s.key for s in old}, {s.key for s in new}
    shown = after.shown - told
    gone = [s for s in old if s.key not in new_keys and s.key not in shown and s.key not in names]
    come = [s for s in new if s.key not in old_keys and s.key not in before.shown and s.key not in names]
    if _only_split(gone, come, old, new):
        gone, come = [], []
    sold = _sold(before, gone, words) | _sold(after, come, words)
    units = _units(gone, come, old, new, sold) if gone or come else ()
    return Difference(title=_title(before, after), units=units)


def _sold(page: Seen, found: list[Sentence], words: PageWords) -> dict[int, int]:
    """How much the paragraph of each sentence sounds like an advertisement."""
    paragraphs = [page.lead, *page.text.split("\n")]
    return {id(s): selling(paragraphs[s.paragraph], words) for s in found}


def _title(before: Seen, after: Seen) -> tuple[str, str] | None:
    """The two headlines, unless one only carries the site's name or stands on the page besides the other."""
    one, other = key(before.title), key(after.title)
    bare, other_bare = (key(_SITE_NAME.sub("", seen.title)) for seen in (before, after))
    if not one or not other or one in (other, other_bare) or other == bare:
        return None
    if key(before.title) in after.shown and key(after.title) in before.shown:
        return None  # only another of the page's lines is taken for the headline
    return before.title, after.title


def _article(page: Seen, words: PageWords, ignored: frozenset[str]) -> list[Sentence]:
    """The sentences that are the article's own."""
    paragraphs = [page.lead, *page.text.split("\n")]
    furniture = {n for n, line in enumerate(paragraphs) if is_furniture(line, words)}
    title = key(page.title)
    return [s for s in page.article if s.paragraph not in furniture and s.key != title and not passing(s, ignored)]


def _of_notice(sentence: Sentence, told: frozenset[str]) -> bool:
    return bool(told) and (sentence.key in told or any(sentence.key in line for line in told if len(line) > 20))


def _only_split(gone: list[Sentence], come: list[Sentence], old: list[Sentence], new: list[Sentence]) -> bool:
    """Whether the same words are only cut into sentences or paragraphs elsewhere."""
    if not gone and not come:
        return True
    if [w for s in gone for w in s.key.split()] == [w for s in come for w in s.key.split()]:
        return True
    was, now = (f" {' '.join(word for s in page for word in _words(s))} " for page in (old, new))
    return all(f" {' '.join(_words(s))} " in now for s in gone) and all(f" {' '.join(_words(s))} " in was for s in come)


def _words(sentence: Sentence) -> list[str]:
    """A sentence's words and figures, without the punctuation between them."""
    return [token for token in sentence.key.split() if token[0].isalnum()]


def _units(
    gone: list[Sentence], come: list[Sentence], old: list[Sentence], new: list[Sentence], sold: dict[int, int]
) -> tuple[Unit, ...]:
    """The differences in the order of the new text, with what was taken out where it stood."""
    pairs = _pairs(gone, come)
    kept = {s.key for s in old} & {s.key for s in new}
    old_slots, new_slots = _slots(old, kept), _slots(new, kept)
    old_kept = {s.paragraph for s in old if s.key in kept}
    new_kept = {s.paragraph for s in new if s.key in kept}
    units: list[tuple[int, Unit]] = []
    for one, other in pairs:
        inner = one.paragraph in old_kept and other.paragraph in new_kept
        ratio = _ratio(one, other)
        slot, sale = new_slots[id(other)], max(sold[id(one)], sold[id(other)])
        unit = Unit(before=one.text, after=other.text, slot=slot, inner=inner, ratio=ratio, sold=sale)
        units.append((other.paragraph, unit))
    paired = {id(s) for pair in pairs for s in pair}
    units += [
        (s.paragraph, Unit(after=s.text, slot=new_slots[id(s)], inner=s.paragraph in new_kept, sold=sold[id(s)]))
        for s in come
        if id(s) not in paired
    ]
    units += [
        (s.paragraph, Unit(before=s.text, slot=old_slots[id(s)], inner=s.paragraph in old_kept, sold=sold[id(s)]))
        for s in gone
        if id(s) not in paired
    ]
    return tuple(unit for _, unit in sorted(units, key=lambda pair: pair[0]))


def _ratio(one: Sentence, other: Sentence) -> float:
    """How much of a sentence stayed; a short line of which only the figure went on may be a counter, and tells 0."""
    if one.whole and len(one.text) <= _SHORT and masked(one.key) == masked(other.key):
        return 0.0
    return SequenceMatcher(None, one.key.split(), other.key.split(), autojunk=False).ratio()


def _slots(page: list[Sentence], kept: set[str]) -> dict[int, str]:
    """Behind which sentence that both looks have each sentence stands."""
    found: dict[int, str] = {}
    last = ""
    for s in page:
        found[id(s)] = last
        if s.key in kept:
            last = s.key
    return found


def _pairs(gone: list[Sentence], come: list[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Sentences that are versions of each other, the likeliest first, each used once."""
    if len(gone) * len(come) > _MOST_PAIRS:
        return []
    scored: list[tuple[float, int, int]] = []
    for n, one in enumerate(gone):
        words = one.key.split()
        for m, other in enumerate(come):
            others = other.key.split()
            if len(set(words) & set(others)) * 3 < max(len(set(words)), len(set(others))):
                continue
            ratio = SequenceMatcher(None, words, others, autojunk=False).ratio()
            if ratio >= _PAIR:
                scored.append((-ratio, n, m))
    pairs: list[tuple[Sentence, Sentence]] = []
    used: set[tuple[str, int]] = set()
    for _, n, m in sorted(scored):
        if ("gone", n) not in used and ("come", m) not in used:
            used |= {("gone", n), ("come", m)}
            pairs.append((gone[n], come[m]))
    return pairs


def holds(unit: Unit, after: Seen) -> bool:
    """Whether a difference noted earlier is still so on this look."""
    there = not unit.after or key(unit.after) in after.keys
    away = not unit.before or key(unit.before) not in after.shown
    return there and away
