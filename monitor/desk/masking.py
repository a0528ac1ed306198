"""Phone, account and identity numbers in a passage, hidden but for their last three digits.

What is no such number is left alone: years, dates, sums of money, numbers of documents, addresses on the web. A
number named as one ("SĐT", "số tài khoản", "CCCD") is hidden however it is grouped. Where in doubt it is hidden:
a figure too many that cannot be read is a smaller harm than a worker's telephone number in a list.
"""

from __future__ import annotations

import re

_SHOWN = 3
_DOT = "•"
_STOP = r"(?!\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"  # a date that follows is not part of the number
_NUMBER = rf"\+?\d(?:[ .–()-]{{0,2}}{_STOP}\d)"
_MONEY = r"(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|đ|vnđ|vnd|usd|%)(?!\w)"
_NAMED = (
    r"(?:điện thoại|đt|sđt|sdt|di động|zalo|hotline|liên hệ|số máy|gọi|viber|whatsapp|tài khoản|stk|số tk|tk|"
    r"cmnd|cccd|cmt|căn cước(?: công dân)?|chứng minh(?: nhân dân)?|hộ chiếu|mã định danh|số định danh|bhxh)"
)
_ALL = re.compile(
    "|".join(
        (
            r"(?P<link>https?://(?!(?:www\.)?(?:zalo|wa|t)\.me\b)\S{1,2000})",
            r"(?P<date>(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d)|(?<!\d)\d{4}[/-]\d{1,2}[/-]\d{1,2}(?!\d)"
            r"(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?)",
            r"(?P<years>(?<!\d)(?:19|20)\d\d(?:[\s,;/–-]{1,3}(?:19|20)\d\d)+(?!\d))",
            rf"(?P<money>(?<![\d.,])[\d][\d., ]{{0,25}}\d?\s?{_MONEY})",
            r"(?P<paper>(?<!\d)\d{1,6}(?:/\d{4})?/(?:[A-ZĐÂĂÊÔƠƯ]{2,10})(?:-[\w&]{1,12})*)",
            rf"(?P<named>\b{_NAMED}(?!\w)[^\d\n+]{{0,20}})(?P<told>{_NUMBER}{{5,19}})(?!\d)",
            r"(?P<sum>(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3}){2,5}(?![.,]?\d)|(?<![\d.,])[1-9]\d{0,2}(?:,\d{3}){2,5}(?![.,]?\d))",
            r"(?P<hotline>(?<!\d)1[89]00[ .-]?\d{4}(?!\d))",
            rf"(?P<number>(?<!\d){_NUMBER}{{8,18}}(?!\d))",
            r"(?P<long>\d{20,})",
        )
    ),
    re.I,
)


def mask(text: str) -> str:
    """The passage with such numbers hidden; as long as it was."""
    return _ALL.sub(_replaced, text)


def _replaced(found: re.Match[str]) -> str:
    if found["told"]:
        return found["named"] + _hidden(found["told"])
    return _hidden(found[0]) if found["number"] or found["long"] else found[0]


def _hidden(number: str) -> str:
    left = sum(c.isdigit() for c in number) - _SHOWN
    made = []
    for c in number:
        made.append(_DOT if c.isdigit() and left > 0 else c)
        left -= c.isdigit()
    return "".join(made)
