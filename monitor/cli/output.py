"""``digest`` and ``demo``: what people read."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click

from monitor import clock
from monitor.cli import outbox
from monitor.cli.cases.group import at_desk, by_whom, one_of
from monitor.cli.collecting import show_health, show_round
from monitor.cli.common import day, here, stopping, write
from monitor.cli.output_bytes import in_form, to_screen
from monitor.config import Home
from monitor.demo import walk_through
from monitor.desk import digest_files, edition_files, edition_sending, editions
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.jobs import digest as job
from monitor.jobs.health import health
from monitor.jobs.searching import search
from monitor.labels import label, of
from monitor.model.digest import Period
from monitor.model.edition import Series


@click.command(help=label("cli", "digest"))
@click.option("--date", "on", metavar="D", help=label("cli", "digest_date"))
@click.option("--week", metavar="2026-W45", help=label("cli", "digest_week"))
@click.option(
    "--format",
    "form",
    type=click.Choice(digest_files.FORMS),
    default="html",
    show_default=True,
    help=label("cli", "digest_format"),
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
@click.option("--edition", metavar="ID|current", help=label("cli", "digest_edition"))
@click.option("--series", type=one_of(Series), default="daily", show_default=True, help=label("cli", "digest_series"))
@click.option("--send", is_flag=True, help=label("outbox_cli", "send"))
@by_whom
def digest(
    *,
    on: str | None,
    week: str | None,
    form: str,
    output: Path | None,
    edition: str | None,
    series: str,
    send: bool,
    by: str | None,
    on_behalf: str,
) -> None:
    """The digest of a day (today, if not said) or a week, or a stored edition; ``send``: an approved one goes."""
    if edition and (on or week):
        raise UsageError("edition_and_day")
    if on and week:
        raise UsageError("day_and_week")
    if not send:
        to_screen(form, output)
    if send:
        wanted = Series.WEEKLY if week else editions.series_of(series)
        with at_desk(by, on_behalf) as s:
            _send(s, edition=edition, series=wanted, period=_period(on, week), form=form, output=output)
        return
    if edition:
        with at_desk(by, on_behalf) as s:
            ident = editions.current(s, series).id if edition == "current" else edition
            in_form(edition_files.of_edition(s, ident, form), form, output)
        return
    home, period = here(), _period(on, week) or job.day(clock.local(clock.now()).date())
    in_form(digest_files.made(home, job.build(home, period), form), form, output)


def _period(on: str | None, week: str | None) -> Period | None:
    """The week or day that was named."""
    if week:
        return job.week(week)
    named = day(on)
    return job.day(named) if named else None


def _send(
    s: Sitting, *, edition: str | None, series: Series, period: Period | None, form: str, output: Path | None
) -> None:
    """Sends the edition meant, else the last approved one of the day, the week, the series; exit 1 where one failed."""
    meant = edition if edition and edition != "current" else edition_sending.of_day(s, series, period).id
    queued = edition_sending.send(s, meant)
    if output:
        in_form(edition_files.of_edition(s, meant, form), form, output)
    made = [one.id for one in queued if one.id]
    if made:
        outbox.now_sent(made)
    if not outbox.tell(s, queued):
        raise click.exceptions.Exit(1)


@click.command(help=label("cli", "demo"))
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--desk", is_flag=True, help=label("cli", "demo_desk"))
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), metavar="N", help=label("cli", "run_port")
)
def demo(folder: Path | None, desk: bool, port: int) -> None:
    """The whole path on an invented press; with ``desk`` an invented office's desk stays open on it."""
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
        if desk:
            _desk(home, port)


def _desk(home: Home, port: int) -> None:
    """Serves the demo's desk until Ctrl+C; says who can sign in."""
    from monitor.demo.office import fill  # noqa: PLC0415 - the whole desk, for this option alone
    from monitor.web import served  # noqa: PLC0415

    click.echo("\n" + label("demo", "office"))
    for one in fill(home):
        roles = ", ".join(of(role) for role in one.roles)
        click.echo(label("demo", "person", login=one.login, password=one.password, name=one.name, roles=roles))
    with stopping() as stop, served(home, "127.0.0.1", port, click.echo):
        click.echo(label("demo", "desk_ends"))
        while not stop.is_set():
            time.sleep(0.2)
