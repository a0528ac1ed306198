"""What is a change of an article and what is not: the page read, compared, and told when enough looks agree."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from watch_pages import Story, advertisement, error_page, front_page, html, related

from monitor.config.watch import load_watch
from monitor.extract import SiteRules, extract, load_sites
from monitor.model.article import Page
from monitor.model.watch import ChangeKind, LookOutcome, PageState, Pending, Unit
from monitor.model.watching import WatchSettings
from monitor.text import decode
from monitor.watch import Seen, advance, compare, readable, seen, standing, visible
from monitor.watch.normal import key, sentences

RULES = (Path(__file__).parents[2] / "rules",)
SHARED = Path(__file__).parents[3] / "shared" / "press" / "pages"
URL = "http://tin24.test/bai-1.html"
NOW = datetime(2026, 11, 8, tzinfo=UTC)


@cache
def rules() -> WatchSettings:
    return load_watch(RULES)


@cache
def sites() -> SiteRules:
    return load_sites(RULES)


def look(page: str, *, final: str = URL) -> Seen:
    found = extract(Page(url=final, html=page, fetched=NOW), sites())
    return seen(found, visible(page), url=URL, final_url=final)


def outcome(before: str | None, after: str, *, final: str = URL, same_site: bool = True) -> LookOutcome:
    first = look(before) if before else None
    return standing(
        first, look(after, final=final), rules().page, same_address=final == URL, same_site=same_site
    ).outcome


class Watch:
    """One page under watch, without server and store; ``page`` gives its markup, anew at every look."""

    def __init__(self, page: Callable[[], str]) -> None:
        self.page, self.base = page, look(page())
        self.state, self.pending, self.looks = PageState.PRESENT, Pending(), 0

    def look(self) -> list[tuple[ChangeKind, str]]:
        told: list[tuple[ChangeKind, str]] = []
        at = NOW + timedelta(hours=self.looks)
        self.looks += 1
        for _ in range(rules().rhythm.confirm_looks):
            now = look(self.page())
            found = advance(
                state=self.state,
                pending=self.pending,
                before=self.base,
                after=now,
                stand=standing(self.base, now, rules().page, same_address=True, same_site=True),
                at=at,
                rhythm=rules().rhythm,
                words=rules().page,
            )
            self.state, self.pending = found.state, found.pending
            self.base = now if found.rebase else self.base
            told += [(change.kind, change.diff) for change in found.changes]
            if not found.again:
                break
        return told


# Keys.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Công ty nợ lương.", "Công ty nợ lương"),
        ("hoà giải, uỷ ban, thuý", "hòa giải, ủy ban, thúy"),
        ("“Chưa trả lương”, ông nói", '"Chưa trả lương", ông nói'),
        ("từ 5-10 triệu", "từ 5–10 triệu"),
        ("Công\u00a0ty\u200b nợ  lương", "Công ty nợ lương"),
        ("Co\u0302ng ty", "Công ty"),
        ("- Công ty nợ lương…", "Công ty nợ lương..."),
    ],
)
def test_typography_is_no_part_of_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nợ 4,2 tỷ đồng", "nợ 2,4 tỷ đồng"),
        ("ông Trần Văn Bền", "ông Trần Văn Bến"),
        ("đã trả lương", "chưa trả lương"),
        ("ngày 5/11", "ngày 6/11"),
        ("4.200 người", "4.20 người"),
    ],
)
def test_a_word_or_a_figure_is(one: str, other: str) -> None:
    assert key(one) != key(other)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=200), max_size=20))
def test_any_text_can_be_cut_into_sentences_that_lose_no_letter(lines: list[str]) -> None:
    found = sentences(lines)
    assert all(one.key for one in found)
    cut = [token for one in found for token in one.key.split()]
    assert len(cut) <= sum(len(line) for line in lines)


# Comparing.


@pytest.mark.parametrize("seed", range(6))
def test_what_surrounds_an_article_may_change_at_every_look(seed: int) -> None:
    rng = random.Random(seed)
    watch = Watch(lambda: html(Story(), rng))
    assert [told for _ in range(40) if (told := watch.look())] == []


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("number", "old", "new"),
    [(0, "gần 300", "gần 30"), (0, "Nguyễn Thị Lụa", "Nguyễn Thị Lan"), (2, "đã cử", "chưa cử"), (1, "4,2", "42")],
)
def test_one_word_or_figure_in_one_sentence_is_found_once(seed: int, number: int, old: str, new: str) -> None:
    rng = random.Random(seed)
    story = [Story()]
    watch = Watch(lambda: html(story[0], rng))
    for _ in range(4):
        assert watch.look() == []
    story[0] = story[0].but(number, old, new)
    told = [one for _ in range(3) for one in watch.look()]
    assert [kind for kind, _ in told] == [ChangeKind.EDITED]
    assert old in told[0][1]
    assert new in told[0][1]
    assert told[0][1].count("bỏ:") == 1


def test_a_changed_lead_is_a_change() -> None:
    before, after = look(html(Story())), look(html(replace(Story(), lead="Người lao động đã nhận đủ lương.")))
    (unit, *more) = compare(before, after, rules().page).units
    assert "Nhiều tháng qua" in unit.before + "".join(u.before for u in more)


def test_paragraphs_joined_cut_or_moved_are_no_change() -> None:
    story = Story()
    joined = replace(story, text=(" ".join(story.text[:2]), *story.text[2:]))
    moved = replace(story, text=(*story.text[1:], story.text[0]))
    for other in (joined, moved):
        assert not compare(look(html(story)), look(html(other)), rules().page)


@pytest.mark.parametrize(
    "line",
    [
        "1.234 lượt xem", "Bình luận (25)", "3 giờ trước", "Cập nhật lúc 10:20 ngày 05/11/2026", "Vừa xong",
        "Thứ năm, 05/11/2026, 10:21 (GMT+7)", "Mời bạn đọc theo dõi Báo thử trên Zalo", "Tải ứng dụng Báo thử",
        ">> Xem thêm: Mưa lớn kéo dài", "Quảng cáo", "120 người đã xem", "Nghe đọc bài 03:21",
    ],
)  # fmt: skip
def test_a_line_of_the_page_itself_may_come_and_go(line: str) -> None:
    story = Story()
    assert not compare(look(html(story)), look(html(story.with_paragraph(2, line))), rules().page)
    assert not compare(look(html(story.with_paragraph(2, line))), look(html(story)), rules().page)


def test_a_sentence_about_hours_or_readers_is_the_article_s_own() -> None:
    story = Story().with_paragraph(
        2, "Theo ông Bền, ba giờ trước công ty mới dán thông báo, nhiều công nhân chưa kịp đọc."
    )
    units = compare(look(html(Story())), look(html(story)), rules().page).units
    assert [unit.after[:14] for unit in units] == ["Theo ông Bền, "]


def test_a_paragraph_that_sounds_like_selling_may_be_the_article_s_own_and_its_figures_count() -> None:
    sale = "Tại Chợ Tết Công đoàn, 500 gian hàng giảm giá, khuyến mãi và tặng quà miễn phí cho đoàn viên."
    story = [Story().with_paragraph(2, sale)]
    watch = Watch(lambda: html(story[0]))
    for _ in range(3):
        assert watch.look() == []
    story[0] = story[0].but(2, "500", "300")
    told = [one for _ in range(6) for one in watch.look()]
    assert [kind for kind, _ in told] == [ChangeKind.EDITED]


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("Công ty nợ lương - công nhân đình công", "Công ty nợ lương - công nhân ngừng việc", True),
        ("Công ty nợ lương 300 người", "Công ty nợ lương 30 người", True),
        ("Công ty nợ lương 300 người", "Công ty nợ lương 300 người - Báo Thử điện tử", False),
        ("Công ty nợ lương 300 người | Thời sự", "Công ty nợ lương 300 người", False),
    ],
)
def test_a_headline_changes_by_its_words_and_not_by_the_outlet_s_name(old: str, new: str, changed: bool) -> None:
    one, other = (replace(look(html(Story())), title=title, lines=()) for title in (old, new))
    assert bool(compare(one, other, rules().page).title) is changed


# Standing.


def test_an_article_stands_however_much_of_it_was_rewritten() -> None:
    story = Story()
    shorter = replace(story, text=story.text[:2])
    assert outcome(html(story), html(shorter)) is LookOutcome.PRESENT
    assert outcome(html(story), html(replace(story, text=("Câu mới hoàn toàn. " * 20,)))) is LookOutcome.PRESENT


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (error_page(), LookOutcome.REMOVED),
        (error_page("Trang bạn yêu cầu không tồn tại"), LookOutcome.REMOVED),
        ("<html><body></body></html>", LookOutcome.REMOVED),
        (front_page(), LookOutcome.REDIRECTED_HOME),
        ('<html><head><meta http-equiv="refresh" content="0;url=/"></head></html>', LookOutcome.REDIRECTED_HOME),
        ("<html><script>window.location.href='/'</script></html>", LookOutcome.REDIRECTED_HOME),
        ("<html><body><h1>Hệ thống đang bảo trì</h1></body></html>", LookOutcome.UNKNOWN),
        ("<html><body><h1>502 Bad Gateway</h1></body></html>", LookOutcome.UNKNOWN),
        ("<html><body><p>Vui lòng đăng nhập để đọc tiếp</p></body></html>", LookOutcome.UNKNOWN),
    ],
)  # fmt: skip
def test_what_stands_in_place_of_an_article(after: str, expected: LookOutcome) -> None:
    assert outcome(html(Story()), after) is expected


def test_another_machine_s_page_tells_nothing() -> None:
    final = "http://dang-nhap.mang-noi-bo.test/"
    assert outcome(html(Story()), front_page(), final=final, same_site=False) is LookOutcome.UNKNOWN


def test_a_headline_about_errors_is_no_error_page() -> None:
    story = Story(title="Không tìm thấy trang thiết bị bảo hộ, công nhân ngừng việc")
    assert outcome(None, html(story)) is LookOutcome.PRESENT
    assert outcome(html(story), html(story.but(0, "300", "200"))) is LookOutcome.PRESENT


# In words.


def test_a_long_diff_is_cut_around_what_changed() -> None:
    long = "mở đầu " * 80 + "nợ lương 300 công nhân " + "kết thúc " * 80
    text = readable([Unit(before=long, after=long.replace("300", "30"))])
    assert "nợ lương 300 công nhân" in text
    assert "nợ lương 30 công nhân" in text
    assert len(text) < 700
    many = readable([Unit(after=f"Câu số {n}.") for n in range(30)])
    assert many.count("\n") == 12
    assert "18 chỗ khác" in many


# Hostile pages.


@pytest.mark.parametrize(
    "page",
    [
        "<article><p>" + "1" * 240 + "x</p><p>" + "1 " * 120 + "x</p></article>",
        "", "\x00\x01", "<" * 50_000, "<div>" * 30_000, "<p>" + "a" * 2_000_000, "<p>câu. " * 20_000,
        "<html><body>" + "<p>Đính chính: nay xin sửa lại là</p>" * 5_000, "&#xD800;" * 1000,
    ],
    ids=["figures", "nothing", "control", "brackets", "deep", "one word", "many", "notices", "surrogates"],
)  # fmt: skip
def test_no_page_breaks_a_look(page: str) -> None:
    before, after = look(html(Story())), look(page)
    standing(before, after, rules().page, same_address=True, same_site=True)
    compare(before, after, rules().page)
    compare(after, before, rules().page)


# Real pages.

PAGES = sorted(SHARED.glob("article_*.html")) if SHARED.is_dir() else []


@pytest.mark.skipif(not PAGES, reason="../shared/press/pages is not there")
@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_real_pages_change_by_their_words_and_not_by_their_surroundings(page: Path) -> None:
    markup = decode(page.read_bytes())
    rng = random.Random(7)
    ends = [found.end() for found in re.finditer(r"</p>", markup)]

    def varied(text: str) -> str:
        for end in sorted(rng.sample(ends, min(3, len(ends))), reverse=True):
            text = text[:end] + advertisement(rng) + text[end:]
        text = re.sub(r"\d+ (bình luận|lượt)", lambda m: f"{rng.randint(1, 99)} {m[1]}", text)
        return text.replace("</body>", related(rng) + "</body>")

    watch = Watch(lambda: varied(markup))
    assert [told for _ in range(6) if (told := watch.look())] == []
    plain = look(markup)
    chosen = [s for s in plain.article if s.paragraph > 0 and re.search(r"\d", s.text) and markup.count(s.text) == 1]
    for sentence in chosen[:3]:
        edited = re.sub(r"\d", lambda m: str((int(m[0]) + 1) % 10), sentence.text, count=1)
        units = compare(plain, look(markup.replace(sentence.text, edited)), rules().page).units
        assert [(unit.before, unit.after) for unit in units] == [(sentence.text, edited)]
