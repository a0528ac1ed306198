"""``rules/deliver.yaml``: the mail server, chat channels, who gets the digest by which way, and when nothing leaves.

No secret stands in it: a password or a chat address is in a variable of the environment, or in a file that its owner
alone can read. ``password_of`` and ``chat_url`` read those when something is sent.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path

from monitor.config import fields
from monitor.config.law import boolean
from monitor.config.provinces import known
from monitor.config.tree import Table, compose, parsed, raw, rule_file
from monitor.errors import ConfigError
from monitor.labels import os_reason
from monitor.model.delivery import (
    Channel,
    ChatChannel,
    DeliverSettings,
    Profile,
    Quiet,
    Security,
    SmtpSettings,
    mail_address,
)
from monitor.model.edition import Series

FILE = "deliver.yaml"
ATTACHED = ("html", "docx", "pdf", "md", "json")
_SMTP = tuple(SmtpSettings.__dataclass_fields__)
_CHANNEL = tuple(ChatChannel.__dataclass_fields__)
_PROFILE = tuple(Profile.__dataclass_fields__)
_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,79}")
_TOPIC = re.compile(r"T\d{2}")
_LOOPBACK = re.compile(r"localhost|127(?:\.\d{1,3}){3}|::1")
_MOST_SECRET = 4096


def load_deliver(folders: tuple[Path, ...]) -> DeliverSettings:
    """``deliver.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), parse_deliver)


def password_of(smtp: SmtpSettings, root: Path, environ: Mapping[str, str] = os.environ) -> str:
    """The mail server's password. Raises ConfigError where none is found, or others can read it."""
    if not smtp.user:
        return ""
    found = _secret(smtp.password_env, smtp.password_file, root, environ)
    if found is None:
        raise ConfigError("deliver_no_password", file=FILE, env=smtp.password_env or "–")
    return found


def chat_url(channel: ChatChannel, root: Path, environ: Mapping[str, str] = os.environ) -> str:
    """The channel's apprise address. Raises ConfigError like ``password_of``."""
    found = _secret(channel.env, channel.file, root, environ)
    if found is None:
        raise ConfigError("deliver_no_channel_address", file=FILE, channel=channel.id, env=channel.env or "–")
    return found


def _secret(env: str, file: str, root: Path, environ: Mapping[str, str]) -> str | None:
    if env and environ.get(env, "").strip():
        return environ[env].strip()
    if not file:
        return None
    path = root / file
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ConfigError("deliver_secret_open", file=str(path))
        with path.open("rb") as stream:
            return stream.read(_MOST_SECRET).decode("utf-8-sig").strip() or None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError("config_unreadable", file=str(path), detail=os_reason(error)) from error
    except UnicodeDecodeError:
        raise ConfigError("config_not_utf8", file=str(path), line=1) from None


def parse_deliver(text: str, file: str) -> DeliverSettings:
    """The settings that the text makes; ``file`` is named in errors. Raises ConfigError like ``load_deliver``."""
    top = Table(file, compose(text, file), ("smtp", "channels", "profiles", "quiet"))
    smtp = top.table("smtp", _SMTP)
    quiet = top.table("quiet", ("start", "end"))
    channels = _channels(top)
    at = raw(fields.clock)
    return DeliverSettings(
        smtp=_smtp(smtp) if smtp else SmtpSettings(),
        channels=tuple(channels.values()),
        profiles=_profiles(top, channels),
        quiet=Quiet(start=quiet.take("start", at), end=quiet.take("end", at)) if quiet else None,
    )


def _smtp(table: Table) -> SmtpSettings:
    base = SmtpSettings()
    made = SmtpSettings(
        host=table.take_or("host", _host_or_empty, ""),
        port=table.take_or("port", fields.whole(1, 65535), base.port),
        security=table.take_or("security", fields.choice(Security), base.security),
        plain=table.take_or("plain", boolean, False),
        user=table.take_or("user", fields.text_or_empty, ""),
        password_env=table.take_or("password_env", _variable, ""),
        password_file=table.take_or("password_file", fields.text_or_empty, ""),
        ca_file=table.take_or("ca_file", fields.text_or_empty, ""),
        sender=table.take_or("sender", _address_or_empty, ""),
        sender_name=table.take_or("sender_name", fields.text_or_empty, ""),
        reply_to=table.take_or("reply_to", _address_or_empty, ""),
        timeout=table.take_or("timeout", fields.number(1, 300), base.timeout),
    )
    if made.host and not made.sender:
        raise table.wrong("config_missing_key", "sender")
    if made.host and made.security is Security.NONE and not (made.plain or _LOOPBACK.fullmatch(made.host)):
        raise table.wrong("deliver_plain", "security", value=made.host)
    return made


def _channels(top: Table) -> dict[str, ChatChannel]:
    found: dict[str, ChatChannel] = {}
    for table in top.tables("channels", _CHANNEL):
        made = ChatChannel(
            id=table.take("id", fields.slug),
            env=table.take_or("env", _variable, ""),
            file=table.take_or("file", fields.text_or_empty, ""),
        )
        if not (made.env or made.file):
            raise table.wrong("config_missing_key", "env")
        if made.id in found:
            raise table.wrong("config_doubled_id", "id", value=made.id, first=top.line_of("channels"))
        found[made.id] = made
    return found


def _profiles(top: Table, channels: Mapping[str, ChatChannel]) -> tuple[Profile, ...]:
    found: dict[str, Profile] = {}
    for table in top.tables("profiles", _PROFILE):
        made = _profile(table, channels)
        if made.name in found:
            raise table.wrong("config_doubled_id", "name", value=made.name, first=top.line_of("profiles"))
        found[made.name] = made
    return tuple(found.values())


def _profile(table: Table, channels: Mapping[str, ChatChannel]) -> Profile:
    base = Profile(name="", channel=Channel.MAIL)
    channel = table.take_or("channel", fields.choice(Channel), Channel.MAIL)
    addresses = table.values("addresses", _address if channel is Channel.MAIL else fields.slug)
    unknown = [one for one in addresses if channel is Channel.CHAT and one not in channels]
    if unknown:
        raise table.wrong("deliver_unknown_channel", "addresses", value=unknown[0])
    internal = table.take_or("internal_ok", boolean, False)
    if internal and channel is Channel.CHAT:
        raise table.wrong("deliver_internal_chat", "internal_ok")
    return Profile(
        name=table.take("name", fields.text),
        channel=channel,
        addresses=tuple(dict.fromkeys(addresses)),
        enabled=table.take_or("enabled", boolean, True),
        series=tuple(dict.fromkeys(table.values("series", fields.choice(Series)))) or base.series,
        topics=tuple(dict.fromkeys(table.values("topics", _topic))),
        places=tuple(dict.fromkeys(table.values("places", _place))),
        units=tuple(dict.fromkeys(table.values("units", fields.text))),
        hour=table.take_or("hour", raw(fields.clock), None),
        internal_ok=internal,
        outside=table.take_or("outside", boolean, False),
        attach=tuple(dict.fromkeys(table.values("attach", _form))),
    )


def _host_or_empty(value: object) -> str:
    return "" if value == "" else fields.host(value)


def _address(value: object) -> str:
    wanted = fields.text(value)
    if not mail_address(wanted):
        raise fields.Wrong("deliver_bad_address", value=wanted)
    return wanted


def _address_or_empty(value: object) -> str:
    return "" if value == "" else _address(value)


def _variable(value: object) -> str:
    wanted = fields.text_or_empty(value)
    if wanted and not _NAME.fullmatch(wanted):
        # Not repeated to the person: somebody may have put the secret itself here.
        raise fields.Wrong("deliver_not_variable")
    return wanted


def _topic(value: object) -> str:
    wanted = fields.text(value).upper()
    if not _TOPIC.fullmatch(wanted):
        raise fields.Wrong("deliver_bad_topic", value=wanted)
    return wanted


def _place(value: object) -> str:
    wanted = known(fields.text(value))
    if wanted is None:
        raise fields.Wrong("config_unknown_province", value=str(value))
    return wanted


def _form(value: object) -> str:
    wanted = fields.text(value)
    if wanted not in ATTACHED:
        raise fields.Wrong("config_not_choice", value=wanted, allowed=", ".join(ATTACHED))
    return wanted
