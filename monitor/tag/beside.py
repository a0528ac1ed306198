"""How a match stands to the union bodies a text names: who does what to whom, within one sentence.

    anywhere      it need not stand near one
    beside_union  in a sentence that names one
    by_union      close behind one: the union body is who it is said of ("công đoàn … tặng quà")
    on_union      close before one: the union body is whom it falls on ("kỷ luật … chủ tịch công đoàn")

"Close" is the rule's ``reach``; a word of its ``not_between`` in between gives the sentence another subject:
in "công đoàn cho biết giám đốc bị bắt" nothing is said of the union.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from monitor.tag.document import Document
from monitor.tag.lexicon import Span
from monitor.tag.rule import Match, Rule, matches

KINDS = frozenset(("anywhere", "beside_union", "by_union", "on_union"))


class Standing:
    """The union bodies named in a document, ready to be asked how a match stands to them."""

    def __init__(self, document: Document, mentions: Iterable[Match]) -> None:
        self._document = document
        spans = sorted((match.start, match.end) for match in mentions)
        self._starts = [start for start, _ in spans]
        self._ends = sorted(end for _, end in spans)
        self._named = {document.sentence(start) for start in self._starts}

    def holds(self, match: Match, barriers: list[Span]) -> bool:
        """Whether the match stands as its rule's kind asks; ``barriers`` are the hits of ``not_between``, by start."""
        kind = match.rule.kind
        if kind not in ("by_union", "on_union"):
            return kind != "beside_union" or self._document.sentence(match.start) in self._named
        gap = self._behind(match) if kind == "by_union" else self._before(match)
        if gap is None or gap[1] - gap[0] > match.rule.reach:
            return False
        if self._document.sentence(gap[0]) != self._document.sentence(gap[1]):
            return False
        at = bisect_left(barriers, (gap[0], 0))
        return at == len(barriers) or barriers[at][0] >= gap[1] or barriers[at][1] > gap[1]

    def _behind(self, match: Match) -> Span | None:
        """What lies between the nearest union body before the match and the match."""
        at = bisect_right(self._ends, match.start)
        return (self._ends[at - 1], match.start) if at else None

    def _before(self, match: Match) -> Span | None:
        """What lies between the match and the next union body behind it."""
        at = bisect_left(self._starts, match.end)
        return (match.end, self._starts[at]) if at < len(self._starts) else None


def found(rules: Iterable[Rule], document: Document, mentions: Iterable[Match]) -> Iterator[Match]:
    """Where the rules hold, each in the standing to the union bodies that its kind asks for."""
    standing = Standing(document, mentions)
    for rule in rules:
        barriers = sorted(span for word in rule.not_between for span in document.hits.get(word, ()))
        for match in matches(rule, document):
            if standing.holds(match, barriers):
                yield match
