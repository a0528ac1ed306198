"""``rules/report.yaml``: how the office counts its periods, what its reports count and how they look; read strictly."""

from __future__ import annotations

from pathlib import Path

from monitor.config import fields
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.delivery import mail_address
from monitor.model.report import HalfYears, ReportRules
from monitor.model.report_paper import ReportPaperRules
from monitor.model.settings import Approver
from monitor.model.tag import Relevance

FILE = "report.yaml"
_PAPER = tuple(ReportPaperRules.__dataclass_fields__)
_MOST_LINES = 30
_ABOUT = "{period}"


def load_report_rules(folders: tuple[Path, ...]) -> ReportRules:
    """``report.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), _rules)


def load_report_paper(folders: tuple[Path, ...]) -> ReportPaperRules:
    """The part ``paper`` of the first file that has one: an office's older file may lack it, the shipped one does not.

    Raises ConfigError likewise.
    """
    rule_file(folders, FILE)
    found = (parsed(folder / FILE, _paper) for folder in folders if (folder / FILE).exists())
    return next((one for one in found if one is not None), ReportPaperRules())


def _top(text: str, file: str) -> Table:
    return Table(file, compose(text, file), ("half_years", "relevances", "most_bodies", "paper"))


def _rules(text: str, file: str) -> ReportRules:
    top = _top(text, file)
    said = top.values("relevances", fields.choice(Relevance))
    if not said:
        raise top.wrong("config_missing_key", "relevances")
    if Relevance.NONE in said:
        allowed = ", ".join(one for one in Relevance if one is not Relevance.NONE)
        raise top.wrong("config_not_choice", "relevances", value=Relevance.NONE.value, allowed=allowed)
    _paper_of(top)  # a mistake there is told at once, not when the first report is issued
    return ReportRules(
        half_years=top.take("half_years", fields.choice(HalfYears)),
        relevances=tuple(dict.fromkeys(one.value for one in said)),
        most_bodies=top.take("most_bodies", fields.whole(0, 200)),
    )


def _paper(text: str, file: str) -> ReportPaperRules | None:
    return _paper_of(_top(text, file))


def _paper_of(top: Table) -> ReportPaperRules | None:
    table = top.table("paper", _PAPER)
    if table is None:
        return None
    base = ReportPaperRules()
    return ReportPaperRules(
        issue=table.take_or("issue", fields.choice(Approver), base.issue),
        symbol=table.take_or("symbol", fields.text_or_empty, ""),
        about=table.take_or("about", _about, ""),
        formula=table.take_or("formula", fields.text_or_empty, ""),
        position=table.take_or("position", fields.text_or_empty, ""),
        signer=table.take_or("signer", fields.text_or_empty, ""),
        to=_lines(table, "to"),
        recipients=_lines(table, "recipients"),
        mail=tuple(dict.fromkeys(table.values("mail", _mail))),
    )


def _lines(table: Table, key: str) -> tuple[str, ...]:
    found = table.values(key, fields.text)
    if len(found) > _MOST_LINES:
        raise table.wrong("report_many_lines", key, most=_MOST_LINES)
    return found


def _about(value: object) -> str:
    wanted = fields.text_or_empty(value)
    if wanted and _ABOUT not in wanted:
        raise fields.Wrong("report_no_period", value=wanted)
    return wanted


def _mail(value: object) -> str:
    wanted = fields.text(value)
    if not mail_address(wanted):
        raise fields.Wrong("deliver_bad_address", value=wanted)
    return wanted
