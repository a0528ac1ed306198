"""Everything in ``rules/`` that the response rests on, read strictly, so that no letter goes out under half a rule.

A file is read again when it has changed, not with every sitting (``config.tree.parsed``): a page shall not wait for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache

from monitor import clock
from monitor.config import Home, load_settings
from monitor.config.calendar import found
from monitor.config.demands import load_demands
from monitor.config.directive import load_directive
from monitor.config.law import load_law
from monitor.config.layout import load_layout
from monitor.desk.calendar import working_calendar
from monitor.model.asking import DemandRules
from monitor.model.calendar import WorkCalendar
from monitor.model.directive import Directive
from monitor.model.law import PressLaw
from monitor.model.layout import Layout
from monitor.model.settings import Settings


@dataclass(frozen=True)
class Rulebook:
    """The rules of a working folder; each file is read when it is first asked for."""

    home: Home

    @cached_property
    def law(self) -> PressLaw:
        """Rule sets by date."""
        return load_law(self.home.rules)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Working days; years nobody has entered are filled with proposals, and say so."""
        changed = found(self.home.rules).stat().st_mtime_ns
        return _calendar(self.home, clock.local(clock.now()).year, changed)

    @cached_property
    def demands(self) -> DemandRules:
        """What may be asked of whom."""
        return load_demands(self.home.rules)

    @cached_property
    def directive(self) -> Directive:
        """Recipients and names by date."""
        return load_directive(self.home.rules)

    @cached_property
    def layout(self) -> Layout:
        """How papers look."""
        return load_layout(self.home.rules)

    @cached_property
    def settings(self) -> Settings:
        """The office."""
        return load_settings(self.home.rules)


@lru_cache(maxsize=4)
def _calendar(home: Home, year: int, changed: int) -> WorkCalendar:
    return working_calendar(home, datetime(year, 7, 1, tzinfo=clock.VN))
