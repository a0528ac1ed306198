"""How requests leave: through the proxy the environment names, or directly through the address guard.

httpx honours HTTP(S)_PROXY only where it builds its own transport, and its own transport resolves names
unguarded; so both ways are chosen here.
"""

from __future__ import annotations

import ssl
import urllib.request
from collections.abc import AsyncIterator, Iterable

import certifi
import httpcore
import httpx

from monitor.crawl.address import GuardedBackend
from monitor.errors import UsageError


class _Stream(httpx.AsyncByteStream):
    def __init__(self, stream: AsyncIterator[bytes], close: object) -> None:
        self._stream = stream
        self._close = close

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        if hasattr(self._close, "aclose"):
            await self._close.aclose()


class DirectTransport(httpx.AsyncBaseTransport):
    """An httpcore pool with guarded connections, spoken to as an httpx transport."""

    def __init__(self, allowed: Iterable[str], connections: int) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(cafile=certifi.where()),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=10.0,
            network_backend=GuardedBackend(allowed),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx. httpcore's own exceptions come through; ``client`` judges both families."""
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        stream = answer.stream
        assert not isinstance(stream, bytes)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(aiter(stream), stream),  # type: ignore[arg-type]
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Ends all connections."""
        await self._pool.aclose()


def _proxied(variable: str, proxy: str, connections: int) -> httpx.AsyncHTTPTransport:
    limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=10.0)
    try:
        if not 0 < (httpx.URL(proxy).port or 80) < 65536:
            raise ValueError("port")
        return httpx.AsyncHTTPTransport(proxy=httpx.Proxy(proxy), limits=limits, trust_env=False)
    except (ValueError, ImportError, httpx.InvalidURL) as error:
        # SOCKS is one of these: it would need a library more.
        raise UsageError("bad_proxy", variable=variable) from error


class RoutingTransport(httpx.AsyncBaseTransport):
    """Direct or through a proxy, request by request, as HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY say.

    Raises UsageError for a proxy that cannot be used.
    """

    def __init__(self, allowed: Iterable[str], connections: int) -> None:
        named = urllib.request.getproxies()
        self._proxies = {
            scheme: url if "://" in url else f"http://{url}"
            for scheme in ("http", "https", "all")
            if (url := named.get(scheme))
        }
        self._by_proxy = {
            url: _proxied(f"{name.upper()}_PROXY", url, connections) for name, url in self._proxies.items()
        }
        self._direct = DirectTransport(allowed, connections)

    def proxy_for(self, url: httpx.URL) -> str | None:
        """The proxy for a URL, or None where it is asked directly."""
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        return None if proxy is None or urllib.request.proxy_bypass(url.netloc.decode("ascii")) else proxy

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        proxy = self.proxy_for(request.url)
        transport = self._by_proxy[proxy] if proxy else self._direct
        return await transport.handle_async_request(request)

    async def aclose(self) -> None:
        """Ends all connections."""
        await self._direct.aclose()
        for transport in self._by_proxy.values():
            await transport.aclose()
