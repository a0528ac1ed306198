"""What officers wrote in a period's report, and the reports that were issued: frozen, in every form.

A period is its two days. What was written is only ever added to: the last row of a part is what holds. Of an issued
report nothing is ever changed; its forms are kept packed, by the hash of their bytes.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlite_utils import Database

from monitor.clock import iso_utc
from monitor.errors import StoreError
from monitor.model.event import AnchorKind, Head
from monitor.model.report_paper import IssuedReport

_decode = msgspec.json.Decoder(IssuedReport).decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, kw_only=True)
class Written:
    """What an officer wrote for a part: ``text`` None took it back to the draft; ``id`` counts up."""

    id: int
    part: str
    text: str | None
    based_on: str
    by: str
    at: datetime


def write(
    db: Database, first: date, last: date, part: str, text: str | None, *, based_on: str, by: str, now: datetime
) -> int:
    """Adds what somebody wrote, within the caller's transaction; returns its id."""
    cursor = db.execute(
        'INSERT INTO report_passages (first, last, part, text, based_on, "by", at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [first.isoformat(), last.isoformat(), part, text, based_on, by, iso_utc(now)],
    )
    return int(cursor.lastrowid or 0)


def written(db: Database, first: date, last: date) -> list[Written]:
    """What holds of each part that somebody ever wrote in."""
    rows = db.execute(
        'SELECT id, part, text, based_on, "by", at FROM report_passages WHERE id IN '
        "(SELECT max(id) FROM report_passages WHERE first = ? AND last = ? GROUP BY part) ORDER BY id",
        [first.isoformat(), last.isoformat()],
    ).fetchall()
    return [
        Written(id=ident, part=part, text=text, based_on=based_on, by=by, at=datetime.fromisoformat(at))
        for ident, part, text, based_on, by, at in rows
    ]


def next_id(db: Database) -> str:
    """The id of the next report to be issued."""
    return f"bc{int(db.execute('SELECT COALESCE(max(n), 0) FROM reports').fetchone()[0]) + 1}"


def put(db: Database, report: IssuedReport, files: Mapping[str, bytes]) -> None:
    """Freezes an issued report with the bytes of its forms, within the caller's transaction.

    Raises IntegrityError for a version of its period that is there already.
    """
    span = report.span
    db.execute(
        "INSERT INTO reports (id, first, last, version, issued, sha256, doc) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            report.id, span.first.isoformat(), span.last.isoformat(), report.version, iso_utc(report.issued),
            report.sha256, _encode(report),
        ],
    )  # fmt: skip
    db.conn.executemany(
        "INSERT INTO report_files (report, form, sha256, size, packed) VALUES (?, ?, ?, ?, ?)",
        [(report.id, one.form, one.sha256, one.size, zlib.compress(files[one.form], 6)) for one in report.files],
    )


def get(db: Database, ident: str) -> IssuedReport | None:
    """The issued report of this id."""
    row = db.execute("SELECT doc FROM reports WHERE id = ?", [ident]).fetchone()
    return _read(ident, row[0]) if row else None


def issued(db: Database, first: date | None = None, last: date | None = None) -> list[IssuedReport]:
    """Every issued report, or those on the days ``first`` … ``last``, the latest first."""
    where = "WHERE first = ? AND last = ? " if first and last else ""
    values = [first.isoformat(), last.isoformat()] if first and last else []
    rows = db.execute(f"SELECT id, doc FROM reports {where}ORDER BY n DESC", values).fetchall()
    return [_read(ident, doc) for ident, doc in rows]


def file(db: Database, report: IssuedReport, form: str) -> bytes | None:
    """The frozen bytes of a form, None where it was not made. Raises StoreError where they are not those any more."""
    said = next((one for one in report.files if one.form == form), None)
    if said is None:
        return None
    row = db.execute("SELECT packed FROM report_files WHERE report = ? AND form = ?", [report.id, form]).fetchone()
    try:
        body = zlib.decompress(row[0]) if row else b""
    except zlib.error:
        body = b""
    if hashlib.sha256(body).hexdigest() != said.sha256:
        raise StoreError("report_damaged", report=report.number, form=form)
    return body


def number_taken(db: Database, issuer: str, number: int, symbol: str, year: int) -> bool:
    """Whether a letter of a case, of this issuer, already bears the number: all papers of an office share a series."""
    row = db.execute(
        "SELECT 1 FROM paper_numbers WHERE issuer = ? AND number = ? AND symbol = ? AND year = ?",
        [issuer, number, symbol, year],
    ).fetchone()
    return row is not None


def numbered(db: Database, sign: str, year: int) -> bool:
    """Whether an issued report of that year bears this number and symbol ("45/BC-LĐLĐ")."""
    return any(one.number == sign and one.day.year == year for one in issued(db))


def anchor(db: Database, where: str, head: Head, now: datetime) -> None:
    """Keeps that this head is printed in a report, within the caller's transaction.

    Not ``events.anchor``: the head is that of the moment in which the report was made, and LibreOffice took a while.
    """
    db.execute(
        'INSERT INTO anchors (kind, "where", count, hash, at) VALUES (?, ?, ?, ?, ?)',
        [AnchorKind.REPORT.value, where, head.count, head.hash, iso_utc(now)],
    )


def _read(ident: str, doc: bytes) -> IssuedReport:
    try:
        return _decode(doc)
    except msgspec.MsgspecError:
        raise StoreError("report_damaged", report=ident, form="json") from None
