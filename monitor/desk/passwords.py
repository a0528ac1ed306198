"""Passwords: which are taken, and who sets one.

typed ──▶ NFC ──▶ long enough? guessed by everybody? ──▶ Argon2id ──▶ stored; sessions, links, API token end

Vietnamese input methods give the same letters as different bytes, so everything is NFC before it is hashed.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib import resources

from monitor import clock
from monitor.config import Home, load_web
from monitor.desk import hashing, people, throttling
from monitor.desk.hashing import Hasher
from monitor.errors import RefusedError
from monitor.model.access import WebSettings
from monitor.model.event import Happening
from monitor.model.people import OfficeRole, Person
from monitor.store import access as store
from monitor.store import access_links, events
from monitor.store.db import Database
from monitor.text import fold, nfc

MOST_BYTES = 1024
"""The longest password, in bytes of UTF-8: hashing takes time that grows with it."""
_FEWEST_CHARACTERS = 4


def plain(password: str) -> str | None:
    """The password as it is hashed; None where it is longer than any can be."""
    if len(password) > MOST_BYTES:
        return None
    made = nfc(password)
    return made if len(made.encode()) <= MOST_BYTES else None


def fit(password: str, settings: WebSettings, *names: str) -> str:
    """The password as it is hashed, ``names`` being what the person is called.

    Raises RefusedError, saying what to do, for one that is too short or long, blank, a name of the person, or among
    those that everybody tries first.
    """
    made = plain(password)
    if made is None:
        raise RefusedError("password_long", most=MOST_BYTES)
    if not made.strip():
        raise RefusedError("password_blank", least=settings.password_min)
    if len(made) < settings.password_min:
        raise RefusedError("password_short", least=settings.password_min)
    bare = _bare(made)
    if any(_bare(name) in (bare, bare.rstrip("0123456789")) for name in names if _bare(name)):
        raise RefusedError("password_is_name")
    if _common(bare) or len(set(made)) < _FEWEST_CHARACTERS:
        raise RefusedError("password_common")
    return made


def _bare(text: str) -> str:
    return "".join(c for c in fold(nfc(text)) if c.isalnum())


def _common(bare: str) -> bool:
    whole, begun = _commonest()
    return bare in whole or bare.rstrip("0123456789") in begun


@cache
def _commonest() -> tuple[frozenset[str], frozenset[str]]:
    """The commonest passwords, and those that are as common with any digits behind."""
    text = resources.files("monitor.desk").joinpath("passwords_common.txt").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    begun = frozenset(line[:-1].rstrip("0123456789") for line in lines if line.endswith("*"))
    return frozenset(line.rstrip("*") for line in lines), begun


def set_password(
    home: Home, db: Database, person_id: str, password: str, *, by: Person | None, now: datetime, but: str = "",
    hasher: Hasher | None = None,
) -> Person:  # fmt: skip
    """Sets a person's password; ``by`` is who does it (himself, or an administrator), None who holds a link for it.

    All sessions of the person end except ``but``, his API token and his links to set a password too, and whoever
    guessed at his password before no longer makes him wait. Raises RefusedError for a password that is not taken, and
    for who may not set it.
    """
    person = people.active(people.person(db, person_id))
    if by is not None:
        manages(by, person)
    hashed = (hasher or hashing.HASHER).hash(fit(password, load_web(home.rules), person.login, person.name, person.id))
    with db.atomic():
        keep_password(db, person, hashed, by=(by or person).id, but=but, now=now)
    return person


def keep_password(db: Database, person: Person, hashed: str, *, by: str, now: datetime, but: str = "") -> None:
    """Stores a hashed password with what comes with it, within the caller's transaction.

    Every other way in ends: who knew the old password could have made a token with it.
    """
    store.put_password(db, person.id, hashed, now)
    store.end_all(db, person.id, but)
    store.end_token(db, person.id)
    store.forgive(db, throttling.key("login", sign_in_name(person).casefold()))
    access_links.drop_of(db, person.id)
    events.append(db, [Happening(action="person.password", refs=(person.id,))], case="", actor=by, now=now)


def manages(by: Person, person: Person) -> None:
    """Raises RefusedError for who would change another's way in without being an administrator."""
    if by.disabled or (by.id != person.id and OfficeRole.ADMIN not in by.roles):
        raise RefusedError("people_role", person=by.id)


def sign_in_name(person: Person) -> str:
    """What the person types to sign in: the login, or the id where none was given."""
    return person.login or person.id


def has_password(db: Database, person: Person) -> bool:
    """Whether the person can sign in with a password at all."""
    return bool(store.password(db, person.id))


def is_password(
    db: Database, person: Person, password: str, *, now: datetime | None = None, hasher: Hasher | None = None
) -> bool:
    """Whether this is the password of a person who is signed in; in no transaction of the caller's.

    Who found an open screen must not find out the password there: guesses are slowed down as at the sign-in. Raises
    RefusedError "sign_in_wait".
    """
    counters = (throttling.Counter(key=throttling.key("own", person.id)),)
    throttling.attempt(db, counters, now or clock.now())
    typed, stored = plain(password), store.password(db, person.id)
    right = bool(typed and stored) and (hasher or hashing.HASHER).matches(stored, typed or "")
    if right:
        with db.atomic():
            throttling.forgive(db, counters)
    return right
