"""First publications, events, and where an item is placed against people's words."""

from __future__ import annotations

from datetime import datetime

from stories.story_making import PARAGRAPHS, START, article, later, prose, tags

from monitor.model.source import OutletKind
from monitor.model.story import Likeness, Member
from monitor.stories import comparable, first_of, place, same_event

PRESS, AGGREGATOR = OutletKind.PRESS, OutletKind.AGGREGATOR


def member(ident: str, at: datetime | None, kind: OutletKind = PRESS, name: str = "") -> Member:
    return Member(article=article(ident, published=at), kind=kind, outlet_name=name or ident)


def test_the_earliest_print_is_the_first() -> None:
    assert first_of([member("a2", later(hours=1)), member("a1", START)], {}) == "a1"


def test_an_aggregator_yields_to_press_within_minutes_but_not_within_hours() -> None:
    early = member("a1", START, AGGREGATOR)
    assert first_of([early, member("a2", later(minutes=20))], {}) == "a2"
    assert first_of([early, member("a2", later(hours=3))], {}) == "a1"
    assert first_of([early, member("a2", later(minutes=20), AGGREGATOR)], {}) == "a1"


def test_a_credit_line_breaks_a_tie_of_minutes_and_no_more() -> None:
    copy, origin = member("a1", START), member("a2", later(minutes=40), name="Báo Suối Mới")
    assert first_of([copy, origin], {"a1": ["suoi moi"]}) == "a2"
    assert first_of([copy, origin], {"a1": ["bao nui xanh"]}) == "a1"
    assert first_of([copy, member("a2", later(hours=9), name="Báo Suối Mới")], {"a1": ["suoi moi"]}) == "a1"


def test_two_prints_that_credit_each_other_still_have_one_first() -> None:
    both = [member("a1", START, name="Suối Mới"), member("a2", later(minutes=5), name="Núi Xanh")]
    assert first_of(both, {"a1": ["nui xanh"], "a2": ["suoi moi"]}) == "a2"


def test_a_print_without_a_time_is_first_only_where_none_has_one() -> None:
    assert first_of([member("a1", None), member("a2", later(days=2))], {}) == "a2"
    assert first_of([member("a1", None)], {}) == "a1"


def test_a_credit_names_the_source_it_was_taken_from() -> None:
    assert comparable(article(text=f"{PARAGRAPHS[0]}\nTheo Báo Suối Mới")).credits == ("bao suoi moi",)
    sentence = "Theo quy định của luật, người lao động được nghỉ bù vào tuần kế tiếp sau đợt trực"
    assert comparable(article(text=f"{PARAGRAPHS[0]}\n{sentence}")).credits == ()


NEXT = "Công nhân Nhà máy Suối Bạc nhận đủ tiền lương còn thiếu"


def test_rare_names_and_a_headline_that_goes_on_propose_an_event() -> None:
    one = comparable(article("a2", title=NEXT, lead="", text=prose(4) + " Nhà máy Suối Bạc.", published=later(days=5)))
    first = comparable(article("a1"))
    names = [name for name in one.names if name in first.names]
    assert same_event(one, comparable(article("a1", title="Công nhân Nhà máy Suối Bạc trở lại")), ["suoi bac", *names])
    assert same_event(one, first, []) is None


def test_a_week_or_another_province_speak_against_an_event() -> None:
    first = comparable(article("a1", tagging=tags("Lào Cai")))
    rare = sorted(first.names)
    assert same_event(comparable(article("a2", published=later(days=6))), first, rare)
    assert same_event(comparable(article("a2", published=later(days=8))), first, rare) is None
    assert same_event(comparable(article("a2", tagging=tags("An Giang"))), first, rare) is None


def match(other: str, contained: float = 0.9) -> Likeness:
    return Likeness(why="text", with_=other, contained=contained, shared=100)


def test_an_item_ties_the_stories_it_matches_into_one() -> None:
    told = place(
        "x",
        [match("a", 0.8), match("b", 0.95)],
        story_of={"a": "s1", "b": "s2"},
        members={"s1": frozenset("a"), "s2": frozenset("b")},
        apart=frozenset(),
        together=frozenset(),
    )
    assert told.stories == ("s2", "s1")
    assert told.evidence == match("b", 0.95)


def test_articles_people_set_apart_never_meet_through_a_third() -> None:
    told = place(
        "x",
        [match("a"), match("b", 0.95)],
        story_of={"a": "s1", "b": "s2"},
        members={"s1": frozenset("ac"), "s2": frozenset("b")},
        apart=frozenset([frozenset("bc")]),
        together=frozenset(),
    )
    assert told.stories == ("s2",)


def test_a_persons_word_comes_before_any_likeness() -> None:
    told = place(
        "x",
        [match("b", 0.99)],
        story_of={"a": "s1", "b": "s2"},
        members={"s1": frozenset("a"), "s2": frozenset("b")},
        apart=frozenset([frozenset("ab")]),
        together=frozenset("a"),
    )
    assert told.stories == ("s1",)
    assert told.evidence is not None
    assert told.evidence.why == "person"
