"""One request, every way it can end, as a value.

    get(url) -> pace of the host -> robots.txt -> address check -> GET -> redirect? again from the robots on
             -> body within bounds -> Response(status, detail, body)

What this does not do: tell a feed from a page (``judge``), parse anything, or decide when to ask again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType

import httpcore
import httpx

from monitor import __version__, dates
from monitor.crawl import body, robots, urls
from monitor.crawl.address import RefusedAddressError, refused_literal
from monitor.crawl.transport import RoutingTransport
from monitor.model.fetch import Response, Status
from monitor.model.settings import CrawlSettings

PRODUCT = "UnionPressMonitor"
_ACCEPT = "application/rss+xml, application/atom+xml, text/html;q=0.9, application/xml;q=0.8, */*;q=0.5"
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_MAX_WAIT = 24 * 3600.0


def user_agent(contact: str) -> str:
    """Who we say we are: the product, its version and whom to write to."""
    return f"{PRODUCT}/{__version__} (press monitoring of a trade-union federation; {contact or 'contact not set'})"


@dataclass
class _Lane:
    """One host's lane: one request at a time, at the host's pace."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class Fetcher:
    """All requests of a round. Use as an async context manager.

    ``settings`` bound every request, ``book`` holds robots.txt rules (and receives new ones), ``pace`` gives the
    seconds between two requests for a host, ``clock`` the time that robots' age and Retry-After dates refer to.
    """

    def __init__(
        self,
        *,
        settings: CrawlSettings,
        contact: str,
        book: robots.RobotsBook,
        clock: Callable[[], datetime],
        pace: Callable[[str], float],
    ) -> None:
        self.settings = settings
        self._agent = user_agent(contact)
        self.book = book
        self.clock = clock
        self._pace = pace
        self._lanes: dict[str, _Lane] = {}
        self._transport = RoutingTransport(settings.allow_hosts, settings.hosts_at_once * 2)
        self._client = httpx.AsyncClient(
            transport=self._transport,
            timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout, pool=settings.total_timeout),
            headers={
                "User-Agent": self._agent,
                "Accept": _ACCEPT,
                "Accept-Language": "vi, en;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
        )

    async def __aenter__(self) -> Fetcher:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, url: str, *, etag: str = "", modified: str = "") -> Response:
        """What the URL answers, within the total deadline. Never raises but for cancellation."""
        if urls.join(url, url) is None:
            return Response(url=url, final_url=url, status=Status.UNREACHABLE, detail="URL")
        return await _Chain(self, url, etag, modified).follow()

    async def ask(self, url: str, extra: dict[str, str], cookies: httpx.Cookies, left: float) -> tuple[Response, float]:
        """One request, no redirect followed, alone in its host's lane and at its pace.

        ``left`` is what remains of the total deadline, in seconds; standing in the lane does not count against
        it. Returns the answer and what remains then.
        """
        name = urls.netloc(url)
        lane = self._lanes.setdefault(name, _Lane())
        loop = asyncio.get_running_loop()
        async with lane.lock:
            await asyncio.sleep(max(lane.free_at - loop.time(), 0.0))
            begun = loop.time()
            try:
                async with asyncio.timeout(left):
                    answer = await self._send(url, extra, cookies)
            except TimeoutError:
                limit = f"{self.settings.total_timeout:.0f}"
                answer = Response(url=url, final_url=url, status=Status.TOO_SLOW, detail=limit, requests=1)
            lane.free_at = loop.time() + max(self._pace(name), self.book.delay(name, PRODUCT))
            return answer, left - (loop.time() - begun)

    async def _send(self, url: str, extra: dict[str, str], cookies: httpx.Cookies) -> Response:
        nothing = Response(url=url, final_url=url, status=Status.UNREACHABLE, requests=1)
        try:
            request = self._client.build_request("GET", url, headers=extra)
        except httpx.InvalidURL:
            return replace(nothing, requests=0, detail="URL")
        if refused_literal(request.url.host, self.settings.allow_hosts):
            return replace(nothing, status=Status.BLOCKED_ADDRESS, detail=request.url.host, requests=0)
        with contextlib.suppress(UnicodeError):  # a cookie that no header can carry is left behind
            cookies.set_cookie_header(request)
        try:
            # Past the client, which would judge redirects and keep cookies for all.
            answer = await self._transport.handle_async_request(request)
            answer.request = request
            try:
                cookies.extract_cookies(answer)
                return await self._received(url, answer)
            finally:
                await answer.aclose()
        except RefusedAddressError as error:
            return replace(nothing, status=Status.BLOCKED_ADDRESS, detail=str(error), requests=0)
        except (httpx.ConnectTimeout, httpcore.ConnectTimeout):
            return replace(nothing, status=Status.TOO_SLOW, detail=f"{self.settings.connect_timeout:.0f}")
        except (httpx.ReadTimeout, httpcore.ReadTimeout):
            return replace(nothing, status=Status.TOO_SLOW, detail=f"{self.settings.read_timeout:.0f}")
        except (
            httpx.RemoteProtocolError,
            httpcore.RemoteProtocolError,
            httpx.ReadError,
            httpcore.ReadError,
            body.CutShortError,
        ):
            return replace(nothing, status=Status.CUT_SHORT)
        except body.TooLargeError:
            size = self.settings.max_bytes
            return replace(nothing, status=Status.TOO_LARGE, detail=f"{size / 2**20:.0f}", bytes=size)
        except body.UnknownCodingError as error:
            return replace(nothing, status=Status.BROKEN, detail=f"Content-Encoding: {error}"[:80])
        except (
            httpx.HTTPError,
            httpcore.NetworkError,
            httpcore.TimeoutException,
            httpcore.ProtocolError,
            httpx.InvalidURL,
            OSError,
        ) as error:
            return replace(nothing, detail="dns" if "cannot resolve" in str(error) else type(error).__name__)

    async def _received(self, url: str, answer: httpx.Response) -> Response:
        """The answer with its body; the body of a redirect or an error is not read."""
        headers = tuple((key, value[:4000]) for key, value in answer.headers.items())[:100]
        made = Response(url=url, final_url=url, status=Status.OK, code=answer.status_code, headers=headers, requests=1)
        code = answer.status_code
        if code in _REDIRECTS:
            return made
        if code == 304:
            return replace(made, not_modified=True)
        if code == 429 or (code == 503 and made.header("retry-after")):
            return replace(made, status=Status.ASKED_TO_WAIT, detail=str(code), retry_after=self._wait(made))
        if code in (404, 410):
            return replace(made, status=Status.GONE, detail=str(code))
        if code in (401, 402, 403, 407, 451):
            return replace(made, status=Status.FORBIDDEN, detail=str(code))
        if code >= 500:
            return replace(made, status=Status.SERVER_ERROR, detail=str(code), retry_after=self._wait(made))
        if code != 200 and not 200 < code < 204:
            return replace(made, status=Status.GONE if 400 <= code < 500 else Status.BROKEN, detail=str(code))
        content, raw = await body.read(
            answer.aiter_raw(), answer.headers.get("content-encoding", ""), self.settings.max_bytes
        )
        return replace(made, body=content, bytes=raw)

    def _wait(self, answer: Response) -> float | None:
        """Retry-After in seconds, from its number or its date; a day at most."""
        said = answer.header("retry-after").strip()
        if not said:
            return None
        if said.isdecimal():
            return min(float(said), _MAX_WAIT)
        at = dates.parse(said)
        return min(max((at - self.clock()).total_seconds(), 0.0), _MAX_WAIT) if at else None

    async def rules(self, url: str) -> tuple[robots.Robots, Response | None]:
        """The rules of the URL's host; with the answer that brought them, where they had to be asked for."""
        name = urls.netloc(url)
        found = self.book.get(name, self.clock())
        if found:
            return found, None
        answer = await _Chain(self, urls.join(url, "/robots.txt") or url, "", "", obey=False).follow()
        rules = robots.from_response(name, answer, self.clock())
        self.book.put(rules)
        return rules, answer


class _Chain:
    """A URL and the redirects behind it, under one deadline."""

    def __init__(self, fetcher: Fetcher, url: str, etag: str, modified: str, *, obey: bool = True) -> None:
        self._fetcher = fetcher
        self._url = url
        told = (("If-None-Match", etag), ("If-Modified-Since", modified))
        self._headers = {name: value for name, value in told if value and value.isascii()}
        self._obey = obey
        # Cookies live for one chain of redirects (some papers hand one out on the way), never longer.
        self._cookies = httpx.Cookies()
        self._left = fetcher.settings.total_timeout
        self._requests = 0
        self._bytes = 0

    async def follow(self) -> Response:
        answer = await self._hops()
        return replace(answer, url=self._url, requests=self._requests, bytes=self._bytes)

    async def _hops(self) -> Response:
        at, permanent = self._url, True
        seen: set[tuple[str, str]] = set()
        for _ in range(self._fetcher.settings.max_redirects + 1):
            refusal = await self._refused(at)
            if refusal:
                return refusal
            answer, self._left = await self._fetcher.ask(at, self._headers, self._cookies, max(self._left, 0.1))
            self._requests += answer.requests
            self._bytes += answer.bytes
            if answer.status is not Status.OK or answer.code not in _REDIRECTS:
                moved = at if permanent and at != self._url and urls.moved(self._url, at) else ""
                return replace(answer, final_url=at, moved_to=moved)
            permanent = permanent and answer.code in _PERMANENT
            there = urls.join(at, answer.header("location"))
            if there is None:
                return replace(answer, final_url=at, status=Status.BROKEN, detail="Location")
            # A second visit is a loop unless a cookie was handed out on the way.
            held = sorted((c.domain, c.path, c.name, c.value or "") for c in self._cookies.jar)
            state = (there, str(held))
            if state in seen or (there == at and not held):
                return replace(answer, final_url=at, status=Status.REDIRECT_LOOP, detail=there)
            seen.add(state)
            at = there
        return Response(url=self._url, final_url=at, status=Status.REDIRECT_LOOP, detail=at)

    async def _refused(self, at: str) -> Response | None:
        """The answer of our own that stands where a request must not be made."""
        if refused_literal(urls.host(at), self._fetcher.settings.allow_hosts):
            return Response(url=self._url, final_url=at, status=Status.BLOCKED_ADDRESS, detail=urls.host(at))
        if not self._obey:
            return None
        rules, asked = await self._fetcher.rules(at)
        if asked:
            self._requests += asked.requests
            self._bytes += asked.bytes
        if rules.failure:
            detail = rules.detail or "robots.txt"
            return Response(
                url=self._url, final_url=at, status=rules.failure, detail=detail, retry_after=rules.retry_after
            )
        if not self._fetcher.book.allows(urls.netloc(at), at, PRODUCT):
            return Response(url=self._url, final_url=at, status=Status.FORBIDDEN, detail="robots.txt")
        return None
