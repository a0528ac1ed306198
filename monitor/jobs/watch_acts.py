"""What is watched and what people say of the changes found; each within the caller's transaction.

case opened ──▶ watch_case ── due date known ──▶ watch_due ── closed ──▶ unwatch_case
item dropped ──▶ unwatch_articles
clock ──▶ watch_stories                     change found ──▶ accept | dismiss ──▶ corrected (the mark)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from monitor.errors import UsageError
from monitor.model.watch import Change, Corrected, Watched, WatchReason
from monitor.model.watching import WatchSettings
from monitor.store import articles as archive
from monitor.store import watch, watch_changes
from monitor.store.db import Database
from monitor.watch import story_until


def watch_case(db: Database, case_id: str, articles: Iterable[str], now: datetime) -> tuple[Watched, ...]:
    """Watches the pages of a case's articles from now on, as long as it is open; the first look is due at once.

    Returns the case's pages. Articles without an address (print, broadcasts) are left out. A case watched again
    (reopened) is simply open again.
    """
    with db.atomic():
        watch.add(db, articles, reason=WatchReason.OPEN_CASE, case=case_id, now=now, first=now)
    return tuple(watch.of_case(db, case_id))


def unwatch_case(db: Database, case_id: str, now: datetime) -> None:
    """Notes that a case is closed: its pages are looked at for ``days_after_case`` days more."""
    with db.atomic():
        watch.close_case(db, case_id, now)


def unwatch_articles(db: Database, case_id: str, articles: Iterable[str]) -> None:
    """Articles that turned out not to belong to a case: it waits for nothing on their pages any more."""
    with db.atomic():
        watch.drop(db, case_id, articles)


def watch_due(db: Database, case_id: str, due: datetime | None, now: datetime, settings: WatchSettings) -> None:
    """Names the next due date of a case (None: none any more), near which its pages are looked at more often."""
    first = max(now, due - settings.rhythm.near_due) if due else None
    with db.atomic():
        watch.set_due(db, case_id, due, first)


def watch_stories(db: Database, now: datetime, settings: WatchSettings) -> int:
    """Watches union stories that the settings choose for their days after publication; returns how many are new."""
    rhythm = settings.rhythm
    idents = watch.union_articles(db, since=now - timedelta(days=rhythm.story_days), kinds=rhythm.stories)
    known = watch.watched_as(db, idents, WatchReason.UNION_STORY)
    fresh = [ident for ident in idents if ident not in known]
    with db.atomic():
        for article in archive.by_ids(db, fresh):
            until = story_until(article.published, article.found, rhythm)
            watch.add(
                db,
                [article.id],
                reason=WatchReason.UNION_STORY,
                now=now,
                first=now + rhythm.story_steps[0],
                until=until,
            )
    return len(fresh)


def changes_of_case(db: Database, case_id: str) -> tuple[Change, ...]:
    """Everything that happened to a case's pages, oldest first; changes from before the case was opened included."""
    return tuple(watch_changes.of_case(db, case_id))


def accept(db: Database, change_id: int, by: str, now: datetime) -> Change:
    """A person confirms a change. A confirmed correction marks its article as corrected.

    Raises UsageError: there is no such change, or somebody decided on it before.
    """
    with db.atomic():
        change = _decide(db, change_id, accepted=True, by=by, now=now)
        found = change.correction
        if change.kind.corrects and found:
            date = found.published or change.at
            mark = Corrected(article=change.article, date=date, where=found.url, change=change.id, by=by)
            watch_changes.mark_corrected(db, mark, now)
    return change


def dismiss(db: Database, change_id: int, by: str, now: datetime) -> Change:
    """A person says that a change is none, or does not matter. Raises UsageError like ``accept``."""
    with db.atomic():
        return _decide(db, change_id, accepted=False, by=by, now=now)


def corrected(db: Database, articles: Iterable[str]) -> dict[str, Corrected]:
    """Of these articles, those with a confirmed correction: "đã cải chính ngày …, tại …" wherever they are shown."""
    return watch_changes.corrected(db, articles)


def _decide(db: Database, change_id: int, *, accepted: bool, by: str, now: datetime) -> Change:
    change = watch_changes.get(db, change_id)
    if change is None:
        raise UsageError("watch_change_unknown", number=change_id)
    if not watch_changes.decide(db, change_id, accepted=accepted, by=by, now=now):
        raise UsageError("watch_change_decided", number=change_id, by=change.by)
    decided = watch_changes.get(db, change_id)
    return decided if decided else change
