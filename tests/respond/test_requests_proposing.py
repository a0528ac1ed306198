"""Who is proposed as an addressee: everybody who carries the story, once, as what he is; nothing is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from request_making import (
    CLAIMS,
    NOW,
    PRESS,
    RULES,
    A,
    D,
    R,
    a_case,
    asking,
    printed,
    received,
)

from monitor.model.asking import Carrier, Proposal
from monitor.model.case import Case
from monitor.model.request import Publication
from monitor.model.source import Medium, OutletKind
from monitor.respond import outcomes, results
from monitor.respond.proposing import propose
from monitor.respond.results import Outcome

CARRIERS = (
    Carrier(outlet="baoa", name="Báo A", kind=OutletKind.PRESS, card=True),
    Carrier(outlet="daib", name="Báo và phát thanh, truyền hình B", kind=OutletKind.PRESS),
    Carrier(outlet="tonghop", name="Trang tổng hợp C", kind=OutletKind.AGGREGATOR),
    Carrier(outlet="congd", name="Cổng thông tin D", kind=OutletKind.PORTAL),
    Carrier(outlet="trange", name="Trang E", kind=OutletKind.SOCIAL),
)


def proposed(case: Case, *publications: Publication) -> dict[str, Proposal]:
    return {one.outlet: one for one in propose(case, publications, CARRIERS, RULES)}


def test_everybody_who_carries_the_story_is_proposed_as_what_he_is() -> None:
    found = proposed(a_case(), printed("x1"), printed("x2", "tonghop"), printed("x3", "congd"), printed("x4", "trange"))
    assert {name: one.addressee for name, one in found.items()} == {
        "baoa": A.PRESS, "tonghop": A.AGGREGATOR, "congd": A.AGGREGATOR, "trange": A.SOCIAL,
    }  # fmt: skip
    assert D.PUBLISH_RESPONSE in found["baoa"].demands
    assert found["tonghop"].demands == (D.TAKE_DOWN, D.NOTIFY, D.RERUN)
    assert found["congd"].demands == found["tonghop"].demands
    assert found["trange"].demands == (D.TAKE_DOWN, D.CORRECT, D.APOLOGISE)


def test_an_outlet_gets_one_proposal_with_all_its_publications_each_with_its_medium() -> None:
    works = (
        printed("x1", "daib", medium=Medium.RADIO, url=""),
        printed("x2", "daib", medium=Medium.SOCIAL_CHANNEL),
        printed("x3", "daib", medium=Medium.DAILY_PRINT, url=""),
    )
    (one,) = propose(a_case(), (*works, works[0]), CARRIERS, RULES)
    assert one.addressee is A.PRESS  # its own channel on a network is press
    assert [p.medium for p in one.publications] == [Medium.RADIO, Medium.SOCIAL_CHANNEL, Medium.DAILY_PRINT]
    assert not one.card


def test_what_was_only_broadcast_is_not_proposed_to_be_taken_down() -> None:
    (one,) = propose(a_case(), (printed("x1", "daib", medium=Medium.TV, url=""),), CARRIERS, RULES)
    assert D.TAKE_DOWN not in one.demands
    assert D.CORRECT in one.demands


def test_the_first_to_publish_comes_first_and_a_card_is_told() -> None:
    early = printed("x2", "tonghop", published=datetime(2026, 11, 4, tzinfo=UTC))
    unknown = printed("x3", "congd", published=None)
    found = propose(a_case(), (unknown, printed("x1"), early), CARRIERS, RULES)
    assert [one.outlet for one in found] == ["tonghop", "baoa", "congd"]
    assert [one.card for one in found] == [False, True, False]


def test_an_outlet_nobody_knows_is_proposed_without_a_kind_and_a_private_post_as_one() -> None:
    private = printed("x2", "", medium=Medium.SOCIAL_CHANNEL, title="Bài đăng của một tài khoản")
    other = replace(private, article="x4", title="Bài đăng khác")
    found = propose(a_case(), (printed("x1", "lạ"), private, other), CARRIERS, RULES)
    assert [one.addressee for one in found if one.outlet == "lạ"] == [None]
    assert [one.demands for one in found if one.outlet == "lạ"] == [()]
    posts = [one for one in found if not one.outlet]
    assert [one.name for one in posts] == ["Bài đăng của một tài khoản", "Bài đăng khác"]
    assert {one.addressee for one in posts} == {A.SOCIAL}


def test_the_grounds_decide_what_is_proposed() -> None:
    biased = replace(a_case(), claims=(CLAIMS[1], CLAIMS[2]))
    found = proposed(biased, printed("x1"), printed("x2", "tonghop"))
    assert (found["baoa"].claims, found["baoa"].demands) == (("c2",), (D.PUBLISH_RESPONSE, D.ANSWER, D.NOTIFY))
    assert (found["tonghop"].claims, found["tonghop"].demands) == ((), ())


def test_what_is_proposed_can_be_asked() -> None:
    case = replace(a_case(), claims=(CLAIMS[0],))
    works = (printed("x1"), printed("x2", "tonghop"), printed("x3", "congd"), printed("x4", "trange"))
    for one in propose(case, works, CARRIERS, RULES):
        assert one.addressee
        step = asking(
            case, one.addressee, one.demands, name=one.name, outlet=one.outlet, claims=one.claims,
            publications=one.publications,
        )  # fmt: skip
        case = step.case
    assert len(case.requests) == 4
    assert propose(case, works, CARRIERS, RULES) == ()


def test_a_publication_found_later_is_an_addition_to_the_open_request() -> None:
    case = received().case
    (one,) = propose(case, (printed("x1"), printed("x2")), CARRIERS, RULES)
    assert (one.request, one.addressee, [p.article for p in one.publications]) == ("r8", A.PRESS, ["x2"])


def test_a_publication_found_after_the_end_is_a_new_request_and_a_withdrawn_one_is_not_proposed_again() -> None:
    step = received(demands=(D.CORRECT,))
    done = results.record_result(
        step.case, "r8", "correct", Outcome(result=R.IN_TIME, on=NOW.date()), actor=PRESS, now=NOW
    )
    (one,) = propose(done.case, (printed("x1"), printed("x2")), CARRIERS, RULES)
    assert (one.request, [p.article for p in one.publications]) == ("", ["x2"])
    gone = outcomes.withdraw_request(step.case, "r8", "đã sửa", actor=PRESS, now=NOW).case
    assert propose(gone, (printed("x1"),), CARRIERS, RULES) == ()


def test_a_request_to_an_authority_takes_no_outlet_s_place() -> None:
    case = asking(a_case(), A.AUTHORITY, publications=(printed("x1"),)).case
    assert [one.outlet for one in propose(case, (printed("x1"),), CARRIERS, RULES)] == ["baoa"]
