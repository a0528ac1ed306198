"""What a form showed, as a mark that it carries: who saw an older state than is stored overwrites nobody unseen.

    page ──mark(thing)──▶ form ──seen──▶ corridor: still the same? ──▶ changed
                                                  └─ no: ConflictError, which tells what is stored now

For what has no revision of its own: people, bodies, cards of outlets, the office's names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from monitor import labels
from monitor.desk.hashing import digest
from monitor.errors import ConflictError
from monitor.labels import label

_MOST = 160

Field = tuple[str, object, object]
"""What it is called, what is stored, what was to be stored."""


def mark(*things: object) -> str:
    """A mark of these values (frozen records and what they are made of), another one for every other state."""
    return digest(repr(things))


def still(seen: str | None, what: str, things: Iterable[object], fields: Iterable[Field]) -> None:
    """Raises ConflictError where ``things`` are no longer what ``seen`` marks; without a mark nothing is compared.

    ``what`` names them; of ``fields`` those are told that would be overwritten with something else.
    """
    if seen is None or seen == mark(*things):
        return
    told = [f"{name}: {_said(stored)}" for name, stored, wanted in fields if stored != wanted]
    raise ConflictError("shown_changed", what=what, now="; ".join(told) or label("shown", "other"))


def _said(value: object) -> str:
    if isinstance(value, tuple):
        words = ", ".join(map(_said, value)) if value else ""
    elif isinstance(value, StrEnum):
        words = labels.of(value)
    elif isinstance(value, date):
        words = f"{value:%d/%m/%Y}"
    else:
        words = "" if value is None else " ".join(str(value).split())
    words = words if len(words) <= _MOST else f"{words[:_MOST].rstrip()}…"
    return words or label("shown", "nothing")
