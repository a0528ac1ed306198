"""``case close|reopen``: the end of a case, with its file, and its return."""

from __future__ import annotations

import click

from monitor.cli.cases.group import acting, at_desk, case, one_of, told, words
from monitor.desk import casefile, moving, watching
from monitor.labels import label
from monitor.model.case import Closing


@case.command(help=label("case_cli", "close"))
@click.argument("ident", metavar="CASE")
@click.option("--without", type=one_of(Closing), help=label("case_cli", "close_without"))
@click.option("--why", default="", metavar="WORDS", help=label("case_cli", "why"))
@click.option("--other", default="", metavar="WORDS", help=label("case_cli", "close_other"))
@click.option("--retention", default="", metavar="WORDS", help=label("case_cli", "retention"))
@acting
def close(
    *, ident: str, without: str | None, why: str, other: str, retention: str, by: str | None, on_behalf: str
) -> None:
    """A case ends; its file is made in data/cases."""
    with at_desk(by, on_behalf) as s:
        with s.db.atomic():
            if without and without != Closing.CONCLUDED.value:
                made = moving.close_without(s, ident, Closing(without), words(why), words(other))
            else:
                made = moving.close(s, ident, words(why), words(retention))
            watching.refresh(s, made)
        target, packed = casefile.make(s, made.id)
    told(made, "closed")
    click.echo(label("case_cli", "file_made", file=target, files=packed.files))


@case.command(help=label("case_cli", "reopen"))
@click.argument("ident", metavar="CASE")
@click.option("--why", required=True, metavar="WORDS", help=label("case_cli", "why"))
@acting
def reopen(*, ident: str, why: str, by: str | None, on_behalf: str) -> None:
    """A closed case is taken up again."""
    with at_desk(by, on_behalf) as s, s.db.atomic():
        made = moving.reopen(s, ident, words(why))
        watching.begin(s, made)
    told(made, "changed")
