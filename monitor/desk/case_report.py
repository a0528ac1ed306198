"""Báo cáo vụ việc: one case on two pages, at any time, as a Word or a PDF file.

    case as he may see it ──▶ lines in words (case_report_lines) ──▶ numbers of people masked ──▶ respond.case_report

It leaves the office like the case's file: who may have that may have this, the log tells of it, and the head of the log
is printed in it and kept.
"""

from __future__ import annotations

import dataclasses

from monitor.clock import local
from monitor.desk import case_report_lines as lines
from monitor.desk import composing, pdf, timeline
from monitor.desk.article_words import topic_names
from monitor.desk.case_report_lines import View
from monitor.desk.clocks import cards_in
from monitor.desk.masking import mask
from monitor.desk.next_step import next_step
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.errors import MonitorError, UsageError
from monitor.labels import label, of
from monitor.model.action import CaseAction, gate
from monitor.model.case import Case, Closing, Marking
from monitor.model.case_report import CaseReport, Fact, Shown
from monitor.model.event import AnchorKind, Happening
from monitor.respond.case_report import case_report_file
from monitor.respond.paper_text import day_words
from monitor.store import cases, events
from monitor.text import in_every_text

FORMS = ("docx", "pdf")


def case_report(sitting: Sitting, ident: str, form: str = "docx") -> bytes:
    """The report on the case as of now, at most two pages of A4.

    Raises UsageError for a case there is none of that he may see and for a form there is none of, RefusedError for who
    may not have it, MonitorError where a PDF cannot be made here.
    """
    if form not in FORMS:
        raise UsageError("case_report_form", form=form[:20])
    if form == "pdf" and not pdf.available():
        raise MonitorError("pdf_no_program")
    # One transaction: the head that is printed has to be the one that is kept, and nothing is kept of what failed.
    with sitting.db.atomic():
        case = sitting.case(ident)
        gate(case, CaseAction.PACK, sitting.actor)
        sitting.note(Happening(action="case.report", refs=(case.id,)))
        head = events.anchor(sitting.db, AnchorKind.REPORT, case.id, sitting.now)
        told = dataclasses.replace(content(sitting, case), head=str(head or ""))
        made = case_report_file(sitting.home.reports, Rulebook(sitting.home).layout, told)
    return pdf.to_pdf(made) if form == "pdf" else made


def content(sitting: Sitting, case: Case) -> CaseReport:
    """Everything the report on the case could say, in words, with numbers of people masked; the room is not looked at.

    ``case`` is one that the sitting gave out.
    """
    book = Rulebook(sitting.home)
    v = View(
        sitting=sitting, book=book, case=case, name=timeline.names(sitting, case), card=cards_in(sitting.db)
    )  # fmt: skip
    issuer = composing.issuer(sitting, book, composing.issuer_unit(sitting, ""))
    head = issuer.letterhead
    today = local(sitting.now).date()
    report = CaseReport(
        id=case.id, superior=head.superior, office=head.name,
        dated=label("paper", "dated", place=head.place, day=day_words(today)),
        about=case.title, state=_state(case), until=label("case_report", "until", at=lines.moment(sitting.now)),
        scope=_scope(case), facts=tuple(_facts(v)), published=Shown(rows=tuple(lines.published(v))),
        checks=Shown(rows=tuple(lines.checks(v))), claims=Shown(rows=tuple(lines.claims(v))),
        findings=Shown(rows=tuple(lines.findings(v))), conclusion=_conclusion(v),
        remedies=Shown(rows=tuple(lines.remedies(v))), demands=Shown(rows=tuple(lines.demands(v))),
        corrections=Shown(rows=tuple(lines.corrections(v))), papers=Shown(rows=tuple(lines.papers(v))),
        ahead=Shown(rows=tuple(lines.ahead(v, next_step(case)))), events=Shown(rows=tuple(lines.main_events(v))),
        by=sitting.actor.name,
    )  # fmt: skip
    # Telephone, account and identity numbers are hidden in every text of it.
    return in_every_text(report, mask)


def file_name(case: Case, form: str) -> str:
    """ "VV2026-0012-bao-cao.docx"."""
    return f"{case.id}-bao-cao.{form}"


def _scope(case: Case) -> str:
    if case.restricted:
        return label("case_report", "restricted")
    return label("case_report", "internal") if case.marking is Marking.INTERNAL else ""


def _state(case: Case) -> str:
    told = [of(case.status)]
    if case.end and case.end.closing is not Closing.CONCLUDED:
        told.append(of(case.end.closing))
    if case.verdict:
        told.append(label("case_report", "verdict", verdict=of(case.verdict).lower()))
    return "; ".join(told)


def _conclusion(v: View) -> str:
    said = v.case.conclusion
    if said is None:
        return ""
    verdict = of(v.case.verdict) if v.case.verdict else ""
    signed = label("case_report", "concluded", who=v.name(said.by), day=lines.day(local(said.at).date()))
    return f"{verdict} ({signed})" + (f". {said.text}" if said.text else "")


def _facts(v: View) -> list[Fact]:
    case = v.case
    directions = [note for note in case.notes if note.direction]
    told = {
        "first": lines.moment(case.first_published) if case.first_published else "",
        "reached": of(case.reached)
        + (label("case_report", "received", at=lines.moment(case.reached_at)) if case.reached_at else ""),
        "opened": label("case_report", "opened", at=lines.moment(case.opened), who=v.name(case.opened_by)),
        "topic": topic_names(v.sitting.home.rules).get(case.topic, case.topic),
        "units": "; ".join(v.name(one) for one in case.units if one not in case.accused),
        "accused": "; ".join(map(v.name, case.accused)),
        "direction": label("case_report", "said", text=directions[-1].text, who=v.name(directions[-1].by),
                           day=lines.day(local(directions[-1].at).date())) if directions else "",
        "end": _end(v),
    }  # fmt: skip
    return [Fact(name=label("case_report", f"fact_{key}"), text=text) for key, text in told.items() if text]


def _end(v: View) -> str:
    end = v.case.end
    if end is None:
        return ""
    told = [label("case_report", "ended", how=of(end.closing), day=lines.day(local(end.at).date()), who=v.name(end.by))]
    other = cases.get(v.sitting.db, end.other) if end.other else None
    if other is None or v.sitting.sees(other):  # where it went, or a case of which he may know
        told += [end.other] if end.other else []
    return "; ".join([*told, *([end.why] if end.why else [])])
