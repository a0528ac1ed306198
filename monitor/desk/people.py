"""Who acts: the person named, or the only one there is; and the bodies letters are written for.

Changes of people and bodies are events of no case, with ids alone.
"""

from __future__ import annotations

import getpass
import os
import re
from dataclasses import replace
from datetime import date, datetime

from monitor import clock
from monitor.config import Home, load_settings
from monitor.desk import shown
from monitor.errors import RefusedError, UsageError
from monitor.labels import label
from monitor.model.action import elsewhere
from monitor.model.event import Happening
from monitor.model.people import FEDERATION, OfficeRole, Person, StandIn, Unit, UnitKind
from monitor.store import access_list, events
from monitor.store import people as store
from monitor.store.db import Database
from monitor.text import clean, fold

_TOLD = (
    "name", "kind", "parent", "aliases", "superior", "heading", "symbol", "place", "formula", "email", "phone",
    "starts", "ends",
)  # fmt: skip
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def actor(db: Database, said: str | None) -> Person:
    """Who acts: the person of this id, login or name, else of MONITOR_USER, else the only active one.

    Where nobody was ever entered, the first act makes a person of whoever sits at the machine, with every right.
    Raises UsageError where nobody or several could be meant.
    """
    wanted = said or os.environ.get("MONITOR_USER") or ""
    if wanted:
        found = store.get(db, clean(wanted))
        if found is None:
            raise UsageError("actor_unknown" if store.every(db) else "actor_nobody", person=wanted)
        return found
    everybody = store.every(db)
    if not everybody:
        return _first(db)
    active = [person for person in everybody if person.disabled is None]
    if len(active) != 1:
        raise UsageError("actor_which", count=len(active))
    return active[0]


def active(who: Person) -> Person:
    """The person himself. Raises RefusedError for one who acts no more."""
    if who.disabled:
        raise RefusedError("person_disabled", person=who.id)
    return who


def _first(db: Database) -> Person:
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = label("people", "somebody")
    with db.atomic():
        # Two programs may both have found nobody: the one that waited takes who is there now.
        if there := store.every(db):
            return there[0]
        made = Person(id=store.next_id(db), name=name, roles=tuple(OfficeRole), login=name)
        store.put(db, made)
        _happened(db, "person.add", made.id, by=made.id, now=clock.now())
    return made


def standing_in(db: Database, person: str, today: date) -> tuple[str, ...]:
    """The ids of those the person stands in for on that day."""
    return tuple(one.absent for one in store.stand_ins(db, on=today) if one.person == person)


def add_person(
    db: Database, by: Person, name: str, roles: tuple[OfficeRole, ...], *, unit: str = "", title: str = "",
    login: str = "", now: datetime,
) -> Person:  # fmt: skip
    """A new person. Raises RefusedError where the login is taken or no role is given."""
    _admin(by)
    if not roles:
        raise RefusedError("roles_missing")
    if login and store.get(db, login):
        raise RefusedError("login_taken", login=login)
    if not clean(name):
        raise RefusedError("words_missing", what=label("people", "name"))
    with db.atomic():
        body = _unit_id(db, unit)
        made = Person(
            id=store.next_id(db), name=clean(name), roles=tuple(dict.fromkeys(roles)), unit=body, title=clean(title),
            login=clean(login),
        )  # fmt: skip
        store.put(db, made)
        _happened(db, "person.add", made.id, by=by.id, now=now)
    return made


def _unit_id(db: Database, said: str) -> str:
    return unit(db, said).id if said else ""


def disable_person(db: Database, by: Person, said: str, *, now: datetime) -> Person:
    """The person acts no more; what he did stays. The last active one with every right cannot be disabled."""
    _admin(by)
    found = person(db, said)
    others = [p for p in store.every(db) if p.id != found.id and p.disabled is None and OfficeRole.ADMIN in p.roles]
    if OfficeRole.ADMIN in found.roles and not others:
        raise RefusedError("last_admin", person=found.id)
    with db.atomic():
        gone = replace(found, disabled=found.disabled or now)
        store.put(db, gone)
        _happened(db, "person.disable", gone.id, by=by.id, now=now)
    return gone


def erase_person(db: Database, by: Person, said: str, *, now: datetime) -> Person:
    """Name, title and login of a disabled person are blanked, with password, sessions and devices; the id stays, with
    what it did in the log."""
    _admin(by)
    found = person(db, said)
    if found.disabled is None:
        raise RefusedError("erase_active", person=found.id)
    with db.atomic():
        gone = replace(found, name=label("people", "erased", id=found.id), title="", login="")
        store.put(db, gone)
        access_list.forget(db, gone.id)
        _happened(db, "person.erase", gone.id, by=by.id, now=now)
    return gone


def add_stand_in(
    db: Database, by: Person, absent: str, said: str, *, first: date, last: date, now: datetime
) -> StandIn:
    """``said`` acts for ``absent`` from ``first`` to ``last``, with the rights of both.

    The absent one says so himself, else who keeps the program; a leader says it for those of his body who lead nothing.
    Nobody takes another's place by himself. Raises RefusedError.
    """
    one, other = person(db, absent), person(db, said)
    if last < first or one.id == other.id or one.disabled or other.disabled:
        raise RefusedError("stand_in_unfit", absent=one.id, person=other.id)
    if not _appoints(by, one) or other.id == by.id:
        raise RefusedError("stand_in_role", person=by.id, absent=one.id)
    with db.atomic():
        made = store.add_stand_in(db, one.id, other.id, first, last)
        events.append(db, [Happening(action="person.stand_in", refs=(one.id, other.id))], case="", actor=by.id, now=now)
    return made


def _appoints(by: Person, absent: Person) -> bool:
    if by.disabled:
        return False
    if by.id == absent.id or OfficeRole.ADMIN in by.roles:
        return True
    leads = absent.has(OfficeRole.LEADER)
    return by.has(OfficeRole.LEADER) and not leads and not elsewhere(by, absent.body)


def person(db: Database, said: str) -> Person:
    """The person of this id, login or name. Raises RefusedError where there is none."""
    found = store.get(db, clean(said))
    if found is None:
        raise RefusedError("person_unknown", person=said)
    return found


def federation(db: Database, home: Home) -> Unit:
    """The federation's own body; made of the office's settings when it is first needed, and following their name."""
    found = store.unit(db, FEDERATION)
    office = load_settings(home.rules).office
    if found is None or found.name != office.name:
        made = replace(found, name=office.name) if found else Unit(
            id=FEDERATION, name=office.name, kind=UnitKind.FEDERATION, aliases=(office.short,)
        )  # fmt: skip
        with db.atomic():
            store.put_unit(db, made)
        return made
    return found


def unit(db: Database, said: str) -> Unit:
    """The body of this id, name or alias. Raises RefusedError where there is none."""
    found = store.unit(db, clean(said))
    if found is None:
        raise RefusedError("unit_unknown", unit=said)
    return found


def new_unit(db: Database, by: Person, made: Unit, *, now: datetime) -> Unit:
    """A new body. Raises RefusedError where its id is taken."""
    if made.id and store.unit(db, made.id):
        raise RefusedError("unit_taken", unit=made.id)
    return put_unit(db, by, made, now=now)


def put_unit(db: Database, by: Person, made: Unit, *, now: datetime, seen: str | None = None) -> Unit:
    """A body, new or changed; without an id it gets one made of its name. ``seen`` marks the body that was seen.

    Raises RefusedError for what cannot be, ConflictError where it is no longer as it was seen.
    """
    _admin(by)
    if not clean(made.name):
        raise RefusedError("words_missing", what=label("people", "unit_name"))
    made = replace(made, id=made.id or _slug(db, made.name))
    if not _ID.fullmatch(made.id):
        raise RefusedError("unit_id", value=made.id[:60])
    if made.parent:
        made = replace(made, parent=_above(db, made))
    if made.starts and made.ends and made.ends < made.starts:
        raise RefusedError("unit_dates", unit=made.id)
    with db.atomic():
        before = store.unit(db, made.id)
        if before:
            fields = [(label("units", f"col_{name}"), getattr(before, name), getattr(made, name)) for name in _TOLD]
            shown.still(seen, label("shown", "unit", id=before.id), [before], fields)
        store.put_unit(db, made)
        _happened(db, "unit.change" if before else "unit.add", made.id, by=by.id, now=now)
    return made


def _above(db: Database, made: Unit) -> str:
    """The id of the level above. A body that stood above itself would hide what is to be verified from nobody."""
    found = unit(db, made.parent)
    above: Unit | None = found
    for _ in store.units(db):
        if above is None:
            break
        if above.id == made.id:
            raise RefusedError("unit_circle", unit=made.id)
        above = store.unit(db, above.parent) if above.parent else None
    return found.id


def _slug(db: Database, name: str) -> str:
    base = "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())[:40].strip("-") or "dv"
    taken = {one.id for one in store.units(db)}
    return next(ident for n in range(1, len(taken) + 3) if (ident := base if n == 1 else f"{base}-{n}") not in taken)


def _admin(by: Person) -> None:
    if by.disabled or OfficeRole.ADMIN not in by.roles:
        raise RefusedError("people_role", person=by.id)


def _happened(db: Database, action: str, ident: str, *, by: str, now: datetime) -> None:
    events.append(db, [Happening(action=action, thing="", refs=(ident,))], case="", actor=by, now=now)
