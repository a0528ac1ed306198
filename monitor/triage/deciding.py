"""The first decision on a story or item: noted, irrelevant, or a case; taken back within a day."""

from __future__ import annotations

from datetime import datetime

from monitor.errors import RefusedError
from monitor.model.case import Triaged, TriageState
from monitor.model.event import Happening
from monitor.model.people import OfficeRole, Person
from monitor.triage.opening import UNDO

_MOVES = {
    TriageState.NEW: {TriageState.NOTED, TriageState.IRRELEVANT, TriageState.CASE},
    TriageState.NOTED: {TriageState.IRRELEVANT, TriageState.CASE},
    TriageState.IRRELEVANT: {TriageState.NOTED, TriageState.CASE},
    TriageState.CASE: set(),
}
_ANEW = {**_MOVES, TriageState.CASE: {TriageState.CASE}}
"""A matter whose case is closed may become another one."""


def decide(
    subject: str,
    before: Triaged | None,
    state: TriageState,
    *,
    actor: Person,
    now: datetime,
    case: str = "",
    note: str = "",
    anew: bool = False,
) -> tuple[Triaged, Happening]:
    """The decision and its event. ``anew``: a further case, the one decided on before is closed.

    Raises RefusedError for a move there is none of, and for who may not decide.
    """
    was = before.state if before else TriageState.NEW
    if actor.disabled or not actor.has(OfficeRole.LEADER, OfficeRole.PRESS):
        raise RefusedError("triage_role", person=actor.id)
    if state not in (_ANEW if anew else _MOVES)[was]:
        if was is TriageState.CASE:
            raise RefusedError("triage_is_case", case=f" {before.case}" if before else "")
        raise RefusedError("triage_same", state=was)
    done = Triaged(subject=subject, state=state, before=was, by=actor.id, at=now, case=case, note=note.strip())
    refs = tuple(ref for ref in (subject, case) if ref)
    return done, Happening(action="triage.decide", thing=subject, before=was.value, after=state.value, refs=refs)


def undo(done: Triaged | None, *, actor: Person, now: datetime, earlier: str = "") -> tuple[Triaged, Happening]:
    """Back to what was before, within a day; taking back a case is the case's own undo.

    ``earlier`` is the case the matter belonged to before, where it had become another one.
    """
    if actor.disabled or not actor.has(OfficeRole.LEADER, OfficeRole.PRESS):
        raise RefusedError("triage_role", person=actor.id)
    if done is None or done.state is TriageState.NEW:
        raise RefusedError("triage_nothing")
    if now - done.at > UNDO:
        raise RefusedError("triage_too_late", at=f"{done.at:%d/%m/%Y}")
    # What was before is forgotten with it: an undo is not undone, and a case never comes back this way.
    again = done.before is TriageState.CASE
    state = TriageState.NEW if again and not earlier else done.before
    back = Triaged(
        subject=done.subject, state=state, before=TriageState.NEW, by=actor.id, at=now, case=earlier if again else ""
    )
    happened = Happening(
        action="triage.undo", thing=done.subject, before=done.state.value, after=back.state.value, refs=(done.subject,)
    )
    return back, happened
