"""What an item is, for us: relevance, topics, tone, attention; every decision with its evidence.

    read -> abroad? -> union mentions -> relevance -> topics, places, tone, attention -> Tagging

A union mention beats everything; "labour" asks what the item is about, so headline and lead weigh most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.model.tag import Evidence, Mention, Relevance, Tagging, TagInput, Tone, TopicTag
from monitor.tag import beside, organisations, places, union
from monitor.tag import tone as tone_of
from monitor.tag.book import RuleBook
from monitor.tag.document import Document, Zone, read
from monitor.tag.rule import Match, Rule, matches, score
from monitor.tag.union import Scene, UnionMentions

_MOST_TOPICS = 3
_MOST_EVIDENCE = 5
_MOST_MENTIONS = 200
_ONLY_NAMES = 1.2


@dataclass(frozen=True, slots=True)
class _Finding:
    """A score and the matches behind it, the weightiest first."""

    total: float
    best: list[Match]


def _weigh(rules: Iterable[Rule], document: Document) -> _Finding:
    return _Finding(*score(match for rule in rules for match in matches(rule, document)))


def _evidence(document: Document, found: Iterable[Match]) -> tuple[Evidence, ...]:
    best = list(found)[:_MOST_EVIDENCE]
    return tuple(Evidence(rule=m.rule.id, text=document.text[m.start : m.end], weight=m.rule.weight) for m in best)


def _in_front(found: Iterable[Match]) -> bool:
    return any(match.zone <= Zone.LEAD for match in found)


def _about(found: Iterable[Match], least: float, front: float, names: Zone | None = None) -> _Finding | None:
    """The finding if the item is about it: enough in all, and enough of it in headline and lead.

    Rules of weight 1.2 and less only name people or things; they cannot carry a headline alone, and there
    they count in the zone ``names`` only.
    """
    everything = list(found)
    whole = _Finding(*score(everything))
    told, _ = score(
        m for m in everything if m.zone <= Zone.LEAD and (not 0 < m.rule.weight <= _ONLY_NAMES or m.zone is names)
    )
    return whole if whole.total >= least and told >= front else None


def _foreign_matches(document: Document, book: RuleBook, mentions: UnionMentions) -> Iterator[Match]:
    """What there concerns us; a union counts only where it was recognised as one (not "tấn công | đoàn xe")."""
    named = {match.start for match in mentions.foreign}
    for match in (match for rule in book.foreign for match in matches(rule, document)):
        if match.rule.kind != "union" or match.start in named:
            yield match


def _labour_abroad(document: Document, book: RuleBook) -> Iterator[Match]:
    """What would make a story at home one about labour; with what speaks against a foreign one."""
    against = (rule for rule in book.foreign if rule.weight < 0)
    for rule in (*(rule for rule in book.labour if rule.kind == "about"), *against):
        yield from matches(rule, document)


def _scene(document: Document, book: RuleBook) -> Scene:
    """Where the item plays: abroad when the names of other countries outweigh those of home."""
    abroad = _weigh(book.abroad, document)
    if abroad.total < book.limits["abroad_least"]:
        return Scene.HOME
    home = _weigh(book.home, document)
    # Comparing ourselves with many countries does not take a story there: its headline would say so.
    told_at_home = _in_front(home.best) and not _in_front(abroad.best)
    if abroad.total > home.total * book.limits["abroad_share"] and not told_at_home:
        return Scene.ABROAD
    return Scene.MIXED if abroad.total > home.total * book.limits["mixed_share"] else Scene.HOME


def _relevance(
    document: Document, book: RuleBook, mentions: UnionMentions, abroad: bool
) -> tuple[Relevance, list[Match]]:
    if mentions.ours:
        strong = sorted(mentions.ours, key=lambda m: (m.rule.kind != "sure", m.zone, m.start))
        return Relevance.UNION, strong
    limits = book.limits
    rules = [rule for rule in book.labour if rule.kind == "abroad"] if abroad else book.labour
    labour = _about(
        (match for rule in rules for match in matches(rule, document)), limits["labour_least"], limits["labour_front"]
    )
    if labour:
        return Relevance.LABOUR, labour.best
    if not abroad:
        return Relevance.NONE, []
    least, front = limits["subject_least"], limits["subject_front"]
    subject = _about(_foreign_matches(document, book, mentions), least, front, Zone.TITLE)
    subject = subject or _about(_labour_abroad(document, book), limits["labour_least"], front)
    return (Relevance.FOREIGN, subject.best) if subject else (Relevance.NONE, [])


def _topics(document: Document, book: RuleBook, passing: bool) -> list[tuple[str, float, list[Match]]]:
    """The topics with their scores and matches, the main one first.

    An item that names a union only in passing (``passing``) may well have none.
    """
    found = [(topic.id, _weigh(topic.rules, document)) for topic in book.topic_rules]
    top = max(finding.total for _, finding in found)
    least = max(book.limits["topic_least"], top * book.limits["topic_share"])
    chosen = sorted(((ident, f.total, f.best) for ident, f in found if f.total >= least), key=lambda t: -t[1])
    if not chosen and not passing and top >= book.limits["topic_last"]:  # better the likeliest than none
        chosen = [(ident, f.total, f.best) for ident, f in found if f.total == top]
    return chosen[:_MOST_TOPICS]


def _beside(rules: tuple[Rule, ...], document: Document, mentions: UnionMentions) -> _Finding:
    """The rules' matches, each standing to the union bodies as its kind asks."""
    return _Finding(*score(beside.found(rules, document, mentions.ours)))


def _alarm(
    document: Document, book: RuleBook, mentions: UnionMentions, tone: Tone | None, why: list[Match]
) -> _Finding:
    """What asks for attention; an item that puts the union itself in a bad light always adds to it."""
    alarm = _beside(book.attention, document, mentions)
    if tone is not Tone.NEG:
        return alarm
    return _Finding(alarm.total + book.limits["bad_tone"], [*why, *alarm.best])


def _mentions(document: Document, found: Iterable[tuple[int, int, str]]) -> tuple[Mention, ...]:
    """Matches as mentions in the item's own offsets."""
    joined_at = document.copy.back
    spans = sorted({(start, end, rule) for start, end, rule in found})[:_MOST_MENTIONS]
    original = document.copy.original
    made = []
    for start, end, rule in spans:
        first, last = joined_at(start), joined_at(end)
        made.append(Mention(start=first, end=last, text=original[first:last], rule=rule))
    return tuple(made)


def judge(item: TagInput, book: RuleBook, *, told: Relevance | None = None) -> Tagging:
    """The whole reading of one item. Pure; never raises; linear in the length of the text.

    ``told`` is the relevance where somebody knows better: the rest is read as for such an item.
    """
    document = read(item, book.lexicon, book.masks)
    scene = _scene(document, book)
    mentions = union.find(document, book, scene)
    abroad = scene is Scene.ABROAD or (bool(mentions.foreign) and not mentions.ours)
    relevance, why = _relevance(document, book, mentions, abroad)
    plain = () if relevance is Relevance.UNION else union.in_plain_text(document, book)
    if relevance is not Relevance.UNION and plain:
        relevance = Relevance.UNION
    relevance = told or relevance
    if relevance is Relevance.NONE:
        return Tagging(relevance=relevance)
    passing = bool(mentions.ours) and all(match.zone is Zone.REST for match in mentions.ours)
    topics = _topics(document, book, passing)
    ours = relevance.ours
    tone, tone_why = tone_of.decide(document, book, mentions, topics) if relevance is Relevance.UNION else (None, [])
    alarm = _alarm(document, book, mentions, tone, tone_why) if ours else _Finding(0.0, [])
    attention = alarm.total >= book.limits["attention_least"]
    shown = [*mentions.ours, *mentions.foreign, *why, *tone_why, *(alarm.best if attention else ())]
    shown += [match for _, _, best in topics for match in best]
    return Tagging(
        relevance=relevance,
        relevance_evidence=_evidence(document, why)
        or tuple(
            Evidence(rule="union.plain", text=document.text[start:end]) for start, end, _ in plain[:_MOST_EVIDENCE]
        ),
        topics=tuple(
            TopicTag(id=ident, score=round(total, 2), evidence=_evidence(document, best))
            for ident, total, best in topics
        ),
        places=places.find(document, book, mentions, scene is not Scene.HOME) if ours else (),
        tone=tone,
        tone_evidence=_evidence(document, tone_why),
        attention=attention,
        attention_evidence=_evidence(document, alarm.best) if attention else (),
        mentions=_mentions(
            document,
            [*((m.start, m.end, m.rule.id) for m in shown), *((start, end, "union.plain") for start, end, _ in plain)],
        ),
        organisations=organisations.find(document, book.organisations, mentions.ours) if ours else (),
    )
