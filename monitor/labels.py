"""The Vietnamese a person reads about the program's own things: one labels file, one look-up."""

from __future__ import annotations

from enum import StrEnum
from errno import errorcode
from functools import cache
from importlib import resources

import yaml

from monitor.errors import MonitorError


@cache
def _labels() -> dict[str, dict[str, str]]:
    raw = resources.files("monitor").joinpath("labels.yaml").read_text(encoding="utf-8")
    # Every command reads these; the parser in C, which nearly every PyYAML has, takes a tenth of the time.
    loaded: dict[str, dict[str, str]] = yaml.load(raw, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return loaded


def label(group: str, key: str, /, **facts: object) -> str:
    """The wording of ``key`` in ``group``, filled with ``facts``.

    Raises KeyError for a wording that does not exist: tests/test_house.py checks that every enum member and
    every error key has one.
    """
    return _labels()[group][key].format(**facts)


def of(member: StrEnum) -> str:
    """The label of an enum's member; its class name is the group."""
    return label(type(member).__name__, member.value)


def wording(error: MonitorError) -> str:
    """The sentence for a person: what is wrong and what to do."""
    return label("error", error.key, **{name: _said(fact) for name, fact in error.facts.items()})


def os_reason(error: OSError) -> str:
    """Why the system would not open, read or write a file, within a sentence; its own words where we have none."""
    key = errorcode.get(error.errno or 0, "")
    return _labels()["os_reason"].get(key) or error.strerror or str(error)


def hint(error: MonitorError) -> str:
    """How the command line does what ``wording`` asks for; empty where it has nothing to add."""
    if error.key not in _labels()["error_hint"]:
        return ""
    return label("error_hint", error.key, **{name: _said(fact) for name, fact in error.facts.items()})


def _said(fact: object) -> object:
    """Members of enums in the reader's words, also within a row of them."""
    if isinstance(fact, StrEnum):
        return of(fact)
    if isinstance(fact, tuple) and fact and all(isinstance(one, StrEnum) for one in fact):
        return ", ".join(of(one) for one in fact)
    return fact
