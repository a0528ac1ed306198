"""``search``, ``import`` and ``export``: what is kept."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from monitor import clock
from monitor.cli.common import here, lines_to, open_lines, span, status_line, to_json
from monitor.jobs.exporting import export_articles, export_stories
from monitor.jobs.exporting import row as export_row
from monitor.jobs.importing import import_archive
from monitor.jobs.searching import Result
from monitor.jobs.searching import search as search_for
from monitor.labels import label
from monitor.report.view import corrected_words


@click.command(help=label("cli", "search"))
@click.argument("query", nargs=-1, required=False)
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
@click.option(
    "--limit", metavar="N", type=click.IntRange(1, 10_000), default=20, show_default=True, help=label("cli", "limit")
)
@click.option("--outlet", metavar="O", help=label("cli", "search_outlet"))
@click.option("--topic", metavar="T", help=label("cli", "search_topic"))
@click.option("--place", metavar="P", help=label("cli", "search_place"))
@click.option("--since", metavar="D", help=label("cli", "since"))
@click.option("--until", metavar="D", help=label("cli", "until"))
def search(query: tuple[str, ...], as_json: bool, limit: int, **fields: str | None) -> None:
    """Ranked results."""
    found = search_for(here(), " ".join(query), fields=fields, limit=limit)
    if as_json:
        click.echo(to_json([export_row(r.article) | {"snippet": r.snippet, "match": r.tier} for r in found]))
        return
    if not found:
        click.echo(label("cli", "search_none"))
    for number, result in enumerate(found, 1):
        _show(number, result)


def _show(number: int, result: Result) -> None:
    article = result.article
    when = clock.local(article.published).strftime("%d/%m/%Y %H:%M") if article.published else label("cli", "no_time")
    click.echo(f"{number:>3}. {article.title}")
    click.echo(f"     {result.outlet_name} · {when} · {article.url or label('cli', 'no_url')}")
    if article.corrected:
        click.echo(f"     ✔ {corrected_words(article)}")
    if result.snippet:
        click.echo(f"     {result.snippet}")


@click.command("import", help=label("cli", "import"))
@click.argument("file", metavar="FILE.jsonl")
def import_(file: str) -> None:
    """An archive in."""
    show = status_line(sys.stderr)
    with open_lines(file) as lines:
        report = import_archive(
            here(), lines, progress=(lambda n: show(label("cli", "import_progress", n=n))) if show else None
        )
    if show:
        click.echo(err=True)
    for number, problem in report.bad[:50]:
        click.echo(label("cli", "bad_line", number=number, problem=problem), err=True)
    click.echo(label("cli", "import_done", stored=report.stored, known=report.known, bad=len(report.bad)))
    if report.bad:
        sys.exit(1)


@click.group(help=label("cli", "export"))
def export() -> None:
    """Archives out."""


@export.command(help=label("cli", "export_articles"))
@click.option("--since", metavar="D", help=label("cli", "since"))
@click.option("--until", metavar="D", help=label("cli", "until"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
def articles(since: str | None, until: str | None, output: Path | None) -> None:
    """All articles as JSONL."""
    start, end = span(since, until)
    with lines_to(output) as put:
        for row in export_articles(here(), start, end):
            put(json.dumps(row, ensure_ascii=False))


@export.command(help=label("cli", "export_stories"))
@click.option("--since", metavar="D", help=label("cli", "since"))
@click.option("--until", metavar="D", help=label("cli", "until"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
def stories(since: str | None, until: str | None, output: Path | None) -> None:
    """Stories and events as JSONL."""
    start, end = span(since, until)
    with lines_to(output) as put:
        for row in export_stories(here(), start, end):
            put(json.dumps(row, ensure_ascii=False))
