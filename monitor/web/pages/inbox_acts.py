"""What is done in the Hộp tin: decisions on one row or the ticked ones, undo, giving out a check, kept filters.

All forms of a page go to its own address, so that a refused one finds the same list around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from starlette.responses import Response

from monitor import clock
from monitor.desk import saved, sorting, triage
from monitor.desk.sorting import Outcome
from monitor.desk.verifying import Task
from monitor.errors import UsageError
from monitor.labels import label, wording
from monitor.model.case import Part, TriageState
from monitor.web import behind
from monitor.web.pages import inbox
from monitor.web.route import EDITORS, OFFICE, get, post
from monitor.web.visit import Visit, own

Onward = Callable[[tuple[str, ...]], str]
"""Where to go once these were decided."""
_STATES = {"e": TriageState.NOTED, "x": TriageState.IRRELEVANT}
_TOLD = 3


def act(v: Visit) -> Response:
    """A form of the list."""
    form = v.form.ident
    if form == "luu-bo-loc":
        return _save(v)
    if form.startswith("bo-loc-"):
        saved.forget(v.at, v.form.whole("so", label("web_field", "filter_number")) or 0)
        return v.back(f"/{inbox.PAGE}", label("web_done", "filter_dropped"))
    place = own(v.form.text("ve")) or f"/{inbox.PAGE}"
    order = v.form.text("thu-tu").split()

    def onward(done: tuple[str, ...]) -> str:
        """The same list, at the first row below that was left."""
        last = max((order.index(one) for one in done if one in order), default=-1)
        below = [one for one in (*order[last + 1 :], *reversed(order[: max(last, 0)])) if one not in done]
        return place + (f"#t-{below[0]}" if below else "")

    return _give(v, onward) if form.startswith("giao") else _decide(v, onward)


def act_item(v: Visit) -> Response:
    """A form of the quick look: the next story follows, the same one after an undo."""
    place = own(v.form.text("ve")) or f"/{inbox.PAGE}"
    after = v.form.text("tiep") if not v.form.has("u") else v.part("subject")

    def onward(done: tuple[str, ...]) -> str:
        next_one = after if re.fullmatch(r"[\w-]+", after, re.ASCII) else ""
        return v.link(f"/{inbox.PAGE}/{next_one}", giao=None, trang=v.query.get("trang")) if next_one else place

    return _give(v, onward) if v.form.ident.startswith("giao") else _decide(v, onward)


def _decide(v: Visit, onward: Onward) -> Response:
    what, subjects, case = _meant(v)
    shown, note = _shown(v), v.form.text("ghi-chu")
    if what == "u":
        done = sorting.undo(v.at, subjects, shown=shown)
        return _told(v, replace(done, final=True), label("web_done", "undone", what=_which(v, done)), onward)
    if what == "v":
        done = sorting.open_case(v.at, subjects, shown=shown)
        return _told(v, done, _opened(v, done), onward)
    if what == "t":
        done = sorting.add(v.at, case or v.form.need("vao", label("web_field", "join_case")), subjects, shown=shown)
        said = label("web_done", "joined", case=done.case.id if done.case else "", what=_which(v, done))
        return _told(v, done, said, onward)
    if what not in _STATES:
        raise UsageError("form_stale")
    done = sorting.decide(v.at, subjects, _STATES[what], note=note, shown=shown)
    return _told(v, done, label("web_done", f"decided_{_STATES[what].value}", what=_which(v, done)), onward)


def _meant(v: Visit) -> tuple[str, tuple[str, ...], str]:
    """What is to be done to which matters: a row's own button counts before whatever is ticked."""
    for key in ("x", "e", "v", "u"):
        if v.form.has(key):
            return key, (v.form.text(key),), ""
    if v.form.has("t"):
        subject, _, case = v.form.text("t").partition(" ")
        return "t", (subject,), case
    ticked = v.form.many("tin")
    if not ticked:
        raise UsageError("triage_none")
    return v.form.text("lam"), ticked, ""


def _shown(v: Visit) -> datetime | None:
    """When the list was shown; None where the form does not say."""
    try:
        return clock.from_iso(v.form.text("luc") or None)
    except ValueError:
        return None


def _which(v: Visit, done: Outcome) -> str:
    if len(done.done) != 1:
        return label("web_done", "items", count=len(done.done))
    title = triage.known(v.at, done.done[0]).first.title
    return f"“{title if len(title) <= 90 else title[:88] + '…'}”"


def _opened(v: Visit, done: Outcome, *, given: bool = False) -> str:
    assert done.case is not None
    behind.take_evidence(v.home, done.case.id, v.at.actor.id)
    return label("web_done", "opened_given" if given else "opened", case=done.case.id, what=_which(v, done))


def _told(v: Visit, done: Outcome, said: str, onward: Onward) -> Response:
    """On with a message on what was done and what was left; what nothing was done of is refused with the reason."""
    if not done.done and done.left:
        raise done.left[0]
    said = " ".join([said, *_left(done)])
    if done.final:
        return v.back(onward(done.done), said)
    fields = {"tin": " ".join(done.done), "luc": v.now.isoformat(), "ve": own(v.form.text("day"))}
    return v.back(onward(done.done), said, undo=f"/{inbox.PAGE}/hoan-tac", fields=fields)


def _left(done: Outcome) -> list[str]:
    reasons = [wording(one) for one in done.left[:_TOLD]]
    more = len(done.left) - len(reasons)
    return [*reasons, *([label("web_done", "left_more", count=more)] if more else [])]


def undo(v: Visit) -> Response:
    """The button beside a message: all of that act is taken back, and where it was done is where one stands again."""
    done = sorting.undo(v.at, v.form.text("tin").split(), shown=_shown(v))
    said = " ".join([*([label("web_done", "undone", what=_which(v, done))] if done.done else []), *_left(done)])
    place = own(v.form.text("ve")) or f"/{inbox.PAGE}"
    if done.done and place.partition("?")[0] == f"/{inbox.PAGE}":
        place += f"#t-{done.done[0]}"
    v.form.fields = {name: found for name, found in v.form.fields.items() if name != "_back"}
    return v.back(place, said)


def _give(v: Visit, onward: Onward) -> Response:
    """A case and who checks it, in one act."""
    subject = v.form.need("tin", "Tin")
    due = v.form.day("han", label("web_field", "report_due"))
    if due is None:
        raise UsageError("field_missing", what=label("web_field", "report_due"))
    unit, person = v.form.text("don-vi"), v.form.text("can-bo")
    part = v.form.needed("phan", Part, label("web_field", "part"))
    task = Task(part=part, task=v.form.need("viec", label("web_field", "task")), due=due, unit=unit, person=person)
    if into := v.form.text("vao"):
        done = sorting.add(v.at, into, [subject], task=task, shown=_shown(v))
        said = label("web_done", "joined_given", case=into, what=_which(v, done))
    else:
        done = sorting.open_case(v.at, [subject], task=task, shown=_shown(v))
        said = _opened(v, done, given=True)
    return _told(v, done, said, onward)


def _save(v: Visit) -> Response:
    name, query = v.form.text("ten"), v.form.text("loc")
    kept = saved.save(v.at, inbox.PAGE, name, query)
    return v.back(f"/{inbox.PAGE}" + (f"?{query}" if query else ""), label("web_done", "filter_kept", name=kept.name))


PAGES = (
    get("/hop-tin", inbox.page, OFFICE),
    post("/hop-tin", act, OFFICE, shown=inbox.page),
    post("/hop-tin/hoan-tac", undo, EDITORS),
    get("/hop-tin/{subject}", inbox.item, OFFICE),
    post("/hop-tin/{subject}", act_item, OFFICE, shown=inbox.item),
    get("/hop-tin/{subject}/ai", inbox.here, OFFICE, quiet=True),
)
