"""What a person does with rows of the inbox, several at once; each matter by itself, a case of several as one.

    rows ──▶ decided by somebody else since the list was shown? left as it is, and told
         └─▶ noted | irrelevant | one case (and who is asked) | added to a case | undone

The rules of every act are those of ``desk.triage`` and ``desk.verifying``; here is only what belongs together: a case
that opens is watched from then on, and an undo ends that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor.clock import local
from monitor.desk import triage, verifying, watching
from monitor.desk.sitting import Sitting
from monitor.desk.verifying import Task
from monitor.errors import ConflictError, MonitorError
from monitor.labels import of
from monitor.model.case import Case, Triaged, TriageState
from monitor.store import cases, people


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The matters it was done to, and why the others were left as they are; the case where there is one.

    ``said`` is what was decided of those it was done to. ``final``: an undo would take back more than this act, or
    nothing.
    """

    done: tuple[str, ...] = ()
    said: tuple[Triaged, ...] = ()
    left: tuple[MonitorError, ...] = ()
    case: Case | None = None
    final: bool = False


def decide(
    s: Sitting, subjects: Iterable[str], state: TriageState, *, note: str = "", shown: datetime | None = None
) -> Outcome:
    """Noted, or irrelevant. ``shown`` is when the person saw the list: what another decided after that is left."""

    def one(subject: str) -> Triaged:
        _fresh(s, subject, shown)
        return triage.decide(s, subject, state, note)

    return _each(subjects, one)


def undo(s: Sitting, subjects: Iterable[str], *, shown: datetime | None = None) -> Outcome:
    """Takes the last decisions back. Of one case's matters the first undoes all; what is new again is no failure."""
    wanted = list(subjects)
    standing = {one: _stands(s, one) for one in wanted}

    def one(subject: str) -> Triaged | None:
        if standing[subject] and not _stands(s, subject):
            return None  # came back together with another one
        _fresh(s, subject, shown)
        return take_back(s, subject)

    return _each(wanted, one)


def _stands(s: Sitting, subject: str) -> bool:
    return bool(triage.known(s, subject).last)


def take_back(s: Sitting, subject: str) -> Triaged:
    """``triage.undo``; what leaves a case with it is not watched for it any more."""
    with s.db.atomic():
        last = triage.known(s, subject).last
        before = cases.get(s.db, last[0].case) if last and last[0].case else None
        done = triage.undo(s, subject)
        if before:
            after = s.case(before.id)
            watching.drop(s, after, set(before.articles) - set(after.articles))
            watching.refresh(s, after)
    return done


def open_case(
    s: Sitting,
    subjects: Iterable[str],
    *,
    title: str = "",
    task: Task | None = None,
    shown: datetime | None = None,
) -> Outcome:
    """One case of all of them, and where ``task`` is given its first assignment; all of it or nothing."""
    wanted = tuple(dict.fromkeys(subjects))
    with s.db.atomic():
        for one in wanted:
            _fresh(s, one, shown)
        case = triage.open_case(s, wanted, triage.Opening(title=title))
        watching.begin(s, case)
        if task:
            case = verifying.assign(s, case.id, task)
    return Outcome(done=wanted, case=case, final=task is not None)


def add(
    s: Sitting, ident: str, subjects: Iterable[str], *, task: Task | None = None, shown: datetime | None = None
) -> Outcome:
    """They join a case that is open, and where ``task`` is given somebody is asked; all of it or nothing.

    Final where one of them stood in the case already: the decision that stands is an earlier one.
    """
    wanted = tuple(dict.fromkeys(subjects))
    with s.db.atomic():
        held = set(s.case(ident).articles)
        there = any(held.issuperset(triage.known(s, one).articles) for one in wanted)
        for one in wanted:
            _fresh(s, one, shown)
        case = triage.add_to_case(s, ident, wanted)
        watching.begin(s, case)
        if task:
            case = verifying.assign(s, case.id, task)
    return Outcome(done=wanted, case=case, final=there or task is not None)


def _each(subjects: Iterable[str], act: Callable[[str], Triaged | None]) -> Outcome:
    done, left, said = [], [], []
    for subject in dict.fromkeys(subjects):
        try:
            decided = act(subject)
        except MonitorError as error:
            left.append(error)
        else:
            done.append(subject)
            said += [decided] if decided else []
    return Outcome(done=tuple(done), left=tuple(left), said=tuple(said))


def _fresh(s: Sitting, subject: str, shown: datetime | None) -> None:
    """Raises ConflictError where another person decided on it since the list was shown."""
    found = triage.known(s, subject)
    decided = found.last[0] if found.last else found.decided
    if shown is None or decided is None or decided.at <= shown or decided.by == s.actor.id:
        return
    if decided.case and not ((case := cases.get(s.db, decided.case)) and s.sees(case)):
        return  # a case he may not know of: the act itself is refused without a name
    who = people.get(s.db, decided.by)
    raise ConflictError(
        "triage_meanwhile",
        who=who.name if who else decided.by, title=found.first.title[:90], at=f"{local(decided.at):%H:%M %d/%m}",
        state=of(decided.state), case=f" {decided.case}" if decided.case else "",
    )  # fmt: skip
