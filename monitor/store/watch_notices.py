"""Pages on which outlets publish corrections, and the notices found there: each item is opened once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.fetch import Status


@dataclass(frozen=True, kw_only=True)
class NoticePage:
    """An outlet's page for corrections: when it is due, how it answered last."""

    outlet: str
    url: str
    next: datetime | None = None
    checked: datetime | None = None
    status: Status | None = None
    detail: str = ""
    failures: int = 0


@dataclass(frozen=True, kw_only=True)
class KeptNotice:
    """A notice as it was found; ``id`` 0 before it is stored, ``mark`` empty for an item that was none."""

    outlet: str
    url: str
    found: datetime
    title: str = ""
    lines: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    mark: str = ""
    published: datetime | None = None
    id: int = 0


def add_page(db: Database, outlet: str, url: str, now: datetime, *, most: int = 100) -> None:
    """Knows a page for corrections from now on, within the caller's transaction; at most ``most`` an outlet."""
    db.execute(
        "INSERT OR IGNORE INTO watch_notice_pages (outlet, url, found, next) SELECT ?, ?, ?, ? "
        "WHERE (SELECT COUNT(*) FROM watch_notice_pages WHERE outlet = ?) < ?",
        [outlet, url, iso_utc(now), iso_utc(now), outlet, most],
    )


def pages(db: Database, outlets: Iterable[str], now: datetime, *, only_due: bool = True) -> list[NoticePage]:
    """The pages for corrections of these outlets that are due."""
    wanted = set(outlets)
    rows = db.query("SELECT * FROM watch_notice_pages ORDER BY outlet, found, url")
    found = [
        NoticePage(
            outlet=row["outlet"],
            url=row["url"],
            next=from_iso(row["next"]),
            checked=from_iso(row["checked"]),
            status=Status(row["status"]) if row["status"] else None,
            detail=row["detail"],
            failures=row["failures"],
        )
        for row in rows
        if row["outlet"] in wanted
    ]
    return [page for page in found if not only_due or page.next is None or page.next <= now]


def checked(db: Database, page: NoticePage) -> None:
    """Stores how a page for corrections answered and when it is due again, within the caller's transaction."""
    db.execute(
        "UPDATE watch_notice_pages SET next = ?, checked = ?, status = ?, detail = ?, failures = ? "
        "WHERE outlet = ? AND url = ?",
        [
            iso_utc(page.next) if page.next else None,
            iso_utc(page.checked) if page.checked else None,
            page.status.value if page.status else None,
            page.detail,
            page.failures,
            page.outlet,
            page.url,
        ],
    )


def opened_keys(db: Database, outlet: str) -> set[str]:
    """The URL keys of the items of an outlet that were opened already."""
    rows = db.execute("SELECT url_key FROM watch_notices WHERE outlet = ?", [outlet]).fetchall()
    return {key for (key,) in rows}


def put(db: Database, notice: KeptNotice, url_key: str) -> bool:
    """Keeps a notice, or that an item was none, within the caller's transaction; False where it was known."""
    cursor = db.execute(
        "INSERT OR IGNORE INTO watch_notices (outlet, url, url_key, found, published, title, lines, links, mark) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            notice.outlet,
            notice.url,
            url_key,
            iso_utc(notice.found),
            iso_utc(notice.published) if notice.published else None,
            notice.title,
            json.dumps(notice.lines, ensure_ascii=False),
            json.dumps(notice.links, ensure_ascii=False),
            notice.mark,
        ],
    )
    return cursor.rowcount > 0


def of_outlet(db: Database, outlet: str) -> list[KeptNotice]:
    """The notices of an outlet, newest first; at most 500."""
    rows = db.query("SELECT * FROM watch_notices WHERE outlet = ? AND mark <> '' ORDER BY id DESC LIMIT 500", [outlet])
    return [
        KeptNotice(
            id=row["id"],
            outlet=row["outlet"],
            url=row["url"],
            found=datetime.fromisoformat(row["found"]),
            title=row["title"],
            lines=tuple(json.loads(row["lines"])),
            links=tuple(json.loads(row["links"])),
            mark=row["mark"],
            published=from_iso(row["published"]),
        )
        for row in rows
    ]
