"""What the tests of access share: a cheap hasher that counts, people with passwords, a case with an assignment."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher
from press_server import NOW

from monitor.clock import local
from monitor.config import Home
from monitor.desk import people, signing_in, verifying
from monitor.desk.hashing import Argon2
from monitor.desk.passwords import set_password
from monitor.desk.sitting import Sitting
from monitor.model.access import SignedIn
from monitor.model.case import Case, Part
from monitor.model.people import OfficeRole, Person
from monitor.triage import opening

GOOD = "con mèo trèo cây cau"
OTHER = "hỏi thăm chú chuột đi đâu"
TODAY = local(NOW).date()


@dataclass(frozen=True)
class Cheap(Argon2):
    """Argon2id that costs nothing, and keeps which hashes it was asked about."""

    made: PasswordHasher = field(default_factory=lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    asked: list[str] = field(default_factory=list, compare=False)

    def matches(self, hashed: str, password: str) -> bool:
        self.asked.append(hashed)
        return super().matches(hashed, password)


CHEAP = Cheap()


def add(s: Sitting, name: str, *roles: OfficeRole, unit: str = "", password: str = GOOD) -> Person:
    made = people.add_person(s.db, s.actor, name, roles, unit=unit, login=name.lower(), now=s.now)
    if password:
        set_password(s.home, s.db, made.id, password, by=s.actor, now=s.now, hasher=CHEAP)
    return made


@dataclass
class Door:
    """Where people sign in: ``at`` is the time in seconds since the tests' now."""

    home: Home
    s: Sitting
    at: float = 0.0

    def __call__(
        self, login: str, password: str = GOOD, *, address: str = "10.0.0.1", device: str = "", agent: str = "Firefox"
    ) -> SignedIn:
        return signing_in.sign_in(
            self.home, self.s.db, login, password, address=address, device=device, agent=agent,
            now=NOW + timedelta(seconds=self.at), hasher=CHEAP,
        )  # fmt: skip


def case_asking(s: Sitting, *, unit: str = "", person: str = "", task: str = "Kiểm tra bữa ăn ca.") -> Case:
    """A case with one open assignment, its lead."""
    with s.db.atomic():
        made = s.begin(opening.open_case("VV2026-0001", "Báo nêu bữa ăn ca", actor=s.actor, now=s.now))
    asked = verifying.Task(part=Part.LEAD, task=task, due=TODAY + timedelta(days=3), unit=unit, person=person)
    return verifying.assign(s, made.id, asked)
