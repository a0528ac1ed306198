"""What the office and its units reported on a period: on its very days, or on the shorter periods it is made of.

Units that report each half-year have said nothing of "2026" and everything of its two halves: their figures are added.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from monitor.config import Home
from monitor.config.unit_report import load_unit_report
from monitor.desk import unit_totals
from monitor.model.report import Span, UnitWords
from monitor.model.unit_report import FieldTotal
from monitor.report.unit_book import without_notes
from monitor.store import reporting as store
from monitor.store.db import Database

Days = tuple[date, date]


def totals(db: Database, home: Home, span: Span) -> tuple[FieldTotal, ...]:
    """Every field over the federation and all bodies below it. Raises ConfigError.

    ``reported`` of added periods is that of the one with most: a body that reported twice is still one.
    """
    rules = load_unit_report(home.rules)
    found = [unit_totals.totals(db, rules, *days) for days in _parts(db, span)]
    made = list(found[0])
    for other in found[1:]:
        made = [_added(one, two) for one, two in zip(made, other, strict=True)]
    return tuple(made)


def words(db: Database, span: Span) -> tuple[UnitWords, ...]:
    """What the accepted reports say in words, without what is noted beside single figures: that explains a figure to
    who looks it over, and would only swell the report."""
    said = (one for days in _parts(db, span) for one in unit_totals.words(db, *days))
    return tuple(replace(one, text=text) for one in said if (text := without_notes(one.text)))


def _parts(db: Database, span: Span) -> list[Days]:
    """The days that were reported on within the period, none twice: the longest periods first, then those beside."""
    exact = (span.first, span.last)
    found = sorted(store.reported_periods(db, *exact), key=lambda days: (days[0] - days[1], days[0]))
    chosen: list[Days] = []
    for first, last in found:
        if all(last < one[0] or first > one[1] for one in chosen):
            chosen.append((first, last))
    return sorted(chosen) or [exact]


def _added(one: FieldTotal, two: FieldTotal) -> FieldTotal:
    return replace(
        one, own=_sum(one.own, two.own), below=_sum(one.below, two.below), reported=max(one.reported, two.reported)
    )


def _sum(*said: int | None) -> int | None:
    known = [one for one in said if one is not None]
    return sum(known) if known else None
