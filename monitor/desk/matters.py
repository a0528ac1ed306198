"""Matters: what is decided on as one, a story or an item that belongs to none, and what was decided of it last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.crawl import urls
from monitor.desk.article_seen import hidden
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.model.article import Article
from monitor.model.case import Triaged
from monitor.store import articles, stories, triage
from monitor.store.db import Database


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A story, or an item that belongs to none: its first publication and all articles, the earliest first."""

    subject: str
    first: Article
    articles: tuple[str, ...]
    decided: Triaged | None = None
    """What was decided of the story or lone item itself."""
    last: tuple[Triaged, ...] = ()
    """What the last act on it that stands decided, of the whole or of single prints: what an undo takes back."""
    joins: str = ""
    """The open case of which these are new prints."""


def matter(db: Database, said: str) -> Matter:
    """The matter of a story id, an article id or an address. Raises UsageError where there is none."""
    article = article_named(db, said)
    story = stories.resolve(db, article or said)
    found = stories.load(db, [story]) if story else []
    if found:
        ids = [member.article.id for member in sorted(found[0].members, key=lambda m: m.moment)]
        return _told(db, found[0].id, found[0].first, ids)
    if article is None:
        raise UsageError("matter_unknown", value=said)
    return _told(db, article, article, [article])


def article_named(db: Database, said: str) -> str | None:
    """The article of this id or address, whatever story it is in."""
    return stories.article_of(db, said) or (stories.article_of(db, urls.key(said)) if "://" in said else None)


def _told(db: Database, subject: str, first: str, ids: list[str]) -> Matter:
    (whole,) = articles.by_ids(db, [first])
    standing = triage.standing(db, [subject, *ids])
    # An item that was decided on before it came into a story: the story is a matter of its own.
    own = triage.get(db, subject)
    standing = [one for one in standing if one.subject == subject or own is None or one.at >= own.at]
    last = standing[:1]
    if last and last[0].subject != subject:
        last = [one for one in standing if one.subject != subject and _act(one) == _act(last[0])]
    return Matter(subject=subject, first=whole, articles=tuple(ids), decided=own, last=tuple(last))


def _act(one: Triaged) -> tuple[datetime, str, str]:
    """Which prints were decided on together."""
    return one.at, one.by, one.case


def known(sitting: Sitting, said: str) -> Matter:
    """``matter`` as the person may know it: what stands only in cases he does not see is as unknown as they are."""
    found = matter(sitting.db, said)
    gone = hidden(sitting, found.articles)
    if not gone:
        return found
    left = [article for article in found.articles if article not in gone]
    if not left or article_named(sitting.db, said) in gone:
        raise UsageError("matter_unknown", value=said)
    return _told(sitting.db, found.subject, found.first.id if found.first.id in left else left[0], left)
