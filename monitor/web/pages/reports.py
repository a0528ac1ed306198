"""Báo cáo: periods to choose from, the reports that were issued, and each issued version as it was frozen."""

from __future__ import annotations

from datetime import date

from starlette.responses import Response

from monitor import clock
from monitor.config.report import load_report_paper
from monitor.desk import report_issuing, report_periods, report_sending, unit_owed
from monitor.desk.report_rights import may, may_here, roles_of
from monitor.desk.reporting import span_of
from monitor.errors import RefusedError, UsageError
from monitor.labels import label, wording
from monitor.model.delivery import MessageKind
from monitor.model.people import Person
from monitor.model.report_paper import Adjustment, IssuedReport, ReportAct
from monitor.model.unit_report import Owed, Standing
from monitor.store import outbox, people
from monitor.web.asked import days
from monitor.web.pages.case_rules import Hand, hand
from monitor.web.route import DESK, OFFICE, get, post
from monitor.web.visit import Visit

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "html": "text/html",
    "json": "application/json",
}  # fmt: skip
_UNITS = "/bao-cao/don-vi"
_COLUMNS = ("number", "day", "period", "version", "signer", "by", "issued")
_IN = (Standing.ACCEPTED, Standing.SUBMITTED, Standing.SUBMITTED_LATE)


def shelf(v: Visit) -> Response:
    """Which period; what was issued; what units owe. Who works for a unit gets on to the reports of units."""
    if not may_here(v.at, ReportAct.READ):
        return v.to(_UNITS)
    found = report_issuing.issued(v.at)
    names = {one.id: one.name for one in people.every(v.db)}
    if v.wants_sheet:
        columns = [label("web_reports", f"col_{one}") for one in _COLUMNS]
        rows = [
            (r.number, r.day, r.span.name, r.version, r.signer, names.get(r.by, r.by), r.issued) for r in found
        ]  # fmt: skip
        return v.sheet("bao-cao", label("web_reports", "issued"), columns, rows)
    typed, unclear = days(v, "tu", "den")
    first, last, wrong = typed["tu"], typed["den"], ""
    if unclear:
        wrong = label("web_overview", "bad_day", value=unclear[0])
    elif first or last:
        try:
            return v.to(f"/bao-cao/ky/{_free(v, first, last)}")
        except UsageError as error:
            wrong = wording(error)
    v.status = 422 if wrong else v.status
    owed = _owed(v)
    return v.page(
        "reports.html", usual=report_periods.usual(v.at), issued=found, names=names, wrong=wrong,
        owed=owed, inside=[one for one in owed if one.standing in _IN],
        late=[one for one in owed if one.standing is Standing.MISSING],
        owed_for=unit_owed.current(v.home, clock.local(v.now).date()),
    )  # fmt: skip


def _free(v: Visit, first: date | None, last: date | None) -> str:
    if first is None or last is None:
        raise UsageError("field_missing", what=label("web_reports", "both_days"))
    return span_of(v.at, f"{first}..{last}").key


def _owed(v: Visit) -> list[Owed]:
    return [one for one in unit_owed.owed(v.at, unit_owed.current(v.home, clock.local(v.now).date())) if one.asked]


def version(v: Visit) -> Response:
    """One issued version: its files, what it adjusted, what has become another figure since, where it was sent."""
    found = report_issuing.get(v.at, v.part("id"))
    since, wrong = _since(v, found)
    names = {one.id: one.name for one in people.every(v.db)}
    return v.page(
        "report-version.html", r=found, names=names, since=since, broken=wrong,
        files={one.form: one for one in found.files}, sending=act_hand(v, ReportAct.SEND),
        messages=outbox.about(v.db, MessageKind.REPORT, found.id),
        others=[one for one in report_issuing.issued(v.at, found.span) if one.id != found.id],
    )  # fmt: skip


def _since(v: Visit, found: IssuedReport) -> tuple[tuple[Adjustment, ...], str]:
    try:
        return report_issuing.changes_since(v.at, found.id), ""
    except RefusedError as error:  # the figures of now do not hold: what was issued stays readable
        return (), wording(error)


def act_hand(v: Visit, act: ReportAct) -> Hand | None:
    """By whose hand he may do it, his own or an absent one's; None where he may not."""
    issuer = load_report_paper(v.home.rules).issue

    def check(who: Person) -> None:
        if not may(who, act, issuer):
            raise RefusedError("report_role", act=act, roles=roles_of(act, issuer))

    return hand(v, check)


def frozen(v: Visit) -> Response:
    """A file as it was issued."""
    found = report_issuing.get(v.at, v.part("id"))
    form = v.query.get("dang", "docx")
    body = report_issuing.file(v.at, found.id, form)
    return v.download(body, f"{report_sending.file_name(found)}.{form}", MEDIA[form])


def send(v: Visit) -> Response:
    """Queues the version for every address of the office's rules."""
    done = report_sending.send(v.at, v.part("id"))
    return v.back(f"/bao-cao/ban/{v.part('id')}#gui", label("web_reports", "queued", count=len(done)))


PAGES = (
    get("/bao-cao", shelf, DESK),
    get("/bao-cao/ban/{id}", version, OFFICE),
    get("/bao-cao/ban/{id}/tep", frozen, OFFICE),
    post("/bao-cao/ban/{id}/gui", send, OFFICE, shown=version),
)
