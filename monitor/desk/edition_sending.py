"""An approved edition on its way out: a message for every reader, with what he wanted and may have.

edition, frozen ──▶ less what is restricted, internal, corrected, not wanted ──▶ mail or chat text ──▶ outbox

The messages are queued in the transaction that causes them; handing them over is ``jobs.deliver``'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from monitor.clock import VN, local
from monitor.config.deliver import load_deliver
from monitor.desk import digest_files
from monitor.desk import edition_content as contents
from monitor.desk import edition_rights as rights
from monitor.desk.edition_choice import note, wants
from monitor.desk.edition_direct import chat_text
from monitor.desk.sitting import Sitting
from monitor.errors import ConfigError, MonitorError, RefusedError, UsageError
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
from monitor.model.digest import Digest, Period
from monitor.model.edition import Content, Edition, EditionAct, EditionState, Frozen, Laid, Series
from monitor.model.event import Happening
from monitor.report import FORMS as TEXTS
from monitor.report import build_edition
from monitor.report.edition import corrected
from monitor.report.mail import render_mail
from monitor.store import articles, outbox
from monitor.store import editions as store
from monitor.text import clean

_PATIENCE = 20.0
"""Seconds a PDF may take: where the edition is approved and sent in one act, others wait for the database meanwhile."""


@dataclass(frozen=True, kw_only=True)
class Queued:
    """What became of one reader's address: the message's id, or the reason (a key of the labels) why there is none."""

    reader: str
    address: str = ""
    id: str = ""
    why: str = ""
    left_out: tuple[str, ...] = ()
    """The forms that were to be attached and could not be made here: a PDF without LibreOffice."""


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
    pdfs: dict[Digest, bytes | None] = field(default_factory=dict)
    """PDFs by what they print, None for one that could not be made: readers who get the same share one."""

    @property
    def profiles(self) -> list[Profile]:
        """The readers of this series."""
        return [one for one in self.settings.profiles if self.edition.series in one.series]


def send(sitting: Sitting, ident: str, *, at_once: bool = True) -> list[Queued]:
    """Queues an approved edition for its readers, and says of each what became of it.

    Who has it queued or had it sent gets no second one. ``at_once`` waits for no reader's hour and no quiet hours.
    Raises RefusedError for who may not send and for a draft, ConfigError.
    """
    rights.entitled(sitting, EditionAct.SEND)
    settings, edition = load_deliver(sitting.home.rules), rights.stored(sitting, ident)
    early = _out(sitting, edition, settings, at_once=at_once)
    for profile in early.profiles:
        # A PDF takes seconds: it is made before anybody has to wait for the database.
        if "pdf" in profile.attach and profile.channel is Channel.MAIL and not why_not(edition, settings, profile):
            _mail(early, profile)
    with sitting.db.atomic():
        out = _out(sitting, rights.stored(sitting, ident), settings, at_once=at_once)
        return _queue(replace(out, pdfs=early.pdfs))


def queue(sitting: Sitting, edition: Edition, settings: DeliverSettings, *, at_once: bool = False) -> list[Queued]:
    """``send`` within the caller's transaction, for an act that is entitled already."""
    return _queue(_out(sitting, edition, settings, at_once=at_once))


def _out(sitting: Sitting, edition: Edition, settings: DeliverSettings, *, at_once: bool) -> _Out:
    if edition.state is not EditionState.APPROVED:
        raise RefusedError("edition_not_approved", edition=edition.name)
    frozen = contents.intact(sitting, edition)
    prints = [a.id for one in frozen.content.laid for a in (one.article, *one.others)]
    return _Out(
        sitting=sitting, edition=edition, frozen=frozen, settings=settings, restricted=rights.restricted(sitting.db),
        internal=contents.internal_now(sitting, edition), at_once=at_once,
        now={a.id: a for a in articles.by_ids(sitting.db, prints)},
    )  # fmt: skip


def _queue(out: _Out) -> list[Queued]:
    done = [one for profile in out.profiles for one in _to(out, profile)]
    refs = tuple(one.id for one in done if one.id)
    if refs:
        out.sitting.note(Happening(action="edition.send", thing=out.edition.id, refs=refs))
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
    why = why_not(out.edition, out.settings, profile)
    if why:
        return [Queued(reader=profile.name, why=why)]
    message, files, left_out = (
        _mail(out, profile) if profile.channel is Channel.MAIL else (_chat(out, profile), dict[str, bytes](), ())
    )
    domain = out.settings.smtp.sender.rpartition("@")[2] or "localhost"
    made = []
    for address in profile.addresses:
        ident = outbox.put(out.sitting.db, replace(message, address=address), files, domain=domain)
        if out.at_once:
            _hurry(out.sitting, ident)
        made.append(Queued(reader=profile.name, address=address, id=ident, left_out=left_out))
    return made


def _hurry(sitting: Sitting, ident: str) -> None:
    """One that waits already goes now."""
    found = outbox.get(sitting.db, ident)
    if found.state is MessageState.QUEUED:
        outbox.settle(sitting.db, replace(found, next_try=sitting.now, urgent=True))


def why_not(edition: Edition, settings: DeliverSettings, profile: Profile) -> str:
    """Why the reader gets no edition like this (a key of the labels' group ``delivery``); empty where he gets it."""
    if not profile.enabled:
        return "not_enabled"
    if not profile.addresses:
        return "no_address"
    if profile.channel is Channel.MAIL and not settings.smtp.host:
        return "no_server"
    if edition.internal and not (profile.internal_ok and profile.channel is Channel.MAIL):
        return "internal"
    return ""


def _mail(out: _Out, profile: Profile) -> tuple[Message, dict[str, bytes], tuple[str, ...]]:
    """The mail, its files, and the forms that could not be made."""
    home, content = out.sitting.home, _content(out, profile)
    digest = build_edition(content, without=out.restricted)
    topics = book(home.rules).topics
    html, text = render_mail(digest, folders=home.reports, topics=topics, note=note(profile, dict(content.topics)))
    internal = out.edition.internal or any(item.internal for item in digest.items)
    whole = content == out.frozen.content and not out.restricted & out.now.keys()
    files, attached, missing = dict[str, bytes](), list[Attachment](), list[str]()
    for form in profile.attach:
        page = getattr(out.frozen, form).encode() if whole and form in TEXTS else _file(out, digest, form)
        if page is None:
            missing.append(form)
            continue
        name = outbox.hashed(page)
        files[name] = page
        attached.append(
            Attachment(name=f"{_name(out.edition)}.{form}", media_type=digest_files.MEDIA[form], sha256=name)
        )
    made = replace(_message(out, profile, text), html=html, attachments=tuple(attached), internal=internal)
    return made, files, tuple(missing)


def _file(out: _Out, digest: Digest, form: str) -> bytes | None:
    """The digest as a file; None where there is no PDF to be had: the mail goes all the same."""
    if form != "pdf":
        return digest_files.made(out.sitting.home, digest, form)
    if digest not in out.pdfs:
        try:
            out.pdfs[digest] = digest_files.made(out.sitting.home, digest, form, _PATIENCE)
        except ConfigError:
            raise  # an edited template that does not work is to be mended
        except MonitorError:
            out.pdfs[digest] = None
    return out.pdfs[digest]


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


def _name(edition: Edition) -> str:
    return f"diem-tin-{edition.series.value}-{edition.number}-{edition.year}"


def _content(out: _Out, profile: Profile) -> Content:
    """What the reader gets of the edition; the number of articles looked at stays the edition's."""
    content = corrected(out.frozen.content, out.now)
    laid = [_less(out, one) if profile.outside else one for one in content.laid]
    kept = [one for one in laid if _may_have(out, profile, one) and wants(profile, one, out.now)]
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
