"""Due dates kept from one list to the next: a case that nobody changed has the same ones under the same rules.

Counting working days for every open case takes longer than all the rest of a list. What is overdue is said anew each
time, for that is the clock's and not the case's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from monitor.clock import local
from monitor.desk.clocks import cards_in
from monitor.desk.due import DueItem, items
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.model.case import Case
from monitor.store import cards


@dataclass(kw_only=True)
class _Shelf:
    """The due dates of one office's cases, under these rules, these cards, on this day."""

    book: Rulebook
    cards: int
    day: date
    found: dict[tuple[str, int], tuple[DueItem, ...]] = field(default_factory=dict)

    def fits(self, book: Rulebook, stamp: int, day: date) -> bool:
        # The very same rulebook: another one of the same folder may have been read from changed files.
        return self.book is book and self.cards == stamp and self.day == day


_MOST = 20_000
_shelves: dict[Path, _Shelf] = {}


def kept(sitting: Sitting, book: Rulebook) -> Callable[[Case], tuple[DueItem, ...]]:
    """``due.items`` of cases as stored, from the last time where nothing changed since.

    ``book`` has to be the same object for as long as no rules file changes; with a new one all are counted anew.
    """
    stamp, day = cards.stamp(sitting.db), local(sitting.now).date()
    shelf = _shelves.get(sitting.home.database)
    if shelf is None or not shelf.fits(book, stamp, day) or len(shelf.found) > _MOST:
        shelf = _shelves[sitting.home.database] = _Shelf(book=book, cards=stamp, day=day)
    card = cache(cards_in(sitting.db))

    def dues(case: Case) -> tuple[DueItem, ...]:
        key = (case.id, case.revision)
        found = shelf.found.get(key)
        if found is None:
            found = shelf.found[key] = tuple(items(book, case, card, sitting.now))
        now = sitting.now
        return tuple(one if one.overdue == (now > one.at) else replace(one, overdue=now > one.at) for one in found)

    return dues
