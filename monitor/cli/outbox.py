"""``outbox``: messages on their way out, those that failed, and what became of what was sent."""

from __future__ import annotations

import time

import click

from monitor.cli.cases.group import at_desk, by_whom
from monitor.cli.common import here, to_json
from monitor.clock import iso_local, local
from monitor.desk import outgoing
from monitor.desk.edition_sending import Queued
from monitor.desk.sitting import Sitting
from monitor.errors import BusyError
from monitor.jobs.deliver import deliver
from monitor.labels import label, of
from monitor.model.delivery import Message, MessageState
from monitor.store import outbox as store

_PATIENCE = 60
"""How often, half a second apart, a person waits for another process that sends."""


@click.group(help=label("outbox_cli", "outbox"), invoke_without_command=True)
@click.pass_context
def outbox(context: click.Context) -> None:
    """Messages on their way out."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@outbox.command("list", help=label("outbox_cli", "list"))
@click.option(
    "--done", default=20, show_default=True, type=click.IntRange(0), metavar="N", help=label("outbox_cli", "done")
)
@click.option("--json", "as_json", is_flag=True, help=label("cli", "json"))
@by_whom
def list_(*, done: int = 20, as_json: bool = False, by: str | None = None, on_behalf: str = "") -> None:
    """What waits, what failed, and the latest that ended."""
    with at_desk(by, on_behalf) as s:
        found = outgoing.messages(s, done=done)
    if as_json:
        click.echo(to_json([_row(one) for one in found]))
        return
    for one in found:
        click.echo(line(one))
        click.echo(f"    {one.subject}")
    if not found:
        click.echo(label("outbox_cli", "none"))


@outbox.command(help=label("outbox_cli", "retry"))
@click.argument("ident", metavar="ID")
@by_whom
def retry(*, ident: str, by: str | None, on_behalf: str) -> None:
    """Tries a message again now."""
    with at_desk(by, on_behalf) as s:
        made = outgoing.retry(s, ident)
        now_sent([made.id])
        click.echo(line(store.get(s.db, made.id)))


@outbox.command(help=label("outbox_cli", "drop"))
@click.argument("ident", metavar="ID")
@by_whom
def drop(*, ident: str, by: str | None, on_behalf: str) -> None:
    """Lets a message be."""
    with at_desk(by, on_behalf) as s:
        click.echo(line(outgoing.drop(s, ident)))


def now_sent(idents: list[str]) -> None:
    """Sends these now; where another process is at it, waits for it a while."""
    for _ in range(_PATIENCE):
        try:
            deliver(here(), only=idents)
            return
        except BusyError:
            time.sleep(0.5)
    click.echo(label("outbox_cli", "busy"), err=True)


def tell(sitting: Sitting, queued: list[Queued]) -> bool:
    """What became of each reader's message; True where none failed."""
    fine = True
    for one in queued:
        if one.why:
            click.echo(label("outbox_cli", "skipped", reader=one.reader, why=label("delivery", one.why)))
            continue
        found = store.get(sitting.db, one.id)
        click.echo(line(found))
        if one.left_out:
            click.echo(label("outbox_cli", "left_out", reader=one.reader, forms=", ".join(one.left_out).upper()))
        fine = fine and found.state is MessageState.SENT
    if not queued:
        click.echo(label("outbox_cli", "nobody"))
    return fine


def line(message: Message) -> str:
    """A message in one line: what became of it, when, and why not."""
    state = label("delivery", "sent_again") if _twice(message) else of(message.state)
    at = message.sent_at or message.next_try
    told = f"  {local(at):%H:%M %d/%m/%Y}" if at else ""
    why = f"  {message.error}" if message.error else ""
    return f"{message.id:<6} {state}{told}  {message.reader} <{message.address}>{why}"


def _twice(message: Message) -> bool:
    return message.doubtful and message.state is MessageState.SENT


def _row(one: Message) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind.value,
        "about": one.about,
        "reader": one.reader,
        "channel": one.channel.value,
        "address": one.address,
        "subject": one.subject,
        "internal": one.internal,
        "state": one.state.value,
        "doubtful": one.doubtful,
        "tries": one.tries,
        "made": iso_local(one.made),
        "next_try": iso_local(one.next_try),
        "sent_at": iso_local(one.sent_at),
        "message_id": one.message_id,
        "error": one.error,
    }
