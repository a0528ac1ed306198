"""What the tests of the store are made of."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from monitor.crawl import urls
from monitor.model.article import Article, Entry, Extracted, Snapshot
from monitor.model.tag import Evidence, Mention, PlaceTag, Relevance, Tagging, Tone, TopicTag
from monitor.store import addresses, articles
from monitor.store.articles import Reading

NOW = datetime(2026, 11, 8, 1, tzinfo=UTC)
HOST = "http://tin24.test"
UNION = Tagging(relevance=Relevance.UNION)
NONE = Tagging(relevance=Relevance.NONE)


def entry(n: int, **what: Any) -> Entry:
    given: dict[str, Any] = {
        "url": f"{HOST}/bai-{n}.html",
        "title": f"Tin số {n}",
        "summary": f"Tóm tắt số {n}",
        "published": NOW - timedelta(minutes=n),
    }
    return Entry(**(given | what))


def announce(
    db: Database, *entries: Entry, source: str = "tin24/1", tagging: Tagging = UNION, now: datetime = NOW
) -> tuple[int, int]:
    with db.atomic():
        return articles.announce(
            db,
            entries,
            source=source,
            outlet_of=lambda url: source.partition("/")[0],
            key_of=urls.key,
            tagged=lambda entry: tagging,
            now=now,
        )


def reading(
    n: int, *, tagging: Tagging = UNION, keys: tuple[str, ...] = (), snapshot: bool = True, **what: Any
) -> Reading:
    given: dict[str, Any] = {
        "url": f"{HOST}/bai-{n}.html",
        "title": f"Tin số {n}",
        "lead": f"Sapo số {n}",
        "text": f"Toàn văn số {n}",
        "authors": ("An Bình",),
        "published": NOW - timedelta(minutes=n),
    }
    found = Extracted(**(given | what))
    body = f"<html>{found.title}{found.text}</html>".encode()
    digest = hashlib.sha256(body).hexdigest()
    kept = Snapshot(url=found.url, fetched=NOW, sha256=digest, headers=(("content-type", "text/html"),), body=body)
    return Reading(
        extracted=found,
        tagging=tagging,
        fetched=NOW,
        page_hash=digest,
        other_keys=keys,
        snapshot=kept if snapshot else None,
    )


def all_of(db: Database) -> list[Article]:
    return list(articles.between(db))


def only(db: Database) -> Article:
    found = all_of(db)
    assert len(found) == 1
    return found[0]


def ident(n: int) -> str:
    return addresses.article_id(urls.key(f"{HOST}/bai-{n}.html"))


FULL = Tagging(
    relevance=Relevance.UNION,
    relevance_evidence=(Evidence(rule="union.cong-doan", text="Công đoàn", weight=1.5),),
    topics=(
        TopicTag(id="T06", score=7.8, evidence=(Evidence(rule="T06.dinh-cong", text="ngừng việc", weight=2.6),)),
        TopicTag(id="T01", score=9.1, evidence=()),
    ),
    places=(
        PlaceTag(name="Yên Bái", present="Lào Cai", evidence=(Evidence(rule="places.province", text="Yên Bái"),)),
        PlaceTag(name="An Giang", present="An Giang"),
    ),
    tone=Tone.NEG,
    tone_evidence=(Evidence(rule="tone.cham", text="chậm trễ"),),
    attention=True,
    attention_evidence=(Evidence(rule="attention.dinh-cong", text="ngừng việc", weight=2.0),),
    mentions=(
        Mention(start=0, end=9, text="Công đoàn", rule="union.cong-doan"),
        Mention(start=12, end=22, text="ngừng việc", rule="T06.dinh-cong"),
    ),
)
