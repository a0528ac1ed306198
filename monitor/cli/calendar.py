"""``calendar``: the office's working days, confirmed once a year, and what a deadline comes to."""

from __future__ import annotations

import sys
from datetime import date, timedelta

import click

from monitor import clock, dates
from monitor.cli.cases.group import at_desk
from monitor.cli.common import day as as_day
from monitor.cli.common import here
from monitor.desk import calendar as desk
from monitor.errors import UsageError
from monitor.labels import label, of
from monitor.model.calendar import IssueDays, NamedDay, WorkCalendar, WorkYear
from monitor.model.law import ClockKind, Due
from monitor.model.source import Medium
from monitor.respond import clocks
from monitor.respond.calendar import said, working_between
from monitor.text import clean


class _Years(click.Group):
    """``calendar`` and ``calendar 2027`` mean ``calendar show``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """See click."""
        return super().parse_args(ctx, ["show", *args] if not args or args[0].isdecimal() else args)


@click.group(cls=_Years, help=label("calendar", "help"))
def calendar() -> None:
    """The working calendar."""


@calendar.command(help=label("calendar", "show_help"))
@click.argument("year", type=int, required=False)
def show(year: int | None) -> None:
    """One year as the office has it."""
    wanted = desk.shown(here(), clock.local(clock.now()).year if year is None else year)
    if wanted.confirmed and wanted.at:
        click.echo(label("calendar", "title_confirmed", year=wanted.year, by=wanted.by, at=f"{wanted.at:%d/%m/%Y}"))
    else:
        click.echo(label("calendar", "title_unconfirmed", year=wanted.year))
    _list(wanted)


@calendar.command(help=label("calendar", "propose_help"))
@click.argument("year", type=int)
def propose(year: int) -> None:
    """What the library and the rules propose."""
    click.echo(label("calendar", "title_proposed", year=year))
    _list(desk.proposal(here(), year))


@calendar.command(help=label("calendar", "confirm_help"))
@click.argument("year", type=int)
@click.option("--off", multiple=True, metavar="D", help=label("calendar", "off_opt"))
@click.option("--worked", multiple=True, metavar="D", help=label("calendar", "worked_opt"))
@click.option("--by", metavar="WHO", help=label("case_cli", "by"))
def confirm(year: int, off: tuple[str, ...], worked: tuple[str, ...], by: str | None) -> None:
    """A person says that the year is so. At a terminal it is asked once more, under the full list."""
    draft = desk.draft(here(), year, [_named(text) for text in off], [_named(text) for text in worked])
    with at_desk(by) as s:
        desk.may_confirm(s.actor)
        click.echo(label("calendar", "title_confirming", year=year))
        _list(draft)
        if sys.stdin.isatty() and not click.confirm(label("calendar", "ask")):
            click.echo(label("calendar", "kept"))
            return
        _, file = desk.sign(s, draft)
    click.echo(label("calendar", "confirmed", year=year, file=file))


@calendar.command(help=label("calendar", "due_help"))
@click.option("--from", "start", metavar="DATE", required=True, help=label("calendar", "from_opt"))
@click.option(
    "--medium",
    type=click.Choice([one.value for one in Medium]),
    default=Medium.ONLINE.value,
    help=label("calendar", "medium_opt"),
)
@click.option(
    "--kind",
    type=click.Choice([one.value for one in ClockKind]),
    default=ClockKind.RESPONSE.value,
    help=label("calendar", "kind_opt"),
)
@click.option(
    "--weekday", metavar="N", type=click.IntRange(2, 8), multiple=True, help=label("calendar", "weekdays_opt")
)
@click.option("--monthday", metavar="N", type=click.IntRange(1, 31), multiple=True, help=label("calendar", "days_opt"))
@click.option("--sent", is_flag=True, help=label("calendar", "sent_opt"))
def due(*, start: str, medium: str, kind: str, weekday: tuple[int, ...], monthday: tuple[int, ...], sent: bool) -> None:
    """A deadline with its computation and basis."""
    issues = IssueDays(weekdays=tuple(day - 2 for day in weekday), days=monthday) if weekday or monthday else None
    found = _due(ClockKind(kind), Medium(medium), start, issues, sent=sent)
    end = (
        label("calendar", "due_at", day=said(clock.local(found.due).date()))
        if found.due
        else label("calendar", "due_none")
    )
    click.echo(label("calendar", "due_line", kind=of(found.kind), due=end))
    click.echo(found.computation)
    click.echo(label("calendar", "due_basis", basis=found.basis))
    for note in found.notes:
        click.echo(label("calendar", "due_note", note=note))


def _due(kind: ClockKind, medium: Medium, text: str, issues: IssueDays | None, *, sent: bool) -> Due:
    at = dates.parse(text)
    if at is None:
        raise UsageError("bad_date", value=text)
    home = here()
    law, cal = desk.press_law(home), desk.working_calendar(home, at)
    received, sent_at = (None, at) if sent else (at, None)
    if kind is ClockKind.RESPONSE:
        return clocks.response_due(law, cal, medium=medium, received=received, sent=sent_at, issues=issues)
    if kind is ClockKind.ANSWER:
        return clocks.answer_due(law, cal, asks_answer=True, received=received, sent=sent_at)
    if kind is ClockKind.FORWARD_ANSWER:
        return clocks.forward_answer_due(law, cal, medium=medium, received=received, sent=sent_at, issues=issues)
    if kind is ClockKind.CORRECTION:
        return clocks.correction_due(law, cal, medium=medium, conclusion_received=at, issues=issues)
    return clocks.own_due(kind, law, cal, start=at)


def _named(text: str) -> NamedDay:
    """A day as typed, with its name after an equals sign where one is given."""
    typed, _, name = text.partition("=")
    on = as_day(typed)
    if on is None:
        raise UsageError("bad_date", value=text)
    return NamedDay(on=on, name=clean(name))


def _list(year: WorkYear) -> None:
    for key, days in (("days_off", year.off), ("days_worked", year.worked)):
        click.echo(label("calendar", key, n=len(days)))
        for one in days:
            click.echo(label("calendar", "line", day=said(one.on), name=one.name))
    first = date(year.year, 1, 1)
    alone = WorkCalendar(years=(year,))
    days_worked = working_between(alone, first - timedelta(days=1), date(year.year, 12, 31))
    click.echo(label("calendar", "weeks", n=days_worked))
