"""The health of every configured source, with its reason, newest item and open gaps, as of the last look."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from monitor import clock, labels
from monitor.config import Home, load_sources
from monitor.labels import label
from monitor.model.digest import SourceHealth
from monitor.model.fetch import FetchState, Gap, SourceReport, Status
from monitor.store import sources as store
from monitor.store.db import opened

_GAP_DAYS = 30
_FEW = 8
"""More failed sources of one kind than this are told together."""


def health(home: Home, *, start: datetime | None = None, end: datetime | None = None) -> tuple[SourceHealth, ...]:
    """All sources in the order of sources.yaml; gaps of the interval, by default of the last thirty days."""
    sources = load_sources(home.sources_file)
    now = clock.now()
    with opened(home.database) as db:
        states, newest = store.states(db), store.newest_by_source(db)
        gaps = store.gaps(db, start or now - timedelta(days=_GAP_DAYS), end or now + timedelta(days=1))
    names = {outlet.id: outlet.name for outlet in sources.outlets}
    several = Counter(source.outlet for source in sources.all)
    found = []
    for source in sources.all:
        state = states.get(source.id)
        mine = tuple(gap for gap in gaps if gap.source == source.id)
        status, reason = _standing(state, source.paused)
        found.append(
            SourceHealth(
                id=source.id,
                outlet=source.outlet,
                outlet_name=names[source.outlet],
                url=source.url,
                status=status,
                reason=" ".join([part for part in (reason, *map(gap_words, mine)) if part]),
                newest=newest.get(source.id) or (state.newest if state else None),
                checked=state.checked if state else None,
                next=None if status is Status.PAUSED else state.next if state else None,
                gaps=mine,
                beside=several[source.outlet] > 1,
            )
        )
    return tuple(found)


def told(lines: Sequence[SourceReport]) -> list[str]:
    """Failed sources in words, a line each; many of one kind (no network, say) as one line with their ids."""
    kinds: dict[Status, list[SourceReport]] = {}
    for line in lines:
        kinds.setdefault(line.status, []).append(line)
    said = []
    for status, group in kinds.items():
        if len(group) <= _FEW:
            said += [
                label(
                    "cli", "failed_line", id=line.id, status=labels.of(status), reason=f"{line.reason}\n    {line.url}"
                )
                for line in group
            ]
            continue
        most = Counter(line.reason for line in group).most_common(1)[0][0]
        said.append(label("cli", "failed_group", status=labels.of(status), count=len(group), reason=most))
        names = ", ".join(line.id for line in group)
        said.append(textwrap.fill(names, 100, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False))
    return said


def _standing(state: FetchState | None, paused: str) -> tuple[Status, str]:
    """The configuration's word first (a pause was perhaps written or lifted since the last look)."""
    if paused:
        return Status.PAUSED, label("reason", "paused", detail=paused)
    if state is None or state.checked is None or state.status is Status.PAUSED:
        return Status.PAUSED if state and state.status is Status.PAUSED else Status.OK, label("reason", "never")
    return state.status, state.reason


def gap_words(gap: Gap) -> str:
    """The sentence about hours that may be missing."""
    form = "%H:%M %d/%m/%Y"
    return label("reason", "gap", start=clock.local(gap.start).strftime(form), end=clock.local(gap.end).strftime(form))
