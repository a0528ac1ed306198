"""``report``: the figures of a period, as a workbook with the lists behind them, or as JSON."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.cases.group import at_desk, by_whom
from monitor.cli.common import write
from monitor.cli.output_bytes import to_file
from monitor.desk.reporting import Report
from monitor.desk.reporting_xlsx import workbook
from monitor.errors import UsageError
from monitor.labels import label
from monitor.report.half_year_json import as_json

_FORMS = ("docx", "pdf", "xlsx", "html", "json")


@click.command(help=label("cli", "report"))
@click.option("--period", metavar="P", required=True, help=label("cli", "report_period"))
@click.option(
    "--format", "form", type=click.Choice(_FORMS), default="xlsx", show_default=True, help=label("cli", "report_format")
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
@by_whom
def report(*, period: str, form: str, output: Path | None, by: str | None, on_behalf: str) -> None:
    """The report on a period."""
    if form not in ("json", "xlsx"):
        raise UsageError("report_form", form=form)
    with at_desk(by, on_behalf) as s:
        made = Report(s, period)
        if form == "json":
            write(as_json(made.data()), output)
        else:
            to_file(workbook(made), output)
