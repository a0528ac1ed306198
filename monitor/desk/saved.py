"""Filters that a person keeps for a page, by a name of his own; nobody else sees them."""

from __future__ import annotations

from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError
from monitor.model.finding import SavedFilter
from monitor.store import saved as store
from monitor.text import clean

__all__ = ["SavedFilter", "forget", "save", "saved"]

_LONGEST_NAME = 60
_LONGEST_QUERY = 2000
_MOST = 30


def save(sitting: Sitting, page: str, name: str, query: str) -> SavedFilter:
    """Keeps the query for the page; the same name again replaces what it meant.

    Raises RefusedError for no name or one longer than 60 characters, a query longer than 2,000, and for the 31st.
    """
    said = clean(name)
    if not said or len(said) > _LONGEST_NAME:
        raise RefusedError("saved_name", most=_LONGEST_NAME)
    if len(query) > _LONGEST_QUERY:
        raise RefusedError("saved_query")
    with sitting.db.atomic():
        have = store.of(sitting.db, sitting.actor.id, page)
        if len(have) >= _MOST and said not in {one.name for one in have}:
            raise RefusedError("saved_full", most=_MOST)
        return store.put(sitting.db, sitting.actor.id, page, said, query)


def saved(sitting: Sitting, page: str) -> tuple[SavedFilter, ...]:
    """The person's filters of the page, by name."""
    return tuple(store.of(sitting.db, sitting.actor.id, page))


def forget(sitting: Sitting, ident: int) -> None:
    """Drops one of his filters. Raises RefusedError where he has none of this number."""
    with sitting.db.atomic():
        if not store.drop(sitting.db, sitting.actor.id, ident):
            raise RefusedError("saved_unknown")
