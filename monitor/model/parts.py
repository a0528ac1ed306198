"""The things a case is made of, as tuples: drawing a number, finding one, exchanging one for its next state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from monitor.errors import RefusedError
from monitor.model.case import Case


class Thing(Protocol):
    """A part of a case: it has an id and is replaced as a whole."""

    @property
    def id(self) -> str:
        """Unique within its case, for good."""
        ...


T = TypeVar("T", bound=Thing)


def numbered(case: Case, letter: str) -> tuple[Case, str]:
    """The case with its number drawn, and the id made of it ("c7")."""
    return replace(case, last=case.last + 1), f"{letter}{case.last + 1}"


def find(things: Iterable[T], ident: str, *, case: str) -> T:
    """The thing of this id. Raises RefusedError naming those there are."""
    known = tuple(things)
    for thing in known:
        if thing.id == ident:
            return thing
    raise RefusedError("thing_unknown", thing=ident, case=case, known=", ".join(t.id for t in known) or "–")


def exchanged(things: tuple[T, ...], ident: str, change: Callable[[T], T]) -> tuple[T, ...]:
    """The tuple with the thing of this id changed."""
    return tuple(change(thing) if thing.id == ident else thing for thing in things)
