"""Where a browser may go, and what the real one does with it."""

from __future__ import annotations

import base64
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from press_server import Answer, Press

from monitor.crawl import confine
from monitor.crawl import screenshot as camera
from monitor.crawl.confine import Route, named_hosts, route
from monitor.crawl.screenshot import find_browser, shoot
from monitor.model.evidence import MissingReason

PUBLIC = {"bao.test": ["93.184.216.34"], "anh.bao.test": ["2606:2800:220:1::1", "93.184.216.35"]}
PRIVATE = {"noi-bo.test": ["10.0.0.5"], "hai-mat.test": ["93.184.216.34", "127.0.0.1"], "may.test": ["::1"]}


def resolve(host: str) -> list[str]:
    return (PUBLIC | PRIVATE).get(host, [])


def rules(url: str, html: str, **more: object) -> list[str]:
    made = route(url, html, resolve=resolve, **more)  # type: ignore[arg-type]
    assert isinstance(made, Route)
    return made.rules.split(", ")


def test_the_page_s_host_and_those_it_loads_from_are_mapped_to_checked_addresses_and_nothing_else() -> None:
    html = (
        '<link rel="stylesheet" href="https://anh.bao.test/a.css"><img src="//noi-bo.test/x"><img srcset="/a.png 1x, '
        'http://hai-mat.test/b.png 2x"><div style="background:url(http://may.test/c)"></div>'
        '<img src="http://10.0.0.9/d"><img src="http://khong-co.test/e"><a href="http://chi-lien-ket.test/">x</a>'
    )
    assert rules("https://bao.test/bai.html", html) == [
        "MAP bao.test 93.184.216.34",
        "MAP anh.bao.test 93.184.216.35",
        "MAP * ~NOTFOUND",
    ]


@pytest.mark.parametrize("name", ["noi-bo.test", "hai-mat.test", "may.test", "khong-co.test", "127.1", "localhost"])
def test_a_page_on_a_private_or_unknown_host_is_not_shown(name: str) -> None:
    assert route(f"http://{name}/", "", resolve=resolve) is MissingReason.ADDRESS_REFUSED


def test_an_allowed_host_may_be_private_as_the_page_s_own_and_not_as_another_page_s_picture() -> None:
    assert rules("http://noi-bo.test/a", "", allowed=["noi-bo.test"])[0] == "MAP noi-bo.test 10.0.0.5"
    assert len(rules("http://bao.test/", '<img src="http://noi-bo.test/xoa">', allowed=["noi-bo.test"])) == 2


def test_names_that_could_end_a_rule_never_reach_one() -> None:
    html = '<img src="http://a,MAP * 127.0.0.1/"><img src="http://*.bao.test/"><img src="http://b%20c/">'
    made = route("http://bao.test/", html, resolve=lambda _: ["93.184.216.34"])
    assert isinstance(made, Route)
    assert all("127.0.0.1" not in rule and rule.count("*") <= 1 for rule in made.rules.split(", "))
    assert made.rules.endswith(", MAP * ~NOTFOUND")


def test_public_addresses_written_out_are_mapped_to_themselves() -> None:
    html = '<img src="http://[2606:2800:220:1::1]/a"><img src="http://93.184.216.34/b">'
    assert rules("http://bao.test/", html)[1:3] == [
        "MAP [2606:2800:220:1::1] [2606:2800:220:1::1]",
        "MAP 93.184.216.34 93.184.216.34",
    ]


def test_a_hostile_page_names_hosts_without_end_and_forty_are_looked_up() -> None:
    html = "".join(f"<img src=//h{n}.test/>" for n in range(100_000)) + "src=" * 100_000 + "<link" * 100_000
    assert len(named_hosts(html, "http")) == 40


def test_behind_a_proxy_named_hosts_go_there_and_literal_private_ones_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "127.0.0.1:3128")
    monkeypatch.setenv("NO_PROXY", "bao.test")
    html = '<img src="http://tin.test/a"><img src="http://10.0.0.9/b"><img src="http://bao.test/c">'
    made = route("http://khong-ai-biet.test/", html, resolve=resolve)
    assert isinstance(made, Route)
    alias, ours, last = sorted(made.rules.split(", "), key=len, reverse=True)
    assert (ours, last) == ("MAP bao.test 93.184.216.34", "MAP * ~NOTFOUND")
    name = alias.split()[1]
    assert alias == f"MAP {name} 127.0.0.1"
    assert f'"http://tin.test": "PROXY {name}:3128"' in made.script
    assert f'"http://khong-ai-biet.test": "PROXY {name}:3128"' in made.script
    assert "10.0.0.9" not in made.script
    assert base64.b64encode(made.script.encode()).decode() in made.flags[1]
    assert route("http://10.0.0.9/", "", resolve=resolve) is MissingReason.ADDRESS_REFUSED


@pytest.mark.parametrize(
    "proxy", ["http://a:mat-khau@127.0.0.1:1", "socks5://127.0.0.1:1", "https://p.test:1", "http://khong-co.test:1", "http://[::1"]
)  # fmt: skip
def test_a_proxy_that_no_browser_can_be_told_of_is_a_reason(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    assert route("http://bao.test/", "", resolve=resolve) is MissingReason.PROXY_UNUSABLE


# No browser, or one that does not behave.


def test_no_browser_is_a_reason_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_BROWSER", "/khong/co/chromium")
    assert shoot("http://bao.test/", "", agent="thu").missing is MissingReason.NO_BROWSER
    monkeypatch.delenv("MONITOR_BROWSER")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(camera, "_PLACES", ("{KhongCo}/chrome",))
    assert find_browser() is None


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A program in the browser's place."""

    def be(script: str) -> None:
        file = tmp_path / "chromium"
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("MONITOR_BROWSER", str(file))

    return be


def take(**more: object) -> camera.Screenshot:
    return shoot("http://bao.test/", "", agent="thu", resolve=resolve, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("script", ["exit 1", "exit 0", "echo hong; kill -9 $$"])
def test_a_browser_that_fails_is_a_reason(fake: Callable[[str], None], script: str) -> None:
    fake(script)
    assert take().missing is MissingReason.BROWSER_FAILED


def test_a_browser_that_hangs_is_ended_with_its_children(
    fake: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake("sleep 60 & sleep 60")
    monkeypatch.setattr(camera, "_PATIENCE", 0.2)
    shot = take(seconds=0.1, folder=tmp_path)
    assert shot.missing is MissingReason.BROWSER_SLOW
    assert [path.name for path in tmp_path.iterdir()] == ["chromium"]


def test_the_browser_is_started_apart_from_the_user_s_own(
    fake: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    fake(f'(echo "$@"; env; cat "$XDG_CONFIG_HOME"/Default/Preferences) > {tmp_path}/said')
    take()
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert "--user-data-dir=" in said
    assert '"javascript": 2' in said
    assert "--no-proxy-server" in said
    assert "127.0.0.1:1" not in said


# The real one.

needs_browser = pytest.mark.skipif(find_browser() is None, reason="no Chromium, Chrome or Edge on this machine")


def page(*pieces: str) -> Answer:
    return Answer(body=f"<html><body><h1>Công nhân chờ lương</h1>{''.join(pieces)}</body></html>".encode())


def shot_of(press: Press, html: Answer, **more: object) -> camera.Screenshot:
    port = press.netloc.rpartition(":")[2]
    told = {
        "agent": "UnionPressMonitor/thu",
        "allowed": ["bao.test"],
        "resolve": lambda _: ["127.0.0.1"],
        "seconds": 8.0,
    }
    return shoot(f"http://bao.test:{port}/bai.html", html.body.decode(), **(told | more))  # type: ignore[arg-type]


@needs_browser
def test_a_picture_is_taken_and_nothing_private_is_asked_for() -> None:
    with Press() as press, Press() as other:
        port = other.netloc.rpartition(":")[2]
        hosts = ("127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "0.0.0.0", "khac.test", "a.localhost")
        tries = [f'<img src="http://{host}:{port}/anh-{n}">' for n, host in enumerate(hosts)]
        press.answers["/bai.html"] = page(
            '<img src="/anh-nha.png"><img src="/chuyen">', *tries, f'<iframe src="http://127.0.0.1:{port}/khung"></iframe>',
            f'<link rel="stylesheet" href="http://127.0.0.1:{port}/kieu"><link rel="preconnect" href="http://127.0.0.1:{port}">',
            '<script>new Image().src="/ma-lenh"</script>',
        )  # fmt: skip
        press.answers["/chuyen"] = Answer(status=302, headers=(("Location", f"http://127.0.0.1:{port}/chuyen-toi"),))
        shot = shot_of(press, press.answers["/bai.html"])
        assert shot.png.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = (int.from_bytes(shot.png[at : at + 4], "big") for at in (16, 20))
        assert (width, height) == (camera.WIDTH, camera.HEIGHT)
        asked = [one.path for one in press.asked]
        assert {"/bai.html", "/anh-nha.png", "/chuyen"} <= set(asked)
        assert "/ma-lenh" not in asked
        assert press.asked[0].headers["User-Agent"] == "UnionPressMonitor/thu"
        assert press.asked[0].headers["Accept-Language"].startswith("vi")
        assert other.asked == []


@needs_browser
def test_a_page_that_never_comes_is_too_slow_and_one_that_cannot_be_reached_has_no_picture(tmp_path: Path) -> None:
    with Press() as press:
        press.delay = 6.0
        shot = shot_of(press, page(), seconds=1.0, folder=tmp_path)
        assert shot.missing is MissingReason.BROWSER_SLOW
    assert shot_of(press, page()).missing is MissingReason.BROWSER_FAILED
    assert list(tmp_path.iterdir()) == []


@needs_browser
def test_through_a_proxy_the_page_is_asked_of_the_proxy_and_private_addresses_of_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Press() as proxy, Press() as other:
        monkeypatch.setenv("HTTP_PROXY", f"http://{proxy.netloc}")
        html = page(
            '<img src="http://anh.test/a.png">', f'<img src="http://{other.netloc}/b.png">',
            f'<img src="http://{proxy.netloc}/c.png">',
        )  # fmt: skip
        proxy.answers["*"] = html
        proxy.answers["/bai.html"] = html
        shot = shoot("http://bao.test/bai.html", html.body.decode(), agent="thu", seconds=8.0)
        assert shot.png.startswith(b"\x89PNG")
        hosts = {one.headers["Host"] for one in proxy.asked}
        assert hosts == {"bao.test", "anh.test"}
        assert other.asked == []


def test_names_are_really_looked_up() -> None:
    assert "127.0.0.1" in confine.resolve_name("localhost")
    assert confine.resolve_name("khong-co.invalid") == []
    assert confine.resolve_name("a" * 300) == []
