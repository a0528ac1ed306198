"""Where the article's text stands on a page, and which of its blocks a reader would call the article.

    find_body   blocks -> the numbers of the blocks that may be text
    keep_text   those -> without captions, related links, bylines, labels and page furniture

Blocks lend their length to the elements around them, less with every level; the element that gathers most holds
the article. Where that yields next to nothing, trafilatura is asked where the text is.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from lxml import etree

from monitor.extract.marks import Mark, body_weight
from monitor.extract.outline import HEADINGS, Block, Outline
from monitor.extract.phrases import FURNITURE, LABEL, PHOTO, READ_ON, TELEPHONE
from monitor.extract.tree import hint, word_set
from monitor.text import fold

_LEVELS = (1.0, 0.6, 0.36, 0.2, 0.1)
_PARAGRAPHS = word_set("p li blockquote pre dd dt h1 h2 h3 h4 h5 h6 tr td th figcaption caption")
_BOXES = word_set("div section article li td blockquote")
_LEAST_PARAGRAPH = 25
_LEAST_ARTICLE = 150
_LONGEST_CAPTION = 600


def find_body(page: Outline, title: int, chosen: list[etree._Element]) -> tuple[list[int], etree._Element | None]:
    """The numbers of the blocks of the article's body and the element that holds them.

    ``title`` is the number of the title's block, or -1; ``chosen`` is what a site rule named, and wins where
    it holds any text. An empty list where no element holds a paragraph.
    """
    for element in chosen:
        numbers = page.free(element)
        if sum(page.blocks[n].unlinked for n in numbers) >= _LEAST_PARAGRAPH:
            parts = [e for e in chosen if e is not element and not _related(e, element)]
            numbers += [n for part in parts for n in page.free(part)]
            return sorted(set(numbers)), element
    for strict in (True, False):
        best = _best(page, title, strict=strict)
        if best is None:
            continue
        numbers = _with_siblings(page, best)
        if strict and sum(_weight(page.blocks[n]) for n in numbers) < _LEAST_ARTICLE:
            continue
        return numbers, best
    return [], None


def _related(one: etree._Element, other: etree._Element) -> bool:
    return one in other.iterancestors() or other in one.iterancestors()


def _weight(block: Block) -> float:
    """How much a block speaks for its surroundings being the article: its unlinked length, if it is prose."""
    if len(block.text) < _LEAST_PARAGRAPH or block.mostly(Mark.LINK, 0.5) or FURNITURE.match(block.text):
        return 0.0
    if len(block.text) <= _LONGEST_CAPTION and (block.mostly(Mark.CAPTION) or block.mostly(Mark.TIME)):
        return 0.0
    return float(min(block.unlinked, 1500))


def _best(page: Outline, title: int, *, strict: bool) -> etree._Element | None:
    scores: dict[etree._Element, float] = defaultdict(float)
    for number, block in enumerate(page.blocks):
        weight = _weight(block)
        if not weight or number == title:
            continue
        if block.clutter:
            weight *= 0.0 if strict else 0.2
        if number < title or _under_link(page, number):
            weight *= 0.3
        around = block.around
        if block.element.tag not in _PARAGRAPHS or not around:
            # A box with a single run of text is as much a paragraph as a <p>: some editors write nothing else.
            leaf = page.inside(block.element) == range(number, number + 1)
            around = around if leaf and around else (block.element, *around)
            scores[block.element] += weight * 0.8 if leaf else 0.0
        for level, element in zip(_LEVELS, around, strict=False):
            scores[element] += weight * level
    if not scores:
        return None
    return max(scores, key=lambda element: scores[element] * body_weight(element.tag, hint(element)))


def _under_link(page: Outline, number: int) -> bool:
    """Whether a block stands in one box with a linked line right above it: the lead of another article."""
    block, above = page.blocks[number], page.blocks[max(number - 1, 0)]
    return above is not block and above.mostly(Mark.LINK, 0.85) and bool(set(block.around[:1]) & set(above.around[:2]))


def _with_siblings(page: Outline, best: etree._Element) -> list[int]:
    """The blocks of an element, and of its like-named neighbours where the text goes on in them."""
    parts = [best]
    names = hint(best)
    parent = best.getparent()
    if parent is not None and best.tag not in ("body", "html"):
        for sibling in parent:
            same = sibling is not best and sibling.tag == best.tag and hint(sibling) == names
            if same and sibling in page.spans and _prose(page, sibling):
                parts.append(sibling)
    return sorted({n for part in parts for n in page.free(part)})


def _prose(page: Outline, element: etree._Element) -> bool:
    """Whether an element holds sentences that are not links: the next part of the text, not a box of teasers."""
    blocks = [page.blocks[n] for n in page.free(element)]
    length = sum(len(block.text) for block in blocks)
    unlinked = sum(block.unlinked for block in blocks)
    return unlinked >= 80 and unlinked >= 0.9 * length and any(_weight(block) >= 60 for block in blocks)


def keep_text(page: Outline, numbers: list[int], title: str, holder: etree._Element | None = None) -> list[int]:
    """The blocks that are the article's own words; ``holder`` is the element that holds the article."""
    kept: list[int] = []
    headline = fold(title)
    skipping = False
    box: etree._Element | None = None
    for number in numbers:
        block = page.blocks[number]
        if block.element.tag in ("h1", "h2", "h3") and not kept and fold(block.text) == headline:
            continue
        if LABEL.match(block.text) and _is_label(page, number, block):
            skipping = bool(kept)
            continue
        if skipping and not _goes_on(block, page.blocks[kept[-1]]):
            continue
        skipping = False
        if _is_link(block):
            box = _box(block, holder)
        elif not (_in_box(block, box) or _is_caption(block) or _is_side(block) or _is_furniture(block)):
            kept.append(number)
    return kept


def _box(block: Block, holder: etree._Element | None) -> etree._Element | None:
    """The box of another article's teaser that a linked title opens, where the title stands in one."""
    around = (block.element, *block.around[:2])
    box = next((up for up in around if up.tag in _BOXES), None)
    if box is None or box is holder or holder is None or holder not in box.iterancestors():
        return None
    length = sum(len(text.strip()) for text in islice(box.itertext(), 60))
    return box if length <= 4 * len(block.text) + 400 else None


def _in_box(block: Block, box: etree._Element | None) -> bool:
    """The lead of the teased article, in the same box as its title."""
    return box is not None and len(block.text) <= 400 and box in (block.element, *block.around)


def _is_label(page: Outline, number: int, block: Block) -> bool:
    """A label such as "Tin liên quan": a heading, or bold, or before a link; in plain prose it is prose."""
    if block.element.tag != "p" or block.mostly(Mark.STRONG) or block.mostly(Mark.LINK):
        return True
    after = page.blocks[number + 1] if number + 1 < len(page.blocks) else None
    return after is not None and after.mostly(Mark.LINK, 0.6)


def _goes_on(block: Block, last: Block) -> bool:
    """Whether the article goes on below a label: with prose that stands where its last paragraph stands."""
    return block.unlinked >= 60 and block.unlinked >= 0.7 * len(block.text) and block.around[:1] == last.around[:1]


def _is_caption(block: Block) -> bool:
    """A caption says so by its markup, or stands by a picture and reads or looks like one."""
    if block.mostly(Mark.CAPTION) and len(block.text) <= _LONGEST_CAPTION:
        return True
    if not block.image or len(block.text) > 400 or block.element.tag in HEADINGS:
        return False
    if PHOTO.search(block.text[-90:]) or PHOTO.match(block.text):
        return True
    if len(block.text) <= 250 and (block.align == "center" or block.mostly(Mark.EMPHASIS)):
        return True
    return block.element.tag == "p" and "image" in hint(block.element).lower()


def _is_link(block: Block) -> bool:
    """A whole paragraph or item that is one link leads away from the article."""
    if not block.mostly(Mark.LINK, 0.85):
        return bool(READ_ON.match(block.text)) and block.mostly(Mark.LINK, 0.5)
    return len(block.text) >= 25 or bool(READ_ON.match(block.text)) or block.element.tag in ("div", "li")


def _is_side(block: Block) -> bool:
    """A byline, a time or a source line that stands between the paragraphs."""
    short = len(block.text) <= 120
    return short and any(block.mostly(mark) for mark in (Mark.BYLINE, Mark.TIME, Mark.SOURCE))


def _is_furniture(block: Block) -> bool:
    if len(block.text) > 250:
        return False
    plain = block.element.tag == "p" and not block.align and not block.mostly(Mark.STRONG)
    return bool(FURNITURE.match(block.text)) or (not plain and bool(TELEPHONE.match(block.text)))
