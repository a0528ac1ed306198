"""How cases stood at a moment, folded from the event log, and what of them a period carried in, opened and ended.

    moments of a case ──fold──▶ live? verdict? how closed?   at the period's first and last moment
                                    └─▶ carried in | opened | reopened  =  concluded | closed otherwise | carried over

The document of a case tells only how it stands today; a case reopened since, and a period long past, come out right
because nothing but the log is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from monitor.clock import local
from monitor.model.case import Case, CaseVerdict, Closing
from monitor.model.report import ListRow

ACTIONS = ("case.open", "case.conclude", "case.reverify", "case.close", "case.reopen", "case.undo")
"""The acts that change how a case stands."""

Lists = dict[str, list[ListRow]]
"""The rows behind each figure, by its key: a figure is their number."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a case stood: ``verdict`` that of its conclusion in force, ``closing`` None while it was live."""

    verdict: CaseVerdict | None = None
    concluded: datetime | None = None
    closing: Closing | None = None


@dataclass(frozen=True, kw_only=True)
class Course:
    """A case and the moments of its log: (action, why, at), the oldest first."""

    case: Case
    moments: tuple[tuple[str, str, datetime], ...]

    def at(self, moment: datetime) -> Standing | None:
        """How it stood just before ``moment``; None: it was not there yet."""
        found: Standing | None = None
        for action, why, when in self.moments:
            if when >= moment:
                break
            found = _after(found or Standing(), action, why, when)
        return found

    def reopened(self, start: datetime, end: datetime) -> bool:
        """Whether it was taken up again in the interval."""
        return any(action == "case.reopen" and start <= when < end for action, _, when in self.moments)


def _after(was: Standing, action: str, why: str, when: datetime) -> Standing:
    if action == "case.conclude":
        return replace(was, verdict=CaseVerdict(why) if why else None, concluded=when)
    if action == "case.reverify":
        return replace(was, verdict=None, concluded=None)
    if action in ("case.close", "case.undo"):
        return replace(was, closing=Closing(why) if why else Closing.MISTAKEN)
    if action == "case.reopen":
        return replace(was, closing=None)
    return was


def courses(cases: Iterable[Case], moments: Iterable[tuple[str, str, str, datetime]]) -> tuple[Course, ...]:
    """Each case with its moments, given as (case, action, why, at) in the order of the log."""
    told: dict[str, list[tuple[str, str, datetime]]] = defaultdict(list)
    for case, action, why, at in moments:
        told[case].append((action, why, at))
    return tuple(Course(case=case, moments=tuple(told[case.id])) for case in cases)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """A case in a period: ``came`` is carried_in, opened or reopened; ``standing`` how it stood at the end."""

    case: Case
    came: str
    standing: Standing


def flows(found: Iterable[Course], start: datetime, end: datetime) -> tuple[Flow, ...]:
    """The cases of the interval; those closed before it and not taken up again are none of it."""
    made = []
    for course in found:
        before, after = course.at(start), course.at(end)
        if after is None:
            continue
        if before is None:
            came = "opened"
        elif before.closing is None:
            came = "carried_in"
        elif course.reopened(start, end):
            came = "reopened"
        else:
            continue
        made.append(Flow(case=course.case, came=came, standing=after))
    return tuple(made)


def balance(found: Iterable[Flow], asked: frozenset[str] = frozenset()) -> Lists:
    """Case balance, verdicts and the sixth official figure as lists; ``asked`` are the cases a letter went out in.

    Concluded is a case that ended with a verdict. One whose verdict stands while its requests still run is carried
    over, and counted there as ``balance.carried_over.verdict``.
    """
    lists: Lists = defaultdict(list)
    for flow in found:
        row = case_row(flow.case)
        end = flow.standing
        lists["balance.total"].append(row)
        lists[f"balance.{flow.came}"].append(row)
        lists["verdict.total"].append(row)
        if end.closing is None:
            lists["balance.carried_over"].append(row)
            lists["balance.carried_over.verdict" if end.verdict else "balance.carried_over.unchecked"].append(row)
        elif end.closing is Closing.CONCLUDED:
            lists[f"balance.{end.verdict.value if end.verdict else 'no_verdict'}"].append(row)
        else:
            lists[f"balance.{end.closing.value}"].append(row)
        lists[f"verdict.{_verdict(end)}"].append(row)
        if flow.came == "opened":
            lists["official.6_of"].append(row)
            if flow.case.id in asked:
                lists["official.6"].append(row)
    return lists


def _verdict(end: Standing) -> str:
    if end.closing is not None and end.closing is not Closing.CONCLUDED:
        return "none"
    return end.verdict.value if end.verdict else "open"


def case_row(case: Case, ident: str = "", day: date | None = None, text: str = "", anchor: str = "") -> ListRow:
    """A row about a case, or about a thing of it; the day is that of the first publication, else of the opening."""
    return ListRow(
        id=ident or case.id,
        day=day or local(case.first_published or case.opened).date(),
        text=f"{text} – {case.title}" if text else case.title,
        link=f"/vu-viec/{case.id}" + (f"#{anchor}" if anchor else ""),
        case=case.id,
    )


def disagreeing(found: Iterable[Course]) -> tuple[str, ...]:
    """The cases whose log tells another end than their document: it takes an audit to say which is right."""
    wrong = []
    for course in found:
        last: Standing | None = None
        for action, why, when in course.moments:
            last = _after(last or Standing(), action, why, when)
        told = (last.closing, last.verdict) if last else (None, None)
        case = course.case
        if last is None or told != (case.end.closing if case.end else None, case.verdict):
            wrong.append(case.id)
    return tuple(wrong)
