"""What the parts of a case's page share: the rules, read once as long as no file changed, and who may do what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monitor.desk.rulebook import Rulebook
from monitor.errors import RefusedError
from monitor.model.action import CaseAction, gate
from monitor.model.case import Case
from monitor.model.people import FEDERATION, Person, Unit
from monitor.store import people

if TYPE_CHECKING:
    from monitor.web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class Hand:
    """By whose hand one may do something: one's own, or (``absent``) in the place of somebody one stands in for."""

    absent: str = ""
    name: str = ""


def rules(v: Visit) -> Rulebook:
    """The office's rules."""
    return Rulebook(v.home)


def hand(v: Visit, check: Callable[[Person], object]) -> Hand | None:
    """Whose hand the act needs: ``check`` raises RefusedError for a person who may not do it."""
    me = v.at.actor
    if _passes(check, me):
        return Hand()
    for ident in v.at.acts_for:
        absent = people.get(v.db, ident)
        if absent is not None and _passes(check, me.acting_for(absent)):
            return Hand(absent=absent.id, name=absent.name)
    return None


def hands(v: Visit, case: Case, actions: Iterable[CaseAction]) -> Mapping[str, Hand]:
    """The actions that are in place on this case and that he may do, by value."""
    found = {one.value: hand(v, lambda who, one=one: gate(case, one, who)) for one in actions}  # type: ignore[misc]
    return {name: one for name, one in found.items() if one is not None}


def _passes(check: Callable[[Person], object], who: Person) -> bool:
    try:
        check(who)
    except RefusedError:
        return False
    return True


def issuers(v: Visit, case: Case) -> tuple[tuple[str, str], ...]:
    """The bodies that may write in this case, by id and name: the federation and the bodies concerned."""
    every = {unit.id: unit for unit in people.units(v.db)}
    wanted = dict.fromkeys((FEDERATION, *case.units, *(r.issuer for r in case.requests)))
    return tuple((one, _name(every, one)) for one in wanted if one in every or one == FEDERATION)


def unit_names(v: Visit) -> Mapping[str, str]:
    """The names of all bodies by id."""
    return {unit.id: unit.name for unit in people.units(v.db)}


def person_names(v: Visit) -> Mapping[str, str]:
    """The names of all persons by id."""
    return {one.id: one.name for one in people.every(v.db)}


def _name(every: Mapping[str, Unit], ident: str) -> str:
    return every[ident].name if ident in every else ident
