"""How hosts answered in a round: who asked to be left alone until when, and who is not worth asking again now."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor import clock
from monitor.model.fetch import Status
from monitor.store import sources as store
from monitor.store.db import Database

PATIENCE = 3
"""After so many failed answers in a row a host is left alone for the rest of the round."""
_TROUBLE = (Status.UNREACHABLE, Status.TOO_SLOW, Status.SERVER_ERROR, Status.CUT_SHORT, Status.CHALLENGE)
_DEFAULT_WAIT = timedelta(minutes=15)


class Hosts:
    """What one round knows of its hosts; a Retry-After is kept for later rounds as well."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._holds = store.holds(db, clock.now())
        self._failures: dict[str, int] = {}

    def held_until(self, host: str) -> datetime | None:
        """Until when a host asked not to be asked, if that is still to come."""
        until = self._holds.get(host)
        return until if until and until > clock.now() else None

    def failed(self, host: str, times: int) -> bool:
        """Whether a host's last ``times`` answers or more were failures of its own."""
        return self._failures.get(host, 0) >= times

    def answered(self, host: str, status: Status, wait: float | None) -> None:
        """Remembers an answer and its Retry-After in seconds."""
        if wait is not None or status is Status.ASKED_TO_WAIT:
            until = clock.now() + (timedelta(seconds=wait) if wait is not None else _DEFAULT_WAIT)
            self._holds[host] = until
            store.put_hold(self._db, host, until)
        self._failures[host] = self._failures.get(host, 0) + 1 if status in _TROUBLE else 0
