"""What a single setting may be: one function a kind, from the plain value to the typed one.

They know nothing of files and lines: a refusal is a ``Wrong``, and whoever read the value (YAML or OPML) adds
where it stands.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import time
from enum import StrEnum
from typing import TypeVar
from urllib.parse import SplitResult, urljoin, urlsplit

import soupsieve

from monitor.config.provinces import FORMER, known
from monitor.text import clean

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_BLANK = re.compile(r"[\s\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff\\]")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:hg]([0-5]\d)")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_LONGEST_URL = 2000
_LONGEST_TEXT = 300

Member = TypeVar("Member", bound=StrEnum)


class Wrong(Exception):  # noqa: N818 - a refusal on its way to becoming a ConfigError
    """The value cannot be this setting; ``key`` and ``facts`` as in ``MonitorError``, without the place."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


def text(value: object) -> str:
    """Plain text on one line, NFC, not empty."""
    if not isinstance(value, str):
        raise Wrong("config_not_text")
    wanted = clean(value)
    if not wanted:
        raise Wrong("config_empty_text")
    if len(wanted) > _LONGEST_TEXT:
        raise Wrong("config_too_long", most=_LONGEST_TEXT)
    return wanted


def text_or_empty(value: object) -> str:
    """Like ``text``, and empty text is fine."""
    return "" if isinstance(value, str) and not clean(value) else text(value)


def slug(value: object) -> str:
    """An identifier: ASCII letters, digits, dot, hyphen, underscore; it goes into file names and commands."""
    wanted = text(value)
    if not _SLUG.fullmatch(wanted):
        raise Wrong("config_bad_id", value=wanted)
    return wanted


def choice(kind: type[Member]) -> Callable[[object], Member]:
    """A reader of one of the words of ``kind``."""

    def read(value: object) -> Member:
        wanted = text(value)
        try:
            return kind(wanted)
        except ValueError:
            raise Wrong("config_not_choice", value=wanted, allowed=", ".join(kind)) from None

    return read


def number(low: float, high: float) -> Callable[[object], float]:
    """A reader of numbers from ``low`` to ``high``, both allowed."""

    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Wrong("config_not_number")
        if not low <= value <= high:
            raise Wrong("config_out_of_range", value=value, low=f"{low:g}", high=f"{high:g}")
        return float(value)

    return read


def whole(low: int, high: int) -> Callable[[object], int]:
    """A reader of whole numbers from ``low`` to ``high``, both allowed."""

    def read(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Wrong("config_not_whole")
        if not low <= value <= high:
            raise Wrong("config_out_of_range", value=value, low=low, high=high)
        return int(value)

    return read


def host(value: object) -> str:
    """A host name or address, in lower case."""
    wanted = text(value).lower()
    if not _is_host(wanted):
        raise Wrong("config_bad_host", value=wanted)
    return wanted


def url(value: object) -> str:
    """An absolute http(s) URL without a login, as written."""
    if not isinstance(value, str):
        raise Wrong("config_not_text")
    wanted = value.strip()
    if not wanted or len(wanted) > _LONGEST_URL or _BLANK.search(wanted):
        raise Wrong("config_url_characters")
    parts = _split(wanted)
    if parts is None:
        raise Wrong("config_url_host", value=wanted)
    if parts.scheme.lower() not in ("http", "https"):
        raise Wrong("config_url_scheme", value=wanted)
    if "@" in parts.netloc:
        # Not repeated to the person: it may hold a password, and errors end in logs.
        raise Wrong("config_url_login")
    if not parts.hostname or not _is_host(parts.hostname):
        raise Wrong("config_url_host", value=wanted)
    return wanted


def _split(wanted: str) -> SplitResult | None:
    try:
        parts = urlsplit(wanted)
        if parts.port == 0:  # the property itself refuses what is no port
            return None
    except ValueError:
        return None
    return parts


def _is_host(name: str) -> bool:
    if ":" in name:  # IPv6: urlsplit has checked the brackets and their content
        return bool(re.fullmatch(r"[0-9a-f:.]+(?:%[\w.-]+)?", name))
    try:
        ascii_name = name.encode("idna").decode("ascii") if not name.isascii() else name
    except UnicodeError:
        return False
    labels = ascii_name.rstrip(".").lower().split(".")
    return len(ascii_name) <= 253 and all(_LABEL.fullmatch(label) for label in labels)


def url_key(address: str) -> str:
    """What two spellings of one address have in common: host in lower case, no scheme, no fragment."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.lower()}{parts.path or '/'}{query}"


def selector(value: object) -> str:
    """A CSS selector that compiles."""
    wanted = text(value)
    try:
        soupsieve.compile(wanted)
    except (soupsieve.SelectorSyntaxError, ValueError, RecursionError):
        raise Wrong("config_bad_selector", value=wanted) from None
    return wanted


def next_page(value: object) -> str:
    """The pattern of a listing's further pages, absolute or relative, with ``{page}``."""
    wanted = text(value)
    if "{page}" not in wanted or set(wanted.replace("{page}", "")) & set("{}"):
        raise Wrong("config_no_page", value=wanted)
    try:
        url(urljoin("http://listing.invalid/", wanted.replace("{page}", "2")))
    except ValueError:
        raise Wrong("config_url_characters") from None
    return wanted


def province(value: object) -> str:
    """One of the 34 provinces of today, in this project's spelling."""
    wanted = text(value)
    found = known(wanted)
    if found is None:
        raise Wrong("config_unknown_province", value=wanted)
    if found in FORMER:
        raise Wrong("config_former_province", value=wanted, present=FORMER[found])
    return found


def clock(value: object) -> time:
    """A time of day, "06:30"."""
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise Wrong("config_bad_clock")
    return time(int(found[1]), int(found[2]))


def contact(value: object) -> str:
    """An address for the User-Agent header: printable ASCII or nothing."""
    wanted = text_or_empty(value)
    if not _PRINTABLE.fullmatch(wanted) or set(wanted) & set("()<>"):
        raise Wrong("config_bad_contact", value=wanted)
    return wanted
