"""How the office watches pages: intervals, days and words, as ``rules/watch.yaml`` has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from monitor.model.watch import CorrectionPart


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a page is looked at again: the steps after each look, the last one for good."""

    case_steps: tuple[timedelta, ...]
    story_steps: tuple[timedelta, ...]
    confirm_after: timedelta
    """Between the first look that shows something doubtful and the one that confirms it."""
    confirm_looks: int
    """How many looks must agree, the first included."""
    retry_after: timedelta
    """After an error for the moment; doubled with each further one, a day at most."""
    near_due: timedelta
    """So long before and after a due date of the case …"""
    near_due_every: timedelta
    """… a page is looked at this often at least."""
    days_after_case: int
    story_days: int
    stories: frozenset[str]
    """Which union stories: "attention", "neg" (tone), or "all"."""
    notices_per_round: int
    """How many items of an outlet's page for corrections are opened in one round."""
    notice_every: timedelta
    notice_days: int
    """Items of the page for corrections published so many days before our article are not its correction."""


@dataclass(frozen=True, kw_only=True)
class PageWords:
    """How pages speak of themselves. Lower case, NFC, one spelling of tone marks."""

    gone: tuple[str, ...]
    busy: tuple[str, ...]
    walled: tuple[str, ...]
    line_starts: tuple[str, ...]
    line_holds: tuple[str, ...]
    selling: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class NoticeWords:
    """How correction notices are headed and worded, and what sounds alike and is none."""

    legal_title: str
    headings: tuple[str, ...]
    not_headings: tuple[str, ...]
    speakers: tuple[str, ...]
    acts: tuple[str, ...]
    asked_by_others: tuple[str, ...]
    false_marks: tuple[str, ...]
    right_marks: tuple[str, ...]
    apology_marks: tuple[str, ...]
    column_marks: tuple[str, ...]
    wanted: tuple[CorrectionPart, ...]


@dataclass(frozen=True, kw_only=True)
class OutletNotices:
    """Where an outlet publishes its corrections: a listing of them, or one page with all of them."""

    outlet: str
    url: str


@dataclass(frozen=True, kw_only=True)
class WatchSettings:
    """The whole of ``rules/watch.yaml``."""

    rhythm: Rhythm
    page: PageWords
    notice: NoticeWords
    outlets: tuple[OutletNotices, ...] = ()
