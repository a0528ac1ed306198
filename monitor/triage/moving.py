"""What every move shares: the next number, and a thing of a tuple exchanged for its next state."""

from __future__ import annotations

from typing import Any

from monitor.errors import RefusedError
from monitor.model.action import Step
from monitor.model.case import Case
from monitor.model.event import Happening
from monitor.text import nfc


def step(case: Case, action: str, thing: str = "", **said: Any) -> Step:
    """The step of one happening."""
    return Step(case=case, happened=(Happening(action=action, thing=thing, **said),))


def wanted(text: str, what: str) -> str:
    """``text`` without outer blanks. Raises RefusedError where nothing is left: a reason or words were due."""
    text = nfc(text).strip()
    if not text:
        raise RefusedError("words_missing", what=what)
    return text
