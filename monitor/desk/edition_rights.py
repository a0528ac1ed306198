"""Who may do what with an edition of the digest, and what of it he sees.

The federation's press officers make it, whoever the office named approves it, its leaders direct; people of units read
what was approved. What belongs only to cases that a person may not see is not there for him, in no form and no count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from monitor.config import load_settings
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError, UsageError
from monitor.model.action import elsewhere
from monitor.model.case import Case, Closing
from monitor.model.edition import Edition, EditionAct, EditionState
from monitor.model.people import FEDERATION, OfficeRole, Person
from monitor.model.settings import Approver
from monitor.report.edition_items import numbered
from monitor.store import cases
from monitor.store import editions as store
from monitor.store.db import Database

A, R = EditionAct, OfficeRole
_EVERYBODY = tuple(R)
_OFFICE = (R.LEADER, R.PRESS, R.CLERK)
ROLES: dict[EditionAct, tuple[OfficeRole, ...]] = {
    A.READ: _EVERYBODY,
    A.READ_DRAFT: _OFFICE,
    A.EDIT: (R.PRESS,),
    A.APPROVE: (R.LEADER, R.PRESS),
    A.DIRECT: (R.LEADER,),
    A.ZALO: _OFFICE,
    A.READERS: _OFFICE,
    A.SEND: _OFFICE,
}


def may(person: Person, act: EditionAct, approver: Approver = Approver.PRESS) -> bool:
    """Whether the person may do this; ``approver`` is the office's choice of who approves."""
    if person.disabled or (act is not A.READ and elsewhere(person, FEDERATION)):
        return False
    return person.has(*roles_of(act, approver))


def roles_of(act: EditionAct, approver: Approver = Approver.PRESS) -> tuple[OfficeRole, ...]:
    """Who may do it."""
    return (R.LEADER,) if act is A.APPROVE and approver is Approver.LEADER else ROLES[act]


def entitled(sitting: Sitting, act: EditionAct) -> None:
    """Raises RefusedError where who sits may not do this."""
    approver = load_settings(sitting.home.rules).digest.approve if act is A.APPROVE else Approver.PRESS
    if not may(sitting.actor, act, approver):
        raise RefusedError("edition_role", act=act, roles=roles_of(act, approver))


def stored(sitting: Sitting, ident: str) -> Edition:
    """The whole edition. Raises UsageError where there is none that he may read."""
    found = store.get(sitting.db, ident.strip().lower())
    if found is None or not readable(sitting, found):
        raise UsageError("edition_unknown", value=ident[:40])
    return found


def readable(sitting: Sitting, edition: Edition) -> bool:
    """Whether he may read it: a draft is the office's own."""
    return may(sitting.actor, A.READ if edition.state is EditionState.APPROVED else A.READ_DRAFT)


def seen(sitting: Sitting, edition: Edition, hidden: frozenset[str] | None = None) -> Edition:
    """The edition as he may see it; who makes none sees no dropped items either."""
    gone = hidden_in(sitting, edition) if hidden is None else hidden
    office = may(sitting.actor, A.READ_DRAFT)
    items = [
        replace(item, also=tuple(one for one in item.also if one.article not in gone))
        for item in edition.items
        if item.article not in gone and (office or not item.dropped)
    ]
    return replace(edition, items=numbered(items))


def hidden_in(sitting: Sitting, edition: Edition) -> frozenset[str]:
    """The articles that do not show to him in this edition. A draft holds nothing of restricted cases for anybody."""
    gone = hidden(sitting)
    return gone if edition.state is EditionState.APPROVED else gone | restricted(sitting.db)


def hidden(sitting: Sitting) -> frozenset[str]:
    """The articles, with all prints of their stories, that belong only to cases he does not see."""
    # Whether a body is accused stands inside the case: only for a unit's own people all of them are read.
    known = cases.every(sitting.db) if sitting.actor.unit else store.restricted(sitting.db)
    return _only(sitting.db, known, lambda case: not sitting.sees(case))


def restricted(db: Database) -> frozenset[str]:
    """The articles, with all prints of their stories, that belong only to restricted cases."""
    return _only(db, store.restricted(db), lambda case: case.restricted)


def _only(db: Database, known: Iterable[Case], hides: Callable[[Case], bool]) -> frozenset[str]:
    hiding = {case.id for case in known if _counts(case) and hides(case)}
    found = store.beside(db, hiding)
    others = cases.by_article(db, sorted(found)) if found else {}
    open_ = {ident for held in others.values() for ident in held if ident not in hiding}
    showing = {ident for ident in open_ if (case := cases.get(db, ident)) and _counts(case)}
    return frozenset(article for article in found if not showing & set(others.get(article, ())))


def _counts(case: Case) -> bool:
    """A case opened by mistake hides nothing and shows nothing."""
    return not (case.end and case.end.closing is Closing.MISTAKEN)
