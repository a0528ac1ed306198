"""Invented items in a real database, and people of every role, for the tests of editions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from press_server import outlet, write_home

from monitor.config import Home, load_sources
from monitor.desk import people
from monitor.desk.sitting import Sitting, sitting
from monitor.model.article import Article, Completeness, Extracted
from monitor.model.edition import Edition
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.model.tag import Evidence, PlaceTag, Relevance, Tagging, Tone, TopicTag
from monitor.store import articles, sources
from monitor.store.db import Database

HOUR = timedelta(hours=1)
_WORDS = "một hai ba bốn năm sáu bảy tám chín mười xưởng ca lương thưởng nhà trọ đoàn viên hội nghị tặng quà"
WORDS = tuple(_WORDS.split())


def office(root: Path, digest: str = "") -> Home:
    """A working folder with two outlets and a page on a social network; ``digest`` is a section of its settings."""
    return write_home(
        root,
        outlet("suoi", "{feed: http://suoi.test/rss}")
        + outlet("nui", "{feed: http://nui.test/rss}")
        + "  - id: phuong\n    name: Trang Phường\n    kind: social\n    level: provincial\n    sources:\n"
        "      - feed: http://phuong.test/rss\n        medium: social_channel\n",
        crawl=digest,
    )


@contextmanager
def seated(home: Home) -> Iterator[Sitting]:
    """A sitting over the folder, whose outlets the database knows."""
    with sitting(home) as made:
        with made.db.atomic():
            sources.remember_outlets(made.db, load_sources(home.sources_file).outlets)
        yield made


def reading(*, attention: bool = False, tone: Tone = Tone.NEU, place: str = "Lào Cai", topic: str = "T02") -> Tagging:
    """A reading of an item about unions."""
    return Tagging(
        relevance=Relevance.UNION,
        topics=(TopicTag(id=topic, score=1.0, evidence=()),),
        places=(PlaceTag(name=place, present=place),) if place else (),
        tone=tone,
        attention=attention,
        attention_evidence=(Evidence(rule="r", text="ngừng việc"),) if attention else (),
    )


def text_of(n: int) -> str:
    """A text that no other number has."""
    return " ".join(f"{WORDS[(n * 7 + k * k) % len(WORDS)]}{n}" for k in range(60)).capitalize() + "."


def put(
    db: Database,
    n: int,
    at: datetime,
    *,
    outlet: str = "suoi",
    title: str = "",
    tagging: Tagging | None = None,
    same: int | None = None,
    found: datetime | None = None,
) -> str:
    """An item published at ``at``; ``same`` is the number of the item whose text it reprints. Returns its id."""
    url = f"http://{outlet}.test/{n}.html"
    item = Article(
        id=f"x{n:04d}",
        url=url,
        outlet=outlet,
        title=title or f"Chuyện {text_of(n)[:40]}",
        text=text_of(n if same is None else same),
        published=at,
        found=found or at,
        completeness=Completeness.IMPORTED,
        tagging=tagging or reading(),
    )
    with db.atomic():
        articles.put_imported(db, item, url)
    return item.id


def page(db: Database, ident: str, at: datetime, *, text: str, title: str = "") -> None:
    """The page was read at ``at`` and said this; a second reading with other words makes a revision."""
    found = Extracted(url="", title=title, text=text)
    have = articles.by_ids(db, [ident])[0].tagging
    assert have
    articles.read(db, ident, articles.Reading(extracted=found, tagging=have, fetched=at, page_hash=text[:8]))


def staffed(s: Sitting) -> dict[str, Person]:
    """A person of every role, one of each in a unit; the first person (every right) is under "all"."""
    people.put_unit(s.db, s.actor, Unit(id="bacha", name="CĐ Bắc Hà", kind=UnitKind.WARD), now=s.now)
    made = {"all": s.actor}
    for role in OfficeRole:
        for unit in ("", "bacha"):
            name = f"{role.value}{'-' + unit if unit else ''}"
            made[name] = people.add_person(s.db, s.actor, name, (role,), unit=unit, login=name, now=s.now)
    return made


def sit(s: Sitting, who: Person, *, now: datetime | None = None, expected: int | None = None) -> Sitting:
    """Another person's sitting on the same database."""
    return replace(s, actor=who, now=now or s.now, expected=expected, _left={})


def ids(edition: Edition, *, dropped: bool = True) -> list[str]:
    """The articles that stand for its items, in order."""
    return [item.article for item in edition.items if dropped or not item.dropped]


def one_story(db: Database, story: str, *articles: str) -> None:
    """These are prints of one story."""
    with db.atomic():
        db.execute("INSERT OR IGNORE INTO stories (id, first, made) VALUES (?, ?, '2026')", [story, articles[0]])
        for ident in articles:
            db.execute(
                "INSERT INTO story_members (article, story, state, \"by\", at) VALUES (?, ?, 'proposed', '', '2026')",
                [ident, story],
            )
