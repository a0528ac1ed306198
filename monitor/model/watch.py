"""What is looked at again, what was seen, and what a correction of a press outlet holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.fetch import Status


class ChangeKind(StrEnum):
    """What became of a page. A page that could not be had for now is no change."""

    EDITED = "edited"
    TITLE_CHANGED = "title_changed"
    REMOVED = "removed"
    REDIRECTED_HOME = "redirected_home"
    """The address leads to the front page, a section or another page without the article."""
    RESTORED = "restored"
    CORRECTION_HERE = "correction_here"
    """A correction notice on the watched page itself."""
    CORRECTION_ELSEWHERE = "correction_elsewhere"
    """A correction notice on the outlet's page for corrections that names our work."""

    @property
    def corrects(self) -> bool:
        """Whether the change is a found correction notice."""
        return self in (ChangeKind.CORRECTION_HERE, ChangeKind.CORRECTION_ELSEWHERE)


class WatchReason(StrEnum):
    """Why a page is looked at again."""

    OPEN_CASE = "open_case"
    UNION_STORY = "union_story"


class PageState(StrEnum):
    """Where an article stands as far as two looks agree; what failed for the moment changes nothing of it."""

    UNSEEN = "unseen"
    PRESENT = "present"
    REMOVED = "removed"
    REDIRECTED_HOME = "redirected_home"

    @property
    def away(self) -> bool:
        """Whether readers no longer find the article at its address."""
        return self in (PageState.REMOVED, PageState.REDIRECTED_HOME)


class LookOutcome(StrEnum):
    """What one look showed."""

    PRESENT = "present"
    REMOVED = "removed"
    REDIRECTED_HOME = "redirected_home"
    UNKNOWN = "unknown"
    """Nothing can be said: an error for the moment, a wall, a test for robots, a refusal."""


class CorrectionPart(StrEnum):
    """What the law wants a correction to hold (Law 2016 Art. 42.3–4; Decree 237/2026 Art. 19.1–2)."""

    TITLE = "title"
    WORK = "work"
    COLUMN_OR_ISSUE = "column_or_issue"
    DATE = "date"
    FALSE_CONTENT = "false_content"
    RIGHT_CONTENT = "right_content"
    APOLOGY = "apology"
    PLACE = "place"
    """The section of its own on the front page, page two, the same slot: no page tells that of itself."""
    FORM = "form"
    """The same typeface and size: a page's text does not tell."""

    @property
    def checkable(self) -> bool:
        """Whether the words of a page can show it. Place and form a person must look at."""
        return self not in (CorrectionPart.PLACE, CorrectionPart.FORM)


@dataclass(frozen=True, kw_only=True)
class CorrectionFound:
    """A correction notice as found, checked part by part; a proposal to the case, never its decision.

    ``work_named`` and ``date_named`` are the words of the notice that name our work and its day, ``false_content``,
    ``right_content`` and ``apology`` its sentences; each is empty where it is missing. ``where`` says on which kind
    of page it stands (for people). ``missing`` are the wanted parts that the words do not show, ``unchecked`` those
    that no words can show.
    """

    title: str
    url: str
    work_named: str = ""
    date_named: str = ""
    column_named: str = ""
    false_content: str = ""
    right_content: str = ""
    apology: str = ""
    where: str = ""
    text: str = ""
    published: datetime | None = None
    missing: tuple[CorrectionPart, ...] = ()
    unchecked: tuple[CorrectionPart, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One difference of two texts: a sentence gone (``after`` empty), come (``before`` empty) or changed.

    ``slot`` is the key of the sentence it stands behind, ``inner`` that it stands in a paragraph of which other
    sentences stayed, ``ratio`` how much of a changed sentence stayed (0 … 1), ``sold`` how many marks of an
    advertisement its paragraph has. ``steady`` tells that earlier looks saw the old text stand, ``looks`` how many
    saw the difference, ``first`` when the first did.
    """

    before: str = ""
    after: str = ""
    slot: str = ""
    inner: bool = False
    ratio: float = 0.0
    sold: int = 0
    steady: bool = False
    looks: int = 1
    first: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What was seen and is not told yet: differences, and a page that seems to be away since ``since``.

    ``compared`` counts the looks at the text since the snapshot that it is compared with. ``flaps`` counts how often
    a sentence or the place behind one came and went: what flaps must stay longer before it is believed. ``ignored``
    are keys of paragraphs that proved to be passing (advertisements without a mark).
    """

    units: tuple[Unit, ...] = ()
    compared: int = 0
    away: PageState | None = None
    since: datetime | None = None
    looks: int = 0
    flaps: tuple[tuple[str, int], ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Watched:
    """A page looked at again, with one of the reasons for it (the strongest where none was asked for).

    ``id`` is the page's: one article is looked at once, whoever waits for it. ``until`` None: as long as the case is
    open, and some days after ``closed``. ``due`` is a day of a case near which looks are denser. ``status`` and
    ``detail`` are the last answer (robots.txt forbids it, the host is down), ``state`` what is known of the article.
    ``base`` is the SHA-256 of the snapshot that the next look is compared with, ``digest`` what that page said.
    """

    id: int
    article: str
    url: str
    outlet: str
    reason: WatchReason
    since: datetime
    case: str = ""
    until: datetime | None = None
    closed: datetime | None = None
    due: datetime | None = None
    next: datetime | None = None
    looks: int = 0
    looked: datetime | None = None
    step: int = 0
    failures: int = 0
    state: PageState = PageState.UNSEEN
    status: Status | None = None
    detail: str = ""
    base: str = ""
    digest: str = ""
    pending: Pending = Pending()


@dataclass(frozen=True, kw_only=True)
class LookRow:
    """One look as stored: what was answered, and what of it was seen. ``sha256`` is that of the bytes, if any came."""

    watched: int
    at: datetime
    status: Status
    outcome: LookOutcome
    code: int = 0
    detail: str = ""
    final_url: str = ""
    sha256: str = ""
    digest: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that happened to a page, told once.

    ``at`` is when it was first seen, ``told`` when it was sure; ``before`` and ``after`` are the words concerned (for
    a page that is away, ``after`` is what stands there), ``before_sha`` and ``after_sha`` the snapshots. ``diff`` is
    for people. ``mark`` tells one correction notice from another. ``by`` and ``decided`` say who confirmed
    (``accepted`` True) or dismissed it (False).
    """

    kind: ChangeKind
    at: datetime
    told: datetime
    id: int = 0
    watched: int = 0
    article: str = ""
    url: str = ""
    before: str = ""
    after: str = ""
    before_sha: str = ""
    after_sha: str = ""
    diff: str = ""
    mark: str = ""
    correction: CorrectionFound | None = None
    accepted: bool | None = None
    by: str = ""
    decided: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """That an article was corrected by its outlet, as a person confirmed: the mark wherever it is shown.

    ``change`` is what the watch found; None where a person recorded what he read in print or heard.
    """

    article: str
    date: datetime
    where: str
    change: int | None
    by: str


@dataclass(frozen=True, kw_only=True)
class WatchLine:
    """One page of a round: what was answered, the sentence for a person, and the changes told now."""

    watched: int
    article: str
    url: str
    status: Status
    outcome: LookOutcome
    reason: str
    changes: tuple[Change, ...] = ()
    next: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class WatchReport:
    """A round over the watched pages. ``waiting`` were due and left for the next round (a host in trouble, a stop)."""

    lines: tuple[WatchLine, ...] = ()
    waiting: int = 0
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def changes(self) -> tuple[Change, ...]:
        """Everything that was told in this round."""
        return tuple(change for line in self.lines for change in line.changes)
