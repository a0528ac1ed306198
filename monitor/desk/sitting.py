"""One person's sitting at the desk: who acts, on what database, at what time; and the one way a case is changed.

    sitting(home, by) ──▶ act(case id, move) ──▶ [ read ▶ may he see it? ▶ still the revision he saw? ▶ move ▶ store
                                                  case, events ]  one transaction

Every act of a person goes through ``act``. A case the person may not see is as unknown as one that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor import clock
from monitor.config import Home
from monitor.desk import people
from monitor.errors import RefusedError, UsageError
from monitor.labels import label
from monitor.model.action import Step, elsewhere
from monitor.model.case import Assignment, Case, Way
from monitor.model.event import Happening
from monitor.model.people import FEDERATION, Person
from monitor.store import cases, events
from monitor.store.db import Database, opened
from monitor.triage.opening import visible

Move = Callable[[Case], Step]


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """Who acts, where and when; ``acts_for`` are the persons he stands in for today, ``on_behalf`` the one whose
    part he plays in this act, whose rights the ``actor`` then has beside his own.

    ``expected`` is the revision of the case that he saw before he came; what he does himself moves it on.
    """

    home: Home
    db: Database
    actor: Person
    now: datetime
    acts_for: tuple[str, ...] = ()
    on_behalf: str = ""
    expected: int | None = None
    _left: dict[str, int] = field(default_factory=dict, compare=False)
    """The revisions in which this sitting left its cases, where it was said which one it found."""

    def sees(self, case: Case) -> bool:
        """Whether he may know of the case."""
        return visible(case, self.actor, self.acts_for)

    def case(self, ident: str) -> Case:
        """The case of this id as he may read it. Raises UsageError where there is none that he may see.

        Who filled in an answer's form, and his telephone, only people of the federation read: the form promises it.
        """
        found = self.whole(ident)
        if not elsewhere(self.actor, FEDERATION):
            return found
        return replace(found, assignments=tuple(self._veiled(one) for one in found.assignments))

    @staticmethod
    def _veiled(asked: Assignment) -> Assignment:
        if asked.answer is None or asked.answer.way is not Way.LINK:
            return asked
        return replace(asked, answer=replace(asked.answer, source=label("access", "source_veiled")))

    def whole(self, ident: str) -> Case:
        """``case`` with all that stands in it, to be changed and stored again."""
        found = cases.get(self.db, ident.upper())
        if found is None or not self.sees(found):
            raise UsageError("case_unknown", value=ident)
        return found

    def act(self, ident: str, move: Move, *, expected: int | None = None) -> Case:
        """Moves the case in one transaction and returns it as stored.

        ``expected`` is the revision the person saw, the sitting's own where it is not given: where somebody was
        quicker, ConflictError and nothing written.
        """
        with self.db.atomic():
            before = self.whole(ident)
            seen = self._left.get(before.id, self.expected) if expected is None else expected
            if seen is not None and before.revision != seen:
                raise cases.conflict(self.db, before.id)
            after = self.keep(before, move(before))
        if seen is not None:
            self._left[after.id] = after.revision
        return after

    def keep(self, before: Case, step: Step) -> Case:
        """Stores a step made on ``before`` with its events, within the caller's transaction."""
        if step.case.reached_at != before.reached_at:
            self._came(step.case)
        after = replace(step.case, revision=before.revision + 1)
        cases.put(self.db, after, before=before.revision, actor=self.actor.id, now=self.now)
        self.log(step, after.id)
        return after

    def begin(self, step: Step) -> Case:
        """Stores a new case with its events, within the caller's transaction."""
        self._came(step.case)
        case = replace(step.case, revision=1)
        cases.put(self.db, case, before=0, actor=self.actor.id, now=self.now)
        self.log(step, case.id)
        return case

    def _came(self, case: Case) -> None:
        # Our own time limits run from that day: one to come would put all of them off.
        if case.reached_at and case.reached_at > self.now:
            raise RefusedError("in_the_future", what=label("case", "reached_at"))

    def note(self, *happened: Happening) -> None:
        """Adds to the chain what happened outside of any case."""
        events.append(self.db, happened, case="", actor=self.actor.id, now=self.now, on_behalf=self.on_behalf)

    def log(self, step: Step, case: str) -> None:
        """Adds what happened to the chain."""
        events.append(self.db, step.happened, case=case, actor=self.actor.id, now=self.now, on_behalf=self.on_behalf)


@contextmanager
def sitting(
    home: Home, by: str | None = None, *, on_behalf: str = "", expected: int | None = None
) -> Iterator[Sitting]:
    """A sitting of the person named by id, login or name; see ``desk.people.actor`` for who acts when nobody is.

    ``on_behalf`` names the absent one he stands in for today, ``expected`` the revision of the case that he saw. Raises
    RefusedError for who acts no more, and UsageError where he does not stand in for that one.
    """
    now = clock.now()
    with opened(home.database) as db:
        yield seated(home, db, by or "", on_behalf=on_behalf, expected=expected, now=now)


def seated(
    home: Home, db: Database, by: str, *, on_behalf: str = "", expected: int | None = None, now: datetime | None = None
) -> Sitting:
    """``sitting`` on a database that is open already; ``now`` is the clock's time where it is not given."""
    at = now or clock.now()
    actor = people.active(people.actor(db, by))
    acts_for = people.standing_in(db, actor.id, clock.local(at).date())
    absent = people.active(people.person(db, on_behalf)) if on_behalf else None
    if absent and absent.id not in acts_for:
        raise UsageError("no_stand_in", person=actor.id, absent=absent.id)
    return Sitting(
        home=home, db=db, actor=actor.acting_for(absent) if absent else actor, now=at, acts_for=tuple(acts_for),
        on_behalf=absent.id if absent else "", expected=expected,
    )  # fmt: skip
