"""Where an item stands in the digest: one rule a part, read from above."""

from __future__ import annotations

import re

from monitor import text
from monitor.model.article import Article
from monitor.model.digest import Office, Section
from monitor.model.tag import Relevance, Tone
from monitor.report.reprints import moment

_UNIT = re.compile(r"^(?:tỉnh|thành phố|tp)[.\s]+|^tp\.?(?=hcm)")
_CONFEDERATION = re.compile(r"\btổng (?:liên đoàn|lđlđ)\b|\bTLĐ(?:LĐ)?(?:VN)?\b", re.I)
_LAW = "T12"
_RANKS = {Relevance.UNION: 0, Relevance.LABOUR: 1, Relevance.FOREIGN: 2, Relevance.NONE: 3}


def own(article: Article, office: Office) -> bool:
    """Whether an item happens in the office's province as it is today."""
    home = _province(office.province)
    places = article.tagging.places if article.tagging else ()
    return any(_province(place.present) == home for place in places)


def section(article: Article, office: Office) -> Section:
    """The part of the digest an item belongs in.

    To handle is what the office itself must act on: what wants attention in our province, any blame of our own
    union body, and union matters wanting attention that nobody has placed. What happens to another province's
    federation is not ours to handle; it leads the rest, marked.
    """
    tags = article.tagging
    if tags is None:
        return Section.REST
    ours, union = own(article, office), tags.relevance is Relevance.UNION
    blamed = union and tags.tone is Tone.NEG
    if (tags.attention and (ours or (union and not tags.places))) or (blamed and ours):
        return Section.HANDLE
    if tags.relevance is Relevance.FOREIGN:
        return Section.REST
    if ours:
        return Section.OWN if union else Section.LIFE
    return Section.POLICY if _national(article) else Section.REST


def rank(article: Article, part: Section, office: Office) -> tuple[float, ...]:
    """The order inside a part: our province or what wants attention first, then the newest."""
    tags = article.tagging
    newest = -moment(article).timestamp()
    if part is Section.HANDLE:
        return (not own(article, office), newest)
    if part is Section.REST and tags:
        foreign = tags.relevance is Relevance.FOREIGN
        return (foreign, not tags.attention, _RANKS[tags.relevance], newest)
    return (not (tags and tags.attention), newest)


def _national(article: Article) -> bool:
    """Policy, the General Confederation, or a union matter of no particular province."""
    tags = article.tagging
    if tags is None:
        return False
    topics = [topic.id for topic in tags.topics]
    if _LAW in topics[:1] or (_LAW in topics and not tags.places):
        return True
    if tags.relevance is not Relevance.UNION:
        return False
    return not tags.places or bool(_CONFEDERATION.search(f"{article.title[:400]}\n{article.lead[:2_000]}"))


def _province(name: str) -> str:
    """One spelling for the ways an office and a text write a province."""
    bare = _UNIT.sub("", text.one_tone_spelling(text.clean(name)).casefold()).strip()
    return "hồ chí minh" if bare == "hcm" else bare
