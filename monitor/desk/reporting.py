"""The report on a period, and the list behind each of its figures.

    period ──▶ read three periods ──▶ sections ──▶ checked ──▶ ReportData
                     └──▶ listed(figure) : as many rows as the figure says, those of cases he may not see left out

Figures count restricted cases; no list, line or name shows one to whom it is hidden, and how many are is said. What
leaves the office (``circulated``) shows none of them, whoever makes it, and no telephone or account number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from monitor.clock import local
from monitor.config.period import months, parse
from monitor.config.report import load_report_rules
from monitor.desk import edition_rights, outlets, people, report_rights
from monitor.desk.article_seen import unknown_items
from monitor.desk.masking import mask
from monitor.desk.reporting_data import Desk, Read
from monitor.desk.reporting_periods import Periods
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.jobs import reading
from monitor.labels import label
from monitor.model.case import Case, RemedyState
from monitor.model.people import FEDERATION
from monitor.model.report import CheckedLine, ListRow, OutletGroup, RemedyLine, ReportData, ReportList, Span
from monitor.model.report_paper import ReportAct
from monitor.report import half_year_checks as checks
from monitor.report.half_year import Names, sections
from monitor.report.half_year_cases import Flow, disagreeing
from monitor.report.half_year_items import REST
from monitor.report.half_year_work import remedy_over, remedy_state
from monitor.store import article_facts
from monitor.store import reporting as store

__all__ = ["Report", "listed", "report", "span_of"]

_PRESS = ("items.", "topic.", "tone.", "unit.")


def span_of(sitting: Sitting, said: str) -> Span:
    """The period of these words, as the office counts half-years. Raises UsageError that says what is accepted."""
    return parse(said, load_report_rules(sitting.home.rules).half_years)


def report(sitting: Sitting, said: str | Span) -> ReportData:
    """The report on a period. Raises UsageError for what is no period, RefusedError where a figure does not hold."""
    return Report(sitting, said).data()


def listed(sitting: Sitting, said: str | Span, figure: str) -> ReportList:
    """The list behind the figure of this key. Raises UsageError for a figure there is none of."""
    return Report(sitting, said).listed(figure)


class Report:
    """A period read once, for its figures and for any number of the lists behind them."""

    def __init__(self, sitting: Sitting, said: str | Span, circulated: bool = False) -> None:
        """``circulated``: as it leaves the office. Raises RefusedError for who may not read reports."""
        report_rights.entitled(sitting, ReportAct.READ)
        self.sitting = sitting
        self.span = said if isinstance(said, Span) else span_of(sitting, said)
        self.circulated = circulated
        self._read = Periods(sitting, self.span)

    def as_circulated(self) -> Report:
        """The same report as it leaves the office; nothing is read twice."""
        if self.circulated:
            return self
        made = Report(self.sitting, self.span, circulated=True)
        made._read = self._read
        return made

    def data(self) -> ReportData:
        """Every figure, checked."""
        return self._made

    @cached_property
    def _made(self) -> ReportData:
        # Made where it is missing: no time for that while one and the same state of the database is read.
        people.federation(self.sitting.db, self.sitting.home)
        with store.steady(self.sitting.db):
            return self._figures()

    def _figures(self) -> ReportData:
        read, now = self._read, self._now
        beside = read.beside
        tally = replace(beside.now, hidden=self._hidden(beside.now.counts))
        made = sections(replace(beside, now=tally), months(self.span), self._names(now.bodies), read.reported)
        seen = [flow for flow in now.flows if self._sees(flow.case)]
        found = ReportData(
            span=self.span, previous=read.previous, last_year=read.last_year,
            office=self._desk.book.settings.office.name, made=self.sitting.now, until=min(now.end, self.sitting.now),
            sections=made, checked=tuple(self._checked(seen)), remedies=tuple(self._remedies()),
            unseen=len(now.flows) - len(seen), notes=tuple(self._notes(read.previous, read.last_year)),
            told=tuple(replace(one, text=self.worded(one.text)) for one in read.told),
            missing=tuple(sorted(now.unknown)),
        )  # fmt: skip
        loose = tuple(row.id for row in now.of_cases.get("balance.no_verdict", ()))
        checks.check(found, {figure.key: self._held(figure.key) for figure in found.figures}, loose)
        return found

    @property
    def _desk(self) -> Desk:
        return self._read.desk

    @property
    def _now(self) -> Read:
        return self._read.now

    def _sees(self, case: Case) -> bool:
        """Whether the report may show the case; an issued one is read by everybody in the office, and by others."""
        if self.circulated:
            return not case.restricted and FEDERATION not in case.accused
        return self.sitting.sees(case)

    @property
    def items(self) -> Sequence[store.Item]:
        """The items of the period, the earliest first, those this person may not know of too."""
        return self._now.items

    def group(self, outlet: str) -> OutletGroup:
        """The group of an outlet."""
        return self._desk.groups.of(outlet)

    def listed(self, key: str) -> ReportList:
        """The list behind a figure. Raises UsageError for a key that is no figure's."""
        rows = self._rows(key)
        if not rows and key not in self._known():
            raise UsageError("figure_unknown", value=key[:60])
        shown = [row for row in rows if not self._is_hidden(row)]
        if key.startswith(_PRESS) or key == "correction.other":
            told = store.titles(self.sitting.db, [row.id for row in shown])
            names = outlets.names(self.sitting)
            shown = [_titled(row, *told.get(row.id, ("", "")), names) for row in shown]
        shown = [replace(row, text=self.worded(row.text)) for row in shown]
        return ReportList(key=key, rows=tuple(shown), hidden=len(rows) - len(shown))

    def _known(self) -> set[str]:
        return {figure.key for figure in self.data().figures if figure.count is not None}

    def _held(self, key: str) -> Sequence[object]:
        """What the list behind a figure is made of: so many things."""
        return self._ids(key) if key.startswith(_PRESS) else self._rows(key)

    def _ids(self, key: str) -> Sequence[str]:
        return (self._now.of_bodies if key.startswith("unit.") else self._now.of_items).get(key, ())

    @cached_property
    def _days(self) -> dict[str, date]:
        return {item.id: date.fromisoformat(item.day) for item in self._now.items}

    def _rows(self, key: str) -> Sequence[ListRow]:
        """All rows behind a figure; items without their titles, which the checks do without."""
        if key.startswith(_PRESS):
            return [ListRow(id=one, day=self._days.get(one), text="", link=f"/bai/{one}") for one in self._ids(key)]
        if key.startswith("editions."):
            return self._now.editions.get(key, [])
        if key == "correction.other":
            return [ListRow(id=one, day=day, text="", link=f"/bai/{one}") for one, day in self._now.corrections]
        return self._now.of_cases.get(key, [])

    def _is_hidden(self, row: ListRow) -> bool:
        return row.case in self._hidden_cases if row.case else row.id in self._hidden_items

    @cached_property
    def _hidden_items(self) -> frozenset[str]:
        if not self.circulated:
            return unknown_items(self.sitting)
        # As in a digest nothing that stands in restricted cases alone; and nothing typed in for cases not shown here.
        shown, others = set[str](), set[str]()
        for case in self._desk.cases:
            (shown if self._sees(case) else others).update(case.articles)
        typed = article_facts.typed(self.sitting.db, others - shown)
        return edition_rights.restricted(self.sitting.db) | unknown_items(self.sitting) | typed

    @cached_property
    def _hidden_cases(self) -> frozenset[str]:
        return frozenset(case.id for case in self._desk.cases if not self._sees(case))

    def _hidden(self, counts: Iterable[str]) -> dict[str, int]:
        wanted = [key for key in counts if not key.startswith(_PRESS) or self._hidden_items]
        return {key: many for key in wanted if (many := sum(map(self._is_hidden, self._rows(key))))}

    def _names(self, rows: Sequence[str]) -> Names:
        units = self._desk.units
        bodies = {key: key[6:] if key.startswith("unit.~") else units.get(key[5:], key[5:]) for key in rows}
        topics = reading.book(self.sitting.home.rules).topics
        return Names(topics=topics, bodies={key: name for key, name in bodies.items() if key != f"unit.{REST}"},
                     units=units)  # fmt: skip

    def _checked(self, seen: Iterable[Flow]) -> Iterable[CheckedLine]:
        names = outlets.names(self.sitting)
        flows = list(seen)
        told = store.titles(self.sitting.db, [item for flow in flows for item in flow.case.articles])
        for flow in sorted(flows, key=lambda one: (one.case.first_published or one.case.opened, one.case.id)):
            case, end = flow.case, flow.standing
            papers = dict.fromkeys(names.get(told[item][1], told[item][1]) for item in case.articles if item in told)
            yield CheckedLine(
                case=case.id, published=local(case.first_published).date() if case.first_published else None,
                outlets=tuple(papers), matter=self.worded(case.title),
                units=tuple(self._unit(one) for one in case.units), due=self._desk.due(case), verdict=end.verdict,
                closing=end.closing,
                concluded=local(end.concluded).date() if end.concluded else None,
            )  # fmt: skip

    def _remedies(self) -> Iterable[RemedyLine]:
        shown = {row.id for row in self._now.of_cases.get("remedy.total", ())}
        for case in self._desk.cases:
            if self._sees(case):
                yield from self._measures(case, shown)

    def _measures(self, case: Case, shown: set[str]) -> Iterable[RemedyLine]:
        for remedy in case.remedies:
            if f"{case.id}/{remedy.id}" not in shown:
                continue
            over = remedy_over(case, remedy, self._desk.told)
            still = remedy_state(remedy, over, self._now.end) == "open"
            yield RemedyLine(
                case=case.id, matter=self.worded(case.title), measure=self.worded(remedy.measure),
                who=self._unit(remedy.who), due=remedy.due, done=None if still else remedy.done,
                result="" if still else self.worded(remedy.result),
                state=RemedyState.OPEN if still else remedy.state,
            )  # fmt: skip

    def _unit(self, said: str) -> str:
        return self._desk.units.get(said, said)

    def worded(self, text: str) -> str:
        """A text as this report may say it: telephone and account numbers of people do not leave the office."""
        return mask(text) if self.circulated else text

    def _notes(self, previous: Span, last_year: Span) -> Iterable[str]:
        if self.sitting.now < self._now.end:
            yield label("half_year", "unfinished", at=f"{local(self.sitting.now):%H:%M %d/%m/%Y}")
        firsts = {"press": store.first_item(self.sitting.db), "cases": store.first_case_event(self.sitting.db)}
        for part, first in firsts.items():
            since = local(first).date() if first else None
            if part in self._now.unknown:
                # Without a word of it "không phát sinh" would say more than anybody knows.
                yield label("half_year", "no_data_yet", what=label("half_year", f"part_{part}"), period=self.span.name)
            for span in (self.span, previous, last_year):
                if since and span.first < since <= span.last:
                    name = label("half_year", f"part_{part}")
                    yield label("half_year", "data_since", what=name, day=f"{since:%d/%m/%Y}", period=span.name)
        if self._now.end > self.sitting.now and (wrong := disagreeing(self._desk.courses)):
            yield label("half_year", "log_differs", count=len(wrong))


def _titled(row: ListRow, title: str, outlet: str, names: dict[str, str]) -> ListRow:
    text = " – ".join(filter(None, (names.get(outlet, outlet), title)))
    return ListRow(id=row.id, day=row.day, text=text, link=row.link)
