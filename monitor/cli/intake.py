"""``monitor intake``: what the crawl cannot bring: paper, broadcasts, posts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from monitor import clock
from monitor.cli.cases.group import F, acting, at_desk, one_of, words
from monitor.cli.common import read_bytes, span, status_line
from monitor.cli.output_bytes import told_lines
from monitor.desk import intake as desk
from monitor.desk import intake_csv, outlets, sheets
from monitor.desk.intake import AUTO, BROADCAST, NewItem, Taken
from monitor.desk.masking import mask
from monitor.desk.moments import moment
from monitor.labels import label, of
from monitor.model.article import Article
from monitor.model.intake import Intake, WhyMissed
from monitor.model.source import Medium
from monitor.model.tag import Relevance

_PRINT = (Medium.DAILY_PRINT, Medium.WEEKLY, Medium.MAGAZINE)
_PASSAGE = 200


@click.group(help=label("intake_cli", "intake"))
def intake() -> None:
    """Items by hand."""


def _among(*members: Medium) -> click.Choice[str]:
    return click.Choice([one.value for one in members])


def _common(command: F) -> F:
    """What every item has."""
    options: tuple[Callable[[F], F], ...] = (
        click.option("--title", required=True, metavar="WORDS", help=label("intake_cli", "title")),
        click.option("--text", default="", metavar="WORDS", help=label("intake_cli", "text")),
        click.option(
            "--file", "files", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
            help=label("intake_cli", "file"),
        ),
        click.option("--seen-by", default="", metavar="WORDS", help=label("intake", "col_seen_by")),
        click.option(
            "--why-missed", type=one_of(WhyMissed), default="not_missed", help=label("intake", "col_why_missed")
        ),
        click.option("--why-note", default="", metavar="WORDS", help=label("intake", "col_why_note")),
        click.option(
            "--relevance", type=click.Choice([*(one.value for one in Relevance), AUTO]), default=Relevance.UNION.value,
            help=label("intake_cli", "relevance"),
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return acting(command)


def _take(by: str | None, on_behalf: str, at: str, given: dict[str, Any]) -> None:
    when, hour = moment(at)
    given["text"], given["title"] = words(given["text"]), words(given["title"])
    given["why_missed"] = WhyMissed(given["why_missed"])
    with at_desk(by, on_behalf) as s:
        _told(desk.take_in(s, NewItem(at=when, hour=hour, **given)))


def _told(taken: Taken) -> None:
    article, key = taken.article, "known" if taken.known else "added"
    key = "collected" if taken.collected else key
    click.echo(label("intake_cli", key, id=article.id, outlet=taken.outlet_name, title=article.title))
    if taken.new_outlet:
        click.echo(label("intake", "new_outlet", name=taken.outlet_name, outlet=article.outlet))
    if article.tagging:
        click.echo(f"  {of(article.tagging.relevance)}")
    if taken.intake.files:
        click.echo(label("intake_cli", "files", files=", ".join(taken.intake.files)))
    elif not article.url:
        click.echo(label("intake_cli", "no_files"))
    if taken.intake.passage:
        click.echo(label("intake_cli", "passage_kept"))


@intake.command("print", help=label("intake_cli", "print"))
@click.option("--outlet", required=True, metavar="OUTLET", help=label("intake_cli", "outlet"))
@click.option("--date", "at", required=True, metavar="D", help=label("intake_cli", "date"))
@click.option("--page", required=True, metavar="PAGE", help=label("intake", "col_page"))
@click.option("--issue", default="", metavar="N", help=label("intake", "col_issue"))
@click.option("--column", "programme", default="", metavar="WORDS", help=label("intake_cli", "column"))
@click.option("--medium", type=_among(*_PRINT), default="daily_print", help=label("intake_cli", "medium"))
@_common
def print_(*, at: str, medium: str, by: str | None, on_behalf: str, **given: Any) -> None:
    """Something in print."""
    _take(by, on_behalf, at, given | {"medium": Medium(medium)})


@intake.command(help=label("intake_cli", "broadcast"))
@click.option("--outlet", required=True, metavar="OUTLET", help=label("intake_cli", "outlet"))
@click.option("--medium", required=True, type=_among(*BROADCAST), help=label("intake_cli", "medium"))
@click.option("--programme", required=True, metavar="WORDS", help=label("intake", "col_programme"))
@click.option("--at", required=True, metavar="D", help=label("intake_cli", "at"))
@_common
def broadcast(*, at: str, medium: str, by: str | None, on_behalf: str, **given: Any) -> None:
    """Something on air."""
    _take(by, on_behalf, at, given | {"medium": Medium(medium)})


@intake.command(help=label("intake_cli", "social"))
@click.option("--link", required=True, metavar="URL", help=label("intake", "col_link"))
@click.option("--account", required=True, metavar="NAME", help=label("intake", "col_account"))
@click.option("--at", required=True, metavar="D", help=label("intake_cli", "at"))
@click.option("--outlet", default="", metavar="OUTLET", help=label("intake_cli", "channel_of"))
@_common
def social(*, at: str, by: str | None, on_behalf: str, **given: Any) -> None:
    """A post."""
    _take(by, on_behalf, at, given | {"medium": Medium.SOCIAL_CHANNEL})


@intake.command(
    help=label("intake_cli", "csv", columns=sheets.names("intake", intake_csv.COLUMNS), media=", ".join(Medium))
)
@click.argument("file", metavar="FILE.csv")
@acting
def csv(file: str, by: str | None, on_behalf: str) -> None:
    """Many from a table."""
    raw = read_bytes(file)
    show = status_line(sys.stderr)
    with at_desk(by, on_behalf) as s:
        done = intake_csv.take_in_csv(
            s, raw, progress=(lambda n: show(label("cli", "import_progress", n=n))) if show else None
        )
    if show:
        click.echo(err=True)
    if told_lines(done):
        sys.exit(1)


@intake.command("list", help=label("intake_cli", "list"))
@click.option("--since", metavar="D", help=label("cli", "since"))
@click.option("--until", metavar="D", help=label("cli", "until"))
@acting
def list_(since: str | None, until: str | None, by: str | None, on_behalf: str) -> None:
    """What was entered by hand."""
    start, end = span(since, until)
    with at_desk(by, on_behalf) as s:
        found, names = desk.between(s, start, end), outlets.names(s)
    for one, article in found:
        _show(one, article, names.get(article.outlet, article.outlet))
    if not found:
        click.echo(label("intake_cli", "list_none"))


def _show(one: Intake, article: Article, name: str) -> None:
    local = clock.local(one.at)
    midnight = (local.hour, local.minute) == (0, 0) and one.medium not in BROADCAST
    when = f"{local:%d/%m/%Y}" if midnight else f"{local:%d/%m/%Y %H:%M}"
    where = [of(one.medium), name, one.programme, one.page and label("intake_cli", "page", page=one.page), one.account]
    click.echo(f"{article.id} · {when} · {' · '.join(dict.fromkeys(filter(None, where)))}")
    click.echo(f"  {mask(article.title)}")
    if text := one.passage or article.text:
        passage = mask(text).replace("\n", " ")
        click.echo(f"  {passage[:_PASSAGE]}{'…' if len(passage) > _PASSAGE else ''}")
    if one.why_missed is not WhyMissed.NOT_MISSED:
        click.echo(
            f"  {label('intake', 'col_why_missed')}: {of(one.why_missed)}{f' ({one.why_note})' if one.why_note else ''}"
        )
