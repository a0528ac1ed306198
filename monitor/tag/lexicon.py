"""All the words of all the rules in one automaton, so that a text is read once whatever the number of rules.

A word matches whole syllables only ("công nhân" not in "công nhânh"), in either spelling of the tone mark.
A capital letter in a rule's word asks for a capital in the text, a small letter takes both: "Hòa Bình" is
the province (also as "HÒA BÌNH") and never "hòa bình", peace.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import ahocorasick

from monitor import text as spelling

Span = tuple[int, int]

# A text of megabytes may hold one word a hundred thousand times; nobody needs them all.
MOST_HITS_OF_A_WORD = 400


def lowered(text: str) -> str:
    """Lower case, one tone spelling, and exactly as long as ``text`` (NFC)."""
    low = text.lower()
    if len(low) != len(text):  # a few characters (İ) grow when lowered
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    same = spelling.one_tone_spelling(low)
    return same if len(same) == len(low) else low


@dataclass(frozen=True, slots=True)
class _Word:
    """One word of a rule: where it must be written with capitals."""

    ident: int
    capitals: tuple[int, ...]


class Lexicon:
    """The words of a rule book, each known by a number from ``add``; ``close`` before ``find``."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._words: list[str] = []
        self._by_key: dict[str, list[_Word]] = {}
        self._automaton = ahocorasick.Automaton()
        self._uncut: frozenset[int] = frozenset()

    def never_cut(self, words: Iterable[str]) -> None:
        """Words that no hit may cut or sit in: with "gia đình" there is no "đình công" in "gia đình công nhân"."""
        self._uncut = frozenset(self.add(word) for word in words)

    def add(self, word: str) -> int:
        """The number of ``word``; the same word always has the same number."""
        word = spelling.clean(word)
        if word in self._ids:
            return self._ids[word]
        ident = self._ids[word] = len(self._words)
        self._words.append(word)
        capitals = tuple(i for i, c in enumerate(word) if c.isupper())
        self._by_key.setdefault(lowered(word), []).append(_Word(ident, capitals))
        return ident

    def word(self, ident: int) -> str:
        """The word of that number, as the rule writes it."""
        return self._words[ident]

    def close(self) -> None:
        """Build the automaton; no word can be added afterwards."""
        for key, words in self._by_key.items():
            self._automaton.add_word(key, (len(key), tuple(words)))
        if self._by_key:
            self._automaton.make_automaton()

    def find(self, cased: str, low: str) -> list[tuple[int, int, int]]:
        """Every (number, start, end) in ``cased``, whose ``lowered`` form is ``low``; in order of the ends."""
        found = list(self._find(cased, low))
        uncut = sorted((start, end) for word, start, end in found if word in self._uncut)
        if not uncut:
            return found
        starts = [start for start, _ in uncut]

        def is_cut(start: int, end: int) -> bool:
            at = bisect_left(starts, start) - 1
            if at >= 0 and start < uncut[at][1]:  # begins inside one
                return True
            at = bisect_left(starts, end) - 1
            return at >= 0 and start <= uncut[at][0] and end < uncut[at][1]  # ends inside one

        return [hit for hit in found if not is_cut(hit[1], hit[2])]

    def _find(self, cased: str, low: str) -> Iterator[tuple[int, int, int]]:
        if not self._by_key or not low:
            return
        last = len(low)
        counts: dict[int, int] = {}
        for stop, (length, words) in self._automaton.iter(low):
            start, end = stop - length + 1, stop + 1
            if start and low[start - 1].isalnum() and low[start].isalnum():
                continue
            if end < last and low[end].isalnum() and low[stop].isalnum():
                continue
            for word in words:
                if all(cased[start + at].isupper() for at in word.capitals):
                    seen = counts[word.ident] = counts.get(word.ident, 0) + 1
                    if seen <= MOST_HITS_OF_A_WORD:
                        yield word.ident, start, end


def longest(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The spans without those that overlap a longer (or earlier) one, by start."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: (s[0], s[0] - s[1])):
        if kept and span[0] < kept[-1][1]:
            if span[1] - span[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = span
            continue
        kept.append(span)
    return kept
