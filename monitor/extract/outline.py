"""A page as a list of blocks in reading order, made in one walk; every later question is asked of the list.

A block is what a reader sees as a paragraph: a run of text between two block-level tags or doubled line breaks.
It knows how much of it is linked, bold, inside a byline and so on, and which clutter it stands in.
Nothing is thrown away here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from monitor.extract.marks import Mark, clutter, marks_of
from monitor.extract.structured import Claims
from monitor.extract.tree import IMAGES, INLINE, SILENT, align_of, hint, is_picture, word_set
from monitor.text import clean

HEADINGS = word_set("h1 h2 h3 h4 h5 h6")
_ENDS = frozenset('.!?:;…”"»)')
_MOST_BLOCKS = 60_000


@dataclass(frozen=True, kw_only=True)
class Block:
    """One paragraph as a reader sees it.

    ``shares`` says how many of its characters carry a mark; ``around`` are the next block-level elements
    outside ``element``, innermost first; ``clutter`` the furniture it stands in, outermost first; ``image`` that a
    picture stands in it or right before it; ``align`` is "center", "right" or "".
    """

    text: str
    element: etree._Element
    shares: dict[Mark, float]
    around: tuple[etree._Element, ...] = ()
    clutter: tuple[etree._Element, ...] = ()
    image: bool = False
    align: str = ""

    def mostly(self, mark: Mark, share: float = 0.8) -> bool:
        """Whether nearly all of the text carries the mark."""
        return self.shares.get(mark, 0.0) >= share

    @property
    def unlinked(self) -> int:
        """Characters that are not part of a link."""
        return round(len(self.text) * (1 - self.shares.get(Mark.LINK, 0.0)))


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The blocks of a page, and for every block-level element which of them (start, end) it holds."""

    root: etree._Element
    blocks: list[Block]
    spans: dict[etree._Element, tuple[int, int]]

    def inside(self, element: etree._Element) -> range:
        """The numbers of the blocks in an element."""
        start, end = self.spans.get(element, (0, 0))
        if start < end or (element in self.spans and element.tag not in ("td", "th")):
            return range(start, end)
        # Inline elements and short cells have no blocks of their own: their text is part of one around them.
        around = next((up for up in element.iterancestors() if up in self.spans), None)
        return range(*self.spans[around]) if around is not None else range(0)

    def free(self, element: etree._Element) -> list[int]:
        """The numbers of the blocks in an element that stand in no clutter, its own surroundings aside."""
        around = {element, *element.iterancestors()}
        return [n for n in self.inside(element) if around.issuperset(self.blocks[n].clutter)]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where things stand on a page, once title and body are found: what the other fields are asked of.

    ``title`` is the number of the title's block or -1, ``body`` the numbers of the article's paragraphs.
    """

    page: Outline
    claims: Claims
    title: int
    body: list[int]


def outline(root: etree._Element, *, keep: frozenset[etree._Element], drop: Iterable[etree._Element] = ()) -> Outline:
    """The outline of a page. ``keep`` (the title's surroundings) is never clutter, ``drop`` always is."""
    walk = _Walk(keep, frozenset(drop))
    body = root.find("body")
    for event, element in etree.iterwalk(root if body is None else body, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            walk.enter(element)
        else:
            walk.leave(element)
        if len(walk.blocks) >= _MOST_BLOCKS:
            break
    walk.flush()
    return Outline(root=root, blocks=walk.blocks, spans=walk.spans)


@dataclass
class _Walk:
    """The state of the walk: the text being gathered, and what surrounds it."""

    keep: frozenset[etree._Element]
    drop: frozenset[etree._Element]
    blocks: list[Block] = field(default_factory=list)
    spans: dict[etree._Element, tuple[int, int]] = field(default_factory=dict)
    silent: int = 0
    text: list[str] = field(default_factory=list)
    counts: Counter[Mark] = field(default_factory=Counter)
    active: Counter[Mark] = field(default_factory=Counter)
    clutter: list[etree._Element] = field(default_factory=list)
    pictures: list[etree._Element] = field(default_factory=list)
    holders: list[etree._Element] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    image: bool = False
    broken: bool = False
    """A line break was seen and nothing since."""

    def enter(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in IMAGES:
            self.image = True
        if self.silent or tag in SILENT:
            self.silent += 1
            return
        if tag == "br":
            self._line_break()
            return
        if tag not in INLINE:
            self.flush() if tag not in ("td", "th") else self._cell()
            self.holders.append(element)
            self.starts.append(len(self.blocks))
        if (element in self.drop) or (element not in self.keep and clutter(element)):
            self.clutter.append(element)
        for mark in marks_of(tag, hint(element)):
            self.active[mark] += 1
        if is_picture(element, tag):
            self.pictures.append(element)
            self.active[Mark.CAPTION] += 1
        self._add(element.text)

    def leave(self, element: etree._Element) -> None:
        tag = element.tag
        if self.silent:
            self.silent -= 1
            if not self.silent:
                self._add(element.tail)
            return
        if tag != "br":
            if tag not in INLINE:
                self._close(element, tag)
            for mark in marks_of(tag, hint(element)):
                self.active[mark] -= 1
            if self.pictures and self.pictures[-1] is element:
                self.pictures.pop()
                self.active[Mark.CAPTION] -= 1
            if self.clutter and self.clutter[-1] is element:
                self.clutter.pop()
        self._add(element.tail)

    def _close(self, element: etree._Element, tag: str) -> None:
        self._cell() if tag in ("td", "th") and self._short() else self.flush()
        self.holders.pop()
        self.spans[element] = (self.starts.pop(), len(self.blocks))

    def _short(self) -> bool:
        """Cells of a table of figures belong on one line; cells that hold paragraphs do not."""
        return sum(map(len, self.text)) < 80

    def _cell(self) -> None:
        if self.text:
            self.text.append(" ")

    def _line_break(self) -> None:
        if self.broken or (self.text and "".join(self.text[-3:]).rstrip()[-1:] in _ENDS):
            self.flush()
        else:
            self.text.append(" ")
        self.broken = True

    def _add(self, text: str | None) -> None:
        if not text:
            return
        size = len("".join(text.split()))
        self.text.append(text)
        if size:
            self.broken = False
            for mark, depth in self.active.items():
                if depth > 0:
                    self.counts[mark] += size

    def flush(self) -> None:
        """Ends the paragraph that is being gathered."""
        if not self.text:
            return
        text, counts = clean("".join(self.text)), self.counts
        self.text = []
        if not text:
            return
        self.counts = Counter()
        element = self.holders[-1] if self.holders else None
        if element is None:
            return
        size = max(len(text.replace(" ", "")), 1)
        shares = {mark: min(count / size, 1.0) for mark, count in counts.items()}
        block = Block(
            text=text,
            element=element,
            shares=shares,
            around=tuple(self.holders[-2:-7:-1]),
            clutter=tuple(self.clutter),
            image=self.image,
            align=align_of(element),
        )
        self.blocks.append(block)
        self.image = False
