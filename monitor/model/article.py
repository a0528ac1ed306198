"""What a source announces, what a page holds, and what we keep of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.tag import Tagging
from monitor.model.watch import Corrected


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One item as a feed, listing or sitemap announces it; text is plain, NFC. ``title`` may be empty.

    ``guessed`` tells that ``published`` was read off the layout of a listing: the page itself knows better.
    """

    url: str
    title: str = ""
    summary: str = ""
    published: datetime | None = None
    guessed: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Page:
    """An article's page as it was fetched: ``html`` is decoded, NFC; ``url`` the address it came from."""

    url: str
    html: str
    fetched: datetime


@dataclass(frozen=True, kw_only=True)
class Extracted:
    """What a reader sees on a page: no menus, captions, credit lines, related links or site accounts.

    ``lead`` is the sapo, ``text`` the body with one paragraph a line and without the lead; both plain NFC.
    ``canonical`` is the page's own word on its address, where it gives one.
    """

    url: str
    canonical: str | None = None
    title: str = ""
    lead: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None


class Completeness(StrEnum):
    """How much of an article we have."""

    FEED = "feed"
    """Only what the feed or listing said: the page has not been had yet and is tried again."""
    PAGE = "page"
    """The page was read."""
    GIVEN_UP = "given_up"
    """The page could not be had within the allowed tries; the feed's words are kept."""
    IMPORTED = "imported"
    """Handed in by ``monitor import``: what the file held is all there is."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """An item as stored. ``text`` is empty for irrelevant pages, of which only URL, title, time and hash stay.

    ``corrected`` tells that its outlet corrected it, as a person confirmed; it is said wherever the item is shown.
    """

    id: str
    url: str | None
    outlet: str
    title: str
    lead: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    modified: datetime | None = None
    found: datetime
    fetched: datetime | None = None
    completeness: Completeness = Completeness.FEED
    tagging: Tagging | None = None
    story: str | None = None
    corrected: Corrected | None = None


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """The evidence of a relevant page: the bytes as fetched, their SHA-256, time and headers."""

    url: str
    fetched: datetime
    sha256: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
