"""One case on two pages (báo cáo vụ việc): what its template may print. All texts are plain and of one paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Shown(Generic[Row]):
    """The rows of a part that have room, and how many more the case holds."""

    rows: tuple[Row, ...] = ()
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of what is known at a glance: "Chủ trì: Công đoàn phường Cam Đường"."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PublishedRow:
    """An item of the case; ``evidence`` are ids of what was kept of it, or that nothing was."""

    day: str
    outlet: str
    title: str
    evidence: str


@dataclass(frozen=True, kw_only=True)
class ClaimRow:
    """A disputed passage, what the check found, and the verdict in words."""

    number: str
    quote: str
    found: str
    verdict: str


@dataclass(frozen=True, kw_only=True)
class RemedyRow:
    """A measure: who does it until when, and what came of it."""

    measure: str
    who: str
    due: str
    result: str


@dataclass(frozen=True, kw_only=True)
class DemandRow:
    """One thing asked of one addressee: ``due`` is the date with its computation and the sentence it rests on."""

    to: str
    what: str
    due: str
    result: str


@dataclass(frozen=True, kw_only=True)
class CaseReport:
    """Everything the report prints. ``about`` is the case's title, ``state`` where it stands, ``until`` the moment of
    that; ``scope`` is printed in a frame where the case may not be passed on. ``head`` is the end of the event log.
    """

    id: str
    superior: str
    office: str
    dated: str
    about: str
    state: str
    until: str
    scope: str = ""
    facts: tuple[Fact, ...] = ()
    published: Shown[PublishedRow] = Shown()
    checks: Shown[str] = Shown()
    claims: Shown[ClaimRow] = Shown()
    findings: Shown[str] = Shown()
    conclusion: str = ""
    remedies: Shown[RemedyRow] = Shown()
    demands: Shown[DemandRow] = Shown()
    corrections: Shown[str] = Shown()
    papers: Shown[str] = Shown()
    ahead: Shown[str] = Shown()
    events: Shown[str] = Shown()
    by: str = ""
    head: str = ""
