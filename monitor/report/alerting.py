"""Which alerts are told now, what of them a reader gets, and in what words: pure, with the time as a parameter.

waiting ──▶ due: settled, not in quiet hours ──▶ choose: at once, or later all in one ──▶ for a reader ──▶ words
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.clock import local
from monitor.model.alert import Alert, AlertSettings, Matter
from monitor.model.delivery import Channel, DeliverSettings, Profile, Quiet
from monitor.report.wanting import bodies_in, wants

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is told in this round; ``many``: as one short digest."""

    now: tuple[Alert, ...] = ()
    many: bool = False


def settled(alert: Alert, settings: AlertSettings, now: datetime) -> bool:
    """Whether it has waited long enough for reprints to join it; one of a clock that ran ahead waits no longer."""
    return abs(now - alert.made) >= timedelta(minutes=settings.settle_minutes)


def urgent(topics: Iterable[str], settings: AlertSettings) -> bool:
    """Whether it waits for no quiet hours and no fuller hour."""
    return not set(settings.always).isdisjoint(topics)


def choose(
    ready: Sequence[Alert], pressing: Collection[str], *, recent: int, most: int, quiet: bool
) -> Choice:  # fmt: skip
    """Which of the settled alerts are told now.

    ``pressing`` are ids of those that wait for nothing; ``recent`` rounds told something within the last hour, of which
    there may be ``most``: what comes after that waits until the hour is over and goes as one.
    """
    waits = quiet or recent >= most
    now = tuple(one for one in ready if not waits or one.id in pressing)
    return Choice(now=now, many=len(now) > most)


def is_quiet(quiet: Quiet | None, now: datetime) -> bool:
    """Whether it is one of the quiet hours."""
    return quiet is not None and quiet.holds(local(now).time())


def over(alert: Alert, settings: AlertSettings, now: datetime) -> bool:
    """Whether a further item on the event is an alert of its own."""
    if settings.again_after is None or alert.told is None or alert.muted:
        return False
    return abs(now - alert.told) >= timedelta(hours=settings.again_after)


def for_reader(matter: Matter, profile: Profile) -> Matter | None:
    """The alert with what of it this reader wants and may have; None where nothing is left."""
    inner = profile.internal_ok and profile.channel is Channel.MAIL
    kept = tuple(
        one
        for one in matter.articles
        if (inner or one.id not in matter.internal) and not (profile.outside and one.corrected)
    )
    if not kept or not _wants(replace(matter, articles=kept), profile):
        return None
    outlets = {one.outlet for one in kept}
    shown = matter.outlets if len(kept) == len(matter.articles) else tuple(o for o in matter.outlets if o[0] in outlets)
    left = frozenset(one.id for one in kept) & matter.internal
    return replace(matter, articles=kept, outlets=shown, internal=left)


def _wants(matter: Matter, profile: Profile) -> bool:
    tags = [one.tagging for one in matter.articles if one.tagging]
    bodies = (*bodies_in(tags), *matter.bodies, matter.named)
    return wants(profile, tags, topics=(matter.alert.about,), bodies=bodies)


def passed(counts: Mapping[str, Collection[str]], thresholds: Mapping[str, int | None]) -> dict[str, int]:
    """The keys of which there were more stories than their number, with how many; None is never passed."""
    found = {key: len(stories) for key, stories in counts.items()}
    return {key: n for key, n in found.items() if (most := thresholds.get(key)) is not None and n > most}


def readers(settings: AlertSettings, known: DeliverSettings) -> tuple[Profile, ...]:
    """Who is told, as far as there is a way to him: those that ``to`` names, else all of the office's own."""
    if settings.to:
        chosen = [_named(one, known) for one in settings.to]
    else:
        chosen = [one for one in known.profiles if not one.outside]
    return tuple(
        one
        for one in chosen
        if one.enabled and one.addresses and (one.channel is Channel.CHAT or known.smtp.host)
    )  # fmt: skip


def _named(said: str, known: DeliverSettings) -> Profile:
    for profile in known.profiles:
        if profile.name == said:
            return profile
    way = Channel.CHAT if known.channel(said) else Channel.MAIL
    return Profile(name=said, channel=way, addresses=(said,))
