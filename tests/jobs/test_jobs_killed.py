"""A round may be killed anywhere: fifty times and more, and still every article is there once and read."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from press_server import NOW, Press, outlet, write_home

from monitor.config import Home
from monitor.jobs.exporting import export_articles
from monitor.store.db import integrity, opened

KILLS = 52
COMMAND = [sys.executable, "-c", "from monitor.cli import main; main()", "collect"]


def started(home: Home) -> subprocess.Popen[bytes]:
    env = os.environ | {"MONITOR_HOME": str(home.root), "MONITOR_NOW": NOW.isoformat()}
    return subprocess.Popen(COMMAND, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def killed(home: Home, moment: Callable[[], bool], linger: float) -> bool:
    """Kills a round ``linger`` seconds after ``moment``; False when it was done before."""
    process = started(home)
    try:
        while not moment() and process.poll() is None:
            time.sleep(0.001)
        time.sleep(linger)
    finally:
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_round_killed_fifty_times_loses_nothing_and_stores_nothing_twice(
    tmp_path: Path, surroundings: pytest.MonkeyPatch
) -> None:
    chance = random.Random(20261108)
    with Press(feed_size=25, sitemap=True, delay=0.004) as press:
        home = write_home(
            tmp_path,
            outlet("tin24", f"{{feed: {press.base}/rss/home.rss}}", f"{{sitemap: {press.base}/sitemap-news.xml}}"),
        )
        hits = 0
        for n in range(KILLS * 2):
            press.grow(4, ours=bool(n % 3))
            hits += killed(home, _moment(chance, home, press, n), chance.uniform(0, 0.02))
            if hits == KILLS:
                break
        assert hits == KILLS
        last = started(home)
        assert last.wait(120) == 0
        wanted = Counter(press.url(item) for item in press.items)
    rows = list(export_articles(home, None, None))
    assert Counter(row["url"] for row in rows) == wanted
    assert {row["completeness"] for row in rows} == {"page"}
    with opened(home.database) as db:
        assert integrity(db) == "ok"
        db.execute("INSERT INTO article_fts (article_fts) VALUES ('integrity-check')")
        assert db.execute("SELECT COUNT(*) FROM article_fts").fetchone()[0] == len(rows)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        texts = db.execute("SELECT COUNT(*) FROM articles WHERE relevance <> 'none' AND text = ''").fetchone()[0]
        assert texts == 0


def _moment(chance: random.Random, home: Home, press: Press, n: int) -> Callable[[], bool]:
    """While the program loads, while the file is made, or after some request of the round."""
    if n % 10 == 9:
        end = time.monotonic() + chance.uniform(0.05, 0.6)
        return lambda: time.monotonic() > end
    if n < 3:
        return home.database.exists
    target = len(press.asked) + chance.randint(1, 9)
    return lambda: len(press.asked) >= target
