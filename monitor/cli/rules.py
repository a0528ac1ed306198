"""``rules test`` and ``rules why``: the office's rules against their own examples, and laid open on a text."""

from __future__ import annotations

import sys
from itertools import groupby

import click

from monitor import labels
from monitor.cli.common import here, to_json
from monitor.cli.reading import as_row
from monitor.jobs import reading
from monitor.jobs.explaining import why as explained
from monitor.labels import label
from monitor.model.tag import Tagging
from monitor.tag import Fired, check_examples


@click.group(help=label("cli", "rules"))
def rules() -> None:
    """The office's rules."""


@rules.command(help=label("cli", "rules_test"))
def test() -> None:
    """Checks the rule files and runs every rule's examples."""
    book = reading.book(here().rules)
    reading.sites(here().rules)
    failures = check_examples(book)
    for failure in failures:
        click.echo(f"✗ {failure}")
    examples = sum(len(rule.yes) + len(rule.no) for rule in book.rules)
    click.echo(label("cli", "rules_tested", rules=len(book.rules), examples=examples, failed=len(failures)))
    if failures:
        sys.exit(1)


@rules.command(help=label("cli", "rules_why"))
@click.argument("what", metavar="URL|FILE")
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
def why(what: str, as_json: bool) -> None:
    """Every rule that fired on a text, and what each contributed."""
    item, tagging, fired = explained(here(), what)
    if as_json:
        rows = [
            {
                "area": f.area, "rule": f.rule, "text": f.text, "zone": f.zone, "points": f.points, "times": f.times,
                "counted": f.counted,
            }
            for f in fired
        ]  # fmt: skip
        click.echo(to_json({"title": item.title, **as_row(tagging), "fired": rows}))
        return
    click.echo(item.title or label("cli", "no_title"))
    _decision(tagging)
    if not fired:
        click.echo(label("cli", "why_nothing"))
    topics = reading.book(here().rules).topics
    for area, group in groupby(fired, key=lambda f: f.area):
        click.echo("\n" + (f"{area} {topics[area]}" if area in topics else label("area", area)))
        for f in group:
            _line(f)


def _decision(tagging: Tagging) -> None:
    """The outcome in words."""
    parts = [label("cli", "why_relevance", value=labels.of(tagging.relevance))]
    if tagging.topics:
        parts.append(label("cli", "why_topics", value=", ".join(f"{t.id} ({t.score:g})" for t in tagging.topics)))
    if tagging.places:
        parts.append(label("cli", "why_places", value=", ".join(p.name for p in tagging.places)))
    if tagging.tone:
        parts.append(label("cli", "why_tone", value=labels.of(tagging.tone)))
    if tagging.attention:
        parts.append(label("cli", "why_attention"))
    click.echo("  " + " · ".join(parts))


def _line(f: Fired) -> None:
    note = "" if f.counted else label("cli", "why_discounted")
    zone = label("zone", f.zone)
    click.echo(f"  {f.points:+6.2f}  {f.rule}: “{f.text}” ({zone}, {f.times} lần){note}")
    click.echo(f"          {f.why}")
