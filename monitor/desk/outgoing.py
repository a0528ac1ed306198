"""The outbox at the desk: what waits, what failed and why; a person tries again, or lets it be.

What tells of a case that he may not see is shown to nobody by its words: neither the subject nor the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from monitor.config.deliver import load_deliver
from monitor.desk import edition_rights as rights
from monitor.desk.edition_sending import why_not
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.delivery import Message, MessageKind, MessageState
from monitor.model.edition import Edition, EditionAct
from monitor.model.event import Happening
from monitor.store import articles, cases, outbox
from monitor.text import clean

S = MessageState
_AGAIN = (S.FAILED, S.DROPPED)
_DROPS = (S.QUEUED, S.MAYBE_SENT, S.FAILED)
_CASE = re.compile(r"VV\d{4}-\d+")
_BEGUN = 60
"""So much of a title stands in every message about it."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One address of a reader and the message to it, or (``why``, in words) why there is none; both empty: not yet."""

    reader: str
    address: str = ""
    message: Message | None = None
    why: str = ""


def messages(sitting: Sitting, *, done: int = 20) -> list[Message]:
    """What has not gone or failed, then the ``done`` latest that went or were let be; without their texts."""
    rights.entitled(sitting, EditionAct.SEND)
    return _veiled(sitting, outbox.listed(sitting.db, done=done))


def message(sitting: Sitting, ident: str) -> tuple[Message, bool]:
    """One message with its texts, and whether they may be shown to him; where not, they are left out.

    Raises UsageError where there is none, StoreError for damaged texts.
    """
    rights.entitled(sitting, EditionAct.SEND)
    found = outbox.get(sitting.db, ident)
    if _tells(sitting, f"{found.subject}\n{found.text}", _hidden(sitting)):
        return replace(found, subject=label("delivery", "veiled"), text="", html=""), False
    return found, True


def of_edition(sitting: Sitting, edition: Edition) -> list[Line]:
    """Who gets an approved edition and what became of it, reader by reader as configured; then who had it once."""
    rights.entitled(sitting, EditionAct.SEND)
    settings = load_deliver(sitting.home.rules)
    have = {(m.reader, m.address): m for m in outbox.about(sitting.db, MessageKind.EDITION, edition.id)}
    told = []
    for profile in settings.profiles:
        if edition.series not in profile.series:
            continue
        why = why_not(edition, settings, profile)
        reason = label("delivery", why) if why else ""
        gone = [m for (reader, _), m in have.items() if reader == profile.name]
        addresses = profile.addresses if not why else [m.address for m in gone] or [""]
        told += [
            Line(reader=profile.name, address=at, message=have.pop((profile.name, at), None), why=reason)
            for at in addresses
        ]
    return told + [Line(reader=reader, address=at, message=m) for (reader, at), m in have.items()]


def failures(sitting: Sitting) -> int:
    """How many messages did not go; nothing for who has no part in sending."""
    return outbox.failed(sitting.db) if rights.may(sitting.actor, EditionAct.SEND) else 0


def retry(sitting: Sitting, ident: str) -> Message:
    """Tries a message again from now on, and now. Raises RefusedError for one that went, or perhaps went."""
    rights.entitled(sitting, EditionAct.SEND)
    with sitting.db.atomic():
        found = outbox.get(sitting.db, ident)
        if found.state is S.QUEUED:
            after = replace(found, next_try=sitting.now, urgent=True)
        elif can_retry(found):
            after = replace(found, state=S.QUEUED, tries=0, first_try=None, next_try=sitting.now, urgent=True, error="")
        else:
            raise RefusedError("outbox_not_again", message=found.id, state=found.state)
        _keep(sitting, "outbox.retry", after)
    return after


def can_retry(message: Message) -> bool:
    """Whether it can be sent (again) now without a reader getting it twice."""
    return message.state is S.QUEUED or (message.state in _AGAIN and not message.doubtful)


def can_drop(message: Message) -> bool:
    """Whether it can still be let be."""
    return message.state in _DROPS


def drop(sitting: Sitting, ident: str) -> Message:
    """A message that is not tried any more. Raises RefusedError for one that went or is going."""
    rights.entitled(sitting, EditionAct.SEND)
    with sitting.db.atomic():
        found = outbox.get(sitting.db, ident)
        if not can_drop(found):
            raise RefusedError("outbox_not_dropped", message=found.id, state=found.state)
        after = replace(found, state=S.DROPPED, next_try=None)
        _keep(sitting, "outbox.drop", after)
    return after


def _keep(sitting: Sitting, action: str, after: Message) -> None:
    outbox.settle(sitting.db, after)
    sitting.note(Happening(action=action, thing=after.id, after=after.state.value))


def _veiled(sitting: Sitting, found: Iterable[Message]) -> list[Message]:
    hidden = _hidden(sitting)
    return [
        replace(one, subject=label("delivery", "veiled")) if _tells(sitting, one.subject, hidden) else one
        for one in found
    ]


def _hidden(sitting: Sitting) -> list[str]:
    """How the titles of what does not show to him begin; a subject line may hold no more of them."""
    found = articles.by_ids(sitting.db, sorted(rights.hidden(sitting)))
    return [begun for a in found if (begun := clean(a.title)[:_BEGUN])]


def _tells(sitting: Sitting, text: str, hidden: Iterable[str]) -> bool:
    plain = clean(text)
    if any(begun in plain for begun in hidden):
        return True
    named = cases.some(sitting.db, _CASE.findall(text))
    return any(not sitting.sees(case) for case in named.values())
