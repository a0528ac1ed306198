"""The office's working calendar: looked at, proposed, confirmed; and the clocks' two rule files as the desk has them.

    rules/calendar.yaml ──▶ years the office knows ──▶ proposals for the years it does not ──▶ WorkCalendar
    year + what the office says of single days ──▶ amended, looked at ──▶ confirmed ──▶ rules/calendar.yaml

Confirming writes into the working folder, never into the shipped rules; the file of the shipped rules is its start.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from monitor.clock import local
from monitor.config import Home
from monitor.config.calendar import FILE, found, load_calendar, save_calendar, with_year
from monitor.config.law import load_law
from monitor.config.tree import read_text
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError, UsageError
from monitor.model.action import elsewhere
from monitor.model.calendar import NamedDay, WorkCalendar, WorkYear
from monitor.model.event import Happening
from monitor.model.law import PressLaw
from monitor.model.people import FEDERATION, OfficeRole, Person
from monitor.respond import propose

_OLDEST_LAW = 2017
_YEARS_AHEAD = 3


def press_law(home: Home) -> PressLaw:
    """The press law as the office has it. Raises ConfigError with file and line."""
    return load_law(home.rules)


def working_calendar(home: Home, now: datetime) -> WorkCalendar:
    """The office's calendar, with proposals for every other year that a clock running now may touch.

    Those years count as unconfirmed. Raises ConfigError with file and line.
    """
    return propose.filled(load_calendar(home.rules), range(_OLDEST_LAW, local(now).year + _YEARS_AHEAD + 1))


def shown(home: Home, year: int) -> WorkYear:
    """The year as the office's file has it, or the proposal. Raises UsageError for a year out of reach."""
    cal = load_calendar(home.rules)
    return cal.year(year) or propose.propose(cal, year)


def proposal(home: Home, year: int) -> WorkYear:
    """What the library and the office's rules propose, whatever the file says. Raises UsageError as ``shown``."""
    return propose.propose(load_calendar(home.rules), year)


def draft(home: Home, year: int, off: Sequence[NamedDay], worked: Sequence[NamedDay]) -> WorkYear:
    """The year as it would be confirmed, to be looked at first; nothing is written.

    Raises UsageError for a contradiction: a day both off and worked, said twice, of another year, worked anyhow.
    """
    return propose.amended(shown(home, year), off, worked)


def confirm(home: Home, year: WorkYear, by: str, now: datetime) -> tuple[WorkYear, Path]:
    """Write the year as confirmed by ``by`` today; the rest of the file stays as it is.

    Returns the year and the file. Raises ConfigError when the file is not in order or cannot be written.
    """
    who = " ".join(by.split())
    if not who:
        raise UsageError("calendar_no_name")
    source, target = found(home.rules), home.root / "rules" / FILE
    signed = replace(year, confirmed=True, by=who, at=local(now).date())
    save_calendar(target, with_year(read_text(source), str(source), signed))
    return signed, target


def may_confirm(who: Person) -> None:
    """Raises RefusedError for who may not move the dates of the law: that is for the federation's own office."""
    if who.disabled or not who.has(OfficeRole.LEADER, OfficeRole.PRESS) or elsewhere(who, FEDERATION):
        raise RefusedError("calendar_role", person=who.id)


def sign(sitting: Sitting, year: WorkYear) -> tuple[WorkYear, Path]:
    """``confirm`` by the person at the desk, with its event: dates of the law follow from it.

    Raises RefusedError for who may not.
    """
    may_confirm(sitting.actor)
    with sitting.db.atomic():
        sitting.note(Happening(action="calendar.confirm", refs=(str(year.year),)))
        return confirm(sitting.home, year, sitting.actor.name, sitting.now)
