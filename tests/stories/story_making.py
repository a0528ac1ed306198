"""Invented articles and what editors do to them, for the tests of stories."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.model.article import Article, Completeness
from monitor.model.tag import PlaceTag, Relevance, Tagging

START = datetime(2026, 11, 2, 1, tzinfo=UTC)
TITLE = "Công nhân Nhà máy Suối Bạc trở lại làm việc sau ba ngày đối thoại"
LEAD = "Sau ba ngày đối thoại, hơn 740 công nhân Nhà máy Suối Bạc ở xã Đồi Thông đã trở lại làm việc sáng 2/11."
PARAGRAPHS = (
    "Theo bà Lường Thị Hoà, Chủ tịch Công đoàn cơ sở Nhà máy Suối Bạc, hai bên đã thống nhất năm trong bảy kiến nghị. "
    "Tiền ăn giữa ca được nâng từ 22.000 đồng lên 27.000 đồng. Xe đưa đón chạy thêm chuyến cuối lúc 21 giờ.",
    "Trước đó, chiều 30/10, công nhân xưởng may số 4 dừng máy vì bảng lương tháng mười thiếu phụ cấp chuyên cần. "
    "Quản đốc Vàng A Tủa cho biết phần mềm chấm công mới nhập sai ca đêm. Không ai bị trừ lương những ngày đối thoại.",
    "Ông Đèo Văn Lả, đại diện chủ đầu tư, hứa trả đủ 318 triệu đồng còn thiếu trước ngày 10/11. "
    "Nhà máy cũng lập tổ đối thoại gồm chín người, họp thứ sáu hằng tuần. Biên bản được dán ở cổng và nhà ăn.",
    "Hai kiến nghị còn lại về nhà trẻ và lương thâm niên sẽ bàn trong tháng tới. "
    "Nhiều nữ công nhân mong nhà trẻ mở trước mùa đông vì bản xa nhất cách xưởng 14 km. "
    "Một số người cho rằng lương thâm niên cần được tính từ ngày thử việc.",
    "Nhà máy Suối Bạc hoạt động từ năm 2019, chuyên may áo khoác, thu nhập bình quân 7,3 triệu đồng mỗi tháng. "
    "Đây là lần dừng việc đầu tiên của nhà máy. Công đoàn cấp trên cử cán bộ ở lại theo dõi hết tuần.",
)
TEXT = "\n".join(PARAGRAPHS)


def article(ident: str = "a1", **other: object) -> Article:
    """The print of an invented daily, or another one."""
    made = Article(
        id=ident,
        url=f"http://bao-{ident}.test/bai.html",
        outlet=f"bao-{ident}",
        title=TITLE,
        lead=LEAD,
        text=TEXT,
        published=START,
        found=START,
        completeness=Completeness.PAGE,
        tagging=tags(),
    )
    return replace(made, **other)  # type: ignore[arg-type]


def tags(*places: str, relevance: str = "labour") -> Tagging:
    """A reading with these provinces."""
    return Tagging(relevance=Relevance(relevance), places=tuple(PlaceTag(name=p, present=p) for p in places))


def later(**span: float) -> datetime:
    """That long after the first print."""
    return START + timedelta(**span)


def prose(seed: int, words: int = 220) -> str:
    """A text like no other, of plain words."""
    rnd = random.Random(seed)
    heads = ("b", "ch", "d", "g", "kh", "l", "m", "nh", "ph", "t", "th", "tr", "v", "x")
    stock = [head + tail for head in heads for tail in ("an", "âm", "em", "inh", "ông", "uôi", "ươc")]
    return ". ".join(" ".join(rnd.choices(stock, k=14)).capitalize() for _ in range(words // 14)) + "."
