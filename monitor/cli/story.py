"""``story``: people look at stories and have the last word on them."""

from __future__ import annotations

import click

from monitor import clock
from monitor.cli.common import here, user
from monitor.jobs import deciding
from monitor.jobs.deciding import StoryView
from monitor.labels import label, of
from monitor.model.story import Likeness, LinkState, Member

_BY = click.option("--by", metavar="NAME", help=label("cli", "story_by"))


@click.group(help=label("cli", "story"))
def story() -> None:
    """Stories: seen, confirmed, merged, split, and any of it undone."""


@story.command(help=label("cli", "story_show"))
@click.argument("ident", metavar="ID")
def show(ident: str) -> None:
    """A story with all its articles and why each is in it."""
    _show(deciding.show(here(), ident))


@story.command(help=label("cli", "story_merge"))
@click.argument("ident", metavar="ID")
@click.argument("others", metavar="ID...", nargs=-1, required=True)
@_BY
def merge(ident: str, others: tuple[str, ...], by: str | None) -> None:
    """Several stories become one."""
    _show(deciding.merge(here(), ident, others, by or user()))


@story.command(help=label("cli", "story_split"))
@click.argument("ident", metavar="ID")
@click.argument("others", metavar="ID...", nargs=-1, required=True)
@_BY
def split(ident: str, others: tuple[str, ...], by: str | None) -> None:
    """Articles leave a story, or a story leaves an event."""
    _show(deciding.split(here(), ident, others, by or user()))


@story.command(help=label("cli", "story_confirm"))
@click.argument("ident", metavar="ID")
@click.argument("others", metavar="[ID...]", nargs=-1)
@_BY
def confirm(ident: str, others: tuple[str, ...], by: str | None) -> None:
    """A person agrees with the machine."""
    _show(deciding.confirm(here(), ident, others, by or user()))


@story.command(help=label("cli", "story_undo"))
@click.argument("number", metavar="NUMBER", type=int)
def undo(number: int) -> None:
    """A decision is taken back."""
    decision = deciding.undo(here(), number)
    click.echo(label("cli", "story_undone", number=number, action=of(decision.action), story=decision.story))


def _show(view: StoryView) -> None:
    told = view.story
    click.echo(
        label("story", "head", id=told.id, count=len(told.members), copies=told.copies, others=told.aggregator_copies)
    )
    for member in told.members:
        _show_member(member, first=member.article.id == told.first)
    for link, other in view.linked:
        kind = "goes_on" if link.story == told.id else "gone_on"
        title = next(m.article.title for m in other.members if m.article.id == other.first)
        why = _why(link.evidence)
        click.echo(label("story", kind, id=other.id, title=title, state=_state(link.state, link.by), why=why))
    for decision in view.decisions:
        at = f"{clock.local(decision.at):%d/%m/%Y %H:%M}"
        key = "decision_undone" if decision.undone else "decision"
        click.echo(label("story", key, number=decision.id, action=of(decision.action), by=decision.by, at=at))


def _show_member(member: Member, *, first: bool) -> None:
    article = member.article
    at = f"{clock.local(article.published):%d/%m/%Y %H:%M}" if article.published else label("cli", "no_time")
    mark = label("story", "first") if first else label("story", "copy")
    click.echo(f"  {mark} {member.outlet_name} · {at} · {article.title}")
    click.echo(f"      {article.id} · {article.url or label('cli', 'no_url')}")
    why = _why(member.evidence)
    click.echo(f"      {_state(member.state, member.by)}{': ' + why if why else ''}")


def _state(state: LinkState, by: str) -> str:
    return f"{of(state)} ({by})" if by else of(state)


def _why(evidence: Likeness | None) -> str:
    if evidence is None:
        return ""
    percent = round(100 * evidence.contained)
    return label("story", f"why_{evidence.why}", percent=percent, other=evidence.with_, words=", ".join(evidence.words))
