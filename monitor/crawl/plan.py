"""When to look again, and where a hole may be: pure decisions with ``now`` as a parameter.

Failures are graded as Media Cloud does: a temporary one is asked again as usual, a soft one backs off gently, a
hard one (which does not heal by itself) quickly; never longer than a day, so that a returning outlet is seen.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model.fetch import FetchState, Gap, Grade, Status

LONGEST = timedelta(days=1)
_FACTOR = {Grade.NONE: 1.0, Grade.TEMPORARY: 1.0, Grade.SOFT: 2.0, Grade.HARD: 4.0}
_PAGE_FIRST = timedelta(minutes=15)
_GIVE_UP = (Status.FORBIDDEN, Status.BLOCKED_ADDRESS, Status.TOO_LARGE, Status.NOT_A_FEED)
_OVERLAP = timedelta(minutes=1)


def next_look(status: Status, failures: int, every: int, now: datetime, wait: float | None = None) -> datetime:
    """When a source is due again after ``failures`` failed looks in a row (this one included).

    ``every`` is minutes, ``wait`` the host's Retry-After in seconds, which is always kept.
    """
    step = timedelta(minutes=every)
    if failures > 0:
        step = min(step * _FACTOR[status.grade] ** min(failures, 12), max(LONGEST, step))
    if wait is not None:
        step = max(step, timedelta(seconds=wait)) if status is not Status.ASKED_TO_WAIT else timedelta(seconds=wait)
    return now + step


def next_page_try(status: Status, tries: int, most: int, now: datetime) -> datetime | None:
    """When an article's page is asked for again, or None when the feed's words must do.

    A page that is forbidden or gone twice will not come; the others back off from 15 minutes to a day.
    """
    if status in _GIVE_UP or tries >= most or (status is Status.GONE and tries >= 2):
        return None
    step: timedelta = _PAGE_FIRST * 2 ** min(tries - 1, 10)
    return now + min(step, LONGEST)


def hole(before: FetchState, oldest: datetime | None, known: bool, now: datetime) -> Gap | None:
    """The hours a source leaped over since the last look, if its oldest item is newer than the newest known one.

    ``known`` tells that some item now shown was known already: then the shown items join what we have.
    """
    if before.newest is None or oldest is None or known or oldest <= before.newest + _OVERLAP:
        return None
    return Gap(source=before.source, start=before.newest, end=oldest, found=now)
