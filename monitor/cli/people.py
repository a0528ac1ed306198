"""``monitor user`` and ``monitor unit``: who acts, who stands in for whom, and the union bodies."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from monitor import clock
from monitor.cli.cases.group import at_desk, needed_day, one_of, words
from monitor.cli.common import day, read_bytes
from monitor.cli.output_bytes import to_file, told_lines
from monitor.desk import people, units_csv
from monitor.labels import label, of
from monitor.model.people import OfficeRole, Person, StandIn, Unit, UnitKind
from monitor.store import people as store

_BY = click.option("--by", metavar="WHO", help=label("case_cli", "by"))
_TEXTS = ("parent", "symbol", "heading", "superior", "place", "formula", "email", "phone")


@click.group(help=label("user_cli", "user"))
def user() -> None:
    """Persons."""


@user.command(help=label("user_cli", "add"))
@click.argument("name", metavar="NAME")
@click.option("--role", "roles", multiple=True, required=True, type=one_of(OfficeRole), help=label("user_cli", "role"))
@click.option("--unit", "unit_", default="", metavar="UNIT", help=label("user_cli", "unit"))
@click.option("--title", default="", metavar="WORDS", help=label("user_cli", "title"))
@click.option("--login", default="", metavar="LOGIN", help=label("user_cli", "login"))
@_BY
def add(*, name: str, roles: tuple[str, ...], unit_: str, title: str, login: str, by: str | None) -> None:
    """A new person."""
    with at_desk(by) as s:
        made = people.add_person(
            s.db, s.actor, words(name), tuple(map(OfficeRole, roles)), unit=unit_, title=words(title), login=login,
            now=s.now,
        )  # fmt: skip
    click.echo(label("user_cli", "added", id=made.id, name=made.name))


@user.command("list", help=label("user_cli", "list"))
@_BY
def list_(by: str | None) -> None:
    """All persons and who stands in for whom."""
    with at_desk(by) as s:
        everybody, today = store.every(s.db), clock.local(s.now).date()
        for person in everybody:
            click.echo(_line(person))
        if len(everybody) == 1:
            click.echo(label("user_cli", "only_one"))
        for one in store.stand_ins(s.db):
            if one.last >= today:
                click.echo(_stands_in(one))


def _line(person: Person) -> str:
    parts = [person.id, person.name, ", ".join(of(role) for role in person.roles)]
    parts += [text for text in (person.title, person.unit, person.login) if text]
    if person.disabled:
        parts.append(label("user_cli", "disabled_since", day=f"{clock.local(person.disabled):%d/%m/%Y}"))
    return " · ".join(parts)


def _stands_in(one: StandIn) -> str:
    days = {"first": f"{one.first:%d/%m/%Y}", "last": f"{one.last:%d/%m/%Y}"}
    return label("user_cli", "stands_in", person=one.person, absent=one.absent, **days)


@user.command(help=label("user_cli", "disable"))
@click.argument("who", metavar="WHO")
@_BY
def disable(who: str, by: str | None) -> None:
    """The person acts no more."""
    with at_desk(by) as s:
        gone = people.disable_person(s.db, s.actor, who, now=s.now)
    click.echo(label("user_cli", "disabled", id=gone.id, name=gone.name))


@user.command(help=label("user_cli", "erase"))
@click.argument("who", metavar="WHO")
@_BY
def erase(who: str, by: str | None) -> None:
    """Name, title and login are blanked; the id stays."""
    with at_desk(by) as s:
        gone = people.erase_person(s.db, s.actor, who, now=s.now)
    click.echo(label("user_cli", "erased", id=gone.id))


@user.command("stand-in", help=label("user_cli", "stand_in"))
@click.argument("absent", metavar="ABSENT")
@click.argument("person", metavar="PERSON")
@click.option("--from", "first", required=True, metavar="D", help=label("user_cli", "first"))
@click.option("--to", "last", required=True, metavar="D", help=label("user_cli", "last"))
@_BY
def stand_in(absent: str, person: str, first: str, last: str, by: str | None) -> None:
    """Somebody acts for an absent one."""
    with at_desk(by) as s:
        made = people.add_stand_in(
            s.db, s.actor, absent, person, first=needed_day(first), last=needed_day(last), now=s.now
        )
    click.echo(_stands_in(made))


@click.group(help=label("user_cli", "units"))
def unit() -> None:
    """Union bodies."""


def _details(command: Any) -> Any:
    for name in reversed(_TEXTS):
        command = click.option(f"--{name}", metavar="WORDS", help=label("units", f"col_{name}"))(command)
    command = click.option(
        "--alias", "aliases", multiple=True, metavar="WORDS", help=label("units", "col_aliases")
    )(command)  # fmt: skip
    for name in ("ends", "starts"):
        command = click.option(f"--{name}", metavar="D", help=label("units", f"col_{name}"))(command)
    return command


def _changed(found: Unit, given: dict[str, Any]) -> Unit:
    """The body with what was given; what was not stays, and an empty word takes away."""
    texts: dict[str, Any] = {name: words(given[name]) for name in _TEXTS if given[name] is not None}
    texts |= {name: day(given[name] or None) for name in ("starts", "ends") if given[name] is not None}
    if given["aliases"]:
        texts["aliases"] = tuple(one for one in map(words, given["aliases"]) if one)
    return replace(found, **texts)


@unit.command("add", help=label("user_cli", "unit_add"))
@click.argument("name", metavar="NAME")
@click.option("--kind", required=True, type=one_of(UnitKind), help=label("units", "col_kind"))
@click.option("--id", "ident", default="", metavar="ID", help=label("user_cli", "unit_id"))
@_details
@_BY
def add_unit(*, name: str, kind: str, ident: str, by: str | None, **given: Any) -> None:
    """A new body."""
    made = _changed(Unit(id=ident, name=words(name), kind=UnitKind(kind)), given)
    with at_desk(by) as s:
        made = people.new_unit(s.db, s.actor, made, now=s.now)
    click.echo(label("user_cli", "unit_added", id=made.id, name=made.name))


@unit.command("change", help=label("user_cli", "unit_change"))
@click.argument("ident", metavar="ID")
@click.option("--name", metavar="WORDS", help=label("units", "col_name"))
@click.option("--kind", type=one_of(UnitKind), help=label("units", "col_kind"))
@_details
@_BY
def change_unit(*, ident: str, name: str | None, kind: str | None, by: str | None, **given: Any) -> None:
    """A body changed."""
    with at_desk(by) as s:
        found = _changed(people.unit(s.db, ident), given)
        found = replace(found, name=words(name) if name is not None else found.name)
        made = people.put_unit(
            s.db, s.actor, replace(found, kind=UnitKind(kind) if kind else found.kind), now=s.now
        )  # fmt: skip
    click.echo(label("user_cli", "unit_changed", id=made.id, name=made.name))


@unit.command("list", help=label("user_cli", "unit_list"))
@_BY
def list_units(by: str | None) -> None:
    """All bodies."""
    with at_desk(by) as s:
        found, today = store.units(s.db), clock.local(s.now).date()
    for one in found:
        parts = [one.id, one.name, of(one.kind), *([one.symbol] if one.symbol else [])]
        parts += [label("user_cli", "unit_above", parent=one.parent)] if one.parent else []
        parts += [] if one.exists(today) else [label("user_cli", "unit_gone")]
        click.echo(" · ".join(parts))
    if not found:
        click.echo(label("user_cli", "unit_none"))


@unit.command("import", help=label("user_cli", "unit_import"))
@click.argument("file", metavar="FILE.csv")
@_BY
def import_units(file: str, by: str | None) -> None:
    """Bodies from a table."""
    raw = read_bytes(file)
    with at_desk(by) as s:
        done = units_csv.take_in(s, raw)
    if told_lines(done):
        sys.exit(1)


@unit.command("export", help=label("user_cli", "unit_export"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
@_BY
def export_units(output: Path | None, by: str | None) -> None:
    """Bodies as a table."""
    with at_desk(by) as s:
        found = store.units(s.db)
    to_file(units_csv.to_csv(found), output)
