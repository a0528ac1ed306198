"""Invented cases of every state for a big archive, stored as the desk stores them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from monitor.clock import local
from monitor.model.case import (
    Assignment,
    Case,
    CaseStatus,
    Claim,
    ClaimVerdict,
    Closing,
    Conclusion,
    End,
    Finding,
    Ground,
    Part,
    Remedy,
    RemedyState,
    Triaged,
    TriageState,
)
from monitor.model.event import Happening
from monitor.model.filing import Arrival, PaperRecord
from monitor.model.paper import PaperKind, PaperState
from monitor.model.people import OfficeRole as Role
from monitor.model.people import Person, Unit, UnitKind
from monitor.model.request import AddresseeKind, Demand, DemandKind, DemandResult, Publication, Request
from monitor.model.source import Medium
from monitor.store import cases, events, people, triage

PEOPLE = (
    Person(id="u1", name="Trần Văn Một", roles=tuple(Role), login="mot"),
    Person(id="u2", name="Lê Thị Hai", roles=(Role.PRESS,), login="hai"),
    Person(id="u3", name="Phạm Văn Ba", roles=(Role.CLERK,), login="ba"),
    Person(id="u4", name="Đỗ Thị Bốn", roles=(Role.UNIT,), unit="cd-1", login="bon"),
)


def put_people(db: Any) -> None:
    """Who works in the office, and forty bodies."""
    people.put_unit(db, Unit(id="ld", name="Liên đoàn Lao động tỉnh Lào Cai", kind=UnitKind.FEDERATION))
    for n in range(1, 41):
        unit = Unit(id=f"cd-{n}", name=f"Công đoàn xã Bản Mường {n}", kind=UnitKind.WARD, parent="ld")
        people.put_unit(db, unit)
    for person in PEOPLE:
        people.put(db, person)


def put_cases(db: Any, wanted: int, rng: random.Random, now: datetime) -> None:
    """That many cases over the archive's years; one in seven is live, one in twenty restricted."""
    rows = db.execute(
        "SELECT subject, id, outlet, at FROM article_facts WHERE relevance = 'union' ORDER BY at, n"
    ).fetchall()
    chosen: dict[str, tuple[str, str, datetime]] = {}
    step = max(1, len(rows) // (wanted + wanted // 4 + 1))
    for subject, article, outlet, at in rows[::step]:
        chosen.setdefault(subject, (article, outlet, datetime.fromisoformat(at)))
    for n, (subject, (article, outlet, at)) in enumerate(list(chosen.items())[:wanted]):
        live = n >= wanted - max(1, wanted // 7)
        case = _case(db, n, subject, article, outlet, at, live=live, rng=rng)
        cases.put(db, case, before=0, actor="u2", now=min(now, at + timedelta(days=9)))
        done = Triaged(
            subject=subject, state=TriageState.CASE, before=TriageState.NEW, by="u2", at=case.opened, case=case.id
        )
        triage.put(db, done)
        happened = [Happening(action="case.open", after="open", refs=case.articles)]
        happened += [Happening(action="claim.judge", thing=claim.id) for claim in case.claims]
        events.append(db, happened, case=case.id, actor="u2", now=case.opened)


def _case(  # noqa: PLR0917
    db: Any, n: int, subject: str, article: str, outlet: str, at: datetime, *, live: bool, rng: random.Random
) -> Case:
    opened = at + timedelta(hours=5)
    year = local(opened).year
    title = db.execute("SELECT title FROM articles WHERE id = ?", [article]).fetchone()[0]
    verdict = rng.choice(tuple(ClaimVerdict))
    unit = f"cd-{n % 40 + 1}"
    case = Case(
        id=f"VV{year}-{n + 1:04d}", revision=9, title=title, opened=opened, opened_by="u2", story=subject,
        articles=(article,), first_published=at, units=(unit,), accused=(unit,) if n % 10 == 0 else (),
        restricted=n % 20 == 3, allowed=("u1",) if n % 20 == 3 else (),
        claims=tuple(
            Claim(
                id=f"c{k}", quote="Công đoàn cơ sở chưa kịp vào cuộc", article=article, fact="Đã làm việc từ ngày đầu.",
                ground=Ground.FALSE, verdict=verdict, judged_by="u2", judged=opened + timedelta(days=2),
            )
            for k in (1, 2)
        ),
        findings=(Finding(id="f3", text="Biên bản cho thấy công đoàn đã có mặt. " * 5, by="u2", at=opened),),
        assignments=(
            Assignment(
                id="a4", part=Part.LEAD, unit=unit, task="Xác minh nội dung báo nêu",
                due=(opened + timedelta(days=5)).date(), directed_by="u1", by="u1", at=opened,
            ),
        ),
    )  # fmt: skip
    if n % 3 == 0 or not live:
        case = _handled(case, n, article, outlet, opened, live=live)
    status = CaseStatus.CLOSED if not live else CaseStatus.HANDLING if n % 3 == 0 else CaseStatus.VERIFYING
    end = End(closing=Closing.CONCLUDED, by="u1", at=opened + timedelta(days=30)) if not live else None
    return replace(case, status=status, end=end, last=20)


def _handled(case: Case, n: int, article: str, outlet: str, opened: datetime, *, live: bool) -> Case:
    sent = opened + timedelta(days=4)
    result = DemandResult.PENDING if live else DemandResult.IN_TIME
    demands = tuple(
        Demand(id=f"d{k}", kind=kind, result=result, on=None if live else sent.date())
        for k, kind in enumerate((DemandKind.CORRECT, DemandKind.PUBLISH_RESPONSE, DemandKind.ANSWER), 8)
    )
    paper = PaperRecord(
        id="p6", kind=PaperKind.REQUEST_LETTER, state=PaperState.ISSUED, issuer="ld", drafted=opened, drafted_by="u2",
        subject=f"V/v đề nghị cải chính bài {case.title[:60]}", number=n % 900 + 1, symbol=f"LĐLĐ-TG{n // 900 or ''}",
        dated=sent.date(), signed=sent, signed_by="u1", issued=sent, issued_by="u3", request="r5",
    )  # fmt: skip
    request = Request(
        id="r5", addressee=AddresseeKind.PRESS, name=outlet, outlet=outlet, issuer="ld", claims=("c1", "c2"),
        demands=demands, letter="p6", letter_date=sent.date(), sent=sent, received=sent + timedelta(days=1),
        made=sent, by="u2",
        publications=(
            Publication(
                id="b7", article=article, outlet=outlet, medium=Medium.ONLINE, title=case.title, published=opened
            ),
        ),
    )  # fmt: skip
    arrivals = (
        Arrival(
            id="v11", sender=f"Báo {outlet}", sign=f"{n % 300 + 1}/CV-BBT", dated=sent.date(), request="r5", by="u3",
            arrival_number=f"{n + 1}", arrived=sent.date(), subject="V/v trả lời đề nghị cải chính", at=sent,
        ),
    ) if not live else ()  # fmt: skip
    remedy = Remedy(
        id="m12", measure="Tổ chức đối thoại với người lao động", who="Công đoàn cơ sở",
        due=(opened + timedelta(days=20)).date(), state=RemedyState.OPEN if live else RemedyState.DONE, by="u2",
        at=opened,
    )  # fmt: skip
    return replace(
        case, conclusion=Conclusion(by="u1", at=sent), requests=(request,), papers=(paper,), arrivals=arrivals,
        remedies=(remedy,),
    )  # fmt: skip
