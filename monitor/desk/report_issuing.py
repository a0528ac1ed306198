"""A report on its way out: numbered, frozen in every form, held against the log; and what became of its figures since.

    paper, circulated ──▶ docx, html, xlsx, json (and PDF, where LibreOffice is) ──▶ [ still the next version, still
    these sentences? ▶ report, files, head of the log, event ]  one transaction

A version is never changed. Issuing again makes the next one, which lists what is another figure than before.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from monitor.clock import day_bounds, local
from monitor.desk import pdf, people, report_rights
from monitor.desk.report_changes import adjustments, numbers
from monitor.desk.report_head import head as heading
from monitor.desk.report_paper import Made, drawn, last_issued, named, rendered, wanted
from monitor.desk.reporting import Report, span_of
from monitor.desk.sitting import Sitting
from monitor.errors import ConflictError, RefusedError, UsageError
from monitor.model.event import Happening, Head
from monitor.model.people import FEDERATION
from monitor.model.report import Span
from monitor.model.report_paper import (
    FORMS,
    Adjustment,
    IssuedFile,
    IssuedReport,
    Passage,
    ReportAct,
    ReportHead,
    ReportPaper,
)
from monitor.report.half_year_json import signed, substance
from monitor.report.half_year_printed import paragraphs
from monitor.store import events
from monitor.store import reporting as reading
from monitor.store import reports as store
from monitor.text import clean

_NUMBER = re.compile(r"0*([1-9][0-9]{0,5})([a-zđ]?)", re.I)
_MOST_NAME = 120


def issue(
    sitting: Sitting, said: str | Span, *, number: str, day: date, signer: str = "", position: str = ""
) -> IssuedReport:
    """Issues the report on a period, or its next version; ``number`` is what the văn thư gave it ("45" or "45a").

    A version without ``signer`` and ``position`` has those of ``rules/report.yaml``, else of the version before. What
    the drafted sentences only ask officers to add does not stand in it.

    Raises RefusedError for who may not issue, a period that is not over, a day before its end or to come, a number
    that is none or taken, figures that do not hold, and where nothing has changed since the last version; UsageError
    for no period, ConflictError where somebody issued or wrote meanwhile, and MonitorError where LibreOffice is there
    and fails: a version is not issued with a form less than the others have.
    """
    report_rights.entitled(sitting, ReportAct.ISSUE)
    span = said if isinstance(said, Span) else span_of(sitting, said)
    before = last_issued(sitting, span)
    _timely(sitting, span, day, before)
    last = store.file(sitting.db, before, "json") if before else None
    name, title = signed(last.decode()) if last else ("", "")
    frame = _numbered(heading(sitting, span), number, day)
    frame = _signed(frame, signer or frame.signer or name, position or frame.position or title)
    _number_free(sitting, frame)
    made, head, seen = _made(sitting, span, before)
    made = replace(made, paper=replace(made.paper, head=frame))
    files = {"json": rendered(sitting, made, "json")}
    if before and last and substance(last.decode()) == substance(files["json"].decode()):
        raise RefusedError("report_unchanged", report=named(before))
    # The other forms take seconds, LibreOffice most of them: nobody else's writing waits for that.
    files |= {form: rendered(sitting, made, form) for form in _forms() if form != "json"}
    with sitting.db.atomic():
        _still(sitting, span, before, seen)
        _number_free(sitting, frame)
        found = _frozen(sitting, made.paper, files)
        store.put(sitting.db, found, files)
        if head:
            store.anchor(sitting.db, found.id, head, sitting.now)
        refs = tuple(f"{one.form}:{one.sha256}" for one in found.files)
        sitting.note(Happening(action="report.issue", thing=found.id, refs=refs))
    return found


def issued(sitting: Sitting, said: str | Span | None = None) -> list[IssuedReport]:
    """The issued reports, of a period or all, the latest first."""
    report_rights.entitled(sitting, ReportAct.READ)
    if said is None:
        return store.issued(sitting.db)
    span = said if isinstance(said, Span) else span_of(sitting, said)
    return store.issued(sitting.db, span.first, span.last)


def get(sitting: Sitting, ident: str) -> IssuedReport:
    """The issued report of this id ("bc3"). Raises UsageError where there is none."""
    report_rights.entitled(sitting, ReportAct.READ)
    found = store.get(sitting.db, ident.strip().lower())
    if found is None:
        raise UsageError("report_unknown", value=ident[:40])
    return found


def file(sitting: Sitting, ident: str, form: str) -> bytes:
    """The bytes as they were issued. Raises UsageError for a form it was not made in, StoreError where they are not
    those any more."""
    found = get(sitting, ident)
    body = store.file(sitting.db, found, wanted(form))
    if body is None:
        raise UsageError(
            "report_form_absent", report=found.number, form=form, known=", ".join(one.form for one in found.files)
        )
    return body


def changes_since(sitting: Sitting, ident: str) -> tuple[Adjustment, ...]:
    """What has become another figure since it was issued. Raises RefusedError where a figure does not hold now."""
    found = get(sitting, ident)
    now = Report(sitting, found.span, circulated=True).data()
    return adjustments(found.figures, numbers(now))


def _forms() -> tuple[str, ...]:
    """Every form that can be made here: without LibreOffice there is no PDF."""
    return FORMS if pdf.available() else tuple(form for form in FORMS if form != "pdf")


def _timely(sitting: Sitting, span: Span, day: date, before: IssuedReport | None) -> None:
    if sitting.now < day_bounds(span.last)[1]:
        # Its figures would be others tomorrow. Who closes earlier reports on the days up to then, as FROM..TO.
        raise RefusedError("report_not_over", period=span.name, last=_day(span.last))
    if day < span.last:
        raise RefusedError("report_day_early", day=_day(day), last=_day(span.last))
    if day > local(sitting.now).date():
        raise RefusedError("report_day_future", day=_day(day))
    if before and day < before.day:
        raise RefusedError("report_day_before", day=_day(day), report=named(before))


def _made(sitting: Sitting, span: Span, before: IssuedReport | None) -> tuple[Made, Head | None, int]:
    """The circulated paper as its version, all of one moment; the log's head and the last thing written then."""
    people.federation(sitting.db, sitting.home)  # made where it is missing: inside nothing is written
    with reading.steady(sitting.db):
        found = drawn(sitting, span, circulated=True)
        head, seen = events.head(sitting.db), _written(sitting, span)
    paper = replace(
        found.paper,
        passages=tuple(_said(found.paper, one) for one in found.paper.passages),
        version=before.version + 1 if before else 1,
        adjusts=named(before) if before else "",
        chain=str(head) if head else "",
    )
    return replace(found, paper=paper), head, seen


def _said(paper: ReportPaper, one: Passage) -> Passage:
    """The sentences without what only asks an officer to write more: a note to ourselves does not leave the office."""
    kept = "\n".join(line.text for line in paragraphs(paper, one.part) if not line.todo)
    return replace(one, drafted=kept) if one.edited is None else replace(one, edited=kept)


def _numbered(head: ReportHead, number: str, day: date) -> ReportHead:
    said, own = clean(number), f"/{head.symbol}"
    found = _NUMBER.fullmatch(said[: -len(own)] if said.casefold().endswith(own.casefold()) else said)
    if found is None:
        raise RefusedError("report_number", value=said[:40] or "–")
    return replace(head, number=f"{found[1].zfill(2)}{found[2].lower()}", day=day)


def _signed(head: ReportHead, signer: str, position: str) -> ReportHead:
    who, what = clean(signer), clean(position)
    if len(who) > _MOST_NAME or len(what) > _MOST_NAME:
        raise RefusedError("report_name_long", most=_MOST_NAME)
    return replace(head, signer=who, position=what)


def _number_free(sitting: Sitting, head: ReportHead) -> None:
    """All papers of an office share its series: the number is no other report's and no letter's of that year."""
    assert head.day is not None
    sign, year = f"{head.number}/{head.symbol}", head.day.year
    taken = store.numbered(sitting.db, sign, year)
    digits = int(re.sub(r"\D", "", head.number))
    if head.number.isdigit() and store.number_taken(sitting.db, FEDERATION, digits, head.symbol, year):
        taken = True
    if taken:
        raise RefusedError("number_taken", sign=sign, year=year)


def _still(sitting: Sitting, span: Span, before: IssuedReport | None, seen: int) -> None:
    now = last_issued(sitting, span)
    if (now.id if now else "") != (before.id if before else "") or _written(sitting, span) != seen:
        raise ConflictError("report_moved", period=span.name)


def _written(sitting: Sitting, span: Span) -> int:
    return max((one.id for one in store.written(sitting.db, span.first, span.last)), default=0)


def _frozen(sitting: Sitting, paper: ReportPaper, files: Mapping[str, bytes]) -> IssuedReport:
    head = paper.head
    assert head.day is not None
    ordered = [form for form in FORMS if form in files]
    kept = tuple(
        IssuedFile(form=form, sha256=hashlib.sha256(files[form]).hexdigest(), size=len(files[form])) for form in ordered
    )
    return IssuedReport(
        id=store.next_id(sitting.db), span=paper.data.span, version=paper.version,
        number=f"{head.number}/{head.symbol}", day=head.day, signer=head.signer, issued=sitting.now,
        by=sitting.actor.id, sha256=next(one.sha256 for one in kept if one.form == "json"), chain=paper.chain,
        files=kept, adjusts=paper.adjusts, changes=paper.changes, figures=numbers(paper.data),
    )  # fmt: skip


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
