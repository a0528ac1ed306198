"""A person's word on an article's reading: checked, kept, and laid over the machine's at once; or taken back.

    words ──check──▶ corrections ──one transaction──▶ rows, the article read again with them in view, stories due

Nothing is lost by it: a text stays where an article becomes irrelevant, and where one becomes relevant whose text was
never kept, its page becomes due again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor import clock, text
from monitor.config import Home
from monitor.config.provinces import known
from monitor.crawl import urls
from monitor.errors import UsageError
from monitor.jobs import reading
from monitor.jobs.cluster import place_due
from monitor.jobs.retag import is_bare, reread
from monitor.model.article import Article
from monitor.model.correction import Correction, Field
from monitor.model.tag import Relevance, Tone
from monitor.store import articles, corrections, retagging, tags
from monitor.store import stories as store
from monitor.store.db import Database, opened

_COMMA = re.compile(r"\s*[,;]\s*")
_YES, _NO, _NOTHING = ("true", "có", "co", "1"), ("false", "không", "khong", "0"), ("", "null", "none", "-")


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """An article as it reads now, what was said or taken back, all that holds, and whether its page is due again."""

    article: Article
    words: tuple[Correction, ...]
    standing: tuple[Correction, ...]
    due: bool


def correct(home: Home, said: str, words: Sequence[str], *, by: str, note: str = "") -> Corrected:
    """Keeps ``field=value`` words on the article with this id or address.

    Raises UsageError for an unknown article, field or value, before anything is kept.
    """
    given = parse(home, words)
    if not given:
        raise UsageError("fix_nothing", fields=", ".join(Field))

    def say(db: Database, article: Article) -> tuple[Correction, ...]:
        return tuple(
            corrections.record(
                db, Correction(article=article.id, field=field, values=values, by=by, at=clock.now(), note=note)
            )
            for field, values in given.items()
        )

    return _applied(home, said, say)


def undo(home: Home, said: str, words: Sequence[str], *, by: str) -> Corrected:
    """Takes back the latest word on these fields, or without any the latest on the article; the one before holds again.

    Raises UsageError where there is none.
    """
    fields = {_field(word.partition("=")[0], word) for word in words}

    def take_back(db: Database, article: Article) -> tuple[Correction, ...]:
        held = corrections.standing(db, [article.id]).get(article.id, {})
        chosen = [held[f] for f in fields if f in held] if fields else sorted(held.values(), key=lambda c: c.id)[-1:]
        if len(chosen) < max(len(fields), 1):
            raise UsageError("fix_nothing_to_undo", article=article.id)
        for word in chosen:
            corrections.undo(db, word.id, by, clock.now())
        return tuple(chosen)

    return _applied(home, said, take_back)


def undo_word(home: Home, article: str, word: int, *, by: str) -> Corrected:
    """Takes back the word of this number on this article. Raises UsageError where it does not stand."""

    def take_back(db: Database, found: Article) -> tuple[Correction, ...]:
        one = corrections.get(db, word)
        if one is None or one.undone or one.article != found.id:
            raise UsageError("fix_nothing_to_undo", article=found.id)
        corrections.undo(db, word, by, clock.now())
        return (one,)

    return _applied(home, article, take_back)


def _applied(home: Home, said: str, act: Callable[[Database, Article], tuple[Correction, ...]]) -> Corrected:
    with opened(home.database) as db:
        with db.atomic():
            article = _article(db, said)
            before = corrections.relevance_said(db, [article.id]).get(article.id)
            words = act(db, article)
            told = corrections.relevance_said(db, [article.id]).get(article.id)
            was = article.tagging.relevance if article.tagging and not before else None
            tagging, due = reread(article, home, told=told, was=was)
            due = due or (told not in (None, Relevance.NONE) and told is not before and is_bare(article))
            tags.replace(db, article.id, tagging)
            if due:
                retagging.mark_due(db, article.id, clock.now())
            standing = corrections.standing(db, [article.id]).get(article.id, {})
        place_due(db)
        now = articles.by_ids(db, [article.id])[0]
        return Corrected(article=now, words=words, standing=tuple(standing.values()), due=due)


def _article(db: Database, said: str) -> Article:
    found = articles.by_ids(db, [said])
    if not found:  # an address is looked for after an id, which is the quick way
        ident = store.article_of(db, said) or (store.article_of(db, urls.key(said)) if "://" in said else None)
        found = articles.by_ids(db, [ident]) if ident else []
    if not found:
        raise UsageError("article_unknown", value=said)
    return found[0]


def parse(home: Home, words: Sequence[str]) -> dict[Field, tuple[str, ...]]:
    """``relevance=union topics=T06,T03 …`` as fields with checked values. Raises UsageError."""
    made: dict[Field, tuple[str, ...]] = {}
    for word in words:
        name, equals, value = word.partition("=")
        field = _field(name, word)
        if not equals:
            raise UsageError("fix_no_value", field=field.value)
        if field in made:
            raise UsageError("fix_doubled", field=field.value)
        made[field] = _values(home, field, text.clean(value))
    return made


def _field(name: str, word: str) -> Field:
    try:
        return Field(name.strip().lower())
    except ValueError:
        raise UsageError("fix_unknown_field", value=word, fields=", ".join(Field)) from None


def _values(home: Home, field: Field, value: str) -> tuple[str, ...]:
    low = value.lower()
    if field is Field.RELEVANCE:
        return (_one_of(field, low, tuple(Relevance)),)
    if field is Field.TONE:
        return () if low in _NOTHING else (_one_of(field, low, (*Tone, "null")),)
    if field is Field.ATTENTION:
        return ("true",) if low in _YES else ("false",) if low in _NO else (_one_of(field, low, ("true", "false")),)
    parts = [] if low in _NOTHING else [part for part in _COMMA.split(value) if part]
    return tuple(dict.fromkeys(_topic(home, p) if field is Field.TOPICS else _place(p) for p in parts))


def _one_of(field: Field, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise UsageError("fix_bad_value", field=field.value, value=value, allowed=", ".join(allowed))
    return str(value)


def _topic(home: Home, said: str) -> str:
    topics = reading.book(home.rules).topics
    folded = text.fold(said)
    for ident, name in topics.items():
        if folded in (text.fold(ident), text.fold(name)):
            return ident
    raise UsageError("unknown_topic", value=said, topics=", ".join(topics))


def _place(said: str) -> str:
    found = known(said)
    if found is None:
        raise UsageError("unknown_place", value=said)
    return found
