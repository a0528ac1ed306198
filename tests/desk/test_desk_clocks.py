"""The clocks of a case: which demand one follows, what answers the outlet that sent the matter on, what ends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config import Home
from monitor.desk.clocks import CaseClock, clocks_of
from monitor.desk.rulebook import Rulebook
from monitor.model.case import (
    Case,
    CaseStatus,
    Claim,
    ClaimVerdict,
    Closing,
    Conclusion,
    End,
    Reached,
    Remedy,
    RemedyState,
)
from monitor.model.filing import Arrival, PaperRecord
from monitor.model.law import ClockKind, ClockState
from monitor.model.paper import PaperKind, PaperState
from monitor.model.request import AddresseeKind, Demand, DemandKind, DemandResult, Publication, Request
from monitor.model.source import Medium

D, R, K = DemandKind, DemandResult, ClockKind
AT = datetime(2026, 11, 2, 2, tzinfo=UTC)
NOW = datetime(2026, 12, 20, 2, tzinfo=UTC)


@pytest.fixture
def book(root: Path) -> Rulebook:
    return Rulebook(Home(root=root))


def a_case(**said: object) -> Case:
    base = Case(
        id="VV2026-0001", title="Báo nêu nợ lương", status=CaseStatus.HANDLING, opened=AT, opened_by="u1",
        first_published=AT, claims=(Claim(id="c1", quote="nợ lương", verdict=ClaimVerdict.RIGHT),),
        conclusion=Conclusion(by="u1", at=AT + timedelta(days=1)),
    )  # fmt: skip
    return replace(base, **said)  # type: ignore[arg-type]


def request(*demands: Demand, ident: str = "r1", name: str = "Báo Một", outlet: str = "bao-mot") -> Request:
    print_ = Publication(id="p1", article="x1", outlet=outlet, medium=Medium.TV, title="Nợ lương", published=AT)
    return Request(
        id=ident, addressee=AddresseeKind.PRESS, name=name, outlet=outlet, demands=demands, publications=(print_,),
        sent=AT, received=AT, conclusion=AT, made=AT, by="u1",
    )  # fmt: skip


def demand(kind: DemandKind, result: DemandResult = R.PENDING) -> Demand:
    on = date(2026, 11, 3) if result is not R.PENDING else None
    return Demand(id=f"r1.{kind.value}", kind=kind, result=result, on=on)


def paper(kind: PaperKind, issued: datetime = AT, request: str = "") -> PaperRecord:
    return PaperRecord(
        id="v1", kind=kind, state=PaperState.ISSUED, issuer="ld", subject="trả lời", request=request, drafted=AT,
        drafted_by="u1", issued=issued,
    )  # fmt: skip


def arrival(sender: str, request: str = "") -> Arrival:
    return Arrival(
        id="d1", sender=sender, sign="12/BM", dated=date(2026, 11, 1), arrival_number="345", arrived=date(2026, 11, 2),
        subject="Chuyển ý kiến bạn đọc", request=request, by="u1", at=AT,
    )  # fmt: skip


def found(book: Rulebook, case: Case, kind: ClockKind) -> list[CaseClock]:
    return [clock for clock in clocks_of(book, case, lambda *_: None, NOW) if clock.due.kind is kind]


def only(book: Rulebook, case: Case, kind: ClockKind) -> CaseClock:
    (clock,) = found(book, case, kind)
    return clock


# The outlet's.


@pytest.mark.parametrize(
    ("demands", "state"),
    [
        ((demand(D.TAKE_DOWN, R.IN_TIME), demand(D.CORRECT)), ClockState.OVERDUE),
        ((demand(D.TAKE_DOWN, R.IN_TIME), demand(D.CORRECT, R.IN_TIME), demand(D.APOLOGISE)), ClockState.OVERDUE),
        ((demand(D.TAKE_DOWN), demand(D.CORRECT, R.IN_TIME)), ClockState.OVERDUE),
        ((demand(D.TAKE_DOWN, R.REFUSED), demand(D.CORRECT, R.IN_TIME)), ClockState.MET),
        ((demand(D.TAKE_DOWN, R.IN_TIME),), ClockState.MET),
        ((demand(D.TAKE_DOWN, R.IN_TIME), demand(D.CORRECT, R.DROPPED)), ClockState.MET),
    ],
)
def test_what_is_done_hides_nothing_that_is_still_owed(
    book: Rulebook, demands: tuple[Demand, ...], state: ClockState
) -> None:
    assert only(book, a_case(requests=(request(*demands),)), K.CORRECTION).state is state


# Ours.


FORWARDED = a_case(reached=Reached.FORWARDED, reached_at=AT, requests=(request(demand(D.CORRECT)),))


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"papers": (paper(PaperKind.REMEDY_NOTICE),)}, ClockState.MET),
        ({"papers": (paper(PaperKind.REMEDY_NOTICE, AT - timedelta(days=3)),)}, ClockState.OVERDUE),
        ({"papers": (paper(PaperKind.REQUEST_LETTER, request="r1"),)}, ClockState.OVERDUE),
        (
            {"papers": (paper(PaperKind.REQUEST_LETTER, request="r1"),), "arrivals": (arrival("Báo Hai"),)},
            ClockState.OVERDUE,
        ),
        (
            {"papers": (paper(PaperKind.REQUEST_LETTER, request="r1"),), "arrivals": (arrival("Báo Một", "r1"),)},
            ClockState.OVERDUE,
        ),
        (
            {"papers": (paper(PaperKind.REQUEST_LETTER, request="r1"),), "arrivals": (arrival("Tòa soạn Báo Một"),)},
            ClockState.MET,
        ),
        (
            {"papers": (paper(PaperKind.RESPONSE_TEXT, request="r1"),), "arrivals": (arrival("BÁO MỘT"),)},
            ClockState.MET,
        ),
    ],
)
def test_only_what_answers_the_outlet_that_sent_the_matter_on_stops_our_clock(
    book: Rulebook, said: dict[str, object], state: ClockState
) -> None:
    assert only(book, replace(FORWARDED, **said), K.OWN_MEASURES).state is state  # type: ignore[arg-type]


def test_a_complaint_under_the_older_law_runs_from_its_receipt(book: Rulebook) -> None:
    reached = datetime(2026, 6, 1, 2, tzinfo=UTC)
    case = a_case(reached=Reached.COMPLAINT, reached_at=reached, conclusion=None, status=CaseStatus.VERIFYING)
    clock = only(book, case, K.OWN_MEASURES)
    assert clock.due.due is not None
    assert clock.due.due.date() == date(2026, 7, 1)
    assert clock.state is ClockState.OVERDUE


def test_a_complaint_under_the_newer_law_runs_from_its_conclusion_alone(book: Rulebook) -> None:
    case = a_case(
        reached=Reached.COMPLAINT, reached_at=AT, papers=(paper(PaperKind.REMEDY_NOTICE, AT + timedelta(hours=1)),)
    )
    assert not found(book, case, K.OWN_MEASURES)
    assert only(book, case, K.OWN_COMPLAINT).state is ClockState.OVERDUE  # the notice came before the conclusion


DROPPED = Remedy(id="m1", measure="x", who="y", due=AT.date(), state=RemedyState.DROPPED, why="thôi", by="u1", at=AT)


@pytest.mark.parametrize("remedies", [(), (DROPPED,)])
def test_the_end_of_a_case_without_a_remedy_ends_that_clock(book: Rulebook, remedies: tuple[Remedy, ...]) -> None:
    case = a_case(remedies=remedies)
    assert only(book, case, K.OWN_REMEDY).state is ClockState.OVERDUE
    end = End(closing=Closing.CONCLUDED, by="u1", at=AT + timedelta(days=2))
    closed = replace(case, status=CaseStatus.CLOSED, end=end)
    assert only(book, closed, K.OWN_REMEDY).state is ClockState.MET
