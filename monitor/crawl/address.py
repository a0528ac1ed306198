"""Which addresses may be asked at all: never a private, loopback or link-local one.

Checked three times: as written in a URL (``refused_literal``), by name (``localhost``), and as resolved, at the
moment of connecting and on the very address connected to (``GuardedBackend``), so that a name that answers
differently the second time gains nothing. Behind an HTTP proxy the proxy resolves names; the first two checks
stand all the same.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

import httpcore

_LOCAL_NAMES = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "ip6-localhost",
    "ip6-loopback",
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class RefusedAddressError(Exception):
    """The address is one we do not speak to; the message is that address."""


def is_public(address: IPAddress) -> bool:
    """Whether an address belongs to the open internet, also behind IPv4-in-IPv6 spellings."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if not inner and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if not inner and address.teredo:
            return False
        if inner:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def literal(host: str) -> IPAddress | None:
    """The address a host is written as, in any spelling a resolver accepts (127.1, 0x7f000001, 2130706433)."""
    bare = host.strip("[]").partition("%")[0].rstrip(".")
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    if bare and bare.replace(".", "").replace("x", "").replace("X", "").isalnum() and bare[0].isdigit():
        try:
            return ipaddress.IPv4Address(socket.inet_aton(bare))
        except OSError:
            return None
    return None


def refused_literal(host: str, allowed: Iterable[str] = ()) -> bool:
    """Whether the host as written is refused, before any name is resolved."""
    name = host.lower().rstrip(".")
    if name in allowed:
        return False
    address = literal(name)
    if address is not None:
        return not is_public(address)
    return not name or any(name == local or name.endswith("." + local) for local in _LOCAL_NAMES)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a name itself, refuses it when any of its addresses is private, and connects to what it checked."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = frozenset(allowed)
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """See httpcore. Raises RefusedAddressError, or httpcore's connect errors."""
        if refused_literal(host, self._allowed):
            raise RefusedAddressError(host)
        try:
            async with asyncio.timeout(timeout):
                found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"resolving {host}") from None
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"cannot resolve {host}: {error}") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if host.lower() not in self._allowed:
            for address in addresses:
                if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                    raise RefusedAddressError(f"{host} ({address})")
        failure: Exception = httpcore.ConnectError(f"no address for {host}")
        for address in addresses[:4]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never: no outlet lives behind a socket file."""
        raise RefusedAddressError(path)

    async def sleep(self, seconds: float) -> None:
        """See httpcore."""
        await asyncio.sleep(seconds)
