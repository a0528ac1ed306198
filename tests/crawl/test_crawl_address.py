"""Which addresses are asked at all, in every spelling, by name, and as resolved at the moment of connecting."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
from typing import Any

import httpcore
import pytest
from crawl_server import Site, get
from hypothesis import given
from hypothesis import strategies as st

from monitor.crawl.address import GuardedBackend, RefusedAddressError, is_public, literal, refused_literal
from monitor.model.fetch import Status

PRIVATE = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "0",
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0X7F.0.0.1",
    "0x7f.1",
    "0177.0.0.1",
    "0177.0x0.0.1",
    "127.0.0.1.",
    "10.0.0.1",
    "10.1",
    "012.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "192.168.257",
    "3232235777",
    "169.254.169.254",
    "0xa9fea9fe",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "[::1]",
    "0:0:0:0:0:0:0:1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:192.168.0.1",
    "::127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::7f00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:53aa:64c:0:0:0:1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "fc00::1",
    "fd12:3456:789a::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
]
PUBLIC = ["8.8.8.8", "134744072", "1.1.1.1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]
LOCAL_NAMES = [
    "localhost",
    "LOCALHOST",
    "localhost.",
    "www.localhost",
    "localhost.localdomain",
    "may-in.local",
    "congthongtin.lan",
    "vpn.internal",
    "nas.home.arpa",
    "ip6-localhost",
    "",
    ".",
]
PUBLIC_NAMES = ["bao.vn", "localhost.vn", "local.vn", "10.vn", "127.0.0.1.vn", "0x7f.vn", "xn--bo-mia.vn", "lan.com.vn"]


@pytest.mark.parametrize("host", PRIVATE + LOCAL_NAMES)
def test_every_spelling_of_a_place_inside_is_refused(host: str) -> None:
    assert refused_literal(host)


@pytest.mark.parametrize("host", PUBLIC + PUBLIC_NAMES)
def test_places_outside_are_not_refused(host: str) -> None:
    assert not refused_literal(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "may-in.local", "::1"])
def test_a_host_the_office_allows_is_let_through_and_no_other_spelling_of_it(host: str) -> None:
    assert not refused_literal(host, (host,))
    assert not refused_literal(host.upper() + ".", (host,))
    assert refused_literal("127.1", (host,))


@given(st.ip_addresses(v=4))
def test_an_address_in_any_spelling_is_the_same_address(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    last = number & 0xFFFFFF
    for spelling in (str(address), str(number), hex(number), f"0{number:o}", f"{number >> 24}.{last}"):
        assert literal(spelling) == address
    assert is_public(ipaddress.IPv6Address(f"::ffff:{address}")) == is_public(address)
    assert is_public(ipaddress.IPv6Address((0x2002 << 112) | number << 80)) == is_public(address)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_addresses(text: str) -> None:
    refused_literal(text)


class Resolver:
    """Stands in for the system's resolver: each name has the answers of its successive questions."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def getaddrinfo(self, _loop: object, host: str, port: int, **_: object) -> list[Any]:
        self.asked.append(host)
        try:
            told = self.answers[host.split(".", maxsplit=1)[0]]
        except KeyError:
            raise socket.gaierror(-2, "Name or service not known") from None
        addresses = told.pop(0) if len(told) > 1 else told[0]
        kinds = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        return [(kind, socket.SOCK_STREAM, 6, "", (at, port)) for kind, at in zip(kinds, addresses, strict=True)]


class Recorder(httpcore.AsyncNetworkBackend):
    """Connects to nothing, and remembers where it should have."""

    def __init__(self) -> None:
        self.to: list[str] = []

    async def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:  # type: ignore[override]
        self.to.append(host)
        raise httpcore.ConnectError("recorded")


def resolving(monkeypatch: pytest.MonkeyPatch, **answers: list[list[str]]) -> Resolver:
    resolver = Resolver(**answers)

    async def ask(loop: object, host: str, port: int, **rest: object) -> list[Any]:
        return await resolver.getaddrinfo(loop, host, port, **rest)

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", ask)
    return resolver


def connected(host: str, allowed: tuple[str, ...] = ()) -> list[str]:
    backend = GuardedBackend(allowed)
    backend._inner = recorder = Recorder()  # type: ignore[assignment]
    with contextlib.suppress(httpcore.ConnectError):
        asyncio.run(backend.connect_tcp(host, 80, timeout=5.0))
    return recorder.to


def test_a_public_name_with_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, tin=[["127.0.0.1"]])
    answer = get(f"http://tin.vn:{site.port}/rss")
    assert (answer.status, answer.detail) == (Status.BLOCKED_ADDRESS, "tin.vn (127.0.0.1)")
    assert site.asked == []


@pytest.mark.parametrize("inside", ["10.0.0.1", "::1", "fe80::1%eth0", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_one_private_address_among_public_ones_is_enough_to_refuse(
    monkeypatch: pytest.MonkeyPatch, inside: str
) -> None:
    resolving(monkeypatch, tin=[["8.8.8.8", inside]])
    with pytest.raises(RefusedAddressError):
        connected("tin.vn")


def test_what_was_checked_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    # The name answers differently the second time it is asked (DNS rebinding): nobody asks a second time.
    resolver = resolving(monkeypatch, tin=[["8.8.8.8", "1.1.1.1"], ["127.0.0.1"]])
    assert connected("tin.vn") == ["8.8.8.8", "1.1.1.1"]
    assert resolver.asked == ["tin.vn"]


def test_a_name_that_turned_private_is_refused_at_its_next_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, tin=[["8.8.8.8"], ["127.0.0.1"]])
    assert connected("tin.vn") == ["8.8.8.8"]
    with pytest.raises(RefusedAddressError):
        connected("tin.vn")


def test_an_allowed_name_may_live_inside(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, noibo=[["127.0.0.1"]], la=[["127.0.0.1"]])
    site.say("/a", b"inside")
    allowed = ("noibo.vn",)
    assert get(f"http://noibo.vn:{site.port}/a", allow_hosts=allowed).body == b"inside"
    assert get(f"http://la.vn:{site.port}/a", allow_hosts=allowed).status is Status.BLOCKED_ADDRESS


def test_localhost_may_be_allowed_by_name(site: Site) -> None:
    site.say("/a", b"inside")
    assert get(site.url("/a", host="localhost"), allow_hosts=("localhost",)).body == b"inside"
    assert get(site.url("/a", host="localhost"), allow_hosts=()).status is Status.BLOCKED_ADDRESS


def test_no_more_than_a_few_addresses_of_a_name_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, tin=[[f"8.8.8.{n}" for n in range(1, 50)]])
    assert len(connected("tin.vn")) == 4


def test_a_name_nobody_knows_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch)
    assert get("http://khong-co.vn/").status is Status.UNREACHABLE


def test_a_name_of_impossible_labels_is_unreachable() -> None:
    assert get(f"http://{'a' * 80}.vn/").status is Status.UNREACHABLE


def test_a_name_without_any_address_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, tin=[[]])
    assert get("http://tin.vn/").status is Status.UNREACHABLE


def test_a_resolver_that_never_answers_ends_at_the_connect_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    async def silence(*_: object, **__: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", silence)
    answer = get("http://tin.vn/", connect_timeout=0.3)
    assert answer.status is Status.TOO_SLOW


def test_a_socket_file_is_never_connected_to() -> None:
    with pytest.raises(RefusedAddressError):
        asyncio.run(GuardedBackend().connect_unix_socket("/run/x.sock"))
