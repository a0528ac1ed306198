"""Why something was not done, as JSON: a key for programs, the same words for people as everywhere, a status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.responses import JSONResponse

from monitor.errors import (
    BusyError,
    ConfigError,
    ConflictError,
    InputError,
    MonitorError,
    RefusedError,
    StoreError,
    UsageError,
)
from monitor.labels import label, wording
from monitor.text import nfc
from monitor.web.api.values import Fault, Problem

_NOT_HIS = ("role_missing", "unit_leads", "unit_signs", "answer_of_other", "person_disabled")
_STATUS: tuple[tuple[type[MonitorError], int], ...] = (
    (ConflictError, 409),
    (RefusedError, 422),
    (UsageError, 422),
    (InputError, 422),
    (BusyError, 503),
    (StoreError, 503),
    (ConfigError, 500),
)
_KINDS = (
    ("missing", "missing"), ("extra", "extra"), ("enum", "choice"), ("literal", "choice"), ("int", "whole"),
    ("bool", "yes_no"), ("greater", "range"), ("less", "range"), ("string_too_long", "long"), ("too_long", "many"),
    ("too_short", "few"), ("date", "day"), ("day", "day"), ("moment", "moment"), ("control", "control"),
    ("string_unicode", "control"),
)  # fmt: skip
_NAMED = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,39}")
_MOST = 20


def refused(status: int, error: str, message: str, **more: Any) -> JSONResponse:
    """An answer that nothing was done."""
    told = Fault(error=error, message=nfc(message), **more)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse(told.model_dump(exclude_none=True), status, headers=headers)


def plain(status: int, key: str, **facts: object) -> JSONResponse:
    """A reason of the API's own, worded in the labels group ``web_api``."""
    return refused(status, key, label("web_api", key, **facts))


def of(error: MonitorError, parts: Mapping[str, object], revision: int | None = None) -> JSONResponse:
    """What the desk refused; what is unknown and stands in the address (``parts``) is not there."""
    return refused(status_of(error, parts), error.key, wording(error), revision=revision)


def status_of(error: MonitorError, parts: Mapping[str, object]) -> int:
    """The HTTP status."""
    if error.key.endswith("_unknown") and _in(map(error.facts.get, ("value", "thing")), parts.values()):
        return 404
    if isinstance(error, RefusedError) and (error.key in _NOT_HIS or error.key.endswith("_role")):
        return 403
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 422)


def _in(facts: Iterable[object], parts: Iterable[object]) -> bool:
    """Whether one of the words is a part of the address; in errors long ones are cut."""
    named = [part.casefold() for part in parts if isinstance(part, str)]
    words = [fact.casefold() for fact in facts if isinstance(fact, str) and fact]
    return any(part == word or (len(word) >= 40 and part.startswith(word)) for part in named for word in words)


def invalid(errors: Sequence[Mapping[str, Any]]) -> JSONResponse:
    """What came has not the documented shape. Nothing of it is repeated but names of fields."""
    if any(error.get("type") == "json_invalid" for error in errors):
        return plain(422, "body_unreadable")
    found = tuple(Problem(field=_path(error.get("loc", ())), message=_problem(error)) for error in errors[:_MOST])
    told = "; ".join(f"{one.field}: {one.message}" for one in found[:5])
    return refused(422, "shape", label("web_api", "shape", fields=told), fields=found)


def _path(loc: Iterable[object]) -> str:
    parts = [f"{one}" if isinstance(one, int) or _NAMED.fullmatch(f"{one}") else "?" for one in loc]
    return ".".join(parts) or "body"


def _problem(error: Mapping[str, Any]) -> str:
    kind = str(error.get("type", ""))
    key = next((key for begin, key in _KINDS if kind.startswith(begin)), "type")
    limits = {name: value for name, value in (error.get("ctx") or {}).items() if isinstance(value, str | int)}
    most = limits.get("max_length") or limits.get("le") or limits.get("lt") or ""
    least = limits.get("ge", limits.get("gt", limits.get("min_length", "")))
    if key == "choice":
        return label("web_api", "choice", expected=_choices(str(limits.get("expected", ""))))
    if key == "range":
        return label("web_api", "at_least", least=least) if "ge" in limits else label("web_api", "at_most", most=most)
    if key in ("long", "many"):
        return label("web_api", key, most=most)
    return label("web_api", key)


def _choices(expected: str) -> str:
    return ", ".join(re.findall(r"'([^']*)'", expected)) or expected
