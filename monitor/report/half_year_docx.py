"""The report as a Word file: ``reports/report/half_year.docx`` filled, its tables given their widths.

    ReportPaper ──printed──▶ docxtpl (monitor.word) ──▶ widths, pictures told in words ──▶ layout.yaml ──▶ bytes

The template lays out what ``half_year_printed`` holds and may be edited in Word; what comes from pages and units is
only ever printed, never run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from monitor.model.layout import Layout
from monitor.model.report_paper import ReportPaper
from monitor.report.charts import Chart
from monitor.report.half_year_printed import printed
from monitor.word.layout import heading_lines
from monitor.word.template import Template, finished

TEMPLATE = "report/half_year.docx"
_WIDTHS: dict[tuple[str, int], tuple[float, ...]] = {
    ("figures", 4): (49, 16, 16, 19),
    ("figures", 5): (41, 14, 13, 14, 18),
    ("figures", 6): (37, 11, 11, 15, 11, 15),
    ("figures", 7): (31, 10, 11, 10, 14, 10, 14),
    ("changes", 4): (52, 16, 16, 16),
    ("checked", 8): (5, 12.5, 13.5, 20.5, 13.5, 12.5, 10, 12.5),
    ("remedies", 7): (5, 22, 22, 14, 12.5, 12.5, 12),
    ("annex", 10): (3.5, 10, 8.5, 13, 21, 13, 8.5, 7, 8.5, 7),
}
"""Columns in per cent of the text's width, by the shape of a table and its number of columns; others are even."""
_FIRST = 16.0
_SHORT = 9
_DOC_PR = qn("wp:docPr")


def as_docx(paper: ReportPaper, templates: tuple[Path, ...], layout: Layout) -> bytes:
    """The report as ``.docx``, from the first of ``templates`` that has ``report/half_year.docx``.

    Equal content, layout and template give equal bytes. Raises ConfigError naming the template when none is there, or
    when an edited one is no Word file, has a wrong tag, or uses a name the program does not have.
    """
    template = Template(templates, TEMPLATE)
    found = printed(paper)
    head = found.head
    charts = [block.chart for part in found.parts for block in part.blocks if block.chart]
    room = layout.page.body_width
    pictures = {chart.key: template.picture(chart.png, min(chart.width, room)) for chart in charts}
    column = layout.header_columns[0]
    document = template.filled(
        {
            "report": found,
            "head": head,
            "superior": heading_lines(head.superior, layout, "superior", column),
            "heading": heading_lines(head.issuer, layout, "issuer", column),
            "summary": heading_lines(head.about, layout, "summary", room * 0.9),
            "authority": tuple(filter(None, head.formula.split("\n"))),
            "picture": lambda chart: pictures[chart.key](),
        }
    )
    if not found.annex:
        document.sections[-1].orientation = WD_ORIENT.PORTRAIT
    _tell(document, charts)
    _fit(document, layout)
    return finished(document, layout, title=head.about or found.title, author=head.issuer)


def _tell(document: Any, charts: Sequence[Chart]) -> None:
    """Each picture says in words what it shows; the charts stand in the order in which they are printed."""
    for node, chart in zip(document.element.body.iter(_DOC_PR), charts, strict=False):
        node.set("descr", chart.alt)
        node.set("title", chart.title)


def _fit(document: Any, layout: Layout) -> None:
    """The columns of every table that names its shape; the annex has the width of a sheet on its side."""
    page = layout.page
    room = page.body_width
    for node in document.element.body:
        if node.tag == qn("w:p") and node.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            room = page.height - page.left - page.right
        elif node.tag == qn("w:tbl") and (shape := node.tblPr.find(qn("w:tblCaption"))) is not None:
            _set_widths(node, shape.get(qn("w:val"), ""), room)
            # From here on it is what is read aloud in the place of the table.
            shape.set(qn("w:val"), "".join(one.text or "" for one in node.getprevious().iter(qn("w:t")))[:200])


def _set_widths(table: Any, shape: str, room: float) -> None:
    many = len(table.tr_lst[0].tc_lst)
    if shape == "months":
        parts: tuple[float, ...] = (_FIRST, *[(100 - _FIRST) / (many - 1)] * (many - 1))
    else:
        parts = _WIDTHS.get((shape, many), (100 / many,) * many)
    grid = table.tblGrid
    for column in list(grid):
        grid.remove(column)
    for part in parts:
        grid.add_gridCol().w = Mm(room * part / 100)
    for row in table.tr_lst:
        for cell, part in zip(row.tc_lst, parts, strict=False):
            cell.width = Mm(room * part / 100)
    _keep_together(table)


def _keep_together(table: Any) -> None:
    """A short table is not parted; a long one leaves neither its head nor its last row alone, nor the note below."""
    rows, below = table.tr_lst, table.getnext()
    noted = below is not None and any(one.text for one in below.iter(qn("w:t")))
    kept = [*rows[:-1]] if len(rows) <= _SHORT else [*rows[:3], rows[-2]]
    if noted:
        kept.append(rows[-1])
    for row in kept:
        for node in row.iter(qn("w:p")):
            node.get_or_add_pPr().get_or_add_keepNext()
