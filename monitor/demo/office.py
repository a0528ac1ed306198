"""The invented office behind ``monitor demo --desk``: people of every role, and cases at different points of their way.

Everything is done through the desk as people would do it, so the log, the clocks and the papers are real ones.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources
from typing import Any

import yaml

from monitor import clock
from monitor.config import Home
from monitor.desk import asking, cards, moving, papers, passwords, people, recording, triage, verifying
from monitor.desk.sitting import Sitting, sitting
from monitor.model.card import OutletCard, Product
from monitor.model.case import Case
from monitor.model.casework import ClaimVerdict, Closing, Ground, Part, TriageState
from monitor.model.paper import PaperKind
from monitor.model.people import OfficeRole, Person, Unit, UnitKind
from monitor.model.source import Medium
from monitor.store import people as store
from monitor.store.db import opened

_MAKER = Person(id="u0", name="", roles=(OfficeRole.ADMIN,))


@dataclass(frozen=True, kw_only=True)
class DemoPerson:
    """Someone who can sign in to the demo."""

    login: str
    password: str
    name: str
    roles: tuple[OfficeRole, ...]


def fill(home: Home) -> tuple[DemoPerson, ...]:
    """Makes people, bodies, outlet cards and cases in a folder that ``walk_through`` filled; gives who can sign in."""
    made = _people(home)
    with sitting(home, "baochi") as s:
        waiting = triage.pending(s, days=60)
        if len(waiting) < 6:
            return made
        _cards(s)
        verifying_, handled, mistaken, noted = _chosen(waiting)
        first = triage.open_case(s, [verifying_.subject], triage.Opening(units=("kcn",)))
        second = triage.open_case(s, [handled.subject], triage.Opening(units=("kcn",)))
        third = triage.open_case(s, [mistaken.subject], triage.Opening())
        moving.close_without(s, third.id, Closing.MISTAKEN, _words("cases", "mistaken", "why"))
        triage.decide(s, noted.subject, TriageState.NOTED, _words("cases", "noted"))
        _verifying(s, first)
    _handling(home, second)
    with sitting(home, "lanhdao") as s:
        moving.direct(s, first.id, _words("cases", "verifying", "direction"))
    return made


@cache
def _texts() -> dict[str, Any]:
    raw = resources.files("monitor.demo").joinpath("office.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(raw)
    return loaded


def _words(*path: str) -> str:
    found: Any = _texts()
    for one in path:
        found = found[one]
    return str(found)


def _people(home: Home) -> tuple[DemoPerson, ...]:
    now, made = clock.now(), []
    # One for all, new in every demo: it is printed, and nobody can know it beforehand.
    password = f"{secrets.token_hex(3)}-{secrets.token_hex(3)}"
    with opened(home.database) as db:
        people.federation(db, home)
        for one in _texts()["units"]:
            people.new_unit(db, _MAKER, Unit(**{**one, "kind": UnitKind(one["kind"])}), now=now)
        for one in _texts()["people"]:
            roles = tuple(OfficeRole(role) for role in one["roles"])
            person = people.add_person(
                db,
                _MAKER,
                one["name"],
                roles,
                unit=one.get("unit", ""),
                title=one["title"],
                login=one["login"],
                now=now,
            )
            passwords.set_password(home, db, person.id, password, by=None, now=now)
            made.append(DemoPerson(login=person.login, password=password, name=person.name, roles=roles))
        assert store.get(db, "baochi")
    return tuple(made)


def _cards(s: Sitting) -> None:
    for outlet in cards.lacking(s, clock.local(s.now).date()):
        cards.put(
            s,
            OutletCard(
                outlet=outlet.id, legal_name=outlet.name, valid_from=(clock.local(s.now) - timedelta(days=90)).date(),
                products=(Product(id="online", name=outlet.name, medium=Medium.ONLINE),), **_texts()["card"],
            ),
        )  # fmt: skip


def _chosen(waiting: list[triage.Matter]) -> tuple[triage.Matter, ...]:
    """An accusation, what most outlets carried, and two more."""
    accused = next((m for m in waiting if m.first.tagging and m.first.tagging.attention), waiting[0])
    rest = [m for m in waiting if m is not accused]
    carried = max(rest, key=lambda m: len(m.articles))
    others = [m for m in rest if m is not carried]
    return accused, carried, others[0], others[1]


def _verifying(s: Sitting, case: Case) -> None:
    texts = _texts()["cases"]["verifying"]
    due = (clock.local(s.now) + timedelta(days=4)).date()
    verifying.assign(s, case.id, verifying.Task(part=Part.LEAD, task=texts["task"], due=due, unit="kcn"))
    article = triage.matter(s.db, case.articles[0]).first
    quote = (article.lead or article.title).split(". ")[0][:200]
    verifying.add_claim(
        s, case.id, verifying.Passage(quote=quote, article=article.id, harmed=people.unit(s.db, "kcn").name)
    )
    moving.comment(s, case.id, texts["comment"])


def _handling(home: Home, case: Case) -> None:
    """Verified, concluded, asked of every outlet that carried it: one letter is out, one waits for its signature."""
    texts = _texts()["cases"]["handling"]
    with sitting(home, "baochi") as s:
        due = (clock.local(s.now) + timedelta(days=3)).date()
        verifying.assign(s, case.id, verifying.Task(part=Part.LEAD, task=texts["task"], due=due, person="baochi"))
        wrong = verifying.add_claim(
            s,
            case.id,
            verifying.Passage(
                quote=texts["quote"],
                typed=True,
                fact=texts["fact"],
                source=texts["source"],
                harmed=people.unit(s.db, "ld").name,
            ),
        ).claims[-1].id  # fmt: skip
        verifying.judge(s, case.id, wrong, ClaimVerdict.WRONG, ground=Ground.FALSE, why=texts["why"])
        right = verifying.add_claim(
            s, case.id, verifying.Passage(quote=texts["right"], typed=True, harmed=people.unit(s.db, "kcn").name)
        )
        verifying.judge(s, case.id, right.claims[-1].id, ClaimVerdict.RIGHT)
        verifying.answer(s, case.id, right.assignments[-1].id, texts["answer"])
    with sitting(home, "lanhdao") as s:
        moving.conclude(s, case.id, texts["conclusion"])
    with sitting(home, "baochi") as s:
        due = (clock.local(s.now) + timedelta(days=10)).date()
        moving.add_remedy(s, case.id, texts["measure"], who="kcn", due=due, claims=(right.claims[-1].id,))
        asked = asking.add_all(s, case.id).requests
    letters = [_letter(home, case.id, request.id) for request in asked]
    if letters:
        _issued(home, case.id, asked[0].id, letters[0])


def _letter(home: Home, case: str, request: str) -> list[str]:
    with sitting(home, "baochi") as s:
        made = [papers.draft(s, case, PaperKind.REQUEST_LETTER, request=request).papers[-1].id]
        if papers.lacks_response(s.case(case), made[0]):
            made.append(papers.draft(s, case, PaperKind.RESPONSE_TEXT, request=request).papers[-1].id)
        for paper in made:
            papers.submit(s, case, paper)
    return made


def _issued(home: Home, case: str, request: str, letters: list[str]) -> None:
    with sitting(home, "lanhdao") as s:
        for paper in letters:
            papers.sign(s, case, paper)
    with sitting(home, "vanthu") as s:
        symbol, today = _words("symbol"), clock.local(s.now).date()
        papers.number(s, case, letters[0], value=215, symbol=symbol, dated=today)
        papers.issue(s, case, letters[0])
        recording.received(s, case, request, s.now, "Giấy báo phát")
