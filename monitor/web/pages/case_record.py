"""What came of a request, recorded from its card: receipt, conclusion, rounds, the result of each demand, and its end.

A proof is the id of what the case holds already, or a file that is handed in with the form.
"""

from __future__ import annotations

import re

from starlette.responses import Response

from monitor.desk import proof, recording, watching
from monitor.errors import UsageError
from monitor.labels import label, of
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
    at = v.form.needed_moment("at", label("web_field", "received"))
    shown = v.form.need("proof", label("web_field", "ground"))
    with v.db.atomic():
        made = recording.received(v.at, v.part("id"), v.part("request"), at, shown, why=v.form.text("why"))
        return _done(v, made, label("web_done", "received"))


def conclusion(v: Visit) -> Response:
    """A competent body's written conclusion reached the outlet."""
    at = v.form.needed_moment("at", label("web_field", "conclusion_at"))
    with v.db.atomic():
        paper = _proofs(v, label("web_field", "conclusion"), needed=True)[0]
        made = recording.conclusion(v.at, v.part("id"), v.part("request"), at, paper, why=v.form.text("why"))
        return _done(v, made, label("web_done", "conclusion_received"))


def self_found(v: Visit) -> Response:
    """The outlet itself said that it was wrong."""
    at = v.form.needed_moment("at", label("web_field", "self_found_at"))
    with v.db.atomic():
        shown = _proofs(v, label("web_field", "proof"), needed=True)[0]
        made = recording.self_found(v.at, v.part("id"), v.part("request"), at, shown, why=v.form.text("why"))
        return _done(v, made, label("web_done", "self_found"))


def round_(v: Visit) -> Response:
    """Our response and the outlet's further view were both published."""
    response = v.form.day("response", label("web_field", "response_on"))
    view = v.form.day("view", label("web_field", "view_on"))
    if response is None or view is None:
        raise UsageError("field_missing", what=label("web_field", "response_view_on"))
    ident = v.part("id")
    with v.db.atomic():
        done = recording.round_(v.at, ident, v.part("request"), response, view, url=v.form.text("url"))
        said = label("web_done", "round", number=done.number)
        if done.last:
            ways = "; ".join(of(way).lower() for way in done.ways)
            said = f"{said} {label('web_done', 'round_last', ways=ways)}"
        return _done(v, v.at.case(ident), said)


def result(v: Visit) -> Response:
    """What came of one demand or several."""
    asked = v.form.many("demands")
    if not asked:
        raise UsageError("field_missing", what=label("web_field", "demands_done"))
    ident, request = v.part("id"), v.part("request")
    with v.db.atomic():
        outcome = _outcome(v)
        for one in asked:
            made = recording.result(v.at, ident, request, one, outcome, why=v.form.text("why"))
        return _done(v, made, label("web_done", "result"))


def _outcome(v: Visit) -> Outcome:
    missing = (*v.form.many("missing"), *(one.strip() for one in v.form.text("missing_more").split("\n")))
    return Outcome(
        result=v.form.choice("result", DemandResult, label("web_field", "result")),
        on=v.form.day("on", label("web_field", "done_on")),
        missing=tuple(one for one in missing if one),
        note=v.form.text("note"),
        reply=v.form.text("reply"),
        proof=_proofs(v, label("web_field", "proof")),
    )


def escalate(v: Visit) -> Response:
    """The matter goes on to an authority, which is asked for a written conclusion."""
    made = recording.escalate(v.at, v.part("id"), v.part("request"), v.form.text("name"), v.form.text("issuer"))
    new = made.requests[-1]
    return back(v, made, new.id, label("web_done", "escalated", request=new.id, name=new.name))


def withdraw(v: Visit) -> Response:
    """Nothing is asked any more; papers that have not gone out fall with it."""
    why = v.form.need("why", label("web_field", "why_withdraw"))
    with v.db.atomic():
        made = recording.withdraw(v.at, v.part("id"), v.part("request"), why)
        return _done(v, made, label("web_done", "withdrawn"))


def _proofs(v: Visit, what: str, *, needed: bool = False) -> tuple[str, ...]:
    """Ids of evidence: as typed, then those of the files handed in with the form."""
    typed = [one for one in _BETWEEN.split(v.form.text("proof")) if one]
    note = label(
        "web_done",
        "proof_note",
        what=what,
        request=recording.request_of(v.at.case(v.part("id")), v.part("request")).name,
    )
    kept = [
        proof.add_file(v.at, v.part("id"), one.path, EvidenceKind.SCAN, note=note).id for one in v.form.uploads("file")
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
