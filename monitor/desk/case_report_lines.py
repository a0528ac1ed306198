"""The parts of the report on one case in words: what was published, checked, put right, asked, answered, and is due."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from monitor.clock import local
from monitor.desk import due, filing_list, outlets, recording, timeline
from monitor.desk.clocks import CardOf
from monitor.desk.next_step import Next
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.jobs import watch_acts
from monitor.labels import label, of
from monitor.model.case import Assignment, AssignmentState, Case, CaseStatus, ClaimVerdict, RemedyState
from monitor.model.case_report import ClaimRow, DemandRow, PublishedRow, RemedyRow
from monitor.model.law import ClockKind, Due, state
from monitor.model.request import Demand, DemandResult, Request
from monitor.model.watch import CorrectionPart
from monitor.respond.words import remaining
from monitor.store import articles, events, people
from monitor.store import evidence as files

_MAIN = frozenset(
    ("case.open", "assignment.add", "assignment.answer", "note.direct", "case.conclude", "case.reverify",
     "remedy.finish", "request.send", "request.receive", "request.conclusion", "request.self_found", "request.round",
     "request.escalate", "request.withdraw", "demand.record", "paper.issue", "paper.receive", "arrival.add",
     "case.close", "case.reopen"),
)  # fmt: skip
"""Acts that a reader of two pages wants to know of."""


@dataclass(frozen=True, kw_only=True)
class View:
    """The case with what its words are made of; ``name`` gives names for ids of persons, bodies and items."""

    sitting: Sitting
    book: Rulebook
    case: Case
    name: Callable[[str], str]
    card: CardOf

    @property
    def today(self) -> date:
        """In the office."""
        return local(self.sitting.now).date()


def day(on: date) -> str:
    """05/11/2026."""
    return f"{on:%d/%m/%Y}"


def moment(at: datetime) -> str:
    """14:30 05/11/2026."""
    return f"{local(at):%H:%M %d/%m/%Y}"


def published(v: View) -> Iterator[PublishedRow]:
    """The items, the earliest first, with the ids of what was kept of each."""
    names = outlets.names(v.sitting)
    kept: dict[str, list[str]] = defaultdict(list)
    for one in files.of_case(v.sitting.db, v.case.id):
        kept[one.article or ""].append(one.id)
    found = articles.by_ids(v.sitting.db, list(v.case.articles))
    for item in sorted(found, key=lambda a: (a.published is None, a.published or v.sitting.now, a.id)):
        yield PublishedRow(
            day=day(local(item.published).date()) if item.published else label("case_report", "no_day"),
            outlet=names.get(item.outlet, item.outlet), title=item.title or label("case_report", "no_title"),
            evidence=", ".join(kept.get(item.id, ())) or label("case_report", "no_evidence"),
        )  # fmt: skip


def checks(v: View) -> Iterator[str]:
    """Who was asked to check, by when, and whether there was an answer; those with the lead first."""
    live = [one for one in v.case.assignments if one.state is not AssignmentState.WITHDRAWN]
    for one in sorted(live, key=lambda a: (a.part.value != "lead", a.at)):
        yield label(
            "case_report", "check", part=of(one.part), who=v.name(one.unit or one.person), due=day(one.due),
            state=_answered(v, one), task=one.task,
        )  # fmt: skip


def _answered(v: View, one: Assignment) -> str:
    if one.answer is not None:
        return label("case_report", "answered", day=day(local(one.answer.at).date()))
    over = (v.today - one.due).days
    return label("case_report", "unanswered_over", days=over) if over > 0 else label("case_report", "unanswered")


def claims(v: View) -> Iterator[ClaimRow]:
    """The disputed passages; those that are dropped are no more."""
    for number, one in enumerate(v.case.live_claims, start=1):
        told = [one.fact, label("case_report", "source", text=one.source) if one.source else "", one.why]
        ground = f" ({of(one.ground).lower()})" if one.ground and one.verdict is not ClaimVerdict.RIGHT else ""
        yield ClaimRow(
            number=str(number), quote=one.quote, found=_joined(told),
            verdict=of(one.verdict) + ground if one.verdict else label("case_report", "unjudged"),
        )  # fmt: skip


def _joined(told: list[str]) -> str:
    """Sentences in a line, each with one stop."""
    return " ".join(f"{text.strip().rstrip('.;,')}." for text in told if text.strip())


def findings(v: View) -> Iterator[str]:
    """What the checks brought to light, then what who was asked answered; the newest first."""
    for one in reversed(v.case.findings):
        proof = label("case_report", "proof", ids=", ".join(one.evidence)) if one.evidence else ""
        yield label("case_report", "finding", day=day(local(one.at).date()), text=one.text.rstrip("."), proof=proof)
    for asked in reversed(v.case.assignments):
        if asked.answer and asked.answer.text:
            who = v.name(asked.unit or asked.person)
            yield label("case_report", "answer", day=day(local(asked.answer.at).date()), who=who,
                        text=asked.answer.text)  # fmt: skip


def remedies(v: View) -> Iterator[RemedyRow]:
    """The measures, the open ones first."""
    units = {one.id: one.name for one in people.units(v.sitting.db)}
    order = {RemedyState.OPEN: 0, RemedyState.DONE: 1, RemedyState.DROPPED: 2}
    for one in sorted(v.case.remedies, key=lambda r: (order[r.state], r.due, r.id)):
        told = of(one.state)
        if one.state is RemedyState.OPEN and one.due < v.today:
            told = label("case_report", "over", state=told, days=(v.today - one.due).days)
        if one.done:
            told = label("case_report", "on", what=told, day=day(one.done))
        rest = one.result or one.why
        yield RemedyRow(
            measure=one.measure, who=units.get(one.who) or v.name(one.who), due=day(one.due),
            result=f"{told}: {rest}" if rest else told,
        )  # fmt: skip


def demands(v: View) -> Iterator[DemandRow]:
    """What was asked of whom: requests that wait first, then in the order they were made."""
    for asked in sorted(v.case.requests, key=lambda r: (not r.state.open, r.made, r.id)):
        if asked.withdrawn:
            continue
        to = _to(v, asked)
        for one in asked.demands:
            if one.result is not DemandResult.DROPPED:
                found = recording.due_of(v.sitting, v.book, asked, one.id)
                yield DemandRow(to=to, what=of(one.kind), due=_due(found), result=_result(v, one, found))
                to = asked.name


def _to(v: View, asked: Request) -> str:
    letter = next((p for p in v.case.papers if p.id == asked.letter and p.number is not None), None)
    told = [asked.name]
    if letter:
        told.append(label("case_report", "letter", sign=letter.sign))
    if asked.sent is None:
        told.append(label("case_report", "unsent"))
    else:
        told.append(label("case_report", "sent", day=day(local(asked.sent).date())))
        told += [label("case_report", "taken", day=day(local(asked.received).date()))] if asked.received else []
    return "; ".join(told)


def _due(found: Due | None) -> str:
    """The date, how it was found, and the sentence it rests on; what is no deadline of the law says so."""
    if found is None:
        return label("case_report", "no_clock")
    if found.due:
        key = "due" if found.statutory else "due_own"
        first = label("case_report", key, day=day(local(found.due).date()))
    elif found.threshold:
        first = label("case_report", "threshold", at=moment(found.threshold))
    elif found.kind is ClockKind.CORRECTION and found.start is None:
        return label("case_report", "no_correction_yet")
    else:
        return found.computation
    rest = label("case_report", "provisional") if found.provisional else ""
    return _joined([first, rest, found.basis, found.computation])


def _result(v: View, one: Demand, found: Due | None) -> str:
    told = of(one.result)
    if one.result is DemandResult.PENDING and found and found.due:
        told = label("case_report", "pending", state=told, left=remaining(found, state(found, v.sitting.now),
                                                                          v.sitting.now).lower())  # fmt: skip
    if one.on:
        told = label("case_report", "on", what=told, day=day(one.on))
    missing = [of(CorrectionPart(part)) if part in set(CorrectionPart) else part for part in one.missing]
    lacks = label("case_report", "lacks", parts=", ".join(missing)) if missing else ""
    return "; ".join(text for text in (told, lacks, one.note) if text)


def corrections(v: View) -> Iterator[str]:
    """The corrections that the watch or a person found, and the exchanges that were published."""
    names = {one.id: one for one in articles.by_ids(v.sitting.db, list(v.case.articles))}
    called = outlets.names(v.sitting)
    for one in sorted(watch_acts.corrected(v.sitting.db, v.case.articles).values(), key=lambda c: c.date):
        outlet = names[one.article].outlet if one.article in names else ""
        yield label("case_report", "corrected", outlet=called.get(outlet, outlet), day=day(local(one.date).date()),
                    where=one.where)  # fmt: skip
    for asked in v.case.requests:
        for number, told in enumerate(asked.rounds, start=1):
            yield label("case_report", "round", outlet=asked.name, n=number, response=day(told.response),
                        view=day(told.view))  # fmt: skip


def papers(v: View) -> Iterator[str]:
    """Papers that went out and that arrived, the oldest first."""
    names = {one.id: one.name for one in people.units(v.sitting.db)}
    for row in filing_list.rows(v.case, names):
        key = "paper_in" if row.arrived else "paper_out"
        yield label("case_report", key, day=day(row.dated), sign=row.sign, subject=row.subject, sender=row.sender,
                    to=row.addressee, arrived=row.arrived)  # fmt: skip


def ahead(v: View, step: Next) -> Iterator[str]:
    """The next step, then everything that has a date and is not done, the most pressing first."""
    if v.case.status is CaseStatus.CLOSED:
        return
    yield label("case_report", "next", what=step.words)
    for one in sorted(due.items(v.book, v.case, v.card, v.sitting.now), key=lambda d: d.at):
        mark = "late" if one.overdue and not one.threshold else "past" if one.overdue else "open"
        kind = "by_law" if one.law else "by_mark" if one.threshold else "by_office"
        yield label(
            "case_report", "ahead", day=day(local(one.at).date()), what=one.what,
            who=f" – {v.name(one.who)}" if one.who else "", kind=label("case_report", kind),
            mark=label("case_report", f"mark_{mark}"),
        )  # fmt: skip


def main_events(v: View) -> Iterator[str]:
    """What was done to the case that a reader of two pages wants to know of, the oldest first."""
    wanted = {one.n for one in events.of_case(v.sitting.db, v.case.id) if one.action in _MAIN}
    for line in reversed(timeline.timeline(v.sitting, v.case)):
        if line.n in wanted:
            text = f" – {line.text}" if line.text else ""
            yield label("case_report", "event", at=moment(line.at), who=line.who, what=line.what, text=text)
