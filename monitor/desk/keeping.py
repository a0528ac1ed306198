"""What who keeps the program looks after: the office's names, the log's soundness, the state of the folder."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from monitor.config import Home, load_settings
from monitor.config.edit_office import NAMES, set_office
from monitor.config.settings import FILE
from monitor.desk import audit, people, shown
from monitor.desk.people_change import keeps
from monitor.desk.sitting import Sitting
from monitor.errors import ConfigError, RefusedError
from monitor.labels import label
from monitor.model.digest import Office
from monitor.model.event import Anchor, AuditReport, Happening, Head
from monitor.store import cases, events, state
from monitor.store.db import integrity
from monitor.store.state import Held
from monitor.text import clean

_TYPED = (
    "config_empty_text", "config_too_long", "config_unknown_province", "config_former_province", "config_bad_contact",
)  # fmt: skip
"""What can be wrong with a name that somebody typed."""
_CASE = re.compile(r"VV\d{4}-\d+")


@dataclass(frozen=True, kw_only=True)
class Log:
    """The log without an audit: its head, and the heads that left the office, the latest first."""

    head: Head | None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A source of truth: ``key`` in the labels group ``keeping``, where it lies, its size in bytes, if it is there."""

    key: str
    path: Path
    size: int | None


@dataclass(frozen=True, kw_only=True)
class FolderState:
    """The working folder: what the database holds, what lies where, bytes free on the disk."""

    held: Held
    places: tuple[Place, ...]
    free: int


def log(sitting: Sitting) -> Log:
    """See ``Log``; what would name a case that he may not see does not."""
    keeps(sitting.actor)
    found = tuple(replace(one, where=_masked(sitting, one.where)) for one in events.anchors(sitting.db)[::-1])
    return Log(head=events.head(sitting.db), anchors=found)


def audited(sitting: Sitting, printed: Iterable[str]) -> AuditReport:
    """``audit.audit`` for who keeps the program: cases he may not see are not named. Raises UsageError for a head
    that cannot be one."""
    keeps(sitting.actor)
    found = audit.audit(sitting.db, printed)
    by = found.anchor
    return replace(
        found,
        anchor=replace(by, where=_masked(sitting, by.where)) if by else None,
        flaws=tuple((n, flaw, _masked(sitting, what)) for n, flaw, what in found.flaws),
    )


def _masked(sitting: Sitting, said: str) -> str:
    named = cases.some(sitting.db, _CASE.findall(said))
    secret = [ident for ident, case in named.items() if not sitting.sees(case)]
    return label("keeping", "restricted") if secret else said


def folder_state(sitting: Sitting) -> FolderState:
    """Sizes and numbers. Raises RefusedError for who does not keep the program."""
    keeps(sitting.actor)
    home = sitting.home
    places = (
        ("database", home.database),
        ("sources", home.sources_file),
        ("rules", home.root / "rules"),
        ("reports", home.root / "reports"),
        ("log", home.data / "monitor.log"),
    )
    return FolderState(
        held=state.held(sitting.db),
        places=tuple(Place(key=key, path=path, size=_size(path)) for key, path in places),
        free=shutil.disk_usage(home.root).free,
    )


def _size(path: Path) -> int | None:
    try:
        if path.is_dir():
            return sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
        return path.stat().st_size
    except OSError:
        return None


def checked(sitting: Sitting) -> str:
    """ "ok", or what SQLite finds wrong with the file."""
    keeps(sitting.actor)
    return integrity(sitting.db)


def office(home: Home) -> tuple[Office, Path, bool]:
    """The office's names, the file that says them, and whether it is the folder's own, which can be changed."""
    settings = load_settings(home.rules)
    path = next((folder / FILE for folder in home.rules if (folder / FILE).exists()), home.rules[0] / FILE)
    return settings.office, path, path.parent == home.root / "rules"


def rename(sitting: Sitting, names: Mapping[str, str], *, seen: str | None = None) -> tuple[str, ...]:
    """Changes the office's names in its file; returns the keys that changed. ``seen`` marks the names that were seen.

    Raises RefusedError for who may not and for a name that cannot be, ConflictError where the names are no longer
    those, ConfigError where the file cannot be changed or is not in order.
    """
    keeps(sitting.actor)
    with sitting.db.atomic():  # whoever renames at the same time waits here: the file has no lock of its own
        now, path, own = office(sitting.home)
        if not own:
            raise ConfigError("office_shipped", file=str(path), folder=str(sitting.home.root))
        changed = {key: clean(names[key]) for key in NAMES if clean(names[key]) != getattr(now, key)}
        if changed:
            fields = [(label("shown", f"office_{key}"), getattr(now, key), value) for key, value in changed.items()]
            shown.still(seen, label("shown", "office"), [now], fields)
            _write(path, changed)
            sitting.note(Happening(action="office.change", refs=tuple(changed)))
            people.federation(sitting.db, sitting.home)
    return tuple(changed)


def _write(path: Path, names: Mapping[str, str]) -> None:
    """Raises RefusedError, naming the field, for what was typed; ConfigError for what is wrong with the file."""
    try:
        set_office(path, names)
    except ConfigError as error:
        name = str(error.facts.get("name", ""))
        if name not in names or error.key not in _TYPED:
            raise
        detail = label("office_field", error.key, **error.facts)
        raise RefusedError("office_field", what=label("shown", f"office_{name}"), detail=detail) from error
