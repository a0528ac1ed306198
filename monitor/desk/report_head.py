"""The frame of the report as a paper: letterhead of the federation, symbol, to whom, who signs."""

from __future__ import annotations

from monitor.config.report import load_report_paper
from monitor.desk import composing, people
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.model.paper import PaperKind
from monitor.model.report import Span
from monitor.model.report_paper import ReportHead


def head(sitting: Sitting, span: Span) -> ReportHead:
    """The head of a draft: number and day stay empty, position and signer are what the office's rules say.

    What ``rules/report.yaml`` leaves empty comes from the federation's card and ``rules/directive.yaml``. Raises
    ConfigError.
    """
    book, rules = Rulebook(sitting.home), load_report_paper(sitting.home.rules)
    unit = people.federation(sitting.db, sitting.home)
    letterhead = composing.issuer(sitting, book, unit).letterhead
    about = rules.about.replace("{period}", within(span)) if rules.about else ""
    return ReportHead(
        superior=letterhead.superior,
        issuer=letterhead.name,
        # A report by name, as that on a verification is: the layout's file says how its symbol is made.
        symbol=rules.symbol or book.layout.symbol(PaperKind.VERIFICATION_REPORT, letterhead.symbol),
        place=letterhead.place,
        about=about or label("half_year", "about", period=within(span)),
        formula=rules.formula or unit.formula or book.directive.federation.authority,
        position=rules.position,
        signer=rules.signer,
        to=rules.to,
        recipients=rules.recipients,
    )


def within(span: Span) -> str:
    """The period's name as it stands within a sentence: "6 tháng đầu năm 2026", "quý I năm 2026"."""
    return span.name[:1].lower() + span.name[1:]
