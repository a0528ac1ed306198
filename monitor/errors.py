"""What can go wrong, as values with a key and facts; the wording for people is in ``labels.yaml``.

    MonitorError
    ├── ConfigError      sources.yaml, rules/, settings: names file, line and key
    ├── UsageError       a command's words are off (a bad date, an unknown id)
    ├── StoreError       the database cannot be opened, is locked, is newer than the program
    ├── BusyError        another process holds the lock
    ├── InputError       a file handed in cannot be read
    ├── RefusedError     a move of a case is out of place: says what is missing, or who may do it
    └── ConflictError    somebody else changed the thing since it was read; nothing was overwritten

A failure to fetch is no exception outside ``crawl``: it is a value (``model.fetch.Status``) on the line,
so that one bad source never stops a round.
"""

from __future__ import annotations


class MonitorError(Exception):
    """An error a person is told about: ``key`` finds the sentence, ``facts`` fill it."""

    def __init__(self, key: str, /, **facts: object) -> None:
        super().__init__(key, facts)
        self.key = key
        self.facts = facts

    def __str__(self) -> str:
        # For logs; people get monitor.labels.wording(error).
        return self.key + (f" {self.facts}" if self.facts else "")


class ConfigError(MonitorError):
    """A configuration file is wrong; nothing starts with half a configuration.

    Facts always hold ``file`` and, where known, ``line`` (1-based) and ``name`` (the key in question).
    """


class UsageError(MonitorError):
    """A command was called with words it cannot take."""


class StoreError(MonitorError):
    """The database cannot be used as it is."""


class BusyError(MonitorError):
    """Another process works on the same database."""


class InputError(MonitorError):
    """A file handed to a command cannot be read as what it should be."""


class RefusedError(MonitorError):
    """A move that the case, the law or the person's role does not allow now; the key names the reason."""


class ConflictError(MonitorError):
    """Somebody else was first: the thing is no longer as the caller saw it, and nothing was overwritten."""
