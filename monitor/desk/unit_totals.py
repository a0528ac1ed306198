"""What the units' reports on a period come to, up the tree.

    own figures of the body + own figures of every body below it whose report was accepted ──▶ FieldTotal

A report holds the figures of its own body alone, so nothing is counted twice however many levels there are: a body
that sums up those below it does not add them into its own report. What is in a draft or was given back counts nowhere.
"""

from __future__ import annotations

from datetime import date

from monitor.desk.unit_rights import tree
from monitor.model.people import FEDERATION
from monitor.model.report import UnitWords
from monitor.model.unit_report import FieldTotal, UnitReport, UnitReportRules, UnitReportState, Wording
from monitor.store import unit_reports as store
from monitor.store.db import Database

_SAID = (UnitReportState.SUBMITTED, UnitReportState.ACCEPTED)


def totals(
    db: Database, rules: UnitReportRules, first: date, last: date, *, of: str = FEDERATION
) -> tuple[FieldTotal, ...]:
    """Every field over the body ``of`` and all below it, in the order of the rules.

    The body's own report counts from when it was handed in, those below from when they were accepted. ``reported``
    counts the bodies below that said something in the field.
    """
    held = {one.unit: one for one in store.of_period(db, first, last)}
    below = [held[one] for one in tree(db).below(of) if one in held and held[one].state is UnitReportState.ACCEPTED]
    mine = held.get(of)
    own = mine if mine and mine.state in _SAID else None
    return tuple(
        FieldTotal(
            field=field,
            own=own.value(field.id) if own else None,
            below=sum(said) if (said := _said(below, field.id, alone=field.federation)) else None,
            reported=len(said),
        )
        for field in rules.asked(of)
    )


def _said(reports: list[UnitReport], field: str, *, alone: bool) -> list[int]:
    if alone:
        return []
    return [value for one in reports if (value := one.value(field)) is not None]


def words(db: Database, first: date, last: date, *, of: str = FEDERATION) -> tuple[UnitWords, ...]:
    """What the accepted reports of the body and those below it say in words, by part, in the order of the bodies."""
    found = tree(db)
    wanted = {of, *found.below(of)}
    accepted = {
        one.unit: one
        for one in store.of_period(db, first, last)
        if one.state is UnitReportState.ACCEPTED and one.unit in wanted
    }
    return tuple(
        UnitWords(unit=unit.name, part=part.value, text=text)
        for part in Wording
        for unit in found.by_id.values()
        if (report := accepted.get(unit.id)) and (text := report.said(part))
    )
