"""An edition's digest: people's order, sums without what does not show, every form and every member of every enum."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from report_making import OFFICE, OUTLETS, REPORTS, TOPICS, article, at, source, tags

from monitor.model.digest import EditionHead, Period, Section
from monitor.model.edition import Content, Laid
from monitor.model.watch import Corrected
from monitor.report import FORMS, build_edition, render_digest
from monitor.report.edition import placed, to_keep

HEAD = EditionHead(id="dt12", series="daily", name="12/2026", end=at(8, 6, 30))
PERIOD = Period(name="Số 12", start=at(7, 6, 30), end=at(8, 6, 30))


def content(*laid: Laid, head: EditionHead = HEAD) -> Content:
    return Content(
        head=head, office=OFFICE, period=PERIOD, made=at(8, 6, 30), laid=laid, outlets=tuple(OUTLETS.items()),
        topics=tuple(TOPICS.items()), failed=(source("down"),), scanned=100,
    )  # fmt: skip


def laid(ident: str, *others: str, section: Section = Section.OWN, **said: object) -> Laid:
    made = Laid(
        article=article(ident, tags("union", "Lào Cai", topics=("T02",), tone="pos"), lead="Công đoàn tặng quà."),
        others=tuple(article(o, tags("union", topics=("T02",), tone="neu"), outlet="nui") for o in others),
        section=section,
    )
    return replace(made, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("approved", [None, at(8, 7)])
def test_an_edition_renders_in_every_form_with_everything_people_wrote(form: str, approved: object) -> None:
    head = replace(
        HEAD, approved=approved, comment="Nóng: <b>nợ lương</b>", opening="Kính gửi\nđồng chí", internal=True
    )
    items = [
        laid(
            f"{n}{section.value}", section=section, comment="ghi *chú* <i>", remarks=("Câu <một>",), where="Phát thanh",
            internal=True, directed="VV2026-0001",
        )
        for section in Section
        for n in range(2)
    ]  # fmt: skip
    text = render_digest(build_edition(content(*items, head=head)), form, folders=(REPORTS,), topics=TOPICS)
    assert "12/2026" in text
    if form == "json":
        assert json.loads(text)["edition"]["internal"] is True
        return
    assert "<b>nợ lương" not in text
    assert "<i>" not in text.replace('<p class="more"><i>', "")
    for said in (
        "Lưu hành nội bộ",
        "VV2026-0001",
        "Phát thanh",
        "Giờ chốt tin",
        "Thông tin trên mạng xã hội",
        "Kính gửi",
    ):
        assert said in text
    assert ("dự thảo" in text.lower()) is (approved is None)
    assert ("Duyệt lúc" in text) is (approved is not None)


def test_without_an_item_neither_its_words_nor_its_counts_are_left() -> None:
    whole = content(laid("a", "b"), laid("c", "d"), laid("e"))
    full, less = build_edition(whole), build_edition(whole, without={"a", "b", "d"})
    assert (len(full.items), full.scanned, sum(row.count for row in full.by_outlet)) == (3, 100, 5)
    assert [(item.number, item.article.id, item.also) for item in less.items] == [(1, "c", ()), (2, "e", ())]
    assert sum(row.count for row in less.by_outlet) == sum(row.count for row in less.by_tone) == 2
    assert [row.count for row in less.by_topic] == [2]


def test_what_is_kept_prints_the_same_without_the_texts() -> None:
    whole = content(laid("a", "b"), laid("c", section=Section.SOCIAL))
    kept = to_keep(whole)
    assert not any(one.article.text or one.article.lead for one in kept.laid)
    for form in FORMS:
        made = [render_digest(build_edition(one), form, folders=(REPORTS,), topics=TOPICS) for one in (whole, kept)]
        assert made[0] == made[1]
    assert build_edition(kept, without={"b"}).items[0].summary == build_edition(whole).items[0].summary != ""


def test_a_corrected_item_does_not_tell_the_false_words_again() -> None:
    mark = Corrected(article="a", date=at(8, 5), where="trang 2", change=None, by="u1")
    one = laid("a")
    fixed = replace(one, article=replace(one.article, corrected=mark))
    text = render_digest(build_edition(content(fixed)), "md", folders=(REPORTS,), topics=TOPICS)
    assert "Đã cải chính ngày 08/11/2026, tại trang 2" in text
    assert "tặng quà" not in text


def test_a_social_post_has_its_own_part_until_the_press_prints_it_and_the_gravest_reading_decides() -> None:
    post = article("p", tags("union", "Lào Cai", tone="neg", attention=True), title="Công nhân xưởng may ngừng việc")
    printed = article(
        "q", tags("union", "Lào Cai"), title="Công nhân xưởng may ngừng việc", outlet="nui", published=at(8, 9)
    )
    (alone,) = placed([post], OFFICE, {"p"})
    assert alone.section is Section.SOCIAL
    (both,) = placed([post, printed], OFFICE, {"p"})
    assert (both.section, both.article.id, [a.id for a in both.others]) == (Section.HANDLE, "q", ["p"])
