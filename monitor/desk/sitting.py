"""One person's sitting at the desk: who acts, on what database, at what time; and the one way a case is changed.

    sitting(home, by) ──▶ act(case id, move) ──▶ [ read ▶ may he see it? ▶ still the revision he saw? ▶ move ▶ store
                                                  case, events ]  one transaction

Every act of a person goes through ``act``. A case the person may not see is as unknown as one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from monitor import clock
from monitor.config import Home
from monitor.desk import people
from monitor.errors import UsageError
from monitor.model.action import Step
from monitor.model.case import Case
from monitor.model.event import Happening
from monitor.model.people import Person
from monitor.store import cases, events
from monitor.store.db import Database, opened
from monitor.triage.opening import visible

Move = Callable[[Case], Step]


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Who acts, where and when; ``acts_for`` are the persons he stands in for today, ``on_behalf`` the one whose
    part he plays in this act."""

    home: Home
    db: Database
    actor: Person
    now: datetime
    acts_for: tuple[str, ...] = ()
    on_behalf: str = ""

    def sees(self, case: Case) -> bool:
        """Whether he may know of the case."""
        return visible(case, self.actor, self.acts_for)

    def case(self, ident: str) -> Case:
        """The case of this id. Raises UsageError where there is none that he may see."""
        found = cases.get(self.db, ident.upper())
        if found is None or not self.sees(found):
            raise UsageError("case_unknown", value=ident)
        return found

    def act(self, ident: str, move: Move, *, expected: int | None = None) -> Case:
        """Moves the case in one transaction and returns it as stored.

        ``expected`` is the revision the person saw: where somebody was quicker, ConflictError and nothing written.
        """
        with self.db.atomic():
            before = self.case(ident)
            if expected is not None and before.revision != expected:
                raise cases.conflict(self.db, before.id)
            return self.keep(before, move(before))

    def keep(self, before: Case, step: Step) -> Case:
        """Stores a step made on ``before`` with its events, within the caller's transaction."""
        after = replace(step.case, revision=before.revision + 1)
        cases.put(self.db, after, before=before.revision, actor=self.actor.id, now=self.now)
        self.log(step, after.id)
        return after

    def begin(self, step: Step) -> Case:
        """Stores a new case with its events, within the caller's transaction."""
        case = replace(step.case, revision=1)
        cases.put(self.db, case, before=0, actor=self.actor.id, now=self.now)
        self.log(step, case.id)
        return case

    def note(self, *happened: Happening) -> None:
        """Adds to the chain what happened outside of any case."""
        events.append(self.db, happened, case="", actor=self.actor.id, now=self.now, on_behalf=self.on_behalf)

    def log(self, step: Step, case: str) -> None:
        """Adds what happened to the chain."""
        events.append(self.db, step.happened, case=case, actor=self.actor.id, now=self.now, on_behalf=self.on_behalf)


@contextmanager
def sitting(home: Home, by: str | None = None, *, on_behalf: str = "") -> Iterator[Sitting]:
    """A sitting of the person named by id, login or name; see ``desk.people.actor`` for who acts when nobody is."""
    now = clock.now()
    with opened(home.database) as db:
        actor = people.actor(db, by)
        acts_for = people.standing_in(db, actor.id, clock.local(now).date())
        if on_behalf and on_behalf not in acts_for:
            raise UsageError("no_stand_in", person=actor.id, absent=on_behalf)
        yield Sitting(home=home, db=db, actor=actor, now=now, acts_for=tuple(acts_for), on_behalf=on_behalf)
