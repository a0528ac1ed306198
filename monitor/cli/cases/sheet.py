"""A case as lines to read on a terminal: what it is, what is due first, then everything that hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

from monitor import clock
from monitor.desk import outlets
from monitor.desk.clocks import CaseClock, cards_in, clocks_of
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.labels import label, of
from monitor.model.case import Case, Note
from monitor.model.request import Request
from monitor.store import articles, people


def sheet(s: Sitting, case: Case) -> Iterator[str]:
    """The lines of a case."""
    who = _named(s)
    yield f"{case.id} (r{case.revision})  {case.title}"
    yield from _head(case, who)
    clocks = clocks_of(Rulebook(s.home), case, cards_in(s.db), s.now)
    own = [c for c in clocks if not c.request]
    yield from _section("own_clocks", [line for c in own for line in _clock(c)])
    names = outlets.names(s)
    found = articles.by_ids(s.db, list(case.articles))
    rows = [f"{a.id}  {names.get(a.outlet, a.outlet)} · {_at(a.published)} · {a.title}" for a in found]
    yield from _section("articles", rows)
    yield from _section("claims", [line for claim in case.claims for line in _claim(case, claim.id)])
    yield from _section("assignments", list(_assignments(case, who)))
    yield from _section("findings", [f"{f.id}  {f.text}" for f in case.findings])
    yield from _section("remedies", list(_remedies(case)))
    yield from _section("requests", [line for r in case.requests for line in _request(r, clocks)])
    yield from _section("papers", list(_papers(case)))
    notes = [_note(note, who) for note in case.notes]
    yield from _section("notes", notes)
    reminders = [f"{r.id}  {r.due:%d/%m/%Y}{' ✓' if r.done else ''}  {r.what}" for r in case.reminders]
    yield from _section("reminders", reminders)


def _head(case: Case, who: Callable[[str], str]) -> Iterator[str]:
    verdict = f" · {label('sheet', 'verdict', value=of(case.verdict))}" if case.verdict else ""
    closing = f" · {of(case.end.closing)}" if case.end else ""
    yield f"  {of(case.status)}{verdict}{closing} · {of(case.reached)} · {of(case.marking)}"
    if case.restricted:
        yield f"  {label('sheet', 'restricted', people=', '.join(map(who, case.allowed)))}"
    if case.units:
        yield f"  {label('sheet', 'units', units=', '.join(map(who, case.units)))}"
    if case.accused:
        yield f"  {label('sheet', 'accused', units=', '.join(map(who, case.accused)))}"
    if case.end and case.end.why:
        yield f"  {label('sheet', 'ended', why=case.end.why)}"


def _note(note: Note, who: Callable[[str], str]) -> str:
    directs = label("sheet", "directs") if note.direction else ""
    return f"{note.id}  {_at(note.at)} {who(note.by)}{directs}: {note.text}"


def _named(s: Sitting) -> Callable[[str], str]:
    """Names for the ids of persons and bodies."""
    known = {one.id: one.name for one in people.every(s.db)} | {one.id: one.name for one in people.units(s.db)}
    return lambda ident: known.get(ident, ident)


def _section(key: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield label("sheet", key)
        yield from (f"  {line}" for line in lines)


def _claim(case: Case, ident: str) -> Iterator[str]:
    claim = next(c for c in case.claims if c.id == ident)
    state = (
        label("sheet", "dropped") if claim.dropped else of(claim.verdict) if claim.verdict else label("sheet", "open")
    )
    ground = f" ({of(claim.ground)})" if claim.ground else ""
    yield f"{claim.id}  {state}{ground}: “{claim.quote}”"
    if claim.fact:
        yield f"     → {claim.fact}" + (f" [{claim.source}]" if claim.source else "")


def _assignments(case: Case, who: Callable[[str], str]) -> Iterator[str]:
    for asked in case.assignments:
        name = who(asked.unit or asked.person)
        yield f"{asked.id}  {of(asked.part)}: {name} · {of(asked.state)} · {asked.due:%d/%m/%Y}"
        yield f"     {label('sheet', 'directed', who=who(asked.directed_by))}"
        yield from (f"     – {line}" for line in asked.task.splitlines() if line.strip())
        if asked.answer:
            source = f" ({asked.answer.source}, {of(asked.answer.way)})" if asked.answer.source else ""
            yield f"     → {asked.answer.text}{source}"


def _remedies(case: Case) -> Iterator[str]:
    for one in case.remedies:
        done = f" ✓ {one.done:%d/%m/%Y}: {one.result}" if one.done else ""
        yield f"{one.id}  {of(one.state)}: {one.measure} — {one.who}, {one.due:%d/%m/%Y}{done}"


def _request(request: Request, clocks: tuple[CaseClock, ...]) -> Iterator[str]:
    yield f"{request.id}  {request.name} ({of(request.addressee)}) · {of(request.state)}"
    dates = (("sent", request.sent), ("received", request.received), ("conclusion", request.conclusion))
    told = [label("sheet", key, at=_at(at)) for key, at in dates if at]
    if told:
        yield "     " + " · ".join(told)
    for demand in request.demands:
        on = f" {demand.on:%d/%m/%Y}" if demand.on else ""
        missing = f" – {', '.join(demand.missing)}" if demand.missing else ""
        yield f"     {demand.id}  {of(demand.kind)}: {of(demand.result)}{on}{missing}"
    for clock_ in clocks:
        if clock_.request == request.id:
            yield from (f"     {line}" for line in _clock(clock_))


def _clock(found: CaseClock) -> Iterator[str]:
    due = found.due
    state = of(found.state) if found.state else of(found.result) if found.result else ""
    at = due.due or due.threshold
    when = f" · {_at(at)}" if at else ""
    law = "" if due.statutory and due.due else f" · {label('sheet', 'not_law')}" if at else ""
    provisional = f" · {label('sheet', 'provisional')}" if due.provisional else ""
    yield f"⏲ {of(due.kind)}: {state}{when}{law}{provisional}"
    yield f"    {due.computation}"
    if due.basis:
        yield f"    {due.basis}"
    yield from (f"    {note}" for note in due.notes)


def _papers(case: Case) -> Iterator[str]:
    for paper in case.papers:
        dated = f" {_day(paper.dated)}" if paper.dated else ""
        sign = f" {paper.sign}{dated}" if paper.number is not None else ""
        yield f"{paper.id}  {of(paper.kind)}{sign} · {of(paper.state)} · {paper.subject}"
    for arrival in case.arrivals:
        came = label("sheet", "arrival", number=arrival.arrival_number)
        yield f"{arrival.id}  {came} · {arrival.sign} · {arrival.sender}: {arrival.subject}"


def _at(at: datetime | None) -> str:
    return f"{clock.local(at):%H:%M %d/%m/%Y}" if at else "–"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
