"""An article as the crawl stores it, with its page; for the tests of the reading pages."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta

from desk_office import Desk

from monitor import clock
from monitor.crawl import urls
from monitor.jobs import reading
from monitor.jobs.cluster import place_due
from monitor.jobs.importing import import_archive
from monitor.model.article import Entry, Extracted, Snapshot
from monitor.model.tag import TagInput
from monitor.store import articles
from monitor.store.articles import Reading
from monitor.store.db import opened
from monitor.text import clean

LINK = "http://bao1.example/dinh-cong-1.html"
TITLE = "Công nhân đình công vì nợ lương, công đoàn vào cuộc"
TEXT = "Liên đoàn Lao động tỉnh Lào Cai cử cán bộ xuống nhà máy.\nCông nhân đòi công ty trả lương tháng trước."
PAGE = b"<body><h1>Trang</h1><a href='/x'><img src=x></a><script>alert(1)</script><p>Ch\xe1\xbb\xaf</p></body>"


def crawled(
    desk: Desk, url: str = LINK, *, title: str = TITLE, lead: str = "", text: str = TEXT, page: bytes = PAGE,
    hours: int = 1,
) -> tuple[str, str]:  # fmt: skip
    """Stores a page as read ``hours`` ago; read again it becomes a new version. Returns its id and the page's hash."""
    at = clock.now() - timedelta(hours=hours)
    tagging = reading.read_item(TagInput(title=title, summary=lead, body=text), desk.home.rules, None)
    digest = hashlib.sha256(page).hexdigest()
    with opened(desk.home.database) as db:
        with db.atomic():
            articles.announce(
                db, [Entry(url=url, title=title, published=at)], source="bao1/1", outlet_of=lambda _: "bao1",
                key_of=urls.key, tagged=lambda e: tagging, now=at,
            )  # fmt: skip
        ident = articles.article_id(urls.key(url))
        articles.read(
            db, ident,
            Reading(
                extracted=Extracted(url=url, title=title, lead=lead, text=text), tagging=tagging, fetched=at,
                page_hash=digest,
                snapshot=Snapshot(
                    url=url, fetched=at, sha256=digest, headers=(("Content-Type", "text/html; charset=utf-8"),),
                    body=page,
                ),
            ),
        )  # fmt: skip
        place_due(db)
    return ident, digest


def brought(desk: Desk, url: str, title: str, body: str = TEXT) -> str:
    """Imports one item and returns its id."""
    row = {
        "url": url, "outlet": "bao9", "title": title, "summary": "", "body": body,
        "published": clock.iso_local(clock.now() - timedelta(hours=1)),
    }  # fmt: skip
    assert not import_archive(desk.home, [json.dumps(row, ensure_ascii=False)]).bad
    return articles.article_id(urls.key(clean(url)))
