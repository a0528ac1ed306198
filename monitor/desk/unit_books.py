"""Units' reports as workbooks: the form for a body, what all below it come to, and a filled-in form taken in.

bodies, period ──▶ forms, what the program counted ──▶ workbook ──▶ mail, a clerk ──▶ read back ──▶ saved, handed in
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from monitor.config import load_settings
from monitor.desk import unit_rights as rights
from monitor.desk.sitting import Sitting
from monitor.desk.unit_known import Known
from monitor.desk.unit_owed import due_on, periods
from monitor.desk.unit_reports import forms, submit, take_in
from monitor.desk.unit_totals import totals
from monitor.errors import ConflictError, UsageError
from monitor.model.people import FEDERATION, Unit
from monitor.model.report import Span
from monitor.model.unit_report import UnitReport, UnitReportRules, UnitReportState
from monitor.report.unit_book import TOTAL, BookRead, as_book, read_book
from monitor.store import unit_reports as store


def templates(sitting: Sitting, units: Iterable[str], span: Span) -> Iterator[tuple[Unit, bytes]]:
    """The form of each body as it stands, or fresh with what the program counted; that is read once for all.

    Raises RefusedError for a body he may not see, or that was not there in the period.
    """
    rules, found = rights.rules_of(sitting), rights.grown(sitting)
    wanted = tuple(units)
    counted = Known(sitting, span)
    for report in forms(sitting, wanted, span, counted):
        unit = found.by_id[report.unit]
        to = rights.reports_to(found, rules, unit, span.last)
        yield unit, as_book(
            rules, unit=unit, span=span, office=_office(sitting), values=dict(report.values),
            known=counted.of(unit.id), words=dict(report.words), made=sitting.now, due=due_on(rules, span),
            to=to.name,
        )  # fmt: skip


def template(sitting: Sitting, unit: str, span: Span) -> bytes:
    """The form of one body."""
    return next(body for _, body in templates(sitting, (unit,), span))


def summed(sitting: Sitting, span: Span, of: str = FEDERATION) -> bytes:
    """What a body and all below it come to, as the same workbook one level up. Raises RefusedError."""
    unit, rules = rights.body(sitting, of), rights.rules_of(sitting)
    to = rights.reports_to(rights.grown(sitting), rules, unit, span.last)
    have = store.find(sitting.db, unit.id, span.first, span.last)
    return as_book(
        rules, unit=unit, span=span, office=_office(sitting), words=dict(have.words) if have else {}, kind=TOTAL,
        totals=totals(sitting.db, rules, span.first, span.last, of=unit.id), made=sitting.now,
        due=due_on(rules, span), to="" if unit.id == FEDERATION else to.name,
    )  # fmt: skip


def read(
    sitting: Sitting, raw: bytes, name: str, *, unit: str = "", span: Span | None = None, seen: int | None = None,
    hand_in: bool = False,
) -> UnitReport:  # fmt: skip
    """A filled-in form taken in, and handed in if wanted: all of it or nothing.

    ``unit`` and ``span`` are what it ought to be of, ``seen`` the revision it takes the place of. Where that is not
    given it takes the place of a workbook before it and of what was given back, never of what somebody typed since, or
    of what was accepted. Raises InputError with every mistake by sheet and cell, RefusedError, ConflictError.
    """
    wanted = rights.body(sitting, unit) if unit else None
    rules = rights.rules_of(sitting)
    said = read_book(raw, name, rules, span=span, unit=wanted)
    days = span or _span(sitting, said.first, said.last)
    with sitting.db.atomic():
        have = store.find(sitting.db, said.unit, days.first, days.last)
        if have and seen is None and _stands(have, said, rules):
            name_of = rights.body(sitting, said.unit).name
            raise ConflictError("unit_report_stands", unit=name_of, state=have.state, revision=have.revision)
        before = seen if seen is not None else have.revision if have else 0
        made = take_in(sitting, said.unit, days, dict(said.values), dict(said.words), seen=before, name=name, raw=raw)
        return submit(sitting, made.id) if hand_in else made


def _stands(have: UnitReport, said: BookRead, rules: UnitReportRules) -> bool:
    """Whether what is stored would be lost to a workbook that was perhaps filled in before it."""
    values = {ident: value for ident, value in have.values if rules.field(ident)}
    if (values, dict(have.words)) == (dict(said.values), dict(said.words)):
        return False
    return have.state is UnitReportState.ACCEPTED or (
        have.via == "desk" and have.state in (UnitReportState.DRAFT, UnitReportState.SUBMITTED)
    )


def _span(sitting: Sitting, first: date, last: date) -> Span:
    """The period of these two days. Raises UsageError where units report on none such."""
    found = next((one for one in periods(sitting.home, last) if (one.first, one.last) == (first, last)), None)
    if found is None:
        raise UsageError("unit_report_days", first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    return found


def _office(sitting: Sitting) -> str:
    return load_settings(sitting.home.rules).office.name
