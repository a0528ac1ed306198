"""``digest`` and ``demo``: what people read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from monitor import clock
from monitor.cli.collecting import show_health, show_round
from monitor.cli.common import day, here, write
from monitor.config import Home
from monitor.demo import walk_through
from monitor.errors import UsageError
from monitor.jobs import digest as job
from monitor.jobs.health import health
from monitor.jobs.searching import search
from monitor.labels import label


@click.command(help=label("cli", "digest"))
@click.option("--date", "on", metavar="D", help=label("cli", "digest_date"))
@click.option("--week", metavar="2026-W45", help=label("cli", "digest_week"))
@click.option(
    "--format", "form", type=click.Choice(job.FORMS), default="html", show_default=True, help=label("cli", "format")
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
def digest(on: str | None, week: str | None, form: str, output: Path | None) -> None:
    """The digest of a day (today, if not said) or a week."""
    if on and week:
        raise UsageError("day_and_week")
    period = job.week(week) if week else job.day(day(on) or clock.local(clock.now()).date())
    write(job.digest(here(), period, form), output)


@click.command(help=label("cli", "demo"))
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
def demo(folder: Path | None) -> None:
    """The whole path on an invented press."""
    root = folder or Path(tempfile.mkdtemp(prefix="monitor-demo-"))
    home = Home(root=root)
    click.echo(label("demo", "start", folder=root))
    with walk_through(home) as report:
        show_round(report)
        click.echo("\n" + label("demo", "health"))
        show_health(health(home), as_json=False)
        words = label("demo", "query")
        click.echo("\n" + label("demo", "search", query=words))
        for number, result in enumerate(search(home, words, fields={}, limit=3), 1):
            click.echo(f"{number:>3}. {result.article.title}\n     {result.outlet_name} · {result.article.url}")
        today = clock.local(clock.now()).date()
        target = root / f"diem-tin-{today:%Y-%m-%d}.html"
        write(job.digest(home, job.recent(48), "html"), target)
        click.echo("\n" + label("demo", "digest", file=target) + "\n")
        click.echo(job.digest(home, job.recent(48), "md"))
