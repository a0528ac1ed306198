"""rules/learning.yaml: whether and when the machine may learn from corrections."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from monitor.tag.rulefile import Entry, open_file

FILE = "learning.yaml"
_NAMES = ("enabled", "least", "least_per_class", "undisputed", "most_lost", "weight")


@dataclass(frozen=True, kw_only=True)
class Learning:
    """The office's conditions: how many corrected articles overall and per label, how many undisputed ones beside
    them, which share of these may be lost in the trial, and the weight (0 … 1) against the rules."""

    enabled: bool = True
    least: int = 60
    least_per_class: int = 15
    undisputed: int = 300
    most_lost: float = 0.01
    weight: float = 0.9


def load_learning(folders: tuple[Path, ...]) -> Learning:
    """Raises ConfigError naming file, line and key for anything wrong."""
    top = open_file(folders, FILE, frozenset(_NAMES))
    for name in _NAMES:
        if name not in top:
            next(iter(top.values())).wrong("rule_missing_key", missing=name)
    return Learning(
        enabled=_flag(top["enabled"]),
        least=_count(top["least"]),
        least_per_class=_count(top["least_per_class"]),
        undisputed=_count(top["undisputed"]),
        most_lost=_share(top["most_lost"]),
        weight=_share(top["weight"]),
    )


def _flag(entry: Entry) -> bool:
    said = entry.text().lower()
    if said not in ("true", "false"):
        entry.wrong("rule_wrong_type", wanted="true hoặc false")
    return said == "true"


def _count(entry: Entry) -> int:
    found = entry.number()
    if found != int(found) or not 0 <= found <= 1_000_000:
        entry.wrong("rule_wrong_type", wanted="một số nguyên không âm")
    return int(found)


def _share(entry: Entry) -> float:
    found = entry.number()
    if not 0 <= found <= 1:
        entry.wrong("rule_wrong_type", wanted="một số từ 0 đến 1")
    return found
