"""Who acts: persons with their roles, the union bodies they belong to, and who stands in for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum


class OfficeRole(StrEnum):
    """What a person does in the office; one person may have several."""

    LEADER = "leader"
    """Reads, directs, concludes, approves and signs."""
    PRESS = "press"
    """The press officer: opens, verifies, drafts, records."""
    CLERK = "clerk"
    """Văn thư: numbers, sends, receives."""
    UNIT = "unit"
    """Works for a unit and answers what the unit is asked."""
    ADMIN = "admin"
    """Keeps the program: people, bodies, settings."""


FEDERATION = "ld"
"""The federation's own id among the bodies."""


class UnitKind(StrEnum):
    """Where a union body stands."""

    FEDERATION = "federation"
    SECTOR = "sector"
    WARD = "ward"
    ZONE = "zone"
    GRASSROOTS = "grassroots"
    INSPECTION = "inspection"
    """The federation's inspection committee (Ủy ban Kiểm tra), which verifies where a body may not verify itself."""


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A union body: ``parent`` is the id of the level above, ``ends`` the last day it existed.

    ``superior`` and ``heading`` are the two lines of its letterhead, ``symbol`` what its letters carry after the
    number, ``place`` stands before the date, ``formula`` above the signature ("TM. BAN CHẤP HÀNH").
    """

    id: str
    name: str
    kind: UnitKind
    parent: str = ""
    aliases: tuple[str, ...] = ()
    superior: str = ""
    heading: str = ""
    symbol: str = ""
    place: str = ""
    formula: str = ""
    email: str = ""
    phone: str = ""
    starts: date | None = None
    ends: date | None = None

    def exists(self, on: date) -> bool:
        """Whether the body existed on that day."""
        return not ((self.starts and on < self.starts) or (self.ends and on > self.ends))


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone who acts. Events hold the id alone, so that the rest can be erased."""

    id: str
    name: str
    roles: tuple[OfficeRole, ...]
    unit: str = ""
    title: str = ""
    login: str = ""
    disabled: datetime | None = None

    def has(self, *roles: OfficeRole) -> bool:
        """Whether the person has one of these roles. To keep the program is no right to conclude, sign or number."""
        return any(role in self.roles for role in roles)

    @property
    def body(self) -> str:
        """The id of the body he works for; who belongs to none works for the federation."""
        return self.unit or FEDERATION

    def acting_for(self, absent: Person) -> Person:
        """He with the absent one's rights beside his own; rights in one body give none in another."""
        if self.body != absent.body:
            return self
        return replace(self, roles=tuple(dict.fromkeys((*self.roles, *absent.roles))))


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """``person`` acts for ``absent`` from ``first`` to ``last``, both days included ("thay mặt")."""

    id: int
    absent: str
    person: str
    first: date
    last: date
