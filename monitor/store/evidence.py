"""Evidence: files with their hash, each stored once however many cases rest on it; and what could not be had.

``put`` and its like work within the caller's transaction. What is stored is never changed: a file has an id, the id
has a hash, and ``body`` gives exactly the bytes of that hash or says that they are damaged.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from monitor.clock import iso_utc
from monitor.errors import InputError, StoreError, UsageError
from monitor.labels import os_reason
from monitor.model.evidence import Bailiff, Evidence, EvidenceKind, MissingEvidence, MissingReason
from monitor.model.fetch import Status

MAX_BYTES = 200 * 2**20
"""The largest file kept. SQLite itself ends at 1 GB, and a backup has to be carried somewhere."""
_STEP = 2**20
_PACK_BELOW = 32 * 2**20
_PACK_WORTH = 0.9


def put(db: Database, evidence: Evidence, body: bytes | Path, *, limit: int = MAX_BYTES) -> Evidence:
    """Stores a file as evidence and returns it with id, hash and size, within the caller's transaction.

    What the case already has (the same bytes) is not stored again: that one is returned. A file on disk is read in
    steps. Raises InputError for one that is empty, too large, unreadable, or changes while it is read.
    """
    size = len(body) if isinstance(body, bytes) else _size(body)
    if size == 0:
        raise InputError("evidence_empty", file=evidence.name)
    if size > limit:
        raise InputError(
            "evidence_too_large", file=evidence.name, size=f"{size / 2**20:.0f}", limit=f"{limit / 2**20:.0f}"
        )
    digest = hashlib.sha256(body).hexdigest() if isinstance(body, bytes) else _digest(body)
    have = db.execute(
        "SELECT n FROM evidence WHERE case_id = ? AND sha256 = ? ORDER BY n", [evidence.case, digest]
    ).fetchone()
    if have:
        return get(db, f"b{have[0]}")
    if not db.execute("SELECT 1 FROM evidence_bodies WHERE sha256 = ?", [digest]).fetchone():
        if isinstance(body, bytes):
            _put_bytes(db, digest, body)
        else:
            _put_file(db, digest, size, body)
    made = replace(evidence, sha256=digest, size=size)
    cursor = db.execute(
        "INSERT INTO evidence (case_id, kind, name, media_type, sha256, taken, by, article, url, note, bailiff_office, "
        "bailiff_number, bailiff_dated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            made.case, made.kind.value, made.name, made.media_type, made.sha256, iso_utc(made.taken), made.by,
            made.article, made.url, made.note, *_bailiff(made.bailiff),
        ],
    )  # fmt: skip
    return replace(made, id=f"b{cursor.lastrowid}")


def _bailiff(bailiff: Bailiff | None) -> list[str | None]:
    return [bailiff.office, bailiff.number, bailiff.dated.isoformat()] if bailiff else [None, None, None]


def _unreadable(file: Path, error: OSError) -> InputError:
    return InputError("file_unreadable", file=file, detail=os_reason(error))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as error:
        raise _unreadable(file, error) from error


def _parts(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as stream:
            while part := stream.read(_STEP):
                yield part
    except OSError as error:
        raise _unreadable(file, error) from error


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    for part in _parts(file):
        digest.update(part)
    return digest.hexdigest()


def _put_bytes(db: Database, digest: str, body: bytes) -> None:
    packed = zlib.compress(body, 6) if len(body) < _PACK_BELOW else body
    worth = len(packed) < len(body) * _PACK_WORTH
    db.execute(
        "INSERT INTO evidence_bodies (sha256, size, packed, body) VALUES (?, ?, ?, ?)",
        [digest, len(body), int(worth), packed if worth else body],
    )


def _put_file(db: Database, digest: str, size: int, file: Path) -> None:
    """As it is: what is large enough to come as a file (recordings, scans) is compressed by its format."""
    row = db.execute(
        "INSERT INTO evidence_bodies (sha256, size, packed, body) VALUES (?, ?, 0, zeroblob(?))", [digest, size, size]
    ).lastrowid
    assert row is not None
    again, at = hashlib.sha256(), 0
    with db.conn.blobopen("evidence_bodies", "body", row) as blob:
        for part in _parts(file):
            at += len(part)
            if at > size:
                break
            again.update(part)
            blob.write(part)
    if at != size or again.hexdigest() != digest:
        raise InputError("evidence_changing", file=file)


def get(db: Database, ident: str) -> Evidence:
    """The evidence of this id. Raises UsageError where there is none."""
    found = _load(db, "e.n = ?", [_number(ident)])
    if not found:
        raise UsageError("evidence_unknown", value=ident)
    return found[0]


def of_case(db: Database, case: str) -> list[Evidence]:
    """The evidence of a case in the order it was taken up; with an empty id, what belongs to no case yet."""
    return _load(db, "e.case_id = ?", [case])


def of_article(db: Database, article: str) -> list[Evidence]:
    """The evidence that shows an item, in any case."""
    return _load(db, "e.article = ?", [article])


def body(db: Database, ident: str) -> Iterator[bytes]:
    """The bytes of a piece of evidence in parts.

    Raises UsageError for an unknown id, and StoreError at the end of bytes that are not those of its hash: who
    writes them somewhere throws that away then.
    """
    evidence = get(db, ident)
    row = db.execute("SELECT n, packed FROM evidence_bodies WHERE sha256 = ?", [evidence.sha256]).fetchone()
    digest = hashlib.sha256()
    engine = zlib.decompressobj() if row[1] else None
    with db.conn.blobopen("evidence_bodies", "body", row[0], readonly=True) as blob:
        while part := blob.read(_STEP):
            try:
                plain = engine.decompress(part) if engine else part
            except zlib.error as error:
                raise StoreError("evidence_damaged", id=ident) from error
            digest.update(plain)
            yield plain
    if digest.hexdigest() != evidence.sha256:
        raise StoreError("evidence_damaged", id=ident)


def give(db: Database, idents: list[str], case: str) -> None:
    """Gives evidence that belongs to no case yet to one, within the caller's transaction.

    Raises UsageError for an unknown id and for one that belongs to another case.
    """
    for ident in idents:
        if (has := get(db, ident).case) not in ("", case):
            raise UsageError("evidence_elsewhere", id=ident, case=has)
        db.execute("UPDATE evidence SET case_id = ? WHERE n = ?", [case, _number(ident)])


def set_bailiff(db: Database, ident: str, bailiff: Bailiff | None) -> Evidence:
    """Records (or, with None, takes back) the vi bằng about a piece of evidence, within the caller's transaction."""
    made = replace(get(db, ident), bailiff=bailiff)
    db.execute(
        "UPDATE evidence SET bailiff_office = ?, bailiff_number = ?, bailiff_dated = ? WHERE n = ?",
        [*_bailiff(bailiff), _number(ident)],
    )
    return made


def put_missing(db: Database, case: str, missing: MissingEvidence) -> None:
    """Keeps what could not be had, within the caller's transaction."""
    db.execute(
        "INSERT INTO evidence_missing (case_id, kind, reason, article, url, at, status, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            case, missing.kind.value, missing.reason.value, missing.article, missing.url, iso_utc(missing.at),
            missing.status.value if missing.status else None, missing.detail,
        ],
    )  # fmt: skip


def missing_of(db: Database, case: str) -> list[MissingEvidence]:
    """What could not be had for a case, oldest first."""
    return [
        MissingEvidence(
            kind=EvidenceKind(row["kind"]),
            reason=MissingReason(row["reason"]),
            article=row["article"],
            url=row["url"],
            at=datetime.fromisoformat(row["at"]),
            status=Status(row["status"]) if row["status"] else None,
            detail=row["detail"],
        )
        for row in db.query("SELECT * FROM evidence_missing WHERE case_id = ? ORDER BY id", [case])
    ]


def _number(ident: str) -> int:
    digits = ident[1:]
    if ident[:1] not in ("b", "B") or not (digits.isascii() and digits.isdigit()) or len(digits) > 15:
        raise UsageError("evidence_unknown", value=ident)
    return int(digits)


def _load(db: Database, where: str, values: list[Any]) -> list[Evidence]:
    rows = db.query(
        f"SELECT e.*, b.size FROM evidence e JOIN evidence_bodies b ON b.sha256 = e.sha256 WHERE {where} ORDER BY e.n",
        values,
    )
    return [_evidence(row) for row in rows]


def _evidence(row: dict[str, Any]) -> Evidence:
    bailiff = None
    if row["bailiff_number"] is not None:
        dated = date.fromisoformat(row["bailiff_dated"])
        bailiff = Bailiff(office=row["bailiff_office"], number=row["bailiff_number"], dated=dated)
    return Evidence(
        id=f"b{row['n']}",
        case=row["case_id"],
        kind=EvidenceKind(row["kind"]),
        name=row["name"],
        media_type=row["media_type"],
        sha256=row["sha256"],
        size=row["size"],
        taken=datetime.fromisoformat(row["taken"]),
        by=row["by"],
        article=row["article"],
        url=row["url"],
        note=row["note"],
        bailiff=bailiff,
    )
