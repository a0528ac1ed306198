"""Items that people enter: paper, broadcasts, posts. Each becomes an article like all others, with an id of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.source import Medium


class WhyMissed(StrEnum):
    """Why the crawl did not bring the item."""

    NOT_MISSED = "not_missed"
    """It did, or never could: paper and broadcasts have no address."""
    SOURCE_NOT_WATCHED = "source_not_watched"
    SOURCE_FAILED = "source_failed"
    BLOCKED = "blocked"
    NOT_RECOGNISED = "not_recognised"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What is known of an item entered by hand, beside what its article holds.

    ``at`` is when it came out (for broadcasts with the hour), ``programme`` the column or programme, ``page`` and
    ``issue`` those of paper, ``account`` the page, group or person that posted. ``typed_by`` is a person's id,
    ``seen_by`` says in words who saw or heard it. ``files`` are evidence ids. ``passage`` is what was typed where the
    article holds another text (the crawl's, or what was typed first): it is kept beside it.
    """

    article: str
    medium: Medium
    at: datetime
    programme: str = ""
    page: str = ""
    issue: str = ""
    account: str = ""
    seen_by: str = ""
    why_missed: WhyMissed = WhyMissed.NOT_MISSED
    why_note: str = ""
    typed_by: str
    entered: datetime
    files: tuple[str, ...] = ()
    passage: str = ""
