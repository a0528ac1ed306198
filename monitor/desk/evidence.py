"""Evidence of a case: pages taken as they are now, files handed in, and the pack that leaves the office.

    take:     gather (``taking``: the network) ──▶ keep: evidence and what is missing, in one transaction
    add_file: a scan or recording ──▶ what is it? ──▶ evidence
    pack:     all evidence of the case, with what the caller lays in ──▶ ZIP with manifest and script

What takes a ``db`` works within the caller's transaction, so that an act and its event are stored together. What this
does not do: say who may see a case, or log what was done (``sitting``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from monitor import clock
from monitor.config import Home
from monitor.crawl import screenshot as camera
from monitor.desk.taking import Gathered, Shoot, gather
from monitor.errors import InputError
from monitor.evidence import Member, media_type, safe_name, write_pack
from monitor.evidence.files import HEAD
from monitor.labels import os_reason
from monitor.model.evidence import (
    Evidence,
    EvidenceKind,
    MissingEvidence,
    MissingReason,
    Packed,
    PackExtra,
)
from monitor.store import evidence as store
from monitor.store.db import Database, opened

__all__ = ["Gathered", "Taken", "add_file", "attach", "gather", "keep", "lacking", "pack", "pack_from", "take"]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What is among a case's evidence now, and what could not be had."""

    evidence: tuple[Evidence, ...]
    missing: tuple[MissingEvidence, ...]


def take(
    home: Home, targets: Sequence[str], case: str, by: str, *, pictures: bool = True, shoot: Shoot = camera.shoot
) -> Taken:
    """Takes evidence of items (ids or addresses) and keeps it for the case; with an empty case, for none yet.

    ``by`` is a person's id. Raises UsageError for a target that is neither an item nor an address.
    """
    gathered = gather(home, targets, by, pictures=pictures, shoot=shoot)
    with opened(home.database) as db, db.atomic():
        return keep(db, gathered, case)


def keep(db: Database, gathered: Gathered, case: str) -> Taken:
    """Stores what was gathered for the case, within the caller's transaction."""
    kept = tuple(store.put(db, replace(evidence, case=case), body) for evidence, body in gathered.found)
    for one in gathered.missing:
        store.put_missing(db, case, one)
    return Taken(evidence=kept, missing=gathered.missing)


def add_file(
    home: Home, case: str, path: Path, kind: EvidenceKind, *, by: str, note: str = "", article: str | None = None
) -> Evidence:
    """Takes up a file (a scan, a recording, a message) as evidence of a case, or of none yet.

    Raises InputError for one that is unreadable, empty, too large or a program.
    """
    with opened(home.database) as db, db.atomic():
        return attach(db, case, path, kind, by=by, note=note, article=article, now=clock.now())


def attach(
    db: Database,
    case: str,
    path: Path,
    kind: EvidenceKind,
    *,
    by: str,
    note: str = "",
    article: str | None = None,
    url: str = "",
    now: datetime,
) -> Evidence:
    """``add_file`` within the caller's transaction; ``taken`` is the time it was handed in."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError as error:
        raise InputError("file_unreadable", file=path, detail=os_reason(error)) from error
    media = media_type(path.name, head)
    made = Evidence(
        case=case, kind=kind, name=safe_name(path.name), media_type=media, taken=now, by=by, article=article,
        url=url, note=note,
    )  # fmt: skip
    return store.put(db, made, path)


def lacking(db: Database, case: str) -> list[MissingEvidence]:
    """What a case still lacks: told once, and not when it was had later or handed in by hand."""
    have = store.of_case(db, case)
    last = {(one.kind, one.article, one.url, one.reason): one for one in store.missing_of(db, case)}
    return [one for one in last.values() if not any(_fills(evidence, one) for evidence in have)]


def _fills(evidence: Evidence, missing: MissingEvidence) -> bool:
    same = evidence.article == missing.article if missing.article else evidence.url == missing.url
    if missing.reason is MissingReason.NO_URL:
        return same
    return same and evidence.kind is missing.kind and evidence.taken >= missing.at


def pack(home: Home, case: str, extra: PackExtra, target: Path) -> Packed:
    """Writes the case's pack to ``target``.

    Raises InputError where it cannot be written, StoreError where evidence is damaged (then nothing is written).
    """
    with opened(home.database) as db:
        return pack_from(db, case, extra, target, now=clock.now())


def pack_from(db: Database, case: str, extra: PackExtra, target: Path, *, now: datetime) -> Packed:
    """``pack`` with an open database; it only reads."""
    members = [Member(evidence=one, parts=partial(store.body, db, one.id)) for one in store.of_case(db, case)]
    return write_pack(target, case=case, members=members, missing=lacking(db, case), extra=extra, now=now)
