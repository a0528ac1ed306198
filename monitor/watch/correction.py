"""Correction notices matched to our work, and checked for what the law wants in them.

Notice + Work -> names_work -> check -> CorrectionFound (a proposal, never a decision)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from monitor.clock import local
from monitor.model.watch import CorrectionFound, CorrectionPart
from monitor.model.watching import NoticeWords
from monitor.watch.normal import containment, key, plain, shingles, tokens, word_set
from monitor.watch.notice import LONGEST_HEAD, Notice

_DATE = re.compile(
    r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\b|\b(\d{1,2})\s*tháng\s*(\d{1,2})\s*(?:,|năm)?\s*(\d{4})\b"
)
_SENTENCE = re.compile(r"(?<=[.!?…;])[\"”’»)]*\s+|\n+")
_QUOTED = re.compile(r"[“\"«‘]([^”\"»’]{4,600})[”\"»’]")
_EMPTY_WORDS = word_set(
    """thông tin nội dung chưa không chính xác sai sót một số có về là bài viết báo trong đã đưa đăng do sơ suất vì nên
    này đó và của các những chi tiết sự thật đúng nhầm được bị xin như sau trên với cho tải phát khi tại thì"""
)


@dataclass(frozen=True, kw_only=True)
class Work:
    """Our disputed work: every headline it had, its addresses (``keys``), its day, and the passages in question."""

    titles: tuple[str, ...]
    keys: frozenset[str] = frozenset()
    published: datetime | None = None
    passages: tuple[str, ...] = ()


def names_work(notice: Notice, work: Work, link_keys: frozenset[str] = frozenset()) -> str:
    """The words by which a notice names our work: its headline as we know it, or the address; empty where not.

    ``link_keys`` are the keys of the notice's links. A headline a little changed counts where the day is named too.
    """
    said = tokens_of(notice)
    runs = shingles(said, 2)
    best, share = "", 0.0
    for title in work.titles:
        wanted = tokens(title)
        if len(wanted) >= 3 and (found := containment(shingles(wanted, 2), runs)) > share:
            best, share = title, found
    day = _day(notice.text, work.published)
    if share >= 0.8 or (share >= 0.5 and day):
        return best
    # No headline, but the address.
    return next(iter(work.titles), "") or notice.title if work.keys & link_keys else ""


def tokens_of(notice: Notice) -> list[str]:
    """The tokens of a notice's lines."""
    return [token for line in notice.lines for token in tokens(line)]


def check(
    notice: Notice,
    work: Work,
    words: NoticeWords,
    *,
    url: str,
    where: str,
    named: str,
    published: datetime | None = None,
) -> CorrectionFound:
    """What of the wanted parts the notice shows; ``named`` is what ``names_work`` found, empty on our own page."""
    body = "\n".join(notice.lines[1:]) if notice.title and len(notice.lines) > 1 else notice.text
    titled = key(notice.title) == key(words.legal_title) or any(
        key(line) == key(words.legal_title) for line in notice.lines[:3]
    )
    false, right = _contents(notice, work, words)
    shown = {
        CorrectionPart.TITLE: notice.title if titled else "",
        CorrectionPart.WORK: named,
        CorrectionPart.COLUMN_OR_ISSUE: _column(notice.text, words),
        CorrectionPart.DATE: _day(notice.text, work.published),
        CorrectionPart.FALSE_CONTENT: false,
        CorrectionPart.RIGHT_CONTENT: right,
        CorrectionPart.APOLOGY: _sentence_with(body, words.apology_marks),
    }
    return CorrectionFound(
        title=notice.title or _first(notice.text),
        url=url,
        work_named=named,
        date_named=shown[CorrectionPart.DATE],
        column_named=shown[CorrectionPart.COLUMN_OR_ISSUE],
        false_content=false,
        right_content=right,
        apology=shown[CorrectionPart.APOLOGY],
        where=where,
        text=notice.text,
        published=published,
        missing=tuple(part for part in words.wanted if part.checkable and not shown.get(part)),
        unchecked=tuple(part for part in words.wanted if not part.checkable),
    )


def _first(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= LONGEST_HEAD else line[: LONGEST_HEAD - 1] + "…"


def _day(text: str, published: datetime | None) -> str:
    """The words that name the day of our work; any day where we do not know ours. The year must be there."""
    ours = local(published).date() if published else None
    for found in _DATE.finditer(plain(text)):
        day, month, year = (int(n) for n in found.groups() if n is not None)
        try:
            said = date(year, month, day)
        except ValueError:
            continue
        if ours is None or said == ours:
            return found[0]
    return ""


def _column(text: str, words: NoticeWords) -> str:
    """The words that name a column, an issue or a programme: one of the marks before a name or a number."""
    marks = "|".join(re.escape(mark) for mark in sorted(words.column_marks, key=len, reverse=True))
    pattern = rf"(?<!\w)((?i:{marks}))\s+(?:(?i:số|tin)\s+)?([“\"‘«]?[A-ZÀ-ỸĐ0-9][^.,;\n”\"»]{{0,60}}[”\"»]?)"
    skipped = (plain(words.legal_title),)
    for found in re.finditer(pattern, text):
        if not any(title in plain(found[0]) for title in skipped):
            return found[0].strip()
    return ""


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part and part.strip()]


def _sentence_with(text: str, marks: tuple[str, ...]) -> str:
    return next((s for s in _sentences(text) if any(mark in plain(s) for mark in marks)), "")


def _contents(notice: Notice, work: Work, words: NoticeWords) -> tuple[str, str]:
    """What the notice says was false and what is right: statements, not only the confession that something was."""
    lines = notice.lines[1:] if len(notice.lines) > 1 and len(notice.lines[0]) <= LONGEST_HEAD else notice.lines
    parts = _sentences("\n".join(lines))
    titles = [tokens(title) for title in work.titles] or [[]]
    false = right = ""
    for number, part in enumerate(parts):
        cut = _mark_at(part, words.right_marks)
        wrong, rest = (part[:cut], part[cut:]) if cut >= 0 else (part, "")
        if cut >= 0 and not right:
            following = parts[number + 1] if number + 1 < len(parts) else ""
            right = next((said for said in (rest, f"{rest} {following}") if _says(said, words.right_marks, titles)), "")
        for said in (wrong, part) if not false else ():
            quoted = bool(work.passages) and _quotes(said, work.passages)
            if said and (quoted or _says(said, words.false_marks, titles)):
                false = said.strip(" ,;")
                break
    return false, right.strip()


def _mark_at(text: str, marks: tuple[str, ...]) -> int:
    """Where the first of the marks stands in a text, or -1. Positions are those of ``plain`` on one line."""
    said = plain(text)
    found = [at for mark in marks if (at := said.find(mark)) >= 0]
    return min(found) if found and len(said) == len(text) else (0 if found else -1)


def _says(text: str, marks: tuple[str, ...], titles: list[list[str]]) -> bool:
    """Whether something is said behind a mark: a quotation, or words that are more than confession and headline."""
    said = plain(text)
    found = [at + len(mark) for mark in marks if (at := said.find(mark)) >= 0]
    if not found:
        return False
    names = {token for title in titles for token in title}
    told = [token for token in tokens(said[min(found) :]) if token not in _EMPTY_WORDS and token[0].isalnum()]
    quotes = [tokens(quote) for quote in _QUOTED.findall(text)]
    if any(len(quote) >= 2 and containment({(t,) for t in quote}, {(n,) for n in names}) < 0.8 for quote in quotes):
        return True
    told = [token for token in told if token not in names]
    return len(told) >= 3 or (len(told) == 2 and any(token[0].isdigit() for token in told))


def _quotes(text: str, passages: tuple[str, ...]) -> bool:
    """Whether a text repeats a good part of one of the disputed passages."""
    runs = shingles(tokens(text), 3)
    return any(containment(runs, shingles(tokens(p), 3)) >= 0.4 for p in passages if runs)
