"""A hand that types commands, for programs and tests that walk the desk from outside."""

from __future__ import annotations

import contextlib
import io
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from monitor.cli.main import commands
from monitor.errors import MonitorError
from monitor.labels import wording


@dataclass
class Hand:
    """Types commands in a working folder, each at a moment of its own, and keeps what was answered."""

    home: Path
    day: str = "2026-11-09"
    hour: int = 8
    minute: int = 0
    log: list[str] = field(default_factory=list)

    def at(self, day: str, hour: int = 8) -> None:
        """Another morning."""
        self.day, self.hour, self.minute = day, hour, 0

    @property
    def clock(self) -> str:
        """The moment of the last command, as typed."""
        return f"{self.day} {self.hour + self.minute // 60:02d}:{self.minute % 60:02d}"

    def __call__(self, *words: str, fails: bool = False) -> str:
        """One command; raises where it fails although it should not, or the other way round."""
        self.minute += 1
        os.environ["MONITOR_HOME"] = str(self.home)
        os.environ["MONITOR_NOW"] = f"{self.clock.replace(' ', 'T')}:00+07:00"
        said, failed = io.StringIO(), ""
        with contextlib.redirect_stdout(said):
            try:
                commands.main(list(words), standalone_mode=False)
            except MonitorError as error:
                failed = wording(error)
            except SystemExit as stop:
                failed = f"exit code {stop.code}"
        text = said.getvalue() + failed
        self.log.append(f"$ monitor {' '.join(words)}\n{text.rstrip()}\n")
        if bool(failed) is not fails:
            raise RuntimeError(f"monitor {' '.join(words)}: {text}")
        return text

    def case(self, *ids: str, **said: str) -> str:
        """Opens a case; returns its id."""
        options = [word for name, value in said.items() for word in (f"--{name}", value)]
        found = re.search(r"VV\d{4}-\d{4}", self("case", "open", *ids, *options))
        assert found
        return found[0]

    def made(self, *words: str) -> str:
        """A command that answers with the id of what it made."""
        return re.findall(r"\b([a-z]\d+)\b", self(*words).splitlines()[0])[-1]

    def letter(self, case: str, kind: str, number: int, *words: str) -> str:
        """A paper from its draft to its issue; returns its reference."""
        ref = self("letter", "draft", case, kind, *words).split()[0]
        self("letter", "submit", ref)
        self("letter", "sign", ref, "--by", "Lê Thị Lãnh Đạo")
        if number:
            self("letter", "number", ref, str(number), "--date", self.day, "--by", "Trần Văn Thư")
        self("letter", "issue", ref, "--by", "Trần Văn Thư")
        return ref
