"""Who has a case or a story open, so that two people do not do one thing twice. Nothing of it is kept for a day.

A case the person may not see is as unknown as one that is not there: to say that he looks at it is refused alike.
So is an item, or a story of such items, that he may not know of.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.desk.article_seen import hidden
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.store import finding, inbox
from monitor.store import people as persons
from monitor.store import presence as store

__all__ = ["look", "others"]

NEAR = timedelta(minutes=3)
"""Who was there so long ago is there now."""
_KEPT = timedelta(hours=1)
_AGAIN = timedelta(seconds=20)
"""A page that is loaded again within that time says nothing new, and a read shall not cost a write."""


def look(sitting: Sitting, thing: str, now: datetime) -> None:
    """Notes that the person has the case or story open. Raises UsageError for one there is not, or not for him.

    Where another program is writing at that moment it is left out: a page does not wait for it.
    """
    thing = _known(sitting, thing)
    seen = store.of(sitting.db, thing).get(sitting.actor.id)
    if seen and now - seen.seen < _AGAIN:
        return
    since = seen.since if seen and now - seen.seen <= NEAR else now
    store.put(sitting.db, thing, sitting.actor.id, since=since, now=now, before=now - _KEPT)


def others(sitting: Sitting, thing: str, now: datetime | None = None) -> tuple[tuple[str, str, datetime], ...]:
    """(person id, name, since when) of the others who have it open, the first first. Raises UsageError as ``look``."""
    thing = _known(sitting, thing)
    at = now or sitting.now
    near = [
        (one.since, ident)
        for ident, one in store.of(sitting.db, thing).items()
        if ident != sitting.actor.id and at - one.seen <= NEAR
    ]
    named = [(since, persons.get(sitting.db, ident)) for since, ident in sorted(near)]
    return tuple((person.id, person.name, since) for since, person in named if person)


def _known(sitting: Sitting, thing: str) -> str:
    """The id under which its rows stand."""
    found = finding.heads(sitting.db, idents=[thing.upper()])
    if found and sitting.sees(found[0].guard):
        return found[0].id
    if found or not _is_there(sitting, thing):
        raise UsageError("case_unknown", value=thing[:40])
    return thing


def _is_there(sitting: Sitting, subject: str) -> bool:
    """Whether there is a story or item of this id of which he may know at least one print."""
    if not finding.subject_exists(sitting.db, subject):
        return False
    prints = [ident for ident, _ in inbox.prints_of(sitting.db, [subject]).get(subject, ())] or [subject]
    return bool(set(prints) - hidden(sitting, prints))
