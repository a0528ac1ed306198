"""An approved edition on its way out: a message for every reader, with what he wanted and may have.

edition, frozen ──▶ less what is restricted, internal, corrected, not wanted ──▶ mail or chat text ──▶ outbox

The messages are queued in the transaction that causes them; handing them over is ``jobs.deliver``'s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from monitor.clock import VN, local
from monitor.config.deliver import load_deliver
from monitor.desk import edition_content as contents
from monitor.desk import edition_rights as rights
from monitor.desk.edition_approving import forms_of
from monitor.desk.edition_direct import chat_text
from monitor.desk.sitting import Sitting
from monitor.errors import RefusedError, StoreError, UsageError
from monitor.jobs.reading import book
from monitor.labels import label
from monitor.model.article import Article
from monitor.model.delivery import (
    Attachment,
    Channel,
    DeliverSettings,
    Message,
    MessageKind,
    MessageState,
    Profile,
)
from monitor.model.digest import Period
from monitor.model.edition import Content, Edition, EditionAct, EditionState, Frozen, Laid, Series
from monitor.model.event import Happening
from monitor.model.tag import Role
from monitor.report import build_edition
from monitor.report.mail import render_mail
from monitor.store import articles, outbox
from monitor.store import editions as store
from monitor.text import clean, one_tone_spelling

_MEDIA = {"html": "text/html", "md": "text/markdown", "json": "application/json"}


@dataclass(frozen=True, kw_only=True)
class Queued:
    """What became of one reader's address: the message's id, or the reason (a key of the labels) why there is none."""

    reader: str
    address: str = ""
    id: str = ""
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class _Out:
    """What all readers' messages of one edition are made of. ``now`` are its articles as they are stored today."""

    sitting: Sitting
    edition: Edition
    frozen: Frozen
    settings: DeliverSettings
    restricted: frozenset[str]
    internal: set[str]
    now: Mapping[str, Article]
    at_once: bool


def send(sitting: Sitting, ident: str, *, at_once: bool = True) -> list[Queued]:
    """Queues an approved edition for its readers, and says of each what became of it.

    Who has it queued or had it sent gets no second one. ``at_once`` waits for no reader's hour and no quiet hours.
    Raises RefusedError for who may not send and for a draft, ConfigError.
    """
    rights.entitled(sitting, EditionAct.SEND)
    settings = load_deliver(sitting.home.rules)
    with sitting.db.atomic():
        return queue(sitting, rights.stored(sitting, ident), settings, at_once=at_once)


def queue(sitting: Sitting, edition: Edition, settings: DeliverSettings, *, at_once: bool = False) -> list[Queued]:
    """``send`` within the caller's transaction, for an act that is entitled already."""
    if edition.state is not EditionState.APPROVED:
        raise RefusedError("edition_not_approved", edition=edition.name)
    frozen = store.frozen(sitting.db, edition.id)
    if frozen is None or hashlib.sha256(frozen.html.encode()).hexdigest() != edition.sha256:
        raise StoreError("edition_not_intact", edition=edition.name)
    prints = [a.id for one in frozen.content.laid for a in (one.article, *one.others)]
    out = _Out(
        sitting=sitting, edition=edition, frozen=frozen, settings=settings, restricted=rights.restricted(sitting.db),
        internal=contents.internal_now(sitting, edition), at_once=at_once,
        now={a.id: a for a in articles.by_ids(sitting.db, prints)},
    )  # fmt: skip
    done = [one for profile in settings.profiles if edition.series in profile.series for one in _to(out, profile)]
    refs = tuple(one.id for one in done if one.id)
    if refs:
        sitting.note(Happening(action="edition.send", thing=edition.id, refs=refs))
    return done


def of_day(sitting: Sitting, series: Series, period: Period | None = None) -> Edition:
    """The series' last approved edition, or the last whose cut-off lies in ``period``. Raises UsageError for none."""
    if period is None:
        found = store.last(sitting.db, series)
    else:
        years = {local(period.start).year, local(period.end - timedelta(microseconds=1)).year}
        held = [one for year in sorted(years, reverse=True) for one in store.of_year(sitting.db, series, year)]
        approved = (one for one in held if one.state is EditionState.APPROVED)
        found = next((one for one in approved if period.start <= one.end < period.end), None)
    if found is None or not rights.readable(sitting, found):
        raise UsageError("edition_none_approved", series=series)
    return found


def _to(out: _Out, profile: Profile) -> list[Queued]:
    """The messages for one reader, or why there is none."""
    why = _why_not(out, profile)
    if why:
        return [Queued(reader=profile.name, why=why)]
    message, files = _mail(out, profile) if profile.channel is Channel.MAIL else (_chat(out, profile), {})
    domain = out.settings.smtp.sender.rpartition("@")[2] or "localhost"
    made = []
    for address in profile.addresses:
        ident = outbox.put(out.sitting.db, replace(message, address=address), files, domain=domain)
        if out.at_once:
            _hurry(out.sitting, ident)
        made.append(Queued(reader=profile.name, address=address, id=ident))
    return made


def _hurry(sitting: Sitting, ident: str) -> None:
    """One that waits already goes now."""
    found = outbox.get(sitting.db, ident)
    if found.state is MessageState.QUEUED:
        outbox.settle(sitting.db, replace(found, next_try=sitting.now, urgent=True))


def _why_not(out: _Out, profile: Profile) -> str:
    if not profile.enabled:
        return "not_enabled"
    if not profile.addresses:
        return "no_address"
    if profile.channel is Channel.MAIL and not out.settings.smtp.host:
        return "no_server"
    if out.edition.internal and not (profile.internal_ok and profile.channel is Channel.MAIL):
        return "internal"
    return ""


def _mail(out: _Out, profile: Profile) -> tuple[Message, dict[str, bytes]]:
    home, content = out.sitting.home, _content(out, profile)
    digest = build_edition(content, without=out.restricted)
    topics = book(home.rules).topics
    html, text = render_mail(digest, folders=home.reports, topics=topics, note=_note(profile, dict(content.topics)))
    internal = out.edition.internal or any(item.internal for item in digest.items)
    whole = content == out.frozen.content and not out.restricted & out.now.keys()
    files, attached = dict[str, bytes](), list[Attachment]()
    for form in profile.attach:
        page = getattr(out.frozen, form) if whole else forms_of(home, digest, form)
        name = outbox.hashed(page.encode())
        files[name] = page.encode()
        attached.append(Attachment(name=f"{_file(out.edition)}.{form}", media_type=_MEDIA[form], sha256=name))
    made = _message(out, profile, text)
    return replace(made, html=html, attachments=tuple(attached), internal=internal), files


def _chat(out: _Out, profile: Profile) -> Message:
    wanted = {one.article.id for one in _content(out, profile).laid}
    return _message(out, profile, chat_text(out.sitting, out.edition, only=wanted))


def _message(out: _Out, profile: Profile, text: str) -> Message:
    edition, office, now = out.edition, out.frozen.content.office, out.sitting.now
    name = label("edition", f"name_{edition.series.value}", name=edition.name)
    at = f"{local(edition.end):%H:%M %d/%m/%Y}"
    subject = label("delivery", "subject", office=office.short, name=name, at=at)
    return Message(
        kind=MessageKind.EDITION, about=edition.id, reader=profile.name, channel=profile.channel, address="",
        subject=clean(subject), text=text, urgent=out.at_once, made=now,
        due=now if out.at_once else _due(profile, now),
    )  # fmt: skip


def _due(profile: Profile, now: datetime) -> datetime:
    """Not before the reader's hour of that day."""
    if profile.hour is None:
        return now
    hour = datetime.combine(local(now).date(), profile.hour, VN)
    return max(now, hour.astimezone(UTC))


def _file(edition: Edition) -> str:
    return f"diem-tin-{edition.series.value}-{edition.number}-{edition.year}"


def _content(out: _Out, profile: Profile) -> Content:
    """What the reader gets of the edition; the number of articles looked at stays the edition's."""
    content = out.frozen.content
    laid = [_less(out, one) if profile.outside else one for one in content.laid]
    kept = [one for one in laid if _may_have(out, profile, one) and _wants(out, profile, one)]
    return replace(content, laid=tuple(kept))


def _less(out: _Out, one: Laid) -> Laid:
    """An item for readers outside: without the prints that their outlets have corrected."""
    return replace(one, others=tuple(other for other in one.others if not _corrected(out, other)))


def _corrected(out: _Out, article: Article) -> bool:
    now = out.now.get(article.id)
    return bool(article.corrected or (now and now.corrected))


def _may_have(out: _Out, profile: Profile, one: Laid) -> bool:
    inner = one.internal or one.article.id in out.internal
    return (profile.internal_ok or not inner) and not (profile.outside and _corrected(out, one.article))


def _wants(out: _Out, profile: Profile, one: Laid) -> bool:
    prints = (one.article, *one.others)
    tags = [article.tagging for article in prints if article.tagging]
    topics = {topic.id for tag in tags for topic in tag.topics}
    places = {_same(name) for tag in tags for place in tag.places for name in (place.name, place.present)}
    # What is frozen holds what is printed; which bodies it names stands with the stored article.
    now = [out.now[a.id].tagging for a in prints if a.id in out.now]
    bodies = [
        _same(said)
        for tag in now
        if tag
        for body in tag.organisations
        if body.role is not Role.PASSING
        for said in (body.name, body.text)
    ]
    return (
        (not profile.topics or not topics.isdisjoint(profile.topics))
        and (not profile.places or any(_same(name) in places for name in profile.places))
        and (not profile.units or any(_same(unit) in body for unit in profile.units for body in bodies))
    )


def _same(name: str) -> str:
    return one_tone_spelling(name).casefold()


def _note(profile: Profile, topics: Mapping[str, str]) -> str:
    """By what the reader's mail was chosen, in words; empty where it was not."""
    named = [topics.get(topic, topic) for topic in profile.topics]
    told = [("by_topics", named), ("by_places", list(profile.places)), ("by_units", list(profile.units))]
    chosen = [label("delivery", key, names=", ".join(names)) for key, names in told if names]
    return label("delivery", "chosen", what="; ".join(chosen)) if chosen else ""
