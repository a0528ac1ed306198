"""``rules/alerts.yaml``: what is told of at once, to whom, and when nothing is; read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from monitor.config import fields
from monitor.config.deliver import load_deliver
from monitor.config.law import boolean
from monitor.config.tree import Table, compose, parsed, raw, rule_file
from monitor.errors import ConfigError
from monitor.model.alert import AlertPlaces, AlertSettings
from monitor.model.delivery import DeliverSettings, Quiet, mail_address
from monitor.model.tag import Relevance

FILE = "alerts.yaml"
_KEYS = (
    "enabled", "attention", "relevances", "places", "default_topic", "topics", "default_unit", "settle_minutes",
    "most_an_hour", "quiet", "always", "max_age_hours", "again_after_hours", "follow_ups", "to",
)  # fmt: skip
_TOPICS = tuple(f"T{n:02d}" for n in range(1, 100))
_MOST = 100_000


@dataclass(frozen=True, kw_only=True)
class _Read:
    """The settings, and where the readers stand."""

    settings: AlertSettings
    file: str
    line: int


def load_alerts(folders: tuple[Path, ...]) -> AlertSettings:
    """``alerts.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, for a reader that ``deliver.yaml`` does not know,
    and when no folder has the file.
    """
    read = parsed(rule_file(folders, FILE), _alerts)
    if read.settings.to:
        known = load_deliver(folders)
        for one in read.settings.to:
            if not (mail_address(one) or known.channel(one) or _profile(known, one)):
                raise ConfigError("alerts_unknown_reader", file=read.file, line=read.line, name="to", value=one)
    return read.settings


def _profile(known: DeliverSettings, name: str) -> bool:
    return any(profile.name == name for profile in known.profiles)


def _alerts(text: str, file: str) -> _Read:
    top, base = Table(file, compose(text, file), _KEYS), AlertSettings()
    quiet, topics = top.table("quiet", ("start", "end")), top.table("topics", _TOPICS)
    at = raw(fields.clock)
    made = AlertSettings(
        enabled=top.take_or("enabled", boolean, base.enabled),
        attention=top.take_or("attention", boolean, base.attention),
        relevances=tuple(dict.fromkeys(top.values("relevances", _relevance))) or base.relevances,
        places=top.take_or("places", fields.choice(AlertPlaces), base.places),
        topics=tuple((one, topics.take(one, _number)) for one in _TOPICS if one in topics) if topics else (),
        default_topic=top.take_or("default_topic", fields.whole(0, _MOST), None),
        default_unit=top.take_or("default_unit", fields.whole(0, _MOST), None),
        settle_minutes=top.take_or("settle_minutes", fields.whole(0, 24 * 60), base.settle_minutes),
        most_an_hour=top.take_or("most_an_hour", fields.whole(1, 1000), base.most_an_hour),
        quiet=Quiet(start=quiet.take("start", at), end=quiet.take("end", at)) if quiet else None,
        always=tuple(dict.fromkeys(top.values("always", _topic))),
        max_age_hours=top.take_or("max_age_hours", fields.whole(1, 24 * 30), base.max_age_hours),
        again_after=top.take_or("again_after_hours", fields.whole(1, 24 * 366), None),
        follow_ups=top.take_or("follow_ups", boolean, base.follow_ups),
        to=tuple(dict.fromkeys(top.values("to", fields.text))),
    )
    return _Read(settings=made, file=file, line=top.line_of("to"))


def _relevance(value: object) -> Relevance:
    wanted = fields.choice(Relevance)(value)
    if wanted is Relevance.NONE:
        allowed = ", ".join(one for one in Relevance if one is not Relevance.NONE)
        raise fields.Wrong("config_not_choice", value=wanted.value, allowed=allowed)
    return wanted


def _topic(value: object) -> str:
    wanted = fields.text(value).upper()
    if wanted not in _TOPICS:
        raise fields.Wrong("deliver_bad_topic", value=wanted)
    return wanted


def _number(value: object) -> int | None:
    return None if value is False else fields.whole(0, _MOST)(value)
