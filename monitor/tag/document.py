"""A text made ready for reading: one spelling, its zones and sentences, and the credit lines set aside.

    TagInput -> Copy (same text, tidy; knows the way back) -> Document (+ every word of the rule book found)

Does not judge: which hits mean something is for ``rule``, ``union``, ``places`` and ``judge``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import IntEnum

from monitor.model.tag import TagInput
from monitor.tag.lexicon import Lexicon, Span, lowered

# What makes the tidy copy shorter than the original: letters with loose accents, invisible characters,
# runs of white space.
_UNTIDY = re.compile(
    "[^\\W\\d_][\u0300-\u036f]+|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+|[^\\S\n]{2,}"
)
_SPACES = (*range(0x09, 0x0E), 0x85, 0xA0, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x3000)
_ONE_FOR_ONE = dict.fromkeys((c for c in _SPACES if c != 0x0A), " ") | {
    ord("Ð"): "Đ",
    ord("ð"): "đ",
    ord("‐"): "-",
    ord("‑"): "-",
}
_STOP = re.compile(r"\n+|[.!?…]+[\"”’')\]]*(?: +|(?=\n)|$)")
# "TP. HCM", "ThS. Lan", "Q. 2": no sentence ends there.
_SHORT = re.compile(r"(?:^|[\s(])(?:TP|Tp|tp|TX|Tx|TT|Q|P|H|T|Ô|Mr|Ms|Dr|TS|ThS|PGS|GS|BS|KS|LS|St|No|Tr|[A-ZĐ])$")
# A line of 5 MB without a full stop is cut, so that "in the same sentence" stays meaningful.
_LONGEST_SENTENCE = 1200


class Zone(IntEnum):
    """The parts of an item, by what a reader gives them: the smaller, the weightier."""

    TITLE = 0
    LEAD = 1
    START = 2
    REST = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """A tidy copy of ``TagInput.joined`` and the way back to its offsets."""

    original: str
    text: str
    _cuts: tuple[int, ...]
    _shifts: tuple[int, ...]

    @classmethod
    def of(cls, joined: str, original: str) -> Copy:
        """Accents composed, invisible characters out, white space single; line feeds stay.

        ``joined`` is ``original`` with some line feeds made spaces, character for character.
        """
        pieces: list[str] = []
        cuts, shifts, done, length, shift = [0], [0], 0, 0, 0
        for untidy in _UNTIDY.finditer(joined):
            piece = untidy[0]
            new = " " if piece[0].isspace() else unicodedata.normalize("NFC", piece) if piece[0].isalpha() else ""
            if len(new) == len(piece):
                continue
            pieces += (joined[done : untidy.start()], new)
            length += untidy.start() - done + len(new)
            shift += len(piece) - len(new)
            cuts.append(length)
            shifts.append(shift)
            done = untidy.end()
        pieces.append(joined[done:])
        return cls(original, "".join(pieces).translate(_ONE_FOR_ONE), tuple(cuts), tuple(shifts))

    def back(self, at: int) -> int:
        """The offset in the original of offset ``at`` of the copy."""
        return at + self._shifts[bisect_right(self._cuts, at) - 1]


@dataclass(slots=True)
class Document:
    """An item read once; masked hits are left out. ``headline`` are the words of headline and lead."""

    copy: Copy
    text: str
    low: str
    zone_ends: tuple[int, int, int]
    stops: list[int]
    hits: dict[int, list[Span]] = field(default_factory=dict)
    words_in: dict[int, set[int]] = field(default_factory=dict)
    ends_at: dict[int, list[int]] = field(default_factory=dict)
    starts_at: dict[int, list[int]] = field(default_factory=dict)
    headline: set[int] = field(default_factory=set)

    def zone(self, at: int) -> Zone:
        """The part of the item an offset lies in."""
        return Zone(bisect_right(self.zone_ends, at))

    def sentence(self, at: int) -> int:
        """The number of the sentence an offset lies in."""
        return bisect_right(self.stops, at)

    def sentence_span(self, at: int) -> Span:
        """Where the sentence around an offset starts and ends."""
        number = self.sentence(at)
        start = self.stops[number - 1] if number else 0
        return start, self.stops[number] if number < len(self.stops) else len(self.text)


def _stops(text: str) -> list[int]:
    """The offsets at which a new sentence starts (without 0)."""
    stops: list[int] = []
    last = 0
    for stop in _STOP.finditer(text):
        if stop[0][0] == "." and _SHORT.search(text, max(0, stop.start() - 6), stop.start()):
            continue
        stops += range(last + _LONGEST_SENTENCE, stop.end(), _LONGEST_SENTENCE)
        last = stop.end()
        stops.append(last)
    stops += range(last + _LONGEST_SENTENCE, len(text), _LONGEST_SENTENCE)
    return stops


def _zone_ends(text: str, title: int, lead: int) -> tuple[int, int, int]:
    """Where title, lead and start end. Without a lead the first paragraph of the body is read as one."""
    body = lead + 1
    if lead - title <= 20:
        first = text.find("\n", body)
        lead = first if first != -1 and first - body < 900 else min(len(text), body + 400)
        body = lead + 1
    start = text.find("\n", min(len(text), body + 450))
    return title, lead, start if start != -1 and start < body + 900 else min(len(text), body + 700)


def read(item: TagInput, lexicon: Lexicon, masks: Masks) -> Document:
    """The item with every word of the lexicon that stands outside its credit lines."""
    # A feed's lead may be broken into lines; only in the body is a line feed the end of a paragraph.
    parts = [part.replace("\n", " ") for part in (item.title, item.summary)]
    copy = Copy.of("\n".join((*parts, item.body)), item.joined)
    text = copy.text
    title = text.find("\n")
    lead = text.find("\n", title + 1)
    low = lowered(text)
    document = Document(copy, text, low, _zone_ends(text, title, lead), _stops(text))
    masked = masks.spans(text, lead)
    starts = [span[0] for span in masked]
    for word, start, end in lexicon.find(text, low):
        at = bisect_right(starts, start) - 1
        if at >= 0 and start < masked[at][1]:
            continue
        document.hits.setdefault(word, []).append((start, end))
        document.words_in.setdefault(document.sentence(start), set()).add(word)
        document.ends_at.setdefault(end, []).append(word)
        document.starts_at.setdefault(start, []).append(word)
        if start < document.zone_ends[1]:  # in headline or lead
            document.headline.add(word)
    return document


class Masks:
    """Credit lines, by-lines, captions, tags and lists of related items: words of the paper about itself.

    ``heads`` open a line that is no text ("Ảnh:", "Từ khóa:"), ``tails`` are headings after which nothing
    but links comes ("Tin liên quan"), ``signs`` are whole credits anywhere ("(NLĐO)", "Báo Lao Động").
    """

    def __init__(self, heads: tuple[str, ...], tails: tuple[str, ...], signs: tuple[str, ...]) -> None:
        def any_of(words: tuple[str, ...]) -> str:
            return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or r"(?!)"

        self._heads = re.compile(
            rf"(?:(?<=\n)|(?<=[(.] )|(?<=[-–(|]))[ ]?(?:{any_of(heads)})[ ]?:[^\n.)]{{0,120}}", re.I
        )
        self._tails = re.compile(rf"(?<=\n)[ ]?(?:{any_of(tails)})[ ]?:?[ ]?(?=\n|$)", re.I)
        self._signs = re.compile(rf"(?<!\w)(?:{any_of(signs)})(?!\w)")
        self._last = re.compile(r"\n[ (]*Theo [^\n]{1,40}$")

    def spans(self, text: str, lead: int) -> list[Span]:
        """Where the text is not the story's own, in order, without overlaps."""
        spans = [found.span() for found in self._heads.finditer(text)]
        spans += [found.span() for found in self._signs.finditer(text)]
        tail = self._tails.search(text, lead)
        if tail:
            spans.append((tail.start(), len(text)))
        last = self._last.search(text, max(lead, len(text) - 60))
        if last:
            spans.append(last.span())
        merged: list[Span] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return merged
