"""Evidence: the bytes of relevant pages as fetched, compressed, with hash, time and headers."""

from __future__ import annotations

import json
import zlib

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.article import Snapshot


def put(db: Database, article: str, snapshot: Snapshot) -> None:
    """Keeps a snapshot within the caller's transaction; the same bytes of an article are kept once."""
    headers = zlib.compress(json.dumps(snapshot.headers, ensure_ascii=False).encode(), 9)
    db.execute(
        "INSERT OR IGNORE INTO snapshots (article, url, fetched, sha256, headers, body) VALUES (?, ?, ?, ?, ?, ?)",
        [article, snapshot.url, iso_utc(snapshot.fetched), snapshot.sha256, headers, zlib.compress(snapshot.body, 9)],
    )


def of(db: Database, article: str) -> list[Snapshot]:
    """All snapshots of an article, oldest first."""
    rows = db.query("SELECT * FROM snapshots WHERE article = ? ORDER BY fetched", [article])
    return [
        Snapshot(
            url=row["url"],
            fetched=at,
            sha256=row["sha256"],
            headers=tuple((str(k), str(v)) for k, v in json.loads(zlib.decompress(row["headers"]))),
            body=zlib.decompress(row["body"]),
        )
        for row in rows
        if (at := from_iso(row["fetched"]))
    ]
