"""Ids for what people type: persons, bodies and evidence. Events hold ids alone, so nothing else may get that far.

And names for ids, where words go into a letter.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.desk import people
from monitor.desk.sitting import Sitting
from monitor.errors import MonitorError, RefusedError
from monitor.model.case import Case
from monitor.store import evidence
from monitor.store import people as stored
from monitor.text import clean


def persons(s: Sitting, said: Iterable[str]) -> tuple[str, ...]:
    """The ids of these persons. Raises RefusedError for one there is not."""
    return tuple(dict.fromkeys(people.person(s.db, one).id for one in said))


def bodies(s: Sitting, said: Iterable[str]) -> tuple[str, ...]:
    """The ids of these bodies. Raises RefusedError for one there is not."""
    return tuple(dict.fromkeys(people.unit(s.db, one).id for one in said))


def held(s: Sitting, case: Case, said: Iterable[str]) -> tuple[str, ...]:
    """Ids of evidence, or of papers that arrived, of this very case. Raises RefusedError for anything else."""
    known = {arrival.id for arrival in case.arrivals}
    for one in said:
        if one not in known and not _of(s, case, one):
            raise RefusedError("evidence_not_here", value=one[:40], case=case.id)
    return tuple(said)


def _of(s: Sitting, case: Case, ident: str) -> bool:
    if not (ident[:1] == "b" and ident[1:].isdigit()):
        return False
    try:
        return evidence.get(s.db, ident).case == case.id
    except MonitorError:
        return False


def called(s: Sitting, said: str) -> str:
    """The name of who was meant by an id, a login or another name: a letter never says "kcn". Other words stay."""
    if found := stored.unit(s.db, clean(said)):
        return found.name
    person = stored.get(s.db, clean(said))
    return person.name if person else said


def doer(s: Sitting, said: str) -> str:
    """The id of the body or person that was meant, so that it waits for them; other words stay."""
    if found := stored.unit(s.db, clean(said)):
        return found.id
    person = stored.get(s.db, clean(said))
    return person.id if person else said
