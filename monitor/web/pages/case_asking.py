"""Requests made and changed from a case's page: for everybody who carries the story, for one, one more publication."""

from __future__ import annotations

from starlette.responses import Response

from monitor.desk import asking, watching
from monitor.errors import UsageError
from monitor.labels import label
from monitor.model.case import Case
from monitor.model.request import AddresseeKind, DemandKind, Publication
from monitor.web.pages import cases
from monitor.web.route import DESK, post
from monitor.web.visit import Visit


def ask_all(v: Visit) -> Response:
    """A request for every outlet that carries the story and may be asked for something."""
    case = v.at.case(v.part("id"))
    had = {one.id for one in case.requests}
    made = asking.add_all(v.at, case.id, v.form.text("issuer"))
    count = sum(one.id not in had for one in made.requests)
    said = label("web_done", "requests_made", count=count) if count else label("web_done", "publications_added")
    return back(v, made, "", said)


def ask_one(v: Visit) -> Response:
    """A request to one addressee."""
    kind = v.form.needed("kind", AddresseeKind, label("web_field", "addressee"))
    # Nothing ticked means nothing asked; the desk would take it for "all".
    claims, demands = v.form.many("claims"), _demands(v)
    if not claims:
        raise UsageError("field_missing", what=label("web_field", "claims"))
    if not demands:
        raise UsageError("field_missing", what=label("web_field", "demands"))
    what = asking.Asking(
        outlet=v.form.text("outlet"), name=v.form.text("name"), addressee=kind, issuer=v.form.text("issuer"),
        claims=claims, demands=demands, articles=v.form.many("articles"),
    )  # fmt: skip
    made = asking.add(v.at, v.part("id"), what)
    new = made.requests[-1]
    return back(v, made, new.id, label("web_done", "request_made", request=new.id, name=new.name))


def change(v: Visit) -> Response:
    """What a request asks, and of whom, while it has not gone out."""
    claims, demands = v.form.many("claims"), _demands(v)
    if not claims:
        raise UsageError("field_missing", what=label("web_field", "claims"))
    if not demands:
        raise UsageError("field_missing", what=label("web_field", "demands"))
    request = v.part("request")
    name = v.form.need("name", label("web_field", "addressee_name"))
    made = asking.change(v.at, v.part("id"), request, claims=claims, demands=demands, name=name)
    return back(v, made, request, label("web_done", "request_changed", request=request))


def add_publication(v: Visit) -> Response:
    """A further publication of the work at the same outlet."""
    wanted = v.form.need("article", label("web_field", "publication"))
    case, request = v.at.case(v.part("id")), v.part("request")
    found = _publication(v, case, wanted)
    with v.db.atomic():
        made = asking.add_publication(v.at, case.id, request, found)
        watching.refresh(v.at, made)
    return back(v, made, request, label("web_done", "publication_added"))


def _publication(v: Visit, case: Case, article: str) -> Publication:
    found = next((one for one in asking.publications(v.at, case) if one.article == article), None)
    if found is None:
        raise UsageError("field_no_choice", what=label("web_field", "publication"), value=article)
    return found


def _demands(v: Visit) -> tuple[DemandKind, ...]:
    said = v.form.many("demands")
    known = {one.value: one for one in DemandKind}
    for one in said:
        if one not in known:
            raise UsageError("field_no_choice", what=label("web_field", "demands"), value=one)
    return tuple(known[one] for one in said)


def back(v: Visit, case: Case, request: str, said: str) -> Response:
    """To the card of the request on the case's page, its forms open."""
    return v.back(f"/vu-viec/{case.id}?de-nghi={request}#{request}" if request else f"/vu-viec/{case.id}#de-nghi", said)


_CASE = "/vu-viec/{id}/yeu-cau"
_ONE = _CASE + "/{request}"

PAGES = (
    post(_CASE, ask_one, DESK, shown=cases.show),
    post(_CASE + "/tat-ca", ask_all, DESK, shown=cases.show),
    post(_ONE + "/sua", change, DESK, shown=cases.show),
    post(_ONE + "/them-bai", add_publication, DESK, shown=cases.show),
)
