"""Figures that somebody reported: no list lies behind them, so each says whose it is and stands as a value, no count.

fields with their totals, of three periods ──▶ the official figures 1–5, and the rows of section VII
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.labels import label
from monitor.model.report import Figure
from monitor.model.unit_report import FieldTotal

Totals = tuple[FieldTotal, ...]


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What the office and its units reported on the period, on the one before and on cùng kỳ."""

    now: Totals = ()
    previous: Totals = ()
    last_year: Totals = ()

    def official(self, key: str, said: str) -> Figure:
        """A row of the official form: what was reported for it, or that nothing was."""
        own = [one for one in self.now if one.field.figure == key]
        return Figure(
            key=key, label=said, count=None, value=_sum(own), note=_note(own),
            previous=_sum(one for one in self.previous if one.field.figure == key),
            last_year=_sum(one for one in self.last_year if one.field.figure == key),
        )  # fmt: skip

    def programme(self) -> tuple[Figure, ...]:
        """The fields of no official figure, group by group; none where nobody reported any of them."""
        rows = [one for one in self.now if not one.field.figure]
        if all(one.total is None for one in rows):
            return ()
        groups = list(dict.fromkeys(one.field.group for one in rows))
        ordered = sorted(rows, key=lambda one: groups.index(one.field.group))
        before, then = ({one.field.id: one.total for one in found} for found in (self.previous, self.last_year))
        return tuple(
            Figure(
                key=f"programme.{one.field.id}", label=_named(one), count=None, value=one.total, note=_note([one]),
                previous=before.get(one.field.id), last_year=then.get(one.field.id),
            )
            for one in ordered
        )  # fmt: skip


def _sum(found: Iterable[FieldTotal]) -> int | None:
    said = [one.total for one in found if one.total is not None]
    return sum(said) if said else None


def _named(one: FieldTotal) -> str:
    field = one.field
    told = not field.unit or field.unit.casefold() in field.label.casefold()  # "Lượt tiếp cận (lượt)" says it twice
    said = field.label if told else label("half_year", "in_unit", label=field.label, unit=field.unit)
    return label("half_year", "in_group", group=field.group, label=said) if field.group else said


def _note(found: list[FieldTotal]) -> str:
    """Whose figure it is: that of the office itself, of so many units, of both."""
    if _sum(found) is None:
        return label("half_year", "not_recorded")
    units = max((one.reported for one in found if one.below is not None), default=0)
    own = any(one.own is not None for one in found)
    if not units:
        return label("half_year", "told_own")
    return label("half_year", "told_both" if own else "told_units", units=units)
