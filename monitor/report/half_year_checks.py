"""What has to hold of a report, checked whenever one is made: sums are sums, and every count has its list."""

from __future__ import annotations

from collections.abc import Mapping, Sized

from monitor.errors import RefusedError
from monitor.model.report import Figure, ReportData, Table

_SHOWN = 12


def check(data: ReportData, lists: Mapping[str, Sized], loose: tuple[str, ...] = ()) -> None:
    """Raises RefusedError naming the figure and the rows where something does not hold.

    ``lists`` are those that a figure opens to, by its key; ``loose`` the things that no row of the balance took up.
    """
    if loose:
        raise RefusedError("report_loose", rows=_rows(loose))
    for table in data.tables:
        _sums(table)
    for figure in data.figures:
        if figure.count is None:
            continue
        held = len(lists.get(figure.key, ()))
        if held != figure.count:
            raise RefusedError("report_list", figure=figure.label, key=figure.key, count=figure.count, rows=held)
    _balance(data)


def _sums(table: Table) -> None:
    if table.sums and table.total is not None:
        said = sum(row.count or 0 for row in table.rows)
        if said != table.total.count:
            _unequal(table.title, table.total, said, table.rows)
    for figure in (*table.rows, *((table.total,) if table.total else ())):
        if figure.cells and sum(cell.count or 0 for cell in figure.cells) != figure.count:
            _unequal(figure.label, figure, sum(cell.count or 0 for cell in figure.cells), figure.cells)


def _balance(data: ReportData) -> None:
    """What came into the period is what went out of it, and no correction is counted beyond the requests."""
    came, went = data.figure("balance.total"), sum(_count(data, key) for key in WENT)
    if came is not None and came.count != went:
        _unequal(came.label, came, went, tuple(f for key in WENT if (f := data.figure(key))))
    asked = data.figure("request.total")
    corrected = [f for key in ("request.corrected_in_time", "request.corrected_late") if (f := data.figure(key))]
    if asked is not None and sum(one.count or 0 for one in corrected) > (asked.count or 0):
        _unequal(asked.label, asked, sum(one.count or 0 for one in corrected), tuple(corrected))


WENT = tuple(
    f"balance.{key}"
    for key in (
        "right", "partly", "wrong", "not_objective", "unsettled", "mistaken", "duplicate", "passed_on", "carried_over",
    )
)  # fmt: skip
"""The ends of a case, and that it has none yet."""


def _count(data: ReportData, key: str) -> int:
    found = data.figure(key)
    return (found.count or 0) if found else 0


def _unequal(title: str, total: Figure, said: int, parts: tuple[Figure, ...]) -> None:
    raise RefusedError(
        "report_sum", table=title, figure=total.key, total=total.count, sum=said,
        rows=_rows(tuple(f"{one.label} {one.count}" for one in parts)),
    )  # fmt: skip


def _rows(found: tuple[str, ...]) -> str:
    return "; ".join(found[:_SHOWN]) + ("…" if len(found) > _SHOWN else "")
