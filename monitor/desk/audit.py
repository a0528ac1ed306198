"""The audit of the event log: every link computed anew, every printed head compared, every case explained.

    events ──▶ number, link and hash of each ──▶ heads that left the office ──▶ states told by events = states of cases
                                             └─▶ id:SHA-256 of evidence and papers = what is stored, hashed anew

What it vouches for: no event up to the last head that left the office (in a paper, report, backup or pack, or read
off a printed one) was changed, removed or put elsewhere, and the files that they name are the ones they name. Later
events are held by their own links alone: who can write the file can make these anew, so the report says how many
there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from monitor.errors import StoreError, UsageError
from monitor.model.case import Case, TriageState
from monitor.model.event import Anchor, AuditReport, Event, Flaw, Happening, Head
from monitor.store import cases, events, evidence
from monitor.store.chain import ROOT, digest
from monitor.store.db import Database

_Found = tuple[int, Flaw, str]
_FILE = re.compile(r"b\d{1,15}:[0-9a-f]{64}")
_FILING = ("paper.file", "arrival.file")


def audit(db: Database, printed: Iterable[str] = ()) -> AuditReport:
    """The whole log. ``printed`` are heads read off papers, as printed ("128-90ab12cd34ef5678").

    Raises UsageError for a head that cannot be one.
    """
    flaws: list[_Found] = []
    hashes: dict[int, str] = {}
    states: dict[tuple[str, str], str] = {}
    named: dict[str, int] = {}
    filed: dict[tuple[str, str], str] = {}
    last = None
    for event in events.every(db):
        flaws += _link(last, event)
        flaws += _state(states, event)
        hashes[event.n] = event.hash
        for ref in filter(_FILE.fullmatch, event.refs):
            named.setdefault(ref, event.n)
            if event.action in _FILING:
                filed[event.case, event.thing] = ref.partition(":")[0]
        last = event
    kept: list[tuple[Anchor | None, int, str]] = [(a, a.head.count, a.head.hash) for a in events.anchors(db)]
    kept += [(None, *_printed(text)) for text in printed]
    held, held_by = 0, None
    for anchor, count, mark in kept:
        if not mark or not hashes.get(count, "").startswith(mark):
            flaws.append((count, Flaw.ANCHOR, anchor.where if anchor else f"{count}-{mark}"))
        elif count > held:
            held, held_by = count, anchor
    flaws += _kept(db, named)
    for case in cases.every(db):
        flaws += _explained(case, states)
        flaws += _papers(case, filed)
    count = last.n if last else 0
    return AuditReport(
        count=count,
        head=Head(count=last.n, hash=last.hash) if last else None,
        anchor=held_by,
        anchored=held,
        after=max(0, count - held),
        flaws=tuple(sorted(flaws)),
    )


def _link(last: Event | None, event: Event) -> Iterator[_Found]:
    wanted = (last.n if last else 0) + 1
    if event.n != wanted:
        yield (wanted, Flaw.MISSING, f"{wanted}–{event.n - 1}" if event.n - 1 > wanted else str(wanted))
    elif event.previous != (last.hash if last else ROOT):
        yield (event.n, Flaw.ORDER, event.case)
    happened = Happening(
        action=event.action, thing=event.thing, before=event.before, after=event.after, why=event.why, refs=event.refs
    )
    mark = digest(
        n=event.n, at=event.at, actor=event.actor, case=event.case, happened=happened, on_behalf=event.on_behalf,
        previous=event.previous,
    )  # fmt: skip
    if mark != event.hash:
        yield (event.n, Flaw.CHANGED, event.case)


def _state(states: dict[tuple[str, str], str], event: Event) -> Iterator[_Found]:
    if not (event.before or event.after):
        return
    # A story or item is no case's thing: it is decided on before there is a case, and starts as new.
    triage = event.action.startswith("triage.")
    key = ("" if triage else event.case, event.thing)
    if states.get(key, TriageState.NEW.value if triage else "") != event.before:
        yield (event.n, Flaw.STATE, event.case)
    states[key] = event.after


def told(case: Case) -> dict[str, str]:
    """The state of every thing of a case as it stands; the case itself under an empty id."""
    found = {"": case.status.value}
    for claim in case.claims:
        found[claim.id] = "dropped" if claim.dropped else claim.verdict.value if claim.verdict else "open"
    found |= {a.id: a.state.value for a in case.assignments}
    found |= {r.id: r.state.value for r in case.remedies}
    found |= {t.id: "done" if t.done else "open" for t in case.reminders}
    found |= {p.id: p.state.value for p in case.papers}
    for request in case.requests:
        found[request.id] = request.state.value
        found |= {demand.id: demand.result.value for demand in request.demands}
    return found


def _explained(case: Case, states: dict[tuple[str, str], str]) -> Iterator[_Found]:
    for thing, state in told(case).items():
        if states.get((case.id, thing), "") != state:
            yield (0, Flaw.STATE, f"{case.id} {thing}".strip())


def _kept(db: Database, named: dict[str, int]) -> Iterator[_Found]:
    """Files that are not, or no longer, what the log says of them; each file is read once."""
    good: set[str] = set()
    for ref, n in named.items():
        ident, _, mark = ref.partition(":")
        try:
            same = evidence.get(db, ident).sha256 == mark
            if same and mark not in good:
                for _ in evidence.body(db, ident):
                    pass
                good.add(mark)
        except (UsageError, StoreError):
            same = False
        if not same:
            yield (n, Flaw.EVIDENCE, ident)


def _papers(case: Case, filed: dict[tuple[str, str], str]) -> Iterator[_Found]:
    """Papers whose document is another one than the log says."""
    held = {p.id: p.file for p in case.papers} | {a.id: a.file for a in case.arrivals}
    for thing, file in held.items():
        if filed.get((case.id, thing), file) != file:
            yield (0, Flaw.EVIDENCE, f"{case.id} {thing}")


def _printed(text: str) -> tuple[int, str]:
    count, _, mark = text.strip().partition("-")
    if not count.isdigit() or len(mark) < 8 or any(c not in "0123456789abcdef" for c in mark.lower()):
        raise UsageError("head_unreadable", value=text)
    return int(count), mark.lower()
