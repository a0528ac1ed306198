"""What stands where in a digest, what is one text, and that every figure adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from report_making import DAY, OFFICE, article, at, digest, gap, source, tags

from monitor.model.article import Article, Completeness
from monitor.model.digest import Section
from monitor.model.fetch import Status
from monitor.model.tag import Tagging
from monitor.model.watch import Corrected
from monitor.report.sections import section


@pytest.mark.parametrize(
    ("tagging", "part"),
    [
        (tags("labour", "Lào Cai", attention=True), Section.HANDLE),
        (tags("union", "Yên Bái>Lào Cai", attention=True), Section.HANDLE),
        (tags("foreign", "Lào Cai", topics=("T17",), attention=True), Section.HANDLE),
        (tags("union", "Cà Mau", tone="neg", attention=True), Section.REST),
        (tags("union", attention=True), Section.HANDLE),
        (tags("union", "Lào Cai", tone="neg"), Section.HANDLE),
        (tags("union", "Cà Mau", tone="neu", attention=True), Section.REST),
        (tags("labour", attention=True), Section.REST),
        (tags("union", "Lào Cai"), Section.OWN),
        (tags("union", "Cà Mau", "Lào Cai"), Section.OWN),
        (tags("labour", "Lào Cai"), Section.LIFE),
        (tags("labour", "Lào Cai", topics=("T12",)), Section.LIFE),
        (tags("labour", topics=("T12",)), Section.POLICY),
        (tags("labour", "Hà Nội", topics=("T12", "T03")), Section.POLICY),
        (tags("labour", "Hà Nội", topics=("T03", "T12")), Section.REST),
        (tags("labour", topics=("T03", "T12")), Section.POLICY),
        (tags("union", topics=("T02",)), Section.POLICY),
        (tags("union", "Cà Mau", tone="neg"), Section.REST),
        (tags("union", "Cà Mau", topics=("T02",)), Section.REST),
        (tags("labour", "Cà Mau"), Section.REST),
        (tags("foreign", topics=("T12",)), Section.REST),
    ],
)
def test_every_item_has_its_part(tagging: Tagging, part: Section) -> None:
    assert section(article("a", tagging), OFFICE) is part


def test_the_general_confederation_is_policy_wherever_it_meets() -> None:
    made = article("a", tags("union", "Hà Nội"), title="Tổng Liên đoàn Lao động Việt Nam họp báo")
    assert section(made, OFFICE) is Section.POLICY


def test_a_province_is_known_under_any_of_its_spellings() -> None:
    city = article("a", tags("union", "TP.HCM"))
    for name in ("TP.HCM", "Hồ Chí Minh", "Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"):
        office = type(OFFICE)(name="x", short="x", superior="x", province=name)
        assert section(city, office) is Section.OWN


def test_irrelevant_and_unread_articles_are_left_out() -> None:
    made = digest(article("a", tags("none")), article("b", None), article("c", tags("union", "Lào Cai")))
    assert [item.article.id for item in made.items] == ["c"]
    assert sum(row.count for row in made.by_outlet) == 1
    assert made.scanned == 1234


def test_items_are_numbered_through_in_the_order_of_reading() -> None:
    made = digest(
        article("other-old", tags("labour", "Cà Mau"), published=at(8, 5)),
        article("other-union", tags("union", "Cà Mau"), published=at(8, 4)),
        article("other-alarm", tags("labour", "Cà Mau", attention=True), published=at(8, 3)),
        article("far", tags("foreign", topics=("T18",)), published=at(8, 22)),
        article("far-alarm", tags("foreign", attention=True), published=at(8, 1)),
        article("blame", tags("union", "Cà Mau", tone="neg", attention=True), published=at(8, 21)),
        article("strike", tags("labour", "Lào Cai", attention=True), published=at(8, 2)),
        article("accident", tags("labour", "Lào Cai", attention=True), published=at(8, 6)),
        article("ours", tags("union", "Lào Cai")),
    )
    assert [item.article.id for item in made.items] == [
        *("accident", "strike", "ours"),
        *("blame", "other-alarm", "other-union", "other-old", "far-alarm", "far"),
    ]
    assert [item.number for item in made.items] == list(range(1, 10))


def same_text(ident: str, outlet: str, hour: int, **other: object) -> Article:
    title = {"title": "Công nhân xưởng mây nhận thưởng sớm"} | other
    return article(ident, tags("labour", "Lào Cai"), outlet=outlet, published=at(8, hour, 10), **title)


def test_reprints_are_one_item_with_the_earliest_first_and_count_each() -> None:
    made = digest(
        same_text("late", "tin24", 11),
        same_text("first", "suoi", 7, title="CÔNG NHÂN XƯỞNG MÂY: nhận thưởng sớm!"),
        same_text("next", "nui", 9),
    )
    (item,) = made.items
    assert item.article.id == "first"
    assert item.also == ("Báo Núi Xanh (09:10)", "Tin 24 (11:10)")
    assert [row.count for row in made.by_outlet] == [1, 1, 1]
    assert sum(row.count for row in made.by_topic) == 3


def test_a_text_under_another_title_is_a_reprint() -> None:
    start = (
        "Sáng 8/11, tại khu công nghiệp Đông Phố, công ty mây tre đã trao thưởng cho hơn ba trăm công nhân có nhiều "
        "sáng kiến trong năm, mỗi người nhận từ hai đến năm triệu đồng tiền mặt cùng một chuyến tham quan."
    )
    made = digest(
        same_text("a", "suoi", 7, text=start + " Tin của báo một."),
        same_text(
            "b", "nui", 9, title="Thưởng lớn ở công ty mây tre", lead="Chuyện vui.", text=start.replace("tiền mặt ", "")
        ),
        same_text(
            "c", "tin24", 9, title="Một chuyện khác hẳn ở nơi khác", text="Không liên quan gì tới chuyện trên. " * 5
        ),
    )
    assert [(item.article.id, len(item.also)) for item in made.items] == [("c", 0), ("a", 1)]


def test_the_same_headline_from_two_provinces_is_two_items() -> None:
    title = "Tặng quà công nhân có hoàn cảnh khó khăn"
    made = digest(
        article("a", tags("union", "Lào Cai"), title=title),
        article("b", tags("union", "Cà Mau"), title=title, outlet="nui"),
    )
    assert len(made.items) == 2


def test_a_daily_column_of_one_outlet_is_not_its_own_reprint() -> None:
    texts = ["Hôm nay có mười chỗ làm ở xưởng may. " * 4, "Công ty giày tuyển trăm thợ lành nghề vào làm ca. " * 4]
    made = digest(
        *(
            article(
                f"d{n}", tags("labour", "Lào Cai"), title="Bản tin việc làm trong ngày", text=text, published=at(7 + n)
            )
            for n, text in enumerate(texts)
        )
    )
    assert len(made.items) == 2


def test_of_copies_read_differently_the_gravest_reading_stands() -> None:
    made = digest(
        same_text("bare", "suoi", 6, completeness=Completeness.FEED),
        article(
            "full",
            tags("labour", "Lào Cai", attention=True, why="ngừng việc"),
            outlet="nui",
            title="Công nhân xưởng mây nhận thưởng sớm",
            published=at(8, 9),
        ),
    )
    (item,) = made.items
    assert (item.section, item.article.id, item.also) == (Section.HANDLE, "full", ("Báo Suối Mới (06:10)",))


def test_counts_are_over_articles_and_add_up() -> None:
    made = digest(
        article("a", tags("union", "Lào Cai", topics=("T02", "T06"), tone="pos")),
        article("b", tags("union", "Lào Cai", topics=("T02",), tone="neg"), outlet="nui"),
        article("c", tags("labour"), outlet="unknown"),
        article("d", tags("labour", topics=("T99",))),
    )
    assert [(row.key, row.label, row.count) for row in made.by_outlet] == [
        ("suoi", "Báo Suối Mới", 2),
        ("nui", "Báo Núi Xanh", 1),
        ("unknown", "unknown", 1),
    ]
    assert [(row.key, row.count) for row in made.by_topic] == [("T02", 2), ("T06", 1), ("T99", 1), ("none", 1)]
    assert [(row.key, row.count) for row in made.by_tone] == [("pos", 1), ("neu", 0), ("neg", 1)]
    assert sum(row.count for row in made.by_outlet) == sum(1 + len(item.also) for item in made.items) == 4


def test_tones_are_of_items_about_unions_alone_and_one_without_has_a_row() -> None:
    made = digest(article("a", tags("union")), article("b", tags("labour", tone="neg")), article("c", tags("foreign")))
    assert [(row.key, row.count) for row in made.by_tone] == [("pos", 0), ("neu", 0), ("neg", 0), ("none", 1)]


def test_groups_of_outlets_add_up_and_who_is_unknown_stands_apart() -> None:
    items = [article(f"g{n}", tags("union"), outlet=outlet) for n, outlet in enumerate(("suoi", "nui", "suoi", "la"))]
    made = digest(*items, groups={"suoi": "provincial", "nui": "central"})
    assert [(row.key, row.count) for row in made.by_group] == [("central", 1), ("provincial", 2), ("unknown", 1)]
    assert digest(*items).by_group == ()


def test_what_its_outlet_has_corrected_is_not_told_again() -> None:
    mark = Corrected(article="a", date=at(8, 5), where="trang 2", change=None, by="u1")
    one = article("a", tags("union"), lead="Công đoàn nợ tiền quà của công nhân.")
    assert digest(one).items[0].summary == "Công đoàn nợ tiền quà của công nhân."
    assert digest(replace(one, corrected=mark)).items[0].summary == ""


def test_every_kept_article_is_listed_once() -> None:
    made = digest(*(article(f"x{n}", tags("foreign" if n % 3 else "union")) for n in range(30)))
    assert sorted(item.article.id for item in made.items) == sorted(f"x{n}" for n in range(30))


def test_failed_sources_and_the_gaps_of_the_period_are_told() -> None:
    inside = gap("down", at(8, 8, 10), at(8, 11, 45))
    made = digest(
        health=(
            source("fine", Status.OK),
            source("still", Status.FROZEN),
            source("down", gaps=(inside, gap("down", at(8, 1), at(8, 2), closed=True))),
            source("quiet", Status.UNCHANGED, gaps=(gap("quiet", at(5), at(6)),)),
        )
    )
    assert [failed.id for failed in made.failed] == ["down"]
    assert [found for _, found in made.gaps] == [inside]
    assert made.items == ()


def test_an_article_without_a_publishing_time_takes_its_place_by_when_it_was_found() -> None:
    made = digest(
        article("known", tags("union", "Lào Cai"), published=at(8, 8)),
        article("unknown", tags("union", "Lào Cai"), published=None, found=at(8, 10)),
    )
    assert [item.article.id for item in made.items] == ["unknown", "known"]


def test_a_thousand_items_take_moments() -> None:
    body = (
        "Công ty ở khu công nghiệp tổ chức hội nghị người lao động với nhiều nội dung thiết thực, số {n} mã {n}{n}. "
        * 6
    )
    made = digest(
        *(
            article(f"n{n}", tags("labour"), text=body.format(n=n), published=DAY.start + timedelta(minutes=n))
            for n in range(1000)
        )
    )
    assert sum(1 + len(item.also) for item in made.items) == 1000
