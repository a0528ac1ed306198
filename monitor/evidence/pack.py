"""A case's evidence as one ZIP that leaves the office and can be checked anywhere.

    manifest.json   every file with SHA-256, size, kind, address, time, who; what could not be had; the log's head
    LUU-Y.txt       what this is and is not, in Vietnamese
    kiem_tra.py     checks every file against the manifest (``verify``), with Python alone
    chung-cu/…      the evidence
    ho-so/…         what the caller lays in: papers, their list, the events

Every byte that goes in is hashed on its way; evidence whose bytes are no longer those of its hash stops the packing.
Equal input makes an equal pack. Who writes down the manifest's own SHA-256 elsewhere can prove the whole pack.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import IO

from monitor import clock
from monitor.errors import InputError, StoreError
from monitor.evidence import verify
from monitor.evidence.files import safe_name
from monitor.labels import label, of, os_reason
from monitor.model.evidence import Evidence, MissingEvidence, Packed, PackExtra

FORMAT = "union-press-monitor-evidence/1"
SCRIPT = "kiem_tra.py"
NOTICE = "LUU-Y.txt"
_SQUEEZED = ("image/", "audio/", "video/", "application/gzip", "application/warc", "application/zip")
_Fact = str | int | dict[str, str] | None


@dataclass(frozen=True, kw_only=True)
class Member:
    """A piece of evidence, and its bytes when they are asked for."""

    evidence: Evidence
    parts: Callable[[], Iterator[bytes]]


def write_pack(
    target: Path,
    *,
    case: str,
    members: Iterable[Member],
    missing: Iterable[MissingEvidence],
    extra: PackExtra,
    now: datetime,
) -> Packed:
    """Writes the pack; ``target`` is put in place at once when all of it is there.

    Raises InputError where it cannot be written, StoreError (``evidence_damaged``) where evidence is not what it was.
    """
    draft = target.with_name(target.name + ".tmp")
    try:
        try:
            with draft.open("wb") as stream:
                files, mark = _Pack(stream, now).write(case, tuple(members), tuple(missing), extra)
                stream.flush()
                os.fsync(stream.fileno())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
        return Packed(files=files, size=target.stat().st_size, manifest=mark)
    except OSError as error:
        raise InputError("file_unwritable", file=target, detail=os_reason(error)) from error


class _Pack:
    """One ZIP while it is written."""

    def __init__(self, stream: IO[bytes], now: datetime) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self._now = now
        self._names: set[str] = {verify.MANIFEST, NOTICE.lower(), SCRIPT}
        self._files: list[dict[str, _Fact]] = []

    def write(
        self, case: str, members: tuple[Member, ...], missing: tuple[MissingEvidence, ...], extra: PackExtra
    ) -> tuple[int, str]:
        """All of it; the number of files (the manifest not counted) and the manifest's SHA-256."""
        with self._zip:
            for member in members:
                self._member(member)
            for file in extra.files:
                name = self._free("ho-so", file.name)
                self._lay(name, [file.body], {"kind": file.kind.value, "note": file.note})
            script = resources.files("monitor.evidence").joinpath("verify.py").read_text(encoding="utf-8")
            self._lay(SCRIPT, [script.encode()], {"kind": "script"})
            self._lay(NOTICE, [self._notice(case, members, missing, extra).encode("utf-8-sig")], {"kind": "notice"})
            raw = self._manifest(case, missing, extra)
            self._add(verify.MANIFEST, [raw])
        return len(self._files), hashlib.sha256(raw).hexdigest()

    def _member(self, member: Member) -> None:
        e = member.evidence
        name = self._free("chung-cu", f"{e.id}-{e.name}")
        facts: dict[str, _Fact] = {
            "id": e.id, "kind": e.kind.value, "media_type": e.media_type, "url": e.url, "article": e.article,
            "taken": clock.iso_local(e.taken), "by": e.by, "note": e.note,
        }  # fmt: skip
        if e.bailiff:
            facts["bailiff"] = {
                "office": e.bailiff.office, "number": e.bailiff.number, "dated": e.bailiff.dated.isoformat(),
            }  # fmt: skip
        squeeze = not e.media_type.startswith(_SQUEEZED)
        if self._lay(name, member.parts(), facts, squeeze=squeeze) != e.sha256:
            raise StoreError("evidence_damaged", id=e.id)

    def _free(self, folder: str, name: str) -> str:
        """A safe name that no file of the pack has, whatever the case of its letters."""
        *folders, last = [safe_name(part) for part in name.replace("\\", "/").split("/") if part.strip(" .")] or ["tep"]
        stem, dot, ending = last.rpartition(".")
        number, made = 1, last
        while (full := "/".join((folder, *folders, made))).lower() in self._names:
            number += 1
            made = f"{stem}-{number}.{ending}" if dot else f"{last}-{number}"
        self._names.add(full.lower())
        return full

    def _lay(self, name: str, parts: Iterable[bytes], facts: dict[str, _Fact], *, squeeze: bool = True) -> str:
        digest, size = self._add(name, parts, squeeze=squeeze)
        self._files.append({"name": name, "sha256": digest, "size": size, **facts})
        return digest

    def _add(self, name: str, parts: Iterable[bytes], *, squeeze: bool = True) -> tuple[str, int]:
        at = clock.local(self._now)
        info = zipfile.ZipInfo(name, (max(at.year, 1980), at.month, at.day, at.hour, at.minute, at.second))
        info.compress_type = zipfile.ZIP_DEFLATED if squeeze else zipfile.ZIP_STORED
        info.external_attr = 0o644 << 16
        info.create_system = 3  # the same bytes on every system
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as out:
            for part in parts:
                digest.update(part)
                size += len(part)
                out.write(part)
        return digest.hexdigest(), size

    def _manifest(self, case: str, missing: tuple[MissingEvidence, ...], extra: PackExtra) -> bytes:
        said: dict[str, object] = {
            "format": FORMAT,
            "case": case,
            "made": clock.iso_local(self._now),
            "by": extra.by,
            "chain": {"count": extra.head.count, "hash": extra.head.hash} if extra.head else None,
            "files": self._files,
            "missing": [
                {
                    "kind": one.kind.value, "reason": one.reason.value, "article": one.article, "url": one.url,
                    "at": clock.iso_local(one.at), "said": sentence(one),
                }
                for one in missing
            ],
        }  # fmt: skip
        said["seal"] = verify.seal_of(said)
        return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    def _notice(
        self, case: str, members: tuple[Member, ...], missing: tuple[MissingEvidence, ...], extra: PackExtra
    ) -> str:
        head = label("evidence", "head", head=extra.head) if extra.head else label("evidence", "no_head")
        acts = [m.evidence for m in members if m.evidence.bailiff]
        lines = [
            label(
                "evidence", "notice", case=case, made=clock.local(self._now).strftime("%H:%M ngày %d/%m/%Y"),
                files=len(self._files), head=head, script=SCRIPT, manifest=verify.MANIFEST,
            ),
            "",
            label("evidence", "bailiffs") if acts else label("evidence", "no_bailiff"),
        ]  # fmt: skip
        for e in acts:
            assert e.bailiff
            dated = e.bailiff.dated.strftime("%d/%m/%Y")
            lines.append(
                label(
                    "evidence", "bailiff", id=e.id, number=e.bailiff.number, office=e.bailiff.office, dated=dated
                )
            )  # fmt: skip
        lines += ["", label("evidence", "missing") if missing else label("evidence", "nothing_missing")]
        lines += [f"- {sentence(one)}" for one in missing]
        return "\r\n".join("\n".join(lines).split("\n")) + "\r\n"


def sentence(missing: MissingEvidence) -> str:
    """What could not be had, when and why, as one sentence for a person."""
    about = missing.url or missing.article or label("evidence", "no_address")
    why = of(missing.reason)
    if missing.status:
        why += f" ({of(missing.status)}{': ' + missing.detail if missing.detail else ''})"
    elif missing.detail:
        why += f" ({missing.detail})"
    at = clock.local(missing.at).strftime("%H:%M %d/%m/%Y")
    return label("evidence", "missing_one", kind=of(missing.kind), about=about, at=at, why=why)
