"""``rules/demands.yaml``: which ground allows which demands of which addressee, read strictly.

Every demand must say why it has its limits, every capacity and every kind of outlet must be settled: what is left out
would otherwise be refused, or let through, in silence.
"""

from __future__ import annotations

from pathlib import Path

from monitor.config import fields
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.asking import Allowance, DemandRules, Limit
from monitor.model.casework import Capacity, Ground
from monitor.model.law import Citation
from monitor.model.request import AddresseeKind, DemandKind
from monitor.model.source import OutletKind
from monitor.text import clean

FILE = "demands.yaml"
_TOP = ("outlets", "capacities", "addressees", "limits")
_ALLOWANCE = ("demand", "grounds", "words", "cites")
_LIMIT = ("words", "cites")


def load_demands(folders: tuple[Path, ...]) -> DemandRules:
    """``demands.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), parse_demands)


def parse_demands(text: str, file: str) -> DemandRules:
    """The same from the file's text."""
    top = Table(file, compose(text, file), _TOP)
    outlets = _must(top, "outlets", tuple(OutletKind))
    capacities = _must(top, "capacities", tuple(Capacity))
    addressees = _must(top, "addressees", tuple(AddresseeKind))
    limits = _must(top, "limits", tuple(DemandKind))
    to_whom = fields.choice(AddresseeKind)
    for capacity in Capacity:
        if not capacities.values(capacity.value, to_whom):
            raise capacities.wrong("config_missing_key", capacity.value)
    return DemandRules(
        outlets=tuple((kind, outlets.take(kind.value, to_whom)) for kind in OutletKind),
        capacities=tuple(
            (one, _once(capacities, one.value, capacities.values(one.value, to_whom))) for one in Capacity
        ),
        allowances=tuple(one for kind in AddresseeKind for one in _allowances(addressees, kind)),
        limits=tuple(_limit(limits, demand) for demand in DemandKind),
    )


def _must(table: Table, key: str, allowed: tuple[str, ...]) -> Table:
    found = table.table(key, allowed)
    if found is None:
        raise table.wrong("config_missing_key", key)
    return found


def _allowances(table: Table, addressee: AddresseeKind) -> list[Allowance]:
    made: list[Allowance] = []
    for one in table.tables(addressee.value, _ALLOWANCE):
        demand = one.take("demand", fields.choice(DemandKind))
        if any(demand is other.demand for other in made):
            raise one.wrong("demands_doubled", "demand", value=demand.value, group=addressee.value)
        grounds = _once(one, "grounds", one.values("grounds", fields.choice(Ground)))
        if not grounds:
            raise one.wrong("config_missing_key", "grounds")
        made.append(
            Allowance(
                addressee=addressee,
                demand=demand,
                grounds=grounds,
                words=one.take("words", _sentence),
                cites=_cites(one),
            )
        )
    if not made:
        raise table.wrong("config_missing_key", addressee.value)
    return made


def _limit(table: Table, demand: DemandKind) -> Limit:
    one = _must(table, demand.value, _LIMIT)
    return Limit(demand=demand, words=one.take("words", _sentence), cites=_cites(one))


def _cites(table: Table) -> Citation | None:
    return table.take("cites", fields.choice(Citation)) if "cites" in table else None


def _once(table: Table, key: str, values: tuple[fields.Member, ...]) -> tuple[fields.Member, ...]:
    for number, value in enumerate(values):
        if value in values[:number]:
            raise table.wrong("demands_doubled", key, value=value.value, group=key)
    return values


def _sentence(value: object) -> str:
    if not isinstance(value, str):
        raise fields.Wrong("config_not_text")
    wanted = clean(value)
    if not wanted:
        raise fields.Wrong("config_empty_text")
    if len(wanted) > 600:
        raise fields.Wrong("config_too_long", most=600)
    return wanted
