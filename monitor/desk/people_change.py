"""People after they came: changed, taken back, no longer standing in; and the list of them that an administrator sees.

Every act is an event of no case, with ids and the names of the fields alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from monitor import clock
from monitor.desk import people, shown
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.action import elsewhere
from monitor.model.event import Happening
from monitor.model.people import OfficeRole, Person, StandIn
from monitor.store import access_list
from monitor.store import people as store
from monitor.store.access_list import Ways
from monitor.text import clean

_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is said of a person when he is changed; all of it replaces what was."""

    name: str
    roles: tuple[OfficeRole, ...]
    unit: str = ""
    title: str = ""
    login: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonLine:
    """A person in the list: the name of his body, and his ways in."""

    person: Person
    unit: str
    ways: Ways


def keeps(who: Person) -> None:
    """Raises RefusedError for who does not keep people, bodies and settings."""
    if who.disabled or OfficeRole.ADMIN not in who.roles:
        raise RefusedError("people_role", person=who.id)


def lines(sitting: Sitting) -> list[PersonLine]:
    """Everybody with his ways in, who acts no more at the end. For who keeps the program."""
    keeps(sitting.actor)
    names = {one.id: one.name for one in store.units(sitting.db)}
    ways = access_list.ways(sitting.db, sitting.now)
    everybody = sorted(store.every(sitting.db), key=lambda one: one.disabled is not None)
    return [
        PersonLine(person=one, unit=names.get(one.body, one.body), ways=ways.get(one.id, Ways())) for one in everybody
    ]


def line(sitting: Sitting, ident: str) -> PersonLine:
    """One person of the list, by his id. Raises RefusedError."""
    found = next((one for one in lines(sitting) if one.person.id == ident), None)
    if found is None:
        raise RefusedError("person_unknown", person=ident[:60])
    return found


def change(sitting: Sitting, ident: str, told: Told, *, seen: str | None = None) -> Person:
    """The person as he is now; nothing changed leaves no event. ``seen`` marks the person that was seen.

    Raises RefusedError for a login that is taken, no role, no name, and the last administrator's role; ConflictError
    where he is no longer as he was seen.
    """
    keeps(sitting.actor)
    with sitting.db.atomic():
        before = people.person(sitting.db, ident)
        if before.disabled:
            raise RefusedError("person_disabled", person=before.id)
        after = _told(sitting, before, told)
        changed = tuple(name for name in Told.__dataclass_fields__ if getattr(before, name) != getattr(after, name))
        if changed:
            fields = [(_called(name), getattr(before, name), getattr(after, name)) for name in changed]
            shown.still(seen, label("shown", "person", id=before.id), [before], fields)
            store.put(sitting.db, after)
            sitting.note(Happening(action="person.change", refs=(after.id, *changed)))
    return after


def _called(name: str) -> str:
    return label("shown", "unit_of" if name == "unit" else name)


def _told(sitting: Sitting, before: Person, told: Told) -> Person:
    if not clean(told.name):
        raise RefusedError("words_missing", what=label("people", "name"))
    if max(map(len, (told.name, told.title, told.login))) > _LONGEST:
        raise RefusedError("name_long", most=_LONGEST)
    if not told.roles:
        raise RefusedError("roles_missing")
    login = clean(told.login)
    taken = store.get(sitting.db, login) if login else None
    if taken is not None and taken.id != before.id:
        raise RefusedError("login_taken", login=login)
    if OfficeRole.ADMIN in before.roles and OfficeRole.ADMIN not in told.roles and _last(sitting, before):
        raise RefusedError("last_admin", person=before.id)
    unit = people.unit(sitting.db, told.unit).id if told.unit else ""
    roles = tuple(role for role in OfficeRole if role in told.roles)
    if set(roles) == set(before.roles):
        roles = before.roles
    return replace(before, name=clean(told.name), roles=roles, unit=unit, title=clean(told.title), login=login)


def _last(sitting: Sitting, one: Person) -> bool:
    return not any(
        other.id != one.id and other.disabled is None and OfficeRole.ADMIN in other.roles
        for other in store.every(sitting.db)
    )


def reinstate(sitting: Sitting, ident: str) -> Person:
    """Who was disabled acts again. Raises RefusedError for one whose personal data was erased."""
    keeps(sitting.actor)
    with sitting.db.atomic():
        before = people.person(sitting.db, ident)
        if before.disabled is None:
            return before
        if before.name == label("people", "erased", id=before.id):
            raise RefusedError("person_erased", person=before.id)
        after = replace(before, disabled=None)
        store.put(sitting.db, after)
        sitting.note(Happening(action="person.reinstate", refs=(after.id,)))
    return after


def stand_ins(sitting: Sitting) -> list[StandIn]:
    """Who stands in for whom, today or later, soonest first; for the office's heads all, else one's own."""
    today, me = clock.local(sitting.now).date(), sitting.actor
    everything = me.has(OfficeRole.ADMIN, OfficeRole.LEADER)
    return [
        one for one in store.stand_ins(sitting.db)
        if one.last >= today and (everything or me.id in (one.absent, one.person))
    ]  # fmt: skip


def ends(who: Person, absent: Person) -> bool:
    """Whether he may say of the absent one who stands in, and that nobody does any more; as in ``add_stand_in``."""
    if who.disabled:
        return False
    if who.id == absent.id or OfficeRole.ADMIN in who.roles:
        return True
    return who.has(OfficeRole.LEADER) and not absent.has(OfficeRole.LEADER) and not elsewhere(who, absent.body)


def end_stand_in(sitting: Sitting, ident: int) -> StandIn:
    """Nobody acts for the absent one any more from now on; the days before stay on record. Raises RefusedError."""
    with sitting.db.atomic():
        found = next((one for one in stand_ins(sitting) if one.id == ident), None)
        if found is None:
            raise RefusedError("stand_in_unknown")
        if not ends(sitting.actor, people.person(sitting.db, found.absent)):
            raise RefusedError("stand_in_role", person=sitting.actor.id, absent=found.absent)
        store.end_stand_in(sitting.db, found, clock.local(sitting.now).date() - timedelta(days=1))
        sitting.note(Happening(action="person.stand_in_end", refs=(found.absent, found.person)))
    return found


def names(sitting: Sitting) -> Mapping[str, str]:
    """The names of all persons by id."""
    return {one.id: one.name for one in store.every(sitting.db)}
