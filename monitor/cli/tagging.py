"""``retag`` and ``tag-fix``: the archive read again, and a person's last word on an article's reading."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from monitor.cli.common import here, span, status_line, stopping, to_json, user
from monitor.jobs import correcting
from monitor.jobs import retag as job
from monitor.jobs.correcting import Corrected
from monitor.jobs.retag import RetagReport
from monitor.labels import label, of
from monitor.model.correction import Field, Figure

_SHOWN = 10


@click.command(help=label("cli", "retag"))
@click.option("--since", metavar="D", help=label("cli", "since"))
@click.option("--until", metavar="D", help=label("cli", "until"))
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
def retag(since: str | None, until: str | None, as_json: bool) -> None:
    """The archive by the rules of today."""
    start, end = span(since, until)
    show = status_line(sys.stderr)

    def tell(done: int, total: int) -> None:
        if show:
            show(label("cli", "retag_progress", done=done, total=total))

    with stopping() as stop:
        report = job.retag(here(), start, end, progress=tell, stop=stop)
    if show:
        click.echo(err=True)
    if as_json:
        click.echo(to_json(asdict(report)))
    else:
        _show(report)
    if report.interrupted:
        click.echo(label("cli", "retag_interrupted"), err=True)
        sys.exit(130)


def _show(report: RetagReport) -> None:
    for figure in report.learned:
        click.echo(_figure(figure))
    if report.resumed:
        click.echo(label("cli", "retag_resumed"))
    click.echo(label("cli", "retag_done", articles=report.articles, changed=report.changed, due=report.due))
    for name, count in sorted(report.fields.items()):
        click.echo(f"  {label('retag', name)}: {count}")
    for change, count in sorted(report.relevance.items(), key=lambda item: -item[1]):
        old, _, new = change.partition("→")
        click.echo(f"    {_relevance(old)} → {_relevance(new)}: {count}")
    for example in report.examples[:_SHOWN]:
        old, new = (example[key] or label("retag", "nothing") for key in ("old", "new"))
        click.echo(f"  · {example['title'] or example['id']}")
        click.echo(f"    {label('retag', str(example['field']))}: {old} → {new}")


def _relevance(value: str) -> str:
    return label("Relevance", value) if value else label("retag", "nothing")


def _figure(figure: Figure) -> str:
    name = figure.question.removeprefix("topic:")
    shown = label("retag", "topic", id=name) if name != figure.question else label("Field", name)
    return label("learned", figure.why, **(asdict(figure) | {"question": shown}))


@click.command("tag-fix", help=label("cli", "tag_fix"))
@click.argument("article", metavar="ARTICLE")
@click.argument("words", metavar="[FIELD=VALUE]...", nargs=-1)
@click.option("--by", metavar="WHO", help=label("cli", "story_by"))
@click.option("--note", metavar="NOTE", default="", help=label("cli", "tag_fix_note"))
@click.option("--undo", is_flag=True, help=label("cli", "tag_fix_undo"))
def tag_fix(article: str, words: tuple[str, ...], by: str | None, note: str, undo: bool) -> None:
    """A person's word wins over the machine."""
    who = by or user()
    if undo:
        _fixed(correcting.undo(here(), article, words, by=who), "tag_fix_undone")
    else:
        _fixed(correcting.correct(here(), article, words, by=who, note=note), "tag_fix_done")


def _fixed(done: Corrected, key: str) -> None:
    click.echo(label("cli", key, id=done.article.id, title=done.article.title))
    told = {word.field: word.by for word in done.standing}
    now = job.values(done.article.tagging)
    for field in Field:
        who = f" ({label('retag', 'by', who=told[field])})" if field in told else ""
        click.echo(f"  {of(field)}: {now[field.value] or label('retag', 'nothing')}{who}")
    if done.due:
        click.echo(label("cli", "tag_fix_due"))
