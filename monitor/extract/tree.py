"""HTML to a tree, and the words that its class names are made of."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from lxml import etree, html

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_HINTS = ("class", "id", "itemprop", "data-role", "data-field", "type", "rel", "data-slot")
_MOST_HINT = 300
_ALIGNED = re.compile(r"text-align\s*:\s*(center|right)", re.I)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for asking whether one is among them."""
    return frozenset(text.split())


INLINE = word_set(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr o:p output q
    rp rt ruby s samp small span st1:place strike strong sub sup time tt u var wbr"""
)
SILENT = word_set(
    """script style noscript template head svg math iframe object embed audio video canvas map select option textarea
    button input datalist progress dialog"""
)
IMAGES = word_set("img picture video amp-img iframe source")


def parse(page: str) -> etree._Element | None:
    """The tree of a page, or None where there is nothing to read. Never raises.

    Bytes go in because lxml refuses text with an encoding declaration; control characters would end the page.
    ``huge_tree`` reads nesting that old portals never closed (libxml2 stops at 2048 levels).
    """
    raw = _BAD.sub(" ", page).encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(raw, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def hint(element: etree._Element) -> str:
    """Everything that names an element: class, id, itemprop and the like, as one string."""
    get = element.attrib.get
    found = [value for name in _HINTS if (value := get(name))]
    return " ".join(found)[:_MOST_HINT] if found else ""


@lru_cache(maxsize=20_000)
def words(names: str) -> frozenset[str]:
    """The words of class names in lower case: ``boxTin-lienQuan`` gives box, tin, lien, quan and boxtinlienquan.

    Names of utility frameworks (``md:flex``, ``text-[13px]``) describe looks and are left out.
    """
    found: set[str] = set()
    for token in names.split():
        if ":" in token or "[" in token:
            continue
        parts = [part.lower() for part in _WORD.findall(token)]
        found.update(parts)
        found.add("".join(parts))
    return frozenset(found)


def is_picture(element: etree._Element, tag: str) -> bool:
    """Whether an element is there for a picture, so that the words in it are its caption.

    A figure, unless it frames a table or a quotation; a table around a picture with no more than a few words.
    """
    if tag == "figure":
        return element.find(".//table") is None and element.find(".//blockquote") is None
    if tag != "table" or element.find(".//img") is None:
        return False
    return sum(len(text) for text in islice(element.itertext(), 80) if text.strip()) <= 350


def align_of(element: etree._Element) -> str:
    """How a paragraph is aligned, by its own style or its parent's."""
    for near in (element, element.getparent()):
        if near is None:
            break
        get = near.attrib.get
        found = _ALIGNED.search(get("style", ""))
        named = found[1].lower() if found else get("align", "").lower()
        names = get("class", "").lower()
        if named in ("center", "right"):
            return str(named)
        if "text-right" in names or "align-right" in names:
            return "right"
        if "text-center" in names or "align-center" in names:
            return "center"
    return ""
