"""Text on its way into a Word file: harmless for Word and Jinja, parted into paragraphs, ended and quoted as it should.

Whatever comes from a page is data: it is escaped where it is printed and never read as a template.
"""

from __future__ import annotations

import re
from typing import TypeVar

from markupsafe import Markup, escape

from monitor.text import in_every_text, nfc

T = TypeVar("T")

# docxtpl's own sign for "a new paragraph like this one".
_NEW_PARAGRAPH = "\a"
_BREAKS = re.compile("[ \t]*[\r\n\u2028\u2029\v\f\x85]+[\\s]*")
_ENDS = tuple(".?!…")
_CLOSERS = "”\"'’)]»"
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def one_paragraph_each(text: str) -> str:
    """NFC without control characters, paragraphs parted by one line feed, no tabs, no doubled spaces."""
    parts = (" ".join(nfc(part).split()) for part in _BREAKS.split(text))
    return "\n".join(part for part in parts if part)


def tidied(value: T) -> T:
    """The same value with every text in it cleaned: NFC, no control characters, paragraphs parted by line feeds."""
    return in_every_text(value, one_paragraph_each)


def printed(value: object) -> Markup:
    """What a template prints: escaped XML; the program's own markup passes.

    Braces become references too, because docxtpl reads "{_{" even after the template was filled.
    """
    if isinstance(value, Markup):
        return value
    text = value if isinstance(value, str) else "" if value is None else str(value)
    # A draft's blanks are runs of spaces that must stay; the rest was made tidy by ``tidied``.
    safe = str(escape(text)).replace("{", "&#123;").replace("}", "&#125;")
    return Markup(safe.replace("\n", _NEW_PARAGRAPH))


def sentence(text: object) -> str:
    """The text with one full stop at its end."""
    plain = bare(text)
    return plain if not plain or plain.rstrip(_CLOSERS).endswith(_ENDS) else f"{plain}."


def bare(text: object) -> str:
    """The text without the stop, semicolon or comma at its end, so that a sentence can go on."""
    plain = str(text).rstrip()
    if plain.endswith("..."):
        return plain
    return plain.rstrip(".;,: ")


def quoted(text: object) -> str:
    """The text in Vietnamese quotation marks, once, without the stop at its end: the sentence around it has its own."""
    plain = str(text).strip()
    for opening, closing in (("“", "”"), ('"', '"'), ("«", "»")):
        inner = plain[1:-1]
        if len(plain) > 2 and plain[0] == opening and plain[-1] == closing and not set(inner) & {opening, closing}:
            plain = inner
            break
    return f"“{bare(plain)}”"


def upper_first(text: object) -> str:
    """The text with a capital at its beginning."""
    plain = str(text)
    return plain[:1].upper() + plain[1:]


def two(number: int) -> str:
    """1 → 01, as offices write small numbers."""
    return f"{number:02d}"


def letter(number: int) -> str:
    """1, 2, 3, 4, 5 → a, b, c, d, đ …; beyond the alphabet the number itself."""
    return _LETTERS[number - 1] if 0 < number <= len(_LETTERS) else str(number)
