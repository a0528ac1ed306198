"""What units report: one document a report, changed as a whole by who saw its last revision; the workbooks it came in.

A report is of one body and of the two days of its period: no body has two on the same one.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc, local
from monitor.errors import ConflictError, StoreError
from monitor.model.unit_report import UnitReport

_decode = msgspec.json.Decoder(UnitReport).decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook that came in; ``by`` is the id of who brought it, ``size`` in bytes."""

    sha256: str
    report: str
    name: str
    at: datetime
    by: str
    size: int


def next_id(db: Database) -> str:
    """The id of the next report."""
    return f"bd{int(db.execute('SELECT COALESCE(max(n), 0) FROM unit_reports').fetchone()[0]) + 1}"


def put(db: Database, report: UnitReport, *, before: int, actor: str, now: datetime) -> None:
    """Stores a report made from revision ``before`` (0: a new one), within the caller's transaction.

    Raises ConflictError where the stored one is no longer that revision.
    """
    facts: list[Any] = [
        report.unit, report.first.isoformat(), report.last.isoformat(), report.state.value,
        iso_utc(report.submitted) if report.submitted else None, report.revision, iso_utc(now), actor,
        _encode(report), report.id,
    ]  # fmt: skip
    if before == 0:
        done = db.execute(
            "INSERT INTO unit_reports (unit, first, last, state, submitted, revision, changed, changed_by, doc, id) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (unit, first, last) DO NOTHING",
            facts,
        )
    else:
        done = db.execute(
            "UPDATE unit_reports SET unit = ?, first = ?, last = ?, state = ?, submitted = ?, revision = ?, "
            "changed = ?, changed_by = ?, doc = ? WHERE id = ? AND revision = ?",
            [*facts, before],
        )
    if done.rowcount != 1:
        raise conflict(db, report)


def conflict(db: Database, report: UnitReport) -> ConflictError:
    """Who changed the report meanwhile, and when."""
    row = db.execute(
        "SELECT changed, changed_by FROM unit_reports WHERE unit = ? AND first = ? AND last = ?",
        [report.unit, report.first.isoformat(), report.last.isoformat()],
    ).fetchone()
    at = local(datetime.fromisoformat(row[0])) if row else None
    return ConflictError(
        "unit_report_changed", unit=report.unit, by=row[1] if row and row[1] else "–",
        at=f"{at:%H:%M %d/%m/%Y}" if at else "?",
    )  # fmt: skip


def get(db: Database, ident: str) -> UnitReport | None:
    """The report of this id."""
    row = db.execute("SELECT doc FROM unit_reports WHERE id = ?", [ident]).fetchone()
    return _decode(row[0]) if row else None


def find(db: Database, unit: str, first: date, last: date) -> UnitReport | None:
    """The body's report on these days."""
    row = db.execute(
        "SELECT doc FROM unit_reports WHERE unit = ? AND first = ? AND last = ?",
        [unit, first.isoformat(), last.isoformat()],
    ).fetchone()
    return _decode(row[0]) if row else None


def of_period(db: Database, first: date, last: date) -> list[UnitReport]:
    """All reports on these days, in the order they were begun."""
    rows = db.execute(
        "SELECT doc FROM unit_reports WHERE first = ? AND last = ? ORDER BY n", [first.isoformat(), last.isoformat()]
    ).fetchall()
    return [_decode(doc) for (doc,) in rows]


def of_unit(db: Database, unit: str) -> list[UnitReport]:
    """All reports of a body, the latest period first."""
    rows = db.execute("SELECT doc FROM unit_reports WHERE unit = ? ORDER BY first DESC, last DESC", [unit]).fetchall()
    return [_decode(doc) for (doc,) in rows]


def keep_book(db: Database, report: str, name: str, raw: bytes, *, by: str, now: datetime) -> str:
    """Keeps a workbook that came in, within the caller's transaction; the same bytes once. Returns their hash."""
    sha256 = hashlib.sha256(raw).hexdigest()
    db.execute(
        'INSERT OR IGNORE INTO unit_report_books (sha256, report, name, at, "by", size, packed) '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [sha256, report, name, iso_utc(now), by, len(raw), zlib.compress(raw, 6)],
    )
    return sha256


def books(db: Database, report: str) -> list[Book]:
    """The workbooks that a report came in, the latest first."""
    rows = db.execute(
        'SELECT sha256, report, name, at, "by", size FROM unit_report_books WHERE report = ? ORDER BY at DESC, sha256',
        [report],
    ).fetchall()
    return [
        Book(sha256=r[0], report=r[1], name=r[2], at=datetime.fromisoformat(r[3]), by=r[4], size=r[5]) for r in rows
    ]


def book(db: Database, sha256: str) -> bytes | None:
    """The bytes of a workbook. Raises StoreError where they are not those any more."""
    row = db.execute("SELECT packed FROM unit_report_books WHERE sha256 = ?", [sha256]).fetchone()
    if row is None:
        return None
    try:
        found = zlib.decompress(row[0])
    except zlib.error:
        found = b""
    if hashlib.sha256(found).hexdigest() != sha256:
        raise StoreError("unit_report_book_damaged", value=sha256[:12])
    return found


def begun(db: Database) -> datetime | None:
    """When the office did the first thing in the program."""
    row = db.execute("SELECT at FROM events ORDER BY n LIMIT 1").fetchone()
    return from_iso(row[0]) if row else None
