"""The working folder: where things lie, and how a new one is made."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import ConfigError
from monitor.labels import os_reason

_FOLDERS = ("rules", "reports")


def home() -> Path:
    """The working folder: ``MONITOR_HOME``, or the current folder."""
    return Path(os.environ.get("MONITOR_HOME") or ".").absolute()


def shipped() -> Path:
    """The folder of the shipped defaults: inside an installed package, or the top of a source checkout."""
    package = Path(__file__).parent.parent
    inside = package / "defaults"
    return inside if inside.is_dir() else package.parent


@dataclass(frozen=True, kw_only=True)
class Home:
    """The places of a working folder; nothing is created or read here."""

    root: Path

    @property
    def sources_file(self) -> Path:
        """The outlets and what is watched at each."""
        return self.root / "sources.yaml"

    @property
    def data(self) -> Path:
        """What the program writes."""
        return self.root / "data"

    @property
    def database(self) -> Path:
        """The one file that holds everything collected."""
        return self.data / "monitor.db"

    @property
    def learned(self) -> Path:
        """What the machine learned from corrections; made anew from the database at any time."""
        return self.data / "learned.zip"

    @property
    def rules(self) -> tuple[Path, ...]:
        """Where rules are looked for, in order: the office's own, then the shipped ones."""
        return self._own_then_shipped("rules")

    @property
    def reports(self) -> tuple[Path, ...]:
        """Where templates are looked for, in order: the office's own, then the shipped ones."""
        return self._own_then_shipped("reports")

    def _own_then_shipped(self, name: str) -> tuple[Path, ...]:
        own, default = self.root / name, shipped() / name
        if not own.is_dir():
            return (default,)
        return (own,) if default.is_dir() and own.samefile(default) else (own, default)


def init(target: Path) -> list[tuple[Path, bool]]:
    """Make ``target`` a working folder with the shipped defaults; what exists is never touched.

    Returns every file and folder of it with whether it was written now. Raises ConfigError when ``target`` is
    a file or cannot be written.
    """
    if target.exists() and not target.is_dir():
        raise ConfigError("init_not_folder", file=str(target))
    source = shipped()
    done: list[tuple[Path, bool]] = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        done.append(_copy(source / "sources.yaml", target / "sources.yaml"))
        for folder in _FOLDERS:
            done.extend(_copy(file, target / file.relative_to(source)) for file in _files(source / folder))
        data = Home(root=target).data
        fresh = not data.exists()
        data.mkdir(exist_ok=True)
        done.append((data, fresh))
    except OSError as error:
        raise ConfigError("init_not_writable", file=str(error.filename or target), detail=os_reason(error)) from error
    return done


def _files(folder: Path) -> list[Path]:
    """The files a user may edit: no caches, no hidden files."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
    )


def _copy(source: Path, target: Path) -> tuple[Path, bool]:
    content = source.read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("xb") as stream:
            stream.write(content)
    except FileExistsError:
        return target, False
    return target, True
