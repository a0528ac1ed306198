"""Slowing down who guesses: attempts are counted where they come from, and beyond some one waits; nobody is locked out.

attempt: must one wait? ──▶ "sign_in_wait" | counted ──▶ (the password is looked at) ──▶ forgive, where it was right

An attempt is counted before the password is looked at, so that many at once gain nothing. What has to wait is not
counted, so a wait always ends; and everything is forgotten a day after the last attempt.
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
SHORTEST, LONGEST = 2, 60
"""Seconds one waits after the first failure too many, doubled with each further one, and at most."""


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Where attempts are counted, and how many are free; with ``what`` only attempts on different ones count."""

    key: str
    free: int = FREE
    what: str = ""


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
    return waits(kinds if counter.what else count, counter.free, last, now)


def waits(failures: int, free: int, last: datetime | None, now: datetime) -> int:
    """Seconds still to wait after so many failures, the last one at ``last``; never more than ``LONGEST``."""
    if last is None or failures < free:
        return 0
    whole = min(LONGEST, SHORTEST << min(failures - free, 10))
    # A clock that was set back must not make anybody wait for longer.
    return max(0, min(whole, ceil((last - now).total_seconds() + whole)))
