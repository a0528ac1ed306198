"""Vietnamese text at the door: bytes to NFC, and the foldings that search and matching need.

Nothing here knows what a text is about. FTS5 never folds đ, so ``fold`` does it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

# Zero-width and soft-hyphen characters hide inside words; bidirectional controls can make a headline
# read backwards. Neither is text.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[\s]*")
_STROKE = str.maketrans({"Đ": "D", "đ": "d", "Ð": "D", "ð": "d"})
_META = re.compile(rb"""<meta[^>]{0,200}?charset=["']?\s*([\w-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding=["']([\w-]{2,40})["']""", re.I)
_HEADER = re.compile(r"charset=[\"']?\s*([\w-]{2,40})", re.I)

# hoà -> hòa, uỷ -> ủy, thuý -> thúy, khoẻ -> khỏe: one spelling for matching. After q the u is no vowel.
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_OPEN_TONE = re.compile(rf"(?<![qQ])([oO])([aAeE])([{_TONES}])(?!\w)|(?<![qQ])([uU])([yY])([{_TONES}])(?!\w)")


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

    Valid UTF-8 is UTF-8, whatever the header claims: no other charset in use produces it by chance. Only then
    are the header, the document's own word and at last a guess asked. Never raises.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if raw.startswith(mark):
            return nfc(raw[len(mark) :].decode(name, "replace"))
    try:
        return nfc(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    told = [found[1] for found in [_HEADER.search(content_type)] if found]
    told += [found[1].decode("ascii") for found in (_XML.search(raw[:400]), _META.search(raw[:4096])) if found]
    for name in told:
        try:
            return nfc(raw.decode(name))
        except (LookupError, UnicodeDecodeError):
            continue
    # A page cut in the middle of a character is still UTF-8.
    broken = raw.decode("utf-8", "replace")
    if broken.count("\ufffd") <= max(2, len(broken) // 500):
        return nfc(broken)
    guess = from_bytes(raw[:200_000]).best()
    return nfc(raw.decode(guess.encoding if guess else "utf-8", "replace"))


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
