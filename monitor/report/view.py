"""What the digest's templates see: every value a Vietnamese wording or a number in words, nothing left to work out.

Templates are opened and edited by staff, so they get no model types and no escaping to think of: a link is there
only where it is safe, and text for Markdown comes escaped (Jinja escapes the HTML one). The names below are
explained in Vietnamese on top of ``reports/digest.html``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from monitor import labels, text
from monitor.clock import local
from monitor.model.article import Article, Completeness
from monitor.model.digest import Digest, DigestItem, EditionHead, Section
from monitor.model.tag import PlaceTag, Relevance, Tone
from monitor.report import words
from monitor.report.sentences import clip, sentences
from monitor.report.view_tables import FAILED_SHOWN, FailedView, RowView, Say, failed, rows

_GAPS_SHOWN = 20
_TITLE_ROOM, _WHY_ROOM = 300, 80


@dataclass(frozen=True, kw_only=True)
class ItemView:
    """One item; every field but ``number``, ``link``, ``attention`` and ``compact`` is text, perhaps empty."""

    number: int
    title: str
    link: str | None
    outlet: str
    time: str
    summary: str
    places: str
    topics: str
    tone: str
    relevance: str
    attention: bool
    why: str
    also: str
    note: str
    corrected: str
    compact: bool
    medium: str = ""
    comment: str = ""
    remarks: tuple[str, ...] = ()
    internal: bool = False
    directed: str = ""


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """One part: its letter, title, and items; ``entries`` because a mapping in Jinja has ``items`` of its own.

    ``numbers`` are those of its items, as in "mục 3–7"; empty where it has none.
    """

    letter: str
    id: str
    title: str
    count: str
    entries: tuple[ItemView, ...]
    none: str
    numbers: str = ""


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """What an edition has beside: its number, cut-off, whether it is approved, an officer's words."""

    name: str
    cut_off: str
    approved: str
    draft: bool
    comment: str
    opening: tuple[str, ...]
    internal: bool
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class DigestView:
    """The whole digest; ``hidden_gaps`` is how many gaps are not among ``gaps``, or empty.

    ``unions`` is how many articles are about unions: ``tones`` are theirs alone.
    """

    superior: str
    office: str
    province: str
    title: str
    signed: str
    span: str
    window: str
    made: str
    scanned: str
    kept: str
    listed: str
    empty: bool
    sections: tuple[SectionView, ...]
    outlets: tuple[RowView, ...]
    topics: tuple[RowView, ...]
    tones: tuple[RowView, ...]
    failed: tuple[FailedView, ...]
    failed_count: str
    failed_grouped: bool
    gaps: tuple[str, ...]
    hidden_gaps: str
    edition: EditionView | None = None
    groups: tuple[RowView, ...] = ()
    unions: str = ""


def view(digest: Digest, topics: Mapping[str, str], say: Say) -> DigestView:
    """The digest in words; ``say`` makes a text safe for the form it goes into."""
    office = digest.office
    return DigestView(
        superior=say(text.clean(office.superior)),
        office=say(text.clean(office.name)),
        province=say(text.clean(office.province)),
        title=labels.label("report", "title"),
        signed=words.day(local(digest.made).date()),
        span=words.span(digest.period),
        window=words.window(digest.period, digest.made),
        made=words.clock(digest.made),
        scanned=words.number(digest.scanned),
        kept=words.number(sum(row.count for row in digest.by_outlet)),
        listed=words.number(len(digest.items)),
        empty=not digest.items,
        sections=tuple(_section(digest, part, n, topics, say) for n, part in enumerate(digest.parts)),
        outlets=rows(digest.by_outlet, say),
        topics=rows(digest.by_topic, say),
        tones=rows(digest.by_tone, say),
        failed=failed(digest.failed, say),
        failed_count=words.number(len(digest.failed)),
        failed_grouped=len(digest.failed) > FAILED_SHOWN,
        gaps=tuple(say(words.gap(source, gap)) for source, gap in digest.gaps[:_GAPS_SHOWN]),
        hidden_gaps=words.number(len(digest.gaps) - _GAPS_SHOWN) if len(digest.gaps) > _GAPS_SHOWN else "",
        edition=_edition(digest.edition, say) if digest.edition else None,
        groups=rows(digest.by_group, say),
        unions=words.number(sum(row.count for row in digest.by_tone)),
    )


def _edition(head: EditionHead, say: Say) -> EditionView:
    return EditionView(
        name=labels.label("edition", f"name_{head.series}", name=head.name),
        cut_off=words.clock(head.end),
        approved=words.clock(head.approved) if head.approved else "",
        draft=head.approved is None,
        comment=say(text.clean(head.comment)),
        opening=tuple(say(line) for line in map(text.clean, head.opening.splitlines()) if line),
        internal=head.internal,
        number=head.name,
    )


def place_words(place: PlaceTag) -> str:
    """A place as in Yên Bái (nay là Lào Cai), or the name alone where it still is one."""
    same = text.one_tone_spelling(place.name).casefold() == text.one_tone_spelling(place.present).casefold()
    return place.name if same else labels.label("report", "place_now", name=place.name, present=place.present)


def reasons(item: DigestItem) -> tuple[str, ...]:
    """The words that made an item one to handle, at most three: of the alarm, else of the blame."""
    tags = item.article.tagging
    if tags is None:
        return ()
    blamed = item.section is Section.HANDLE and tags.tone is Tone.NEG
    evidence = tags.attention_evidence if tags.attention else tags.tone_evidence if blamed else ()
    told = dict.fromkeys(clip(text.clean(found.text), _WHY_ROOM) for found in evidence)
    return tuple(word for word in told if word)[:3]


def note(article: Article, summary: str) -> str:
    """What is missing of an item, in words; empty where its page was read or the file imported."""
    if article.completeness not in (Completeness.FEED, Completeness.GIVEN_UP):
        return ""
    if not summary:
        return labels.label("report", "only_title")
    given_up = article.completeness is Completeness.GIVEN_UP
    return labels.label("report", "gave_up" if given_up else "only_feed")


def corrected_words(article: Article) -> str:
    """ "Đã cải chính ngày …, tại …": empty where the outlet has not corrected the item."""
    mark = article.corrected
    if mark is None:
        return ""
    return labels.label("report", "corrected", day=f"{local(mark.date):%d/%m/%Y}", where=text.clean(mark.where))


def _section(digest: Digest, part: Section, n: int, topics: Mapping[str, str], say: Say) -> SectionView:
    items = digest.of(part)
    return SectionView(
        letter="ABCDEFGHIJ"[n],
        id=part.value,
        title=labels.of(part),
        count=words.number(len(items)),
        entries=tuple(_item(item, topics, say) for item in items),
        none=labels.label("report", "none_social" if part is Section.SOCIAL else "none"),
        numbers=_numbers(items),
    )


def _numbers(items: tuple[DigestItem, ...]) -> str:
    """Items are numbered through, so those of one part follow each other."""
    if len(items) < 2:
        return labels.label("report", "one_item", first=items[0].number) if items else ""
    return labels.label("report", "items", first=items[0].number, last=items[-1].number)


def _item(item: DigestItem, topics: Mapping[str, str], say: Say) -> ItemView:
    article, tags = item.article, item.article.tagging
    title = clip(text.clean(article.title), _TITLE_ROOM) or article.url or article.id
    places = dict.fromkeys(place_words(place) for place in tags.places) if tags else {}
    named = [topics.get(topic.id, topic.id) for topic in tags.topics] if tags else []
    attention = bool(tags and tags.attention)
    # Elsewhere, unions get one sentence and the others one line: three hundred items must stay readable.
    aside = item.section is Section.REST and not attention
    brief = aside and not (tags and tags.relevance is Relevance.UNION)
    summary = " ".join(sentences(item.summary)[:1]) if aside else item.summary
    return ItemView(
        number=item.number,
        title=say(title),
        link=words.link(article.url),
        outlet=say(text.clean(item.outlet_name)),
        time=_time(item),
        summary=say("" if brief else text.clean(summary)),
        places=say(", ".join(places)),
        topics=say("; ".join(dict.fromkeys(named))),
        tone=labels.of(tags.tone) if tags and tags.tone else "",
        relevance=labels.of(tags.relevance) if tags else "",
        attention=attention or item.section is Section.HANDLE,
        why=say("; ".join(f"“{word}”" for word in reasons(item))),
        also=say(", ".join(item.also)),
        note="" if brief else note(article, item.summary),
        corrected=say(corrected_words(article)),
        compact=brief,
        medium=say(text.clean(item.where)),
        comment=say(text.clean(item.comment)),
        remarks=tuple(say(text.clean(remark)) for remark in item.remarks),
        internal=item.internal,
        directed=say(item.directed),
    )


def _time(item: DigestItem) -> str:
    article = item.article
    if item.where and article.published and f"{local(article.published):%H%M}" == "0000":
        return words.weekday(article.published)  # a printed page has a day and no hour
    told = words.moment(article.published)
    if not (article.published and article.modified) or (article.modified - article.published).total_seconds() < 60:
        return told
    at, first = local(article.modified), local(article.published)
    changed = f"{at:%H:%M}" if at.date() == first.date() else f"{at:%H:%M %d/%m}"
    return f"{told}, {labels.label('report', 'changed', time=changed)}"
