"""Which of a story's prints came first.

The earliest, unless it says itself that it is not: an aggregator never leads where press printed within minutes of
it (feeds of a minute's difference say nothing), nor an item that names as its source another outlet of the story.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from monitor.model.source import OutletKind
from monitor.model.story import Member
from monitor.text import fold

_MINUTES = timedelta(minutes=30)
_CREDITED = timedelta(hours=2)


def first_of(members: Collection[Member], sources: Mapping[str, Collection[str]]) -> str:
    """The article id of the first publication; ``sources`` are the folded names each article gives as its source.

    Items without a time of their own come after all others. ``members`` must not be empty.
    """
    ordered = sorted(members, key=_order)
    lead = ordered[0]
    for _ in ordered:
        better = _better(lead, ordered, sources.get(lead.article.id, ()))
        if better is None:
            break
        lead = better
    return lead.article.id


def _order(member: Member) -> tuple[bool, datetime, bool, str]:
    return member.article.published is None, member.moment, _aggregates(member), member.article.id


def _better(lead: Member, ordered: list[Member], named: Collection[str]) -> Member | None:
    """The member that ``lead`` must yield to; only ever to a later one, so that asking again comes to an end."""
    later = ordered[ordered.index(lead) + 1 :]
    for other in later:
        gap = other.moment - lead.moment
        if other.article.published is None:
            gap = timedelta()  # its time is not known: only a credit line speaks for it
        elif _aggregates(lead) and not _aggregates(other) and gap <= _MINUTES:
            return other
        if gap <= _CREDITED and other.article.outlet != lead.article.outlet and _names(named, other):
            return other
    return None


def _aggregates(member: Member) -> bool:
    return member.kind is OutletKind.AGGREGATOR


def _names(named: Collection[str], other: Member) -> bool:
    """Whether a credit line means this outlet: its name, or its address or id, or the name without "Báo"."""
    name = fold(other.outlet_name)
    known = {name, fold(other.article.outlet), name.removeprefix("bao ").strip()}
    return any(said.strip() in known or said.removeprefix("bao ").strip() in known for said in named)
