"""Papers that come into a case from its page: drafted, recorded from a unit's copy, or arrived."""

from __future__ import annotations

from starlette.responses import Response

from monitor.desk import papers, watching
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.filing import Arrival
from monitor.model.paper import PaperKind
from monitor.store import evidence as files
from monitor.web.form import Upload
from monitor.web.pages import cases
from monitor.web.route import DESK, get, post
from monitor.web.visit import Visit


def draft(v: Visit) -> Response:
    """One of the nine papers, made from the case as it is; its page then asks for the drafter's own words."""
    kind = v.form.needed("kind", PaperKind, label("web_field", "paper_kind"))
    made = papers.draft(
        v.at, v.part("id"), kind, request=v.form.text("request"), assignment=v.form.text("assignment"),
        issuer=v.form.text("issuer"), subject=v.form.text("subject"), replaces=v.form.text("replaces"),
    )  # fmt: skip
    said = label("web_done", "drafted")
    return v.back(f"/vu-viec/{made.id}/van-ban/{made.papers[-1].id}", said)


def copy(v: Visit) -> Response:
    """A letter that a unit wrote and sent by itself, from the copy it sent us."""
    form = v.form
    dated, value = form.day("dated", label("web_field", "dated")), form.whole("number", label("web_field", "number"))
    if dated is None or value is None:
        raise UsageError("field_missing", what=label("web_field", "number_dated"))
    with v.db.atomic():
        made = papers.copy(
            v.at,
            v.part("id"),
            form.needed("kind", PaperKind, label("web_field", "paper_kind")),
            _file(v, label("web_field", "copy")).path,
            issuer=form.need("issuer", label("web_field", "issuer")),
            subject=form.need("subject", label("web_field", "subject")),
            value=value,
            symbol=form.need("symbol", label("web_field", "symbol")),
            dated=dated,
            addressees=tuple(one.strip() for one in form.text("to").split("\n")),
            request=form.text("request"),
        )
        watching.refresh(v.at, made)
    return v.back(f"/vu-viec/{made.id}/van-ban/{made.papers[-1].id}", label("web_done", "copied"))


def arrive(v: Visit) -> Response:
    """A paper that arrived, with its scan."""
    form = v.form
    dated, arrived = form.day("dated", label("web_field", "dated")), form.day("arrived", label("web_field", "arrived"))
    if dated is None or arrived is None:
        raise UsageError("field_missing", what=label("web_field", "dated_arrived"))
    request, answers = form.text("request"), form.has("answers")
    if answers and not request:
        raise UsageError("field_missing", what=label("web_field", "answered_request"))
    what = Arrival(
        id="", sender=form.need("sender", label("web_field", "sender")), sign=form.text("sign"), dated=dated,
        arrival_number=form.need("arrival_number", label("web_field", "arrival_number")), arrived=arrived,
        subject=form.need("subject", label("web_field", "subject")), request=request, by=v.at.actor.id, at=v.now,
    )  # fmt: skip
    scan = form.upload("file")
    with v.db.atomic():
        made = papers.arrive(v.at, v.part("id"), what, file=scan.path if scan else None, answers=answers)
        watching.refresh(v.at, made)
    return v.back(f"/vu-viec/{made.id}#van-ban", label("web_done", "arrived", arrival=made.arrivals[-1].id))


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
