"""Correction notices: told from what sounds alike, matched to our work, checked part by part."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from monitor.config.watch import load_watch
from monitor.model.watch import CorrectionFound, CorrectionPart
from monitor.model.watching import NoticeWords
from monitor.watch import Line, Notice, Work, check, heads, names_work, notices, of_article, visible

TITLE = "Công ty may Bình Minh nợ lương hơn 300 công nhân"
PUBLISHED = datetime(2026, 11, 4, 20, 30, tzinfo=UTC)  # 5/11 in Vietnam
WORK = Work(titles=(TITLE,), keys=frozenset(("tin24.test/bai-1.html",)), published=PUBLISHED)
Part = CorrectionPart


@cache
def words() -> NoticeWords:
    return load_watch((Path(__file__).parents[2] / "rules",)).notice


def found(*lines: str, title: str = "") -> list[Notice]:
    return notices([Line(text=line) for line in lines], words(), title=title)


def checked(*lines: str, work: Work = WORK) -> CorrectionFound:
    (notice,) = found(*lines)
    return check(notice, work, words(), url="http://tin24.test/cai-chinh", where="", named=names_work(notice, work))


FALSE = "đã đưa công ty còn nợ 4,2 tỷ đồng tiền lương"
FULL = (
    "Thông tin cải chính, xin lỗi",
    f"Ngày 5/11/2026, chuyên mục Thời sự của báo đăng bài “{TITLE}”. "
    "Bài viết đã đưa công ty còn nợ 4,2 tỷ đồng tiền lương.",
    "Nay xin sửa lại là công ty còn nợ 2,4 tỷ đồng tiền lương.",
    "Tòa soạn thành thật xin lỗi Công ty may Bình Minh và bạn đọc.",
)


# Is it one?


@pytest.mark.parametrize(
    "line",
    [
        "Thông tin cải chính, xin lỗi", "THÔNG TIN CẢI CHÍNH, XIN LỖI", "Đính chính", "Đính chính:", "* Cải chính",
        "Xin lỗi bạn đọc", "Cải chính (Báo thử số 120)", "Đính chính bài “Công nhân yêu cầu trả lương”",
        "Đính chính thông tin về số tiền nợ lương", "LỜI CẢI CHÍNH",
    ],
)  # fmt: skip
def test_a_heading_of_a_notice(line: str) -> None:
    assert heads(line, words())


@pytest.mark.parametrize(
    "line",
    [
        "Cải chính hộ tịch cho người dân vùng cao", "Thủ tục cải chính khai sinh", "Cải chính hộ tịch: cần giấy tờ gì?",
        "Đính chính giấy chứng nhận quyền sử dụng đất", "Báo Bình Minh bị yêu cầu cải chính, xin lỗi",
        "Công ty đề nghị đính chính bài viết", "Ca sĩ lên tiếng đính chính tin đồn",
        "Đính chính thông tin sai: Bộ yêu cầu ba trang mạng gỡ bài", "Xin lỗi công nhân, giám đốc hứa trả lương",
    ],
)  # fmt: skip
def test_what_sounds_like_one_and_is_none(line: str) -> None:
    assert not heads(line, words())


def test_a_notice_needs_words_of_its_own() -> None:
    assert found("Đính chính", "Hôm nay trời nắng, học sinh vui chơi ở sân trường.") == []
    assert found("Cải chính") == []


def test_a_story_about_a_correction_is_none() -> None:
    body = (
        "Sở đã có văn bản yêu cầu tờ báo cải chính, xin lỗi doanh nghiệp theo quy định.",
        "“Chúng tôi xin lỗi công nhân vì chậm lương”, giám đốc nói với phóng viên trong bài viết trước.",
        "Ông cho biết sẽ gửi thông tin cải chính tới các bên.",
    )
    assert found("Công ty may đề nghị báo cải chính", *body) == []
    assert of_article("Công ty may đề nghị báo cải chính", body[0], "\n".join(body[1:]), (), words()) is None


def test_the_outlet_s_own_words_are_a_notice_without_a_heading() -> None:
    line = "Do sơ suất trong bài viết trên, số tiền nợ lương bị ghi nhầm; tòa soạn thành thật xin lỗi bạn đọc."
    assert [notice.lines for notice in found("Đoạn trước.", line, "Đoạn sau.")] == [(line,)]


def test_a_link_to_corrections_in_a_menu_is_none() -> None:
    page = '<nav><a href="/cai-chinh">Cải chính, xin lỗi</a></nav><p>Nay xin sửa lại là hai tỷ đồng.</p>'
    assert notices(visible(page).lines, words()) == []


def test_a_notice_ends_with_its_box_and_the_next_one_begins() -> None:
    page = (
        "<div><h3>Đính chính</h3><p>Bài “Mùa quýt” viết nhầm tên. Nay xin sửa lại là bà Sín.</p></div>"
        "<div><h3>Đính chính</h3><p>Bài “Mùa chè” ghi nhầm năm. Nay xin sửa lại là năm 2025.</p></div>"
        "<div><p>Giá chè tăng trong tuần này ở nhiều chợ.</p></div>"
    )
    assert [len(notice.lines) for notice in notices(visible(page).lines, words())] == [2, 2]


def test_a_new_notice_above_an_old_text_ends_where_the_text_begins() -> None:
    text = ["Công nhân chờ lương hai tháng nay.", "Công ty hẹn trả trước ngày 20."]
    lines = [Line(text=one) for one in ("Đính chính", "Con số đúng là 2,4 tỷ đồng.", *text)]
    (notice,) = notices(lines, words(), known=frozenset(("công nhân chờ lương hai tháng nay",)))
    assert notice.lines == ("Đính chính", "Con số đúng là 2,4 tỷ đồng.")


def test_a_notice_is_known_again_however_far_it_reaches() -> None:
    (short,) = found(*FULL[:3])
    (long,) = found(*FULL)
    assert short.mark == long.mark
    assert short.mark != found("Đính chính", "Nay xin sửa lại là chín trăm người.")[0].mark


# Is it about our work?


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        (f"Trong bài {TITLE}, chúng tôi viết nhầm.", True),
        ("Bài “CÔNG TY MAY BÌNH MINH NỢ LƯƠNG HƠN 300 CÔNG NHÂN” có sai sót.", True),
        ("Bài “Công ty may Bình Minh nợ lương công nhân” đăng ngày 5/11/2026 có sai sót.", True),
        ("Bài “Công ty may Bình Minh nợ lương công nhân” đăng ngày 9/11/2026 có sai sót.", False),
        ("Bài “Công ty may Sông Đà thưởng Tết công nhân” đăng ngày 5/11/2026 có sai sót.", False),
        ("Bài “Mùa quýt ở bản Lùng” có sai sót.", False),
    ],
)
def test_a_work_is_named_by_its_headline_or_nearly_and_by_its_day(text: str, ours: bool) -> None:
    notice = Notice(title="Đính chính", lines=("Đính chính", text))
    assert bool(names_work(notice, WORK)) is ours


def test_a_work_is_named_by_a_link_to_it() -> None:
    notice = Notice(title="Đính chính", lines=("Đính chính", "Bài viết này có sai sót."))
    assert names_work(notice, WORK, frozenset(("tin24.test/bai-1.html",))) == TITLE
    assert names_work(notice, WORK, frozenset(("tin24.test/bai-2.html",))) == ""


# Does it hold what the law wants?


def test_a_full_correction_misses_nothing_and_says_what_cannot_be_checked() -> None:
    correction = checked(*FULL)
    assert correction.missing == ()
    assert correction.unchecked == (Part.PLACE, Part.FORM)
    assert correction.work_named == TITLE
    assert correction.date_named == "5/11/2026"
    assert correction.column_named.startswith("chuyên mục Thời sự")
    assert "4,2 tỷ đồng" in correction.false_content
    assert "2,4 tỷ đồng" in correction.right_content
    assert correction.apology.startswith("Tòa soạn thành thật xin lỗi")


@pytest.mark.parametrize(
    ("lines", "missing"),
    [
        (("Đính chính", *FULL[1:]), {Part.TITLE}),
        ((*FULL[:3],), {Part.APOLOGY}),
        ((FULL[0], FULL[1], FULL[3]), {Part.RIGHT_CONTENT}),
        ((FULL[0], FULL[1].replace("5/11/2026", "6/11/2026"), *FULL[2:]), {Part.DATE}),
        ((FULL[0], FULL[1].replace("Ngày 5/11/2026, c", "C"), *FULL[2:]), {Part.DATE}),
        ((FULL[0], FULL[1].replace("chuyên mục Thời sự của ", ""), *FULL[2:]), {Part.COLUMN_OR_ISSUE}),
        ((FULL[0], FULL[1].replace(f" bài “{TITLE}”", " một bài"), *FULL[2:]), {Part.WORK}),
        ((FULL[0], FULL[1].replace(FALSE, "có thông tin chưa chính xác"), *FULL[2:]), {Part.FALSE_CONTENT}),
    ],
    ids=["title", "apology", "right", "other day", "no day", "column", "work", "false"],
)  # fmt: skip
def test_each_part_that_is_missing_is_named(lines: tuple[str, ...], missing: set[CorrectionPart]) -> None:
    assert set(checked(*lines).missing) == missing


@pytest.mark.parametrize("day", ["ngày 05/11/2026", "ngày 5-11-2026", "ngày 5 tháng 11 năm 2026", "5.11.2026"])
def test_days_are_read_as_vietnamese_papers_write_them(day: str) -> None:
    assert checked(FULL[0], FULL[1].replace("Ngày 5/11/2026", day), *FULL[2:]).date_named


def test_one_paragraph_may_hold_it_all() -> None:
    line = (
        f"Đính chính: Bài “{TITLE}” đăng ngày 5/11/2026 đã viết công ty nợ 4,2 tỷ đồng, "
        "nay xin sửa lại là 2,4 tỷ đồng. Chúng tôi xin lỗi bạn đọc."
    )
    correction = checked(line)
    assert set(correction.missing) == {Part.TITLE, Part.COLUMN_OR_ISSUE}
    assert "4,2" in correction.false_content
    assert "2,4" in correction.right_content
    assert correction.title == "Đính chính"


def test_a_disputed_passage_that_is_repeated_is_the_false_content() -> None:
    work = Work(titles=(TITLE,), published=PUBLISHED, passages=("Công đoàn cơ sở làm ngơ trước việc công ty nợ lương",))
    said = "Câu công đoàn cơ sở làm ngơ trước việc công ty nợ lương là suy diễn của người viết."
    correction = checked(FULL[0], said, "Sự thật công đoàn đã ba lần gửi văn bản đề nghị đối thoại.", work=work)
    assert correction.false_content == said
    assert "ba lần" in correction.right_content


def test_only_the_parts_that_the_rules_want_are_asked_for() -> None:
    from dataclasses import replace

    (notice,) = found(*FULL[:2], FULL[2])
    fewer = replace(words(), wanted=(Part.TITLE, Part.RIGHT_CONTENT))
    correction = check(notice, WORK, fewer, url="", where="", named="")
    assert (correction.missing, correction.unchecked) == ((), ())
