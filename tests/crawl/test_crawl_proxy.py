"""Requests through the proxy that the environment names; the proxy here is a server on loopback."""

from __future__ import annotations

import pytest
from crawl_server import Site, get

from monitor.errors import UsageError
from monitor.labels import wording
from monitor.model.fetch import Status


@pytest.fixture
def proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("HTTP_PROXY", site.url("").rstrip("/"))
    monkeypatch.setenv("HTTPS_PROXY", site.url("").rstrip("/"))
    return site


def test_the_proxy_is_asked_for_the_whole_address_and_resolves_the_name(proxy: Site) -> None:
    proxy.say("http://tin.test/rss", b"news")
    answer = get("http://tin.test/rss", allow_hosts=())
    assert (answer.status, answer.body) == (Status.OK, b"news")
    assert proxy.paths == ["http://tin.test/robots.txt", "http://tin.test/rss"]
    assert proxy.asked[-1].headers["host"] == "tin.test"


def test_redirects_go_through_the_proxy_too(proxy: Site) -> None:
    proxy.redirect("http://tin.test/rss", "http://moi.test/rss", 301)
    proxy.say("http://moi.test/rss", b"news")
    answer = get("http://tin.test/rss", allow_hosts=())
    assert (answer.body, answer.moved_to) == (b"news", "http://moi.test/rss")


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://0x7f.1/",
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "http://may.chu.local/",
    ],
)
def test_a_private_address_is_refused_before_the_proxy_hears_of_it(proxy: Site, url: str) -> None:
    assert get(url, allow_hosts=()).status is Status.BLOCKED_ADDRESS
    assert proxy.asked == []


def test_a_redirect_to_a_private_address_is_refused_behind_a_proxy(proxy: Site) -> None:
    proxy.redirect("http://tin.test/rss", "http://169.254.169.254/latest/")
    answer = get("http://tin.test/rss", allow_hosts=())
    assert (answer.status, answer.detail) == (Status.BLOCKED_ADDRESS, "169.254.169.254")
    assert len(proxy.asked) == 2


@pytest.mark.parametrize("spared", ["127.0.0.1", "127.0.0.1:{port}", "tin.test,127.0.0.1", "*"])
def test_no_proxy_is_honoured(proxy: Site, other: Site, monkeypatch: pytest.MonkeyPatch, spared: str) -> None:
    monkeypatch.setenv("NO_PROXY", spared.format(port=other.port))
    other.say("/a", b"direct")
    assert get(other.url("/a")).body == b"direct"
    assert proxy.asked == []


def test_all_proxy_stands_in_and_needs_no_scheme(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", f"127.0.0.1:{site.port}")
    site.say("http://tin.test/rss", b"news")
    assert get("http://tin.test/rss", allow_hosts=()).body == b"news"


def test_https_asks_the_proxy_for_a_tunnel_and_a_refusal_is_unreachable(proxy: Site) -> None:
    answer = get("https://tin.test/rss", allow_hosts=())
    assert answer.status is Status.UNREACHABLE
    assert proxy.paths == ["CONNECT tin.test:443"]


def test_a_proxy_that_is_not_there_is_unreachable(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", site.url(""))
    site.server.shutdown()
    site.server.server_close()
    assert get("http://tin.test/rss", allow_hosts=()).status is Status.UNREACHABLE


@pytest.mark.parametrize("value", ["socks5://127.0.0.1:9", "nonsense://x", "http://[::1", "http://a:99999999"])
def test_a_proxy_that_cannot_be_used_is_said_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", value)
    with pytest.raises(UsageError) as caught:
        get("http://tin.test/rss")
    assert caught.value.key == "bad_proxy"
    assert "HTTP_PROXY" in wording(caught.value)
    assert value not in wording(caught.value)  # it may hold a password


def test_a_proxy_for_another_protocol_is_none_of_ours(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FTP_PROXY", "ftp://127.0.0.1:9")
    site.say("/a", b"direct")
    assert get(site.url("/a")).body == b"direct"


def test_faults_behind_a_proxy_have_the_same_names(proxy: Site) -> None:
    proxy.say("http://tin.test/robots.txt", b"", 404, Connection="close")
    proxy.routes["http://tin.test/half"] = lambda h: h.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    proxy.routes["http://tin.test/slow"] = proxy.drip(head=head, piece=b" ", pause=0.05)
    proxy.routes["http://tin.test/big"] = proxy.drip(head=head, piece=b"a" * 50_000, pause=0)
    assert get("http://tin.test/half").status is Status.CUT_SHORT
    assert get("http://tin.test/slow", total_timeout=0.7).status is Status.TOO_SLOW
    assert get("http://tin.test/big", max_bytes=2**20).status is Status.TOO_LARGE
