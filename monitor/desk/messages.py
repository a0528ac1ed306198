"""Words that leave by other ways than a letter: an assignment to paste into Zalo or a mail, a record of handover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.clock import local
from monitor.desk import bodies_in, composing, draft, wording
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.model.case import Assignment, Case
from monitor.store import people as stored
from monitor.text import inner

LONGEST = 2000
"""Characters a Zalo message may have."""


def assignment(sitting: Sitting, case: Case, asked: Assignment, *, link: str = "") -> str:
    """The assignment as a message of at most 2,000 characters: what, which items, until when, how to answer.

    ``link`` is the one-time answer link, where one was just made. What does not fit is left out from the end of the
    list of items; task, deadline, who asks and the way to answer always stand.
    """
    office = Rulebook(sitting.home).settings.office
    head = label(
        "message", "head", office=office.short, who=bodies_in.named(sitting, asked), id=f"{case.id}/{asked.id}"
    )
    tail = label(
        "message", "tail", due=wording.day_words(asked.due), practice=label("letter", "practice"),
        reply=label("letter", "reply"),
    )  # fmt: skip
    giver = stored.get(sitting.db, asked.by)
    ways = [label("message", "link", link=link)] if link else []
    if giver:
        ways.append(label("message", "from", name=giver.name, office=office.short))
    if office.contact:
        ways.append(label("message", "contact", contact=office.contact))
    tail = "\n".join((tail, *ways))
    room = LONGEST - len(head) - len(tail) - 4
    task = label("message", "task", title=inner(case.title), task=asked.task)
    parts = [task if len(task) <= room else task[: room - 1] + "…"]
    for one in draft.case_works(sitting, case):
        line = label("message", "work", outlet=one.outlet, title=one.title, url=one.url).strip()
        if sum(map(len, parts)) + len(parts) + len(line) + 1 > room:
            break
        parts.append(line)
    return "\n".join((head, *parts, tail))


def handover(
    sitting: Sitting, giver: str, taker: str, done: Iterable[Case], *, at: datetime | None = None
) -> str:  # fmt: skip
    """The record of a handover (biên bản bàn giao): between whom, when (now where not given), which cases."""
    names = {ident: person.name for ident in (giver, taker) if (person := stored.get(sitting.db, ident))}
    lines = [f"- {case.id}: {case.title}" for case in done] or [label("message", "handover_none")]
    head = label(
        "message",
        "handover",
        office=composing.issuer_unit(sitting, "").name,
        giver=names.get(giver, giver),
        taker=names.get(taker, taker),
        at=f"{local(at or sitting.now):%d/%m/%Y}",
    )
    return "\n".join((head, *lines, label("message", "handover_end")))
