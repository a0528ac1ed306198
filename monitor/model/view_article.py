"""What the page of an article shows: marked text, tags with their evidence, reprints, versions, what was decided.

Ready to be printed: words for people are Vietnamese already, nothing holds markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.article import Article
from monitor.model.case import CaseStatus, Triaged
from monitor.model.correction import Correction, Field
from monitor.model.evidence import Evidence
from monitor.model.intake import Intake
from monitor.model.source import OutletKind
from monitor.model.story import Action, LinkState
from monitor.model.watch import Corrected


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A piece of text: ``mention`` is the id of the rule that marked it, empty where none did.

    ``what`` says in words why it is marked (several reasons with "; " between them). A line feed is a segment alone.
    """

    text: str
    mention: str = ""
    what: str = ""


def paragraphs(segments: tuple[Segment, ...]) -> tuple[tuple[Segment, ...], ...]:
    """The segments of each line; lines with nothing on them are left out."""
    lines: list[list[Segment]] = [[]]
    for segment in segments:
        if segment.text == "\n":
            lines.append([])
        else:
            lines[-1].append(segment)
    return tuple(tuple(line) for line in lines if line)


@dataclass(frozen=True, kw_only=True)
class TagLine:
    """One answer of the reading: ``value`` as stored ("union", "T06", "Lào Cai"), ``name`` in words.

    ``evidence`` are the words it rests on, ``why`` the reasons of their rules; ``by`` is empty where the machine
    said it, else the name of the person, and ``said`` the line "người sửa: …".
    """

    field: Field
    value: str
    name: str
    evidence: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    by: str = ""
    said: str = ""


@dataclass(frozen=True, kw_only=True)
class CorrectionLine:
    """One word of a person on the reading: what was before it (the machine's word is not kept: empty) and after.

    ``holds`` tells that it is the one in force.
    """

    correction: Correction
    by: str
    before: str
    after: str
    undone_by: str = ""
    holds: bool = False


@dataclass(frozen=True, kw_only=True)
class Print:
    """Another print of the same text, or a text on the same event.

    ``how`` says how alike they are, ``by`` who said so (empty: the machine), ``first`` marks the first publication.
    """

    article: str
    story: str
    title: str
    url: str | None
    outlet: str
    outlet_name: str
    at: datetime
    state: LinkState
    how: str = ""
    by: str = ""
    first: bool = False


@dataclass(frozen=True, kw_only=True)
class StoryAct:
    """What a person said of the story: its number to undo it, who, when, whether it was taken back."""

    id: int
    action: Action
    by: str
    at: datetime
    undone: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Revision:
    """An earlier version: the ``n``-th from 1, in force until ``replaced``."""

    n: int
    replaced: datetime
    title: str
    lead: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RevisionLine:
    """An earlier version in a list: when it was replaced, and which parts the next one changed."""

    n: int
    replaced: datetime
    title: str
    parts: tuple[ArticlePart, ...] = ()


class ArticlePart(StrEnum):
    """A part of an article's words."""

    TITLE = "title"
    LEAD = "lead"
    TEXT = "text"


class DiffKind(StrEnum):
    """What a piece of a comparison is."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Words that stayed, went or came."""

    kind: DiffKind
    text: str


@dataclass(frozen=True, kw_only=True)
class DiffLine:
    """A line (paragraph) of one part in two versions, word by word; ``skipped`` counts unchanged lines left out here.

    Where ``skipped`` is not 0 there are no pieces.
    """

    part: ArticlePart
    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything differs in it."""
        return any(piece.kind is not DiffKind.SAME for piece in self.pieces)


@dataclass(frozen=True, kw_only=True)
class CaseRef:
    """A case the article belongs to and that the person may see."""

    id: str
    title: str
    status: CaseStatus


@dataclass(frozen=True, kw_only=True)
class SnapshotLine:
    """A stored page: when it was fetched, SHA-256 (hex) and size (bytes, uncompressed; 0 where it is not known)."""

    url: str
    fetched: datetime
    sha256: str
    size: int = 0


@dataclass(frozen=True, kw_only=True)
class IntakeLine:
    """What is known of an item entered by hand, who typed it (name), and its files."""

    intake: Intake
    typed_by: str
    files: tuple[Evidence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ArticleView:
    """The page of one article. ``first`` tells that it is its story's first publication (or stands alone)."""

    article: Article
    outlet_name: str
    outlet_kind: OutletKind | None
    title: tuple[Segment, ...]
    lead: tuple[Segment, ...]
    text: tuple[Segment, ...]
    tags: tuple[TagLine, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()
    story: str = ""
    first: bool = True
    reprints: tuple[Print, ...] = ()
    follow_ups: tuple[Print, ...] = ()
    story_acts: tuple[StoryAct, ...] = ()
    revisions: tuple[RevisionLine, ...] = ()
    triaged: Triaged | None = None
    triaged_by: str = ""
    cases: tuple[CaseRef, ...] = ()
    corrected: Corrected | None = None
    intake: IntakeLine | None = None
    snapshots: tuple[SnapshotLine, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    may_correct: bool = False

    @property
    def text_lines(self) -> tuple[tuple[Segment, ...], ...]:
        """The text's paragraphs, each as its segments."""
        return paragraphs(self.text)

    @property
    def mentions(self) -> int:
        """How many pieces are marked."""
        return sum(bool(segment.mention) for segment in (*self.title, *self.lead, *self.text))


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a tag can be corrected to: (value, words) pairs."""

    relevance: tuple[tuple[str, str], ...]
    topics: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    tone: tuple[tuple[str, str], ...]
    attention: tuple[tuple[str, str], ...]
