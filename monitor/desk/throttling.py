"""Slowing down who guesses: attempts are counted where they come from, and beyond some one waits; nobody is locked out.

attempt: must one wait? ──▶ "sign_in_wait" | counted ──▶ (the password is looked at) ──▶ forgive, where it was right

An attempt is counted before the password is looked at, so that many at once gain nothing. What has to wait is not
counted, so a wait always ends; and everything is forgotten a day after the last attempt. A wait runs from the last
failure of the place that waits: what others do elsewhere may make it longer, up to ``LONGEST``, but never renews it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from monitor.desk.hashing import digest
from monitor.errors import RefusedError
from monitor.store import access as store
from monitor.store.db import Database

FREE = 5
"""Failures before anybody waits."""
FREE_ADDRESS = 20
"""Logins that may be mistyped at one address before its unknown devices wait: a whole office may stand behind it."""
FREE_LOGIN = 30
"""Failures at one login, from wherever, before every place that failed at it itself waits: guessing from many."""
SHORTEST, LONGEST = 2, 60
"""Seconds one waits after the first failure too many, doubled with each further one, and at most."""


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Where attempts are counted: under ``key``, each on a ``what``; and how many of them are free.

    ``free`` of those on this ``what`` itself; ``free_kinds`` different ones, ``free_all`` in all, where those count.
    """

    key: str
    what: str = ""
    free: int | None = FREE
    free_kinds: int | None = None
    free_all: int | None = None


def key(kind: str, *parts: str) -> str:
    """What attempts are counted under: a hash, for people type passwords where the login belongs."""
    return f"{kind}:{digest(chr(0).join(parts))}"


def attempt(db: Database, counters: Iterable[Counter], now: datetime) -> None:
    """Counts an attempt everywhere; in no transaction of the caller's, which an error would undo.

    Raises RefusedError "sign_in_wait" with the seconds to wait, and then counts nothing.
    """
    with db.atomic():
        store.forget_failures(db, now)
        wait = max(_wait(db, counter, now) for counter in counters)
        if not wait:
            for counter in counters:
                store.count_failure(db, counter.key, now, counter.what)
    if wait:
        raise RefusedError("sign_in_wait", seconds=wait)


def forgive(db: Database, counters: Iterable[Counter]) -> None:
    """It was right: takes back what was counted there, within the caller's transaction."""
    for counter in counters:
        store.forgive(db, counter.key, counter.what)


def _wait(db: Database, counter: Counter, now: datetime) -> int:
    count, kinds, last = store.failures(db, counter.key)
    own, _, own_last = store.failures(db, counter.key, counter.what)
    counted = ((own, counter.free, own_last), (kinds, counter.free_kinds, last), (count, counter.free_all, own_last))
    return max(waits(number, free, since, now) for number, free, since in counted if free is not None)


def waits(failures: int, free: int, last: datetime | None, now: datetime) -> int:
    """Seconds still to wait after so many failures, the last one at ``last``; never more than ``LONGEST``."""
    if last is None or failures < free:
        return 0
    whole = min(LONGEST, SHORTEST << min(failures - free, 10))
    # A clock that was set back must not make anybody wait for longer.
    return max(0, min(whole, ceil((last - now).total_seconds() + whole)))
