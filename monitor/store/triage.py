"""What was decided of stories and items: the latest word of each; the earlier ones are in the event log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from sqlite_utils import Database

from monitor.clock import from_iso, iso_utc
from monitor.model.case import Triaged, TriageState


def put(db: Database, done: Triaged) -> None:
    """Keeps the decision, within the caller's transaction."""
    db.execute(
        'INSERT OR REPLACE INTO triage (subject, state, before, case_id, "by", at, note) VALUES (?, ?, ?, ?, ?, ?, ?)',
        [done.subject, done.state.value, done.before.value, done.case, done.by, iso_utc(done.at), done.note],
    )


def get(db: Database, subject: str) -> Triaged | None:
    """What was decided of this story or item, if anything."""
    return of(db, [subject]).get(subject)


def of(db: Database, subjects: Sequence[str]) -> dict[str, Triaged]:
    """What was decided of these."""
    found: dict[str, Triaged] = {}
    for at in range(0, len(subjects), 500):
        part = list(subjects[at : at + 500])
        rows = db.query(f"SELECT * FROM triage WHERE subject IN ({','.join('?' * len(part))})", part)
        found |= {row["subject"]: _triaged(row) for row in rows}
    return found


def standing(db: Database, subjects: Sequence[str]) -> list[Triaged]:
    """What was decided of these and not taken back, the latest first."""
    rows = db.query(
        "SELECT * FROM triage WHERE subject IN (SELECT value FROM json_each(?)) AND state <> ? "
        # Of one moment the row that was written last.
        "ORDER BY at DESC, rowid DESC",
        [json.dumps(list(subjects)), TriageState.NEW.value],
    )
    return [_triaged(row) for row in rows]


def in_state(db: Database, state: TriageState, since: datetime | None = None) -> list[Triaged]:
    """All that are in this state now, the latest first; decided since then."""
    rows = db.query(
        "SELECT * FROM triage WHERE state = ? AND at >= ? ORDER BY at DESC",
        [state.value, iso_utc(since) if since else ""],
    )
    return [_triaged(row) for row in rows]


def _triaged(row: dict[str, str]) -> Triaged:
    at = from_iso(row["at"])
    assert at is not None  # the column is NOT NULL
    return Triaged(
        subject=row["subject"],
        state=TriageState(row["state"]),
        before=TriageState(row["before"]),
        case=row["case_id"],
        by=row["by"],
        at=at,
        note=row["note"],
    )
