"""The program as a process: pipes that close, signals, foreign surroundings, and the demo."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_running import PROGRAM, environment, spawn
from filelock import FileLock
from press_server import Press, outlet, write_home

from monitor.config import Home
from monitor.store import articles
from monitor.store.db import integrity, opened

DEAD_PROXY = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"), "http://127.0.0.1:9")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and shells of Unix")


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(feed_size=60) as made:
        yield made


@pytest.fixture
def home(root: Path, press: Press) -> Home:
    return write_home(root, outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}"))


def big_archive(file: Path, count: int = 3000) -> None:
    rows = ({"title": f"Tin thứ {n}", "url": f"http://a.test/{n}.html", "body": "Hoa lan. " * 20} for n in range(count))
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@posix
@pytest.mark.parametrize(
    "command", ["export articles", "tag {file}", "search --limit 3000 --json", "search --limit 3000"]
)
def test_a_reader_that_has_enough_is_no_error(home: Home, tmp_path: Path, command: str) -> None:
    file = tmp_path / "a.jsonl"
    big_archive(file)
    if not command.startswith("tag"):
        spawn(home.root, "import", str(file))
    words = command.format(file=file).split()
    process = subprocess.Popen(
        [*PROGRAM, *words], env=environment(home.root), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout and process.stderr
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


@posix
def test_a_reader_that_never_reads_is_no_error(home: Home) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "tag"],
        env=environment(home.root),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin and process.stdout and process.stderr
    process.stdout.close()
    process.stdin.write(b'{"title": "x"}\n')
    process.stdin.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 0


@posix
def test_an_archive_may_come_through_a_pipe_that_can_be_read_only_once(home: Home, tmp_path: Path) -> None:
    file, pipe = tmp_path / "a.jsonl", tmp_path / "pipe"
    big_archive(file, 50)
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [*PROGRAM, "import", str(pipe)], env=environment(home.root), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with pipe.open("wb") as stream:
        stream.write(file.read_bytes())
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err.decode()
    assert "Đã nhập 50 bài" in out.decode()


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_round_ended_by_a_signal_keeps_what_it_had(home: Home, press: Press, number: signal.Signals) -> None:
    press.grow(50)
    press.delay = 0.02
    process = subprocess.Popen(
        [*PROGRAM, "collect", "--json"], env=environment(home.root), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while len(press.paths()) < 5:
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err.decode()
    assert "giữ nguyên" in err.decode()
    assert json.loads(out)[0]["new"] == 50
    with FileLock(home.data / "collect.lock", timeout=0), opened(home.database) as db:
        assert integrity(db) == "ok"
        assert articles.count(db) == 50
    press.delay = 0
    assert spawn(home.root, "collect").code == 0
    assert sorted(set(press.paths())) == sorted(item.path for item in press.items)


def test_words_come_out_whole_whatever_the_system_s_charset_is(home: Home) -> None:
    for surroundings in (
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0"},
        {"LANGUAGE": "en"},
    ):
        done = spawn(home.root, "sources", **surroundings)
        assert done.code == 0, done.err
        assert "Cộng 1 nguồn" in done.out
    assert "Cách dùng" in spawn(home.root, "--help", LANGUAGE="en", LC_ALL="C").out


def test_a_proxy_that_cannot_be_understood_is_told(home: Home) -> None:
    done = spawn(home.root, "collect", HTTP_PROXY="http://:::bad", NO_PROXY="")
    assert "Traceback" not in done.err
    assert done.code in (1, 2)
    assert (done.err or done.out).strip()


def test_the_demo_shows_the_whole_path_without_any_network(tmp_path: Path, surroundings: pytest.MonkeyPatch) -> None:
    done = spawn(tmp_path, "demo", str(tmp_path / "demo"), **DEAD_PROXY)
    assert done.code == 0, done.err
    assert done.err == ""
    assert "ĐIỂM TIN" in done.out
    handled = done.out.partition("## A.")[2].partition("## B.")[0]
    assert re.search(r"ngừng việc|đình công", handled)
    assert "Cần chú ý" in handled
    assert "Chặn máy đọc" in done.out  # one source is blocked, and it is said why
    (digest,) = (tmp_path / "demo").glob("diem-tin-*.html")
    assert digest.read_text(encoding="utf-8").rstrip().endswith("</html>")
    # What the demo collected is a working folder like any other.
    rows = spawn(tmp_path / "demo", "export", "articles").rows
    assert len(rows) >= 40
    assert {row["completeness"] for row in rows} == {"page"}


def test_the_demo_does_not_mix_with_an_office_s_data(home: Home) -> None:
    spawn(home.root, "demo", str(home.root)).complains("trống")


def test_the_demo_puts_the_surroundings_back(tmp_path: Path, surroundings: pytest.MonkeyPatch) -> None:
    from monitor.demo import walk_through

    surroundings.setenv("NO_PROXY", "intranet.vn")
    with walk_through(Home(root=tmp_path)) as report:
        assert report.pages >= 40
        assert os.environ["NO_PROXY"] == "127.0.0.1"
    assert os.environ["NO_PROXY"] == "intranet.vn"
