"""Signing in: login and password against what is stored, slowed down where somebody guesses, never locked.

login, password, address, device ──▶ how long to wait? ──▶ counted ──▶ Argon2 ──▶ forgiven, session

Attempts are counted before the password is looked at, so that many at once gain nothing, and taken back when it was
right. A device on which the person signed in before has a counter of its own: what others do elsewhere never makes him
wait. Unknown devices are counted by login and address, and by address over all logins; an address that never failed
comes in at once, whatever others do from theirs. Where a login is guessed at from many addresses, each that failed at
it waits the longest from then on. A login that does not exist is treated, and takes as long, as one that does. What
waits is not counted: a wait always ends.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from monitor.config import Home, load_web
from monitor.desk import hashing, throttling
from monitor.desk.hashing import Hasher, digest, nobodys
from monitor.desk.passwords import plain
from monitor.desk.throttling import FREE_ADDRESS, FREE_LOGIN, Counter, key
from monitor.errors import RefusedError
from monitor.model.access import Session, SignedIn
from monitor.model.people import Person
from monitor.store import access as store
from monitor.store import people
from monitor.store.db import Database
from monitor.text import clean

_LONGEST_LOGIN = 200


def sign_in(
    home: Home, db: Database, login: str, password: str, *, address: str, device: str, agent: str, now: datetime,
    hasher: Hasher | None = None,
) -> SignedIn:  # fmt: skip
    """Signs a person in; ``device`` is the value of the device's cookie or empty. In no transaction of the caller's.

    Raises RefusedError "sign_in_wrong", the same for whatever was wrong, and "sign_in_wait" with the seconds to wait.
    """
    argon = hasher or hashing.HASHER
    name = clean(login[:_LONGEST_LOGIN])
    person = _who(db, name)
    counters = _counters(db, name, person, address, device)
    throttling.attempt(db, counters, now)
    stored = store.password(db, person.id) if person and _may(person) else ""
    typed, other = plain(password), nobodys(argon)
    right = argon.matches(stored or other, typed or "")
    if not (right and stored and typed and person):
        raise RefusedError("sign_in_wrong")
    renewed = argon.hash(typed) if argon.stale(stored) else ""
    with db.atomic():
        there = people.get(db, person.id)
        # Hashing takes a while: what was changed meanwhile holds.
        if there is None or not _may(there) or store.password(db, there.id) != stored:
            raise RefusedError("sign_in_wrong")
        throttling.forgive(db, counters)
        if renewed:
            store.put_password(db, there.id, renewed, now)
        return enter(home, db, there, address=address, device=device, agent=agent, now=now)


def enter(
    home: Home, db: Database, person: Person, *, address: str, device: str, agent: str, now: datetime
) -> SignedIn:
    """A session for who has just shown that he may have one: by his password, or by a link to set it.

    Raises RefusedError for who acts no more.
    """
    if not _may(person):
        raise RefusedError("person_disabled", person=person.id)
    settings = load_web(home.rules)
    with db.atomic():
        known = bool(device) and store.known(db, digest(device))
        made = SignedIn(person=person, secret=secrets.token_urlsafe(32), device=device if known else _secret())
        session = Session(
            id=secrets.token_hex(8), person=person, csrf=secrets.token_urlsafe(32), created=now, seen=now,
            expires=now + timedelta(days=settings.session_days), address=clean(address)[:64], agent=clean(agent)[:300],
        )  # fmt: skip
        store.drop_expired(db, now)
        store.begin(db, session, digest(made.secret))
        store.know(db, digest(made.device), person.id, now)
    return made


def _secret() -> str:
    return secrets.token_urlsafe(32)


def _may(person: Person) -> bool:
    return person.disabled is None and bool(person.roles)


def _who(db: Database, name: str) -> Person | None:
    """Whose login this is; small and capital letters only matter where two persons' logins differ in nothing else."""
    if not name:
        return None
    everybody = people.every(db)
    found = [one for one in everybody if one.login == name]
    found = found or [one for one in everybody if one.login.casefold() == name.casefold()]
    found = found or [one for one in everybody if not one.login and one.id == name.casefold()]
    return found[0] if len(found) == 1 else None


def _counters(db: Database, name: str, person: Person | None, address: str, device: str) -> tuple[Counter, ...]:
    mark = digest(device) if device else ""
    if person and mark and store.knows(db, mark, person.id):
        return (Counter(key=key("device", person.id, mark)),)
    login, place = key("login", name.casefold()), key("address", _net(address))
    own = Counter(key=login, what=place, free_all=FREE_LOGIN)
    if not address:
        return (own,)
    return (own, Counter(key=place, what=login, free=None, free_kinds=FREE_ADDRESS))


def _net(address: str) -> str:
    """What one customer of a provider has: with IPv6 that is a net of 2^64 addresses, any of which he may take."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or f"{int(found) >> 64:x}/64")
