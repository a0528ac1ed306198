"""What the wording of the report may ask of its figures: numbers in words' clothes, and how they moved.

Everything that came from outside is one clean line here: the wording is a template, and a line of its own may be the
head of a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from monitor import text
from monitor.clock import local
from monitor.model.report import Figure, ReportData, Span
from monitor.report import half_year_numbers as numbers
from monitor.report import words
from monitor.report.half_year import part_of
from monitor.report.half_year_items import NONE

_RULE = re.compile("={3,}")
_FULL = 10
_ENDS = (".", ";", ":", ",", "!", "?", "…")
_ASKED = ("figure", "total", "listed", "rows", "most", "section", "told")


@dataclass(frozen=True, kw_only=True)
class Moved:
    """How a figure moved since a period: ``known`` whether there is data. ``percent`` is "" of nothing."""

    known: bool = False
    way: str = "same"
    """"more", "less" or "same"."""
    by: str = ""
    percent: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """A figure in a sentence: ``number`` as text ("05", "1.234"), "" where nothing is recorded."""

    key: str
    label: str
    value: int | None
    share: str
    previous: Moved
    last_year: Moved
    note: str = ""

    @property
    def number(self) -> str:
        """Numbers below ten have a leading zero, as offices write them in sentences."""
        return "" if self.value is None else two(self.value)

    @property
    def small(self) -> str:
        """The label within a sentence; a name in capitals stays."""
        return small(self.label)

    @property
    def some(self) -> bool:
        """Whether there is any."""
        return bool(self.value)

    @property
    def known(self) -> bool:
        """Whether it is recorded at all."""
        return self.value is not None


@dataclass(frozen=True, kw_only=True)
class Days:
    """A period: its name and its first and last day as 01/01/2026."""

    name: str
    first: str
    last: str

    @property
    def small(self) -> str:
        """The name within a sentence."""
        return small(self.name)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a unit wrote."""

    unit: str
    text: str


@dataclass(frozen=True)
class Figures:
    """The figures for the wording. Keys that a report does not have give a figure that is not known."""

    data: ReportData

    def figure(self, key: str) -> Said:
        """The figure of this key."""
        return said(self._plain.get(key) or Figure(key=key, label="", count=None))

    @cached_property
    def _plain(self) -> dict[str, Figure]:
        return {one.key: self._recorded(one) for one in self.data.figures}

    def _recorded(self, figure: Figure) -> Figure:
        """A zero of a time in which nothing was recorded is no zero: "không phát sinh" would say what nobody knows."""
        unknown = figure.count == 0 and part_of(figure.key) in self.data.missing
        return replace(figure, count=None) if unknown else figure

    def total(self, keys: Sequence[str]) -> Said:
        """The sum of these figures; not known where one of them is not."""
        found = [self._plain.get(key) or Figure(key=key, label="", count=None) for key in keys]
        return said(
            Figure(
                key="", label="", count=_sum(one.number for one in found), previous=_sum(one.previous for one in found),
                last_year=_sum(one.last_year for one in found),
            )
        )  # fmt: skip

    def listed(self, worded: Mapping[str, str]) -> str:
        """ "báo chí nêu đúng 05; sai sự thật 02": those that are not zero, "" where all are."""
        found = ((self.figure(key), wording) for key, wording in worded.items())
        return "; ".join(f"{line(wording)} {one.number}" for one, wording in found if one.some)

    def rows(self, table: str) -> tuple[Said, ...]:
        """The rows of a table that are not zero, in its order."""
        return tuple(
            one for found in self.data.tables if found.id == table for one in map(said, found.rows) if one.some
        )

    def most(self, table: str, many: int) -> tuple[Said, ...]:
        """The largest rows of a table; what belongs to no row is not among them."""
        named = [one for one in self.rows(table) if not one.key.endswith((f".{NONE}", ".rest"))]
        return tuple(sorted(named, key=lambda one: -(one.value or 0))[:many])

    def section(self, number: str) -> tuple[Said, ...]:
        """All rows of a section's tables that are not zero."""
        found = (table for section in self.data.sections if section.number == number for table in section.tables)
        return tuple(one for table in found for one in map(said, table.rows) if one.some)

    def told(self, part: str) -> tuple[Told, ...]:
        """What units wrote: "work", "difficulties", "plans" or "proposals"."""
        return tuple(Told(unit=line(one.unit), text=run_on(one.text)) for one in self.data.told if one.part == part)


def said(figure: Figure) -> Said:
    """The figure for a sentence."""
    now = figure.number
    share = "" if figure.share is None else numbers.percent(figure.share)
    return Said(
        key=figure.key, label=line(figure.label), value=now, share=share, previous=_moved(now, figure.previous),
        last_year=_moved(now, figure.last_year), note=line(figure.note),
    )  # fmt: skip


def names(data: ReportData) -> dict[str, object]:
    """Everything the wording may name."""
    found = Figures(data)
    given: dict[str, object] = {name: getattr(found, name) for name in _ASKED}
    return given | {
        "period": _days(data.span),
        "previous": _days(data.previous),
        "last_year": _days(data.last_year),
        "office": line(data.office),
        "compared": any(one.previous is not None or one.last_year is not None for one in data.figures),
        "until": words.clock(data.until),
        "unfinished": local(data.until).date() <= data.span.last,
        "unseen": two(data.unseen) if data.unseen else "",
        "cases_listed": len(data.checked),
    }


def line(value: str) -> str:
    """The text on one line that no head of a part can be."""
    return _RULE.sub("==", text.clean(value))


def run_on(value: str) -> str:
    """What was written on several lines as one line that still reads: where a new point begins, the last one ends."""
    lines = [one for one in map(line, value.splitlines()) if one]
    ended = [one if one.endswith(_ENDS) or new[0].islower() else f"{one};" for one, new in pairwise(lines)]
    return " ".join((*ended, *lines[-1:]))


def two(value: int) -> str:
    """5 → 05, 1234 → 1.234."""
    return f"{value:02d}" if 0 <= value < _FULL else words.number(value)


def small(name: str) -> str:
    """The name within a sentence: a small first letter, but "LĐLĐ" stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _sum(found: Iterable[int | None]) -> int | None:
    total = 0
    for one in found:
        if one is None:
            return None
        total += one
    return total


def _moved(now: int | None, before: int | None) -> Moved:
    if now is None or before is None:
        return Moved()
    more = now - before
    if not more:
        return Moved(known=True)
    return Moved(
        known=True, way="more" if more > 0 else "less", by=two(abs(more)), percent=numbers.share_of(more, before)
    )


def _days(span: Span) -> Days:
    return Days(name=line(span.name), first=numbers.day(span.first), last=numbers.day(span.last))
