"""What a unit reports on a period to the body above it, and what became of it.

draft ──▶ submitted ──▶ accepted
  ▲           └──▶ returned ──▶ submitted
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.model.people import FEDERATION, Unit


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
    report that it fills ("official.1"), or the number of the section beside whose counts it stands ("III"); empty: a
    row of section VII. ``federation``: asked of the federation alone. ``of`` is the field that it is a part of: it
    cannot well be more than that.
    """

    id: str
    label: str
    unit: str = ""
    group: str = ""
    known: str = ""
    figure: str = ""
    of: str = ""
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

    def field(self, ident: str) -> UnitField | None:
        """The field of this id."""
        return next((one for one in self.fields if one.id == ident), None)

    def asked(self, unit: str) -> tuple[UnitField, ...]:
        """The fields that this body is asked for."""
        return tuple(one for one in self.fields if unit == FEDERATION or not one.federation)


@dataclass(frozen=True, kw_only=True)
class UnitReport:
    """A unit's report on the days ``first`` … ``last``. ``values`` by field; a field left empty is not there.

    They are the unit's own figures: those of the bodies below it are added by whoever sums up. ``first_submitted`` is
    when it was first handed in, ``submitted`` when last; ``via`` is "desk" or "workbook"; ``remark`` why it was
    returned.
    """

    id: str
    unit: str
    first: date
    last: date
    state: UnitReportState = UnitReportState.DRAFT
    values: tuple[tuple[str, int], ...] = ()
    words: tuple[tuple[Wording, str], ...] = ()
    first_submitted: datetime | None = None
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

    def said(self, wording: Wording) -> str:
        """What it says in words in this part."""
        return dict(self.words).get(wording, "")


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A body's report on a period as its level above waits for it.

    ``to`` is the body it reports to; ``late`` how many days after ``due`` it came, or is missing by now. ``asked`` is
    false for a body that owes none and handed one in.
    """

    unit: Unit
    to: Unit
    due: date
    standing: Standing
    late: int = 0
    report: UnitReport | None = None
    asked: bool = True

    @property
    def no_address(self) -> bool:
        """Whether no mail can remind it."""
        return not self.unit.email


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A field in which a report does not say what the program counted; ``said`` None: it was left empty."""

    unit: Unit
    field: UnitField
    said: int | None
    counted: int


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
