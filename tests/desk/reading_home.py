"""An office for the tests of the reading pages: people with their roles, a few invented items, a restricted case."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from press_server import NOW, outlet, write_home

from monitor.config import Home
from monitor.desk import people, triage
from monitor.desk.intake import NewItem, take_in
from monitor.desk.sitting import Sitting, sitting
from monitor.jobs import reading
from monitor.jobs.cluster import place_due
from monitor.model.article import Article, Completeness, Entry, Extracted, Snapshot
from monitor.model.people import OfficeRole
from monitor.model.source import Medium
from monitor.model.tag import TagInput
from monitor.store import articles
from monitor.store.articles import Reading
from monitor.store.db import Database

TITLE = "Công nhân đình công, công đoàn cơ sở vào cuộc"
LEAD = "Sáng nay hàng trăm công nhân tại tỉnh Lào Cai ngừng việc vì bị nợ lương."
TEXT = "Liên đoàn Lao động tỉnh Lào Cai cử cán bộ xuống nhà máy.\nCông nhân đòi công ty trả lương tháng trước."
LINK = "http://tin24.test/bai-viet-10001.html"


def make_home(root: Path, *sources: str) -> Home:
    """Persons u1 (all rights), u2 Lan (press), u3 Chín (unit), u4 Trưởng (leader)."""
    home = write_home(root, outlet("tin24", *(sources or ("{feed: http://tin24.test/rss}",))))
    with sitting(home) as s:
        for name, role in (("Lan", OfficeRole.PRESS), ("Chín", OfficeRole.UNIT), ("Trưởng", OfficeRole.LEADER)):
            people.add_person(s.db, s.actor, name, (role,), login=name.lower(), now=s.now)
    return home


@contextmanager
def at_desk(home: Home, by: str = "Lan") -> Iterator[Sitting]:
    with sitting(home, by) as made:
        yield made


def announced(home: Home, db: Database, url: str, *, outlet: str = "tin24", title: str = TITLE) -> str:
    """Announces an item as its source would, and returns its id."""
    entry = Entry(url=url, title=title, published=NOW - timedelta(hours=3))
    with db.atomic():
        articles.announce(
            db, [entry], source="tin24/1", outlet_of=lambda _: outlet, key_of=lambda u: u.partition("://")[2],
            tagged=lambda e: reading.read_item(TagInput(title=e.title), home.rules, None), now=NOW - timedelta(hours=2),
        )  # fmt: skip
    return articles.article_id(url.partition("://")[2])


def page_read(
    home: Home, db: Database, ident: str, *, title: str = TITLE, lead: str = LEAD, text: str = TEXT,
    at: datetime = NOW - timedelta(hours=1), html: bytes = b"<p>Trang</p>", url: str = LINK,
) -> str:  # fmt: skip
    """Stores a reading of its page; returns the hash of the snapshot."""
    tagging = reading.read_item(TagInput(title=title, summary=lead, body=text), home.rules, None)
    digest = f"{abs(hash(html)):064x}"[-64:]
    articles.read(
        db, ident,
        Reading(
            extracted=Extracted(url=url, title=title, lead=lead, text=text), tagging=tagging, fetched=at,
            page_hash=digest,
            snapshot=Snapshot(
                url=url, fetched=at, sha256=digest, headers=(("Content-Type", "text/html; charset=utf-8"),), body=html
            ),
        ),
    )  # fmt: skip
    return digest


def article_of(home: Home, db: Database, **more: Any) -> str:
    """An item that was announced and read, in its story."""
    ident = announced(home, db, LINK)
    page_read(home, db, ident, **more)
    place_due(db)
    return ident


def typed(s: Sitting, **more: Any) -> str:
    base = NewItem(
        medium=Medium.DAILY_PRINT, outlet="tin24", at=NOW - timedelta(hours=5), hour=False, page="3",
        title="Quỹ công đoàn chi sai mục đích", text="Đơn tố cáo nêu việc chi quỹ công đoàn ở một doanh nghiệp.",
    )  # fmt: skip
    return take_in(s, replace(base, **more)).article.id


def restricted(s: Sitting, *items: str) -> str:
    """A case that only who opens it may see (a leader)."""
    return triage.open_case(s, items, triage.Opening(title="Vụ việc kín", allowed=())).id


def imported(db: Database, home: Home, url: str, outlet_: str, **words: Any) -> str:
    """A print of the same text elsewhere."""
    key = url.partition("://")[2]
    item = TagInput(title=words.get("title", TITLE), summary=LEAD, body=words.get("text", TEXT))
    article = Article(
        id=articles.article_id(key), url=url, outlet=outlet_, title=item.title, lead=item.summary, text=item.body,
        published=words.get("at", NOW - timedelta(hours=1)), found=NOW, completeness=Completeness.IMPORTED,
        tagging=reading.read_item(item, home.rules, None),
    )  # fmt: skip
    with db.atomic():
        articles.put_imported(db, article, key)
    place_due(db)
    return article.id
