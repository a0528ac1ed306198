"""Vietnamese text at the door: bytes to NFC, and the foldings that search and matching need.

Nothing here knows what a text is about. FTS5 never folds đ, so ``fold`` does it.
"""

from __future__ import annotations

import codecs
import dataclasses
import re
import unicodedata
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from typing import TypeVar

from charset_normalizer import from_bytes

T = TypeVar("T")

# Zero-width and soft-hyphen characters hide inside words; bidirectional controls can make a headline
# read backwards. Neither is text.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\s]*")
_STROKE = str.maketrans({"Đ": "D", "đ": "d", "Ð": "D", "ð": "d"})
_META = re.compile(rb"""<meta[^>]{0,200}?charset=["']?\s*([\w-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding=["']([\w-]{2,40})["']""", re.I)
# Codecs that Python knows by name but no page is written in; some take quadratic time or refuse all.
_NO_CHARSET = frozenset(("idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"))
_HEADER = re.compile(r"charset=[\"']?\s*([\w-]{2,40})", re.I)
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,12}))(?![0-9a-fA-F]);?")
_LONG_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{13,};?")

# hoà -> hòa, uỷ -> ủy, thuý -> thúy, khoẻ -> khỏe: one spelling for matching. After q the u is no vowel.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
# A mark after the tone is the breve or hat of another vowel (hoặc), which is left alone.
_ALPHABET = {letter: 100 + n for n, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONE_ORDER = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Huyền, hỏi, ngã, sắc, nặng, as dictionaries have them; no mark comes first."""
_WORD = re.compile(r"\w+")
_SYLLABLE_END = r"(?![\w\u0300-\u036f])"
_OPEN_TONE = re.compile(rf"(?<![qQ])(?:([oO])([aAeE])([{_TONES}])|([uU])([yY])([{_TONES}])){_SYLLABLE_END}")


def nfc(text: str) -> str:
    """NFC, with Ð (U+00D0) as the Vietnamese Đ where it stands in a word, invisible characters removed."""
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ")


def clean(text: str) -> str:
    """NFC on one line, white space folded (non-breaking spaces too)."""
    return " ".join(nfc(text).split())


def paragraphs(text: str) -> str:
    """NFC with one paragraph a line, no blank lines."""
    return _LINES.sub("\n", _SPACES.sub(" ", nfc(text))).strip()


def decode(raw: bytes, content_type: str = "") -> str:
    """Bytes to NFC text by what the bytes are, not by what the header says.

    Valid UTF-8 is UTF-8, whatever the header claims: no other charset in use produces it by chance; so it is with
    a few characters cut in the middle. Only then are the header, the document's own word and at last a guess
    asked. Never raises.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"<\0", "utf-16-le"),
        (b"\0<", "utf-16-be"),
    ):
        if raw.startswith(mark):
            return nfc(raw.decode(name, "replace"))
    try:
        return nfc(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    broken = raw.decode("utf-8", "replace")
    whole = broken.rstrip("\ufffd")  # the last character may be cut
    bad = whole.count("\ufffd")
    if len(whole) - len(whole.encode("ascii", "ignore")) - bad > 10 * bad:
        return nfc(broken)
    told = [found[1] for found in [_HEADER.search(content_type)] if found]
    told += [found[1].decode("ascii") for found in (_XML.search(raw[:400]), _META.search(raw[:4096])) if found]
    for name in told:
        try:
            if codecs.lookup(name).name not in _NO_CHARSET:
                return nfc(raw.decode(name))
        except (LookupError, UnicodeError):
            continue
    if bad <= max(2, len(broken) // 500):
        return nfc(broken)
    guess = from_bytes(raw[:200_000]).best()
    return nfc(raw.decode(guess.encoding if guess else "utf-8", "replace"))


def without_impossible_references(markup: str) -> str:
    """Markup without numeric references to what is no character (&#55555; &#x110000;): XML parsers fail on them."""

    def kept(found: re.Match[str]) -> str:
        number = int(found[1], 16) if found[1] else int(found[2])
        possible = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0x110000
        return found[0] if possible else ""

    # Longer ones are out of range, and int() is slow with thousands of digits.
    return _REFERENCE.sub(kept, _LONG_REFERENCE.sub("", markup))


def one_tone_spelling(text: str) -> str:
    """The tone mark where the older spelling has it (hòa, ủy, thúy), so that both spellings compare equal.

    Lengths are kept: the result is NFC and as long as its NFC input.
    """

    def move(found: re.Match[str]) -> str:
        first, second, tone = found[1] or found[4], found[2] or found[5], found[3] or found[6]
        return first + tone + second

    return unicodedata.normalize("NFC", _OPEN_TONE.sub(move, unicodedata.normalize("NFD", text)))


def fold(text: str) -> str:
    """Lower case without any accent, đ as d: what someone types who has no Vietnamese keyboard."""
    bare = unicodedata.normalize("NFD", text.translate(_STROKE).lower())
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c)))


def shortened(text: str, most: int) -> str:
    """The text, cut and marked with "…" where it is longer than ``most`` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def in_every_text(value: T, change: Callable[[str], str]) -> T:
    """The same value, ``change`` done to every text in it: within tuples and dataclasses, but no member of an enum."""
    if isinstance(value, str):
        return value if isinstance(value, Enum) else change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(in_every_text(one, change) for one in value)  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {one.name: in_every_text(getattr(value, one.name), change) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value


def quoted(text: str) -> str:
    """The words between quotation marks, which stand there once."""
    said = text.strip()
    return said if said[:1] in ("“", '"') and said[-1:] in ("”", '"') else f"“{said}”"


def inner(text: str) -> str:
    """The words as they stand within “…”: quotation marks of their own become ‘…’."""
    within = text.replace("“", "‘").replace("”", "’")
    return re.sub(r'"([^"]*)"', r"‘\1’", within)


@lru_cache(maxsize=16384)
def vietnamese_order(text: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """A key that sorts names as a Vietnamese dictionary does: syllable by syllable, first by its letters (A Ă Â … D Đ
    … O Ô Ơ … U Ư), then by its tone. Numbers come by their size, before letters; capitals do not matter."""
    return tuple(_syllable(word) for word in _WORD.findall(nfc(text).lower()))


def _syllable(word: str) -> tuple[tuple[int, ...], int]:
    if word.isascii() and word.isdecimal():
        return (0, int(word[:18])), 0
    apart = unicodedata.normalize("NFD", word)
    tone = next((_TONE_ORDER[c] for c in apart if c in _TONE_ORDER), 0)
    bare = unicodedata.normalize("NFC", "".join(c for c in apart if c not in _TONE_ORDER))
    return tuple(_ALPHABET.get(c, ord(c) if c.isascii() and not c.isalpha() else 1000 + ord(c)) for c in bare), tone
