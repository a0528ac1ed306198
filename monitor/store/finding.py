"""Cases as lists need them: heads without their documents, papers by their numbers, cases by what they concern."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.case import CaseStatus, CaseVerdict, Closing
from monitor.model.finding import CaseHead, LetterHit

_HEAD = (
    "SELECT c.id, h.title, c.status, c.verdict, c.closing, c.opened, c.closed, c.restricted, h.topic, h.units, "
    "h.accused, h.allowed FROM cases c JOIN case_heads h ON h.case_id = c.id"
)


def heads(
    db: Database,
    *,
    idents: Iterable[str] | None = None,
    statuses: Sequence[CaseStatus] = (),
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[CaseHead]:
    """Cases, the newest first: those of these ids, in one of these states, opened in the interval (all: every one)."""
    where, values = ["1"], []
    if idents is not None:
        wanted = list(dict.fromkeys(idents))
        where.append("c.id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted))
    if statuses:
        where.append(f"c.status IN ({','.join('?' * len(statuses))})")
        values += [status.value for status in statuses]
    if start:
        where.append("c.opened >= ?")
        values.append(iso_utc(start))
    if end:
        where.append("c.opened < ?")
        values.append(iso_utc(end))
    rows = db.query(f"{_HEAD} WHERE {' AND '.join(where)} ORDER BY c.n DESC", values)
    return [_head(row) for row in rows]


def _head(row: dict[str, str]) -> CaseHead:
    opened = from_iso(row["opened"])
    assert opened is not None  # the column is NOT NULL
    return CaseHead(
        id=row["id"], title=row["title"], status=CaseStatus(row["status"]),
        verdict=CaseVerdict(row["verdict"]) if row["verdict"] else None,
        closing=Closing(row["closing"]) if row["closing"] else None, opened=opened, closed=from_iso(row["closed"]),
        topic=row["topic"], units=tuple(json.loads(row["units"])), accused=tuple(json.loads(row["accused"])),
        restricted=bool(row["restricted"]), allowed=tuple(json.loads(row["allowed"])),
    )  # fmt: skip


def letters(db: Database, number: int) -> list[LetterHit]:
    """Papers of that number, ours by their own, those that arrived by the sender's and by our number; newest first.

    Of all cases: who may see which, and the title of the case, is the caller's to know.
    """
    rows = db.query(
        "SELECT * FROM case_letters WHERE number = ? OR arrival IN (?, ?, ?) "
        "ORDER BY dated DESC, case_id, thing LIMIT 200",
        [number, str(number), f"{number:02d}", f"{number:03d}"],
    )
    return [
        LetterHit(
            case=row["case_id"], case_title="", id=row["thing"], incoming=bool(row["incoming"]), sign=row["sign"],
            arrival_number=row["arrival"] or "", dated=date.fromisoformat(row["dated"]) if row["dated"] else None,
            subject=row["subject"], party=row["party"],
        )
        for row in rows
    ]  # fmt: skip


def cases_of_outlets(db: Database, outlets: Sequence[str]) -> dict[str, list[str]]:
    """The outlets of these by which each case's items came, by case."""
    return _by_case(
        db,
        "SELECT DISTINCT c.case_id, f.outlet FROM case_articles c JOIN article_facts f ON f.id = c.article "
        "WHERE f.outlet IN (SELECT value FROM json_each(?))",
        outlets,
    )


def cases_naming(db: Database, bodies: Sequence[str]) -> dict[str, list[str]]:
    """The union bodies of these that each case's items name, by case."""
    return _by_case(
        db,
        "SELECT DISTINCT c.case_id, t.value FROM case_articles c JOIN tags t ON t.article = c.article "
        "AND t.kind = 'organisation' AND t.value IN (SELECT value FROM json_each(?))",
        bodies,
    )


def cases_of_units(db: Database, units: Sequence[str]) -> dict[str, list[str]]:
    """The bodies of these that each case concerns, the accused too, by case."""
    return _by_case(
        db,
        "SELECT DISTINCT h.case_id, u.value FROM json_each(?) w, case_heads h, json_each(h.units) u "
        "WHERE u.value = w.value",
        units,
    )


def _by_case(db: Database, sql: str, values: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if values:
        for case, value in db.execute(sql, [json.dumps(list(values))]):
            found.setdefault(case, []).append(value)
    return found


def held_texts_with(db: Database, phrase: str, limit: int = 200) -> list[tuple[str, str]]:
    """(case, text) of the items of cases in which these folded words stand together, the newest first."""
    rows = db.execute(
        """SELECT c.case_id, a.title || char(10) || a.lead || char(10) || a.text
        FROM (SELECT rowid AS n FROM article_fts WHERE article_fts MATCH ? ORDER BY rowid DESC LIMIT 5000) m
        CROSS JOIN articles a ON a.n = m.n CROSS JOIN case_articles c ON c.article = a.id LIMIT ?""",
        [f'{{folded}} : "{phrase}"', limit],
    )
    return list(rows.fetchall())


def organisations_of(db: Database, articles: Sequence[str]) -> list[tuple[str, str, str]]:
    """(name, kind, province) of the union bodies these items name, each once."""
    rows = db.execute(
        "SELECT DISTINCT value, json_extract(evidence, '$.kind'), COALESCE(present, '') FROM tags "
        "WHERE kind = 'organisation' AND article IN (SELECT value FROM json_each(?))",
        [json.dumps(list(articles))],
    )
    return list(rows.fetchall())


def cases_holding(db: Database, articles: Sequence[str]) -> set[str]:
    """The cases that hold one of these articles."""
    rows = db.execute(
        "SELECT DISTINCT case_id FROM case_articles WHERE article IN (SELECT value FROM json_each(?))",
        [json.dumps(list(articles))],
    )
    return {case for (case,) in rows}


def subject_exists(db: Database, subject: str) -> bool:
    """Whether a story, or an item that belongs to none, has this id."""
    row = db.execute("SELECT 1 FROM article_facts WHERE subject = ? OR id = ? LIMIT 1", [subject, subject]).fetchone()
    return row is not None


def titles(db: Database) -> list[tuple[str, str]]:
    """(id, title) of every case, the newest first."""
    return list(
        db.execute(
            "SELECT c.id, h.title FROM cases c JOIN case_heads h ON h.case_id = c.id ORDER BY c.n DESC"
        ).fetchall()
    )
