"""The API's door: size, token, role, then the handler with a sitting of whose token it is, and every error's way out.

    request ▶ Whole: no more than may come ▶ route: token ▶ may this role? ▶ body read, shapes checked
            ▶ in a worker thread: database ▶ sitting (revision, on behalf) ▶ handler

Nothing of what came is read before its sender is known. Cookies are not looked at, so no page elsewhere can act here.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor import clock
from monitor.config import Home
from monitor.desk import access
from monitor.desk.naming import named
from monitor.desk.sitting import Sitting, seated
from monitor.errors import ConflictError, MonitorError, StoreError
from monitor.model.people import Person
from monitor.store.db import opened
from monitor.web.api import fault
from monitor.web.api.table import ApiRoute
from monitor.web.api.values import Act
from monitor.web.route import Who

log = logging.getLogger("monitor.web")
MOST = 1024 * 1024
"""Bytes of a body; no act needs as much."""
_LONGEST_TOKEN = 512


def guarded(home: Home, who: Who) -> type[APIRoute]:
    """A route that lets in whom the table says, before anything of the request is read."""

    class Guarded(APIRoute):
        """See ``guarded``."""

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            """See FastAPI: the handler behind the door."""
            inner = super().get_route_handler()

            async def come_in(request: Request) -> Response:
                if not who.public:
                    try:
                        person = await run_in_threadpool(_person, home, request)
                    except StoreError as error:
                        return _store(error)
                    if person is None:
                        return fault.plain(401, "token")
                    if not who.admits(person):
                        return fault.plain(403, "role")
                    if request.method == "POST" and not _json(request):
                        return fault.plain(415, "http_415")
                    request.state.person = person.id
                return await inner(request)

            return come_in

    return Guarded


def _json(request: Request) -> bool:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


def _person(home: Home, request: Request) -> Person | None:
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip()
    if kind.lower() != "bearer" or not 0 < len(secret) <= _LONGEST_TOKEN:
        return None
    with opened(home.database) as db:
        return access.token_person(db, secret, clock.now())


def endpoint(home: Home, route: ApiRoute) -> Callable[..., Any]:
    """The handler as FastAPI calls it: the request in place of the sitting, the rest as the handler declares it."""
    handle = route.handle
    assert handle is not None, route.name
    said = inspect.signature(handle, eval_str=True)

    def call(request: Request, **given: Any) -> Any:
        try:
            with opened(home.database) as db:
                sitting: Sitting | None = None
                try:
                    sitting = _seat(home, db, request, given)
                    return handle(sitting, **given)
                except StoreError:
                    raise
                except MonitorError as error:
                    told = named(sitting, error, str(request.path_params.get("id", ""))) if sitting else error
                    return fault.of(told, request.path_params, _present(sitting, error))
        except StoreError as error:
            return _store(error)

    whole = [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        *(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in list(said.parameters.values())[1:]),
    ]
    call.__signature__ = inspect.Signature(whole, return_annotation=said.return_annotation)  # type: ignore[attr-defined]
    call.__doc__, call.__name__ = handle.__doc__, handle.__name__
    return call


def _seat(home: Home, db: Any, request: Request, given: dict[str, Any]) -> Sitting:
    body = next((one for one in given.values() if isinstance(one, Act)), None)
    return seated(
        home, db, request.state.person, on_behalf=body.on_behalf if body else "",
        expected=body.revision if body else None, now=clock.now(),
    )  # fmt: skip


def _present(sitting: Sitting | None, error: MonitorError) -> int | None:
    """The present revision of the case that somebody else changed first."""
    named = error.facts.get("case")
    if sitting is None or not isinstance(error, ConflictError) or not isinstance(named, str):
        return None
    try:
        return sitting.case(named).revision
    except MonitorError:
        return None


def _store(error: StoreError) -> Response:
    log.error("store: %s", error)
    return fault.of(error, {})


class Whole:
    """Takes the body in whole before the API sees it, or refuses it for its size, announced or not.

    ``app`` gives the API, when it is first wanted.
    """

    def __init__(self, app: Callable[[], ASGIApp]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app()(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        body, more = b"", not announced.isdigit() or int(announced[:20]) <= MOST
        too_much = not more
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            too_much = len(body) > MOST
            more = message.get("more_body", False) and not too_much
        if too_much:
            await fault.plain(413, "too_large", most=MOST // 1024)(scope, receive, send)
            return
        whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def once() -> Message:
            return whole.pop() if whole else await receive()

        await self._app()(scope, once, send)
