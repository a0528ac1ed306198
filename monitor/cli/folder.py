"""``init`` and ``run``: the working folder, and the program that stays."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.common import here, stopping
from monitor.config import init as make
from monitor.labels import label
from monitor.schedule import serve
from monitor.web import served


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
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help=label("cli", "run_host"))
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), metavar="N", help=label("cli", "run_port")
)
def run(host: str, port: int) -> None:
    """The clock and the desk, until a signal comes."""
    with stopping() as stop:
        serve(here(), stop, say=click.echo, beside=lambda: served(here(), host, port, click.echo))
