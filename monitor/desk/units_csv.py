"""Union bodies in and out as a table for Excel; a body may stand above the one it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from monitor.desk import people
from monitor.desk.sheets import Loaded, Row, day_said, load, read, write
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError
from monitor.labels import label, of
from monitor.model.people import OfficeRole, Unit, UnitKind
from monitor.store import people as store
from monitor.text import clean, fold

COLUMNS = (
    *("id", "name", "kind", "parent", "aliases", "superior", "heading", "symbol", "place", "formula", "email"),
    *("phone", "starts", "ends"),
)
_TEXTS = ("parent", "superior", "heading", "symbol", "place", "formula", "email", "phone")


def to_csv(found: Iterable[Unit]) -> bytes:
    """The bodies as a table."""
    return write("units", COLUMNS, (_cells(unit) for unit in found))


def _cells(unit: Unit) -> list[str]:
    texts = {name: getattr(unit, name) for name in _TEXTS}
    cells = texts | {
        "id": unit.id,
        "name": unit.name,
        "kind": unit.kind.value,
        "aliases": "; ".join(unit.aliases),
        "starts": day_said(unit.starts),
        "ends": day_said(unit.ends),
    }
    return [cells[name] for name in COLUMNS]


def take_in(sitting: Sitting, raw: bytes) -> Loaded:
    """Adds or changes the body of every good line. Raises InputError for a file that is no such table.

    Without an id, the body of that name is meant, or a new one.
    """
    if sitting.actor.disabled or OfficeRole.ADMIN not in sitting.actor.roles:
        raise RefusedError("people_role", person=sitting.actor.id)
    sheet = read(raw, "units", COLUMNS, ("name", "kind"))
    with sitting.db.atomic():
        done = load((row.line, partial(_put, sitting, row)) for row in _ordered(sitting, sheet.rows))
    notices = tuple(label("table", "unknown_column", column=name) for name in sheet.unknown)
    return replace(done, bad=tuple(sorted((*sheet.bad, *done.bad))), notices=notices)


def _ordered(sitting: Sitting, rows: tuple[Row, ...]) -> list[Row]:
    """A body after the one it belongs to, where both are in the table."""
    waiting = list(rows)
    made: list[Row] = []
    while waiting:
        named = {row.get(key) for row in waiting for key in ("id", "name") if row.get(key)}
        free = [row for row in waiting if row.get("parent") not in named]
        if not free:  # one above the other in a circle: refused when they are put
            return made + waiting
        made += free
        waiting = [row for row in waiting if row.get("parent") in named]
    return made


def _put(sitting: Sitting, row: Row) -> bool:
    before = _before(sitting, row)
    parent = row.get("parent")
    made = Unit(
        id=before.id if before else row.get("id"),
        name=row.get("name"),
        kind=kind_of(row.get("kind")),
        aliases=tuple(dict.fromkeys(one for one in map(clean, row.cells.get("aliases", "").split(";")) if one)),
        starts=row.day("starts"),
        ends=row.day("ends"),
        **{name: row.get(name) for name in _TEXTS},
    )
    if parent:
        made = replace(made, parent=people.unit(sitting.db, parent).id)
    if made == before:
        return False
    people.put_unit(sitting.db, sitting.actor, made, now=sitting.now)
    return True


def _before(sitting: Sitting, row: Row) -> Unit | None:
    ident, name = row.get("id"), row.get("name")
    same = [one for one in store.units(sitting.db) if (one.id == ident if ident else one.name == name)]
    if len(same) > 1:
        raise RefusedError("unit_which", name=name)
    return same[0] if same else None


def kind_of(said: str) -> UnitKind:
    """A kind of body by its word or its Vietnamese name. Raises InputError for another."""
    wanted = fold(clean(said))
    for kind in UnitKind:
        if wanted in (kind.value, fold(of(kind))):
            return kind
    raise InputError("unit_kind_unknown", value=said[:60], known=", ".join(f"{k.value} ({of(k)})" for k in UnitKind))
