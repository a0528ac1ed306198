"""One edit of a draft: still as the person saw it, changed, stored with its event, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from monitor.desk import edition_rights as rights
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError, UsageError
from monitor.labels import label
from monitor.model.edition import Edition, EditionAct, EditionItem, EditionState
from monitor.model.event import Happening
from monitor.report import edition_items as items
from monitor.store import editions as store
from monitor.text import clean

LONGEST = 2_000
"""Characters of a comment, and of the opening words."""


def change(sitting: Sitting, ident: str, action: str, made: Callable[[Edition], Edition], article: str = "") -> Edition:
    """Changes a draft; returns it as he sees it. Raises RefusedError, UsageError, ConflictError."""
    rights.entitled(sitting, EditionAct.EDIT)
    with sitting.db.atomic():
        before = editable(sitting, ident)
        after = replace(made(before), revision=before.revision + 1)
        store.put(sitting.db, after, before=before.revision, actor=sitting.actor.id, now=sitting.now)
        sitting.note(Happening(action=action, thing=after.id, refs=(article,) if article else ()))
        leave(sitting, after)
    return rights.seen(sitting, after)


def change_item(
    sitting: Sitting, ident: str, article: str, action: str, made: Callable[[EditionItem], EditionItem]
) -> Edition:
    """Changes one item of a draft, named by any of its prints."""

    def changed(found: Edition) -> Edition:
        item = visible(found, article, rights.hidden_in(sitting, found))
        return replace(found, items=items.changed(found.items, item.article, made))

    return change(sitting, ident, action, changed, article)


def visible(found: Edition, article: str, gone: frozenset[str]) -> EditionItem:
    """The item of this print. Raises UsageError where there is none that he may see."""
    item = found.item(article)
    if item is None or item.article in gone or article in gone:
        raise UsageError("edition_no_item", value=article[:80])
    return item


def editable(sitting: Sitting, ident: str) -> Edition:
    """The draft, still as who sits saw it. Raises RefusedError for an approved one, ConflictError."""
    found = rights.stored(sitting, ident)
    if found.state is EditionState.APPROVED:
        raise RefusedError("edition_is_approved", edition=found.name)
    expected = _expected(sitting, found)
    if expected is not None and found.revision != expected:
        raise store.conflict(sitting.db, found)
    return found


def leave(sitting: Sitting, after: Edition) -> None:
    """What he does himself moves on the revision that he is held to, as with cases."""
    if _expected(sitting, after) is not None:
        sitting._left[after.id] = after.revision


def _expected(sitting: Sitting, found: Edition) -> int | None:
    return sitting._left.get(found.id, sitting.expected)


def words(text: str) -> str:
    """What was typed, tidied line by line. Raises InputError for what would flood the page."""
    told = "\n".join(clean(line) for line in text.strip().splitlines())
    if len(told) > LONGEST:
        raise InputError("words_long", what=label("edition", "words"), most=LONGEST)
    return told
