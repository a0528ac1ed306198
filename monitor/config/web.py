"""``rules/web.yaml``: how long one stays signed in, how long links hold, by which names the desk is reached."""

from __future__ import annotations

from pathlib import Path

from monitor.config import fields
from monitor.config.law import boolean
from monitor.config.tree import Table, compose, parsed, rule_file
from monitor.model.access import WebSettings

FILE = "web.yaml"
_KEYS = tuple(WebSettings.__dataclass_fields__)


def load_web(folders: tuple[Path, ...]) -> WebSettings:
    """``web.yaml`` of the first of ``folders`` that has one.

    Raises ConfigError with file, line and key at the first mistake, and when no folder has the file.
    """
    return parsed(rule_file(folders, FILE), _web)


def _web(text: str, file: str) -> WebSettings:
    base = WebSettings()
    table = Table(file, compose(text, file), _KEYS)
    return WebSettings(
        idle_hours=table.take_or("idle_hours", fields.whole(1, 24 * 30), base.idle_hours),
        session_days=table.take_or("session_days", fields.whole(1, 90), base.session_days),
        answer_days=table.take_or("answer_days", fields.whole(1, 90), base.answer_days),
        link_hours=table.take_or("link_hours", fields.whole(1, 24 * 14), base.link_hours),
        upload_mb=table.take_or("upload_mb", fields.whole(1, 200), base.upload_mb),
        hosts=tuple(dict.fromkeys(table.values("hosts", fields.host))),
        address=table.take_or("address", _address, ""),
        password_min=table.take_or("password_min", fields.whole(8, 64), base.password_min),
        https=table.take_or("https", boolean, base.https),
        behind_proxy=table.take_or("behind_proxy", boolean, base.behind_proxy),
    )


def _address(value: object) -> str:
    return "" if value == "" else fields.url(value).rstrip("/")
