"""What became of a request, and what a source's state is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """A source's health; the names are part of the contract."""

    OK = "ok"
    UNCHANGED = "unchanged"
    EMPTY = "empty"
    FROZEN = "frozen"
    CHALLENGE = "challenge"
    NOT_A_FEED = "not_a_feed"
    GONE = "gone"
    MOVED = "moved"
    FORBIDDEN = "forbidden"
    REDIRECT_LOOP = "redirect_loop"
    ASKED_TO_WAIT = "asked_to_wait"
    SERVER_ERROR = "server_error"
    UNREACHABLE = "unreachable"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    CUT_SHORT = "cut_short"
    BROKEN = "broken"
    BLOCKED_ADDRESS = "blocked_address"
    PAUSED = "paused"

    @property
    def failed(self) -> bool:
        """Whether a round over this source counts as failed. Frozen and unchanged are no failures."""
        return self not in (Status.OK, Status.UNCHANGED, Status.FROZEN, Status.PAUSED)

    @property
    def grade(self) -> Grade:
        """How long to stay away after it (Media Cloud's three grades)."""
        return _GRADES.get(self, Grade.NONE)


class Grade(StrEnum):
    """How a failure weighs: a hard one will not heal by itself, a soft one may, a temporary one will."""

    NONE = "none"
    TEMPORARY = "temporary"
    SOFT = "soft"
    HARD = "hard"


_GRADES = {
    Status.GONE: Grade.HARD,
    Status.NOT_A_FEED: Grade.HARD,
    Status.FORBIDDEN: Grade.HARD,
    Status.REDIRECT_LOOP: Grade.HARD,
    Status.BLOCKED_ADDRESS: Grade.HARD,
    Status.TOO_LARGE: Grade.HARD,
    Status.CHALLENGE: Grade.SOFT,
    Status.SERVER_ERROR: Grade.SOFT,
    Status.BROKEN: Grade.SOFT,
    Status.CUT_SHORT: Grade.SOFT,
    Status.UNREACHABLE: Grade.SOFT,
    Status.TOO_SLOW: Grade.SOFT,
    Status.ASKED_TO_WAIT: Grade.TEMPORARY,
}


@dataclass(frozen=True, kw_only=True)
class Response:
    """What one request brought, redirects followed. A failure is a value here, never an exception.

    ``status`` is OK when a body came (or 304: ``not_modified``), else the failure; ``detail`` completes the
    sentence for a person (an HTTP code, an address, seconds). ``body`` is the decompressed bytes.
    """

    url: str
    final_url: str
    status: Status
    detail: str = ""
    code: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    not_modified: bool = False
    moved_to: str = ""
    retry_after: float | None = None
    requests: int = 0
    bytes: int = 0

    def header(self, name: str) -> str:
        """The first header of that name, or an empty string."""
        name = name.lower()
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Hours of a source of which items may be missing: after ``start`` and before ``end`` (UTC)."""

    source: str
    start: datetime
    end: datetime
    found: datetime
    closed: bool = False


@dataclass(frozen=True, kw_only=True)
class FetchState:
    """What we remember of a source between two looks."""

    source: str
    status: Status = Status.OK
    reason: str = ""
    etag: str = ""
    modified: str = ""
    digest: str = ""
    entries: int = 0
    newest: datetime | None = None
    checked: datetime | None = None
    next: datetime | None = None
    failures: int = 0
    hold: bool = False


@dataclass(frozen=True, kw_only=True)
class SourceReport:
    """One line of a round: what a look at one source cost and brought."""

    id: str
    outlet: str
    url: str
    status: Status
    reason: str
    entries: int = 0
    new: int = 0
    changed: int = 0
    requests: int = 0
    bytes: int = 0


@dataclass(frozen=True, kw_only=True)
class RoundReport:
    """A whole round: its lines, and what happened to the article pages."""

    sources: tuple[SourceReport, ...]
    pages: int = 0
    pages_failed: int = 0
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    gaps: tuple[Gap, ...] = field(default=())

    @property
    def all_failed(self) -> bool:
        """True when something was looked at (a paused source is not) and none of it could be had."""
        looked = [line for line in self.sources if line.status is not Status.PAUSED]
        return bool(looked) and all(line.status.failed for line in looked)
