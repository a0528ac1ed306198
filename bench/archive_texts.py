"""Invented press for a big archive: a few hundred texts, read by the real rules, and varied by what follows them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from monitor.model.tag import Relevance, Tagging, TagInput
from monitor.tag import RuleBook, tag
from monitor.text import fold, nfc, one_tone_spelling

FIRMS = (
    "Công ty TNHH May Suối Bạc", "Công ty cổ phần Giày Đồi Chè", "Công ty TNHH Điện tử Hoa Mận", "Nhà máy Thép Bến Đá",
    "Công ty TNHH Gỗ Rừng Thông", "Công ty cổ phần Dệt Ngàn Sao",
)  # fmt: skip
PLACES = ("Lào Cai", "Yên Bái", "Bắc Ninh", "Đồng Nai", "Nghệ An", "Cần Thơ", "Quảng Ninh", "Thái Nguyên")
HEADS = (
    ("{firm} chậm lương, công nhân ngừng việc", "Hàng trăm công nhân {firm} ở tỉnh {place} ngừng việc vì bị nợ lương "
     "ba tháng; công đoàn cơ sở chưa kịp vào cuộc.", "Liên đoàn Lao động tỉnh {place} đã cử cán bộ xuống làm việc với "
     "doanh nghiệp. Người lao động phản ánh công đoàn cơ sở {firm} thờ ơ, không bảo vệ quyền lợi của họ."),
    ("Công đoàn tỉnh {place} trao quà cho đoàn viên khó khăn", "Liên đoàn Lao động tỉnh {place} trao 500 suất quà cho "
     "đoàn viên, người lao động.", "Chương trình do Công đoàn cơ sở {firm} phối hợp tổ chức. Nhiều người lao động xúc "
     "động khi nhận quà và nhà Mái ấm công đoàn trước Tết."),
    ("Bữa ăn ca ở {firm} bị phản ánh kém chất lượng", "Nhiều lao động tại {firm} nói bữa ăn ca không đủ dinh dưỡng.",
     "Công đoàn cơ sở đã kiến nghị nâng mức ăn ca trong thỏa ước lao động tập thể. Liên đoàn Lao động tỉnh {place} sẽ "
     "giám sát việc thực hiện."),
    ("Tai nạn lao động tại {firm}", "Một vụ tai nạn lao động xảy ra ở {firm}, tỉnh {place}, làm hai người bị thương.",
     "Cơ quan chức năng điều tra nguyên nhân. Người lao động cho biết máy móc đã cũ, việc huấn luyện an toàn vệ sinh "
     "lao động còn hình thức."),
    ("Đề xuất tăng lương tối thiểu vùng", "Hội đồng Tiền lương quốc gia họp bàn mức tăng lương tối thiểu cho người lao "
     "động.", "Đại diện Tổng Liên đoàn Lao động Việt Nam đề nghị mức tăng bảo đảm mức sống tối thiểu của người lao "
     "động ở {place} và cả nước; nhiều doanh nghiệp như {firm} nói còn khó khăn."),
    ("{place} cần thêm mười nghìn lao động dịp cuối năm", "Các doanh nghiệp ở {place} tuyển dụng lao động phổ thông.",
     "{firm} thông báo tuyển 800 công nhân, lương từ chín triệu đồng. Trung tâm dịch vụ việc làm mở phiên giao dịch "
     "cho người lao động."),
    ("Doanh nghiệp ở {place} nợ bảo hiểm xã hội", "Bảo hiểm xã hội tỉnh {place} công khai danh sách đơn vị chậm đóng.",
     "{firm} chậm đóng bảo hiểm xã hội mười tháng, người lao động không được chốt sổ. Công đoàn đề nghị khởi kiện."),
    ("Công nhân nước ngoài đình công đòi tăng lương", "Công nhân ngành ô tô ở nước ngoài đình công.",
     "Nghiệp đoàn ô tô Mỹ tuyên bố cuộc đình công còn kéo dài. Người lao động đòi tăng lương bốn mươi phần trăm."),
    ("Nhà ở xã hội cho công nhân ở {place}", "Tỉnh {place} khởi công thiết chế công đoàn và nhà ở cho công nhân.",
     "Dự án có 900 căn hộ gần khu công nghiệp. Công nhân {firm} mong giá thuê vừa túi tiền của người lao động."),
    ("Đại hội Công đoàn tỉnh {place} bầu ban chấp hành mới", "Đại hội Công đoàn tỉnh {place} bầu ban chấp hành nhiệm "
     "kỳ mới.", "Đại hội thông qua nghị quyết với các chỉ tiêu phát triển đoàn viên. Công đoàn cơ sở {firm} được biểu "
     "dương."),
)  # fmt: skip
OTHERS = (
    "Đội bóng {place} thắng trận lượt về", "Giá vàng sáng nay ở {place}", "Thời tiết {place} cuối tuần",
    "Lễ hội hoa ở {place} mở cửa", "{place} khánh thành cây cầu mới", "Cháy rừng ở {place} được dập tắt",
)  # fmt: skip
TAILS = (
    "Theo ghi nhận, tình hình tại địa phương đến chiều cùng ngày đã ổn định trở lại.",
    "Lãnh đạo địa phương yêu cầu các ngành vào cuộc và báo cáo kết quả trong tháng.",
    "Người lao động mong sớm được giải quyết để yên tâm sản xuất.",
    "Phía doanh nghiệp cho biết sẽ thông báo kế hoạch cụ thể sau khi họp với các bên liên quan.",
    "Đây là lần thứ hai trong năm vấn đề này được nêu ra tại hội nghị đối thoại.",
    "Một số ý kiến cho rằng cần có cơ chế giám sát chặt chẽ hơn từ cơ sở.",
    "Ông Nguyễn Văn Bảy, trú tại thôn Nậm Mòn, kể lại sự việc với giọng buồn rầu.",
    "Báo cáo quý cho thấy số vụ việc giảm so với cùng kỳ, song tính chất phức tạp hơn.",
    "Các chuyên gia khuyến nghị thực hiện đầy đủ quy định về hợp đồng và thời giờ làm việc.",
    "Buổi làm việc kéo dài đến trưa, hai bên thống nhất gặp lại vào tuần sau.",
    "Nhiều gia đình phải vay mượn để trang trải tiền trọ, tiền học cho con.",
    "Kinh phí được trích từ nguồn xã hội hóa và đóng góp của các nhà hảo tâm.",
)
RARE = "thạch sùng"
"""Words that one text in ten thousand holds."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """An invented text with what the rules read in it, and the two forms the index holds."""

    title: str
    lead: str
    body: str
    tagging: Tagging
    plain: str
    folded: str


def plain(text: str) -> str:
    """The text as the index has it with accents."""
    return one_tone_spelling(nfc(text)).lower()


def read(book: RuleBook) -> tuple[list[Text], list[Text]]:
    """Texts that concern us, and headlines that concern nobody, each read once."""
    ours = [
        _text(head.format(firm=firm, place=place), lead.format(firm=firm, place=place),
              body.format(firm=firm, place=place), book)
        for (head, lead, body), firm, place in product(HEADS, FIRMS, PLACES)
    ]  # fmt: skip
    none = [_text(head.format(place=place), "", "", book) for head, place in product(OTHERS, PLACES)]
    return (
        [one for one in ours if one.tagging.relevance is not Relevance.NONE],
        [replace(one, tagging=Tagging(relevance=Relevance.NONE)) for one in none],
    )


def _text(title: str, lead: str, body: str, book: RuleBook) -> Text:
    read_as = tag(TagInput(title=title, summary=lead, body=body), book)
    whole = f"{lead}\n{body}"
    return Text(
        title=title, lead=lead, body=body, tagging=read_as, plain=plain(whole), folded=fold(f"{plain(title)}\n{whole}")
    )


@dataclass(frozen=True, kw_only=True)
class Tail:
    """What may follow any text."""

    text: str
    plain: str
    folded: str


def tails() -> list[Tail]:
    """The sentences that may follow."""
    return [Tail(text=one, plain=plain(one), folded=fold(one)) for one in TAILS]


def varied(rng: random.Random, ours: list[Text], known: list[Tail], number: int) -> Text:
    """One of the texts with other sentences behind it; one in ten thousand holds the rare words."""
    base = ours[rng.randrange(len(ours))]
    if base.tagging.relevance is Relevance.NONE:
        return replace(base, title=f"{base.title} ({number})", plain="\n", folded=f"{base.folded} {number}")
    chosen = rng.choices(known, k=rng.randint(6, 14))
    if number % 10_000 == 77:
        rare = f"Có người ví việc ấy như con {RARE}."
        chosen.append(Tail(text=rare, plain=plain(rare), folded=fold(rare)))
    return replace(
        base,
        body=" ".join([base.body, *(one.text for one in chosen)]),
        plain=" ".join([base.plain, *(one.plain for one in chosen)]),
        folded=" ".join([base.folded, *(one.folded for one in chosen)]),
    )


def numbers(first: int, last: int) -> Iterator[int]:
    """The numbers of the articles to make."""
    return iter(range(first, last))
