"""``monitor user password|link|sessions|token``: who gets in, and with what."""

from __future__ import annotations

import sys

import click

from monitor import clock
from monitor.cli.cases.group import at_desk
from monitor.cli.common import read_bytes
from monitor.cli.people import user
from monitor.config import load_web
from monitor.desk import links, passwords, people
from monitor.desk import sessions as signed_in
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.access import LinkKind, Session
from monitor.model.people import Person
from monitor.text import decode

__all__ = ["user"]

_BY = click.option("--by", metavar="WHO", help=label("case_cli", "by"))
_WHO = click.argument("who", metavar="WHO")


@user.command(help=label("access_cli", "password"))
@_WHO
@click.argument("source", metavar="[-]", required=False, type=click.Choice(["-"]))
@_BY
def password(who: str, source: str | None, by: str | None) -> None:
    """A password, typed twice or read from standard input."""
    with at_desk(by) as s:
        person = people.person(s.db, who)
        # Asked for before anybody types: who may not set it need not make one up.
        passwords.manages(s.actor, person)
        typed = _read() if source else _asked()
        passwords.set_password(s.home, s.db, person.id, typed, by=s.actor, now=s.now)
    click.echo(
        label("access_cli", "password_set", id=person.id, name=person.name, login=passwords.sign_in_name(person))
    )


def _read() -> str:
    """The first line of standard input, as it is but for its end."""
    return decode(read_bytes("-")).split("\n", 1)[0].rstrip("\r")


def _asked() -> str:
    if not _terminal():
        raise UsageError("password_no_terminal")
    first: str = click.prompt(label("access_cli", "prompt"), hide_input=True)
    if first != click.prompt(label("access_cli", "again"), hide_input=True):
        raise UsageError("passwords_differ")
    return first


def _terminal() -> bool:
    return sys.stdin.isatty()


@user.command(help=label("access_cli", "link"))
@_WHO
@_BY
def link(who: str, by: str | None) -> None:
    """A one-time link by which the person sets a password."""
    with at_desk(by) as s:
        secret = links.password_link(s, who)
        person, hours = people.person(s.db, who), load_web(s.home.rules).link_hours
    named = _named(person) | {"login": passwords.sign_in_name(person)}
    click.echo(label("access_cli", "link_made", hours=hours, **named))
    click.echo(LinkKind.PASSWORD.path(secret))


@user.command(help=label("access_cli", "sessions"))
@_WHO
@click.option("--end", is_flag=True, help=label("access_cli", "sessions_end"))
@_BY
def sessions(who: str, end: bool, by: str | None) -> None:
    """Where the person is signed in."""
    with at_desk(by) as s:
        person = people.person(s.db, who)
        passwords.manages(s.actor, person)
        if end:
            count = signed_in.end_sessions(s, person.id)
            click.echo(label("access_cli", "sessions_ended", count=count, **_named(person)))
            return
        found = signed_in.sessions_of(s.db, person)
    for one in found:
        click.echo(_line(one))
    if not found:
        click.echo(label("access_cli", "sessions_none"))


def _line(one: Session) -> str:
    created, seen = (f"{clock.local(at):%d/%m/%Y %H:%M}" for at in (one.created, one.seen))
    none = label("access_cli", "unknown")
    return label(
        "access_cli", "session", created=created, seen=seen, address=one.address or none, agent=one.agent or none
    )


@user.command(help=label("access_cli", "token"))
@_WHO
@click.option("--end", is_flag=True, help=label("access_cli", "token_end"))
@_BY
def token(who: str, end: bool, by: str | None) -> None:
    """A token for the API, shown once; or none any more."""
    with at_desk(by) as s:
        person = people.person(s.db, who)
        if end:
            had = signed_in.take_token(s, person.id)
            click.echo(label("access_cli", "token_ended" if had else "token_none", **_named(person)))
            return
        secret = signed_in.give_token(s, person.id)
    click.echo(label("access_cli", "token_made", **_named(person)))
    click.echo(secret)


def _named(person: Person) -> dict[str, str]:
    return {"id": person.id, "name": person.name}
