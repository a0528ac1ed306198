"""What the page of one case shows: the parts of it, each from its own module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from monitor import clock
from monitor.desk import evidence, messages, next_step, outlets, presence, timeline, watching
from monitor.desk.article_words import topic_names
from monitor.desk.clocks import cards_in, clocks_of
from monitor.evidence.pack import sentence
from monitor.jobs import watch_acts
from monitor.model.action import CaseAction, answers, entitled
from monitor.model.case import Assignment, AssignmentState, Case
from monitor.store import articles
from monitor.store import evidence as files
from monitor.triage.opening import UNDO
from monitor.web.pages import case_papers, case_requests
from monitor.web.pages.case_choices import choices
from monitor.web.pages.case_rules import Hand, hand, hands, rules

if TYPE_CHECKING:
    from monitor.model.article import Article
    from monitor.model.watch import Corrected
    from monitor.web.visit import Visit

_DAYS_TO_ANSWER = timedelta(days=5)
"""Proposed as when somebody asked should answer, as the queue proposes it; the office's habit, no law."""
_LINES = 40
"""Events shown at first; the page links to all of them."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of the case: by which outlet, in its name; whether the outlet corrected it."""

    article: Article
    outlet: str
    corrected: Corrected | None


@dataclass(frozen=True, kw_only=True)
class Task:
    """An assignment as the page shows it; ``answer`` is whose hand may record the answer, ``message`` what is pasted
    into Zalo or a mail."""

    asked: Assignment
    answer: Hand | None
    own: bool
    message: str


def values(v: Visit, case: Case) -> Mapping[str, object]:
    """The page's values by name, for ``case.html`` and what it includes."""
    name = timeline.names(v.at, case)
    may = hands(v, case, CaseAction)
    clocks = clocks_of(rules(v), case, cards_in(v.db), v.now)
    lines = timeline.timeline(v.at, case)
    everything = v.query.get("nhat-ky") == "het"
    items = tuple(_items(v, case))
    return {
        "case": case, "may": may, "name": name, "next": next_step.next_step(case),
        "topics": topic_names(v.home.rules), "items": items,
        "own_clocks": [one for one in clocks if not one.request],
        "their_clocks": [one for one in clocks if one.request],
        "tasks": [_task(v, case, one, may) for one in case.assignments],
        "evidence": files.of_case(v.db, case.id), "lacking": [sentence(one) for one in evidence.lacking(v.db, case.id)],
        "changes": tuple(reversed(watching.changes(v.at, case.id))),
        "lines": lines if everything else lines[:_LINES], "all_lines": len(lines),
        "quotable": [one for one in items if one.article.text or one.article.lead],
        "article_choices": [(one.article.id, f"{one.outlet}: {one.article.title}"[:120]) for one in items],
        "may_watch": hand(v, lambda who: entitled(CaseAction.RECORD, who)),
        "undoable": not (case.last or case.reopened or case.arrivals) and v.now - case.opened <= UNDO,
        "others": _others(v, case), "link": "", "link_for": "", "link_message": "", "link_days": v.settings.answer_days,
        "today": clock.local(v.now).date(), "answer_day": clock.local(v.now).date() + _DAYS_TO_ANSWER,
        **choices(v, case), **case_requests.values(v, case), **case_papers.values(v, case),
    }  # fmt: skip


def _items(v: Visit, case: Case) -> Iterator[Item]:
    names = outlets.names(v.at)
    corrected = watch_acts.corrected(v.db, case.articles)
    for one in articles.by_ids(v.db, list(case.articles)):
        yield Item(article=one, outlet=names.get(one.outlet, one.outlet), corrected=corrected.get(one.id))


def _task(v: Visit, case: Case, asked: Assignment, may: Mapping[str, Hand]) -> Task:
    me = v.at.actor
    own = me.id == asked.person or (asked.unit != "" and me.unit == asked.unit)
    mine = hand(v, lambda who: answers(who, own=own)) if CaseAction.ANSWER in may else None
    open_ = asked.state is AssignmentState.OPEN
    words = messages.assignment(v.at, case, asked) if open_ and CaseAction.ASSIGN in may else ""
    live = asked.state is not AssignmentState.WITHDRAWN
    return Task(asked=asked, answer=mine if live else None, own=own, message=words)


def _others(v: Visit, case: Case) -> tuple[tuple[str, str, object], ...]:
    if v.request.method == "GET":
        presence.look(v.at, case.id, v.now)
    return presence.others(v.at, case.id, v.now)
