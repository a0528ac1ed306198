"""What reading finds in a text. Meanings: docs/glossary.md, section "Reading"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Relevance(StrEnum):
    """Whether an item concerns us."""

    UNION = "union"
    LABOUR = "labour"
    FOREIGN = "foreign"
    NONE = "none"

    @property
    def ours(self) -> bool:
        """Whether a Vietnamese press officer has it in the digest."""
        return self in (Relevance.UNION, Relevance.LABOUR)


class Tone(StrEnum):
    """How the item makes the union body look."""

    POS = "pos"
    NEU = "neu"
    NEG = "neg"


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A place in the text where a rule fired.

    ``start`` and ``end`` are offsets in characters into ``TaggedText.joined`` (title, summary and body joined
    by line feeds), ``text`` is exactly that slice, ``rule`` the id of the rule.
    """

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Why a tag was given: the rule, the words it saw, and what it contributed."""

    rule: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class TopicTag:
    """A topic (T01 … T21), the main one first, with its evidence."""

    id: str
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, kw_only=True)
class PlaceTag:
    """A province as named then (``name``) and today (``present``), both without "tỉnh"/"thành phố"."""

    name: str
    present: str
    evidence: tuple[Evidence, ...] = ()


class Role(StrEnum):
    """What a named organisation is to the item."""

    ACTOR = "actor"
    SUBJECT = "subject"
    PASSING = "passing"


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """A union body the item names, once, with its weightiest mention.

    ``name`` is the normal way to write it, ``text`` the words there, ``start`` and ``end`` their offsets as in
    ``Mention``. ``kind`` and ``parent`` are ids of rules/organisations.yaml; ``province`` is the one told, as named
    then, else empty. ``since`` and ``until`` are the days (ISO) between which such bodies exist, empty where open.
    """

    name: str
    kind: str
    role: Role
    start: int
    end: int
    text: str
    parent: str = ""
    province: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class TagInput:
    """The text of an item, in the three parts a reader weighs differently; plain NFC text."""

    title: str = ""
    summary: str = ""
    body: str = ""

    @property
    def joined(self) -> str:
        """The text that mention offsets refer to."""
        return "\n".join((self.title, self.summary, self.body))


@dataclass(frozen=True, kw_only=True)
class Tagging:
    """The whole reading of one item; every decision carries its evidence."""

    relevance: Relevance
    relevance_evidence: tuple[Evidence, ...] = ()
    topics: tuple[TopicTag, ...] = ()
    places: tuple[PlaceTag, ...] = ()
    tone: Tone | None = None
    tone_evidence: tuple[Evidence, ...] = ()
    attention: bool = False
    attention_evidence: tuple[Evidence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    organisations: tuple[Organisation, ...] = ()
