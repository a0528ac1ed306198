"""The page of one paper, and its steps from the draft to the receipt; the program itself never sends anything."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response

from monitor.desk import naming, papers, pdf, watching
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.case import Case
from monitor.model.filing import PaperRecord, Writing
from monitor.store import evidence as files
from monitor.web.pages import paper_view
from monitor.web.route import DESK, get, post
from monitor.web.visit import Visit

_PDF = "application/pdf"


def show(v: Visit) -> Response:
    """The page of one paper."""
    case, paper = _found(v)
    return v.page("paper.html", **paper_view.values(v, case, paper))


def _found(v: Visit) -> tuple[Case, PaperRecord]:
    case = v.at.case(v.part("id"))
    found = next((one for one in case.papers if one.id == v.part("paper")), None)
    if found is None:
        known = ", ".join(one.id for one in case.papers) or "–"
        raise UsageError("thing_unknown", thing=v.part("paper"), case=case.id, known=known)
    return case, found


def document(v: Visit) -> Response:
    """One of the documents that the paper is, or was."""
    case, paper = _found(v)
    kept = paper_view.version_of(v, case, paper, v.part("file"))
    if kept is None:
        raise UsageError("evidence_unknown", value=v.part("file"))
    return v.download(b"".join(files.body(v.db, kept.id)), kept.name, kept.media_type)


def as_pdf(v: Visit) -> Response:
    """The paper as it stands, as PDF, where LibreOffice is there."""
    case, paper = _found(v)
    kept, body = papers.document(v.at, case.id, paper.id)
    if kept.media_type != papers.DOCX:
        raise UsageError("export_ending", file=f"{paper.id}.pdf", ending=Path(kept.name).suffix)
    return v.download(pdf.to_pdf(body), f"{Path(kept.name).stem}.pdf", _PDF)


def redraft(v: Visit) -> Response:
    """The draft made anew from the case, with the drafter's own words."""
    _, paper = _found(v)
    said = {
        one.name: tuple(x for line in v.form.text(one.name).split("\n") if (x := line.strip()))
        if one.name in paper_view.LISTS
        else v.form.text(one.name)
        for one in paper_view.fields(paper)
    }
    subject = v.form.need("subject", label("web_field", "subject"))
    made = papers.redraft(v.at, v.part("id"), paper.id, subject=subject, writing=Writing(**said))  # type: ignore[arg-type]
    return _back(v, made, label("web_done", "redrafted"))


def edited(v: Visit) -> Response:
    """The draft as staff changed it in Word."""
    given = v.form.upload("file")
    if given is None:
        raise UsageError("field_missing", what=label("web_field", "word_file"))
    if given.media_type != papers.DOCX:
        raise UsageError("paper_not_word", file=given.name)
    made = papers.redraft(v.at, v.part("id"), v.part("paper"), file=given.path)
    return _back(v, made, label("web_done", "word_kept"))


def submit(v: Visit) -> Response:
    """To the leader."""
    return _back(v, papers.submit(v.at, v.part("id"), v.part("paper")), label("web_done", "submitted"))


def return_(v: Visit) -> Response:
    """Back to who drafted it, with remarks."""
    made = papers.return_(v.at, v.part("id"), v.part("paper"), v.form.need("remarks", label("web_field", "remarks")))
    return _back(v, made, label("web_done", "returned"))


def sign(v: Visit) -> Response:
    """The leader has signed."""
    made = papers.sign(
        v.at,
        v.part("id"),
        v.part("paper"),
        title=v.form.text("title"),
        at=v.form.moment("at", label("web_field", "signed_at")),
    )
    enclosed = naming.enclosed(papers.paper_of(made, v.part("paper")))
    return _back(v, made, label("web_done", "signed_enclosure" if enclosed else "signed"))


def number(v: Visit) -> Response:
    """Number, symbol and date as the văn thư has entered them in the office's register."""
    value, dated = (
        v.form.whole("number", label("web_field", "number_short")),
        v.form.day("dated", label("web_field", "dated")),
    )
    if value is None or dated is None:
        raise UsageError("field_missing", what=label("web_field", "number_dated"))
    made = papers.number(
        v.at, v.part("id"), v.part("paper"), value=value, symbol=v.form.text("symbol"), dated=dated
    )  # fmt: skip
    return _back(v, made, label("web_done", "numbered", sign=papers.paper_of(made, v.part("paper")).sign))


def issue(v: Visit) -> Response:
    """The paper has gone out, and is frozen."""
    ident, paper = v.part("id"), v.part("paper")
    given = v.form.upload("file")
    with v.db.atomic():
        made = papers.issue(
            v.at,
            ident,
            paper,
            at=v.form.moment("at", label("web_field", "issued_at")),
            file=given.path if given else None,
        )
        watching.refresh(v.at, made)
    said = label("web_done", "issued")
    if papers.lacks_response(made, paper):
        said = f"{said} {label('web_done', 'text_unsigned')}"
    return _back(v, made, said)


def receive(v: Visit) -> Response:
    """The addressee has received it."""
    at = v.form.moment("at", label("web_field", "received"))
    if at is None:
        raise UsageError("field_missing", what=label("web_field", "received"))
    with v.db.atomic():
        made = papers.receive(
            v.at,
            v.part("id"),
            v.part("paper"),
            at,
            v.form.need("proof", label("web_field", "ground")),
            why=v.form.text("why"),
        )
        watching.refresh(v.at, made)
    return _back(v, made, label("web_done", "received"))


def withdraw(v: Visit) -> Response:
    """The paper does not go out."""
    made = papers.withdraw(v.at, v.part("id"), v.part("paper"), v.form.need("why", label("web_field", "why_drop")))
    return _back(v, made, label("web_done", "paper_dropped"))


def _back(v: Visit, made: Case, said: str) -> Response:
    return v.back(f"/vu-viec/{made.id}/van-ban/{v.part('paper')}", said)


_ONE = "/vu-viec/{id}/van-ban/{paper}"

PAGES = (
    get(_ONE, show, DESK),
    get(_ONE + "/pdf", as_pdf, DESK),
    get(_ONE + "/tep/{file}", document, DESK),
    post(_ONE + "/sua", redraft, DESK, shown=show),
    post(_ONE + "/tep", edited, DESK, shown=show, uploads=True),
    post(_ONE + "/trinh", submit, DESK, shown=show),
    post(_ONE + "/tra-lai", return_, DESK, shown=show),
    post(_ONE + "/ky", sign, DESK, shown=show),
    post(_ONE + "/vao-so", number, DESK, shown=show),
    post(_ONE + "/phat-hanh", issue, DESK, shown=show, uploads=True),
    post(_ONE + "/nhan", receive, DESK, shown=show),
    post(_ONE + "/huy", withdraw, DESK, shown=show),
)
