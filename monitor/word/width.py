"""How wide a heading is in Times New Roman, so that long names break well and drawn lines are as long as they should.

Widths are those of the font's plain letters in thousandths of an em; a Vietnamese letter is as wide as the letter
under its marks. They are meant for headings: a few per cent off is nothing there.
"""

from __future__ import annotations

import unicodedata

# Times New Roman, upright and bold: the letters of each width.
_REGULAR = {
    250: " .,", 278: "ijlt:;/", 333: "frI-()", 389: "sJ", 444: "acez“”", 500: "bdghknopquvxy0123456789–",
    556: "FPS", 611: "ELTZ", 667: "BCR", 722: "wADGHKNOQUVXY", 778: "m&", 889: "M", 944: "W",
}  # fmt: skip
_BOLD = {
    250: " .,", 278: "il/", 333: "fjt-:;()", 389: "sI", 444: "cerz", 500: "agovxyJ0123456789–“”", 556: "bdhknpquS",
    611: "FP", 667: "BELTZ", 722: "wACDNRUVXY", 778: "GHKOQ", 833: "m&", 944: "M", 1000: "W",
}  # fmt: skip
_WIDTHS = tuple(
    {letter: width for width, letters in table.items() for letter in letters} for table in (_REGULAR, _BOLD)
)
_ELSE = 600
_MM = 25.4 / 72

# Words before which a name of a body may well be broken; elsewhere a break may part a word of two syllables.
_STARTS = frozenset(
    ("TỈNH", "THÀNH", "XÃ", "PHƯỜNG", "ĐẶC", "CÔNG", "LIÊN", "LAO", "VIỆT", "TRÁCH", "CỔ", "TRƯỜNG", "BỆNH", "KHỐI",
     "CÁC", "VÀ", "HUYỆN", "KHU", "NGÀNH", "CƠ", "BAN", "MỘT", "MAY", "SẢN", "DỊCH", "THƯƠNG", "ĐẦU", "XÂY", "DỆT",
     "GIÀY", "ĐIỆN", "CHẾ", "XUẤT", "KHAI", "VẬN", "NHÀ", "ỦY")
)  # fmt: skip
# Words of two syllables that headings of this office are full of: never parted if it can be helped.
_PAIRED = (
    "lao động|liên đoàn|công đoàn|việt nam|cơ sở|công ty|thành phố|thành viên|trách nhiệm|hữu hạn|cổ phần|xuất khẩu|"
    "nhập khẩu|may mặc|công nghiệp|thương mại|dịch vụ|sản xuất|đầu tư|xây dựng|khai thác|khoáng sản|điện lực|viên chức|"
    "giáo dục|y tế|báo chí|thông tin|phản ánh|phản hồi|ý kiến|cải chính|xin lỗi|đề nghị|kiến nghị|xem xét|kết luận|"
    "kết quả|xác minh|kiểm tra|nội dung|hoạt động|biện pháp|khắc phục|giải pháp|thông báo|báo cáo|chính xác|sự thật|"
    "mạng xã|xã hội|tổ chức|tác phẩm|chuyên mục|chương trình|đơn vị|người lao|quyền lợi|chăm lo|bữa ăn|tiền lương|"
    "bảo hiểm|an toàn|làm việc|xử lý|trả lời|gỡ bỏ|đăng tải|phối hợp|thực hiện|liên quan|ảnh hưởng|uy tín|danh dự|"
    "6 tháng|tháng đầu|đầu năm|tháng cuối|cuối năm|theo dõi"
)
_PAIRS = frozenset(_PAIRED.split("|"))
_BAD_BREAK = 40.0
_MOST_LINES = 6


def width_mm(text: str, size: float, *, bold: bool) -> float:
    """The width of one line of ``text`` at ``size`` points, in mm."""
    table = _WIDTHS[bold]
    total = 0
    for letter in unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d")):
        if not unicodedata.combining(letter):
            total += table.get(letter, _ELSE)
    return total * size / 1000 * _MM


def broken(text: str, size: float, *, bold: bool, room: float) -> tuple[str, ...]:
    """``text`` in as few lines of at most ``room`` mm as can be, as even as can be, broken where a name may be.

    A word wider than the room stays whole: the word processor will cut it. Text that needs more than a handful of
    lines is left to the word processor altogether.
    """
    words = text.split()
    if width_mm(" ".join(words), size, bold=bold) <= room or len(words) > 60:
        return (" ".join(words),)
    for count in range(2, _MOST_LINES + 1):
        best = _best(words, count, size, bold, room)
        if best:
            return best
    return (" ".join(words),)


def _best(words: list[str], count: int, size: float, bold: bool, room: float) -> tuple[str, ...]:
    """The cheapest way to set ``words`` in ``count`` lines, or () where they do not fit."""
    ends: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for _ in range(count):
        following: dict[int, tuple[float, tuple[str, ...]]] = {}
        for start, (cost, lines) in ends.items():
            for end in range(start + 1, len(words) + 1):
                line = " ".join(words[start:end])
                wide = width_mm(line, size, bold=bold)
                if wide > room:
                    break
                total = cost + (room - wide) ** 2 / room + _break_cost(words, end)
                if end not in following or total < following[end][0]:
                    following[end] = (total, (*lines, line))
        ends = following
    return ends.get(len(words), (0.0, ()))[1]


def _break_cost(words: list[str], at: int) -> float:
    """What a break before word ``at`` costs; a dash neither begins nor ends a line."""
    if at >= len(words):
        return 0.0
    parted = f"{words[at - 1]} {words[at]}".lower().strip(".,;:“”")
    # "năm 2026" stays together as well.
    if parted in _PAIRS or words[at].isdigit() or words[at] in ("-", "–") or words[at - 1] in ("-", "–"):
        return 4 * _BAD_BREAK
    # A heading goes on with a smaller thing: "TỈNH …", "CÔNG TY …"; a lone first word of a pair does not.
    fits = words[at].upper() in _STARTS and words[at - 1].upper() not in ("TỈNH", "XÃ", "PHƯỜNG", "PHỐ", "VÀ")
    return 0.0 if fits else _BAD_BREAK
