"""JSONL out, one object an article, in a stable form that other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from monitor.clock import iso_local
from monitor.config import Home
from monitor.model.article import Article
from monitor.store import articles
from monitor.store.db import opened


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
    }
