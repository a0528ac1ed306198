"""The report for programs: ``monitor report --format json``. Keys are stable; days are ISO, times ISO 8601 with +07:00.

period, previous, last_year   {key, name, first, last}: both days included
office, made, until           whose it is, when it was made, up to which moment the figures reach
sections                      [{number: "I" … "X", title, note, tables}]; a table:
                              id, title, note, sums (whether the rows sum to the total), rows, total (or null)
                              a figure: key (opens its list), label, count (null: not counted by the program), value
                              (what was reported where nothing is counted, with no list behind it; else null),
                              previous, last_year (null: no data), share (percent, or null), hidden (rows this person
                              may not see), note, cells (by month; [] where there are none): figures again
verification                  [{case, published, outlets, matter, units, due, verdict, closing, concluded}]
remedies                      [{case, matter, measure, who, due, done, result, state}]
hidden                        so many cases are counted and not in those two
notes                         sentences on what the figures do not cover
told                          [{unit, part, text}]: what units' accepted reports say in words; part: work, difficulties,
                              plans, proposals

Of a paper, draft or issued, also:
version                       0: a draft; an issued one counts from 1
number, symbol, day           of an issued one ("45", "BC-LĐLĐ", ISO day); a draft has "" and null
head                          {superior, issuer, place, about, formula, position, signer, to, recipients}
passages                      [{part: "opening", "I" … "X", "closing", text, edited}]: the sentences as printed; edited:
                              an officer wrote them
adjusts, changes              the version before ("45/BC-LĐLĐ ngày 05/7/2026", or ""), and [{key, label, before, after}]
chain                         the head of the event log when it was issued ("128-90ab12cd34ef5678"), or ""
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from monitor.clock import iso_local
from monitor.model.report import Figure, ReportData, ReportList, Section, Span
from monitor.model.report_paper import ReportPaper

_PASSING = ("made", "until", "version", "number", "day", "adjusts", "changes", "chain")
"""The keys that differ between two versions that say the same."""


def as_json(data: ReportData, paper: ReportPaper | None = None) -> str:
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
        "told": [{"unit": one.unit, "part": one.part, "text": one.text} for one in data.told],
    }  # fmt: skip
    return _dumped(whole | _paper(paper) if paper else whole)


def substance(text: str) -> str:
    """A hash of what a paper's JSON says, whatever its version, number, day and the moment it was made."""
    said = json.loads(text)
    kept = {key: value for key, value in said.items() if key not in _PASSING}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()


def signed(text: str) -> tuple[str, str]:
    """Who signed a paper's JSON: name and position, "" where it has none."""
    head = json.loads(text).get("head") or {}
    return str(head.get("signer", "")), str(head.get("position", ""))


def unsaid(text: str) -> tuple[str, ...]:
    """The parts of a paper's JSON that say nothing in words."""
    return tuple(one["part"] for one in json.loads(text).get("passages", ()) if not one["text"])


def list_as_json(found: ReportList) -> str:
    """The list behind a figure: {key, count, hidden, rows: [{id, day, text, link}]}; ``count`` rows and hidden ones."""
    rows = [{"id": row.id, "day": _day(row.day), "text": row.text, "link": row.link} for row in found.rows]
    return _dumped({"key": found.key, "count": found.count, "hidden": found.hidden, "rows": rows})


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _paper(paper: ReportPaper) -> dict[str, Any]:
    head = paper.head
    return {
        "version": paper.version,
        "number": head.number,
        "symbol": head.symbol,
        "day": _day(head.day),
        "head": {
            "superior": head.superior, "issuer": head.issuer, "place": head.place, "about": head.about,
            "formula": head.formula, "position": head.position, "signer": head.signer, "to": list(head.to),
            "recipients": list(head.recipients),
        },
        "passages": [
            {"part": one.part, "text": one.text, "edited": one.edited is not None} for one in paper.passages
        ],
        "adjusts": paper.adjusts,
        "changes": [
            {"key": one.key, "label": one.label, "before": one.before, "after": one.after} for one in paper.changes
        ],
        "chain": paper.chain,
    }  # fmt: skip


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
        "value": figure.value,
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
