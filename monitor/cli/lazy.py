"""Commands that are imported when they are called: a list of cases need not wait for what reads pages.

name ──▶ where it is ("cases.every:case"), its help ──called──▶ the module, the command
                                        └────listed──▶ the help alone
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click

Place = tuple[str, str]
"""Where a command is, as "module:name" under this package, and its help."""


class Commands(MutableMapping[str, click.Command]):
    """The commands of a group by name; reading one imports it."""

    def __init__(self, places: Mapping[str, Place]) -> None:
        self._places = dict(places)
        self._here: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._here:
            module, _, attribute = self._places[name][0].partition(":")
            self._here[name] = getattr(import_module(f"monitor.cli.{module}"), attribute)
        return self._here[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._here[name] = command

    def __delitem__(self, name: str) -> None:
        found = self._here.pop(name, None), self._places.pop(name, None)
        if found == (None, None):
            raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return name in self._here or name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter({**self._places, **self._here})

    def __len__(self) -> int:
        return len({**self._places, **self._here})

    def listed(self) -> dict[str, click.Command]:
        """Every command with its help, for a list of them: one that is not here yet is a hull that does nothing."""
        hulls = {name: click.Command(name, help=told) for name, (_, told) in self._places.items()}
        return hulls | self._here


class LazyGroup(click.Group):
    """A group of ``Commands``; its own help imports none of them."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """As click lists them."""
        if isinstance(self.commands, Commands):
            click.Group(commands=self.commands.listed()).format_commands(ctx, formatter)
        else:
            super().format_commands(ctx, formatter)
