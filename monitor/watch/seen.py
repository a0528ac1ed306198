"""What one look at a page saw, and whether the article still stands there.

    Extracted + html + address it came from -> Seen -> standing(before, after) -> Standing

An article may be told gone by a page that answers 200; a host in trouble may answer 200 too. What is not clear is
``UNKNOWN``, which changes nothing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from monitor.model.article import Extracted
from monitor.model.watch import LookOutcome
from monitor.model.watching import PageWords
from monitor.watch.normal import Sentence, containment, key, masked, plain, sentences, shingles, tokens, word_set
from monitor.watch.page import Line, Visible

_SAME = 0.3
"""The share of the one text's runs of words from which two texts are versions of one article."""
_STANDS = 0.5
"""The share of the article's words that stand somewhere on a page whose article could not be read."""
_LEAST_TEXT = 200
_MOST_ERROR_TEXT = 400
_ERROR_LINES = 60
_FRONT = re.compile(r"/?((index|home|default|trang-chu)(\.\w{2,5})?)?/?", re.I)
_ERROR_PATH = re.compile(r"/(404|error|not-?found|khong-tim-thay|loi)(\b|/|\.|-)", re.I)
_STAMP = word_set(
    """cập nhật đăng xuất bản ngày lúc published updated thứ hai ba tư năm sáu bảy chủ gmt am pm sa ch giờ phút
    tháng h"""
)
_COUNTER = re.compile(
    r"^\W*(?:[\w\s]{0,20}[:\s])?\d[\d.,]*\s*(?:k|tr|m)?\s*(?:lượt\b|bình luận\b|chia sẻ\b|thích\b|views?\b|likes?\b|"
    r"shares?\b|comments?\b|người (?:đã|đang)?\s*(?:xem|đọc|thích|quan tâm)\b).{0,30}$"
)
_AGO = re.compile(
    r"^\W*(?:[\w\s,.]{0,40}\W)?(?:\d+|một|vài)\s+(?:giây|phút|giờ|ngày|tuần|tháng)\s+trước\W*$|^\W*vừa xong\W*$"
)
_WORDS = re.compile(r"\w+")
_CONTACT = re.compile(r"https?://|\bwww\.|\.(?:vn|com)\b|\b0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}\b|\b1[89]00\b")
_LONGEST_FURNITURE, _LONGEST_SALE = 250, 400


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A page as one look saw it. ``final_url`` is where redirects ended; ``lines`` are all visible paragraphs."""

    url: str
    final_url: str
    title: str = ""
    lead: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False)
    refresh: str = ""

    @cached_property
    def article(self) -> list[Sentence]:
        """The sentences of lead and text."""
        return sentences([self.lead, *self.text.split("\n")])

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the article's sentences."""
        return frozenset(s.key for s in self.article)

    @cached_property
    def shown(self) -> frozenset[str]:
        """The keys of every sentence and line on the whole page."""
        parts = sentences(line.text for line in self.lines)
        return frozenset(s.key for s in parts) | {key(line.text) for line in self.lines} | self.keys

    @cached_property
    def body(self) -> set[tuple[str, ...]]:
        """The runs of words of lead and text."""
        return shingles(tokens_of(f"{self.lead}\n{self.text}"))

    @property
    def digest(self) -> str:
        """A hash of what the article says, typography aside: equal digests need no comparison."""
        said = "\n".join([key(self.title), *(s.key for s in self.article)])
        return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def tokens_of(text: str) -> list[str]:
    """The tokens of a long text, paragraph by paragraph."""
    return [token for line in text.split("\n")[:2000] for token in tokens(line)]


def seen(found: Extracted, shown: Visible, *, url: str, final_url: str) -> Seen:
    """One look's page: ``found`` is the article on it, ``shown`` all of it, ``url`` the address asked for."""
    return Seen(
        url=url,
        final_url=final_url,
        title=found.title,
        lead=found.lead,
        text=found.text,
        authors=found.authors,
        lines=shown.lines,
        refresh=shown.refresh,
    )


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Whether the article is there: ``detail`` is what stands in its place or why nothing can be said."""

    outcome: LookOutcome
    detail: str = ""


def standing(before: Seen | None, after: Seen, words: PageWords, *, same_address: bool, same_site: bool) -> Standing:
    """Whether ``after`` still is the article of ``before`` (None where it was never seen).

    ``same_address`` tells that redirects ended at the address asked for, ``same_site`` at least at the same site.
    """
    if before is not None and _alike(before, after):
        return Standing(outcome=LookOutcome.PRESENT)
    opening = _opening(after)
    short = len(after.text) <= _MOST_ERROR_TEXT
    if short and (told := _says(opening, words.busy) or _says(opening, words.walled)):
        return Standing(outcome=LookOutcome.UNKNOWN, detail=told)
    if not same_site:
        return Standing(outcome=LookOutcome.UNKNOWN, detail=after.final_url)
    if short and (told := _says(opening, words.gone)):
        return Standing(outcome=LookOutcome.REMOVED, detail=told)
    if _leads_away(after, same_address=same_address):
        error = _ERROR_PATH.search(urlsplit(after.final_url).path)
        if before is not None or _is_front(after.final_url) or error:
            outcome = LookOutcome.REMOVED if error else LookOutcome.REDIRECTED_HOME
            return Standing(outcome=outcome, detail=urljoin(after.final_url, after.refresh))
    return _what_is_there(before, after)


def _alike(before: Seen, after: Seen) -> bool:
    """Whether two looks saw versions of one article, however cut or rewritten."""
    shared = max(containment(before.body, after.body), containment(after.body, before.body) if after.text else 0.0)
    if not before.body:
        return bool(before.title) and key(before.title) == key(after.title)
    if shared >= _SAME:
        return len(after.text) + len(after.lead) >= min(_LEAST_TEXT, (len(before.text) + len(before.lead)) // 2)
    return bool(after.title) and key(before.title) == key(after.title) and len(after.text) >= _LEAST_TEXT


def _what_is_there(before: Seen | None, after: Seen) -> Standing:
    if before is not None:
        page = shingles([token for line in after.lines for token in tokens(line.text)])
        if before.body and containment(before.body, page) >= _STANDS:
            return Standing(outcome=LookOutcome.UNKNOWN, detail="layout")
    if _is_listing(after):
        return Standing(outcome=LookOutcome.REDIRECTED_HOME, detail=after.final_url)
    if len(after.text) + len(after.lead) >= (_LEAST_TEXT if before is not None and before.text else 1):
        return Standing(outcome=LookOutcome.PRESENT)
    if before is None:
        return Standing(outcome=LookOutcome.PRESENT if after.title else LookOutcome.UNKNOWN, detail="layout")
    return Standing(outcome=LookOutcome.REMOVED, detail="")


def _opening(after: Seen) -> str:
    """The title and the first lines that are no links: where a page says that it has nothing."""
    lines = [plain(line.text) for line in after.lines if line.linked < 0.5 and len(line.text) <= 300]
    return "\n".join([plain(after.title), *lines[:_ERROR_LINES], plain(after.text[:_MOST_ERROR_TEXT])])


def _says(text: str, words: tuple[str, ...]) -> str:
    return next((word for word in words if word in text), "")


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_FRONT.fullmatch(parts.path))


def _leads_away(after: Seen, *, same_address: bool) -> bool:
    return not same_address or (bool(after.refresh) and len(after.text) < _LEAST_TEXT)


def _is_listing(after: Seen) -> bool:
    """Whether a page is made of links to other articles."""
    linked = sum(line.linked >= 0.6 and len(line.text) >= 25 for line in after.lines)
    prose = sum(len(line.text) >= 120 and line.linked < 0.2 for line in after.lines)
    return linked >= 8 and linked > 2 * prose


def is_furniture(paragraph: str, words: PageWords) -> bool:
    """Whether a paragraph is the page's own and not the article's: counters, times, labels, apps, advertisements."""
    if len(paragraph) > _LONGEST_FURNITURE:
        return False
    said = plain(paragraph).lstrip("-–—•▪►▶➤+>»|*#:. \t")
    if any(said.startswith(start) for start in words.line_starts):
        return True
    if _is_stamp(said) or _COUNTER.match(said) or _AGO.match(said):
        return True
    # A sentence with its full stop is rather the article's.
    short = len(paragraph) <= 60 or (len(paragraph) <= 140 and not paragraph.rstrip().endswith((".", "!", "?")))
    return short and any(word in said for word in words.line_holds)


def _is_stamp(said: str) -> bool:
    """Whether a line is a date and an hour and nothing else."""
    found = _WORDS.findall(said)
    figures = sum(word.isdecimal() and len(word) <= 4 for word in found)
    return figures >= 2 and all(word in _STAMP or (word.isdecimal() and len(word) <= 4) for word in found)


def selling(paragraph: str, words: PageWords) -> int:
    """How many of the words of advertisements a paragraph has, an address or telephone counted as one of them."""
    if len(paragraph) > _LONGEST_SALE:
        return 0
    said = plain(paragraph)
    hits = sum(word in said for word in words.selling)
    return hits + (hits > 0 and bool(_CONTACT.search(paragraph)))


def passing(sentence: Sentence, ignored: frozenset[str]) -> bool:
    """Whether a sentence proved to come and go; short ones with other figures count as the same."""
    return sentence.key in ignored or (len(sentence.text) <= 60 and masked(sentence.key) in ignored)
