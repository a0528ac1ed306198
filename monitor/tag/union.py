"""Where an item truly names a union body, and whether that body is ours or another country's.

    hits of union.yaml -> minus false friends (covers, names of men, words cut across) -> ours | foreign

"phân công | đoàn kiểm tra" is settled by what follows, and only where that does not decide by a word
segmenter. Does not judge what the item is about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from monitor import text as spelling
from monitor.tag import segment
from monitor.tag.book import RuleBook
from monitor.tag.document import Document
from monitor.tag.lexicon import longest
from monitor.tag.rule import Match, matches

_LAST_SYLLABLE = re.compile(r"(\w+)[ ]$")
_NEXT_SYLLABLES = re.compile(r"[ ](\w+)(?:[ ](\w+))?")
_ACCENTED = re.compile(r"[à-ỹÀ-ỸđĐ]")
_BREAK = re.compile(r"[.;:\n]")
# "Liên đoàn Lao động Zentouitsu": a name no Vietnamese syllable looks like, in an item that plays abroad.
_NAME = re.compile(r" ([A-Z][A-Za-z]+)\b")
_UNVIETNAMESE = re.compile(r"[fjwzFJWZ]|[a-z][bdlrskv]\b")
_WORK = "công"
# A text of nothing but traps must not cost a segmenter's call each.
_MOST_SEGMENTED = 40
_PLAIN_READ = 200_000


class Scene(Enum):
    """Where an item plays."""

    HOME = "home"
    MIXED = "mixed"
    ABROAD = "abroad"


@dataclass(frozen=True, slots=True)
class UnionMentions:
    """True mentions of union bodies: Vietnamese ones and foreign ones, each by start."""

    ours: tuple[Match, ...]
    foreign: tuple[Match, ...]


def _is_mans_name(document: Document, match: Match, book: RuleBook, budget: list[int]) -> bool:
    """Ngô Công Đoàn, ông Công Đoàn: both syllables with capitals after a surname, or after what may be one."""
    text = document.text
    if text[match.start : match.end] not in ("Công Đoàn", "CÔNG ĐOÀN"):
        return False
    before = _LAST_SYLLABLE.search(text, max(0, match.start - 12), match.start)
    if before is None:
        return False
    # "Mai", "Cao", "Văn" are words too: written with a capital in the file they need one in the text.
    written = before[1].capitalize() if before[1].isupper() else before[1]
    if not book.false_friends.surnames.isdisjoint((before[1], written)):
        return True
    if not before[1].istitle() or text[match.start : match.end].isupper() or budget[0] <= 0:
        return False
    # A surname the office's list does not know (Lò, Quàng …): named entities decide.
    budget[0] -= 1
    start, end = document.sentence_span(match.start)
    start, end = max(start, match.start - 160), min(end, match.end + 120)
    return segment.names_person(text[start:end], match.start - start)


def _is_cut_across(document: Document, match: Match, book: RuleBook, budget: list[int]) -> bool:
    """Whether "công" belongs to the word before (phân công, tấn công, thành công) and "đoàn" starts another."""
    text, low, friends = document.text, document.low, book.false_friends
    if not low.startswith(_WORK, match.start):
        return False
    second = match.start + len(_WORK) + 1
    if text[match.start].islower() and text[second : second + 1].isupper():
        return True  # "công Đoàn": nobody writes the one word so
    before = _LAST_SYLLABLE.search(low, max(0, match.start - 12), match.start)
    if before is None or before[1] not in friends.cross_before:
        return False
    if text[match.start].isupper() and not text[before.start(1)].isupper():
        return False
    after = _NEXT_SYLLABLES.match(low, second + 4)  # behind "đoàn"
    if after:
        following = {after[1], f"{after[1]} {after[2]}"}
        if following & friends.cross_delegations:
            return True
        if following & friends.cross_bodies:
            return False
    budget[0] -= 1
    if budget[0] < 0:
        return True
    start, end = document.sentence_span(match.start)
    start, end = max(start, match.start - 160), min(end, match.end + 120)
    return not segment.begins_word(text[start:end], match.start - start)


def _foreign(document: Document, match: Match, home: frozenset[int], away: list[int], scene: Scene) -> bool:
    """Whether an open term ("công đoàn") means a union of another country here.

    ``away`` are the offsets at which the text names other countries. In an item that plays at home every
    union is ours: "công đoàn công ty 100% vốn Hàn Quốc", "Liên đoàn Lao động huyện Mỹ Đức".
    """
    if match.rule.kind == "sure" or scene is Scene.HOME:
        return False
    # "công đoàn Verdi", "một công đoàn lớn của Israel": a foreign name close behind decides.
    near = bisect_left(away, match.end)
    if near < len(away) and away[near] < match.end + 25 and not _BREAK.search(document.text, match.end, away[near]):
        return True
    name = _NAME.match(document.text, match.end)
    if scene is Scene.ABROAD and name and (len(name[1]) >= 7 or _UNVIETNAMESE.search(name[1])):
        return True
    start, end = document.sentence_span(match.start)
    if not home.isdisjoint(document.words_in[document.sentence(match.start)]):
        return False
    inside = bisect_left(away, start)
    return scene is Scene.ABROAD or (inside < len(away) and away[inside] < end)


def _words_of(groups: Iterable[Iterable[int]]) -> frozenset[int]:
    return frozenset(chain.from_iterable(groups))


def find(document: Document, book: RuleBook, scene: Scene) -> UnionMentions:
    """The true mentions in an item that plays at ``scene``."""
    covered = sorted((m.start, m.end) for rule in book.false_friends.covers for m in matches(rule, document))
    budget = [_MOST_SEGMENTED]
    true: list[Match] = []
    at = reach = 0
    for match in sorted((m for rule in book.union for m in matches(rule, document)), key=lambda m: (m.start, -m.end)):
        while at < len(covered) and covered[at][0] <= match.start:
            reach = max(reach, covered[at][1])
            at += 1
        if (
            match.start < reach
            or _is_mans_name(document, match, book, budget)
            or _is_cut_across(document, match, book, budget)
        ):
            continue
        true.append(match)
    if all(match.rule.kind == "hint" for match in true):
        true = []
    kept = {(s, e, r) for s, e, r in longest((m.start, m.end, m.rule.id) for m in true)}
    true = [match for match in true if (match.start, match.end, match.rule.id) in kept]
    home = _words_of(rule.words for rule in book.home)
    away = sorted(m.start for rule in book.abroad for m in matches(rule, document)) if true else []
    if scene is Scene.ABROAD and any(match.rule.kind == "sure" for match in true):
        scene = Scene.MIXED
    foreign = [m for m in true if _foreign(document, m, home, away, scene)]
    ours = [m for m in true if m not in foreign]
    if all(match.rule.kind == "hint" for match in ours):
        ours = []
    return UnionMentions(tuple(ours), tuple(foreign))


def in_plain_text(document: Document, book: RuleBook) -> tuple[tuple[int, int, str], ...]:
    """Union words in a text without accents ("CONG DOAN"), where at least two different ones occur.

    Without accents công đoàn, cộng đoàn and công đoạn are one, so that one word proves nothing.
    """
    text = document.text[:_PLAIN_READ]
    accents = len(_ACCENTED.findall(text))
    if accents > len(text) * 0.02:  # more characters than letters: no need to count those
        return ()
    letters = sum(c.isalpha() for c in text)
    if not letters or accents > letters * 0.02:
        return ()
    low = spelling.fold(text)
    if len(low) != len(text):
        return ()
    found = [(start, end, book.plain.word(word)) for word, start, end in book.plain.find(text, low)]
    kept = longest(found)
    return tuple(kept) if len({word for _, _, word in kept}) >= 2 else ()
