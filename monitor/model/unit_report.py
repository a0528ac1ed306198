"""What a unit reports on a period to the body above it, and what became of it.

draft ──▶ submitted ──▶ accepted
  ▲           └──▶ returned ──▶ submitted
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class UnitReportState(StrEnum):
    """Where the report is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Standing(StrEnum):
    """Whether a body that owes a report has handed it in."""

    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    SUBMITTED_LATE = "submitted_late"
    RETURNED = "returned"
    WAITING = "waiting"
    """Not handed in, and not due yet."""
    MISSING = "missing"
    """Not handed in, and overdue."""


class Every(StrEnum):
    """How often units report."""

    HALF = "half"
    QUARTER = "quarter"
    YEAR = "year"


class Wording(StrEnum):
    """The parts of a report in words."""

    WORK = "work"
    """What was done, beside the figures."""
    DIFFICULTIES = "difficulties"
    PLANS = "plans"
    PROPOSALS = "proposals"


@dataclass(frozen=True, kw_only=True)
class UnitField:
    """One figure that is reported: ``id`` is stable, ``unit`` what is counted ("bài"), ``group`` a heading.

    ``known`` names what the program counts itself (see ``desk.unit_known``), ``figure`` the row of the federation's
    report that it fills ("official.1"; empty: a row of section VII). ``federation``: asked of the federation alone.
    """

    id: str
    label: str
    unit: str = ""
    group: str = ""
    known: str = ""
    figure: str = ""
    federation: bool = False


@dataclass(frozen=True, kw_only=True)
class UnitReportRules:
    """The whole of ``rules/unit_report.yaml``: ``kinds`` are the kinds of bodies that report, ``due_days`` how many
    days after the period's last day, ``remind_days`` how many days before that each reminder goes.
    """

    every: Every
    kinds: tuple[str, ...]
    due_days: int
    remind_days: tuple[int, ...]
    remind_late_days: int
    fields: tuple[UnitField, ...]


@dataclass(frozen=True, kw_only=True)
class UnitReport:
    """A unit's report on the days ``first`` … ``last``. ``values`` by field; a field left empty is not there.

    ``via`` is "desk" or "workbook"; ``remark`` why it was returned.
    """

    id: str
    unit: str
    first: date
    last: date
    state: UnitReportState = UnitReportState.DRAFT
    values: tuple[tuple[str, int], ...] = ()
    words: tuple[tuple[Wording, str], ...] = ()
    submitted: datetime | None = None
    submitted_by: str = ""
    decided: datetime | None = None
    decided_by: str = ""
    remark: str = ""
    via: str = "desk"
    revision: int = 0

    def value(self, field: str) -> int | None:
        """What it says in this field."""
        return dict(self.values).get(field)


@dataclass(frozen=True, kw_only=True)
class FieldTotal:
    """A field over a body and all bodies below it: ``own`` its own figure, ``below`` those of the ``reported`` bodies
    below whose reports were accepted; None where nobody said anything.
    """

    field: UnitField
    own: int | None
    below: int | None
    reported: int

    @property
    def total(self) -> int | None:
        """Both together."""
        said = [one for one in (self.own, self.below) if one is not None]
        return sum(said) if said else None
