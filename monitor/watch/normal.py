"""Texts as they are compared: sentences with keys that forget what a reader would not call a change.

A key is NFC in one tone spelling, without case, quotation marks, the length of dashes, bullets and closing
punctuation. What it keeps is words, numbers and the punctuation between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from monitor.text import nfc, one_tone_spelling

MOST_SENTENCES = 3000
_LONGEST = 4000
_SENTENCE = re.compile(
    r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[0-9A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ])"
)
_TOKEN = re.compile(r"\d+(?:[.,:/]\d+)*|\w+|[^\w\s]")
_QUOTES = re.compile(r"[\"'“”„‟‘’‚‛«»‹›`´′″*_]")
_DASHES = re.compile(r"[‐‑‒–—―−]")
_DROPPED = frozenset(".!?…:;,-•·▪►▶➤+>|")
_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence with its key and the number of its paragraph; ``whole`` when it is the paragraph."""

    text: str
    key: str
    paragraph: int
    whole: bool


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for asking whether one is among them."""
    return frozenset(text.split())


def plain(text: str) -> str:
    """Text for looking words up: NFC, one tone spelling, no case, single spaces."""
    return " ".join(one_tone_spelling(nfc(text)).casefold().split())


def tokens(text: str) -> list[str]:
    """The words, numbers and inner punctuation of a text, as keys have them."""
    found = _TOKEN.findall(_DASHES.sub("-", _QUOTES.sub("", plain(text[:_LONGEST].replace("...", "…")))))
    start, end = 0, len(found)
    while start < end and found[start] in _DROPPED:
        start += 1
    while end > start and found[end - 1] in _DROPPED:
        end -= 1
    return found[start:end]


def key(text: str) -> str:
    """What two spellings of one sentence have in common; empty where nothing is said."""
    return " ".join(tokens(text))


def masked(sentence_key: str) -> str:
    """A key without its figures: what counters and clocks of one kind have in common."""
    return _DIGITS.sub("#", sentence_key)


def sentences(paragraphs: Iterable[str]) -> list[Sentence]:
    """The sentences of paragraphs (one a line), in order; at most MOST_SENTENCES."""
    found: list[Sentence] = []
    for number, line in enumerate(paragraphs):
        parts = [part for part in _SENTENCE.split(line.strip()) if part]
        keyed = [(part, key(part)) for part in parts]
        keyed = [(part, found_key) for part, found_key in keyed if found_key]
        found += [Sentence(text=p, key=k, paragraph=number, whole=len(keyed) == 1) for p, k in keyed]
        if len(found) >= MOST_SENTENCES:
            break
    return found[:MOST_SENTENCES]


def shingles(words: list[str], size: int = 4) -> set[tuple[str, ...]]:
    """The runs of ``size`` words; one run of all where there are fewer."""
    if len(words) < size:
        return {tuple(words)} if words else set()
    return {tuple(words[n : n + size]) for n in range(len(words) - size + 1)}


def containment(part: set[tuple[str, ...]], whole: set[tuple[str, ...]]) -> float:
    """The share of ``part`` that ``whole`` has, 0 … 1; 0 where there is nothing."""
    return len(part & whole) / len(part) if part else 0.0
