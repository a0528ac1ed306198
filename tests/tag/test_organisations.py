"""Union bodies named in a text: their names, kinds and roles."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.model.tag import Organisation, Role, TagInput
from monitor.tag import RuleBook, bodies, load_rules, tag

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return load_rules((RULES,))


def named(book: RuleBook, body: str, title: str = "Tin trong ngày", summary: str = "") -> dict[str, Organisation]:
    return {o.name: o for o in tag(TagInput(title=title, summary=summary, body=body), book).organisations}


# An item whose front says nothing of unions: what follows is named in the body alone.
FRONT = "Thời tiết những ngày tới tiếp tục nắng nóng trên diện rộng, người dân hạn chế ra ngoài vào buổi trưa. " * 9


def test_every_kind_finds_its_own_examples_and_leaves_the_others(book: RuleBook) -> None:
    wrong = []
    for kind in book.organisations.kinds:
        for wanted, examples in ((True, kind.yes), (False, kind.no)):
            for example in examples:
                found = tag(TagInput(title=example), book).organisations
                if (kind.id in {o.kind for o in found}) is not wanted:
                    wrong.append((kind.id, example, [o.name for o in found]))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "name", "kind", "province"),
    [
        ("Liên đoàn Lao động tỉnh Hoà Bình họp.", "LĐLĐ tỉnh Hòa Bình", "province", "Hòa Bình"),
        ("LĐLĐ TP. HCM trao quà.", "LĐLĐ TP.HCM", "province", "TP.HCM"),
        ("Liên đoàn Lao động Thành phố Hồ Chí Minh trao quà.", "LĐLĐ TP.HCM", "province", "TP.HCM"),
        ("LĐLĐ Hà Nội trao quà.", "LĐLĐ thành phố Hà Nội", "province", "Hà Nội"),
        ("LĐLĐ thành phố Sa Pa trao quà.", "LĐLĐ thành phố Sa Pa", "district", ""),
        ("LĐLĐ TX. Nghĩa Lộ trao quà.", "LĐLĐ thị xã Nghĩa Lộ", "district", ""),
        (
            "Công đoàn Viên chức tỉnh Cao Bằng họp.",
            "Công đoàn ngành Viên chức tỉnh Cao Bằng",
            "sector_local",
            "Cao Bằng",
        ),
        ("Công đoàn Dệt may Việt Nam họp.", "Công đoàn Dệt may Việt Nam", "sector_central", ""),
        ("Công đoàn các khu công nghiệp và chế xuất Hà Nội họp.", "Công đoàn KCN", "zone", ""),
        ("Chủ tịch CĐ Ngân hàng VN nói.", "Công đoàn Ngân hàng Việt Nam", "sector_central", ""),
        ("CĐCS Công ty CP Cơ khí Hoa Ban họp.", "Công đoàn Công ty CP Cơ khí Hoa Ban", "grassroots", ""),
        (
            "Công đoàn ngành giáo dục tỉnh An Giang họp.",
            "Công đoàn ngành Giáo dục tỉnh An Giang",
            "sector_local",
            "An Giang",
        ),
        ("Công đoàn Ngân Hàng Việt Nam - Công đoàn X.", "Công đoàn Ngân hàng Việt Nam", "sector_central", ""),
        ("CĐ các KCN tỉnh Đồng Nai họp.", "Công đoàn KCN Đồng Nai", "zone", "Đồng Nai"),
        ("CĐCS Công ty cổ phần may Hoa Ban họp.", "Công đoàn Công ty cổ phần may Hoa Ban", "grassroots", ""),
    ],
)
def test_a_body_is_known_by_one_name_however_it_is_written(
    book: RuleBook, text: str, name: str, kind: str, province: str
) -> None:
    found = named(book, text, title="Công đoàn và người lao động")
    assert name in found, list(found)
    assert (found[name].kind, found[name].province) == (kind, province)


def test_the_offsets_hold_the_words_as_written_even_in_untidy_text(book: RuleBook) -> None:
    item = TagInput(title="Tin\u200b nhanh", body="Sáng nay,  LĐLĐ  tỉnh\u00a0Lào Cai trao quà cho công nhân.")
    (body,) = tag(item, book).organisations
    assert item.joined[body.start : body.end] == body.text == "LĐLĐ  tỉnh\u00a0Lào Cai"
    assert body.name == "LĐLĐ tỉnh Lào Cai"


@pytest.mark.parametrize(
    ("sentence", "role"),
    [
        ("LĐLĐ tỉnh Lào Cai vừa tổ chức hội nghị đối thoại.", Role.ACTOR),
        ("Bà Lê Thị Hoa, Chủ tịch LĐLĐ tỉnh Lào Cai Lê Thị Hoa khẳng định sẽ hỗ trợ.", Role.ACTOR),
        ("LĐLĐ tỉnh Lào Cai phối hợp với Sở Nội vụ ký chương trình công tác.", Role.ACTOR),
        ("Đoàn kiểm tra đã phê bình LĐLĐ tỉnh Lào Cai vì chậm trễ.", Role.SUBJECT),
        ("LĐLĐ tỉnh Lào Cai bị nhắc nhở vì báo cáo chậm.", Role.SUBJECT),
        ("Tai nạn xảy ra gần LĐLĐ tỉnh Lào Cai lúc rạng sáng.", Role.PASSING),
        ("Hội thao có sự góp mặt của vận động viên LĐLĐ tỉnh Lào Cai.", Role.PASSING),
    ],
)
def test_a_body_in_the_text_acts_or_is_spoken_of_or_is_named_in_passing(
    book: RuleBook, sentence: str, role: Role
) -> None:
    assert named(book, FRONT + "\n" + sentence)["LĐLĐ tỉnh Lào Cai"].role is role


def test_what_stands_in_the_headline_is_what_the_item_is_about(book: RuleBook) -> None:
    found = named(book, "Nội dung.", title="Nhìn lại một năm của Công đoàn phường Cam Đường")
    assert found["Công đoàn phường Cam Đường"].role is Role.SUBJECT
    assert found["Công đoàn phường Cam Đường"].since == "2025-07-01"
    assert found["Công đoàn phường Cam Đường"].parent == "province"


def test_a_short_name_is_the_full_ones_where_there_is_only_one(book: RuleBook) -> None:
    found = named(book, "LĐLĐ tỉnh Lào Cai họp. Sau đó LĐLĐ tỉnh trao quà.")
    assert list(found) == ["LĐLĐ tỉnh Lào Cai"]
    two = named(book, "LĐLĐ tỉnh Lào Cai và LĐLĐ tỉnh An Giang họp. Sau đó LĐLĐ tỉnh trao quà.")
    assert set(two) == {"LĐLĐ tỉnh Lào Cai", "LĐLĐ tỉnh An Giang", "LĐLĐ tỉnh"}


def test_false_friends_foreign_unions_and_lines_of_capitals_name_no_body(book: RuleBook) -> None:
    assert named(book, "Huyện đã phân công đoàn kiểm tra xuống xã.") == {}
    assert named(book, "Doanh nghiệp cùng công đoàn xây dựng phương án hỗ trợ công nhân.") == {}
    assert named(book, "Chủ tịch Công đoàn Công ty TNHH MTV nọ nói.") == {}
    assert named(book, "Công đoàn công ty đề nghị tăng tiền ăn ca.") == {}
    found = named(book, "Nội dung.", title="CÔNG ĐOÀN PHƯỜNG CAM ĐƯỜNG RA MẮT BAN CHẤP HÀNH")
    assert found == {}


def test_megabytes_of_names_cost_little_more_than_reading_them(book: RuleBook) -> None:
    body = "Công đoàn cơ sở Công ty TNHH May Sao Mai A B C và phối hợp với x. LĐLĐ tỉnh cùng với " * 12_000
    start = time.process_time()
    found = named(book, body)
    assert time.process_time() - start < 60  # processor time: a hang, not a slow machine
    assert len(found) <= 40


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("tail: none", "tail: sky", "rule_wrong_type"),
        ("until: 2025-06-30", "until: hôm qua", "rule_wrong_type"),
        ("parent: central", "parent: nobody", "rule_wrong_type"),
        ("  - id: district", "  - id: province", "rule_doubled"),
        ("sectors:", "sector:", "rule_unknown_key"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_place(tmp_path: Path, old: str, new: str, key: str) -> None:
    text = (RULES / "organisations.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "organisations.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        bodies.load((tmp_path,))
    assert caught.value.key == key
    assert caught.value.facts["line"]
