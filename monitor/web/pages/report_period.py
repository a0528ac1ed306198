"""The report on one period: figures that open to their lists, sentences to be edited, files, and its issue."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from monitor.clock import day_bounds
from monitor.desk import pdf, report_issuing, report_paper, report_rights
from monitor.desk.report_head import within
from monitor.desk.reporting import Report, span_of
from monitor.errors import RefusedError, UsageError
from monitor.labels import label, wording
from monitor.model.report import ListRow, ReportList, Section, Span
from monitor.model.report_paper import FORMS, PARTS, Passage, ReportAct, ReportPaper
from monitor.report.half_year_tables import Grid, grids
from monitor.store import people
from monitor.web.pages import report_kept as kept
from monitor.web.pages.reports import MEDIA, act_hand
from monitor.web.route import EDITORS, OFFICE, get, post
from monitor.web.visit import Visit

_SIZE, _ANNEX = 50, 25
_BROKEN = ("report_sum", "report_list", "report_loose")
"""Refusals that tell of figures which do not hold."""
_COLUMNS = ("day", "text", "id", "link")


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A section as the page shows it: ``pictures`` are keys of charts, by the id of the grid they follow."""

    section: Section
    grids: tuple[Grid, ...]
    pictures: dict[str, tuple[str, ...]]


def show(v: Visit) -> Response:
    """The whole report as it stands now."""
    span = span_of(v.at, v.part("period"))
    try:
        paper = report_paper.paper(v.at, span)
    except RefusedError as error:
        if error.key not in _BROKEN:
            raise
        v.status = 409
        return v.page("report-broken.html", span=span, within=within, why=wording(error))
    data = paper.data
    pictures = kept.pictures(data)
    parts = tuple(
        _Part(section=one, grids=tuple(grids(one.tables, missing=data.missing)), pictures=pictures)
        for one in data.sections
    )
    return v.page(
        "report-period.html", at=_at(span), span=span, paper=paper, data=data, parts=parts,
        passages={one.part: one for one in paper.passages}, part_name=_part_name, mark=kept.keep(v.at, data),
        editing=_editing(v, paper), forms=FORMS, has_pdf=pdf.available(), most=_ANNEX,
        writing=act_hand(v, ReportAct.WRITE), issuing=act_hand(v, ReportAct.ISSUE),
        over=v.now >= day_bounds(span.last)[1], issued=report_issuing.issued(v.at, span),
        names={one.id: one.name for one in people.every(v.db)}, today=v.now,
        hidden=sum(one.hidden > 0 for one in data.figures), chart_name=_chart_name, within=within,
    )  # fmt: skip


def _at(span: Span) -> str:
    return f"/bao-cao/ky/{span.key}"


def _part_name(part: str) -> str:
    """ "phần II", "phần mở đầu"."""
    if part in ("opening", "closing"):
        return label("web_reports", f"part_{part}")
    return label("web_reports", "part", number=part)


def _chart_name(key: str) -> str:
    return label("report_paper", f"chart_{key}")


def _editing(v: Visit, paper: ReportPaper) -> Passage | None:
    """The sentences that are open for editing: those asked for, or whose form was refused."""
    asked = v.query.get("sua", "") or (v.form.text("part") if v.wrong and v.form.ident == "loi-van" else "")
    return paper.passage(asked) if asked in PARTS else None


def chart(v: Visit) -> Response:
    """A picture of the page, as PNG."""
    report_rights.entitled(v.at, ReportAct.READ)
    span = span_of(v.at, v.part("period"))
    found = kept.drawn(v.query.get("so", "")[:64], span)
    if found is None:  # an address that was kept longer than what it shows: the picture of now
        found = kept.drawn(kept.keep(v.at, Report(v.at, span).data()), span) or ()
    name = v.part("name").removesuffix(".png")
    one = next((one for one in found if one.key == name), None)
    if one is None:
        raise UsageError("figure_unknown", value=name[:60])
    return Response(one.png, media_type="image/png")


def listed(v: Visit) -> Response:
    """The list behind a figure: as many rows as it says, those he may not see told as a number."""
    span, key = span_of(v.at, v.part("period")), v.query.get("muc", "")[:120]
    report = Report(v.at, span)
    found = report.listed(key)
    name = kept.name_of(v.at, span, key) or _name(report, v, key)
    if v.wants_sheet:
        columns = [label("half_year", f"col_{one}") for one in _COLUMNS]
        return v.sheet(f"danh-sach-{key}", name, columns, [_row(one) for one in found.rows])
    pages = max(1, -(-len(found.rows) // _SIZE))
    page = min(max(1, v.whole("trang", 1)), pages)
    return v.page(
        "report-list.html", at=_at(span), span=span, within=within, found=found, name=name, page=page, pages=pages,
        rows=found.rows[(page - 1) * _SIZE : page * _SIZE], same=_same(found),
    )  # fmt: skip


def _name(report: Report, v: Visit, key: str) -> str:
    kept.keep(v.at, report.data())
    return kept.name_of(v.at, report.span, key) or key


def _same(found: ReportList) -> bool:
    """Whether several rows are of one thing: of one case, say."""
    return len({one.link for one in found.rows}) < len(found.rows)


def _row(one: ListRow) -> tuple[object, ...]:
    return one.day, one.text, one.id, one.link


def download(v: Visit) -> Response:
    """The draft as a file, as it would leave the office: without restricted cases."""
    form = v.query.get("dang", "docx")
    span = span_of(v.at, v.part("period"))
    body = report_paper.made(v.at, span, form, circulated=True)
    return v.download(body, f"bao-cao-{span.key.lower().replace('..', '-den-')}-du-thao.{form}", MEDIA[form])


def write(v: Visit) -> Response:
    """An officer's own sentences for a part, or the drafted ones again."""
    span, part = span_of(v.at, v.part("period")), v.form.need("part", label("web_reports", "part_field"))
    undo = v.form.text("act") == "undo"
    text = None if undo else v.form.text("text")
    if text == "":
        raise UsageError("field_missing", what=label("web_reports", "text"))
    report_paper.write(v.at, span, part, text, v.form.text("based_on"), v.form.whole("_seen", part))
    said = label("web_reports", "was_undone" if undo else "was_written", part=_part_name(part))
    return v.back(f"{_at(span)}#phan-{part}", said)


def issue(v: Visit) -> Response:
    """The report goes out: frozen under the number that the văn thư gave it."""
    span, form = span_of(v.at, v.part("period")), v.form
    day = form.day("day", label("web_reports", "day"))
    if day is None:
        raise UsageError("field_missing", what=label("web_reports", "day"))
    done = report_issuing.issue(
        v.at, span, number=form.need("number", label("web_reports", "number")), day=day, signer=form.text("signer"),
        position=form.text("position"),
    )  # fmt: skip
    return v.back(f"/bao-cao/ban/{done.id}", label("web_reports", "was_issued", number=done.number))


_ONE = "/bao-cao/ky/{period}"

PAGES = (
    get(_ONE, show, OFFICE),
    get(_ONE + "/bieu-do/{name}", chart, OFFICE),
    get(_ONE + "/danh-sach", listed, OFFICE),
    get(_ONE + "/tai", download, OFFICE),
    post(_ONE + "/loi-van", write, EDITORS, shown=show),
    post(_ONE + "/phat-hanh", issue, EDITORS, shown=show),
)
