"""The watch, seen from a case: begun when it opens, ended when it closes, and what it found decided on by people.

A found correction is proposed to the case: accepting it marks the article as corrected wherever it is shown. What
came of the request is still recorded by a person (``desk.recording``), who has seen the notice.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitor import clock
from monitor.config import Home
from monitor.config.watch import load_watch
from monitor.desk.clocks import cards_in
from monitor.desk.due import items
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.jobs import watch_acts
from monitor.jobs.watch import watch_round
from monitor.model.action import CaseAction, Step, entitled
from monitor.model.case import Case, CaseStatus
from monitor.model.event import Happening
from monitor.model.watch import Change, WatchReport
from monitor.store import cases as stored
from monitor.store import watch
from monitor.store.db import Database, opened


@dataclass(frozen=True, kw_only=True)
class Told:
    """A round as one person may know of it; ``hidden`` lines are of cases that he does not see."""

    report: WatchReport
    hidden: int = 0


def look_for(
    sitting: Sitting, *, only_due: bool = True, cases: Sequence[str] = (), stop: threading.Event | None = None
) -> Told:
    """``look`` by a person, who is told of pages that a union story or a case he sees waits for.

    Raises UsageError for a named case that he does not see, before anything is fetched.
    """
    named = [sitting.case(ident).id for ident in cases]
    report = look(sitting.home, only_due=only_due, cases=named, stop=stop)
    days = load_watch(sitting.home.rules).rhythm.days_after_case
    # As of the beginning: what a page waited for when it was looked at, though that ended with the round.
    why = watch.reasons(sitting.db, [line.watched for line in report.lines], sitting.now, days_after_case=days)
    seen = {case.id for case in stored.every(sitting.db) if sitting.sees(case)} | {""}
    shown = tuple(line for line in report.lines if why.get(line.watched, set()) & seen)
    return Told(report=replace(report, lines=shown), hidden=len(report.lines) - len(shown))


def look(
    home: Home, *, only_due: bool = True, cases: Sequence[str] = (), stop: threading.Event | None = None
) -> WatchReport:
    """A round over the watched pages; union stories of the last days join it first."""
    with opened(home.database) as db:
        watch_acts.watch_stories(db, clock.now(), load_watch(home.rules))
    return watch_round(home, only_due=only_due, cases=cases, passages=passages, stop=stop)


def begin(sitting: Sitting, case: Case) -> None:
    """The pages of the case's items are watched from now on, more often as its next due date comes near."""
    with sitting.db.atomic():
        watch_acts.watch_case(sitting.db, case.id, case.articles, sitting.now)
        refresh(sitting, case)


def refresh(sitting: Sitting, case: Case) -> None:
    """Tells the watch the case's next due date, or that it is closed."""
    if case.status is CaseStatus.CLOSED:
        watch_acts.unwatch_case(sitting.db, case.id, sitting.now)
        return
    dues = [item.at for item in items(Rulebook(sitting.home), case, cards_in(sitting.db), sitting.now)]
    upcoming = min((at for at in dues if at > sitting.now), default=None)
    watch_acts.watch_due(sitting.db, case.id, upcoming, sitting.now, load_watch(sitting.home.rules))


def drop(sitting: Sitting, case: Case, articles: Iterable[str]) -> None:
    """Items that left the case are not watched for it any more."""
    watch_acts.unwatch_articles(sitting.db, case.id, articles)


def changes(sitting: Sitting, ident: str) -> tuple[Change, ...]:
    """What became of the pages of a case."""
    return watch_acts.changes_of_case(sitting.db, sitting.case(ident).id)


def decide(sitting: Sitting, ident: str, number: int, *, accepted: bool) -> Change:
    """A person confirms or dismisses a change that was found on a page of this case."""
    entitled(CaseAction.RECORD, sitting.actor)
    if number not in {change.id for change in changes(sitting, ident)}:
        raise UsageError("watch_change_unknown", number=number)
    act = watch_acts.accept if accepted else watch_acts.dismiss
    with sitting.db.atomic():
        done = act(sitting.db, number, sitting.actor.id, sitting.now)
        why = "accepted" if accepted else "dismissed"
        happened = Happening(action="watch.decide", why=why, refs=(f"w{number}", done.article))
        sitting.act(ident, lambda found: Step(case=found, happened=(happened,)))
    return done


def passages(db: Database, article: str) -> list[str]:
    """The disputed words of an article, as its cases hold them: a correction is likely to repeat them."""
    return [claim.quote for case in stored.with_articles(db, [article]) for claim in case.live_claims]
