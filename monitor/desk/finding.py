"""Tìm kiếm: articles, letters by their numbers, cases by id or title; what ``monitor search`` finds, and more.

typed ──▶ fields and words ──▶ articles (full text) ──▶ a page with snippets and marks
     ├──▶ "45/LĐLĐ-TG", "số 45" ──▶ papers of ours and those that arrived   ┐ of cases he may see
     └──▶ "VV2026-0007", words of a title ──▶ cases                         ┘
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from monitor.desk import outlets
from monitor.desk.article_seen import unknown_items
from monitor.desk.sitting import Sitting
from monitor.jobs.searching import asked
from monitor.model.article import Article
from monitor.model.finding import CaseHead, CaseHit, Found, Hit, LetterHit, pages_of
from monitor.store import articles, finding, fulltext
from monitor.text import fold

__all__ = ["CaseHit", "Found", "Hit", "LetterHit", "every", "find"]

_PER_PAGE = 100
_CASES = 10
_LETTERS = 20
_SIGN = re.compile(r"(?<![\w/])0*(\d{1,6})\s*/\s*([^\W\d_][\w./-]*)")
_NUMBER = re.compile(r"\bso\s+0*(\d{1,6})\b(?!\s*/)")
_BARE = re.compile(r"\s*0*(\d{1,5})\s*")
_CASE = re.compile(r"\bvv\s*-?\s*(\d{4})\s*-\s*0*(\d{1,6})\b")
_WORDS = re.compile(r"\w+")


def find(
    sitting: Sitting,
    typed: str,
    *,
    outlet: str = "",
    topic: str = "",
    place: str = "",
    since: date | None = None,
    until: date | None = None,
    page: int = 1,
    per_page: int = 20,
) -> Found:
    """What is found for the words typed; fields may be typed too ("báo:…"), those given win.

    Articles are counted up to a thousand (``more``: there are more). Raises UsageError for a date, topic or place
    that does not exist.
    """
    fields = _fields(outlet, topic, place, since, until)
    query = _query(sitting, typed, fields)
    found = fulltext.matches(sitting.db, query)
    per_page = max(1, min(per_page, _PER_PAGE))
    pages = pages_of(len(found.ranked), per_page)
    page = max(1, min(page, pages))
    return Found(
        hits=tuple(_hits(sitting, query, found.ranked[(page - 1) * per_page : page * per_page])),
        total=len(found.ranked),
        more=found.more,
        months=found.months,
        letters=_letters(sitting, query.words),
        cases=_cases(sitting, query.words),
        words=query.words,
        page=page,
        pages=pages,
    )


def every(
    sitting: Sitting,
    typed: str,
    *,
    outlet: str = "",
    topic: str = "",
    place: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Iterator[Hit]:
    """All articles that ``find`` has on its pages, in its order, searched for once; read a few at a time.

    Raises UsageError as ``find``, at once.
    """
    query = _query(sitting, typed, _fields(outlet, topic, place, since, until))
    ranked = fulltext.matches(sitting.db, query, months=False).ranked
    return (
        hit for at in range(0, len(ranked), _PER_PAGE) for hit in _hits(sitting, query, ranked[at : at + _PER_PAGE])
    )


def _fields(outlet: str, topic: str, place: str, since: date | None, until: date | None) -> dict[str, str]:
    return {
        "outlet": outlet, "topic": topic, "place": place,
        "since": f"{since}" if since else "", "until": f"{until}" if until else "",
    }  # fmt: skip


def _query(sitting: Sitting, typed: str, fields: dict[str, str]) -> fulltext.Query:
    return replace(asked(sitting.home, sitting.db, typed, fields), without=unknown_items(sitting))


def _hits(sitting: Sitting, query: fulltext.Query, ranked: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    hits = fulltext.hits(sitting.db, query, ranked)
    whole = {article.id: article for article in articles.by_ids(sitting.db, [hit.id for hit in hits])}
    names = outlets.names(sitting)
    return (_hit(hit, whole[hit.id], names, query.words) for hit in hits if hit.id in whole)


def _hit(hit: fulltext.Hit, article: Article, names: dict[str, str], words: str) -> Hit:
    tagging = article.tagging
    return Hit(
        id=article.id,
        tier=hit.tier,
        title=article.title,
        title_marks=fulltext.marks(article.title, words, hit.tier),
        snippet=hit.snippet,
        marks=hit.marks,
        url=article.url,
        outlet=article.outlet,
        outlet_name=names.get(article.outlet, article.outlet),
        published=article.published or article.found,
        relevance=tagging.relevance if tagging else None,
        tone=tagging.tone if tagging else None,
        attention=bool(tagging and tagging.attention),
        topics=tuple(topic.id for topic in tagging.topics) if tagging else (),
        places=tuple(place.name for place in tagging.places) if tagging else (),
        story=article.story or "",
        corrected=article.corrected,
    )


def _letters(sitting: Sitting, words: str) -> tuple[LetterHit, ...]:
    """Papers by number and symbol, or by number alone where "số" stands before it or nothing else was typed."""
    said = fold(words)
    wanted = [(int(number), symbol) for number, symbol in _SIGN.findall(said)]
    wanted += [(int(number), "") for number in _NUMBER.findall(said)]
    if bare := _BARE.fullmatch(said):
        wanted.append((int(bare[1]), ""))
    found = {
        (letter.case, letter.id): letter
        for number, symbol in wanted
        for letter in finding.letters(sitting.db, number)
        if fold(letter.sign).partition("/")[2].strip().startswith(symbol)
    }
    seen = {head.id: head for head in _seen(sitting, [case for case, _ in found])}
    shown = [replace(one, case_title=seen[one.case].title) for one in found.values() if one.case in seen]
    return tuple(shown[:_LETTERS])


def _cases(sitting: Sitting, words: str) -> tuple[CaseHit, ...]:
    """Cases whose id was typed; where none was, those whose titles hold all words."""
    said = fold(words)
    named = [f"VV{year}-{int(number):04d}" for year, number in _CASE.findall(said)]
    parts = set(_WORDS.findall(said))
    if not named and parts:
        named = [ident for ident, title in finding.titles(sitting.db) if parts <= _words_of(title)]
    return tuple(
        CaseHit(id=head.id, title=head.title, status=head.status, verdict=head.verdict, opened=head.opened)
        for head in _seen(sitting, named)[:_CASES]
    )


def _seen(sitting: Sitting, idents: list[str]) -> list[CaseHead]:
    return [head for head in finding.heads(sitting.db, idents=idents) if sitting.sees(head.guard)] if idents else []


@lru_cache(maxsize=8192)
def _words_of(title: str) -> frozenset[str]:
    """The words of a title without accents; titles seldom change, and a search looks through all of them."""
    return frozenset(_WORDS.findall(fold(title)))
