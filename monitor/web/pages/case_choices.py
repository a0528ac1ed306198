"""What may be chosen in the forms of a case's page: persons with their roles, bodies with the level above, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from monitor import clock
from monitor.desk import naming
from monitor.labels import label, of
from monitor.model.case import (
    AssignmentState,
    Capacity,
    Case,
    ClaimVerdict,
    Closing,
    Ground,
    Marking,
    Part,
    Reached,
    Way,
)
from monitor.model.evidence import EvidenceKind
from monitor.model.people import FEDERATION, OfficeRole, Person, Unit, UnitKind
from monitor.store import evidence, people
from monitor.text import vietnamese_order

if TYPE_CHECKING:
    from monitor.web.visit import Visit

Options = list[tuple[str, str]]
_QUOTE = 70


def choices(v: Visit, case: Case) -> Mapping[str, object]:
    """The lists of the page's forms, by name: pairs of a value and its words."""
    today = clock.local(v.now).date()
    everybody = workers(people.every(v.db))
    every = {unit.id: unit for unit in people.units(v.db)}
    able = [one for one in everybody if not (one.unit and one.unit in case.accused)]
    units = sorted((u for u in every.values() if u.exists(today)), key=lambda u: vietnamese_order(u.name))
    leaders = [one for one in everybody if one.has(OfficeRole.LEADER) and one.body == FEDERATION]

    def named(idents: Iterable[str]) -> Options:
        return [(one, every[one].name if one in every else one) for one in idents]

    return {
        "named": named,
        "persons": [(one.id, person_words(one, every)) for one in everybody],
        "able": [(one.id, person_words(one, every)) for one in able],
        "leaders": [(one.id, person_words(one, every)) for one in leaders if one.id != v.at.actor.id],
        "units": [(one.id, unit_words(one, every)) for one in units],
        "checkers": [(one.id, unit_words(one, every)) for one in units if one.id not in case.accused],
        "above": _above(case, every) if case.accused else (),
        **_words(), **_things(v, case),
    }  # fmt: skip


def workers(every: Iterable[Person]) -> list[Person]:
    """Who works on cases, by name; who only keeps the program never sees one."""
    found = (one for one in every if one.disabled is None and one.roles != (OfficeRole.ADMIN,))
    return sorted(found, key=lambda one: vietnamese_order(one.name))


def _words() -> Mapping[str, Options]:
    return {
        "reached": options(Reached), "markings": options(Marking), "parts": options(Part),
        "ways": [(one.value, of(one)) for one in Way if one is not Way.LINK], "verdicts": options(ClaimVerdict),
        "grounds": options(Ground), "capacities": options(Capacity), "kinds": options(EvidenceKind),
        "closings": [(one.value, of(one)) for one in Closing if one is not Closing.CONCLUDED],
    }  # fmt: skip


def _things(v: Visit, case: Case) -> Mapping[str, object]:
    names = {c.id: label("web_case", "claim", n=n) for n, c in enumerate(case.claims, start=1)}
    proofs = [(one.id, f"{one.name} ({one.id})"[:_QUOTE]) for one in evidence.of_case(v.db, case.id)]
    proofs += [(one.id, f"{one.sign} {one.sender} ({one.id})"[:_QUOTE]) for one in case.arrivals]
    called = {one.id: one.name for one in evidence.of_case(v.db, case.id)}
    called |= {one.id: f"{one.sign} {one.sender}".strip() for one in case.arrivals}
    called |= {one.id: one.name for one in case.requests} | {one.id: naming.signed(one) for one in case.papers}
    return {
        "claim_names": names, "proofs": proofs, "thing_names": called, "observers": _observers(v, case),
        "claim_choices": [(c.id, f"{names[c.id]}: {_cut(c.quote)}") for c in case.live_claims],
    }  # fmt: skip


def _observers(v: Visit, case: Case) -> tuple[str, ...]:
    """Who should go on seeing a case that is being restricted: who sees it now where it is; else who opened it, the
    lead, and whoever still has something to answer, by himself or for his body."""
    if case.restricted:
        return case.allowed
    open_ = [one for one in case.assignments if one.state is AssignmentState.OPEN]
    asked = [*([case.lead] if case.lead else []), *open_]
    bodies = {one.unit for one in asked if one.unit} - set(case.accused)
    found = [case.opened_by, *(one.person for one in asked if one.person)]
    found += [one.id for one in people.every(v.db) if one.unit in bodies and one.disabled is None]
    return tuple(dict.fromkeys(found))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE else line[:_QUOTE].rstrip() + "…"


def options(kind: type[StrEnum]) -> Options:
    """All members with their words."""
    return [(one.value, of(one)) for one in kind]


def _above(case: Case, every: Mapping[str, Unit]) -> tuple[str, ...]:
    """Who is proposed to verify where a body is accused: the level above it, and the inspection committee."""
    found = [every[ident].parent or FEDERATION for ident in case.accused if ident in every]
    found += [unit.id for unit in every.values() if unit.kind is UnitKind.INSPECTION]
    return tuple(every[one].name for one in dict.fromkeys(found) if one in every and one not in case.accused)


def person_words(one: Person, every: Mapping[str, Unit]) -> str:
    """A person as a list names him: with his title or roles, and his body."""
    what = one.title or ", ".join(of(role) for role in one.roles if len(one.roles) < len(OfficeRole))
    told = ", ".join(part for part in (what, every[one.unit].name if one.unit in every else "") if part)
    return f"{one.name} ({told})" if told else one.name


def unit_words(one: Unit, every: Mapping[str, Unit]) -> str:
    """A body as a list names it: with the level above where that is not the federation itself."""
    above = every.get(one.parent)
    if above is None or above.id == FEDERATION:
        return one.name
    return label("web_case", "unit_below", name=one.name, above=above.name)


def unit_said(said: str) -> str:
    """The id of a body as it was chosen from the long list ("Công đoàn xã A [cd-12]"), else what was typed."""
    head, bracket, ident = said.rpartition("[")
    return ident[:-1].strip() if head and bracket and ident.endswith("]") else said
