"""One row of the table of the API: method, address, handler, and who may call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from monitor.web.route import Who

Handle = Callable[..., Any]
"""Takes the sitting first, then what came by address, query and body; its annotations are the documented shapes."""


@dataclass(frozen=True, kw_only=True)
class ApiRoute:
    """``path`` is below ``/api/v1``. ``handle`` None: the document of the API itself, which needs no sitting."""

    method: str
    path: str
    who: Who
    handle: Handle | None = None
    status: int = 200

    @property
    def name(self) -> str:
        """Unique among all routes."""
        return f"{self.method} {self.path}"


def read(path: str, handle: Handle, who: Who) -> ApiRoute:
    """Something to read."""
    return ApiRoute(method="GET", path=path, who=who, handle=handle)


def act(path: str, handle: Handle, who: Who) -> ApiRoute:
    """Something done to what is there."""
    return ApiRoute(method="POST", path=path, who=who, handle=handle)


def make(path: str, handle: Handle, who: Who) -> ApiRoute:
    """Something that makes a new thing."""
    return ApiRoute(method="POST", path=path, who=who, handle=handle, status=201)
