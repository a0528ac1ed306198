"""Who is signed in, with a browser or a token: sessions, what is kept for their next page, tokens for the API.

cookie ──▶ session_of ──▶ Session | None        token ──▶ token_person ──▶ Person | None

Secrets are stored as hashes. Signing in and out is in no log; what an administrator does to another's way in is.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from monitor.desk import people
from monitor.desk.hashing import digest
from monitor.desk.passwords import manages
from monitor.desk.sitting import Sitting
from monitor.model.access import Session, Token, WebSettings
from monitor.model.event import Happening
from monitor.model.people import Person
from monitor.store import access as store
from monitor.store.db import Database, aside

_SEEN_EVERY = timedelta(minutes=5)
"""How often it is written that a session or token was used."""


def session_of(
    db: Database, secret: str, settings: WebSettings, now: datetime, *, touch: bool = True
) -> Session | None:
    """The session of this cookie; None where it is unknown, ended, was idle too long or is too old, and for who acts
    no more. ``touch``: that it was used is noted; what a page asks by itself is no use of it."""
    found = store.session(db, digest(secret)) if secret else None
    if found is None:
        return None
    ends = min(
        found.expires,
        found.created + timedelta(days=settings.session_days),
        found.seen + timedelta(hours=settings.idle_hours),
    )
    if now >= ends or found.person.disabled or not found.person.roles:
        aside(db, lambda: store.end(db, found.id))
        return None
    if touch and now - found.seen >= _SEEN_EVERY:
        aside(db, lambda: store.seen(db, found, now))
    return found


def end_session(db: Database, id: str, now: datetime) -> None:  # noqa: A002
    """Ends one session: somebody signed out. An id that is not there changes nothing."""
    with db.atomic():
        store.end(db, id)
        store.drop_expired(db, now)


def sessions_of(db: Database, person: Person) -> list[Session]:
    """The person's sessions that were not ended, the latest used first."""
    return store.sessions_of(db, person.id)


def end_all(db: Database, person: Person, now: datetime, but: str = "") -> int:
    """Ends all sessions of the person except the one with the id ``but``; returns how many."""
    with db.atomic():
        done = store.end_all(db, person.id, but)
        store.drop_expired(db, now)
    return done


def end_sessions(sitting: Sitting, person_id: str) -> int:
    """``end_all`` as an act of the person himself or an administrator, which is in the log. Raises RefusedError."""
    person = people.person(sitting.db, person_id)
    manages(sitting.actor, person)
    with sitting.db.atomic():
        done = end_all(sitting.db, person, sitting.now)
        if done:
            sitting.note(Happening(action="person.sessions_end", refs=(person.id,)))
    return done


def flash(db: Database, session_id: str, text_json: str) -> None:
    """Keeps one message for the session's next page, in place of an earlier one."""
    with db.atomic():
        store.put_flash(db, session_id, text_json)


def take_flash(db: Database, session_id: str) -> str:
    """The message kept for this page, which is gone with that; empty where there is none."""
    text = store.flash(db, session_id)
    if text:
        aside(db, lambda: store.put_flash(db, session_id, ""))
    return text


def make_token(db: Database, person: Person, now: datetime) -> str:
    """A token for the API with the person's rights, in place of an earlier one; shown only now.

    Raises RefusedError for who acts no more.
    """
    people.active(person)
    secret = secrets.token_urlsafe(32)
    with db.atomic():
        store.put_token(db, person.id, digest(secret), now)
    return secret


def token_person(db: Database, secret: str, now: datetime) -> Person | None:
    """Whose token this is; None where it is nobody's, and for who acts no more."""
    found = store.token(db, hashed=digest(secret)) if secret else None
    if found is None:
        return None
    person = people.person(db, found.person)
    if person.disabled or not person.roles:
        return None
    if found.used is None or now - found.used >= _SEEN_EVERY:
        aside(db, lambda: store.token_used(db, person.id, now))
    return person


def token_of(db: Database, person: Person) -> Token | None:
    """Since when the person has a token and when it was used; None where there is none."""
    return store.token(db, person=person.id)


def end_token(db: Database, person: Person, now: datetime) -> bool:
    """The person's token is good for nothing any more; whether there was one."""
    with db.atomic():
        return store.end_token(db, person.id)


def give_token(sitting: Sitting, person_id: str) -> str:
    """``make_token`` as an act of the person himself or an administrator, which is in the log. Raises RefusedError."""
    person = people.person(sitting.db, person_id)
    manages(sitting.actor, person)
    with sitting.db.atomic():
        secret = make_token(sitting.db, person, sitting.now)
        sitting.note(Happening(action="person.token", refs=(person.id,)))
    return secret


def take_token(sitting: Sitting, person_id: str) -> bool:
    """``end_token`` as an act of the person himself or an administrator, which is in the log. Raises RefusedError."""
    person = people.person(sitting.db, person_id)
    manages(sitting.actor, person)
    with sitting.db.atomic():
        had = end_token(sitting.db, person, sitting.now)
        if had:
            sitting.note(Happening(action="person.token_end", refs=(person.id,)))
    return had
