"""``watch``: the pages of open cases and of union stories, looked at again."""

from __future__ import annotations

import sys

import click

from monitor import clock
from monitor.cli.cases.group import acting, at_desk
from monitor.cli.common import stopping, to_json
from monitor.clock import iso_local
from monitor.desk import watching
from monitor.desk.watching import Told
from monitor.labels import label, of
from monitor.model.watch import WatchLine


@click.command(help=label("watch_cli", "watch"))
@click.option("--all", "everything", is_flag=True, help=label("watch_cli", "all"))
@click.option("--case", "cases", multiple=True, metavar="CASE", help=label("watch_cli", "case"))
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
@acting
def watch(*, everything: bool, cases: tuple[str, ...], as_json: bool, by: str | None, on_behalf: str) -> None:
    """One round over the pages that are due."""
    with stopping() as stop, at_desk(by, on_behalf) as s:
        told = watching.look_for(s, only_due=not everything, cases=cases, stop=stop)
    if as_json:
        click.echo(to_json([_row(line) for line in told.report.lines]))
    else:
        _show(told)
    if told.report.interrupted:
        sys.exit(130)


def _show(told: Told) -> None:
    report = told.report
    if not report.lines and not told.hidden:
        click.echo(label("watch_cli", "nothing"))
    for line in report.lines:
        if line.status.failed or line.changes:
            click.echo(f"{line.article}  {line.url}")
            click.echo(f"  {line.reason}")
        for change in line.changes:
            click.echo(f"  {change.id}  {clock.local(change.at):%H:%M %d/%m/%Y}  {of(change.kind)}")
            for words in change.diff.splitlines():
                click.echo(f"    {words}")
    if report.lines:
        changes = sum(len(line.changes) for line in report.lines)
        click.echo(label("watch_cli", "done", pages=len(report.lines), changes=changes, waiting=report.waiting))
    if told.hidden:
        click.echo(label("watch_cli", "hidden", pages=told.hidden))


def _row(line: WatchLine) -> dict[str, object]:
    return {
        "article": line.article,
        "url": line.url,
        "status": line.status.value,
        "outcome": line.outcome.value,
        "reason": line.reason,
        "next": iso_local(line.next),
        "changes": [
            {
                "id": change.id,
                "kind": change.kind.value,
                "at": iso_local(change.at),
                "diff": change.diff,
                "missing": [part.value for part in change.correction.missing] if change.correction else None,
                "url": change.correction.url if change.correction else None,
            }
            for change in line.changes
        ],
    }
