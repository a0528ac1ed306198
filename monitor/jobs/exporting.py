"""JSONL out, one object an article or a story, in a stable form that other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.clock import iso_local
from monitor.config import Home
from monitor.model.article import Article
from monitor.model.source import OutletKind
from monitor.model.story import LinkState, Member, Relation, Story
from monitor.report.data import corrected_row
from monitor.store import articles
from monitor.store import stories as store
from monitor.store.db import Database, opened
from monitor.stories import first_of


def export_articles(home: Home, start: datetime | None, end: datetime | None) -> Iterator[dict[str, object]]:
    """All articles of the interval, irrelevant ones too, oldest first."""
    with opened(home.database) as db:
        for article in articles.between(db, start, end):
            yield row(article)


def row(article: Article) -> dict[str, object]:
    """One article as the contract has it."""
    tagging = article.tagging
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": iso_local(article.published),
        "fetched": iso_local(article.fetched),
        "completeness": article.completeness.value,
        "relevance": tagging.relevance.value if tagging else None,
        "topics": [topic.id for topic in tagging.topics] if tagging else [],
        "places": [place.name for place in tagging.places] if tagging else [],
        "tone": tagging.tone.value if tagging and tagging.tone else None,
        "attention": tagging.attention if tagging else False,
        "story": article.story,
        "corrected": corrected_row(article),
    }


def export_stories(home: Home, start: datetime | None, end: datetime | None) -> Iterator[dict[str, object]]:
    """The stories first published in the interval, then the events of which they are the beginning."""
    with opened(home.database) as db:
        yield from story_rows(db, start, end)


def story_rows(db: Database, start: datetime | None, end: datetime | None) -> Iterator[dict[str, object]]:
    """Like ``export_stories``, from an open database: articles about unions or labour in Viet Nam only."""
    events = []
    for story in store.between(db, start, end):
        ours = _ours(story)
        if not ours:
            continue
        yield _story_row(story, ours)
        if any(link.of == story.id and link.state is not LinkState.SPLIT for link in story.follow_ups):
            events.append(story)
    for story in events:
        yield from _event_row(db, story)


def _ours(story: Story) -> list[Member]:
    return [m for m in story.members if m.article.tagging and m.article.tagging.relevance.ours]


def _first(story: Story, ours: list[Member]) -> Member:
    """The first publication; among ours, should the very first be none of them."""
    ident = story.first if any(m.article.id == story.first for m in ours) else first_of(ours, {})
    return next(m for m in ours if m.article.id == ident)


def _story_row(story: Story, ours: list[Member]) -> dict[str, object]:
    first = _first(story, ours)
    others = [m for m in ours if m is not first]
    agreed = all(m.state is LinkState.CONFIRMED for m in ours)
    return {
        "id": story.id,
        "articles": [_address(m) for m in ours],
        "first": _address(first),
        "relation": Relation.REPRINT.value,
        "state": (LinkState.CONFIRMED if agreed else LinkState.PROPOSED).value,
        "copies": sum(m.kind is not OutletKind.AGGREGATOR for m in others),
        "aggregator_copies": sum(m.kind is OutletKind.AGGREGATOR for m in others),
    }


def _event_row(db: Database, story: Story) -> Iterator[dict[str, object]]:
    """The first publications of a story and of its follow-ups."""
    links = {link.story: link for link in story.follow_ups if link.of == story.id and link.state is not LinkState.SPLIT}
    later = [(s, ours) for s in store.load(db, list(links)) if (ours := _ours(s))]
    if not later:
        return
    begin = _first(story, _ours(story))
    told = sorted((_first(s, ours) for s, ours in later), key=lambda m: (m.moment, m.article.id))
    agreed = all(links[s.id].state is LinkState.CONFIRMED for s, _ in later)
    yield {
        "id": "e" + story.id[1:],
        "articles": [_address(m) for m in (begin, *told)],
        "first": _address(begin),
        "relation": Relation.FOLLOW_UP.value,
        "state": (LinkState.CONFIRMED if agreed else LinkState.PROPOSED).value,
        "copies": len(told),
        "aggregator_copies": 0,
    }


def _address(member: Member) -> str:
    return member.article.url or member.article.id
