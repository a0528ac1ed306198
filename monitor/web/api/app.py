"""The API as an application of its own, mounted at ``/api/v1``: routes, its document, errors in words."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from functools import cache
from http import HTTPStatus

from fastapi import FastAPI, Security
from fastapi.exceptions import RequestValidationError
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.config import Home
from monitor.labels import label
from monitor.web.api import acts, acts_case, fault, reads
from monitor.web.api.door import Whole, endpoint, guarded
from monitor.web.api.table import ApiRoute
from monitor.web.api.values import Fault
from monitor.web.route import PUBLIC

log = logging.getLogger("monitor.web")
PLACE = "/api/v1"
_DOCUMENT = ApiRoute(method="GET", path="/openapi.json", who=PUBLIC)
ROUTES: tuple[ApiRoute, ...] = (_DOCUMENT, *reads.ROUTES, *acts.ROUTES, *acts_case.ROUTES)
"""Everything that may be called, and by whom."""
_ABOUT = """The desk of a press monitor, for programs: the same reads and acts, with the rights of whose token it is.

Send `Authorization: Bearer TOKEN`; a token is made on the desk's page of one's account. Times are ISO 8601, days
`2026-11-05`; a time without a zone is Vietnamese time. An error is `{"error": key, "message": words in Vietnamese}`.
"""
_WRONG = {
    400: "The body cannot be read.", 401: "No token, or not a good one.", 403: "Not for this role.",
    404: "There is no such thing, or not for whose token it is.", 409: "Somebody else was first.",
    413: "Too much was sent.", 415: "The body is not application/json.",
    422: "The shape is wrong, or the desk refuses the act.", 503: "The database cannot be used now.",
}  # fmt: skip
_KNOWN = (400, 404, 405, 413, 415, 421)
_ONLY_ACTS = (400, 409, 413, 415)


def build(home: Home) -> ASGIApp:
    """The API over one working folder, put together when it is first called: most desks never are by a program."""
    return Whole(cache(lambda: _build(home)))


def _build(home: Home) -> ASGIApp:
    api = FastAPI(
        title="Press monitor", version="1", description=_ABOUT, docs_url=None, redoc_url=None, openapi_url=None,
        redirect_slashes=False, servers=[{"url": PLACE}],
        exception_handlers={RequestValidationError: _invalid, HTTPException: _http, Exception: _crash},
    )  # fmt: skip
    bearer = [Security(HTTPBearer(auto_error=False))]

    def document() -> JSONResponse:
        """This document."""
        return JSONResponse(api.openapi())

    for route in ROUTES:
        handle = endpoint(home, route) if route.handle else document
        api.router.add_api_route(
            route.path, handle, methods=[route.method], status_code=route.status, operation_id=handle.__name__,
            dependencies=None if route.who.public else bearer, route_class_override=guarded(home, route.who),
            responses=_responses(route), tags=[route.path.split("/")[1]],
            response_description=HTTPStatus(route.status).phrase,
        )  # fmt: skip
    return api


def _responses(route: ApiRoute) -> dict[int | str, dict[str, object]]:
    if route.who.public:
        return {}
    wanted = [status for status in _WRONG if route.method != "GET" or status not in _ONLY_ACTS]
    return {status: {"model": Fault, "description": _WRONG[status]} for status in wanted}


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found: Sequence[dict[str, object]] = error.errors()
    return fault.invalid(found)


async def _http(request: Request, error: Exception) -> Response:
    return words(error.status_code if isinstance(error, HTTPException) else 500)


def words(status: int) -> JSONResponse:
    """What the server itself refuses, in words."""
    return fault.plain(status, f"http_{status}" if status in _KNOWN else "http_other")


async def _crash(request: Request, error: Exception) -> Response:
    # The trace is for the log; the caller gets the number under which it stands there.
    number = secrets.token_hex(4)
    log.error("api %s failed, number %s", request.url.path, number, exc_info=error)
    return fault.refused(500, "crash", label("web", "crash", number=number))


class InJson:
    """What the guards around the desk refuse below ``/api`` is told in JSON too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http" or not f"{scope['path']}/".startswith("/api/"):
            await self._app(scope, receive, send)
            return
        instead: JSONResponse | None = None

        async def told(message: Message) -> None:
            nonlocal instead
            if message["type"] == "http.response.start" and message["status"] >= 400:
                kind = dict(message["headers"]).get(b"content-type", b"")
                instead = None if kind.startswith(b"application/json") else words(message["status"])
            if instead is None:
                await send(message)
            elif message["type"] == "http.response.body" and not message.get("more_body", False):
                await instead(scope, receive, send)

        await self._app(scope, receive, told)
