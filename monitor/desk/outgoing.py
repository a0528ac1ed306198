"""The outbox at the desk: what waits, what failed and why; a person tries again, or lets it be."""

from __future__ import annotations

from dataclasses import replace

from monitor.desk import edition_rights as rights
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.delivery import Message, MessageState
from monitor.model.edition import EditionAct
from monitor.model.event import Happening
from monitor.store import outbox

S = MessageState
_AGAIN = (S.FAILED, S.DROPPED)
_DROPS = (S.QUEUED, S.MAYBE_SENT, S.FAILED)


def messages(sitting: Sitting, *, done: int = 20) -> list[Message]:
    """What has not gone or failed, then the ``done`` latest that went or were let be; without their texts."""
    rights.entitled(sitting, EditionAct.SEND)
    return outbox.listed(sitting.db, done=done)


def retry(sitting: Sitting, ident: str) -> Message:
    """Tries a message again from now on, and now. Raises RefusedError for one that went, or perhaps went."""
    rights.entitled(sitting, EditionAct.SEND)
    with sitting.db.atomic():
        found = outbox.get(sitting.db, ident)
        if found.state is S.QUEUED:
            after = replace(found, next_try=sitting.now, urgent=True)
        elif found.state in _AGAIN and not found.doubtful:
            after = replace(found, state=S.QUEUED, tries=0, first_try=None, next_try=sitting.now, urgent=True, error="")
        else:
            raise RefusedError("outbox_not_again", message=found.id, state=found.state)
        _keep(sitting, "outbox.retry", after)
    return after


def drop(sitting: Sitting, ident: str) -> Message:
    """A message that is not tried any more. Raises RefusedError for one that went or is going."""
    rights.entitled(sitting, EditionAct.SEND)
    with sitting.db.atomic():
        found = outbox.get(sitting.db, ident)
        if found.state not in _DROPS:
            raise RefusedError("outbox_not_dropped", message=found.id, state=found.state)
        after = replace(found, state=S.DROPPED, next_try=None)
        _keep(sitting, "outbox.drop", after)
    return after


def _keep(sitting: Sitting, action: str, after: Message) -> None:
    outbox.settle(sitting.db, after)
    sitting.note(Happening(action=action, thing=after.id, after=after.state.value))
