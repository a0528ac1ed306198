"""Who wrote it, as a reader sees it: persons and pen names, never the account that pressed the button."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from monitor.extract.marks import Mark, marks_of
from monitor.extract.outline import Block, Layout, Outline
from monitor.extract.phrases import ACCOUNT, ASIDE, NOBODY, OTHER_CREDIT, ROLE, SIGNED
from monitor.extract.tree import hint
from monitor.text import clean, fold

_AFTER, _BEFORE, _END = 15, 8, 12
_LONGEST_LINE = 160
_SPLIT = re.compile(r"\s*(?:[,;|/&+\n]|\s[-–—]\s|\bvà\b|\band\b)\s*", re.I)
# Links to a page of everything somebody wrote, and the two vocabularies that name authors.
_TAGGED = (
    "//a[@rel='author'] | //*[@itemprop='author'] | //*[@itemprop='author']//*[@itemprop='name']"
    " | //a[contains(@href, '/tac-gia/') or contains(@href, '/author/') or contains(@href, '/tacgia/')]"
)
_NAME = re.compile(r"(?:[^\W\d_][\w’'.-]*)(?:\s+[^\W\d_][\w’'.-]*){0,5}")


def find_authors(layout: Layout, outlets: set[str], chosen: list[etree._Element]) -> tuple[tuple[str, ...], set[int]]:
    """The authors in the page's order, and the numbers of the body's blocks that are their signature.

    ``outlets`` are the outlet's own names, folded; ``chosen`` is what a site rule named.
    """
    page, claims, body = layout.page, layout.claims, layout.body
    shown = _names([page.blocks[n].text for e in chosen for n in page.inside(e)], outlets)
    shown = shown or _names(_bylines(layout), outlets)
    told = _names(claims.people, outlets)
    if shown:
        # "A and one more author" shown to readers, both named for machines.
        names = told if told and {fold(n) for n in shown} < {fold(n) for n in told} else shown
        return tuple(names), _signature(page, body, outlets)[1]
    names, numbers = _signature(page, body, outlets)
    if told or (names and numbers):
        return tuple(told or names), numbers
    signed = _names([text for text in claims.signed if not text.startswith("http")], outlets)
    return tuple(signed or names), numbers


def _bylines(layout: Layout) -> list[str]:
    """The lines named as bylines around the title, at the end of the text and below it."""
    page, body, anchor = layout.page, layout.body, max(layout.title, 0)
    last = body[-1] if body else anchor
    first = body[0] if body else anchor
    places = [
        *range(anchor, min(max(first, anchor) + _AFTER, len(page.blocks))),
        *range(max(anchor - _BEFORE, 0), anchor),
        *range(max(last - 2, 0), min(last + _END, len(page.blocks))),
    ]
    lines = [page.blocks[n] for n in dict.fromkeys(places) if len(page.blocks[n].text) <= _LONGEST_LINE]
    told = [(block, text) for block in lines for text in _named(block)]
    # Boxes about the author are clutter, and so are share buttons named after the author's box.
    found = [text for block, text in told if not block.clutter] or [text for _, text in told]
    if not found:
        tagged = [e for e in page.root.xpath(_TAGGED)[:40] if _near(page, e, set(places))]
        found = [e.get("content") or clean("".join(e.itertext())[:200]) for e in tagged[:6]]
    return [text for text in found if text]


def _named(block: Block) -> list[str]:
    """The parts of a line that its markup names as bylines, the innermost; or the line that says what it is."""
    if block.mostly(Mark.CAPTION):
        return []
    if block.shares.get(Mark.BYLINE):
        inside = [e for e in islice(block.element.iter(), 1, 60) if isinstance(e.tag, str)]
        named = [e for e in inside if Mark.BYLINE in marks_of(e.tag, hint(e))]
        outer = {up for e in named for up in e.iterancestors()}
        texts = [clean("".join(islice(e.itertext(), 60))) for e in named if e not in outer]
        texts = [text for text in texts if text and text in block.text]
        if texts:
            return texts
    if block.mostly(Mark.BYLINE, 0.6) or SIGNED.match(block.text):
        return [block.text]
    return []


def _near(page: Outline, element: etree._Element, places: set[int]) -> bool:
    """Whether an element stands by the title or the end of the text, or shows nothing at all (a meta element)."""
    numbers = page.inside(element)
    return element.tag == "meta" or any(n in places and not page.blocks[n].clutter for n in numbers)


def _signature(page: Outline, body: list[int], outlets: set[str]) -> tuple[list[str], set[int]]:
    """The name below the text. Aligned right or bold it is a signature; plain it may be anything, so it stays."""
    for number in reversed(body[-3:]):
        block = page.blocks[number]
        if len(block.text) > 90 or block.text.rstrip().endswith((".", "!", "?", "…", ":", ";")):
            continue
        names = _names([block.text], outlets)
        if names and all(_looks_like_name(name) for name in names):
            sure = block.align == "right" or block.mostly(Mark.STRONG, 0.55) or block.mostly(Mark.BYLINE)
            return names, {number} if sure else set()
    return [], set()


def _looks_like_name(name: str) -> bool:
    """Two to five capitalised words: what a line without any markup must be to pass for a name."""
    parts = name.split()
    return 2 <= len(parts) <= 5 and all(part[:1].isupper() for part in parts)


def _names(lines: list[str] | tuple[str, ...], outlets: set[str]) -> list[str]:
    found: dict[str, str] = {}
    for line in lines:
        for name in clean_names(line, outlets):
            found.setdefault(fold(name), name)
    return list(found.values())


def clean_names(line: str, outlets: set[str]) -> list[str]:
    """The persons a byline names: credits for photos, agencies, roles, addresses and accounts taken off."""
    text = ROLE.sub("", clean(line))
    text = ASIDE.sub(" ", OTHER_CREDIT.sub("", text))
    for _ in range(2):
        text = ROLE.sub("", text)
    names = [
        re.sub(r"^(?:PV|CTV|BTV|TS|ThS|PGS|GS|LS|BS)\.?\s+(?=\w)", "", part.strip(' .,:-–—*|·»"“”()'))
        for part in _SPLIT.split(text)
    ]
    return [name for name in names if _is_person(name, outlets)]


def _is_person(name: str, outlets: set[str]) -> bool:
    if not 2 <= len(name) <= 45 or not _NAME.fullmatch(name) or NOBODY.match(name) or ACCOUNT.search(name):
        return False
    folded = fold(name)
    if folded in outlets or folded.replace(" ", "") in outlets or folded.removeprefix("bao ") in outlets:
        return False
    # A pen name may be written in any way, a sentence may not: most of its words are capitalised.
    parts = name.split()
    return parts[0][:1].isupper() and sum(part[:1].isupper() for part in parts) * 2 > len(parts)
