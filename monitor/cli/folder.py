"""``init`` and ``run``: the working folder, and the program that stays."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.common import here, stopping
from monitor.config import init as make
from monitor.labels import label
from monitor.schedule import serve


@click.command(help=label("cli", "init"))
@click.argument("folder", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
def init(folder: Path) -> None:
    """Makes a working folder; never overwrites."""
    done = make(folder)
    made = [path for path, new in done if new]
    kept = [path for path, new in done if not new]
    for path in made:
        click.echo(label("cli", "init_made", path=path))
    if kept:
        click.echo(label("cli", "init_kept", count=len(kept)))
    click.echo(label("cli", "init_next", folder=folder))


@click.command(help=label("cli", "run"))
# The desk's address is part of the contract already; until the desk is there these are taken and say so.
@click.option("--host", default=None, hidden=True)
@click.option("--port", default=None, type=int, hidden=True)
def run(host: str | None, port: int | None) -> None:
    """The clock, until a signal comes."""
    if host is not None or port is not None:
        click.echo(label("cli", "no_desk"), err=True)
    with stopping() as stop:
        serve(here(), stop, say=click.echo)
