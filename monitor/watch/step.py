"""From what was known of a page, and one more look at it, to what is known now and what is told: pure.

    UNKNOWN               -> nothing changes, whatever failed
    away                  -> waits for a look some minutes later that agrees, then told once
    present, was away     -> restored
    present, text differs -> sure: told at once; doubtful: told when enough looks agree (the next one may come at once)

Advertisements without a mark come, go and change from look to look. A place behind a sentence at which something came
and went is remembered, and what happens there must stay longer before it is believed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.model.watch import Change, ChangeKind, LookOutcome, PageState, Pending, Unit
from monitor.model.watching import PageWords, Rhythm
from monitor.watch.compare import Difference, compare, holds
from monitor.watch.diff import readable
from monitor.watch.normal import key, masked
from monitor.watch.seen import Seen, Standing

_MOST_FLAPS, _MOST_KEPT, _MOST_UNITS = 3, 400, 200
_LONGEST = 4000
_SALE, _PASSING = 3, 3
"""What came and went so often is no part of the article."""
_STEADY = 2
"""What stood on so many looks is the article's own and no advertisement."""
_NEAR = 0.6
_SHORT, _TEASER = 60, 160


@dataclass(frozen=True, kw_only=True)
class Advance:
    """What is known after a look. ``rebase``: this look's page is what the next ones are compared with."""

    state: PageState
    pending: Pending
    changes: tuple[Change, ...] = ()
    rebase: bool = False

    again: bool = False
    """One look more at once would settle it: advertisements change from one answer to the next."""

    @property
    def waiting(self) -> bool:
        """Whether the next look must come soon."""
        return self.pending.away is not None or any(unit.looks > 1 for unit in self.pending.units)


def advance(
    *,
    state: PageState,
    pending: Pending,
    before: Seen | None,
    after: Seen | None,
    stand: Standing,
    at: datetime,
    rhythm: Rhythm,
    words: PageWords,
    notice: tuple[str, ...] = (),
) -> Advance:
    """One step. ``before`` is the page compared with (None: never seen), ``after`` this look's (None: none came).

    ``notice`` are the lines of correction notices that are new on this look.
    """
    if stand.outcome is LookOutcome.UNKNOWN or (after is None and stand.outcome is LookOutcome.PRESENT):
        return Advance(state=state, pending=pending)
    if stand.outcome is not LookOutcome.PRESENT or after is None:
        return _away(state=state, pending=pending, before=before, stand=stand, at=at, rhythm=rhythm)
    changes: tuple[Change, ...] = ()
    if state.away:
        changes = (Change(kind=ChangeKind.RESTORED, at=at, told=at, before=stand.detail, after=after.title),)
    pending = replace(pending, away=None, since=None, looks=0)
    if before is None:
        return Advance(state=PageState.PRESENT, pending=pending, changes=changes, rebase=True)
    difference = compare(before, after, words, ignored=frozenset(pending.ignored), notice=notice)
    told, pending = _settle(difference=difference, pending=pending, after=after, at=at, rhythm=rhythm)
    changes += _edited(difference.title, told, at)
    rebase = bool(notice) or bool(difference.title) or bool(told)
    pending = replace(pending, compared=0 if rebase else pending.compared + 1)
    flaps = dict(pending.flaps)
    again = any(unit.looks + 1 >= needed(unit, flaps, rhythm) for unit in pending.units)
    return Advance(state=PageState.PRESENT, pending=pending, changes=changes, rebase=rebase, again=again)


def _away(
    *, state: PageState, pending: Pending, before: Seen | None, stand: Standing, at: datetime, rhythm: Rhythm
) -> Advance:
    target = PageState(stand.outcome.value)
    if state is target:
        return Advance(state=state, pending=replace(pending, away=None, since=None, looks=0))
    if pending.away is not target or pending.since is None:
        pending = replace(pending, away=target, since=at, looks=1)
        return Advance(state=state, pending=pending)
    pending = replace(pending, looks=pending.looks + 1)
    since = pending.since or at
    if pending.looks < rhythm.confirm_looks or at - since < rhythm.confirm_after:
        return Advance(state=state, pending=pending)
    change = Change(
        kind=ChangeKind(target.value),
        at=since,
        told=at,
        before=before.title if before else "",
        after=stand.detail,
    )
    return Advance(state=target, pending=replace(pending, away=None, since=None, looks=0), changes=(change,))


def _edited(title: tuple[str, str] | None, told: tuple[Unit, ...], at: datetime) -> tuple[Change, ...]:
    changes: list[Change] = []
    if title:
        diff = readable((), title=title)
        changes.append(
            Change(kind=ChangeKind.TITLE_CHANGED, at=at, told=at, before=title[0], after=title[1], diff=diff)
        )
    if told:
        changes.append(
            Change(
                kind=ChangeKind.EDITED,
                at=min(unit.first or at for unit in told),
                told=at,
                before="\n".join(unit.before for unit in told if unit.before)[:_LONGEST],
                after="\n".join(unit.after for unit in told if unit.after)[:_LONGEST],
                diff=readable(told),
            )
        )
    return tuple(changes)


def _settle(
    *, difference: Difference, pending: Pending, after: Seen, at: datetime, rhythm: Rhythm
) -> tuple[tuple[Unit, ...], Pending]:
    """The differences that are told now, and what waits on."""
    flaps, ignored = dict(pending.flaps), dict.fromkeys(pending.ignored)
    kept: list[Unit] = []
    for unit in pending.units:
        if holds(unit, after):
            kept.append(replace(unit, looks=unit.looks + 1))
            continue
        # It came and went: what stands behind that sentence changes by itself.
        for name in dict.fromkeys((_place(unit), *_names(unit.before), *_names(unit.after))):
            flaps[name] = min(flaps.pop(name, 0) + 1, _MOST_FLAPS)
        if unit.after and flaps[key(unit.after)] >= _PASSING:
            ignored |= dict.fromkeys(_names(unit.after))
    known = {(key(unit.before), key(unit.after)) for unit in kept}
    kept += [
        replace(unit, first=at, steady=bool(unit.before) and pending.compared >= _STEADY)
        for unit in difference.units
        if (key(unit.before), key(unit.after)) not in known
    ]
    passing = [unit for unit in kept if _is_passing(unit, rotating=bool(flaps))]
    ignored |= dict.fromkeys(name for unit in passing for name in _names(unit.before))
    kept = [unit for unit in kept if unit not in passing][:_MOST_UNITS]
    ready = [unit for unit in kept if unit.looks >= needed(unit, flaps, rhythm)]
    waiting = [unit for unit in kept if unit not in ready]
    if waiting and not any(unit.looks >= rhythm.confirm_looks for unit in ready):
        ready, waiting = [], kept  # what belongs together is told together, one look later
    pending = replace(
        pending,
        units=tuple(waiting),
        flaps=tuple(list(flaps.items())[-_MOST_KEPT:]),
        ignored=tuple(list(ignored)[-_MOST_KEPT:]),
    )
    return tuple(ready), pending


def _is_passing(unit: Unit, *, rotating: bool) -> bool:
    """Whether a difference is an advertisement beyond doubt: it sells, or it never stood on a page that rotates."""
    if unit.steady or unit.inner:
        return False
    return unit.sold >= _SALE or (rotating and not unit.after and len(unit.before) <= _TEASER)


def _names(text: str) -> tuple[str, ...]:
    """The keys by which a passing sentence is known again; without figures too where it may be a counter."""
    found = key(text)
    if not found:
        return ()
    return (found, masked(found)) if len(text) <= _SHORT else (found,)


def _place(unit: Unit) -> str:
    """The name of the place behind a sentence, which is none of the names of sentences."""
    return "> " + unit.slot


def needed(unit: Unit, flaps: dict[str, int], rhythm: Rhythm) -> int:
    """How many looks must show a difference before it is told; one where advertisements do not look like that."""
    flapped = max((flaps.get(name, 0) for name in (*_names(unit.before), *_names(unit.after))), default=0)
    pair = bool(unit.before and unit.after)
    alike = not pair or unit.ratio >= _NEAR
    if alike and not unit.sold and not flapped and (unit.inner or (pair and unit.steady)):
        return 1
    if not unit.steady:
        flapped = max(flapped, flaps.get(_place(unit), 0), 0 if unit.after or unit.inner else 1 + bool(flaps))
    return rhythm.confirm_looks + 2 * flapped + (3 if unit.sold > 1 else 0)
