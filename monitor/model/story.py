"""A story: one text and its reprints; and an event whose follow-ups are stories of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from monitor.model.article import Article
from monitor.model.source import OutletKind


class Relation(StrEnum):
    """What ties items together."""

    REPRINT = "reprint"
    """The same text, whatever was done to its headline, lead or length."""
    FOLLOW_UP = "follow_up"
    """Another text on the same event: weaker, and nothing but a proposal until a person says so."""


class LinkState(StrEnum):
    """Who stands behind a link."""

    PROPOSED = "proposed"
    """The machine's word."""
    CONFIRMED = "confirmed"
    """A person's word."""
    SPLIT = "split"
    """A person said no; the machine never proposes it again."""


class Action(StrEnum):
    """What a person does to stories; each is kept, wins over the machine, and can be undone."""

    CONFIRM = "confirm"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Why two items are held to be one text, or one event.

    ``why`` is the rule (a label of group ``story``), ``with_`` the article it was compared with, ``contained`` the
    share of the shorter text's runs of words that the longer one has (0 … 1), ``shared`` their number, ``words`` the
    names and numbers that tie two texts on one event.
    """

    why: str
    with_: str = ""
    contained: float = 0.0
    shared: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Member:
    """An article in a story: who put it there, when, and why (None for the one that founded the story)."""

    article: Article
    kind: OutletKind | None
    outlet_name: str
    state: LinkState = LinkState.PROPOSED
    by: str = ""
    at: datetime | None = None
    evidence: Likeness | None = None

    @property
    def moment(self) -> datetime:
        """When it came out, or was found where that is not told."""
        return self.article.published or self.article.found


@dataclass(frozen=True, kw_only=True)
class FollowUp:
    """That ``story`` goes on with the event first told in ``of`` (both story ids)."""

    story: str
    of: str
    state: LinkState
    by: str = ""
    at: datetime | None = None
    evidence: Likeness | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """A text with all its prints, the earliest first; ``first`` is the article id of the first publication."""

    id: str
    first: str
    members: tuple[Member, ...]
    follow_ups: tuple[FollowUp, ...] = field(default=())

    @property
    def copies(self) -> int:
        """Reprints by press, portals and the like; the first publication is none."""
        return sum(m.article.id != self.first and m.kind is not OutletKind.AGGREGATOR for m in self.members)

    @property
    def aggregator_copies(self) -> int:
        """Copies on aggregators, counted apart: they tell nothing about how far a text went."""
        return sum(m.article.id != self.first and m.kind is OutletKind.AGGREGATOR for m in self.members)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A person's word on two articles: together or apart, as reprints or as one event."""

    article: str
    other: str
    relation: Relation
    together: bool


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A person's act on a story, kept for good; ``undone`` is when it was taken back."""

    id: int
    action: Action
    story: str
    by: str
    at: datetime
    undone: datetime | None = None
