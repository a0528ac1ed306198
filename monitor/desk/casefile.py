"""The file of a case (hồ sơ): list of papers, papers in order, evidence and log, as one pack that verifies itself."""

from __future__ import annotations

from pathlib import Path

from monitor.desk import proof
from monitor.desk.sitting import Sitting
from monitor.errors import InputError
from monitor.labels import os_reason
from monitor.model.action import CaseAction, gate
from monitor.model.evidence import Packed


def make(sitting: Sitting, ident: str, target: Path | None = None) -> tuple[Path, Packed]:
    """Writes the file, by default ``data/cases/<id>.zip`` (an earlier one is replaced: it says when it was made).

    Only one that was asked for at a place of its own counts as having left the office. Raises RefusedError for who
    may not have it.
    """
    case = sitting.case(ident)
    gate(case, CaseAction.PACK, sitting.actor)
    leaves = target is not None
    target = target or sitting.home.data / "cases" / f"{case.id}.zip"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError("file_unwritable", file=target, detail=os_reason(error)) from error
    return target, proof.pack(sitting, case.id, target, leaves=leaves)
