"""``monitor outlet``: the cards of the outlets that letters go to."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from monitor import clock
from monitor.cli.cases.group import at_desk, by_whom, words
from monitor.cli.common import day, read_bytes
from monitor.cli.output_bytes import to_file, told_lines
from monitor.desk import cards, cards_csv, outlets, products
from monitor.desk.sheets import day_said
from monitor.errors import UsageError
from monitor.labels import label, of
from monitor.model.card import OutletCard

_TEXTS = ("legal_name", "managing_body", "authority", "address", "editor", "email", "phone", "corrections", "note")


@click.group(help=label("outlet_cli", "outlet"))
def outlet() -> None:
    """Outlet cards."""


def _details(command: Any) -> Any:
    for name in reversed(_TEXTS):
        flag = f"--{name.replace('_', '-')}"
        command = click.option(flag, name, metavar="WORDS", help=label("cards", f"col_{name}"))(command)
    return command


@outlet.command(help=label("outlet_cli", "card"))
@click.argument("ident", metavar="OUTLET")
@_details
@click.option("--product", "made_of", multiple=True, metavar="WORDS", help=label("outlet_cli", "product"))
@click.option("--from", "first", metavar="D", help=label("outlet_cli", "from"))
@click.option("--to", "last", metavar="D", help=label("outlet_cli", "to"))
@by_whom
def card(
    *, ident: str, made_of: tuple[str, ...], first: str | None, last: str | None, by: str | None, on_behalf: str,
    **given: str | None,
) -> None:  # fmt: skip
    """A card entered, or the present one changed."""
    texts: dict[str, Any] = {name: words(text) for name, text in given.items() if text is not None}
    with at_desk(by, on_behalf) as s:
        today = clock.local(s.now).date()
        start = day(first)
        found = cards.current(s, ident, start or today)
        if found:
            base = replace(found, valid_from=start or found.valid_from)
        else:
            base = OutletCard(
                outlet=ident, legal_name="", managing_body="", authority="", address="", valid_from=start or today
            )
        if made_of:
            texts["products"] = products.parse("; ".join(map(words, made_of)))
        if last is not None:
            texts["valid_to"] = day(last)
        done = cards.put(s, replace(base, **texts, checked=today))
        _show(done.card)
        if not done.known:
            click.echo(label("cards", "not_in_sources", outlet=ident))


@outlet.command(help=label("outlet_cli", "show"))
@click.argument("ident", metavar="OUTLET")
@by_whom
def show(ident: str, by: str | None, on_behalf: str) -> None:
    """All cards of an outlet."""
    with at_desk(by, on_behalf) as s:
        found, names = cards.history(s, ident), outlets.names(s)
    if not found and ident not in names:
        raise UsageError("outlet_unknown", value=ident)
    for one in found:
        _show(one)
    if not found:
        click.echo(label("outlet_cli", "no_card", name=names[ident], outlet=ident))


def _show(one: OutletCard) -> None:
    dates = {"first": day_said(one.valid_from), "last": day_said(one.valid_to)}
    click.echo(f"{one.outlet} · {label('outlet_cli', 'valid' if one.valid_to else 'valid_open', **dates)}")
    for name in _TEXTS:
        if value := getattr(one, name):
            click.echo(f"  {label('cards', f'col_{name}')}: {value}")
    for product in one.products:
        issues = f" · {products.issues_said(product.issues)}" if product.issues else ""
        click.echo(f"  {product.name}: {of(product.medium)}{issues}")
    if one.checked:
        click.echo(f"  {label('cards', 'col_checked')}: {day_said(one.checked)}")


@outlet.command("list", help=label("outlet_cli", "list"))
@click.option("--missing", is_flag=True, help=label("outlet_cli", "missing"))
@by_whom
def list_(missing: bool, by: str | None, on_behalf: str) -> None:
    """Cards valid today, or outlets without one."""
    with at_desk(by, on_behalf) as s:
        today = clock.local(s.now).date()
        lacking, valid, names = cards.lacking(s, today), cards.by_outlet(cards.every(s), today), outlets.names(s)
    if missing:
        for one in lacking:
            click.echo(f"{one.id} · {one.name}")
        click.echo(label("outlet_cli", "missing_count" if lacking else "missing_none", count=len(lacking)))
        return
    for ident, found in valid.items():
        click.echo(f"{ident} · {found.legal_name or names.get(ident, ident)} · {found.managing_body}")
    if not valid:
        click.echo(label("outlet_cli", "list_none"))
    elif lacking:
        click.echo(label("outlet_cli", "missing_count", count=len(lacking)))


@outlet.command("import", help=label("outlet_cli", "import"))
@click.argument("file", metavar="FILE")
@by_whom
def import_(file: str, by: str | None, on_behalf: str) -> None:
    """Cards from a table or JSON."""
    raw = read_bytes(file)
    with at_desk(by, on_behalf) as s:
        done = cards_csv.take_in(s, raw)
    if told_lines(done):
        sys.exit(1)


@outlet.command(help=label("outlet_cli", "export"))
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("outlet_cli", "output"))
@by_whom
def export(output: Path | None, by: str | None, on_behalf: str) -> None:
    """Cards as a table or JSON, by the ending of the file."""
    with at_desk(by, on_behalf) as s:
        found = cards.every(s)
    as_json = output is not None and output.suffix.lower() == ".json"
    to_file(cards_csv.to_json(found) if as_json else cards_csv.to_csv(found), output)
