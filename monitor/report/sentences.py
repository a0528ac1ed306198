"""Vietnamese prose to sentences, and a sentence to fewer characters.

A full stop ends a sentence only where the next word could begin one: "TP. Hồ Chí Minh", "ông Nguyễn V. A. cho
biết", "Th.S Hoa", "1.200 tỷ", "8.11.2026", "v.v. và" and "1. Mức lương" stay whole.
"""

from __future__ import annotations

import re

_MARK = re.compile(r"[.!?…]+[”\"’»)\]]*(?=\s)")
_NEXT = re.compile(r"\s+[“\"‘'«(\[–—-]*\s?(\w+)")
# "…nợ lương.Công nhân": the space a careless editor left out.
_GLUED = re.compile(r"(?<=\w\w)[.!?](?=\w\w)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_ENUMERATION = re.compile(r"\d{1,2}|[IVXivx]{1,4}|[a-zđ]")
_ABBREVIATIONS = frozenset(
    re.findall(r"\w+", "tp tx tt th ths ts tskh pgs gs bs bsck ks ds ncs mr mrs ms dr st co no đc nxb tr")
)
# After an abbreviation only these begin a new sentence; none of them is a given name or a place.
_OPENERS = frozenset(
    re.findall(
        r"\w+",
        "Ông Bà Theo Trong Tại Ngày Sau Các Những Khi Do Đây Tuy Trước Đến Hiện Cùng Cơ Người Về Vụ Nhưng Vì Để "
        "Đồng Ngoài Nếu Còn Với Qua Mỗi Một Nhiều Việc Số Mức Cả Lúc Khoảng Đó Chúng Bên Kết Chiều Sáng Tối Tháng "
        "Trên Nhờ Bởi",
    )
)
_CLAUSE = re.compile(r"[,;:]\s|\s[-–—]\s")


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` (one paragraph a line) in order, white space folded; no sentence spans lines."""
    found: list[str] = []
    for line in text.split("\n"):
        paragraph = _GLUED.sub(_spaced, " ".join(line.split()))
        begin = 0
        for mark in _MARK.finditer(paragraph):
            if _ends(paragraph, begin, mark):
                found.append(paragraph[begin : mark.end()])
                begin = mark.end() + 1
        found.append(paragraph[begin:])
    return [sentence for sentence in found if any(c.isalnum() for c in sentence)]


def clip(sentence: str, room: int) -> str:
    """``sentence`` within ``room`` characters: cut behind a clause, else behind a word, and marked with "…"."""
    if len(sentence) <= room:
        return sentence
    if room < 2:
        return ""
    head = sentence[: room - 1]
    clauses = [mark.start() for mark in _CLAUSE.finditer(head) if mark.start() >= room // 2]
    whole = sentence[room - 1].isspace()
    cut = clauses[-1] if clauses else room - 1 if whole else head.rfind(" ")
    # A "word" longer than the room is no word.
    head = head[: cut if cut > 0 else room - 1]
    return balanced(head).rstrip(" ,;:.!?…-–—(“\"'‘«[") + "…"


def balanced(text: str) -> str:
    """``text`` without the quotation marks and brackets whose other half was cut away."""
    for pair in ("“”", "()", "[]", "«»", "‘’"):
        if text.count(pair[0]) != text.count(pair[1]):
            # A lone ’ is an apostrophe.
            text = text.replace(pair[0], "") if pair == "‘’" else text.translate({ord(c): None for c in pair})
    return text.replace('"', "") if text.count('"') % 2 else text


def _spaced(mark: re.Match[str]) -> str:
    text, at = mark.string, mark.start()
    before, after = text[at - 2 : at], text[at + 1 : at + 3]
    return mark[0] + " " if before.islower() and after[0].isupper() and after[1].islower() else mark[0]


def _ends(paragraph: str, begin: int, mark: re.Match[str]) -> bool:
    following = _NEXT.match(paragraph, mark.end())
    if not following:
        return True
    word = following[1]
    if word[0].islower():
        return False
    if mark[0].rstrip('”"’»)]') != ".":
        return True
    words = paragraph[max(begin, mark.start() - 24) : mark.start()].split(" ")
    token = words[-1].lstrip("“\"‘'«([")
    if len(words) == 1 and mark.start() - begin <= 4 and _ENUMERATION.fullmatch(token):
        return False
    if _INITIALS.fullmatch(token) and token.lower() != "v.v":
        return word in _OPENERS
    short = all(part in _ABBREVIATIONS or len(part) == 1 for part in token.lower().split("."))
    return word in _OPENERS if short and token.lower() != "v.v" and not token.isdigit() else True
