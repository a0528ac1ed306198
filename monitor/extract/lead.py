"""The lead (sapo) as a reader sees it: the page's own element first, what the head says of it next.

The head's description is often cut, or is the site's own for every page; where the whole sentence stands on
the page, the page wins.
"""

from __future__ import annotations

import re

from lxml import etree

from monitor.extract.marks import Mark
from monitor.extract.outline import HEADINGS, Block, Layout, Outline
from monitor.text import fold

_LONGEST = 3000
_LEAST = 25
_LEAST_NAMED = 5
"""An element named as the lead is one however short; a description must say something."""
_NEAR = 40
"""How many blocks after the title a lead may stand."""
# "(Dân trí) - ", "TTO - ", "BHG - ", "(TG) –": where and for whom it was written; the head leaves it out.
_DATELINE = re.compile(r"^\W{0,2}[\w.\s/@]{2,30}\W{0,2}\s*[-–—:]\s*")
_CUT = re.compile(r"(?:\.{2,}|…)\s*$")


def find_lead(layout: Layout, headline: str, chosen: list[etree._Element]) -> tuple[str, set[int]]:
    """The lead, and the numbers of the body's blocks that are the lead and no longer text.

    ``chosen`` is what a site rule named.
    """
    page, body = layout.page, layout.body
    numbers = [n for element in chosen for n in page.inside(element)] or _own(layout, headline)
    if numbers:
        text = " ".join(page.blocks[n].text for n in numbers)
        return text, set(numbers)
    told = [text for text in layout.claims.descriptions if len(text) >= _LEAST and fold(text) != fold(headline)]
    for description in told:
        if (number := _standing(layout, description)) is not None:
            return page.blocks[number].text, {number}
    if (number := _bold(layout)) is not None:
        return page.blocks[number].text, {number}
    if told and not any(_begins(page.blocks[n].text, told[0]) for n in body[:3]):
        best = max((text for text in told if fold(text)[:40] == fold(told[0])[:40]), key=len)
        return best, set()
    return "", set()


def _own(layout: Layout, headline: str) -> list[int]:
    """The blocks of the page's lead element: after the title, before the body goes on, in no clutter."""
    page, body, start = layout.page, layout.body, max(layout.title, 0)
    end = body[2] if len(body) > 2 else start + _NEAR
    if len(body) > 3 and sum(page.blocks[n].mostly(Mark.LEAD) for n in body) > len(body) / 2:
        # Some system calls all of the text its description.
        return []
    found = [n for n in range(start, min(end, start + _NEAR, len(page.blocks))) if _is_lead(page, n, headline)]
    if not found:
        return []
    told = [fold(text)[:30] for text in layout.claims.descriptions]
    first = next((n for n in found if any(_begins(page.blocks[n].text, text) for text in told)), found[0])
    holder = _holder(page.blocks[first].element)
    return [n for n in found if _holder(page.blocks[n].element) is holder] if holder is not None else [first]


def _holder(element: etree._Element) -> etree._Element | None:
    """What the paragraphs of one lead have in common: the nearest element around that is no paragraph."""
    return element if element.tag not in ("p", "li") else element.getparent()


def _is_lead(page: Outline, number: int, headline: str) -> bool:
    block = page.blocks[number]
    if not block.mostly(Mark.LEAD) or block.mostly(Mark.LINK, 0.5) or block.mostly(Mark.TIME):
        return False
    if block.element.tag == "h1" or fold(block.text) == fold(headline):
        return False
    return _LEAST_NAMED <= len(block.text) <= _LONGEST and not block.clutter


def _standing(layout: Layout, description: str) -> int | None:
    """The block that the head's description quotes, if it stands apart from the text around it.

    Outside the body, or as a heading, or bold, or quoted to its very end. A plain first paragraph of which the
    head only quotes the beginning is text: that page has no lead of its own.
    """
    page, body, start = layout.page, layout.body, max(layout.title, 0)
    end = body[2] if len(body) > 2 else start + _NEAR
    inside = set(body)
    for number in range(start, min(max(end, start + 3), len(page.blocks))):
        block = page.blocks[number]
        if number == layout.title or len(block.text) > _LONGEST or not _begins(block.text, description):
            continue
        if block.clutter and number not in inside:
            continue
        apart = number not in inside or block.element.tag in HEADINGS or block.mostly(Mark.STRONG, 0.7)
        if apart or _whole(block.text, description):
            return number
    return None


def _begins(text: str, description: str) -> bool:
    """Whether a paragraph begins as the description does, a dateline on either side aside."""
    wanted = _letters(_CUT.sub("", description))[:60]
    if len(wanted) < 15:
        return False
    bare = _letters(_DATELINE.sub("", description, count=1))[:60]
    for form in (text, _DATELINE.sub("", text, count=1)):
        letters = _letters(form[:300])
        if letters.startswith(wanted) or (len(bare) >= 15 and letters.startswith(bare)):
            return True
    return False


def _whole(text: str, description: str) -> bool:
    """Whether the description quotes a paragraph to its end."""
    if _CUT.search(description) and not _CUT.search(text):
        return False
    return _letters(text)[-25:] == _letters(description)[-25:]


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", fold(text))


def _bold(layout: Layout) -> int | None:
    """A bold paragraph of some length over plain ones: the lead of papers whose system has no field for it.

    Between title and text, or the first of the text.
    """
    page, body = layout.page, layout.body
    if len(body) < 3 or any(page.blocks[n].mostly(Mark.STRONG, 0.5) for n in body[1:3]):
        return None
    between = range(layout.title + 1, min(body[0], layout.title + _NEAR)) if layout.title >= 0 else range(0)
    return next((n for n in (*between, body[0]) if _long_bold(page.blocks[n]) and not page.blocks[n].clutter), None)


def _long_bold(block: Block) -> bool:
    return 60 <= len(block.text) <= 700 and block.mostly(Mark.STRONG, 0.85)
