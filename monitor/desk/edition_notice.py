"""What the program says of an edition before anybody else does: that it is late, what a stop may have lost, and that
nobody looked it through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.clock import local
from monitor.labels import label
from monitor.model.digest import SourceHealth
from monitor.model.edition import Edition
from monitor.model.fetch import Gap
from monitor.text import vietnamese_order

_MANY = 8
"""Names of outlets that are told; a province's list would bury the sentence."""
_STOPS = 3


def notice(edition: Edition, failed: Sequence[SourceHealth] = (), gaps: Sequence[tuple[SourceHealth, Gap]] = ()) -> str:
    """The sentences, one a line; empty where there is nothing to say.

    ``failed`` and ``gaps`` are the sources that may lack something of the edition's hours.
    """
    told = []
    if edition.stops and (edition.late or failed or gaps):
        names = {source.outlet_name or source.id for source in (*failed, *(source for source, _ in gaps))}
        key = "late" if edition.late else "stopped"
        told.append(label("edition", key, spans=_spans(edition), lost=_lost(sorted(names, key=vietnamese_order))))
    if edition.alone and edition.approved_at:
        told.append(label("edition", "alone", at=_said(edition.approved_at)))
    return "\n".join(told)


def _spans(edition: Edition) -> str:
    spans = [label("edition", "span", start=_said(one.start), end=_said(one.end)) for one in edition.stops[-_STOPS:]]
    return f" {label('edition', 'and')} ".join(spans)


def _lost(names: list[str]) -> str:
    if not names:
        return label("edition", "lost_none")
    more = len(names) - _MANY
    said = ", ".join(names[:_MANY])
    return label("edition", "lost_more", names=said, count=more) if more > 0 else label("edition", "lost", names=said)


def _said(at: datetime) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}"
