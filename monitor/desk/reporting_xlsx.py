"""The report's workbook: which list lies behind which table, with the words of each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.desk import outlets
from monitor.desk.reporting import Report
from monitor.labels import label, of
from monitor.model.report import Figure, ListRow, ReportData, Table
from monitor.model.report_paper import ReportPaper
from monitor.model.tag import Tone
from monitor.report.half_year_xlsx import ListSheet, as_xlsx
from monitor.store import reporting as store

_SHARED = ("items", "topics", "tones")
"""Tables of the same items: one list holds source, topic and tone."""


def workbook(report: Report, paper: ReportPaper | None = None) -> bytes:
    """The report as ``report.data()`` has it, with every list that the person may see; a ``paper`` also with its
    sentences and number. Raises as ``data`` does."""
    data = report.data()
    others = (table for table in data.tables if table.id not in _SHARED and any(row.count for row in table.rows))
    return as_xlsx(data, [_items(report, data), *(_behind(report, table) for table in others)], paper)


def _items(report: Report, data: ReportData) -> ListSheet:
    found = report.listed("items.total")
    columns = ("day", "outlets", "group", "topic", "tone", "text", "id", "link")
    return ListSheet(
        tables=_SHARED,
        title=label("half_year", "items_list"),
        columns=tuple(label("half_year", f"col_{one}") for one in columns),
        rows=_item_rows(report, data, found.rows),
        hidden=found.hidden,
    )


def _item_rows(report: Report, data: ReportData, rows: Sequence[ListRow]) -> Iterator[Sequence[object]]:
    names = outlets.names(report.sitting)
    known = {item.id: item for item in report.items}
    titles = store.titles(report.sitting.db, [row.id for row in rows])
    topics = {figure.key: figure.label for figure in data.figures if figure.key.startswith("topic.")}
    for row in rows:
        item = known[row.id]
        tone = of(Tone(item.tone)) if item.tone else ""
        yield (
            row.day, names.get(item.outlet, item.outlet), of(report.group(item.outlet)),
            topics.get(f"topic.{item.topic or '-'}", item.topic), tone,
            report.worded(titles.get(row.id, ("", ""))[0]), row.id,
            row.link,
        )  # fmt: skip


def _behind(report: Report, table: Table) -> ListSheet:
    """The rows of every figure of a table, each with the figure it stands behind."""
    figures: tuple[Figure, ...] = tuple(row for row in table.rows if row.count)
    lists = [(figure.label, report.listed(figure.key)) for figure in figures]
    columns = ("row", "day", "text", "id", "link")
    return ListSheet(
        tables=(table.id,),
        title=table.title,
        columns=tuple(label("half_year", f"col_{one}") for one in columns),
        rows=[(name, row.day, row.text, row.id, row.link) for name, found in lists for row in found.rows],
        hidden=sum(found.hidden for _, found in lists),
    )
