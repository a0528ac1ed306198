"""The report as a paper: the figures, the sentences over them, and the forms it is made in.

    Report(period) ──▶ figures ──▶ sentences drafted from them ──▶ what officers wrote instead ──▶ head ──▶ ReportPaper
                                                                              docx │ pdf │ xlsx │ html │ json ◀──┘

Sentences are drafted from the report as it leaves the office, whoever looks at it: they are the same for all, and name
no restricted case. What an officer writes stands until he takes it back, whatever is computed anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import quote

from monitor.clock import local
from monitor.config import load_web
from monitor.desk import pdf, report_rights
from monitor.desk.report_changes import adjustments, numbers
from monitor.desk.report_head import head
from monitor.desk.reporting import Report, span_of
from monitor.desk.reporting_xlsx import workbook
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.errors import ConflictError, RefusedError, UsageError
from monitor.labels import label
from monitor.model.event import Happening
from monitor.model.report import Figure, Span
from monitor.model.report_paper import FORMS, PARTS, IssuedReport, Passage, ReportAct, ReportPaper
from monitor.report.half_year_docx import as_docx
from monitor.report.half_year_html import as_html
from monitor.report.half_year_json import as_json
from monitor.report.half_year_text import drafted
from monitor.store import reports as store
from monitor.text import paragraphs

MOST = 20_000
"""Characters of what is written for one part."""


HERE = "http://127.0.0.1:8000"
"""Where ``monitor run`` serves the desk."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A paper with the report whose lists lie behind its figures."""

    report: Report
    paper: ReportPaper


def paper(sitting: Sitting, said: str | Span, *, circulated: bool = False) -> ReportPaper:
    """The draft of the report on a period as it stands now: version 0, without number and day.

    ``circulated``: as it would be issued, without restricted cases. Where the period was reported already,
    ``adjusts`` names the last version and ``changes`` what differs. Raises UsageError for what is no period,
    RefusedError for who may not read it and where a figure does not hold, ConfigError.
    """
    return drawn(sitting, said, circulated=circulated).paper


def drawn(sitting: Sitting, said: str | Span, *, circulated: bool = False) -> Made:
    """``paper`` with its report."""
    report = Report(sitting, said, circulated)
    data = report.data()
    passages = _laid(sitting, report)
    before = last_issued(sitting, report.span)
    found = ReportPaper(data=data, head=head(sitting, report.span), passages=passages)
    if before:
        changes = adjustments(before.figures, numbers(data))
        found = replace(found, adjusts=named(before), changes=changes)
    return Made(report=report, paper=found)


def last_issued(sitting: Sitting, span: Span) -> IssuedReport | None:
    """The last version on these days."""
    return next(iter(store.issued(sitting.db, span.first, span.last)), None)


def named(report: IssuedReport) -> str:
    """ "45/BC-LĐLĐ ngày 05/7/2026": days below 10 and the months 1 and 2 have a leading 0, as papers write them."""
    month = f"{report.day.month:02d}" if report.day.month < 3 else f"{report.day.month}"
    day = f"{report.day.day:02d}/{month}/{report.day.year}"
    return label("half_year", "adjusts", sign=report.number, day=day)


def write(  # noqa: PLR0917 - as a form's fields follow one another
    sitting: Sitting, said: str | Span, part: str, text: str | None, based_on: str = "", seen: int | None = None
) -> int:
    """An officer's own sentences for a part, None: back to the draft; returns the part's new ``revision``.

    ``based_on`` is the draft that he saw ("": the one of now), ``seen`` the passage's ``revision`` (None: whatever it
    is). Raises ConflictError where somebody else wrote this part since, RefusedError for who may not and for too long
    a text, UsageError for no part and no period.
    """
    report_rights.entitled(sitting, ReportAct.WRITE)
    if part not in PARTS:
        raise UsageError("report_part", value=part[:40], known=", ".join(PARTS))
    span = said if isinstance(said, Span) else span_of(sitting, said)
    words = None if text is None else paragraphs(text)
    if words is not None and len(words) > MOST:
        raise RefusedError("report_text_long", most=MOST, found=len(words))
    # Before the transaction: drafting takes its time, and nobody shall wait for it.
    basis = "" if words is None else paragraphs(based_on if based_on.strip() else _draft(sitting, span, part))
    with sitting.db.atomic():
        before = next((one for one in store.written(sitting.db, span.first, span.last) if one.part == part), None)
        if seen is not None and seen != (before.id if before else 0):
            raise _conflict(part, before)
        ident = store.write(
            sitting.db, span.first, span.last, part, words, based_on=basis, by=sitting.actor.id, now=sitting.now
        )
        refs = (f"{span.first}..{span.last}", *((hashlib.sha256(words.encode()).hexdigest(),) if words else ()))
        act = "report.write" if words is not None else "report.undo"
        sitting.note(Happening(action=act, thing=part, refs=refs))
    return ident


def made(sitting: Sitting, said: str | Span, form: str, *, circulated: bool = False) -> bytes:
    """The draft of now in a form of ``FORMS``. Raises as ``paper`` does, UsageError for another form, MonitorError
    (``pdf_no_program`` and the like) where there is no PDF to be had."""
    wanted(form)
    return rendered(sitting, drawn(sitting, said, circulated=circulated), form)


def wanted(form: str) -> str:
    """The form. Raises UsageError for one that reports are not made in."""
    if form not in FORMS:
        raise UsageError("report_form", form=form[:20], known=", ".join(FORMS))
    return form


def rendered(sitting: Sitting, found: Made, form: str) -> bytes:
    """A paper in a form."""
    home = sitting.home
    if form in ("docx", "pdf"):
        body = as_docx(found.paper, home.reports, Rulebook(home).layout)
        return pdf.to_pdf(body) if form == "pdf" else body
    if form == "xlsx":
        return workbook(found.report, found.paper)
    if form == "html":
        return as_html(found.paper, home.reports, link=links(sitting, found.report.span)).encode()
    return as_json(found.paper.data, found.paper).encode()


def links(sitting: Sitting, span: Span) -> Callable[[Figure], str]:
    """The address of the list behind a figure at the desk; "" for one that has none.

    Where the office has not said how the desk is reached, it is the machine that the program runs on.
    """
    address = load_web(sitting.home.rules).address or HERE
    path = f"{address}/bao-cao/ky/{quote(span.key, safe='.-')}/danh-sach?muc="
    return lambda figure: "" if figure.count is None else path + quote(figure.key, safe="")


def _draft(sitting: Sitting, span: Span, part: str) -> str:
    found = drafted(Report(sitting, span, circulated=True).data(), sitting.home.reports)
    return next((one.drafted for one in found if one.part == part), "")


def _laid(sitting: Sitting, report: Report) -> tuple[Passage, ...]:
    """The drafted sentences, and over them what officers wrote."""
    found = drafted(report.as_circulated().data(), sitting.home.reports)
    said = {one.part: one for one in store.written(sitting.db, report.span.first, report.span.last)}
    return tuple(_over(one, said[one.part]) if one.part in said else one for one in found)


def _over(drafted_: Passage, said: store.Written) -> Passage:
    if said.text is None:
        return replace(drafted_, by=said.by, at=said.at, revision=said.id)
    # A form's field brings other line ends and no blank at the end: that is no other draft.
    same = said.based_on == paragraphs(drafted_.drafted)
    return replace(
        drafted_, edited=said.text, based_on=drafted_.drafted if same else said.based_on, by=said.by, at=said.at,
        revision=said.id,
    )  # fmt: skip


def _conflict(part: str, before: store.Written | None) -> ConflictError:
    at = local(before.at) if before else None
    return ConflictError(
        "report_part_changed", part=part, by=before.by if before else "–",
        at=f"{at:%H:%M %d/%m/%Y}" if at else "–",
    )  # fmt: skip
