"""One body's report on one period: filled in, handed in, accepted or given back; its workbook out and in."""

from __future__ import annotations

from starlette.responses import Response

from monitor.clock import local
from monitor.desk import unit_books, unit_reports, unit_rights
from monitor.desk.unit_known import Known
from monitor.desk.unit_owed import due_on, period_of, standing
from monitor.errors import RefusedError, UsageError
from monitor.labels import label
from monitor.model.people import FEDERATION, Person, Unit
from monitor.model.report import Span
from monitor.model.unit_report import Standing, UnitReport, UnitReportState, Wording
from monitor.store import people, unit_mails
from monitor.store import unit_reports as store
from monitor.web import excel
from monitor.web.pages import unit_reports as shelf
from monitor.web.pages.case_rules import Hand, hand
from monitor.web.route import DESK, get, post
from monitor.web.visit import Visit

S = UnitReportState
_PATH = shelf.HOME + "/{period}/{unit}"


def _which(v: Visit) -> tuple[Span, Unit]:
    return period_of(v.home, v.part("period")), unit_rights.body(v.at, v.part("unit"))


def _where(span: Span, unit: Unit) -> str:
    return f"{shelf.HOME}/{span.key}/{unit.id}"


def show(v: Visit) -> Response:
    """The form, or what was handed in, beside what the program counted."""
    span, unit = _which(v)
    counted = Known(v.at, span)
    (report,) = unit_reports.forms(v.at, (unit.id,), span, counted)
    rules, found = unit_rights.rules_of(v.at), unit_rights.grown(v.at)
    to = unit_rights.reports_to(found, rules, unit, span.last)
    due = due_on(rules, span)
    at, late = standing(report if report.revision else None, due, local(v.now).date())
    asked = unit_rights.owes(rules, unit, span.last) and not (at is Standing.MISSING and shelf.before_us(v, span))
    fill, decide, sending = _fill(v, unit), _decide(v, unit, to), _sends(v, unit)
    open_ = report.state in (S.DRAFT, S.RETURNED)
    return v.page(
        "unit-report.html", span=span, unit=unit, report=report, fields=rules.asked(unit.id), to=to, due=due,
        standing=at, late=late if asked else 0, asked=asked, known=counted.of(unit.id), values=dict(report.values),
        wordings=tuple(Wording), sending=sending,
        fill=fill, decide=decide, editing=fill and (open_ or v.query.get("sua") == "1" or v.form.ident == "bieu"),
        open=open_, own=unit.id == to.id, warnings=unit_reports.warnings(report, rules) if report.revision else (),
        books=store.books(v.db, report.id) if report.id else (), path=_where(span, unit),
        names={one.id: one.name for one in people.every(v.db)},
        mails=unit_mails.of_period(v.db, span.first).get(unit.id, ()) if sending else (),
        most_text=unit_reports.MOST_TEXT, below=bool(found.below(unit.id)), S=S,
    )  # fmt: skip


def _fill(v: Visit, unit: Unit) -> Hand | None:
    def check(who: Person) -> None:
        if not unit_rights.fills(who, unit.id):
            raise RefusedError("unit_report_fill", unit=unit.name)

    return hand(v, check)


def _decide(v: Visit, unit: Unit, to: Unit) -> Hand | None:
    def check(who: Person) -> None:
        if not unit_rights.decides(who, unit.id, to.id):
            raise RefusedError("unit_report_decide", unit=unit.name, to=to.name)

    return hand(v, check)


def _sends(v: Visit, unit: Unit) -> Hand | None:
    return shelf.sending(v) if unit.id != FEDERATION else None


def save(v: Visit) -> Response:
    """Stores what the form says, and hands it in where that button was pressed."""
    span, unit = _which(v)
    seen = v.revision()
    if seen is None:
        raise UsageError("form_stale")
    asked = unit_rights.rules_of(v.at).asked(unit.id)
    said = {one.id: v.form.whole(f"so-{one.id}", one.label) for one in asked}
    values = {ident: value for ident, value in said.items() if value is not None}
    words = {one: v.form.text(f"loi-{one}") for one in Wording}
    with v.db.atomic():
        made = unit_reports.save(v.at, unit.id, span, values, words, seen=seen)
        if v.form.text("act") == "submit" and made.state is not S.SUBMITTED:
            made = unit_reports.submit(v.at, made.id)
    return v.back(_where(span, unit), _said(made, unit))


def _said(made: UnitReport, unit: Unit) -> str:
    if made.state is S.SUBMITTED:
        return label("web_unit_reports", "submitted", unit=unit.name)
    if made.state is S.ACCEPTED:
        return label("web_unit_reports", "own_accepted")
    return label("web_unit_reports", "saved")


def take_in(v: Visit) -> Response:
    """A workbook of this body and period."""
    span, unit = _which(v)
    name, raw = shelf.came(v)
    hand_in = v.form.has("nop")
    unit_books.read(v.at, raw, name, unit=unit.id, span=span, seen=v.revision(), hand_in=hand_in)
    said = "book_handed_in" if hand_in else "book_read"
    return v.back(_where(span, unit), label("web_unit_reports", said, unit=unit.name, period=span.name))


def _stored(v: Visit) -> tuple[UnitReport, str]:
    """The report and where its page is."""
    span, unit = _which(v)
    found = store.find(v.db, unit.id, span.first, span.last)
    if found is None:
        raise UsageError("form_stale")
    return found, _where(span, unit)


def withdraw(v: Visit) -> Response:
    """Takes it back."""
    found, where = _stored(v)
    unit_reports.withdraw(v.at, found.id, seen=v.revision())
    return v.back(where, label("web_unit_reports", "withdrawn"))


def accept(v: Visit) -> Response:
    """The body above takes it."""
    found, where = _stored(v)
    unit_reports.accept(v.at, found.id, seen=v.revision())
    return v.back(where, label("web_unit_reports", "accepted"))


def give_back(v: Visit) -> Response:
    """The body above gives it back."""
    found, where = _stored(v)
    unit_reports.give_back(v.at, found.id, v.form.text("ly-do"), seen=v.revision())
    return v.back(where, label("web_unit_reports", "returned"))


def book(v: Visit) -> Response:
    """The form as a workbook."""
    span, unit = _which(v)
    made = unit_books.template(v.at, unit.id, span)
    return v.download(made, f"bao-cao-{unit.id}-{span.key}.xlsx", excel.MEDIA_TYPE)


def came_in(v: Visit) -> Response:
    """A workbook as it was handed in."""
    found, _ = _stored(v)
    one = next((b for b in store.books(v.db, found.id) if b.sha256 == v.part("sha")), None)
    raw = store.book(v.db, one.sha256) if one else None
    if one is None or raw is None:
        raise UsageError("unit_report_unknown", value=v.part("sha")[:12])
    return v.download(raw, one.name, excel.MEDIA_TYPE)


PAGES = (
    get(_PATH + "/bieu", book, DESK),
    get(_PATH + "/tep/{sha}", came_in, DESK),
    get(_PATH, show, DESK),
    post(_PATH, save, DESK, shown=show),
    post(_PATH + "/tep", take_in, DESK, shown=show, uploads=True),
    post(_PATH + "/thu-hoi", withdraw, DESK, shown=show),
    post(_PATH + "/duyet", accept, DESK, shown=show),
    post(_PATH + "/tra-lai", give_back, DESK, shown=show),
)
