"""``case queue|note|irrelevant|undo|open|describe|restrict|lift``: from the press to a case."""

from __future__ import annotations

import click

from monitor import clock
from monitor.cli.cases.group import acting, at_desk, case, moment, one_of, told, words
from monitor.desk import moving, outlets, proof, sorting, triage, watching
from monitor.evidence.pack import sentence
from monitor.labels import label, of
from monitor.model.case import Case, Marking, Reached, Triaged, TriageState


@case.command(help=label("case_cli", "queue"))
@click.option("--days", type=click.IntRange(1, 3660), default=14, metavar="N", help=label("case_cli", "queue_days"))
@click.option("--attention", is_flag=True, help=label("case_cli", "queue_attention"))
@acting
def queue(*, days: int, attention: bool, by: str | None, on_behalf: str) -> None:
    """What nobody has decided on yet."""
    with at_desk(by, on_behalf) as s:
        found = triage.pending(s, days=days, attention=attention)
        names = outlets.names(s)
    if not found:
        click.echo(label("case_cli", "queue_empty", days=days))
    for one in found:
        at = f"{clock.local(one.first.published or one.first.found):%d/%m/%Y %H:%M}"
        mark = "!" if one.first.tagging and one.first.tagging.attention else " "
        joins = f" · {label('case_cli', 'queue_joins', case=one.joins)}" if one.joins else ""
        click.echo(
            f"{mark} {one.subject}  {at}  {names.get(one.first.outlet, one.first.outlet)} · {one.first.title}{joins}"
        )


@case.command(help=label("case_cli", "note"))
@click.argument("subject", metavar="ID")
@click.option("--text", default="", metavar="WORDS", help=label("case_cli", "text"))
@acting
def note(*, subject: str, text: str, by: str | None, on_behalf: str) -> None:
    """Known, nothing to do."""
    with at_desk(by, on_behalf) as s:
        _decided(triage.decide(s, subject, TriageState.NOTED, words(text)))


@case.command(help=label("case_cli", "irrelevant"))
@click.argument("subject", metavar="ID")
@click.option("--text", default="", metavar="WORDS", help=label("case_cli", "text"))
@acting
def irrelevant(*, subject: str, text: str, by: str | None, on_behalf: str) -> None:
    """Not ours."""
    with at_desk(by, on_behalf) as s:
        _decided(triage.decide(s, subject, TriageState.IRRELEVANT, words(text)))


@case.command(help=label("case_cli", "undo"))
@click.argument("subject", metavar="ID")
@acting
def undo(*, subject: str, by: str | None, on_behalf: str) -> None:
    """The last decision on a matter is taken back."""
    with at_desk(by, on_behalf) as s:
        done = sorting.take_back(s, subject)
    _decided(done)


def _decided(done: Triaged) -> None:
    click.echo(label("case_cli", "decided", id=done.subject, state=of(done.state)))


@case.command("open", help=label("case_cli", "open"))
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@click.option("--title", default="", metavar="WORDS", help=label("case_cli", "title"))
@click.option("--topic", default="", metavar="T", help=label("case_cli", "topic"))
@click.option("--reached", type=one_of(Reached), help=label("case_cli", "reached"))
@click.option("--reached-at", metavar="D", help=label("case_cli", "reached_at"))
@click.option("--unit", "units", multiple=True, metavar="UNIT", help=label("case_cli", "units"))
@click.option("--only", multiple=True, metavar="WHO", help=label("case_cli", "only"))
@click.option("--no-evidence", is_flag=True, help=label("case_cli", "no_evidence"))
@acting
def open_(
    *, subjects: tuple[str, ...], title: str, topic: str, reached: str | None, reached_at: str | None,
    units: tuple[str, ...], only: tuple[str, ...], no_evidence: bool, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """A case of one or more stories or items, with its evidence."""
    with at_desk(by, on_behalf) as s, s.db.atomic():
        made = triage.open_case(
            s,
            subjects,
            triage.Opening(
                title=words(title),
                topic=topic,
                reached=Reached(reached) if reached else None,
                reached_at=moment(reached_at),
                units=units,
                allowed=only or None,
            ),
        )
        watching.begin(s, made)
    told(made, "opened", articles=len(made.articles))
    if not no_evidence:
        _take(made, by)


def _take(made: Case, by: str | None) -> None:
    with at_desk(by) as s:
        done = proof.take(s, made.id)
    for one in done.evidence:
        click.echo(f"  {one.id}  {of(one.kind)}  {one.name}")
    for gap in done.missing:
        click.echo(f"  – {sentence(gap)}")


@case.command(help=label("case_cli", "describe"))
@click.argument("ident", metavar="CASE")
@click.option("--title", metavar="WORDS", help=label("case_cli", "title"))
@click.option("--topic", metavar="T", help=label("case_cli", "topic"))
@click.option("--reached", type=one_of(Reached), help=label("case_cli", "reached"))
@click.option("--reached-at", metavar="D", help=label("case_cli", "reached_at"))
@click.option("--unit", "units", multiple=True, metavar="UNIT", help=label("case_cli", "units"))
@click.option("--accused", multiple=True, metavar="UNIT", help=label("case_cli", "accused"))
@click.option("--marking", metavar="|".join(Marking), help=label("case_cli", "marking"))
@acting
def describe(*, ident: str, title: str | None, topic: str | None, reached: str | None, reached_at: str | None,
    units: tuple[str, ...], accused: tuple[str, ...], marking: str | None, by: str | None, on_behalf: str,
) -> None:  # fmt: skip
    """What is known of a case; only what is given is changed."""
    with at_desk(by, on_behalf) as s:
        made = moving.describe(
            s,
            ident,
            title=title,
            topic=topic,
            reached=Reached(reached) if reached else None,
            reached_at=moment(reached_at),
            units=units or None,
            accused=accused or None,
            marking=marking,
        )
    told(made, "changed")


@case.command(help=label("case_cli", "add_article"))
@click.argument("ident", metavar="CASE")
@click.argument("subjects", metavar="ID...", nargs=-1, required=True)
@acting
def add(*, ident: str, subjects: tuple[str, ...], by: str | None, on_behalf: str) -> None:
    """Further items that carry the matter."""
    with at_desk(by, on_behalf) as s, s.db.atomic():
        made = triage.add_to_case(s, ident, subjects)
        watching.begin(s, made)
    told(made, "changed")


@case.command(help=label("case_cli", "drop_article"))
@click.argument("ident", metavar="CASE")
@click.argument("article", metavar="ID")
@acting
def drop(*, ident: str, article: str, by: str | None, on_behalf: str) -> None:
    """An item that does not belong to the case."""
    with at_desk(by, on_behalf) as s, s.db.atomic():
        made = moving.drop_article(s, ident, article)
        watching.drop(s, made, (article,))
    told(made, "changed")


@case.command(help=label("case_cli", "restrict"))
@click.argument("ident", metavar="CASE")
@click.option("--only", multiple=True, metavar="WHO", help=label("case_cli", "only"))
@acting
def restrict(*, ident: str, only: tuple[str, ...], by: str | None, on_behalf: str) -> None:
    """Only named persons see the case."""
    with at_desk(by, on_behalf) as s:
        told(moving.restrict(s, ident, only), "restricted", people=", ".join(only) or "–")


@case.command(help=label("case_cli", "lift"))
@click.argument("ident", metavar="CASE")
@acting
def lift(*, ident: str, by: str | None, on_behalf: str) -> None:
    """Everybody sees the case again."""
    with at_desk(by, on_behalf) as s:
        told(moving.lift(s, ident), "changed")
