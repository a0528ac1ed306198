"""What a text means for us: union mentions and their false friends, places, tone, attention, hostile input."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model.tag import Relevance, Tagging, TagInput, Tone
from monitor.tag import RuleBook, check_examples, load_rules, tag

RULES = Path(__file__).parents[2] / "rules"
Read = Callable[..., Tagging]


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rules((RULES,))


@pytest.fixture(scope="module")
def read(book: RuleBook) -> Read:
    return lambda **parts: tag(TagInput(**parts), book)


def test_every_rule_sees_its_own_examples_and_no_others(book: RuleBook) -> None:
    assert check_examples(book) == []


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize(
    "sentence",
    [
        "UBND huyện đã phân công đoàn kiểm tra xuống từng xã",
        "Nhóm người dùng gậy tấn công đoàn thi hành án",
        "Chi bộ kết nạp thêm thành công đoàn viên ưu tú vào danh sách",
        "Đội thể thao dự lễ mừng thành công Đoàn thể thao trở về",
        "Ảnh chụp của ông Ngô Công Đoàn được trao giải",
        "Cây đổ chắn lối vào khách sạn Công Đoàn",
        "Bác sĩ Quàng Công Đoàn mổ cho bệnh nhân",
        "Điểm chuẩn Trường Đại học Công đoàn nhích lên",
        "Nạn nhân được đưa vào Bệnh viện Công đoàn",
        "Giáo xứ và các cộng đoàn dự thánh lễ",
        "Công đoạn cuối cùng là phơi khô",
        "Liên đoàn Bóng đá Việt Nam gọi thêm thủ môn",
        "Hai trăm đoàn viên, thanh niên dọn bãi biển",
        "Học sinh tốt nghiệp đoàn tụ sau hai mươi năm",
        "Bữa cơm đoàn viên đêm ba mươi",
    ],
)
def test_a_false_friend_is_no_union_mention(read: Read, sentence: str) -> None:
    found = read(title=sentence)
    assert found.relevance is not Relevance.UNION
    assert not [m for m in found.mentions if m.rule.startswith("union.")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Đại diện LĐLĐ tỉnh cũng tới dự buổi lễ trồng cây",
        "Tỉnh phân công công đoàn cơ sở phụ trách từng xóm",
        "Doanh nghiệp có công đoàn thì ký thỏa ước nhanh hơn",
        "Tổ chức thành công đại hội công đoàn",
        "Nghiệp đoàn nghề cá báo tin tàu đã vào bờ",
        "Liên đoàn Lao động huyện Mỹ Đức họp cuối tháng",
        "Công đoàn công ty 100% vốn Hàn Quốc ký thỏa ước",
    ],
)
def test_a_passing_mention_of_a_union_body_makes_an_item_one_about_the_union(read: Read, sentence: str) -> None:
    assert read(title="Tin trong ngày", body=sentence).relevance is Relevance.UNION


def test_a_union_of_another_country_is_foreign_and_asks_for_no_attention(read: Read) -> None:
    found = read(
        title="Tài xế xe buýt Pháp đình công",
        summary="Công đoàn CGT kêu gọi người lái xe ở Paris nghỉ việc từ thứ hai, đòi tăng lương.",
    )
    assert (found.relevance, found.attention, found.tone) == (Relevance.FOREIGN, False, None)


def test_a_worker_in_a_crime_story_does_not_make_it_one_about_labour(read: Read) -> None:
    assert read(title="Nam công nhân bị bạn nhậu đâm chết").relevance is Relevance.NONE


@pytest.mark.parametrize(
    ("title", "summary", "wanted"),
    [
        ("Hơn 2.300 công nhân bơ vơ vì chủ xưởng bỏ đi", "", "labour"),
        ("Khi tiêu đề nói chuyện cây cảnh", "Người chơi cây kể về thú vui của mình.", "none"),
        ("Bí thư huyện xin thôi việc vì sức khỏe", "Ông nghỉ hưu sớm hai năm.", "none"),
        ("Chủ nhà bị điện giật tử vong khi tưới cây", "Người thân phát hiện vào buổi chiều.", "none"),
        ("Hai thợ bị điện giật tử vong khi thi công biển hiệu", "", "labour"),
        ("Ý kiến trái chiều về đề xuất nghỉ lễ thêm một ngày", "", "labour"),
        ("Quân nổi dậy tấn công đoàn xe sơ tán ở Syria", "Xe buýt bị bắn khi rời thành phố.", "none"),
        ("Công đoàn phi công Pháp phản đối hãng bay", "Công đoàn nói phi công kiệt sức.", "foreign"),
        ("Gần 2.000 công nhân mất việc khi chủ Đài Loan rời đi", "Công nhân ở Đồng Nai chờ trả lương.", "labour"),
    ],
)
def test_relevance_is_what_headline_and_lead_are_about(read: Read, title: str, summary: str, wanted: str) -> None:
    assert read(title=title, summary=summary).relevance.value == wanted


def test_words_deep_in_a_body_do_not_make_it_one_about_labour(read: Read) -> None:
    body = "Vườn cây có lịch sử lâu đời.\n" + "Khu vườn rộng và mát.\n" * 60
    body += "Huyện có nhiều người lao động mất việc, nợ lương, nợ BHXH, đình công, tai nạn lao động.\n"
    found = read(title="Vườn cây trăm tuổi giữa phố", summary="Nơi nhiều gia đình tới dạo chơi.", body=body)
    assert found.relevance is Relevance.NONE


def test_credit_lines_are_not_read(read: Read) -> None:
    body = "Mưa lớn làm ngập nhiều tuyến phố.\nẢnh: Công đoàn Thoát nước\nTin liên quan\nCông đoàn tặng quà công nhân"
    assert read(title="Phố ngập sau mưa", body=body).relevance is Relevance.NONE


@pytest.mark.parametrize(
    "change",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("hóa", "hoá").replace("Đ", "Ð"),
        lambda text: text.replace("đoàn", "đo\u200bàn").replace(" ", "  "),
        str.upper,
    ],
)
def test_mentions_are_the_very_characters_of_the_item_however_it_is_written(
    read: Read, change: Callable[[str], str]
) -> None:
    item = TagInput(
        title=change("LĐLĐ tỉnh Đồng Nai thăm công nhân"),
        summary=change("Công đoàn cơ sở cùng thỏa ước văn hóa."),
        body=change("Đến dự có Công đoàn ngành."),
    )
    found = read(title=item.title, summary=item.summary, body=item.body)
    assert found.relevance is Relevance.UNION
    assert [place.name for place in found.places] == ["Đồng Nai"]
    assert len([m for m in found.mentions if m.rule.startswith("union.")]) == 3
    for mention in found.mentions:
        assert item.joined[mention.start : mention.end] == mention.text


def test_a_text_without_accents_needs_two_different_union_words(read: Read) -> None:
    assert read(title="CONG DOAN HOP").relevance is Relevance.NONE
    found = read(title="DAI HOI CONG DOAN", body="LIEN DOAN LAO DONG den du")
    assert found.relevance is Relevance.UNION


def test_an_abbreviation_counts_only_where_the_text_supports_it(read: Read) -> None:
    assert read(title="Thí sinh chọn trường CĐ gần nhà").relevance is Relevance.NONE
    found = read(title="Công đoàn ngành họp", body="Chiều nay CĐ đã báo cáo cấp trên.")
    assert "union.cd" in {mention.rule for mention in found.mentions}


def test_a_place_keeps_the_name_used_then_and_knows_the_one_of_today(read: Read) -> None:
    (place,) = read(title="LĐLĐ tỉnh Yên Bái tặng quà công nhân").places
    assert (place.name, place.present) == ("Yên Bái", "Lào Cai")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Công nhân đình công ở huyện Hà Trung", ["Thanh Hóa"]),
        ("Công nhân đình công tại TP. HCM", ["TP.HCM"]),
        ("Công nhân đình công vì cột cao bằng nóc nhà", []),
        ("Phó thủ tướng Trương Hòa Bình gặp công nhân đình công", []),
        ("Công nhân đình công trên đường Điện Biên Phủ", []),
        ("LĐLĐ Bắc Kạn và LĐLĐ Cao Bằng tặng quà công nhân", ["Bắc Kạn", "Cao Bằng"]),
    ],
)
def test_places_are_provinces_named_or_implied(read: Read, sentence: str, names: list[str]) -> None:
    assert sorted(place.name for place in read(title=sentence).places) == names


def test_the_book_knows_old_and_present_names(book: RuleBook) -> None:
    names = ("Yên Bái", "tỉnh Hoà Bình", "TP HCM", "Thành phố Hồ Chí Minh", "Thừa Thiên - Huế", "Atlantis")
    assert [book.present(name) for name in names] == ["Lào Cai", "Phú Thọ", "TP.HCM", "TP.HCM", "Huế", None]
    assert book.former("Lào Cai") == ("Yên Bái",)
    assert book.former("Cao Bằng") == ()
    assert len(book.topics) == 21 and book.topics["T06"].startswith("Quan hệ lao động")


def test_tone_and_attention_follow_what_happens_to_the_union(read: Read) -> None:
    gift = read(title="LĐLĐ tỉnh tặng quà Tết cho 500 công nhân nghèo")
    fraud = read(title="Khởi tố nguyên chủ tịch công đoàn công ty vì tham ô")
    rule = read(title="Công đoàn góp ý dự thảo Bộ luật Lao động")
    assert [found.tone for found in (gift, fraud, rule)] == [Tone.POS, Tone.NEG, Tone.NEU]
    assert [found.attention for found in (gift, fraud, rule)] == [False, True, False]
    assert fraud.tone_evidence and fraud.attention_evidence


def test_topics_are_at_most_three_with_evidence_and_the_main_one_first(read: Read) -> None:
    found = read(title="Công nhân đình công vì nợ lương", summary="Công ty còn nợ BHXH, ăn ca kém, tăng ca nhiều.")
    assert found.topics[0].id in ("T03", "T06") and len(found.topics) <= 3
    assert all(topic.evidence for topic in found.topics)


def test_a_worker_who_died_abroad_is_placed_at_home(read: Read) -> None:
    found = read(
        title="Thực tập sinh Việt Nam tử vong ở Nhật Bản",
        body="Cô gái quê ở tỉnh Bình Định, sang Nhật hai năm trước, làm ở Osaka.",
    )
    assert (found.relevance, found.attention) == (Relevance.LABOUR, True)
    assert [place.name for place in found.places] == ["Bình Định"]


def test_nothing_and_english_are_read_without_a_finding(read: Read) -> None:
    assert read() == Tagging(relevance=Relevance.NONE)
    assert read(title="Central bank holds rates", body="The union was not asked.").relevance is Relevance.NONE


@pytest.mark.parametrize(
    "piece",
    ["tấn công đoàn thi hành án ", "a\u0301 ", "TP. ", "x"],
)
def test_reading_time_grows_with_the_length_of_the_text_whatever_stands_in_it(read: Read, piece: str) -> None:
    """Four times the text may take some four times as long, never its square: a ratio within one run, not a time."""
    short, long = (piece * (size // len(piece)) for size in (500_000, 2_000_000))
    once = min(_seconds(lambda: read(title="Tin", body=short)) for _ in range(2))
    assert _seconds(lambda: read(title="Tin", body=long)) < 10 * max(once, 0.01)


def test_a_text_of_five_megabytes_is_read_to_its_end(read: Read) -> None:
    assert read(title="Tin", body="x " * 2_500_000).relevance is Relevance.NONE
