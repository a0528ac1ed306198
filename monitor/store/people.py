"""Persons, the bodies they belong to, and who stands in for whom. A person is never deleted: the log holds his id."""

from __future__ import annotations

import json
from datetime import date

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.people import OfficeRole, Person, StandIn, Unit, UnitKind
from monitor.text import vietnamese_order


def next_id(db: Database) -> str:
    """The id of the next person."""
    row = db.execute("SELECT max(CAST(substr(id, 2) AS INTEGER)) FROM people").fetchone()
    return f"u{(row[0] or 0) + 1}"


def put(db: Database, person: Person) -> None:
    """Stores a person, new or changed, within the caller's transaction."""
    db.execute(
        "INSERT INTO people (id, name, roles, unit, title, login, disabled) VALUES (?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name, roles = excluded.roles, unit = excluded.unit, "
        "title = excluded.title, login = excluded.login, disabled = excluded.disabled",
        [
            person.id,
            person.name,
            json.dumps([role.value for role in person.roles]),
            person.unit,
            person.title,
            person.login or None,
            iso_utc(person.disabled) if person.disabled else None,
        ],
    )


def get(db: Database, said: str) -> Person | None:
    """The person of this id, login or full name; None where there is none, or where a name is two persons'."""
    rows = list(db.query("SELECT * FROM people WHERE id = ?", [said]))
    rows = rows or list(db.query("SELECT * FROM people WHERE login = ?", [said]))
    rows = rows or list(db.query("SELECT * FROM people WHERE name = ? AND name <> ''", [said]))
    return _person(rows[0]) if len(rows) == 1 else None


def every(db: Database) -> list[Person]:
    """All persons, in the order they came."""
    return [_person(row) for row in db.query("SELECT * FROM people ORDER BY CAST(substr(id, 2) AS INTEGER)")]


def _person(row: dict[str, str]) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        roles=tuple(OfficeRole(role) for role in json.loads(row["roles"])),
        unit=row["unit"],
        title=row["title"],
        login=row["login"] or "",
        disabled=from_iso(row["disabled"]),
    )


def put_unit(db: Database, unit: Unit) -> None:
    """Stores a body, new or changed, within the caller's transaction."""
    db.execute(
        "INSERT OR REPLACE INTO units (id, name, kind, parent, aliases, superior, heading, symbol, place, formula, "
        "email, phone, starts, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            unit.id, unit.name, unit.kind.value, unit.parent, json.dumps(unit.aliases, ensure_ascii=False),
            unit.superior, unit.heading, unit.symbol, unit.place, unit.formula, unit.email, unit.phone,
            unit.starts.isoformat() if unit.starts else None, unit.ends.isoformat() if unit.ends else None,
        ],
    )  # fmt: skip


def unit(db: Database, said: str) -> Unit | None:
    """The body of this id, name or alias; None where there is none, or where a name is two bodies'."""
    found = [one for one in units(db) if said == one.id]
    found = found or [one for one in units(db) if said == one.name or said in one.aliases]
    return found[0] if len(found) == 1 else None


def units(db: Database) -> list[Unit]:
    """All bodies, the federation first, then by name."""
    rows = db.query("SELECT * FROM units ORDER BY kind <> 'federation', id")
    found = [
        Unit(
            id=row["id"], name=row["name"], kind=UnitKind(row["kind"]), parent=row["parent"],
            aliases=tuple(json.loads(row["aliases"])), superior=row["superior"], heading=row["heading"],
            symbol=row["symbol"], place=row["place"], formula=row["formula"], email=row["email"], phone=row["phone"],
            starts=_day(row["starts"]), ends=_day(row["ends"]),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.kind is not UnitKind.FEDERATION, vietnamese_order(one.name)))


def add_stand_in(db: Database, absent: str, person: str, first: date, last: date) -> StandIn:
    """Keeps who acts for whom from ``first`` to ``last``, within the caller's transaction."""
    done = db.execute(
        "INSERT INTO stand_ins (absent, person, first, last) VALUES (?, ?, ?, ?)",
        [absent, person, first.isoformat(), last.isoformat()],
    )
    return StandIn(id=int(done.lastrowid or 0), absent=absent, person=person, first=first, last=last)


def stand_ins(db: Database, *, on: date | None = None) -> list[StandIn]:
    """All, or those of a day."""
    made = [
        StandIn(
            id=row["id"],
            absent=row["absent"],
            person=row["person"],
            first=date.fromisoformat(row["first"]),
            last=date.fromisoformat(row["last"]),
        )
        for row in db.query("SELECT * FROM stand_ins ORDER BY first, id")
    ]
    return [one for one in made if on is None or one.first <= on <= one.last]


def end_stand_in(db: Database, one: StandIn, last: date) -> None:
    """The stand-in ends with that day; one that would not have begun by then is gone."""
    if last < one.first:
        db.execute("DELETE FROM stand_ins WHERE id = ?", [one.id])
    else:
        db.execute("UPDATE stand_ins SET last = ? WHERE id = ?", [last.isoformat(), one.id])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
