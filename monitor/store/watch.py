"""Pages looked at again: why, when next, what the looks saw. What is due is data, so a restart loses nothing."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.article import Snapshot
from monitor.model.fetch import Status
from monitor.model.watch import LookOutcome, LookRow, PageState, Pending, Watched, WatchReason
from monitor.store import snapshots

_ROWS = (
    'SELECT p.*, r.reason, r."case", r.since, r.until, r.closed, r.due FROM watch_pages p '
    "JOIN watch_reasons r ON r.page = p.id "
)
_HOLDS = "(r.until IS NULL OR r.until > :now) AND (r.closed IS NULL OR r.closed > :closed) "
# A case before a story, so that the page is looked at as often as its strongest reason wants.
_STRONGEST = "ORDER BY CASE r.reason WHEN 'open_case' THEN 0 ELSE 1 END, p.next, p.id, r.due IS NULL, r.due"


def add(
    db: Database,
    articles: Iterable[str],
    *,
    reason: WatchReason,
    now: datetime,
    first: datetime,
    case: str = "",
    until: datetime | None = None,
) -> list[int]:
    """Watches the pages of these articles, within the caller's transaction; returns the ids of the pages.

    Articles without an address are left out. The first comparison is with the latest snapshot we have. A page that is
    watched already is looked at no later than ``first``; a closed case that is watched again is open again.
    """
    pages: list[int] = []
    for article in articles:
        row = db.execute("SELECT url, outlet FROM articles WHERE id = ? AND url IS NOT NULL", [article]).fetchone()
        if row is None:
            continue
        db.execute(
            "INSERT INTO watch_pages (article, url, outlet, next, state, base) VALUES (?, ?, ?, ?, ?, COALESCE("
            "(SELECT sha256 FROM snapshots WHERE article = ? ORDER BY fetched DESC, id DESC LIMIT 1), '')) "
            "ON CONFLICT (article) DO UPDATE SET next = MIN(COALESCE(next, excluded.next), excluded.next)",
            [article, row[0], row[1], iso_utc(first), PageState.UNSEEN.value, article],
        )
        page = int(db.execute("SELECT id FROM watch_pages WHERE article = ?", [article]).fetchone()[0])
        db.execute(
            'INSERT INTO watch_reasons (page, reason, "case", since, until) VALUES (?, ?, ?, ?, ?) '
            'ON CONFLICT (page, reason, "case") DO UPDATE SET until = excluded.until, closed = NULL',
            [page, reason.value, case, iso_utc(now), iso_utc(until) if until else None],
        )
        pages.append(page)
    return pages


def homeless(db: Database) -> list[tuple[int, str]]:
    """(page, address) of the pages whose article was joined with another one since."""
    rows = db.execute(
        "SELECT id, url FROM watch_pages WHERE next IS NOT NULL AND article NOT IN (SELECT id FROM articles)"
    ).fetchall()
    return [(int(page), url) for page, url in rows]


def rehome(db: Database, page: int, article: str) -> None:
    """Lets a page be that of another article, within the caller's transaction.

    Where that one is watched already, its page takes over the reasons; what was found stays with the old one.
    """
    taken = db.execute("SELECT id FROM watch_pages WHERE article = ?", [article]).fetchone()
    if taken is None:
        db.execute("UPDATE watch_pages SET article = ? WHERE id = ?", [article, page])
        return
    db.execute(
        'INSERT OR IGNORE INTO watch_reasons (page, reason, "case", since, until, closed, due) '
        'SELECT ?, reason, "case", since, until, closed, due FROM watch_reasons WHERE page = ?',
        [taken[0], page],
    )
    db.execute("UPDATE watch_pages SET next = NULL WHERE id = ?", [page])
    db.execute("DELETE FROM watch_reasons WHERE page = ?", [page])


def close_case(db: Database, case: str, now: datetime) -> None:
    """Notes that a case is closed: its pages are looked at for some days more, within the caller's transaction."""
    db.execute(
        'UPDATE watch_reasons SET closed = COALESCE(closed, ?), due = NULL WHERE reason = ? AND "case" = ?',
        [iso_utc(now), WatchReason.OPEN_CASE.value, case],
    )


def drop(db: Database, case: str, articles: Iterable[str]) -> None:
    """Ends a case's reason to watch these articles' pages, within the caller's transaction."""
    db.conn.executemany(
        'DELETE FROM watch_reasons WHERE reason = ? AND "case" = ? AND page IN '
        "(SELECT id FROM watch_pages WHERE article = ?)",
        [(WatchReason.OPEN_CASE.value, case, article) for article in articles],
    )


def reasons(db: Database, pages: Iterable[int], now: datetime, *, days_after_case: int) -> dict[int, set[str]]:
    """For each of these pages what it is watched for: the ids of cases, and an empty one for a union story."""
    wanted = set(pages)
    rows = db.execute(
        'SELECT r.page, r."case" FROM watch_reasons r WHERE ' + _HOLDS, _holds_at(now, days_after_case)
    ).fetchall()
    found: dict[int, set[str]] = {}
    for page, case in rows:
        if page in wanted:
            found.setdefault(int(page), set()).add(case)
    return found


def set_due(db: Database, case: str, due: datetime | None, first: datetime | None) -> None:
    """Names the next due date of a case (None: none) and until when its pages are looked at the next time.

    Within the caller's transaction. A wide step taken before the date was known must not lead past it.
    """
    of_this = 'reason = ? AND "case" = ?'
    values = [WatchReason.OPEN_CASE.value, case]
    db.execute(f"UPDATE watch_reasons SET due = ? WHERE {of_this}", [iso_utc(due) if due else None, *values])
    if first:
        db.execute(
            "UPDATE watch_pages SET next = MIN(next, ?) "
            f"WHERE id IN (SELECT page FROM watch_reasons WHERE {of_this} AND closed IS NULL)",
            [iso_utc(first), *values],
        )


def union_articles(db: Database, *, since: datetime, kinds: frozenset[str]) -> list[str]:
    """Union articles published (or found) after ``since`` with an address: with "attention", tone "neg", or "all"."""
    wanted = {"attention": "attention = 1", "neg": "tone = 'neg'", "all": "1"}
    where = " OR ".join(wanted[kind] for kind in sorted(kinds)) or "0"
    rows = db.execute(
        "SELECT id FROM articles WHERE relevance = 'union' AND url IS NOT NULL AND "
        f"COALESCE(published, found) > ? AND ({where}) ORDER BY n",
        [iso_utc(since)],
    ).fetchall()
    return [ident for (ident,) in rows]


def watched_as(db: Database, articles: Iterable[str], reason: WatchReason) -> set[str]:
    """Those of the articles that are, or were, watched for this reason."""
    rows = db.execute(
        "SELECT p.article FROM watch_pages p JOIN watch_reasons r ON r.page = p.id WHERE r.reason = ?", [reason.value]
    ).fetchall()
    return {article for (article,) in rows} & set(articles)


def due(db: Database, now: datetime, *, days_after_case: int, only_due: bool = True) -> list[Watched]:
    """The pages to look at now, each once with its strongest reason; all that are watched without ``only_due``."""
    where = "WHERE " + _HOLDS + ("AND p.next <= :now " if only_due else "")
    found: dict[int, Watched] = {}
    for row in db.query(_ROWS + where + _STRONGEST, _holds_at(now, days_after_case)):
        found.setdefault(row["id"], _watched(row))
    return list(found.values())


def again(db: Database, page: int, now: datetime, *, days_after_case: int) -> Watched | None:
    """A page as ``due`` has it, read once more; None where nothing waits for it any more."""
    rows = db.query(
        _ROWS + "WHERE " + _HOLDS + "AND p.id = :page " + _STRONGEST, _holds_at(now, days_after_case) | {"page": page}
    )
    return next((_watched(row) for row in rows), None)


def _holds_at(now: datetime, days_after_case: int) -> dict[str, str | int]:
    return {"now": iso_utc(now), "closed": iso_utc(now - timedelta(days=days_after_case))}


def of_case(db: Database, case: str) -> list[Watched]:
    """The pages of a case, however long ago it was closed."""
    rows = db.query(_ROWS + 'WHERE r.reason = ? AND r."case" = ? ORDER BY p.id', [WatchReason.OPEN_CASE.value, case])
    return [_watched(row) for row in rows]


def of_page(db: Database, page: int) -> Watched | None:
    """One page as it stands now, with its strongest reason, whether it still holds or not."""
    return next((_watched(row) for row in db.query(_ROWS + "WHERE p.id = ? " + _STRONGEST, [page])), None)


def _watched(row: dict[str, str]) -> Watched:
    return Watched(
        id=int(row["id"]),
        article=row["article"],
        url=row["url"],
        outlet=row["outlet"],
        reason=WatchReason(row["reason"]),
        case=row["case"],
        since=datetime.fromisoformat(row["since"]),
        until=from_iso(row["until"]),
        closed=from_iso(row["closed"]),
        due=from_iso(row["due"]),
        next=from_iso(row["next"]),
        looks=int(row["looks"]),
        looked=from_iso(row["looked"]),
        step=int(row["step"]),
        failures=int(row["failures"]),
        state=PageState(row["state"]),
        status=Status(row["status"]) if row["status"] else None,
        detail=row["detail"],
        base=row["base"],
        digest=row["digest"],
        pending=msgspec.json.decode(row["pending"], type=Pending),
    )


def looked(db: Database, page: Watched, look: LookRow) -> None:
    """Stores a look and what is known of the page after it, within the caller's transaction."""
    db.execute(
        "INSERT INTO watch_looks (page, at, status, outcome, code, detail, final_url, sha256, digest) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            page.id, iso_utc(look.at), look.status.value, look.outcome.value, look.code, look.detail, look.final_url,
            look.sha256, look.digest,
        ],
    )  # fmt: skip
    db.execute(
        "UPDATE watch_pages SET next = ?, looks = looks + 1, looked = ?, step = ?, failures = ?, state = ?, "
        "status = ?, detail = ?, base = ?, digest = ?, pending = ? WHERE id = ?",
        [
            iso_utc(page.next) if page.next else None, iso_utc(look.at), page.step, page.failures, page.state.value,
            look.status.value, look.detail, page.base, page.digest, msgspec.json.encode(page.pending).decode(), page.id,
        ],
    )  # fmt: skip


def looks(db: Database, page: int) -> list[LookRow]:
    """All looks at a page, oldest first."""
    rows = db.query("SELECT * FROM watch_looks WHERE page = ? ORDER BY id", [page])
    return [
        LookRow(
            watched=row["page"],
            at=datetime.fromisoformat(row["at"]),
            status=Status(row["status"]),
            outcome=LookOutcome(row["outcome"]),
            code=row["code"],
            detail=row["detail"],
            final_url=row["final_url"],
            sha256=row["sha256"],
            digest=row["digest"],
        )
        for row in rows
    ]


def snapshot(db: Database, article: str, sha256: str) -> Snapshot | None:
    """The kept bytes of an article's page with this hash."""
    row = db.execute(
        "SELECT url, fetched, headers, body FROM snapshots WHERE article = ? AND sha256 = ?", [article, sha256]
    ).fetchone()
    if row is None:
        return None
    headers = tuple((str(k), str(v)) for k, v in json.loads(zlib.decompress(row[2])))
    at = datetime.fromisoformat(row[1])
    return Snapshot(url=row[0], fetched=at, sha256=sha256, headers=headers, body=zlib.decompress(row[3]))


def keep(db: Database, article: str, taken: Snapshot) -> bool:
    """Keeps a snapshot as evidence, within the caller's transaction; False where the article's row is gone."""
    if db.execute("SELECT 1 FROM articles WHERE id = ?", [article]).fetchone() is None:
        return False
    snapshots.put(db, article, taken)
    return True
