"""What a report reads, once for its three periods: the press along its index, cases with their log, editions.

archive ──▶ counts and lists of items ─┐
event log + cases ──fold──▶ lists ─────┼──▶ Read(span).lists, .counts
editions, corrections ─────────────────┘

Nothing here asks who reads: that is ``desk.reporting``'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from monitor.clock import day_bounds, local
from monitor.config.report import load_report_rules
from monitor.desk.recording import due_of
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.labels import label
from monitor.model.case import Case, Reached
from monitor.model.edition import Series
from monitor.model.law import ClockKind
from monitor.model.people import Person
from monitor.model.report import ListRow, ReportRules, Span
from monitor.model.request import Demand, DemandResult, Request
from monitor.report import half_year_cases as course
from monitor.report import half_year_items as press
from monitor.report import half_year_work as work
from monitor.report.half_year_late import OTHERS, lateness
from monitor.report.half_year_papers import papers
from monitor.respond.clocks import own_due
from monitor.respond.results import was_late
from monitor.store import cases, people
from monitor.store import reporting as store
from monitor.text import clean, fold


@dataclass
class Desk:
    """What holds for all periods: read when first asked for, once."""

    sitting: Sitting
    end: datetime
    """Of no interest is what began after this moment."""
    _dues: dict[str, date | None] = field(default_factory=dict)

    @cached_property
    def rules(self) -> ReportRules:
        """What the office decides of its reports."""
        return load_report_rules(self.sitting.home.rules)

    @cached_property
    def book(self) -> Rulebook:
        """The rules of the response."""
        return Rulebook(self.sitting.home)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every case there was, restricted ones too: figures count them."""
        return tuple(cases.every(self.sitting.db, end=self.end))

    @cached_property
    def moments(self) -> Sequence[store.Moment]:
        """The acts of the log that figures rest on: those after the period too, for they tell what was open then."""
        return store.moments(self.sitting.db, (*course.ACTIONS, *work.ACTIONS))

    @cached_property
    def courses(self) -> tuple[course.Course, ...]:
        """Each case with how it went."""
        wanted = set(course.ACTIONS)
        return course.courses(self.cases, [(m.case, m.action, m.why, m.at) for m in self.moments if m.action in wanted])

    @cached_property
    def told(self) -> dict[tuple[str, str], datetime]:
        """When the log last told of a remedy, a demand or a request."""
        return {(m.case, m.thing): m.at for m in self.moments if m.action in work.ACTIONS}

    @cached_property
    def groups(self) -> press.Groups:
        """Outlets by kind and level."""
        return press.Groups(known=store.outlets(self.sitting.db))

    @cached_property
    def units(self) -> dict[str, str]:
        """Names of our bodies, by id."""
        return {unit.id: unit.name for unit in people.units(self.sitting.db)}

    @cached_property
    def by_name(self) -> dict[str, str]:
        """Ids of our bodies, by every folded name they have."""
        return {
            fold(clean(name)): unit.id for unit in people.units(self.sitting.db) for name in (unit.name, *unit.aliases)
        }

    @cached_property
    def bodies(self) -> dict[str, set[str]]:
        """The items that name each body, of the whole archive."""
        pairs = store.bodies_named(self.sitting.db)
        folded = {name: fold(clean(name)) for name in {name for name, _ in pairs}}
        return press.by_body(pairs, self.by_name, folded)

    @cached_property
    def _persons(self) -> dict[str, Person]:
        return {person.id: person for person in people.every(self.sitting.db)}

    def body(self, said: str) -> str:
        """The id of the body of a person, or of a body by id or name."""
        if said in self.units:
            return said
        person = self._persons.get(said)
        return (person.body if person else "") or self.by_name.get(fold(clean(said))) or OTHERS

    def named(self, said: str) -> str:
        """Who a person's id, a body's id or a name stands for, in words."""
        person = self._persons.get(said)
        return self.units.get(said) or (person.name if person else said)

    def late(self, case: Case, request: Request, demand: Demand) -> bool:
        """Whether a demand was met late; of a defective correction its date and its clock tell."""
        due = None
        if demand.result is DemandResult.DEFECTIVE:
            due = due_of(self.sitting, self.book, request, demand.id)
        return was_late(demand, due)

    def due(self, case: Case) -> date | None:
        """By when a case has to be concluded: the lead's day, else that of the office's practice."""
        if case.id not in self._dues:
            lead = case.lead
            self._dues[case.id] = lead.due if lead else self._practice(case)
        return self._dues[case.id]

    def _practice(self, case: Case) -> date | None:
        social = case.reached is Reached.SOCIAL
        start = (case.reached_at or case.opened) if social else (case.first_published or case.opened)
        kind = ClockKind.OWN_SOCIAL if social else ClockKind.OWN_VERIFY
        at = own_due(kind, self.book.law, self.book.calendar, start=start).due
        return local(at).date() if at else None


class Read:
    """One period as it was read: ``counts`` and ``lists`` by the key of a figure, and the cases with their standing."""

    def __init__(self, desk: Desk, span: Span) -> None:
        self.desk, self.span = desk, span
        self.start, self.end = day_bounds(span.first, span.last)

    @cached_property
    def flows(self) -> tuple[course.Flow, ...]:
        """The cases of the period."""
        return course.flows(self.desk.courses, self.start, self.end)

    @cached_property
    def items(self) -> list[store.Item]:
        """The items of the period, the earliest first."""
        return store.items(self.desk.sitting.db, self.start, self.end, self.desk.rules.relevances)

    @cached_property
    def named(self) -> dict[str, set[str]]:
        """The items of the period that name each body."""
        here = {item.id for item in self.items}
        return {key: found for key, every in self.desk.bodies.items() if (found := every & here)}

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The bodies that get a row."""
        return press.shown(self.named, self.desk.rules.most_bodies)

    @cached_property
    def of_items(self) -> dict[str, list[str]]:
        """The ids of the items behind each figure by source, topic and tone."""
        return {**press.lists(self.items, self.desk.groups), "items.own": sorted(self._own)}

    @cached_property
    def of_bodies(self) -> dict[str, list[str]]:
        """The ids of the items behind each body that gets a row, and behind the rest of them."""
        return press.body_lists(self.items, self.named, self.bodies)

    @cached_property
    def _own(self) -> set[str]:
        rules, place = self.desk.rules, self.desk.book.settings.office.province
        return store.of_place(self.desk.sitting.db, self.start, self.end, rules.relevances, place)

    @cached_property
    def of_cases(self) -> dict[str, list[ListRow]]:
        """The rows behind each figure of cases, remedies, requests and what was late."""
        desk = self.desk
        frame = work.Work(
            start=self.start, end=self.end, until=min(self.end, desk.sitting.now), told=desk.told, late=desk.late
        )  # fmt: skip
        asked = work.asked_in_writing(desk.cases, self.end)
        dues = {flow.case.id: due for flow in self.flows if (due := desk.due(flow.case))}
        late = lateness(
            desk.cases, self.flows, dues, desk.told, desk.body, name=desk.named, start=self.start, end=self.end,
            now=desk.sitting.now,
        )  # fmt: skip
        return {
            **course.balance(self.flows, asked),
            **work.remedies(desk.cases, frame),
            **work.requests(desk.cases, frame),
            **papers(desk.cases, self.start, self.end),
            **late,
        }

    @cached_property
    def editions(self) -> dict[str, list[ListRow]]:
        """The approved editions of the digest, by series."""
        found: dict[str, list[ListRow]] = defaultdict(list)
        for ident, series, number, year, approved in store.editions(self.desk.sitting.db, self.start, self.end):
            text = label("half_year", "edition", number=number, year=year)
            row = ListRow(id=ident, day=local(approved).date(), text=text, link=f"/diem-tin/{ident}")
            found[f"editions.{Series(series).value}"].append(row)
            found["editions.total"].append(row)
        return found

    @cached_property
    def corrections(self) -> list[tuple[str, date]]:
        """Items that were corrected although no letter of ours had asked for it."""
        answered = work.answered_items(self.desk.cases)
        found = store.corrections(self.desk.sitting.db, self.start, self.end)
        return [(item, local(at).date()) for item, at in found if item not in answered]

    def counts(self, rows: Sequence[str]) -> dict[str, int]:
        """Every count by key. The database counts the items, not their lists, so that the two can be compared."""
        found: dict[str, int] = dict(
            press.counts(
                store.counted(self.desk.sitting.db, self.start, self.end, self.desk.rules.relevances), self.desk.groups
            )
        )
        shown = set(rows)
        rest = [ids for key, ids in self.named.items() if key not in shown]
        found |= {key: len(self.named.get(key, ())) for key in rows}
        found[f"unit.{press.REST}"] = len(set().union(*rest))
        found["unit.total"] = len(set().union(*self.named.values()))
        found["items.own"] = len(self._own)
        for lists in (self.of_cases, self.editions):
            found |= {key: len(made) for key, made in lists.items()}
        return found | {"correction.other": len(self.corrections)}

    @cached_property
    def _firsts(self) -> Mapping[str, datetime | None]:
        db = self.desk.sitting.db
        return {
            "press": store.first_item(db), "editions": store.first_edition(db), "cases": store.first_case_event(db),
        }  # fmt: skip

    @property
    def missing(self) -> frozenset[str]:
        """Of what nothing was recorded yet when the period ended: "press", "editions", "cases"."""
        return frozenset(part for part, first in self._firsts.items() if first is None or first >= self.end)

    @property
    def unknown(self) -> frozenset[str]:
        """Of what a zero is no zero: as ``missing``, but an office that has the press and never had a case had none."""
        blind = "press" in self.missing
        return frozenset(part for part in self.missing if blind or self._firsts[part] is not None)
