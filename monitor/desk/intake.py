"""Items that people enter: paper, broadcasts, posts. Each becomes an article like all others.

    NewItem ──checked, read by the rules──▶ [ article, the person's word on relevance, files, Intake, event ]
                                              one transaction; then stories

An item whose address the collection already has is not entered twice: what is known of it joins that article. Of an
item that who enters may not know of nothing is overruled, and he is told as of a new one: without an address it is an
item of its own, with one what he tells is added. What this does not do: open a case, or give the files to one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor import clock
from monitor.crawl import urls
from monitor.desk import evidence
from monitor.desk.article_seen import hidden
from monitor.desk.outlet_naming import outlet_of
from monitor.desk.outlets import names
from monitor.desk.sitting import Sitting
from monitor.errors import InputError, RefusedError
from monitor.evidence import media_type
from monitor.evidence.files import HEAD
from monitor.jobs import reading
from monitor.jobs.cluster import place_due
from monitor.jobs.retag import is_bare, reread
from monitor.labels import label, os_reason
from monitor.model.article import Article, Completeness
from monitor.model.correction import Correction, Field
from monitor.model.event import Happening
from monitor.model.evidence import EvidenceKind
from monitor.model.intake import Intake, WhyMissed
from monitor.model.source import Medium, Outlet
from monitor.model.tag import Relevance, TagInput
from monitor.store import addresses, articles, corrections, retagging, sources, tags
from monitor.store import intake as store
from monitor.text import clean, paragraphs

AUTO = "auto"
"""The relevance is left to the rules."""
BROADCAST = (Medium.RADIO, Medium.TV)
POSTED = (Medium.SOCIAL_CHANNEL, Medium.ONLINE)
_FILLED = ("programme", "page", "issue", "account", "seen_by", "why_note")
_WHERE = ("programme", "page", "issue")
_MOST = 1000


@dataclass(frozen=True, kw_only=True)
class NewItem:
    """An item as entered; ``outlet`` is an id or a name; a post on a press agency's own channel has one, others none.

    ``hour`` tells that ``at`` names an hour and not just a day; ``relevance`` is a word of ``Relevance`` or AUTO.
    """

    medium: Medium
    at: datetime
    title: str
    outlet: str = ""
    hour: bool = True
    text: str = ""
    programme: str = ""
    page: str = ""
    issue: str = ""
    account: str = ""
    link: str = ""
    seen_by: str = ""
    why_missed: WhyMissed = WhyMissed.NOT_MISSED
    why_note: str = ""
    relevance: str = Relevance.UNION.value
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Taken:
    """The article and what is known beside it; ``known``: it was here before, ``changed``: something was added.

    ``collected`` tells that the crawl had brought it; ``outlet_name`` is whose it is, ``new_outlet`` that nobody had
    named that one before.
    """

    article: Article
    intake: Intake
    outlet_name: str
    known: bool = False
    changed: bool = True
    collected: bool = False
    new_outlet: bool = False


def take_in(sitting: Sitting, item: NewItem, *, place: bool = True) -> Taken:
    """Keeps an item; ``place`` puts it into its story at once (a table does so once at its end).

    Raises RefusedError for what is missing (the hour of a broadcast, an account …), InputError for an address or a
    file that cannot be taken.
    """
    item = _checked(sitting, item)
    url = _link(item)
    key = urls.key(url) if url else None
    outlet, new_outlet = outlet_of(sitting, item.outlet or item.account, social=not item.outlet)
    article = _article(sitting, item, outlet, url, key)
    if key and (there := addresses.known(sitting.db, [key]).get(key)) and hidden(sitting, [there]):
        return _beside(sitting, item, article, there, names(sitting).get(outlet.id, outlet.name))
    # Read before the transaction: a round under way should not wait for it.
    told = None if item.relevance == AUTO else Relevance(item.relevance)
    words = TagInput(title=article.title, summary="", body=article.text)
    tagging = reading.read_item(words, sitting.home.rules, sitting.home.learned, told=told)
    with sitting.db.atomic():
        if key:
            addresses.claimed_wrongly(sitting.db, key, article.title)
        known = not articles.put_imported(sitting.db, replace(article, tagging=tagging), key)
        have = addresses.known(sitting.db, [key]).get(key, article.id) if key else article.id
        if new_outlet and not known:
            sources.remember_outlets(sitting.db, [outlet])
        before = store.of(sitting.db, [have]).get(have)
        filled = bool(known and item.text) and store.fill(sitting.db, have, item.text)
        if filled:
            _reread(sitting, have, told)
        if told:
            _say(sitting, have, told)
        made = _kept(sitting, item, have, url, before)
    if place:
        place_due(sitting.db)
    found = articles.by_ids(sitting.db, [have])[0]
    return Taken(
        article=found, intake=made, known=known, changed=filled or made != before,
        outlet_name=names(sitting).get(found.outlet, found.outlet),
        collected=known and found.completeness is not Completeness.IMPORTED, new_outlet=new_outlet and not known,
    )  # fmt: skip


def _beside(sitting: Sitting, item: NewItem, article: Article, there: str, outlet_name: str) -> Taken:
    """Adds what is told of an item he may not know of, and answers as if nobody had had it."""
    with sitting.db.atomic():
        before = store.of(sitting.db, [there])[there]
        if item.text and store.fill(sitting.db, there, item.text):
            _reread(sitting, there, None)
        passage = _passage(sitting, there, item.text)
        passages = [before.passage, "" if passage in before.passage else passage]
        files = [_attached(sitting, path, item, there, article.url) for path in item.files]
        made = replace(
            before, files=tuple(dict.fromkeys((*before.files, *files))), passage="\n\n".join(filter(None, passages)),
            **{name: getattr(before, name) or getattr(item, name) for name in _FILLED},
        )  # fmt: skip
        if made != before:
            store.put(sitting.db, made)
            sitting.note(Happening(action="intake.change", refs=(there, *files)))
    own = Intake(
        article=there, medium=item.medium, at=item.at, why_missed=item.why_missed, typed_by=sitting.actor.id,
        entered=sitting.now, **{name: getattr(item, name) for name in _FILLED},
    )  # fmt: skip
    return Taken(article=replace(article, id=there), intake=own, outlet_name=outlet_name)


def between(sitting: Sitting, start: datetime | None, end: datetime | None) -> list[tuple[Intake, Article]]:
    """Items entered by hand that came out in the interval, oldest first, with their articles."""
    found = store.between(sitting.db, start, end)
    by_id = {one.id: one for one in articles.by_ids(sitting.db, [one.article for one in found])}
    return [(one, by_id[one.article]) for one in found if one.article in by_id]


def _checked(sitting: Sitting, item: NewItem) -> NewItem:
    if sitting.actor.disabled:
        raise RefusedError("person_disabled", person=sitting.actor.id)
    lines: dict[str, Any] = {name: clean(getattr(item, name)) for name in ("outlet", "title", *_FILLED)}
    item = replace(item, **lines, link=item.link.strip(), text=paragraphs(item.text))
    social = item.medium is Medium.SOCIAL_CHANNEL
    needed = [("title", item.title), ("account", item.account) if social else ("outlet", item.outlet)]
    if item.medium in POSTED:
        needed += [("link", item.link)]
    if item.why_missed is WhyMissed.OTHER:
        needed += [("why_note", item.why_note)]
    missing = [label("intake", f"col_{name}") for name, value in needed if not value]
    if missing:
        raise RefusedError("words_missing", what=", ".join(missing))
    for name, line in lines.items():
        if len(line) > _MOST:
            raise InputError("words_long", what=label("intake", f"col_{name}"), most=_MOST)
    if item.medium in BROADCAST and not item.hour:
        raise RefusedError("broadcast_hour", title=item.title)
    if item.at > sitting.now:
        raise RefusedError("in_the_future", what=label("intake", "col_at"))
    if item.relevance != AUTO and item.relevance not in set(Relevance):
        raise InputError("relevance_unknown", value=item.relevance[:40], known=", ".join((*Relevance, AUTO)))
    return item


def _link(item: NewItem) -> str | None:
    if not item.link:
        return None
    found = urls.join("", item.link)
    if found is None:
        raise InputError("link_unfit", value=item.link[:80])
    return found


def _article(sitting: Sitting, item: NewItem, outlet: Outlet, url: str | None, key: str | None) -> Article:
    mark = key or "\n".join(("intake", outlet.id, item.title, clock.iso_utc(item.at), item.medium.value))
    if not key and _another(sitting, addresses.article_id(mark), item):
        mark += "\n" + "\n".join(getattr(item, name) for name in _WHERE)
    while not key and hidden(sitting, [addresses.article_id(mark)]):
        mark += "\n+"
    return Article(
        id=addresses.article_id(mark), url=urls.canonical(url) if url else None, outlet=outlet.id, title=item.title,
        text=item.text, published=item.at, found=sitting.now, completeness=Completeness.IMPORTED,
    )  # fmt: skip


def _another(sitting: Sitting, ident: str, item: NewItem) -> bool:
    """Whether the item of this id has the same title and is another one: elsewhere in the issue, in other words.

    "Ý kiến bạn đọc" may stand on two pages of one day. The same words on another page are a page put right.
    """
    before = store.of(sitting.db, [ident]).get(ident)
    if before is None or not item.text:
        return False
    text = articles.by_ids(sitting.db, [ident])[0].text
    elsewhere = any((a := getattr(before, n)) and (b := getattr(item, n)) and a != b for n in _WHERE)
    return elsewhere and bool(text) and text != item.text


def _say(sitting: Sitting, ident: str, told: Relevance) -> None:
    """The person's word on an article of which nobody said anything yet; a word that stands is not overruled."""
    db = sitting.db
    if ident in corrections.relevance_said(db, [ident]):
        return
    article = articles.by_ids(db, [ident])[0]
    word = Correction(
        article=ident, field=Field.RELEVANCE, values=(told.value,), by=sitting.actor.id, at=sitting.now,
        note=label("intake", "typed"),
    )  # fmt: skip
    corrections.record(db, word)
    tagging, due = reread(article, sitting.home, told=told, was=article.tagging.relevance if article.tagging else None)
    tags.replace(db, ident, tagging)
    if due or (told is not Relevance.NONE and is_bare(article)):
        retagging.mark_due(db, ident, sitting.now)


def _reread(sitting: Sitting, ident: str, told: Relevance | None) -> None:
    """The rules' reading of an item that has its words now; what people said is laid over it by the store."""
    said = corrections.relevance_said(sitting.db, [ident]).get(ident, told)
    tagging, _ = reread(articles.by_ids(sitting.db, [ident])[0], sitting.home, told=said, was=None)
    tags.replace(sitting.db, ident, tagging)


def _passage(sitting: Sitting, ident: str, text: str) -> str:
    """What was typed, where the article does not hold it."""
    have = articles.by_ids(sitting.db, [ident])[0].text
    return text if text and text not in have else ""


def _kept(sitting: Sitting, item: NewItem, article: str, url: str | None, before: Intake | None) -> Intake:
    files = tuple(_attached(sitting, path, item, article, url) for path in item.files)
    made = Intake(
        article=article, medium=item.medium, at=item.at, why_missed=item.why_missed, typed_by=sitting.actor.id,
        entered=sitting.now, files=tuple(dict.fromkeys(files)), passage=_passage(sitting, article, item.text),
        **{name: getattr(item, name) for name in _FILLED},
    )  # fmt: skip
    if before:
        # The later words stand, but leaving something out does not take it back.
        same = {name: getattr(made, name) or getattr(before, name) for name in _FILLED}
        why = before.why_missed if made.why_missed is WhyMissed.NOT_MISSED else made.why_missed
        made = replace(
            made, **same, why_missed=why, typed_by=before.typed_by, entered=before.entered,
            files=tuple(dict.fromkeys((*before.files, *files))), passage=made.passage or before.passage,
        )  # fmt: skip
    if made != before:
        store.put(sitting.db, made)
        sitting.note(Happening(action="intake.change" if before else "intake.add", refs=(article, *files)))
    return made


def _attached(sitting: Sitting, path: Path, item: NewItem, article: str, url: str | None) -> str:
    kept = evidence.attach(
        sitting.db, "", path, _kind(path, item.medium), by=sitting.actor.id, article=article, url=url or "",
        now=sitting.now,
    )  # fmt: skip
    return kept.id


def _kind(path: Path, medium: Medium) -> EvidenceKind:
    try:
        with path.open("rb") as stream:
            media = media_type(path.name, stream.read(HEAD))
    except OSError as error:
        raise InputError("file_unreadable", file=path, detail=os_reason(error)) from error
    if media.startswith(("audio/", "video/")):
        return EvidenceKind.RECORDING
    if media.startswith("image/"):
        return EvidenceKind.MESSAGE if medium is Medium.SOCIAL_CHANNEL else EvidenceKind.SCAN
    if media == "application/pdf" and medium is not Medium.SOCIAL_CHANNEL:
        return EvidenceKind.SCAN
    return EvidenceKind.DOCUMENT
