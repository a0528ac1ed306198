"""The numbers of a report by key, and in what those of two differ."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.labels import label
from monitor.model.report import ReportData
from monitor.model.report_paper import Adjustment

Number = tuple[str, str, int | None]
"""Key, label, what is printed (None: nothing was recorded)."""


def numbers(data: ReportData) -> tuple[Number, ...]:
    """Every figure once, in reading order; its label says in which table it stands, a month's also in which row."""
    found: dict[str, Number] = {}
    for table in data.tables:
        for row in (*table.rows, *((table.total,) if table.total else ())):
            said = label("half_year", "row_of", table=table.title, row=row.label)
            found.setdefault(row.key, (row.key, said, row.number))
            for cell in row.cells:
                inner = label("half_year", "cell_of", row=said, cell=cell.label)
                found.setdefault(cell.key, (cell.key, inner, cell.number))
    return tuple(found.values())


def adjustments(before: Iterable[Number], after: Iterable[Number]) -> tuple[Adjustment, ...]:
    """Every figure whose number is another, that appeared or that is no more; those of ``after`` in their order."""
    was, now = {one[0]: one for one in before}, {one[0]: one for one in after}
    made = []
    for key, (_, said, number) in now.items():
        old = was[key][2] if key in was else None
        if number != old:
            made.append(Adjustment(key=key, label=said, before=old, after=number))
    gone = [one for key, one in was.items() if key not in now and one[2] is not None]
    return (*made, *(Adjustment(key=key, label=said, before=number, after=None) for key, said, number in gone))
