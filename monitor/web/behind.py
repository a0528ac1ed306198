"""What a page starts and does not wait for: one after the other, in the background of the desk's process.

Only for work that may be lost with the process and can be asked for again by a person: the evidence of a case that
was just opened (pages fetched, pictures taken), which its page offers to take anew.
"""

from __future__ import annotations

import logging
from functools import cache
from queue import SimpleQueue
from threading import Thread

from monitor.config import Home
from monitor.desk import proof
from monitor.desk.sitting import sitting
from monitor.errors import MonitorError
from monitor.model.case import CaseStatus

log = logging.getLogger("monitor.web")
_Work = tuple[Home, str, str]


def take_evidence(home: Home, case: str, by: str) -> None:
    """Has the evidence of a case taken soon, in the name of who opened it."""
    _waiting().put((home, case, by))


@cache
def _waiting() -> SimpleQueue[_Work]:
    queue: SimpleQueue[_Work] = SimpleQueue()
    Thread(target=_work, args=(queue,), name="evidence", daemon=True).start()
    return queue


def _work(queue: SimpleQueue[_Work]) -> None:
    while True:
        home, case, by = queue.get()
        try:
            with sitting(home, by) as s:
                if s.case(case).status is not CaseStatus.CLOSED:  # undone while it waited
                    proof.take(s, case)
        except (MonitorError, OSError) as error:
            log.warning("evidence of %s was not taken: %s", case, error)
