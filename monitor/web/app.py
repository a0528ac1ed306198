"""The web application over one working folder."""

from __future__ import annotations

import logging
import secrets
from importlib import resources
from mimetypes import guess_type
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from monitor.config import Home
from monitor.labels import label
from monitor.model.access import WebSettings
from monitor.web import api, door, guards
from monitor.web.routing import PAGES

log = logging.getLogger("monitor.web")
_FOREVER = "public, max-age=31536000, immutable"
_KNOWN = (400, 404, 405, 413, 415)


def build(home: Home, settings: WebSettings) -> Starlette:
    """The application: every page of ``routing.PAGES``, the static files, the API, errors in words."""
    routes: list[BaseRoute] = [
        Route(page.path, door.endpoint(home, settings, page), methods=[page.method], name=page.name) for page in PAGES
    ]
    routes.append(Route("/tinh/{name}", static, methods=["GET"]))
    routes.append(Mount("/api/v1", app=api.build(home), name="api"))
    return _Desk(
        settings,
        routes=routes,
        middleware=[
            Middleware(api.InJson),
            Middleware(guards.Hosts, settings=settings),
            Middleware(guards.Limit, settings=settings),
        ],
        exception_handlers={HTTPException: _http, Exception: _crash},
    )


class _Desk(Starlette):
    """Starlette with our headers around everything, the page of a crash included."""

    def __init__(self, settings: WebSettings, routes: list[BaseRoute], **more: Any) -> None:
        self._settings = settings
        super().__init__(routes=routes, **more)

    def build_middleware_stack(self) -> ASGIApp:
        """See Starlette, whose own outermost layer answers crashes."""
        return guards.Headers(super().build_middleware_stack(), self._settings)


async def static(request: Request) -> Response:
    """One of our own style sheets, scripts or pictures."""
    folder = resources.files("monitor.web").joinpath("static")
    name = str(request.path_params["name"])
    if name not in {one.name for one in folder.iterdir()}:
        raise HTTPException(404)
    kind = guess_type(name)[0] or "application/octet-stream"
    return Response(
        folder.joinpath(name).read_bytes(), media_type=kind, headers={"Cache-Control": _FOREVER}
    )  # fmt: skip


async def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return door.plain_error(status, label("web", f"http_{status}" if status in _KNOWN else "http_other"))


async def _crash(request: Request, error: Exception) -> Response:
    # The trace is for the log; the person gets the number under which it stands there.
    number = secrets.token_hex(4)
    log.error("page %s failed, number %s", request.url.path, number, exc_info=error)
    return door.plain_error(500, label("web", "crash", number=number))
