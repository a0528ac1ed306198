"""The bodies as a tree of who reports to whom, and who may see, fill in and decide on a body's report.

    federation ◀── ward, zone, sector that report ◀── body below: reports to the nearest one above that reports itself

A unit's own people and the federation's press officers fill in; the body above and the federation's press officers and
leaders accept or give back. A body that a person may not see is as unknown to him as one that is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from monitor.config import Home
from monitor.config.unit_report import load_unit_report
from monitor.desk import people
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.people import FEDERATION, OfficeRole, Person, Unit
from monitor.model.unit_report import UnitReportRules
from monitor.store import people as store
from monitor.store.db import Database

R = OfficeRole
_OFFICE = (R.LEADER, R.PRESS, R.CLERK)
_FILLS = (R.PRESS, R.LEADER, R.UNIT)
_DECIDES = (R.LEADER, R.PRESS)


class Tree:
    """The bodies by id, and their levels. A level above that is unknown, or that stands below itself, is none."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_id = {unit.id: unit for unit in units}

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for unit in self.by_id.values():
            if unit.id != FEDERATION:
                found[self._parent(unit)].append(unit.id)
        return found

    def _parent(self, unit: Unit) -> str:
        return unit.parent if unit.parent in self.by_id and unit.parent != unit.id else FEDERATION

    def above(self, ident: str) -> tuple[Unit, ...]:
        """The bodies above, the nearest first, the federation last."""
        found: dict[str, Unit] = {}
        at = ident
        while at != FEDERATION and at in self.by_id:
            at = self._parent(self.by_id[at])
            if at in found or at == ident:
                at = FEDERATION
            if at in self.by_id:
                found[at] = self.by_id[at]
        return tuple(found.values())

    def below(self, ident: str) -> tuple[str, ...]:
        """The ids of all bodies below, in no order that matters. Below the federation is everybody."""
        if ident == FEDERATION:
            return tuple(one for one in self.by_id if one != FEDERATION)
        found: dict[str, None] = {}
        waiting = list(self._children[ident]) if ident in self._children else []
        while waiting:
            at = waiting.pop()
            if at not in found and at != ident:
                found[at] = None
                waiting += self._children.get(at, [])
        return tuple(found)


def tree(db: Database) -> Tree:
    """The bodies as they are entered today."""
    return Tree(store.units(db))


def rules_of(sitting: Sitting) -> UnitReportRules:
    """What the office decided of the reports. Raises ConfigError."""
    return load_unit_report(sitting.home.rules)


def reports_to(found: Tree, rules: UnitReportRules, unit: Unit, on: date) -> Unit:
    """The nearest body above that reports itself and existed on that day, else the federation."""
    above = found.above(unit.id)
    return next(one for one in above if one.id == FEDERATION or _reports(rules, one, on)) if above else unit


def _reports(rules: UnitReportRules, unit: Unit, on: date) -> bool:
    return unit.kind.value in rules.kinds and unit.exists(on)


def owes(rules: UnitReportRules, unit: Unit, on: date) -> bool:
    """Whether the body owes a report on a period that ends on that day."""
    return unit.id != FEDERATION and _reports(rules, unit, on)


def grown(sitting: Sitting) -> Tree:
    """The tree with the federation in it."""
    return whole(sitting.home, sitting.db)


def whole(home: Home, db: Database) -> Tree:
    """The tree with the federation in it, also where nobody needed its body before."""
    people.federation(db, home)
    return tree(db)


def sees(person: Person, found: Tree, ident: str) -> bool:
    """Whether he may know of this body's report: his own body's and those below it, the federation's people all."""
    if person.body == FEDERATION:
        return person.has(*_OFFICE)
    return ident == person.body or ident in found.below(person.body)


def body(sitting: Sitting, said: str, found: Tree | None = None) -> Unit:
    """The body of this id, name or alias whose report he may see. Raises RefusedError where there is none."""
    known = found or grown(sitting)
    wanted = known.by_id.get(said) or people.unit(sitting.db, said)
    if not sees(sitting.actor, known, wanted.id):
        raise RefusedError("unit_unknown", unit=said)
    return wanted


def fills(person: Person, unit: str) -> bool:
    """Whether he fills in and hands in this body's report."""
    own = person.body == unit and person.has(*_FILLS)
    return own or (person.body == FEDERATION and person.has(R.PRESS))


def decides(person: Person, unit: str, to: str) -> bool:
    """Whether he accepts this body's report or gives it back, never his own body's; ``to`` is whom it reports to."""
    if person.body == unit:
        return False
    if person.body == FEDERATION:
        return person.has(*_DECIDES)
    return person.body == to and person.has(*_FILLS)
