"""An edition's items -> its digest: the order is people's, the words are the digest's.

    articles -> placed (reprints, part, rank) -> [ people drop, move, comment ] -> Content -> build_edition -> Digest

Counting is over the articles that are shown. Nothing here knows a database, and nothing asks what the time is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.model.article import Article
from monitor.model.digest import Digest, DigestItem, Office, Section
from monitor.model.edition import Content, Laid
from monitor.model.tag import Relevance
from monitor.report.digest import by_group, by_outlet, by_tone, by_topic, elsewhere, in_part, summary_of
from monitor.report.reprints import grouped, moment
from monitor.report.sections import rank

_ORDER = {part: n for n, part in enumerate(Section)}


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A text with its reprints, the part it belongs in, and its rank there (lower is earlier)."""

    section: Section
    article: Article
    others: tuple[Article, ...]
    rank: tuple[float, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """All prints, the one that stands for them first."""
        return (self.article, *self.others)


def concerns(article: Article) -> bool:
    """Whether an item belongs in a digest at all."""
    return bool(article.tagging and article.tagging.relevance is not Relevance.NONE)


def placed(articles: Sequence[Article], office: Office, social: Collection[str] = ()) -> list[Placed]:
    """``articles`` as texts with their reprints, in reading order.

    ``social`` are the articles seen on social networks. They have a part of their own, whatever they tell; a text
    that the press printed as well is the press's.
    """
    made = []
    for group in grouped([a for a in articles if concerns(a)]):
        printed = [a for a in group if a.id not in social]
        _, first, _ = in_part(printed or group, office)
        part = in_part(group, office)[0] if printed else Section.SOCIAL
        others = tuple(a for a in group if a is not first)
        told = rank(first, part, office)
        made.append(Placed(section=part, article=first, others=others, rank=told))
    return sorted(made, key=lambda p: (_ORDER[p.section], p.rank, p.article.id))


def build_edition(content: Content, without: Collection[str] = ()) -> Digest:
    """The digest of an edition, numbered through; ``without`` are articles that do not show, nor count.

    An item whose first print does not show is left out as a whole.
    """
    shown = [_less(one, without) for one in content.laid if one.article.id not in without]
    shown.sort(key=lambda one: _ORDER[one.section])  # stable: within a part the order is as given
    prints = [article for one in shown for article in (one.article, *one.others)]
    every = [article for one in content.laid for article in (one.article, *one.others)]
    names, topics = dict(content.outlets), dict(content.topics)
    period = content.period
    gone = sum(a.id in without and period.start <= moment(a) < period.end for a in every)
    return Digest(
        office=content.office,
        period=period,
        made=content.made,
        items=tuple(_item(n, one, names) for n, one in enumerate(shown, 1)),
        by_outlet=by_outlet(prints, names),
        by_topic=by_topic(prints, topics),
        by_tone=by_tone(prints),
        by_group=by_group(prints, dict(content.groups)) if content.groups or not prints else (),
        scanned=content.scanned - gone,
        failed=content.failed,
        gaps=content.gaps,
        edition=content.head,
        parts=tuple(Section),
    )


def corrected(content: Content, now: Mapping[str, Article]) -> Content:
    """The content with the corrections that outlets have made since; ``now`` are its articles as they are today."""

    def marked(article: Article) -> Article:
        mark = now[article.id].corrected if article.id in now else None
        return replace(article, corrected=mark) if mark and not article.corrected else article

    laid = tuple(
        replace(one, article=marked(one.article), others=tuple(marked(other) for other in one.others))
        for one in content.laid
    )
    return replace(content, laid=laid)


def to_keep(content: Content) -> Content:
    """The content as it is frozen: summaries made, and of the articles only what is printed."""
    laid = tuple(
        replace(
            one,
            summary=_summary(one),
            article=_printed(one.article),
            others=tuple(_printed(other) for other in one.others),
        )
        for one in content.laid
    )
    return replace(content, laid=laid)


def _less(one: Laid, without: Collection[str]) -> Laid:
    return replace(one, others=tuple(other for other in one.others if other.id not in without))


def _item(number: int, one: Laid, names: dict[str, str]) -> DigestItem:
    article = one.article
    return DigestItem(
        number=number,
        article=article,
        outlet_name=names.get(article.outlet, article.outlet),
        summary=_summary(one),
        section=one.section,
        also=tuple(elsewhere(other, article, names) for other in one.others),
        comment=one.comment,
        remarks=one.remarks,
        where=one.where,
        internal=one.internal,
        directed=one.directed,
    )


def _summary(one: Laid) -> str:
    if one.article.corrected:
        return ""  # also where the words were frozen before the correction
    return summary_of(one.article, one.others) if one.summary is None else one.summary


def _printed(article: Article) -> Article:
    tags = article.tagging
    return replace(
        article,
        lead="",
        text="",
        authors=(),
        tagging=replace(tags, mentions=(), organisations=(), relevance_evidence=()) if tags else None,
    )
