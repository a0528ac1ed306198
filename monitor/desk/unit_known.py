"""What the program counted itself of what a unit reports: filled into its form, and set beside what it says.

    items of the period ──┐
    cases with their log ─┴─one walk──▶ body ▶ word ▶ count ──▶ by field (``known:`` of rules/unit_report.yaml)

word                 counts, of the body's own and within the period
items                items of the press that name it
cases_opened         cases concerning it that were opened
cases_verified       cases concerning it that were concluded, whatever the verdict
cases_right, …_partly, …_wrong, …_not_objective      those of them with this verdict
cases_open           cases concerning it that were there at the end without a conclusion
remedies_done        measures it had to take that were done, in time or late
requests_sent        letters to press agencies, pages and persons that it issued
corrected            of its requests those that brought a correction, however late or lacking
responses            of its requests those that had its response published
answers_late         what it was asked by the federation and answered late, or had not answered at the end

A case that concerns several bodies counts with each; one that concerns none of them is the federation's. Cases that a
body may not know of (restricted ones, and those in which it is accused itself) are in no count of it: its form would
tell it that they are there. Nor are items entered by hand for such cases alone. The federation's own counts hold all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from monitor.clock import day_bounds
from monitor.config.unit_report import load_unit_report
from monitor.desk import unit_rights as rights
from monitor.desk.reporting_data import Desk, Read
from monitor.desk.sitting import Sitting
from monitor.model.case import Case
from monitor.model.people import FEDERATION
from monitor.model.report import Lateness, Span
from monitor.model.request import AddresseeKind, DemandKind, Request
from monitor.model.unit_report import Difference, UnitReportState
from monitor.report.half_year_cases import Flow
from monitor.report.half_year_late import OTHERS, lateness
from monitor.report.half_year_work import DONE, effective, remedy_over, remedy_state
from monitor.store import article_facts
from monitor.store import unit_reports as store

Counts = dict[str, Counter[str]]
"""Counts by word, by body."""
_LATE = (Lateness.ANSWER_LATE.value, Lateness.ANSWER_OVERDUE.value)
_MET = {DemandKind.CORRECT: "corrected", DemandKind.PUBLISH_RESPONSE: "responses"}
PRESS = "items"
"""The one word that the press is read for."""


class Known:
    """What was counted on a period, of every body in one walk. ``on`` tells whether anything could be counted."""

    def __init__(self, sitting: Sitting, span: Span) -> None:
        self._rules = load_unit_report(sitting.home.rules)
        desk = Desk(sitting, day_bounds(span.last)[1])
        self._read = Read(desk, span)
        self._missing = self._read.missing
        words = {field.known for field in self._rules.fields if field.known}
        self._counts: Counts = defaultdict(Counter)
        if words - {PRESS} and "cases" not in self._missing:
            self._cases()
        self._press = PRESS in words and "press" not in self._missing

    def of(self, unit: str) -> dict[str, int]:
        """The counts of a body, by the id of the field they belong in; of what was not recorded then there is none."""
        found = {}
        for field in self._rules.asked(unit):
            if field.known == PRESS and self._press:
                found[field.id] = len(self._read.named.get(f"unit.{unit}", set()) - self._untold(unit))
            elif field.known and field.known != PRESS and "cases" not in self._missing:
                found[field.id] = self._counts[unit][field.known]
        return found

    def _cases(self) -> None:
        read, desk = self._read, self._read.desk
        for flow in read.flows:
            for unit in flow.case.units or (FEDERATION,):
                self._add(flow.case, unit, self._of_flow(flow))
        for case in desk.cases:
            for remedy in case.remedies:
                over = remedy_over(case, remedy, desk.told)
                done = remedy_state(remedy, over, read.end) in ("in_time", "late")
                if done and over and over >= read.start:
                    self._add(case, desk.body(remedy.who), ("remedies_done",))
            for request in case.requests:
                self._add(case, request.issuer or FEDERATION, self._of_request(case, request))
        self._late()

    def _late(self) -> None:
        read, desk = self._read, self._read.desk
        by_id = {case.id: case for case in desk.cases}
        rows = lateness(desk.cases, (), {}, desk.told, desk.body, start=read.start, end=read.end, now=desk.sitting.now)
        for key, found in rows.items():
            unit, _, kind = key.removeprefix("late.").rpartition(".")
            if kind in _LATE:
                for row in found:
                    self._add(by_id[row.case], unit, ("answers_late",))

    def _add(self, case: Case, unit: str, words: Iterable[str]) -> None:
        if unit != OTHERS and not _hidden(case, unit):
            self._counts[unit].update(words)

    def _untold(self, unit: str) -> set[str]:
        """Items entered by hand that stand only in cases which the body may not know of: nor may it of them."""
        shown, others = set[str](), set[str]()
        for case in self._read.desk.cases if self._typed else ():
            (others if _hidden(case, unit) else shown).update(self._typed.intersection(case.articles))
        return others - shown

    @cached_property
    def _typed(self) -> set[str]:
        db = self._read.desk.sitting.db
        return article_facts.typed(db, article_facts.typed_in_cases(db))

    def _of_flow(self, flow: Flow) -> Iterator[str]:
        end = flow.standing
        if flow.came == "opened":
            yield "cases_opened"
        if end.verdict and end.concluded and self._read.start <= end.concluded < self._read.end:
            yield "cases_verified"
            yield f"cases_{end.verdict.value}"
        if end.verdict is None and end.closing is None:
            yield "cases_open"

    def _of_request(self, case: Case, request: Request) -> Iterator[str]:
        read = self._read
        if request.sent is None or request.addressee is AddresseeKind.AUTHORITY:
            return
        if read.start <= request.sent < read.end:
            yield "requests_sent"
        for kind, word in _MET.items():
            met = [demand for demand in request.demands if demand.kind is kind and demand.result in DONE]
            times = [effective(case, request, demand, read.desk.told) for demand in met]
            if any(at and read.start <= at < read.end for at in times):
                yield word


def _hidden(case: Case, unit: str) -> bool:
    """Whether the body may not know of the case."""
    return unit != FEDERATION and (case.restricted or unit in case.accused)


def known(sitting: Sitting, unit: str, span: Span) -> dict[str, int]:
    """What the program counted of a body he may see, by the id of the field. Raises RefusedError for another."""
    return Known(sitting, span).of(rights.body(sitting, unit).id)


def differences(sitting: Sitting, span: Span) -> tuple[Difference, ...]:
    """Where the reports handed in on the period, of the bodies he may see, do not say what the program counted.

    A field left empty differs only from a count above zero.
    """
    found = rights.grown(sitting)
    held = [
        (found.by_id[one.unit], one)
        for one in store.of_period(sitting.db, span.first, span.last)
        if one.state is not UnitReportState.DRAFT and one.unit in found.by_id
        and rights.sees(sitting.actor, found, one.unit)
    ]  # fmt: skip
    if not held:
        return ()
    order = {ident: n for n, ident in enumerate(found.by_id)}
    rules, counted = rights.rules_of(sitting), Known(sitting, span)
    rows = []
    for unit, report in sorted(held, key=lambda one: order[one[0].id]):
        for ident, count in counted.of(unit.id).items():
            said, field = report.value(ident), rules.field(ident)
            if field and count != (said or 0):
                rows.append(Difference(unit=unit, field=field, said=said, counted=count))
    return tuple(rows)
