"""Stories as rows: who belongs to which, on whose word and why; nothing is ever lost by a merge.

A story's id is made of the id of the article that founded it. A story that was merged keeps its row and points to
the one that holds its articles now, so an old id still leads there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.source import OutletKind
from monitor.model.story import FollowUp, Likeness, LinkState, Member, Story
from monitor.store import articles


def story_id(article: str) -> str:
    """The id of the story that this article founds."""
    return "s" + article[1:]


def story_of(db: Database, idents: Iterable[str]) -> dict[str, str]:
    """The story of each of these articles; those in none are left out."""
    wanted = list(idents)
    marks = ",".join("?" * len(wanted))
    return dict(db.execute(f"SELECT article, story FROM story_members WHERE article IN ({marks})", wanted).fetchall())


def members_of(db: Database, stories: Iterable[str]) -> dict[str, frozenset[str]]:
    """The article ids of each story."""
    return {
        story: frozenset(
            i for (i,) in db.execute("SELECT article FROM story_members WHERE story = ?", [story]).fetchall()
        )
        for story in stories
    }


def found(db: Database, article: str, now: datetime) -> str:
    """A new story with this article alone (or its own old one, empty since), within the caller's transaction.

    The id is another where the article's own is taken by a story that lives on without it.
    """
    ident, number = story_id(article), 1
    while db.execute("SELECT 1 FROM story_members WHERE story = ?", [ident]).fetchone():
        number += 1
        ident = f"{story_id(article)}-{number}"
    db.execute(
        "INSERT INTO stories (id, first, made) VALUES (?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET first = excluded.first, merged_into = NULL",
        [ident, article, iso_utc(now)],
    )
    return ident


def put(
    db: Database, article: str, story: str, *, state: LinkState, by: str, evidence: Likeness | None, now: datetime
) -> None:
    """Puts an article into a story and out of its old one, within the caller's transaction."""
    db.execute(
        'INSERT INTO story_members (article, story, state, "by", at, evidence) VALUES (?, ?, ?, ?, ?, ?) '
        'ON CONFLICT (article) DO UPDATE SET story = excluded.story, state = excluded.state, "by" = excluded."by", '
        "at = CASE WHEN story = excluded.story THEN at ELSE excluded.at END, evidence = excluded.evidence",
        [article, story, state.value, by, iso_utc(now), _pack(evidence)],
    )


def leave(db: Database, article: str) -> None:
    """Takes an article out of its story, within the caller's transaction."""
    db.execute("DELETE FROM story_members WHERE article = ?", [article])


def merge(db: Database, into: str, other: str) -> None:
    """Moves a story's articles and follow-ups to another, within the caller's transaction; the old id leads there."""
    db.execute("UPDATE story_members SET story = ? WHERE story = ?", [into, other])
    db.execute("UPDATE stories SET merged_into = ? WHERE id = ? OR merged_into = ?", [into, other, other])
    db.execute("UPDATE stories SET merged_into = NULL WHERE id = ?", [into])
    db.execute("UPDATE OR IGNORE story_follow_ups SET story = ? WHERE story = ?", [into, other])
    db.execute('UPDATE OR IGNORE story_follow_ups SET "of" = ? WHERE "of" = ?', [into, other])
    db.execute('DELETE FROM story_follow_ups WHERE story = ? OR "of" = ? OR story = "of"', [other, other])


def dissolve(db: Database, stories: Iterable[str]) -> list[str]:
    """Takes stories apart, within the caller's transaction; returns their articles, which must be placed anew."""
    loose: list[str] = []
    for story in stories:
        loose += members_of(db, [story])[story]
        db.execute("DELETE FROM story_members WHERE story = ?", [story])
        db.execute('DELETE FROM story_follow_ups WHERE story = ? OR "of" = ?', [story, story])
    return loose


def set_first(db: Database, story: str, first: str) -> None:
    """Names the first publication, within the caller's transaction."""
    db.execute("UPDATE stories SET first = ? WHERE id = ?", [first, story])


def resolve(db: Database, said: str) -> str | None:
    """The story meant by its id (an old one too), or by the id or address of one of its articles."""
    row = db.execute("SELECT id, merged_into FROM stories WHERE id = ?", [said]).fetchone()
    if row and db.execute("SELECT 1 FROM story_members WHERE story = ?", [row[1] or row[0]]).fetchone():
        return str(row[1] or row[0])
    # An id whose story is gone still names its founder.
    article = article_of(db, "a" + said[1:].partition("-")[0]) if row else article_of(db, said)
    return story_of(db, [article]).get(article) if article else None


def merged_into(db: Database, idents: list[str]) -> dict[str, list[str]]:
    """The ids of stories that went into each of these, at whatever remove."""
    found: dict[str, list[str]] = {}
    for (old,) in db.execute("SELECT id FROM stories WHERE merged_into IS NOT NULL").fetchall():
        now = resolve(db, old)
        if now in idents:
            found.setdefault(str(now), []).append(old)
    return found


def oldest(db: Database, stories: Iterable[str]) -> str:
    """Of these stories the one that was made first: its id is the one people have seen longest."""
    wanted = list(stories)
    marks = ",".join("?" * len(wanted))
    row = db.execute(f"SELECT id FROM stories WHERE id IN ({marks}) ORDER BY made, id LIMIT 1", wanted).fetchone()
    return str(row[0])


def article_of(db: Database, said: str) -> str | None:
    """The article id meant by an id or an address."""
    row = db.execute(
        "SELECT id FROM articles WHERE id = ? OR url = ? OR id = (SELECT article FROM aliases WHERE url_key = ?)",
        [said, said, said],
    ).fetchone()
    return str(row[0]) if row else None


def between(db: Database, start: datetime | None = None, end: datetime | None = None) -> Iterator[Story]:
    """The stories whose first publication (or, undated, finding) lies in ``start`` … ``end``, by that time."""
    where, values = ["1"], []
    if start:
        where.append("COALESCE(a.published, a.found) >= ?")
        values.append(iso_utc(start))
    if end:
        where.append("COALESCE(a.published, a.found) < ?")
        values.append(iso_utc(end))
    idents = [
        ident
        for (ident,) in db.execute(
            f"SELECT s.id FROM stories s JOIN articles a ON a.id = s.first WHERE {' AND '.join(where)} "
            "AND EXISTS (SELECT 1 FROM story_members m WHERE m.story = s.id) "
            "ORDER BY COALESCE(a.published, a.found), a.n",
            values,
        ).fetchall()
    ]
    for at in range(0, len(idents), 200):
        yield from load(db, idents[at : at + 200])


def load(db: Database, idents: list[str]) -> list[Story]:
    """The stories of these ids, in that order, with their articles and follow-ups."""
    marks = ",".join("?" * len(idents))
    firsts = dict(db.execute(f"SELECT id, first FROM stories WHERE id IN ({marks})", idents).fetchall())
    rows = list(
        db.query(
            'SELECT m.article, m.story, m.state, m."by", m.at, m.evidence, o.kind, o.name FROM story_members m '
            f"JOIN articles a ON a.id = m.article LEFT JOIN outlets o ON o.id = a.outlet WHERE m.story IN ({marks})",
            idents,
        )
    )
    have = {a.id: a for a in articles.by_ids(db, [row["article"] for row in rows])}
    members: dict[str, list[Member]] = {}
    for row in rows:
        article = have[row["article"]]
        member = Member(
            article=article,
            kind=OutletKind(row["kind"]) if row["kind"] else None,
            outlet_name=row["name"] or article.outlet,
            state=LinkState(row["state"]),
            by=row["by"],
            at=from_iso(row["at"]),
            evidence=_unpack(row["evidence"]),
        )
        members.setdefault(row["story"], []).append(member)
    return [
        Story(
            id=ident,
            first=firsts[ident],
            members=tuple(sorted(members[ident], key=lambda m: (m.moment, m.article.id))),
            follow_ups=follow_ups(db, ident),
        )
        for ident in idents
        if ident in members
    ]


def follow_ups(db: Database, story: str) -> tuple[FollowUp, ...]:
    """All follow-up links from and to a story, those a person split too."""
    rows = db.query('SELECT * FROM story_follow_ups WHERE story = ? OR "of" = ? ORDER BY at, story', [story, story])
    return tuple(
        FollowUp(
            story=row["story"],
            of=row["of"],
            state=LinkState(row["state"]),
            by=row["by"],
            at=from_iso(row["at"]),
            evidence=_unpack(row["evidence"]),
        )
        for row in rows
    )


def put_follow_up(db: Database, link: FollowUp, now: datetime) -> None:
    """Stores a link in the place of what was known of these two, within the caller's transaction."""
    db.execute('DELETE FROM story_follow_ups WHERE story = ? AND "of" = ?', [link.of, link.story])
    if link.state is LinkState.CONFIRMED:
        db.execute("DELETE FROM story_follow_ups WHERE story = ? AND state = ?", [link.story, LinkState.PROPOSED.value])
    db.execute(
        'INSERT OR REPLACE INTO story_follow_ups (story, "of", state, "by", at, evidence) VALUES (?, ?, ?, ?, ?, ?)',
        [link.story, link.of, link.state.value, link.by, iso_utc(now), _pack(link.evidence)],
    )


def _pack(evidence: Likeness | None) -> str | None:
    return json.dumps(asdict(evidence), ensure_ascii=False) if evidence else None


def _unpack(packed: str | None) -> Likeness | None:
    if not packed:
        return None
    row = json.loads(packed)
    return Likeness(**(row | {"words": tuple(row["words"])}))
