"""``alert``: what is told of at once; a round now, the latest alerts, and marking them as seen."""

from __future__ import annotations

import click

from monitor.cli.cases.group import at_desk, by_whom
from monitor.cli.common import here, stopping, to_json
from monitor.clock import iso_local, local
from monitor.desk import alerts as desk
from monitor.desk.alerts import AlertRow
from monitor.labels import label, of
from monitor.model.alert import AlertKind, AlertReport
from monitor.report import alert_words as words

_PART = 200


@click.group(help=label("alert_cli", "alert"), invoke_without_command=True)
@click.pass_context
def alert(context: click.Context) -> None:
    """What is told of at once."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@alert.command(help=label("alert_cli", "run"))
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
def run(*, as_json: bool) -> None:
    """One round, as the clock walks it every minute."""
    with stopping() as stop:
        done = desk.look(here(), stop=stop)
    if as_json:
        click.echo(to_json(_report(done)))
        return
    click.echo(
        label(
            "alert_cli", "ran", made=done.made, joined=done.joined, told=len(done.told), messages=len(done.messages),
            waiting=done.waiting,
        )
    )  # fmt: skip


@alert.command("list", help=label("alert_cli", "list"))
@click.option(
    "--days", default=7, show_default=True, type=click.IntRange(1, 3660), metavar="N", help=label("alert_cli", "days")
)
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
@by_whom
def list_(*, days: int = 7, as_json: bool = False, by: str | None = None, on_behalf: str = "") -> None:
    """The latest, as far as one may know of them."""
    with at_desk(by, on_behalf) as s:
        known = desk.alerts(s, days=days)
        found = [row for at in range(0, len(known), _PART) for row in desk.rows(s, known[at : at + _PART])]
    if as_json:
        click.echo(to_json([_row(one) for one in found]))
        return
    for one in found:
        a = one.alert
        at = a.told or a.made
        click.echo(f"{a.id:<6} {local(at):%H:%M %d/%m/%Y}  {of(a.state)}  {of(a.kind)}")
        click.echo(f"       {_title(one)}")
    if not found:
        click.echo(label("alert_cli", "none"))


@alert.command(help=label("alert_cli", "seen"))
@click.argument("idents", metavar="ID...", nargs=-1, required=True)
@by_whom
def seen(*, idents: tuple[str, ...], by: str | None, on_behalf: str) -> None:
    """Marks them as seen."""
    with at_desk(by, on_behalf) as s:
        done = desk.seen(s, idents)
    click.echo(label("alert_cli", "was_seen", id=", ".join(one.id for one in done)))


def _title(one: AlertRow) -> str:
    if one.alert.kind is AlertKind.ATTENTION:
        return one.matter.articles[0].title or label("alert", "no_title")
    return words.surge(one.matter)


def _report(done: AlertReport) -> dict[str, object]:
    return {
        "made": done.made,
        "joined": done.joined,
        "told": [one.id for one in done.told],
        "kept": done.kept,
        "messages": list(done.messages),
        "waiting": done.waiting,
    }


def _row(one: AlertRow) -> dict[str, object]:
    a = one.alert
    return {
        "id": a.id,
        "kind": a.kind.value,
        "state": a.state.value,
        "title": _title(one),
        "why": words.why(one.matter),
        "articles": [article.id for article in one.matter.articles],
        "about": a.about,
        "day": a.day.isoformat(),
        "count": one.stories if a.kind is AlertKind.ATTENTION else a.count,
        "threshold": a.threshold,
        "made": iso_local(a.made),
        "told": iso_local(a.told),
        "many": a.many,
        "readers": list(a.readers),
        "seen": iso_local(a.seen),
        "muted": a.muted is not None,
        "case": one.case or None,
    }
