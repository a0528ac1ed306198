"""What a case rests on: pages as fetched, pictures of them, scans and recordings; and what could not be had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.event import Head
from monitor.model.fetch import Status


class EvidenceKind(StrEnum):
    """What a piece of evidence is."""

    PAGE = "page"
    """A page as it was fetched, with its headers: a gzipped WARC."""
    TEXT = "text"
    """The words of a page without its menus and advertisements."""
    SCREENSHOT = "screenshot"
    SCAN = "scan"
    RECORDING = "recording"
    DOCUMENT = "document"
    MESSAGE = "message"
    """A picture or text that came by mail or chat."""


class MissingReason(StrEnum):
    """Why something that should be among the evidence is not there."""

    NO_URL = "no_url"
    """An item of paper or radio: a scan or a recording is to be added by hand."""
    PAGE_NOT_HAD = "page_not_had"
    """The page could not be fetched (and, of the kind ``page``, none is stored)."""
    STORED_USED = "stored_used"
    """The page could not be fetched now; what was stored when it was collected stands in for it."""
    NO_TEXT = "no_text"
    """The page has no article's text to be read."""
    NO_BROWSER = "no_browser"
    BROWSER_SLOW = "browser_slow"
    BROWSER_FAILED = "browser_failed"
    ADDRESS_REFUSED = "address_refused"
    PROXY_UNUSABLE = "proxy_unusable"
    """The proxy wants a password, or is of a kind that cannot be handed to a browser."""


@dataclass(frozen=True, kw_only=True)
class Bailiff:
    """A vi bằng about a piece of evidence: the bailiff's office, its number and date. A court may ask for it."""

    office: str
    number: str
    dated: date


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A file kept as evidence; ``sha256`` (hex) and ``size`` (bytes) are of the file as handed in.

    ``id`` is "b" and a number that is never given twice; ``case`` is empty before it belongs to one; ``by`` is a
    person's id; ``article`` the item it shows. A WARC and a hash are a working proof; ``bailiff`` says where there
    is more.
    """

    id: str = ""
    case: str = ""
    kind: EvidenceKind
    name: str
    media_type: str
    sha256: str = ""
    size: int = 0
    taken: datetime
    by: str
    article: str | None = None
    url: str = ""
    note: str = ""
    bailiff: Bailiff | None = None


@dataclass(frozen=True, kw_only=True)
class MissingEvidence:
    """What could not be taken, and why: said, never hidden. ``status`` and ``detail`` tell how a request ended."""

    kind: EvidenceKind
    reason: MissingReason
    article: str | None = None
    url: str = ""
    at: datetime
    status: Status | None = None
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request and its answer, as they go into a WARC.

    ``body`` is decompressed and ``headers`` are as the answer had them; ``stored`` tells that it is the snapshot
    made at ``taken`` and not a fresh request; ``agent`` is the User-Agent sent, where known; ``title`` and ``text``
    are what was read off the page.
    """

    url: str
    final_url: str
    code: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    taken: datetime
    stored: bool = False
    agent: str = ""
    title: str = ""
    text: str = ""


class PackKind(StrEnum):
    """What a file laid into a pack is, beside the evidence."""

    PAPER = "paper"
    LIST = "list"
    """The list of papers (mục lục văn bản)."""
    EVENTS = "events"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class PackFile:
    """A file to be laid into a pack; ``name`` may hold folders ("van-ban/01 Cong van.docx")."""

    name: str
    body: bytes
    kind: PackKind = PackKind.OTHER
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class PackExtra:
    """What a pack holds beside the evidence: files in order, the head of the event log, who made it."""

    files: tuple[PackFile, ...] = ()
    head: Head | None = None
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Packed:
    """A pack that was written: how many files, bytes, and the SHA-256 of its manifest, to be noted elsewhere."""

    files: int
    size: int
    manifest: str
