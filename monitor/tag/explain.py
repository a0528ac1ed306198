"""Why an item was read as it was: every rule that fired, where, and what it contributed to which question.

The same matches and sums as ``judge``, laid open; what fired without deciding anything is shown too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.model.tag import Tagging, TagInput
from monitor.tag import beside, union
from monitor.tag.book import RuleBook
from monitor.tag.document import Document, Zone, read
from monitor.tag.judge import judge
from monitor.tag.rule import ZONE_WEIGHT, Match, Rule, matches
from monitor.tag.union import Scene


@dataclass(frozen=True, kw_only=True)
class Fired:
    """A rule that fired: the question it speaks to (``area``), the words seen, the part they stand in.

    ``points`` is what its best hit contributed, ``times`` how often it fired; ``counted`` is False where a false
    friend took the hit away (another word, a person's name, a foreign union) or no union body stands as the rule asks.
    """

    area: str
    rule: str
    why: str
    text: str
    zone: str
    points: float
    times: int
    counted: bool = True


def explain(item: TagInput, book: RuleBook) -> tuple[Tagging, tuple[Fired, ...]]:
    """The reading of an item and all that fired, by area, the weightiest first."""
    document = read(item, book.lexicon, book.masks)
    named = union.find(document, book, Scene.HOME)
    true = {(m.start, m.end) for m in named.ours}
    fired = [
        *_fired("union", book.union, document, true),
        *_fired("false_friend", book.false_friends.covers, document),
        *_fired("labour", book.labour, document),
        *_fired("abroad", book.abroad, document),
        *_fired("home", book.home, document),
        *_fired("foreign", book.foreign, document),
        *(f for topic in book.topic_rules for f in _fired(topic.id, topic.rules, document)),
        *_fired("tone_good", book.good, document, bodies=named.ours),
        *_fired("tone_good", book.deeds, document, bodies=named.ours, each=book.limits["deed_each"]),
        *_fired("tone_bad", book.bad, document, bodies=named.ours),
        *_fired("attention", book.attention, document, bodies=named.ours),
    ]
    return judge(item, book), tuple(fired)


def _fired(
    area: str,
    rules: Iterable[Rule],
    document: Document,
    true: set[tuple[int, int]] | None = None,
    *,
    bodies: tuple[Match, ...] | None = None,
    each: float | None = None,
) -> list[Fired]:
    """``true`` are the spans that hold, ``bodies`` the union bodies the rules of that kind ask to stand by.

    ``each`` is what a hit is worth wherever it stands; without it the rule's weight and the part of the item say.
    """
    found = []
    for rule in rules:
        hits = sorted(matches(rule, document), key=lambda m: (m.zone, m.start))
        if not hits:
            continue
        kept = hits if true is None else [m for m in hits if any(s <= m.start and m.end <= e for s, e in true)]
        if bodies is not None:
            kept = sorted(beside.found((rule,), document, bodies), key=lambda m: (m.zone, m.start))
        best = (kept or hits)[0]
        found.append(
            Fired(
                area=area,
                rule=rule.id,
                why=rule.why,
                text=document.text[best.start : best.end],
                zone=Zone(best.zone).name.lower(),
                points=round(each or rule.weight * (ZONE_WEIGHT[best.zone] + 0.25 * min(len(hits) - 1, 4)), 2),
                times=len(hits),
                counted=bool(kept),
            )
        )
    return sorted(found, key=lambda f: -abs(f.points))
