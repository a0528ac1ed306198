"""Cases of every kind, made through the desk's own acts at moments of their own, for the tests of the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from finding_making import LEADER, OUTLETS, office, put, sits, tagging

from monitor.clock import VN
from monitor.desk import moving, triage, verifying
from monitor.desk.asking import publications, terms
from monitor.desk.rulebook import Rulebook
from monitor.desk.sitting import Sitting
from monitor.desk.triage import Opening
from monitor.desk.verifying import Passage, Task
from monitor.model.case import Case, ClaimVerdict, Ground, Part
from monitor.model.people import Person
from monitor.model.request import AddresseeKind, DemandKind, DemandResult
from monitor.model.source import Level, Outlet, OutletKind
from monitor.respond import outcomes, requests
from monitor.respond.results import Outcome, record_result
from monitor.store import sources
from monitor.store.db import Database
from monitor.triage import opening

V, D, R = ClaimVerdict, DemandKind, DemandResult
OTHER_OUTLETS = {
    "bao-tinh": (OutletKind.PRESS, Level.PROVINCIAL), "bao-nganh": (OutletKind.PRESS, Level.SECTOR),
    "cong-cd": (OutletKind.PORTAL, Level.UNION), "trang-mxh": (OutletKind.SOCIAL, Level.PROVINCIAL),
}  # fmt: skip


def moment(day: str, hour: int = 9) -> datetime:
    """An hour of a day in the office."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), VN) + timedelta(hours=hour)


@dataclass
class Hand:
    """Acts at the desk, each at a day of its own."""

    root: Path
    db: Database

    def __post_init__(self) -> None:
        office(self.db)
        sources.remember_outlets(
            self.db, [Outlet(id=o, name=o, kind=kind, level=level) for o, (kind, level) in OTHER_OUTLETS.items()]
        )
        self._numbers = count(9_000)

    def at(self, when: datetime, who: Person = LEADER) -> Sitting:
        """A sitting at that moment."""
        return sits(self.root, self.db, who, when)

    def opened(self, when: datetime, *, items: int = 1, allowed: tuple[str, ...] | None = None) -> Case:
        """A case on fresh items that came out two hours before."""
        ids = [
            put(self.db, next(self._numbers), outlet=OUTLETS[n % len(OUTLETS)], at=when - timedelta(hours=2),
                read=tagging())
            for n in range(items)
        ]  # fmt: skip
        title = f"Vụ ngày {when:%d/%m/%Y}"
        return triage.open_case(self.at(when), ids, Opening(title=title, units=("bacha",), allowed=allowed))

    def assigned(self, case: str, when: datetime) -> str:
        """The ward has the lead, with five days."""
        task = Task(part=Part.LEAD, unit="bacha", task="Xác minh", due=(when + timedelta(days=5)).date())
        return verifying.assign(self.at(when), case, task).assignments[-1].id

    def concluded(self, case: str, when: datetime, verdict: ClaimVerdict) -> None:
        """Assigned, answered, judged and concluded, all on one day."""
        s = self.at(when)
        verifying.answer(s, case, self.assigned(case, when), "Đã kiểm tra", source="Ông Chín")
        claim = verifying.add_claim(s, case, Passage(quote="nợ lương", typed=True, harmed="LĐLĐ tỉnh")).claims[-1].id
        self.judged(case, claim, when, verdict)
        moving.conclude(s, case)

    def judged(self, case: str, claim: str, when: datetime, verdict: ClaimVerdict) -> None:
        """A verdict with what it needs."""
        ground = {V.WRONG: Ground.FALSE, V.NOT_OBJECTIVE: Ground.NOT_OBJECTIVE}.get(verdict)
        fact = "đã trả đủ" if ground else ""
        verifying.judge(self.at(when), case, claim, verdict, ground=ground, fact=fact, source=fact and "bảng lương")

    def remedy(self, case: str, when: datetime, due: str, who: str) -> str:
        """A measure."""
        day = date.fromisoformat(due)
        return moving.add_remedy(self.at(when), case, "Tổ chức đối thoại", who=who, due=day).remedies[-1].id

    def sent(self, case: str, when: datetime, outlet: str, demands: Iterable[DemandKind]) -> str:
        """A request whose letter went out."""
        s = self.at(when)
        book = Rulebook(s.home)
        kind = AddresseeKind.PRESS

        def ask(found: Case) -> object:
            listed = [p for p in publications(s, found) if p.outlet == outlet]
            return requests.add_request(
                found, terms=terms(book, when.date()), addressee=kind, name=outlet, issuer="ld",
                claims=[c.id for c in found.live_claims], demands=tuple(demands), publications=listed, outlet=outlet,
                actor=s.actor, now=s.now,
            )  # fmt: skip

        ident = s.act(case, ask).requests[-1].id  # type: ignore[arg-type]
        s.act(
            case,
            lambda c: outcomes.mark_sent(
                c, ident, terms=terms(book, when.date()), letter="", dated=when.date(), at=when
            ),
        )
        return ident

    def result(self, case: str, request: str, demand: DemandKind, when: datetime, outcome: Outcome) -> None:
        """What came of a demand."""
        s = self.at(when)
        s.act(
            case, lambda c: record_result(c, request, demand.value, outcome, actor=s.actor, now=s.now)
        )  # fmt: skip

    def undone(self, case: str, when: datetime) -> None:
        """A case opened by mistake."""
        s = self.at(when)
        s.act(case, lambda c: opening.undo_open(c, actor=s.actor, now=s.now))
