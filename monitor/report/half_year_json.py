"""The report for programs: ``monitor report --format json``. Keys are stable; days are ISO, times ISO 8601 with +07:00.

period, previous, last_year   {key, name, first, last}: both days included
office, made, until           whose it is, when it was made, up to which moment the figures reach
sections                      [{number: "I" … "X", title, note, tables}]; a table:
                              id, title, note, sums (whether the rows sum to the total), rows, total (or null)
                              a figure: key (opens its list), label, count (null: recorded nowhere yet), previous,
                              last_year (null: no data), share (percent, or null), hidden (rows this person may not
                              see), note, cells (by month; [] where there are none): figures again
verification                  [{case, published, outlets, matter, units, due, verdict, closing, concluded}]
remedies                      [{case, matter, measure, who, due, done, result, state}]
hidden                        so many cases are counted and not in those two
notes                         sentences on what the figures do not cover
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from monitor.clock import iso_local
from monitor.model.report import Figure, ReportData, Section, Span


def as_json(data: ReportData) -> str:
    """The report as one JSON object with the keys above, indented, ending in a line feed."""
    whole: dict[str, Any] = {
        "period": _span(data.span),
        "previous": _span(data.previous),
        "last_year": _span(data.last_year),
        "office": data.office,
        "made": iso_local(data.made),
        "until": iso_local(data.until),
        "sections": [_section(section) for section in data.sections],
        "verification": [
            {
                "case": line.case, "published": _day(line.published), "outlets": list(line.outlets),
                "matter": line.matter, "units": list(line.units), "due": _day(line.due),
                "verdict": line.verdict.value if line.verdict else None,
                "closing": line.closing.value if line.closing else None, "concluded": _day(line.concluded),
            }
            for line in data.checked
        ],
        "remedies": [
            {
                "case": line.case, "matter": line.matter, "measure": line.measure, "who": line.who,
                "due": _day(line.due), "done": _day(line.done), "result": line.result, "state": line.state.value,
            }
            for line in data.remedies
        ],
        "hidden": data.unseen,
        "notes": list(data.notes),
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _section(section: Section) -> dict[str, Any]:
    return {
        "number": section.number,
        "title": section.title,
        "note": section.note,
        "tables": [
            {
                "id": table.id,
                "title": table.title,
                "note": table.note,
                "sums": table.sums,
                "rows": [_figure(row) for row in table.rows],
                "total": _figure(table.total) if table.total else None,
            }
            for table in section.tables
        ],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "key": figure.key,
        "label": figure.label,
        "count": figure.count,
        "previous": figure.previous,
        "last_year": figure.last_year,
        "share": figure.share,
        "hidden": figure.hidden,
        "note": figure.note,
        "cells": [_figure(cell) for cell in figure.cells],
    }


def _span(span: Span) -> dict[str, str]:
    return {"key": span.key, "name": span.name, "first": span.first.isoformat(), "last": span.last.isoformat()}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
