"""The command line as its caller meets it: words in; exit code, output and complaints out."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROGRAM = [sys.executable, "-c", "from monitor.cli import main; main()"]


@dataclass(frozen=True, kw_only=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]

    def complains(self, *parts: str, code: int = 2) -> None:
        """Asserts that the command ended with a Vietnamese sentence and no traceback; at most a command stands below.

        ``parts`` are somewhere in the two.
        """
        assert self.code == code, self
        assert "Traceback" not in self.err + self.out
        lines = [line for line in self.err.splitlines() if line.strip()]
        assert lines, self.err
        assert [line[:6] for line in lines[1:]] in ([], ["Lệnh: "]), self.err
        for part in parts:
            assert part in self.err, self.err
        assert lines[0].rstrip().endswith((".", "”.", ")."))


Run = Callable[..., Done]


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> Run:
    """Runs the program's entry in this process (the same ``main`` that the script calls), which is quick."""
    monkeypatch.setenv("MONITOR_HOME", str(home))

    def run(*words: str, stdin: bytes = b"") -> Done:
        from monitor.cli import main

        root, before = logging.getLogger(), logging.getLogger().handlers[:]
        monkeypatch.setattr(sys, "argv", ["monitor", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        finally:
            for handler in root.handlers[:]:
                if handler not in before:
                    root.removeHandler(handler)
        said = capsys.readouterr()
        return Done(code=code, out=said.out, err=said.err)

    return run


def environment(home: Path, **more: str) -> dict[str, str]:
    """The surroundings of a process of its own."""
    return os.environ | {"MONITOR_HOME": str(home)} | more


def spawn(home: Path, *words: str, stdin: bytes = b"", **more: str) -> Done:
    """Runs the program in a process of its own."""
    done = subprocess.run(
        [*PROGRAM, *words], env=environment(home, **more), input=stdin, capture_output=True, timeout=120, check=False
    )
    return Done(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())
