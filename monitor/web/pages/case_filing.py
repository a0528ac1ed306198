"""Papers that come into a case from its page: drafted, recorded from a unit's copy, or arrived."""

from __future__ import annotations

from starlette.responses import Response

from monitor.desk import papers, watching
from monitor.errors import UsageError
from monitor.model.filing import Arrival
from monitor.model.paper import PaperKind
from monitor.store import evidence as files
from monitor.web.form import Upload
from monitor.web.pages import cases
from monitor.web.route import DESK, get, post
from monitor.web.visit import Visit


def draft(v: Visit) -> Response:
    """One of the nine papers, made from the case as it is; its page then asks for the drafter's own words."""
    kind = v.form.needed("kind", PaperKind, "Loại văn bản")
    made = papers.draft(
        v.at, v.part("id"), kind, request=v.form.text("request"), assignment=v.form.text("assignment"),
        issuer=v.form.text("issuer"), subject=v.form.text("subject"), replaces=v.form.text("replaces"),
    )  # fmt: skip
    said = "Đã soạn dự thảo từ nội dung vụ việc. Đọc lại, bổ sung rồi trình."
    return v.back(f"/vu-viec/{made.id}/van-ban/{made.papers[-1].id}", said)


def copy(v: Visit) -> Response:
    """A letter that a unit wrote and sent by itself, from the copy it sent us."""
    form = v.form
    dated, value = form.day("dated", "Ngày văn bản"), form.whole("number", "Số văn bản")
    if dated is None or value is None:
        raise UsageError("field_missing", what="Số, ngày văn bản")
    with v.db.atomic():
        made = papers.copy(
            v.at, v.part("id"), form.needed("kind", PaperKind, "Loại văn bản"), _file(v, "Bản sao văn bản").path,
            issuer=form.need("issuer", "Đơn vị ban hành"), subject=form.need("subject", "Trích yếu"), value=value,
            symbol=form.need("symbol", "Ký hiệu"), dated=dated,
            addressees=tuple(one.strip() for one in form.text("to").split("\n")), request=form.text("request"),
        )  # fmt: skip
        watching.refresh(v.at, made)
    return v.back(f"/vu-viec/{made.id}/van-ban/{made.papers[-1].id}", "Đã ghi văn bản do đơn vị ban hành.")


def arrive(v: Visit) -> Response:
    """A paper that arrived, with its scan."""
    form = v.form
    dated, arrived = form.day("dated", "Ngày văn bản"), form.day("arrived", "Ngày đến")
    if dated is None or arrived is None:
        raise UsageError("field_missing", what="Ngày văn bản, ngày đến")
    request, answers = form.text("request"), form.has("answers")
    if answers and not request:
        raise UsageError("field_missing", what="Đề nghị được trả lời")
    what = Arrival(
        id="", sender=form.need("sender", "Nơi gửi"), sign=form.text("sign"), dated=dated,
        arrival_number=form.need("arrival_number", "Số đến"), arrived=arrived,
        subject=form.need("subject", "Trích yếu"), request=request, by=v.at.actor.id, at=v.now,
    )  # fmt: skip
    scan = form.upload("file")
    with v.db.atomic():
        made = papers.arrive(v.at, v.part("id"), what, file=scan.path if scan else None, answers=answers)
        watching.refresh(v.at, made)
    return v.back(f"/vu-viec/{made.id}#van-ban", f"Đã đăng ký văn bản đến {made.arrivals[-1].id}.")


def scan(v: Visit) -> Response:
    """The scan of a paper that arrived."""
    case = v.at.case(v.part("id"))
    found = next((one for one in case.arrivals if one.id == v.part("arrival") and one.file), None)
    if found is None:
        raise UsageError("evidence_unknown", value=v.part("arrival"))
    kept = files.get(v.db, found.file)
    return v.download(b"".join(files.body(v.db, kept.id)), kept.name, kept.media_type)


def _file(v: Visit, what: str) -> Upload:
    found = v.form.upload("file")
    if found is None:
        raise UsageError("field_missing", what=what)
    return found


_CASE = "/vu-viec/{id}/van-ban"

PAGES = (
    post(_CASE + "/soan", draft, DESK, shown=cases.show),
    post(_CASE + "/sao", copy, DESK, shown=cases.show, uploads=True),
    post(_CASE + "/den", arrive, DESK, shown=cases.show, uploads=True),
    get(_CASE + "/den/{arrival}", scan, DESK),
)
