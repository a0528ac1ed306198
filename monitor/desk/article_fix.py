"""A person's word on an article's reading and on its story: by the press officers and leaders, and never deleted.

The corridors behind ``monitor tag-fix`` and ``monitor story`` do the work; here stands who may, and on what.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.desk.article_seen import hidden, seen_article
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError, UsageError
from monitor.jobs import correcting, deciding
from monitor.jobs.correcting import Corrected
from monitor.jobs.deciding import StoryView
from monitor.labels import label
from monitor.model.correction import Field
from monitor.model.people import OfficeRole
from monitor.model.story import Decision
from monitor.store import article_facts, corrections, decisions, stories
from monitor.text import clean

ROLES = (OfficeRole.LEADER, OfficeRole.PRESS)
_MOST_NOTE = 1000


def may_correct(sitting: Sitting) -> bool:
    """Whether the person's word on readings and stories counts."""
    return sitting.actor.disabled is None and sitting.actor.has(*ROLES)


def correct(
    sitting: Sitting, article: str, field: Field | str, values: Iterable[str] | str, note: str = ""
) -> Corrected:
    """Keeps a person's word on one field of an article's reading.

    ``values`` as in ``Correction``: one for relevance, tone ("null": does not apply) and attention ("true"/"false"),
    any number for topics and places, the main one first. Raises UsageError for what is unknown, RefusedError for who
    may not.
    """
    _allowed(sitting)
    found = seen_article(sitting, article)
    given = [values] if isinstance(values, str) else list(values)
    note = clean(note)
    if len(note) > _MOST_NOTE:
        raise InputError("words_long", what=label("article", "note"), most=_MOST_NOTE)
    word = f"{field.value if isinstance(field, Field) else field}={','.join(given)}"
    return correcting.correct(sitting.home, found.id, [word], by=sitting.actor.id, note=note)


def undo_correction(sitting: Sitting, correction: int) -> Corrected:
    """Takes one word back; the one before it on the same field holds again, or else the machine's."""
    _allowed(sitting)
    word = corrections.get(sitting.db, correction)
    if word is None or word.undone:
        raise UsageError("fix_unknown", number=correction)
    found = seen_article(sitting, word.article)
    return correcting.undo_word(sitting.home, found.id, word.id, by=sitting.actor.id)


def confirm_story(sitting: Sitting, said: str, others: Iterable[str] = ()) -> StoryView:
    """Confirms that a story's articles are one text; or, with ``others``, that these stories go on with its event."""
    return deciding.confirm(sitting.home, *_named(sitting, said, others), sitting.actor.id)


def merge_stories(sitting: Sitting, said: str, others: Iterable[str]) -> StoryView:
    """Makes one story of several, because they are prints of one text."""
    return deciding.merge(sitting.home, *_named(sitting, said, others), sitting.actor.id)


def split_story(sitting: Sitting, said: str, others: Iterable[str]) -> StoryView:
    """Takes articles out of a story; or, where ``others`` are stories, cuts them off its event."""
    return deciding.split(sitting.home, *_named(sitting, said, others), sitting.actor.id)


def undo_story_act(sitting: Sitting, number: int) -> Decision:
    """Takes a decision on stories back."""
    _allowed(sitting)
    if decisions.get(sitting.db, number) is None:
        raise UsageError("story_no_decision", number=number)
    return deciding.undo(sitting.home, number)


def _named(sitting: Sitting, said: str, others: Iterable[str]) -> tuple[str, list[str]]:
    """What is named, as ids; an article that he may not know of is unknown, also by its story."""
    _allowed(sitting)
    return _one(sitting, said), [_one(sitting, other) for other in others]


def _one(sitting: Sitting, said: str) -> str:
    if said[:1] in ("s", "e") and "://" not in said:
        ident = stories.resolve(sitting.db, "s" + said[1:])
        prints = [row.article for row in article_facts.prints(sitting.db, ident)[1]] if ident else []
        if set(prints) <= hidden(sitting, prints):
            raise UsageError("story_unknown", value=said[:80])
        return said
    return seen_article(sitting, said).id


def _allowed(sitting: Sitting) -> None:
    if sitting.actor.disabled:
        raise RefusedError("person_disabled", person=sitting.actor.id)
    if not may_correct(sitting):
        raise RefusedError("fix_role", person=sitting.actor.id)
