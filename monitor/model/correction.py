"""What people say of an article's reading: it wins over the machine until it is taken back, and is never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CORRECTION = "correction"
"""The rule id of evidence that is a person's word; its text is who said it."""


class Field(StrEnum):
    """What of a reading can be corrected."""

    RELEVANCE = "relevance"
    TOPICS = "topics"
    PLACES = "places"
    TONE = "tone"
    ATTENTION = "attention"


@dataclass(frozen=True, kw_only=True)
class Correction:
    """A person's word on one field of one article's reading.

    ``values``: relevance, tone and attention have one (``union``, ``neg``, ``true``), a tone that does not apply
    none; topics are ids with the main one first, places names as written then; both may be empty. ``id`` is 0 before
    it is stored.
    """

    article: str
    field: Field
    values: tuple[str, ...]
    by: str
    at: datetime
    note: str = ""
    id: int = 0
    undone: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """How one question went in the trial of what was learned, counted on examples held out.

    ``question`` is ``relevance``, ``tone``, ``attention`` or ``topic:T06``; of ``corrected`` examples the rules alone
    had ``by_rules`` right and the rules with what was learned ``by_learned``; of ``undisputed`` readings that nobody
    corrected it turned ``lost``. ``why`` is a key of the labels group ``learned``.
    """

    question: str
    corrected: int
    by_rules: int = 0
    by_learned: int = 0
    undisputed: int = 0
    lost: int = 0
    used: bool = False
    why: str = ""
