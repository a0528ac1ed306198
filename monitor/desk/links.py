"""One-time links by which a password is set: the first administrator's, and those an administrator hands out.

first_link ──▶ printed at the start ──▶ use_first_link: the first person, or the one who keeps the program already
password_link ──▶ handed over ──▶ use_password_link

Only the hash of a link's secret is stored. A link works once and for some hours, and a new one ends the one before.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.config import Home, load_web
from monitor.desk import hashing, people
from monitor.desk.hashing import Hasher, digest
from monitor.desk.passwords import fit, keep_password
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.labels import label
from monitor.model.access import Link, LinkKind
from monitor.model.event import Happening
from monitor.model.people import OfficeRole, Person
from monitor.store import access as store
from monitor.store import access_links, events
from monitor.store import people as stored
from monitor.store.db import Database
from monitor.text import clean

_LONGEST = 200


def first_link(home: Home, db: Database, now: datetime) -> str | None:
    """The secret of a link for the first administrator, where none of them has a password; else None.

    Each call makes a new one and ends the one before.
    """
    link = Link(kind=LinkKind.FIRST, made=now, expires=now + timedelta(hours=load_web(home.rules).link_hours))
    secret = secrets.token_urlsafe(32)
    with db.atomic():
        if not _open(db):
            access_links.drop(db, link)
            return None
        access_links.put(db, link, digest(secret))
    return secret


def _open(db: Database) -> bool:
    """Whether nobody can sign in who keeps the program: then whoever started it decides who does."""
    have = store.with_password(db)
    return not any(one.id in have for one in store.keepers(db))


def first_link_person(db: Database, secret: str, now: datetime) -> Person | None:
    """The administrator whose login and password the link sets; None where it makes a new person.

    Raises RefusedError "link_ended".
    """
    if access_links.get(db, digest(secret), LinkKind.FIRST, now) is None or not _open(db):
        raise RefusedError("link_ended", whom=label("access", "whom_first"))
    return next(iter(store.keepers(db)), None)


def use_first_link(
    home: Home, db: Database, secret: str, *, name: str, login: str, password: str, now: datetime,
    hasher: Hasher | None = None,
) -> Person:  # fmt: skip
    """Makes the first person, who has every role where there was nobody, or sets the administrator's login, password
    and, where one is given, name. Raises RefusedError for an ended link, a taken login, a password that is not taken.
    """
    person = _named(db, first_link_person(db, secret, now), name, login)
    hashed = (hasher or hashing.HASHER).hash(fit(password, load_web(home.rules), person.login, person.name))
    with db.atomic():
        # Hashing takes a while: somebody else may have used the link meanwhile.
        person = _named(db, first_link_person(db, secret, now), name, login)
        fresh = stored.get(db, person.id) is None
        stored.put(db, person)
        if fresh:
            added = Happening(action="person.add", refs=(person.id,))
            events.append(db, [added], case="", actor=person.id, now=now)
        keep_password(db, person, hashed, by=person.id, now=now)
        access_links.drop(db, Link(kind=LinkKind.FIRST, made=now, expires=now))
    return person


def _named(db: Database, there: Person | None, name: str, login: str) -> Person:
    """The person as he will be. Raises RefusedError for what is missing or taken."""
    known, wanted = clean(name), clean(login)
    if not (known or there):
        raise RefusedError("words_missing", what=label("people", "name"))
    if not wanted:
        raise RefusedError("words_missing", what=label("people", "login"))
    if max(len(known), len(wanted)) > _LONGEST:
        raise RefusedError("name_long", most=_LONGEST)
    taken = stored.get(db, wanted)
    if taken is not None and (there is None or taken.id != there.id):
        raise RefusedError("login_taken", login=wanted)
    if there is not None:
        return replace(there, name=known or there.name, login=wanted)
    roles = (OfficeRole.ADMIN,) if stored.every(db) else tuple(OfficeRole)
    return Person(id=stored.next_id(db), name=known, roles=roles, login=wanted)


def password_link(sitting: Sitting, person_id: str) -> str:
    """The secret of a link by which the person sets a password; an administrator's act, in the log without it.

    Raises RefusedError for anybody else, and for a person who acts no more.
    """
    if OfficeRole.ADMIN not in sitting.actor.roles:
        raise RefusedError("people_role", person=sitting.actor.id)
    person = people.active(people.person(sitting.db, person_id))
    hours = load_web(sitting.home.rules).link_hours
    secret = secrets.token_urlsafe(32)
    link = Link(
        kind=LinkKind.PASSWORD, made=sitting.now, expires=sitting.now + timedelta(hours=hours), by=sitting.actor.id,
        person=person.id,
    )  # fmt: skip
    with sitting.db.atomic():
        access_links.put(sitting.db, link, digest(secret))
        sitting.note(Happening(action="person.password_link", refs=(person.id,)))
    return secret


def password_link_person(db: Database, secret: str, now: datetime) -> Person:
    """Whose password the link sets. Raises RefusedError "link_ended"."""
    link = access_links.get(db, digest(secret), LinkKind.PASSWORD, now)
    person = stored.get(db, link.person) if link else None
    if person is None or person.disabled or not person.roles:
        raise RefusedError("link_ended", whom=label("access", "whom_password"))
    return person


def use_password_link(
    home: Home, db: Database, secret: str, password: str, *, now: datetime, hasher: Hasher | None = None
) -> Person:
    """Sets the password of the link's person, whose sessions and other links all end.

    Raises RefusedError for an ended link and for a password that is not taken; then the link still holds.
    """
    person = password_link_person(db, secret, now)
    hashed = (hasher or hashing.HASHER).hash(fit(password, load_web(home.rules), person.login, person.name, person.id))
    with db.atomic():
        person = password_link_person(db, secret, now)
        keep_password(db, person, hashed, by=person.id, now=now)
    return person
