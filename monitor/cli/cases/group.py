"""The group of case commands and what they share: who acts, words from a file, moments as typed, the answer shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from inspect import signature
from typing import Any, TypeVar, cast

import click

from monitor import dates
from monitor.cli.common import day, here, read_bytes
from monitor.desk.sitting import Sitting, sitting
from monitor.errors import UsageError
from monitor.labels import label, of
from monitor.model.case import Case
from monitor.text import decode, nfc

F = TypeVar("F", bound=Callable[..., Any])
Member = TypeVar("Member", bound=StrEnum)
_REVISION = "monitor.revision"


@click.group(help=label("case_cli", "case"))
def case() -> None:
    """Cases."""


def acting(command: F) -> F:
    """Options of every act: who does it, for whom he stands in, and on one case the revision that he saw."""
    return by_whom(_revised(command) if {"ident", "ref"} & set(signature(command).parameters) else command)


def by_whom(command: F) -> F:
    """Options of whatever is no act on a case: who does it, and for whom he stands in."""
    command = click.option("--for", "on_behalf", metavar="WHO", default="", help=label("case_cli", "on_behalf"))(
        command
    )
    return click.option("--by", metavar="WHO", help=label("case_cli", "by"))(command)


def _revised(command: F) -> F:
    """The command with ``--revision``, which ``at_desk`` takes from the context: no command has to hand it on."""

    @wraps(command)
    def run(*args: Any, revision: int | None, **given: Any) -> Any:
        click.get_current_context().meta[_REVISION] = revision
        return command(*args, **given)

    option = click.option("--revision", metavar="N", type=click.IntRange(1), help=label("case_cli", "revision"))
    return cast(F, option(run))


@contextmanager
def at_desk(by: str | None, on_behalf: str = "") -> Iterator[Sitting]:
    """A sitting in the working folder; the first one of a command is held to the revision that was given."""
    context = click.get_current_context(silent=True)
    expected = context.meta.pop(_REVISION, None) if context else None
    with sitting(here(), by, on_behalf=on_behalf, expected=expected) as made:
        yield made


def words(text: str) -> str:
    """What was typed, or the content of the file named after @ (``-`` is standard input)."""
    if text == "-" or text.startswith("@"):
        return nfc(decode(read_bytes(text.removeprefix("@") or "-"))).strip()
    return nfc(text)


def moment(text: str | None) -> datetime | None:
    """A date and hour as typed; a day alone is its beginning."""
    if text is None:
        return None
    found = dates.parse(text)
    if found is None:
        raise UsageError("bad_date", value=text)
    return found


def needed_day(text: str) -> date:
    """A day as typed."""
    found = day(text)
    assert found is not None  # click does not call without a value
    return found


def one_of(kind: type[Member]) -> click.Choice[str]:
    """A choice of an enum's words."""
    return click.Choice([member.value for member in kind])


def told(made: Case, key: str, **facts: object) -> None:
    """One line on what became of the case."""
    click.echo(label("case_cli", key, id=made.id, **facts))
    verdict = f" · {of(made.verdict)}" if made.verdict else ""
    click.echo(f"  {of(made.status)}{verdict} · {made.title}")
