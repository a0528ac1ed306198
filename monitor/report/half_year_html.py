"""The report as a page of its own: ``reports/report/half_year.html`` filled with what the Word file prints.

    ReportPaper ──printed──▶ render ──▶ one page, no script, nothing from outside

Every count is a link to the list behind it where ``link`` knows one.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from monitor.model.report import Figure
from monitor.model.report_paper import ReportPaper
from monitor.render import render
from monitor.report.charts import Chart
from monitor.report.half_year_printed import printed

TEMPLATE = "report/half_year.html"


def embedded(chart: Chart) -> str:
    """The picture inside the page, as a data: address."""
    return "data:image/png;base64," + b64encode(chart.png).decode("ascii")


def as_html(
    paper: ReportPaper,
    folders: tuple[Path, ...],
    *,
    link: Callable[[Figure], str],
    image: Callable[[Chart], str] = embedded,
) -> str:
    """The page. ``folders`` are those of ``reports/``, the office's before the shipped.

    ``link`` gives the address of the list behind a figure, "" where there is none; ``image`` the address of a chart.
    Raises ConfigError with file and line when an edited template does not work.
    """
    return render(folders, TEMPLATE, report=printed(paper), link=link, image=image)
