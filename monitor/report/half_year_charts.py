"""The charts of the report: by month, group of outlets, main topic, tone and unit.

The figures are those of the tables; a chart whose figures are all zero is not drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from monitor.labels import label
from monitor.model.report import Figure, ReportData, Table
from monitor.report.charts import Chart, bars, columns, shown
from monitor.report.half_year_items import NONE

_TOPICS, _BODIES = 10, 12
"""So many have a bar of their own; the other topics are one bar, the other bodies stand in the table alone."""
TABLE_OF = {"month": "items", "group": "items", "topic": "topics", "tone": "tones", "unit": "bodies"}
"""By which table a chart stands."""


def charts(data: ReportData) -> tuple[Chart, ...]:
    """A chart for each of the five that has figures, in the order of the tables."""
    tables = {table.id: table for table in data.tables}
    made = []
    for key, ident in TABLE_OF.items():
        rows = _rows(key, tables.get(ident))
        if any(figure.number for figure in rows):
            made.append(_chart(key, rows))
    return tuple(made)


def _rows(key: str, table: Table | None) -> Sequence[Figure]:
    if table is None:
        return ()
    if key == "month":
        return table.total.cells if table.total else ()
    if key == "topic":
        return _most(table.rows)
    if key == "unit":
        named = [figure for figure in table.rows if figure.number]
        return sorted(named, key=_falling)[:_BODIES]
    return table.rows


def _most(rows: Sequence[Figure]) -> list[Figure]:
    """The topics named most, the others as one, and at the end what belongs to none."""
    none = [figure for figure in rows if figure.key == f"topic.{NONE}"]
    named = sorted((figure for figure in rows if figure not in none and figure.number), key=_falling)
    found, others = named[:_TOPICS], named[_TOPICS:]
    if others:
        rest = sum(figure.number or 0 for figure in others)
        found.append(replace(others[0], key="", label=label("report_paper", "chart_rest"), count=rest, cells=()))
    return [*found, *none]


def _falling(figure: Figure) -> int:
    return -(figure.number or 0)


def _chart(key: str, rows: Sequence[Figure]) -> Chart:
    title = label("report_paper", f"chart_{key}")
    pairs = [(figure.label, float(figure.number or 0)) for figure in rows]
    unlike = [n for n, figure in enumerate(rows) if not figure.key or figure.key.endswith(f".{NONE}")]
    png = _drawn(key == "month", tuple(pairs), tuple(unlike))
    said = "; ".join(f"{name} {shown(value)}" for name, value in pairs)
    return Chart(key=key, title=title, alt=label("report_paper", "chart_alt", title=title, rows=said), png=png)


@lru_cache(maxsize=32)
def _drawn(upright: bool, pairs: tuple[tuple[str, float], ...], unlike: tuple[int, ...]) -> bytes:
    """Drawn once: a report is made in several forms one after the other."""
    return columns("", pairs) if upright else bars("", pairs, hatched=unlike)
