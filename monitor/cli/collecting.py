"""``collect`` and ``sources``: one round now, and how every source is."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from monitor import clock, labels
from monitor.cli.common import here, read_bytes, status_line, stopping, to_json, write
from monitor.config import add_outlets, from_opml, load_sources, to_opml
from monitor.jobs.collect import Progress
from monitor.jobs.collect import collect as round_of
from monitor.jobs.health import health, told
from monitor.labels import label
from monitor.model.digest import SourceHealth
from monitor.model.fetch import RoundReport, Status


@click.command(help=label("cli", "collect"))
@click.option("--source", "only", multiple=True, metavar="ID", help=label("cli", "collect_source"))
@click.option("--due", is_flag=True, help=label("cli", "collect_due"))
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
def collect(only: tuple[str, ...], due: bool, as_json: bool) -> None:
    """One round over the sources."""
    report = walk(only, due=due, pages=True)
    if as_json:
        click.echo(to_json([asdict(line) for line in report.sources]))
    else:
        show_round(report)
    if report.interrupted:
        click.echo(label("cli", "round_interrupted"), err=True)
        sys.exit(130)
    if report.all_failed:
        sys.exit(1)


def walk(only: tuple[str, ...], *, due: bool, pages: bool) -> RoundReport:
    """A round with progress on a terminal, which Ctrl+C ends without losing anything."""
    show = status_line(sys.stderr)

    def tell(p: Progress) -> None:
        if show:
            show(
                label(
                    "cli",
                    "progress",
                    looked=p.sources,
                    sources=p.sources_total,
                    pages=p.pages,
                    total=p.pages_total,
                    failed=p.failed,
                )
            )

    with stopping() as stop:
        report = round_of(here(), only=only, due=due, pages=pages, progress=tell if show else None, stop=stop)
    if show:
        click.echo(err=True)
    return report


def show_round(report: RoundReport) -> None:
    """A round in words: what came, and which sources failed and why."""
    if not report.sources:
        click.echo(label("cli", "nothing_due"))
        return
    failed = [line for line in report.sources if line.status.failed]
    click.echo(
        label(
            "cli",
            "round",
            sources=len(report.sources),
            failed=len(failed),
            new=sum(line.new for line in report.sources),
            pages=report.pages,
            missed=report.pages_failed,
            seconds=f"{report.seconds:.0f}",
        )
    )
    for line in told(failed):
        click.echo(line)
    if report.all_failed:
        click.echo(label("cli", "all_failed"))


@click.group(help=label("cli", "sources"), invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
@click.pass_context
def sources(context: click.Context, as_json: bool) -> None:
    """The health of every source."""
    if context.invoked_subcommand is None:
        show_health(health(here()), as_json=as_json)


@sources.command(help=label("cli", "sources_check"))
@click.argument("only", nargs=-1, metavar="[ID]...")
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
def check(only: tuple[str, ...], as_json: bool) -> None:
    """Looks at the sources now, without fetching article pages, and shows how they are."""
    report = walk(only, due=False, pages=False)
    looked = {line.id for line in report.sources}
    show_health(tuple(line for line in health(here()) if line.id in looked), as_json=as_json)
    if report.all_failed:
        sys.exit(1)


@sources.command("import", help=label("cli", "sources_import"))
@click.argument("file")
def import_(file: str) -> None:
    """OPML in: new outlets are appended to sources.yaml."""
    added = add_outlets(here().sources_file, from_opml(read_bytes(file)))
    click.echo(label("cli", "sources_added", count=added) if added else label("cli", "sources_added_none"))


@sources.command(help=label("cli", "sources_export"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
def export(output: Path | None) -> None:
    """OPML out."""
    write(to_opml(load_sources(here().sources_file)), output)


def show_health(lines: tuple[SourceHealth, ...], *, as_json: bool) -> None:
    """The table for people, or the array of the contract."""
    if as_json:
        click.echo(
            to_json(
                [
                    {
                        "id": line.id,
                        "outlet": line.outlet,
                        "url": line.url,
                        "status": line.status.value,
                        "reason": line.reason,
                        "newest": clock.iso_local(line.newest),
                        "checked": clock.iso_local(line.checked),
                        "next": clock.iso_local(line.next),
                    }
                    for line in lines
                ]
            )
        )
        return
    if not lines:
        click.echo(label("cli", "no_sources"))
        return
    width = max(len(line.id) for line in lines)
    now = clock.now()
    for line in sorted(lines, key=lambda line: not line.status.failed):
        mark = "✗" if line.status.failed else " "
        looked = line.checked is not None or line.status is Status.PAUSED
        words = labels.of(line.status) if looked else label("cli", "not_looked")
        click.echo(f"{mark} {line.id:<{width}}  {words:<22}  {age(line.newest, now)}")
        if line.reason and looked:
            click.echo(f"  {'':<{width}}  {line.reason}")
    bad = sum(line.status.failed for line in lines)
    click.echo(label("cli", "sources_total", total=len(lines), failed=bad))


def age(newest: datetime | None, now: datetime) -> str:
    """How old the newest item is, in words."""
    if newest is None:
        return label("cli", "age_none")
    minutes = max(int((now - newest).total_seconds() // 60), 0)
    if minutes < 60:
        return label("cli", "age_minutes", n=minutes)
    if minutes < 48 * 60:
        return label("cli", "age_hours", n=minutes // 60)
    return label("cli", "age_days", n=minutes // 1440)
