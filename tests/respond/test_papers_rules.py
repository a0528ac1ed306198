"""rules/layout.yaml and rules/directive.yaml: what they say by date, and what they refuse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from monitor import labels
from monitor.config.directive import load_directive
from monitor.config.layout import load_layout
from monitor.errors import ConfigError
from monitor.model.directive import NameStatus
from monitor.model.layout import Align
from monitor.model.paper import DisputedWork, PaperKind
from monitor.model.source import Level, Medium
from monitor.respond import paper_text as text
from monitor.word.text import letter
from monitor.word.width import broken, width_mm

RULES = Path(__file__).parents[2] / "rules"
LAYOUT = load_layout((RULES,))
DIRECTIVE = load_directive((RULES,))
THEN, NOW = date(2022, 8, 12), date(2026, 11, 21)


def lines(
    on: date, kind: PaperKind, *, unit: bool = False, level: Level | None = None, to: tuple[str, ...] = ()
) -> list[str]:
    found = DIRECTIVE.recipients(on, issuer_is_unit=unit, kind=kind, level=level, addressees=to)
    return [str(one) for one in found]


# Recipients.


def test_a_unit_s_request_goes_to_the_directive_s_own_three() -> None:
    assert lines(THEN, PaperKind.REQUEST_LETTER, unit=True) == [
        "Như kính gửi",
        "Ban Tuyên giáo Tỉnh ủy (b/c)",
        "Sở Thông tin và Truyền thông (b/c)",
        "LĐLĐ tỉnh (b/c)",
        "Lưu: VT",
    ]


def test_the_same_three_bear_today_s_names() -> None:
    assert lines(NOW, PaperKind.REQUEST_LETTER, unit=True) == [
        "Như kính gửi",
        "Ban Tuyên giáo và Dân vận Tỉnh ủy (b/c)",
        "Sở Văn hóa, Thể thao và Du lịch (b/c)",
        "LĐLĐ tỉnh (b/c)",
        "Lưu: VT",
    ]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        (date(2025, 2, 28), "Ban Tuyên giáo Tỉnh ủy (b/c)"),
        (date(2025, 3, 1), "Ban Tuyên giáo và Dân vận Tỉnh ủy (b/c)"),
    ],
)
def test_the_name_changes_on_its_day(on: date, name: str) -> None:
    assert name in lines(on, PaperKind.REMINDER)


def test_the_federation_s_papers_are_not_copied_to_itself_but_to_its_leaders() -> None:
    found = lines(NOW, PaperKind.REQUEST_LETTER)
    assert "LĐLĐ tỉnh (b/c)" not in found
    assert found[-2:] == ["Thường trực LĐLĐ tỉnh (b/c)", "Lưu: VT, TG"]


def test_central_press_is_copied_to_the_ministry_and_provincial_press_is_not() -> None:
    ministry = "Bộ Văn hóa, Thể thao và Du lịch (b/c)"
    assert ministry in lines(NOW, PaperKind.REQUEST_LETTER, level=Level.CENTRAL)
    assert ministry not in lines(NOW, PaperKind.REQUEST_LETTER, level=Level.PROVINCIAL)
    assert ministry not in lines(NOW, PaperKind.REQUEST_LETTER)


def test_the_competent_level_of_reports_includes_the_party_committee() -> None:
    assert "Tỉnh ủy (b/c)" in lines(NOW, PaperKind.VERIFICATION_REPORT)
    assert "Tỉnh ủy (b/c)" not in lines(NOW, PaperKind.VERIFICATION_REPORT, unit=True)


def test_who_is_written_to_needs_no_copy() -> None:
    found = lines(NOW, PaperKind.PETITION, to=("Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai",))
    assert "Sở Văn hóa, Thể thao và Du lịch (b/c)" not in found
    assert "Ban Tuyên giáo và Dân vận Tỉnh ủy (b/c)" in found


@pytest.mark.parametrize("kind", PaperKind)
@pytest.mark.parametrize("unit", [False, True])
@pytest.mark.parametrize("on", [THEN, NOW, date(2010, 1, 1)])
def test_every_paper_ends_with_the_archive_and_names_nobody_twice(kind: PaperKind, unit: bool, on: date) -> None:
    found = lines(on, kind, unit=unit, level=Level.CENTRAL)
    assert found[-1].startswith("Lưu: VT")
    assert len(found) == len(set(found))


def test_names_that_nobody_checked_are_listed() -> None:
    assert [one.name for one in DIRECTIVE.doubts(NOW)] == ["Sở Văn hóa, Thể thao và Du lịch"]
    assert DIRECTIVE.doubts(NOW)[0].status is NameStatus.UNCHECKED
    assert DIRECTIVE.doubts(THEN) == ()


def test_the_managing_authority_goes_by_level_and_law_of_the_day() -> None:
    now, then = DIRECTIVE.authority(Level.CENTRAL, NOW), DIRECTIVE.authority(Level.CENTRAL, THEN)
    assert now and now[0].name == "Bộ Văn hóa, Thể thao và Du lịch" and "126/2025/QH15" in now[1]
    assert then and then[0].name == "Bộ Thông tin và Truyền thông" and "103/2016/QH13" in then[1]
    assert DIRECTIVE.authority(Level.UNION, NOW) is None


# Words.


def test_days_are_written_as_the_decree_wants() -> None:
    assert text.day_words(date(2026, 1, 6)) == "ngày 06 tháng 01 năm 2026"
    assert text.day_words(date(2026, 10, 15)) == "ngày 15 tháng 10 năm 2026"


def test_a_broadcast_is_named_by_its_programme() -> None:
    work = DisputedWork(
        outlet="Đài Sông Lam", title="", form="chương trình", published="phát lúc 05 giờ 30 phút", column="Thời sự",
        medium=Medium.RADIO,
    )  # fmt: skip
    assert text.work_words(work) == "chương trình Thời sự, Đài Sông Lam, phát lúc 05 giờ 30 phút"


def test_a_work_is_named_with_all_the_law_wants() -> None:
    work = DisputedWork(
        outlet="Báo Sông Lam", title="Tiếng nói", published="đăng ngày 05 tháng 11 năm 2026", column="Đời sống",
        product="Sông Lam cuối tuần", issue="312", medium=Medium.WEEKLY,
    )  # fmt: skip
    assert text.work_words(work) == (
        "bài “Tiếng nói”, chuyên mục Đời sống, Sông Lam cuối tuần của Báo Sông Lam số 312, "
        "đăng ngày 05 tháng 11 năm 2026"
    )


def test_list_letters_are_the_vietnamese_ones() -> None:
    assert [letter(number) for number in (1, 4, 5, 6, 7, 23, 24)] == ["a", "d", "đ", "e", "g", "y", "24"]


# Headings.


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH LÀO CAI", ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LÀO CAI")),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH BÀ RỊA - VŨNG TÀU", ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH BÀ RỊA - VŨNG TÀU")),
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", ("TỔNG LIÊN ĐOÀN", "LAO ĐỘNG VIỆT NAM")),
        ("CÔNG ĐOÀN PHƯỜNG SA PA", ("CÔNG ĐOÀN PHƯỜNG SA PA",)),
    ],
)
def test_long_names_break_where_a_name_may_be_broken(name: str, wanted: tuple[str, ...]) -> None:
    assert broken(name, 12, bold=True, room=75) == wanted


def test_a_name_of_ninety_characters_keeps_inside_its_column() -> None:
    name = "CÔNG ĐOÀN CƠ SỞ CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN MAY MẶC XUẤT KHẨU HẢI VÂN SƠN DƯƠNG"
    found = broken(name, 12, bold=True, room=75)
    assert " ".join(found) == name
    assert all(width_mm(line, 12, bold=True) <= 75 for line in found)
    assert "XUẤT KHẨU" in " | ".join(found)


def test_what_cannot_be_broken_is_left_to_the_word_processor() -> None:
    assert broken("A" * 300, 12, bold=True, room=75) == ("A" * 300,)
    assert broken("", 12, bold=True, room=75) == ("",)
    assert len(broken("MỘT HAI BA " * 200, 12, bold=True, room=75)) == 1


# The files.


def test_the_shipped_layout_keeps_within_the_decree() -> None:
    page = LAYOUT.page
    assert (page.width, page.height) == (210, 297)
    assert 20 <= page.top <= 25 and 20 <= page.bottom <= 25 and 30 <= page.left <= 35 and 15 <= page.right <= 20
    assert LAYOUT.font == "Times New Roman"
    ranges = {
        "national": (12, 13), "motto": (13, 14), "superior": (12, 13), "issuer": (12, 13), "number": (13, 13),
        "place_date": (13, 14), "letter_subject": (12, 13), "title": (13, 14), "summary": (13, 14), "to": (13, 14),
        "body": (13, 14), "authority": (13, 14), "signer": (13, 14), "recipients": (12, 12), "recipient": (11, 11),
        "page_number": (13, 14), "basis": (13, 14), "scope": (13, 14),
    }  # fmt: skip
    for key, (low, high) in ranges.items():
        assert low <= LAYOUT.style(key).size <= high, key
    bold = {"national", "motto", "issuer", "title", "summary", "authority", "signer", "recipients", "scope"}
    italic = {"place_date", "recipients", "basis"}
    caps = {"national", "superior", "issuer", "title", "authority", "scope"}
    for key in ranges:
        style = LAYOUT.style(key)
        assert (style.bold, style.italic, style.caps) == (key in bold, key in italic, key in caps), key
    body = LAYOUT.style("body")
    assert body.align is Align.JUSTIFY and body.first in (1, 1.27) and body.after >= 6 and 1 <= body.line <= 1.5
    assert LAYOUT.rule("motto").share == 1
    assert all(1 / 3 <= LAYOUT.rule(key).share <= 1 / 2 for key in ("issuer", "summary"))


def test_symbols_follow_the_kind() -> None:
    assert LAYOUT.symbol(PaperKind.REQUEST_LETTER, "LĐLĐ-TG") == "LĐLĐ-TG"
    assert LAYOUT.symbol(PaperKind.VERIFICATION_REPORT, "LĐLĐ-TG") == "BC-LĐLĐ"
    assert LAYOUT.symbol(PaperKind.MINUTES, "CĐCS") == "BB-CĐCS"


def changed(folder: Path, file: str, old: str, new: str) -> Path:
    found = (RULES / file).read_text(encoding="utf-8")
    assert old in found
    (folder / file).write_text(found.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("size: 12, bold: true, caps: true, align: center}", "size: to, bold: true}", "config_not_number"),
        ("bold: true", "bold: có", "config_not_flag"),
        ("align: center", "align: giữa", "config_not_choice"),
        ("header: [75, 90]", "header: [75, 120]", "layout_columns"),
        ("header: [75, 90]", "header: [75]", "layout_columns"),
        ("name: Tiêu ngữ", "name: Quốc hiệu", "layout_doubled_style"),
        ("  quote: {", "  cau_trich: {", "config_unknown_key"),
        ("font: Times New Roman", "font:", "config_missing_key"),
        ("share: 1,", "share: 3,", "config_out_of_range"),
    ],
)
def test_a_mistake_in_the_layout_is_named_with_its_line(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_layout((changed(tmp_path, "layout.yaml", old, new),))
    assert caught.value.key == key
    assert "dòng" in labels.wording(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("from: 2025-03-01", "from: 2016-01-01", "directive_order"),
        ("from: 2025-03-01", "from: hôm qua", "config_bad_day"),
        ("  - body: party", "  - body: tinh_uy", "config_not_choice"),
        ("  - text: Như kính gửi", "  - body: party\n    text: Như kính gửi", "directive_body_or_text"),
        ("  - text: Như kính gửi", "  - note: b/c", "directive_body_or_text"),
        ("- id: regulator", "- id: propaganda", "config_doubled_id"),
        ("papers: [response_text]", "papers: [cong_van]", "config_not_choice"),
        ("papers: [response_text]", "papers: []", "config_missing_key"),
        ("status: secondary", "status: chắc", "config_not_choice"),
    ],
)
def test_a_mistake_in_the_directive_is_named_with_its_line(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_directive((changed(tmp_path, "directive.yaml", old, new),))
    assert caught.value.key == key
    assert "dòng" in labels.wording(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    for load in (load_layout, load_directive):
        with pytest.raises(ConfigError) as caught:
            load((tmp_path,))
        assert caught.value.key == "config_missing"
