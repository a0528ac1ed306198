"""An alert in words: the mail's page and text, the chat message, the subject; and why it was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from monitor.labels import label, of
from monitor.model.alert import AlertKind, Matter
from monitor.model.article import Article
from monitor.model.correction import CORRECTION
from monitor.model.delivery import chat_fitted, chat_length
from monitor.model.tag import Role, Tone
from monitor.render import render
from monitor.report.view import corrected_words
from monitor.report.words import link, moment
from monitor.text import clean, shortened

SUBJECT_MOST = 150
_TITLE, _WHY, _LINES, _OUTLETS = 200, 4, 5, 12


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item below a number of stories."""

    title: str
    outlet: str
    time: str
    link: str | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """An alert as the templates have it; every value is text, empty where there is nothing to say.

    ``lines`` are the items behind a number of stories, or other stories of the event, ``more`` how many of them are not
    named; ``desk`` is the address of the item, or of the list, on the desk.
    """

    number: int
    kind: str
    title: str
    link: str | None
    outlet: str
    time: str
    places: str
    topics: str
    why: str
    also: str
    corrected: str
    internal: bool
    lines: tuple[Line, ...] = ()
    more: int = 0
    desk: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What stands around the alerts: whose program, how many, how to change what is told."""

    office: str
    superior: str
    made: str
    title: str
    settings: str
    desk: str = ""
    many: bool = False


def told(matter: Matter, number: int, *, topics: Mapping[str, str], desk: str = "") -> Told:
    """The alert with its first item, or its number of stories and some of them."""
    alert, first = matter.alert, matter.articles[0]
    tags = first.tagging
    event = alert.kind is AlertKind.ATTENTION
    names = dict(matter.outlets)
    own = names.get(first.outlet, first.outlet)
    below = further(matter) if event else apart(matter)
    others = list(dict.fromkeys(name for ident, name in matter.outlets if ident != first.outlet))
    return Told(
        number=number,
        kind=of(alert.kind),
        title=_headline(first) if event else surge(matter),
        link=link(first.url) if event else None,
        outlet=clean(own) if event else "",
        time=moment(first.published) if event else "",
        places=", ".join(dict.fromkeys(place.present for place in tags.places)) if event and tags else "",
        topics="; ".join(topics.get(one.id, one.id) for one in tags.topics) if event and tags else "",
        why=why(matter),
        also=_also(others) if event else "",
        corrected=corrected_words(first) if event else "",
        internal=bool(matter.internal),
        lines=tuple(_line(one, names) for one in below[:_LINES]),
        more=max(0, (len(below) if event else alert.count) - _LINES),
        desk=f"{desk}{where(matter)}" if desk else "",
    )


def further(matter: Matter) -> tuple[Article, ...]:
    """Of the other stories of the event each one's first item."""
    return apart(matter)[1:]


def apart(matter: Matter) -> tuple[Article, ...]:
    """The first item of each story, the earliest first."""
    firsts: dict[str, Article] = {}
    for one in matter.articles:
        firsts.setdefault(one.story or one.id, one)
    return tuple(firsts.values())


def _also(others: Sequence[str]) -> str:
    named = ", ".join(clean(name) for name in others[:_OUTLETS])
    left = len(others) - _OUTLETS
    return named if left <= 0 else label("alert", "also_more", names=named, count=left)


def _line(article: Article, names: Mapping[str, str]) -> Line:
    outlet = clean(names.get(article.outlet, article.outlet))
    return Line(title=_headline(article), outlet=outlet, time=moment(article.published), link=link(article.url))


def _headline(article: Article) -> str:
    return shortened(clean(article.title) or label("alert", "no_title"), _TITLE)


def surge(matter: Matter) -> str:
    """ "Chủ đề Tiền lương, thưởng: 12 bài viết khác nhau trong ngày 21/11/2026"."""
    alert = matter.alert
    return label(
        "alert", f"surge_{alert.kind.value}", name=matter.named or alert.about, count=alert.count,
        day=f"{alert.day:%d/%m/%Y}",
    )  # fmt: skip


def where(matter: Matter) -> str:
    """The path on the desk: the first item, or all of that day on the topic."""
    alert = matter.alert
    day = f"{alert.day:%d/%m/%Y}"
    if alert.kind is AlertKind.ATTENTION:
        return f"/bai/{matter.articles[0].id}"
    asked = {"chu-de": alert.about} if alert.kind is AlertKind.TOPIC else {"q": f'"{matter.named}"'}
    return "/tim?" + urlencode({**asked, "tu": day, "den": day})


def why(matter: Matter) -> str:
    """Why it was told, by what the rules saw; no name of who corrected a reading leaves."""
    alert = matter.alert
    if alert.kind is not AlertKind.ATTENTION:
        return label("alert", "why_surge", count=alert.count, most=alert.threshold)
    tags = [one.tagging for one in matter.articles if one.tagging]
    seen = [e for tag in tags for e in tag.attention_evidence]
    words = list(dict.fromkeys(clean(e.text) for e in seen if e.rule != CORRECTION and clean(e.text)))
    parts = []
    bodies = matter.bodies or tuple(
        dict.fromkeys(clean(b.name) for tag in tags for b in tag.organisations if b.role is not Role.PASSING)
    )
    if bodies:
        parts.append(label("alert", "why_bodies", names=", ".join(bodies[:2])))
    if any(tag.tone is Tone.NEG for tag in tags):
        parts.append(label("alert", "why_negative"))
    if words:
        parts.append(label("alert", "why_words", words=", ".join(f"“{one}”" for one in words[:_WHY])))
    if any(e.rule == CORRECTION for e in seen):
        parts.append(label("alert", "why_person"))
    return "; ".join(parts) or label("alert", "why_rules")


def subject(entries: Sequence[Told], office: str) -> str:
    """At most 150 characters, one line."""
    if len(entries) > 1:
        return clean(label("alert", "subject_many", office=office, count=len(entries)))[:SUBJECT_MOST]
    return shortened(clean(label("alert", "subject", office=office, title=entries[0].title)), SUBJECT_MOST)


def mail(entries: Sequence[Told], page: Page, folders: tuple[Path, ...]) -> tuple[str, str]:
    """The mail's page and its text, by ``mail/alert.html`` and ``mail/alert.txt`` of ``folders``.

    Raises ConfigError for a template that is missing or broken.
    """
    html = render(folders, "mail/alert.html", entries=entries, page=page)
    return html, render(folders, "mail/alert.txt", entries=entries, page=page)


def chat(entries: Sequence[Told], page: Page) -> str:
    """At most 2,000 characters as chat programs count; what does not fit is counted at the end."""
    blocks = [_block(one, page) for one in entries]
    return chat_fitted(page.title, blocks, lambda left: label("alert", "chat_more", count=left))


def _block(one: Told, page: Page) -> str:
    head = f"{one.number}. {one.title}" + (f" ({one.outlet})" if one.outlet else "")
    lines = [head] if page.many else [head, label("alert", "why", why=shortened(one.why, 300))]
    if one.corrected:
        lines.append(one.corrected)
    address = one.link or one.desk
    if address and chat_length(address) <= 500:
        lines.append(address)
    return "\n".join(lines)
