"""The standing phrases of Vietnamese news pages: labels of boxes, furniture of the outlet, credits, roles.

Kept apart from the code that uses them, because a new phrase is what is most often missing.
"""

from __future__ import annotations

import re


def _any(*phrases: str) -> str:
    return "(?:" + "|".join(phrases) + ")"


_BOX = _any(
    "liên quan", "khác", "cùng chuyên mục", "cùng loại", "mới nhất", "mới", "nóng", "cũ hơn", "mới hơn", "đọc nhiều",
    "nổi bật", "cùng chủ đề", "đã đưa", "đã đăng", "tiếp theo",
)  # fmt: skip
LABEL = re.compile(
    r"^[>»+*•\s-]*"
    + _any(
        rf"(?:những |các )?(?:tin|bài|bài viết|tin tức|tin bài)(?: viết)? {_BOX}",
        "có thể bạn quan tâm", "xem thêm", "đọc thêm", "đọc tiếp", "xem tiếp", r"mời .{0,20}(?:xem|đọc) thêm",
        "chia sẻ(?: bài viết)?", r"bình luận(?: \(?\d+\)?)?", r"ý kiến(?: bạn đọc)?(?: \(?\d+\)?)?", "gửi bình luận",
        "từ khóa", "tags?", "copy link", "sao chép", "in bài(?: viết)?", "lưu bài(?: viết)?", "gửi email",
        "về trang chủ", "quay lại", "trở lại .{0,25}", "theo dõi .{0,40} trên", "nghe (?:bài|audio|đọc).{0,20}",
        "cỡ chữ", "báo lỗi", "tin cùng mục", "cùng chuyên mục", "đánh giá(?: bài viết)?", "lượt xem",
        "đọc bài viết", "tài liệu đính kèm", "tin ảnh", "video liên quan",
    )
    + r"\s*[:：.…]*$",
    re.I,
)  # fmt: skip
"""A whole line that names a box of other things."""

FURNITURE = re.compile(
    r"^\W{0,3}"
    + _any(
        "©", r"copyright\b", r"bản quyền (?:thuộc|của|©|\d{4}|bài viết)",
        "giấy phép (?:số|hoạt động|xuất bản|thiết lập|báo)", "quét mã qr", "tải (?:app|ứng dụng)", "link bài gốc",
        "lấy link", "copy link", r"(?:từ khóa|tags?)\s*:", "chia sẻ (?:bài viết|facebook|zalo)",
        "mời (?:quý )?(?:độc giả|bạn đọc) theo dõi", "theo dõi .{2,60} trên (?:google|zalo|facebook|youtube)",
        r"(?:tổng biên tập|chịu trách nhiệm (?:nội dung|xuất bản))\s*:", "®", "(?:vui lòng )?(?:ghi|dẫn) rõ nguồn",
        "(?:đăng ký|đăng nhập) (?:để|ngay|nhận)", "bạn (?:phải|cần) đăng nhập", r"(?:số )?lượt (?:xem|truy cập)\s*:",
        "tặng sao", "đọc (?:báo )?.{2,30} trên (?:mobile|điện thoại)", "your browser", "tổng số điểm của bài viết",
        "trình duyệt (?:của bạn )?không hỗ trợ", "click để đánh giá", "xếp hạng:", "nguồn tin:", "số lần đọc:",
    ),
    re.I,
)  # fmt: skip
"""How a line of the outlet's own begins, in whatever element it stands."""

TELEPHONE = re.compile(r"^\W{0,3}(?:hotline|đường dây nóng|điện thoại|liên hệ quảng cáo|tòa soạn)\b.{0,12}:", re.I)
"""Advertisers and readers' letters name telephones too: only where it is no plain paragraph it is the outlet's."""

READ_ON = re.compile(
    r"^\s*(?:>+|»+|►|▶|→|=>|-->|➤|☛|👉|\[?(?:xem|đọc|tin|bài|mời) (?:thêm|tiếp|liên quan|đọc|xem)\b)", re.I
)

PHOTO = re.compile(
    r"(?:^|[\s.(–—|-])(?:ảnh|photo|hình)(?: minh h[oọ]a)?\s*(?:[:：]|\)|$)"
    r"|\bảnh (?:tư liệu|minh h[oọ]a|chụp)|nguồn ảnh|\(nguồn\s*:",
    re.I,
)
"""A credit of a picture at the end of its caption, or a caption that says it is one."""

_WITH = r"(?:\s*(?:,|và|&|-|\+|/)\s*(?:ảnh minh họa|ảnh|tin|bài|clip|video|thiết kế|đồ họa))*"
ROLE = re.compile(
    r"^\W*(?:"
    + _any(
        "bài(?: viết)?", "tin", "clip", "video", "thực hiện", "tác giả(?: bài viết)?", "theo", "biên dịch", "dịch",
        "tổng hợp", "người viết", "phóng viên", "nhóm tác giả", "phóng sự(?: của)?", "ghi chép(?: của)?",
        "bút ký(?: của)?", "ký sự(?: của)?", "nội dung", "by", "pv", "ctv", "luật sư", "nhà báo", "biên tập",
        "người đăng", "đăng bởi", "viết bởi",
    )
    + _WITH
    + r"\s*[:.]\s*|theo\s+|by\s+)",
    re.I,
)  # fmt: skip
"""What somebody did, before the name: "Bài, ảnh: ", "Theo "."""

SIGNED = re.compile(
    r"^\W*(?:tác giả(?: bài viết)?|người viết|thực hiện|bài viết|(?:tin|bài)" + _WITH + r")\s*:\s*\S", re.I
)
"""A line that says that a name follows."""

OTHER_CREDIT = re.compile(
    r"(?:[-–,;|(.]\s*|^)"
    + _any(
        "ảnh",
        "photo",
        "đồ họa",
        "thiết kế",
        "kỹ thuật",
        "infographics?",
        "clip",
        "video",
        "hình",
        "trình bày",
        "mỹ thuật",
    )
    + r"\s*:.*$",
    re.I,
)  # fmt: skip
"""Credits for what is not the text, to the end of the line."""

ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\S+@\S+|https?://\S+|(?<=\w)\s*[-–,(]?\s*\btheo\s.*$|\bvà \d+ tác giả khác\b"
    r"|\d{1,2}[/:h]\d.*$|•.*$|\b(?:thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|ngày)\b.*$",
    re.I,
)
"""What stands in a byline and is no name: brackets, addresses, agencies, hours."""

NOBODY = re.compile(
    "^"
    + _any(
        r"p\.?v", "ctv", "btv", "pv-ctv", "bbt", "tto", "ttxvn.*", "vov.*", "vtv.*", "vnexpress", r"admin\w*",
        "administrator", r"user\d*", "quản trị.*", "ban biên tập", "biên tập viên", "tòa soạn", "nhóm .*",
        "phóng viên.*", "cộng tác viên.*", r"báo\b.*", r"tạp chí\b.*", r"đài\b.*", r"cổng\b.*", r"trang\b.*",
        r"ban\b.*", r"phòng\b.*", r"sở\b.*", r"bộ\b.*", "ubnd.*", r"công đoàn\b.*", r"liên đoàn\b.*", r"lđlđ\b.*",
        r"trung tâm\b.*", r"văn phòng\b.*", "tổng hợp", "tin tức", "theo", "nguồn", "tác giả.*", "xem .*",
        "vietnam\\+", "vietnam plus", "vietnamplus", "vccorp.*", "editor", "anonymous", "unknown", "root", "webmaster",
        "news", "null", "none", "undefined", "chia sẻ.*", "theo dõi.*", "gmt", "đăng(?: (?:bởi|lúc|ngày).*)?", "ngày.*",
        "thứ (?:hai|ba|tư|năm|sáu|bảy).*", "lượt xem.*", "hôm nay",
        "chủ nhật", "bạn đọc.*", "độc giả", "ảnh", "video", "tin", "bài", "bài viết.*", "xuất bản", "nhân dân",
        "lao động", "facebook", "mail", "email", "twitter", "linkedin", "zalo", "youtube", "tiktok", "google.*",
        "reuters", "afp", "ap", "cnn", "bbc", "xinhua", "tân hoa xã", "in bài", "bình luận", "cập nhật",
    )
    + "$",
    re.I,
)  # fmt: skip
"""What stands where an author should and is none."""

ACCOUNT = re.compile(r"\.(?:vn|com|net|org)\b|\b(?:com|net|org) vn\b|\bvn$|\bonline\b|@|\d|\bcorp\b|điện tử", re.I)
"""Marks of a site's account."""
