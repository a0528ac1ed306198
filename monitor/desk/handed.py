"""What anyone may hand in from the web, whatever its medium; and what became of what somebody handed in lately.

a link ──▶ desk.handing_in        paper, radio, television ──▶ desk.intake
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from monitor.desk.article_seen import hidden
from monitor.desk.handing_in import hand_in
from monitor.desk.intake import BROADCAST, POSTED, NewItem, Taken, take_in
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError
from monitor.labels import label
from monitor.model.case import Triaged, TriageState
from monitor.model.source import Medium
from monitor.store import articles, cases, intake, triage

_LATELY = 30
_MOST_TITLE, _MOST_TEXT = 500, 20_000


@dataclass(frozen=True, kw_only=True)
class Found:
    """What somebody saw, as he types it. ``medium`` None: as the link's host tells. ``hour``: ``at`` names an hour.

    ``outlet`` and ``programme`` are for what has no link: the paper or station, the page or broadcast.
    """

    link: str = ""
    medium: Medium | None = None
    title: str = ""
    text: str = ""
    seen_by: str = ""
    at: datetime | None = None
    hour: bool = False
    outlet: str = ""
    programme: str = ""
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What was kept. ``article`` is empty where it is not his to see any more."""

    article: str
    title: str
    known: bool


@dataclass(frozen=True, kw_only=True)
class HandedLine:
    """Something somebody handed in, and how it stands; ``case`` only where he may see it."""

    article: str
    title: str
    medium: Medium
    entered: datetime
    state: TriageState
    case: str = ""


def keep(sitting: Sitting, found: Found) -> Kept:
    """Keeps what he saw. Raises InputError and RefusedError for what is missing or cannot be taken."""
    if found.medium is None or found.medium in POSTED:
        done = hand_in(
            sitting, link=found.link, title=found.title, text=found.text, seen_by=found.seen_by, at=found.at,
            medium=found.medium.value if found.medium else "", files=found.files,
        )  # fmt: skip
    else:
        done = _without_link(sitting, found, found.medium)
    gone = hidden(sitting, [done.article.id])
    return Kept(
        article="" if gone else done.article.id, title=found.title if gone else done.article.title,
        known=done.known and not gone,
    )  # fmt: skip


def _without_link(sitting: Sitting, found: Found, medium: Medium) -> Taken:
    for what, said, most in (("col_title", found.title, _MOST_TITLE), ("col_text", found.text, _MOST_TEXT)):
        if len(said) > most:
            raise InputError("words_long", what=label("intake", what), most=most)
    if found.at is None:
        raise RefusedError("words_missing", what=label("intake", "col_at"))
    aired = medium in BROADCAST
    item = NewItem(
        medium=medium, at=found.at, hour=found.hour, title=found.title, text=found.text, outlet=found.outlet,
        link=found.link, seen_by=found.seen_by or sitting.actor.name, files=found.files,
        programme=found.programme if aired else "", page="" if aired else found.programme,
    )  # fmt: skip
    return take_in(sitting, item)


def lately(sitting: Sitting) -> tuple[HandedLine, ...]:
    """What he handed in lately, the last first, without what he may not know of any more."""
    return tuple(_lines(sitting))


def _lines(sitting: Sitting) -> Iterator[HandedLine]:
    mine = intake.of_person(sitting.db, sitting.actor.id, _LATELY)
    gone = hidden(sitting, [one.article for one in mine])
    whole = {one.id: one for one in articles.by_ids(sitting.db, [one.article for one in mine])}
    subjects = [name for one in whole.values() for name in (one.id, one.story) if name]
    decided = triage.of(sitting.db, subjects)
    for one in mine:
        article = whole.get(one.article)
        if article is None or one.article in gone:
            continue
        # A new print of a story may have been decided on by itself since.
        told = [said for name in (article.story, article.id) if name and (said := decided.get(name))]
        done = _seen(sitting, max(told, key=lambda said: said.at, default=None))
        yield HandedLine(
            article=article.id, title=article.title, medium=one.medium, entered=one.entered,
            state=done.state if done else TriageState.NEW, case=done.case if done else "",
        )  # fmt: skip


def _seen(sitting: Sitting, done: Triaged | None) -> Triaged | None:
    """The decision; one on a case he may not see was never taken for him."""
    if done is None or not done.case:
        return done
    case = cases.get(sitting.db, done.case)
    return done if case and sitting.sees(case) else None
