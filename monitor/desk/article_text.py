"""An item's words with the places where rules fired: mentions as pieces of text, none lost, none doubled.

    title \n lead \n text   (what the offsets refer to)  ──▶ three rows of pieces, cut at every mention and line feed

Pure: nothing is escaped here, whoever prints the pieces does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from monitor.model.tag import Mention, TagInput
from monitor.model.view_article import Segment

Said = Callable[[str], str]
"""The words of why a rule marks a place, by its id."""


def marked(
    item: TagInput, mentions: Iterable[Mention], said: Said
) -> tuple[tuple[Segment, ...], tuple[Segment, ...], tuple[Segment, ...]]:
    """Title, summary and body as pieces.

    A mention that is not found where it says (the words changed since the reading) marks nothing.
    """
    joined = item.joined
    true = [m for m in mentions if 0 <= m.start < m.end <= len(joined) and joined[m.start : m.end] == m.text]
    true.sort(key=lambda m: (m.start, -m.end))
    lead_at = len(item.title) + 1
    text_at = lead_at + len(item.summary) + 1
    parts = ((item.title, 0), (item.summary, lead_at), (item.body, text_at))
    title, lead, text = (tuple(_part(words, at, true, said)) for words, at in parts)
    return title, lead, text


def _part(words: str, at: int, mentions: list[Mention], said: Said) -> Iterator[Segment]:
    """The pieces of one part that begins at ``at`` of the joined text."""
    end = at + len(words)
    mine = [(max(m.start, at), min(m.end, end), m.rule) for m in mentions if m.start < end and m.end > at]
    cuts = {0, len(words)}
    for first, last, _ in mine:
        cuts |= {first - at, last - at}
    for place, character in enumerate(words):
        if character == "\n":
            cuts |= {place, place + 1}
    ordered = sorted(cuts)
    open_: list[tuple[int, int, str]] = []
    following = 0
    for first, last in pairwise(ordered):
        while following < len(mine) and mine[following][0] <= at + first:
            open_.append(mine[following])
            following += 1
        open_ = [one for one in open_ if one[1] > at + first]
        text = words[first:last]
        if text == "\n" or not open_:
            yield Segment(text=text)
            continue
        # The narrowest says most exactly why; the reasons of all are told.
        rules = dict.fromkeys(rule for _, _, rule in sorted(open_, key=lambda one: one[1] - one[0]))
        yield Segment(text=text, mention=next(iter(rules)), what="; ".join(dict.fromkeys(map(said, rules))))
