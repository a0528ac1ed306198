"""``export cases|requests|events|letters``: the desk's figures as JSONL, one object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import click

from monitor.cli.archive import export
from monitor.cli.cases.group import acting, at_desk
from monitor.cli.common import lines_to, span
from monitor.desk import figures
from monitor.desk.sitting import Sitting
from monitor.labels import label

__all__ = ["export"]

Rows = Callable[[Sitting, datetime | None, datetime | None], Iterator[dict[str, object]]]


def _command(name: str, rows: Rows) -> None:
    @export.command(name, help=label("cli", f"export_{name}"))
    @click.option("--since", metavar="D", help=label("cli", "since"))
    @click.option("--until", metavar="D", help=label("cli", "until"))
    @click.option("-o", "--output", type=click.Path(path_type=Path), help=label("cli", "output"))
    @acting
    def command(*, since: str | None, until: str | None, output: Path | None, by: str | None, on_behalf: str) -> None:
        """One kind of row."""
        start, end = span(since, until)
        with at_desk(by, on_behalf) as s, lines_to(output) as line:
            for row in rows(s, start, end):
                line(json.dumps(row, ensure_ascii=False))


for _name, _rows in (
    ("cases", figures.case_rows),
    ("requests", figures.request_rows),
    ("events", figures.event_rows),
    ("letters", figures.letter_rows),
):
    _command(_name, _rows)
