"""The page of one paper, and its steps from the draft to the receipt; the program itself never sends anything."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response

from monitor.desk import papers, pdf, watching
from monitor.errors import UsageError
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
    made = papers.redraft(
        v.at, v.part("id"), paper.id, subject=v.form.need("subject", "Trích yếu"), writing=Writing(**said)  # type: ignore[arg-type]
    )  # fmt: skip
    return _back(v, made, "Đã soạn lại dự thảo theo nội dung vụ việc hiện nay.")


def edited(v: Visit) -> Response:
    """The draft as staff changed it in Word."""
    given = v.form.upload("file")
    if given is None:
        raise UsageError("field_missing", what="Tệp Word đã sửa")
    if given.media_type != papers.DOCX:
        raise UsageError("paper_not_word", file=given.name)
    made = papers.redraft(v.at, v.part("id"), v.part("paper"), file=given.path)
    return _back(v, made, "Đã nhận bản sửa trong Word. Từ đây chương trình không tự soạn lại bản này.")


def submit(v: Visit) -> Response:
    """To the leader."""
    return _back(v, papers.submit(v.at, v.part("id"), v.part("paper")), "Đã trình lãnh đạo ký.")


def return_(v: Visit) -> Response:
    """Back to who drafted it, with remarks."""
    made = papers.return_(v.at, v.part("id"), v.part("paper"), v.form.need("remarks", "Ý kiến"))
    return _back(v, made, "Đã trả lại để sửa.")


def sign(v: Visit) -> Response:
    """The leader has signed."""
    made = papers.sign(
        v.at, v.part("id"), v.part("paper"), title=v.form.text("title"), at=v.form.moment("at", "Thời điểm ký")
    )
    return _back(v, made, "Đã ký. Chuyển văn thư vào số.")


def number(v: Visit) -> Response:
    """Number, symbol and date as the văn thư has entered them in the office's register."""
    value, dated = v.form.whole("number", "Số"), v.form.day("dated", "Ngày văn bản")
    if value is None or dated is None:
        raise UsageError("field_missing", what="Số, ngày văn bản")
    made = papers.number(
        v.at, v.part("id"), v.part("paper"), value=value, symbol=v.form.text("symbol"), dated=dated
    )  # fmt: skip
    return _back(v, made, f"Đã vào số {papers.paper_of(made, v.part('paper')).sign}.")


def issue(v: Visit) -> Response:
    """The paper has gone out, and is frozen."""
    ident, paper = v.part("id"), v.part("paper")
    given = v.form.upload("file")
    with v.db.atomic():
        made = papers.issue(
            v.at, ident, paper, at=v.form.moment("at", "Thời điểm phát hành"), file=given.path if given else None
        )
        watching.refresh(v.at, made)
    said = "Đã phát hành; nội dung được giữ nguyên từ đây. Văn thư gửi theo cách của cơ quan, rồi ghi ngày nhận."
    if papers.lacks_response(made, paper):
        said += " Lưu ý: văn bản ghi gửi kèm ý kiến phản hồi nhưng bản đó chưa ký."
    return _back(v, made, said)


def receive(v: Visit) -> Response:
    """The addressee has received it."""
    at = v.form.moment("at", "Thời điểm nhận")
    if at is None:
        raise UsageError("field_missing", what="Thời điểm nhận")
    with v.db.atomic():
        made = papers.receive(
            v.at, v.part("id"), v.part("paper"), at, v.form.need("proof", "Căn cứ"), why=v.form.text("why")
        )
        watching.refresh(v.at, made)
    return _back(v, made, "Đã ghi ngày nhận; thời hạn của nơi nhận tính từ đây.")


def withdraw(v: Visit) -> Response:
    """The paper does not go out."""
    made = papers.withdraw(v.at, v.part("id"), v.part("paper"), v.form.need("why", "Lý do hủy"))
    return _back(v, made, "Đã hủy bản thảo.")


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
