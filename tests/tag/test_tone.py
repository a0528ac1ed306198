"""The tone: what the union itself does counts wherever it is told; blame only where it falls on the union."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model.tag import Tagging, TagInput, Tone
from monitor.tag import explain, load_rules, tag
from monitor.tag.book import RuleBook

RULES = Path(__file__).parents[2] / "rules"
Read = Callable[..., Tagging]
LONG = "Nhà máy nằm bên quốc lộ, cách thị trấn năm cây số. " * 30


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rules((RULES,))


@pytest.fixture(scope="module")
def read(book: RuleBook) -> Read:
    return lambda **parts: tag(TagInput(**parts), book)


def test_a_union_named_once_deep_in_a_text_looks_good_by_the_help_it_gives_there(read: Read) -> None:
    body = LONG + "\nCông đoàn công ty đã thăm hỏi, hỗ trợ gia đình chị Lan, lo hậu sự chu đáo cho người bị nạn."
    found = read(title="Tai nạn trên đường đi làm", summary="Chị Lan bị xe tải va phải.", body=body)
    assert found.tone is Tone.POS
    assert any(evidence.rule.startswith("deed.") for evidence in found.tone_evidence)


def test_a_union_only_quoted_there_stays_neutral(read: Read) -> None:
    body = LONG + "\nChủ tịch công đoàn công ty cho biết công ty đã thăm hỏi, hỗ trợ gia đình chị Lan."
    assert read(title="Tai nạn trên đường đi làm", summary="Chị Lan bị xe tải va phải.", body=body).tone is Tone.NEU


def test_one_deed_among_many_quotations_weighs_less_than_one_alone(read: Read) -> None:
    deed = "LĐLĐ huyện thăm công nhân ở khu trọ. "
    quotes = "Theo LĐLĐ huyện, số công nhân nghỉ việc là 30 người. LĐLĐ huyện cho rằng lương còn thấp. " * 4
    frame = {"title": "Chuyện ở khu trọ", "summary": "Nhiều người dọn đi sau Tết."}
    assert read(**frame, body=LONG + "\n" + quotes + deed).tone is Tone.NEU


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Công đoàn lo từ bữa ăn đến mái nhà cho đoàn viên", ""),
        ("Cán bộ công đoàn xuyên đêm đưa nhu yếu phẩm tới khu trọ", ""),
        ("Công đoàn chăm lo đoàn viên bằng nhiều hình thức thiết thực", ""),
        ("Công đoàn khởi kiện, doanh nghiệp phải trả bốn tỉ đồng nợ lương", ""),
        ("Phó thủ tướng: Công đoàn làm tốt vai trò đại diện", ""),
        ("Công đoàn Việt Nam nhận Huân chương Lao động", ""),
        ("Đám cưới tập thể của 50 đôi công nhân", "Lễ cưới do công đoàn khu công nghiệp tổ chức."),
        ("Cô trò vùng lũ có phòng học mới", "Công trình do Công đoàn ngành giáo dục vận động đóng góp."),
        ("Căn nhà nhỏ của chị Thu", "Tiền xây lấy từ quỹ công đoàn."),
        ("Được tăng tiền ăn ca", "Kết quả có được sau phiên thương lượng do công đoàn ngành chủ trì."),
        # No word of care: the verb is not listed, only whom it reaches.
        ("Công đoàn chế xe lu thành máy bơm cho bà con vùng ngập", ""),
        ("LĐLĐ tỉnh kéo mạng về tận xóm trọ", ""),
        ("Trẻ khu trọ có chỗ học đàn", "Lớp học do công đoàn khu công nghiệp mở vào mỗi tối thứ năm."),
    ],
)
def test_what_the_union_does_for_people_makes_it_look_good(read: Read, title: str, summary: str) -> None:
    assert read(title=title, summary=summary).tone is Tone.POS


@pytest.mark.parametrize(
    "title",
    [
        "Công nhân yêu cầu chủ tịch công đoàn từ chức",
        "Không có quà Tết, công nhân trách công đoàn",
        "Chủ tịch công đoàn công ty ký khống danh sách nhận hỗ trợ",
        "LĐLĐ tỉnh chậm trả tiền hỗ trợ, công nhân mòn mỏi chờ",
        "Cơ quan điều tra làm rõ trách nhiệm của lãnh đạo LĐLĐ tỉnh",
        "Công đoàn cơ sở bị chê là cánh tay nối dài của giám đốc",
        "Dân mạng phẫn nộ hội thi do công đoàn tổ chức",
        "Kết luận kiểm tra nêu LĐLĐ huyện chi không đúng đối tượng",
        "Đoàn viên hỏi tiền đoàn phí công đoàn đi đâu",
        "Bãi miễn chủ tịch công đoàn vì thiếu dân chủ",
        "Rạp chiếu phim của công đoàn tồi tàn, rệu rã",
        "Công đoàn chẳng đoái hoài",
        "Nửa số công nhân không biết công đoàn làm gì",
    ],
)
def test_criticism_of_the_union_in_other_words_is_negative(read: Read, title: str) -> None:
    assert read(title=title).tone is Tone.NEG


@pytest.mark.parametrize(
    "title",
    [
        "LĐLĐ tỉnh kiện 12 doanh nghiệp nợ bảo hiểm xã hội ra tòa",
        "Công đoàn cơ sở hòa giải vụ công nhân đánh nhau",
        "Kẻ gian mạo danh cán bộ công đoàn lừa tiền công nhân",
        "Giám đốc bị phạt vì đuổi việc chủ tịch công đoàn",
        "Công đoàn phản đối doanh nghiệp ép công nhân tăng ca",
        "Công đoàn thăm công nhân bị xử phạt oan",
        "Trách nhiệm của công đoàn khi xảy ra tai nạn",
        "Công đoàn gỡ bất cập, dẹp nạn ép giá ở khu trọ",
        "Công đoàn không lùi bước trước giám đốc",
        "Tổng LĐLĐ Việt Nam bàn cách chống bệnh hình thức trong thi đua",
    ],
)
def test_trouble_of_others_is_never_put_on_the_union(read: Read, title: str) -> None:
    assert read(title=title).tone is not Tone.NEG


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Công đoàn đề xuất tăng lương tối thiểu 7% từ tháng 7", ""),
        ("Đại hội Công đoàn tỉnh bầu ban chấp hành 45 người", ""),
        ("Từ tháng 1, đoàn phí công đoàn bằng 0,5% tiền lương", ""),
        ("Công đoàn Bắc Ninh thắng Công đoàn Hải Phòng 3-1", ""),
        ("55% công nhân không đủ sống", "Kết quả khảo sát của Viện Công nhân và Công đoàn."),
        ("Công nhân đình công ngày thứ ba", "LĐLĐ tỉnh đã cử cán bộ đến nắm tình hình."),
        ("Luật sửa đổi có gì mới?", "Luật nêu rõ vai trò của công đoàn trong việc bảo vệ quyền lợi người lao động."),
        ("Bộ trưởng: Công đoàn cần giúp công nhân học kỹ năng số", ""),
        ("Công đoàn khảo sát chi tiêu của công nhân ở trọ", ""),
        ("Công đoàn công bố phương án thưởng của người lao động", ""),
    ],
)
def test_numbers_congresses_proposals_and_football_are_neutral(read: Read, title: str, summary: str) -> None:
    assert read(title=title, summary=summary).tone is Tone.NEU


def test_a_deed_is_laid_open_with_what_each_is_worth(book: RuleBook) -> None:
    _, fired = explain(TagInput(title="Công đoàn trao quà cho công nhân nghèo"), book)
    deeds = [each for each in fired if each.rule.startswith("deed.") and each.counted]
    assert deeds and all(each.area == "tone_good" and each.points == book.limits["deed_each"] for each in deeds)
