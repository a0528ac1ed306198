"""Cases: one document a case, changed as a whole in one transaction with its events.

A case and all that hangs on it are read and changed together, so they are one row; what lists and figures look for
stands in columns beside it. A save names the revision it was made from: where another one came first, it is refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

import msgspec
from sqlite_utils import Database

from monitor.clock import iso_utc, local
from monitor.errors import ConflictError, RefusedError
from monitor.model.case import Case, CaseStatus
from monitor.model.paper import PaperState

_decoder = msgspec.json.Decoder(Case)
_encode = msgspec.json.Encoder().encode


def next_id(db: Database, now: datetime) -> str:
    """The id of the next case of the year: VV2026-0007."""
    year = local(now).year
    row = db.execute("SELECT max(n), count(*) FROM cases WHERE id LIKE ?", [f"VV{year}-%"]).fetchone()
    return f"VV{year}-{int(row[1]) + 1:04d}"


def put(db: Database, case: Case, *, before: int, actor: str, now: datetime) -> None:
    """Stores the case as made from revision ``before`` (0: a new one), within the caller's transaction.

    Raises ConflictError where the stored case is no longer that revision, RefusedError where a number is taken.
    """
    doc = _encode(case)
    facts = [
        case.revision, iso_utc(now), actor, case.status.value, case.verdict.value if case.verdict else None,
        case.end.closing.value if case.end else None, iso_utc(case.opened), iso_utc(case.end.at) if case.end else None,
        int(case.restricted), case.story, doc, case.id,
    ]  # fmt: skip
    if before == 0:
        db.execute(
            "INSERT INTO cases (revision, changed, changed_by, status, verdict, closing, opened, closed, restricted, "
            "story, doc, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            facts,
        )
    else:
        done = db.execute(
            "UPDATE cases SET revision = ?, changed = ?, changed_by = ?, status = ?, verdict = ?, closing = ?, "
            "opened = ?, closed = ?, restricted = ?, story = ?, doc = ? WHERE id = ? AND revision = ?",
            [*facts, before],
        )
        if done.rowcount != 1:
            raise conflict(db, case.id)
    _beside(db, case)


def conflict(db: Database, ident: str) -> ConflictError:
    """Who changed the case meanwhile, and when."""
    row = db.execute("SELECT changed, changed_by FROM cases WHERE id = ?", [ident]).fetchone()
    at = local(datetime.fromisoformat(row[0])) if row else None
    return ConflictError(
        "case_changed", case=ident, by=row[1] if row else "?", at=f"{at:%H:%M %d/%m/%Y}" if at else "?"
    )


def _beside(db: Database, case: Case) -> None:
    db.execute("DELETE FROM case_articles WHERE case_id = ?", [case.id])
    db.conn.executemany(
        "INSERT OR IGNORE INTO case_articles (case_id, article) VALUES (?, ?)", [(case.id, a) for a in case.articles]
    )
    # A number mistyped, or of a paper that was never issued, is free again.
    db.execute("DELETE FROM paper_numbers WHERE case_id = ?", [case.id])
    db.execute("DELETE FROM arrival_numbers WHERE case_id = ?", [case.id])
    for paper in case.papers:
        if paper.number is None or paper.dated is None or paper.state is PaperState.WITHDRAWN:
            continue
        key = [paper.issuer, paper.number, paper.symbol, paper.dated.year]
        row = db.execute(
            "SELECT case_id, paper FROM paper_numbers WHERE issuer = ? AND number = ? AND symbol = ? AND year = ?", key
        ).fetchone()
        if row is None:
            db.execute("INSERT INTO paper_numbers VALUES (?, ?, ?, ?, ?, ?)", [*key, case.id, paper.id])
        elif (row[0], row[1]) != (case.id, paper.id):
            # Not where: it may be a case that who numbers does not see.
            raise RefusedError("number_taken", sign=paper.sign, year=paper.dated.year)
    for arrival in case.arrivals:
        if not arrival.arrival_number:
            continue
        one = [arrival.arrival_number, arrival.arrived.year]
        row = db.execute("SELECT case_id, arrival FROM arrival_numbers WHERE number = ? AND year = ?", one).fetchone()
        if row is None:
            db.execute("INSERT INTO arrival_numbers VALUES (?, ?, ?, ?)", [*one, case.id, arrival.id])
        elif (row[0], row[1]) != (case.id, arrival.id):
            raise RefusedError("arrival_taken", number=one[0], year=one[1])


def get(db: Database, ident: str) -> Case | None:
    """The case of this id."""
    row = db.execute("SELECT doc FROM cases WHERE id = ?", [ident]).fetchone()
    return _decoder.decode(row[0]) if row else None


def some(db: Database, idents: Iterable[str]) -> dict[str, Case]:
    """The cases of these ids, by id; those that are not there are left out."""
    rows = db.execute("SELECT doc FROM cases WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(list(idents))])
    return {case.id: case for case in (_decoder.decode(doc) for (doc,) in rows.fetchall())}


def every(
    db: Database,
    *,
    statuses: Sequence[CaseStatus] = (),
    start: datetime | None = None,
    end: datetime | None = None,
) -> Iterator[Case]:
    """Cases by number: those in one of ``statuses`` (none: all), opened in the interval."""
    limits, values = ["1"], []
    if statuses:
        limits.append(f"status IN ({','.join('?' * len(statuses))})")
        values += [status.value for status in statuses]
    if start:
        limits.append("opened >= ?")
        values.append(iso_utc(start))
    if end:
        limits.append("opened < ?")
        values.append(iso_utc(end))
    for (doc,) in db.execute(f"SELECT doc FROM cases WHERE {' AND '.join(limits)} ORDER BY n", values).fetchall():
        yield _decoder.decode(doc)


def by_article(db: Database, articles: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the cases that hold each of these articles."""
    found: dict[str, list[str]] = {}
    for at in range(0, len(articles), 500):
        part = list(articles[at : at + 500])
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT article, case_id FROM case_articles WHERE article IN ({marks})", part)
        for article, case in rows.fetchall():
            found.setdefault(article, []).append(case)
    return found


def with_articles(db: Database, articles: Sequence[str]) -> list[Case]:
    """The cases that hold one of these articles, newest first."""
    marks = ",".join("?" * len(articles))
    rows = db.execute(
        "SELECT doc FROM cases WHERE id IN "
        f"(SELECT case_id FROM case_articles WHERE article IN ({marks})) ORDER BY n DESC",
        list(articles),
    ).fetchall()
    return [_decoder.decode(doc) for (doc,) in rows]
