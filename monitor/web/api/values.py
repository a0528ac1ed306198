"""Words, days, hours and lists as the API takes and gives them; strict, because anything may come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Generic, TypeVar

from fastapi import Path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from monitor import clock
from monitor.text import nfc

T = TypeVar("T")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_FIRST, _LAST = date(1945, 1, 1), date(2100, 12, 31)
"""Days outside are slips of the pen, and arithmetic with them ends in errors."""


class Shape(BaseModel):
    """What goes in or out: frozen, and a field that is not there is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


def _words(text: str) -> str:
    if _CONTROL.search(text):
        raise PydanticCustomError("control", "control characters are not allowed")
    return nfc(text).replace("\r\n", "\n").strip()


def _iso_day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError("day", "a day is written 2026-11-05")
    if not isinstance(value, str | date) or isinstance(value, datetime):
        raise PydanticCustomError("day", "a day is written 2026-11-05")
    return value


def _of_our_time(day: date) -> date:
    if not _FIRST <= day <= _LAST:
        raise PydanticCustomError("day", "no day of our time")
    return day


def _iso_moment(value: object) -> object:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise PydanticCustomError("moment", "a time is written 2026-11-05T14:30+07:00")
    return value


def _aware(at: datetime) -> datetime:
    _of_our_time(at.date())
    return (at if at.tzinfo else at.replace(tzinfo=clock.VN)).astimezone(UTC)


def _there(at: datetime) -> str:
    return clock.local(at).isoformat(timespec="seconds")


Line = Annotated[str, Field(max_length=2000), AfterValidator(_words)]
Text = Annotated[str, Field(max_length=100_000), AfterValidator(_words)]
Name = Annotated[str, Field(max_length=200), AfterValidator(_words)]
Many = Annotated[tuple[Name, ...], Field(max_length=200)]
Ident = Annotated[str, Path(max_length=80), AfterValidator(_words)]
"""A part of the address."""
Day = Annotated[date, BeforeValidator(_iso_day), AfterValidator(_of_our_time)]
Moment = Annotated[datetime, BeforeValidator(_iso_moment), AfterValidator(_aware)]
"""Comes with a zone, or is meant as the office's clock has it; UTC inside."""
When = Annotated[
    datetime, PlainSerializer(_there, return_type=str), WithJsonSchema({"type": "string", "format": "date-time"})
]
"""Goes out as ISO 8601 with +07:00."""
Said = Annotated[str | None, BeforeValidator(lambda said: said or None)]
"""Words that may be missing: null and never empty."""


class Act(Shape):
    """What every act on a case may say: the ``revision`` its caller saw (409 where somebody was quicker), and whom it
    is done on behalf of."""

    revision: int | None = Field(None, ge=0, le=10**9)
    on_behalf: Name = ""


class Paged(Shape):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(50, ge=1, le=200)


class Span(Paged):
    """Which page of what came in these days, both included."""

    since: Day | None = None
    until: Day | None = None

    @property
    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """The interval in UTC, its end excluded."""
        return (
            clock.day_bounds(self.since)[0] if self.since else None,
            clock.day_bounds(self.until)[1] if self.until else None,
        )


class Rows(Shape, Generic[T]):
    """A page of a list; ``total`` counts the whole."""

    page: int
    per_page: int
    total: int
    items: tuple[T, ...]


class Problem(Shape):
    """What is wrong with one field; ``field`` as a path: "body.due"."""

    field: str
    message: str


class Fault(Shape):
    """Why it was not done: ``error`` for programs, ``message`` for people. ``revision``: the present one of a case that
    somebody else changed first."""

    error: str
    message: str
    revision: int | None = None
    fields: tuple[Problem, ...] | None = None


def cut(found: Sequence[T], asked: Paged) -> Sequence[T]:
    """The rows of the page asked for."""
    return found[(asked.page - 1) * asked.per_page :][: asked.per_page]


def listed(items: Iterable[T], total: int, asked: Paged) -> Rows[T]:
    """A page as it goes out."""
    return Rows[T](page=asked.page, per_page=asked.per_page, total=total, items=tuple(items))
