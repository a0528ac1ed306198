"""What came of a request, recorded from its card: receipt, conclusion, rounds, the result of each demand, and its end.

A proof is the id of what the case holds already, or a file that is handed in with the form.
"""

from __future__ import annotations

import re

from starlette.responses import Response

from monitor.desk import proof, recording, watching
from monitor.errors import UsageError
from monitor.labels import of
from monitor.model.case import Case
from monitor.model.evidence import EvidenceKind
from monitor.model.request import DemandResult
from monitor.respond.results import Outcome
from monitor.web.pages import cases
from monitor.web.pages.case_asking import back
from monitor.web.route import DESK, post
from monitor.web.visit import Visit

_BETWEEN = re.compile(r"[,;\s]+")


def received(v: Visit) -> Response:
    """When the addressee received the letter, and what shows it."""
    at = v.form.moment("at", "Thời điểm nhận")
    if at is None:
        raise UsageError("field_missing", what="Thời điểm nhận")
    shown = v.form.need("proof", "Căn cứ")
    with v.db.atomic():
        made = recording.received(v.at, v.part("id"), v.part("request"), at, shown, why=v.form.text("why"))
        return _done(v, made, "Đã ghi ngày nhận; thời hạn của nơi nhận tính từ đây.")


def conclusion(v: Visit) -> Response:
    """A competent body's written conclusion reached the outlet."""
    at = v.form.moment("at", "Thời điểm báo nhận kết luận")
    if at is None:
        raise UsageError("field_missing", what="Thời điểm báo nhận kết luận")
    with v.db.atomic():
        paper = _proofs(v, "Văn bản kết luận", needed=True)[0]
        made = recording.conclusion(v.at, v.part("id"), v.part("request"), at, paper, why=v.form.text("why"))
        return _done(v, made, "Đã ghi ngày báo nhận kết luận; thời hạn cải chính tính từ đây.")


def self_found(v: Visit) -> Response:
    """The outlet itself said that it was wrong."""
    at = v.form.moment("at", "Thời điểm báo tự nhận sai")
    if at is None:
        raise UsageError("field_missing", what="Thời điểm báo tự nhận sai")
    with v.db.atomic():
        shown = _proofs(v, "Minh chứng", needed=True)[0]
        made = recording.self_found(v.at, v.part("id"), v.part("request"), at, shown, why=v.form.text("why"))
        return _done(v, made, "Đã ghi báo tự nhận sai; thời hạn cải chính tính từ đây.")


def round_(v: Visit) -> Response:
    """Our response and the outlet's further view were both published."""
    response, view = v.form.day("response", "Ngày đăng ý kiến của ta"), v.form.day("view", "Ngày đăng ý kiến của báo")
    if response is None or view is None:
        raise UsageError("field_missing", what="Ngày đăng ý kiến của ta, ngày đăng ý kiến của báo")
    ident = v.part("id")
    with v.db.atomic():
        done = recording.round_(v.at, ident, v.part("request"), response, view, url=v.form.text("url"))
        said = f"Đã ghi lần đăng ý kiến qua lại thứ {done.number}."
        if done.last:
            said += " Báo có quyền dừng. Hướng tiếp theo: " + "; ".join(of(way).lower() for way in done.ways) + "."
        return _done(v, v.at.case(ident), said)


def result(v: Visit) -> Response:
    """What came of one demand or several."""
    asked = v.form.many("demands")
    if not asked:
        raise UsageError("field_missing", what="Yêu cầu có kết quả")
    ident, request = v.part("id"), v.part("request")
    with v.db.atomic():
        outcome = _outcome(v)
        for one in asked:
            made = recording.result(v.at, ident, request, one, outcome, why=v.form.text("why"))
        return _done(v, made, "Đã ghi kết quả.")


def _outcome(v: Visit) -> Outcome:
    missing = (*v.form.many("missing"), *(one.strip() for one in v.form.text("missing_more").split("\n")))
    return Outcome(
        result=v.form.choice("result", DemandResult, "Kết quả"),
        on=v.form.day("on", "Ngày thực hiện"),
        missing=tuple(one for one in missing if one),
        note=v.form.text("note"),
        reply=v.form.text("reply"),
        proof=_proofs(v, "Minh chứng"),
    )


def escalate(v: Visit) -> Response:
    """The matter goes on to an authority, which is asked for a written conclusion."""
    made = recording.escalate(v.at, v.part("id"), v.part("request"), v.form.text("name"), v.form.text("issuer"))
    new = made.requests[-1]
    return back(v, made, new.id, f"Đã lập kiến nghị {new.id} gửi {new.name}; soạn văn bản kiến nghị để trình ký.")


def withdraw(v: Visit) -> Response:
    """Nothing is asked any more; papers that have not gone out fall with it."""
    why = v.form.need("why", "Lý do rút")
    with v.db.atomic():
        made = recording.withdraw(v.at, v.part("id"), v.part("request"), why)
        return _done(v, made, "Đã rút đề nghị; các dự thảo chưa phát hành của đề nghị này được hủy.")


def _proofs(v: Visit, what: str, *, needed: bool = False) -> tuple[str, ...]:
    """Ids of evidence: as typed, then those of the files handed in with the form."""
    typed = [one for one in _BETWEEN.split(v.form.text("proof")) if one]
    kept = [
        proof.add_file(v.at, v.part("id"), one.path, EvidenceKind.SCAN, note=f"{what}, đề nghị {v.part('request')}").id
        for one in v.form.uploads("file")
    ]
    found = tuple(dict.fromkeys((*typed, *kept)))
    if needed and not found:
        raise UsageError("field_missing", what=what)
    return found


def _done(v: Visit, made: Case, said: str) -> Response:
    watching.refresh(v.at, made)
    return back(v, made, v.part("request"), said)


_ONE = "/vu-viec/{id}/yeu-cau/{request}"

PAGES = (
    post(_ONE + "/nhan", received, DESK, shown=cases.show),
    post(_ONE + "/ket-luan", conclusion, DESK, shown=cases.show, uploads=True),
    post(_ONE + "/tu-nhan-sai", self_found, DESK, shown=cases.show, uploads=True),
    post(_ONE + "/luot", round_, DESK, shown=cases.show),
    post(_ONE + "/ket-qua", result, DESK, shown=cases.show, uploads=True),
    post(_ONE + "/kien-nghi", escalate, DESK, shown=cases.show),
    post(_ONE + "/rut", withdraw, DESK, shown=cases.show),
)
