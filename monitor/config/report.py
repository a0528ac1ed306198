"""``rules/report.yaml``: how the office counts its periods, and what its reports count; read strictly."""

from __future__ import annotations

from pathlib import Path

from monitor.config import fields
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.report import HalfYears, ReportRules
from monitor.model.tag import Relevance

FILE = "report.yaml"


def load_report_rules(folders: tuple[Path, ...]) -> ReportRules:
    """``report.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), _rules)


def _rules(text: str, file: str) -> ReportRules:
    top = Table(file, compose(text, file), ("half_years", "relevances", "most_bodies"))
    said = top.values("relevances", fields.choice(Relevance))
    if not said:
        raise top.wrong("config_missing_key", "relevances")
    if Relevance.NONE in said:
        allowed = ", ".join(one for one in Relevance if one is not Relevance.NONE)
        raise top.wrong("config_not_choice", "relevances", value=Relevance.NONE.value, allowed=allowed)
    return ReportRules(
        half_years=top.take("half_years", fields.choice(HalfYears)),
        relevances=tuple(dict.fromkeys(one.value for one in said)),
        most_bodies=top.take("most_bodies", fields.whole(0, 200)),
    )
