"""The report's tables of cases: what was checked, what is put right, what changed since the version before.

A case that the reader may not see is in none of them; how many there are is said below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from monitor.labels import label, of
from monitor.model.casework import RemedyState
from monitor.model.report import CheckedLine, RemedyLine, ReportData
from monitor.model.report_paper import Adjustment
from monitor.report import half_year_numbers as numbers
from monitor.report.half_year_tables import Cell, Grid, Line, head, worded

_MOST_INSIDE = 20
"""More lines than these stand in the annex alone."""


def checked(data: ReportData) -> Grid | None:
    """The verification table; one sentence that points to the annex where it is long; None without a case."""
    title = label("report_paper", "table_checked")
    if len(data.checked) > _MOST_INSIDE:
        return Grid(id="checked", shape="nothing", title=title, nothing=label("report_paper", "in_annex"))
    heads = ("stt", "published", "outlets", "matter", "units", "due", "verdict", "concluded")
    lines = [_checked(n, one) for n, one in enumerate(data.checked, 1)]
    return _grid("checked", title, heads, lines, _hidden("hidden_cases", data.unseen))


def remedies(data: ReportData) -> Grid | None:
    """The measures, each with its state; None where there is none, or where they stand in the annex."""
    return None if len(data.remedies) > _MOST_INSIDE else _remedies(data)


def annexes(data: ReportData) -> Iterator[Grid]:
    """The list of all cases, and the measures where they are too many for the text."""
    measures: dict[str, list[RemedyLine]] = defaultdict(list)
    for one in data.remedies:
        measures[one.case].append(one)
    lines = [
        Line(cells=(line.cells[0], Cell(text=one.case), *line.cells[1:], Cell(text=_done(measures[one.case]))))
        for n, one in enumerate(data.checked, 1)
        for line in (_checked(n, one),)
    ]
    heads = ("stt", "case", "published", "outlets", "matter", "units", "due", "verdict", "concluded", "measure")
    title = label("report_paper", "annex_title")
    if found := _grid("annex", title, heads, lines, _hidden("hidden_cases", data.unseen)):
        yield found
    if len(data.remedies) > _MOST_INSIDE and (found := _remedies(data)):
        yield found


def changes(found: Sequence[Adjustment]) -> Grid:
    """The figures that are others than in the version before."""
    lines = [
        Line(
            cells=(
                worded(one.label), Cell(text=numbers.number(one.before)),
                Cell(text=numbers.number(one.after)), Cell(text=numbers.change(one.after, one.before)),
            )
        )
        for one in found
    ]  # fmt: skip
    heads = tuple(map(head, ("figure", "before", "after", "change")))
    return Grid(
        id="changes", shape="changes", title=label("report_paper", "table_changes"), heads=heads, lines=tuple(lines)
    )


def _remedies(data: ReportData) -> Grid | None:
    lines = [
        Line(
            cells=(
                Cell(text=str(n)), worded(one.matter), worded(one.measure),
                worded(one.who), Cell(text=numbers.day(one.due)), Cell(text=numbers.day(one.done)),
                worded(". ".join(filter(None, (of(one.state), one.result.rstrip(". "))))),
            )
        )
        for n, one in enumerate(data.remedies, 1)
    ]  # fmt: skip
    total = data.figure("remedy.total")
    heads = ("stt", "matter", "measure", "who", "due", "done", "result")
    title = label("report_paper", "table_remedies")
    hidden = _hidden("hidden_remedies", total.hidden if total else 0)
    return _grid("remedies", title, heads, lines, hidden)


def _grid(ident: str, title: str, heads: Iterable[str], lines: Sequence[Line], notes: tuple[str, ...]) -> Grid | None:
    if not lines:
        # Cases that nobody here may know of leave their number alone.
        return Grid(id=ident, shape="nothing", title=title, nothing=notes[0]) if notes else None
    return Grid(id=ident, shape=ident, title=title, heads=tuple(map(head, heads)), lines=tuple(lines), notes=notes)


def _hidden(key: str, many: int) -> tuple[str, ...]:
    return (label("report_paper", key, count=numbers.number(many)),) if many else ()


def _checked(n: int, one: CheckedLine) -> Line:
    verdict = of(one.verdict) if one.verdict else of(one.closing) if one.closing else label("half_year", "verdict_open")
    return Line(
        cells=(
            Cell(text=str(n)), Cell(text=numbers.day(one.published)),
            worded("; ".join(one.outlets)), worded(one.matter),
            worded("; ".join(one.units)), Cell(text=numbers.day(one.due)), Cell(text=verdict),
            Cell(text=numbers.day(one.concluded)),
        )
    )  # fmt: skip


def _done(found: Sequence[RemedyLine]) -> str:
    if not found:
        return ""
    done = sum(one.state is RemedyState.DONE for one in found)
    return label("report_paper", "measures", done=done, all=len(found))
