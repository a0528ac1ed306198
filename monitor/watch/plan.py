"""When a page is looked at next: pure, in widening steps, denser after a change and near a due date."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model.watch import WatchReason
from monitor.model.watching import Rhythm

_LONGEST_WAIT = timedelta(days=1)


def steps_of(reason: WatchReason, rhythm: Rhythm) -> tuple[timedelta, ...]:
    """The widening steps of a reason."""
    return rhythm.case_steps if reason is WatchReason.OPEN_CASE else rhythm.story_steps


def next_look(
    *, reason: WatchReason, step: int, now: datetime, rhythm: Rhythm, waiting: bool = False, due: datetime | None = None
) -> datetime:
    """When to look again after a look that had an answer.

    ``step`` is how many looks there were since the start or the last change (0 after the first), ``waiting`` that
    something doubtful must be confirmed, ``due`` the due date of a case.
    """
    if waiting:
        return now + rhythm.confirm_after
    steps = steps_of(reason, rhythm)
    wait = steps[min(max(step, 0), len(steps) - 1)]
    if due is None:
        return now + wait
    first, last = due - rhythm.near_due, due + rhythm.near_due
    if first <= now <= last:
        return now + min(wait, rhythm.near_due_every)
    if now < first < now + wait:
        return max(first, now + rhythm.near_due_every)  # not past the day by a wide step
    return now + wait


def after_failure(*, failures: int, now: datetime, rhythm: Rhythm, wait: float | None = None) -> datetime:
    """When to ask again after the ``failures``-th failure in a row; ``wait`` is the host's Retry-After in seconds."""
    doubled: int = 2 ** min(max(failures - 1, 0), 12)
    pause = min(rhythm.retry_after * doubled, _LONGEST_WAIT)
    if wait is not None:
        pause = max(pause, timedelta(seconds=wait))
    return now + pause


def story_until(published: datetime | None, found: datetime, rhythm: Rhythm) -> datetime:
    """Until when the page of a union story is looked at."""
    return (published or found) + timedelta(days=rhythm.story_days)
