"""What people said of stories: rows that win over the machine, survive every new comparison, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.story import Action, Decision, Relation, Verdict


def record(
    db: Database, action: Action, *, story: str, by: str, verdicts: Iterable[Verdict], now: datetime
) -> Decision:
    """Keeps a decision with what it says of pairs of articles, within the caller's transaction."""
    ident = db.execute(
        'INSERT INTO story_decisions (action, story, "by", at) VALUES (?, ?, ?, ?)',
        [action.value, story, by, iso_utc(now)],
    ).lastrowid
    db.conn.executemany(
        "INSERT OR REPLACE INTO story_verdicts (decision, relation, article, other, together) VALUES (?, ?, ?, ?, ?)",
        [(ident, v.relation.value, *sorted((v.article, v.other)), int(v.together)) for v in verdicts],
    )
    return Decision(id=int(ident or 0), action=action, story=story, by=by, at=now)


def get(db: Database, ident: int) -> Decision | None:
    """The decision of this number."""
    return next(iter(_decisions(db, "id = ?", [ident])), None)


def undo(db: Database, ident: int, now: datetime) -> list[str]:
    """Takes a decision back, within the caller's transaction; returns the articles it spoke of."""
    db.execute("UPDATE story_decisions SET undone = ? WHERE id = ? AND undone IS NULL", [iso_utc(now), ident])
    rows = db.execute("SELECT article, other FROM story_verdicts WHERE decision = ?", [ident]).fetchall()
    return sorted({article for row in rows for article in row})


def of(db: Database, articles: Sequence[str]) -> list[Decision]:
    """All decisions that speak of these articles, taken back or not, oldest first."""
    marks = ",".join("?" * len(articles))
    return _decisions(
        db,
        f"id IN (SELECT decision FROM story_verdicts WHERE article IN ({marks}) OR other IN ({marks}))",
        [*articles, *articles],
    )


def verdicts(db: Database, articles: Sequence[str], relation: Relation) -> list[tuple[Verdict, str]]:
    """What holds now of pairs with one of these articles, and who said it: the latest word that stands."""
    latest: dict[tuple[str, str], tuple[Verdict, str]] = {}
    for at in range(0, len(articles), 300):
        part = list(articles[at : at + 300])
        marks = ",".join("?" * len(part))
        rows = db.execute(
            'SELECT v.article, v.other, v.together, d."by" FROM story_verdicts v '
            "JOIN story_decisions d ON d.id = v.decision AND d.undone IS NULL "
            f"WHERE v.relation = ? AND (v.article IN ({marks}) OR v.other IN ({marks})) ORDER BY d.id",
            [relation.value, *part, *part],
        ).fetchall()
        for article, other, together, by in rows:
            verdict = Verdict(article=article, other=other, relation=relation, together=bool(together))
            latest[article, other] = (verdict, by)
    return list(latest.values())


def _decisions(db: Database, where: str, values: Sequence[object]) -> list[Decision]:
    rows = db.query(f"SELECT * FROM story_decisions WHERE {where} ORDER BY id", list(values))
    return [
        Decision(
            id=row["id"],
            action=Action(row["action"]),
            story=row["story"],
            by=row["by"],
            at=at,
            undone=from_iso(row["undone"]),
        )
        for row in rows
        if (at := from_iso(row["at"]))
    ]
