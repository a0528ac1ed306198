"""What a message is after a try: pure, with ``now`` as a parameter.

1, 5, 15, 60 minutes, then every hour, for two days from the first try; then it has failed, and people see it. A try of
which nobody knows the end is repeated once, marked; whatever becomes of the repeat, there is no third.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from monitor.labels import label
from monitor.model.delivery import Failure, FailureKind, Message, MessageState, Sent

_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
LONGEST = timedelta(days=2)

S = MessageState


def after(message: Message, outcome: Sent | Failure, now: datetime) -> Message:
    """The message, which was being sent, as it is from now on."""
    if isinstance(outcome, Sent):
        return replace(message, state=S.SENT, sent_at=now, next_try=None, error="")
    if outcome.kind is FailureKind.UNKNOWN:
        return interrupted(message, now, outcome.reason)
    wait = _WAITS[min(message.tries, len(_WAITS)) - 1]
    first = message.first_try or now
    gives_up = outcome.kind is FailureKind.PERMANENT or now + wait > first + LONGEST
    # What may have arrived has not failed; it stays what it is, and is let be.
    state = S.MAYBE_SENT if message.doubtful else S.FAILED if gives_up else S.QUEUED
    return replace(message, state=state, next_try=None if gives_up else now + wait, error=outcome.reason)


def interrupted(message: Message, now: datetime, reason: str = "") -> Message:
    """The message of which nobody knows whether it was taken: once more, if this was not the repeat already."""
    return replace(
        message,
        state=S.MAYBE_SENT,
        doubtful=True,
        next_try=None if message.doubtful else now,
        error=reason or label("delivery", "interrupted"),
    )
