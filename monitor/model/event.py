"""The log of everything done to cases: ids only, chained by hash, its head anchored in what leaves the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Happening:
    """An event before it is stored: what was done to which thing of the case, and what state that made of it.

    ``thing`` is the id of a claim, remedy, request, paper … of the case, or empty for the case itself; ``before`` and
    ``after`` are its states (empty where the act changes none), ``why`` a named reason, ``refs`` ids of what it
    touched (persons, articles, evidence). Never a name, a number or a text.
    """

    action: str
    thing: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Event:
    """A link of the chain: ``n`` counts from 1 without gaps, ``hash`` covers all other fields and ``previous``."""

    n: int
    at: datetime
    actor: str
    case: str
    action: str
    thing: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    refs: tuple[str, ...] = ()
    on_behalf: str = ""
    previous: str
    hash: str


@dataclass(frozen=True, kw_only=True)
class Head:
    """The end of the chain at some moment: so many events, the last one's hash."""

    count: int
    hash: str

    def __str__(self) -> str:
        return f"{self.count}-{self.hash[:16]}"


class AnchorKind(StrEnum):
    """In what a head was printed."""

    PAPER = "paper"
    REPORT = "report"
    BACKUP = "backup"
    PACK = "pack"


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """A head that left the office: in which paper, report, backup or evidence pack, and when."""

    kind: AnchorKind
    where: str
    head: Head
    at: datetime


class Flaw(StrEnum):
    """What can be wrong with the chain."""

    CHANGED = "changed"
    MISSING = "missing"
    ORDER = "order"
    ANCHOR = "anchor"
    STATE = "state"
    EVIDENCE = "evidence"


@dataclass(frozen=True, kw_only=True)
class AuditReport:
    """What the audit found: ``flaws`` as (event number, flaw, anchor or case); empty when the chain holds.

    Up to ``anchored`` events the chain is vouched for by ``anchor``; ``after`` events lie beyond it, which only
    their own links hold.
    """

    count: int
    head: Head | None
    anchor: Anchor | None
    anchored: int
    after: int
    flaws: tuple[tuple[int, Flaw, str], ...] = ()
