"""The provinces an item is about: the most salient ones, not every name in it.

names of provinces, districts, communes -> one province each -> weight by part, neighbours, union body
-> the heaviest, with the name used then
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from monitor.model.tag import Evidence, PlaceTag
from monitor.tag.book import RuleBook
from monitor.tag.document import Document, Zone
from monitor.tag.gazetteer import Gazetteer
from monitor.tag.rule import Match
from monitor.tag.union import UnionMentions

_ZONE = {Zone.TITLE: 4.0, Zone.LEAD: 2.5, Zone.START: 1.2, Zone.REST: 0.35}
_NOW = re.compile(r"(?<!\d)20(?:2[5-9]|[3-9]\d)(?!\d)|đặc khu|sau sáp nhập|chính quyền (?:địa phương )?2 cấp")
_BREAK = re.compile(r"[,;:.!?\n]")
_LAST_SYLLABLE = re.compile(r"([^\W\d_]+) $")
# A capital after one space, but no surname of an official: the name is longer than what was matched.
_GOES_ON = re.compile(r" (?!TP|LĐLĐ|UBND|KCN)[A-ZĐÀ-Ỹ][a-zà-ỹđ]")
_MOST = 4


@dataclass(frozen=True, slots=True)
class _Named:
    """One naming of a province: directly, or by a part of it."""

    province: str
    start: int
    end: int
    rule: str
    share: float


def _named(document: Document, gazetteer: Gazetteer) -> Iterator[_Named]:
    """Every naming that can mean one province only."""
    now = bool(_NOW.search(document.low[:20_000]))
    for word, spans in document.hits.items():
        if word in gazetteer.whole:
            for start, end in spans:
                yield _Named(gazetteer.whole[word], start, end, "places.province", 1.0)
            continue
        choices = gazetteer.districts.get(word, frozenset())
        rule, share = "places.district", 0.8
        if not choices:
            old, new = gazetteer.old_wards.get(word, frozenset()), gazetteer.new_wards.get(word, frozenset())
            choices = (new or old) if now else (old or new)
            rule, share = "places.commune", 0.6
        if len(choices) == 1:
            (province,) = choices
            for start, end in spans:
                yield _Named(province, start, end, rule, share)


def _as_told(everything: list[_Named], gazetteer: Gazetteer) -> list[_Named]:
    """In order, with parts under the name the text itself uses: after the mergers "Quy Nhơn" may lie in Gia Lai."""
    direct = {named.province for named in everything if named.share == 1}
    told = []
    for named in sorted(everything, key=lambda n: (n.start, -n.end)):
        present = gazetteer.present_of[named.province]
        moved = named.province not in direct and present in direct
        told.append(replace(named, province=present) if moved else named)
    return told


def _neighbour_factor(document: Document, book: RuleBook, named: _Named, origins_count: bool) -> float:
    """What the words around a name do to its weight: "tại X" raises, "quê X", "đường X" lower it."""
    gazetteer = book.gazetteer
    text = document.text
    left = named.start - 1 if named.start and text[named.start - 1] == " " else named.start
    before = document.ends_at.get(left, ())
    right = named.end + 1 if text[named.end : named.end + 1] == " " else named.end
    if not gazetteer.weaker_after.isdisjoint(document.starts_at.get(right, ())):
        return 0.15
    if not gazetteer.weaker_before.isdisjoint(before):
        return 0.15
    if named.share < 1 and _GOES_ON.match(text, named.end):  # "xã Đông" in "xã Đông Nam"
        return 0.0
    surname = _LAST_SYLLABLE.search(text, max(0, named.start - 12), named.start)
    if surname and surname[1] in book.false_friends.surnames:  # Trương Hòa Bình, Nguyễn Hà Nam
        return 0.0
    # "quê huyện Hoài Ân, tỉnh Bình Định": the weak word stands before the first of the names.
    start = named.start if origins_count else max(0, named.start - 60)
    for at in range(left, start, -1):
        if text[at] in ".;:\n(":
            break
        if not gazetteer.origin_before.isdisjoint(document.ends_at.get(at, ())):
            return 0.3
    return 1.3 if not gazetteer.stronger_before.isdisjoint(before) else 1.0


def _of_union(document: Document, named: _Named, unions: list[Match], starts: list[int]) -> bool:
    """Whether the name ends the name of a union body: "Công đoàn các khu công nghiệp tỉnh An Giang"."""
    at = bisect_left(starts, named.start) - 1
    if at < 0:
        return False
    gap = document.text[unions[at].end : named.start]
    return len(gap) < 45 and not _BREAK.search(gap.replace("TP.", "TP "))


def _weights(
    document: Document, book: RuleBook, mentions: UnionMentions, origins_count: bool
) -> tuple[dict[str, float], dict[str, _Named]]:
    gazetteer = book.gazetteer
    taken = sorted(span for word in gazetteer.never for span in document.hits.get(word, ()))
    unions, starts = list(mentions.ours), [match.start for match in mentions.ours]
    weights: dict[str, float] = defaultdict(float)
    counted: dict[tuple[str, Zone], int] = defaultdict(int)
    first: dict[str, _Named] = {}
    seen: set[tuple[str, int]] = set()
    for named in _as_told(list(_named(document, gazetteer)), gazetteer):
        at = bisect_left(taken, (named.start + 1, 0)) - 1
        if (at >= 0 and named.start < taken[at][1]) or (named.province, named.end) in seen:
            continue
        seen.add((named.province, named.end))
        zone = document.zone(named.start)
        counted[named.province, zone] += 1
        if counted[named.province, zone] > 4:
            continue
        weight = _ZONE[zone] * named.share * _neighbour_factor(document, book, named, origins_count)
        if unions and _of_union(document, named, unions, starts):
            weight = max(weight, _ZONE[zone]) + 1.5
        weights[named.province] += weight / counted[named.province, zone]
        first.setdefault(named.province, named)
    return weights, first


def find(
    document: Document, book: RuleBook, mentions: UnionMentions, origins_count: bool = False
) -> tuple[PlaceTag, ...]:
    """The provinces of the story or of the acting union body, the weightiest first; empty if none stands out.

    ``origins_count`` says that where people come from matters as much as where they are: a worker who died
    abroad is asked about at home.
    """
    weights, first = _weights(document, book, mentions, origins_count)
    if not weights:
        return ()
    top = max(weights.values())
    limits = book.gazetteer
    if top < limits.least and len(weights) == 1 and top >= limits.alone:
        limits = replace(limits, least=limits.alone)
    ranked = sorted(weights, key=lambda p: -weights[p])
    chosen = [p for p in ranked if weights[p] >= max(limits.least, top * limits.share)][:_MOST]
    tags = []
    for province in chosen:
        named = first[province]
        seen = document.text[named.start : named.end]
        evidence = (Evidence(rule=named.rule, text=seen, weight=round(weights[province], 2)),)
        tags.append(PlaceTag(name=province, present=book.gazetteer.present_of[province], evidence=evidence))
    return tuple(tags)
