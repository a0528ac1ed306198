"""A case with a verdict and claims of every ground, people of every role, the shipped rules, letters on their way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from monitor.config.demands import load_demands
from monitor.config.law import load_law
from monitor.model.action import Step
from monitor.model.asking import Terms
from monitor.model.card import OutletCard
from monitor.model.case import Capacity, Case, CaseStatus, Claim, ClaimVerdict, Conclusion, Ground
from monitor.model.event import Happening, Head
from monitor.model.law import Certainty, ClockKind, Due
from monitor.model.paper import PaperKind, PaperState
from monitor.model.people import OfficeRole, Person
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, Publication
from monitor.model.source import Medium
from monitor.respond import drafting, filing, outcomes, requests

RULES = load_demands((Path(__file__).parents[2] / "rules",))
LAW = load_law((Path(__file__).parents[2] / "rules",))
NOW = datetime(2026, 11, 10, 2, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 10)
BOSS = Person(id="u1", name="Lãnh đạo", roles=(OfficeRole.LEADER,), title="PHÓ CHỦ TỊCH")
PRESS = Person(id="u2", name="Báo chí", roles=(OfficeRole.PRESS,))
CLERK = Person(id="u3", name="Văn thư", roles=(OfficeRole.CLERK,))
UNIT = Person(id="u4", name="Đơn vị", roles=(OfficeRole.UNIT,), unit="cd-kcn")
ADMIN = Person(id="u9", name="Quản trị", roles=tuple(OfficeRole))
HEAD = Head(count=7, hash="ab" * 32)
OLD, NEW = LAW.on(date(2026, 6, 1)), LAW.on(TODAY)
TERMS = Terms(rules=RULES, ruleset=NEW)
CARD = OutletCard(
    outlet="baoa", legal_name="Báo A", managing_body="Cơ quan A", authority="Sở B", address="Số 1",
    valid_from=date(2026, 1, 1),
)  # fmt: skip
D, A, R = DemandKind, AddresseeKind, DemandResult


def claim(ident: str, verdict: ClaimVerdict | None, ground: Ground | None, **said: object) -> Claim:
    base = Claim(
        id=ident, quote="nợ lương ba tháng", fact="đã trả đủ", source="bảng lương", harmed="Công đoàn cơ sở A",
        verdict=verdict, ground=ground,
    )  # fmt: skip
    return replace(base, **said)  # type: ignore[arg-type]


WRONG, BIASED = ClaimVerdict.WRONG, ClaimVerdict.NOT_OBJECTIVE
CLAIMS = (
    claim("c1", WRONG, Ground.FALSE),
    claim("c2", BIASED, Ground.NOT_OBJECTIVE),
    claim("c3", ClaimVerdict.RIGHT, None),
    claim("c4", WRONG, Ground.NO_HARM, harmed=""),
    claim("c5", WRONG, Ground.SLANDER, capacity=Capacity.ON_BEHALF, authority="b5"),
    claim("c6", WRONG, Ground.INSULT, capacity=Capacity.INFORM),
    claim("c7", ClaimVerdict.UNSETTLED, None),
)


def a_case(status: CaseStatus = CaseStatus.HANDLING) -> Case:
    done = status in (CaseStatus.HANDLING, CaseStatus.CLOSED)
    return Case(
        id="VV2026-0001", title="Báo nêu nợ lương", status=status, opened=NOW, opened_by="u2",
        articles=("x1", "x2", "x3", "x4"), claims=CLAIMS, last=7,
        conclusion=Conclusion(by="u1", at=NOW) if done else None,
    )  # fmt: skip


def printed(article: str = "x1", outlet: str = "baoa", **said: object) -> Publication:
    base = Publication(
        id="", article=article, outlet=outlet, medium=Medium.ONLINE, title="Công nhân bị nợ lương",
        published=datetime(2026, 11, 5, 1, tzinfo=UTC), url=f"https://{outlet}.test/{article}",
    )  # fmt: skip
    return replace(base, **said)  # type: ignore[arg-type]


NAMES = {A.PRESS: "baoa", A.AGGREGATOR: "tonghop", A.SOCIAL: "", A.AUTHORITY: ""}
ASKED = {
    A.PRESS: (D.CORRECT, D.PUBLISH_RESPONSE, D.ANSWER),
    A.AGGREGATOR: (D.TAKE_DOWN, D.RERUN),
    A.SOCIAL: (D.TAKE_DOWN, D.CORRECT),
    A.AUTHORITY: (D.CONCLUDE,),
}


def asking(
    case: Case, kind: AddresseeKind = A.PRESS, demands: Iterable[DemandKind] | None = None, **said: object
) -> Step:
    """The step of a request of that kind, on the first claim unless said."""
    asked: dict[str, object] = {
        "terms": TERMS, "addressee": kind, "name": f"Nơi nhận {kind.value}", "issuer": "ldld", "claims": ["c1"],
        "demands": tuple(demands or ASKED[kind]), "outlet": NAMES[kind], "actor": PRESS, "now": NOW,
        "publications": () if kind is A.AUTHORITY else (printed(outlet=NAMES[kind]),),
    }  # fmt: skip
    return requests.add_request(case, **{**asked, **said})  # type: ignore[arg-type]


def letter_of(kind: AddresseeKind) -> PaperKind:
    return PaperKind.PETITION if kind is A.AUTHORITY else PaperKind.REQUEST_LETTER


def drafted(case: Case, request: str) -> Step:
    kind = next(r.addressee for r in case.requests if r.id == request)
    return drafting.draft(
        case, letter_of(kind), issuer="ldld", subject="đề nghị cải chính", request=request, actor=PRESS, now=NOW
    )


def issued(step: Step, paper: str, no: int = 7, **said: object) -> Step:
    """From the draft to the issue, each by who may."""
    card = replace(CARD, outlet=next((r.outlet for r in step.case.requests if r.letter == paper), "") or "baoa")
    step = step.then(filing.submit(step.case, paper, actor=PRESS, now=NOW))
    step = step.then(filing.sign(step.case, paper, actor=BOSS, now=NOW))
    step = step.then(filing.number(step.case, paper, number=no, symbol="LĐLĐ-TG", dated=TODAY, actor=CLERK, now=NOW))
    words: dict[str, object] = {"addressees": ["Báo A"], "file": "b9", "head": HEAD, "card": card, "terms": TERMS}
    return step.then(filing.issue(step.case, paper, **{**words, **said}, actor=CLERK, now=NOW))  # type: ignore[arg-type]


def sent(kind: AddresseeKind = A.PRESS, demands: Iterable[DemandKind] | None = None, **said: object) -> Step:
    """A request whose letter went out."""
    step = asking(a_case(), kind, demands, **said)
    step = step.then(drafted(step.case, step.case.requests[0].id))
    return issued(step, step.case.papers[0].id)


def received(kind: AddresseeKind = A.PRESS, demands: Iterable[DemandKind] | None = None, **said: object) -> Step:
    """… and arrived."""
    step = sent(kind, demands, **said)
    return step.then(
        outcomes.mark_received(step.case, step.case.requests[0].id, NOW, proof="phiếu phát 12", actor=CLERK, now=NOW)
    )


def due(day: date | None, kind: ClockKind = ClockKind.RESPONSE, *, arisen: bool = True, **said: object) -> Due:
    """A clock that runs to the end of that day, or has not arisen."""
    end = datetime(day.year, day.month, day.day, 16, 59, 59, tzinfo=UTC) if day else None
    return Due(kind=kind, start=NOW if arisen else None, due=end, status=Certainty.READ, **said)  # type: ignore[arg-type]


def arrived(case: Case, request: str = "", **said: object) -> Step:
    words: dict[str, object] = {
        "sender": "Báo A", "sign": "12/BA", "dated": TODAY, "arrival_number": "345", "arrived": TODAY,
        "subject": "Trả lời", "request": request, "actor": CLERK, "now": NOW,
    }  # fmt: skip
    return drafting.arrive(case, **{**words, **said})  # type: ignore[arg-type]


def folded(happened: Iterable[Happening]) -> dict[str, str]:
    """Each thing's state as its events tell it; fails where an event does not start where the last one ended."""
    states: dict[str, str] = {}
    for one in happened:
        assert one.before == states.get(one.thing, ""), one
        states[one.thing] = one.after
    return states


def holds(case: Case, happened: Iterable[Happening]) -> None:
    """The events explain the case: states of requests, demands, papers; every id once."""
    states = folded(happened)
    for request in case.requests:
        assert states[request.id] == request.state.value
        for demand in request.demands:
            assert states[demand.id] == demand.result.value
    for paper in case.papers:
        assert states[paper.id] == paper.state.value
    ids = [r.id for r in case.requests] + [d.id for r in case.requests for d in r.demands]
    ids += [p.id for r in case.requests for p in r.publications] + [v.id for v in case.papers]
    ids += [d.id for d in case.arrivals] + [n.id for n in case.notes] + [c.id for c in case.claims]
    assert len(ids) == len(set(ids))
    assert all(int(one[1:].partition(".")[0]) <= case.last for one in ids)


FROZEN = (PaperState.ISSUED, PaperState.RECEIVED)
