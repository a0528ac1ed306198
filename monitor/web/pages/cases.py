"""Vụ việc: the list of cases, a new one from an item, and the page of one."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from monitor.desk import case_list, presence, triage, watching
from monitor.desk.article_words import topic_names
from monitor.desk.case_list import LIVE, CaseQuery, CaseRow
from monitor.labels import label, of
from monitor.model.action import CaseAction, entitled
from monitor.model.case import CaseStatus, CaseVerdict
from monitor.store import people
from monitor.web import asked as said
from monitor.web import behind
from monitor.web.pages import case_page
from monitor.web.pages.case_choices import unit_words
from monitor.web.pages.case_rules import hand, rules
from monitor.web.route import DESK, EDITORS, get, post

if TYPE_CHECKING:
    from starlette.responses import Response

    from monitor.web.visit import Visit

_SIZE = 50
_ALL = "tat-ca"
_COLUMNS = (
    "id", "title", "status", "verdict", "lead", "due", "due_at", "overdue", "requests", "opened", "restricted",
)  # fmt: skip
Member = TypeVar("Member", bound=StrEnum)


def cases(v: Visit) -> Response:
    """The list, or the whole of it as an Excel file."""
    asked, wrong = _asked(v)
    page = max(1, v.whole("trang", 1))
    sheet = v.wants_sheet and not wrong
    found = case_list.listed(v.at, asked, page=1 if sheet else page, size=0 if sheet else _SIZE, book=rules(v))
    known = {one.id: one.name for one in people.units(v.db)} | {one.id: one.name for one in people.every(v.db)}
    if sheet:
        columns = [label("web_cases", f"col_{one}") for one in _COLUMNS]
        return v.sheet("vu-viec", label("web_cases", "title"), columns, _rows(found.rows, known))
    every = {one.id: one for one in people.units(v.db)}
    return v.page(
        "cases.html", found=found, asked=asked, known=known, wrong_days=wrong,
        filtered=asked != CaseQuery(statuses=asked.statuses),
        statuses=tuple(CaseStatus), verdicts=tuple(CaseVerdict), topics=topic_names(v.home.rules),
        units=[(one.id, unit_words(one, every)) for one in every.values()],
        may_open=hand(v, lambda who: entitled(CaseAction.ADD_ARTICLE, who)), at=_when(v),
    )  # fmt: skip


def _asked(v: Visit) -> tuple[CaseQuery, tuple[str, ...]]:
    """What the address asks for, and the days in it that could not be read."""
    day, wrong = said.days(v, "tu", "den")
    status = v.query.get("trang-thai", "")
    one = _member(CaseStatus, status)
    return CaseQuery(
        statuses=() if status == _ALL else (one,) if one else LIVE,
        verdict=_member(CaseVerdict, v.query.get("ket-luan", "")), unit=v.query.get("don-vi", ""),
        topic=v.query.get("chu-de", ""), overdue=v.query.get("qua-han") == "1", mine=v.query.get("cua-toi") == "1",
        start=day["tu"], end=day["den"], words=v.query.get("q", "")[:200],
    ), wrong  # fmt: skip


def _member(kind: type[Member], said: str) -> Member | None:
    return kind(said) if said in set(kind) else None


def _when(v: Visit) -> dict[str, str]:
    """The words of the filters as typed, for the form."""
    return {one: v.query.get(one, "") for one in ("trang-thai", "tu", "den", "q", "don-vi", "chu-de", "ket-luan")}


def _rows(found: tuple[CaseRow, ...], known: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for row in found:
        head, due = row.head, row.due
        yield (
            head.id, head.title, of(head.status), of(head.verdict) if head.verdict else "",
            known.get(row.lead, row.lead), due.what if due else "", due.at if due else None,
            label("web_cases", "overdue") if due and due.overdue else "", row.requests, head.opened,
            label("web_cases", "restricted") if head.restricted else "",
        )  # fmt: skip


def open_(v: Visit) -> Response:
    """A case of an item named by address or id; its pages are watched, its evidence is taken where that is asked."""
    said = v.form.need("tin", label("web_cases", "what_item"))
    with v.db.atomic():
        made = triage.open_case(v.at, said.split(), triage.Opening(title=v.form.text("title")))
        watching.begin(v.at, made)
    if v.form.has("chung-cu"):
        behind.take_evidence(v.home, made.id, v.at.actor.id)
    return v.back(f"/vu-viec/{made.id}", label("web_cases", "opened", id=made.id))


def show(v: Visit) -> Response:
    """The page of one case; a form of it that was refused stands there with what was typed."""
    return shown(v)


def shown(v: Visit, **more: object) -> Response:
    """``show`` with further values: what is told this once."""
    case = v.at.case(v.part("id"))
    return v.page("case.html", **{**case_page.values(v, case), **more})


def others(v: Visit) -> Response:
    """Who else has the case open: a piece of its page, asked for again and again."""
    case = v.at.case(v.part("id"))
    presence.look(v.at, case.id, v.now)
    return v.page("case-presence.html", others=presence.others(v.at, case.id, v.now))


PAGES = (
    get("/vu-viec", cases, DESK),
    post("/vu-viec", open_, EDITORS, shown=cases),
    get("/vu-viec/{id}", show, DESK),
    get("/vu-viec/{id}/dang-mo", others, DESK, quiet=True),
)
