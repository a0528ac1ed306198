"""A rule of the office: words, what must stand near them, and where; and finding where it holds in a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.tag.document import Document, Zone
from monitor.tag.lexicon import Span

ZONE_NAMES = {"title": Zone.TITLE, "lead": Zone.LEAD, "start": Zone.START, "rest": Zone.REST}

# What one hit is worth by the part it stands in; a headline says what an item is about.
ZONE_WEIGHT = {Zone.TITLE: 3.0, Zone.LEAD: 2.0, Zone.START: 1.0, Zone.REST: 0.35}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """Words that say something, as the office wrote them; all word sets hold numbers of the lexicon.

    ``near``/``never`` look at the same sentence, ``anywhere``/``nowhere`` at the whole item, ``headline`` at
    headline and lead, ``before``/``after`` at the neighbouring word; an empty set asks nothing. ``zones`` are
    the parts of the item where it counts.
    ``kind`` is a word of the file the rule stands in; ``reach`` (characters) and ``not_between`` belong to the
    kinds of ``beside``.
    """

    id: str
    why: str
    words: frozenset[int]
    weight: float = 1.0
    kind: str = ""
    near: frozenset[int] = frozenset()
    never: frozenset[int] = frozenset()
    anywhere: frozenset[int] = frozenset()
    nowhere: frozenset[int] = frozenset()
    headline: frozenset[int] = frozenset()
    before: frozenset[int] = frozenset()
    not_before: frozenset[int] = frozenset()
    after: frozenset[int] = frozenset()
    not_after: frozenset[int] = frozenset()
    not_between: frozenset[int] = frozenset()
    reach: float = 90
    zones: frozenset[Zone] = frozenset(Zone)
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A place where a rule holds."""

    rule: Rule
    start: int
    end: int
    zone: Zone


def _neighbours(document: Document, span: Span) -> tuple[list[int], list[int]]:
    """The words of the lexicon that end right before the span and start right after it."""
    start, end = span
    left = start - 1 if start and document.text[start - 1] in " “\"'(" else start
    left = left - 1 if left > 1 and left < start and document.text[left - 1] == " " else left
    right = end + 1 if document.text[end : end + 1] in (" ", "-") else end
    return document.ends_at.get(left, []), document.starts_at.get(right, [])


def _holds(rule: Rule, document: Document, span: Span) -> bool:
    """Whether the rule's conditions on sentence and neighbours hold for a hit of one of its words."""
    if rule.near or rule.never:
        words = document.words_in[document.sentence(span[0])]
        if (rule.near and rule.near.isdisjoint(words)) or not rule.never.isdisjoint(words):
            return False
    if rule.before or rule.not_before or rule.after or rule.not_after:
        left, right = _neighbours(document, span)
        if (rule.before and rule.before.isdisjoint(left)) or not rule.not_before.isdisjoint(left):
            return False
        if (rule.after and rule.after.isdisjoint(right)) or not rule.not_after.isdisjoint(right):
            return False
    return True


def matches(rule: Rule, document: Document) -> Iterator[Match]:
    """Where the rule holds."""
    found = rule.words & document.hits.keys()
    if not found:
        return
    if rule.anywhere and rule.anywhere.isdisjoint(document.hits.keys()):
        return
    if not rule.nowhere.isdisjoint(document.hits.keys()):
        return
    if rule.headline and rule.headline.isdisjoint(document.headline):
        return
    for word in sorted(found):
        for span in document.hits[word]:
            zone = document.zone(span[0])
            if zone in rule.zones and _holds(rule, document, span):
                yield Match(rule, span[0], span[1], zone)


def score(found: Iterable[Match]) -> tuple[float, list[Match]]:
    """What the matches are worth together, and the best match of each rule, the weightiest first.

    A rule counts once with its best place; saying it again adds a little, in no case more than half.
    """
    best: dict[str, Match] = {}
    extra: dict[str, int] = {}
    for match in found:
        old = best.get(match.rule.id)
        extra[match.rule.id] = extra.get(match.rule.id, -1) + 1
        if old is None or match.zone < old.zone:
            best[match.rule.id] = match
    total = 0.0
    for ident, match in best.items():
        total += match.rule.weight * (ZONE_WEIGHT[match.zone] + 0.25 * min(extra[ident], 4))
    return total, sorted(best.values(), key=lambda m: -abs(m.rule.weight) * ZONE_WEIGHT[m.zone])
