"""Whatever is done to the requests and papers of a case, in whatever order, the invariants hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from request_making import (
    ADMIN,
    CARD,
    FROZEN,
    HEAD,
    LATER,
    NOW,
    TERMS,
    TODAY,
    A,
    D,
    R,
    arrived,
    asking,
    drafted,
    due,
    holds,
    issued,
    letter_of,
    printed,
    received,
)

from monitor.errors import RefusedError
from monitor.labels import wording
from monitor.model.action import Step
from monitor.model.case import Case
from monitor.model.event import Happening
from monitor.model.filing import PaperRecord
from monitor.model.paper import PaperKind
from monitor.model.request import AddresseeKind, DemandKind, DemandResult, RequestState
from monitor.respond import drafting, filing, outcomes, requests, results
from monitor.respond.demands import allowed
from monitor.respond.results import Outcome

Draw = Callable[[st.SearchStrategy[object]], object]
HOW = {"actor": ADMIN, "now": LATER}
KINDS = tuple(AddresseeKind)


def one_of(draw: Draw, things: tuple[object, ...] | list[object]) -> str:
    return getattr(draw(st.sampled_from(list(things))), "id", "") if things else "r0"


def add(case: Case, draw: Draw) -> Step:
    kind = draw(st.sampled_from(KINDS))
    demands = draw(st.sets(st.sampled_from(list(DemandKind)), min_size=1, max_size=3))
    article = draw(st.sampled_from(["x1", "x2", "x9"]))
    outlet = {A.PRESS: "baoa", A.AGGREGATOR: "tonghop"}.get(kind, "")
    claims = draw(st.sampled_from([["c1"], ["c1", "c2"], ["c2"], ["c3"], ["c5", "c6"]]))
    return asking(case, kind, demands, claims=claims, publications=(printed(article, outlet),))


def change(case: Case, draw: Draw) -> Step:
    demands = draw(st.sets(st.sampled_from([D.CORRECT, D.ANSWER, D.TAKE_DOWN, D.CONCLUDE])))
    return requests.change_request(case, one_of(draw, case.requests), terms=TERMS, demands=demands, **HOW)


def draft(case: Case, draw: Draw) -> Step:
    ident = one_of(draw, case.requests)
    fitting = [letter_of(one.addressee) for one in case.requests if one.id == ident]
    kind = draw(st.sampled_from([*fitting * 3, *PaperKind]))
    replaces = draw(st.sampled_from(["", "", *(paper.id for paper in case.papers)]))
    return drafting.draft(case, kind, issuer="ldld", subject="đề nghị", request=ident, replaces=replaces, **HOW)


def file(case: Case, draw: Draw) -> Step:
    ident = one_of(draw, case.papers)
    action = draw(
        st.sampled_from(["submit", "sign", "number", "issue", "issue", "return", "redraft", "receive", "withdraw"])
    )
    outlet = next((r.outlet for r in case.requests for p in case.papers if (p.id, p.request) == (ident, r.id)), "")
    doing: dict[str, Callable[[], Step]] = {
        "submit": lambda: filing.submit(case, ident, **HOW),
        "sign": lambda: filing.sign(case, ident, **HOW),
        "number": lambda: filing.number(case, ident, number=case.last + 1, symbol="LĐLĐ", dated=LATER.date(), **HOW),
        "issue": lambda: filing.issue(
            case, ident, addressees=["Báo A"], file="b1", head=HEAD, card=replace(CARD, outlet=outlet),
            terms=TERMS, **HOW
        ),
        "return": lambda: filing.return_(case, ident, "thiếu", actor=ADMIN),
        "redraft": lambda: filing.redraft(case, ident, subject="khác", actor=ADMIN),
        "receive": lambda: filing.receive(case, ident, LATER, receipt="phiếu", why="nhầm", **HOW),
        "withdraw": lambda: filing.withdraw(case, ident, "thôi", **HOW),
    }  # fmt: skip
    return doing[str(action)]()


def through(case: Case, draw: Draw) -> Step:
    """A paper all the way out, so that random walks get beyond the first steps."""
    step = draft(case, draw)
    ident = step.case.papers[-1].id
    outlet = next((r.outlet for r in step.case.requests if r.id == step.case.papers[-1].request), "")
    card = replace(CARD, outlet=outlet)
    step = step.then(filing.submit(step.case, ident, **HOW))
    step = step.then(filing.sign(step.case, ident, **HOW))
    step = step.then(filing.number(step.case, ident, number=3, symbol="LĐLĐ", dated=LATER.date(), **HOW))
    return step.then(filing.issue(step.case, ident, addressees=["Báo A"], file="b1", card=card, terms=TERMS, **HOW))


def record(case: Case, draw: Draw) -> Step:
    ident = one_of(draw, case.requests)
    demands = [one.id for request in case.requests if request.id == ident for one in request.demands] or ["r0.1"]
    outcome = Outcome(
        result=draw(st.sampled_from([None, None, None, R.NOTHING, *DemandResult])),
        on=draw(st.sampled_from([None, TODAY, TODAY, LATER.date()])),
        missing=draw(st.sampled_from([(), ("apology",)])),
        note=str(draw(st.sampled_from(["", "không đồng ý"]))),
        reply=str(draw(st.sampled_from(["", *(one.id for one in case.arrivals)]))),
        proof=draw(st.sampled_from([(), ("b5",)])),
    )
    clock = draw(st.sampled_from([None, due(TODAY), due(TODAY + timedelta(days=90)), due(None, arisen=False)]))
    why = str(draw(st.sampled_from(["", "ghi lại"])))
    demand = str(draw(st.sampled_from(demands)))
    return results.record_result(case, ident, demand, outcome, due=clock, why=why, **HOW)


def happen(case: Case, draw: Draw) -> Step:
    ident = one_of(draw, case.requests)
    doing: list[Callable[[], Step]] = [
        lambda: outcomes.mark_received(case, ident, LATER, proof="phiếu", why="nhầm", **HOW),
        lambda: outcomes.conclusion_received(case, ident, NOW, paper="b2", why="nhầm", **HOW),
        lambda: outcomes.self_found(case, ident, NOW, proof="b3", why="nhầm", **HOW),
        lambda: outcomes.add_round(
            case, ident, response=LATER.date(), view=LATER.date(), rounds_max=2, **HOW
        ).step,
        lambda: requests.escalate(case, ident, terms=TERMS, name="Sở B", **HOW),
        lambda: requests.add_publication(case, ident, printed("x3", "baoa"), **HOW),
        lambda: outcomes.withdraw_request(case, ident, "thôi", **HOW),
        lambda: arrived(case, ident, answers=True, now=LATER),
    ]  # fmt: skip
    return doing[int(str(draw(st.integers(0, len(doing) - 1))))]()


MOVES = (add, change, draft, file, through, record, record, happen)


def unchanged(before: tuple[PaperRecord, ...], after: tuple[PaperRecord, ...]) -> None:
    """What was issued is there still, and nothing of it but the receipt is another."""
    now = {paper.id: paper for paper in after}
    for old in before:
        if old.state in FROZEN:
            new = now[old.id]
            assert new.state in FROZEN
            assert replace(new, state=old.state, received=old.received, receipt=old.receipt) == old


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_random_acts_on_requests_and_papers_keep_the_invariants(data: st.DataObject) -> None:
    step = begun()
    case: Case = step.case
    said: tuple[Happening, ...] = step.happened
    for _ in range(data.draw(st.integers(5, 25))):
        move = data.draw(st.sampled_from(MOVES))
        try:
            step = move(case, data.draw)
        except RefusedError as refused:
            assert wording(refused)
            continue
        unchanged(case.papers, step.case.papers)
        assert step.case.last >= case.last
        case, said = step.case, (*said, *step.happened)
        holds(case, said)
        checked(case)


def begun() -> Step:
    """A letter received by the press, one sent to a page, one request to an aggregator in draft."""
    step = received(demands=(D.CORRECT, D.PUBLISH_RESPONSE))
    step = step.then(asking(step.case, A.SOCIAL))
    step = step.then(drafted(step.case, step.case.requests[-1].id))
    step = issued(step, step.case.papers[-1].id, no=8)
    return step.then(asking(step.case, A.AGGREGATOR))


def checked(case: Case) -> None:
    """A request that went out is open while a demand is; none asks for more than its grounds; letters are one each."""
    claims = {claim.id: claim for claim in case.claims}
    for request in case.requests:
        pending = any(demand.result is R.PENDING for demand in request.demands)
        if request.withdrawn:
            assert not pending
        elif request.sent:
            assert request.state.open is pending
        else:
            assert request.state is RequestState.DRAFTED
        may = {
            kind
            for ident in request.claims
            for kind in allowed(TERMS.rules, (claims[ident].ground,), request.addressee, claims[ident].capacity)
        }
        assert {one.kind for one in request.demands if one.result is not R.DROPPED} <= may
        assert not (request.sent and request.letter not in {paper.id for paper in case.papers})
