"""Invented news pages whose advertisements, related links, counters, times and banners change with every answer.

Story (what the article says) + random.Random -> html(story, rng)
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from html import escape

_FIRMS = ("Minh Châu", "Sao Đỏ", "Tân Phát", "Hưng Thịnh", "Đại Lộc", "An Khang", "Thiên Long", "Việt Hà")
_WARES = ("căn hộ ven sông", "máy lọc nước", "khóa học tiếng Anh", "xe máy điện", "chăn ga gối đệm", "nồi chiên")
_TEASERS = (
    "Thị trường hoa quả cuối năm nhộn nhịp từ sáng sớm",
    "Đội tuyển bóng chuyền tập trung chuẩn bị cho giải khu vực",
    "Mưa lớn kéo dài ở nhiều nơi trong ba ngày tới",
    "Tuyến đường ven hồ thông xe sau hai năm thi công",
    "Triển lãm tranh lụa mở cửa đón khách tham quan",
    "Giá gạo xuất khẩu giữ ổn định trong tháng mười một",
    "Trường học vùng cao nhận thêm sách cho thư viện",
    "Lễ hội cồng chiêng thu hút đông đảo du khách",
)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What an article says; ``notice_top`` and ``notice_bottom`` are markup around its text."""

    title: str = "Công ty may Bình Minh nợ lương hơn 300 công nhân ở phường Kim Tân"
    lead: str = "Nhiều tháng qua, người lao động của công ty không được trả lương đầy đủ."
    text: tuple[str, ...] = (
        "Sáng 5/11, gần 300 công nhân tập trung trước cổng công ty để hỏi về tiền lương tháng 9. "
        "Bà Nguyễn Thị Lụa, tổ trưởng tổ cắt, cho biết chị em đã chờ hai tháng.",
        "Ông Trần Văn Bền, Chủ tịch Công đoàn cơ sở, nói công ty còn nợ 4,2 tỷ đồng. "
        "Theo ông, công đoàn đã ba lần gửi văn bản đề nghị đối thoại.",
        "Liên đoàn Lao động tỉnh cho biết đã cử cán bộ xuống nắm tình hình ngay trong buổi sáng.",
        "Lãnh đạo công ty hẹn trả lương trước ngày 20/11 và xin công nhân trở lại làm việc.",
        "Đến trưa cùng ngày, phần lớn công nhân đã quay lại xưởng, không khí sản xuất dần ổn định.",
    )
    notice_top: str = ""
    notice_bottom: str = ""

    def but(self, number: int, old: str, new: str) -> Story:
        """The story with other words in one paragraph."""
        assert old in self.text[number]
        changed = self.text[number].replace(old, new)
        return replace(self, text=(*self.text[:number], changed, *self.text[number + 1 :]))

    def without(self, number: int) -> Story:
        return replace(self, text=(*self.text[:number], *self.text[number + 1 :]))

    def with_paragraph(self, number: int, text: str) -> Story:
        return replace(self, text=(*self.text[:number], text, *self.text[number:]))


def advertisement(rng: random.Random) -> str:
    """An advertisement of one of several shapes; some carry no mark of being one."""
    firm, ware, price = rng.choice(_FIRMS), rng.choice(_WARES), rng.randint(2, 90)
    return rng.choice(
        (
            f'<div class="ads-inline"><p>{firm}: {ware} giá {price} triệu đồng</p></div>',
            f"<p>Quảng cáo</p><p>{firm} ưu đãi {ware}, giảm giá {price}% trong tuần, mua ngay hôm nay.</p>",
            f"<p>{firm} khuyến mãi {ware} giảm {price}%, gọi 0912 345 {rng.randint(100, 999)} để đặt mua.</p>",
            f'<p><a href="http://{price}.shop.test/">{firm} mở bán {ware} với {price} quà tặng kèm</a></p>',
            f"<p>{firm} vừa ra mắt {ware} mẫu số {price}.</p>",
            f'<div id="banner-{price}" class="qc"><span>{ware} chính hãng {firm}</span></div>',
        )
    )


def related(rng: random.Random, count: int = 4) -> str:
    """Related links in random order."""
    picked = rng.sample(_TEASERS, count)
    links = "".join(f'<li><a href="/tin-{rng.randint(10000, 99999)}.html">{text}</a></li>' for text in picked)
    return f'<div class="tin-lien-quan"><h4>Tin liên quan</h4><ul>{links}</ul></div>'


def html(story: Story, rng: random.Random | None = None) -> str:
    """The page of a story. Without ``rng`` it is bare; with it, all that surrounds the article is another each time."""
    paragraphs = [f"<p>{escape(line)}</p>" for line in story.text]
    top = bottom = head = foot = ""
    if rng:
        for _ in range(rng.randint(0, 3)):
            paragraphs.insert(rng.randint(0, len(paragraphs)), advertisement(rng))
        if rng.random() < 0.5:
            paragraphs.insert(rng.randint(1, len(paragraphs)), related(rng, 2))
        if rng.random() < 0.5:
            teaser = rng.choice(_TEASERS)
            paragraphs.insert(
                rng.randint(1, len(paragraphs)), f'<p>&gt;&gt; Xem thêm: <a href="/x-{rng.random()}">{teaser}</a></p>'
            )
        top = (
            f'<div class="meta"><span class="time">Thứ năm, 05/11/2026, 09:30 (GMT+7)</span> '
            f"<span>{rng.randint(1, 23)} giờ trước</span> <span>{rng.randint(100, 99999)} lượt xem</span></div>"
        )
        bottom = (
            f"<p>Cập nhật lúc {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d} ngày 05/11/2026</p>"
            f"<p>{rng.randint(1, 999)} lượt thích</p><p>Bình luận ({rng.randint(0, 99)})</p>"
            f"<p>{rng.choice(('Tải ứng dụng Báo thử để đọc tin nhanh', 'Theo dõi Báo thử trên Google News'))}</p>"
        )
        head = "".join(f'<a href="/hot-{n}">{text}</a>' for n, text in enumerate(rng.sample(_TEASERS, 3)))
        foot = related(rng, 5) + advertisement(rng)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(story.title)} | Báo thử</title>'
        '<meta property="article:published_time" content="2026-11-05T09:30:00+07:00"></head><body>'
        f'<nav><a href="/">Trang chủ</a><a href="/thoi-su">Thời sự</a>{head}</nav>'
        f"<article>{story.notice_top}<h1>{escape(story.title)}</h1>{top}"
        f'<p class="sapo"><strong>{escape(story.lead)}</strong></p>'
        f'<div class="noi-dung">{"".join(paragraphs)}{bottom}</div>{story.notice_bottom}</article>'
        f"{foot}<footer>Báo thử. Giấy phép số 1. Tòa soạn: phố Thử.</footer></body></html>"
    )


def front_page(rng: random.Random | None = None) -> str:
    """The outlet's front page: links and nothing else."""
    texts = [f"{text} số {n}" for n in range(4) for text in _TEASERS]
    if rng:
        rng.shuffle(texts)
    rows = "".join(
        f'<div class="tin"><h3><a href="/tin-{n}-12345{n}.html">{t}</a></h3></div>' for n, t in enumerate(texts)
    )
    head = "<!DOCTYPE html><html><head><title>Báo thử - Tin nhanh</title></head>"
    return f'{head}<body><div class="ds">{rows}</div></body></html>'


def error_page(text: str = "Bài viết không tồn tại hoặc đã bị xóa") -> str:
    """A page that answers 200 and says that there is nothing."""
    links = "".join(f'<li><a href="/m-{n}">{text}</a></li>' for n, text in enumerate(_TEASERS))
    return (
        f"<!DOCTYPE html><html><head><title>Báo thử</title></head><body><h1>{text}</h1><ul>{links}</ul></body></html>"
    )
