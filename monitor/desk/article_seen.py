"""Which articles a person may know of. What the press published is public; what somebody typed in may not be.

An item entered by hand that belongs to cases only which he may not see is as unknown to him as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

from monitor.crawl import urls
from monitor.desk.sitting import Sitting
from monitor.errors import UsageError
from monitor.model.article import Article
from monitor.model.case import Case
from monitor.store import addresses, article_facts, articles, cases


def seen_article(sitting: Sitting, said: str) -> Article:
    """The article of this id or address. Raises UsageError where there is none that he may know of."""
    found = articles.by_ids(sitting.db, [said])
    if not found and (url := urls.join("", said)):
        key = urls.key(url)
        ident = addresses.known(sitting.db, [key]).get(key)
        found = articles.by_ids(sitting.db, [ident]) if ident else []
    if not found or hidden(sitting, [found[0].id]):
        raise UsageError("article_unknown", value=said[:200])
    return found[0]


def hidden(sitting: Sitting, articles_: Iterable[str]) -> set[str]:
    """Of these articles those that he may not know of."""
    wanted = list(articles_)
    held = cases.by_article(sitting.db, wanted)
    known = {ident: cases.get(sitting.db, ident) for ident in {case for into in held.values() for case in into}}
    unseen = [a for a, into in held.items() if not any((c := known[i]) and sitting.sees(c) for i in into)]
    return article_facts.typed(sitting.db, unseen) if unseen else set()


def unknown_items(sitting: Sitting) -> frozenset[str]:
    """All items that he may not know of: what was entered by hand and stands only in cases he does not see."""
    return frozenset(hidden(sitting, article_facts.typed_in_cases(sitting.db)))


def hidden_of(sitting: Sitting, everything: Iterable[Case]) -> set[str]:
    """``hidden`` of all articles, where all cases are at hand."""
    seen: set[str] = set()
    unseen: set[str] = set()
    for case in everything:
        (seen if sitting.sees(case) else unseen).update(case.articles)
    return article_facts.typed(sitting.db, unseen - seen) if unseen - seen else set()
