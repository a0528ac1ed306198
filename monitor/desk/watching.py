"""The watch, seen from a case: begun when it opens, ended when it closes, and what it found decided on by people.

A found correction is proposed to the case: accepting it marks the article as corrected wherever it is shown. What
came of the request is still recorded by a person (``desk.recording``), who has seen the notice.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

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
from monitor.model.action import CaseAction, Step, gate
from monitor.model.case import Case, CaseStatus
from monitor.model.event import Happening
from monitor.model.watch import Change, WatchReport
from monitor.store import cases as stored
from monitor.store.db import Database, opened


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


def changes(sitting: Sitting, ident: str) -> tuple[Change, ...]:
    """What became of the pages of a case."""
    return watch_acts.changes_of_case(sitting.db, sitting.case(ident).id)


def decide(sitting: Sitting, ident: str, number: int, *, accepted: bool) -> Change:
    """A person confirms or dismisses a change that was found on a page of this case."""
    case = sitting.case(ident)
    gate(case, CaseAction.ATTACH, sitting.actor)
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
