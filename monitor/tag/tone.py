"""How an item makes the union look: good, bad, or neither.

    bad   who is blamed: the rules of ``bad``, each with the standing to a union body that its kind asks for
    good  what is praised (``good``), what the item is about (``leaning``), and what the union itself does (``deeds``)

A union body that is named once, deep in a long text, but there gives help, looks good; one that is quoted ten times
does not. So beside the points of the rules, which fall with the distance from the headline, the *share* of the
sentences naming a union body counts in which that body does good, whichever part of the item they stand in.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.model.tag import Tone
from monitor.tag import beside
from monitor.tag.book import RuleBook
from monitor.tag.document import Document, Zone
from monitor.tag.rule import Match, score
from monitor.tag.union import UnionMentions

# What a sentence naming a union body counts for in the share of its deeds.
_SENTENCE_WEIGHT = {Zone.TITLE: 3.0, Zone.LEAD: 2.0, Zone.START: 1.0, Zone.REST: 1.0}
_MOST_DEEDS = 3
# How much of a topic's leaning counts, by the part in which the union comes in.
_LEANING_SHARE = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.START: 0.7, Zone.REST: 0.3}

Topics = list[tuple[str, float, list[Match]]]


def _deeds(document: Document, book: RuleBook, bodies: Sequence[Match], deeds: Sequence[Match]) -> float:
    """What the union's good deeds add: for each sentence, and for their share of those that name a union body."""
    weights: dict[int, float] = {}
    for body in bodies:
        number = document.sentence(body.start)
        weights[number] = max(weights.get(number, 0.0), _SENTENCE_WEIGHT[body.zone])
    done = weights.keys() & {document.sentence(deed.start) for deed in deeds}
    if not done:
        return 0.0
    times = len(done) + any(deed.zone <= Zone.LEAD for deed in deeds)
    share = sum(weights[number] for number in done) / sum(weights.values())
    return book.limits["deed_each"] * min(times, _MOST_DEEDS) + book.limits["deed_share"] * share


def _leaning(book: RuleBook, mentions: UnionMentions, topics: Topics) -> float:
    """What the topics add; what speaks for a good tone counts less the deeper the union comes in."""
    lean = sum(book.leaning.get(ident, 0.0) for ident, _, _ in topics)
    front = min((match.zone for match in mentions.ours), default=Zone.REST)
    return lean * (_LEANING_SHARE[front] if lean > 0 else 1.0)


def decide(document: Document, book: RuleBook, mentions: UnionMentions, topics: Topics) -> tuple[Tone, list[Match]]:
    """The tone of an item that names a union body, with the matches that speak for it."""
    limits = book.limits
    bad, blamed = score(beside.found(book.bad, document, mentions.ours))
    good, praised = score(beside.found(book.good, document, mentions.ours))
    deeds = list(beside.found(book.deeds, document, mentions.ours))
    good += _deeds(document, book, mentions.ours, deeds)
    if bad >= limits["bad_least"] and bad >= good * limits["bad_share"]:
        return Tone.NEG, blamed
    if good + _leaning(book, mentions, topics) >= limits["good_least"]:
        why = [match for ident, _, best in topics if book.leaning.get(ident, 0.0) > 0 for match in best]
        return Tone.POS, [*score(deeds)[1], *praised, *why]
    return Tone.NEU, []
