"""What the tests of inbox, search and overview are made of: a real database, filled by the stores' own functions."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.config import Home
from monitor.desk.sitting import Sitting
from monitor.model.article import Article, Completeness
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.model.source import Level, Outlet, OutletKind
from monitor.model.story import LinkState
from monitor.model.tag import Evidence, PlaceTag, Relevance, Tagging, Tone, TopicTag
from monitor.store import articles, people, sources, stories
from monitor.store.addresses import article_id
from monitor.store.db import Database

NOW = datetime(2026, 11, 21, 1, tzinfo=UTC)
LEADER = Person(id="u1", name="Trưởng", roles=tuple(OfficeRole))
PRESS = Person(id="u2", name="Báo", roles=(OfficeRole.PRESS,))
WARD = Person(id="u3", name="Chín", roles=(OfficeRole.UNIT, OfficeRole.PRESS), unit="bacha")
OUTLETS = ("bao-mot", "bao-hai", "bao-ba")


def office(db: Database) -> None:
    with db.atomic():
        people.put_unit(db, Unit(id="ld", name="LĐLĐ tỉnh", kind=UnitKind.FEDERATION))
        people.put_unit(db, Unit(id="bacha", name="Công đoàn xã Bắc Hà", kind=UnitKind.WARD, parent="ld"))
        for person in (LEADER, PRESS, WARD):
            people.put(db, person)
    sources.remember_outlets(
        db, [Outlet(id=o, name=o.title(), kind=OutletKind.PRESS, level=Level.CENTRAL) for o in OUTLETS]
    )


def sits(root: Path, db: Database, who: Person = LEADER, now: datetime = NOW) -> Sitting:
    return Sitting(home=Home(root=root), db=db, actor=who, now=now)


def tagging(
    relevance: Relevance = Relevance.UNION,
    *,
    topics: Iterable[str] = (),
    places: Iterable[str] = (),
    tone: Tone | None = Tone.NEU,
    attention: bool = False,
) -> Tagging:
    return Tagging(
        relevance=relevance,
        topics=tuple(TopicTag(id=topic, score=1.0, evidence=()) for topic in topics),
        places=tuple(PlaceTag(name=place, present=place) for place in places),
        tone=tone if relevance is Relevance.UNION else None,
        attention=attention,
        attention_evidence=(Evidence(rule="attention.x", text="ngừng việc"),) if attention else (),
    )


def ident(n: int) -> str:
    return article_id(f"bao.example/{n}")


def put(
    db: Database,
    n: int,
    *,
    title: str = "",
    text: str = "",
    outlet: str = "bao-mot",
    at: datetime | None = None,
    read: Tagging | None = None,
    story: int | None = None,
) -> str:
    """An item by number; ``story`` is the number of the item whose story it belongs to."""
    at = at or NOW - timedelta(hours=n)
    made = Article(
        id=ident(n), url=f"http://{outlet}.example/{n}.html", outlet=outlet, title=title or f"Tin số {n}", lead="",
        text=text, published=at, found=at, completeness=Completeness.IMPORTED, tagging=read or tagging(),
    )  # fmt: skip
    with db.atomic():
        articles.put_imported(db, made, f"{outlet}.example/{n}")
        if story is not None:
            tale = "s" + ident(story)[1:]
            if story == n:
                tale = stories.found(db, made.id, at)
            stories.put(db, made.id, tale, state=LinkState.PROPOSED, by="", evidence=None, now=at)
    return made.id


def tale(n: int) -> str:
    return "s" + ident(n)[1:]


def random_press(db: Database, rng: random.Random, many: int) -> None:
    """Items of every kind over forty days; some in stories, some stories merged."""
    heads: list[int] = []
    for n in range(1, many + 1):
        read = tagging(
            rng.choice(list(Relevance)),
            topics=rng.sample(["T01", "T06", "T20"], rng.randint(0, 2)),
            places=rng.sample(["Lào Cai", "Yên Bái", "Cần Thơ"], rng.randint(0, 2)),
            tone=rng.choice([None, *Tone]),
            attention=rng.random() < 0.2,
        )
        if read.relevance is Relevance.NONE:
            read = replace(read, topics=(), places=(), attention=False, attention_evidence=())
        alone = rng.random() < 0.4
        story = None if alone else rng.choice(heads) if heads and rng.random() < 0.5 else n
        if story == n:
            heads.append(n)
        at = NOW - timedelta(hours=rng.randint(0, 24 * 40), minutes=n)
        put(db, n, outlet=rng.choice(OUTLETS), at=at, read=read, story=story)
    for _ in range(len(heads) // 6):
        into, other = rng.sample(heads, 2)
        with db.atomic():
            stories.merge(db, tale(into), tale(other))
        heads.remove(other)
