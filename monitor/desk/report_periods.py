"""The periods that reports are usually on, seen from today."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.clock import local
from monitor.config.period import before, parse
from monitor.config.report import load_report_rules
from monitor.desk.sitting import Sitting
from monitor.model.report import Span


@dataclass(frozen=True, kw_only=True)
class Usual:
    """One kind of period ("half", "quarter", "month", "year"): the one that today is in, and the one before it."""

    kind: str
    this: Span
    last: Span


def usual(sitting: Sitting) -> tuple[Usual, ...]:
    """Half-years and years as the office counts them, quarters and months of the calendar."""
    today, halves = local(sitting.now).date(), load_report_rules(sitting.home.rules).half_years
    made = []
    for kind, parts in (
        ("half", ("H1", "H2")), ("quarter", ("Q1", "Q2", "Q3", "Q4")), ("month", (f"-{today.month:02d}",)),
        ("year", ("",)),
    ):  # fmt: skip
        # A year that is closed in December begins in the one before.
        spans = (parse(f"{year}{part}", halves) for year in (today.year, today.year + 1) for part in parts)
        this = next(span for span in spans if span.first <= today <= span.last)
        made.append(Usual(kind=kind, this=this, last=before(this, halves)))
    return tuple(made)
