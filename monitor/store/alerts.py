"""Alerts as rows, the items each one told of, and what a round looks at, along indexes alone.

What is still to be told is no queue: it is every item of the last hours that wants attention and of which no alert has
told. So an item whose reading changed is found like a new one, and an old one never is.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import msgspec
from sqlite_utils import Database

from monitor.clock import iso_utc
from monitor.errors import UsageError
from monitor.model.alert import Alert, AlertState
from monitor.model.tag import Relevance

_encode = msgspec.json.encode
_decode = msgspec.json.Decoder(Alert).decode
_OPEN = (AlertState.WAITING, AlertState.TOLD, AlertState.KEPT)
_MOST_UNSEEN = 100
_PLACED = """NOT EXISTS (SELECT 1 FROM story_due d WHERE d.article = f.id)
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.n = f.n AND a.completeness = 'imported' AND a.published IS NULL)"""
"""It stands in its story; and it is no part of an archive of which nobody knows when it came out."""
_LATEST = "n > (SELECT max(n) FROM alerts) - 500"
"""Where only the last hours or days matter, along the primary key."""
_STORIES = """WITH RECURSIVE event (story, far) AS (
    SELECT value, 0 FROM json_each(?)
    UNION SELECT l."of", far + 1 FROM event e JOIN story_follow_ups l ON l.story = e.story
        WHERE l.state <> 'split' AND far < ?
    UNION SELECT l.story, far + 1 FROM event e JOIN story_follow_ups l ON l."of" = e.story
        WHERE l.state <> 'split' AND far < ?
)"""
_FAR = 2
"""Links from a story to another of its event: both go on with the one that told it first."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """A print as a round sees it; ``subject`` is its story, or itself where it is in none."""

    n: int
    id: str
    at: str
    day: str
    subject: str
    relevance: str


def fresh(db: Database, since: datetime, relevances: Iterable[Relevance]) -> list[Item]:
    """What came out since then, wants attention and was told of by no alert; the earliest first."""
    sql = f"""SELECT f.n, f.id, f.at, f.day, f.subject, f.relevance
        FROM article_facts f INDEXED BY article_facts_relevance
        WHERE f.relevance = ? AND f.at >= ? AND f.attention = 1 AND NOT EXISTS (
            SELECT 1 FROM alert_items i JOIN alerts k ON k.id = i.alert AND k.kind = 'attention' WHERE i.article = f.id
        ) AND {_PLACED}"""
    return _items(db, sql, relevances, [iso_utc(since)])


def of_days(db: Database, first: date, last: date, relevances: Iterable[Relevance]) -> list[Item]:
    """All that came out on these local days, the earliest first."""
    # A day's bounds by the office's clock, without asking every row for its day.
    start, end = (iso_utc(datetime.fromisoformat(f"{day}T00:00:00+07:00")) for day in (first, last + timedelta(days=1)))
    sql = f"""SELECT f.n, f.id, f.at, f.day, f.subject, f.relevance
        FROM article_facts f INDEXED BY article_facts_relevance
        WHERE f.relevance = ? AND f.at >= ? AND f.at < ? AND {_PLACED}"""
    return _items(db, sql, relevances, [start, end])


def _items(db: Database, sql: str, relevances: Iterable[Relevance], values: Sequence[str]) -> list[Item]:
    rows = [row for one in relevances for row in db.execute(sql, [one.value, *values])]
    found = [Item(n=n, id=i, at=at, day=day, subject=subject, relevance=rel) for n, i, at, day, subject, rel in rows]
    return sorted(found, key=lambda one: (one.at, one.n))


def naming_place(db: Database, items: Sequence[Item], place: str) -> set[str]:
    """Those of these items that concern this province."""
    rows = db.execute(
        "SELECT f.id FROM json_each(?) j JOIN article_places p ON p.n = j.value AND p.place = ? "
        "JOIN article_facts f ON f.n = p.n",
        [json.dumps([one.n for one in items]), place],
    )
    return {ident for (ident,) in rows}


def topics_of(db: Database, items: Sequence[Item]) -> list[tuple[str, int]]:
    """(topic, number of the item) of these items."""
    rows = db.execute(
        "SELECT t.topic, t.n FROM json_each(?) j JOIN article_topics t ON t.n = j.value",
        [json.dumps([one.n for one in items])],
    )
    return list(rows.fetchall())


def bodies_of(db: Database, idents: Iterable[str]) -> list[tuple[str, str]]:
    """(article, name) of the union bodies that these articles are about, and not only in passing."""
    rows = db.execute(
        "SELECT t.article, t.value FROM json_each(?) j JOIN tags t ON t.article = j.value AND t.kind = 'organisation' "
        "WHERE json_extract(t.evidence, '$.role') <> 'passing'",
        [json.dumps(list(idents))],
    )
    return list(rows.fetchall())


def of_event(db: Database, stories: Iterable[str], *, linked: bool) -> list[Alert]:
    """The alerts of these stories, the oldest first; if ``linked``, of the event that they belong to by links that
    nobody has split."""
    far = _FAR if linked else 0
    rows = db.execute(
        f"""{_STORIES} SELECT DISTINCT k.n, k.doc FROM event e
        CROSS JOIN article_facts f ON f.subject = e.story CROSS JOIN alert_items i ON i.article = f.id
        CROSS JOIN alerts k ON k.id = i.alert AND k.kind = 'attention' ORDER BY k.n""",
        [json.dumps(list(stories)), far, far],
    )
    return [_decode(doc) for _, doc in rows]


def add(db: Database, alert: Alert) -> Alert:
    """Stores a new alert, within the caller's transaction, and returns it with its id."""
    (last,) = db.execute("SELECT COALESCE(max(n), 0) FROM alerts").fetchone()
    made = replace(alert, id=f"cb{last + 1}")
    db.execute(
        "INSERT INTO alerts (n, id, key, kind, state, made, changed, doc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            last + 1, made.id, made.key, made.kind.value, made.state.value, iso_utc(made.made), iso_utc(made.made),
            _encode(made),
        ],
    )  # fmt: skip
    return made


def put(db: Database, alert: Alert, now: datetime) -> None:
    """Stores an alert as it is now, within the caller's transaction."""
    db.execute(
        "UPDATE alerts SET state = ?, changed = ?, doc = ? WHERE id = ?",
        [alert.state.value, iso_utc(now), _encode(alert), alert.id],
    )


def remove(db: Database, alert: Alert) -> None:
    """Takes away an alert that was never told, within the caller's transaction."""
    db.execute("DELETE FROM alert_items WHERE alert = ?", [alert.id])
    db.execute("DELETE FROM alerts WHERE id = ?", [alert.id])


def add_items(db: Database, alert: str, articles: Iterable[str], now: datetime) -> None:
    """Adds items to an alert, within the caller's transaction."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO alert_items (alert, article, at) VALUES (?, ?, ?)",
        [(alert, article, iso_utc(now)) for article in articles],
    )


def absorb(db: Database, into: str, other: Alert) -> None:
    """Gives the items of an alert that was never told to the one of the same event, within the caller's
    transaction."""
    db.execute("UPDATE OR IGNORE alert_items SET alert = ? WHERE alert = ?", [into, other.id])
    remove(db, other)


def get(db: Database, ident: str) -> Alert:
    """The alert of this id. Raises UsageError where there is none."""
    row = db.execute("SELECT doc FROM alerts WHERE id = ?", [ident.strip().lower()]).fetchone()
    if row is None:
        raise UsageError("alert_unknown", value=ident[:40])
    return _decode(row[0])


def by_key(db: Database, keys: Iterable[str]) -> dict[str, Alert]:
    """The alerts of these keys, by key."""
    rows = db.execute(
        "SELECT k.key, k.doc FROM json_each(?) j JOIN alerts k ON k.key = j.value", [json.dumps(list(keys))]
    )
    return {key: _decode(doc) for key, doc in rows}


def waiting(db: Database) -> list[Alert]:
    """What has not been told yet, the oldest first."""
    rows = db.execute("SELECT doc FROM alerts WHERE state = ? ORDER BY n", [AlertState.WAITING.value])
    return [_decode(doc) for (doc,) in rows]


def batches(db: Database, since: datetime, until: datetime) -> set[str]:
    """The rounds that told something since then; what a clock that ran ahead told ``until`` now counts not at all."""
    rows = db.execute(f"SELECT doc FROM alerts WHERE {_LATEST} AND changed > ?", [iso_utc(since)])
    found = [_decode(doc) for (doc,) in rows]
    return {one.batch for one in found if one.told and since < one.told <= until}


def of_batch(db: Database, batch: str) -> list[str]:
    """The ids of the alerts that the round of this name told: that of its first alert, the others came after it."""
    rows = db.execute(
        "SELECT id FROM alerts WHERE n >= COALESCE((SELECT n FROM alerts WHERE id = ?), 0) "
        "AND json_extract(CAST(doc AS TEXT), '$.batch') = ? ORDER BY n",
        [batch, batch],
    )
    return [ident for (ident,) in rows]


def listed(db: Database, *, since: datetime | None = None, most: int = 20_000) -> list[Alert]:
    """The alerts made since then, the latest first."""
    rows = db.execute(
        "SELECT doc FROM alerts WHERE made >= ? ORDER BY n DESC LIMIT ?", [iso_utc(since) if since else "", most]
    )
    return [_decode(doc) for (doc,) in rows]


def unseen(db: Database) -> list[Alert]:
    """The latest that nobody has marked as seen, a hundred at most."""
    marks = ",".join("?" * len(_OPEN))
    rows = db.execute(
        f"SELECT doc FROM alerts WHERE {_LATEST} AND state IN ({marks}) "
        "AND json_extract(CAST(doc AS TEXT), '$.seen') IS NULL ORDER BY n DESC LIMIT ?",
        [*(state.value for state in _OPEN), _MOST_UNSEEN],
    )
    return [_decode(doc) for (doc,) in rows]


def articles_of(db: Database, alerts: Iterable[str]) -> dict[str, list[str]]:
    """The items of each of these alerts that are still in the archive, the earliest first."""
    found: dict[str, list[str]] = {}
    for alert, article in db.execute(
        "SELECT i.alert, i.article FROM json_each(?) j JOIN alert_items i ON i.alert = j.value "
        "JOIN article_facts f ON f.id = i.article ORDER BY f.at, f.n",
        [json.dumps(list(alerts))],
    ):
        found.setdefault(alert, []).append(article)
    return found


def subjects_of(db: Database, articles: Collection[str]) -> dict[str, tuple[str, bool]]:
    """The story of each of these items, or the item itself, and whether it wants attention now."""
    rows = db.execute(
        "SELECT f.id, f.subject, f.attention FROM json_each(?) j JOIN article_facts f ON f.id = j.value",
        [json.dumps(list(articles))],
    )
    return {ident: (subject, bool(attention)) for ident, subject, attention in rows}


def restricted(db: Database) -> frozenset[str]:
    """The articles, with all prints of their stories, that belong only to restricted cases; opened by mistake none
    counts."""
    rows = db.execute(
        """WITH hiding (article) AS (
            SELECT c.article FROM cases k JOIN case_articles c ON c.case_id = k.id
            WHERE k.restricted = 1 AND k.closing IS NOT 'mistaken'
        ), beside (article) AS (
            SELECT article FROM hiding
            UNION SELECT o.article FROM hiding h JOIN story_members m ON m.article = h.article
            JOIN story_members o ON o.story = m.story
        )
        SELECT b.article FROM beside b WHERE NOT EXISTS (
            SELECT 1 FROM case_articles c JOIN cases k ON k.id = c.case_id
            WHERE c.article = b.article AND k.restricted = 0 AND k.closing IS NOT 'mistaken'
        )"""
    )
    return frozenset(article for (article,) in rows)
