"""Where a browser may go for one page, as rules it is started with.

    page's host + hosts its HTML names ──▶ address guard ──▶ MAP name address, …, MAP * ~NOTFOUND  (+ proxy script)

The browser asks the network itself, so a hostile page must not be able to send it to the office's own machines: not by
a name that answers differently the second time (names are mapped to the addresses that were checked), not by an address
written out, not by a redirect (whatever is not mapped is not found). Behind a proxy that resolves names, the same names
go to the proxy and nothing else does. Hosts that only style sheets name stay out.
"""

from __future__ import annotations

import base64
import ipaddress
import json
import re
import secrets
import socket
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

from monitor.crawl import urls
from monitor.crawl.address import is_public, literal, refused_literal
from monitor.model.evidence import MissingReason

_MOST_HOSTS = 40
_MOST_HTML = 2 * 2**20
_RESOLVING = 8.0
_LOADED = re.compile(
    r"""\b(?:src|srcset|poster|background|data)\s*=\s*["']?([^"'<>]{1,2000})|<(?:link|base)\b([^<>]{1,2000})"""
    r"""|\burl\(\s*["']?([^"'()<>]{1,2000})""",
    re.I,
)
_ABSOLUTE = re.compile(r"""(?:\b(https?):)?//([\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?=[:/?#\s,"'\\>]|$)""", re.I)
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")

Resolve = Callable[[str], Iterable[str]]


@dataclass(frozen=True, kw_only=True)
class Route:
    """Where the browser may go: its resolver's rules, and the proxy script where some of it goes through a proxy."""

    rules: str
    script: str = ""

    @property
    def flags(self) -> tuple[str, ...]:
        """As the browser takes them."""
        if not self.script:
            return (f"--host-resolver-rules={self.rules}", "--no-proxy-server")
        packed = base64.b64encode(self.script.encode()).decode()
        pac = f"--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,{packed}"
        return (f"--host-resolver-rules={self.rules}", pac)


def resolve_name(host: str) -> list[str]:
    """The addresses of a name; none where it has none."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def named_hosts(html: str, scheme: str) -> list[tuple[str, str]]:
    """(scheme, host) of what a page loads, in its order; not of what it links to."""
    found: dict[tuple[str, str], None] = {}
    for match in _LOADED.finditer(html[:_MOST_HTML]):
        value = unescape(match[1] or match[2] or match[3])
        for said, host in _ABSOLUTE.findall(value):
            found[(said.lower() or scheme, host.strip("[]").lower().rstrip("."))] = None
            if len(found) >= _MOST_HOSTS:
                return list(found)
    return list(found)


def route(
    url: str, html: str, *, allowed: Iterable[str] = (), resolve: Resolve = resolve_name
) -> Route | MissingReason:
    """The rules for one page; or why it cannot be shown: its own host is refused, or the proxy cannot be used."""
    parts = urlsplit(url)
    own, scheme, allowed = urls.host(url), parts.scheme.lower(), tuple(allowed)
    if refused_literal(own, allowed):
        return MissingReason.ADDRESS_REFUSED
    proxies: dict[str, str] = {}
    asked: dict[str, bool] = {}
    for kind, host in dict.fromkeys([(scheme, own), *named_hosts(html, scheme)]):
        if host != own and refused_literal(host):
            continue
        if (proxy := _proxy(kind, host)) is None:
            asked.setdefault(host, host == own and host in allowed)
        else:
            proxies[f"{kind}://{_bracketed(host)}"] = proxy
    lines = _mapped(asked, resolve)
    if f"{scheme}://{_bracketed(own)}" not in proxies and own not in lines:
        return MissingReason.ADDRESS_REFUSED
    rules = list(lines.values())
    script = ""
    if proxies:
        through = _through(set(proxies.values()), resolve)
        if through is None:
            return MissingReason.PROXY_UNUSABLE
        rules += [rule for _, rule in through.values()]
        table = json.dumps({origin: through[proxy][0] for origin, proxy in proxies.items()})
        script = (
            f"function FindProxyForURL(url, host) {{ var t = {table}; "
            'return t[url.substring(0, url.indexOf(":")) + "://" + host] || "DIRECT"; }'
        )
    return Route(rules=", ".join([*rules, "MAP * ~NOTFOUND"]), script=script)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _proxy(scheme: str, host: str) -> str | None:
    """The proxy that the environment names for an origin."""
    named = urllib.request.getproxies()
    proxy = named.get(scheme) or named.get("all")
    if not proxy or urllib.request.proxy_bypass(_bracketed(host)):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def _mapped(asked: dict[str, bool], resolve: Resolve) -> dict[str, str]:
    """The rule for each host whose every address may be asked; the flag says that it may be private."""
    pool = ThreadPoolExecutor(16, "resolving")
    waiting = {host: pool.submit(_addresses, host, resolve) for host in asked}
    wait(waiting.values(), _RESOLVING)
    pool.shutdown(wait=False, cancel_futures=True)
    rules = {}
    for host, future in waiting.items():
        name, found = future.result() if future.done() and not future.cancelled() else ("", [])
        if name and found and (asked[host] or all(is_public(one) for one in found)):
            best = min(found, key=lambda one: one.version)
            rules[host] = f"MAP {_bracketed(name)} {_bracketed(str(best))}"
    return rules


def _addresses(host: str, resolve: Resolve) -> tuple[str, list[ipaddress.IPv4Address | ipaddress.IPv6Address]]:
    """The host as the browser spells it, and its addresses."""
    if (address := literal(host)) is not None:
        return str(address), [address]
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
        found = [ipaddress.ip_address(one) for one in resolve(name)] if _NAME.fullmatch(name) else []
    except ValueError:  # no name (UnicodeError is one), or no address
        return "", []
    return name, found


def _through(proxies: set[str], resolve: Resolve) -> dict[str, tuple[str, str]] | None:
    """For each proxy how the script names it, and its rule; None where one cannot be handed to a browser.

    The proxy may be on loopback. It gets a name nobody can guess, so that no page can reach it as a host.
    """
    made = {}
    for proxy in sorted(proxies):
        try:
            parts = urlsplit(proxy)
            host, port = parts.hostname or "", parts.port or 80
        except ValueError:
            return None
        if parts.scheme != "http" or parts.username or not host:
            return None
        address = literal(host)
        found = [str(address)] if address else list(resolve(host))
        if not found:
            return None
        alias = f"proxy-{secrets.token_hex(8)}.invalid"
        made[proxy] = (f"PROXY {alias}:{port}", f"MAP {alias} {_bracketed(found[0])}")
    return made
