"""Correction notices as they stand on a page: found by how they are headed and by who speaks.

    lines of a page -> notices -> Notice(title, lines, links)

A story about somebody else's correction, or one about papers of civil status, is no notice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.model.watching import NoticeWords
from monitor.watch.normal import key, plain
from monitor.watch.page import Line

LONGEST_HEAD = 160
_MOST_LINES = 14
_SAYS_ITSELF = 8
"""Words of a first line from which it is more than a heading."""
_LONGEST = 6000
_QUOTED = re.compile(r"[“\"«][^”\"»]{1,600}[”\"»]")
_READERS = re.compile(r"\b(?:bạn đọc|độc giả|khán giả|thính giả|quý vị)\b")
_WORK = re.compile(r"\b(?:bài viết|bài báo|bản tin|tin bài|trong bài|bài|số báo|chương trình|phóng sự)\b")
_SLIP = re.compile(r"\b(?:nhầm|sai sót|sơ suất|chưa chính xác|không chính xác|chưa đúng|không đúng|sai sự thật)\b")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A correction notice as it stands on a page: its heading, its lines (heading included) and the links in it."""

    title: str
    lines: tuple[str, ...]
    links: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The notice with one paragraph a line."""
        return "\n".join(self.lines)[:_LONGEST]

    @property
    def mark(self) -> str:
        """What tells this notice from another: a hash of its heading and first words, typography aside.

        Where a notice ends is a guess that may turn out otherwise on another look; how it begins is not.
        """
        first = key(self.lines[0])
        said = first if len(first.split()) > _SAYS_ITSELF else " ".join((first, *map(key, self.lines[1:2])))
        return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def heads(text: str, words: NoticeWords) -> bool:
    """Whether a line is, or begins with, the heading of a correction notice."""
    said = plain(text).lstrip('-–—•*►▶>»|#:. "“[(\t')
    bare = plain(_unquoted(text[:LONGEST_HEAD]))
    if any(said.startswith(no) for no in words.not_headings):
        return False
    found = next((h for h in words.headings if said.startswith(h)), None)
    if found is None:
        return False
    rest = said[len(found) :]
    if not rest.strip(' .:!*-–—"”])'):
        return True
    # "Đính chính: …", "Cải chính (số báo 12)", "Đính chính bài “…”"; not "Đính chính hộ …".
    ours = re.match(
        r"\s*[:.–—(\[“\"-]|\s+(?:bài|tin|thông tin|nội dung|về|số báo|trong|bạn đọc|độc giả|vì|cho)\b", rest
    )
    return bool(ours) and not any(word in bare for word in words.asked_by_others)


def _unquoted(text: str) -> str:
    """Without what is quoted: the headline of a corrected work may speak of demands itself."""
    return _QUOTED.sub(" ", text)


def confesses(text: str, words: NoticeWords) -> bool:
    """Whether a line has the outlet itself say that its work was wrong and that it corrects or apologises."""
    said = plain(_unquoted(text))
    if any(word in said for word in words.asked_by_others) or any(no in said for no in words.not_headings):
        return False
    act = next((at for word in words.acts if (at := said.find(word)) >= 0), -1)
    if act < 0 or not _WORK.search(said) or not (_READERS.search(said) or _SLIP.search(said)):
        return False
    return any(re.search(rf"(?<!\w){re.escape(who)}(?!\w)", said[max(act - 160, 0) : act]) for who in words.speakers)


def notices(
    lines: Sequence[Line], words: NoticeWords, *, known: frozenset[str] = frozenset(), title: str = ""
) -> list[Notice]:
    """The notices on a page. ``known`` are the keys of lines that earlier looks saw, ``title`` is the headline.

    A new notice ends where the page goes on as it was; one that was there before, where its box does.
    """
    found: list[Notice] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        headed = line.linked < 0.5 and len(line.text) <= 2000 and key(line.text) != key(title)
        if headed and len(line.text) <= 1500 and heads(line.text, words):
            notice, at = _from(lines, at, words, known)
            if _speaks(notice, words):
                found.append(notice)
            continue
        if headed and confesses(line.text, words):
            found.append(Notice(title="", lines=(line.text,), links=line.links))
        at += 1
    return found


def _from(lines: Sequence[Line], start: int, words: NoticeWords, known: frozenset[str]) -> tuple[Notice, int]:
    """The notice that begins at ``start``, and where the page goes on."""
    head = lines[start]
    taken, links = [head.text], list(head.links)
    known = frozenset() if key(head.text) in known else known
    at = start + 1
    while at < len(lines) and len(taken) < _MOST_LINES:
        line = lines[at]
        outside = line.path[: len(head.path)] != head.path
        if outside or line.heading or key(line.text) in known or heads(line.text, words):
            break
        links += line.links
        if line.linked < 0.85 or len(line.links) == 1:
            taken.append(line.text)
        at += 1
    title, colon, rest = head.text.partition(":")
    if not (colon and rest.strip()) or len(title) > LONGEST_HEAD:
        title = head.text[:LONGEST_HEAD]
    return Notice(title=title, lines=tuple(taken), links=tuple(dict.fromkeys(links))), at


def _speaks(notice: Notice, words: NoticeWords) -> bool:
    """Whether a headed text says what notices say, and not only sounds like one."""
    said = plain(notice.text)[len(plain(notice.title)) if len(notice.lines) > 1 else 0 :]
    marks = (*words.acts, *words.right_marks, *words.apology_marks, *words.false_marks)
    return any(mark in said for mark in marks)


def of_article(title: str, lead: str, text: str, links: Sequence[str], words: NoticeWords) -> Notice | None:
    """A whole page as one notice, where its headline or its words say that it is one."""
    lines = tuple(line for line in (title, lead, *text.split("\n")[:40]) if line)
    notice = Notice(title=title, lines=lines, links=tuple(links))
    headed = heads(title, words) or any(heads(line, words) for line in lines[1:3] if len(line) <= LONGEST_HEAD)
    if headed and _speaks(notice, words):
        return notice
    return notice if any(confesses(line, words) for line in lines) else None
