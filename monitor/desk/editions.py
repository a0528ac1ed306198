"""Editions of the digest (các số điểm tin): drafted, edited, approved, read, directed, archived.

    draft ──▶ drop, restore, move, comment, mark ⇄ refresh ──▶ approve: frozen in every form ──▶ read, direct, zalo

Every act is one transaction. An edit names the revision its person saw (``Sitting.expected``): where another came
first, ConflictError. What belongs to cases he does not see is not there for him, see ``desk.edition_rights``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.config import load_settings
from monitor.config.deliver import load_deliver
from monitor.desk import edition_content as contents
from monitor.desk import edition_making as making
from monitor.desk import edition_rights as rights
from monitor.desk.edition_approving import approved, forms_of
from monitor.desk.edition_change import change, change_item, editable, leave, visible, words
from monitor.desk.edition_direct import direct, zalo
from monitor.desk.edition_rights import seen, stored
from monitor.desk.edition_sending import queue
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.model.digest import Digest
from monitor.model.edition import Direction, Edition, EditionAct, EditionState, Series
from monitor.model.event import Happening
from monitor.model.people import OfficeRole
from monitor.model.settings import SendWhen
from monitor.report import FORMS, build_edition
from monitor.report import edition_items as items
from monitor.store import editions as store
from monitor.store import people
from monitor.store.db import aside

__all__ = [
    "approve", "comment", "current", "direct", "directions", "draft", "drop", "edition", "editions", "mark", "move",
    "opening", "preview", "read", "readers", "refresh", "rendered", "restore", "series_of", "unread", "zalo",
]  # fmt: skip

A = EditionAct


def series_of(said: str) -> Series:
    """The series of this word. Raises UsageError for another one."""
    try:
        return Series(said.strip().lower())
    except ValueError:
        raise UsageError("edition_series", value=said[:40], known=", ".join(Series)) from None


def draft(sitting: Sitting, series: str = "daily", until: datetime | None = None) -> Edition:
    """The series' current draft, made where there is none; one that is there is refreshed where ``until`` is given.

    It covers everything since the last approved edition's cut-off (the first: 24 hours, or 7 days) up to ``until``
    (default now). Raises RefusedError for a person who makes no digest, and for a cut-off that cannot be.
    """
    rights.entitled(sitting, A.EDIT)
    wanted = series_of(series)
    with sitting.db.atomic():
        have = store.draft(sitting.db, wanted)
        if have is None or until is not None:
            have = making.make(
                sitting.home, sitting.db, wanted, until or sitting.now, now=sitting.now, by=sitting.actor.id
            )
            sitting.note(Happening(action="edition.draft", thing=have.id))
    return seen(sitting, have)


def refresh(sitting: Sitting, ident: str, until: datetime | None = None) -> Edition:
    """Takes in what came since (up to ``until``, default now); what people dropped, moved, commented stays."""
    rights.entitled(sitting, A.EDIT)
    with sitting.db.atomic():
        before = editable(sitting, ident)
        at = until or sitting.now
        after = making.make(sitting.home, sitting.db, before.series, at, now=sitting.now, by=sitting.actor.id)
        sitting.note(Happening(action="edition.refresh", thing=after.id))
        leave(sitting, after)
    return seen(sitting, after)


def current(sitting: Sitting, series: str = "daily") -> Edition:
    """The series' draft where he may read it, else its last approved edition. Raises UsageError where there is none."""
    wanted = series_of(series)
    for found in (store.draft(sitting.db, wanted), store.last(sitting.db, wanted)):
        if found and rights.readable(sitting, found):
            return seen(sitting, found)
    raise UsageError("edition_none", series=wanted)


def edition(sitting: Sitting, ident: str) -> Edition:
    """The edition as he may see it. Raises UsageError where there is none that he may read."""
    return seen(sitting, stored(sitting, ident))


def editions(sitting: Sitting, series: str, year: int) -> list[Edition]:
    """The archive of a series and year, the latest first, as he may see it."""
    gone = rights.hidden(sitting)
    secret = gone | rights.restricted(sitting.db)
    return [
        seen(sitting, one, gone if one.state is EditionState.APPROVED else secret)
        for one in store.of_year(sitting.db, series_of(series), year)
        if rights.readable(sitting, one)
    ]


def drop(sitting: Sitting, ident: str, article: str) -> Edition:
    """The item does not go out; it stays in the draft's list and can be restored."""
    return change_item(sitting, ident, article, "edition.drop", lambda item: replace(item, dropped=True))


def restore(sitting: Sitting, ident: str, article: str) -> Edition:
    """A dropped item goes out after all, at the place it had."""
    return change_item(sitting, ident, article, "edition.restore", lambda item: replace(item, dropped=False))


def mark(sitting: Sitting, ident: str, article: str, internal: bool = True) -> Edition:
    """ "Lưu hành nội bộ" on an item, or on the whole edition where ``article`` is empty; False takes it off."""
    if not article:
        return change(sitting, ident, "edition.mark", lambda e: replace(e, internal=internal))
    return change_item(sitting, ident, article, "edition.mark", lambda item: replace(item, internal=internal))


def move(sitting: Sitting, ident: str, article: str, position: int | str) -> Edition:
    """Puts the item at ``position`` of its section (from 1; beyond the end is the end), or one "up" or "down"."""

    def moved(found: Edition) -> Edition:
        gone = rights.hidden_in(sitting, found)
        item = visible(found, article, gone)
        return replace(
            found, items=items.moved(found.items, item.article, position, lambda one: one.article not in gone)
        )

    return change(sitting, ident, "edition.move", moved, article)


def comment(sitting: Sitting, ident: str, article: str, text: str) -> Edition:
    """A line on the item, or on the whole where ``article`` is empty; empty text takes it away."""
    line = " ".join(words(text).split())
    if not article:
        return change(sitting, ident, "edition.comment", lambda e: replace(e, comment=line))
    return change_item(sitting, ident, article, "edition.comment", lambda item: replace(item, comment=line))


def opening(sitting: Sitting, ident: str, text: str) -> Edition:
    """The words above the first part; empty takes them away."""
    told = words(text)
    return change(sitting, ident, "edition.opening", lambda e: replace(e, opening=told))


def approve(sitting: Sitting, ident: str, *, send: bool | None = None) -> Edition:
    """The edition goes out as it is: numbered, frozen in every form; the next one begins at its cut-off.

    It is queued for its readers, too, where ``send`` says so or, without that, the office (``digest: send``). Raises
    RefusedError for who may not approve (``digest: approve`` of the office's settings), ConflictError.
    """
    rights.entitled(sitting, A.APPROVE)
    conditions = contents.conditions(sitting, stored(sitting, ident))
    out = load_deliver(sitting.home.rules) if (_goes_out(sitting) if send is None else send) else None
    with sitting.db.atomic():
        before = editable(sitting, ident)
        after, made, numbers = approved(sitting, before, conditions)
        store.put(sitting.db, after, before=before.revision, actor=sitting.actor.id, now=sitting.now)
        store.freeze(sitting.db, after, made, numbers)
        refs = tuple(filter(None, (after.sha256,)))
        sitting.note(Happening(action="edition.approve", thing=after.id, after=after.state.value, refs=refs))
        if out:
            queue(sitting, after, out)
        leave(sitting, after)
    return seen(sitting, after)


def _goes_out(sitting: Sitting) -> bool:
    """Whether the office has approved editions sent to their readers without another word."""
    return load_settings(sitting.home.rules).digest.send is SendWhen.ON_APPROVAL


def preview(sitting: Sitting, ident: str) -> Digest:
    """The edition as the digest's structure: a draft from what is stored now, an approved one as it was frozen.

    Items that a leader directed name the case, where he may see it.
    """
    found = stored(sitting, ident)
    gone = rights.hidden_in(sitting, found)
    if found.state is EditionState.APPROVED:
        return build_edition(contents.frozen(sitting, found), without=gone)
    return build_edition(contents.content(sitting, found, gone, contents.conditions(sitting, found)))


def rendered(sitting: Sitting, ident: str, form: str = "html") -> str:
    """The edition as "html", "md" or "json"; of an approved one the frozen page, byte for byte.

    Who may not see one of its items has the same page without it. Raises UsageError for another form, StoreError where
    the stored page is not the one that was approved.
    """
    if form not in FORMS:
        raise UsageError("digest_form", form=form, forms=", ".join(FORMS))
    found = stored(sitting, ident)
    if found.state is EditionState.DRAFT:
        return forms_of(sitting.home, preview(sitting, ident), form)
    made = contents.intact(sitting, found)
    gone = rights.hidden_in(sitting, found)
    if gone & {a.id for one in made.content.laid for a in (one.article, *one.others)}:
        return forms_of(sitting.home, build_edition(made.content, without=gone), form)
    return {"html": made.html, "md": made.md, "json": made.json}[form]


def read(sitting: Sitting, ident: str) -> None:
    """Notes that he has read it; the first time counts, and a draft is not read but worked on."""
    found = stored(sitting, ident)
    if found.state is EditionState.APPROVED:
        aside(sitting.db, lambda: store.note_read(sitting.db, found.id, sitting.actor.id, sitting.now))


def readers(sitting: Sitting, ident: str) -> list[tuple[str, str, datetime]]:
    """Who has read it: id, name and when first, the earliest first."""
    rights.entitled(sitting, A.READERS)
    names = {person.id: person.name for person in people.every(sitting.db)}
    found = store.reads(sitting.db, stored(sitting, ident).id)
    return [(person, names.get(person, person), at) for person, at in found]


def unread(sitting: Sitting, ident: str) -> list[tuple[str, str]]:
    """The federation's leaders who have not read it yet: id and name."""
    had = {person for person, _, _ in readers(sitting, ident)}
    leaders = [p for p in people.every(sitting.db) if p.has(OfficeRole.LEADER) and rights.may(p, A.DIRECT)]
    return [(p.id, p.name) for p in leaders if p.id not in had]


def directions(sitting: Sitting, ident: str) -> list[Direction]:
    """The leaders' directions on its items, oldest first, of cases that he may see."""
    found = stored(sitting, ident)
    shown = {article for item in seen(sitting, found).items for article in item.articles}
    return [one for one in contents.directions(sitting, found) if one.article in shown]
