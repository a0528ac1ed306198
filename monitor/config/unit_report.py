"""``rules/unit_report.yaml``: who reports to the federation how often, on what, and when it is reminded; read strictly.

A field's id stands in every report that was ever handed in: it is never given another meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from monitor.config import fields
from monitor.config.law import boolean
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.people import UnitKind
from monitor.model.unit_report import Every, UnitField, UnitReportRules

FILE = "unit_report.yaml"
FIGURES = (
    "official.1", "official.2", "official.3", "official.3_of", "official.4", "official.4_of", "official.5",
    "official.5_of", "II", "III", "IV", "V",
)  # fmt: skip
"""What a field may fill of the federation's report, or beside which section's counts it may stand."""
KNOWN = (
    "items", "cases_opened", "cases_verified", "cases_right", "cases_partly", "cases_wrong", "cases_not_objective",
    "cases_open", "remedies_done", "requests_sent", "corrected", "responses", "answers_late",
)  # fmt: skip
"""What the program counts itself; ``desk.unit_known`` says how."""
_FIELD = tuple(UnitField.__dataclass_fields__)
_KEYS = tuple(UnitReportRules.__dataclass_fields__)
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_MOST_FIELDS = 200
_KINDS = tuple(kind for kind in UnitKind if kind is not UnitKind.FEDERATION)


def load_unit_report(folders: tuple[Path, ...]) -> UnitReportRules:
    """``unit_report.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), _rules)


def _rules(text: str, file: str) -> UnitReportRules:
    top = Table(file, compose(text, file), _KEYS)
    kinds = top.values("kinds", _kind)
    if not kinds:
        raise top.wrong("config_missing_key", "kinds")
    return UnitReportRules(
        every=top.take("every", fields.choice(Every)),
        kinds=tuple(dict.fromkeys(kinds)),
        due_days=top.take("due_days", fields.whole(-60, 90)),
        remind_days=tuple(sorted(set(top.values("remind_days", fields.whole(0, 90))), reverse=True)),
        remind_late_days=top.take("remind_late_days", fields.whole(0, 90)),
        fields=_fields(top),
    )


def _fields(top: Table) -> tuple[UnitField, ...]:
    found: dict[str, UnitField] = {}
    tables = top.tables("fields", _FIELD)
    if not tables:
        raise top.wrong("config_missing_key", "fields")
    if len(tables) > _MOST_FIELDS:
        raise top.wrong("unit_report_many_fields", "fields", most=_MOST_FIELDS)
    taken: dict[str, int] = {}
    for table in tables:
        made = _field(table)
        if made.id in found:
            raise table.wrong("config_doubled_id", "id", value=made.id, first=top.line_of("fields"))
        if made.figure.startswith("official.") and made.figure in taken:
            raise table.wrong("config_doubled_id", "figure", value=made.figure, first=taken[made.figure])
        taken[made.figure] = table.line_of("figure")
        found[made.id] = made
    for table in tables:
        whole = table.take_or("of", _ident, "")
        if whole and (whole not in found or whole == table.take("id", _ident)):
            raise table.wrong("config_not_choice", "of", value=whole, allowed=", ".join(found))
    return tuple(found.values())


def _field(table: Table) -> UnitField:
    return UnitField(
        id=table.take("id", _ident),
        label=table.take("label", fields.text),
        unit=table.take_or("unit", fields.text_or_empty, ""),
        group=table.take_or("group", fields.text_or_empty, ""),
        known=table.take_or("known", _one_of(KNOWN), ""),
        figure=table.take_or("figure", _one_of(FIGURES), ""),
        of=table.take_or("of", _ident, ""),
        federation=table.take_or("federation", boolean, False),
    )


def _ident(value: object) -> str:
    wanted = fields.text(value)
    if not _ID.fullmatch(wanted):
        raise fields.Wrong("config_bad_id", value=wanted)
    return wanted


def _kind(value: object) -> str:
    return _one_of(tuple(kind.value for kind in _KINDS))(value)


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        wanted = fields.text(value)
        if wanted not in allowed:
            raise fields.Wrong("config_not_choice", value=wanted, allowed=", ".join(allowed))
        return wanted

    return read
