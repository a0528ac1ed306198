"""Which mails went to bodies about their reports: the forms handed out and the reminders, found by what they are about.

As ``desk.unit_reminding`` writes it: a form's mail is about ``unit-form:BODY:FIRST DAY:…``, a reminder about
``unit:BODY:FIRST DAY:…``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlite_utils import Database

from monitor.clock import from_iso

_FORM, _REMINDER = "unit-form", "unit"
_GONE, _FAILED = ("sent", "maybe_sent"), "failed"


@dataclass(frozen=True, kw_only=True)
class UnitMail:
    """A mail to a body: ``form`` with the workbook, else a reminder; ``gone`` once it has left, ``failed`` for good."""

    unit: str
    form: bool
    made: datetime
    gone: bool
    failed: bool


def of_period(db: Database, first: date) -> dict[str, tuple[UnitMail, ...]]:
    """The mails about the period that begins on that day, by body, in the order they were made."""
    rows = db.execute(
        "SELECT about, made, state FROM outbox WHERE about <> '' AND about > 'unit' AND about < 'unit~'"
    ).fetchall()
    found: dict[str, list[UnitMail]] = {}
    for about, made, state in rows:
        what, _, rest = about.partition(":")
        unit, _, tail = rest.partition(":")
        if what in (_FORM, _REMINDER) and tail.startswith(f"{first}:") and (at := from_iso(made)):
            mail = UnitMail(unit=unit, form=what == _FORM, made=at, gone=state in _GONE, failed=state == _FAILED)
            found.setdefault(unit, []).append(mail)
    return {unit: tuple(sorted(mails, key=lambda one: one.made)) for unit, mails in found.items()}
