"""What of an item a reader wants, by his topics, places and units."""

from __future__ import annotations

import pytest

from monitor.model.delivery import Channel, Profile
from monitor.model.tag import Organisation, PlaceTag, Relevance, Role, Tagging, TopicTag
from monitor.report.wanting import bodies_in, wants


def reader(**chosen: tuple[str, ...]) -> Profile:
    return Profile(name="Ban", channel=Channel.MAIL, addresses=("ban@laocai.test",), **chosen)  # type: ignore[arg-type]


def body(name: str, text: str, role: Role) -> Organisation:
    return Organisation(name=name, text=text, role=role, kind="k", start=0, end=len(text))


def reading(topic: str, *places: PlaceTag) -> Tagging:
    return Tagging(
        relevance=Relevance.UNION, topics=(TopicTag(id=topic, score=1.0, evidence=()),), places=places
    )  # fmt: skip


TAGS = (reading("T02", PlaceTag(name="Ninh Thuận", present="Khánh Hòa")), reading("T05"))


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({}, True),
        ({"topics": ("T05", "T09")}, True),
        ({"topics": ("T09",)}, False),
        ({"places": ("khánh hoà",)}, True),
        ({"places": ("Ninh Thuận",)}, True),
        ({"places": ("Lào Cai",)}, False),
        ({"units": ("bắc hà",)}, True),
        ({"units": ("Sa Pa",)}, False),
        ({"topics": ("T02",), "places": ("Lào Cai",)}, False),
    ],
)
def test_every_choice_must_be_met_by_one_of_the_prints(chosen: dict[str, tuple[str, ...]], wanted: bool) -> None:
    assert wants(reader(**chosen), TAGS, bodies=["Công đoàn xã Bắc Hà"]) is wanted


def test_what_is_known_beside_the_reading_counts_too() -> None:
    assert wants(reader(topics=("T09",)), TAGS, topics=("T09",))
    assert not wants(reader(units=("Bắc Hà",)), TAGS)


def test_bodies_named_in_passing_are_none_it_tells_of() -> None:
    told = Tagging(
        relevance=TAGS[0].relevance,
        organisations=(body("CĐ Bắc Hà", "công đoàn xã", Role.ACTOR), body("CĐ Sa Pa", "Sa Pa", Role.PASSING)),
    )
    assert bodies_in([told]) == ["CĐ Bắc Hà", "công đoàn xã"]
