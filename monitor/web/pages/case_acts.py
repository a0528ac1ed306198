"""The plain acts on a case's page: what is known of it, who may see it, words on it, its items, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from monitor.desk import casefile, moving, triage, watching
from monitor.labels import label
from monitor.model.case import Case, Closing, Reached
from monitor.web.pages import cases
from monitor.web.pages.case_choices import unit_said
from monitor.web.route import DESK, Page, Who, post

if TYPE_CHECKING:
    from starlette.responses import Response

    from monitor.web.visit import Visit


def said(key: str, /, **facts: object) -> str:
    """A message or the name of a field of the page."""
    return label("web_case", key, **facts)


def done(v: Visit, key: str, part: str = "", /, **facts: object) -> Response:
    """Back to the case, where ``key`` is said, at that part of the page."""
    return v.back(f"/vu-viec/{v.part('id')}" + (f"#{part}" if part else ""), said(key, **facts))


def describe(v: Visit) -> Response:
    """Title, topic, how it reached us, bodies, marking."""
    moving.describe(
        v.at, v.part("id"), title=v.form.text("title"), topic=v.form.text("topic"),
        reached=v.form.choice("reached", Reached, said("reached")),
        reached_at=v.form.moment("reached_at", said("reached_at")), units=_bodies(v, "units", "unit"),
        accused=_bodies(v, "accused", "accused_unit"),
        marking=v.form.text("marking") or None,
    )  # fmt: skip
    return done(v, "described", "thong-tin")


def _bodies(v: Visit, kept: str, further: str) -> tuple[str, ...]:
    """The bodies that stay ticked, and the one that was added."""
    return (*v.form.many(kept), *filter(None, [unit_said(v.form.text(further))]))


def restrict(v: Visit) -> Response:
    """Only the persons chosen see the case."""
    moving.restrict(v.at, v.part("id"), v.form.many("who"))
    return done(v, "restricted")


def lift(v: Visit) -> Response:
    """Everybody sees it again."""
    moving.lift(v.at, v.part("id"))
    return done(v, "lifted")


def comment(v: Visit) -> Response:
    """A remark."""
    moving.comment(v.at, v.part("id"), v.form.text("text"))
    return done(v, "commented", "y-kien")


def direct(v: Visit) -> Response:
    """A leader's direction."""
    moving.direct(v.at, v.part("id"), v.form.text("text"))
    return done(v, "directed", "y-kien")


def remind(v: Visit) -> Response:
    """A reminder."""
    v.form.need("due", said("due"))
    due = v.form.day("due", said("due"))
    assert due is not None  # it was typed, and an unreadable one raises
    with v.db.atomic():
        made = moving.remind(v.at, v.part("id"), v.form.text("what"), due, v.form.text("person"))
        watching.refresh(v.at, made)
    return done(v, "reminder_set", "nhac-viec")


def reminded(v: Visit) -> Response:
    """A reminder was seen to."""
    moving.reminded(v.at, v.part("id"), v.part("thing"))
    return done(v, "reminder_done", "nhac-viec")


def add_items(v: Visit) -> Response:
    """Further items join the case, and their pages are watched."""
    wanted = v.form.need("tin", said("items")).split()
    with v.db.atomic():
        made = triage.add_to_case(v.at, v.part("id"), wanted)
        watching.begin(v.at, made)
    return done(v, "items_added", "tin-bai")


def drop_item(v: Visit) -> Response:
    """An item leaves the case."""
    article = v.form.need("article", said("items"))
    with v.db.atomic():
        made = moving.drop_article(v.at, v.part("id"), article)
        watching.drop(v.at, made, (article,))
    return done(v, "item_dropped", "tin-bai")


def close(v: Visit) -> Response:
    """The end with a verdict; the case's file is made."""
    return _closed(v, lambda: moving.close(v.at, v.part("id"), v.form.text("why"), v.form.text("retention")))


def close_without(v: Visit) -> Response:
    """The end without a verdict, for a named reason."""
    how = v.form.needed("how", Closing, said("closing"))
    return _closed(
        v, lambda: moving.close_without(v.at, v.part("id"), how, v.form.text("why"), v.form.text("other"))
    )  # fmt: skip


def _closed(v: Visit, act: Callable[[], Case]) -> Response:
    with v.db.atomic():
        made = act()
        watching.refresh(v.at, made)
    casefile.make(v.at, made.id)
    return done(v, "closed", "ket-thuc")


def reopen(v: Visit) -> Response:
    """A closed case is taken up again."""
    with v.db.atomic():
        made = moving.reopen(v.at, v.part("id"), v.form.text("why"))
        watching.begin(v.at, made)
    return done(v, "reopened")


def undo(v: Visit) -> Response:
    """The opening is taken back: its items are in the inbox again."""
    case = v.at.case(v.part("id"))
    with v.db.atomic():
        watching.refresh(v.at, triage.undo_opening(v.at, case.id))
    return done(v, "undone")


def act(path: str, handle: Callable[[Visit], Response], who: Who, *, uploads: bool = False) -> Page:
    """A form of the case's page: refused, it stands there again with what was typed."""
    return post(f"/vu-viec/{{id}}/{path}", handle, who, shown=cases.show, uploads=uploads)


PAGES = (
    act("thong-tin", describe, DESK),
    act("han-che", restrict, DESK),
    act("bo-han-che", lift, DESK),
    act("y-kien", comment, DESK),
    act("chi-dao", direct, DESK),
    act("nhac", remind, DESK),
    act("nhac/{thing}", reminded, DESK),
    act("tin", add_items, DESK),
    act("tin/bo", drop_item, DESK),
    act("ket-thuc", close, DESK),
    act("ket-thuc-khong", close_without, DESK),
    act("mo-lai", reopen, DESK),
    act("hoan-tac", undo, DESK),
)
