"""A period beside the one before and cùng kỳ năm trước: what was counted in the three, and what units reported.

Read(span) × three ──▶ Periods.beside        units' accepted reports ──▶ Periods.reported, .told
"""

from __future__ import annotations

from functools import cached_property

from monitor.clock import day_bounds
from monitor.config.period import before, year_before
from monitor.desk import reporting_told
from monitor.desk.reporting_data import Desk, Read
from monitor.desk.sitting import Sitting
from monitor.model.report import Span, UnitWords
from monitor.report.half_year import Beside, Tally
from monitor.report.half_year_told import Reported


class Periods:
    """A period beside the one before and cùng kỳ, read once for any number of readers."""

    def __init__(self, sitting: Sitting, span: Span) -> None:
        self.desk = Desk(sitting, day_bounds(span.last)[1])
        self.now = Read(self.desk, span)

    @cached_property
    def previous(self) -> Span:
        """The period before."""
        return before(self.now.span, self.desk.rules.half_years)

    @cached_property
    def last_year(self) -> Span:
        """Cùng kỳ năm trước."""
        return year_before(self.now.span, self.desk.rules.half_years)

    @cached_property
    def beside(self) -> Beside:
        """What each of the three counts; what is hidden of it depends on the reader."""
        rows = self.now.bodies
        reads = [self.now, *(Read(self.desk, one) for one in (self.previous, self.last_year))]
        tallies = [Tally(counts=one.counts(rows), missing=one.missing, hidden={}) for one in reads]
        # Of the period itself nothing is missing: what was not recorded in it counts as none.
        now = Tally(counts=tallies[0].counts, hidden={})
        return Beside(now=now, previous=tallies[1], last_year=tallies[2])

    @cached_property
    def reported(self) -> Reported:
        """What the office and its units reported of each."""
        db, home = self.desk.sitting.db, self.desk.sitting.home
        found = [reporting_told.totals(db, home, span) for span in (self.now.span, self.previous, self.last_year)]
        return Reported(now=found[0], previous=found[1], last_year=found[2])

    @cached_property
    def told(self) -> tuple[UnitWords, ...]:
        """What units say in words."""
        return reporting_told.words(self.desk.sitting.db, self.now.span)
