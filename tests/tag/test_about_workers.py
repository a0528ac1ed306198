"""Headlines as the press writes them (all invented): about workers here, about workers abroad, or about neither."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from monitor.model.tag import Relevance, TagInput
from monitor.tag import RuleBook, load_rules, tag

RULES = Path(__file__).parents[2] / "rules"


@cache
def book() -> RuleBook:
    return load_rules((RULES,))


def relevance(title: str, lead: str = "") -> Relevance:
    return tag(TagInput(title=title, summary=lead), book()).relevance


def attention(title: str, lead: str = "") -> bool:
    return tag(TagInput(title=title, summary=lead), book()).attention


@pytest.mark.parametrize(
    "title",
    [
        "Nhà máy dệt kêu thiếu thợ, tăng lương vẫn khó tuyển",
        "Chuyện gửi con của vợ chồng công nhân làm ca",
        "Ngân hàng cắt hơn một nghìn nhân sự sau nửa năm",
        "Lễ Quốc khánh năm nay được nghỉ mấy ngày?",
        "Đề xuất bỏ thi thăng hạng với viên chức",
        "Hãng gọi xe tăng chiết khấu, tài xế tắt ứng dụng",
        "Người lao động ốm dài ngày được hưởng bao nhiêu?",
        "Đi Đức làm hộ lý: lương cao và những cái giá",
        "Khởi tố chỉ huy trưởng công trình vụ thợ rơi từ tầng chín",
    ],
)
def test_working_life_at_home_is_labour(title: str) -> None:
    assert relevance(title) is Relevance.LABOUR


@pytest.mark.parametrize(
    "title",
    [
        "Anh công nhân trúng độc đắc lần hai",
        "Công nhân dọn cỏ đào được cổ vật",
        "Bạn trai cũ sát hại nữ công nhân trong phòng trọ",
        "Tài xế tông chết người rồi bỏ trốn",
        "Cán bộ công nhân viên tập đoàn ủng hộ bà con vùng lũ",
        "Công an cảnh báo chiêu lừa tuyển dụng cộng tác viên",
        "Chàng kỹ sư bỏ việc về nuôi lươn",
        "Học sinh thành phố được nghỉ mấy ngày dịp lễ?",
        "Xử lý trụ sở dôi dư sau sáp nhập",
        "Chi trả quà an sinh xã hội qua tài khoản điện tử",
        "Khách sạn kín phòng dịp nghỉ lễ",
    ],
)
def test_a_worker_who_wins_finds_gives_or_suffers_a_crime_is_no_labour_matter(title: str) -> None:
    assert relevance(title) is Relevance.NONE


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Vùng trồng sầu riêng đổi đời", "Mỗi vườn tạo việc làm cho hàng chục lao động thời vụ."),
        ("Khởi nghiệp từ lá dừa", "Xưởng nhỏ tạo việc làm cho hai mươi lao động nữ."),
    ],
)
def test_a_passing_word_in_the_lead_alone_does_not_make_it_labour(title: str, lead: str) -> None:
    assert relevance(title, lead) is Relevance.NONE


def test_an_accident_told_in_the_lead_alone_is_labour() -> None:
    lead = "Nền móng đổ xuống, hai thợ xây bị vùi lấp khi đang làm việc."
    assert relevance("Móng khách sạn sập giữa trưa", lead) is Relevance.LABOUR


@pytest.mark.parametrize(
    "title",
    [
        "Tài xế xe buýt Berlin đình công, thủ đô tê liệt",
        "Salesforce giảm bốn nghìn nhân sự",
        "Nga thiếu hai triệu lao động",
        "Hy Lạp cho phép làm 13 giờ mỗi ngày",
        "Người Nhật thuê dịch vụ nộp đơn xin nghỉ việc",
        "Công ty Trung Quốc phạt nhân viên vì đi vệ sinh lâu",
    ],
)
def test_working_life_abroad_is_foreign(title: str) -> None:
    assert relevance(title) is Relevance.FOREIGN


@pytest.mark.parametrize(
    ("title", "lead"),
    [
        ("Mỹ mở đợt truy quét lao động nhập cư ở nông trại", ""),
        ("Nổ nhà máy dược ở Ấn Độ, 40 công nhân thiệt mạng", ""),
        ("Chứng khoán Mỹ giảm vì số liệu việc làm", ""),
        ("Thượng viện Mỹ thông qua dự luật mở cửa chính phủ", "Nhân viên liên bang sẽ được trả lương bù."),
        ("Nga tuyển quân với tiền thưởng kỷ lục", ""),
    ],
)
def test_politics_markets_raids_and_disasters_abroad_are_none(title: str, lead: str) -> None:
    assert relevance(title, lead) is Relevance.NONE


def test_a_foreign_federation_of_labour_is_not_ours_for_want_of_a_country_in_its_sentence() -> None:
    body = "Các liên đoàn lao động kêu gọi phi công đình công từ thứ sáu. Hành khách phải chờ."
    item = TagInput(title="Phi công Na Uy đồng loạt đình công", summary="Hàng trăm chuyến bay bị hủy.", body=body)
    assert tag(item, book()).relevance is Relevance.FOREIGN


def test_workers_from_vietnam_abroad_stay_labour() -> None:
    assert relevance("Việt Nam và Nhật Bản bàn cách ngăn người lao động bỏ trốn") is Relevance.LABOUR


@pytest.mark.parametrize(
    "title",
    [
        "Dọn bể nước mắm, ba công nhân chết ngạt",
        "Giám đốc bỏ trốn, trăm thợ may trắng tay trước Tết",
        "Trăm người nhập viện sau bữa trưa ở công ty da giày",
        "Bác sĩ, điều dưỡng bệnh viện bị nợ lương nửa năm",
        "Thuyền viên Việt rơi xuống biển Hàn Quốc mất tích",
    ],
)
def test_deaths_poisoning_and_unpaid_wages_need_attention(title: str) -> None:
    assert attention(title)


@pytest.mark.parametrize(
    "title",
    [
        "Công ty không trả sổ bảo hiểm, người lao động phải làm gì?",
        "Gần 800 ca tử vong vì tai nạn lao động trong năm",
        "Bộ Nội vụ trình nghị định về lương tối thiểu",
    ],
)
def test_advice_statistics_and_policy_can_wait(title: str) -> None:
    assert not attention(title)
