"""Articles of a period -> the digest, ready to be laid out.

    articles -> (drop what is not ours) -> (group reprints) -> (section) -> (order, number) -> Digest

Counting is over articles, printing over groups: a text that five papers print is five in every table and one
line with four names behind it. Nothing here knows HTML, and nothing asks what the time is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from monitor import labels
from monitor.clock import local
from monitor.model.article import Article
from monitor.model.digest import Count, Digest, DigestItem, Office, Period, Section, SourceHealth
from monitor.model.fetch import Gap
from monitor.model.report import OutletGroup
from monitor.model.tag import Relevance, Tone
from monitor.report.reprints import grouped, moment
from monitor.report.sections import rank, section
from monitor.report.summary import summarise

UNTOLD = "none"
"""The key of a table's row for articles that have no such tag."""
_ORDER = {part: n for n, part in enumerate(Section)}


def build_digest(
    articles: Sequence[Article],
    *,
    office: Office,
    period: Period,
    made: datetime,
    outlets: Mapping[str, str],
    topics: Mapping[str, str],
    health: Sequence[SourceHealth],
    scanned: int,
    groups: Mapping[str, str] | None = None,
) -> Digest:
    """The digest of ``articles``, those published in ``period``; untagged and irrelevant ones are left out.

    ``outlets`` maps an outlet's id to its name, ``topics`` T01 … to theirs (an unknown id stands for itself);
    ``groups`` an outlet's id to the value of its ``OutletGroup`` (None: no table by group); ``scanned`` is the number
    of all articles published in the period. Of ``health`` the failed sources and the
    open gaps that touch the period are told. Every article left is in one item: as itself, or in ``also``.
    """
    kept = [a for a in articles if a.tagging and a.tagging.relevance is not Relevance.NONE]
    placed = [in_part(group, office) for group in grouped(kept)]
    placed.sort(key=lambda p: (_ORDER[p[0]], *rank(p[1], p[0], office), p[1].id))
    items = tuple(
        DigestItem(
            number=number,
            article=article,
            outlet_name=outlets.get(article.outlet, article.outlet),
            summary=summary_of(article, others),
            section=part,
            also=tuple(elsewhere(other, article, outlets) for other in others),
        )
        for number, (part, article, others) in enumerate(placed, 1)
    )
    return Digest(
        office=office,
        period=period,
        made=made,
        items=items,
        by_outlet=by_outlet(kept, outlets),
        by_topic=by_topic(kept, topics),
        by_tone=by_tone(kept),
        by_group=by_group(kept, groups) if groups is not None else (),
        scanned=scanned,
        failed=failed(health),
        gaps=open_gaps(health, period),
    )


def in_part(group: Sequence[Article], office: Office) -> tuple[Section, Article, tuple[Article, ...]]:
    """A group's part, the article that stands for it, and the others.

    Copies of one text may be read differently (of one only the title was had): the gravest reading decides,
    and its earliest article stands for all.
    """
    parts = [section(article, office) for article in group]
    part = min(parts, key=_ORDER.__getitem__)
    first = group[parts.index(part)]
    return part, first, tuple(article for article in group if article is not first)


def summary_of(article: Article, others: Sequence[Article]) -> str:
    """The summary of the item, or of the first reprint that has more than a title.

    In the place of what its outlet has corrected stands the correction, not the false words once more.
    """
    if article.corrected:
        return ""
    return next((told for told in map(summarise, (article, *others)) if told), "")


def elsewhere(other: Article, first: Article, outlets: Mapping[str, str]) -> str:
    """A reprint in words: its outlet with the time, the day where that is another one, and whether it was corrected."""
    name = outlets.get(other.outlet, other.outlet)
    if other.published is not None:
        at = local(other.published)
        same_day = at.date() == local(moment(first)).date()
        name = f"{name} ({at:%H:%M})" if same_day else f"{name} ({at:%H:%M %d/%m})"
    if other.corrected is None:
        return name
    mark = labels.label("report", "also_corrected", day=f"{local(other.corrected.date):%d/%m/%Y}")
    return f"{name} {mark}"


def by_outlet(articles: Sequence[Article], names: Mapping[str, str]) -> tuple[Count, ...]:
    """Articles by outlet, the most frequent first."""
    counted = Counter(article.outlet for article in articles)
    rows = [Count(key=key, label=names.get(key, key), count=count) for key, count in counted.items()]
    return tuple(sorted(rows, key=lambda row: (-row.count, row.label, row.key)))


def by_group(articles: Sequence[Article], groups: Mapping[str, str]) -> tuple[Count, ...]:
    """Articles by group of outlets, in the groups' own order; an outlet nobody has described has a row, the last."""
    counted = Counter(groups.get(article.outlet, OutletGroup.UNKNOWN.value) for article in articles)
    rows = [(one, counted[one.value]) for one in OutletGroup]
    return tuple(Count(key=one.value, label=labels.of(one), count=count) for one, count in rows if count)


def by_topic(articles: Sequence[Article], names: Mapping[str, str]) -> tuple[Count, ...]:
    """An article counts in each of its topics; those without any have a row of their own, the last."""
    tagged = [{topic.id for topic in a.tagging.topics} for a in articles if a.tagging]
    counted = Counter(topic for topics in tagged for topic in topics)
    rows = [Count(key=key, label=names.get(key, key), count=count) for key, count in counted.items()]
    rows.sort(key=lambda row: (-row.count, row.key))
    without = sum(not topics for topics in tagged)
    if without:
        rows.append(Count(key=UNTOLD, label=labels.label("report", "no_topic"), count=without))
    return tuple(rows)


def by_tone(articles: Sequence[Article]) -> tuple[Count, ...]:
    """Tones of what is about unions, for of nothing else one is asked. Every tone has its row, be it zero: that nothing
    bad was written is news too. The rows sum to the number of articles about unions.
    """
    counted = Counter(a.tagging.tone for a in articles if a.tagging and a.tagging.relevance is Relevance.UNION)
    rows = [Count(key=tone.value, label=labels.of(tone), count=counted[tone]) for tone in Tone]
    if counted[None]:
        rows.append(Count(key=UNTOLD, label=labels.label("report", "no_tone"), count=counted[None]))
    return tuple(rows)


def failed(health: Sequence[SourceHealth]) -> tuple[SourceHealth, ...]:
    """The sources that failed, by name."""
    return tuple(sorted((h for h in health if h.status.failed), key=lambda h: (h.outlet_name, h.id)))


def open_gaps(health: Sequence[SourceHealth], period: Period) -> tuple[tuple[SourceHealth, Gap], ...]:
    """The open gaps that touch the period, each with its source."""
    found = [
        (source, gap)
        for source in health
        for gap in source.gaps
        if not gap.closed and gap.start < period.end and gap.end > period.start
    ]
    return tuple(sorted(found, key=lambda pair: (pair[0].outlet_name, pair[0].id, pair[1].start)))
