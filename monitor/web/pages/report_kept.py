"""What a page of a report leaves for what it links to: its pictures and the names of its figures.

A page's pictures are asked for right after it; counting the period again for each of them would take longer than all
the rest. They are kept by a mark of the very numbers they show, so that none is ever of other numbers.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock

from monitor.desk.report_changes import numbers
from monitor.desk.sitting import Sitting
from monitor.model.report import ReportData, Span
from monitor.report.charts import Chart
from monitor.report.half_year_charts import TABLE_OF, charts

_MOST = 12


@dataclass(kw_only=True)
class _Kept:
    data: ReportData
    drawn: tuple[Chart, ...] | None = None


_by_mark: OrderedDict[str, _Kept] = OrderedDict()
_names: OrderedDict[tuple[str, str, str], dict[str, str]] = OrderedDict()
_lock, _drawing = Lock(), Lock()


def keep(sitting: Sitting, data: ReportData) -> str:
    """Keeps the report for its pictures; returns the mark they are asked for by."""
    found = numbers(data)
    mark = sha256(repr((data.span.key, found)).encode()).hexdigest()[:24]
    with _lock:
        _put(_by_mark, mark, _by_mark.get(mark) or _Kept(data=data))
        _put(_names, _place(sitting, data.span), {key: name for key, name, _ in found})
    return mark


def pictures(data: ReportData) -> dict[str, tuple[str, ...]]:
    """The charts that ``drawn`` will have, by the id of the table they stand by."""
    tables = {table.id: table for table in data.tables if any(row.number for row in table.rows)}
    return {ident: tuple(key for key, of in TABLE_OF.items() if of == ident) for ident in tables}


def drawn(mark: str, span: Span) -> tuple[Chart, ...] | None:
    """The charts of the report of this mark; None where it is not kept any more."""
    with _lock:
        found = _by_mark.get(mark)
    if found is None or found.data.span != span:
        return None
    with _drawing:  # the pictures of one page are asked for at once, and drawn together
        if found.drawn is None:
            found.drawn = charts(found.data)
    return found.drawn


def name_of(sitting: Sitting, span: Span, key: str) -> str:
    """What the figure of this key is called in its report; "" where that is not kept."""
    with _lock:
        return _names.get(_place(sitting, span), {}).get(key, "")


def _place(sitting: Sitting, span: Span) -> tuple[str, str, str]:
    return str(sitting.home.database), f"{span.first}", f"{span.last}"


def _put(shelf: OrderedDict, key: object, value: object) -> None:  # type: ignore[type-arg]
    shelf[key] = value
    shelf.move_to_end(key)
    while len(shelf) > _MOST:
        shelf.popitem(last=False)
