"""Which items are one text: invented prints, each changed as one kind of editor changes it."""

from __future__ import annotations

import re
import unicodedata

import pytest
from stories.story_making import LEAD, PARAGRAPHS, TEXT, TITLE, article, later, prose, tags

from monitor.model.article import Article
from monitor.stories import comparable, same_text, sketch


def same(one: Article, other: Article) -> bool:
    found = same_text(comparable(one), comparable(other))
    assert (found is None) == (same_text(comparable(other), comparable(one)) is None)
    return found is not None


def sixth_dropped(paragraph: str) -> str:
    return " ".join(s for n, s in enumerate(re.split(r"(?<=[.!?]) ", paragraph)) if n % 6 != 5)


COPIES = {
    "another headline": {"title": "Đối thoại thành công, xưởng may sáng đèn trở lại"},
    "a prefix": {"title": "Nóng: " + TITLE},
    "a tail": {"title": TITLE + " – những điều cần biết"},
    "a cut headline": {"title": " ".join(TITLE.split()[:7])},
    "no lead": {"lead": ""},
    "a lead cut short": {"lead": " ".join(LEAD.split()[:10]) + "..."},
    "the first paragraph as lead": {"lead": PARAGRAPHS[0][:180]},
    "another lead with names of its own": {
        "lead": "Tin vui từ Hội chợ Sao Khuê 2026: anh Bùi Tiến Đô kể về 65 gian hàng."
    },
    "cut to three fifths": {"text": "\n".join(PARAGRAPHS[:3])},
    "every sixth sentence dropped": {"text": sixth_dropped(TEXT.replace("\n", " "))},
    "credit lines": {"text": f"(Báo Núi Xanh) - {TEXT}\nTheo Báo Suối Mới"},
    "a credit above a notice": {
        "text": f"{TEXT}\nTheo Suối Mới\nBạn đọc có ý kiến xin gửi về tòa soạn qua hộp thư để chúng tôi tiếp tục."
    },
    "the other tone spelling": {"text": TEXT.replace("Hoà", "Hòa")},
    "combining accents": {"text": unicodedata.normalize("NFD", TEXT)},
    "no accents at all": {
        "text": "".join(c for c in unicodedata.normalize("NFD", TEXT) if not unicodedata.combining(c))
    },
    "everything at once": {
        "title": "Mới nhất: " + TITLE,
        "lead": "(Núi Xanh) - " + LEAD,
        "text": f"(Núi Xanh) - {sixth_dropped(' '.join(PARAGRAPHS[:3]))}\nTheo Suối Mới",
    },
}


@pytest.mark.parametrize("change", COPIES.values(), ids=COPIES)
def test_a_copy_is_known_whatever_an_editor_did_to_it(change: dict[str, object]) -> None:
    assert same(article("a1"), article("a2", published=later(hours=5), **change))


def test_a_copy_shares_enough_of_its_sketch_to_be_found() -> None:
    first = set(sketch(comparable(article("a1"))).all)
    for change in COPIES.values():
        assert len(first & set(sketch(comparable(article("a2", **change))).all)) >= 4, change


def column(day: int, price: str, other: str) -> Article:
    words = "chủ quầy ở chợ trung tâm cho biết rau xanh vẫn dồi dào còn cá sông về ít hơn mọi khi vì nước lên cao"
    return article(
        f"c{day}",
        title=f"Giá chợ Đồi Thông ngày {day}/11",
        lead="",
        text=f"Sáng {day}/11, thịt lợn tại chợ Đồi Thông bán {price} đồng một cân, gà ta {other} đồng một cân. "
        + (words + ". ") * 4,
        published=later(days=day),
    )


def test_a_daily_column_is_another_text_every_day() -> None:
    assert not same(column(3, "118.000", "131.500"), column(4, "121.000", "129.000"))


def test_one_pattern_filled_in_for_two_districts_is_two_texts() -> None:
    form = (
        "Sáng nay, Công đoàn xã {0} tổ chức trao {1} suất quà cho đoàn viên khó khăn. Phát biểu tại buổi trao, bà {2} "
        "nhấn mạnh tổ chức công đoàn luôn đồng hành với người lao động trong lúc ngặt nghèo nhất của cuộc sống. "
        "Mỗi suất gồm gạo, dầu ăn, chăn ấm và {3} đồng tiền mặt do các nhà hảo tâm đóng góp từ đầu năm đến nay. "
        "Thay mặt những người nhận quà, anh {4} cảm ơn và hứa cố gắng vươn lên trong công việc và đời sống."
    )
    one = article(
        "d1",
        title="Trao quà cho đoàn viên khó khăn",
        lead="",
        text=form.format("Đồi Thông", 50, "Sùng Thị Máy", "500.000", "Lò Văn Pản"),
    )
    other = article(
        "d2",
        title="Trao quà cho đoàn viên khó khăn",
        lead="",
        text=form.format("Khe Trúc", 72, "Hoàng Thị Nhẫn", "300.000", "Trần Đức Sơn"),
    )
    assert not same(one, other)


def test_a_follow_up_that_repeats_the_background_is_another_text() -> None:
    news = "Sáng 9/11, nhà máy chuyển đủ tiền còn thiếu vào tài khoản công nhân. " + prose(5)
    assert not same(article("a1"), article("a2", text=news + "\n" + PARAGRAPHS[1], published=later(days=6)))


def test_a_round_up_is_none_of_the_texts_it_holds() -> None:
    short = article("a1", title="Suối Bạc trở lại làm việc", lead="", text="\n".join(PARAGRAPHS[:2]))
    page = "\n".join((prose(1, 300), *PARAGRAPHS[:2], prose(2, 300)))
    assert not same(short, article("a2", title="Điểm tin kinh tế tuần qua", lead="", text=page))


def test_a_text_printed_again_after_two_months_is_another_story() -> None:
    assert not same(article("a1"), article("a2", published=later(days=61)))


def test_provinces_that_contradict_tell_middling_likeness_apart() -> None:
    changed = f"{PARAGRAPHS[0]}\n{PARAGRAPHS[1]}\n{PARAGRAPHS[2]}\n{prose(3, 60)}"
    one, other = article("a1", tagging=tags("Lào Cai")), article("a2", text=changed, tagging=tags("An Giang"))
    assert not same(one, other)
    assert same(one, article("a3", tagging=tags("An Giang")))


FEED = {"text": "", "title": TITLE}


def test_a_feed_item_is_known_by_headline_and_lead_together() -> None:
    assert same(article("a1"), article("a2", **FEED))
    assert same(article("a1", text=""), article("a2", **FEED | {"title": "Nóng: " + TITLE}))


def test_a_feed_item_with_another_headline_needs_its_whole_lead() -> None:
    other = FEED | {"title": "Xưởng may sáng đèn trở lại"}
    assert not same(article("a1"), article("a2", **other | {"lead": LEAD[:60]}))
    assert same(article("a1"), article("a2", **other | {"lead": PARAGRAPHS[0].split(". ")[0]}))


def test_an_equal_headline_alone_counts_between_outlets_within_days_and_only_when_it_names_something() -> None:
    bare = {"lead": "", "text": ""}
    one = article("a1", **bare)
    assert same(one, article("a2", **bare, published=later(days=1)))
    assert not same(one, article("a2", **bare, published=later(days=5)))
    assert not same(one, article("a2", **bare, outlet=one.outlet))
    plain = bare | {"title": "Tặng quà cho công nhân khó khăn dịp cuối năm"}
    assert not same(article("a1", **plain), article("a2", **plain))


def test_a_feed_item_with_a_figure_of_its_own_is_another_item() -> None:
    assert not same(article("a1", text=""), article("a2", text="", lead=LEAD.replace("740", "910"), title=TITLE))


@pytest.mark.parametrize(
    "text", ["", "…", "\x00" * 50, "(" * 30_000, "Theo\n" * 20_000, "A " * 2_000_000, "1.1" * 100_000]
)
def test_no_text_is_too_strange_to_be_compared(text: str) -> None:
    one = comparable(article("a1", title=text[:500], lead=text[:500], text=text))
    assert same_text(one, comparable(article("a2"))) is None
    assert len(sketch(one).all) <= 48
