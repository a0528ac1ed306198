"""Around every answer: which hosts we are called by, how much may come in, and what a browser may do with a page."""

from __future__ import annotations

import ipaddress
import socket

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.labels import label
from monitor.model.access import WebSettings
from monitor.web.door import plain_error

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
}
_TEXT_LIMIT = 8 * 1024 * 1024
"""Bytes of a form without files."""


class Headers:
    """Every answer's headers. A page is kept by no cache: it may hold what the next person may not see."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
                if self._settings.https:
                    headers["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        await self._app(scope, receive, with_headers)


class Hosts:
    """Refuses names that are not ours: a page elsewhere whose name was pointed here must not speak for a person.

    Addresses in figures are nobody's name to point; this machine's own name and those configured are ours.
    """

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._known = {"localhost", socket.gethostname().lower(), *(host.lower() for host in settings.hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] == "http" and not self._ours(scope):
            answer = plain_error(421, label("web", "http_421"))
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _ours(self, scope: Scope) -> bool:
        raw = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1").lower()
        bare = raw[1 : raw.find("]")] if raw.startswith("[") else raw.rpartition(":")[0] or raw
        try:
            ipaddress.ip_address(bare)
        except ValueError:
            return bare in self._known
        return True


class Limit:
    """Ends a request that sends more than may come: by what it announces, and by what really comes."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app, self._most = app, settings.upload_mb * 1024 * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = dict(scope["headers"])
        files = sent.get(b"content-type", b"").startswith(b"multipart/form-data")
        most = self._most if files else min(self._most, _TEXT_LIMIT)
        announced = sent.get(b"content-length", b"0")
        words = label("web", "too_large", most=most // 1024 // 1024)
        if not announced.isdigit() or int(announced) > most:
            await plain_error(413, words)(scope, receive, send)
            return
        came = 0

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > most:
                raise TooMuch
            return message

        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counted, noting)
        except TooMuch:
            if not started:
                await plain_error(413, words)(scope, receive, send)


class TooMuch(Exception):  # noqa: N818 - never leaves this module
    """More came than may."""
