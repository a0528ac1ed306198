"""The invented press behind ``monitor demo``: the whole path from feed to digest without any network.

Everything in it is made up; it is served on loopback, which only this home's configuration allows.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor import clock
from monitor.config import Home, init
from monitor.demo.press import DemoPress
from monitor.errors import UsageError
from monitor.jobs.collect import collect
from monitor.model.fetch import RoundReport

_ALLOWED = "allow_hosts: []"


@contextmanager
def walk_through(home: Home) -> Iterator[RoundReport]:
    """Makes a working folder, serves the press and collects one round; the press stays up inside the context.

    Raises UsageError when the folder holds something already: a demo must not mix with an office's data.
    """
    if home.root.exists() and any(home.root.iterdir()):
        raise UsageError("demo_not_empty", folder=home.root)
    with DemoPress(clock.now()) as press:
        init(home.root)
        home.sources_file.write_text(press.sources_yaml(), encoding="utf-8")
        _allow_loopback(home.root / "rules" / "office.yaml")
        # A proxy of the office network cannot reach this machine's own loopback.
        before = os.environ.get("NO_PROXY")
        os.environ["NO_PROXY"] = "127.0.0.1"
        try:
            yield collect(home)
        finally:
            if before is None:
                del os.environ["NO_PROXY"]
            else:
                os.environ["NO_PROXY"] = before


def _allow_loopback(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(_ALLOWED, "allow_hosts: [127.0.0.1]"), encoding="utf-8")
